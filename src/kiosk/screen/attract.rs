//! Nobody is here: the kiosk says what it is, and one touch begins a visit. Sign language first, then the languages
//! of the screen: the two that most visitors read, and the way to all the others.

use iced::widget::{column, container, mouse_area};
use iced::{Center, Element, Fill};

use super::Context;
use crate::clip::ClipId;
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
    Appearance,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Start(Language),
    /// All the languages, to choose from.
    Languages,
    /// Letters and contrast.
    Appearance,
}

impl Attract {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Start(language) => Action::Start(language),
            Message::Languages => Action::Languages,
            Message::Appearance => Action::Appearance,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let start = Message::Start(words.language());
        // The mark's own ground is ink, so on ink only its three strokes are seen.
        let side = if look.is_landscape() { 480.0 } else { 880.0 };
        let mark = || {
            container(logo(look.px(side)))
                .center(Fill)
                .style(tile::sheet(look, look.colour.counter, 56.0))
                .into()
        };
        // Whoever signs says more than any mark.
        let mark = context.looped(&ClipId::Greeting).unwrap_or_else(mark);
        // On a tall panel it is said where the hand goes, and the mark is seen from across the hall.
        let (first, second) = if look.is_landscape() {
            (look.colour.words, look.colour.second)
        } else {
            (look.colour.on_counter, look.colour.second_on_counter)
        };
        let said = column![
            text::hero(look, fl!(words, "attract-title")).color(first),
            text::body(look, fl!(words, "attract-line")).color(second),
        ]
        .spacing(look.px(28.0))
        .width(Fill);
        let begin = button::onward(
            look,
            "sign_language",
            fl!(words, "attract-signing"),
            Some(fl!(words, "attract-signing-line")),
            start,
        );
        // The primary action begins in the kiosk's own.
        let first = FIRST.into_iter().filter(|language| *language != words.language());
        let first = first.map(|language| {
            let (name, start) = (language.own_name(), Message::Start(language));
            button::tool(look, "language", name, Some(start))
        });
        let more = button::tool(
            look,
            "language",
            fl!(words, "attract-language"),
            Some(Message::Languages),
        );
        let appearance = context.appearance(Message::Appearance);
        let tools = first.take(1).chain([more, appearance]).collect();
        let counter = layout::counter(look, Some(context.story_words()), Some(begin), tools);
        let (window, counter): (Element<'a, Message>, _) = if look.is_landscape() {
            (column![mark, said].spacing(look.px(28.0)).into(), counter)
        } else {
            (mark, column![said, counter].spacing(look.px(36.0)).into())
        };
        let screen = layout::frame(look, context.header(), window, counter);
        mouse_area(container(screen).align_x(Center))
            .on_press(start)
            .into()
    }
}
