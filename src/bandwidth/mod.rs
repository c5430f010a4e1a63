//! How many bits a second one signed call may send, and what picture to make of them: pure, told the time.
//!
//! **Invariant:** whatever the reports say, in whatever order, the estimate is a number within its [`Limits`].
//!
//! ```text
//! reports ─▶ path (queue, delivered rate, loss) ─▶ Estimator ─bit/s─▶ Governor ─▶ Plan: height, rate, frame rate
//!                                    encode time, queue, camera ────────▲
//! ```
//!
//! # How the estimate is made
//!
//! A call's picture freezes when a queue overflows and lags when one stands. So the queue is the signal, loss is not:
//!
//! * **Queue.** One-way delay above its least in 20 s (LEDBAT, RFC 6817 §4.2; the clocks need not agree) and above what
//!   the packet's own bits take at the estimate, which on a narrow line is more than a queue; taken for each burst of
//!   packets at its first, so that a frame does not accuse itself; median of three bursts.
//! * **Capacity.** While packets wait, what arrives is what the bottleneck carries. When the queue grows the estimate
//!   becomes 90 % of that, whatever was sent before: a step down takes one report, repeated cuts change nothing
//!   (the back-off to the acknowledged rate of draft-ietf-rmcat-gcc-02 §5.5, without its guess).
//! * **Drain.** The longer the queue, the further the target stays below the estimate until it is empty (the share of
//!   delay in NADA, RFC 8698 §4.3), then holds. A delay that no draining shortens is the path's own.
//! * **Probe.** With an empty queue and a sender that uses what it has, the target goes above the estimate for a few
//!   tenths of a second, at most to 1.5 × what is acknowledged (gcc-02 §5.5). A queue ends it at once and backs off;
//!   without one what was sent is borne, and when that was about the target the next goes higher at once. A sender
//!   limited by its content does not probe (RFC 7661).
//! * **Loss** without a queue is the radio's and changes nothing, unless it is above a fifth and cutting helps: a
//!   policer. Loss that a cut did not lessen is taken for ordinary. What a full queue dropped is not counted.
//! * **Silence.** No report for three round trips halves the target, again and again. When it turns out that nothing was
//!   sent either, the cut is taken back.
//!
//! Against a flow that fills every queue (a bulk download) this gives way for a second or two at a time.

mod brake;
mod estimator;
pub mod governor;
mod path;

#[cfg(test)]
pub(crate) mod link;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use estimator::Estimator;

/// What became of one packet (RTCP transport-wide feedback).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// When it left, on our clock.
    pub at: Duration,
    /// In bytes, headers included.
    pub size: u32,
    /// On the receiver's clock, whose start does not matter; none when it was lost or came without a time.
    pub arrived: Option<Duration>,
    pub lost: bool,
}

/// In bits a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub start: u32,
    pub least: u32,
    pub most: u32,
}
