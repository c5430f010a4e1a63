//! What to do, one step at a time: one number, one verb. The last one leads back to the service.

use iced::widget::{Row, column, container, row, space};
use iced::{Center, Element, Fill, FillPortion};

use super::Context;
use crate::catalogue::model::Step;
use crate::clip::ClipId;
use crate::id::ServiceId;
use crate::kiosk::theme::font;
use crate::kiosk::widget::{button, clip, layout, text, tile};
use crate::locale::fl;

#[derive(Debug)]
pub struct Steps {
    service: ServiceId,
    /// The place of the step on the screen, from 0; always below `count`.
    at: usize,
    count: usize,
    pub clip: clip::Clip,
}

#[derive(Debug, Clone)]
pub enum Message {
    Clip(clip::Message),
    Next,
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    /// Clips go slowly from now on, or no longer.
    Slow,
    Call,
    /// To the service: before the first step, or after the last.
    Back,
    Finish,
}

impl Steps {
    /// None of a service without steps.
    pub fn new(service: ServiceId, count: usize) -> Option<Self> {
        (count > 0).then_some(Self {
            service,
            at: 0,
            count,
            clip: clip::Clip::default(),
        })
    }

    /// What the visitor reads about.
    pub fn service(&self) -> &ServiceId {
        &self.service
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Clip(message) => {
                return match self.clip.update(message) {
                    clip::Action::None => Action::None,
                    clip::Action::Slow => Action::Slow,
                };
            }
            Message::Next if self.is_last() => return Action::Back,
            Message::Next => self.at += 1,
            Message::Back if self.at == 0 => return Action::Back,
            Message::Back => self.at -= 1,
            Message::Call => return Action::Call,
            Message::Finish => return Action::Finish,
        }
        Action::None
    }

    pub fn clip_id(&self) -> Option<ClipId> {
        ClipId::step(self.service.clone(), self.at)
    }

    fn is_last(&self) -> bool {
        self.at + 1 == self.count
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let service = context.catalogue.service(&self.service);
        let step = service.and_then(|service| service.steps.get(self.at));
        let player = self.clip_id().and_then(|id| context.player(&self.clip, &id));
        let step = step.map(|step| self.step(context, step, player.is_some()));
        let player = player.map(|player| container(player.map(Message::Clip)).height(Fill));
        let name = service.map(|service| {
            let name = text::body(look, service.title(context.language()));
            name.color(look.colour.second)
        });
        // What is signed needs the height of a landscape panel more than what was read a moment ago.
        let name = name.filter(|_| player.is_none() || !look.is_landscape());
        let window = column![]
            .push(player)
            .push(self.progress(context))
            .push(name)
            .push(step)
            .spacing(look.px(28.0));
        let next = if self.is_last() {
            button::onward(look, "check", fl!(words, "steps-done"), None, Message::Next)
        } else {
            let next: usize = self.at + 2;
            let label = fl!(words, "steps-next", number = next);
            button::onward(look, "arrow_forward", label, None, Message::Next)
        };
        let call = fl!(words, "call-interpreter");
        let tools = vec![
            button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
        ];
        let call = button::call(look, call, look.px(152.0), Message::Call);
        let actions: Element<'a, Message> = if look.is_landscape() {
            column![next, call].spacing(look.px(20.0)).into()
        } else {
            row![call, next].spacing(look.px(20.0)).into()
        };
        let counter = layout::counter(look, Some(context.story_words()), Some(actions), tools);
        layout::frame(look, context.header(), window, counter)
    }

    /// Steps behind, here and ahead: told by width as well as by colour.
    fn progress<'a>(&self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let parts = (0..self.count).map(|place| {
            let (ground, share) = match place.cmp(&self.at) {
                std::cmp::Ordering::Less => (look.colour.done, 2),
                std::cmp::Ordering::Equal => (look.colour.mark, 5),
                std::cmp::Ordering::Greater => (look.colour.edge, 2),
            };
            container(space())
                .width(FillPortion(share))
                .height(look.px(20.0))
                .style(tile::sheet(look, ground, 10.0))
                .into()
        });
        Row::with_children(parts).spacing(look.px(16.0)).into()
    }

    /// In the middle of the window, or below a player as high as it must be.
    fn step<'a>(&self, context: &Context, step: &'a Step, is_below: bool) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let number = self.at + 1;
        let box_of = text::hero(look, number.to_string()).color(look.colour.on_counter);
        let box_of =
            container(box_of)
                .center(look.px(176.0))
                .style(tile::sheet(look, look.colour.counter, 36.0));
        let place = fl!(words, "steps-of", number = number, count = self.count);
        let title = column![
            text::body(look, place).color(look.colour.second),
            text::title(look, step.title.get(context.language())),
        ]
        .spacing(look.px(8.0))
        .width(Fill);
        let head = row![box_of, title].spacing(look.px(36.0)).align_y(Center);
        let more = step.text.as_ref().map(|more| {
            let more = more.get(context.language());
            if is_below && look.is_landscape() {
                text::body(look, more)
            } else {
                text::heading(look, more).font(font::REGULAR).line_height(1.3)
            }
        });
        let room = if is_below { 28.0 } else { 56.0 };
        let told = column![head].push(more).spacing(look.px(room));
        if is_below {
            told.into()
        } else {
            container(told).center_y(Fill).into()
        }
    }
}
