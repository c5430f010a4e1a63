//! One call as a kiosk lives it, without I/O.
//!
//! **Invariant:** whatever arrives, in whatever order, the visitor is in exactly one [`View`], and every view has a way
//! out of it.
//!
//! [`Call::handle`] takes one [`Input`] and the time; what it wants done is drained with [`Call::poll`]. Time is the
//! duration since any fixed moment and never runs back. [`Input::Tick`] is due several times a second.
//!
//! Three things are told apart that are easily confused: the *link* to the relay, the interpreter's *leg* (their own
//! link to the relay), and the *peer connection* that carries pictures. Losing either link never ends the
//! conversation while pictures flow.
//!
//! While an interpreter's console rings the peer connection is made already and carries nothing: whoever answers is seen
//! at once. Whoever does not was neither seen nor heard.
//!
//! Whether a conversation is on hold is the kiosk's to say. While it is, nothing flows on purpose: then the peer
//! connection itself, whose consent checks go on (RFC 7675), is the interpreter's sign of life.

pub mod mend;

mod fluency;
mod hear;
mod talk;
pub mod view;
mod wire;

pub use fluency::FLUENT;

use std::collections::VecDeque;
use std::time::Duration;

use crate::id::{Leg, Round};
use crate::protocol::{
    At, Candidate, Description, FromKiosk, IceServer, Resume, ResumeToken, Signal, ToKiosk, Topic, VERSION,
    WaitRange,
};
use talk::Talk;
use view::{Ended, Stage, View, Waiting};
use wire::Wire;

/// After a passing fault of the relay the request is said again.
const ASK_AGAIN: Duration = Duration::from_secs(2);

#[derive(Debug, Clone)]
pub enum Input {
    /// The visitor asks for an interpreter.
    Ask(Topic),
    /// The visitor gives up waiting, or hangs up.
    Leave,
    /// The visitor asks for another interpreter, because this one is gone.
    Requeue,
    /// The visitor puts the conversation on hold, or goes on with it.
    Hold(bool),
    /// The visitor is done with [`View::Ended`].
    Dismiss,
    /// The socket to the relay is open; nothing has been said on it.
    LinkUp,
    LinkDown,
    Said(ToKiosk),
    Peer(Round, PeerEvent),
    /// What has come from the interpreter since the last time, told several times a second.
    Flow {
        packets: bool,
        pictures: u32,
    },
    Tick,
}

/// What a peer connection tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerEvent {
    Described(Description),
    Candidate(Candidate),
    Connected,
    Disconnected,
    Failed,
    /// Its task gave up: nothing more will come of this connection.
    Ended,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    Send(FromKiosk),
    Peer(PeerCommand),
    View(View),
}

/// What the one peer connection shall do. `Open` closes the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerCommand {
    Open {
        round: Round,
        ice: Vec<IceServer>,
        purpose: Purpose,
    },
    Answer {
        round: Round,
        description: Description,
    },
    Candidate {
        round: Round,
        candidate: Candidate,
    },
    /// Offers anew with fresh ICE credentials.
    Restart {
        round: Round,
    },
    /// From now on it serves this.
    Serve {
        round: Round,
        purpose: Purpose,
    },
    Close,
}

/// What a peer connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be there when the interpreter answers: neither picture nor voice is sent, and no device is opened for it.
    Ring,
    Talk,
    /// Neither picture nor voice is sent, and the camera closes.
    Hold,
}

pub struct Call {
    state: State,
    link: Link,
    /// A call that ended here while the relay was out of reach, so that it has not heard of it.
    farewell: Option<Ticket>,
    outputs: VecDeque<Output>,
    shown: View,
}

/// The road to the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Down,
    /// `hello` was said and not answered yet.
    Greeting,
    Up,
}

enum State {
    Idle,
    /// Not yet acknowledged by the relay.
    Asking {
        topic: Topic,
        since: Duration,
        plea: Plea,
        /// When to say it again after a passing fault.
        again: Option<Duration>,
    },
    Queued {
        ticket: Ticket,
        /// While an interpreter's console rings.
        ringing: Option<Box<Wire>>,
        place: Option<u16>,
        estimate: Option<WaitRange>,
        /// When an interpreter gave the visitor to a colleague.
        transferred: Option<Duration>,
    },
    Talking {
        ticket: Ticket,
        talk: Box<Talk>,
    },
    Ended(Ended),
}

/// What the kiosk asks the relay for.
enum Plea {
    Fresh,
    /// Another interpreter for the call it already has.
    Another(At, ResumeToken),
}

/// The relay's acknowledgement of a call.
#[derive(Clone)]
struct Ticket {
    at: At,
    token: ResumeToken,
    topic: Topic,
    /// When the visitor asked.
    since: Duration,
    /// Of the next peer connection.
    round: Round,
}

impl Ticket {
    fn wire(&mut self, leg: Leg, ice: Vec<IceServer>, now: Duration) -> Wire {
        let round = self.round;
        self.round = round.next();
        Wire::new(leg, round, ice, now)
    }

    fn resume(&self) -> Resume {
        Resume {
            call: self.at.call,
            token: self.token.clone(),
        }
    }
}

impl Default for Call {
    fn default() -> Self {
        Self::new()
    }
}

impl Call {
    pub fn new() -> Self {
        Self {
            state: State::Idle,
            link: Link::Down,
            farewell: None,
            outputs: VecDeque::new(),
            shown: View::Idle,
        }
    }

    pub fn handle(&mut self, input: Input, now: Duration) {
        match input {
            Input::Ask(topic) if matches!(self.state, State::Idle | State::Ended(_)) => self.ask(topic, now),
            Input::Ask(_) => {}
            Input::Leave => self.leave(),
            Input::Requeue => self.requeue(),
            Input::Hold(on) => self.hold(on, now),
            Input::Dismiss => self.dismiss(),
            Input::LinkUp => self.greet(),
            Input::LinkDown => self.link = Link::Down,
            Input::Said(message) => self.hear(message, now),
            Input::Peer(round, event) => self.peer(round, event, now),
            Input::Flow { packets, pictures } => {
                if let State::Talking { talk, .. } = &mut self.state {
                    talk.flow(packets, pictures, now);
                }
            }
            Input::Tick => {}
        }
        self.pass_time(now);
        self.say_sight();
        self.show(now);
    }

    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn ask(&mut self, topic: Topic, since: Duration) {
        self.state = State::Asking {
            topic,
            since,
            plea: Plea::Fresh,
            again: None,
        };
        self.plead();
    }

    /// Says what is asked for, if the relay listens.
    fn plead(&mut self) {
        let State::Asking {
            topic, plea, again, ..
        } = &mut self.state
        else {
            return;
        };
        *again = None;
        if self.link == Link::Up {
            self.outputs.push_back(Output::Send(match plea {
                Plea::Fresh => FromKiosk::Request { topic: topic.clone() },
                Plea::Another(at, _) => FromKiosk::Requeue { at: *at },
            }));
        }
    }

    fn leave(&mut self) {
        let farewell = match std::mem::replace(&mut self.state, State::Ended(Ended::ByVisitor)) {
            // If the relay heard the request its acknowledgement is still to come, and is cancelled then.
            State::Asking {
                plea: Plea::Fresh, ..
            } => None,
            State::Asking {
                plea: Plea::Another(at, token),
                topic,
                since,
                ..
            } => Some(Ticket {
                at,
                token,
                topic,
                since,
                round: Round::FIRST,
            }),
            State::Queued {
                ticket,
                ringing: None,
                ..
            } => Some(ticket),
            State::Queued { ticket, .. } | State::Talking { ticket, .. } => {
                self.outputs.push_back(Output::Peer(PeerCommand::Close));
                Some(ticket)
            }
            other @ (State::Idle | State::Ended(_)) => {
                self.state = other;
                return;
            }
        };
        self.farewell = farewell;
        if self.link == Link::Up {
            self.say_farewell();
        }
    }

    fn say_farewell(&mut self) {
        if let Some(ticket) = self.farewell.take() {
            self.outputs
                .push_back(Output::Send(FromKiosk::HangUp { at: ticket.at }));
        }
    }

    fn requeue(&mut self) {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Talking { ticket, .. } => {
                self.outputs.push_back(Output::Peer(PeerCommand::Close));
                self.state = State::Asking {
                    topic: ticket.topic,
                    since: ticket.since,
                    plea: Plea::Another(ticket.at, ticket.token),
                    again: None,
                };
                self.plead();
            }
            other => self.state = other,
        }
    }

    fn hold(&mut self, on: bool, now: Duration) {
        if let State::Talking { talk, .. } = &mut self.state
            && talk.put_on_hold(on, now)
        {
            let (round, purpose) = (talk.wire.round, talk.purpose());
            self.outputs
                .push_back(Output::Peer(PeerCommand::Serve { round, purpose }));
        }
        // Said even when nothing changed: a page that asked waits for it.
        self.say_hold();
    }

    /// Tells the interpreter's page whether the conversation is on hold, unless nobody has ever asked for it.
    fn say_hold(&mut self) {
        if self.link == Link::Up
            && let State::Talking { ticket, talk } = &self.state
            && let Some(on) = talk.hold_to_say()
        {
            let at = ticket.at;
            self.outputs.push_back(Output::Send(FromKiosk::Hold { at, on }));
        }
    }

    /// Tells the interpreter's page whether the visitor can read the interpreter's hands, when that has changed.
    fn say_sight(&mut self) {
        if self.link == Link::Up
            && let State::Talking { ticket, talk } = &mut self.state
            && let Some(fluent) = talk.sight_to_say()
        {
            let at = ticket.at;
            self.outputs
                .push_back(Output::Send(FromKiosk::Sight { at, fluent }));
        }
    }

    fn dismiss(&mut self) {
        if let State::Ended(_) = self.state {
            self.state = State::Idle;
        }
    }

    fn greet(&mut self) {
        let resume = match (&self.farewell, &self.state) {
            (Some(ticket), _) => Some(ticket.resume()),
            (
                None,
                State::Asking {
                    plea: Plea::Another(at, token),
                    ..
                },
            ) => Some(Resume {
                call: at.call,
                token: token.clone(),
            }),
            (None, State::Queued { ticket, .. } | State::Talking { ticket, .. }) => Some(ticket.resume()),
            (None, State::Idle | State::Asking { .. } | State::Ended(_)) => None,
        };
        self.link = Link::Greeting;
        self.outputs.push_back(Output::Send(FromKiosk::Hello {
            version: VERSION,
            resume,
        }));
    }

    /// The peer connection that there is, and the state of the call that it serves.
    fn wire(&mut self) -> Option<(At, &mut Wire)> {
        match &mut self.state {
            State::Queued { ticket, ringing, .. } => Some((ticket.at, ringing.as_mut()?)),
            State::Talking { ticket, talk } => Some((ticket.at, &mut talk.wire)),
            State::Idle | State::Asking { .. } | State::Ended(_) => None,
        }
    }

    fn peer(&mut self, round: Round, event: PeerEvent, now: Duration) {
        let is_up = self.link == Link::Up;
        let Some((at, wire)) = self.wire().filter(|(_, wire)| wire.round == round) else {
            return;
        };
        let signal = match event {
            PeerEvent::Described(description) => Signal::Description { description },
            PeerEvent::Candidate(candidate) => Signal::Candidate { candidate },
            PeerEvent::Connected => return wire.connected(),
            PeerEvent::Disconnected => return wire.disconnected(now),
            PeerEvent::Failed => return wire.failed(now),
            PeerEvent::Ended => return wire.ended(now),
        };
        if is_up {
            let to = wire.leg;
            self.outputs.push_back(Output::Send(FromKiosk::Signal {
                at,
                to,
                round,
                signal,
            }));
        } else {
            wire.keep(signal);
        }
    }

    fn pass_time(&mut self, now: Duration) {
        match &mut self.state {
            State::Asking { again: Some(due), .. } if *due <= now => self.plead(),
            State::Talking { talk, .. } => {
                talk.listen(now);
                if let Some(command) = talk.mend(now) {
                    self.outputs.push_back(Output::Peer(command));
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, now: Duration) {
        let view = self.view(now);
        if view != self.shown {
            self.shown = view.clone();
            self.outputs.push_back(Output::View(view));
        }
    }

    fn view(&self, now: Duration) -> View {
        let linked = self.link == Link::Up;
        let waited_s =
            |since: Duration| u32::try_from(now.saturating_sub(since).as_secs()).unwrap_or(u32::MAX);
        match &self.state {
            State::Idle => View::Idle,
            State::Asking { since, .. } => View::Waiting(Waiting {
                stage: Stage::Asking,
                place: None,
                waited_s: waited_s(*since),
                estimate: None,
                linked,
                transferred: false,
            }),
            State::Queued {
                ticket,
                ringing,
                place,
                estimate,
                transferred,
            } => View::Waiting(Waiting {
                stage: if ringing.is_some() {
                    Stage::Ringing
                } else {
                    Stage::Queued
                },
                place: *place,
                waited_s: waited_s(transferred.unwrap_or(ticket.since)),
                estimate: *estimate,
                linked,
                transferred: transferred.is_some(),
            }),
            State::Talking { talk, .. } => View::Talking(talk.view(linked, now)),
            State::Ended(why) => View::Ended(*why),
        }
    }
}

#[cfg(test)]
mod tests;
