//! The keys of a paper ticket's number: digits first, the letters one key away. Large, because they are few.

use iced::widget::{Column, Row, container, space};
use iced::{Center, Element, Fill};

use super::button::{Paint, touchable};
use super::icon::icon;
use super::text;
use crate::kiosk::theme::Look;

/// In the order of the Ukrainian alphabet, as they are looked for.
const CYRILLIC: &str = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ";
const LATIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "1234567890";

/// Which keys are there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layer {
    #[default]
    Digits,
    Cyrillic,
    Latin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Sign(char),
    Erase,
    Layer(Layer),
}

impl Layer {
    fn columns(self) -> usize {
        match self {
            Layer::Digits => 3,
            Layer::Cyrillic | Layer::Latin => 8,
        }
    }

    /// From left to right, from top to bottom.
    fn keys(self) -> Vec<Key> {
        let signs = |signs: &str| signs.chars().map(Key::Sign).collect::<Vec<_>>();
        match self {
            Layer::Digits => {
                let mut keys = signs(DIGITS);
                keys.insert(9, Key::Layer(Layer::Cyrillic));
                keys.push(Key::Erase);
                keys
            }
            Layer::Cyrillic | Layer::Latin => {
                let (letters, other) = match self {
                    Layer::Latin => (LATIN, Layer::Cyrillic),
                    Layer::Digits | Layer::Cyrillic => (CYRILLIC, Layer::Latin),
                };
                let mut keys = signs(letters);
                keys.extend([Key::Layer(Layer::Digits), Key::Layer(other), Key::Erase]);
                keys
            }
        }
    }
}

/// Fills its room. `pressed` is said for each key.
pub fn keypad<'a, Message: Clone + 'a>(
    look: &Look,
    layer: Layer,
    pressed: impl Fn(Key) -> Message,
) -> Element<'a, Message> {
    let gap = look.px(if layer == Layer::Digits { 16.0 } else { 10.0 });
    let keys = layer.keys();
    let mut rows = Column::new().spacing(gap);
    for line in keys.chunks(layer.columns()) {
        let mut row = Row::new().spacing(gap);
        for key in line {
            row = row.push(draw(look, *key, pressed(*key)));
        }
        for _ in line.len()..layer.columns() {
            row = row.push(space().width(Fill));
        }
        rows = rows.push(row.height(Fill));
    }
    rows.height(Fill).into()
}

fn draw<'a, Message: Clone + 'a>(look: &Look, key: Key, message: Message) -> Element<'a, Message> {
    let colour = look.colour;
    let face: Element<'a, Message> = match key {
        Key::Sign(sign) if sign.is_ascii_digit() => text::heading(look, sign).into(),
        Key::Sign(sign) => text::action(look, sign).into(),
        Key::Erase => icon("backspace", look.px(50.0), colour.words).into(),
        // Each says what it leads to, in its own signs.
        Key::Layer(layer) => text::label(
            look,
            match layer {
                Layer::Digits => "123",
                Layer::Cyrillic => "АБВ",
                Layer::Latin => "ABC",
            },
        )
        .into(),
    };
    let ground = match key {
        Key::Sign(_) => colour.card,
        Key::Erase | Key::Layer(_) => colour.shade,
    };
    let paint = Paint {
        ground,
        pressed: colour.edge,
        rim: colour.control,
        words: colour.words,
    };
    touchable(container(face).center(Fill).align_x(Center), look, paint, 20.0)
        .padding(0)
        .width(Fill)
        .height(Fill)
        .repeats()
        .on_press(message)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_and_digit_and_the_way_back_are_there() {
        for (layer, signs) in [
            (Layer::Digits, DIGITS),
            (Layer::Cyrillic, CYRILLIC),
            (Layer::Latin, LATIN),
        ] {
            let keys = layer.keys();
            assert!(signs.chars().all(|sign| keys.contains(&Key::Sign(sign))));
            assert!(keys.contains(&Key::Erase));
        }
        assert!(Layer::Latin.keys().contains(&Key::Layer(Layer::Digits)));
        assert_eq!(Layer::Digits.keys()[9], Key::Layer(Layer::Cyrillic), "left of 0");
    }
}
