//! The peer connection to one leg, as the call knows it: its signals, and when it needs help.

use std::time::Duration;

use super::mend;
use super::{PeerCommand, Purpose};
use crate::id::{Leg, Round};
use crate::protocol::{At, Candidate, Description, FromKiosk, IceServer, Signal};

/// More candidates than any network has; a bound against a peer that floods.
const MOST_KEPT: usize = 64;

pub(super) struct Wire {
    pub(super) leg: Leg,
    pub(super) round: Round,
    pub(super) ice: Vec<IceServer>,
    /// When this round was opened; of one that was made while it rang, when it was answered.
    pub(super) opened: Duration,
    state: State,
    restarted: Option<Duration>,
    /// Candidates that came before the answer.
    early: Vec<Candidate>,
    answered: bool,
    /// What could not be said while the link to the relay was down.
    unsent: Vec<Signal>,
}

enum State {
    Trying,
    Connected,
    Broken {
        since: Duration,
    },
    /// Nothing can heal it: the next round is opened.
    Ended {
        since: Duration,
    },
}

impl Wire {
    pub(super) fn new(leg: Leg, round: Round, ice: Vec<IceServer>, now: Duration) -> Self {
        Self {
            leg,
            round,
            ice,
            opened: now,
            state: State::Trying,
            restarted: None,
            early: Vec::new(),
            answered: false,
            unsent: Vec::new(),
        }
    }

    pub(super) fn open(&self, purpose: Purpose) -> PeerCommand {
        PeerCommand::Open {
            round: self.round,
            ice: self.ice.clone(),
            purpose,
        }
    }

    pub(super) fn is_connected(&self) -> bool {
        matches!(self.state, State::Connected)
    }

    /// It stands, or may come to stand by itself.
    pub(super) fn is_sound(&self) -> bool {
        matches!(self.state, State::Trying | State::Connected)
    }

    pub(super) fn signal(&mut self, signal: Signal) -> std::vec::IntoIter<PeerCommand> {
        let round = self.round;
        let commands = match signal {
            Signal::Description {
                description: Description::Offer(_),
            } => Vec::new(),
            // Only the first answer is to the newest offer.
            Signal::Description { .. } if self.answered => Vec::new(),
            Signal::Description { description } => {
                self.answered = true;
                let early = self
                    .early
                    .drain(..)
                    .map(|candidate| PeerCommand::Candidate { round, candidate });
                std::iter::once(PeerCommand::Answer { round, description })
                    .chain(early)
                    .collect()
            }
            Signal::Candidate { candidate } if self.answered => {
                vec![PeerCommand::Candidate { round, candidate }]
            }
            Signal::Candidate { candidate } => {
                if self.early.len() < MOST_KEPT {
                    self.early.push(candidate);
                }
                Vec::new()
            }
        };
        commands.into_iter()
    }

    pub(super) fn connected(&mut self) {
        self.state = State::Connected;
        self.restarted = None;
    }

    pub(super) fn disconnected(&mut self, now: Duration) {
        if self.is_sound() {
            self.state = State::Broken { since: now };
        }
    }

    pub(super) fn failed(&mut self, now: Duration) {
        let since = match self.state {
            State::Broken { since } => since,
            // Nothing heals by itself after a failure.
            State::Trying | State::Connected => now.saturating_sub(mend::HEALS_ITSELF),
            State::Ended { .. } => return,
        };
        self.state = State::Broken { since };
    }

    pub(super) fn ended(&mut self, now: Duration) {
        self.state = State::Ended { since: now };
    }

    /// Restarts ICE when the connection does not heal by itself; opens another one when there is none to restart.
    pub(super) fn mend(&mut self, purpose: Purpose, now: Duration) -> Option<PeerCommand> {
        let since = match self.state {
            State::Connected => return None,
            State::Broken { since } | State::Ended { since } => since + mend::HEALS_ITSELF,
            State::Trying => self.opened + mend::FIRST_TRY,
        };
        let due = match self.restarted {
            Some(last) => since.max(last + mend::BETWEEN_RESTARTS),
            None => since,
        };
        if now < due {
            return None;
        }
        self.restarted = Some(now);
        self.answered = false;
        self.early.clear();
        if matches!(self.state, State::Ended { .. }) {
            self.round = self.round.next();
            self.opened = now;
            self.state = State::Trying;
            self.unsent.clear();
            return Some(self.open(purpose));
        }
        Some(PeerCommand::Restart { round: self.round })
    }

    /// Keeps a signal until the link is back.
    pub(super) fn keep(&mut self, signal: Signal) {
        // An older description is worth nothing beside a newer one.
        if matches!(signal, Signal::Description { .. }) {
            self.unsent.clear();
        }
        if self.unsent.len() < MOST_KEPT {
            self.unsent.push(signal);
        }
    }

    pub(super) fn unsent(&mut self, at: At) -> impl Iterator<Item = FromKiosk> + use<> {
        let (to, round) = (self.leg, self.round);
        std::mem::take(&mut self.unsent)
            .into_iter()
            .map(move |signal| FromKiosk::Signal {
                at,
                to,
                round,
                signal,
            })
    }
}
