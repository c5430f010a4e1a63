//! How large a picture a bitrate bears: pure, so that it can be argued with in tests.
//!
//! Down at once, because a picture too large for its rate freezes or blurs hands; up only after the rate has borne the
//! next step, with a margin, for a while, because every change of size costs a keyframe.

use std::time::Duration;

/// Heights in lines, and the least rate for each in bits a second.
const STEPS: [(u32, u32); 4] = [(720, 1_100_000), (480, 350_000), (360, 180_000), (240, 0)];

/// The rate must exceed the next step's by this share…
const MARGIN_PER_CENT: u64 = 125;
/// …for this long.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, Clone, Default)]
pub struct Ladder {
    current: Option<u32>,
    bears_more_since: Option<Duration>,
}

impl Ladder {
    /// The height to encode now, never above the source's own.
    pub fn height(&mut self, now: Duration, bits_per_second: u32, source: u32) -> u32 {
        let allowed = height_for(bits_per_second).min(source);
        let Some(current) = self.current.map(|height| height.min(source)) else {
            self.current = Some(allowed);
            return allowed;
        };
        let cautious = (u64::from(bits_per_second) * 100 / MARGIN_PER_CENT) as u32;
        let next = if allowed < current {
            self.bears_more_since = None;
            allowed
        } else if height_for(cautious).min(source) > current {
            let since = *self.bears_more_since.get_or_insert(now);
            if now.saturating_sub(since) >= PATIENCE {
                self.bears_more_since = None;
                height_for(cautious).min(source)
            } else {
                current
            }
        } else {
            self.bears_more_since = None;
            current
        };
        self.current = Some(next);
        next
    }
}

fn height_for(bits_per_second: u32) -> u32 {
    let step = STEPS.iter().find(|(_, least)| bits_per_second >= *least);
    step.expect("the last step asks for nothing").0
}

/// The size of the source's shape at this height, both even as 4:2:0 wants them.
pub fn size(source_width: u32, source_height: u32, height: u32) -> (u32, u32) {
    if height >= source_height {
        return (source_width, source_height);
    }
    let width = (u64::from(source_width) * u64::from(height) / u64::from(source_height.max(1))) as u32;
    ((width + 1) & !1, (height + 1) & !1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_poor_network_gets_a_smaller_picture_at_once() {
        let mut ladder = Ladder::default();
        assert_eq!(ladder.height(at(0), 600_000, 480), 480);
        assert_eq!(ladder.height(at(0), 300_000, 480), 360);
        assert_eq!(ladder.height(at(0), 100_000, 480), 240);
    }

    #[test]
    fn the_picture_grows_back_only_when_the_rate_has_lasted() {
        let mut ladder = Ladder::default();
        ladder.height(at(0), 300_000, 480);
        assert_eq!(
            ladder.height(at(1), 400_000, 480),
            360,
            "borne, but without the margin"
        );
        assert_eq!(ladder.height(at(2), 600_000, 480), 360, "borne, but not for long");
        assert_eq!(ladder.height(at(3), 360_000, 480), 360, "the wait starts again");
        assert_eq!(ladder.height(at(4), 600_000, 480), 360);
        assert_eq!(ladder.height(at(6), 600_000, 480), 360);
        assert_eq!(ladder.height(at(7), 600_000, 480), 480);
    }

    #[test]
    fn a_rate_that_swings_around_a_step_does_not_change_the_picture_twice_a_second() {
        let mut ladder = Ladder::default();
        ladder.height(at(0), 600_000, 480);
        let mut changes = 0;
        let mut last = 480;
        for tick in 0..100u64 {
            let rate = if tick % 2 == 0 { 340_000 } else { 500_000 };
            let height = ladder.height(Duration::from_millis(tick * 100), rate, 480);
            changes += u32::from(height != last);
            last = height;
        }
        assert_eq!(changes, 1);
    }

    #[test]
    fn a_camera_is_never_blown_up() {
        let mut ladder = Ladder::default();
        assert_eq!(ladder.height(at(0), 5_000_000, 480), 480);
        assert_eq!(ladder.height(at(0), 5_000_000, 240), 240);
        assert_eq!(size(640, 480, 360), (480, 360));
        assert_eq!(size(1280, 720, 240), (426, 240));
        assert_eq!(size(640, 480, 720), (640, 480));
    }
}
