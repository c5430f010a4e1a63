//! How everything looks: colours, letters, and lengths that are true to millimetres on the panel.

pub mod colour;
pub mod font;
pub mod panel;
