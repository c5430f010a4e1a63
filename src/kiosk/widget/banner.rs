//! A banner: an icon, a title, what still works. Beside the picture, never over it.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::chip::Tone;
use super::icon::icon;
use super::{text, tile};
use crate::kiosk::theme::panel::Panel;

pub fn banner<'a, Message: 'a>(
    panel: &Panel,
    tone: Tone,
    name: &str,
    title: impl Into<String>,
    line: impl Into<String>,
) -> Element<'a, Message> {
    let (ground, ink) = tone.colours();
    let words = column![
        text::action(panel, title).color(ink),
        text::small(panel, line).color(ink)
    ]
    .spacing(panel.px(4.0))
    .width(Fill);
    let content = row![icon(name, panel.px(64.0), ink), words]
        .spacing(panel.px(28.0))
        .align_y(Center);
    container(content)
        .padding([panel.px(24.0), panel.px(36.0)])
        .width(Fill)
        .style(tile::filled(ground, panel.px(36.0)))
        .into()
}
