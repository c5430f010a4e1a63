//! A chip is a status, never a button: an icon and a few words.

use iced::widget::{container, row};
use iced::{Center, Color, Element};

use super::icon::icon;
use super::{text, tile};
use crate::kiosk::theme::colour;
use crate::kiosk::theme::panel::Panel;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Paper.
    Plain,
    /// Something to be careful about.
    Warning,
    /// Something is well.
    Good,
    /// Beside a picture.
    Dark,
}

impl Tone {
    /// Ground and words.
    pub fn colours(self) -> (Color, Color) {
        match self {
            Tone::Plain => (colour::PAPER, colour::INK),
            Tone::Warning => (colour::SUN_TINT, colour::SUN_TEXT),
            Tone::Good => (colour::SPRUCE_TINT, colour::SPRUCE),
            Tone::Dark => (colour::SLATE, colour::WHITE),
        }
    }
}

pub fn chip<'a, Message: 'a>(
    panel: &Panel,
    tone: Tone,
    name: &str,
    words: impl Into<String>,
) -> Element<'a, Message> {
    let (ground, ink) = tone.colours();
    let content = row![
        icon(name, panel.px(38.0), ink),
        text::small(panel, words).color(ink)
    ]
    .spacing(panel.px(14.0))
    .align_y(Center);
    container(content)
        .padding([panel.px(8.0), panel.px(22.0)])
        .style(tile::filled(ground, panel.px(32.0)))
        .into()
}
