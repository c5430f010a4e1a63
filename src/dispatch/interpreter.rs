//! One interpreter, as routing sees them.

use crate::dispatch::policy::Policy;
use crate::dispatch::time::UnixMs;
use crate::id::{CallId, InterpreterId};
use crate::protocol::{Gender, Signing, Status, Topic};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    pub id: InterpreterId,
    /// The languages they sign; a hard filter.
    pub signs: Vec<Signing>,
    /// If they have said; a wish of the visitor is weighed by it.
    pub gender: Option<Gender>,
    pub status: Status,
    /// Since when `status` holds.
    pub since: UnixMs,
    /// Since when they could have been offered a call; who waits longest is asked first.
    pub idle_since: UnixMs,
    /// Offers in a row that rang out.
    pub missed: u16,
    pub wrap_up: Option<Wrapping>,
}

/// After a call: only an outcome is asked for, no call rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrapping {
    pub call: CallId,
    pub until: UnixMs,
}

impl Interpreter {
    /// Somebody who has just been given an account.
    pub fn new(id: InterpreterId, signs: Vec<Signing>, now: UnixMs) -> Self {
        Self {
            id,
            signs,
            gender: None,
            status: Status::Offline,
            since: now,
            idle_since: now,
            missed: 0,
            wrap_up: None,
        }
    }

    /// The language is a hard filter, unless both will write.
    pub fn can_take(&self, topic: &Topic) -> bool {
        topic.needs().is_none_or(|signing| self.signs.contains(&signing))
    }

    /// Whether they are whom the visitor would rather have; everybody is, where nothing was wished for.
    pub fn is_wished(&self, topic: &Topic) -> bool {
        let wish = topic.wishes.interpreter;
        wish.is_none() || self.gender == wish
    }

    pub(super) fn with_status(&self, status: Status, now: UnixMs) -> Interpreter {
        if self.status == status {
            return self.clone();
        }
        let idle_since = if status == Status::Available {
            now
        } else {
            self.idle_since
        };
        Interpreter {
            status,
            since: now,
            idle_since,
            missed: 0,
            ..self.clone()
        }
    }

    /// An offer rang out: they go to the end of the line, and after too many onto a break.
    pub(super) fn missed_one(&self, policy: &Policy, now: UnixMs) -> Interpreter {
        let missed = self.missed + 1;
        if missed >= policy.missed_to_break {
            self.with_status(Status::Break, now)
        } else {
            Interpreter {
                missed,
                idle_since: now,
                ..self.clone()
            }
        }
    }

    pub(super) fn answered(&self) -> Interpreter {
        Interpreter {
            missed: 0,
            wrap_up: None,
            ..self.clone()
        }
    }

    pub(super) fn wrapping(&self, call: CallId, policy: &Policy, now: UnixMs) -> Interpreter {
        let until = now.plus(policy.wrap_up);
        Interpreter {
            wrap_up: Some(Wrapping { call, until }),
            idle_since: until,
            ..self.clone()
        }
    }

    /// The visitor asked for another: there is no end yet whose outcome could be asked for.
    pub(super) fn released(&self, now: UnixMs) -> Interpreter {
        Interpreter {
            idle_since: now,
            ..self.clone()
        }
    }

    pub(super) fn wrapped(&self, now: UnixMs) -> Interpreter {
        let idle_since = self.wrap_up.map_or(self.idle_since, |wrap| wrap.until.min(now));
        Interpreter {
            wrap_up: None,
            idle_since,
            ..self.clone()
        }
    }
}
