//! The head of a screen: the mark, the product and the place; something at the right.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::icon::logo;
use super::text;
use crate::kiosk::theme::Look;
use crate::kiosk::theme::font;

/// `place` is what the relay calls this ЦНАП; empty until it has said.
pub fn header<'a, Message: 'a>(
    look: &Look,
    product: impl Into<String>,
    place: impl Into<String>,
    right: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let place: String = place.into();
    let place = (!place.is_empty()).then(|| text::small(look, place).color(look.colour.second));
    let names = column![text::body(look, product).font(font::BOLD)]
        .push(place)
        .width(Fill);
    let content = row![logo(look.px(72.0)), names, right.into()]
        .spacing(look.px(22.0))
        .align_y(Center);
    container(content)
        .padding([0.0, look.px(56.0)])
        .center_y(look.px(128.0))
        .width(Fill)
        .into()
}
