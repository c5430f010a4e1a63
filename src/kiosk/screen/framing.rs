//! Before the call: the visitor sees themselves as the interpreter will. It advises and never blocks.

use iced::widget::canvas::{self, Canvas, Frame, LineCap, Path, Stroke};
use iced::widget::{Column, Row, column, container, row, space, stack};
use iced::{Center, Color, Element, Fill, Point, Rectangle, Renderer, Theme, mouse};

use super::Context;
use crate::kiosk::driver::Camera;
use crate::kiosk::theme::colour;
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
        let (panel, words) = (&context.panel, &context.words);
        let header = context.header_with(chip(
            panel,
            Tone::Plain,
            "videocam_off",
            fl!(words, "framing-private"),
        ));
        let heads = column![
            text::title(panel, fl!(words, "framing-title")),
            text::body(panel, fl!(words, "framing-line")).color(colour::MUTED),
        ]
        .spacing(panel.px(10.0));
        let (window, story) = if panel.is_landscape() {
            let story = column![advice(context), who(context)].spacing(panel.px(36.0));
            (column![heads, own_picture(context)], Some(story.into()))
        } else {
            let picture = container(own_picture(context)).height(panel.px(726.0));
            let room = || space().height(Fill);
            let window = column![heads, picture, room(), advice(context), room(), who(context)];
            (window, None)
        };
        let call = button::primary(
            panel,
            fl!(words, "framing-call"),
            fl!(words, "framing-call-line"),
            Message::Call,
        );
        let back = button::tool(panel, "arrow_back", fl!(words, "back"), Some(Message::Back));
        let tools = counter(panel, story, Some(call), vec![back, button::no_tool(panel)]);
        frame(panel, header, window.spacing(panel.px(28.0)), tools)
    }
}

fn own_picture<'a>(context: &Context) -> Element<'a, Message> {
    let living = picture::own(&context.pictures, colour::SLATE, context.scale);
    match context.camera {
        Camera::Off => {
            let opening =
                text::body(&context.panel, fl!(context.words, "framing-opening")).color(colour::WHITE);
            container(opening)
                .center(Fill)
                .style(tile::filled(colour::SLATE, 0.0))
                .into()
        }
        Camera::Device => {
            let outline = Canvas::new(Outline {
                width: context.panel.px(6.0),
            });
            stack![living.under(), outline.width(Fill).height(Fill)].into()
        }
        Camera::File | Camera::Generated => living.into(),
    }
}

/// What to look at; or, without a camera, what is shown instead.
fn advice<'a>(context: &Context) -> Element<'a, Message> {
    let (panel, words) = (&context.panel, &context.words);
    let instead = |title, line| banner(panel, Tone::Warning, "videocam_off", title, line);
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
            if panel.is_landscape() {
                Column::with_children(checks).spacing(panel.px(16.0)).into()
            } else {
                Row::with_children(checks).spacing(panel.px(16.0)).into()
            }
        }
    }
}

fn check<'a>(context: &Context, name: &str, label: String) -> Element<'a, Message> {
    let panel = &context.panel;
    if panel.is_landscape() {
        let drawing = icon::icon(name, panel.px(56.0), colour::WHITE);
        let label = text::body(panel, label).color(colour::WHITE).width(Fill);
        row![drawing, label]
            .spacing(panel.px(28.0))
            .align_y(Center)
            .into()
    } else {
        let drawing = icon::icon(name, panel.px(56.0), colour::INK);
        let label = text::small(panel, label);
        let stacked = column![drawing, label.align_x(Center)]
            .spacing(panel.px(10.0))
            .align_x(Center);
        tile::card(panel, stacked)
            .padding(panel.px(20.0))
            .center_x(Fill)
            .center_y(panel.px(212.0))
            .into()
    }
}

/// Who sees and hears.
fn who<'a>(context: &Context) -> Element<'a, Message> {
    let panel = &context.panel;
    let line = row![
        icon::icon("lock", panel.px(50.0), colour::SPRUCE),
        text::body(panel, fl!(context.words, "framing-who"))
            .color(colour::SPRUCE)
            .width(Fill),
    ]
    .spacing(panel.px(20.0))
    .align_y(Center);
    container(line)
        .padding([panel.px(20.0), panel.px(28.0)])
        .style(tile::filled(colour::SPRUCE_TINT, panel.px(28.0)))
        .into()
}

/// Head and shoulders as they should stand in the picture: open at the waist, so that nobody takes it for a measure.
struct Outline {
    /// Of the line, in logical pixels.
    width: f32,
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
        for (width, colour) in [(self.width * 2.0, colour::INK), (self.width, Color::WHITE)] {
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
