//! What is touched. One primary action a screen.

use iced::widget::button::{Status, Style};
use iced::widget::{Button, button, column, container, row, space};
use iced::{Background, Border, Center, Color, Element, Fill, Length, Padding, Shadow, Theme};

use super::control::{Control, Place};
use super::icon::{icon, logo};
use super::text;
use crate::kiosk::theme::Look;
use crate::kiosk::theme::font;

/// Calling the interpreter: the mark, a label, a line, an arrow. In the counter; on paper it needs an ink border.
pub fn primary<'a, Message: Clone + 'a>(
    look: &Look,
    label: impl Into<String>,
    line: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let words = column![
        text::action(look, label).color(look.colour.on_sun),
        text::label(look, line).color(look.colour.on_sun)
    ]
    .spacing(look.px(4.0))
    .width(Fill);
    // The narrow counter of a landscape panel has no room for the arrow, whose sense the label already has.
    let arrow = (!look.is_landscape()).then(|| icon("arrow_forward", look.px(56.0), look.colour.on_sun));
    let content = row![logo(look.px(96.0)), words]
        .push(arrow)
        .spacing(look.px(28.0))
        .align_y(Center);
    sun(look, content, on_press)
}

/// Calling where another action is the primary one: the mark and a rim of sun, `height` logical pixels high.
pub fn call<'a, Message: Clone + 'a>(
    look: &Look,
    label: impl Into<String>,
    height: f32,
    on_press: Message,
) -> Element<'a, Message> {
    let words = text::label(look, label)
        .font(font::SEMIBOLD)
        .color(look.colour.on_counter);
    let content = row![logo(look.px(72.0)), words.width(Fill)]
        .spacing(look.px(20.0))
        .align_y(Center);
    let paint = Paint {
        ground: look.colour.tool,
        pressed: look.colour.tool_pressed,
        rim: look.colour.sun,
        words: look.colour.on_counter,
    };
    touchable(container(content).center_y(Fill), look, paint, 32.0)
        .padding([0.0, look.px(20.0)])
        .width(Fill)
        .height(height)
        .on_press(on_press)
        .into()
}

/// The primary action of a screen that does not call: sun, icon, label, a line below it if there is one.
pub fn onward<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    line: Option<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let on_sun = look.colour.on_sun;
    let words = column![text::action(look, label).color(on_sun)]
        .push(line.map(|line| text::label(look, line).color(on_sun)))
        .spacing(look.px(4.0))
        .width(Fill);
    let content = row![icon(name, look.px(96.0), look.colour.on_sun), words]
        .spacing(look.px(28.0))
        .align_y(Center);
    sun(look, content, on_press)
}

/// Takes the room of a primary action that cannot be done yet.
pub fn no_onward<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    let (least, above) = sun_room(look);
    space().height(look.px(least + 2.0 * above)).into()
}

/// The ground of the one primary action.
fn sun<'a, Message: Clone + 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
    on_press: Message,
) -> Element<'a, Message> {
    let (least, above) = sun_room(look);
    // It must have some width by right: what has none is left out of the row.
    let strut = space().height(look.px(least));
    let content = row![strut, content.into()].align_y(Center);
    touchable(content, look, Paint::sun(look), 36.0)
        .padding([look.px(above), look.px(36.0)])
        .width(Fill)
        .on_press(on_press)
        .into()
}

/// How high a primary action is at least, and what is above and below it, in steps. The narrow counter of a landscape
/// panel breaks lines: there the button grows with its words.
fn sun_room(look: &Look) -> (f32, f32) {
    if look.is_landscape() {
        (108.0, 28.0)
    } else {
        (152.0, 0.0)
    }
}

/// In the counter: an icon above its word. Without a message it is off: no fill, thin rim.
pub fn tool<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let words = if on_press.is_some() {
        look.colour.on_counter
    } else {
        look.colour.second_on_counter
    };
    tool_in(
        look,
        name,
        label,
        on_press,
        Paint {
            ground: look.colour.tool,
            pressed: look.colour.tool_pressed,
            rim: look.colour.rim,
            words,
        },
    )
}

/// A tool that is on: white.
pub fn tool_on<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let paint = Paint {
        ground: look.colour.on_counter,
        pressed: look.colour.second_on_counter,
        rim: look.colour.on_counter,
        words: look.colour.counter,
    };
    tool_in(look, name, label, on_press, paint)
}

/// A tool that is the one next step: sun.
pub fn tool_onward<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    tool_in(look, name, label, Some(on_press), Paint::sun(look))
}

/// A tool that ends a call: clay.
pub fn tool_end<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let paint = Paint {
        ground: look.colour.end,
        pressed: look.colour.end_pressed,
        rim: look.colour.end_rim,
        words: look.colour.on_end,
    };
    tool_in(look, name, label, Some(on_press), paint)
}

fn tool_in<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
    paint: Paint,
) -> Element<'a, Message> {
    let tool = tool_of(look, name, label, on_press, paint);
    tool.height(tool_height(look)).into()
}

fn tool_of<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on_press: Option<Message>,
    paint: Paint,
) -> Touchable<'a, Message> {
    let content = column![
        icon(name, look.px(50.0), paint.words),
        text::label(look, label).color(paint.words).align_x(Center)
    ]
    .spacing(look.px(4.0))
    .align_x(Center);
    touchable(container(content).center(Fill), look, paint, 28.0)
        .padding(look.px(8.0))
        .width(Fill)
        .on_press_maybe(on_press)
}

/// In the window: an icon above its word; paper and ink change places when it is on.
pub fn window_tool<'a, Message: Clone + 'a>(
    look: &Look,
    name: &str,
    label: impl Into<String>,
    on: bool,
    height: impl Into<Length>,
    on_press: Message,
) -> Element<'a, Message> {
    let paint = if on {
        Paint {
            ground: look.colour.words,
            pressed: look.colour.second,
            rim: look.colour.words,
            words: look.colour.card,
        }
    } else {
        Paint {
            ground: look.colour.card,
            pressed: look.colour.shade,
            rim: look.colour.control,
            words: look.colour.words,
        }
    };
    tool_of(look, name, label, Some(on_press), paint)
        .height(height)
        .into()
}

/// In the window: a word, with an icon before it if there is one.
pub fn plain<'a, Message: Clone + 'a>(
    look: &Look,
    name: Option<&str>,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let drawing = name.map(|name| icon(name, look.px(50.0), look.colour.words));
    let content = row![]
        .push(drawing)
        .push(text::action(look, label))
        .spacing(look.px(20.0))
        .align_y(Center);
    let paint = Paint {
        ground: look.colour.card,
        pressed: look.colour.shade,
        rim: look.colour.control,
        words: look.colour.words,
    };
    touchable(container(content).center_y(Fill), look, paint, 32.0)
        .padding([0.0, look.px(36.0)])
        .height(look.px(124.0))
        .on_press(on_press)
        .into()
}

/// Takes the room of a tool that a screen does not have, so that the others keep their places.
pub fn no_tool<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    space().width(Fill).height(tool_height(look)).into()
}

/// Tools of a landscape panel are narrow, so that a label may take two lines.
pub fn tool_height(look: &Look) -> f32 {
    look.px(if look.is_landscape() { 160.0 } else { 124.0 })
}

/// The colours of a control at rest and under a finger.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    pub ground: Color,
    pub pressed: Color,
    pub rim: Color,
    pub words: Color,
}

impl Paint {
    /// Of the one primary action.
    fn sun(look: &Look) -> Self {
        Self {
            ground: look.colour.sun,
            pressed: look.colour.sun_pressed,
            rim: look.colour.sun,
            words: look.colour.on_sun,
        }
    }
}

/// Something that is touched: rim, radius (in steps) and colours. Without a message it is off.
pub fn touchable<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    look: &Look,
    paint: Paint,
    radius: f32,
) -> Touchable<'a, Message> {
    let (rim, radius) = (look.rim(), look.px(radius));
    let button = button(content).style(move |_: &Theme, status| Style {
        background: match status {
            Status::Disabled => None,
            Status::Pressed => Some(Background::Color(paint.pressed)),
            Status::Active | Status::Hovered => Some(Background::Color(paint.ground)),
        },
        text_color: paint.words,
        border: Border {
            color: paint.rim,
            width: rim,
            radius: radius.into(),
        },
        shadow: Shadow::default(),
        snap: true,
    });
    Touchable {
        button,
        look: *look,
        place: Place {
            radius,
            reach: Padding::ZERO,
            repeats: false,
        },
        on: false,
    }
}

/// A button that becomes a [`Control`]; built like iced's own.
pub struct Touchable<'a, Message> {
    button: Button<'a, Message>,
    look: Look,
    place: Place,
    on: bool,
}

impl<'a, Message: Clone + 'a> Touchable<'a, Message> {
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.button = self.button.padding(padding);
        self
    }

    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.button = self.button.width(width);
        self
    }

    #[must_use]
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.button = self.button.height(height);
        self
    }

    #[must_use]
    pub fn on_press(self, message: Message) -> Self {
        self.on_press_maybe(Some(message))
    }

    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.on = message.is_some();
        self.button = self.button.on_press_maybe(message);
        self
    }

    /// Touched twice it means two, like a key.
    #[must_use]
    pub fn repeats(mut self) -> Self {
        self.place.repeats = true;
        self
    }
}

impl<'a, Message: Clone + 'a> From<Touchable<'a, Message>> for Element<'a, Message> {
    fn from(touchable: Touchable<'a, Message>) -> Self {
        let place = touchable.on.then_some(touchable.place);
        Control::new(&touchable.look, touchable.button, place).into()
    }
}
