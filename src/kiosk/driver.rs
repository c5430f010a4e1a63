//! Owns the call: one task, one loop, one closed event.
//!
//! The screens say [`Command`]s and are told [`Update`]s; they never see the link, the peer connection or a pipeline.
//! Pictures do not come this way: they are in [`crate::media::frame::Pictures`].

use crate::call::view::View;
use crate::protocol::{Availability, Topic};
use crate::text::{Edit, Transcript};

/// What a screen asks for.
#[derive(Debug, Clone)]
pub enum Command {
    /// Opens the camera: own picture only, nothing is sent. Calling opens it too.
    ShowCamera,
    /// Closes the camera, unless a call needs it.
    HideCamera,
    Call(Topic),
    /// Gives up waiting.
    Cancel,
    HangUp,
    /// The interpreter is gone: find another one, at the head of the queue.
    Requeue,
    /// A key of real-time text.
    Type(Edit),
    /// Leaves [`View::Ended`] and wipes what is left of the visit.
    Dismiss,
}

/// What a screen is told, whenever it changes.
#[derive(Debug, Clone)]
pub enum Update {
    /// Whether the relay is in reach, and what it calls this place.
    Link(Link),
    Availability(Availability),
    Call(View),
    /// Both sides' text; empty when the call is over.
    Text(Transcript),
    Camera(Camera),
    /// The clerk's or interpreter's voice, 0–5 bars; at most five times a second.
    Speaking(u8),
    /// Whether there is a working microphone and speaker.
    Sound {
        microphone: bool,
        speaker: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Never reached yet, or lost; tried again and again.
    Down,
    Up {
        cnap: String,
        kiosk: String,
    },
}

/// Where own picture comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Camera {
    Off,
    Device,
    /// A file stands in for the camera (tests, demonstrations).
    File,
    /// No camera: a moving drawing is sent and the screen says so.
    Generated,
}
