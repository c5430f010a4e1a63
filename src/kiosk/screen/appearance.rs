//! How would you rather read? Larger letters, more contrast; each is seen at once, here and on every screen.

use iced::widget::{column, row};
use iced::{Element, Fill};

use super::Context;
use crate::kiosk::theme::{Letters, colour};
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

#[derive(Debug, Default)]
pub struct Appearance;

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Letters,
    Contrast,
    Back,
    Finish,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The other size of letters.
    Letters,
    /// The other colours.
    Contrast,
    Back,
    Finish,
}

impl Appearance {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Letters => Action::Letters,
            Message::Contrast => Action::Contrast,
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let choice = |on: bool, icon, label: String, message| {
            if on {
                tile::tile_on(look, &label, message)
            } else {
                tile::tile(look, icon, &label, message)
            }
        };
        let tiles = row![
            choice(
                look.letters == Letters::Large,
                "text_increase",
                fl!(words, "appearance-letters"),
                Message::Letters,
            ),
            choice(
                *look.colour == colour::CONTRAST,
                "contrast",
                fl!(words, "appearance-contrast"),
                Message::Contrast,
            ),
        ]
        .spacing(look.px(20.0))
        .height(look.px(if look.is_landscape() { 220.0 } else { 340.0 }));
        let sample = column![
            text::small(look, fl!(words, "appearance-sample")).color(look.colour.second),
            text::heading(look, fl!(words, "home-title")),
            text::body(look, fl!(words, "home-line")),
        ]
        .spacing(look.px(16.0));
        let head = layout::head(
            look,
            fl!(words, "appearance-title"),
            fl!(words, "appearance-line"),
        );
        let window = column![head, tiles, tile::card(look, sample)]
            .spacing(look.px(28.0))
            .width(Fill);
        let done = button::onward(look, "check", fl!(words, "appearance-done"), None, Message::Back);
        let finish = button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish));
        let tools = vec![finish, button::no_tool(look)];
        let counter = layout::counter(look, Some(context.story()), Some(done), tools);
        layout::frame(look, context.header(), window, counter)
    }
}
