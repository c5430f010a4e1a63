//! The on-screen keyboard of real-time text: Ukrainian letters and those of the visitor's language, digits and marks.
//!
//! The model is pure: a [`Key`] goes in, an [`Edit`] or another layer comes out, and [`place`] says where the keys lie.
//! [`keys::Keys`] draws them and hears fingers. A key acts when the finger comes down, so that two quick fingers are
//! two letters, and it is hit in its gaps too: there is no dead strip between keys.

use iced::{Rectangle, Size};

use crate::locale::Language;
use crate::text::Edit;

mod keys;

pub use keys::view;

/// A row is this many letters wide, whatever lies in it.
const ROW_UNITS: f32 = 12.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Letters { capital: bool },
    Marks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Letter(char),
    /// A digit or a mark.
    Mark(char),
    Space,
    /// The next letter is a capital one.
    Shift,
    Erase,
    NewLine,
    /// From letters to digits and marks, and back.
    Layer,
    Language,
}

/// Which keys are there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyboard {
    language: Language,
    /// What the language key leads to.
    other: Language,
    layer: Layer,
}

impl Keyboard {
    /// Begins in the visitor's language; Ukrainian, which every interpreter reads, is one tap away.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            other: match language {
                Language::Uk => Language::En,
                _ => Language::Uk,
            },
            layer: Layer::Letters { capital: false },
        }
    }

    /// What a key writes; none when it only changes the keys.
    pub fn press(&mut self, key: Key) -> Option<Edit> {
        match key {
            Key::Letter(letter) => {
                self.layer = Layer::Letters { capital: false };
                Some(Edit::Insert(letter))
            }
            Key::Mark(mark) => Some(Edit::Insert(mark)),
            Key::Space => Some(Edit::Insert(' ')),
            Key::Erase => Some(Edit::Erase),
            Key::NewLine => Some(Edit::NewLine),
            Key::Shift => {
                self.layer = Layer::Letters {
                    capital: self.layer == Layer::Letters { capital: false },
                };
                None
            }
            Key::Layer => {
                self.layer = match self.layer {
                    Layer::Letters { .. } => Layer::Marks,
                    Layer::Marks => Layer::Letters { capital: false },
                };
                None
            }
            Key::Language => {
                std::mem::swap(&mut self.language, &mut self.other);
                self.layer = Layer::Letters { capital: false };
                None
            }
        }
    }

    /// Whether a key shows that it is on.
    fn on(&self, key: Key) -> bool {
        key == Key::Shift && self.layer == Layer::Letters { capital: true }
    }

    /// From top to bottom, from left to right: keys and how many letters wide they are.
    pub fn rows(&self) -> [Vec<(Key, f32)>; 4] {
        let [first, second, third] = match (self.layer, self.language) {
            (Layer::Marks, _) => ["1234567890", "@№%+-=/()\"", ":;!«»—₴'"],
            (_, Language::Uk) => ["йцукенгшщзхї", "фівапролджєґ", "ячсмитьбюʼ"],
            (_, Language::En) => ["qwertyuiop", "asdfghjkl'", "zxcvbnm"],
            // No key may be narrower, so q, which these two write only in foreign names, gives up its place.
            (_, Language::Pl) => ["wertyuiopęóż", "asdfghjkląłś", "zxcvbnmźćń"],
            (_, Language::Hu) => ["wertzuiopőúó", "asdfghjkléáű", "íyxcvbnmöü"],
            (_, Language::Ro) => ["qwertyuiopăî", "asdfghjklșț", "zxcvbnmâ"],
            (_, Language::Crh) => ["qwertyuıopğü", "asdfghjklşiñ", "zxcvbnmöçâ"],
        };
        let mut last = row(self.keys_of(third), ROW_UNITS - self.third_row_sides());
        last.push((Key::Erase, self.third_row_sides()));
        if self.layer != Layer::Marks {
            let side = self.third_row_sides() / 2.0;
            last.insert(0, (Key::Shift, side));
            last.last_mut().expect("the erasing key was pushed").1 = side;
        }
        [
            row(self.keys_of(first), ROW_UNITS),
            row(self.keys_of(second), ROW_UNITS),
            last,
            vec![
                (Key::Layer, 1.5),
                (Key::Language, 1.5),
                (Key::Mark(','), 1.0),
                (Key::Space, 4.5),
                (Key::Mark('.'), 1.0),
                (Key::Mark('?'), 1.0),
                (Key::NewLine, 1.5),
            ],
        ]
    }

    fn third_row_sides(&self) -> f32 {
        match (self.layer, self.language) {
            (Layer::Marks, _) => 2.4,
            (_, Language::Uk | Language::Pl | Language::Hu | Language::Crh) => 2.0,
            (_, Language::En | Language::Ro) => 3.6,
        }
    }

    fn keys_of<'a>(&'a self, letters: &'a str) -> impl Iterator<Item = Key> + use<'a> {
        letters.chars().map(|letter| match self.layer {
            Layer::Marks => Key::Mark(letter),
            Layer::Letters { .. } if !letter.is_alphabetic() || letter == 'ʼ' => Key::Mark(letter),
            Layer::Letters { capital: false } => Key::Letter(letter),
            // Crimean Tatar has an i with a dot and one without, small and capital.
            Layer::Letters { capital: true } if self.language == Language::Crh && letter == 'i' => {
                Key::Letter('İ')
            }
            Layer::Letters { capital: true } => {
                // Every letter of these alphabets has exactly one capital form.
                Key::Letter(letter.to_uppercase().next().unwrap_or(letter))
            }
        })
    }
}

fn row(keys: impl Iterator<Item = Key>, units: f32) -> Vec<(Key, f32)> {
    let keys: Vec<Key> = keys.collect();
    let width = units / keys.len() as f32;
    keys.into_iter().map(|key| (key, width)).collect()
}

/// A key on the screen, in logical pixels from the keyboard's corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    pub key: Key,
    pub bounds: Rectangle,
}

impl Placed {
    /// The key and half the gap around it.
    fn reach(&self, gap: f32) -> Rectangle {
        self.bounds.expand(gap / 2.0)
    }
}

/// Spreads the rows over the whole size: rows are equally high, a key is as wide as its units. All in logical pixels.
pub fn place(keyboard: &Keyboard, size: Size, gap: f32) -> Vec<Placed> {
    let rows = keyboard.rows();
    let height = (size.height - gap * (rows.len() - 1) as f32) / rows.len() as f32;
    let unit = (size.width + gap) / ROW_UNITS;
    let mut placed = Vec::new();
    for (line, row) in rows.into_iter().enumerate() {
        let mut x = 0.0;
        for (key, units) in row {
            placed.push(Placed {
                key,
                bounds: Rectangle {
                    x,
                    y: line as f32 * (height + gap),
                    width: units * unit - gap,
                    height,
                },
            });
            x += units * unit;
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: f32 = 10.0;
    const ALPHABET: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";

    fn keys(keyboard: &Keyboard) -> Vec<Key> {
        keyboard
            .rows()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .collect()
    }

    #[test]
    fn every_ukrainian_letter_is_one_tap_and_its_capital_two() {
        let small = keys(&Keyboard::new(Language::Uk));
        let mut shifted = Keyboard::new(Language::Uk);
        assert_eq!(shifted.press(Key::Shift), None);
        let capital = keys(&shifted);
        for letter in ALPHABET.chars() {
            assert!(small.contains(&Key::Letter(letter)), "{letter}");
            let upper = letter.to_uppercase().next().unwrap();
            assert!(capital.contains(&Key::Letter(upper)), "{upper}");
        }
        assert!(small.contains(&Key::Mark('ʼ')), "the apostrophe");
    }

    #[test]
    fn every_letter_of_the_visitors_language_is_one_tap_and_its_capital_two() {
        for (language, small, capital) in [
            (Language::Pl, "aąbcćdeęfghijklłmnńoóprsśtuwyzźż", "AĄĆĘŁŃÓŚŹŻ"),
            (Language::Ro, "aăâbcdefghiîjklmnopqrsștțuvwxyz", "AĂÂÎȘȚ"),
            (Language::Hu, "aábcdeéfghiíjklmnoóöőprstuúüűvwxyz", "AÁÉÍÓÖŐÚÜŰ"),
            (Language::Crh, "aâbcçdefgğhıijklmnñoöpqrsştuüvyz", "AÂÇĞIİÑÖŞÜ"),
        ] {
            let mut keyboard = Keyboard::new(language);
            let letters = keys(&keyboard);
            let absent = |letters: &[Key], wanted: &str| -> String {
                let missing = |letter: &char| !letters.contains(&Key::Letter(*letter));
                wanted.chars().filter(missing).collect()
            };
            assert_eq!(absent(&letters, small), "");
            keyboard.press(Key::Shift);
            assert_eq!(absent(&keys(&keyboard), capital), "");
        }
    }

    #[test]
    fn the_language_key_leads_to_ukrainian_and_back() {
        let mut keyboard = Keyboard::new(Language::Hu);
        keyboard.press(Key::Language);
        assert!(keys(&keyboard).contains(&Key::Letter('ї')));
        keyboard.press(Key::Language);
        assert_eq!(keyboard, Keyboard::new(Language::Hu));
    }

    #[test]
    fn digits_and_the_other_language_are_two_taps() {
        let mut marks = Keyboard::new(Language::Uk);
        marks.press(Key::Layer);
        let mut english = Keyboard::new(Language::Uk);
        english.press(Key::Language);
        for digit in '0'..='9' {
            assert!(keys(&marks).contains(&Key::Mark(digit)));
        }
        for letter in 'a'..='z' {
            assert!(keys(&english).contains(&Key::Letter(letter)));
        }
    }

    #[test]
    fn a_capital_is_followed_by_small_letters() {
        let mut keyboard = Keyboard::new(Language::Uk);
        keyboard.press(Key::Shift);
        assert_eq!(keyboard.press(Key::Letter('Є')), Some(Edit::Insert('Є')));
        assert!(keys(&keyboard).contains(&Key::Letter('є')));
    }

    #[test]
    fn shift_taken_back_writes_small_letters_again() {
        let mut keyboard = Keyboard::new(Language::En);
        keyboard.press(Key::Shift);
        keyboard.press(Key::Shift);
        assert_eq!(keyboard, Keyboard::new(Language::En));
    }

    #[test]
    fn a_telephone_number_with_spaces_needs_no_change_of_keys() {
        let mut keyboard = Keyboard::new(Language::Uk);
        keyboard.press(Key::Layer);
        let marks = keyboard.clone();
        for key in [Key::Mark('0'), Key::Space, Key::Mark('6')] {
            assert!(keyboard.press(key).is_some());
            assert_eq!(keyboard, marks);
        }
        keyboard.press(Key::Layer);
        assert!(keys(&keyboard).contains(&Key::Letter('і')));
    }

    #[test]
    fn erasing_and_ending_a_line_leave_the_keys_alone() {
        let mut keyboard = Keyboard::new(Language::Uk);
        let before = keyboard.clone();
        assert_eq!(keyboard.press(Key::Erase), Some(Edit::Erase));
        assert_eq!(keyboard.press(Key::NewLine), Some(Edit::NewLine));
        assert_eq!(keyboard, before);
    }

    /// All that can be on the screen.
    fn layers() -> Vec<Keyboard> {
        Language::ALL
            .into_iter()
            .flat_map(|language| {
                let letters = Keyboard::new(language);
                let mut marks = letters.clone();
                marks.press(Key::Layer);
                [letters, marks]
            })
            .collect()
    }

    #[test]
    fn no_key_is_narrower_than_20_mm_on_a_27_inch_panel() {
        const PITCH_MM: f32 = 0.311;
        // The portrait keyboard and the one in the landscape column.
        for width in [1040.0, 890.0] {
            for keyboard in layers() {
                for placed in place(&keyboard, Size::new(width, 406.0), GAP) {
                    assert!(placed.bounds.width * PITCH_MM >= 20.0, "{placed:?}");
                    assert!(placed.bounds.height * PITCH_MM >= 20.0, "{placed:?}");
                }
            }
        }
    }

    #[test]
    fn rows_fill_the_width_and_keys_never_overlap() {
        let size = Size::new(1040.0, 406.0);
        for keyboard in layers() {
            let placed = place(&keyboard, size, GAP);
            let right = |key: &Placed| key.bounds.x + key.bounds.width;
            for row in placed.chunk_by(|one, next| one.bounds.y == next.bounds.y) {
                assert!((right(row.last().unwrap()) - size.width).abs() < 0.1);
                for pair in row.windows(2) {
                    assert!((pair[1].bounds.x - right(&pair[0]) - GAP).abs() < 0.1);
                }
            }
        }
    }

    #[test]
    fn every_point_between_two_keys_belongs_to_a_key() {
        let size = Size::new(1040.0, 406.0);
        let placed = place(&Keyboard::new(Language::Uk), size, GAP);
        for x in 0..1040 {
            for y in 0..406 {
                let point = iced::Point::new(x as f32, y as f32);
                assert!(
                    placed.iter().any(|key| key.reach(GAP).contains(point)),
                    "{point:?}"
                );
            }
        }
    }
}
