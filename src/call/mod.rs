//! One call as a kiosk lives it, without I/O.
//!
//! **Invariant:** whatever arrives, in whatever order, the visitor is in exactly one [`View`], and every view has a
//! way out of it.

pub mod view;
