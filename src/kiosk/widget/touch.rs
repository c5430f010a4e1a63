//! The hand before the glass: around each whole screen, whatever it shows.
//!
//! - A hand that trembles strikes twice. A second press at the place of the one before is not passed on, whatever
//!   screen has come under the finger meanwhile, nor is a second one of a key, wherever the ring stands then; [`strike`]
//!   says what is a second press.
//! - Who has a keypad or a switch instead of fingers moves a ring over the [controls](super::control) and presses
//!   what it is around; [`ring`] says where it goes. It is hidden until a key is used.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::Quad;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, mouse, renderer};
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::{Border, Color, Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, touch, window};

use super::around::left_to_content;
use super::control::{Census, Found, Turn};
use crate::kiosk::theme::Look;

mod ring;
mod strike;

use ring::Step;
pub use strike::WITHIN;
use strike::{Instrument, Strikes};

/// Nearer than this, a second press is the same one: 10 mm in steps of the drawing board.
const NEAR: f32 = 32.0;

/// Wraps a screen.
pub fn hand<'a, Message: 'a>(look: &Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    Element::new(Hand {
        content: content.into(),
        near: look.px(NEAR),
        line: look.px(5.0),
        light: look.colour.on_counter,
        dark: look.colour.counter,
    })
}

struct Hand<'a, Message> {
    content: Element<'a, Message>,
    /// In logical pixels.
    near: f32,
    line: f32,
    light: Color,
    dark: Color,
}

#[derive(Debug, Default)]
struct State {
    strikes: Strikes,
    /// What the ring is around; none while it is hidden.
    focus: Option<Found>,
}

enum Motion {
    Pressed,
    Moved,
    Lifted,
}

fn motion(event: &Event) -> Option<Motion> {
    match event {
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerPressed { .. }) => Some(Motion::Pressed),
        Event::Mouse(mouse::Event::CursorMoved { .. }) | Event::Touch(touch::Event::FingerMoved { .. }) => {
            Some(Motion::Moved)
        }
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
            Some(Motion::Lifted)
        }
        _ => None,
    }
}

/// What a key asks of the ring. A key that is held down moves it on, and presses nothing twice.
enum Wish {
    Move(Step),
    Press,
}

fn wish(event: &Event) -> Option<Wish> {
    let Event::Keyboard(keyboard::Event::KeyPressed {
        key: Key::Named(key),
        modifiers,
        repeat,
        ..
    }) = event
    else {
        return None;
    };
    match key {
        Named::Tab if modifiers.shift() => Some(Wish::Move(Step::Previous)),
        Named::Tab => Some(Wish::Move(Step::Next)),
        Named::ArrowUp => Some(Wish::Move(Step::Up)),
        Named::ArrowDown => Some(Wish::Move(Step::Down)),
        Named::ArrowLeft => Some(Wish::Move(Step::Left)),
        Named::ArrowRight => Some(Wish::Move(Step::Right)),
        Named::Enter | Named::Space if !repeat => Some(Wish::Press),
        _ => None,
    }
}

impl<Message> Hand<'_, Message> {
    fn ask(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let content = self.content.as_widget_mut();
        content.operate(tree, layout, renderer, operation);
    }

    fn controls(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> Vec<Found> {
        let mut census = Census::default();
        self.ask(tree, layout, renderer, &mut census);
        census.found
    }

    /// Where the ring stands after `step`; a list is turned until it shows what is in the ring.
    fn step(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        from: Option<Found>,
        step: Step,
    ) -> Option<Found> {
        let controls = self.controls(tree, layout, renderer);
        let next = ring::next(&controls, from, step)?;
        let Found { bounds, window, .. } = next;
        let hidden = bounds.y < window.y || bounds.y + bounds.height > window.y + window.height;
        let Some((list, down)) = next.list.filter(|_| hidden) else {
            return Some(next);
        };
        // In the middle, so that what comes before and after is seen too.
        let down = down - (window.height - bounds.height) / 2.0;
        self.ask(tree, layout, renderer, &mut Turn { list, down });
        let mut turned = self.controls(tree, layout, renderer).into_iter();
        turned.find(|found| found.list == next.list && found.bounds.x == bounds.x)
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Hand<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    left_to_content!(room);
    left_to_content!(draw then draw_focus);

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.ask(&mut tree.children[0], layout, renderer, operation);
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
        let (state, below) = (tree.state.downcast_mut::<State>(), &mut tree.children[0]);
        match (motion(event), cursor.position()) {
            (Some(Motion::Pressed), Some(place)) => {
                if state.focus.take().is_some() {
                    shell.request_redraw();
                }
                // The press that is taken begins a spell, which is measured from the next drawing on.
                shell.request_redraw();
                let controls = self.controls(below, layout, renderer);
                let writes = |found: &Found| found.place.repeats && found.is_hit(place);
                let writes = controls.iter().any(writes);
                if !state.strikes.counts(Instrument::Finger(place), writes, self.near) {
                    shell.capture_event();
                    return;
                }
            }
            (Some(Motion::Moved), Some(place)) => state.strikes.moved(place),
            (Some(Motion::Lifted), _) => state.strikes.lifted(),
            _ => {}
        }
        if let Event::Window(window::Event::RedrawRequested(now)) = event {
            if let Some(end) = state.strikes.drawn(*now) {
                shell.request_redraw_at(end);
            }
            if let Some(focus) = state.focus {
                let controls = self.controls(below, layout, renderer);
                state.focus = ring::kept(&controls, focus);
            }
        }
        match wish(event) {
            Some(Wish::Move(step)) => {
                state.focus = self.step(below, layout, renderer, state.focus, step);
                shell.request_redraw();
                shell.capture_event();
                return;
            }
            Some(Wish::Press) => {
                if let Some(focus) = state.focus {
                    let place = focus.bounds.center();
                    let writes = focus.place.repeats;
                    if state.strikes.counts(Instrument::Key, writes, self.near) {
                        self.press(below, layout, place, renderer, clipboard, shell, viewport);
                    }
                    state.strikes.lifted();
                    shell.request_redraw();
                    shell.capture_event();
                    return;
                }
            }
            None => {}
        }
        let content = self.content.as_widget_mut();
        content.update(below, event, layout, cursor, renderer, clipboard, shell, viewport);
    }
}

impl<Message> Hand<'_, Message> {
    /// As a finger would, in the middle of the ring.
    #[allow(
        clippy::too_many_arguments,
        reason = "what a widget's update takes is passed on whole"
    )]
    fn press(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        place: Point,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let finger = mouse::Cursor::Available(place);
        for event in [
            mouse::Event::ButtonPressed(mouse::Button::Left),
            mouse::Event::ButtonReleased(mouse::Button::Left),
        ] {
            let content = self.content.as_widget_mut();
            let event = Event::Mouse(event);
            content.update(tree, &event, layout, finger, renderer, clipboard, shell, viewport);
        }
    }

    fn draw_focus(&self, tree: &Tree, renderer: &mut Renderer, layout: Layout<'_>) {
        if let Some(focus) = tree.state.downcast_ref::<State>().focus {
            renderer.with_layer(layout.bounds(), |renderer| self.draw_ring(renderer, &focus));
        }
    }

    /// Two lines, one of which is seen on every ground: the light one on the counter, the dark one in the window.
    fn draw_ring(&self, renderer: &mut Renderer, focus: &Found) {
        for (lines, colour) in [(3.0, self.dark), (2.0, self.light)] {
            let off = self.line * lines;
            renderer.fill_quad(
                Quad {
                    bounds: focus.bounds.expand(off),
                    border: Border {
                        color: colour,
                        width: self.line,
                        radius: (focus.place.radius + off).into(),
                    },
                    ..Quad::default()
                },
                Color::TRANSPARENT,
            );
        }
    }
}
