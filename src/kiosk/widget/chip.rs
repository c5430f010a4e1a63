//! A chip is a status, never a button: an icon and a few words.

use iced::widget::{container, row};
use iced::{Center, Color, Element};

use super::icon::icon;
use super::{text, tile};
use crate::kiosk::theme::Look;

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
    pub fn colours(self, look: &Look) -> (Color, Color) {
        match self {
            Tone::Plain => (look.colour.card, look.colour.words),
            Tone::Warning => (look.colour.warning, look.colour.on_warning),
            Tone::Good => (look.colour.done_tint, look.colour.done),
            Tone::Dark => (look.colour.tool, look.colour.on_counter),
        }
    }
}

pub fn chip<'a, Message: 'a>(
    look: &Look,
    tone: Tone,
    name: &str,
    words: impl Into<String>,
) -> Element<'a, Message> {
    let (ground, ink) = tone.colours(look);
    let content = row![
        icon(name, look.px(38.0), ink),
        text::small(look, words).color(ink)
    ]
    .spacing(look.px(14.0))
    .align_y(Center);
    container(content)
        .padding([look.px(8.0), look.px(22.0)])
        .style(tile::sheet(look, ground, 32.0))
        .into()
}
