//! One service in plain words: price with its date, term, papers, place, result, steps, and on a tap the law.
//!
//! What nobody has checked says so, before anything that a visitor might rely on.

use iced::widget::{Column, column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::catalogue::card::{Card, CardDocument, CardFee, CardStep};
use crate::id::ServiceId;
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
        let (look, words) = (&context.look, &context.words);
        let window = match context.catalogue.service(&self.id) {
            Some(service) => self.card(context, service.card(context.language(), context.date)),
            None => column![
                text::title(look, fl!(words, "service-gone")),
                text::body(look, fl!(words, "service-gone-line")).color(look.colour.second),
            ]
            .spacing(look.px(16.0))
            .into(),
        };
        let tools = vec![
            button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let call = context.caller(fl!(words, "call-about-service"), Message::Call);
        let counter = layout::counter(look, Some(context.story()), Some(call), tools);
        layout::scrolled(look, context.header(), None, window, counter)
    }

    fn card<'a>(&'a self, context: &'a Context, card: Card<'a>) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let gap = look.px(20.0);
        let review = (card.needs_review || card.checked_on.is_none()).then(|| {
            banner(
                look,
                Tone::Warning,
                "warning",
                fl!(words, "service-needs-review"),
                fl!(words, "service-needs-review-line"),
            )
        });
        let signpost = card.signpost.then(|| {
            banner(
                look,
                Tone::Plain,
                "location_on",
                fl!(words, "services-signpost"),
                fl!(words, "service-signpost"),
            )
        });
        let head = column![
            text::title(look, card.name),
            text::body(look, card.summary).color(look.colour.second),
        ]
        .spacing(look.px(16.0));
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
        let body: Element<'a, Message> = if look.is_landscape() {
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
            .spacing(look.px(28.0))
            .into()
    }

    /// The law behind a tap, and when the facts were looked up.
    fn basis<'a>(&'a self, context: &'a Context, card: &Card<'a>) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let checked = match card.checked_on {
            Some(date) => fl!(words, "service-checked", date = words.language().date(date)),
            None => fl!(words, "service-unchecked"),
        };
        let mut basis = Column::new().spacing(look.px(20.0));
        if !card.legal.is_empty() {
            let (name, label) = if self.law {
                ("keyboard_arrow_up", fl!(words, "service-law-hide"))
            } else {
                ("gavel", fl!(words, "service-law"))
            };
            basis = basis.push(button::plain(look, Some(name), label, Message::ToggleLaw));
        }
        if self.law {
            let laws = card.legal.iter().map(|legal| {
                let address = legal
                    .url
                    .map(|url| text::small(look, url).color(look.colour.second));
                column![text::body(look, legal.title)].push(address).into()
            });
            basis = basis.push(tile::card(look, column(laws).spacing(look.px(20.0))));
        }
        basis
            .push(text::small(look, checked).color(look.colour.second))
            .into()
    }
}

/// A short fact under its name.
fn said<'a>(context: &Context, name: String, fact: &'a str) -> Element<'a, Message> {
    let look = &context.look;
    let words = column![
        text::small(look, name).color(look.colour.second),
        text::body(look, fact)
    ];
    tile::card(look, words.spacing(look.px(8.0))).into()
}

fn fees<'a>(context: &Context, fees: &[CardFee<'a>]) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let date = fl!(
        words,
        "service-fee-on",
        date = words.language().date(context.date)
    );
    let rows = fees.iter().map(|fee| {
        let unknown = || fl!(words, "service-fee-unknown");
        let label = fee.label.map(|label| text::body(look, label));
        let amount = text::heading(look, fee.amount.clone().unwrap_or_else(unknown));
        let term = row![
            icon("schedule", look.px(44.0), look.colour.second),
            text::body(look, fee.term.clone())
                .color(look.colour.second)
                .width(Fill),
        ];
        let term = term.spacing(look.px(14.0)).align_y(Center);
        column![]
            .push(label)
            .push(amount)
            .push(term)
            .spacing(look.px(8.0))
            .width(Fill)
            .into()
    });
    let title = text::action(look, fl!(words, "service-fee"));
    let date = fees
        .iter()
        .any(|fee| fee.amount.is_some())
        .then(|| text::small(look, date).color(look.colour.second));
    // Two prices stand side by side where there is the room.
    let rows: Element<'a, Message> = if fees.len() == 2 && !look.is_landscape() {
        row(rows).spacing(look.px(28.0)).into()
    } else {
        column(rows).spacing(look.px(28.0)).into()
    };
    let content = column![title, rows].push(date);
    tile::card(look, content.spacing(look.px(20.0))).into()
}

fn documents<'a>(context: &Context, documents: &[CardDocument<'a>]) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let title = text::action(look, fl!(words, "service-documents"));
    let none = documents
        .is_empty()
        .then(|| text::body(look, fl!(words, "service-documents-none")));
    let rows = documents.iter().map(|document| {
        let more = [document.condition, document.note].into_iter().flatten();
        let more = more.map(|line| text::small(look, line).color(look.colour.second).into());
        let lines = column![text::strong(look, text::bound(document.name))]
            .extend(more)
            .width(Fill);
        row![tile::icon_box(look, document.icon, 88.0), lines]
            .spacing(look.px(28.0))
            .align_y(Center)
            .into()
    });
    let content = column![title]
        .push(none)
        .push(column(rows).spacing(look.px(28.0)));
    tile::card(look, content.spacing(look.px(28.0))).into()
}

fn steps<'a>(context: &Context, steps: &[CardStep<'a>]) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let title = text::action(look, fl!(words, "service-steps"));
    let rows = steps.iter().enumerate().map(|(at, step)| {
        let number = text::action(look, (at + 1).to_string()).color(look.colour.on_counter);
        let number =
            container(number)
                .center(look.px(72.0))
                .style(tile::sheet(look, look.colour.counter, 20.0));
        let more = step
            .text
            .map(|line| text::small(look, line).color(look.colour.second));
        let lines = column![text::strong(look, step.title)].push(more).width(Fill);
        row![number, lines].spacing(look.px(28.0)).into()
    });
    let content = column![title, column(rows).spacing(look.px(28.0))];
    tile::card(look, content.spacing(look.px(28.0))).into()
}
