//! A bad network between kiosk and browser, in user space: seeded, so that the same seed treats the n-th packet of a
//! direction the same way again. Include it with `mod link;`, or with a `#[path]`.
//!
//! ```text
//! kiosk ⇄ signalling ⇄ relay ⇄ browser     addresses in descriptions and candidates become the emulator's
//! kiosk ⇄──────── emulator ────────⇄ browser     every packet passes the model of its direction
//! ```
//!
//! **Invariant:** nothing passes beside. What cannot be led through the emulator is not offered to the other side.

#![allow(dead_code, reason = "each story uses a part of it")]

pub mod candidates;
pub mod emulator;
pub mod model;
pub mod profile;
pub mod signalling;

/// One end of the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Kiosk,
    Interpreter,
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Side::Kiosk => Side::Interpreter,
            Side::Interpreter => Side::Kiosk,
        }
    }
}
