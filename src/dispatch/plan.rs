//! What is due now, whoever asks for nothing: offers, rings that ran out, people who stayed away.

use std::collections::BTreeSet;

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::interpreter::Interpreter;
use crate::dispatch::policy::Policy;
use crate::dispatch::time::UnixMs;
use crate::dispatch::world::{CallChange, Change, Door, Why, World};
use crate::id::{CallId, InterpreterId};
use crate::protocol::{EndReason, Status};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Offer {
        call: CallId,
        to: InterpreterId,
    },
    /// It rang as long as it may.
    RingOut {
        call: CallId,
    },
    /// The console it rings at is gone or no longer takes calls.
    Withdraw {
        call: CallId,
    },
    /// One side stayed away too long, or nobody will come any more.
    End {
        call: CallId,
        reason: EndReason,
    },
    EndWrapUp {
        interpreter: InterpreterId,
    },
    /// The page is closed.
    GoOffline {
        interpreter: InterpreterId,
    },
}

/// Decisions that do not stand in each other's way. Applying them may make others due: plan again until none is.
pub fn plan(world: &World, policy: &Policy, now: UnixMs) -> Vec<Decision> {
    if world.door == Door::Draining {
        return Vec::new();
    }
    let mut decisions = Vec::new();
    let mut taken = BTreeSet::new();
    let mut calls: Vec<&Call> = world.calls.values().collect();
    calls.sort_by_key(|call| call.turn());
    for call in calls {
        if let Some(decision) = due(world, policy, call, now) {
            decisions.push(decision);
        } else if call.phase == Phase::Waiting
            && world.kiosk_away(&call.kiosk, now).is_none()
            && let Some(to) = next_for(world, policy, call, &taken, now)
        {
            taken.insert(to);
            decisions.push(Decision::Offer { call: call.id, to });
        }
    }
    for interpreter in world.interpreters.values() {
        decisions.extend(due_of(world, policy, interpreter, now));
    }
    decisions
}

fn due(world: &World, policy: &Policy, call: &Call, now: UnixMs) -> Option<Decision> {
    let id = call.id;
    if world
        .kiosk_away(&call.kiosk, now)
        .is_some_and(|away| away > policy.away)
    {
        return Some(Decision::End {
            call: id,
            reason: EndReason::Lost,
        });
    }
    match call.phase {
        Phase::Waiting => {
            // A page that is being reloaded comes back, and one that stays away goes offline.
            let mut willing = world
                .interpreters
                .values()
                .filter(|one| one.status == Status::Available);
            let reason = match world.door {
                Door::Closed { .. } => Some(EndReason::Closed),
                _ if !call.refused.is_empty() => Some(EndReason::Unavailable),
                // Whoever went on a break may yet take it.
                _ => None,
            };
            reason
                .filter(|_| !willing.any(|one| call.suits(one)))
                .map(|reason| Decision::End { call: id, reason })
        }
        Phase::Offered { to, since } => {
            let willing = world
                .interpreters
                .get(&to)
                .is_some_and(|one| one.status == Status::Available);
            let gone = world
                .interpreter_away(to, now)
                .is_some_and(|away| away > policy.ringing_away);
            if gone || !willing {
                Some(Decision::Withdraw { call: id })
            } else {
                (now.since(since) >= policy.ring).then_some(Decision::RingOut { call: id })
            }
        }
        Phase::Active { with, .. } => {
            let lost = world
                .interpreter_away(with, now)
                .is_some_and(|away| away > policy.away);
            lost.then_some(Decision::End {
                call: id,
                reason: EndReason::Lost,
            })
        }
        Phase::Over { .. } => None,
    }
}

/// The one who has been idle longest; whoever just let this call ring out only if nobody else is free.
///
/// A wish of the visitor goes before idleness. While somebody who fulfils it is on duty and busy, the call waits for
/// them, but not longer than [`Policy::wish`].
fn next_for(
    world: &World,
    policy: &Policy,
    call: &Call,
    taken: &BTreeSet<InterpreterId>,
    now: UnixMs,
) -> Option<InterpreterId> {
    let may = |one: &&Interpreter| call.suits(one);
    let free = |one: &&Interpreter| !taken.contains(&one.id) && world.is_free(one, now);
    let order = |one: &&Interpreter| {
        let passed = call.passed_by == Some(one.id);
        (passed, !one.is_wished(&call.topic), one.idle_since, one.id)
    };
    let able = || world.interpreters.values().filter(may);
    let next = able().filter(free).min_by_key(order)?;
    let hopes = |one: &Interpreter| {
        one.is_wished(&call.topic) && call.passed_by != Some(one.id) && world.is_on_duty(one, now)
    };
    let patient = now.since(call.requested_at) < policy.wish;
    if patient && !next.is_wished(&call.topic) && able().any(hopes) {
        return None;
    }
    Some(next.id)
}

fn due_of(world: &World, policy: &Policy, interpreter: &Interpreter, now: UnixMs) -> Option<Decision> {
    let id = interpreter.id;
    if interpreter.wrap_up.is_some_and(|wrap| wrap.until <= now) {
        return Some(Decision::EndWrapUp { interpreter: id });
    }
    let closed = world
        .interpreter_away(id, now)
        .is_some_and(|away| away > policy.away);
    let idle = world.call_of_interpreter(id).is_none();
    (closed && idle && interpreter.status != Status::Offline)
        .then_some(Decision::GoOffline { interpreter: id })
}

impl World {
    /// The change a decision makes; none when the world is no longer the one it was planned for.
    pub fn decide(&self, decision: Decision, policy: &Policy, now: UnixMs) -> Option<Change> {
        match decision {
            Decision::Offer { call, to } => {
                let call = self.calls.get(&call)?;
                let free = self
                    .interpreters
                    .get(&to)
                    .is_some_and(|one| self.is_free(one, now));
                (free && call.phase == Phase::Waiting)
                    .then(|| moved(Why::Offered, call, call.offered(to, now), None))
            }
            Decision::RingOut { call } => {
                let call = self.calls.get(&call)?;
                let Phase::Offered { to, .. } = call.phase else {
                    return None;
                };
                let interpreter = self.interpreters.get(&to).map(|one| one.missed_one(policy, now));
                Some(moved(Why::RangOut, call, call.rang_out(to), interpreter))
            }
            Decision::Withdraw { call } => {
                let call = self.calls.get(&call)?;
                let Phase::Offered { to, .. } = call.phase else {
                    return None;
                };
                Some(moved(Why::Withdrawn, call, call.withdrawn(to), None))
            }
            Decision::End { call, reason } => Some(self.ended(self.calls.get(&call)?, reason, policy, now)),
            Decision::EndWrapUp { interpreter } => {
                let interpreter = self.interpreters.get(&interpreter)?;
                Some(of_interpreter(Why::WrapUp, interpreter.wrapped(now)))
            }
            Decision::GoOffline { interpreter } => {
                let interpreter = self.interpreters.get(&interpreter)?;
                Some(of_interpreter(
                    Why::Status,
                    interpreter.with_status(Status::Offline, now),
                ))
            }
        }
    }

    pub(super) fn ended(&self, call: &Call, reason: EndReason, policy: &Policy, now: UnixMs) -> Change {
        let interpreter = match call.phase {
            Phase::Active { with, .. } => self.interpreters.get(&with),
            Phase::Waiting | Phase::Offered { .. } | Phase::Over { .. } => None,
        };
        let interpreter = interpreter.map(|one| one.wrapping(call.id, policy, now));
        moved(Why::Over, call, call.over(reason, now), interpreter)
    }
}

pub(super) fn moved(why: Why, before: &Call, after: Call, interpreter: Option<Interpreter>) -> Change {
    let call = Some(CallChange {
        before: Some(before.clone()),
        after,
    });
    Change {
        why,
        call,
        interpreter,
        outcome: None,
    }
}

pub(super) fn of_interpreter(why: Why, interpreter: Interpreter) -> Change {
    Change {
        why,
        call: None,
        interpreter: Some(interpreter),
        outcome: None,
    }
}
