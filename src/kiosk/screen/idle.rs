//! Nobody has touched anything for a while: a solid sheet counts down, then the visit is wiped.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::kiosk::theme::colour;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

#[derive(Debug)]
pub struct Idle {
    seconds_left: u16,
}

#[derive(Debug, Clone)]
pub enum Message {
    StillHere,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    StillHere,
    Finish,
}

impl Idle {
    pub fn new(seconds_left: u16) -> Self {
        Self { seconds_left }
    }

    /// One second has passed; true when none is left.
    pub fn tick(&mut self) -> bool {
        self.seconds_left = self.seconds_left.saturating_sub(1);
        self.seconds_left == 0
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::StillHere => Action::StillHere,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let number = text::hero(panel, self.seconds_left.to_string()).size(panel.px(240.0));
        let unit = text::heading(panel, fl!(words, "idle-seconds", seconds = self.seconds_left));
        let timer = container(column![number, unit].align_x(Center))
            .center_x(Fill)
            .padding(panel.px(56.0))
            .style(tile::filled(colour::PAPER, panel.px(56.0)));
        let said = column![
            text::hero(panel, fl!(words, "idle-title")),
            text::body(panel, fl!(words, "idle-line")).color(colour::MUTED),
        ]
        .spacing(panel.px(28.0))
        .width(Fill);
        let content: Element<'a, Message> = if panel.is_landscape() {
            row![said, timer].spacing(panel.px(56.0)).align_y(Center).into()
        } else {
            column![said, timer].spacing(panel.px(56.0)).into()
        };
        let stay = button::onward(
            panel,
            "front_hand",
            fl!(words, "still-here"),
            None,
            Message::StillHere,
        );
        let leave = button::tool(panel, "close", fl!(words, "finish"), Some(Message::Finish));
        let counter = layout::counter(panel, Some(context.story()), Some(stay), vec![leave]);
        layout::frame(
            panel,
            context.header(),
            container(content).center_y(Fill),
            counter,
        )
    }
}
