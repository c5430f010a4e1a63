//! A few words for the clerk beside the kiosk, in large letters: typed here, shown here, sent nowhere.

use iced::widget::{column, scrollable};
use iced::{Element, Fill};

use super::Message;
use crate::kiosk::screen::Context;
use crate::kiosk::widget::keyboard::{self, Key, Keyboard};
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::{Language, fl};
use crate::text::{Side, Transcript};

const CARET: char = '|';

#[derive(Debug)]
pub struct Note {
    keyboard: Keyboard,
    text: Transcript,
}

impl Note {
    pub fn new(language: Language) -> Self {
        Self {
            keyboard: Keyboard::new(language),
            text: Transcript::default(),
        }
    }

    /// The keys begin in the visitor's language; what was written stays.
    pub fn speak(&mut self, language: Language) {
        self.keyboard = Keyboard::new(language);
    }

    pub fn press(&mut self, key: Key) {
        if let Some(edit) = self.keyboard.press(key) {
            self.text.apply(Side::Own, edit);
        }
    }

    pub fn erase(&mut self) {
        self.text.clear();
    }

    /// A new line is a row of its own.
    fn words(&self) -> String {
        let rows: Vec<&str> = self.text.rows().map(|row| row.text).collect();
        rows.join("\n")
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let written = self.words();
        let sheet = if written.is_empty() {
            text::body(look, fl!(words, "waiting-note-empty")).color(look.colour.second)
        } else {
            text::title(look, format!("{written}{CARET}"))
        };
        let sheet = scrollable(sheet.width(Fill))
            .direction(scrollable::Direction::Vertical(scrollable::Scrollbar::hidden()))
            .anchor_bottom()
            .width(Fill);
        let sheet = tile::card(look, sheet).height(Fill);
        let title = text::heading(look, fl!(words, "waiting-note-title"));
        let keys = keyboard::view(look, &self.keyboard, fl!(words, "talk-space"), Message::Key);
        let hide = button::tool(
            look,
            "keyboard_hide",
            fl!(words, "waiting-note-hide"),
            Some(Message::Note(words.language())),
        );
        let erase = button::tool(
            look,
            "delete",
            fl!(words, "waiting-note-erase"),
            (!written.is_empty()).then_some(Message::EraseNote),
        );
        let window = column![title, sheet].spacing(look.px(28.0));
        let window = layout::looking(look, context.header(), window, look.px(56.0));
        layout::typing(look, window, None, keys, vec![hide, erase])
    }
}
