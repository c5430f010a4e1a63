//! A banner: an icon, a title, what still works. Beside the picture, never over it.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::chip::Tone;
use super::icon::icon;
use super::{text, tile};
use crate::kiosk::theme::Look;

pub fn banner<'a, Message: 'a>(
    look: &Look,
    tone: Tone,
    name: &str,
    title: impl Into<String>,
    line: impl Into<String>,
) -> Element<'a, Message> {
    let (ground, ink) = tone.colours(look);
    let words = column![
        text::action(look, title).color(ink),
        text::small(look, line).color(ink)
    ]
    .spacing(look.px(4.0))
    .width(Fill);
    let content = row![icon(name, look.px(64.0), ink), words]
        .spacing(look.px(28.0))
        .align_y(Center);
    container(content)
        .padding([look.px(24.0), look.px(36.0)])
        .width(Fill)
        .style(tile::sheet(look, ground, 36.0))
        .into()
}
