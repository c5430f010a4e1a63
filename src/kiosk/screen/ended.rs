//! After the call: what happened, whether it was understood, what to do next, and that nothing of the conversation is
//! left. What is left of the visit is wiped in a minute, and the seconds are shown.

use iced::widget::{Row, column, container, row};
use iced::{Center, Element, Fill};

use super::Context;
use crate::call::view::Ended as Reason;
use crate::id::ServiceId;
use crate::kiosk::widget::layout::{counter, frame};
use crate::kiosk::widget::{button, icon, text, tile};
use crate::locale::fl;
use crate::protocol::{Face, Question, Topic};

/// From the last touch to the wiping, in seconds.
pub const WIPED_AFTER_S: u16 = 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Face(Face),
    CallAgain,
    Service(ServiceId),
    Services,
    Done,
}

/// All but the first two leave the ended call: [`Command::Dismiss`](crate::kiosk::driver::Command::Dismiss) comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    /// [`Command::Answer`](crate::kiosk::driver::Command::Answer).
    Answer(Question, Face),
    /// A new call about the same topic.
    CallAgain,
    /// The steps to take after the conversation.
    Service(ServiceId),
    /// The visit goes on without an interpreter.
    Services,
    /// The visit is over.
    Done,
}

#[derive(Debug)]
pub struct Ended {
    reason: Reason,
    /// What the conversation was about.
    topic: Topic,
    /// How many questions were answered.
    answered: usize,
    left_s: u16,
}

impl Ended {
    pub fn new(reason: Reason, topic: Topic) -> Self {
        Self {
            reason,
            topic,
            answered: 0,
            left_s: WIPED_AFTER_S,
        }
    }

    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    /// A second has passed; true when the visit is to be wiped.
    pub fn tick(&mut self) -> bool {
        self.left_s = self.left_s.saturating_sub(1);
        self.left_s == 0
    }

    /// Somebody is still here.
    pub fn touched(&mut self) {
        self.left_s = WIPED_AFTER_S;
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Face(face) => match self.question() {
                Some(question) => {
                    self.answered += 1;
                    Action::Answer(question, face)
                }
                None => Action::None,
            },
            Message::CallAgain => Action::CallAgain,
            Message::Service(id) => Action::Service(id),
            Message::Services => Action::Services,
            Message::Done => Action::Done,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let look = &context.look;
        let parts = column![container(self.told(context)).center_y(Fill)]
            .push(self.asks().then(|| self.faces(context)))
            .push(self.wiped(context))
            .spacing(look.px(if look.is_landscape() { 24.0 } else { 56.0 }))
            .align_x(Center);
        frame(look, context.header(), parts, self.ways_on(context))
    }

    /// What is still to be answered.
    fn question(&self) -> Option<Question> {
        Question::ALL.get(self.answered).copied()
    }

    /// Who has talked with somebody is asked; who was cut off has other troubles.
    fn asks(&self) -> bool {
        matches!(self.reason, Reason::ByVisitor | Reason::ByInterpreter)
    }

    /// What happened, and what next.
    fn told<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let (name, title, line) = match self.reason {
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
        let (drawing, title, line) = (
            icon::icon(name, look.px(160.0), look.colour.words),
            text::title(look, title),
            text::body(look, line),
        );
        if self.asks() {
            // The question below needs the room.
            let words = column![title, line].spacing(look.px(10.0)).width(Fill);
            return row![drawing, words].spacing(look.px(36.0)).align_y(Center).into();
        }
        column![drawing, title.align_x(Center), line.align_x(Center)]
            .spacing(look.px(28.0))
            .width(Fill)
            .align_x(Center)
            .into()
    }

    /// Three faces for each question, then thanks in the same place.
    fn faces<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let height = look.px(if look.is_landscape() { 196.0 } else { 264.0 });
        let Some(question) = self.question() else {
            let thanks = row![
                icon::icon("check", look.px(72.0), look.colour.done),
                text::action(look, fl!(words, "ended-thanks")).color(look.colour.done),
            ]
            .spacing(look.px(20.0))
            .align_y(Center);
            return container(thanks).center(Fill).height(height).into();
        };
        let (asks, partly) = match question {
            Question::Understood => (fl!(words, "ended-question"), fl!(words, "ended-partly")),
            Question::Seen => (fl!(words, "ended-question-seen"), fl!(words, "ended-seen-partly")),
        };
        let face = |name: &str, label: String, answer| {
            let face = column![
                icon::icon(name, look.px(110.0), look.colour.mark),
                text::action(look, label).align_x(Center),
            ]
            .spacing(look.px(8.0))
            .align_x(Center);
            tile::raised(look, container(face).center(Fill), height, Message::Face(answer))
        };
        let faces = [
            face("sentiment_satisfied", fl!(words, "ended-yes"), Face::Yes),
            face("sentiment_neutral", partly, Face::Partly),
            face("sentiment_dissatisfied", fl!(words, "ended-no"), Face::No),
        ];
        column![
            text::heading(look, asks),
            text::body(look, fl!(words, "ended-question-line")).color(look.colour.second),
            Row::with_children(faces).spacing(look.px(20.0)),
        ]
        .spacing(look.px(16.0))
        .width(Fill)
        .into()
    }

    /// What is wiped already, and when the rest will be.
    fn wiped<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        // Nobody answered, so there was no conversation to forget.
        let talked = !matches!(self.reason, Reason::Unavailable | Reason::Closed);
        let ink = look.colour.done;
        let left = fl!(words, "ended-left", seconds = self.left_s);
        let lines = if talked {
            column![
                text::action(look, fl!(words, "ended-wiped")).color(ink),
                text::body(look, fl!(words, "ended-wiped-line")).color(ink),
                text::body(look, left).color(ink),
            ]
        } else {
            column![text::body(look, left).color(ink)]
        };
        let lines = lines.spacing(look.px(10.0)).width(Fill);
        let content = row![icon::icon("delete", look.px(72.0), ink), lines]
            .spacing(look.px(28.0))
            .align_y(Center);
        container(content)
            .padding(look.px(28.0))
            .width(Fill)
            .style(tile::sheet(look, look.colour.done_tint, 36.0))
            .into()
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
            let (label, message) = match &self.topic.service {
                Some(id) => (fl!(words, "ended-service"), Message::Service(id.clone())),
                None => (fl!(words, "ended-services"), Message::Services),
            };
            button::tool(look, "format_list_numbered", label, Some(message))
        };
        let done = || button::tool(look, "check", fl!(words, "ended-done"), Some(Message::Done));
        match self.reason {
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
