//! In which language would you read? All of them, each by its own name, the present one ticked.

use iced::Element;

use super::Context;
use crate::kiosk::widget::{button, layout, tile};
use crate::locale::{Language, fl};

#[derive(Debug, Default)]
pub struct Languages;

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Choose(Language),
    Back,
    Finish,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Choose(Language),
    Back,
    Finish,
}

impl Languages {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Choose(language) => Action::Choose(language),
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let tiles = Language::ALL.into_iter().map(|language| {
            let (name, choose) = (language.own_name(), Message::Choose(language));
            if language == words.language() {
                tile::tile_on(look, name, choose)
            } else {
                tile::tile(look, "language", name, choose)
            }
        });
        let title = fl!(words, "language-title");
        let window = layout::choice(look, title, fl!(words, "language-line"), tiles);
        let tools = vec![
            button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let counter = layout::counter(look, Some(context.story()), None, tools);
        layout::frame(look, context.header(), window, counter)
    }
}
