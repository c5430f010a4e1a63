//! Stories of one call in virtual time.

use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::view::{Ended, Picture, Stage, Unread, View};
use super::*;
use crate::id::{CallId, Epoch, InterpreterId, Leg, Tab};
use crate::protocol::{EndReason, Fault, FaultCode, Signing, Wishes};

const TAB: Tab = Tab(7);

/// A kiosk's call and everything it has asked for.
struct Kiosk {
    call: Call,
    now: Duration,
    sent: Vec<FromKiosk>,
    peer: Vec<PeerCommand>,
    view: View,
}

impl Kiosk {
    fn new() -> Self {
        Self {
            call: Call::new(),
            now: Duration::from_secs(100),
            sent: Vec::new(),
            peer: Vec::new(),
            view: View::Idle,
        }
    }

    /// A kiosk whose relay is in reach.
    fn linked() -> Self {
        let mut kiosk = Self::new();
        kiosk.link_up();
        kiosk.sent.clear();
        kiosk
    }

    /// A kiosk whose visitor waits in the queue at epoch 1.
    fn queued() -> Self {
        let mut kiosk = Self::linked();
        kiosk.hear(Input::Ask(topic()));
        kiosk.say(queued(1, 3));
        kiosk.sent.clear();
        kiosk
    }

    /// A kiosk in a conversation at epoch 3, pictures flowing.
    fn talking() -> Self {
        let mut kiosk = Self::queued();
        kiosk.say(joined(3, TAB));
        kiosk.hear(Input::Peer(Round(1), PeerEvent::Connected));
        kiosk.hear(flowing());
        kiosk.sent.clear();
        kiosk.peer.clear();
        kiosk
    }

    fn hear(&mut self, input: Input) {
        self.call.handle(input, self.now);
        while let Some(output) = self.call.poll() {
            match output {
                Output::Send(message) => self.sent.push(message),
                Output::Peer(command) => self.peer.push(command),
                Output::View(view) => self.view = view,
            }
        }
    }

    fn say(&mut self, message: ToKiosk) {
        self.hear(Input::Said(message));
    }

    fn link_up(&mut self) {
        self.hear(Input::LinkUp);
        self.say(welcome());
    }

    /// Lets time pass with a tick every 200 ms, as the driver does.
    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while self.now < until {
            self.now += Duration::from_millis(200);
            self.hear(Input::Tick);
        }
    }

    fn picture(&self) -> Picture {
        match &self.view {
            View::Talking(talking) => talking.picture,
            other => panic!("no conversation but {other:?}"),
        }
    }

    fn unread(&self) -> Option<Unread> {
        match &self.view {
            View::Talking(talking) => talking.unread,
            other => panic!("no conversation but {other:?}"),
        }
    }

    /// So many frames in each beat of the driver.
    fn see(&mut self, time: Duration, pictures: u32) {
        let until = self.now + time;
        while self.now < until {
            self.now += Duration::from_millis(200);
            self.hear(Input::Flow {
                packets: true,
                pictures,
            });
        }
    }

    fn stage(&self) -> Stage {
        match &self.view {
            View::Waiting(waiting) => waiting.stage,
            other => panic!("no waiting but {other:?}"),
        }
    }
}

fn topic() -> Topic {
    Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".to_owned(),
        wishes: Wishes::default(),
    }
}

fn call_id() -> CallId {
    CallId(Uuid::from_u128(1))
}

fn at(epoch: u32) -> At {
    At {
        call: call_id(),
        epoch: Epoch(epoch),
    }
}

fn token() -> ResumeToken {
    ResumeToken("secret".to_owned())
}

fn welcome() -> ToKiosk {
    ToKiosk::Welcome {
        version: VERSION,
        cnap: "ЦНАП".to_owned(),
        kiosk: "Кіоск 1".to_owned(),
    }
}

fn queued(epoch: u32, place: u16) -> ToKiosk {
    ToKiosk::Queued {
        at: at(epoch),
        token: token(),
        place,
        waited_s: 0,
        estimate: None,
    }
}

fn joined(epoch: u32, tab: Tab) -> ToKiosk {
    ToKiosk::Joined {
        at: at(epoch),
        leg: Leg::INTERPRETER,
        interpreter: InterpreterId(14),
        tab,
        camera: true,
        ice: Vec::new(),
    }
}

fn absent(epoch: u32) -> ToKiosk {
    ToKiosk::Absent {
        at: at(epoch),
        leg: Leg::INTERPRETER,
    }
}

fn present(epoch: u32) -> ToKiosk {
    ToKiosk::Present {
        at: at(epoch),
        leg: Leg::INTERPRETER,
    }
}

/// The interpreter's page asks.
fn hold(epoch: u32, on: bool) -> ToKiosk {
    ToKiosk::Hold { at: at(epoch), on }
}

fn sight(epoch: u32, fluent: bool) -> FromKiosk {
    FromKiosk::Sight {
        at: at(epoch),
        fluent,
    }
}

fn holds(epoch: u32, on: bool) -> FromKiosk {
    FromKiosk::Hold { at: at(epoch), on }
}

fn to_hold(round: u32, on: bool) -> PeerCommand {
    PeerCommand::Serve {
        round: Round(round),
        purpose: if on { Purpose::Hold } else { Purpose::Talk },
    }
}

fn ringing(epoch: u32) -> ToKiosk {
    ToKiosk::Ringing {
        at: at(epoch),
        leg: Leg::INTERPRETER,
        ice: Vec::new(),
    }
}

fn open(round: u32, purpose: Purpose) -> PeerCommand {
    PeerCommand::Open {
        round: Round(round),
        ice: Vec::new(),
        purpose,
    }
}

fn held(for_s: u32) -> Picture {
    Picture::Held { for_s }
}

fn ended(reason: EndReason) -> ToKiosk {
    ToKiosk::Ended {
        call: call_id(),
        reason,
    }
}

fn fault(code: FaultCode) -> ToKiosk {
    ToKiosk::Error {
        fault: Fault::new(code, "so it is"),
    }
}

fn flowing() -> Input {
    Input::Flow {
        packets: true,
        pictures: 6,
    }
}

fn candidate(name: &str) -> Candidate {
    Candidate {
        candidate: name.to_owned(),
        sdp_mid: None,
        sdp_m_line_index: Some(0),
    }
}

fn hello(resume: Option<Resume>) -> FromKiosk {
    FromKiosk::Hello {
        version: VERSION,
        resume,
    }
}

fn resumed() -> FromKiosk {
    hello(Some(Resume {
        call: call_id(),
        token: token(),
    }))
}

#[test]
fn a_call_goes_from_the_request_to_pictures_and_ends_when_the_visitor_hangs_up() {
    let mut kiosk = Kiosk::linked();
    kiosk.hear(Input::Ask(topic()));
    assert_eq!(kiosk.sent, [FromKiosk::Request { topic: topic() }]);
    assert_eq!(kiosk.stage(), Stage::Asking);

    kiosk.say(queued(1, 2));
    kiosk.say(ringing(2));
    assert_eq!(kiosk.stage(), Stage::Ringing);
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Connected));

    kiosk.say(joined(3, TAB));
    assert_eq!(kiosk.picture(), Picture::Connecting);
    assert_eq!(kiosk.peer, [open(1, Purpose::Ring), to_hold(1, false)]);

    kiosk.hear(flowing());
    assert_eq!(kiosk.picture(), Picture::Flowing);

    kiosk.hear(Input::Leave);
    assert_eq!(kiosk.view, View::Ended(Ended::ByVisitor));
    assert_eq!(kiosk.sent.last(), Some(&FromKiosk::HangUp { at: at(3) }));
    assert_eq!(kiosk.peer.last(), Some(&PeerCommand::Close));

    kiosk.hear(Input::Dismiss);
    assert_eq!(kiosk.view, View::Idle);
}

#[test]
fn while_it_rings_the_connection_is_made_and_whoever_does_not_answer_was_not_seen() {
    let mut kiosk = Kiosk::queued();
    kiosk.say(ringing(2));
    let offer = Description::Offer("v=0".to_owned());
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Described(offer.clone())));
    let said = FromKiosk::Signal {
        at: at(2),
        to: Leg::INTERPRETER,
        round: Round(1),
        signal: Signal::Description { description: offer },
    };
    assert_eq!(kiosk.sent, [said]);
    let answer = Description::Answer("v=0".to_owned());
    kiosk.say(ToKiosk::Signal {
        at: at(2),
        from: Leg::INTERPRETER,
        round: Round(1),
        signal: Signal::Description {
            description: answer.clone(),
        },
    });
    let round = Round(1);
    let description = answer;
    let heard = PeerCommand::Answer { round, description };
    assert_eq!(kiosk.peer, [open(1, Purpose::Ring), heard]);

    // A new place is no other ring; a new epoch is.
    kiosk.say(queued(2, 1));
    assert_eq!(kiosk.stage(), Stage::Ringing);
    kiosk.say(queued(3, 1));
    assert_eq!(kiosk.stage(), Stage::Queued);
    assert_eq!(kiosk.peer.last(), Some(&PeerCommand::Close));
    kiosk.say(ringing(4));
    assert_eq!(kiosk.peer.last(), Some(&open(2, Purpose::Ring)));
    kiosk.hear(Input::Leave);
    assert_eq!(kiosk.peer.last(), Some(&PeerCommand::Close));
}

#[test]
fn a_connection_that_failed_while_it_rang_is_made_anew_at_the_answer() {
    let mut kiosk = Kiosk::queued();
    kiosk.say(ringing(2));
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Failed));
    kiosk.say(joined(3, TAB));
    assert_eq!(kiosk.peer, [open(1, Purpose::Ring), open(2, Purpose::Talk)]);
}

#[test]
fn another_page_that_rings_gets_a_connection_of_its_own() {
    let mut kiosk = Kiosk::queued();
    kiosk.say(ringing(2));
    kiosk.say(ringing(2));
    kiosk.say(joined(3, TAB));
    let all = [open(1, Purpose::Ring), open(2, Purpose::Ring), to_hold(2, false)];
    assert_eq!(kiosk.peer, all);
}

#[test]
fn an_answer_that_came_while_the_link_was_down_keeps_the_connection_and_says_what_was_left() {
    let mut kiosk = Kiosk::queued();
    kiosk.say(ringing(2));
    kiosk.hear(Input::LinkDown);
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Candidate(candidate("late"))));
    kiosk.link_up();
    kiosk.say(joined(3, TAB));
    let said = FromKiosk::Signal {
        at: at(3),
        to: Leg::INTERPRETER,
        round: Round(1),
        signal: Signal::Candidate {
            candidate: candidate("late"),
        },
    };
    assert_eq!(kiosk.sent, [resumed(), said]);
    assert_eq!(kiosk.peer, [open(1, Purpose::Ring), to_hold(1, false)]);
}

#[test]
fn the_waiting_time_is_counted_by_the_second() {
    let mut kiosk = Kiosk::queued();
    kiosk.pass(Duration::from_secs(42));
    let View::Waiting(waiting) = &kiosk.view else {
        panic!("still waiting")
    };
    assert_eq!((waiting.waited_s, waiting.place), (42, Some(3)));
}

#[test]
fn a_request_made_while_the_relay_is_away_is_said_when_it_is_back() {
    let mut kiosk = Kiosk::new();
    kiosk.hear(Input::Ask(topic()));
    assert_eq!(kiosk.sent, []);
    kiosk.link_up();
    assert_eq!(kiosk.sent, [hello(None), FromKiosk::Request { topic: topic() }]);
}

#[test]
fn a_refused_request_says_that_there_is_nobody() {
    let mut kiosk = Kiosk::linked();
    kiosk.hear(Input::Ask(topic()));
    kiosk.say(fault(FaultCode::Unavailable));
    assert_eq!(kiosk.view, View::Ended(Ended::Unavailable));
}

#[test]
fn a_passing_fault_of_the_relay_is_tried_again_by_itself() {
    let mut kiosk = Kiosk::linked();
    kiosk.hear(Input::Ask(topic()));
    kiosk.say(fault(FaultCode::Internal));
    kiosk.sent.clear();
    kiosk.pass(Duration::from_secs(1));
    assert_eq!(kiosk.sent, []);
    kiosk.pass(Duration::from_secs(2));
    assert_eq!(kiosk.sent, [FromKiosk::Request { topic: topic() }]);
}

#[test]
fn leaving_before_the_relay_answered_cancels_the_late_acknowledgement() {
    let mut kiosk = Kiosk::linked();
    kiosk.hear(Input::Ask(topic()));
    kiosk.hear(Input::Leave);
    kiosk.hear(Input::Dismiss);
    kiosk.say(queued(1, 1));
    assert_eq!(kiosk.sent.last(), Some(&FromKiosk::Cancel { at: at(1) }));
    assert_eq!(kiosk.view, View::Idle);
}

#[test]
fn a_link_that_comes_back_during_the_wait_keeps_the_place() {
    let mut kiosk = Kiosk::queued();
    kiosk.hear(Input::LinkDown);
    let View::Waiting(waiting) = &kiosk.view else {
        panic!("still waiting")
    };
    assert_eq!((waiting.linked, waiting.place), (false, Some(3)));
    kiosk.link_up();
    assert_eq!(kiosk.sent, [resumed()]);
    assert_eq!(kiosk.stage(), Stage::Queued);
}

#[test]
fn a_visitor_whom_the_relay_forgot_is_queued_anew_and_keeps_the_time() {
    let mut kiosk = Kiosk::queued();
    kiosk.hear(Input::LinkDown);
    kiosk.pass(Duration::from_secs(60));
    kiosk.link_up();
    kiosk.say(ended(EndReason::Lost));
    assert_eq!(kiosk.sent.last(), Some(&FromKiosk::Request { topic: topic() }));
    let View::Waiting(waiting) = &kiosk.view else {
        panic!("still waiting")
    };
    assert_eq!(waiting.waited_s, 60);
}

#[test]
fn losing_the_link_does_not_touch_the_conversation() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::LinkDown);
    for _ in 0..100 {
        kiosk.pass(Duration::from_millis(200));
        kiosk.hear(flowing());
        assert_eq!(kiosk.picture(), Picture::Flowing);
    }
    kiosk.link_up();
    kiosk.say(joined(3, TAB));
    assert_eq!(kiosk.sent, [resumed()]);
    assert_eq!(kiosk.peer, []);
}

#[test]
fn candidates_found_while_the_link_is_down_are_said_when_it_is_back() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::LinkDown);
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Candidate(candidate("late"))));
    kiosk.link_up();
    let said = FromKiosk::Signal {
        at: at(3),
        to: Leg::INTERPRETER,
        round: Round(1),
        signal: Signal::Candidate {
            candidate: candidate("late"),
        },
    };
    assert_eq!(kiosk.sent, [resumed(), said]);
}

#[test]
fn candidates_that_overtake_the_answer_wait_for_it() {
    let mut kiosk = Kiosk::queued();
    kiosk.say(joined(3, TAB));
    kiosk.peer.clear();
    let from_browser = |signal| ToKiosk::Signal {
        at: at(3),
        from: Leg::INTERPRETER,
        round: Round(1),
        signal,
    };
    kiosk.say(from_browser(Signal::Candidate {
        candidate: candidate("early"),
    }));
    assert_eq!(kiosk.peer, []);
    let description = Description::Answer("v=0".to_owned());
    kiosk.say(from_browser(Signal::Description {
        description: description.clone(),
    }));
    let answer = PeerCommand::Answer {
        round: Round(1),
        description,
    };
    let early = PeerCommand::Candidate {
        round: Round(1),
        candidate: candidate("early"),
    };
    assert_eq!(kiosk.peer, [answer, early]);
}

#[test]
fn an_interpreter_who_reloads_the_page_gets_a_new_round() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(absent(3));
    kiosk.pass(Duration::from_secs(1));
    kiosk.say(joined(3, Tab(8)));
    let open = open(2, Purpose::Talk);
    assert_eq!(kiosk.peer, [open]);
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Failed));
    assert_eq!(kiosk.picture(), Picture::Connecting);
}

#[test]
fn an_interpreter_whose_page_was_killed_is_called_gone_within_six_seconds() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(absent(3));
    kiosk.pass(Duration::from_millis(2400));
    assert!(
        matches!(kiosk.picture(), Picture::Stalled { .. }),
        "{:?}",
        kiosk.picture()
    );
    kiosk.pass(Duration::from_millis(1600));
    assert_eq!(kiosk.picture(), Picture::Gone);

    kiosk.hear(Input::Requeue);
    assert_eq!(kiosk.sent, [FromKiosk::Requeue { at: at(3) }]);
    assert_eq!(kiosk.peer, [PeerCommand::Close]);
    kiosk.say(queued(4, 1));
    assert_eq!(kiosk.stage(), Stage::Queued);
}

#[test]
fn an_interpreter_who_only_lost_the_relay_is_not_gone_while_pictures_flow() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(absent(3));
    for _ in 0..100 {
        kiosk.pass(Duration::from_millis(200));
        kiosk.hear(flowing());
        assert_eq!(kiosk.picture(), Picture::Flowing);
    }
}

#[test]
fn a_request_for_another_interpreter_survives_a_lost_link() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::LinkDown);
    kiosk.hear(Input::Requeue);
    assert_eq!(kiosk.stage(), Stage::Asking);
    kiosk.link_up();
    assert_eq!(kiosk.sent, [resumed(), FromKiosk::Requeue { at: at(3) }]);
}

#[test]
fn a_broken_connection_is_given_time_then_ice_is_restarted_at_intervals() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Disconnected));
    kiosk.pass(Duration::from_secs(2));
    assert_eq!(kiosk.peer, []);
    kiosk.pass(Duration::from_secs(1));
    assert_eq!(kiosk.peer, [PeerCommand::Restart { round: Round(1) }]);
    kiosk.pass(Duration::from_secs(5));
    assert_eq!(kiosk.peer.len(), 2);
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Connected));
    kiosk.pass(Duration::from_secs(20));
    assert_eq!(kiosk.peer.len(), 2);
}

#[test]
fn a_connection_whose_task_gave_up_is_opened_anew_and_not_at_once() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Ended));
    assert_eq!(kiosk.peer, []);
    kiosk.pass(Duration::from_secs(3));
    assert_eq!(kiosk.peer, [open(2, Purpose::Talk)]);
    // What the old one says late is of no use, and the new one is given its time.
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Connected));
    kiosk.pass(Duration::from_secs(4));
    assert_eq!(kiosk.peer.len(), 1);
    kiosk.hear(Input::Peer(Round(2), PeerEvent::Connected));
    kiosk.hear(flowing());
    assert_eq!(kiosk.picture(), Picture::Flowing);
}

#[test]
fn a_second_answer_to_one_offer_is_void() {
    let mut kiosk = Kiosk::queued();
    kiosk.say(joined(3, TAB));
    let answer = || ToKiosk::Signal {
        at: at(3),
        from: Leg::INTERPRETER,
        round: Round(1),
        signal: Signal::Description {
            description: Description::Answer("v=0".to_owned()),
        },
    };
    kiosk.peer.clear();
    kiosk.say(answer());
    kiosk.say(answer());
    assert_eq!(kiosk.peer.len(), 1);
    // A restart is a new offer.
    kiosk.pass(mend::FIRST_TRY + Duration::from_secs(1));
    kiosk.peer.clear();
    kiosk.say(answer());
    assert_eq!(kiosk.peer.len(), 1);
}

#[test]
fn a_visitor_who_was_put_back_meets_the_next_interpreter_though_the_acknowledgement_was_lost() {
    for rings in [true, false] {
        let mut kiosk = Kiosk::talking();
        kiosk.hear(Input::Requeue);
        kiosk.hear(Input::LinkDown);
        kiosk.link_up();
        kiosk.sent.clear();
        if rings {
            kiosk.say(ringing(5));
            assert_eq!(kiosk.stage(), Stage::Ringing);
        }
        kiosk.say(joined(6, Tab(9)));
        assert_eq!(kiosk.picture(), Picture::Connecting);
        assert_eq!(kiosk.sent, [], "nobody is thrown out again");
    }
}

#[test]
fn an_end_that_the_relay_could_not_hear_is_told_when_it_is_back() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::LinkDown);
    kiosk.hear(Input::Leave);
    kiosk.hear(Input::Dismiss);
    assert_eq!(kiosk.view, View::Idle);
    kiosk.hear(Input::Ask(topic()));
    kiosk.link_up();
    let request = FromKiosk::Request { topic: topic() };
    assert_eq!(kiosk.sent, [resumed(), FromKiosk::HangUp { at: at(3) }, request]);
}

#[test]
fn messages_of_another_call_or_an_older_state_are_void() {
    let mut kiosk = Kiosk::talking();
    let other = At {
        call: CallId(Uuid::from_u128(2)),
        epoch: Epoch(9),
    };
    kiosk.say(ToKiosk::Absent {
        at: other,
        leg: Leg::INTERPRETER,
    });
    kiosk.say(queued(2, 1));
    kiosk.say(absent(2));
    kiosk.say(ToKiosk::Ended {
        call: other.call,
        reason: EndReason::Interpreter,
    });
    kiosk.pass(Duration::from_secs(1));
    kiosk.hear(flowing());
    assert_eq!(kiosk.picture(), Picture::Flowing);
    assert_eq!(kiosk.peer, []);
    kiosk.hear(Input::Leave);
    assert_eq!(
        kiosk.sent,
        [FromKiosk::HangUp { at: at(3) }],
        "the known epoch stays"
    );
}

#[test]
fn an_interpreter_without_a_camera_is_alive_while_sound_flows() {
    let mut kiosk = Kiosk::queued();
    let ToKiosk::Joined {
        at,
        leg,
        interpreter,
        tab,
        ice,
        ..
    } = joined(3, TAB)
    else {
        unreachable!("joined makes Joined")
    };
    kiosk.say(ToKiosk::Joined {
        at,
        leg,
        interpreter,
        tab,
        camera: false,
        ice,
    });
    for _ in 0..30 {
        kiosk.pass(Duration::from_millis(400));
        kiosk.hear(Input::Flow {
            packets: true,
            pictures: 0,
        });
        assert_eq!(kiosk.picture(), Picture::Flowing);
    }
}

#[test]
fn a_hold_closes_both_sides_until_either_goes_on() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Hold(true));
    assert_eq!(kiosk.peer, [to_hold(1, true)]);
    assert_eq!(kiosk.sent, [holds(3, true)]);
    kiosk.pass(Duration::from_secs(35));
    assert_eq!(kiosk.picture(), held(35));

    kiosk.say(hold(3, false));
    assert_eq!(kiosk.peer, [to_hold(1, true), to_hold(1, false)]);
    assert_eq!(kiosk.sent, [holds(3, true), holds(3, false)]);
    assert_eq!(
        kiosk.picture(),
        Picture::Connecting,
        "an old picture proves nothing"
    );
    kiosk.hear(flowing());
    assert_eq!(kiosk.picture(), Picture::Flowing);
}

#[test]
fn a_page_that_asks_for_what_already_is_gets_its_answer() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(hold(3, false));
    assert_eq!(kiosk.sent, [holds(3, false)]);
    kiosk.say(hold(3, true));
    kiosk.pass(Duration::from_secs(9));
    kiosk.say(hold(3, true));
    assert_eq!(kiosk.sent[1..], [holds(3, true), holds(3, true)]);
    assert_eq!(kiosk.peer, [to_hold(1, true)]);
    assert_eq!(kiosk.picture(), held(9), "asking twice begins no new hold");
}

#[test]
fn a_word_about_another_call_or_an_older_state_of_it_holds_nothing() {
    let mut kiosk = Kiosk::talking();
    let call = CallId(Uuid::from_u128(2));
    let other = At {
        call,
        epoch: Epoch(9),
    };
    kiosk.say(ToKiosk::Hold { at: other, on: true });
    kiosk.say(hold(2, true));
    assert_eq!(kiosk.picture(), Picture::Flowing);
    assert_eq!(kiosk.sent, []);
}

#[test]
fn a_long_hold_is_no_stall_and_nobody_is_gone_while_the_connection_stands() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Hold(true));
    kiosk.say(absent(3));
    kiosk.pass(Duration::from_secs(600));
    assert_eq!(kiosk.picture(), held(600));
    assert_eq!(kiosk.peer, [to_hold(1, true)], "nothing is to be mended");
}

#[test]
fn an_interpreter_who_dies_during_a_hold_is_gone_as_ever() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Hold(true));
    kiosk.pass(Duration::from_secs(60));
    kiosk.say(absent(3));
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Disconnected));
    kiosk.pass(Duration::from_millis(2600));
    assert_eq!(kiosk.picture(), held(62));
    kiosk.pass(Duration::from_millis(600));
    assert_eq!(kiosk.picture(), Picture::Gone);

    // Back with a new page, which finds the hold as it was.
    kiosk.sent.clear();
    kiosk.peer.clear();
    kiosk.say(joined(3, Tab(8)));
    let open = open(2, Purpose::Hold);
    assert_eq!(kiosk.sent, [holds(3, true)]);
    assert_eq!(kiosk.peer, [open]);
    assert!(matches!(kiosk.picture(), Picture::Held { .. }));

    kiosk.hear(Input::Hold(false));
    assert_eq!(kiosk.peer.last(), Some(&to_hold(2, false)));
}

#[test]
fn a_broken_connection_is_mended_during_a_hold_too() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Hold(true));
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Disconnected));
    kiosk.pass(Duration::from_secs(3));
    assert_eq!(kiosk.peer.last(), Some(&PeerCommand::Restart { round: Round(1) }));
    assert_eq!(kiosk.picture(), held(3), "text alone is affected, and it is kept");
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Connected));
    kiosk.pass(Duration::from_secs(60));
    assert_eq!(kiosk.picture(), held(63));
}

#[test]
fn a_hold_during_a_stall_ends_the_stall_and_not_the_mending() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Peer(Round(1), PeerEvent::Disconnected));
    kiosk.pass(Duration::from_millis(2200));
    let stalled = Picture::Stalled {
        for_s: 2,
        sound: false,
    };
    assert_eq!(kiosk.picture(), stalled);
    kiosk.hear(Input::Hold(true));
    assert_eq!(kiosk.picture(), held(0));
    kiosk.pass(Duration::from_secs(1));
    assert_eq!(
        kiosk.peer,
        [to_hold(1, true), PeerCommand::Restart { round: Round(1) }]
    );
}

#[test]
fn when_the_interpreter_cannot_be_read_both_are_told_and_told_again_when_they_can() {
    let mut kiosk = Kiosk::talking();
    kiosk.see(Duration::from_secs(9), 2);
    assert_eq!((kiosk.unread(), &kiosk.sent[..]), (None, &[][..]));
    kiosk.see(Duration::from_secs(2), 2);
    assert_eq!(kiosk.unread(), Some(Unread::Theirs));
    assert_eq!(kiosk.sent, [sight(3, false)], "once");
    assert_eq!(kiosk.picture(), Picture::Flowing);

    kiosk.sent.clear();
    kiosk.see(Duration::from_secs(6), 6);
    assert_eq!((kiosk.unread(), &kiosk.sent[..]), (None, &[sight(3, true)][..]));
}

#[test]
fn what_the_interpreter_cannot_read_the_visitor_is_told() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(ToKiosk::Sight {
        at: at(3),
        fluent: false,
    });
    assert_eq!(kiosk.unread(), Some(Unread::Own));
    kiosk.say(ToKiosk::Sight {
        at: at(3),
        fluent: true,
    });
    assert_eq!(kiosk.unread(), None);
}

#[test]
fn sight_that_changed_while_the_relay_was_away_is_told_when_it_is_back() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(ToKiosk::Sight {
        at: at(3),
        fluent: false,
    });
    kiosk.hear(Input::LinkDown);
    kiosk.see(Duration::from_secs(12), 2);
    assert_eq!(kiosk.sent, []);
    kiosk.link_up();
    assert!(kiosk.sent.contains(&sight(3, false)));
    // The page says again what it still thinks; this one has recovered meanwhile.
    kiosk.see(Duration::from_secs(6), 6);
    assert_eq!(kiosk.unread(), None);
}

#[test]
fn a_page_that_comes_back_is_told_what_cannot_be_read() {
    let mut kiosk = Kiosk::talking();
    kiosk.see(Duration::from_secs(12), 2);
    kiosk.say(absent(3));
    kiosk.sent.clear();
    kiosk.say(present(3));
    assert_eq!(kiosk.sent, [sight(3, false)]);
}

#[test]
fn a_hold_is_no_slow_picture() {
    let mut kiosk = Kiosk::talking();
    kiosk.see(Duration::from_secs(12), 2);
    kiosk.hear(Input::Hold(true));
    assert_eq!(kiosk.unread(), None);
    assert_eq!(kiosk.sent.last(), Some(&sight(3, true)));
    kiosk.see(Duration::from_secs(30), 0);
    kiosk.hear(Input::Hold(false));
    kiosk.see(Duration::from_secs(5), 6);
    assert_eq!(kiosk.unread(), None);
}

#[test]
fn a_picture_that_stops_while_sound_goes_on_says_so() {
    let mut kiosk = Kiosk::talking();
    for _ in 0..20 {
        kiosk.pass(Duration::from_millis(200));
        kiosk.hear(Input::Flow {
            packets: true,
            pictures: 0,
        });
    }
    let stalled = Picture::Stalled {
        for_s: 4,
        sound: true,
    };
    assert_eq!(kiosk.picture(), stalled);
}

#[test]
fn the_last_picture_before_a_hold_is_no_picture_after_it() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Hold(true));
    kiosk.hear(flowing());
    assert_eq!(kiosk.picture(), held(0));
    kiosk.hear(Input::Hold(false));
    assert_eq!(kiosk.picture(), Picture::Connecting);
}

#[test]
fn a_hold_that_the_relay_could_not_hear_is_said_when_the_conversation_is_found_again() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::LinkDown);
    kiosk.hear(Input::Hold(true));
    assert_eq!(
        kiosk.peer,
        [to_hold(1, true)],
        "the camera closes without the relay"
    );
    assert_eq!(kiosk.sent, []);
    kiosk.link_up();
    kiosk.say(joined(3, TAB));
    assert_eq!(kiosk.sent, [resumed(), holds(3, true)]);
    // The page was away instead.
    kiosk.say(absent(3));
    kiosk.hear(Input::Hold(false));
    kiosk.sent.clear();
    kiosk.say(present(3));
    assert_eq!(kiosk.sent, [holds(3, false)]);
}

#[test]
fn hanging_up_during_a_hold_ends_it_with_the_call() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Hold(true));
    kiosk.hear(Input::Leave);
    assert_eq!(kiosk.view, View::Ended(Ended::ByVisitor));
    assert_eq!(kiosk.peer, [to_hold(1, true), PeerCommand::Close]);
    assert_eq!(kiosk.sent, [holds(3, true), FromKiosk::HangUp { at: at(3) }]);

    // The next conversation begins without one.
    kiosk.hear(Input::Dismiss);
    kiosk.hear(Input::Ask(topic()));
    kiosk.say(queued(4, 1));
    kiosk.sent.clear();
    kiosk.say(joined(6, TAB));
    assert_eq!(kiosk.picture(), Picture::Connecting);
    assert_eq!(kiosk.sent, []);
}

#[test]
fn there_is_nothing_to_hold_before_a_conversation() {
    let mut kiosk = Kiosk::queued();
    kiosk.hear(Input::Hold(true));
    assert_eq!(
        (kiosk.stage(), kiosk.sent.len(), kiosk.peer.len()),
        (Stage::Queued, 0, 0)
    );
}

fn transferred(kiosk: &Kiosk) -> bool {
    match &kiosk.view {
        View::Waiting(waiting) => waiting.transferred,
        other => panic!("no waiting but {other:?}"),
    }
}

#[test]
fn a_visitor_who_is_given_to_a_colleague_waits_and_is_never_told_of_an_end() {
    let mut kiosk = Kiosk::talking();
    kiosk.pass(Duration::from_secs(300));
    kiosk.say(queued(4, 1));
    assert_eq!((kiosk.stage(), transferred(&kiosk)), (Stage::Queued, true));
    assert_eq!(kiosk.peer, [PeerCommand::Close]);
    kiosk.say(ringing(5));
    assert_eq!((kiosk.stage(), transferred(&kiosk)), (Stage::Ringing, true));
    kiosk.pass(Duration::from_secs(7));
    let View::Waiting(waiting) = &kiosk.view else {
        panic!("still waiting")
    };
    assert_eq!(waiting.waited_s, 7, "the conversation was no waiting");
    // The colleague does not answer: the next is asked.
    kiosk.say(queued(6, 1));
    assert_eq!((kiosk.stage(), transferred(&kiosk)), (Stage::Queued, true));
    kiosk.say(joined(8, Tab(9)));
    assert_eq!(kiosk.picture(), Picture::Connecting);
    let rung = [open(2, Purpose::Ring), PeerCommand::Close];
    assert_eq!(kiosk.peer[1..3], rung);
    assert_eq!(kiosk.peer[3..], [open(3, Purpose::Talk)]);
    assert_eq!(kiosk.sent, [], "nobody asked for anything");
}

#[test]
fn a_transfer_that_the_kiosk_missed_is_understood_from_where_the_call_is_now() {
    for steps in [vec![ringing(5)], Vec::new()] {
        let mut kiosk = Kiosk::talking();
        kiosk.hear(Input::Hold(true));
        kiosk.hear(Input::LinkDown);
        kiosk.link_up();
        for step in steps {
            kiosk.say(step);
            assert!(transferred(&kiosk));
        }
        kiosk.say(ToKiosk::Joined {
            at: at(6),
            leg: Leg::INTERPRETER,
            interpreter: InterpreterId(27),
            tab: TAB,
            camera: true,
            ice: Vec::new(),
        });
        let View::Talking(talking) = &kiosk.view else {
            panic!("no conversation but {:?}", kiosk.view)
        };
        assert_eq!(talking.interpreter, InterpreterId(27));
        assert_eq!(
            talking.picture,
            Picture::Connecting,
            "the hold was the other conversation's"
        );
        let purpose = match kiosk.peer.last() {
            Some(PeerCommand::Open { purpose, .. } | PeerCommand::Serve { purpose, .. }) => Some(*purpose),
            _ => None,
        };
        assert_eq!(purpose, Some(Purpose::Talk), "{:?}", kiosk.peer);
        assert!(kiosk.peer.contains(&PeerCommand::Close));
    }
}

#[test]
fn a_visitor_may_leave_while_being_given_away_and_nobody_left_is_told_as_ever() {
    let mut kiosk = Kiosk::talking();
    kiosk.say(queued(4, 1));
    kiosk.hear(Input::Leave);
    assert_eq!(kiosk.view, View::Ended(Ended::ByVisitor));
    assert_eq!(kiosk.sent, [FromKiosk::HangUp { at: at(4) }]);

    let mut kiosk = Kiosk::talking();
    kiosk.say(queued(4, 1));
    kiosk.say(ended(EndReason::Unavailable));
    assert_eq!(kiosk.view, View::Ended(Ended::Unavailable));
}

#[test]
fn who_asked_for_another_interpreter_is_not_told_that_they_are_given_away() {
    let mut kiosk = Kiosk::talking();
    kiosk.hear(Input::Requeue);
    kiosk.say(queued(4, 1));
    assert!(!transferred(&kiosk));
}

fn any_message() -> impl Strategy<Value = ToKiosk> {
    let epoch = 1u32..6;
    let reason = prop_oneof![
        Just(EndReason::Visitor),
        Just(EndReason::Interpreter),
        Just(EndReason::Lost),
        Just(EndReason::Closed),
        Just(EndReason::Unavailable)
    ];
    let code = prop_oneof![
        Just(FaultCode::Stale),
        Just(FaultCode::NotNow),
        Just(FaultCode::Unavailable),
        Just(FaultCode::NoCall),
        Just(FaultCode::Internal)
    ];
    prop_oneof![
        Just(welcome()),
        (epoch.clone(), 1u16..9).prop_map(|(epoch, place)| queued(epoch, place)),
        epoch.clone().prop_map(ringing),
        (epoch.clone(), 0u32..3).prop_map(|(epoch, tab)| joined(epoch, Tab(tab))),
        epoch.clone().prop_map(absent),
        epoch.clone().prop_map(present),
        (epoch, any::<bool>()).prop_map(|(epoch, on)| hold(epoch, on)),
        reason.prop_map(ended),
        code.prop_map(fault),
    ]
}

fn any_input() -> impl Strategy<Value = Input> {
    let peer = prop_oneof![
        Just(PeerEvent::Connected),
        Just(PeerEvent::Disconnected),
        Just(PeerEvent::Failed),
        Just(PeerEvent::Candidate(candidate("c"))),
        Just(PeerEvent::Described(Description::Offer("v=0".to_owned()))),
    ];
    prop_oneof![
        2 => Just(Input::Ask(topic())),
        1 => Just(Input::Leave),
        1 => Just(Input::Requeue),
        2 => any::<bool>().prop_map(Input::Hold),
        1 => Just(Input::Dismiss),
        2 => Just(Input::LinkUp),
        1 => Just(Input::LinkDown),
        8 => any_message().prop_map(Input::Said),
        3 => (1u32..4, peer).prop_map(|(round, event)| Input::Peer(Round(round), event)),
        2 => (any::<bool>(), 0..7u32).prop_map(|(packets, pictures)| Input::Flow { packets, pictures }),
        2 => any::<bool>().prop_map(|fluent| Input::Said(ToKiosk::Sight { at: at(3), fluent })),
        2 => Just(Input::Tick),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_visitor_can_leave_and_nothing_stays_open(
        script in prop::collection::vec((any_input(), 0u64..4000), 0..60),
    ) {
        let mut kiosk = Kiosk::new();
        for (input, wait) in script {
            kiosk.now += Duration::from_millis(wait);
            kiosk.hear(input);
        }
        kiosk.hear(Input::Leave);
        prop_assert!(matches!(kiosk.view, View::Idle | View::Ended(_)), "{:?}", kiosk.view);
        kiosk.hear(Input::Dismiss);
        prop_assert_eq!(&kiosk.view, &View::Idle);

        let mut open = None;
        for command in &kiosk.peer {
            match command {
                // Within one conversation rounds only grow; a new one begins at 1 after a close.
                PeerCommand::Open { round, .. } => {
                    prop_assert!(open.is_none_or(|before| *round > before));
                    open = Some(*round);
                }
                PeerCommand::Close => {
                    prop_assert!(open.take().is_some(), "closed what was not open");
                }
                PeerCommand::Answer { round, .. }
                | PeerCommand::Candidate { round, .. }
                | PeerCommand::Serve { round, .. }
                | PeerCommand::Restart { round } => prop_assert_eq!(open, Some(*round)),
            }
        }
        prop_assert_eq!(open, None);
    }

    /// What the driver does with what it was told last is what the screen says.
    #[test]
    fn the_visitor_is_sent_exactly_while_the_screen_does_not_say_that_nobody_sees_them(
        script in prop::collection::vec((any_input(), 0u64..4000), 0..60),
    ) {
        let mut kiosk = Kiosk::new();
        for (input, wait) in script {
            kiosk.now += Duration::from_millis(wait);
            kiosk.hear(input);
            let hidden = kiosk.peer.iter().rev().find_map(|command| match command {
                PeerCommand::Open { purpose, .. } | PeerCommand::Serve { purpose, .. } => {
                    Some(*purpose != Purpose::Talk)
                }
                _ => None,
            });
            if let View::Waiting(_) = &kiosk.view {
                prop_assert!(hidden.is_none_or(|hidden| hidden || kiosk.peer.ends_with(&[PeerCommand::Close])));
            }
            if let View::Talking(talking) = &kiosk.view && talking.picture != Picture::Gone {
                let says_hidden = matches!(talking.picture, Picture::Held { .. });
                prop_assert_eq!(hidden, Some(says_hidden));
            }
        }
    }

    #[test]
    fn nothing_but_hello_is_said_before_the_relay_has_welcomed_the_kiosk(
        script in prop::collection::vec(any_input(), 0..60),
    ) {
        let mut kiosk = Kiosk::new();
        let mut welcomed = false;
        for input in script {
            match input {
                Input::LinkUp | Input::LinkDown => welcomed = false,
                // A relay says nothing on a socket that is not open.
                Input::Said(_) if kiosk.call.link == Link::Down => continue,
                Input::Said(ToKiosk::Welcome { .. }) => welcomed = true,
                Input::Said(_) if !welcomed => continue,
                _ => {}
            }
            kiosk.sent.clear();
            kiosk.hear(input);
            let greetings_only = kiosk.sent.iter().all(|said| matches!(said, FromKiosk::Hello { .. }));
            prop_assert!(welcomed || greetings_only, "{:?}", kiosk.sent);
        }
    }
}
