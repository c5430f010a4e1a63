//! How the conversation fares, in three words: judged from what the driver sees anyway.

use std::collections::VecDeque;

use crate::call::FLUENT;

/// So many beats are looked back on.
const BEATS: usize = 15;
const SECONDS: u64 = 3;
/// Fewer frames than this in that time, and hands are read with effort.
const FRAMES: u64 = SECONDS * FLUENT as u64;
/// With fewer bits a second the visitor's own hands blur.
const BITS: u32 = 220_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quality {
    /// Too early to say.
    #[default]
    Unknown,
    Good,
    /// The interpreter's picture comes in fits and starts.
    Halting,
    /// The network takes so little that the interpreter sees the visitor blurred.
    Blurred,
}

/// Looks back over the last beats of one connection.
#[derive(Debug, Default)]
pub struct Judge {
    frames: VecDeque<u64>,
}

impl Judge {
    /// `frame`: the number of the latest frame shown, if there is one. `bits`: what the network carries, a second.
    pub fn beat(&mut self, frame: Option<u64>, bits: u32) -> Quality {
        let Some(frame) = frame else {
            self.frames.clear();
            return Quality::Unknown;
        };
        self.frames.push_back(frame);
        if self.frames.len() <= BEATS {
            return Quality::Unknown;
        }
        let before = self.frames.pop_front().unwrap_or(frame);
        if frame.saturating_sub(before) < FRAMES {
            Quality::Halting
        } else if bits < BITS {
            Quality::Blurred
        } else {
            Quality::Good
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last verdict over some beats with so many frames each.
    fn judged(beats: u64, frames: u64, bits: u32) -> Quality {
        let mut judge = Judge::default();
        let verdicts = (0..beats).map(|beat| judge.beat(Some(beat * frames), bits));
        verdicts.last().unwrap_or_default()
    }

    #[test]
    fn thirty_frames_a_second_over_a_good_line_are_good() {
        assert_eq!(judged(20, 6, 1_000_000), Quality::Good);
    }

    #[test]
    fn of_two_faults_the_one_that_the_visitor_sees_is_told() {
        assert_eq!(judged(20, 3, 1_000_000), Quality::Halting);
        assert_eq!(judged(20, 3, 100_000), Quality::Halting);
        assert_eq!(judged(20, 6, 100_000), Quality::Blurred);
    }

    #[test]
    fn nothing_is_said_too_soon_or_without_a_picture() {
        assert_eq!(judged(15, 6, 1_000_000), Quality::Unknown);
        let mut judge = Judge::default();
        assert_eq!(judge.beat(None, 1_000_000), Quality::Unknown);
    }
}
