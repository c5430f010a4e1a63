//! «Я за талоном»: nobody hears how a number is called out, so the kiosk shows it.
//!
//! The visitor types the number of their paper ticket and waits; when the relay tells that it is called the whole
//! screen rings, with the window's number, until somebody touches it.

use iced::widget::{Column, column, container, mouse_area, row, space};
use iced::{Background, Center, Element, Fill, Theme};

use super::Context;
use crate::id::TicketNumber;
use crate::kiosk::theme::panel::Type;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::Tone;
use crate::kiosk::widget::keypad::{Key, Layer, keypad};
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;
use crate::protocol::Called;

/// Somebody with a ticket sits down and waits: so long they are not asked whether they are there.
pub const PATIENCE_S: u16 = 600;
/// The ring's border, in steps.
const RING: f32 = 28.0;
/// Calls of others that are shown.
const SHOWN: usize = 3;

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Key(Key),
    /// The number is whole.
    Wait,
    /// The ring was seen.
    Seen,
    /// Another number.
    Change,
    Back,
    Finish,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    Back,
    Finish,
}

#[derive(Debug, Default)]
pub struct Ticket {
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Typing { typed: String, layer: Layer },
    Waiting { number: TicketNumber },
    Called { called: Called, ring: Ring },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ring {
    /// The border changes between two flat colours with every second.
    Rings {
        light: bool,
    },
    Seen,
}

impl Default for Stage {
    fn default() -> Self {
        Stage::Typing {
            typed: String::new(),
            layer: Layer::default(),
        }
    }
}

impl Ticket {
    pub fn new() -> Self {
        Self::default()
    }

    /// `called` is what the relay told last.
    pub fn update(&mut self, message: Message, called: &[Called]) -> Action {
        match message {
            Message::Key(key) => self.press(key),
            Message::Wait => {
                if let Stage::Typing { typed, .. } = &self.stage
                    && let Ok(number) = typed.parse()
                {
                    self.stage = Stage::Waiting { number };
                    self.told(called);
                }
            }
            Message::Seen => {
                if let Stage::Called { ring, .. } = &mut self.stage {
                    *ring = Ring::Seen;
                }
            }
            Message::Change => *self = Self::new(),
            Message::Back => return Action::Back,
            Message::Finish => return Action::Finish,
        }
        Action::None
    }

    fn press(&mut self, key: Key) {
        let Stage::Typing { typed, layer } = &mut self.stage else {
            return;
        };
        match key {
            Key::Sign(sign) => {
                if typed.chars().count() < TicketNumber::LONGEST {
                    typed.push(sign);
                }
                // A letter is followed by digits.
                *layer = Layer::Digits;
            }
            Key::Erase => {
                typed.pop();
            }
            Key::Layer(next) => *layer = next,
        }
    }

    /// The relay tells what is called; true when it is this visitor's turn.
    pub fn told(&mut self, all: &[Called]) -> bool {
        let (number, known) = match &self.stage {
            Stage::Typing { .. } => return false,
            Stage::Waiting { number } => (number, None),
            Stage::Called { called, .. } => (&called.number, Some(called)),
        };
        let mine = all.iter().find(|called| called.number == *number);
        match mine.filter(|called| Some(*called) != known) {
            Some(called) => {
                self.stage = Stage::Called {
                    called: called.clone(),
                    ring: Ring::Rings { light: true },
                };
                true
            }
            None => false,
        }
    }

    /// One second has passed.
    pub fn tick(&mut self) {
        if let Stage::Called {
            ring: Ring::Rings { light },
            ..
        } = &mut self.stage
        {
            *light = !*light;
        }
    }

    /// Without a touch for so long somebody is asked whether they are there.
    pub fn patience(&self, usual: u16) -> u16 {
        match self.stage {
            Stage::Waiting { .. }
            | Stage::Called {
                ring: Ring::Rings { .. },
                ..
            } => PATIENCE_S,
            Stage::Typing { .. } | Stage::Called { .. } => usual,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        match &self.stage {
            Stage::Typing { typed, layer } => typing(context, typed, *layer),
            Stage::Waiting { number } => waiting(context, number),
            Stage::Called { called, ring } => self::called(context, called, *ring),
        }
    }
}

fn typing<'a>(context: &'a Context, typed: &str, layer: Layer) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let shown = if typed.is_empty() {
        let example = fl!(words, "ticket-example", number = "А12");
        text::body(look, example).color(look.colour.second)
    } else {
        text::hero(look, typed)
    };
    let display = tile::card(look, container(shown).center(Fill)).height(look.px(220.0));
    let keys = keypad(look, layer, Message::Key);
    let head = layout::head(look, fl!(words, "ticket-title"), fl!(words, "ticket-line"));
    let window: Element<'a, Message> = if look.is_landscape() {
        let said = column![head, display].spacing(look.px(36.0)).width(Fill);
        let keys = container(keys).width(look.px(700.0)).height(look.px(640.0));
        let both = row![said, keys].spacing(look.px(36.0)).align_y(Center);
        container(both).center_y(Fill).into()
    } else {
        let keys = container(keys).height(look.px(640.0));
        column![head, display, space().height(Fill), keys]
            .spacing(look.px(28.0))
            .into()
    };
    let wait = if typed.is_empty() {
        // Its room is kept: keys do not move under a finger.
        button::no_onward(look)
    } else {
        button::onward(look, "check", fl!(words, "ticket-wait"), None, Message::Wait)
    };
    let tools = vec![
        button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
        button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
    ];
    let counter = layout::counter(look, Some(context.story_words()), Some(wait), tools);
    layout::frame(look, context.header(), window, counter)
}

fn waiting<'a>(context: &'a Context, number: &TicketNumber) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let lost = (!context.is_linked()).then(|| {
        let (title, line) = (fl!(words, "ticket-lost"), fl!(words, "ticket-lost-line"));
        banner(look, Tone::Warning, "cloud_off", title, line)
    });
    let own = column![
        text::title(look, fl!(words, "ticket-yours")).align_x(Center),
        huge(context, number.to_string()),
        text::action(look, fl!(words, "ticket-watch")).align_x(Center),
    ]
    .spacing(look.px(20.0))
    .align_x(Center);
    let own = tile::card(look, own).center(Fill);
    let now = now(context);
    let window: Element<'a, Message> = if look.is_landscape() {
        let both = row![own, container(now).width(look.px(480.0))].spacing(look.px(36.0));
        column![].push(lost).push(both).spacing(look.px(28.0)).into()
    } else {
        column![]
            .push(lost)
            .push(own)
            .push(now)
            .spacing(look.px(28.0))
            .into()
    };
    let tools = vec![
        button::tool(look, "ticket", fl!(words, "ticket-change"), Some(Message::Change)),
        button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
        button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish)),
    ];
    let counter = layout::counter(look, Some(context.story()), None, tools);
    layout::frame(look, context.header(), window, counter)
}

/// Who was called last, so that a visitor sees how far their own number is.
fn now<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let mut rows = Column::new().spacing(look.px(16.0));
    rows = rows.push(text::heading(look, fl!(words, "ticket-now")));
    let called = context.hall.tickets.as_deref().unwrap_or_default();
    if called.is_empty() {
        rows = rows.push(text::body(look, fl!(words, "ticket-nobody")).color(look.colour.second));
    }
    for called in called.iter().take(SHOWN) {
        let window = fl!(words, "ticket-at", window = u32::from(called.window));
        let line = row![
            text::body(look, window).width(Fill),
            text::action(look, called.number.to_string()),
        ];
        rows = rows.push(line.align_y(Center));
    }
    tile::card(look, rows).into()
}

/// The window is read from the far wall; what stands beside it is for who comes near.
fn called<'a>(context: &'a Context, called: &Called, ring: Ring) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let said = column![
        text::title(look, fl!(words, "ticket-called")).align_x(Center),
        text::heading(look, called.number.to_string()).color(look.colour.second),
        text::hero(look, fl!(words, "ticket-window")).align_x(Center),
    ]
    .spacing(look.px(28.0))
    .align_x(Center);
    let number = huge(context, called.window.to_string());
    let both: Element<'a, Message> = if look.is_landscape() {
        row![said, number].spacing(look.px(56.0)).align_y(Center).into()
    } else {
        column![said, number]
            .spacing(look.px(28.0))
            .align_x(Center)
            .into()
    };
    let window = tile::card(look, both).center(Fill);
    let (act, tools) = match ring {
        Ring::Rings { .. } => (
            button::onward(look, "front_hand", fl!(words, "ticket-seen"), None, Message::Seen),
            Vec::new(),
        ),
        Ring::Seen => (
            button::onward(look, "check", fl!(words, "ticket-done"), None, Message::Finish),
            vec![
                button::tool(look, "ticket", fl!(words, "ticket-change"), Some(Message::Change)),
                button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back)),
            ],
        ),
    };
    let counter = layout::counter(look, Some(context.story()), Some(act), tools);
    let screen = layout::frame(look, context.header(), window, counter);
    let Ring::Rings { light } = ring else {
        return screen;
    };
    let colour = if light { look.colour.sun } else { look.colour.done };
    let ringing = container(screen)
        .padding(look.px(RING))
        .style(move |_: &Theme| container::Style {
            background: Some(Background::Color(colour)),
            ..container::Style::default()
        });
    mouse_area(ringing).on_press(Message::Seen).into()
}

/// A number as large as it fits.
fn huge<'a>(context: &Context, number: String) -> Element<'a, Message> {
    let look = &context.look;
    let times = match number.chars().count() {
        0..=2 => 5.0,
        3 | 4 => 3.0,
        _ => 1.0,
    };
    let size = look.letters(Type::Hero) * times;
    text::hero(look, number).size(size).into()
}
