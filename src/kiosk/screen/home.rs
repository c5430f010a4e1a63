//! What do you need? The life events of the catalogue, and calling at once.

use iced::widget::{Column, Row, column, space};
use iced::{Element, Fill, Padding};

use super::Context;
use crate::id::EventId;
use crate::kiosk::theme::colour;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

const COLUMNS: usize = 2;

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
        let title = text::title(panel, fl!(words, "home-title"));
        let line = text::body(panel, fl!(words, "home-line")).color(colour::MUTED);
        let gap = panel.px(20.0);
        let mut rows = Column::new().spacing(gap);
        for events in context.catalogue.events().chunks(COLUMNS) {
            let tiles = events.iter().map(|event| {
                let name = event.name.get(context.language());
                tile::tile(panel, &event.icon, name, Message::Event(event.id.clone()))
            });
            let row = Row::with_children(tiles).spacing(gap);
            rows = rows.push(row.push((events.len() < COLUMNS).then(|| space().width(Fill))));
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
