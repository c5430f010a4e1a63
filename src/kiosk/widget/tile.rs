//! Tiles and cards: paper on the window, a tile with a hard edge below because it is touched.

use iced::widget::container::Style;
use iced::widget::{Container, column, container, row};
use iced::{Background, Border, Center, Color, Element, Fill, Theme};

use super::button::{Paint, touchable};
use super::icon::icon;
use super::text;
use crate::kiosk::theme::Look;

const EDGE: f32 = 5.0;

/// An icon in a box and a label; as high as there is room. On a tall panel the label stands below the icon.
pub fn tile<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: &str,
    on_press: Message,
) -> Element<'a, Message> {
    raised(
        look,
        face(look, icon_box(look, name, side(look)), label),
        Fill,
        on_press,
    )
}

/// A tile that is the present choice: a tick in its box, and spruce.
pub fn tile_on<'a, Message: Clone + 'a>(look: &Look, label: &str, on_press: Message) -> Element<'a, Message> {
    let tick = boxed(look, "check", side(look), look.colour.done_tint, look.colour.done);
    raised_in(look, face(look, tick, label), Fill, on_press, chosen(look))
}

/// How wide the box of a tile is, in steps.
fn side(look: &Look) -> f32 {
    if look.is_landscape() { 116.0 } else { 104.0 }
}

fn face<'a, Message: 'a>(look: &Look, icon: Element<'a, Message>, label: &str) -> Element<'a, Message> {
    let label = text::action(look, text::bound(label));
    if look.is_landscape() {
        let face = row![icon, label.width(Fill)];
        let face = face.spacing(look.px(28.0)).align_y(Center);
        container(face).center_y(Fill).into()
    } else {
        column![icon, label]
            .spacing(look.px(20.0))
            .padding([look.px(28.0), look.px(8.0)])
            .width(Fill)
            .into()
    }
}

/// A wide row: a label, a line of facts below, an arrow at the end; an icon before it if there is one.
pub fn wide<'a, Message: Clone + 'a>(
    look: &Look,
    name: Option<&str>,
    label: &str,
    facts: impl Into<Element<'a, Message>>,
    on_press: Message,
) -> Element<'a, Message> {
    let words = column![text::action(look, text::bound(label)), facts.into()]
        .spacing(look.px(14.0))
        .width(Fill);
    let content = row![]
        .push(name.map(|name| icon_box(look, name, 104.0)))
        .push(words)
        .push(icon("chevron_right", look.px(56.0), look.colour.words))
        .spacing(look.px(20.0))
        .padding([look.px(24.0), look.px(8.0)])
        .align_y(Center);
    raised(look, content, iced::Shrink, on_press)
}

/// A low row that leads on: an icon, a label, an arrow at the end. On the window's own ground, so that tiles go first.
pub fn lead<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let drawn = |name| icon(name, look.px(56.0), look.colour.words);
    let content = row![
        drawn(name),
        text::action(look, label).width(Fill),
        drawn("chevron_right")
    ]
    .spacing(look.px(28.0))
    .align_y(Center);
    let paint = Paint {
        ground: look.colour.window,
        ..paper(look)
    };
    touchable(container(content).center_y(Fill), look, paint, 32.0)
        .padding([0.0, look.px(36.0)])
        .width(Fill)
        .height(look.px(124.0))
        .on_press(on_press)
        .into()
}

/// A row with a box to tick, `on` when it is ticked.
pub fn tick<'a, Message: Clone + 'a>(
    look: &Look,
    on: bool,
    content: impl Into<Element<'a, Message>>,
    on_press: Message,
) -> Element<'a, Message> {
    let paint = if on { chosen(look) } else { paper(look) };
    let (side, rim) = (look.px(64.0), look.px(5.0));
    let (ground, line) = if on {
        (look.colour.done, look.colour.done)
    } else {
        (look.colour.card, look.colour.control)
    };
    let mark = on.then(|| icon("check", look.px(48.0), look.colour.done_tint));
    let tick = container(row![].push(mark))
        .center(side)
        .style(move |_: &Theme| Style {
            background: Some(Background::Color(ground)),
            border: Border::default().rounded(side / 4.0).color(line).width(rim),
            ..Style::default()
        });
    let content = row![content.into(), tick]
        .spacing(look.px(28.0))
        .padding([look.px(20.0), 0.0])
        .align_y(Center);
    touchable(content, look, paint, 28.0)
        .padding([0.0, look.px(24.0)])
        .width(Fill)
        .on_press(on_press)
        .into()
}

/// Something touched, on paper, with the hard edge.
pub fn raised<'a, Message: Clone + 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
    height: impl Into<iced::Length>,
    on_press: Message,
) -> Element<'a, Message> {
    raised_in(look, content, height, on_press, paper(look))
}

fn paper(look: &Look) -> Paint {
    Paint {
        ground: look.colour.card,
        pressed: look.colour.shade,
        rim: look.colour.control,
        words: look.colour.words,
    }
}

/// What is chosen, or done.
fn chosen(look: &Look) -> Paint {
    Paint {
        ground: look.colour.done_tint,
        pressed: look.colour.shade,
        rim: look.colour.done,
        words: look.colour.words,
    }
}

fn raised_in<'a, Message: Clone + 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
    height: impl Into<iced::Length>,
    on_press: Message,
    paint: Paint,
) -> Element<'a, Message> {
    let face = touchable(content, look, paint, 32.0)
        .padding([0.0, look.px(28.0)])
        .width(Fill)
        .height(height)
        .on_press(on_press);
    let bottom = iced::Padding::ZERO.bottom(look.px(EDGE));
    container(face)
        .padding(bottom)
        .width(Fill)
        .style(filled(look.colour.edge, look.px(32.0)))
        .into()
}

/// Paper, for reading.
pub fn card<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    container(content)
        .padding(look.px(36.0))
        .width(Fill)
        .style(sheet(look, look.colour.card, 36.0))
}

/// An icon in a square of fog, `side` steps wide.
pub fn icon_box<'a, Message: 'a>(look: &Look, name: &str, side: f32) -> Element<'a, Message> {
    boxed(look, name, side, look.colour.mark, look.colour.window)
}

fn boxed<'a, Message: 'a>(
    look: &Look,
    name: &str,
    side: f32,
    ink: Color,
    ground: Color,
) -> Element<'a, Message> {
    container(icon(name, look.px(side * 0.56), ink))
        .center(look.px(side))
        .style(filled(ground, look.px(24.0)))
        .into()
}

/// One colour with round corners of that many steps, and a line around it where colours alone do not part things.
pub fn sheet(look: &Look, ground: Color, radius: f32) -> impl Fn(&Theme) -> Style + use<> {
    let border = Border::default().rounded(look.px(radius));
    let border = match look.colour.line {
        Some(line) => border.color(line).width(look.rim()),
        None => border,
    };
    move |_| Style {
        background: Some(Background::Color(ground)),
        border,
        ..Style::default()
    }
}

/// One colour with round corners, in logical pixels.
pub fn filled(ground: Color, radius: f32) -> impl Fn(&Theme) -> Style {
    move |_| Style {
        background: Some(Background::Color(ground)),
        border: Border::default().rounded(radius),
        ..Style::default()
    }
}
