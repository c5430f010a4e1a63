//! Stories of the hand before the glass.

mod hand;
mod size;
