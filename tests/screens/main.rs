//! Visits to the kiosk, told by taps on words: each screen is built, laid out and touched as it is in the window.
#![cfg(feature = "kiosk")]

#[path = "../glass/mod.rs"]
mod glass;
#[path = "../glass/kept.rs"]
mod kept;

mod gallery;
mod visit;

mod journey;

mod appearance;
mod language;

mod clip;
mod search;
mod service;
mod take;

mod framing;

mod waiting;

mod call;
mod paper;

mod ended;

mod abandoned;

mod alarm;
mod ticket;

mod hand;
mod swipe;

mod drawn;
mod size;
