//! Pictures and voices in and out: devices, capture, encoding, decoding, scaling, echo cancellation.
//!
//! Knows neither the screen, nor the peer connection, nor the protocol. What crosses its border is
//!
//! - whole RTP packets (RFC 3550) as [`bytes::Bytes`], out by a callback and in by `push`;
//! - frames in exact physical pixels, through the latest-frame slots of [`frame`].
//!
//! ```text
//! camera ──I420──┬─▶ view ──RGBA──▶ own slot ──▶ screen
//!                └─▶ encode ──RTP──▶ peer
//! camera ──one frame, as large as it gives──▶ still ──JPEG──▶ peer
//! peer ──RTP──▶ decode ──RGBA──▶ remote slot ──▶ screen
//! file ──▶ clip ──RGBA──▶ clip slot ──▶ screen
//!
//! microphone ─▶ echo canceller ─▶ Opus ──RTP──▶ peer ──RTP──▶ Opus ─▶ playout ─▶ speaker
//!                      ▲───────────── what was really played ─────────────┘
//! ```
//!
//! Every GStreamer chain is built by one function, owned by one value and goes to `Null` when that value is
//! dropped; no GLib main loop is needed. Nothing here writes a picture or a sound to a disk.

pub mod error;
pub mod frame;
pub mod image;

pub mod camera;
pub mod clip;
pub mod codec;
pub mod decode;
pub mod encode;
pub mod factory;
pub mod sound;
pub mod still;

mod paint;
mod payload;
mod pipeline;

pub use error::{MediaError, init};
