//! Nobody can be called now: why, when again, what still works. Shows at once when that changes.

use iced::widget::container::Style;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Theme};
use jiff::civil::DateTime;

use super::{Context, Trouble};
use crate::kiosk::theme::Look;
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
        let again = match &trouble {
            Some(Trouble::Closed { .. }) | None => None,
            Some(Trouble::NoLink | Trouble::Unstaffed) => Some(fl!(words, "unavailable-again")),
        };
        let facts = column![]
            .push(again.map(|again| fact(look, "schedule", again)))
            .push(fact(look, "description", fl!(words, "unavailable-services")))
            .spacing(look.px(20.0));
        let line = match &trouble {
            Some(Trouble::Closed { .. }) => text::heading(look, line),
            _ => text::body(look, line).color(look.colour.second),
        };
        let said = row![
            container(icon(name, look.px(88.0), look.colour.words))
                .center(look.px(148.0))
                .style(tile::sheet(look, look.colour.shade, 36.0)),
            text::title(look, title).width(Fill),
        ]
        .spacing(look.px(28.0))
        .align_y(Center);
        let said = column![said, line].spacing(look.px(20.0));
        // A clerk reads the card standing beside the visitor.
        let card = tile::card(look, for_clerk(context)).style(framed(look));
        // A wide panel has not the height for a second card.
        let facts: Element<'a, Message> = if look.is_landscape() {
            facts.into()
        } else {
            tile::card(look, facts).into()
        };
        let content =
            column![said, card, facts].spacing(look.px(if look.is_landscape() { 28.0 } else { 56.0 }));
        let window = container(content).center_y(Fill);
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
        let counter = layout::counter(look, Some(context.story()), Some(primary), tools);
        layout::frame(look, context.header(), window, counter)
    }
}

/// A card that speaks for the visitor, in the clerk's language.
fn for_clerk<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let head = row![
        icon("support_agent", look.px(50.0), look.colour.second),
        text::strong(look, fl!(words, "unavailable-clerk")).color(look.colour.second),
    ]
    .spacing(look.px(20.0))
    .align_y(Center);
    let plea = fl!(words, "unavailable-clerk-card");
    let plea = if look.is_landscape() {
        text::heading(look, plea)
    } else {
        text::title(look, plea)
    };
    column![head, plea].spacing(look.px(28.0)).into()
}

/// Something good to know, with its drawing.
fn fact<'a>(look: &Look, name: &str, words: String) -> Element<'a, Message> {
    row![
        icon(name, look.px(56.0), look.colour.words),
        text::body(look, words).width(Fill)
    ]
    .spacing(look.px(28.0))
    .align_y(Center)
    .into()
}

/// Paper with the line around it of what is held up for somebody.
fn framed(look: &Look) -> impl Fn(&Theme) -> Style + use<> {
    let look = *look;
    move |theme| {
        let sheet = tile::sheet(&look, look.colour.card, 36.0)(theme);
        let border = sheet.border.color(look.colour.control).width(look.rim());
        Style { border, ..sheet }
    }
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
