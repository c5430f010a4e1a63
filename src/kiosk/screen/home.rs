//! What do you need? The life events of the catalogue, and calling at once.

use iced::Element;
use iced::widget::column;

use super::Context;
use crate::id::EventId;
use crate::kiosk::widget::{button, layout, tile};
use crate::locale::fl;

#[derive(Debug, Default)]
pub struct Home;

#[derive(Debug, Clone)]
pub enum Message {
    Event(EventId),
    Search,
    Call,
    Ticket,
    Languages,
    Appearance,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Event(EventId),
    /// A service by its name.
    Search,
    Call,
    /// Waiting for a paper ticket to be called.
    Ticket,
    /// Another language of the screen.
    Languages,
    /// Letters and contrast.
    Appearance,
    Finish,
}

impl Home {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Event(event) => Action::Event(event),
            Message::Search => Action::Search,
            Message::Call => Action::Call,
            Message::Ticket => Action::Ticket,
            Message::Languages => Action::Languages,
            Message::Appearance => Action::Appearance,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let tiles = context.catalogue.events().iter().map(|event| {
            let name = event.name.get(context.language());
            tile::tile(look, &event.icon, name, Message::Event(event.id.clone()))
        });
        let tiles = layout::choice(look, fl!(words, "home-title"), fl!(words, "home-line"), tiles);
        let search = tile::lead(look, "search", fl!(words, "search-title"), Message::Search);
        let window = column![tiles, search].spacing(look.px(20.0));
        // Where nobody tells of called tickets there is nothing to wait for.
        let ticket = context
            .hall
            .tickets
            .is_some()
            .then(|| button::tool(look, "ticket", fl!(words, "ticket"), Some(Message::Ticket)));
        let tools = vec![
            button::tool(
                look,
                "language",
                fl!(words, "change-language"),
                Some(Message::Languages),
            ),
            context.appearance(Message::Appearance),
            button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let tools = ticket.into_iter().chain(tools).collect();
        let call = context.caller(fl!(words, "call-interpreter"), Message::Call);
        let counter = layout::counter(look, Some(context.story_words()), Some(call), tools);
        layout::frame(look, context.header(), window, counter)
    }
}
