//! A living picture: the newest frame of a slot, one frame pixel on one physical pixel, in the middle of the bounds.
//!
//! **Invariant:** nothing is scaled here, because a software renderer takes ten times as long for it. The widget says
//! where it lies ([`FrameSlot::place`]) and the pipeline makes frames of that size; a frame that was made for older
//! bounds is shown as it is, cut at the edges, until the next one comes. Where a surface of its own shows the picture,
//! the widget draws its ground alone.
//!
//! While the widget is in the tree its slot is wanted; when it leaves the tree nobody converts pictures any more.
//! The wish is said on a redraw, always after the tree was changed, so a picture that moves from one screen to the
//! next is not lost between them. One slot is shown by one widget at a time.

use iced::advanced::image::Renderer as _;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, image, mouse, renderer};
use iced::{Background, Color, Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, window};

use crate::media::frame::{Area, Frame, FrameSlot, Pictures, Place};

/// What the visitor's camera sees, mirrored as it comes. `scale` is physical pixels a logical pixel.
pub fn own(pictures: &Pictures, surround: Color, scale: f32) -> Picture {
    Picture::new(Who::Own, &pictures.own, surround, scale)
}

/// The interpreter.
pub fn remote(pictures: &Pictures, surround: Color, scale: f32) -> Picture {
    Picture::new(Who::Remote, &pictures.remote, surround, scale)
}

/// Whoever signs in the present clip.
pub fn clip(pictures: &Pictures, surround: Color, scale: f32) -> Picture {
    Picture::new(Who::Clip, &pictures.clip, surround, scale)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Own,
    Remote,
    Clip,
}

/// Fills the room it is given.
pub struct Picture {
    who: Who,
    slot: FrameSlot,
    surround: Color,
    scale: f32,
    /// Something is drawn over it.
    under: bool,
}

impl Picture {
    fn new(who: Who, slot: &FrameSlot, surround: Color, scale: f32) -> Self {
        Self {
            who,
            slot: slot.clone(),
            surround,
            scale,
            under: false,
        }
    }

    /// Other widgets lie over the picture, so that no surface may hide them.
    pub fn under(self) -> Self {
        Self { under: true, ..self }
    }
}

/// Lives as long as the widget is in the tree.
struct Showing {
    who: Who,
    slot: FrameSlot,
    shown: Option<Shown>,
}

/// One frame, uploaded once.
struct Shown {
    sequence: u64,
    handle: image::Handle,
    width: u32,
    height: u32,
}

impl Shown {
    fn new(frame: Frame) -> Self {
        Self {
            sequence: frame.sequence,
            handle: image::Handle::from_rgba(frame.width, frame.height, frame.rgba),
            width: frame.width,
            height: frame.height,
        }
    }
}

impl Showing {
    fn new(picture: &Picture) -> Self {
        Self {
            who: picture.who,
            slot: picture.slot.clone(),
            shown: None,
        }
    }

    fn look(&mut self) {
        let latest = self.slot.latest().filter(|_| !self.slot.is_on_surface());
        let known = self.shown.as_ref().map(|shown| shown.sequence);
        if latest.as_ref().map(|frame| frame.sequence) != known {
            self.shown = latest.map(Shown::new);
        }
    }
}

impl Drop for Showing {
    fn drop(&mut self) {
        self.slot.place(Place::Nowhere);
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Picture {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Showing>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Showing::new(self))
    }

    fn diff(&self, tree: &mut Tree) {
        let showing = tree.state.downcast_mut::<Showing>();
        if showing.who != self.who {
            *showing = Showing::new(self);
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fill)
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        _shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            let Rectangle { x, y, width, height } = physical(layout.bounds(), self.scale);
            let area = Area {
                x,
                y,
                width,
                height,
                scale: (self.scale * 120.0).round() as u32,
            };
            let place = if self.under {
                Place::Under(area)
            } else {
                Place::Clear(area)
            };
            let showing = tree.state.downcast_mut::<Showing>();
            showing.slot.place(place);
            showing.look();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let mut fill = |bounds: Rectangle| {
            renderer.fill_quad(
                renderer::Quad {
                    bounds,
                    snap: true,
                    ..renderer::Quad::default()
                },
                Background::Color(self.surround),
            );
        };
        let Some(shown) = &tree.state.downcast_ref::<Showing>().shown else {
            fill(bounds);
            return;
        };
        let place = centred(bounds, shown.width, shown.height, self.scale);
        // Under the picture nothing is filled: thirty times a second that would be half of the work.
        around(bounds, place).into_iter().for_each(&mut fill);
        let image = image::Image::new(shown.handle.clone())
            .filter_method(image::FilterMethod::Nearest)
            .snap(true);
        let room = physical(bounds, self.scale);
        if shown.width <= room.width && shown.height <= room.height {
            renderer.draw_image(image, place, bounds);
        } else {
            renderer.with_layer(bounds, |renderer| renderer.draw_image(image, place, bounds));
        }
    }
}

impl<'a, Message: 'a> From<Picture> for Element<'a, Message> {
    fn from(picture: Picture) -> Self {
        Element::new(picture)
    }
}

/// The physical pixels of logical bounds; both edges go to the nearest whole pixel, as the renderer does.
fn physical(bounds: Rectangle, scale: f32) -> Rectangle<u32> {
    let whole = |from: f32, length: f32| {
        let start = (from * scale).round().max(0.0);
        let end = ((from + length) * scale).round().max(start);
        (start as u32, (end - start) as u32)
    };
    let (x, width) = whole(bounds.x, bounds.width);
    let (y, height) = whole(bounds.y, bounds.height);
    Rectangle { x, y, width, height }
}

/// Where a frame of that many physical pixels lies, in logical pixels; its corner is on a whole physical pixel.
fn centred(bounds: Rectangle, width: u32, height: u32, scale: f32) -> Rectangle {
    let room = physical(bounds, scale);
    let place =
        |start: u32, room: u32, length: u32| start as f32 + ((room as f32 - length as f32) / 2.0).floor();
    let corner = Point::new(
        place(room.x, room.width, width) / scale,
        place(room.y, room.height, height) / scale,
    );
    Rectangle::new(corner, Size::new(width as f32 / scale, height as f32 / scale))
}

/// What of `bounds` lies outside `place`: above, below, left and right of it.
fn around(bounds: Rectangle, place: Rectangle) -> impl IntoIterator<Item = Rectangle> {
    let (left, right) = (
        place.x.max(bounds.x),
        (place.x + place.width).min(bounds.x + bounds.width),
    );
    let (top, bottom) = (
        place.y.max(bounds.y),
        (place.y + place.height).min(bounds.y + bounds.height),
    );
    let band = |x: f32, y: f32, to_x: f32, to_y: f32| {
        Rectangle::new(Point::new(x, y), Size::new(to_x - x, to_y - y))
    };
    [
        band(bounds.x, bounds.y, bounds.x + bounds.width, top),
        band(
            bounds.x,
            bottom,
            bounds.x + bounds.width,
            bounds.y + bounds.height,
        ),
        band(bounds.x, top, left, bottom),
        band(right, top, bounds.x + bounds.width, bottom),
    ]
    .into_iter()
    .filter(|band| band.width > 0.0 && band.height > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_around_a_frame_never_lies_under_it_and_leaves_no_gap() {
        let bounds = Rectangle::new(Point::new(0.0, 112.0), Size::new(1080.0, 1152.0));
        let place = centred(bounds, 1000, 810, 1.0);
        let bands: Vec<Rectangle> = around(bounds, place).into_iter().collect();
        let area: f32 = bands.iter().map(|band| band.width * band.height).sum();
        assert_eq!(area, 1080.0 * 1152.0 - 1000.0 * 810.0);
        assert!(bands.iter().all(|band| band.intersection(&place).is_none()));
    }

    #[test]
    fn a_frame_lies_in_the_middle_on_whole_pixels() {
        let bounds = Rectangle::new(Point::new(10.3, 20.7), Size::new(101.0, 50.0));
        let place = centred(bounds, 40, 20, 1.0);
        assert_eq!((place.x, place.y), (40.0, 36.0));
        assert_eq!((place.width, place.height), (40.0, 20.0));
    }

    #[test]
    fn a_frame_larger_than_its_place_reaches_over_both_edges_alike() {
        let bounds = Rectangle::new(Point::new(100.0, 100.0), Size::new(200.0, 100.0));
        let place = centred(bounds, 400, 300, 1.0);
        assert_eq!((place.x, place.y), (0.0, 0.0));
    }

    #[test]
    fn twice_the_pixels_show_twice_the_frame_in_the_same_place() {
        let bounds = Rectangle::new(Point::ORIGIN, Size::new(100.0, 100.0));
        assert_eq!(physical(bounds, 2.0).width, 200);
        assert_eq!(centred(bounds, 200, 200, 2.0), bounds);
    }
}
