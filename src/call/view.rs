//! What a screen may know of a call.

use crate::id::InterpreterId;
use crate::protocol::WaitRange;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// No call.
    Idle,
    /// The visitor asked for an interpreter.
    Waiting(Waiting),
    /// An interpreter answered.
    Talking(Talking),
    /// Over. Stays until the visitor moves on.
    Ended(Ended),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub stage: Stage,
    /// From 1; none until the relay has said.
    pub place: Option<u16>,
    /// Since the request or the transfer, in seconds.
    pub waited_s: u32,
    pub estimate: Option<WaitRange>,
    /// False while the relay is out of reach; the place in the queue is kept.
    pub linked: bool,
    /// The interpreter gives the visitor to a colleague.
    pub transferred: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The request is on its way to the relay.
    Asking,
    Queued,
    /// An interpreter's console rings.
    Ringing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talking {
    pub interpreter: InterpreterId,
    pub picture: Picture,
    /// False when the interpreter answered with text and sound only.
    pub interpreter_has_camera: bool,
    /// Whose hands cannot be read for want of frames, so that both had better write.
    pub unread: Option<Unread>,
    /// False while the relay is out of reach; the conversation goes on without it.
    pub linked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// The interpreter's, by the visitor.
    Theirs,
    /// The visitor's, by the interpreter.
    Own,
}

/// How the remote picture fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Nothing has come yet.
    Connecting,
    Flowing,
    /// Nothing has come for 2 s; the connection is being mended.
    Stalled {
        for_s: u32,
        /// Whether the interpreter is still heard.
        sound: bool,
    },
    /// The conversation is on hold: neither side sends a picture or a voice, and text goes on.
    Held {
        for_s: u32,
    },
    /// The interpreter is gone. They may still come back; the visitor may queue again at the head.
    Gone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The visitor hung up or gave up waiting.
    ByVisitor,
    ByInterpreter,
    /// The connection was lost and did not come back.
    Lost,
    /// The service closed meanwhile.
    Closed,
    /// There was nobody to answer.
    Unavailable,
}
