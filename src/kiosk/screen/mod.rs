//! The screens, in the order of a visit. Each is one file: a struct with what the visitor did on it, its `Message`,
//! its `Action`, `update(&mut self, Message) -> Action` and `view(&self, &Context) -> Element<Message>`.
//!
//! A screen knows no other screen: what it wants goes up as an `Action`, and only `app` switches. What it shows of the
//! world is in [`Context`], the same for all.
//!
//! | screen | made by | told by | what it wants (`Action`, besides `None`) |
//! | --- | --- | --- | --- |
//! | `attract` | `new()` | | `Start(Language)`, `Languages`, `Appearance` |
//! | `languages` | `new()` | | `Choose(Language)`, `Back`, `Finish` |
//! | `appearance` | `new()` | | `Letters`, `Contrast`, `Back`, `Finish` |
//! | `home` | `new()` | | `Event`, `Search`, `Call`, `Ticket`, `Languages`, `Appearance`, `Finish` |
//! | `search` | `new(&Catalogue, Language)` | | `Service`, `Call`, `Back`, `Finish` |
//! | `services` | `new(EventId)` | | `Service`, `Call`, `Back`, `Finish` |
//! | `service` | `new(ServiceId)` | | `Slow`, `Steps`, `Take`, `Call`, `Back`, `Finish` |
//! | `steps` | `new(ServiceId, usize)` | | `Slow`, `Call`, `Back`, `Finish` |
//! | `take` | `new(ServiceId, String)` | `printed(bool)` | `Print`, `Call`, `Back`, `Finish` |
//! | `framing` | `new(Topic)` | `look(&Frame)` | `Call(Topic)`, `Back` |
//! | `waiting` | `new(view::Waiting)` | `set(view::Waiting)` | `Cancel` |
//! | `call` | `new(view::Talking, Topic, Language)` | `set(view::Talking)`, `shoots(u32)`, `set_paper(u32, Paper)`, `set_quality(Quality)`, `ring()`, `tick()` | `HangUp`, `Requeue`, `Hold(bool)`, `Type(Edit)`, `TakeStill`, `SendStill`, `WipeStill` |
//! | `ended` | `new(view::Ended, Topic)` | `tick()`, `touched()` | `Answer`; `CallAgain`, `Service`, `Services`, `Done`: each leaves the ended call |
//! | `unavailable` | `new()` | | `Browse`, `Call`, `Back`, `Finish` |
//! | `ticket` | `new()` | `told(&[Called])`, `tick()` | `Back`, `Finish` |
//! | `alarm` | `new(kind, in_call)` | `answered()`, `ended()`, `tick()` | `Help` |
//! | `idle` | `new(seconds)` | | `StillHere`, `Finish` |

pub mod attract;

pub mod languages;

pub mod appearance;

pub mod home;

pub mod search;

pub mod ticket;

pub mod services;

pub mod service;

pub mod steps;

pub mod take;

pub mod framing;

pub mod waiting;

pub mod call;

pub mod ended;

pub mod unavailable;

pub mod idle;

pub mod alarm;

use std::collections::BTreeSet;
use std::sync::Arc;

use iced::Element;
use iced::widget::{column, space};
use jiff::civil::Date;

use super::driver::{Camera, Link};
use super::hall::Hall;
use super::handout::Handout;
use super::player::Shown;
use super::theme::Look;
use super::widget::clip;
use super::widget::header::header;
use super::widget::icon::icon;
use super::widget::{button, text};
use crate::catalogue::Catalogue;
use crate::clip::ClipId;
use crate::locale::{Words, fl};
use crate::media::frame::Pictures;
use crate::protocol::Availability;
use crate::text::Transcript;

/// What every screen may look at.
pub struct Context {
    /// In the visitor's language.
    pub words: Words,
    pub look: Look,
    /// Physical pixels a logical one, for living pictures.
    pub scale: f32,
    /// Of today: prices depend on it.
    pub date: Date,
    pub catalogue: Arc<Catalogue>,
    pub handout: Handout,
    pub link: Link,
    /// None until the relay has said.
    pub availability: Option<Availability>,
    pub camera: Camera,
    pub sound: Sound,
    /// The interpreter's voice, 0–5 bars.
    pub speaking: u8,
    /// Both sides' text; empty when there is no call.
    pub text: Transcript,
    pub pictures: Pictures,
    pub clips: Clips,
    /// What happens around the kiosk.
    pub hall: Hall,
}

/// The sign clips of this kiosk.
#[derive(Debug, Default)]
pub struct Clips {
    /// The places that have one.
    pub places: BTreeSet<ClipId>,
    /// The one that is open.
    pub shown: Option<Shown>,
    /// The visitor wants them slow.
    pub slow: bool,
}

impl Clips {
    pub fn has(&self, id: &ClipId) -> bool {
        self.places.contains(id)
    }

    /// Slowly from now on, or no longer.
    pub fn toggle_slow(&mut self) {
        self.slow = !self.slow;
    }
}

/// Which half of the sound works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    pub microphone: bool,
    pub speaker: bool,
}

/// Why nobody can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The relay is out of reach.
    NoLink,
    /// Nobody is on duty.
    Unstaffed,
    /// Outside opening hours; `opens` as in [`Availability::Closed`].
    Closed { opens: Option<String> },
}

impl Context {
    /// What the relay calls this ЦНАП; empty until it has said.
    pub fn cnap(&self) -> &str {
        match &self.link {
            Link::Up { cnap, .. } => cnap,
            Link::Down => "",
        }
    }

    pub fn is_linked(&self) -> bool {
        matches!(self.link, Link::Up { .. })
    }

    /// The tag of the visitor's language.
    pub fn language(&self) -> &'static str {
        self.words.language().tag()
    }

    /// Why nobody can be called now; none also when the relay has not said yet.
    pub fn trouble(&self) -> Option<Trouble> {
        match (&self.link, &self.availability) {
            (Link::Down, _) => Some(Trouble::NoLink),
            (_, Some(Availability::Unstaffed)) => Some(Trouble::Unstaffed),
            (_, Some(Availability::Closed { opens })) => Some(Trouble::Closed { opens: opens.clone() }),
            (_, Some(Availability::Open { .. }) | None) => None,
        }
    }

    /// The player of that place's clip, if it has one.
    pub fn player<'a>(&self, clip: &clip::Clip, id: &ClipId) -> Option<Element<'a, clip::Message>> {
        self.clips.has(id).then(|| clip::player(&self.stand(id), clip))
    }

    /// That place's clip, if it has one, going round and round.
    pub fn looped<'a, Message: 'a>(&self, id: &ClipId) -> Option<Element<'a, Message>> {
        self.clips.has(id).then(|| clip::looped(&self.stand(id)))
    }

    fn stand(&self, id: &ClipId) -> clip::Stand<'_> {
        clip::Stand {
            look: &self.look,
            words: &self.words,
            pictures: &self.pictures,
            scale: self.scale,
            slow: self.clips.slow,
            shown: self.clips.shown.as_ref().filter(|shown| shown.id == *id),
        }
    }

    /// The look of what stands in the window, or in the counter of a landscape panel.
    pub fn aside(&self) -> Look {
        if self.look.is_landscape() {
            self.look.measured()
        } else {
            self.look
        }
    }

    /// The primary action of most screens, under `label`: calling, and whether that would work now.
    pub fn caller<'a, Message: Clone + 'a>(&self, label: String, on_press: Message) -> Element<'a, Message> {
        let words = &self.words;
        let line = match (self.trouble(), &self.availability) {
            (Some(_), _) => fl!(words, "call-not-now"),
            (None, Some(Availability::Open { free, .. })) => fl!(words, "free-now", free = u32::from(*free)),
            (None, _) => fl!(words, "free-of-charge"),
        };
        button::primary(&self.look, label, line, on_press)
    }

    /// The tool that leads to letters and contrast.
    pub fn appearance<'a, Message: Clone + 'a>(&self, on_press: Message) -> Element<'a, Message> {
        let label = fl!(self.words, "appearance");
        button::tool(&self.look, "contrast", label, Some(on_press))
    }

    /// What the tall counter of a landscape panel tells above its actions.
    pub fn story<'a, Message: 'a>(&self) -> Element<'a, Message> {
        let look = &self.look;
        let sign = icon("sign_language", look.px(132.0), look.colour.on_counter);
        column![sign, self.story_words()].spacing(look.px(28.0)).into()
    }

    /// [`Context::story`] without its drawing.
    pub fn story_words<'a, Message: 'a>(&self) -> Element<'a, Message> {
        let look = &self.look.measured();
        let title = text::heading(look, fl!(self.words, "story-title")).color(look.colour.on_counter);
        let line = text::body(look, fl!(self.words, "story-line")).color(look.colour.second_on_counter);
        column![title, line].spacing(look.px(28.0)).into()
    }

    /// The head of a screen, with something at the right.
    pub fn header_with<'a, Message: 'a>(
        &self,
        right: impl Into<Element<'a, Message>>,
    ) -> Element<'a, Message> {
        header(&self.look, fl!(self.words, "product"), self.cnap(), right)
    }

    /// The head of a screen.
    pub fn header<'a, Message: 'a>(&self) -> Element<'a, Message> {
        self.header_with(space())
    }
}
