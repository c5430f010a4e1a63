//! After the call: what happened, what to do next, and that nothing of the conversation is left.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::call::view::Ended as Reason;
use crate::kiosk::theme::colour;
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
        let panel = &context.panel;
        // Nobody answered, so there was no conversation to forget.
        let wiped =
            (self.0 != Reason::Unavailable).then(|| container(wiped(context)).max_width(panel.px(968.0)));
        let parts = column![self.told(context)]
            .push(wiped)
            .spacing(panel.px(36.0))
            .align_x(Center);
        let parts = container(parts);
        frame(panel, context.header(), parts.center(Fill), self.ways_on(context))
    }

    /// What happened, and what next.
    fn told<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
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
            icon::icon(name, panel.px(160.0), colour::INK),
            text::title(panel, title).align_x(Center),
            text::body(panel, line).align_x(Center),
        ]
        .spacing(panel.px(28.0))
        .width(Fill)
        .align_x(Center);
        container(told).padding([panel.px(36.0), 0.0]).into()
    }

    fn ways_on<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let again = || {
            button::primary(
                panel,
                fl!(words, "ended-again"),
                fl!(words, "ended-again-line"),
                Message::CallAgain,
            )
        };
        let again_small = || {
            button::tool(
                panel,
                "sign_language",
                fl!(words, "ended-call"),
                Some(Message::CallAgain),
            )
        };
        let services = || {
            button::tool(
                panel,
                "format_list_numbered",
                fl!(words, "ended-services"),
                Some(Message::Services),
            )
        };
        let done = || button::tool(panel, "check", fl!(words, "ended-done"), Some(Message::Done));
        match self.0 {
            Reason::ByVisitor | Reason::ByInterpreter => {
                let done = button::onward(panel, "check", fl!(words, "ended-done"), None, Message::Done);
                counter(panel, None, Some(done), vec![again_small(), services()])
            }
            Reason::Lost | Reason::Unavailable => {
                counter(panel, None, Some(again()), vec![services(), done()])
            }
            Reason::Closed => {
                let label = fl!(words, "ended-services");
                let services = button::onward(panel, "arrow_forward", label, None, Message::Services);
                counter(panel, None, Some(services), vec![done(), button::no_tool(panel)])
            }
        }
    }
}

/// That nothing is left.
fn wiped<'a>(context: &Context) -> Element<'a, Message> {
    let (panel, words) = (&context.panel, &context.words);
    let lines = column![
        text::action(panel, fl!(words, "ended-wiped")).color(colour::SPRUCE),
        text::body(panel, fl!(words, "ended-wiped-line")).color(colour::SPRUCE),
    ]
    .spacing(panel.px(10.0))
    .width(Fill);
    let content = row![icon::icon("delete", panel.px(72.0), colour::SPRUCE), lines]
        .spacing(panel.px(28.0))
        .align_y(Center);
    container(content)
        .padding(panel.px(36.0))
        .width(Fill)
        .style(tile::filled(colour::SPRUCE_TINT, panel.px(36.0)))
        .into()
}
