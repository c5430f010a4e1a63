//! The numbers of routing. All are starting values from the field and configurable.

use crate::protocol::RESUME_WINDOW_S;

/// Durations are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// How long one console rings before the call goes to the next.
    pub ring: u64,
    /// So many offers in a row without an answer put an interpreter on a break.
    pub missed_to_break: u16,
    /// How long a call may wait for an interpreter as the visitor wished, while somebody else is free.
    pub wish: u64,
    /// How long after a call an interpreter is not offered another, unless wrap-up is finished sooner.
    pub wrap_up: u64,
    /// How long either side of a call may be away before it ends.
    pub away: u64,
    /// How long a ringing console may be away (a page reload) before the offer is withdrawn.
    pub ringing_away: u64,
    /// A call given up sooner than this is counted apart: nobody could have answered it.
    pub short_abandon: u64,
    /// Mean length of a conversation, for the estimate of the wait.
    pub mean_talk: u64,
    /// Mean time after which a waiting visitor gives up, for the estimate of the wait.
    pub mean_patience: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            ring: 15_000,
            missed_to_break: 2,
            wish: 20_000,
            wrap_up: 30_000,
            away: RESUME_WINDOW_S * 1000,
            ringing_away: 2_000,
            short_abandon: 5_000,
            mean_talk: 8 * 60_000,
            mean_patience: 10 * 60_000,
        }
    }
}
