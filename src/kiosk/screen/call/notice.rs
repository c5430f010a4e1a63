//! What is the matter with the call, in words: beside the picture, or in its place while there is none.

use iced::widget::{column, container};
use iced::{Center, Element, Fill};

use super::Message;
use crate::call::view::{Picture, Talking};
use crate::kiosk::screen::Context;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::Tone;
use crate::kiosk::widget::{icon, text};
use crate::locale::{Words, fl};

/// The most serious trouble there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    Connecting,
    Stalled,
    Gone,
    /// The relay is out of reach.
    Unlinked,
    NoCamera,
}

impl Notice {
    /// What stands beside the picture.
    pub fn beside(call: &Talking) -> Option<Self> {
        match call.picture {
            Picture::Gone => Some(Notice::Gone),
            Picture::Stalled => Some(Notice::Stalled),
            Picture::Connecting | Picture::Flowing if !call.linked => Some(Notice::Unlinked),
            Picture::Connecting | Picture::Flowing => None,
        }
    }

    /// What stands in the picture's place because nothing else can.
    pub fn instead(call: &Talking) -> Option<Self> {
        match call.picture {
            Picture::Connecting => Some(Notice::Connecting),
            Picture::Flowing | Picture::Stalled | Picture::Gone => {
                (!call.interpreter_has_camera).then_some(Notice::NoCamera)
            }
        }
    }

    fn words(self, words: &Words) -> (&'static str, String, String) {
        match self {
            Notice::Connecting => (
                "hourglass_top",
                fl!(words, "talk-connecting"),
                fl!(words, "talk-connecting-line"),
            ),
            Notice::Stalled => (
                "pause",
                fl!(words, "talk-stalled"),
                fl!(words, "talk-stalled-line"),
            ),
            Notice::Gone => (
                "person_off",
                fl!(words, "talk-gone"),
                fl!(words, "talk-gone-line"),
            ),
            Notice::Unlinked => (
                "cloud_off",
                fl!(words, "talk-unlinked"),
                fl!(words, "talk-unlinked-line"),
            ),
            Notice::NoCamera => (
                "videocam_off",
                fl!(words, "talk-no-camera"),
                fl!(words, "talk-no-camera-line"),
            ),
        }
    }

    pub fn banner<'a>(self, context: &Context) -> Element<'a, Message> {
        let (name, title, line) = self.words(&context.words);
        banner(&context.look.measured(), Tone::Plain, name, title, line)
    }

    pub fn large<'a>(self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let (name, title, line) = self.words(&context.words);
        let lines = column![
            icon::icon(name, look.px(140.0), look.colour.on_counter),
            text::heading(look, title)
                .color(look.colour.on_counter)
                .align_x(Center),
            text::body(look, line)
                .color(look.colour.on_counter)
                .align_x(Center),
        ]
        .spacing(look.px(20.0))
        .align_x(Center);
        container(lines).padding(look.px(56.0)).center(Fill).into()
    }
}
