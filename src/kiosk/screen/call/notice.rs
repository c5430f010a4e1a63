//! What is the matter with the call, in words: beside the picture, or in its place while there is none.

use iced::widget::{column, container};
use iced::{Center, Element, Fill};

use super::Message;
use crate::call::view::{Picture, Talking, Unread};
use crate::kiosk::screen::Context;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::Tone;
use crate::kiosk::widget::{icon, text};
use crate::locale::{Words, fl};

/// The most serious trouble there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    Connecting,
    Stalled {
        for_s: u32,
        sound: bool,
    },
    /// On hold: no trouble, but as important.
    Held {
        for_s: u32,
    },
    Gone,
    /// Hands cannot be read for want of frames.
    Unread(Unread),
    /// They can again.
    FluentAgain,
    /// The relay is out of reach.
    Unlinked,
    NoCamera,
}

impl Notice {
    /// What stands beside the picture.
    pub fn beside(call: &Talking) -> Option<Self> {
        match call.picture {
            Picture::Gone => Some(Notice::Gone),
            Picture::Stalled { for_s, sound } => Some(Notice::Stalled { for_s, sound }),
            Picture::Held { for_s } => Some(Notice::Held { for_s }),
            Picture::Connecting | Picture::Flowing if let Some(unread) = call.unread => {
                Some(Notice::Unread(unread))
            }
            Picture::Connecting | Picture::Flowing if !call.linked => Some(Notice::Unlinked),
            Picture::Connecting | Picture::Flowing => None,
        }
    }

    /// What stands in the picture's place because nothing else can.
    pub fn instead(call: &Talking) -> Option<Self> {
        match call.picture {
            Picture::Connecting => Some(Notice::Connecting),
            Picture::Flowing | Picture::Stalled { .. } | Picture::Gone => {
                (!call.interpreter_has_camera).then_some(Notice::NoCamera)
            }
            // The hold has the whole place.
            Picture::Held { .. } => None,
        }
    }

    fn words(self, words: &Words) -> (&'static str, String, String) {
        match self {
            Notice::Connecting => (
                "hourglass_top",
                fl!(words, "talk-connecting"),
                fl!(words, "talk-connecting-line"),
            ),
            Notice::Stalled { for_s, sound } => (
                "refresh",
                fl!(words, "talk-stalled", seconds = for_s),
                if sound {
                    fl!(words, "talk-stalled-sound")
                } else {
                    fl!(words, "talk-stalled-line")
                },
            ),
            Notice::Held { for_s } => {
                let time = format!("{}:{:02}", for_s / 60, for_s % 60);
                (
                    "pause",
                    fl!(words, "talk-held-for", time = time),
                    fl!(words, "talk-held-clerk"),
                )
            }
            Notice::Gone => (
                "person_off",
                fl!(words, "talk-gone"),
                fl!(words, "talk-gone-line"),
            ),
            Notice::Unread(whose) => (
                "keyboard",
                fl!(words, "talk-write-instead"),
                match whose {
                    Unread::Theirs => fl!(words, "talk-theirs-slow"),
                    Unread::Own => fl!(words, "talk-own-slow"),
                },
            ),
            Notice::FluentAgain => (
                "sign_language",
                fl!(words, "talk-fluent-again"),
                fl!(words, "talk-fluent-again-line"),
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
        let tone = match self {
            Notice::Stalled { .. } | Notice::Held { .. } | Notice::Unread(_) => Tone::Warning,
            Notice::Connecting | Notice::Gone | Notice::FluentAgain | Notice::Unlinked | Notice::NoCamera => {
                Tone::Plain
            }
        };
        banner(&context.look.measured(), tone, name, title, line)
    }

    /// The place of the picture that is not sent.
    pub fn pause<'a>(context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let lines = column![
            icon::logo(look.px(260.0)),
            text::title(look, fl!(words, "talk-hold"))
                .color(look.colour.on_counter)
                .align_x(Center),
            text::body(look, fl!(words, "talk-held-line"))
                .color(look.colour.on_counter)
                .align_x(Center),
        ]
        .spacing(look.px(28.0))
        .align_x(Center);
        container(lines).padding(look.px(40.0)).center(Fill).into()
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
