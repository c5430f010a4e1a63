//! The conversation. The picture comes first, and nothing ever lies over it.
//!
//! ```text
//! portrait            landscape
//! ┌───────────┐       ┌────────────┬──────┐
//! │ who       │       │ who        │ voice│
//! ├───────────┤       ├────────────┤ own  │
//! │           │       │            │ text │
//! │ picture   │       │ picture    │ keys │
//! │           │       │            │ tools│
//! ├───────────┤       └────────────┴──────┘
//! │ voice     │
//! │ own, text │
//! │ keys      │
//! │ tools     │
//! └───────────┘
//! ```

use iced::widget::{Stack, column, container, mouse_area, row, space};
use iced::{Bottom, Element, Fill, FillPortion};

use super::Context;
use crate::call::view::{Picture, Talking};
use crate::kiosk::desk::Paper;
use crate::kiosk::quality::Quality;
use crate::kiosk::widget::keyboard::{self, Key, Keyboard};
use crate::kiosk::widget::{button, picture, tile};
use crate::locale::{Language, fl};
use crate::protocol::Topic;
use crate::text::Edit;

use notice::Notice;

mod head;
mod notice;
mod paper;
mod strip;

/// What a paper and its words have below the picture, in steps: own picture is 1000 wide there.
const PAPER_STEPS: f32 = 926.0;

/// How long it is said that the picture is fluent again, in seconds.
const AGAIN_S: u8 = 6;

/// How long the strip flashes, in seconds.
const BELL_S: u8 = 5;

/// What the picture has of the whole screen in portrait while nobody types and nothing is wrong.
const PICTURE_SHARE: f32 = 0.6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Key(Key),
    /// Shows or hides the keys.
    Keys,
    /// The first tap of two.
    End,
    Stay,
    ReallyEnd,
    Again,
    /// Both cameras close, until one side goes on.
    Hold,
    GoOn,
    /// Own picture goes to the other side of the text.
    Move,
    /// Brings a paper before the camera.
    Paper,
    Shoot,
    /// The still becomes the interpreter's too.
    Give,
    /// Another still in place of this one.
    Retake,
    PutAway,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    /// [`Command::HangUp`](crate::kiosk::driver::Command::HangUp).
    HangUp,
    /// [`Command::Requeue`](crate::kiosk::driver::Command::Requeue).
    Requeue,
    /// [`Command::Hold`](crate::kiosk::driver::Command::Hold).
    Hold(bool),
    /// [`Command::Type`](crate::kiosk::driver::Command::Type).
    Type(Edit),
    /// [`Command::TakeStill`](crate::kiosk::driver::Command::TakeStill); [`Call::shoots`] says its number.
    TakeStill,
    /// [`Command::SendStill`](crate::kiosk::driver::Command::SendStill).
    SendStill,
    /// [`Command::WipeStill`](crate::kiosk::driver::Command::WipeStill).
    WipeStill,
}

#[derive(Debug)]
pub struct Call {
    talking: Talking,
    topic: Topic,
    keyboard: Keyboard,
    counter: Counter,
    desk: paper::Desk,
    quality: Quality,
    /// Seconds for which the strip still flashes, because the interpreter asked for the visitor's eyes.
    bell: u8,
    /// Seconds for which it is still said that hands can be read again.
    again: u8,
    /// Own picture stands after the text, not before it.
    own_last: bool,
}

/// What the counter is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counter {
    Tools,
    Keys,
    /// The keys came by themselves, because hands cannot be read; they go as they came.
    KeysInstead,
    /// A paper is before the camera, or both look at it.
    Paper,
    /// Asked once more whether to hang up; `keys` were open before.
    Sure {
        keys: bool,
    },
}

impl Call {
    /// The keyboard begins in the visitor's language.
    pub fn new(talking: Talking, topic: Topic, language: Language) -> Self {
        // Who writes only has come for the keys.
        let counter = if topic.wishes.text_only {
            Counter::Keys
        } else {
            Counter::Tools
        };
        Self {
            talking,
            topic,
            keyboard: Keyboard::new(language),
            counter,
            desk: paper::Desk::new(),
            quality: Quality::Unknown,
            bell: 0,
            again: 0,
            own_last: false,
        }
    }

    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    pub fn set(&mut self, talking: Talking) {
        let before = std::mem::replace(&mut self.talking, talking).unread;
        match (before, self.talking.unread) {
            (None, Some(_)) if self.counter == Counter::Tools => self.counter = Counter::KeysInstead,
            (Some(_), None) => {
                if self.talking.picture == Picture::Flowing {
                    self.again = AGAIN_S;
                }
                if self.counter == Counter::KeysInstead {
                    self.counter = Counter::Tools;
                }
            }
            _ => {}
        }
        if self.is_gone() {
            // Nobody reads what is typed.
            self.counter = Counter::Tools;
        }
        if self.is_held() && self.counter == Counter::Paper {
            // A closed camera sees no paper.
            self.counter = Counter::Tools;
        }
    }

    pub fn set_quality(&mut self, quality: Quality) {
        self.quality = quality;
    }

    /// The interpreter asks for the visitor's eyes.
    pub fn ring(&mut self) {
        self.bell = BELL_S;
    }

    /// A second has passed: so often the strip changes its border, far less than 3 times a second.
    pub fn tick(&mut self) {
        self.bell = self.bell.saturating_sub(1);
        self.again = self.again.saturating_sub(1);
    }

    /// The camera is asked for the shot of that number.
    pub fn shoots(&mut self, number: u32) {
        self.desk.shoots(number);
    }

    /// The still of that number, whenever something becomes of it.
    pub fn set_paper(&mut self, number: u32, paper: Paper) {
        if self.desk.set(number, paper) && self.counter == Counter::Paper {
            self.counter = Counter::Tools;
        }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Key(key) => {
                // Who has begun to write is not interrupted.
                if self.counter == Counter::KeysInstead {
                    self.counter = Counter::Keys;
                }
                return self.keyboard.press(key).map_or(Action::None, Action::Type);
            }
            Message::Keys if self.keys_shown() => self.counter = Counter::Tools,
            Message::Keys => self.counter = Counter::Keys,
            Message::End => {
                self.counter = Counter::Sure {
                    keys: self.keys_shown(),
                }
            }
            Message::Stay => {
                self.counter = match self.counter {
                    Counter::Sure { keys: true } => Counter::Keys,
                    _ => Counter::Tools,
                }
            }
            Message::ReallyEnd => return Action::HangUp,
            Message::Again => return Action::Requeue,
            Message::Hold => return Action::Hold(true),
            Message::GoOn => return Action::Hold(false),
            Message::Move => self.own_last = !self.own_last,
            Message::Paper => self.counter = Counter::Paper,
            Message::Shoot if self.desk.is_free() => return Action::TakeStill,
            Message::Shoot => {}
            Message::Give => return Action::SendStill,
            Message::Retake => {
                self.desk.clear();
                return Action::WipeStill;
            }
            Message::PutAway => {
                self.desk.clear();
                self.counter = Counter::Tools;
                return Action::WipeStill;
            }
        }
        Action::None
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        if context.look.is_landscape() {
            self.landscape(context)
        } else {
            self.portrait(context)
        }
    }

    fn portrait<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let look = &context.look;
        if self.counter == Counter::Paper {
            return self.paper_below(context);
        }
        let lower = column![self.voice(context), self.own_and_text(context)]
            .spacing(look.px(12.0))
            .padding([look.px(8.0), look.px(if self.keys_shown() { 20.0 } else { 40.0 })]);
        let tools = column![]
            .push(self.keys(context))
            .push(self.tools(context))
            .spacing(look.px(20.0));
        let tools = container(tools)
            .padding([
                look.px(20.0),
                look.px(if self.keys_shown() { 20.0 } else { 40.0 }),
            ])
            .width(Fill)
            .style(tile::filled(look.colour.counter, 0.0));
        let sight = container(self.picture(context)).width(Fill);
        let (sight, lower) = if self.roomy(context) {
            let height = (look.panel.height_px * PICTURE_SHARE).ceil();
            (sight.height(height), lower.height(Fill))
        } else {
            (sight.height(Fill), lower.height(look.px(self.lower_steps())))
        };
        // The ground is the window's own: a filled box behind the picture would be drawn anew with every frame.
        column![
            head::head(context, &self.talking, &self.topic, self.quality),
            sight,
            lower,
            tools
        ]
        .into()
    }

    /// The signer above, the paper below.
    fn paper_below<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let look = &context.look;
        let lower = column![]
            .push(self.notice().map(|notice| notice.banner(context)))
            .push(self.desk.view(context))
            .spacing(look.px(12.0))
            .padding([look.px(12.0), look.px(40.0)]);
        let tools = container(self.desk.tools(context))
            .padding([look.px(20.0), look.px(40.0)])
            .width(Fill)
            .style(tile::filled(look.colour.counter, 0.0));
        column![
            head::head(context, &self.talking, &self.topic, self.quality),
            container(self.picture(context)).width(Fill).height(Fill),
            lower.height(look.px(PAPER_STEPS)),
            tools
        ]
        .into()
    }

    /// Nobody types and nothing is wrong.
    fn roomy(&self, context: &Context) -> bool {
        let calm = context.hall.alarm().is_none() && self.notice().is_none();
        calm && !self.keys_shown()
    }

    /// What lies between picture and tools when the picture takes the rest.
    fn lower_steps(&self) -> f32 {
        match self.notice() {
            Some(_) => 440.0,
            None => 360.0,
        }
    }

    fn landscape<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let look = &context.look;
        // Twelve keys of 20 mm need the broader column.
        let (width, side) = match self.counter {
            Counter::Keys | Counter::KeysInstead | Counter::Sure { keys: true } => (920.0, 15.0),
            Counter::Paper => (920.0, 28.0),
            Counter::Tools | Counter::Sure { keys: false } => (620.0, 28.0),
        };
        let sight = column![
            head::head(context, &self.talking, &self.topic, self.quality),
            container(self.picture(context)).height(Fill)
        ];
        let sight = container(sight).width(Fill).height(Fill);
        let counter = if self.counter == Counter::Paper {
            column![]
                .push(self.notice().map(|notice| notice.banner(context)))
                .push(container(self.desk.view(context)).height(Fill))
                .push(self.desk.tools(context))
        } else {
            column![self.voice(context), self.own_and_text(context)]
                .push(self.keys(context))
                .push(self.tools(context))
        };
        let counter = container(counter.spacing(look.px(20.0)))
            .padding([look.px(20.0), look.px(side)])
            .width(look.px(width))
            .height(Fill)
            .style(tile::filled(look.colour.counter, 0.0));
        row![sight, counter].into()
    }

    /// The interpreter. Only while there is no picture words stand in its place.
    fn picture<'a>(&self, context: &Context) -> Element<'a, Message> {
        if self.is_held() {
            return Notice::pause(context);
        }
        let living = picture::remote(&context.pictures, context.look.colour.stage, context.scale);
        let notice = Notice::instead(&self.talking).filter(|_| context.pictures.remote.latest().is_none());
        let instead = notice.map(|notice| notice.large(context));
        let living = Stack::new().push(living).push(instead);
        if !matches!(self.talking.picture, Picture::Stalled { .. }) {
            return living.into();
        }
        // A bar above and below tells from afar that the picture is not of now.
        let look = &context.look;
        let bar = || {
            container(space())
                .width(Fill)
                .height(look.px(16.0))
                .style(tile::filled(look.colour.sun, 0.0))
        };
        column![bar(), container(living).height(Fill), bar()].into()
    }

    /// The interpreter's voice, or what is wrong.
    fn voice<'a>(&self, context: &Context) -> Element<'a, Message> {
        match self.notice() {
            Some(notice) => notice.banner(context),
            None if self.bell > 0 => head::bell(context),
            None => head::voice(context),
        }
    }

    fn own_and_text<'a>(&self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let typing = self.keys_shown();
        let text = strip::strip(context, self.talking.interpreter, typing, self.bell % 2 == 1);
        if self.is_gone() {
            // Nobody sees the visitor either.
            return text;
        }
        let width = match (self.roomy(context), look.is_landscape()) {
            (true, false) => 412.0,
            (true, true) => 300.0,
            (false, false) => 272.0,
            (false, true) if typing => 272.0,
            (false, true) => 200.0,
        };
        let own = mouse_area(head::own(context, &self.topic, self.is_held(), width)).on_press(Message::Move);
        if look.is_landscape() && !typing {
            let own = container(own).center_x(Fill);
            let both = if self.own_last {
                column![text, own]
            } else {
                column![own, text]
            };
            both.spacing(look.px(16.0)).height(Fill).into()
        } else {
            let both = if self.own_last {
                row![text, own]
            } else {
                row![own, text]
            };
            both.spacing(look.px(16.0)).align_y(Bottom).height(Fill).into()
        }
    }

    fn keys<'a>(&'a self, context: &Context) -> Option<Element<'a, Message>> {
        let look = &context.look;
        let keys = || {
            keyboard::view(
                look,
                &self.keyboard,
                fl!(context.words, "talk-space"),
                Message::Key,
            )
        };
        self.keys_shown()
            .then(|| container(keys()).height(look.px(406.0)).width(Fill).into())
    }

    fn tools<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let gap = look.px(20.0);
        let end = || button::tool_end(look, "call_end", fl!(words, "talk-end"), Message::End);
        if let Counter::Sure { .. } = self.counter {
            // The way back lies just where the finger asked to end, so a double tap ends nothing.
            let yes = button::tool_end(look, "call_end", fl!(words, "talk-sure-end"), Message::ReallyEnd);
            let no = button::tool(look, "arrow_back", fl!(words, "talk-stay"), Some(Message::Stay));
            let wide = look.is_landscape() && !self.keys_shown();
            return if self.is_gone() || wide {
                column![yes, no].spacing(gap).into()
            } else {
                row![yes, no].spacing(gap).into()
            };
        }
        if self.is_gone() {
            let line = fl!(words, "ended-again-line");
            let again = button::primary(look, fl!(words, "talk-again"), line, Message::Again);
            return column![again, end()].spacing(gap).into();
        }
        let write = if self.keys_shown() {
            button::tool_on(
                look,
                "keyboard_hide",
                fl!(words, "talk-hide"),
                Some(Message::Keys),
            )
        } else {
            button::tool(look, "keyboard", fl!(words, "talk-write"), Some(Message::Keys))
        };
        if self.is_held() {
            let go_on = button::tool_onward(look, "play_arrow", fl!(words, "talk-go-on"), Message::GoOn);
            return if look.is_landscape() && !self.keys_shown() {
                column![go_on, row![write, end()].spacing(gap)]
                    .spacing(gap)
                    .into()
            } else {
                // What goes on is as broad as the other two.
                let go_on = container(go_on).width(FillPortion(2));
                let [write, end] = [write, end()].map(|tool| container(tool).width(FillPortion(1)));
                row![go_on, write, end].spacing(gap).into()
            };
        }
        if matches!(self.talking.picture, Picture::Stalled { .. }) && !self.keys_shown() {
            let label = fl!(words, "talk-write-now");
            let write = button::tool_onward(look, "keyboard", label, Message::Keys);
            let broad = if look.is_landscape() { 1 } else { 2 };
            let write = container(write).width(FillPortion(broad));
            let end = container(end()).width(FillPortion(1));
            return row![write, end].spacing(gap).into();
        }
        let hold = button::tool(look, "pause", fl!(words, "talk-hold"), Some(Message::Hold));
        // A closed camera takes no still.
        let seen = !self.topic.wishes.text_only;
        let paper = seen.then(|| {
            let label = fl!(words, "talk-paper");
            button::tool(look, "description", label, Some(Message::Paper))
        });
        if look.is_landscape() && !self.keys_shown() {
            // Its counter is too narrow for more than two.
            let above = row![write].push(paper).spacing(gap);
            let below = row![hold, end()].spacing(gap);
            column![above, below].spacing(gap).into()
        } else {
            row![write].push(paper).push(hold).push(end()).spacing(gap).into()
        }
    }

    fn keys_shown(&self) -> bool {
        matches!(
            self.counter,
            Counter::Keys | Counter::KeysInstead | Counter::Sure { keys: true }
        )
    }

    /// What is to be said beside the picture.
    fn notice(&self) -> Option<Notice> {
        Notice::beside(&self.talking).or((self.again > 0).then_some(Notice::FluentAgain))
    }

    fn is_held(&self) -> bool {
        matches!(self.talking.picture, Picture::Held { .. })
    }

    /// Nobody is on the other side.
    pub fn is_gone(&self) -> bool {
        self.talking.picture == Picture::Gone
    }
}
