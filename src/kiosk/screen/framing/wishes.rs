//! The sheet of wishes: which sign language, whom one would rather sign with, or writing alone. Everything is chosen
//! already; a tap changes it.

use iced::widget::{Column, column, container, row};
use iced::{Center, Element, Fill};

use super::Message;
use crate::kiosk::screen::Context;
use crate::kiosk::widget::button::{Paint, touchable};
use crate::kiosk::widget::layout::{counter, frame, head};
use crate::kiosk::widget::{button, icon, text};
use crate::locale::fl;
use crate::protocol::{Gender, Signing, Topic};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Signing(Signing),
    Interpreter(Option<Gender>),
    /// Without signing and without camera.
    Writing(bool),
}

impl Choice {
    pub fn make(self, topic: &mut Topic) {
        match self {
            Choice::Signing(signing) => topic.signing = signing,
            Choice::Interpreter(gender) => topic.wishes.interpreter = gender,
            Choice::Writing(only) => topic.wishes.text_only = only,
        }
    }

    fn is_made(self, topic: &Topic) -> bool {
        match self {
            Choice::Signing(signing) => topic.signing == signing,
            Choice::Interpreter(gender) => topic.wishes.interpreter == gender,
            Choice::Writing(only) => topic.wishes.text_only == only,
        }
    }
}

pub fn sheet<'a>(context: &Context, topic: &Topic) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let gap = look.px(20.0);
    let group = |title: String, choices: Vec<(Choice, String)>| {
        let rows = choices
            .into_iter()
            .map(|(choice, label)| option(context, choice, label, choice.is_made(topic)));
        column![text::strong(look, title)]
            .push(Column::with_children(rows).spacing(look.px(14.0)))
            .spacing(look.px(14.0))
            .width(Fill)
    };
    let language = group(
        fl!(words, "wishes-language"),
        vec![
            (Choice::Signing(Signing::Ukl), fl!(words, "wishes-ukl")),
            (Choice::Signing(Signing::Rsl), fl!(words, "wishes-rsl")),
            (Choice::Signing(Signing::Ils), fl!(words, "wishes-ils")),
        ],
    );
    let interpreter = group(
        fl!(words, "wishes-who"),
        vec![
            (Choice::Interpreter(None), fl!(words, "wishes-anyone")),
            (
                Choice::Interpreter(Some(Gender::Woman)),
                fl!(words, "wishes-woman"),
            ),
            (Choice::Interpreter(Some(Gender::Man)), fl!(words, "wishes-man")),
        ],
    );
    let way = [
        (Choice::Writing(false), fl!(words, "wishes-sign")),
        (Choice::Writing(true), fl!(words, "wishes-write")),
    ];
    let way = way.map(|(choice, label)| option(context, choice, label, choice.is_made(topic)));
    let way = column![
        text::strong(look, fl!(words, "wishes-way")),
        iced::widget::Row::with_children(way).spacing(gap)
    ]
    .spacing(look.px(14.0));
    let noted = topic.wishes.interpreter.is_some();
    let note = if noted {
        fl!(words, "wishes-note")
    } else {
        fl!(words, "wishes-line")
    };
    let choices = column![row![language, interpreter].spacing(gap), way].spacing(look.px(28.0));
    let window = column![
        head(look, fl!(words, "wishes-title"), note),
        container(choices).align_bottom(Fill)
    ]
    .spacing(look.px(20.0));
    let done = button::onward(look, "check", fl!(words, "wishes-done"), None, Message::Wishes);
    let tools = counter(look, None, Some(done), vec![]);
    frame(look, context.header(), window, tools)
}

/// One of several: a tick and spruce when it is the present choice.
fn option<'a>(context: &Context, choice: Choice, label: String, on: bool) -> Element<'a, Message> {
    let look = &context.look;
    let colour = look.colour;
    let (ground, rim, ink, name) = if on {
        (colour.done_tint, colour.done, colour.done, "task_alt")
    } else {
        (
            colour.card,
            colour.control,
            colour.words,
            "radio_button_unchecked",
        )
    };
    let paint = Paint {
        ground,
        pressed: colour.shade,
        rim,
        words: ink,
    };
    let label = text::strong(&look.measured(), label).color(ink).width(Fill);
    let content = row![icon::icon(name, look.px(50.0), ink), label]
        .spacing(look.px(16.0))
        .align_y(Center);
    touchable(container(content).center_y(Fill), look, paint, 32.0)
        .padding([look.px(8.0), look.px(20.0)])
        .width(Fill)
        .height(look.px(124.0))
        .on_press(Message::Choose(choice))
        .into()
}
