//! A service by its name or by an everyday word: found while one types. What was typed is gone with the screen.

use iced::widget::{column, container, row};
use iced::{Border, Center, Element, Fill, FillPortion};

use super::{Context, services};
use crate::catalogue::Catalogue;
use crate::catalogue::find::{Hit, Index, MAX_QUERY, Sureness};
use crate::id::ServiceId;
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::keyboard::{self, Key, Keyboard};
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::{Language, fl};
use crate::text::Edit;

const CARET: char = '|';

#[derive(Debug)]
pub struct Search {
    typed: String,
    keyboard: Keyboard,
    index: Index,
    hits: Vec<Hit>,
    /// How often the line has changed: each time what is found is read from its beginning.
    changes: u32,
}

#[derive(Debug, Clone)]
pub enum Message {
    Key(Key),
    /// One of the words that are offered as examples.
    Example(String),
    Service(ServiceId),
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    Service(ServiceId),
    Call,
    Back,
    Finish,
}

impl Search {
    /// The keyboard begins in the visitor's language, whose words go before those of others.
    pub fn new(catalogue: &Catalogue, language: Language) -> Self {
        Self {
            typed: String::new(),
            keyboard: Keyboard::new(language),
            index: Index::new(catalogue, language.tag()),
            hits: Vec::new(),
            changes: 0,
        }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Key(key) => match self.keyboard.press(key) {
                Some(Edit::Insert(letter)) if self.typed.chars().count() < MAX_QUERY => {
                    self.typed.push(letter);
                    self.look_up();
                }
                Some(Edit::Erase) => {
                    self.typed.pop();
                    self.look_up();
                }
                // What there is was found already, so there is nothing to send off.
                _ => {}
            },
            Message::Example(word) => {
                self.typed = word;
                self.look_up();
            }
            Message::Service(service) => return Action::Service(service),
            Message::Call => return Action::Call,
            Message::Back => return Action::Back,
            Message::Finish => return Action::Finish,
        }
        Action::None
    }

    fn look_up(&mut self) {
        self.hits = self.index.find(&self.typed);
        self.changes = self.changes.wrapping_add(1);
    }

    fn is_empty(&self) -> bool {
        self.typed.trim().is_empty()
    }

    fn finds_nothing(&self) -> bool {
        !self.is_empty() && self.hits.is_empty()
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let head = column![text::title(look, fl!(words, "search-title")), self.line(context)]
            .spacing(look.px(28.0))
            .into();
        let content = if self.is_empty() {
            examples(context)
        } else if self.hits.is_empty() {
            said(context, fl!(words, "search-none"), fl!(words, "search-none-line"))
        } else {
            self.found(context)
        };
        let count = u16::try_from(self.hits.len()).unwrap_or(u16::MAX);
        let count = (count > 0).then(|| fl!(words, "services-count", count = count));
        let count = count.map(|count| text::small(look, count).color(look.colour.second));
        let keys = keyboard::view(look, &self.keyboard, fl!(words, "talk-space"), Message::Key);
        let back = button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back));
        let finish = button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish));
        let call = fl!(words, "call-interpreter");
        // When nothing is found a person is the way on; the keys stay where they are.
        let (primary, tools) = if self.finds_nothing() {
            (Some(context.caller(call, Message::Call)), vec![back, finish])
        } else {
            let call = button::call(look, call, button::tool_height(look), Message::Call);
            let call = container(call).width(FillPortion(2)).into();
            (None, vec![back, call, finish])
        };
        let scrolled = layout::Scrolled {
            content,
            begins_anew: self.changes,
        };
        let header = context.header_with(row![].push(count));
        let window = layout::reading(look, header, Some(head), scrolled);
        layout::typing(look, window, primary, keys, tools)
    }

    /// What was typed, with a caret.
    fn line<'a>(&self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let border = Border::default()
            .rounded(look.px(28.0))
            .color(look.colour.words)
            .width(look.rim());
        let card = look.colour.card;
        let typed = text::action(look, format!("{}{CARET}", self.typed)).width(Fill);
        let content = row![icon("search", look.px(56.0), look.colour.words), typed]
            .spacing(look.px(20.0))
            .align_y(Center);
        container(content)
            .padding([look.px(28.0), look.px(28.0)])
            .width(Fill)
            .style(move |_| container::Style {
                background: Some(card.into()),
                border,
                ..container::Style::default()
            })
            .into()
    }

    fn found<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let look = &context.look;
        let guess = self.hits.iter().all(|hit| hit.sureness == Sureness::Guess);
        let guess =
            guess.then(|| text::body(look, fl!(context.words, "search-guess")).color(look.colour.second));
        let found = self.hits.iter();
        let found = found.filter_map(|hit| context.catalogue.service(&hit.service));
        let rows = found.map(|service| {
            // Of several topics the first tells enough.
            let topic = service.events.first();
            let topic = topic.and_then(|event| context.catalogue.event(event));
            let icon = topic.map_or("description", |event| event.icon.as_str());
            services::row_of(context, service, Some(icon), Message::Service(service.id.clone()))
        });
        column![].push(guess).extend(rows).spacing(look.px(20.0)).into()
    }
}

/// What one may type, each word ready for a tap.
fn examples<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let examples = [
        fl!(words, "search-example-passport"),
        fl!(words, "search-example-home"),
        fl!(words, "search-example-bills"),
    ];
    let examples = examples.map(|word| button::plain(look, None, word.clone(), Message::Example(word)));
    let gap = look.px(20.0);
    column![
        text::body(look, fl!(words, "search-line")),
        text::body(look, fl!(words, "search-examples")).color(look.colour.second),
        row(examples).spacing(gap).wrap().vertical_spacing(gap),
    ]
    .spacing(look.px(28.0))
    .into()
}

fn said<'a>(context: &Context, title: String, line: String) -> Element<'a, Message> {
    let look = &context.look;
    let drawing = icon("search_off", look.px(96.0), look.colour.words);
    let words = column![
        text::heading(look, title),
        text::body(look, line).color(look.colour.second)
    ]
    .spacing(look.px(16.0))
    .width(Fill);
    let content = row![drawing, words].spacing(look.px(36.0)).align_y(Center);
    tile::card(look, content).into()
}
