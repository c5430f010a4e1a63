//! Who is told what. A change is told to those it concerns; place, pool and availability whenever they differ from
//! what was last said.

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::estimate;
use crate::dispatch::interpreter::Interpreter;
use crate::dispatch::time::UnixMs;
use crate::dispatch::world::{CallChange, Change, Why};
use crate::id::{InterpreterId, KioskId, Leg};
use crate::protocol::{EndReason, Live, OfferGone, Signing, Status, ToInterpreter, ToKiosk, WrapUp};
use crate::relay::switchboard::{Switchboard, measure, time_of_day};

/// The language that kiosks ask for, so the one their availability is about.
const ASKED_FOR: Signing = Signing::Ukl;
/// A page cannot see the pings of its socket, so the pool is said again after so many milliseconds.
const SIGN_OF_LIFE: u64 = 5_000;

impl Switchboard {
    pub(super) fn announce(
        &mut self,
        change: &Change,
        interpreter_before: Option<&Interpreter>,
        now: UnixMs,
    ) {
        if let Some(CallChange { before, after }) = &change.call {
            if let Some(before) = before {
                self.tell_former_holder(change.why, before, after, now);
            }
            match after.phase {
                Phase::Waiting => {}
                Phase::Offered { to, .. } => {
                    self.tell_ringing(after);
                    self.tell_offer(to, after, now);
                }
                Phase::Active { with, .. } => {
                    self.tell_joined(after);
                    let live = self.live(after, now);
                    self.say_interpreter(with, &ToInterpreter::Accepted { live });
                    self.tell_alarm_of(&after.kiosk, with);
                    if !self.kiosks.contains_key(&after.kiosk) {
                        self.say_interpreter(
                            with,
                            &ToInterpreter::Absent {
                                at: after.at(),
                                leg: Leg::KIOSK,
                            },
                        );
                    }
                }
                Phase::Over { reason, .. } => {
                    self.say_kiosk(
                        &after.kiosk,
                        &ToKiosk::Ended {
                            call: after.id,
                            reason,
                        },
                    );
                    self.tokens.remove(&after.id);
                }
            }
            if !matches!(after.phase, Phase::Waiting | Phase::Offered { .. }) {
                self.forget_told_place(&after.kiosk);
            }
            if !matches!(after.phase, Phase::Active { .. }) {
                self.mailbox.forget(after.id);
            }
        }
        if let (Some(before), Some(after)) = (interpreter_before, &change.interpreter)
            && (before.status != after.status || before.wrap_up.is_some() && after.wrap_up.is_none())
        {
            let missed = change.why == Why::RangOut && after.status == Status::Break;
            self.tell_status(after, missed, now);
        }
    }

    fn tell_former_holder(&self, why: Why, before: &Call, after: &Call, now: UnixMs) {
        let call = before.id;
        match (before.phase, after.phase) {
            (Phase::Offered { to, .. }, Phase::Waiting) if why != Why::Declined => {
                self.say_interpreter(
                    to,
                    &ToInterpreter::OfferGone {
                        call,
                        why: OfferGone::Missed,
                    },
                );
            }
            (Phase::Offered { to, .. }, Phase::Over { .. }) => {
                self.say_interpreter(
                    to,
                    &ToInterpreter::OfferGone {
                        call,
                        why: OfferGone::Cancelled,
                    },
                );
            }
            (Phase::Active { with, .. }, Phase::Over { reason, .. }) => {
                let wrap_up = self.wrap_up(with, now);
                self.say_interpreter(
                    with,
                    &ToInterpreter::Ended {
                        call,
                        reason,
                        wrap_up,
                    },
                );
            }
            (Phase::Active { with, .. }, Phase::Waiting) if why == Why::Transferred => {
                let wrap_up = self.wrap_up(with, now);
                self.say_interpreter(with, &ToInterpreter::Transferred { call, wrap_up });
            }
            (Phase::Active { with, .. }, Phase::Waiting) => {
                self.say_interpreter(
                    with,
                    &ToInterpreter::Ended {
                        call,
                        reason: EndReason::Lost,
                        wrap_up: None,
                    },
                );
            }
            _ => {}
        }
    }

    pub(super) fn tell_offer(&self, to: InterpreterId, call: &Call, now: UnixMs) {
        let Phase::Offered { since, .. } = call.phase else {
            return;
        };
        let (cnap, kiosk) = self.names_of(&call.kiosk);
        let left = self.policy.ring.saturating_sub(now.since(since));
        let offer = ToInterpreter::Offer {
            at: call.at(),
            cnap,
            kiosk,
            topic: call.topic.clone(),
            waited_s: now.seconds_since(call.requested_at),
            ring_s: u32::try_from(left.div_ceil(1000)).unwrap_or(u32::MAX),
            ice: self.ice.servers(call.id, time_of_day()),
        };
        self.say_interpreter(to, &offer);
    }

    pub(super) fn tell_ringing(&self, call: &Call) {
        let ringing = ToKiosk::Ringing {
            at: call.at(),
            leg: Leg::INTERPRETER,
            ice: self.ice.servers(call.id, time_of_day()),
        };
        self.say_kiosk(&call.kiosk, &ringing);
    }

    pub(super) fn tell_joined(&self, call: &Call) {
        let Phase::Active {
            with, tab, camera, ..
        } = call.phase
        else {
            return;
        };
        let joined = ToKiosk::Joined {
            at: call.at(),
            leg: Leg::INTERPRETER,
            interpreter: with,
            tab,
            camera,
            ice: self.ice.servers(call.id, time_of_day()),
        };
        self.say_kiosk(&call.kiosk, &joined);
    }

    pub(super) fn tell_status(&self, interpreter: &Interpreter, missed: bool, now: UnixMs) {
        let (status, for_s) = (interpreter.status, now.seconds_since(interpreter.since));
        self.say_interpreter(
            interpreter.id,
            &ToInterpreter::Status {
                status,
                for_s,
                missed,
            },
        );
    }

    pub(super) fn tell_kiosk_absent(&self, kiosk: &KioskId) {
        let Some(call) = self.world.call_of_kiosk(kiosk) else {
            return;
        };
        if let Phase::Active { with, .. } = call.phase {
            self.say_interpreter(
                with,
                &ToInterpreter::Absent {
                    at: call.at(),
                    leg: Leg::KIOSK,
                },
            );
        }
    }

    pub(super) fn tell_interpreter_absent(&self, interpreter: InterpreterId) {
        let Some(call) = self.world.call_of_interpreter(interpreter) else {
            return;
        };
        if let Phase::Active { .. } = call.phase {
            self.say_kiosk(
                &call.kiosk,
                &ToKiosk::Absent {
                    at: call.at(),
                    leg: Leg::INTERPRETER,
                },
            );
        }
    }

    /// Place and estimate, pool, availability: said again only when they differ, and the pool as a sign of life.
    pub(super) fn tell_changes(&mut self, now: UnixMs) {
        self.tell_places(now);
        let availability = self.world.availability(ASKED_FOR, now);
        for seat in self.kiosks.values_mut() {
            if seat.availability.as_ref() != Some(&availability) {
                seat.availability = Some(availability.clone());
                seat.out.say(&ToKiosk::Availability {
                    availability: availability.clone(),
                });
            }
        }
        let waiting = u16::try_from(self.world.queue().len()).unwrap_or(u16::MAX);
        let available = self.world.free(None, now);
        for seat in self.interpreters.values_mut() {
            let known = seat.pool.is_some_and(|(had_waiting, had_available, said)| {
                (had_waiting, had_available) == (waiting, available) && now.since(said) < SIGN_OF_LIFE
            });
            if !known {
                seat.pool = Some((waiting, available, now));
                seat.out.say(&ToInterpreter::Pool { waiting, available });
            }
        }
        measure::world(&self.world, now);
        measure::sockets(self.kiosks.len(), self.interpreters.len());
    }

    fn tell_places(&mut self, now: UnixMs) {
        let waiting = |call: &&Call| call.phase == Phase::Waiting;
        let calls: Vec<Call> = self.world.queue().into_iter().filter(waiting).cloned().collect();
        for call in calls {
            self.tell_place(&call, now);
        }
    }

    /// A queued call's place, if it is not what was last told.
    pub(super) fn tell_place(&mut self, call: &Call, now: UnixMs) {
        let (Some(seat), Some(token)) = (self.kiosks.get_mut(&call.kiosk), self.tokens.get(&call.id)) else {
            return;
        };
        let place = self.world.place(call);
        let estimate = estimate::wait(&self.world, &self.policy, call, now);
        let told = Some((call.at(), place, estimate));
        if seat.queued == told {
            return;
        }
        seat.queued = told;
        seat.out.say(&ToKiosk::Queued {
            at: call.at(),
            token: token.clone(),
            place,
            waited_s: now.seconds_since(call.requested_at),
            estimate,
        });
    }

    fn forget_told_place(&mut self, kiosk: &KioskId) {
        if let Some(seat) = self.kiosks.get_mut(kiosk) {
            seat.queued = None;
        }
    }

    pub(super) fn live(&self, call: &Call, now: UnixMs) -> Live {
        let (cnap, kiosk) = self.names_of(&call.kiosk);
        let since = match call.phase {
            Phase::Active { since, .. } => since,
            Phase::Waiting | Phase::Offered { .. } | Phase::Over { .. } => now,
        };
        Live {
            at: call.at(),
            leg: Leg::INTERPRETER,
            cnap,
            kiosk,
            topic: call.topic.clone(),
            talked_s: now.seconds_since(since),
            ice: self.ice.servers(call.id, time_of_day()),
        }
    }

    pub(super) fn wrap_up(&self, interpreter: InterpreterId, now: UnixMs) -> Option<WrapUp> {
        let wrap = self.world.interpreters.get(&interpreter)?.wrap_up?;
        let remaining_s = u32::try_from(wrap.until.since(now).div_ceil(1000)).unwrap_or(u32::MAX);
        Some(WrapUp {
            call: wrap.call,
            remaining_s,
        })
    }

    /// ЦНАП and kiosk, as people call them.
    fn names_of(&self, kiosk: &KioskId) -> (String, String) {
        let named = self
            .names
            .get(kiosk)
            .map(|kiosk| (kiosk.cnap.clone(), kiosk.name.clone()));
        named.unwrap_or_else(|| (String::new(), kiosk.to_string()))
    }

    pub(super) fn say_kiosk(&self, kiosk: &KioskId, message: &ToKiosk) {
        if let Some(seat) = self.kiosks.get(kiosk) {
            seat.out.say(message);
        }
    }

    pub(super) fn say_interpreter(&self, interpreter: InterpreterId, message: &ToInterpreter) {
        if let Some(seat) = self.interpreters.get(&interpreter) {
            seat.out.say(message);
        }
    }
}
