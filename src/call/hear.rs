//! What the relay says, and what it makes of the call.

use std::time::Duration;

use super::talk::Talk;
use super::view::Ended;
use super::{ASK_AGAIN, Call, Link, Output, PeerCommand, Plea, Purpose, State, Ticket};
use crate::id::{CallId, Leg, Round};
use crate::protocol::{
    At, EndReason, Fault, FaultCode, FromKiosk, IceServer, ResumeToken, ToKiosk, WaitRange,
};

impl Call {
    pub(super) fn hear(&mut self, message: ToKiosk, now: Duration) {
        match message {
            ToKiosk::Welcome { .. } => {
                self.link = Link::Up;
                self.say_farewell();
                self.plead();
                if let State::Talking { ticket, talk } = &mut self.state {
                    self.outputs.extend(talk.wire.unsent(ticket.at).map(Output::Send));
                    // The page says again what it still thinks.
                    talk.is_seen(true);
                }
            }
            // What happens in the hall is not the call's business.
            ToKiosk::Availability { .. } | ToKiosk::Tickets { .. } | ToKiosk::Alarm { .. } => {}
            ToKiosk::Queued {
                at,
                token,
                place,
                estimate,
                ..
            } => self.queued(at, token, place, estimate, now),
            ToKiosk::Ringing { at, leg, ice } => self.ringing(at, leg, ice, now),
            ToKiosk::Joined { .. } => self.joined(message, now),
            ToKiosk::Signal {
                at,
                from,
                round,
                signal,
            } => {
                if let Some((now, wire)) = self.wire()
                    && at.call == now.call
                    && (from, round) == (wire.leg, wire.round)
                {
                    let commands = wire.signal(signal);
                    self.outputs.extend(commands.map(Output::Peer));
                }
            }
            ToKiosk::Absent { at, leg } => self.presence(at, leg, false, now),
            ToKiosk::Present { at, leg } => {
                self.presence(at, leg, true, now);
                self.say_hold();
            }
            ToKiosk::Hold { at, on } => {
                if let State::Talking { ticket, .. } = &mut self.state
                    && newer(&mut ticket.at, at)
                {
                    self.hold(on, now);
                }
            }
            ToKiosk::Sight { at, fluent } => {
                if let State::Talking { ticket, talk } = &mut self.state
                    && newer(&mut ticket.at, at)
                {
                    talk.is_seen(fluent);
                }
            }
            ToKiosk::Ended { call, reason } => self.ended(call, reason),
            ToKiosk::Error { fault } => self.fault(&fault, now),
        }
    }

    /// Said again when the page that rings is another one, or may be: each time anew.
    fn ringing(&mut self, at: At, leg: Leg, ice: Vec<IceServer>, now: Duration) {
        self.put_back(at, now);
        if let State::Queued { ticket, ringing, .. } = &mut self.state
            && newer(&mut ticket.at, at)
        {
            let wire = ticket.wire(leg, ice, now);
            self.outputs.push_back(Output::Peer(wire.open(Purpose::Ring)));
            *ringing = Some(Box::new(wire));
        }
    }

    fn queued(&mut self, at: At, token: ResumeToken, place: u16, estimate: Option<WaitRange>, now: Duration) {
        self.put_back(at, now);
        match &mut self.state {
            State::Asking {
                plea: Plea::Another(old, _),
                ..
            } if old.call != at.call => {}
            State::Asking { topic, since, .. } => {
                self.state = State::Queued {
                    ticket: Ticket {
                        at,
                        token,
                        topic: topic.clone(),
                        since: *since,
                        round: Round::FIRST,
                    },
                    ringing: None,
                    place: Some(place),
                    estimate,
                    transferred: None,
                };
            }
            State::Queued {
                ticket,
                ringing,
                place: known,
                estimate: guess,
                ..
            } => {
                let before = ticket.at;
                if !newer(&mut ticket.at, at) {
                    return;
                }
                ticket.token = token;
                (*known, *guess) = (Some(place), estimate);
                // A new place in the queue does not stop the ringing; a new epoch does.
                if at != before && ringing.take().is_some() {
                    self.outputs.push_back(Output::Peer(PeerCommand::Close));
                }
            }
            // The visitor left before the relay had answered.
            State::Idle | State::Ended(_) => {
                self.outputs.push_back(Output::Send(FromKiosk::Cancel { at }));
            }
            State::Talking { .. } => {}
        }
    }

    /// The relay speaks of a later state of the call than the conversation, or than the one that was asked to be put
    /// back: it has been.
    ///
    /// Who asked for it only misses the acknowledgement, which was lost with the link, and asking again would throw out
    /// whoever answered meanwhile. When nobody asked, the interpreter gave the visitor to a colleague.
    fn put_back(&mut self, at: At, now: Duration) {
        let (old, token, topic, since, round, transferred) = match &self.state {
            State::Asking {
                topic,
                since,
                plea: Plea::Another(old, token),
                ..
            } => (*old, token, topic, *since, Round::FIRST, None),
            State::Talking { ticket, talk } => {
                let round = talk.wire.round.next();
                (
                    ticket.at,
                    &ticket.token,
                    &ticket.topic,
                    ticket.since,
                    round,
                    Some(now),
                )
            }
            State::Idle | State::Asking { .. } | State::Queued { .. } | State::Ended(_) => return,
        };
        if !current(old, at) || at == old {
            return;
        }
        let ticket = Ticket {
            at,
            token: token.clone(),
            topic: topic.clone(),
            since,
            round,
        };
        if transferred.is_some() {
            self.outputs.push_back(Output::Peer(PeerCommand::Close));
        }
        self.state = State::Queued {
            ticket,
            ringing: None,
            place: None,
            estimate: None,
            transferred,
        };
    }

    fn joined(&mut self, message: ToKiosk, now: Duration) {
        let ToKiosk::Joined {
            at,
            leg,
            interpreter,
            tab,
            camera,
            ice,
        } = message
        else {
            return;
        };
        self.put_back(at, now);
        match &mut self.state {
            State::Queued { ticket, ringing, .. } => {
                if !newer(&mut ticket.at, at) {
                    return;
                }
                let made = ringing.take().filter(|wire| wire.leg == leg && wire.is_sound());
                let is_made = made.is_some();
                let mut wire = made.map_or_else(|| ticket.wire(leg, ice.clone(), now), |made| *made);
                (wire.opened, wire.ice) = (now, ice);
                if self.link == Link::Up {
                    self.outputs.extend(wire.unsent(at).map(Output::Send));
                }
                let talk = Box::new(Talk::new(wire, interpreter, tab, camera));
                self.outputs.push_back(Output::Peer(if is_made {
                    let (round, purpose) = (talk.wire.round, talk.purpose());
                    PeerCommand::Serve { round, purpose }
                } else {
                    talk.open()
                }));
                self.state = State::Talking {
                    ticket: ticket.clone(),
                    talk,
                };
            }
            State::Talking { ticket, talk } => {
                if !newer(&mut ticket.at, at) || leg != talk.wire.leg {
                    return;
                }
                // Told before the offer, so that a new page never shows itself in a conversation on hold.
                let open = talk.rejoined(tab, camera, ice, now).then(|| talk.open());
                self.say_hold();
                self.outputs.extend(open.map(Output::Peer));
            }
            State::Idle | State::Asking { .. } | State::Ended(_) => {}
        }
    }

    fn presence(&mut self, at: At, leg: Leg, present: bool, now: Duration) {
        if let State::Talking { ticket, talk } = &mut self.state
            && newer(&mut ticket.at, at)
            && leg == talk.wire.leg
        {
            talk.presence(present, now);
        }
    }

    fn ended(&mut self, call: CallId, reason: EndReason) {
        let why = match reason {
            EndReason::Visitor => Ended::ByVisitor,
            EndReason::Interpreter => Ended::ByInterpreter,
            EndReason::Lost => Ended::Lost,
            EndReason::Closed => Ended::Closed,
            EndReason::Unavailable => Ended::Unavailable,
        };
        match &self.state {
            State::Queued { ticket, ringing, .. } if ticket.at.call == call => {
                if ringing.is_some() {
                    self.outputs.push_back(Output::Peer(PeerCommand::Close));
                }
                if reason == EndReason::Lost {
                    // The relay forgot a visitor who still stands here: ask anew, the waiting goes on.
                    self.ask(ticket.topic.clone(), ticket.since);
                } else {
                    self.state = State::Ended(why);
                }
            }
            State::Asking {
                topic,
                since,
                plea: Plea::Another(at, _),
                ..
            } if at.call == call => self.ask(topic.clone(), *since),
            State::Talking { ticket, .. } if ticket.at.call == call => {
                self.outputs.push_back(Output::Peer(PeerCommand::Close));
                self.state = State::Ended(why);
            }
            _ => {}
        }
    }

    fn fault(&mut self, fault: &Fault, now: Duration) {
        match (&mut self.state, fault.code) {
            (State::Talking { ticket, .. } | State::Queued { ticket, .. }, FaultCode::Stale) => {
                if let Some(at) = fault.at {
                    newer(&mut ticket.at, at);
                }
            }
            (
                State::Asking {
                    plea: Plea::Another(old, _),
                    again,
                    ..
                },
                FaultCode::Stale,
            ) => {
                if let Some(at) = fault.at
                    && newer(old, at)
                {
                    *again = Some(now);
                }
            }
            (State::Asking { .. }, FaultCode::Unavailable | FaultCode::Version | FaultCode::Malformed) => {
                self.state = State::Ended(Ended::Unavailable);
            }
            (State::Asking { plea, again, .. }, FaultCode::NoCall) => {
                *plea = Plea::Fresh;
                *again = Some(now);
            }
            (State::Asking { again, .. }, _) => *again = Some(now + ASK_AGAIN),
            _ => {}
        }
    }
}

/// Whether a message speaks of this call and not of an older state of it.
fn current(known: At, said: At) -> bool {
    said.call == known.call && said.epoch >= known.epoch
}

/// Takes over the epoch of a current message; false when the message is void.
fn newer(known: &mut At, said: At) -> bool {
    let current = current(*known, said);
    if current {
        *known = said;
    }
    current
}
