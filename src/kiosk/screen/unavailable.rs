//! Nobody can be called now: why, when again, what still works. Shows at once when that changes.

use iced::widget::{column, container, row};
use iced::{Center, Color, Element, Fill};
use jiff::civil::DateTime;

use super::{Context, Trouble};
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

#[derive(Debug, Default)]
pub struct Unavailable;

#[derive(Debug, Clone)]
pub enum Message {
    Browse,
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// To the services, which can be read all the same.
    Browse,
    Call,
    Back,
    Finish,
}

impl Unavailable {
    pub fn new() -> Self {
        Self
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Browse => Action::Browse,
            Message::Call => Action::Call,
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let trouble = context.trouble();
        let (name, title, line) = match &trouble {
            Some(Trouble::NoLink) => (
                "wifi_off",
                fl!(words, "unavailable-link"),
                fl!(words, "unavailable-link-line"),
            ),
            Some(Trouble::Unstaffed) => (
                "person_off",
                fl!(words, "unavailable-staff"),
                fl!(words, "unavailable-staff-line"),
            ),
            Some(Trouble::Closed { opens }) => (
                "event_busy",
                fl!(words, "unavailable-closed"),
                opening(context, opens.as_deref()),
            ),
            None => (
                "event_available",
                fl!(words, "unavailable-works-again"),
                fl!(words, "free-of-charge"),
            ),
        };
        let drawing = container(icon(name, look.px(132.0), look.colour.words))
            .center(look.px(220.0))
            .style(tile::sheet(look, look.colour.shade, 56.0));
        let line = match &trouble {
            Some(Trouble::Closed { .. }) => text::heading(look, line),
            _ => text::body(look, line),
        };
        let said = column![
            drawing,
            text::title(look, title),
            line,
            text::body(look, fl!(words, "unavailable-services")).color(look.colour.second),
        ]
        .spacing(look.px(28.0))
        .width(Fill);
        // A clerk reads it standing beside the visitor; in the tall counter of a landscape panel it has the room.
        let (window, story): (Element<'a, Message>, _) = if look.is_landscape() {
            let clerk = for_clerk(context, look.colour.second_on_counter, look.colour.on_counter);
            (container(said).center_y(Fill).into(), Some(clerk))
        } else {
            let clerk = tile::card(look, for_clerk(context, look.colour.second, look.colour.words));
            let content = column![said, clerk].spacing(look.px(56.0));
            (container(content).center_y(Fill).into(), None)
        };
        let primary = match trouble {
            Some(_) => button::onward(
                look,
                "description",
                fl!(words, "unavailable-browse"),
                None,
                Message::Browse,
            ),
            None => context.caller(fl!(words, "call-interpreter"), Message::Call),
        };
        let tools = vec![
            button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let counter = layout::counter(look, story, Some(primary), tools);
        layout::frame(look, context.header(), window, counter)
    }
}

/// A card that speaks for the visitor, in the clerk's language.
fn for_clerk<'a>(context: &Context, second: Color, first: Color) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let head = row![
        icon("support_agent", look.px(50.0), second),
        text::body(look, fl!(words, "unavailable-clerk")).color(second),
    ]
    .spacing(look.px(20.0))
    .align_y(Center);
    let plea = text::heading(look, fl!(words, "unavailable-clerk-card")).color(first);
    column![head, plea].spacing(look.px(28.0)).into()
}

/// When the service opens again; a moment that cannot be read is not guessed.
fn opening(context: &Context, opens: Option<&str>) -> String {
    let words = &context.words;
    match opens.and_then(|opens| opens.parse::<DateTime>().ok()) {
        Some(at) => fl!(
            words,
            "unavailable-opens",
            date = words.language().day(at.date()),
            time = at.strftime("%H:%M").to_string()
        ),
        None => fl!(words, "unavailable-closed-line"),
    }
}
