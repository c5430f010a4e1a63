//! What people ask for, and what is granted.

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::plan::moved;
use crate::dispatch::policy::Policy;
use crate::dispatch::time::UnixMs;
use crate::dispatch::world::{CallChange, Change, Door, Why, World};
use crate::id::{CallId, InterpreterId, KioskId, Tab};
use crate::protocol::{At, DeclineReason, EndReason, Outcome, Status, Topic};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Kiosk {
        kiosk: KioskId,
        wish: KioskWish,
    },
    Interpreter {
        interpreter: InterpreterId,
        wish: InterpreterWish,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KioskWish {
    /// `call` is a fresh random id.
    Request {
        call: CallId,
        topic: Topic,
    },
    /// Gives up waiting or hangs up, at any epoch.
    Leave {
        call: CallId,
    },
    /// The kiosk came back knowing nothing of its call.
    Forget {
        call: CallId,
    },
    Requeue {
        at: At,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterpreterWish {
    Status {
        status: Status,
    },
    Accept {
        at: At,
        tab: Tab,
        camera: bool,
    },
    Decline {
        at: At,
        reason: DeclineReason,
    },
    /// Gives the visitor to a colleague.
    Transfer {
        at: At,
    },
    /// At any epoch of a call they talk in.
    HangUp {
        call: CallId,
    },
    WrapUp {
        call: CallId,
        /// None after a transfer.
        outcome: Option<Outcome>,
    },
}

/// Why a wish is not granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the call has moved on since this was written; look at `at` for its present state")]
    Stale(At),
    #[error("there is no such call, or it is not this sender's")]
    NoCall,
    #[error("not possible in the present state")]
    NotNow(Option<At>),
    #[error("no interpreter who signs this language is on duty, or the service is closed")]
    Unavailable,
    #[error("nobody else who could take this call is free now")]
    NobodyFree,
}

impl World {
    pub fn grant(&self, wish: Wish, policy: &Policy, now: UnixMs) -> Result<Change, Refusal> {
        match wish {
            Wish::Kiosk { kiosk, wish } => self.grant_kiosk(&kiosk, wish, policy, now),
            Wish::Interpreter { interpreter, wish } => self.grant_interpreter(interpreter, wish, policy, now),
        }
    }

    fn grant_kiosk(
        &self,
        kiosk: &KioskId,
        wish: KioskWish,
        policy: &Policy,
        now: UnixMs,
    ) -> Result<Change, Refusal> {
        let own = |id: CallId| {
            self.calls
                .get(&id)
                .filter(|call| call.kiosk == *kiosk)
                .ok_or(Refusal::NoCall)
        };
        match wish {
            KioskWish::Request { call, topic } => {
                if let Some(live) = self.call_of_kiosk(kiosk) {
                    return Err(Refusal::NotNow(Some(live.at())));
                }
                if self.door != Door::Open || self.on_duty(topic.needs(), now) == 0 {
                    return Err(Refusal::Unavailable);
                }
                let after = Call::requested(call, kiosk.clone(), topic, now);
                let call = Some(CallChange { before: None, after });
                Ok(Change {
                    why: Why::Requested,
                    call,
                    interpreter: None,
                    outcome: None,
                })
            }
            KioskWish::Leave { call } => Ok(self.ended(own(call)?, EndReason::Visitor, policy, now)),
            KioskWish::Forget { call } => Ok(self.ended(own(call)?, EndReason::Lost, policy, now)),
            KioskWish::Requeue { at } => {
                let call = own(at.call)?;
                if call.epoch != at.epoch {
                    return Err(Refusal::Stale(call.at()));
                }
                let Phase::Active { with, .. } = call.phase else {
                    return Err(Refusal::NotNow(Some(call.at())));
                };
                let interpreter = self.interpreters.get(&with).map(|one| one.released(now));
                Ok(moved(Why::Requeued, call, call.requeued(with), interpreter))
            }
        }
    }

    fn grant_interpreter(
        &self,
        by: InterpreterId,
        wish: InterpreterWish,
        policy: &Policy,
        now: UnixMs,
    ) -> Result<Change, Refusal> {
        let me = self.interpreters.get(&by).ok_or(Refusal::NotNow(None))?;
        match wish {
            InterpreterWish::Status { status } => {
                let me = Some(me.with_status(status, now));
                let ringing = self.calls.values().find(|call| rings_at(call, by));
                let call = ringing
                    .filter(|_| status != Status::Available)
                    .map(|call| CallChange {
                        before: Some(call.clone()),
                        after: call.withdrawn(by),
                    });
                let why = if call.is_some() {
                    Why::Withdrawn
                } else {
                    Why::Status
                };
                Ok(Change {
                    why,
                    call,
                    interpreter: me,
                    outcome: None,
                })
            }
            InterpreterWish::Accept { at, tab, camera } => {
                let call = self.offered_at(at, by)?;
                let after = call.answered(by, tab, camera, now);
                Ok(moved(Why::Accepted, call, after, Some(me.answered())))
            }
            InterpreterWish::Decline { at, reason } => {
                let call = self.offered_at(at, by)?;
                let me = match reason {
                    DeclineReason::Unwell => me.with_status(Status::Break, now),
                    DeclineReason::Conflict | DeclineReason::Topic | DeclineReason::Technical => me.clone(),
                };
                Ok(moved(Why::Declined, call, call.declined(by), Some(me)))
            }
            InterpreterWish::Transfer { at } => {
                let call = self.calls.get(&at.call).ok_or(Refusal::NoCall)?;
                if call.epoch != at.epoch {
                    return Err(Refusal::Stale(call.at()));
                }
                if !matches!(call.phase, Phase::Active { with, .. } if with == by) {
                    return Err(Refusal::NotNow(Some(call.at())));
                }
                let after = call.transferred(by);
                // A relay that is being stopped makes no offers: the visitor would wait for nobody.
                if self.door == Door::Draining || self.free_for(&after, now) == 0 {
                    return Err(Refusal::NobodyFree);
                }
                let me = me.wrapping(call.id, policy, now);
                Ok(moved(Why::Transferred, call, after, Some(me)))
            }
            InterpreterWish::HangUp { call } => {
                let call = self.calls.get(&call).ok_or(Refusal::NoCall)?;
                match call.phase {
                    Phase::Active { with, .. } if with == by => {
                        Ok(self.ended(call, EndReason::Interpreter, policy, now))
                    }
                    _ => Err(Refusal::NoCall),
                }
            }
            InterpreterWish::WrapUp { call, outcome } => {
                let mine = me.wrap_up.is_some_and(|wrap| wrap.call == call);
                let interpreter = mine.then(|| me.wrapped(now));
                let outcome = outcome.map(|outcome| (call, by, outcome));
                Ok(Change {
                    why: Why::WrapUp,
                    call: None,
                    interpreter,
                    outcome,
                })
            }
        }
    }

    /// The call that rings at `by` in exactly this state.
    fn offered_at(&self, at: At, by: InterpreterId) -> Result<&Call, Refusal> {
        let call = self.calls.get(&at.call).ok_or(Refusal::NoCall)?;
        if call.epoch != at.epoch {
            Err(Refusal::Stale(call.at()))
        } else if rings_at(call, by) {
            Ok(call)
        } else {
            Err(Refusal::NotNow(Some(call.at())))
        }
    }
}

fn rings_at(call: &Call, by: InterpreterId) -> bool {
    matches!(call.phase, Phase::Offered { to, .. } if to == by)
}
