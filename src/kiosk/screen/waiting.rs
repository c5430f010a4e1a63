//! In the queue: the place, an honest range, what happens now and next, and the way out.
//!
//! While a console rings the window has a border that changes between two flat colours with every second told.

use iced::widget::{column, container, row, space};
use iced::{Background, Border, Center, Element, Fill, Padding, Theme};

use super::Context;
use crate::call::view::{Stage, Waiting as View};
use crate::clip::ClipId;
use crate::kiosk::theme::Look;
use crate::kiosk::theme::panel::Type;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::{Tone, chip};
use crate::kiosk::widget::keyboard::Key;
use crate::kiosk::widget::layout::{beside, counter};
use crate::kiosk::widget::{button, icon, text, tile};
use crate::locale::{Language, Words, fl};
use crate::protocol::WaitRange;

use note::Note;

mod note;

/// The ring's border, in steps.
const RING: f32 = 28.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Leave,
    /// Opens the note for the clerk, with keys of that language, or closes it.
    Note(Language),
    Key(Key),
    EraseNote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    /// [`Command::Cancel`](crate::kiosk::driver::Command::Cancel).
    Cancel,
}

#[derive(Debug)]
pub struct Waiting {
    view: View,
    note: Note,
    /// The note is on the screen.
    writing: bool,
}

impl Waiting {
    pub fn new(view: View) -> Self {
        Self {
            view,
            note: Note::new(Language::Uk),
            writing: false,
        }
    }

    pub fn set(&mut self, view: View) {
        self.view = view;
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Leave => return Action::Cancel,
            Message::Note(language) => {
                self.writing = !self.writing;
                self.note.speak(language);
            }
            Message::Key(key) => self.note.press(key),
            Message::EraseNote => self.note.erase(),
        }
        Action::None
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        if self.writing {
            return self.note.view(context);
        }
        let lost = (!self.view.linked).then(|| {
            banner(
                look,
                Tone::Warning,
                "cloud_off",
                fl!(words, "waiting-lost"),
                fl!(words, "waiting-lost-line"),
            )
        });
        let clip = context.looped(&ClipId::Waiting);
        let place = match &clip {
            Some(_) => self.place_in_short(context),
            None => self.place(context),
        };
        let parts = column![].push(lost).push(clip).push(place);
        let (parts, story) = if look.is_landscape() {
            (parts, Some(self.steps(context)))
        } else {
            (parts.push(self.steps(context)), None)
        };
        let content = container(parts.spacing(look.px(28.0)))
            .padding(Padding::ZERO.horizontal(look.px(56.0)).bottom(look.px(56.0)))
            .height(Fill);
        let (ring, width) = (self.ring(look), look.px(RING));
        let window = container(column![context.header(), content])
            .padding(Padding::ZERO.top(width))
            .width(Fill)
            .height(Fill)
            .style(move |_: &Theme| container::Style {
                background: Some(Background::Color(look.colour.window)),
                border: Border::default().width(width).color(ring),
                ..container::Style::default()
            });
        let leave = button::tool(look, "close", fl!(words, "waiting-leave"), Some(Message::Leave));
        let note = button::tool(
            look,
            "keyboard",
            fl!(words, "waiting-note"),
            Some(Message::Note(words.language())),
        );
        beside(look, window, counter(look, story, None, vec![leave, note]))
    }

    /// The relay is out of reach: nobody can come.
    pub fn is_cut_off(&self) -> bool {
        !self.view.linked
    }

    fn is_ringing(&self) -> bool {
        self.view.stage == Stage::Ringing
    }

    fn ring(&self, look: &Look) -> iced::Color {
        match (self.view.stage, self.view.waited_s % 2) {
            (Stage::Asking | Stage::Queued, _) => look.colour.window,
            (Stage::Ringing, 0) => look.colour.sun,
            (Stage::Ringing, _) => look.colour.done,
        }
    }

    /// The note lies over everything else.
    pub fn shows_clip(&self) -> bool {
        !self.writing
    }

    /// The title, and the place if there is one.
    fn says(&self, words: &Words) -> (String, Option<u16>) {
        match (self.view.stage, self.view.place) {
            _ if self.view.transferred => (fl!(words, "waiting-transferred"), None),
            (Stage::Ringing, _) => (fl!(words, "waiting-ringing"), None),
            (Stage::Asking, _) | (Stage::Queued, None) => (fl!(words, "waiting-asking"), None),
            (Stage::Queued, Some(1)) => (fl!(words, "waiting-next"), Some(1)),
            (Stage::Queued, Some(place)) => (fl!(words, "waiting-place"), Some(place)),
        }
    }

    fn place<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let (title, number) = self.says(words);
        // Read from the far wall of the hall.
        let sight: Element<'a, Message> = match number {
            Some(place) => text::hero(look, place.to_string())
                .size(look.letters(Type::Hero) * 3.0)
                .into(),
            None => icon::icon("hand", look.px(220.0), look.colour.words).into(),
        };
        let (range, waited) = self.times(words);
        let lines = column![
            text::title(look, title).align_x(Center),
            sight,
            text::action(look, range).align_x(Center),
            text::body(look, waited).color(look.colour.second).align_x(Center),
        ]
        .spacing(look.px(20.0))
        .align_x(Center);
        tile::card(look, lines).center(Fill).into()
    }

    /// How long it may take, and how long it has.
    fn times(&self, words: &Words) -> (String, String) {
        let range = if self.view.transferred {
            fl!(words, "waiting-transferred-line")
        } else if self.is_ringing() {
            fl!(words, "waiting-ringing-line")
        } else {
            range(words, self.view.estimate)
        };
        let (minutes, seconds) = (self.view.waited_s / 60, self.view.waited_s % 60);
        let waited = fl!(words, "waiting-waited", minutes = minutes, seconds = seconds);
        (range, waited)
    }

    /// The same in a low row, below a clip.
    fn place_in_short<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let (title, number) = self.says(words);
        let (range, waited) = self.times(words);
        let sight: Element<'a, Message> = match number {
            Some(place) => text::hero(look, place.to_string())
                .color(look.colour.on_counter)
                .into(),
            None => icon::icon("hand", look.px(110.0), look.colour.on_counter).into(),
        };
        let sight =
            container(sight)
                .center(look.px(176.0))
                .style(tile::sheet(look, look.colour.counter, 36.0));
        let lines = column![
            text::heading(look, title),
            text::action(look, range),
            text::body(look, waited).color(look.colour.second),
        ];
        let lines = lines.spacing(look.px(10.0)).width(Fill);
        let content = row![sight, lines].spacing(look.px(36.0)).align_y(Center);
        tile::card(look, content).into()
    }

    fn steps<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let first = if self.is_ringing() { Step::Done } else { Step::Now };
        let second = if self.is_ringing() { Step::Now } else { Step::Later };
        let steps = column![
            text::heading(look, fl!(words, "waiting-steps")).color(step_words(context)),
            step(context, first, 1, fl!(words, "waiting-step-place")),
            step(context, second, 2, fl!(words, "waiting-step-ring")),
            step(context, Step::Later, 3, fl!(words, "waiting-step-talk")),
        ];
        steps.spacing(look.px(16.0)).width(Fill).into()
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
    if context.look.is_landscape() {
        context.look.colour.on_counter
    } else {
        context.look.colour.words
    }
}

fn step<'a>(context: &Context, state: Step, number: u8, label: String) -> Element<'a, Message> {
    let (look, words) = (&context.aside(), &context.words);
    let ink = step_words(context);
    let mark: Element<'a, Message> = match state {
        Step::Done => icon::icon("task_alt", look.px(56.0), ink).into(),
        Step::Now | Step::Later => text::action(look, number.to_string()).color(ink).into(),
    };
    let label = match state {
        Step::Now => text::strong(look, label),
        Step::Done | Step::Later => text::body(look, label),
    }
    .color(ink);
    let status: Option<Element<'a, Message>> = match state {
        Step::Done => Some(chip(look, Tone::Good, "check", fl!(words, "waiting-done"))),
        Step::Now => Some(chip(
            look,
            Tone::Warning,
            "hourglass_top",
            fl!(words, "waiting-now"),
        )),
        Step::Later => None,
    };
    let mark = container(mark).center_x(look.px(56.0));
    let line = if look.is_landscape() {
        let told = column![label].push(status).spacing(look.px(10.0)).width(Fill);
        row![mark, told]
    } else {
        row![mark, label.width(Fill)].push(status)
    };
    let ground = match (state, look.is_landscape()) {
        (Step::Now, false) => look.colour.card,
        (Step::Now, true) => look.colour.tool,
        (Step::Done | Step::Later, false) => look.colour.window,
        (Step::Done | Step::Later, true) => look.colour.counter,
    };
    // In the window a step has the same room whatever it says; large letters may need more.
    let strut = space().height(look.px(if look.is_landscape() { 0.0 } else { 100.0 }));
    let line = row![strut, line.spacing(look.px(20.0)).align_y(Center)].align_y(Center);
    container(line)
        .padding([look.px(12.0), look.px(20.0)])
        .width(Fill)
        .style(tile::sheet(look, ground, 28.0))
        .into()
}
