//! The services of one life event: large rows with price and term.

use iced::widget::{Row, column, row};
use iced::{Center, Element};

use super::Context;
use crate::catalogue::model::{Amount, Service};
use crate::id::{EventId, ServiceId};
use crate::kiosk::widget::chip::{self, Tone};
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

#[derive(Debug)]
pub struct Services {
    event: EventId,
}

#[derive(Debug, Clone)]
pub enum Message {
    Service(ServiceId),
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Service(ServiceId),
    Call,
    Back,
    Finish,
}

impl Services {
    pub fn new(event: EventId) -> Self {
        Self { event }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Service(service) => Action::Service(service),
            Message::Call => Action::Call,
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let event = context.catalogue.event(&self.event);
        let name = event.map_or("", |event| event.name.get(context.language()));
        let services: Vec<&Service> = context.catalogue.of_event(&self.event).collect();
        let count = u16::try_from(services.len()).unwrap_or(u16::MAX);
        let head = column![
            text::title(look, name),
            text::body(look, fl!(words, "services-line")).color(look.colour.second),
        ]
        .spacing(look.px(16.0));
        let content: Element<'a, Message> = if services.is_empty() {
            let title = text::heading(look, fl!(words, "services-none"));
            let line = text::body(look, fl!(words, "services-none-line")).color(look.colour.second);
            tile::card(look, column![title, line].spacing(look.px(16.0))).into()
        } else {
            let rows = services
                .iter()
                .map(|service| row_of(context, service, None, Message::Service(service.id.clone())));
            column(rows).spacing(look.px(20.0)).into()
        };
        let tools = vec![
            button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let call = context.caller(fl!(words, "call-interpreter"), Message::Call);
        let counter = layout::counter(look, Some(context.story()), Some(call), tools);
        let count = (count > 0).then(|| fl!(words, "services-count", count = count));
        let count = text::small(look, count.unwrap_or_default()).color(look.colour.second);
        layout::scrolled(
            look,
            context.header_with(count),
            Some(head.into()),
            content,
            counter,
        )
    }
}

/// A service to choose: its name, its price and term; an icon before it if there is one.
pub(super) fn row_of<'a, Message: Clone + 'a>(
    context: &'a Context,
    service: &'a Service,
    icon: Option<&str>,
    on_press: Message,
) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let facts: Row<'a, Message> = if service.signpost {
        row![chip::chip(
            look,
            Tone::Plain,
            "location_on",
            fl!(words, "services-signpost")
        )]
    } else {
        row![
            fact(context, "payments", price(context, service)),
            fact(context, "schedule", term(context, service)),
        ]
    };
    let review = service
        .needs_review
        .then(|| chip::chip(look, Tone::Warning, "warning", fl!(words, "needs-review")));
    let facts = facts
        .push(review)
        .spacing(look.px(28.0))
        .align_y(Center)
        .wrap()
        .vertical_spacing(look.px(10.0));
    let name = service.title(context.language());
    tile::wide(look, icon, name, facts, on_press)
}

fn fact<'a, Message: 'a>(context: &Context, name: &str, words: String) -> Element<'a, Message> {
    let look = &context.look;
    row![
        icon(name, look.px(38.0), look.colour.second),
        text::small(look, words).color(look.colour.second)
    ]
    .spacing(look.px(12.0))
    .align_y(Center)
    .into()
}

/// One price, the least of several sums, or that they differ.
fn price(context: &Context, service: &Service) -> String {
    let (words, language) = (&context.words, context.language());
    let amounts: Vec<Amount> = service.fees.iter().map(|fee| fee.amount(context.date)).collect();
    let Some(first) = amounts.first() else {
        return Amount::Unknown.words(language);
    };
    if amounts.iter().all(|amount| amount == first) {
        return first.words(language);
    }
    let sums: Option<Vec<_>> = amounts
        .iter()
        .map(|amount| match amount {
            Amount::Sum(sum) => Some(*sum),
            Amount::Free | Amount::Unknown => None,
        })
        .collect();
    match sums.and_then(|sums| sums.into_iter().min()) {
        Some(least) => fl!(
            words,
            "services-price-from",
            amount = Amount::Sum(least).words(language)
        ),
        None => fl!(words, "services-price-differs"),
    }
}

fn term(context: &Context, service: &Service) -> String {
    let mut terms = service.fees.iter().map(|fee| &fee.term);
    let language = context.language();
    match terms.next() {
        None => crate::catalogue::model::Term::Unknown.words(language),
        Some(first) if terms.all(|term| term == first) => first.words(language),
        Some(_) => fl!(context.words, "services-term-choice"),
    }
}
