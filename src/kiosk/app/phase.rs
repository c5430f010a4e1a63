//! Where a visit can be.

use super::QUIET_S;
use crate::id::ServiceId;
use crate::kiosk::screen::{
    appearance, attract, call, ended, framing, home, languages, search, service, services, steps, take,
    ticket, unavailable, waiting,
};
use crate::kiosk::widget::clip::Clip;
use crate::protocol::Topic;

/// Where the visit is.
#[derive(Debug)]
pub(super) enum Phase {
    Attract(attract::Attract),
    Languages(languages::Languages, Back),
    Appearance(appearance::Appearance, Back),
    Home(home::Home),
    Search(search::Search),
    Ticket(ticket::Ticket, Back),
    Services(services::Services),
    Service(service::Service, Back),
    Steps(steps::Steps, Back),
    Take(take::Take, Back),
    /// And what the call was to be about.
    Unavailable(unavailable::Unavailable, Topic, Back),
    Framing(framing::Framing, Back),
    Waiting(waiting::Waiting, Topic),
    Call(call::Call),
    Ended(ended::Ended),
}

/// Where «Назад» leads, as it was left.
pub(super) type Back = Box<Phase>;

impl Phase {
    /// The clip that a visitor plays here.
    pub(super) fn clip(&mut self) -> Option<&mut Clip> {
        match self {
            Phase::Service(screen, _) => Some(&mut screen.clip),
            Phase::Steps(screen, _) => Some(&mut screen.clip),
            _ => None,
        }
    }

    /// What the call is about, was, or is to be.
    pub(super) fn topic(&self) -> Option<&Topic> {
        match self {
            Phase::Unavailable(_, topic, _) | Phase::Waiting(_, topic) => Some(topic),
            Phase::Framing(screen, _) => Some(screen.topic()),
            Phase::Call(screen) => Some(screen.topic()),
            Phase::Ended(screen) => Some(screen.topic()),
            _ => None,
        }
    }

    /// The service that the visitor reads about.
    pub(super) fn service(&self) -> Option<&ServiceId> {
        match self {
            Phase::Service(screen, _) => Some(screen.service()),
            Phase::Steps(screen, _) => Some(screen.service()),
            Phase::Take(screen, _) => Some(screen.service()),
            _ => None,
        }
    }

    /// Without a touch for so long the kiosk asks whether somebody is there.
    pub(super) fn patience(&self) -> u16 {
        match self {
            Phase::Ticket(screen, _) => screen.patience(QUIET_S),
            _ => QUIET_S,
        }
    }

    /// Before a visit there is nothing to wipe. Who waits or signs need not touch anything, unless there is nobody
    /// left to wait for or to sign with.
    pub(super) fn can_be_abandoned(&self) -> bool {
        match self {
            // What has ended counts its own seconds down, and shows them.
            Phase::Attract(_) | Phase::Ended(..) => false,
            Phase::Waiting(screen, _) => screen.is_cut_off(),
            Phase::Call(screen) => screen.is_gone(),
            _ => true,
        }
    }
}
