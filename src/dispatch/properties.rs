//! What holds whatever happens: any sequence of wishes, absences, sweeps and lost races.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::call::{Call, Phase};
use super::interpreter::Interpreter;
use super::plan::{Decision, plan};
use super::policy::Policy;
use super::time::UnixMs;
use super::wish::{InterpreterWish, KioskWish, Wish};
use super::world::{Change, Door, Presence, World};
use crate::id::{CallId, Epoch, InterpreterId, KioskId, Tab};
use crate::protocol::{At, DeclineReason, Gender, Outcome, Signing, Status, Topic, Wishes};

const KIOSKS: u8 = 4;
const INTERPRETERS: u32 = 3;

/// One thing that happens. Numbers pick a kiosk, an interpreter or a call among those there are.
#[derive(Debug, Clone)]
enum Happening {
    Request {
        kiosk: u8,
        signing: Signing,
        wishes: Wishes,
    },
    Leave {
        kiosk: u8,
        call: u8,
    },
    Forget {
        kiosk: u8,
    },
    Requeue {
        kiosk: u8,
        epoch_off: u32,
    },
    SetStatus {
        interpreter: u32,
        status: Status,
    },
    Accept {
        interpreter: u32,
        call: u8,
        epoch_off: u32,
    },
    Decline {
        interpreter: u32,
        call: u8,
        reason: DeclineReason,
    },
    Transfer {
        interpreter: u32,
        epoch_off: u32,
    },
    HangUp {
        interpreter: u32,
        call: u8,
    },
    WrapUp {
        interpreter: u32,
        call: u8,
    },
    KioskHere {
        kiosk: u8,
        here: bool,
    },
    InterpreterHere {
        interpreter: u32,
        here: bool,
    },
    Open {
        open: bool,
    },
    Pass {
        ms: u64,
    },
}

fn signing() -> impl Strategy<Value = Signing> {
    prop_oneof![4 => Just(Signing::Ukl), 1 => Just(Signing::Rsl), 1 => Just(Signing::Ils)]
}

fn gender() -> impl Strategy<Value = Option<Gender>> {
    prop_oneof![Just(None), Just(Some(Gender::Woman)), Just(Some(Gender::Man))]
}

/// What each interpreter has said of themselves.
fn genders() -> impl Strategy<Value = Vec<Option<Gender>>> {
    prop::collection::vec(gender(), INTERPRETERS as usize)
}

fn wishes() -> impl Strategy<Value = Wishes> {
    (gender(), prop::bool::weighted(0.3)).prop_map(|(interpreter, text_only)| Wishes {
        interpreter,
        text_only,
    })
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::*;
    let status =
        prop_oneof![4 => Just(Status::Available), 1 => Just(Status::Break), 1 => Just(Status::Offline)];
    let reason = prop_oneof![Just(DeclineReason::Unwell), Just(DeclineReason::Conflict)];
    let interpreter = 0..INTERPRETERS;
    let kiosk = 0..KIOSKS;
    prop_oneof![
        6 => (kiosk.clone(), signing(), wishes())
            .prop_map(|(kiosk, signing, wishes)| Request { kiosk, signing, wishes }),
        2 => (kiosk.clone(), any::<u8>()).prop_map(|(kiosk, call)| Leave { kiosk, call }),
        1 => kiosk.clone().prop_map(|kiosk| Forget { kiosk }),
        2 => (kiosk.clone(), 0..2u32).prop_map(|(kiosk, epoch_off)| Requeue { kiosk, epoch_off }),
        3 => (interpreter.clone(), status).prop_map(|(interpreter, status)| SetStatus { interpreter, status }),
        6 => (interpreter.clone(), any::<u8>(), 0..2u32)
            .prop_map(|(interpreter, call, epoch_off)| Accept { interpreter, call, epoch_off }),
        2 => (interpreter.clone(), any::<u8>(), reason)
            .prop_map(|(interpreter, call, reason)| Decline { interpreter, call, reason }),
        3 => (interpreter.clone(), 0..2u32)
            .prop_map(|(interpreter, epoch_off)| Transfer { interpreter, epoch_off }),
        2 => (interpreter.clone(), any::<u8>()).prop_map(|(interpreter, call)| HangUp { interpreter, call }),
        1 => (interpreter.clone(), any::<u8>()).prop_map(|(interpreter, call)| WrapUp { interpreter, call }),
        2 => (kiosk, any::<bool>()).prop_map(|(kiosk, here)| KioskHere { kiosk, here }),
        2 => (interpreter, any::<bool>())
            .prop_map(|(interpreter, here)| InterpreterHere { interpreter, here }),
        1 => prop::bool::weighted(0.8).prop_map(|open| Open { open }),
        8 => (0..40_000u64).prop_map(|ms| Pass { ms }),
    ]
}

fn kiosk_id(number: u8) -> KioskId {
    format!("kiosk-{number}").parse().unwrap()
}

/// A world that checks every change before it adopts it.
struct Watched {
    world: World,
    policy: Policy,
    now: UnixMs,
    asked: u128,
    requested: BTreeMap<CallId, UnixMs>,
    over: BTreeSet<CallId>,
    epochs: BTreeMap<CallId, Epoch>,
    refused: BTreeSet<(CallId, InterpreterId)>,
}

impl Watched {
    fn new(genders: &[Option<Gender>]) -> Self {
        let now = UnixMs(1_000_000);
        let mut world = World::new(now);
        for (number, gender) in (0..).zip(genders) {
            let signs = if number == 0 {
                vec![Signing::Ukl, Signing::Ils]
            } else {
                vec![Signing::Ukl]
            };
            let one = Interpreter {
                gender: *gender,
                status: Status::Available,
                ..Interpreter::new(InterpreterId(number), signs, now)
            };
            world.interpreters_seen.insert(one.id, Presence::Here);
            world.interpreters.insert(one.id, one);
        }
        for number in 0..KIOSKS {
            world.kiosks_seen.insert(kiosk_id(number), Presence::Here);
        }
        Self {
            world,
            policy: Policy::default(),
            now,
            asked: 0,
            requested: BTreeMap::new(),
            over: BTreeSet::new(),
            epochs: BTreeMap::new(),
            refused: BTreeSet::new(),
        }
    }

    fn adopt(&mut self, change: &Change) {
        if let Some(moved) = &change.call {
            let after = &moved.after;
            match &moved.before {
                None => {
                    assert_eq!(after.epoch, Epoch::FIRST);
                    assert!(
                        self.requested.insert(after.id, after.requested_at).is_none(),
                        "doubled"
                    );
                }
                Some(before) => {
                    assert_eq!(
                        Some(&before.epoch),
                        self.epochs.get(&after.id),
                        "written for another state"
                    );
                    assert!(after.epoch > before.epoch, "an epoch only grows");
                    assert_eq!(
                        after.requested_at, self.requested[&after.id],
                        "requested_at never changes"
                    );
                    assert!(!self.over.contains(&after.id), "nothing comes after the end");
                    if after.transfers > before.transfers {
                        self.is_given(before, after);
                    }
                }
            }
            self.epochs.insert(after.id, after.epoch);
            match after.phase {
                Phase::Offered { to, .. } => {
                    assert!(
                        !self.refused.contains(&(after.id, to)),
                        "a decliner is not asked again"
                    );
                    let to = &self.world.interpreters[&to];
                    let signs = to.signs.contains(&after.topic.signing);
                    assert!(
                        signs || after.topic.wishes.text_only,
                        "language is a hard filter where anybody signs"
                    );
                }
                Phase::Over { .. } => {
                    self.over.insert(after.id);
                }
                Phase::Waiting | Phase::Active { .. } => {}
            }
            for one in &after.refused {
                self.refused.insert((after.id, *one));
            }
        }
        self.world.adopt(change);
        self.check();
    }

    /// Somebody else can take it at this very moment, and the giver never gets it back.
    fn is_given(&self, before: &Call, after: &Call) {
        let giver = before.holder().expect("only who talks gives a call away");
        assert!(after.refused.contains(&giver));
        assert!(self.world.free_for(after, self.now) > 0, "given to nobody");
    }

    fn check(&self) {
        let mut holders = BTreeSet::new();
        let mut kiosks = BTreeSet::new();
        for call in self.world.calls.values() {
            assert!(!call.is_over());
            assert!(kiosks.insert(call.kiosk.clone()), "a kiosk has one call at most");
            if let Some(holder) = call.holder() {
                assert!(holders.insert(holder), "an interpreter has one live call at most");
            }
        }
        for call in self.requested.keys() {
            let live = self.world.calls.contains_key(call);
            assert!(
                live != self.over.contains(call),
                "a call is live or over, never lost"
            );
        }
        let turns: Vec<_> = self.world.queue().iter().map(|call| call.turn()).collect();
        assert!(turns.is_sorted());
    }

    fn settle(&mut self) {
        for round in 0.. {
            assert!(round < 50, "planning comes to an end");
            let decisions = plan(&self.world, &self.policy, self.now);
            if decisions.is_empty() {
                break;
            }
            self.wishes_go_first(&decisions);
            for decision in decisions {
                let change = self.world.decide(decision, &self.policy, self.now);
                self.adopt(&change.expect("decisions of one plan do not stand in each other's way"));
            }
        }
        self.nobody_waits_for_nothing();
    }

    fn is_free_and_wished(&self, one: &Interpreter, call: &Call) -> bool {
        let suits = call.suits(one) && call.passed_by != Some(one.id);
        suits && one.is_wished(&call.topic) && self.world.is_free(one, self.now)
    }

    /// Nobody is offered a call who was not wished for, while somebody who was is free.
    fn wishes_go_first(&self, decisions: &[Decision]) {
        let mut taken = BTreeSet::new();
        for decision in decisions {
            let Decision::Offer { call, to } = decision else {
                continue;
            };
            let call = &self.world.calls[call];
            let interpreters = self.world.interpreters.values();
            let wished = interpreters
                .filter(|one| !taken.contains(&one.id))
                .find(|one| self.is_free_and_wished(one, call));
            let granted = self.world.interpreters[to].is_wished(&call.topic);
            assert!(
                granted || wished.is_none(),
                "{wished:?} is passed over for {call:?}"
            );
            taken.insert(*to);
        }
    }

    /// After a plan no call waits that somebody free could take; but for a little while for somebody as wished.
    fn nobody_waits_for_nothing(&self) {
        for call in self
            .world
            .queue()
            .into_iter()
            .filter(|call| call.phase == Phase::Waiting)
        {
            if self.world.kiosk_away(&call.kiosk, self.now).is_some() {
                continue;
            }
            let hoped_for = |one: &Interpreter| {
                call.topic.wishes.interpreter.is_some()
                    && one.is_wished(&call.topic)
                    && call.suits(one)
                    && call.passed_by != Some(one.id)
                    && self.world.is_on_duty(one, self.now)
            };
            let everybody = || self.world.interpreters.values();
            let patient = self.now.since(call.requested_at) < self.policy.wish && everybody().any(hoped_for);
            let idle = everybody().find(|one| {
                let free = self.world.is_free(one, self.now) && call.suits(one);
                free && (!patient || self.is_free_and_wished(one, call))
            });
            assert!(idle.is_none(), "{idle:?} could take {call:?}");
        }
    }

    fn any_call(&self, pick: u8) -> Option<At> {
        let ids: Vec<&CallId> = self.requested.keys().collect();
        let id = **ids.get(usize::from(pick) % ids.len().max(1))?;
        Some(At {
            call: id,
            epoch: self.epochs[&id],
        })
    }

    fn happen(&mut self, happening: Happening) {
        use Happening::*;
        let by_kiosk = |kiosk: u8, wish| Wish::Kiosk {
            kiosk: kiosk_id(kiosk),
            wish,
        };
        let by = |number: u32, wish| Wish::Interpreter {
            interpreter: InterpreterId(number),
            wish,
        };
        let off = |at: At, off: u32| At {
            epoch: Epoch(at.epoch.0 - off.min(at.epoch.0)),
            ..at
        };
        let wish = match happening {
            Request {
                kiosk,
                signing,
                wishes,
            } => {
                self.asked += 1;
                let topic = Topic {
                    service: None,
                    signing,
                    reading: "uk".into(),
                    wishes,
                };
                Some(by_kiosk(
                    kiosk,
                    KioskWish::Request {
                        call: CallId(Uuid::from_u128(self.asked)),
                        topic,
                    },
                ))
            }
            Leave { kiosk, call } => self
                .any_call(call)
                .map(|at| by_kiosk(kiosk, KioskWish::Leave { call: at.call })),
            Forget { kiosk } => {
                let call = self.world.call_of_kiosk(&kiosk_id(kiosk)).map(|call| call.id);
                call.map(|call| by_kiosk(kiosk, KioskWish::Forget { call }))
            }
            Requeue { kiosk, epoch_off } => {
                let at = self.world.call_of_kiosk(&kiosk_id(kiosk)).map(|call| call.at());
                at.map(|at| {
                    by_kiosk(
                        kiosk,
                        KioskWish::Requeue {
                            at: off(at, epoch_off),
                        },
                    )
                })
            }
            SetStatus { interpreter, status } => Some(by(interpreter, InterpreterWish::Status { status })),
            Accept {
                interpreter,
                call,
                epoch_off,
            } => {
                let held = self
                    .world
                    .call_of_interpreter(InterpreterId(interpreter))
                    .map(|call| call.at());
                held.or(self.any_call(call)).map(|at| {
                    let at = off(at, epoch_off);
                    by(
                        interpreter,
                        InterpreterWish::Accept {
                            at,
                            tab: Tab(1),
                            camera: true,
                        },
                    )
                })
            }
            Decline {
                interpreter,
                call,
                reason,
            } => {
                let held = self
                    .world
                    .call_of_interpreter(InterpreterId(interpreter))
                    .map(|call| call.at());
                let at = held.or(self.any_call(call));
                at.map(|at| by(interpreter, InterpreterWish::Decline { at, reason }))
            }
            Transfer {
                interpreter,
                epoch_off,
            } => {
                let held = self.world.call_of_interpreter(InterpreterId(interpreter));
                held.map(|call| call.at()).map(|at| {
                    let at = off(at, epoch_off);
                    by(interpreter, InterpreterWish::Transfer { at })
                })
            }
            HangUp { interpreter, call } => self
                .any_call(call)
                .map(|at| by(interpreter, InterpreterWish::HangUp { call: at.call })),
            WrapUp { interpreter, call } => self.any_call(call).map(|at| {
                let outcome = Some(Outcome::Resolved);
                by(
                    interpreter,
                    InterpreterWish::WrapUp {
                        call: at.call,
                        outcome,
                    },
                )
            }),
            KioskHere { kiosk, here } => {
                let presence = if here {
                    Presence::Here
                } else {
                    Presence::Away { since: self.now }
                };
                self.world.kiosks_seen.insert(kiosk_id(kiosk), presence);
                None
            }
            InterpreterHere { interpreter, here } => {
                let presence = if here {
                    Presence::Here
                } else {
                    Presence::Away { since: self.now }
                };
                self.world
                    .interpreters_seen
                    .insert(InterpreterId(interpreter), presence);
                None
            }
            Open { open } => {
                self.world.door = if open {
                    Door::Open
                } else {
                    Door::Closed { opens: None }
                };
                None
            }
            Pass { ms } => {
                self.now = self.now.plus(ms);
                None
            }
        };
        if let Some(wish) = wish
            && let Ok(change) = self.world.grant(wish, &self.policy, self.now)
        {
            self.adopt(&change);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_no_call_is_lost_or_doubled(
        genders in genders(),
        story in prop::collection::vec(happening(), 1..120),
    ) {
        let mut watched = Watched::new(&genders);
        for happening in story {
            watched.happen(happening);
            watched.settle();
        }
    }

    #[test]
    fn when_everybody_leaves_every_call_comes_to_its_end(
        genders in genders(),
        story in prop::collection::vec(happening(), 1..60),
    ) {
        let mut watched = Watched::new(&genders);
        for happening in story {
            watched.happen(happening);
            watched.settle();
        }
        watched.world.door = Door::Open;
        for number in 0..KIOSKS {
            let away = Presence::Away { since: watched.now };
            watched.world.kiosks_seen.insert(kiosk_id(number), away);
        }
        let away = watched.policy.away;
        watched.now = watched.now.plus(away + 1);
        watched.settle();
        prop_assert!(watched.world.calls.is_empty());
        prop_assert_eq!(watched.over.len(), watched.requested.len());
    }

    #[test]
    fn two_changes_for_the_same_state_never_both_fit(first in 0..3u32, second in 0..3u32) {
        let mut watched = Watched::new(&[None; INTERPRETERS as usize]);
        let wishes = Wishes::default();
        watched.happen(Happening::Request { kiosk: 0, signing: Signing::Ukl, wishes });
        watched.settle();
        let at = watched.world.calls.values().next().unwrap().at();
        let accept = |by: u32| Wish::Interpreter {
            interpreter: InterpreterId(by),
            wish: InterpreterWish::Accept { at, tab: Tab(1), camera: true },
        };
        let mut granted = 0;
        for by in [first, second] {
            if let Ok(change) = watched.world.grant(accept(by), &watched.policy, watched.now) {
                watched.adopt(&change);
                granted += 1;
            }
        }
        prop_assert!(granted <= 1);
    }
}
