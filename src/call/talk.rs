//! The conversation itself: one interpreter's leg and the peer connection to it.

use std::time::Duration;

use super::fluency::Fluency;
use super::mend;
use super::view::{Picture, Talking, Unread};
use super::wire::Wire;
use super::{PeerCommand, Purpose};
use crate::id::{InterpreterId, Tab};
use crate::protocol::IceServer;

pub(super) struct Talk {
    pub(super) wire: Wire,
    interpreter: InterpreterId,
    tab: Tab,
    camera: bool,
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
}

#[derive(Clone, Copy)]
enum Hold {
    /// Nobody has asked for it.
    Never,
    Since(Duration),
    /// The conversation goes on.
    Over,
}

impl Talk {
    pub(super) fn new(wire: Wire, interpreter: InterpreterId, tab: Tab, camera: bool) -> Self {
        Self {
            wire,
            interpreter,
            tab,
            camera,
            absent: None,
            heard: None,
            seen: None,
            hold: Hold::Never,
            fluency: Fluency::default(),
            fluent_told: None,
            is_seen: true,
        }
    }

    pub(super) fn open(&self) -> PeerCommand {
        self.wire.open(self.purpose())
    }

    pub(super) fn purpose(&self) -> Purpose {
        if self.is_held() {
            Purpose::Hold
        } else {
            Purpose::Talk
        }
    }

    /// The interpreter's page is back. True when it is a new page, so that a new round begins.
    pub(super) fn rejoined(&mut self, tab: Tab, camera: bool, ice: Vec<IceServer>, now: Duration) -> bool {
        self.absent = None;
        // The same page asks again only when it has given its connection up; while ours is young the offer is
        // still on its way to it.
        let young = now.saturating_sub(self.wire.opened) < mend::BETWEEN_RESTARTS;
        if tab == self.tab && (young || self.wire.is_connected()) {
            return false;
        }
        let wire = Wire::new(self.wire.leg, self.wire.round.next(), ice, now);
        *self = Talk {
            hold: self.hold,
            ..Talk::new(wire, self.interpreter, tab, camera)
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
        if self.is_held() && self.wire.is_connected() {
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

    pub(super) fn mend(&mut self, now: Duration) -> Option<PeerCommand> {
        // Without the interpreter's link there is nobody to answer an offer.
        if self.absent.is_some() {
            return None;
        }
        self.wire.mend(self.purpose(), now)
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
        let silent = since(self.heard.unwrap_or(self.wire.opened));
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
