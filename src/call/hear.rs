//! What the relay says, and what it makes of the call.

use std::time::Duration;

use super::talk::Talk;
use super::view::{Ended, Stage};
use super::{ASK_AGAIN, Call, Link, Output, PeerCommand, Plea, State, Ticket};
use crate::id::{CallId, Leg};
use crate::protocol::{At, EndReason, Fault, FaultCode, FromKiosk, ResumeToken, ToKiosk, WaitRange};

impl Call {
    pub(super) fn hear(&mut self, message: ToKiosk, now: Duration) {
        match message {
            ToKiosk::Welcome { .. } => {
                self.link = Link::Up;
                self.say_farewell();
                self.plead();
                if let State::Talking { ticket, talk } = &mut self.state {
                    self.outputs.extend(talk.unsent(ticket.at).map(Output::Send));
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
            ToKiosk::Ringing { at } => {
                self.put_back(at, now);
                if let State::Queued { ticket, stage, .. } = &mut self.state
                    && newer(&mut ticket.at, at)
                {
                    *stage = Stage::Ringing;
                }
            }
            ToKiosk::Joined { .. } => self.joined(message, now),
            ToKiosk::Signal {
                at,
                from,
                round,
                signal,
            } => {
                if let State::Talking { ticket, talk } = &mut self.state
                    && at.call == ticket.at.call
                    && (from, round) == (talk.leg, talk.round)
                {
                    self.outputs.extend(talk.signal(signal).map(Output::Peer));
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

    fn queued(&mut self, at: At, token: ResumeToken, place: u16, estimate: Option<WaitRange>, now: Duration) {
        self.put_back(at, now);
        let (topic, since, stage, transferred) = match &self.state {
            State::Asking {
                plea: Plea::Another(old, _),
                ..
            } if old.call != at.call => return,
            State::Asking { topic, since, .. } => (topic.clone(), *since, Stage::Queued, None),
            State::Queued {
                ticket,
                stage,
                transferred,
                ..
            } if current(ticket.at, at) => {
                // A new place in the queue does not stop the ringing; a new epoch does.
                let stage = if at == ticket.at { *stage } else { Stage::Queued };
                (ticket.topic.clone(), ticket.since, stage, *transferred)
            }
            // The visitor left before the relay had answered.
            State::Idle | State::Ended(_) => {
                self.outputs.push_back(Output::Send(FromKiosk::Cancel { at }));
                return;
            }
            State::Queued { .. } | State::Talking { .. } => return,
        };
        self.state = State::Queued {
            ticket: Ticket {
                at,
                token,
                topic,
                since,
            },
            stage,
            place: Some(place),
            estimate,
            transferred,
        };
    }

    /// The relay speaks of a later state of the call than the conversation, or than the one that was asked to be put
    /// back: it has been.
    ///
    /// Who asked for it only misses the acknowledgement, which was lost with the link, and asking again would throw out
    /// whoever answered meanwhile. When nobody asked, the interpreter gave the visitor to a colleague.
    fn put_back(&mut self, at: At, now: Duration) {
        let (old, token, topic, since, transferred) = match &self.state {
            State::Asking {
                topic,
                since,
                plea: Plea::Another(old, token),
                ..
            } => (*old, token, topic, *since, None),
            State::Talking { ticket, .. } => {
                (ticket.at, &ticket.token, &ticket.topic, ticket.since, Some(now))
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
        };
        if transferred.is_some() {
            self.outputs.push_back(Output::Peer(PeerCommand::Close));
        }
        self.state = State::Queued {
            ticket,
            stage: Stage::Queued,
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
            State::Queued { ticket, .. } => {
                if !newer(&mut ticket.at, at) {
                    return;
                }
                let talk = Box::new(Talk::new(leg, interpreter, tab, camera, ice, now));
                self.outputs.push_back(Output::Peer(talk.open()));
                self.state = State::Talking {
                    ticket: ticket.clone(),
                    talk,
                };
            }
            State::Talking { ticket, talk } => {
                if !newer(&mut ticket.at, at) || leg != talk.leg {
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
            && leg == talk.leg
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
            // The relay forgot a visitor who still stands here: ask anew, the waiting goes on.
            State::Queued { ticket, .. } if ticket.at.call == call && reason == EndReason::Lost => {
                self.ask(ticket.topic.clone(), ticket.since);
            }
            State::Asking {
                topic,
                since,
                plea: Plea::Another(at, _),
                ..
            } if at.call == call => self.ask(topic.clone(), *since),
            State::Queued { ticket, .. } if ticket.at.call == call => self.state = State::Ended(why),
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
