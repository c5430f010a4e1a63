//! The screens, in the order of a visit. Each is one file: a struct with what the visitor did on it, its `Message`,
//! its `Action`, `update(&mut self, Message) -> Action` and `view(&self, &Context) -> Element<Message>`.
//!
//! A screen knows no other screen: what it wants goes up as an `Action`, and only `app` switches. What it shows of the
//! world is in [`Context`], the same for all.
//!
//! | screen | made by | told by | what it wants (`Action`, besides `None`) |
//! | --- | --- | --- | --- |
//! | `attract` | `new()` | | `Start(Language)` |
//! | `home` | `new()` | | `Event`, `Call`, `Language`, `Finish` |
//! | `services` | `new(EventId)` | | `Service`, `Call`, `Back`, `Finish` |
//! | `service` | `new(ServiceId)` | | `Call`, `Back`, `Finish` |
//! | `framing` | `new(Topic)` | | `Call(Topic)`, `Back` |
//! | `waiting` | `new(view::Waiting)` | `set(view::Waiting)` | `Cancel` |
//! | `call` | `new(view::Talking)` | `set(view::Talking)` | `HangUp`, `Requeue`, `Type(Edit)` |
//! | `ended` | `new(view::Ended)` | | `Dismiss` |
//! | `unavailable` | `new()` | | `Browse`, `Call`, `Back`, `Finish` |
//! | `idle` | `new(seconds)` | | `StillHere`, `Finish` |

use std::sync::Arc;

use iced::Element;
use iced::widget::space;
use jiff::civil::Date;

use super::driver::{Camera, Link};
use super::theme::panel::Panel;
use super::widget::header::header;
use crate::catalogue::Catalogue;
use crate::fl;
use crate::locale::Words;
use crate::media::frame::Pictures;
use crate::protocol::Availability;
use crate::text::Transcript;

/// What every screen may look at.
pub struct Context {
    /// In the visitor's language.
    pub words: Words,
    pub panel: Panel,
    /// Physical pixels a logical one, for living pictures.
    pub scale: f32,
    /// Of today: prices depend on it.
    pub date: Date,
    pub catalogue: Arc<Catalogue>,
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
}

/// Which half of the sound works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    pub microphone: bool,
    pub speaker: bool,
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

    /// The head of a screen, with something at the right.
    pub fn header_with<'a, Message: 'a>(
        &self,
        right: impl Into<Element<'a, Message>>,
    ) -> Element<'a, Message> {
        header(&self.panel, fl!(self.words, "product"), self.cnap(), right)
    }

    /// The head of a screen.
    pub fn header<'a, Message: 'a>(&self) -> Element<'a, Message> {
        self.header_with(space())
    }
}
