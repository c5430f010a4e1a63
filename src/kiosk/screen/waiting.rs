//! In the queue: the place, an honest range, what happens now and next, and the way out.
//!
//! While a console rings the window has a border that changes between two flat colours with every second told.

use iced::widget::{column, container, row};
use iced::{Background, Border, Center, Element, Fill, Length, Padding, Theme};

use super::Context;
use crate::call::view::{Stage, Waiting as View};
use crate::kiosk::theme::colour;
use crate::kiosk::theme::panel::Type;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::{Tone, chip};
use crate::kiosk::widget::layout::{beside, counter};
use crate::kiosk::widget::{button, icon, text, tile};
use crate::locale::{Words, fl};
use crate::protocol::WaitRange;

/// The ring's border, in steps.
const RING: f32 = 28.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Leave,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// [`Command::Cancel`](crate::kiosk::driver::Command::Cancel).
    Cancel,
}

#[derive(Debug)]
pub struct Waiting(View);

impl Waiting {
    pub fn new(view: View) -> Self {
        Self(view)
    }

    pub fn set(&mut self, view: View) {
        self.0 = view;
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Leave => Action::Cancel,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let lost = (!self.0.linked).then(|| {
            banner(
                panel,
                Tone::Warning,
                "cloud_off",
                fl!(words, "waiting-lost"),
                fl!(words, "waiting-lost-line"),
            )
        });
        let parts = column![].push(lost).push(self.place(context));
        let (parts, story) = if panel.is_landscape() {
            (parts, Some(self.steps(context)))
        } else {
            (parts.push(self.steps(context)), None)
        };
        let content = container(parts.spacing(panel.px(28.0)))
            .padding(Padding::ZERO.horizontal(panel.px(56.0)).bottom(panel.px(56.0)))
            .height(Fill);
        let (ring, width) = (self.ring(), panel.px(RING));
        let window = container(column![context.header(), content])
            .padding(Padding::ZERO.top(width))
            .width(Fill)
            .height(Fill)
            .style(move |_: &Theme| container::Style {
                background: Some(Background::Color(colour::FOG)),
                border: Border::default().width(width).color(ring),
                ..container::Style::default()
            });
        let leave = button::tool(panel, "close", fl!(words, "waiting-leave"), Some(Message::Leave));
        beside(
            panel,
            window,
            counter(panel, story, None, vec![leave, button::no_tool(panel)]),
        )
    }

    fn is_ringing(&self) -> bool {
        self.0.stage == Stage::Ringing
    }

    fn ring(&self) -> iced::Color {
        match (self.0.stage, self.0.waited_s % 2) {
            (Stage::Asking | Stage::Queued, _) => colour::FOG,
            (Stage::Ringing, 0) => colour::SUN,
            (Stage::Ringing, _) => colour::SPRUCE,
        }
    }

    fn place<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let (title, number) = match (self.0.stage, self.0.place) {
            (Stage::Ringing, _) => (fl!(words, "waiting-ringing"), None),
            (Stage::Asking, _) | (Stage::Queued, None) => (fl!(words, "waiting-asking"), None),
            (Stage::Queued, Some(1)) => (fl!(words, "waiting-next"), Some(1)),
            (Stage::Queued, Some(place)) => (fl!(words, "waiting-place"), Some(place)),
        };
        // Read from the far wall of the hall.
        let sight: Element<'a, Message> = match number {
            Some(place) => text::hero(panel, place.to_string())
                .size(panel.letters(Type::Hero) * 3.0)
                .into(),
            None => icon::icon("hand", panel.px(220.0), colour::INK).into(),
        };
        let range = if self.is_ringing() {
            fl!(words, "waiting-ringing-line")
        } else {
            range(words, self.0.estimate)
        };
        let (minutes, seconds) = (self.0.waited_s / 60, self.0.waited_s % 60);
        let waited = fl!(words, "waiting-waited", minutes = minutes, seconds = seconds);
        let lines = column![
            text::title(panel, title).align_x(Center),
            sight,
            text::action(panel, range).align_x(Center),
            text::body(panel, waited).color(colour::MUTED).align_x(Center),
        ]
        .spacing(panel.px(20.0))
        .align_x(Center);
        tile::card(panel, lines).center(Fill).into()
    }

    fn steps<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (panel, words) = (&context.panel, &context.words);
        let first = if self.is_ringing() { Step::Done } else { Step::Now };
        let second = if self.is_ringing() { Step::Now } else { Step::Later };
        let steps = column![
            text::heading(panel, fl!(words, "waiting-steps")).color(step_words(context)),
            step(context, first, 1, fl!(words, "waiting-step-place")),
            step(context, second, 2, fl!(words, "waiting-step-ring")),
            step(context, Step::Later, 3, fl!(words, "waiting-step-talk")),
        ];
        steps.spacing(panel.px(16.0)).width(Fill).into()
    }
}

fn range(words: &Words, estimate: Option<WaitRange>) -> String {
    match estimate {
        None => fl!(words, "waiting-unknown"),
        Some(WaitRange { low_min: 0, high_min }) => fl!(words, "waiting-below", minutes = high_min.max(1)),
        Some(WaitRange { low_min, high_min }) if low_min >= high_min => {
            fl!(words, "waiting-about", minutes = low_min)
        }
        Some(WaitRange { low_min, high_min }) => fl!(words, "waiting-range", low = low_min, high = high_min),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Done,
    Now,
    Later,
}

/// Steps stand in the window, or in the counter of a landscape panel.
fn step_words(context: &Context) -> iced::Color {
    if context.panel.is_landscape() {
        colour::WHITE
    } else {
        colour::INK
    }
}

fn step<'a>(context: &Context, state: Step, number: u8, label: String) -> Element<'a, Message> {
    let (panel, words) = (&context.panel, &context.words);
    let ink = step_words(context);
    let mark: Element<'a, Message> = match state {
        Step::Done => icon::icon("task_alt", panel.px(56.0), ink).into(),
        Step::Now | Step::Later => text::action(panel, number.to_string()).color(ink).into(),
    };
    let label = match state {
        Step::Now => text::strong(panel, label),
        Step::Done | Step::Later => text::body(panel, label),
    }
    .color(ink);
    let status: Option<Element<'a, Message>> = match state {
        Step::Done => Some(chip(panel, Tone::Good, "check", fl!(words, "waiting-done"))),
        Step::Now => Some(chip(
            panel,
            Tone::Warning,
            "hourglass_top",
            fl!(words, "waiting-now"),
        )),
        Step::Later => None,
    };
    let mark = container(mark).center_x(panel.px(56.0));
    let line = if panel.is_landscape() {
        let told = column![label].push(status).spacing(panel.px(10.0)).width(Fill);
        row![mark, told]
    } else {
        row![mark, label.width(Fill)].push(status)
    };
    let ground = match (state, panel.is_landscape()) {
        (Step::Now, false) => colour::PAPER,
        (Step::Now, true) => colour::SLATE,
        (Step::Done | Step::Later, false) => colour::FOG,
        (Step::Done | Step::Later, true) => colour::INK,
    };
    let height = if panel.is_landscape() {
        Length::Shrink
    } else {
        panel.px(124.0).into()
    };
    container(line.spacing(panel.px(20.0)).align_y(Center))
        .padding([panel.px(12.0), panel.px(20.0)])
        .center_y(height)
        .width(Fill)
        .style(tile::filled(ground, panel.px(28.0)))
        .into()
}
