//! A paper that both look at: held into the camera, looked at, given to the interpreter, pointed at. The signer stays
//! in sight above it.

use iced::widget::canvas::{self, Canvas, Frame, Path, Stroke};
use iced::widget::image::Handle;
use iced::widget::{Row, column, container, image, row, stack};
use iced::{
    Center, Color, ContentFit, Element, Fill, Point, Rectangle, Renderer, Size, Theme, Vector, mouse,
};

use super::Message;
use crate::document::{EDGE, Place};
use crate::kiosk::desk::{Arrival, Paper};
use crate::kiosk::screen::Context;
use crate::kiosk::widget::guide::guide;
use crate::kiosk::widget::{button, icon, picture, text, tile};
use crate::locale::{Words, fl};

/// The paper as the screen has it.
#[derive(Debug)]
pub struct Desk {
    paper: Paper,
    /// The still, uploaded once.
    still: Option<(Handle, Size)>,
    /// The shot that was asked for last and not put away since. What is told of another one comes too late.
    shot: Option<u32>,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            paper: Paper::None,
            still: None,
            shot: None,
        }
    }

    /// Nothing lies here, so that a shot may be asked for.
    pub fn is_free(&self) -> bool {
        matches!(self.paper, Paper::None | Paper::NotTaken)
    }

    /// The camera is asked for the shot of that number.
    pub fn shoots(&mut self, number: u32) {
        self.shot = Some(number);
        self.lay(Paper::Taking);
    }

    /// What became of that shot. True when the interpreter has put away what both looked at.
    pub fn set(&mut self, number: u32, paper: Paper) -> bool {
        if self.shot != Some(number) {
            return false;
        }
        let put_away = paper == Paper::None && matches!(self.paper, Paper::Sent { .. });
        self.lay(paper);
        put_away
    }

    fn lay(&mut self, paper: Paper) {
        match &paper {
            Paper::Sent { .. } if self.still.is_some() => {}
            Paper::Taken(frame) | Paper::Sent { still: frame, .. } => {
                let handle = Handle::from_rgba(frame.width, frame.height, frame.rgba.clone());
                self.still = Some((handle, Size::new(frame.width as f32, frame.height as f32)));
            }
            Paper::None | Paper::Taking | Paper::NotTaken => self.still = None,
        }
        self.paper = paper;
    }

    /// The visitor puts it away.
    pub fn clear(&mut self) {
        self.shot = None;
        self.lay(Paper::None);
    }

    /// The paper and what is to be done with it; fills its room.
    pub fn view<'a>(&'a self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let sight = match &self.still {
            Some((handle, size)) => self.still(context, handle, *size),
            None => framing(context),
        };
        let sight = container(sight)
            .padding(look.px(12.0))
            .width(Fill)
            .height(Fill)
            .style(tile::filled(look.colour.counter, look.px(28.0)));
        column![sight, self.told(context)].spacing(look.px(16.0)).into()
    }

    fn still<'a>(&self, context: &Context, handle: &Handle, size: Size) -> Element<'a, Message> {
        let look = &context.look;
        let still = image(handle.clone())
            .content_fit(ContentFit::Contain)
            .width(Fill)
            .height(Fill);
        let Paper::Sent {
            place: Some(place), ..
        } = self.paper
        else {
            return still.into();
        };
        let mark = Canvas::new(Mark {
            place,
            size,
            step: look.px(1.0),
            dark: look.colour.counter,
            light: look.colour.sun,
        });
        stack![still, mark.width(Fill).height(Fill)].into()
    }

    fn told<'a>(&self, context: &Context) -> Element<'a, Message> {
        let look = &context.look.measured();
        let (name, title, line) = self.words(&context.words);
        let words = column![
            text::action(look, title).color(look.colour.on_counter),
            text::small(look, line).color(look.colour.second_on_counter),
        ]
        .spacing(look.px(4.0))
        .width(Fill);
        row![icon::icon(name, look.px(64.0), look.colour.sun), words]
            .spacing(look.px(20.0))
            .height(look.px(if look.is_landscape() { 148.0 } else { 112.0 }))
            .align_y(Center)
            .into()
    }

    fn words(&self, words: &Words) -> (&'static str, String, String) {
        match &self.paper {
            Paper::None => (
                "description",
                fl!(words, "paper-hold"),
                fl!(words, "paper-hold-line"),
            ),
            Paper::Taking => (
                "photo_camera",
                fl!(words, "paper-taking"),
                fl!(words, "paper-taking-line"),
            ),
            Paper::NotTaken => (
                "warning",
                fl!(words, "paper-not-taken"),
                fl!(words, "paper-not-taken-line"),
            ),
            Paper::Taken(_) => (
                "search",
                fl!(words, "paper-taken"),
                fl!(words, "paper-taken-line"),
            ),
            Paper::Sent { place: Some(_), .. } => (
                "touch_app",
                fl!(words, "paper-pointed"),
                fl!(words, "paper-pointed-line"),
            ),
            Paper::Sent { arrival, .. } => match arrival {
                Arrival::Underway => (
                    "hourglass_top",
                    fl!(words, "paper-underway"),
                    fl!(words, "paper-underway-line"),
                ),
                Arrival::Whole => ("check", fl!(words, "paper-whole"), fl!(words, "paper-whole-line")),
                Arrival::Damaged => (
                    "warning",
                    fl!(words, "paper-damaged"),
                    fl!(words, "paper-damaged-line"),
                ),
            },
        }
    }

    /// The way back at the left, the next step at the right.
    pub fn tools<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let tool = |name, label, message| button::tool(look, name, label, message);
        let onward = |name, label, message| button::tool_onward(look, name, label, message);
        let back = || tool("arrow_back", fl!(words, "back"), Some(Message::PutAway));
        let again = || tool("photo_camera", fl!(words, "paper-again"), Some(Message::Retake));
        let tools = match &self.paper {
            Paper::None | Paper::NotTaken => {
                let shoot = onward("photo_camera", fl!(words, "paper-shoot"), Message::Shoot);
                vec![back(), shoot]
            }
            Paper::Taking => vec![back(), tool("photo_camera", fl!(words, "paper-shoot"), None)],
            Paper::Taken(_) => {
                let give = onward("arrow_forward", fl!(words, "paper-give"), Message::Give);
                vec![again(), give]
            }
            Paper::Sent { .. } => {
                let done = onward("delete", fl!(words, "paper-done"), Message::PutAway);
                vec![again(), done]
            }
        };
        Row::with_children(tools).spacing(look.px(20.0)).into()
    }
}

/// Own picture, large, with the corners that a page should fill.
fn framing<'a>(context: &Context) -> Element<'a, Message> {
    let look = &context.look;
    let living = picture::own(&context.pictures, look.colour.counter, context.scale);
    stack![living.under(), guide(look, 8.0, corners)].into()
}

/// Where a picture of that shape lies in the middle of the bounds.
fn placed(size: Size, bounds: Size) -> Rectangle {
    let scale = (bounds.width / size.width).min(bounds.height / size.height);
    let (width, height) = (size.width * scale, size.height * scale);
    Rectangle {
        x: (bounds.width - width) / 2.0,
        y: (bounds.height - height) / 2.0,
        width,
        height,
    }
}

/// Four corners of a lying page; its sides are open, so that nobody takes them for an exact measure.
fn corners(bounds: Size) -> Path {
    // Most cameras have this shape.
    let sight = placed(Size::new(4.0, 3.0), bounds);
    let page = sight.shrink(sight.height * 0.07);
    let arm = sight.height * 0.14;
    Path::new(|path| {
        for (x, y, across, down) in [
            (page.x, page.y, 1.0, 1.0),
            (page.x + page.width, page.y, -1.0, 1.0),
            (page.x, page.y + page.height, 1.0, -1.0),
            (page.x + page.width, page.y + page.height, -1.0, -1.0),
        ] {
            path.move_to(Point::new(x + across * arm, y));
            path.line_to(Point::new(x, y));
            path.line_to(Point::new(x, y + down * arm));
        }
    })
}

/// The interpreter's finger: a ring around the place, a hand below it.
struct Mark {
    place: Place,
    /// Of the still, in its own pixels.
    size: Size,
    /// A step of the drawing board, in logical pixels.
    step: f32,
    dark: Color,
    light: Color,
}

impl canvas::Program<Message> for Mark {
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
        let at = point_of(self.place, self.size, bounds.size());
        let ring = Path::circle(at, 64.0 * self.step);
        for (width, colour) in [(22.0, self.dark), (12.0, self.light)] {
            let stroke = Stroke::default().with_width(width * self.step).with_color(colour);
            frame.stroke(&ring, stroke);
        }
        // The fingertip of the drawing is a little right of its middle, at its upper edge.
        for (side, colour) in [(178.0, self.dark), (144.0, self.light)] {
            let side = side * self.step;
            let centre = at + Vector::new(4.0, 136.0) * self.step;
            let corner = centre - Vector::new(side, side) * 0.5;
            let hand = icon::handle("pan_tool_alt-fill");
            let hand = iced::advanced::svg::Svg::new(hand).color(colour);
            frame.draw_svg(Rectangle::new(corner, Size::new(side, side)), hand);
        }
        vec![frame.into_geometry()]
    }
}

fn point_of(place: Place, size: Size, bounds: Size) -> Point {
    let still = placed(size, bounds);
    let part = |share: u16| f32::from(share) / f32::from(EDGE);
    Point::new(
        still.x + part(place.x) * still.width,
        still.y + part(place.y) * still.height,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_on_the_still_and_not_on_the_bars_beside_it() {
        let (still, bounds) = (Size::new(1600.0, 1200.0), Size::new(1000.0, 600.0));
        let at = |x, y| point_of(Place { x, y }, still, bounds);
        assert_eq!(at(0, 0), Point::new(100.0, 0.0));
        assert_eq!(at(EDGE, EDGE), Point::new(900.0, 600.0));
        assert_eq!(at(EDGE / 2, EDGE / 4), Point::new(500.0, 150.0));
    }
}
