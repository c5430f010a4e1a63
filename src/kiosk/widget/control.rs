//! What a finger, or the ring of focus, can act on.
//!
//! [`Control`] wraps a button: people touch below what they aim at, so it is hit there too, and it tells its place to
//! whoever asks the screen ([`Place`], by [`Operation::custom`]). Nothing of it changes the layout.

use std::any::Any;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::Scrollable;
use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, renderer};
use iced::{Element, Event, Length, Padding, Point, Rectangle, Renderer, Size, Theme, Vector};

use super::around::left_to_content;
use crate::kiosk::theme::Look;

/// How much further down than it is drawn a control is hit, in steps.
const BELOW: f32 = 10.0;

/// What a control tells of itself, with its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Of its corners, in logical pixels.
    pub radius: f32,
    /// How far around it it is hit too, in logical pixels.
    pub reach: Padding,
    /// Touched twice it means two: the keys that write.
    pub repeats: bool,
}

pub struct Control<'a, Message> {
    content: Element<'a, Message>,
    /// None while it is off.
    place: Option<Place>,
    below: f32,
}

impl<'a, Message> Control<'a, Message> {
    pub fn new(look: &Look, content: impl Into<Element<'a, Message>>, place: Option<Place>) -> Self {
        let below = look.px(BELOW);
        let reach = Padding::ZERO.bottom(below);
        Self {
            content: content.into(),
            place: place.map(|place| Place { reach, ..place }),
            below,
        }
    }

    /// Brings a finger that is just below the control onto it.
    fn aimed(&self, cursor: mouse::Cursor, bounds: Rectangle) -> mouse::Cursor {
        let bottom = bounds.y + bounds.height;
        let raise = |place: Point| {
            let below = place.x >= bounds.x
                && place.x < bounds.x + bounds.width
                && (bottom..bottom + self.below).contains(&place.y);
            if below {
                Point::new(place.x, bounds.center_y())
            } else {
                place
            }
        };
        match cursor {
            mouse::Cursor::Available(place) => mouse::Cursor::Available(raise(place)),
            other => other,
        }
    }
}

impl<'a, Message: 'a> From<Control<'a, Message>> for Element<'a, Message> {
    fn from(control: Control<'a, Message>) -> Self {
        Element::new(control)
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Control<'_, Message> {
    left_to_content!(room);
    left_to_content!(draw);

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if let Some(place) = &mut self.place {
            operation.custom(None, layout.bounds(), place);
        }
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let cursor = self.aimed(cursor, layout.bounds());
        let content = self.content.as_widget_mut();
        content.update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
    }
}

/// A control of the screen, where it is now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    pub place: Place,
    /// On the glass; what is scrolled away is beside it.
    pub bounds: Rectangle,
    /// What the list around it shows of itself.
    pub window: Rectangle,
    /// Which of the screen's lists it is in, and how far down in it.
    pub list: Option<(usize, f32)>,
}

impl Found {
    /// Where a finger acts on it: more than what is drawn of it.
    pub fn is_hit(&self, finger: Point) -> bool {
        self.bounds.expand(self.place.reach).contains(finger)
    }
}

/// Asks a screen for its controls, in the order of reading.
#[derive(Debug)]
pub struct Census {
    pub found: Vec<Found>,
    here: Surroundings,
    around: Vec<Surroundings>,
    lists: usize,
}

#[derive(Debug, Clone, Copy)]
struct Surroundings {
    window: Rectangle,
    turned: Vector,
    list: Option<(usize, Rectangle)>,
}

impl Default for Census {
    fn default() -> Self {
        let glass = Surroundings {
            window: Rectangle::INFINITE,
            turned: Vector::ZERO,
            list: None,
        };
        Self {
            found: Vec::new(),
            here: glass,
            around: vec![glass],
            lists: 0,
        }
    }
}

impl Operation for Census {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        self.around.push(self.here);
        operate(self);
        self.around.pop();
        self.here = *self.around.last().expect("the glass is around everything");
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        let window = self.here.window.intersection(&(bounds - self.here.turned));
        self.here = Surroundings {
            window: window.unwrap_or_default(),
            turned: self.here.turned + translation,
            list: Some((self.lists, content)),
        };
        self.lists += 1;
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(place) = state.downcast_ref::<Place>() {
            let list = self.here.list.map(|(list, content)| (list, bounds.y - content.y));
            self.found.push(Found {
                place: *place,
                bounds: bounds - self.here.turned,
                window: self.here.window,
                list,
            });
        }
    }
}

/// Turns one of the screen's lists to `down` logical pixels.
#[derive(Debug)]
pub struct Turn {
    pub list: usize,
    pub down: f32,
}

impl Operation for Turn {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.list == 0 {
            state.scroll_to(AbsoluteOffset {
                x: None,
                y: Some(self.down.max(0.0)),
            });
        }
        self.list = self.list.wrapping_sub(1);
    }
}
