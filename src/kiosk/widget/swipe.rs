//! Swiping through what is longer than the window, also when the finger lands on a button.
//!
//! A scrollable hears of a finger only where nothing else takes it, and in a list of rows every place is a button.
//! This wrapper follows the finger itself: once it has moved further than a tap does, the pressed button is let go
//! without a tap and the scrollable below is turned like a wheel.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, touch};

use super::around::left_to_content;

/// Wraps a scrollable. `slack` is how far a tap may tremble, `bar` the width at the right edge that is the
/// scrollbar's own; both in logical pixels.
pub fn swipe<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    slack: f32,
    bar: f32,
) -> Element<'a, Message> {
    Element::new(Swipe {
        content: content.into(),
        slack,
        bar,
    })
}

struct Swipe<'a, Message> {
    content: Element<'a, Message>,
    slack: f32,
    bar: f32,
}

enum Finger {
    Up,
    /// Perhaps a tap.
    Down(Point),
    /// Where it was when it last moved.
    Swiping(Point),
}

/// What an event means for one finger, or the mouse button in its place.
enum Motion {
    Pressed,
    Moved(Point),
    Lifted,
}

fn motion(event: &Event) -> Option<Motion> {
    match event {
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerPressed { .. }) => Some(Motion::Pressed),
        Event::Mouse(mouse::Event::CursorMoved { position })
        | Event::Touch(touch::Event::FingerMoved { position, .. }) => Some(Motion::Moved(*position)),
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
            Some(Motion::Lifted)
        }
        _ => None,
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Swipe<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Finger>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Finger::Up)
    }

    left_to_content!(room);
    left_to_content!(draw);

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
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
        let bounds = layout.bounds();
        let (finger, children) = (tree.state.downcast_mut::<Finger>(), &mut tree.children);
        let mut pass = |event: &Event, cursor: mouse::Cursor, shell: &mut Shell<'_, Message>| {
            let content = self.content.as_widget_mut();
            content.update(
                &mut children[0],
                event,
                layout,
                cursor,
                renderer,
                clipboard,
                shell,
                viewport,
            );
        };
        match (motion(event), &*finger) {
            (Some(Motion::Pressed), _) => {
                *finger = match cursor.position_over(bounds) {
                    Some(place) if place.x < bounds.x + bounds.width - self.bar => Finger::Down(place),
                    _ => Finger::Up,
                };
                pass(event, cursor, shell);
            }
            (Some(Motion::Moved(place)), Finger::Down(start)) if start.distance(place) > self.slack => {
                let id = touch::Finger(0);
                let lost = Event::Touch(touch::Event::FingerLost { id, position: place });
                pass(&lost, cursor, shell);
                *finger = Finger::Swiping(place);
                shell.capture_event();
                shell.request_redraw();
            }
            (Some(Motion::Moved(place)), Finger::Swiping(before)) => {
                let turned = Event::Mouse(mouse::Event::WheelScrolled {
                    delta: mouse::ScrollDelta::Pixels {
                        x: 0.0,
                        y: place.y - before.y,
                    },
                });
                // The finger may leave the list and still hold it.
                pass(&turned, mouse::Cursor::Available(bounds.center()), shell);
                *finger = Finger::Swiping(place);
                shell.capture_event();
            }
            (Some(Motion::Lifted), Finger::Swiping(_)) => {
                *finger = Finger::Up;
                shell.capture_event();
            }
            (Some(Motion::Lifted), _) => {
                *finger = Finger::Up;
                pass(event, cursor, shell);
            }
            _ => pass(event, cursor, shell),
        }
    }
}
