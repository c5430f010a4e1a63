//! The visitor's program: an iced application, a driver that owns the call, a link to the relay and a peer
//! connection to the interpreter's browser.

pub mod config;
pub mod hall;
pub mod memory;
pub mod run;
mod surface;

pub mod app;
pub mod screen;
pub mod theme;
pub mod widget;

pub mod handout;
pub mod paper;
pub mod printer;

pub mod clips;
pub mod desk;
pub mod driver;
pub mod link;
pub mod peer;
pub mod player;
pub mod quality;
