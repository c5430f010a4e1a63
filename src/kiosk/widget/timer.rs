//! Seconds that run out: an arc that shortens around their number and unit.

use iced::widget::{Stack, column, container, svg};
use iced::{Center, Color, Element, Fill};

use super::text;
use crate::kiosk::theme::Look;

/// How wide it is, in steps.
const SIDE: f32 = 520.0;

pub fn timer<'a, Message: 'a>(look: &Look, left: u16, whole: u16, unit: String) -> Element<'a, Message> {
    let share = f32::from(left) / f32::from(whole.max(1));
    let ring = svg(svg::Handle::from_memory(
        drawing(share, look.colour.words, look.colour.shade).into_bytes(),
    ))
    .width(look.px(SIDE))
    .height(look.px(SIDE));
    let number = text::hero(look, left.to_string()).size(look.px(240.0));
    let words = column![number, text::action(look, unit)].align_x(Center);
    let words = container(words).center(Fill);
    Stack::new()
        .push(ring)
        .push(words)
        .width(look.px(SIDE))
        .height(look.px(SIDE))
        .into()
}

/// The arc begins at the top and is used up clockwise.
fn drawing(share: f32, ink: Color, rest: Color) -> String {
    const RADIUS: f32 = 46.0;
    let around = RADIUS * std::f32::consts::TAU;
    let left = around * share;
    let circle = |colour: Color, dashes: &str| {
        let [r, g, b, _] = colour.into_rgba8();
        format!(
            "<circle cx='50' cy='50' r='{RADIUS}' fill='none' stroke='#{r:02x}{g:02x}{b:02x}' stroke-width='7' {dashes}/>"
        )
    };
    let arc = format!(
        "stroke-linecap='round' stroke-dasharray='{left} {around}' transform='matrix(-1 0 0 1 100 0) rotate(-90 50 50)'"
    );
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>{}{}</svg>",
        circle(rest, ""),
        circle(ink, &arc)
    )
}
