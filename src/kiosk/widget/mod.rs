//! What screens are made of: plain functions from a [`Panel`](super::theme::panel::Panel) and words to an element.
//!
//! Lengths are steps of the drawing board; see `theme::panel`.

pub mod text;

pub mod icon;

mod around;
pub mod control;

pub mod button;
pub mod chip;
pub mod tile;
pub mod timer;

pub mod banner;
pub mod header;
pub mod layout;
pub mod swipe;
pub mod touch;

pub mod clip;
pub mod guide;
pub mod keyboard;
pub mod keypad;
pub mod picture;
