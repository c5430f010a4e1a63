//! The way to one socket: a bounded queue. A peer that does not read is dropped, never waited for.

use serde::Serialize;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::protocol;

/// What a peer may say at once.
pub const BURST: u8 = 200;
/// Messages waiting for one socket: an answer to each message that a peer may send at once, for they can all be answered
/// before the first is written, and a call's whole signalling, which is a few dozen.
const DEPTH: usize = BURST as usize + 56;

#[derive(Debug, Clone)]
pub struct Outbox {
    frames: mpsc::Sender<Outgoing>,
    overrun: CancellationToken,
}

#[derive(Debug)]
pub enum Outgoing {
    Message(String),
    Close(Goodbye),
}

/// Why the relay closes a socket, as WebSocket's close codes have it (RFC 6455, 7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goodbye {
    /// 1012: the relay restarts; come back.
    Restart,
    /// 4000: another socket of the same peer took over.
    Replaced,
    /// 4001: the account or kiosk was removed.
    NoAccount,
    /// 1002: no hello, another version, too many faults.
    Protocol,
    /// 1009: larger than can be skipped.
    TooLarge,
    /// 1011: the relay's own fault; come back.
    Internal,
}

impl Goodbye {
    pub fn code(self) -> u16 {
        match self {
            Goodbye::Protocol => 1002,
            Goodbye::TooLarge => 1009,
            Goodbye::Internal => 1011,
            Goodbye::Restart => 1012,
            Goodbye::Replaced => 4000,
            Goodbye::NoAccount => 4001,
        }
    }

    pub fn reason(self) -> &'static str {
        match self {
            Goodbye::Protocol => "protocol",
            Goodbye::TooLarge => "too large",
            Goodbye::Internal => "internal",
            Goodbye::Restart => "restart",
            Goodbye::Replaced => "replaced",
            Goodbye::NoAccount => "no account",
        }
    }
}

/// The socket's end of an [`Outbox`].
pub struct Outgoings {
    pub frames: mpsc::Receiver<Outgoing>,
    /// Cancelled when the queue overran.
    pub overrun: CancellationToken,
}

pub fn outbox() -> (Outbox, Outgoings) {
    let (sender, frames) = mpsc::channel(DEPTH);
    let overrun = CancellationToken::new();
    (
        Outbox {
            frames: sender,
            overrun: overrun.clone(),
        },
        Outgoings { frames, overrun },
    )
}

impl Outbox {
    pub fn say(&self, message: &impl Serialize) {
        self.push(Outgoing::Message(protocol::write(message)));
    }

    /// After all that was said before.
    pub fn close(&self, why: Goodbye) {
        self.push(Outgoing::Close(why));
    }

    fn push(&self, outgoing: Outgoing) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.frames.try_send(outgoing) {
            self.overrun.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_that_does_not_read_is_dropped_and_nobody_waits_for_it() {
        let (outbox, outgoings) = outbox();
        for _ in 0..DEPTH {
            outbox.say(&protocol::ToInterpreter::Replaced);
        }
        assert!(!outgoings.overrun.is_cancelled());
        outbox.say(&protocol::ToInterpreter::Replaced);
        assert!(outgoings.overrun.is_cancelled());
    }
}
