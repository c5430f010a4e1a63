//! In which language would you read? All of them, each by its own name, the present one ticked.

use iced::widget::{Column, Row, column, space};
use iced::{Element, Fill, Padding};

use super::Context;
use crate::kiosk::theme::colour;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::{Language, fl};

const COLUMNS: usize = 2;

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
        let (panel, words) = (&context.panel, &context.words);
        let title = text::title(panel, fl!(words, "language-title"));
        let line = text::body(panel, fl!(words, "language-line")).color(colour::MUTED);
        let gap = panel.px(20.0);
        let mut rows = Column::new().spacing(gap);
        for languages in Language::ALL.chunks(COLUMNS) {
            let tiles = languages.iter().map(|&language| {
                let (name, choose) = (language.own_name(), Message::Choose(language));
                if language == words.language() {
                    tile::tile_on(panel, name, choose)
                } else {
                    tile::tile(panel, "language", name, choose)
                }
            });
            let row = Row::with_children(tiles).spacing(gap);
            rows = rows.push(row.push((languages.len() < COLUMNS).then(|| space().width(Fill))));
        }
        // On a tall panel the title fills what lies above 1220 mm, where nothing is touched.
        let above = if panel.is_landscape() { 0.0 } else { 36.0 };
        let head = column![title, line]
            .spacing(panel.px(16.0))
            .padding(Padding::ZERO.vertical(panel.px(above)));
        let window = column![head, rows.height(Fill)]
            .spacing(panel.px(28.0))
            .width(Fill);
        let tools = vec![
            button::tool(panel, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(panel, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let counter = layout::counter(panel, Some(context.story()), None, tools);
        layout::frame(panel, context.header(), window, counter)
    }
}
