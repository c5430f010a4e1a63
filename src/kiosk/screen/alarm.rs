//! An alarm in the building: where to go, in three steps, and help for who cannot go alone.
//!
//! It lies over the visit and gives it back as it was left; the mirror and a clip rest meanwhile. A call for help alone
//! takes the visit's place. Beside a call it leaves the picture in sight at first: the interpreter is the fastest way to
//! be told.

use iced::widget::{Column, column, container, image, row, space};
use iced::{Background, Border, Center, ContentFit, Element, Fill, Theme};

use super::Context;
use crate::kiosk::hall::Turn;
use crate::kiosk::theme::Look;
use crate::kiosk::widget::button::{Paint, touchable};
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::{text, tile};
use crate::locale::{Words, fl};
use crate::protocol::Alarm as Kind;

/// So long it stands beside a call before it takes the whole screen.
pub const BESIDE_S: u16 = 20;

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Help,
    /// From beside the call to the whole screen.
    Where,
    ToCall,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    /// Somebody cannot go alone: the relay is told as soon as it is in reach, and then an interpreter is called as soon as
    /// one may be, unless the visitor waits for one or signs already.
    Help,
}

/// What lies below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Nobody has begun a visit.
    Nothing,
    Visit,
    Queue,
    Call,
}

#[derive(Debug)]
pub struct Alarm {
    kind: Kind,
    place: Place,
    /// Whoever can tell and call carries it on.
    pub plea: Plea,
    /// For the border that changes with every second.
    light: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    /// Beside a call; the seconds after which it takes the screen, if it does.
    Beside(Option<u16>),
}

/// How far the plea of somebody who cannot go alone has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plea {
    /// Nobody has asked for help.
    Unmade,
    /// The relay was not told yet.
    Untold,
    /// The relay was told, and nobody could be called yet.
    Told,
    /// There is a call; it may be older than the plea.
    Called,
}

impl Alarm {
    pub fn new(kind: Kind, in_call: bool) -> Self {
        Self {
            kind,
            place: if in_call {
                Place::Beside(Some(BESIDE_S))
            } else {
                Place::Whole
            },
            plea: Plea::Unmade,
            light: true,
        }
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    fn helped(&self) -> bool {
        self.plea != Plea::Unmade
    }

    /// A conversation has begun during the alarm, which makes room for it: for a while, or for good when help was asked for.
    pub fn answered(&mut self) {
        self.place = Place::Beside((!self.helped()).then_some(BESIDE_S));
    }

    /// The call is over, or never came about: who still needs help asks again. What could not be told or called yet is not
    /// forgotten.
    pub fn ended(&mut self) {
        if self.plea == Plea::Called {
            self.plea = Plea::Unmade;
        }
    }

    pub fn is_beside(&self) -> bool {
        matches!(self.place, Place::Beside(_))
    }

    /// One second has passed: beside a call, one less until it takes the screen.
    pub fn tick(&mut self) {
        self.light = !self.light;
        if let Place::Beside(Some(left)) = &mut self.place {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.place = Place::Whole;
            }
        }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Help if !self.helped() => {
                self.plea = Plea::Untold;
                return Action::Help;
            }
            Message::Help => {}
            Message::Where => self.place = Place::Whole,
            Message::ToCall => self.place = Place::Beside(None),
        }
        Action::None
    }

    /// Below a call, in reach of a hand.
    pub fn beside<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look.measured(), &context.words);
        let on_alarm = look.colour.on_alarm;
        let said = column![
            text::action(look, self.title(words)).color(on_alarm),
            text::label(look, self.line(words)).color(on_alarm),
        ]
        .spacing(look.px(4.0))
        .width(Fill);
        let way = container(text::action(look, fl!(words, "alarm-where")).color(look.colour.alarm))
            .center_y(Fill)
            .padding([0.0, look.px(28.0)]);
        let way = touchable(way, look, on_red(look), 28.0)
            .padding(0)
            .height(look.px(112.0))
            .on_press(Message::Where);
        let content = row![icon("warning", look.px(72.0), look.colour.sun), said, way]
            .spacing(look.px(28.0))
            .align_y(Center);
        let (ground, width) = (look.colour.alarm, look.px(8.0));
        let rim = if self.light { on_alarm } else { ground };
        container(content)
            .padding([look.px(20.0), look.px(36.0)])
            .width(Fill)
            .style(move |_: &Theme| container::Style {
                background: Some(Background::Color(ground)),
                border: Border::default().width(width).color(rim),
                ..container::Style::default()
            })
            .into()
    }

    pub fn view<'a>(&'a self, context: &'a Context, kept: Kept) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let on_alarm = look.colour.on_alarm;
        let title = row![
            icon("warning", look.px(132.0), look.colour.sun),
            text::hero(look, self.title(words)).color(on_alarm).width(Fill),
        ]
        .spacing(look.px(36.0))
        .align_y(Center);
        let line = text::heading(look, self.line(words)).color(on_alarm);
        let way = self.way(context);
        let help = self.help(context, kept);
        let whole: Element<'a, Message> = if look.is_landscape() {
            let left = column![title, line, tile::card(look, way).height(Fill)]
                .spacing(look.px(28.0))
                .width(Fill);
            // Who waits for help goes nowhere yet; what speaks for them takes the room of the steps.
            let steps = (!self.helped()).then(|| tile::card(look, self.steps(context)));
            let right = column![]
                .push(steps)
                .push(space().height(Fill))
                .push(help)
                .spacing(look.px(28.0))
                .width(look.px(720.0));
            row![left, right].spacing(look.px(56.0)).into()
        } else {
            let card = column![way, self.steps(context)].spacing(look.px(36.0));
            column![title, line, tile::card(look, card).height(Fill), help]
                .spacing(look.px(36.0))
                .into()
        };
        container(whole)
            .padding(look.px(56.0))
            .width(Fill)
            .height(Fill)
            .style(tile::filled(look.colour.alarm, 0.0))
            .into()
    }

    fn title(&self, words: &Words) -> String {
        match self.kind {
            Kind::AirRaid => fl!(words, "alarm-raid"),
            Kind::Fire => fl!(words, "alarm-fire"),
        }
    }

    fn line(&self, words: &Words) -> String {
        match self.kind {
            Kind::AirRaid => fl!(words, "alarm-raid-line"),
            Kind::Fire => fl!(words, "alarm-fire-line"),
        }
    }

    /// The picture of the house above its words, or else an arrow beside words. For what the house does not say stands what
    /// is true everywhere, and so for all of a fire, out of which lead other ways than to the shelter.
    fn way<'a>(&self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let shelter = (self.kind == Kind::AirRaid).then_some(&context.hall.shelter);
        let told = shelter.and_then(|shelter| shelter.way.clone());
        let picture = shelter.and_then(|shelter| shelter.picture.clone());
        if let Some(picture) = picture {
            let picture = image(picture)
                .width(Fill)
                .height(Fill)
                .content_fit(ContentFit::Contain);
            let told = told.map(|told| text::action(look, told));
            return column![picture].push(told).spacing(look.px(16.0)).into();
        }
        let arrow = match shelter.and_then(|shelter| shelter.turn) {
            Some(Turn::Left) => "way_left",
            Some(Turn::Right) => "way_right",
            Some(Turn::Ahead) => "way_ahead",
            None => match self.kind {
                Kind::AirRaid => "shelter",
                Kind::Fire => "logout",
            },
        };
        let told = told.unwrap_or_else(|| match self.kind {
            Kind::AirRaid => fl!(words, "alarm-raid-way"),
            Kind::Fire => fl!(words, "alarm-fire-way"),
        });
        let ink = mark(look);
        let way = row![
            icon(
                arrow,
                look.px(if look.is_landscape() { 360.0 } else { 280.0 }),
                ink
            ),
            text::heading(look, told).width(Fill)
        ];
        let way = way.spacing(look.px(36.0)).align_y(Center);
        container(way).center_y(Fill).into()
    }

    fn steps<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let steps = match self.kind {
            Kind::AirRaid => [
                ("logout", fl!(words, "alarm-raid-leave")),
                ("stairs", fl!(words, "alarm-raid-walk")),
                ("shelter", fl!(words, "alarm-raid-stay")),
            ],
            Kind::Fire => [
                ("fire", fl!(words, "alarm-fire-leave")),
                ("logout", fl!(words, "alarm-fire-walk")),
                ("groups", fl!(words, "alarm-fire-stay")),
            ],
        };
        let mut rows = Column::new().spacing(look.px(20.0));
        for (number, (name, step)) in (1..).zip(steps) {
            let drawing = container(icon(name, look.px(64.0), look.colour.on_alarm))
                .center(look.px(104.0))
                .style(tile::filled(look.colour.alarm, look.px(24.0)));
            let step = text::action(look, format!("{number}. {step}")).width(Fill);
            rows = rows.push(row![drawing, step].spacing(look.px(28.0)).align_y(Center));
        }
        let lift = row![
            icon("no_lift", look.px(56.0), look.colour.words),
            text::body(look, fl!(words, "alarm-lift")).width(Fill),
        ]
        .spacing(look.px(28.0))
        .align_y(Center);
        let line =
            container(space().width(Fill).height(look.rim())).style(tile::filled(look.colour.edge, 0.0));
        rows.push(line).push(lift).into()
    }

    fn help<'a>(&self, context: &Context, kept: Kept) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let on_alarm = look.colour.on_alarm;
        let told = match kept {
            Kept::Nothing => None,
            Kept::Visit => Some(fl!(words, "alarm-visit")),
            Kept::Queue => Some(fl!(words, "alarm-queue")),
            Kept::Call => Some(fl!(words, "alarm-call")),
        };
        let told = told.map(|told| text::body(look, told).color(on_alarm));
        let clear = text::body(look, fl!(words, "alarm-clear")).color(on_alarm);
        let lines = column![].push(told).push(clear).spacing(look.px(8.0));
        let back = (kept == Kept::Call).then(|| {
            broad(
                look,
                "sign_language",
                fl!(words, "alarm-to-call"),
                Message::ToCall,
            )
        });
        let help: Element<'a, Message> = if self.helped() {
            let state = match (context.trouble(), kept) {
                (_, Kept::Call) => fl!(words, "alarm-help-call"),
                (Some(_), _) => fl!(words, "alarm-help-nobody"),
                (None, _) => fl!(words, "alarm-help-calling"),
            };
            let plea = column![
                text::body(look, fl!(words, "alarm-help-show")).color(look.colour.second),
                text::heading(look, fl!(words, "alarm-help-card")),
                text::strong(look, state),
            ];
            tile::card(look, plea.spacing(look.px(16.0))).into()
        } else {
            broad(look, "accessible", fl!(words, "alarm-help"), Message::Help)
        };
        column![lines, help].push(back).spacing(look.px(24.0)).into()
    }
}

/// Red on paper; in contrast the paper is black.
fn mark(look: &Look) -> iced::Color {
    if look.colour.line.is_some() {
        look.colour.words
    } else {
        look.colour.alarm
    }
}

fn on_red(look: &Look) -> Paint {
    Paint {
        ground: look.colour.on_alarm,
        pressed: look.colour.second_on_counter,
        rim: look.colour.on_alarm,
        words: look.colour.alarm,
    }
}

/// As broad as there is room, white on red.
fn broad<'a>(look: &Look, name: &str, label: String, message: Message) -> Element<'a, Message> {
    let ink = look.colour.alarm;
    let content = row![
        icon(name, look.px(72.0), ink),
        text::action(look, label).color(ink)
    ]
    .spacing(look.px(28.0))
    .align_y(Center);
    touchable(container(content).center(Fill), look, on_red(look), 36.0)
        .padding([0.0, look.px(28.0)])
        .width(Fill)
        .height(look.px(152.0))
        .on_press(message)
        .into()
}
