//! Жест: sign-language video relay for administrative service centres (ЦНАП).
//!
//! # The map, in reading order
//!
//! | module | what it is | knows |
//! | --- | --- | --- |
//! | [`id`] | who is who: kiosks, interpreters, calls, legs, epochs | nothing |
//! | [`protocol`] | what kiosk, relay and console say to each other | `id` |
//! | [`catalogue`] | the services, what they cost and need | `id` |
//! | [`clip`] | sign clips: where each belongs, and which file it is | `id` |
//! | [`text`] | real-time text: T.140 editing and loss | nothing |
//! | [`document`] | the still of a paper: how it is cut, and the place pointed at | nothing |
//! | [`framing`] | whether a visitor stands and is lit well | nothing |
//! | [`locale`] | words for people, through Fluent | nothing |
//! | [`call`] | one call as a kiosk lives it, without I/O | `protocol`, `id` |
//! | [`bandwidth`] | how many bits a call may send and what picture to make of them, without I/O | nothing |
//! | [`dispatch`] | which interpreter is offered which call, without I/O | `protocol`, `id` |
//! | `media` | GStreamer and sound: pictures and voices in and out | nothing of the above |
//! | `kiosk` | the visitor's program | all but `dispatch`, `relay` |
//! | `relay` | the server | `dispatch`, `catalogue`, `clip`, `protocol`, `id`, `locale` |
//!
//! # One call, one way
//!
//! Out: a tap is a screen's `Message`, becomes an `Action`, reaches the driver, which feeds
//! [`call::Call::handle`]; what the call wants said leaves through the link, enters the relay's socket,
//! is decided by [`dispatch`] and reaches the console. Back: the same road in the other direction, ending
//! in a [`call::View`] that a screen draws. Pictures and sound never touch the relay: they go from peer to
//! peer, and inside the kiosk from `media` to the screen through a slot that holds the latest frame.
//!
//! # The import law
//!
//! The table's last column, held by `tests/architecture.rs`. The cores (everything outside `media`,
//! `kiosk` and `relay`) have no clock, no randomness and no I/O: time and chance are passed in. `.clippy.toml` names
//! the methods that they are denied.

#[deny(clippy::disallowed_methods)]
pub mod id;
#[deny(clippy::disallowed_methods)]
pub mod protocol;

#[deny(clippy::disallowed_methods)]
pub mod catalogue;
#[deny(clippy::disallowed_methods)]
pub mod clip;
#[deny(clippy::disallowed_methods)]
pub mod document;
#[deny(clippy::disallowed_methods)]
pub mod framing;
#[deny(clippy::disallowed_methods)]
pub mod locale;
#[deny(clippy::disallowed_methods)]
pub mod text;

#[deny(clippy::disallowed_methods)]
pub mod bandwidth;
#[deny(clippy::disallowed_methods)]
pub mod call;
#[deny(clippy::disallowed_methods)]
pub mod dispatch;

#[cfg(feature = "kiosk")]
pub mod kiosk;
#[cfg(feature = "kiosk")]
pub mod media;
#[cfg(feature = "relay")]
pub mod relay;
