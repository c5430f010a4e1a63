//! When the sender must be asked for a keyframe (PLI, RFC 4585 §6.3.1). Pure.
//!
//! Every keyframe is as large as ten or twenty other frames. One that is asked for twice stands in its own way on a
//! slow line, so a request is repeated only when nothing has come of it.

use std::time::Duration;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A request without an answer is repeated after this, and then after twice as long: the answer to the first may still
/// be in a queue.
const PATIENCE: Duration = ms(500);
const MOST_PATIENCE: Duration = ms(1000);
/// Browsers do not answer two requests that are closer than this.
const APART: Duration = ms(300);
/// Whole frames went in this long ago and none came out: the decoder needs help.
const BLIND: Duration = ms(500);

#[derive(Debug)]
pub struct Asking {
    /// When the first whole frame went to the decoder of which nothing has come out yet.
    blind_since: Option<Duration>,
    /// The decoder itself wants a keyframe.
    stumbled: bool,
    last: Option<Duration>,
    patience: Duration,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            blind_since: None,
            stumbled: false,
            last: None,
            patience: Duration::ZERO,
        }
    }
}

impl Asking {
    /// The last packet of a whole frame went to the decoder.
    pub fn fed(&mut self, now: Duration) {
        self.blind_since.get_or_insert(now);
    }

    /// A frame came out of it.
    pub fn decoded(&mut self) {
        self.blind_since = None;
        self.patience = APART;
    }

    pub fn stumbled(&mut self) {
        self.stumbled = true;
    }

    /// Whether to ask now. `is_closed`: what comes is dropped until the next keyframe; while that one is on its way,
    /// however slowly, nothing is.
    pub fn wants(&mut self, now: Duration, is_closed: bool) -> bool {
        let is_blind = self
            .blind_since
            .is_some_and(|since| now.saturating_sub(since) > BLIND);
        let is_early = self
            .last
            .is_some_and(|last| now.saturating_sub(last) < self.patience);
        if !(is_closed || is_blind || self.stumbled) || is_early {
            return false;
        }
        self.stumbled = false;
        self.last = Some(now);
        self.patience = (self.patience * 2).clamp(PATIENCE, MOST_PATIENCE);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: [u64; 0] = [];

    /// When it asks, looking every 10 ms, in ms.
    fn asked(asking: &mut Asking, during: std::ops::Range<u64>, is_closed: bool) -> Vec<u64> {
        during
            .step_by(10)
            .filter(|now| asking.wants(ms(*now), is_closed))
            .collect()
    }

    #[test]
    fn one_request_is_enough_when_its_keyframe_comes_however_slowly() {
        let mut asking = Asking::default();
        assert_eq!(asked(&mut asking, 0..400, true), [0]);
        assert_eq!(asked(&mut asking, 400..3000, false), NEVER);
        asking.fed(ms(3000));
        asking.decoded();
        assert_eq!(asked(&mut asking, 3000..9000, false), NEVER);
    }

    #[test]
    fn a_request_without_an_answer_is_repeated_more_calmly() {
        let mut asking = Asking::default();
        assert_eq!(asked(&mut asking, 0..4000, true), [0, 500, 1500, 2500, 3500]);
    }

    #[test]
    fn the_next_loss_is_told_at_once_but_not_sooner_than_it_would_be_heard() {
        let mut asking = Asking::default();
        assert_eq!(asked(&mut asking, 0..1000, true), [0, 500]);
        asking.decoded();
        assert_eq!(asked(&mut asking, 3000..3200, true), [3000]);
        asking.decoded();
        assert_eq!(asked(&mut asking, 3200..3600, true), [3300]);
    }

    #[test]
    fn a_decoder_that_gives_out_nothing_is_helped() {
        let mut asking = Asking::default();
        asking.fed(ms(0));
        assert_eq!(asked(&mut asking, 0..1200, false), [510, 1010]);
        asking.decoded();
        assert_eq!(asked(&mut asking, 1200..5000, false), NEVER);
        asking.stumbled();
        assert_eq!(asked(&mut asking, 5000..9000, false), [5000]);
    }
}
