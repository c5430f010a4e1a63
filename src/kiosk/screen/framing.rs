//! Before the call: the visitor sees themselves as the interpreter will. It advises and never blocks.

use iced::widget::canvas::{self, Canvas, Frame, LineCap, Path, Stroke};
use iced::widget::{Column, Row, column, container, row, space, stack};
use iced::{Center, Color, Element, Fill, Point, Rectangle, Renderer, Theme, mouse};

use super::Context;
use crate::kiosk::driver::Camera;
use crate::kiosk::theme::Letters;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::{Tone, chip};
use crate::kiosk::widget::layout::{counter, frame};
use crate::kiosk::widget::{button, icon, picture, text, tile};
use crate::locale::fl;
use crate::protocol::Topic;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Call,
    Back,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Call(Topic),
    Back,
}

/// What the call is to be about.
#[derive(Debug)]
pub struct Framing(Topic);

impl Framing {
    pub fn new(topic: Topic) -> Self {
        Self(topic)
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Call => Action::Call(self.0.clone()),
            Message::Back => Action::Back,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let header = context.header_with(chip(
            look,
            Tone::Plain,
            "videocam_off",
            fl!(words, "framing-private"),
        ));
        let heads = column![
            text::title(look, fl!(words, "framing-title")),
            text::body(look, fl!(words, "framing-line")).color(look.colour.second),
        ]
        .spacing(look.px(10.0));
        let (window, story) = if look.is_landscape() {
            let story = column![advice(context), who(context)].spacing(look.px(36.0));
            (column![heads, own_picture(context)], Some(story.into()))
        } else {
            // Large letters need the room of a few lines more.
            let height = match look.letters {
                Letters::Usual => 726.0,
                Letters::Large => 650.0,
            };
            let picture = container(own_picture(context)).height(look.px(height));
            let room = || space().height(Fill);
            let window = column![heads, picture, room(), advice(context), room(), who(context)];
            (window, None)
        };
        let call = button::primary(
            look,
            fl!(words, "framing-call"),
            fl!(words, "framing-call-line"),
            Message::Call,
        );
        let back = button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back));
        let tools = counter(look, story, Some(call), vec![back, button::no_tool(look)]);
        frame(look, header, window.spacing(look.px(28.0)), tools)
    }
}

fn own_picture<'a>(context: &Context) -> Element<'a, Message> {
    let look = &context.look;
    let living = picture::own(&context.pictures, look.colour.stage, context.scale);
    match context.camera {
        Camera::Off => {
            let opening =
                text::body(look, fl!(context.words, "framing-opening")).color(look.colour.on_counter);
            container(opening)
                .center(Fill)
                .style(tile::filled(look.colour.stage, 0.0))
                .into()
        }
        Camera::Device => {
            let outline = Canvas::new(Outline {
                width: look.px(6.0),
                dark: look.colour.counter,
                light: look.colour.on_counter,
            });
            stack![living.under(), outline.width(Fill).height(Fill)].into()
        }
        Camera::File | Camera::Generated => living.into(),
    }
}

/// What to look at; or, without a camera, what is shown instead.
fn advice<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.aside(), &context.words);
    let instead = |title, line| banner(look, Tone::Warning, "videocam_off", title, line);
    match context.camera {
        Camera::Generated => instead(fl!(words, "framing-drawing"), fl!(words, "framing-drawing-line")),
        Camera::File => instead(fl!(words, "framing-file"), fl!(words, "framing-file-line")),
        Camera::Off | Camera::Device => {
            let checks = [
                ("person", fl!(words, "framing-head")),
                ("sign_language", fl!(words, "framing-hands")),
                ("light_mode", fl!(words, "framing-light")),
            ];
            let checks = checks.map(|(name, label)| check(context, name, label));
            if look.is_landscape() {
                Column::with_children(checks).spacing(look.px(16.0)).into()
            } else {
                Row::with_children(checks).spacing(look.px(16.0)).into()
            }
        }
    }
}

fn check<'a>(context: &Context, name: &str, label: String) -> Element<'a, Message> {
    let look = &context.look;
    if look.is_landscape() {
        let drawing = icon::icon(name, look.px(56.0), look.colour.on_counter);
        let label = text::body(&look.measured(), label)
            .color(look.colour.on_counter)
            .width(Fill);
        row![drawing, label].spacing(look.px(28.0)).align_y(Center).into()
    } else {
        let drawing = icon::icon(name, look.px(56.0), look.colour.words);
        let label = text::small(look, label);
        let stacked = column![drawing, label.align_x(Center)]
            .spacing(look.px(10.0))
            .align_x(Center);
        tile::card(look, stacked)
            .padding(look.px(20.0))
            .center_x(Fill)
            .center_y(look.px(212.0))
            .into()
    }
}

/// Who sees and hears.
fn who<'a>(context: &Context) -> Element<'a, Message> {
    let look = &context.aside();
    let line = row![
        icon::icon("lock", look.px(50.0), look.colour.done),
        text::body(look, fl!(context.words, "framing-who"))
            .color(look.colour.done)
            .width(Fill),
    ]
    .spacing(look.px(20.0))
    .align_y(Center);
    container(line)
        .padding([look.px(20.0), look.px(28.0)])
        .style(tile::sheet(look, look.colour.done_tint, 28.0))
        .into()
}

/// Head and shoulders as they should stand in the picture: open at the waist, so that nobody takes it for a measure.
struct Outline {
    /// Of the line, in logical pixels.
    width: f32,
    dark: Color,
    light: Color,
}

impl canvas::Program<Message> for Outline {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let line = outline(bounds.width, bounds.height);
        for (width, colour) in [(self.width * 2.0, self.dark), (self.width, self.light)] {
            let stroke = Stroke::default()
                .with_width(width)
                .with_color(colour)
                .with_line_cap(LineCap::Round);
            frame.stroke(&line, stroke);
        }
        vec![frame.into_geometry()]
    }
}

fn outline(width: f32, height: f32) -> Path {
    // A picture of 4:3 in the middle of the bounds; a person from head to waist is about its height.
    let h = height.min(width * 0.75);
    let top = (height - h) / 2.0;
    let at = |x: f32, y: f32| Point::new(width / 2.0 + x * h, top + y * h);
    Path::new(|path| {
        path.ellipse(canvas::path::arc::Elliptical {
            center: at(0.0, 0.26),
            radii: iced::Vector::new(0.12 * h, 0.155 * h),
            rotation: iced::Radians(0.0),
            start_angle: iced::Radians(0.0),
            end_angle: iced::Radians(std::f32::consts::TAU),
        });
        path.move_to(at(-0.36, 0.97));
        path.bezier_curve_to(at(-0.36, 0.62), at(-0.30, 0.53), at(-0.10, 0.49));
        path.move_to(at(0.10, 0.49));
        path.bezier_curve_to(at(0.30, 0.53), at(0.36, 0.62), at(0.36, 0.97));
    })
}
