//! Nobody is here: the kiosk says what it is, and one touch begins a visit. Sign language first, then the languages
//! of the screen: the two that most visitors read, and the way to all the others.

use iced::widget::{column, container, mouse_area};
use iced::{Center, Element, Fill};

use super::Context;
use crate::kiosk::theme::colour;
use crate::kiosk::widget::icon::logo;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::{Language, fl};

/// Those that are one touch away.
const FIRST: [Language; 2] = [Language::Uk, Language::En];

#[derive(Debug, Default)]
pub struct Attract;

#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// Touched anywhere, or on a language.
    Start(Language),
    Languages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Start(Language),
    /// All the languages, to choose from.
    Languages,
}

impl Attract {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Start(language) => Action::Start(language),
            Message::Languages => Action::Languages,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let start = Message::Start(words.language());
        // The mark's own ground is ink, so on ink only its three strokes are seen.
        let side = if panel.is_landscape() { 480.0 } else { 800.0 };
        let mark = container(logo(panel.px(side)))
            .center(Fill)
            .style(tile::filled(colour::INK, panel.px(56.0)));
        let title = text::hero(panel, fl!(words, "attract-title"));
        let line = text::body(panel, fl!(words, "attract-line")).color(colour::MUTED);
        let window = column![mark, title, line].spacing(panel.px(28.0)).width(Fill);
        let begin = button::onward(
            panel,
            "sign_language",
            fl!(words, "attract-signing"),
            Some(fl!(words, "attract-signing-line")),
            start,
        );
        let first = FIRST.map(|language| {
            let (name, start) = (language.own_name(), Message::Start(language));
            button::tool(panel, "language", name, Some(start))
        });
        let more = button::tool(
            panel,
            "language",
            fl!(words, "attract-language"),
            Some(Message::Languages),
        );
        let languages = first.into_iter().chain([more]).collect();
        let counter = layout::counter(panel, Some(context.story_words()), Some(begin), languages);
        let screen = layout::frame(panel, context.header(), window, counter);
        mouse_area(container(screen).align_x(Center))
            .on_press(start)
            .into()
    }
}
