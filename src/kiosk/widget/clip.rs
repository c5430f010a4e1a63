//! A sign clip: the picture, how much of it was seen, and beneath it what one does with it.
//!
//! The card fills its room, whatever shape the clip has; [`height`] is what 16 : 9 wants. A clip on a card begins by a
//! touch and never by itself.

use iced::widget::{Column, Row, column, container, row, space};
use iced::{Element, Fill, FillPortion, Length};

use super::picture::{self, Picture};
use super::{button, tile};
use crate::kiosk::player::{Shown, Stage};
use crate::kiosk::theme::Look;
use crate::locale::{Words, fl};
use crate::media::clip::Wish;
use crate::media::frame::Pictures;

/// What a visitor does with the clip of one screen.
#[derive(Debug, Default)]
pub struct Clip {
    plays: bool,
    /// How often it was begun anew.
    round: u32,
}

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Play,
    Pause,
    Again,
    /// Slowly from now on, or no longer.
    Slow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    Slow,
}

impl Clip {
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Play => self.plays = true,
            Message::Pause => self.plays = false,
            Message::Again => {
                self.plays = true;
                self.round = self.round.wrapping_add(1);
            }
            Message::Slow => return Action::Slow,
        }
        Action::None
    }

    pub fn plays(&self) -> bool {
        self.plays
    }

    pub fn wish(&self, slow: bool) -> Wish {
        Wish::Once {
            plays: self.plays,
            slow,
            round: self.round,
        }
    }

    /// It has said everything, unless it was begun anew meanwhile.
    pub fn told(&mut self, stage: Stage) {
        if stage == Stage::Ended(self.round) {
            self.plays = false;
        }
    }

    /// Waits for a touch again.
    pub fn rest(&mut self) {
        self.plays = false;
    }
}

/// What a player is built of, besides its [`Clip`].
pub struct Stand<'a> {
    pub look: &'a Look,
    pub words: &'a Words,
    pub pictures: &'a Pictures,
    /// Physical pixels a logical one.
    pub scale: f32,
    pub slow: bool,
    /// None before the clip is open.
    pub shown: Option<&'a Shown>,
}

/// Between the card's edge and the picture, in steps.
const EDGE: f32 = 20.0;
/// Between the picture and the progress, and how high that is.
const GAP: f32 = 16.0;

/// How high a player is where it does not fill its room: on a portrait panel a picture of 16 : 9 is as wide as its card,
/// on a landscape one something must be left to read.
pub fn height(look: &Look) -> f32 {
    if look.is_landscape() {
        return look.px(470.0);
    }
    let picture = look.panel.width_px - look.px(2.0 * (56.0 + EDGE));
    picture * 9.0 / 16.0 + look.px(2.0 * (EDGE + GAP) + 20.0) + button::tool_height(look)
}

/// The player: tools below the picture, or at its right on a landscape panel. Takes all the height that it is given.
pub fn player<'a>(stand: &Stand<'_>, clip: &Clip) -> Element<'a, Message> {
    let look = stand.look;
    let gap = look.px(20.0);
    let tools = tools(stand, clip);
    let seen = stand.shown.map_or(0, |shown| shown.percent);
    let picture = column![picture(stand), progress(look, seen)];
    let card = card(look, picture.spacing(look.px(GAP))).height(Fill);
    if look.is_landscape() {
        let tools = Column::with_children(tools).spacing(gap).width(look.px(300.0));
        row![card, tools].spacing(gap).into()
    } else {
        column![card, Row::with_children(tools).spacing(gap)]
            .spacing(gap)
            .into()
    }
}

/// A clip that goes round and round by itself, in the middle of all the room there is.
pub fn looped<'a, Message: 'a>(stand: &Stand<'_>) -> Element<'a, Message> {
    card(stand.look, picture(stand)).height(Fill).into()
}

fn picture(stand: &Stand<'_>) -> Picture {
    picture::clip(stand.pictures, stand.look.colour.counter, stand.scale)
}

/// The picture's corners are not round, so it does not reach those of its card.
fn card<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    container(content)
        .padding(look.px(EDGE))
        .width(Fill)
        .style(tile::sheet(look, look.colour.counter, 36.0))
}

fn tools<'a>(stand: &Stand<'_>, clip: &Clip) -> [Element<'a, Message>; 3] {
    let (look, words) = (stand.look, stand.words);
    // Beside the picture they share its height.
    let height = if look.is_landscape() {
        Fill
    } else {
        Length::Fixed(button::tool_height(look))
    };
    let tool = |name, label, on, message| button::window_tool(look, name, label, on, height, message);
    let first = if clip.plays {
        tool("pause", fl!(words, "clip-pause"), false, Message::Pause)
    } else {
        tool("play_arrow", fl!(words, "clip-play"), false, Message::Play)
    };
    [
        first,
        tool("replay", fl!(words, "clip-again"), false, Message::Again),
        tool(
            "slow_motion_video",
            fl!(words, "clip-slow"),
            stand.slow,
            Message::Slow,
        ),
    ]
}

/// Calm, because it lies close to the hands.
fn progress<'a, Message: 'a>(look: &Look, percent: u8) -> Element<'a, Message> {
    let part = |ground, share: u16| {
        (share > 0).then(|| {
            container(space())
                .width(FillPortion(share))
                .height(look.px(GAP))
                .style(tile::filled(ground, look.px(8.0)))
        })
    };
    let seen = u16::from(percent.min(100));
    row![]
        .push(part(look.colour.second_on_counter, seen))
        .push(part(look.colour.tool_pressed, 100 - seen))
        .width(Length::Fill)
        .into()
}
