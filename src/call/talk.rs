//! The conversation itself: one interpreter's leg and the peer connection to it.

use std::time::Duration;

use super::PeerCommand;
use super::fluency::Fluency;
use super::mend;
use super::view::{Picture, Talking, Unread};
use crate::id::{InterpreterId, Leg, Round, Tab};
use crate::protocol::{At, Candidate, Description, FromKiosk, IceServer, Signal};

/// More candidates than any network has; a bound against a peer that floods.
const MOST_KEPT: usize = 64;

pub(super) struct Talk {
    pub(super) leg: Leg,
    pub(super) round: Round,
    interpreter: InterpreterId,
    tab: Tab,
    camera: bool,
    ice: Vec<IceServer>,
    connection: Connection,
    /// When the interpreter's link to the relay was lost.
    absent: Option<Duration>,
    /// When anything last came from the interpreter in this round.
    heard: Option<Duration>,
    /// When a picture last came in this round.
    seen: Option<Duration>,
    hold: Hold,
    /// Whether the visitor can read the interpreter's hands.
    fluency: Fluency,
    /// What the interpreter's page was last told of that; none while nothing had to be said.
    fluent_told: Option<bool>,
    /// Whether the interpreter can read the visitor's hands, as their page says.
    is_seen: bool,
    /// When this round was opened.
    opened: Duration,
    restarted: Option<Duration>,
    /// Candidates that came before the answer.
    early: Vec<Candidate>,
    answered: bool,
    /// What could not be said while the link to the relay was down.
    unsent: Vec<Signal>,
}

#[derive(Clone, Copy)]
enum Hold {
    /// Nobody has asked for it.
    Never,
    Since(Duration),
    /// The conversation goes on.
    Over,
}

enum Connection {
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

impl Talk {
    pub(super) fn new(
        leg: Leg,
        interpreter: InterpreterId,
        tab: Tab,
        camera: bool,
        ice: Vec<IceServer>,
        now: Duration,
    ) -> Self {
        Self {
            leg,
            round: Round::FIRST,
            interpreter,
            tab,
            camera,
            ice,
            connection: Connection::Trying,
            absent: None,
            heard: None,
            seen: None,
            hold: Hold::Never,
            fluency: Fluency::default(),
            fluent_told: None,
            is_seen: true,
            opened: now,
            restarted: None,
            early: Vec::new(),
            answered: false,
            unsent: Vec::new(),
        }
    }

    pub(super) fn open(&self) -> PeerCommand {
        PeerCommand::Open {
            round: self.round,
            ice: self.ice.clone(),
            held: self.is_held(),
        }
    }

    /// The interpreter's page is back. True when it is a new page, so that a new round begins.
    pub(super) fn rejoined(&mut self, tab: Tab, camera: bool, ice: Vec<IceServer>, now: Duration) -> bool {
        self.absent = None;
        // The same page asks again only when it has given its connection up; while ours is young the offer is
        // still on its way to it.
        let young = now.saturating_sub(self.opened) < mend::BETWEEN_RESTARTS;
        let fine = matches!(self.connection, Connection::Connected);
        if tab == self.tab && (young || fine) {
            return false;
        }
        let next = Talk::new(self.leg, self.interpreter, tab, camera, ice, now);
        *self = Talk {
            round: self.round.next(),
            hold: self.hold,
            ..next
        };
        true
    }

    /// True when that is a change.
    pub(super) fn put_on_hold(&mut self, on: bool, now: Duration) -> bool {
        let change = on != self.is_held();
        if change {
            // What came before says nothing about what comes after.
            self.seen = None;
            self.heard = Some(now);
            self.fluency = Fluency::default();
            self.is_seen = true;
        }
        self.hold = match self.hold {
            Hold::Since(since) if on => Hold::Since(since),
            _ if on => Hold::Since(now),
            _ => Hold::Over,
        };
        change
    }

    pub(super) fn is_held(&self) -> bool {
        matches!(self.hold, Hold::Since(_))
    }

    /// What a page must know of it; nothing, if nobody has ever asked for it.
    pub(super) fn hold_to_say(&self) -> Option<bool> {
        match self.hold {
            Hold::Never => None,
            Hold::Since(_) | Hold::Over => Some(self.is_held()),
        }
    }

    /// On hold nothing flows, and a connection that stands is the sign of life.
    pub(super) fn listen(&mut self, now: Duration) {
        if self.is_held() && matches!(self.connection, Connection::Connected) {
            self.heard = Some(now);
        }
    }

    /// What a page must be told of the visitor's sight; nothing, if that is what it thinks.
    pub(super) fn sight_to_say(&mut self) -> Option<bool> {
        let fluent = !self.fluency.is_lost();
        let thought = self.fluent_told.unwrap_or(true);
        (fluent != thought).then(|| *self.fluent_told.insert(fluent))
    }

    /// The interpreter can read the visitor's hands, or cannot.
    pub(super) fn is_seen(&mut self, fluent: bool) {
        self.is_seen = fluent;
    }

    pub(super) fn presence(&mut self, present: bool, now: Duration) {
        if present {
            // It may be a new page, which thinks that all is well.
            self.fluent_told = None;
        }
        self.absent = if present { None } else { self.absent.or(Some(now)) };
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
        self.connection = Connection::Connected;
        self.restarted = None;
    }

    pub(super) fn disconnected(&mut self, now: Duration) {
        if matches!(self.connection, Connection::Trying | Connection::Connected) {
            self.connection = Connection::Broken { since: now };
        }
    }

    pub(super) fn failed(&mut self, now: Duration) {
        let since = match self.connection {
            Connection::Broken { since } => since,
            // Nothing heals by itself after a failure.
            Connection::Trying | Connection::Connected => now.saturating_sub(mend::HEALS_ITSELF),
            Connection::Ended { .. } => return,
        };
        self.connection = Connection::Broken { since };
    }

    pub(super) fn ended(&mut self, now: Duration) {
        self.connection = Connection::Ended { since: now };
    }

    pub(super) fn flow(&mut self, packets: bool, pictures: u32, now: Duration) {
        if packets || pictures > 0 {
            self.heard = Some(now);
        }
        // The last picture before a hold may arrive after its beginning.
        if self.is_held() {
            return;
        }
        if pictures > 0 {
            self.seen = Some(now);
        }
        if self.camera && self.seen.is_some() {
            self.fluency.watch(pictures, now);
        }
    }

    /// Restarts ICE when the connection does not heal by itself; opens another one when there is none to restart.
    pub(super) fn mend(&mut self, now: Duration) -> Option<PeerCommand> {
        let since = match self.connection {
            Connection::Connected => return None,
            Connection::Broken { since } | Connection::Ended { since } => since + mend::HEALS_ITSELF,
            Connection::Trying => self.opened + mend::FIRST_TRY,
        };
        let due = match self.restarted {
            Some(last) => since.max(last + mend::BETWEEN_RESTARTS),
            None => since,
        };
        // Without the interpreter's link there is nobody to answer the offer.
        if now < due || self.absent.is_some() {
            return None;
        }
        self.restarted = Some(now);
        self.answered = false;
        self.early.clear();
        if matches!(self.connection, Connection::Ended { .. }) {
            self.round = self.round.next();
            self.opened = now;
            self.connection = Connection::Trying;
            self.unsent.clear();
            return Some(self.open());
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

    pub(super) fn view(&self, linked: bool, now: Duration) -> Talking {
        Talking {
            interpreter: self.interpreter,
            picture: self.picture(now),
            interpreter_has_camera: self.camera,
            unread: self.unread(),
            linked,
        }
    }

    /// Of two faults the one that the visitor sees is told.
    fn unread(&self) -> Option<Unread> {
        if self.fluency.is_lost() {
            Some(Unread::Theirs)
        } else {
            (!self.is_seen).then_some(Unread::Own)
        }
    }

    fn picture(&self, now: Duration) -> Picture {
        let since = |moment: Duration| now.saturating_sub(moment);
        let silent = since(self.heard.unwrap_or(self.opened));
        let gone = match self.absent {
            Some(absent) => since(absent) >= mend::GONE_AND_ABSENT && silent >= mend::GONE_AND_ABSENT,
            None => silent >= mend::GONE,
        };
        // Without a camera on the other side, sound is the sign of life.
        let sign_of_life = if self.camera { self.seen } else { self.heard };
        match sign_of_life {
            _ if gone => Picture::Gone,
            _ if let Hold::Since(moment) = self.hold => Picture::Held {
                for_s: seconds(since(moment)),
            },
            None => Picture::Connecting,
            Some(last) if since(last) >= mend::STALLED => Picture::Stalled {
                for_s: seconds(since(last)),
                sound: silent < mend::STALLED,
            },
            Some(_) => Picture::Flowing,
        }
    }
}

fn seconds(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}
