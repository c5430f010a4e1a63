//! Tiles and cards: paper on the window, a tile with a hard edge below because it is touched.

use iced::widget::container::Style;
use iced::widget::{Container, column, container, row};
use iced::{Background, Border, Center, Color, Element, Fill, Theme};

use super::button::{Look, touchable};
use super::icon::icon;
use super::text;
use crate::kiosk::theme::colour;
use crate::kiosk::theme::panel::Panel;

const EDGE: f32 = 5.0;

/// An icon in a box and a label; as high as there is room. On a tall panel the label stands below the icon.
pub fn tile<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: &str,
    label: &str,
    on_press: Message,
) -> Element<'a, Message> {
    raised(
        panel,
        face(panel, icon_box(panel, name, side(panel)), label),
        Fill,
        on_press,
    )
}

/// A tile that is the present choice: a tick in its box, and spruce.
pub fn tile_on<'a, Message: Clone + 'a>(
    panel: &Panel,
    label: &str,
    on_press: Message,
) -> Element<'a, Message> {
    let look = Look {
        ground: colour::SPRUCE_TINT,
        pressed: colour::KEY,
        rim: colour::SPRUCE,
        words: colour::INK,
    };
    let tick = boxed(panel, "check", side(panel), colour::WHITE, colour::SPRUCE);
    raised_in(panel, face(panel, tick, label), Fill, on_press, look)
}

/// How wide the box of a tile is, in steps.
fn side(panel: &Panel) -> f32 {
    if panel.is_landscape() { 116.0 } else { 132.0 }
}

fn face<'a, Message: 'a>(panel: &Panel, icon: Element<'a, Message>, label: &str) -> Element<'a, Message> {
    let label = text::action(panel, text::bound(label));
    if panel.is_landscape() {
        let face = row![icon, label.width(Fill)];
        let face = face.spacing(panel.px(28.0)).align_y(Center);
        container(face).center_y(Fill).into()
    } else {
        column![icon, label]
            .spacing(panel.px(28.0))
            .padding([panel.px(36.0), panel.px(8.0)])
            .width(Fill)
            .into()
    }
}

/// A wide row: a label, a line of facts below, an arrow at the end.
pub fn wide<'a, Message: Clone + 'a>(
    panel: &Panel,
    label: &str,
    facts: impl Into<Element<'a, Message>>,
    on_press: Message,
) -> Element<'a, Message> {
    let words = column![text::action(panel, text::bound(label)), facts.into()]
        .spacing(panel.px(14.0))
        .width(Fill);
    let content = row![words, icon("chevron_right", panel.px(56.0), colour::INK)]
        .spacing(panel.px(20.0))
        .padding([panel.px(24.0), panel.px(8.0)])
        .align_y(Center);
    raised(panel, content, iced::Shrink, on_press)
}

/// Something touched, on paper, with the hard edge.
pub fn raised<'a, Message: Clone + 'a>(
    panel: &Panel,
    content: impl Into<Element<'a, Message>>,
    height: impl Into<iced::Length>,
    on_press: Message,
) -> Element<'a, Message> {
    let look = Look {
        ground: colour::PAPER,
        pressed: colour::KEY,
        rim: colour::CONTROL,
        words: colour::INK,
    };
    raised_in(panel, content, height, on_press, look)
}

fn raised_in<'a, Message: Clone + 'a>(
    panel: &Panel,
    content: impl Into<Element<'a, Message>>,
    height: impl Into<iced::Length>,
    on_press: Message,
    look: Look,
) -> Element<'a, Message> {
    let face = touchable(content, panel, look, 32.0)
        .padding([0.0, panel.px(28.0)])
        .width(Fill)
        .height(height)
        .on_press(on_press);
    let bottom = iced::Padding::ZERO.bottom(panel.px(EDGE));
    container(face)
        .padding(bottom)
        .width(Fill)
        .style(filled(colour::EDGE, panel.px(32.0)))
        .into()
}

/// Paper, for reading.
pub fn card<'a, Message: 'a>(
    panel: &Panel,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    container(content)
        .padding(panel.px(36.0))
        .width(Fill)
        .style(filled(colour::PAPER, panel.px(36.0)))
}

/// An icon in a square of fog, `side` steps wide.
pub fn icon_box<'a, Message: 'a>(panel: &Panel, name: &str, side: f32) -> Element<'a, Message> {
    boxed(panel, name, side, colour::INK, colour::FOG)
}

fn boxed<'a, Message: 'a>(
    panel: &Panel,
    name: &str,
    side: f32,
    ink: Color,
    ground: Color,
) -> Element<'a, Message> {
    container(icon(name, panel.px(side * 0.56), ink))
        .center(panel.px(side))
        .style(filled(ground, panel.px(24.0)))
        .into()
}

/// One colour with round corners, in logical pixels.
pub fn filled(ground: Color, radius: f32) -> impl Fn(&Theme) -> Style {
    move |_| Style {
        background: Some(Background::Color(ground)),
        border: Border::default().rounded(radius),
        ..Style::default()
    }
}
