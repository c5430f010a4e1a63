//! After the call: what happened, what to do next, and that nothing of the conversation is left.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::call::view::Ended as Reason;
use crate::kiosk::widget::layout::{counter, frame};
use crate::kiosk::widget::{button, icon, text, tile};
use crate::locale::fl;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    CallAgain,
    Services,
    Done,
}

/// Each leaves the ended call: [`Command::Dismiss`](crate::kiosk::driver::Command::Dismiss) comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A new call about the same topic.
    CallAgain,
    /// The visit goes on without an interpreter.
    Services,
    /// The visit is over.
    Done,
}

#[derive(Debug)]
pub struct Ended(Reason);

impl Ended {
    pub fn new(reason: Reason) -> Self {
        Self(reason)
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::CallAgain => Action::CallAgain,
            Message::Services => Action::Services,
            Message::Done => Action::Done,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let look = &context.look;
        // Nobody answered, so there was no conversation to forget.
        let talked = !matches!(self.0, Reason::Unavailable | Reason::Closed);
        let wiped = talked.then(|| container(wiped(context)).max_width(look.px(968.0)));
        let parts = column![self.told(context)]
            .push(wiped)
            .spacing(look.px(36.0))
            .align_x(Center);
        let parts = container(parts);
        frame(look, context.header(), parts.center(Fill), self.ways_on(context))
    }

    /// What happened, and what next.
    fn told<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let (name, title, line) = match self.0 {
            Reason::ByVisitor => (
                "task_alt",
                fl!(words, "ended-visitor"),
                fl!(words, "ended-visitor-line"),
            ),
            Reason::ByInterpreter => (
                "task_alt",
                fl!(words, "ended-interpreter"),
                fl!(words, "ended-interpreter-line"),
            ),
            Reason::Lost => (
                "wifi_off",
                fl!(words, "ended-lost"),
                fl!(words, "ended-lost-line"),
            ),
            Reason::Closed => (
                "event_busy",
                fl!(words, "ended-closed"),
                fl!(words, "ended-closed-line"),
            ),
            Reason::Unavailable => (
                "person_off",
                fl!(words, "ended-unavailable"),
                fl!(words, "ended-unavailable-line"),
            ),
        };
        let told = column![
            icon::icon(name, look.px(160.0), look.colour.words),
            text::title(look, title).align_x(Center),
            text::body(look, line).align_x(Center),
        ]
        .spacing(look.px(28.0))
        .width(Fill)
        .align_x(Center);
        container(told).padding([look.px(36.0), 0.0]).into()
    }

    fn ways_on<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let again = || {
            button::primary(
                look,
                fl!(words, "ended-again"),
                fl!(words, "ended-again-line"),
                Message::CallAgain,
            )
        };
        let again_small = || {
            button::tool(
                look,
                "sign_language",
                fl!(words, "ended-call"),
                Some(Message::CallAgain),
            )
        };
        let services = || {
            button::tool(
                look,
                "format_list_numbered",
                fl!(words, "ended-services"),
                Some(Message::Services),
            )
        };
        let done = || button::tool(look, "check", fl!(words, "ended-done"), Some(Message::Done));
        match self.0 {
            Reason::ByVisitor | Reason::ByInterpreter => {
                let done = button::onward(look, "check", fl!(words, "ended-done"), None, Message::Done);
                counter(look, None, Some(done), vec![again_small(), services()])
            }
            Reason::Lost | Reason::Unavailable => {
                counter(look, None, Some(again()), vec![services(), done()])
            }
            Reason::Closed => {
                let label = fl!(words, "ended-services");
                let services = button::onward(look, "arrow_forward", label, None, Message::Services);
                counter(look, None, Some(services), vec![done(), button::no_tool(look)])
            }
        }
    }
}

/// That nothing is left.
fn wiped<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let lines = column![
        text::action(look, fl!(words, "ended-wiped")).color(look.colour.done),
        text::body(look, fl!(words, "ended-wiped-line")).color(look.colour.done),
    ]
    .spacing(look.px(10.0))
    .width(Fill);
    let content = row![icon::icon("delete", look.px(72.0), look.colour.done), lines]
        .spacing(look.px(28.0))
        .align_y(Center);
    container(content)
        .padding(look.px(36.0))
        .width(Fill)
        .style(tile::sheet(look, look.colour.done_tint, 36.0))
        .into()
}
