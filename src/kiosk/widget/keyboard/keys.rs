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
use iced::{
    Background, Border, Color, Element, Event, Font, Length, Point, Rectangle, Renderer, Size, Theme,
};
use iced::{Vector, alignment};

use super::{Key, Keyboard, Language, Placed, place};

/// The words on the keys that are no letters.
#[derive(Debug, Clone)]
pub struct Labels {
    pub space: String,
}

/// How keys look. Lengths in logical pixels.
#[derive(Debug, Clone)]
pub struct Look {
    /// Keys that write.
    pub key: Color,
    pub letter: Color,
    /// Keys that change the keys or the line.
    pub service: Color,
    pub service_letter: Color,
    pub service_border: Color,
    /// Any key under a finger.
    pub pressed: Color,
    pub pressed_letter: Color,
    pub radius: f32,
    pub text: f32,
    pub small_text: f32,
    pub font: Font,
    pub shift: svg::Handle,
    pub erase: svg::Handle,
    pub new_line: svg::Handle,
}

/// A keyboard that fills its room; `touched` is said for each key that comes under a finger.
pub fn view<'a, Message: 'a>(
    keyboard: &'a Keyboard,
    labels: Labels,
    look: Look,
    touched: impl Fn(Key) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Keys {
        keyboard,
        labels,
        look,
        touched: Box::new(touched),
    })
}

struct Keys<'a, Message> {
    keyboard: &'a Keyboard,
    labels: Labels,
    look: Look,
    touched: Box<dyn Fn(Key) -> Message + 'a>,
}

/// Where fingers are. The mouse has a name of its own.
#[derive(Debug, Default)]
struct Touches(HashMap<Option<Finger>, Point>);

/// What stands on a key.
enum Face<'a> {
    Letter(char),
    Word(&'a str),
    Icon(&'a svg::Handle, &'static str),
}

impl<Message> Keys<'_, Message> {
    fn face(&self, key: Key) -> Face<'_> {
        match key {
            Key::Letter(letter) | Key::Mark(letter) => Face::Letter(letter),
            Key::Space => Face::Word(&self.labels.space),
            Key::Shift => Face::Icon(&self.look.shift, "⇧"),
            Key::Erase => Face::Icon(&self.look.erase, "⌫"),
            Key::NewLine => Face::Icon(&self.look.new_line, "⏎"),
            // These keys say what they lead to, each in its own script.
            Key::Layer => Face::Word(match (self.keyboard.writes_marks(), self.keyboard.language()) {
                (false, _) => "123",
                (true, Language::Ukrainian) => "АБВ",
                (true, Language::English) => "ABC",
            }),
            Key::Language => Face::Word(match self.keyboard.language() {
                Language::Ukrainian => "ENG",
                Language::English => "УКР",
            }),
        }
    }

    fn placed(&self, layout: Layout<'_>) -> impl Iterator<Item = Placed> + use<Message> {
        let bounds = layout.bounds();
        let corner = Vector::new(bounds.x, bounds.y);
        place(self.keyboard, bounds.size())
            .into_iter()
            .map(move |placed| Placed {
                bounds: placed.bounds + corner,
                ..placed
            })
    }

    fn draw_key(&self, renderer: &mut Renderer, placed: Placed, pressed: bool) {
        let look = &self.look;
        let writes = matches!(placed.key, Key::Letter(_) | Key::Mark(_) | Key::Space);
        let (fill, ink) = if pressed {
            (look.pressed, look.pressed_letter)
        } else if writes || self.keyboard.on(placed.key) {
            (look.key, look.letter)
        } else {
            (look.service, look.service_letter)
        };
        let border = if writes || pressed {
            fill
        } else {
            look.service_border
        };
        renderer.fill_quad(
            renderer::Quad {
                bounds: placed.bounds,
                border: Border {
                    color: border,
                    width: 2.0,
                    radius: look.radius.into(),
                },
                ..renderer::Quad::default()
            },
            Background::Color(fill),
        );
        match self.face(placed.key) {
            Face::Letter(letter) => self.write(renderer, letter.to_string(), look.text, placed.bounds, ink),
            Face::Word(word) => self.write(renderer, word.to_string(), look.small_text, placed.bounds, ink),
            Face::Icon(icon, _) => {
                let side = look.text * 1.1;
                let middle = placed.bounds.center();
                let corner = Point::new(middle.x - side / 2.0, middle.y - side / 2.0);
                renderer.draw_svg(
                    svg::Svg::new(icon.clone()).color(ink),
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
                font: self.look.font,
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
        let key = self.placed(layout).find(|placed| placed.reach().contains(point));
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
            let pressed = touches.values().any(|&point| placed.reach().contains(point));
            self.draw_key(renderer, placed, pressed);
        }
    }
}
