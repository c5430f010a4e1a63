//! Nobody has touched anything for a while: a solid sheet counts down, then the visit is wiped.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
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
        let (look, words) = (&context.look, &context.words);
        let number = text::hero(look, self.seconds_left.to_string()).size(look.px(240.0));
        let unit = text::heading(look, fl!(words, "idle-seconds", seconds = self.seconds_left));
        let timer = container(column![number, unit].align_x(Center))
            .center_x(Fill)
            .padding(look.px(56.0))
            .style(tile::sheet(look, look.colour.card, 56.0));
        let said = column![
            text::hero(look, fl!(words, "idle-title")),
            text::body(look, fl!(words, "idle-line")).color(look.colour.second),
        ]
        .spacing(look.px(28.0))
        .width(Fill);
        let content: Element<'a, Message> = if look.is_landscape() {
            row![said, timer].spacing(look.px(56.0)).align_y(Center).into()
        } else {
            column![said, timer].spacing(look.px(56.0)).into()
        };
        let stay = button::onward(
            look,
            "front_hand",
            fl!(words, "still-here"),
            None,
            Message::StillHere,
        );
        let leave = button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish));
        let counter = layout::counter(look, Some(context.story()), Some(stay), vec![leave]);
        layout::frame(look, context.header(), container(content).center_y(Fill), counter)
    }
}
