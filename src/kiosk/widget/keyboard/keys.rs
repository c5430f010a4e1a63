//! Draws the keys and hears fingers: one widget for the whole keyboard.
//!
//! Every finger has a key of its own until it leaves the glass; the key acts at once when it is touched. A mouse is
//! one more finger.

use std::collections::HashMap;

use iced::advanced::layout::{self, Layout};
use iced::advanced::svg::Renderer as _;
use iced::advanced::text::Renderer as _;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, mouse, renderer, svg, text};
use iced::touch::{self, Finger};
use iced::{Background, Border, Color, Element, Event, Length, Padding, Point, Rectangle, Renderer, Size};
use iced::{Theme, Vector, alignment};

use super::{Key, Keyboard, Layer, Placed, place};
use crate::kiosk::theme::Look;
use crate::kiosk::theme::colour::Colours;
use crate::kiosk::theme::font;
use crate::kiosk::theme::panel::Type;
use crate::kiosk::widget::control::Place;
use crate::locale::Language;

/// A keyboard that fills its room; `touched` is said for each key that comes under a finger. `space` is the word on
/// the broad key.
pub fn view<'a, Message: 'a>(
    look: &Look,
    keyboard: &'a Keyboard,
    space: String,
    touched: impl Fn(Key) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Keys {
        keyboard,
        colour: look.colour,
        space,
        letter: look.letters(Type::Action),
        word: look.letters(Type::Label),
        radius: look.px(20.0),
        gap: look.px(10.0),
        touched: Box::new(touched),
    })
}

/// Sizes in logical pixels.
struct Keys<'a, Message> {
    keyboard: &'a Keyboard,
    colour: &'static Colours,
    space: String,
    letter: f32,
    word: f32,
    radius: f32,
    gap: f32,
    touched: Box<dyn Fn(Key) -> Message + 'a>,
}

const SHIFT: &[u8] = include_bytes!("../../../../assets/icons/shift.svg");
const ERASE: &[u8] = include_bytes!("../../../../assets/icons/backspace.svg");
const NEW_LINE: &[u8] = include_bytes!("../../../../assets/icons/keyboard_return.svg");

/// Where fingers are. The mouse has a name of its own.
#[derive(Debug, Default)]
struct Touches(HashMap<Option<Finger>, Point>);

/// What stands on a key.
enum Face<'a> {
    Letter(char),
    Word(&'a str),
    /// A drawing, and the sign that names it.
    Icon(&'static [u8], &'static str),
}

impl<Message> Keys<'_, Message> {
    fn face(&self, key: Key) -> Face<'_> {
        match key {
            Key::Letter(letter) | Key::Mark(letter) => Face::Letter(letter),
            Key::Space => Face::Word(&self.space),
            Key::Shift => Face::Icon(SHIFT, "⇧"),
            Key::Erase => Face::Icon(ERASE, "⌫"),
            Key::NewLine => Face::Icon(NEW_LINE, "⏎"),
            // These keys say what they lead to, each in its own script.
            Key::Layer => Face::Word(match (self.keyboard.layer, self.keyboard.language) {
                (Layer::Letters { .. }, _) => "123",
                (Layer::Marks, Language::Uk) => "АБВ",
                (Layer::Marks, _) => "ABC",
            }),
            Key::Language => Face::Word(match self.keyboard.other {
                Language::Uk => "УКР",
                Language::En => "ENG",
                Language::Pl => "POL",
                Language::Ro => "ROM",
                Language::Hu => "MAG",
                Language::Crh => "QIR",
            }),
        }
    }

    fn placed(&self, layout: Layout<'_>) -> impl Iterator<Item = Placed> + use<Message> {
        let bounds = layout.bounds();
        let corner = Vector::new(bounds.x, bounds.y);
        place(self.keyboard, bounds.size(), self.gap)
            .into_iter()
            .map(move |placed| Placed {
                bounds: placed.bounds + corner,
                ..placed
            })
    }

    fn draw_key(&self, renderer: &mut Renderer, placed: Placed, pressed: bool) {
        let writes = matches!(placed.key, Key::Letter(_) | Key::Mark(_) | Key::Space);
        let (fill, ink) = if pressed {
            (self.colour.tool_pressed, self.colour.on_counter)
        } else if writes || self.keyboard.on(placed.key) {
            (self.colour.key, self.colour.on_key)
        } else {
            (self.colour.tool, self.colour.on_counter)
        };
        let border = if writes || pressed { fill } else { self.colour.rim };
        renderer.fill_quad(
            renderer::Quad {
                bounds: placed.bounds,
                border: Border {
                    color: border,
                    width: 2.0,
                    radius: self.radius.into(),
                },
                ..renderer::Quad::default()
            },
            Background::Color(fill),
        );
        match self.face(placed.key) {
            Face::Letter(letter) => self.write(renderer, letter.to_string(), self.letter, placed.bounds, ink),
            Face::Word(word) => self.write(renderer, word.to_string(), self.word, placed.bounds, ink),
            Face::Icon(icon, _) => {
                let side = self.letter * 1.1;
                let middle = placed.bounds.center();
                let corner = Point::new(middle.x - side / 2.0, middle.y - side / 2.0);
                renderer.draw_svg(
                    svg::Svg::new(svg::Handle::from_memory(icon)).color(ink),
                    Rectangle::new(corner, Size::new(side, side)),
                    placed.bounds,
                );
            }
        }
    }

    fn write(&self, renderer: &mut Renderer, content: String, size: f32, bounds: Rectangle, ink: Color) {
        renderer.fill_text(
            text::Text {
                content,
                bounds: bounds.size(),
                size: size.into(),
                line_height: text::LineHeight::default(),
                font: font::SEMIBOLD,
                align_x: text::Alignment::Center,
                align_y: alignment::Vertical::Center,
                shaping: text::Shaping::Basic,
                wrapping: text::Wrapping::None,
            },
            bounds.center(),
            ink,
            bounds,
        );
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Keys<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Touches>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Touches::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fill)
    }

    fn operate(
        &mut self,
        _tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        for placed in self.placed(layout) {
            let mut letter = [0; 4];
            let label = match self.face(placed.key) {
                Face::Letter(face) => face.encode_utf8(&mut letter),
                Face::Word(word) | Face::Icon(_, word) => word,
            };
            operation.text(None, placed.bounds, label);
            let mut place = Place {
                radius: self.radius,
                reach: Padding::new(self.gap / 2.0),
                repeats: true,
            };
            operation.custom(None, placed.bounds, &mut place);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let touches = &mut tree.state.downcast_mut::<Touches>().0;
        let (finger, down) = match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => (None, cursor.position()),
            Event::Touch(touch::Event::FingerPressed { id, position }) => (Some(*id), Some(*position)),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => (None, None),
            Event::Touch(touch::Event::FingerLifted { id, .. } | touch::Event::FingerLost { id, .. }) => {
                (Some(*id), None)
            }
            _ => return,
        };
        let Some(point) = down else {
            if touches.remove(&finger).is_some() {
                shell.request_redraw();
            }
            return;
        };
        let key = self
            .placed(layout)
            .find(|placed| placed.reach(self.gap).contains(point));
        if let Some(placed) = key {
            touches.insert(finger, point);
            shell.publish((self.touched)(placed.key));
            shell.capture_event();
            shell.request_redraw();
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
        let touches = &tree.state.downcast_ref::<Touches>().0;
        for placed in self.placed(layout) {
            let pressed = touches
                .values()
                .any(|&point| placed.reach(self.gap).contains(point));
            self.draw_key(renderer, placed, pressed);
        }
    }
}
