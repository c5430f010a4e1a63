//! Whole stories in virtual time.

use uuid::Uuid;

use super::call::{Call, Count, Phase};
use super::estimate;
use super::interpreter::Interpreter;
use super::plan::plan;
use super::policy::Policy;
use super::time::UnixMs;
use super::wish::{InterpreterWish, KioskWish, Refusal, Wish};
use super::world::{Door, Presence, World};
use crate::id::{CallId, Epoch, InterpreterId, KioskId, Tab};
use crate::protocol::{
    At, Availability, DeclineReason, EndReason, Gender, Outcome, Signing, Status, Topic, WaitRange, Wishes,
};

const ANNA: InterpreterId = InterpreterId(1);
const BOHDAN: InterpreterId = InterpreterId(2);
const DARYNA: InterpreterId = InterpreterId(3);

/// A hall with kiosks and interpreters; time passes second by second, as the sweep has it.
struct Hall {
    world: World,
    policy: Policy,
    now: UnixMs,
    ended: Vec<Call>,
}

impl Hall {
    /// Interpreters became available in the order given, a second apart.
    fn with(interpreters: &[InterpreterId]) -> Self {
        let start = UnixMs(1_800_000_000_000);
        let mut hall = Hall {
            world: World::new(start),
            policy: Policy::default(),
            now: start,
            ended: Vec::new(),
        };
        for id in interpreters {
            hall.hire(*id, &[Signing::Ukl]);
            hall.pass(1);
        }
        hall
    }

    fn hire(&mut self, id: InterpreterId, signs: &[Signing]) {
        let new = Interpreter::new(id, signs.to_vec(), self.now);
        self.world.interpreters.insert(id, new);
        self.world.interpreters_seen.insert(id, Presence::Here);
        self.by(
            id,
            InterpreterWish::Status {
                status: Status::Available,
            },
        )
        .unwrap();
    }

    fn pass(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.now = self.now.plus(1000);
            self.settle();
        }
    }

    fn settle(&mut self) {
        loop {
            let decisions = plan(&self.world, &self.policy, self.now);
            if decisions.is_empty() {
                break;
            }
            for decision in decisions {
                let change = self.world.decide(decision, &self.policy, self.now).unwrap();
                self.adopt(change);
            }
        }
    }

    fn adopt(&mut self, change: super::world::Change) {
        if let Some(moved) = change.call.as_ref().filter(|moved| moved.after.is_over()) {
            self.ended.push(moved.after.clone());
        }
        self.world.adopt(&change);
    }

    fn grant(&mut self, wish: Wish) -> Result<(), Refusal> {
        let change = self.world.grant(wish, &self.policy, self.now)?;
        self.adopt(change);
        self.settle();
        Ok(())
    }

    fn by(&mut self, interpreter: InterpreterId, wish: InterpreterWish) -> Result<(), Refusal> {
        self.grant(Wish::Interpreter { interpreter, wish })
    }

    fn at_kiosk(&mut self, kiosk: u8, wish: KioskWish) -> Result<(), Refusal> {
        self.grant(Wish::Kiosk {
            kiosk: id(kiosk),
            wish,
        })
    }

    fn request(&mut self, kiosk: u8) -> Result<CallId, Refusal> {
        self.request_in(kiosk, Signing::Ukl)
    }

    fn request_in(&mut self, kiosk: u8, signing: Signing) -> Result<CallId, Refusal> {
        self.request_with(kiosk, signing, Wishes::default())
    }

    fn request_with(&mut self, kiosk: u8, signing: Signing, wishes: Wishes) -> Result<CallId, Refusal> {
        self.world.kiosks_seen.insert(id(kiosk), Presence::Here);
        let call = CallId(Uuid::from_u128(u128::from(self.now.0) * 1000 + u128::from(kiosk)));
        let topic = Topic {
            service: None,
            signing,
            reading: "uk".into(),
            wishes,
        };
        self.at_kiosk(kiosk, KioskWish::Request { call, topic })?;
        Ok(call)
    }

    fn accept(&mut self, by: InterpreterId, call: CallId) -> Result<(), Refusal> {
        let at = self.at(call);
        self.by(
            by,
            InterpreterWish::Accept {
                at,
                tab: Tab(7),
                camera: true,
            },
        )
    }

    fn at(&self, call: CallId) -> At {
        self.world.calls[&call].at()
    }

    fn phase(&self, call: CallId) -> Phase {
        self.world.calls[&call].phase
    }

    fn rings_at(&self, call: CallId) -> Option<InterpreterId> {
        match self.phase(call) {
            Phase::Offered { to, .. } => Some(to),
            _ => None,
        }
    }

    fn leave(&mut self, interpreter: InterpreterId) {
        self.world
            .interpreters_seen
            .insert(interpreter, Presence::Away { since: self.now });
    }

    fn estimate(&self, call: CallId) -> Option<WaitRange> {
        estimate::wait(&self.world, &self.policy, &self.world.calls[&call], self.now)
    }

    fn availability(&self) -> Availability {
        self.world.availability(Signing::Ukl, self.now)
    }

    fn decline(&mut self, by: InterpreterId, call: CallId) {
        let at = self.at(call);
        let reason = DeclineReason::Topic;
        self.by(by, InterpreterWish::Decline { at, reason }).unwrap();
    }

    fn set_status(&mut self, of: InterpreterId, status: Status) {
        self.by(of, InterpreterWish::Status { status }).unwrap();
    }

    /// How the last call that ended did.
    fn last_end(&self) -> Option<EndReason> {
        match self.ended.last()?.phase {
            Phase::Over { reason, .. } => Some(reason),
            _ => None,
        }
    }

    fn status(&self, interpreter: InterpreterId) -> Status {
        self.world.interpreters[&interpreter].status
    }
}

fn id(kiosk: u8) -> KioskId {
    format!("kiosk-{kiosk}").parse().unwrap()
}

#[test]
fn a_call_rings_at_whoever_has_been_idle_longest() {
    let mut hall = Hall::with(&[BOHDAN, ANNA]);
    let call = hall.request(1).unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    hall.accept(BOHDAN, call).unwrap();
    hall.by(BOHDAN, InterpreterWish::HangUp { call }).unwrap();
    hall.pass(31);
    let next = hall.request(1).unwrap();
    assert_eq!(hall.rings_at(next), Some(ANNA), "Bohdan has just worked");
}

#[test]
fn nobody_answers_for_15_seconds_and_the_next_is_asked() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    hall.pass(14);
    assert_eq!(hall.rings_at(call), Some(ANNA));
    hall.pass(1);
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    assert_eq!(hall.world.calls[&call].missed, 1);
    assert_eq!(
        hall.at(call).epoch,
        Epoch(4),
        "waiting, offered, waiting, offered"
    );
}

#[test]
fn with_nobody_else_free_the_same_one_is_asked_again_and_then_goes_on_a_break() {
    let mut hall = Hall::with(&[ANNA]);
    let call = hall.request(1).unwrap();
    hall.pass(15);
    assert_eq!(hall.rings_at(call), Some(ANNA));
    hall.pass(15);
    assert_eq!(hall.phase(call), Phase::Waiting);
    assert_eq!(hall.status(ANNA), Status::Break);
    hall.by(
        ANNA,
        InterpreterWish::Status {
            status: Status::Available,
        },
    )
    .unwrap();
    assert_eq!(hall.rings_at(call), Some(ANNA));
}

#[test]
fn a_call_that_rang_out_is_still_first_in_the_queue() {
    let mut hall = Hall::with(&[ANNA]);
    let first = hall.request(1).unwrap();
    let asked = hall.world.calls[&first].requested_at;
    hall.pass(5);
    let second = hall.request(2).unwrap();
    assert_eq!(hall.world.place(&hall.world.calls[&second]), 2);
    hall.pass(10);
    assert_eq!(hall.rings_at(first), Some(ANNA), "not the second, who came later");
    assert_eq!(hall.world.calls[&first].requested_at, asked);
}

#[test]
fn who_declines_is_not_asked_about_the_same_call_again() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    let at = hall.at(call);
    hall.by(
        ANNA,
        InterpreterWish::Decline {
            at,
            reason: DeclineReason::Conflict,
        },
    )
    .unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    hall.pass(15);
    assert_eq!(
        hall.rings_at(call),
        Some(BOHDAN),
        "Anna is free, and is not asked"
    );
    assert_eq!(hall.status(ANNA), Status::Available);
    let other = hall.request(2).unwrap();
    assert_eq!(hall.rings_at(other), Some(ANNA), "about another call she is");
}

#[test]
fn who_is_unwell_goes_on_a_break() {
    let mut hall = Hall::with(&[ANNA]);
    let call = hall.request(1).unwrap();
    let at = hall.at(call);
    hall.by(
        ANNA,
        InterpreterWish::Decline {
            at,
            reason: DeclineReason::Unwell,
        },
    )
    .unwrap();
    assert_eq!(hall.status(ANNA), Status::Break);
}

#[test]
fn a_call_that_everybody_declined_ends_as_one_that_nobody_can_answer() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    hall.decline(ANNA, call);
    hall.decline(BOHDAN, call);
    assert_eq!(hall.last_end(), Some(EndReason::Unavailable));
    let again = hall.request(1).unwrap();
    assert!(hall.rings_at(again).is_some(), "a new call asks everybody anew");
}

#[test]
fn a_declined_call_waits_for_who_talks_wraps_up_or_reloads_the_page() {
    let mut hall = Hall::with(&[BOHDAN, ANNA]);
    let talk = hall.request(2).unwrap();
    hall.accept(BOHDAN, talk).unwrap();
    let call = hall.request(1).unwrap();
    hall.decline(ANNA, call);
    let range = hall.estimate(call).unwrap();
    assert!(
        range.high_min > 1,
        "Anna is free, and not for this call: {range:?}"
    );
    hall.by(BOHDAN, InterpreterWish::HangUp { call: talk }).unwrap();
    hall.leave(BOHDAN);
    hall.pass(10);
    assert_eq!(hall.phase(call), Phase::Waiting);
    assert_eq!(hall.estimate(call), None, "nobody who could come is here");
    hall.pass(21);
    assert_eq!(hall.last_end(), Some(EndReason::Unavailable), "Bohdan is gone");
}

#[test]
fn a_call_that_nobody_declined_waits_for_those_on_a_break() {
    let mut hall = Hall::with(&[ANNA]);
    let talk = hall.request(1).unwrap();
    hall.accept(ANNA, talk).unwrap();
    let call = hall.request(2).unwrap();
    hall.set_status(ANNA, Status::Break);
    hall.pass(60);
    assert_eq!(hall.phase(call), Phase::Waiting);
}

#[test]
fn language_is_a_hard_filter() {
    let mut hall = Hall::with(&[ANNA]);
    assert_eq!(hall.request_in(1, Signing::Ils), Err(Refusal::Unavailable));
    hall.hire(DARYNA, &[Signing::Ils]);
    let call = hall.request_in(1, Signing::Ils).unwrap();
    assert_eq!(hall.rings_at(call), Some(DARYNA));
    hall.pass(30);
    assert_eq!(
        hall.phase(call),
        Phase::Waiting,
        "Anna is free and does not sign it"
    );
}

#[test]
fn after_a_call_no_other_rings_until_wrap_up_is_over() {
    let mut hall = Hall::with(&[ANNA]);
    let first = hall.request(1).unwrap();
    hall.accept(ANNA, first).unwrap();
    let second = hall.request(2).unwrap();
    hall.by(ANNA, InterpreterWish::HangUp { call: first }).unwrap();
    hall.pass(29);
    assert_eq!(hall.phase(second), Phase::Waiting);
    hall.pass(1);
    assert_eq!(hall.rings_at(second), Some(ANNA));
}

#[test]
fn an_outcome_ends_wrap_up_at_once() {
    let mut hall = Hall::with(&[ANNA]);
    let first = hall.request(1).unwrap();
    hall.accept(ANNA, first).unwrap();
    let second = hall.request(2).unwrap();
    hall.at_kiosk(1, KioskWish::Leave { call: first }).unwrap();
    hall.by(
        ANNA,
        InterpreterWish::WrapUp {
            call: first,
            outcome: Some(Outcome::Resolved),
        },
    )
    .unwrap();
    assert_eq!(hall.rings_at(second), Some(ANNA));
}

/// The visitor would rather sign with a woman.
const A_WOMAN: Wishes = Wishes {
    interpreter: Some(Gender::Woman),
    text_only: false,
};

fn says(hall: &mut Hall, one: InterpreterId, gender: Gender) {
    let known = hall.world.interpreters.get_mut(&one).unwrap();
    known.gender = Some(gender);
}

#[test]
fn a_wish_goes_before_idleness() {
    let mut hall = Hall::with(&[BOHDAN, ANNA]);
    says(&mut hall, ANNA, Gender::Woman);
    says(&mut hall, BOHDAN, Gender::Man);
    let call = hall.request_with(1, Signing::Ukl, A_WOMAN).unwrap();
    assert_eq!(hall.rings_at(call), Some(ANNA));
}

#[test]
fn a_wish_is_waited_for_a_little_while_and_no_longer() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    says(&mut hall, ANNA, Gender::Woman);
    let busy = hall.request(1).unwrap();
    hall.accept(ANNA, busy).unwrap();
    let call = hall.request_with(2, Signing::Ukl, A_WOMAN).unwrap();
    hall.pass(19);
    assert_eq!(hall.rings_at(call), None, "she may become free");
    hall.pass(1);
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
}

#[test]
fn a_wish_that_nobody_on_duty_fulfils_costs_no_time() {
    let mut hall = Hall::with(&[BOHDAN]);
    let call = hall.request_with(1, Signing::Ukl, A_WOMAN).unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
}

#[test]
fn who_was_wished_for_and_does_not_answer_is_not_waited_for() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    says(&mut hall, ANNA, Gender::Woman);
    let call = hall.request_with(1, Signing::Ukl, A_WOMAN).unwrap();
    assert_eq!(hall.rings_at(call), Some(ANNA));
    hall.pass(15);
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
}

#[test]
fn who_only_writes_is_answered_in_any_language() {
    let mut hall = Hall::with(&[]);
    hall.hire(ANNA, &[Signing::Rsl]);
    let wishes = Wishes {
        text_only: true,
        ..Wishes::default()
    };
    let call = hall.request_with(1, Signing::Ukl, wishes).unwrap();
    assert_eq!(hall.rings_at(call), Some(ANNA));
}

#[test]
fn of_two_who_answer_at_once_one_wins_and_the_other_is_told() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    let annas = hall.at(call);
    hall.pass(15);
    let bohdans = hall.at(call);
    let accept = |at| InterpreterWish::Accept {
        at,
        tab: Tab(1),
        camera: true,
    };
    assert_eq!(hall.by(ANNA, accept(annas)), Err(Refusal::Stale(bohdans)));
    assert_eq!(
        hall.by(ANNA, accept(bohdans)),
        Err(Refusal::NotNow(Some(bohdans)))
    );
    hall.by(BOHDAN, accept(bohdans)).unwrap();
    assert!(matches!(hall.by(ANNA, accept(bohdans)), Err(Refusal::Stale(_))));
    assert!(matches!(hall.phase(call), Phase::Active { with: BOHDAN, .. }));
}

#[test]
fn a_kiosk_that_is_away_keeps_its_place_for_30_seconds_and_is_not_offered() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let busy = [hall.request(1).unwrap(), hall.request(2).unwrap()];
    hall.accept(ANNA, busy[0]).unwrap();
    hall.accept(BOHDAN, busy[1]).unwrap();
    let call = hall.request(3).unwrap();
    hall.world
        .kiosks_seen
        .insert(id(3), Presence::Away { since: hall.now });
    hall.by(ANNA, InterpreterWish::HangUp { call: busy[0] }).unwrap();
    hall.by(
        ANNA,
        InterpreterWish::WrapUp {
            call: busy[0],
            outcome: Some(Outcome::Resolved),
        },
    )
    .unwrap();
    hall.pass(30);
    assert_eq!(hall.phase(call), Phase::Waiting);
    hall.pass(1);
    assert!(!hall.world.calls.contains_key(&call));
    let record = hall.ended.last().unwrap();
    assert!(matches!(
        record.phase,
        Phase::Over {
            reason: EndReason::Lost,
            ..
        }
    ));
    assert_eq!(record.count(&hall.policy), Count::Abandoned);
}

#[test]
fn a_conversation_whose_interpreter_stays_away_ends_as_lost() {
    let mut hall = Hall::with(&[ANNA]);
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    hall.leave(ANNA);
    hall.pass(30);
    assert!(matches!(hall.phase(call), Phase::Active { .. }));
    hall.pass(1);
    let record = hall.ended.last().unwrap();
    assert!(matches!(
        record.phase,
        Phase::Over {
            reason: EndReason::Lost,
            with: Some(ANNA),
            ..
        }
    ));
    assert_eq!(record.count(&hall.policy), Count::Answered);
    assert_eq!(hall.status(ANNA), Status::Offline);
}

#[test]
fn the_visitor_may_queue_again_at_the_head_when_the_interpreter_is_gone() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    let asked = hall.world.calls[&call].requested_at;
    hall.accept(ANNA, call).unwrap();
    let talk = hall.request(2).unwrap();
    hall.accept(BOHDAN, talk).unwrap();
    hall.pass(60);
    let waiting = hall.request(3).unwrap();
    hall.leave(ANNA);
    hall.pass(3);
    let at = hall.at(call);
    hall.at_kiosk(1, KioskWish::Requeue { at }).unwrap();
    assert_eq!(hall.world.place(&hall.world.calls[&call]), 1);
    assert_eq!(hall.world.place(&hall.world.calls[&waiting]), 2);
    assert_eq!(hall.world.calls[&call].requested_at, asked);
    assert_eq!(
        hall.at_kiosk(1, KioskWish::Requeue { at }),
        Err(Refusal::Stale(hall.at(call)))
    );
    hall.by(BOHDAN, InterpreterWish::HangUp { call: talk }).unwrap();
    hall.pass(30);
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
}

#[test]
fn no_outcome_is_asked_for_before_the_end_of_a_call() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    let at = hall.at(call);
    hall.at_kiosk(1, KioskWish::Requeue { at }).unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    assert_eq!(hall.world.interpreters[&ANNA].wrap_up, None);
    let other = hall.request(2).unwrap();
    assert_eq!(hall.rings_at(other), Some(ANNA), "she is free for others");
}

#[test]
fn an_offer_is_withdrawn_from_a_page_that_was_closed_but_not_from_one_that_is_reloaded() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    hall.leave(ANNA);
    hall.pass(2);
    assert_eq!(hall.rings_at(call), Some(ANNA));
    hall.pass(1);
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    assert_eq!(
        hall.world.interpreters[&ANNA].missed, 0,
        "nobody was there to miss it"
    );
}

#[test]
fn given_up_at_once_is_counted_apart() {
    let mut hall = Hall::with(&[ANNA]);
    let at_once = hall.request(1).unwrap();
    hall.pass(4);
    hall.at_kiosk(1, KioskWish::Leave { call: at_once }).unwrap();
    let later = hall.request(1).unwrap();
    hall.pass(5);
    hall.at_kiosk(1, KioskWish::Leave { call: later }).unwrap();
    let counts: Vec<Count> = hall.ended.iter().map(|call| call.count(&hall.policy)).collect();
    assert_eq!(counts, [Count::AbandonedAtOnce, Count::Abandoned]);
}

#[test]
fn a_second_request_of_the_same_kiosk_is_refused_with_the_first() {
    let mut hall = Hall::with(&[ANNA]);
    let call = hall.request(1).unwrap();
    assert_eq!(hall.request(1), Err(Refusal::NotNow(Some(hall.at(call)))));
}

#[test]
fn nobody_else_may_end_a_call() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    assert_eq!(hall.at_kiosk(2, KioskWish::Leave { call }), Err(Refusal::NoCall));
    assert_eq!(
        hall.by(BOHDAN, InterpreterWish::HangUp { call }),
        Err(Refusal::NoCall)
    );
}

#[test]
fn availability_tells_open_unstaffed_and_closed() {
    let mut hall = Hall::with(&[ANNA]);
    assert_eq!(hall.availability(), Availability::Open { free: 1, on_duty: 1 });
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    assert_eq!(hall.availability(), Availability::Open { free: 0, on_duty: 1 });
    hall.leave(ANNA);
    assert_eq!(hall.availability(), Availability::Unstaffed);
    hall.hire(DARYNA, &[Signing::Ils]);
    assert_eq!(
        hall.availability(),
        Availability::Unstaffed,
        "Daryna signs another language"
    );
    hall.world.door = Door::Closed {
        opens: Some("2026-11-23T09:00".into()),
    };
    let opens = Some("2026-11-23T09:00".into());
    assert_eq!(hall.availability(), Availability::Closed { opens });
    assert_eq!(hall.request(2), Err(Refusal::Unavailable));
}

#[test]
fn who_still_waits_when_all_have_gone_home_is_told_so() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let talk = hall.request(1).unwrap();
    hall.accept(ANNA, talk).unwrap();
    let waiting = hall.request(2).unwrap();
    hall.world.door = Door::Closed { opens: None };
    hall.pass(1);
    assert_eq!(
        hall.rings_at(waiting),
        Some(BOHDAN),
        "closing does not send away who is in the queue"
    );
    hall.by(
        BOHDAN,
        InterpreterWish::Status {
            status: Status::Offline,
        },
    )
    .unwrap();
    hall.by(
        ANNA,
        InterpreterWish::Status {
            status: Status::Offline,
        },
    )
    .unwrap();
    assert!(matches!(hall.phase(talk), Phase::Active { .. }));
    assert!(matches!(
        hall.ended[0].phase,
        Phase::Over {
            reason: EndReason::Closed,
            ..
        }
    ));
}

#[test]
fn a_relay_that_is_stopping_decides_nothing() {
    let mut hall = Hall::with(&[ANNA]);
    let call = hall.request(1).unwrap();
    hall.world.door = Door::Draining;
    hall.pass(60);
    assert_eq!(
        hall.rings_at(call),
        Some(ANNA),
        "the next start goes on from here"
    );
    assert_eq!(hall.request(2), Err(Refusal::Unavailable));
}

#[test]
fn the_estimate_is_none_when_nobody_is_on_duty() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    assert_eq!(
        hall.estimate(call),
        Some(WaitRange {
            low_min: 0,
            high_min: 1
        }),
        "Bohdan is free"
    );
    hall.by(
        BOHDAN,
        InterpreterWish::Status {
            status: Status::Break,
        },
    )
    .unwrap();
    assert!(hall.estimate(call).is_some_and(|range| range.high_min > 5));
    hall.by(
        ANNA,
        InterpreterWish::Status {
            status: Status::Break,
        },
    )
    .unwrap();
    assert_eq!(hall.estimate(call), None);
}

fn transfer(hall: &mut Hall, by: InterpreterId, call: CallId) -> Result<(), Refusal> {
    let at = hall.at(call);
    hall.by(by, InterpreterWish::Transfer { at })
}

#[test]
fn a_visitor_who_is_given_to_a_colleague_goes_on_with_the_first_waiting_time() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    let asked = hall.world.calls[&call].requested_at;
    hall.accept(ANNA, call).unwrap();
    hall.pass(300);
    transfer(&mut hall, ANNA, call).unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN), "at once");
    let record = &hall.world.calls[&call];
    assert_eq!(
        (record.requested_at, record.transfers, record.requeues),
        (asked, 1, 0)
    );
    assert!(
        hall.world.interpreters[&ANNA]
            .wrap_up
            .is_some_and(|wrap| wrap.call == call)
    );
    hall.accept(BOHDAN, call).unwrap();
    hall.by(BOHDAN, InterpreterWish::HangUp { call }).unwrap();
    assert_eq!(hall.ended.last().unwrap().count(&hall.policy), Count::Answered);
}

#[test]
fn without_a_free_colleague_who_suits_the_call_stays_where_it_is() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    hall.hire(DARYNA, &[Signing::Ils]);
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    let at = hall.at(call);
    let refused = Err(Refusal::NobodyFree);
    hall.set_status(BOHDAN, Status::Break);
    assert_eq!(transfer(&mut hall, ANNA, call), refused, "on a break");
    hall.set_status(BOHDAN, Status::Available);
    hall.leave(BOHDAN);
    assert_eq!(transfer(&mut hall, ANNA, call), refused, "the page is closed");
    hall.world.interpreters_seen.insert(BOHDAN, Presence::Here);
    let other = hall.request(2).unwrap();
    assert_eq!(transfer(&mut hall, ANNA, call), refused, "ringing");
    hall.accept(BOHDAN, other).unwrap();
    assert_eq!(transfer(&mut hall, ANNA, call), refused, "talking");
    hall.by(BOHDAN, InterpreterWish::HangUp { call: other }).unwrap();
    assert_eq!(transfer(&mut hall, ANNA, call), refused, "wrapping up");
    assert_eq!(hall.at(call), at, "nothing has moved");
    hall.pass(30);
    hall.world.door = Door::Draining;
    assert_eq!(
        transfer(&mut hall, ANNA, call),
        refused,
        "the relay is being stopped"
    );
    hall.world.door = Door::Open;
    assert_eq!(transfer(&mut hall, ANNA, call), Ok(()));
}

#[test]
fn who_declined_the_call_before_is_no_colleague_to_give_it_to() {
    let mut hall = Hall::with(&[BOHDAN, ANNA]);
    let call = hall.request(1).unwrap();
    hall.decline(BOHDAN, call);
    hall.accept(ANNA, call).unwrap();
    assert_eq!(transfer(&mut hall, ANNA, call), Err(Refusal::NobodyFree));
}

#[test]
fn a_given_call_goes_on_to_the_next_and_never_back_and_ends_when_nobody_is_left() {
    let mut hall = Hall::with(&[ANNA, BOHDAN, DARYNA]);
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    transfer(&mut hall, ANNA, call).unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    hall.pass(15);
    assert_eq!(hall.rings_at(call), Some(DARYNA), "Bohdan did not answer");
    hall.decline(DARYNA, call);
    // Anna has wrapped up by now and is free.
    hall.pass(14);
    hall.by(ANNA, InterpreterWish::WrapUp { call, outcome: None })
        .unwrap();
    assert_eq!(hall.rings_at(call), Some(BOHDAN));
    hall.decline(BOHDAN, call);
    assert_eq!(hall.last_end(), Some(EndReason::Unavailable));
}

#[test]
fn of_a_transfer_and_an_end_the_first_wins() {
    let mut hall = Hall::with(&[ANNA, BOHDAN]);
    let call = hall.request(1).unwrap();
    hall.accept(ANNA, call).unwrap();
    let at = hall.at(call);
    let give = InterpreterWish::Transfer { at };
    assert_eq!(
        hall.by(BOHDAN, give.clone()),
        Err(Refusal::NotNow(Some(at))),
        "it is Anna's"
    );
    transfer(&mut hall, ANNA, call).unwrap();
    let now = hall.at(call);
    assert_eq!(
        hall.by(ANNA, give.clone()),
        Err(Refusal::Stale(now)),
        "once is enough"
    );
    assert_eq!(
        hall.by(ANNA, InterpreterWish::HangUp { call }),
        Err(Refusal::NoCall)
    );
    hall.at_kiosk(1, KioskWish::Leave { call }).unwrap();
    assert_eq!(hall.last_end(), Some(EndReason::Visitor));
    assert_eq!(hall.by(ANNA, give), Err(Refusal::NoCall));
}
