//! One service in plain words: price with its date, term, papers, place, result, steps, and on a tap the law.
//!
//! What nobody has checked says so, before anything that a visitor might rely on.

use iced::widget::{Column, column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::catalogue::card::{Card, CardDocument, CardFee, CardStep};
use crate::id::ServiceId;
use crate::kiosk::theme::colour;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::Tone;
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

#[derive(Debug)]
pub struct Service {
    id: ServiceId,
    /// The legal basis is unfolded.
    law: bool,
}

#[derive(Debug, Clone)]
pub enum Message {
    ToggleLaw,
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    Call(ServiceId),
    Back,
    Finish,
}

impl Service {
    pub fn new(id: ServiceId) -> Self {
        Self { id, law: false }
    }

    pub fn id(&self) -> &ServiceId {
        &self.id
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::ToggleLaw => {
                self.law = !self.law;
                Action::None
            }
            Message::Call => Action::Call(self.id.clone()),
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let window = match context.catalogue.service(&self.id) {
            Some(service) => self.card(context, service.card(context.language(), context.date)),
            None => column![
                text::title(panel, fl!(words, "service-gone")),
                text::body(panel, fl!(words, "service-gone-line")).color(colour::MUTED),
            ]
            .spacing(panel.px(16.0))
            .into(),
        };
        let tools = vec![
            button::tool(panel, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(panel, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let call = context.caller(fl!(words, "call-about-service"), Message::Call);
        let counter = layout::counter(panel, Some(context.story()), Some(call), tools);
        layout::scrolled(panel, context.header(), None, window, counter)
    }

    fn card<'a>(&'a self, context: &'a Context, card: Card<'a>) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let gap = panel.px(20.0);
        let review = (card.needs_review || card.checked_on.is_none()).then(|| {
            banner(
                panel,
                Tone::Warning,
                "warning",
                fl!(words, "service-needs-review"),
                fl!(words, "service-needs-review-line"),
            )
        });
        let signpost = card.signpost.then(|| {
            banner(
                panel,
                Tone::Plain,
                "location_on",
                fl!(words, "services-signpost"),
                fl!(words, "service-signpost"),
            )
        });
        let head = column![
            text::title(panel, card.name),
            text::body(panel, card.summary).color(colour::MUTED),
        ]
        .spacing(panel.px(16.0));
        let result = card
            .result
            .map(|result| said(context, fl!(words, "service-result"), result));
        let place = card
            .place
            .map(|place| said(context, fl!(words, "service-place"), place));
        let provider = said(context, fl!(words, "service-provider"), card.provider);
        let price = (!card.signpost).then(|| fees(context, &card.fees));
        let documents = (!card.signpost).then(|| documents(context, &card.documents));
        let steps = (!card.steps.is_empty()).then(|| steps(context, &card.steps));
        let body: Element<'a, Message> = if panel.is_landscape() {
            let facts = column![].push(price).push(result).push(place).push(provider);
            let work = column![].push(documents).push(steps);
            row![facts.spacing(gap).width(Fill), work.spacing(gap).width(Fill)]
                .spacing(gap)
                .into()
        } else {
            // What to pay and to bring comes first: the rest is scrolled to.
            column![]
                .push(price)
                .push(documents)
                .push(steps)
                .push(result)
                .push(place)
                .push(provider)
                .spacing(gap)
                .into()
        };
        column![head]
            .push(signpost)
            .push(review)
            .push(body)
            .push(self.basis(context, &card))
            .spacing(panel.px(28.0))
            .into()
    }

    /// The law behind a tap, and when the facts were looked up.
    fn basis<'a>(&'a self, context: &'a Context, card: &Card<'a>) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let checked = match card.checked_on {
            Some(date) => fl!(words, "service-checked", date = words.language().date(date)),
            None => fl!(words, "service-unchecked"),
        };
        let mut basis = Column::new().spacing(panel.px(20.0));
        if !card.legal.is_empty() {
            let (name, label) = if self.law {
                ("keyboard_arrow_up", fl!(words, "service-law-hide"))
            } else {
                ("gavel", fl!(words, "service-law"))
            };
            basis = basis.push(button::plain(panel, Some(name), label, Message::ToggleLaw));
        }
        if self.law {
            let laws = card.legal.iter().map(|legal| {
                let address = legal.url.map(|url| text::small(panel, url).color(colour::MUTED));
                column![text::body(panel, legal.title)].push(address).into()
            });
            basis = basis.push(tile::card(panel, column(laws).spacing(panel.px(20.0))));
        }
        basis
            .push(text::small(panel, checked).color(colour::MUTED))
            .into()
    }
}

/// A short fact under its name.
fn said<'a>(context: &Context, name: String, fact: &'a str) -> Element<'a, Message> {
    let panel = &context.panel;
    let words = column![
        text::small(panel, name).color(colour::MUTED),
        text::body(panel, fact)
    ];
    tile::card(panel, words.spacing(panel.px(8.0))).into()
}

fn fees<'a>(context: &Context, fees: &[CardFee<'a>]) -> Element<'a, Message> {
    let (panel, words) = (&context.panel, &context.words);
    let date = fl!(
        words,
        "service-fee-on",
        date = words.language().date(context.date)
    );
    let rows = fees.iter().map(|fee| {
        let unknown = || fl!(words, "service-fee-unknown");
        let label = fee.label.map(|label| text::body(panel, label));
        let amount = text::heading(panel, fee.amount.clone().unwrap_or_else(unknown));
        let term = row![
            icon("schedule", panel.px(44.0), colour::MUTED),
            text::body(panel, fee.term.clone())
                .color(colour::MUTED)
                .width(Fill),
        ];
        let term = term.spacing(panel.px(14.0)).align_y(Center);
        column![]
            .push(label)
            .push(amount)
            .push(term)
            .spacing(panel.px(8.0))
            .width(Fill)
            .into()
    });
    let title = text::action(panel, fl!(words, "service-fee"));
    let date = fees
        .iter()
        .any(|fee| fee.amount.is_some())
        .then(|| text::small(panel, date).color(colour::MUTED));
    // Two prices stand side by side where there is the room.
    let rows: Element<'a, Message> = if fees.len() == 2 && !panel.is_landscape() {
        row(rows).spacing(panel.px(28.0)).into()
    } else {
        column(rows).spacing(panel.px(28.0)).into()
    };
    let content = column![title, rows].push(date);
    tile::card(panel, content.spacing(panel.px(20.0))).into()
}

fn documents<'a>(context: &Context, documents: &[CardDocument<'a>]) -> Element<'a, Message> {
    let (panel, words) = (&context.panel, &context.words);
    let title = text::action(panel, fl!(words, "service-documents"));
    let none = documents
        .is_empty()
        .then(|| text::body(panel, fl!(words, "service-documents-none")));
    let rows = documents.iter().map(|document| {
        let more = [document.condition, document.note].into_iter().flatten();
        let more = more.map(|line| text::small(panel, line).color(colour::MUTED).into());
        let lines = column![text::strong(panel, text::bound(document.name))]
            .extend(more)
            .width(Fill);
        row![tile::icon_box(panel, document.icon, 88.0), lines]
            .spacing(panel.px(28.0))
            .align_y(Center)
            .into()
    });
    let content = column![title]
        .push(none)
        .push(column(rows).spacing(panel.px(28.0)));
    tile::card(panel, content.spacing(panel.px(28.0))).into()
}

fn steps<'a>(context: &Context, steps: &[CardStep<'a>]) -> Element<'a, Message> {
    let (panel, words) = (&context.panel, &context.words);
    let title = text::action(panel, fl!(words, "service-steps"));
    let rows = steps.iter().enumerate().map(|(at, step)| {
        let number = text::action(panel, (at + 1).to_string()).color(colour::WHITE);
        let number = container(number)
            .center(panel.px(72.0))
            .style(tile::filled(colour::INK, panel.px(20.0)));
        let more = step
            .text
            .map(|line| text::small(panel, line).color(colour::MUTED));
        let lines = column![text::strong(panel, step.title)].push(more).width(Fill);
        row![number, lines].spacing(panel.px(28.0)).into()
    });
    let content = column![title, column(rows).spacing(panel.px(28.0))];
    tile::card(panel, content.spacing(panel.px(28.0))).into()
}
