//! Letters, from the smallest to the hero. Ink; give another colour with `.color(…)`.

use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{self, Text};

use crate::kiosk::theme::Look;
use crate::kiosk::theme::font;
use crate::kiosk::theme::panel::Type;

/// Keeps together what should not be parted at the end of a line: words of one letter and the next word, and the
/// halves of «ID-картка». For narrow places.
pub fn bound(words: &str) -> String {
    const NO_BREAK_HYPHEN: &str = "\u{2011}";
    const NO_BREAK_SPACE: char = '\u{A0}';
    let mut text = String::with_capacity(words.len() + 8);
    for word in words.split_inclusive(' ') {
        let letter = word
            .strip_suffix(' ')
            .filter(|letter| letter.chars().count() == 1);
        match letter {
            Some(letter) => text.extend([letter, NO_BREAK_SPACE.encode_utf8(&mut [0; 2])]),
            None => text.push_str(&word.replace("ID-", &format!("ID{NO_BREAK_HYPHEN}"))),
        }
    }
    text
}

/// 7.5 mm, on what is touched.
pub fn label<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    set(look, Type::Label, words).font(font::REGULAR)
}

/// 7.5 mm, for what stands beside something larger.
pub fn small<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    set(look, Type::Small, words).font(font::REGULAR)
}

/// 8.5 mm, for reading.
pub fn body<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    set(look, Type::Text, words).font(font::REGULAR)
}

/// 8.5 mm, bold.
pub fn strong<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    set(look, Type::Text, words).font(font::SEMIBOLD)
}

/// 10 mm, bold, for what is touched.
pub fn action<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    set(look, Type::Action, words)
        .font(font::BOLD)
        .line_height(LineHeight::Relative(1.15))
}

/// 13 mm.
pub fn heading<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    title_of(look, Type::Heading, words)
}

/// 17 mm: one a screen.
pub fn title<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    title_of(look, Type::Title, words)
}

/// 24 mm, seen from across the hall.
pub fn hero<'a>(look: &Look, words: impl Into<String>) -> Text<'a> {
    title_of(look, Type::Hero, words)
}

fn title_of<'a>(look: &Look, size: Type, words: impl Into<String>) -> Text<'a> {
    set(look, size, words)
        .font(font::DISPLAY)
        .line_height(LineHeight::Relative(1.1))
}

fn set<'a>(look: &Look, size: Type, words: impl Into<String>) -> Text<'a> {
    widget::text(words.into())
        .size(look.letters(size))
        .line_height(LineHeight::Relative(1.3))
        .wrapping(Wrapping::WordOrGlyph)
        .color(look.colour.words)
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn a_word_of_one_letter_stays_with_the_next() {
        assert_eq!(bound("Житло й реєстрація"), "Житло й\u{A0}реєстрація");
        assert_eq!(bound("Паспорт або ID-картка"), "Паспорт або ID\u{2011}картка");
        assert_eq!(bound("Я "), "Я\u{A0}");
        assert_eq!(bound(""), "");
    }
}
