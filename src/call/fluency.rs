//! Whether hands can be read in the interpreter's picture: by its frames a second, over time.

use std::collections::VecDeque;
use std::time::Duration;

/// Under 20 frames a second hands are not read (ITU-T H-series Supplement 1); less what the edges of a second cut off.
pub const FLUENT: u8 = 18;

/// So many seconds are looked back on before signing gives way to writing.
const PATIENCE: usize = 10;

/// So many fluent seconds in a row bring it back.
const PROOF: usize = 5;

const SECOND: Duration = Duration::from_secs(1);

/// Looks back on the seconds of one connection.
#[derive(Debug, Default)]
pub(super) struct Fluency {
    lost: bool,
    /// Frames a second of the last seconds, the newest last.
    seconds: VecDeque<f64>,
    /// When the present second began, and the frames in it.
    present: Option<(Duration, u32)>,
}

impl Fluency {
    /// `frames` have come since the last time. Told several times a second.
    pub(super) fn watch(&mut self, frames: u32, now: Duration) {
        let (began, so_far) = self.present.get_or_insert((now, 0));
        *so_far += frames;
        let passed = now.saturating_sub(*began);
        if passed < SECOND {
            return;
        }
        let rate = f64::from(*so_far) / passed.as_secs_f64();
        self.present = Some((now, 0));
        if self.seconds.len() == PATIENCE {
            self.seconds.pop_front();
        }
        self.seconds.push_back(rate);
        self.lost = if self.lost {
            let mut newest = self.seconds.iter().rev().take(PROOF);
            !newest.all(|rate| *rate >= FLUENT.into())
        } else {
            let mean = self.seconds.iter().sum::<f64>() / PATIENCE as f64;
            self.seconds.len() == PATIENCE && mean < FLUENT.into()
        };
    }

    /// Whether the picture has not been fluent for so long that writing is better.
    pub(super) fn is_lost(&self) -> bool {
        self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A fluency that has watched each of these rates for a second, five times a second.
    fn watched(rates: &[u32]) -> Fluency {
        let mut fluency = Fluency::default();
        let beat = Duration::from_millis(200);
        let mut now = Duration::from_secs(3);
        fluency.watch(0, now);
        for rate in rates {
            for _ in 0..5 {
                now += beat;
                fluency.watch(rate / 5, now);
            }
        }
        fluency
    }

    #[test]
    fn ten_halting_seconds_lose_it_and_nine_do_not() {
        assert!(!watched(&[15; 9]).is_lost());
        assert!(watched(&[15; 10]).is_lost());
    }

    #[test]
    fn a_picture_that_comes_in_fits_is_lost_and_one_long_hitch_is_not() {
        assert!(watched(&[25, 5, 30, 0, 25, 5, 30, 0, 25, 5]).is_lost());
        assert!(!watched(&[30, 30, 30, 30, 0, 0, 30, 30, 30, 30]).is_lost());
    }

    #[test]
    fn five_fluent_seconds_in_a_row_bring_it_back() {
        let halting = [10; 10];
        let then = |rates: &[u32]| watched(&[&halting, rates].concat()).is_lost();
        assert!(then(&[30; 4]));
        assert!(!then(&[30; 5]));
        assert!(then(&[30, 30, 30, 10, 30, 30, 30, 30]));
    }

    proptest! {
        #[test]
        fn twenty_frames_a_second_are_always_fluent(rates in prop::collection::vec(20u32..60, 1..60)) {
            prop_assert!(!watched(&rates).is_lost());
        }
    }
}
