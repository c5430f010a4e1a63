//! One service in plain words: price with its date, term, papers to tick, place, result, and on a tap the law.
//!
//! What nobody has checked says so, before anything that a visitor might rely on.

use std::collections::BTreeSet;

use iced::widget::{Column, column, container, image, row};
use iced::{Center, ContentFit, Element, Fill, FillPortion};

use super::Context;
use crate::catalogue::card::{Card, CardDocument, CardFee};
use crate::clip::ClipId;
use crate::id::ServiceId;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::{self, Tone};
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::{button, clip, layout, text, tile};
use crate::locale::fl;

#[derive(Debug)]
pub struct Service {
    id: ServiceId,
    /// The legal basis is unfolded.
    law: bool,
    /// The places of the papers that the visitor has ready.
    ready: BTreeSet<usize>,
    pub clip: clip::Clip,
}

#[derive(Debug, Clone)]
pub enum Message {
    Clip(clip::Message),
    ToggleLaw,
    /// The paper of this place is ready, or not after all.
    Tick(usize),
    Steps,
    Take,
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    /// Clips go slowly from now on, or no longer.
    Slow,
    /// One step after another.
    Steps(ServiceId),
    /// The list for the visitor's own phone or on paper.
    Take(ServiceId),
    Call,
    Back,
    Finish,
}

impl Service {
    pub fn new(id: ServiceId) -> Self {
        Self {
            id,
            law: false,
            ready: BTreeSet::new(),
            clip: clip::Clip::default(),
        }
    }

    /// What the visitor reads about.
    pub fn service(&self) -> &ServiceId {
        &self.id
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Clip(message) => match self.clip.update(message) {
                clip::Action::None => Action::None,
                clip::Action::Slow => Action::Slow,
            },
            Message::ToggleLaw => {
                self.law = !self.law;
                Action::None
            }
            Message::Tick(place) => {
                if !self.ready.remove(&place) {
                    self.ready.insert(place);
                }
                Action::None
            }
            Message::Steps => Action::Steps(self.id.clone()),
            Message::Take => Action::Take(self.id.clone()),
            Message::Call => Action::Call,
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn clip_id(&self) -> ClipId {
        ClipId::Service(self.id.clone())
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let service = context.catalogue.service(&self.id);
        let window = match service {
            Some(service) => self.card(context, service.card(context.language(), context.date)),
            None => column![
                text::title(look, fl!(words, "service-gone")),
                text::body(look, fl!(words, "service-gone-line")).color(look.colour.second),
            ]
            .spacing(look.px(16.0))
            .into(),
        };
        let has_steps = service.is_some_and(|service| !service.steps.is_empty());
        let steps = fl!(words, "service-steps-tool");
        let steps = button::tool(
            look,
            "format_list_numbered",
            steps,
            has_steps.then_some(Message::Steps),
        );
        let take = fl!(words, "service-take");
        let take = button::tool(look, "qr_code_2", take, service.map(|_| Message::Take));
        let back = button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back));
        let finish = button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish));
        // In one row the longest label has the broadest tool.
        let share = |tool, share| container(tool).width(FillPortion(share)).into();
        let tools = if look.is_landscape() {
            vec![steps, take, back, finish]
        } else {
            vec![share(back, 4), share(steps, 4), share(take, 6), share(finish, 5)]
        };
        let call = context.caller(fl!(words, "call-about-service"), Message::Call);
        let counter = layout::counter(look, Some(context.story_words()), Some(call), tools);
        // It stays in sight while one reads on.
        let player = context.player(&self.clip, &self.clip_id());
        let room = clip::height(look);
        let player = player.map(|player| container(player.map(Message::Clip)).height(room).into());
        layout::scrolled(look, context.header(), player, window, counter)
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
        let place = place(context, &card);
        let provider = said(context, fl!(words, "service-provider"), card.provider);
        let price = (!card.signpost).then(|| fees(context, &card.fees));
        let documents = (!card.signpost).then(|| self.documents(context, &card.documents));
        // What to pay and to bring comes first: the rest is scrolled to.
        let body: Element<'a, Message> = if look.is_landscape() && !card.signpost {
            let documents = container(column![].push(documents)).width(FillPortion(3));
            let facts = column![].push(price).push(result).push(place).push(provider);
            row![documents, facts.spacing(gap).width(FillPortion(2))]
                .spacing(gap)
                .into()
        } else {
            column![]
                .push(price)
                .push(documents)
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

    /// What to bring, each to be ticked when the visitor has it.
    fn documents<'a>(&self, context: &Context, documents: &[CardDocument<'a>]) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let title = text::action(look, fl!(words, "service-documents")).width(Fill);
        if documents.is_empty() {
            let line = text::body(look, fl!(words, "service-documents-none"));
            return tile::card(look, column![title, line].spacing(look.px(28.0))).into();
        }
        let (ready, all) = (self.ready.len(), documents.len());
        let count = fl!(words, "service-ready", ready = ready, all = all);
        let count = if ready == all {
            chip::chip(look, Tone::Good, "check", count)
        } else {
            text::small(look, count).color(look.colour.second).into()
        };
        let line = text::small(look, fl!(words, "service-ready-line")).color(look.colour.second);
        let rows = documents.iter().enumerate().map(|(place, document)| {
            let more = [document.condition, document.note].into_iter().flatten();
            let more = more.map(|line| text::small(look, line).color(look.colour.second).into());
            let lines = column![text::strong(look, text::bound(document.name))]
                .extend(more)
                .width(Fill);
            let content = row![tile::icon_box(look, document.icon, 88.0), lines]
                .spacing(look.px(28.0))
                .align_y(Center);
            tile::tick(look, self.ready.contains(&place), content, Message::Tick(place))
        });
        let head = row![title, count].spacing(look.px(20.0)).align_y(Center);
        let rows = column(rows).spacing(look.px(16.0));
        tile::card(look, column![head, line, rows].spacing(look.px(20.0))).into()
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

/// The window of this house with its plan, or what the catalogue knows.
fn place<'a>(context: &'a Context, card: &Card<'a>) -> Option<Element<'a, Message>> {
    let (look, words) = (&context.look, &context.words);
    let name = fl!(words, "service-place");
    let windows = &context.hall.windows;
    let Some(window) = windows.of.get(card.id) else {
        return card.place.map(|place| said(context, name, place));
    };
    let window = fl!(words, "ticket-at", window = window.as_str());
    let plan = windows.plan.clone().map(|plan| {
        image(plan)
            .width(Fill)
            .height(look.px(480.0))
            .content_fit(ContentFit::Contain)
    });
    let title = column![
        text::small(look, name).color(look.colour.second),
        text::heading(look, window)
    ];
    let content = column![title.spacing(look.px(8.0))].push(plan);
    Some(tile::card(look, content.spacing(look.px(20.0))).into())
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
