//! What is touched. One primary action a screen.

use iced::widget::button::{Status, Style};
use iced::widget::{Button, button, column, container, row, space};
use iced::{Background, Border, Center, Color, Element, Fill, Shadow, Theme};

use super::icon::{icon, logo};
use super::text;
use crate::kiosk::theme::colour;
use crate::kiosk::theme::panel::Panel;

/// Calling the interpreter: the mark, a label, a line, an arrow. In the counter; on paper it needs an ink border.
pub fn primary<'a, Message: Clone + 'a>(
    panel: &Panel,
    label: impl Into<String>,
    line: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let words = column![text::action(panel, label), text::small(panel, line)]
        .spacing(panel.px(4.0))
        .width(Fill);
    // The narrow counter of a landscape panel has no room for the arrow, whose sense the label already has.
    let arrow = (!panel.is_landscape()).then(|| icon("arrow_forward", panel.px(56.0), colour::INK));
    let content = row![logo(panel.px(96.0)), words]
        .push(arrow)
        .spacing(panel.px(28.0))
        .align_y(Center);
    sun(panel, content, on_press)
}

/// The primary action of a screen that does not call: sun, icon, label, a line below it if there is one.
pub fn onward<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: &str,
    label: impl Into<String>,
    line: Option<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let words = column![text::action(panel, label)]
        .push(line.map(|line| text::small(panel, line)))
        .spacing(panel.px(4.0))
        .width(Fill);
    let content = row![icon(name, panel.px(96.0), colour::INK), words]
        .spacing(panel.px(28.0))
        .align_y(Center);
    sun(panel, content, on_press)
}

/// The ground of the one primary action.
fn sun<'a, Message: Clone + 'a>(
    panel: &Panel,
    content: impl Into<Element<'a, Message>>,
    on_press: Message,
) -> Element<'a, Message> {
    let look = Look {
        ground: colour::SUN,
        pressed: colour::SUN_PRESSED,
        rim: colour::SUN,
        words: colour::INK,
    };
    let side = panel.px(36.0);
    let face = if panel.is_landscape() {
        // In the narrow counter words take more lines, in some languages than in others.
        let strut = space().height(panel.px(164.0));
        let content = row![strut, content.into()].align_y(Center);
        touchable(content, panel, look, 36.0).padding([panel.px(28.0), side])
    } else {
        touchable(container(content).center_y(Fill), panel, look, 36.0)
            .padding([0.0, side])
            .height(panel.px(152.0))
    };
    face.width(Fill).on_press(on_press).into()
}

/// In the counter: an icon above its word. Without a message it is off: no fill, thin rim.
pub fn tool<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let words = if on_press.is_some() {
        colour::WHITE
    } else {
        colour::MIST
    };
    tool_in(
        panel,
        name,
        label,
        on_press,
        Look {
            ground: colour::SLATE,
            pressed: colour::SLATE_PRESSED,
            rim: colour::RIM,
            words,
        },
    )
}

/// A tool that is on: white.
pub fn tool_on<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let look = Look {
        ground: colour::WHITE,
        pressed: colour::KEY,
        rim: colour::WHITE,
        words: colour::INK,
    };
    tool_in(panel, name, label, on_press, look)
}

/// A tool that ends a call: clay.
pub fn tool_end<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: &str,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let look = Look {
        ground: colour::CLAY,
        pressed: colour::INK,
        rim: colour::CLAY_RIM,
        words: colour::WHITE,
    };
    tool_in(panel, name, label, Some(on_press), look)
}

fn tool_in<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
    look: Look,
) -> Element<'a, Message> {
    let content = column![
        icon(name, panel.px(50.0), look.words),
        text::small(panel, label).color(look.words)
    ]
    .spacing(panel.px(4.0))
    .align_x(Center);
    touchable(container(content).center(Fill), panel, look, 28.0)
        .padding(panel.px(8.0))
        .width(Fill)
        .height(panel.px(124.0))
        .on_press_maybe(on_press)
        .into()
}

/// In the window: a word, with an icon before it if there is one.
pub fn plain<'a, Message: Clone + 'a>(
    panel: &Panel,
    name: Option<&str>,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let drawing = name.map(|name| icon(name, panel.px(50.0), colour::INK));
    let content = row![]
        .push(drawing)
        .push(text::action(panel, label))
        .spacing(panel.px(20.0))
        .align_y(Center);
    let look = Look {
        ground: colour::PAPER,
        pressed: colour::KEY,
        rim: colour::CONTROL,
        words: colour::INK,
    };
    touchable(container(content).center_y(Fill), panel, look, 32.0)
        .padding([0.0, panel.px(36.0)])
        .height(panel.px(124.0))
        .on_press(on_press)
        .into()
}

/// Takes the room of a tool that a screen does not have, so that the others keep their places.
pub fn no_tool<'a, Message: 'a>(panel: &Panel) -> Element<'a, Message> {
    space().width(Fill).height(panel.px(124.0)).into()
}

/// The colours of a control at rest and under a finger.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub ground: Color,
    pub pressed: Color,
    pub rim: Color,
    pub words: Color,
}

/// A button without size or message: rim, radius (in steps) and colours.
pub fn touchable<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    panel: &Panel,
    look: Look,
    radius: f32,
) -> Button<'a, Message> {
    let (rim, radius) = (panel.px(3.0).max(1.0), panel.px(radius));
    button(content).style(move |_: &Theme, status| Style {
        background: match status {
            Status::Disabled => None,
            Status::Pressed => Some(Background::Color(look.pressed)),
            Status::Active | Status::Hovered => Some(Background::Color(look.ground)),
        },
        text_color: look.words,
        border: Border {
            color: look.rim,
            width: rim,
            radius: radius.into(),
        },
        shadow: Shadow::default(),
        snap: true,
    })
}
