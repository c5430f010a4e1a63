//! What do you need? The life events of the catalogue, and calling at once.

use iced::Element;

use super::Context;
use crate::id::EventId;
use crate::kiosk::widget::{button, layout, tile};
use crate::locale::fl;

#[derive(Debug, Default)]
pub struct Home;

#[derive(Debug, Clone)]
pub enum Message {
    Event(EventId),
    Call,
    Languages,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Event(EventId),
    Call,
    /// Another language of the screen.
    Languages,
    Finish,
}

impl Home {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Event(event) => Action::Event(event),
            Message::Call => Action::Call,
            Message::Languages => Action::Languages,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let tiles = context.catalogue.events().iter().map(|event| {
            let name = event.name.get(context.language());
            tile::tile(panel, &event.icon, name, Message::Event(event.id.clone()))
        });
        let window = layout::choice(panel, fl!(words, "home-title"), fl!(words, "home-line"), tiles);
        let tools = vec![
            button::tool(
                panel,
                "language",
                fl!(words, "change-language"),
                Some(Message::Languages),
            ),
            button::tool(panel, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let call = context.caller(fl!(words, "call-interpreter"), Message::Call);
        let counter = layout::counter(panel, Some(context.story()), Some(call), tools);
        layout::frame(panel, context.header(), window, counter)
    }
}
