//! Letters, from the smallest to the hero. Ink; give another colour with `.color(…)`.

use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{self, Text};

use crate::kiosk::theme::panel::{Panel, Type};
use crate::kiosk::theme::{colour, font};

/// 7.5 mm, for what stands beside something larger.
pub fn small<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    set(panel, Type::Small, words).font(font::REGULAR)
}

/// 8.5 mm, for reading.
pub fn body<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    set(panel, Type::Text, words).font(font::REGULAR)
}

/// 8.5 mm, bold.
pub fn strong<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    set(panel, Type::Text, words).font(font::SEMIBOLD)
}

/// 10 mm, bold, for what is touched.
pub fn action<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    set(panel, Type::Action, words)
        .font(font::BOLD)
        .line_height(LineHeight::Relative(1.15))
}

/// 13 mm.
pub fn heading<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    title_of(panel, Type::Heading, words)
}

/// 17 mm: one a screen.
pub fn title<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    title_of(panel, Type::Title, words)
}

/// 24 mm, seen from across the hall.
pub fn hero<'a>(panel: &Panel, words: impl Into<String>) -> Text<'a> {
    title_of(panel, Type::Hero, words)
}

fn title_of<'a>(panel: &Panel, size: Type, words: impl Into<String>) -> Text<'a> {
    set(panel, size, words)
        .font(font::DISPLAY)
        .line_height(LineHeight::Relative(1.1))
}

fn set<'a>(panel: &Panel, size: Type, words: impl Into<String>) -> Text<'a> {
    widget::text(words.into())
        .size(panel.letters(size))
        .line_height(LineHeight::Relative(1.3))
        .wrapping(Wrapping::WordOrGlyph)
        .color(colour::INK)
}
