//! What routing knows at one moment.

use std::collections::BTreeMap;

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::interpreter::Interpreter;
use crate::dispatch::time::UnixMs;
use crate::id::{CallId, InterpreterId, KioskId};
use crate::protocol::{Availability, Outcome, Signing, Status};

/// Whether somebody's socket is connected. Known to the process that holds the socket, not to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Here,
    Away { since: UnixMs },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// When this process began to watch: whoever has not come yet is away since then.
    pub born: UnixMs,
    /// Calls that are not over.
    pub calls: BTreeMap<CallId, Call>,
    pub interpreters: BTreeMap<InterpreterId, Interpreter>,
    pub kiosks_seen: BTreeMap<KioskId, Presence>,
    pub interpreters_seen: BTreeMap<InterpreterId, Presence>,
    pub door: Door,
}

/// Whether new calls are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    Open,
    /// Outside opening hours; `opens` is local time as [`Availability::Closed`] has it.
    Closed {
        opens: Option<String>,
    },
    /// The relay is being stopped: calls stay as they are for the one that starts next.
    Draining,
}

/// One step of the world, not yet true: the store commits it and then [`World::adopt`] makes it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub why: Why,
    pub call: Option<CallChange>,
    pub interpreter: Option<Interpreter>,
    /// The outcome of a call that is over, said by the interpreter who talked.
    pub outcome: Option<(CallId, InterpreterId, Outcome)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallChange {
    /// None for a new call.
    pub before: Option<Call>,
    pub after: Call,
}

/// What made a change, for those who are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Requested,
    Offered,
    RangOut,
    Withdrawn,
    Accepted,
    Declined,
    Requeued,
    Transferred,
    Over,
    Status,
    WrapUp,
}

impl World {
    pub fn new(born: UnixMs) -> Self {
        Self {
            born,
            calls: BTreeMap::new(),
            interpreters: BTreeMap::new(),
            kiosks_seen: BTreeMap::new(),
            interpreters_seen: BTreeMap::new(),
            door: Door::Open,
        }
    }

    pub fn adopt(&mut self, change: &Change) {
        if let Some(CallChange { after, .. }) = &change.call {
            if after.is_over() {
                self.calls.remove(&after.id);
            } else {
                self.calls.insert(after.id, after.clone());
            }
        }
        if let Some(interpreter) = &change.interpreter {
            self.interpreters.insert(interpreter.id, interpreter.clone());
        }
    }

    pub fn call_of_kiosk(&self, kiosk: &KioskId) -> Option<&Call> {
        self.calls.values().find(|call| call.kiosk == *kiosk)
    }

    /// The call that rings at this interpreter or that they talk in.
    pub fn call_of_interpreter(&self, interpreter: InterpreterId) -> Option<&Call> {
        self.calls
            .values()
            .find(|call| call.holder() == Some(interpreter))
    }

    /// How long this kiosk has been away, in milliseconds; none while it is here.
    pub fn kiosk_away(&self, kiosk: &KioskId, now: UnixMs) -> Option<u64> {
        self.away(self.kiosks_seen.get(kiosk), now)
    }

    /// How long this interpreter's page has been away, in milliseconds; none while it is here.
    pub fn interpreter_away(&self, interpreter: InterpreterId, now: UnixMs) -> Option<u64> {
        self.away(self.interpreters_seen.get(&interpreter), now)
    }

    fn away(&self, presence: Option<&Presence>, now: UnixMs) -> Option<u64> {
        match presence {
            Some(Presence::Here) => None,
            Some(Presence::Away { since }) => Some(now.since(*since)),
            None => Some(now.since(self.born)),
        }
    }

    /// Calls in the order of the queue; those that ring keep their place in it.
    pub fn queue(&self) -> Vec<&Call> {
        let queued = |call: &&Call| matches!(call.phase, Phase::Waiting | Phase::Offered { .. });
        let mut calls: Vec<&Call> = self.calls.values().filter(queued).collect();
        calls.sort_by_key(|call| call.turn());
        calls
    }

    /// This call's place among those who wait for the same language, from 1. A call in which both will write may be
    /// answered in place of any, so it stands in every language's queue.
    pub fn place(&self, call: &Call) -> u16 {
        let signing = call.topic.needs();
        let ahead = |other: &&Call| {
            let other_signing = other.topic.needs();
            let same = other_signing.is_none() || signing.is_none() || other_signing == signing;
            same && other.turn() < call.turn()
        };
        let ahead = self.queue().into_iter().filter(ahead).count();
        u16::try_from(ahead + 1).unwrap_or(u16::MAX)
    }

    /// Whether a call could ring at this interpreter now.
    pub fn is_free(&self, interpreter: &Interpreter, now: UnixMs) -> bool {
        interpreter.status == Status::Available
            && interpreter.wrap_up.is_none()
            && self.interpreter_away(interpreter.id, now).is_none()
            && self.call_of_interpreter(interpreter.id).is_none()
    }

    /// Whether this interpreter takes calls these minutes: free, ringing, talking or wrapping up.
    pub fn is_on_duty(&self, interpreter: &Interpreter, now: UnixMs) -> bool {
        interpreter.status == Status::Available && self.interpreter_away(interpreter.id, now).is_none()
    }

    /// Interpreters on duty; of those who sign a language, if one is named.
    pub fn on_duty(&self, signing: Option<Signing>, now: UnixMs) -> u16 {
        self.count(|one| signs(one, signing) && self.is_on_duty(one, now))
    }

    pub fn free(&self, signing: Option<Signing>, now: UnixMs) -> u16 {
        self.count(|one| signs(one, signing) && self.is_free(one, now))
    }

    /// Interpreters on duty who may be asked to take this call.
    pub fn on_duty_for(&self, call: &Call, now: UnixMs) -> u16 {
        self.count(|one| call.suits(one) && self.is_on_duty(one, now))
    }

    pub fn free_for(&self, call: &Call, now: UnixMs) -> u16 {
        self.count(|one| call.suits(one) && self.is_free(one, now))
    }

    fn count(&self, counts: impl Fn(&Interpreter) -> bool) -> u16 {
        let count = self.interpreters.values().filter(|one| counts(one)).count();
        u16::try_from(count).unwrap_or(u16::MAX)
    }

    /// For those who would ask for this language.
    pub fn availability(&self, signing: Signing, now: UnixMs) -> Availability {
        let signing = Some(signing);
        match &self.door {
            Door::Draining => Availability::Closed { opens: None },
            Door::Closed { opens } => Availability::Closed { opens: opens.clone() },
            Door::Open => match self.on_duty(signing, now) {
                0 => Availability::Unstaffed,
                on_duty => Availability::Open {
                    free: self.free(signing, now),
                    on_duty,
                },
            },
        }
    }
}

fn signs(interpreter: &Interpreter, signing: Option<Signing>) -> bool {
    signing.is_none_or(|signing| interpreter.signs.contains(&signing))
}
