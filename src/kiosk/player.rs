//! Shows the clip that the screen wants, from what stands on the shelf.
//!
//! **Invariant:** at most one clip is open, and none while the line is a call's.

use std::collections::BTreeSet;

use tokio::sync::mpsc;

use super::clips::{Kept, Shelf, Suspects};
use crate::clip::ClipId;
use crate::media::clip::{Clip, State, Wish};
use crate::media::frame::FrameSlot;

/// The clip that a screen shows, and what it shall do: said anew whenever either changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub id: ClipId,
    pub wish: Wish,
}

/// What the screen is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: ClipId,
    pub stage: Stage,
    /// How much of it was seen, 0–100.
    pub percent: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Opening,
    Playing,
    Paused,
    /// Of the round with that number.
    Ended(u32),
}

/// What the player tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The places that have a clip.
    Stocked(BTreeSet<ClipId>),
    Shown(Option<Shown>),
}

/// What a clip told, and which of all that were opened.
pub type Told = (u64, State);

pub struct Player {
    slot: FrameSlot,
    /// None: this machine shows no clip at all.
    shelf: Option<Shelf>,
    suspects: Suspects,
    wanted: Option<Wanted>,
    /// A call has the line and the eyes.
    in_call: bool,
    open: Option<Open>,
    opened: u64,
    told: mpsc::UnboundedSender<Told>,
    tell: Box<dyn Fn(News) + Send>,
}

struct Open {
    clip: Clip,
    id: ClipId,
    kept: Kept,
    shown: Option<Shown>,
}

impl Player {
    pub fn new(
        slot: FrameSlot,
        suspects: Suspects,
        told: mpsc::UnboundedSender<Told>,
        tell: impl Fn(News) + Send + 'static,
    ) -> Self {
        Self {
            slot,
            shelf: Some(Shelf::new()),
            suspects,
            wanted: None,
            in_call: false,
            open: None,
            opened: 0,
            told,
            tell: Box::new(tell),
        }
    }

    pub fn want(&mut self, wanted: Option<Wanted>) {
        self.wanted = wanted;
        self.mind();
    }

    pub fn in_call(&mut self, in_call: bool) {
        if std::mem::replace(&mut self.in_call, in_call) != in_call {
            self.mind();
        }
    }

    pub fn stock(&mut self, shelf: Shelf) {
        if let Some(before) = &mut self.shelf
            && *before != shelf
        {
            *before = shelf;
            self.tell_shelf();
            self.mind();
        }
    }

    pub fn heard(&mut self, (number, state): Told) {
        // A clip that was closed meanwhile has nothing to tell.
        let Some(open) = self.open.as_mut().filter(|_| number == self.opened) else {
            return;
        };
        let (stage, progress) = match state {
            State::Opening => (Stage::Opening, None),
            State::Playing(progress) => (Stage::Playing, Some(progress)),
            State::Paused(progress) => (Stage::Paused, Some(progress)),
            State::Ended { round, progress } => (Stage::Ended(round), Some(progress)),
            State::Failed(error) => {
                tracing::warn!(id = %open.id, %error, "a clip cannot be shown");
                let sha256 = open.kept.sha256;
                if let Some(shelf) = &mut self.shelf {
                    shelf.retain(|_, kept| kept.sha256 != sha256);
                }
                self.suspects.tell(sha256);
                self.tell_shelf();
                self.mind();
                return;
            }
        };
        let shown = Shown {
            id: open.id.clone(),
            stage,
            percent: progress.map_or(0, |progress| (progress.share() * 100.0) as u8),
        };
        if open.shown.as_ref() != Some(&shown) {
            open.shown = Some(shown.clone());
            (self.tell)(News::Shown(Some(shown)));
        }
    }

    /// Makes what is open what is wanted.
    fn mind(&mut self) {
        let wanted = self.wanted.clone().filter(|_| !self.in_call);
        let shelf = self.shelf.as_ref();
        let kept = wanted.and_then(|wanted| Some((shelf?.get(&wanted.id)?.clone(), wanted)));
        match (kept, &self.open) {
            (None, None) => {}
            (None, Some(_)) => self.close(),
            (Some((kept, wanted)), Some(open)) if open.id == wanted.id && open.kept == kept => {
                open.clip.wish(wanted.wish);
            }
            (Some((kept, wanted)), _) => self.open(kept, wanted),
        }
    }

    fn open(&mut self, kept: Kept, wanted: Wanted) {
        // Before the next one is there, or it would clear the next one's picture.
        self.open = None;
        self.opened += 1;
        let (number, told) = (self.opened, self.told.clone());
        let opened = Clip::open(&kept.path, self.slot.clone(), wanted.wish, move |state| {
            // Nobody listens any more when the program ends.
            let _ = told.send((number, state));
        });
        match opened {
            Ok(clip) => {
                self.open = Some(Open {
                    clip,
                    id: wanted.id,
                    kept,
                    shown: None,
                });
            }
            Err(error) => {
                // It is not the file's fault: something is missing on this machine.
                tracing::error!(%error, "no clip can be shown");
                self.shelf = None;
                self.tell_shelf();
                self.close();
            }
        }
    }

    fn close(&mut self) {
        self.open = None;
        (self.tell)(News::Shown(None));
    }

    fn tell_shelf(&self) {
        let ids: BTreeSet<ClipId> = self.shelf.iter().flatten().map(|(id, _)| id.clone()).collect();
        (self.tell)(News::Stocked(ids));
    }
}
