//! Nobody has touched anything for a while: a solid sheet counts down, then the visit is wiped.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::timer::timer;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

#[derive(Debug)]
pub struct Idle {
    seconds_left: u16,
    /// Of how many.
    whole: u16,
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
        Self {
            seconds_left,
            whole: seconds_left,
        }
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
        let unit = fl!(words, "idle-seconds", seconds = self.seconds_left);
        let timer = timer(look, self.seconds_left, self.whole, unit);
        let said = column![
            text::hero(look, fl!(words, "idle-title")),
            text::body(look, fl!(words, "idle-line")).color(look.colour.second),
        ]
        .spacing(look.px(28.0))
        .width(Fill);
        // Whoever comes next finds nothing: it is why the screen asks at all.
        let wiped = row![
            icon("delete", look.px(64.0), look.colour.words),
            text::body(look, fl!(words, "idle-private")).width(Fill),
        ]
        .spacing(look.px(28.0))
        .align_y(Center);
        let wiped = tile::card(look, wiped);
        let content: Element<'a, Message> = if look.is_landscape() {
            let said = column![said, wiped].spacing(look.px(56.0)).width(Fill);
            row![said, timer].spacing(look.px(56.0)).align_y(Center).into()
        } else {
            column![container(timer).center_x(Fill), said, wiped]
                .spacing(look.px(56.0))
                .into()
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
