//! One call: `waiting → offered → active → ended / abandoned`, and back to waiting when nobody answered, the interpreter
//! was lost or gave it to a colleague. Every transition counts the epoch up, and `requested_at` stays.

use std::collections::BTreeSet;

use crate::dispatch::interpreter::Interpreter;
use crate::dispatch::policy::Policy;
use crate::dispatch::time::UnixMs;
use crate::id::{CallId, Epoch, InterpreterId, KioskId, Tab};
use crate::protocol::{At, EndReason, Topic};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub id: CallId,
    pub epoch: Epoch,
    pub kiosk: KioskId,
    pub topic: Topic,
    pub requested_at: UnixMs,
    pub phase: Phase,
    /// The first answer ever; a call that was requeued after a conversation counts as answered.
    pub first_answered_at: Option<UnixMs>,
    /// Interpreters who declined it or gave it away: it is not offered to them again.
    pub refused: BTreeSet<InterpreterId>,
    /// Who last let it ring out or was lost in it: asked again only when nobody else is free.
    pub passed_by: Option<InterpreterId>,
    /// How many times it rang out.
    pub missed: u16,
    /// How many times the visitor asked for somebody else in the middle of it.
    pub requeues: u16,
    /// How many times an interpreter gave it to a colleague.
    pub transfers: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Waiting,
    /// The console of `to` rings.
    Offered {
        to: InterpreterId,
        since: UnixMs,
    },
    /// They talk. `tab` is the page whose peer connection the kiosk knows.
    Active {
        with: InterpreterId,
        since: UnixMs,
        tab: Tab,
        camera: bool,
    },
    Over {
        at: UnixMs,
        reason: EndReason,
        /// Who talked at the end, if it ended in a conversation.
        with: Option<InterpreterId>,
    },
}

/// How a call that is over is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Answered,
    Abandoned,
    /// Given up so soon that nobody could have answered.
    AbandonedAtOnce,
}

impl Call {
    pub fn requested(id: CallId, kiosk: KioskId, topic: Topic, now: UnixMs) -> Self {
        Self {
            id,
            epoch: Epoch::FIRST,
            kiosk,
            topic,
            requested_at: now,
            phase: Phase::Waiting,
            first_answered_at: None,
            refused: BTreeSet::new(),
            passed_by: None,
            missed: 0,
            requeues: 0,
            transfers: 0,
        }
    }

    pub fn at(&self) -> At {
        At {
            call: self.id,
            epoch: self.epoch,
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over { .. })
    }

    /// Whom it rings at or who talks in it.
    pub fn holder(&self) -> Option<InterpreterId> {
        match self.phase {
            Phase::Offered { to, .. } => Some(to),
            Phase::Active { with, .. } => Some(with),
            Phase::Waiting | Phase::Over { .. } => None,
        }
    }

    /// Whether this interpreter may be asked: can take its topic, has not declined it and has not given it away.
    pub fn suits(&self, interpreter: &Interpreter) -> bool {
        interpreter.can_take(&self.topic) && !self.refused.contains(&interpreter.id)
    }

    /// Order of the queue: by the first request, whatever happened since.
    pub fn turn(&self) -> (UnixMs, CallId) {
        (self.requested_at, self.id)
    }

    pub fn count(&self, policy: &Policy) -> Count {
        match (self.first_answered_at, self.phase) {
            (None, Phase::Over { at, .. }) if at.since(self.requested_at) < policy.short_abandon => {
                Count::AbandonedAtOnce
            }
            (None, _) => Count::Abandoned,
            (Some(_), _) => Count::Answered,
        }
    }

    fn moved(&self, phase: Phase) -> Call {
        Call {
            epoch: self.epoch.next(),
            phase,
            ..self.clone()
        }
    }

    pub(super) fn offered(&self, to: InterpreterId, now: UnixMs) -> Call {
        self.moved(Phase::Offered { to, since: now })
    }

    pub(super) fn answered(&self, with: InterpreterId, tab: Tab, camera: bool, now: UnixMs) -> Call {
        Call {
            first_answered_at: self.first_answered_at.or(Some(now)),
            ..self.moved(Phase::Active {
                with,
                since: now,
                tab,
                camera,
            })
        }
    }

    pub(super) fn rang_out(&self, at: InterpreterId) -> Call {
        Call {
            passed_by: Some(at),
            missed: self.missed + 1,
            ..self.moved(Phase::Waiting)
        }
    }

    pub(super) fn withdrawn(&self, from: InterpreterId) -> Call {
        Call {
            passed_by: Some(from),
            ..self.moved(Phase::Waiting)
        }
    }

    pub(super) fn declined(&self, by: InterpreterId) -> Call {
        let mut call = self.moved(Phase::Waiting);
        call.refused.insert(by);
        call
    }

    pub(super) fn transferred(&self, by: InterpreterId) -> Call {
        let mut call = self.moved(Phase::Waiting);
        call.refused.insert(by);
        call.transfers += 1;
        call
    }

    pub(super) fn requeued(&self, from: InterpreterId) -> Call {
        Call {
            passed_by: Some(from),
            requeues: self.requeues + 1,
            ..self.moved(Phase::Waiting)
        }
    }

    pub(super) fn over(&self, reason: EndReason, now: UnixMs) -> Call {
        let with = match self.phase {
            Phase::Active { with, .. } => Some(with),
            Phase::Waiting | Phase::Offered { .. } | Phase::Over { .. } => None,
        };
        self.moved(Phase::Over {
            at: now,
            reason,
            with,
        })
    }
}
