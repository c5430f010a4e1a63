//! What the browser is told to send at most while a queue stands (REMB). Pure.
//!
//! By the feedback alone a browser needs two thirds of a second until it believes that a line has become narrow, and what
//! it sends meanwhile is dropped or late. While a queue stands what comes is what the line carries, and a few packets
//! tell how much that is.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// What the line carries is measured over this time at most…
const MEASURED: Duration = Duration::from_millis(300);
/// …and at least.
const LEAST: Duration = Duration::from_millis(60);
/// A queue is to be gone in this time…
const DRAINS: Duration = Duration::from_millis(600);
/// …but sound goes on, and a whole picture that comes now comes soon: this share of it always.
const LEAST_SHARE: f64 = 0.45;
/// What may be sent after it, and for how long that holds…
const SHARE: f64 = 0.9;
const HOLDS: Duration = Duration::from_millis(1000);
/// …until it doubles in this time, so often: the browser's own belief may be far above.
const DOUBLES: Duration = Duration::from_millis(2000);
const OFTEN: u32 = 4;
/// Then it is taken back for so long, since a report may be lost.
const TAKEN_BACK: Duration = Duration::from_millis(1000);
/// Of less nothing can be said, and none is no ceiling at all, bit/s.
const LEAST_RATE: f64 = 60_000.0;
/// More than any line of ours, bit/s.
const UNBOUNDED: f32 = 1e9;

#[derive(Debug, Default)]
pub(super) struct Ceiling {
    /// What came lately while a queue stood: when, and bits.
    recent: VecDeque<(Instant, usize)>,
    /// When a packet last came behind a queue, and how long that was.
    stood: Option<(Instant, Duration)>,
    /// The most that came through this queue, bit/s: less comes when less is sent.
    most: Option<f64>,
    /// Through this queue or the last that was measured, as long as anything is said of it.
    carried: Option<f64>,
}

impl Ceiling {
    /// A packet of so many bits came; `queue`: how long it stood behind others, if it did.
    pub fn came(&mut self, now: Instant, bits: usize, queue: Option<Duration>) {
        let Some(queue) = queue else {
            self.recent.clear();
            return;
        };
        if self.recent.is_empty() {
            self.most = None;
        }
        self.stood = Some((now, queue));
        self.recent.push_back((now, bits));
        while self.span() > MEASURED {
            self.recent.pop_front();
        }
        if self.span() >= LEAST {
            let bits: usize = self.recent.iter().skip(1).map(|(_, bits)| bits).sum();
            let rate = bits as f64 / self.span().as_secs_f64();
            self.most = Some(self.most.map_or(rate, |most| most.max(rate)));
            self.carried = self.most;
        }
    }

    /// What is to be said now, bit/s; none where nothing is.
    pub fn say(&mut self, now: Instant) -> Option<f32> {
        let (carried, (stood, queue)) = self.carried.zip(self.stood)?;
        let carried = carried.max(LEAST_RATE);
        if !self.recent.is_empty() {
            let share = 1.0 - queue.as_secs_f64() / DRAINS.as_secs_f64();
            return Some((carried * share.max(LEAST_SHARE)) as f32);
        }
        let calm = now.saturating_duration_since(stood).saturating_sub(HOLDS);
        if calm < DOUBLES * OFTEN {
            let grown = (calm.as_secs_f64() / DOUBLES.as_secs_f64()).exp2();
            return Some((carried * SHARE * grown) as f32);
        }
        if calm > DOUBLES * OFTEN + TAKEN_BACK {
            self.carried = None;
        }
        Some(UNBOUNDED)
    }

    fn span(&self) -> Duration {
        let ends = self.recent.front().zip(self.recent.back());
        ends.map_or(Duration::ZERO, |((first, _), (last, _))| {
            last.saturating_duration_since(*first)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// Packets of 1000 bytes, this far apart, behind a queue of this length; what is said at their end.
    fn behind(
        ceiling: &mut Ceiling,
        from: Instant,
        packets: u32,
        apart: Duration,
        queue: Duration,
    ) -> Option<f32> {
        for packet in 0..packets {
            ceiling.came(from + apart * packet, 8000, Some(queue));
        }
        ceiling.say(from + apart * packets)
    }

    #[test]
    fn the_longer_the_queue_the_less_and_never_nothing() {
        let said = |queue| behind(&mut Ceiling::default(), Instant::now(), 11, ms(20), ms(queue));
        // 400 kbit/s came.
        assert_eq!(said(150), Some(300_000.0));
        assert_eq!(said(300), Some(200_000.0));
        assert_eq!(said(3000), Some(180_000.0));
    }

    #[test]
    fn without_a_queue_nothing_is_said_and_two_packets_tell_nothing() {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        for packet in 0..100 {
            ceiling.came(start + ms(10) * packet, 8000, None);
        }
        assert_eq!(ceiling.say(start + ms(1000)), None);
        assert_eq!(behind(&mut ceiling, start + ms(1000), 2, ms(20), ms(200)), None);
    }

    #[test]
    fn whoever_sends_less_is_not_held_to_less_and_less() {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        let first = behind(&mut ceiling, start, 11, ms(20), ms(300));
        let then = behind(&mut ceiling, start + ms(220), 11, ms(40), ms(300));
        assert_eq!(then, first);
    }

    #[test]
    fn another_queue_is_measured_anew_and_one_too_short_for_it_forgets_nothing() {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        let first = behind(&mut ceiling, start, 11, ms(20), ms(300));
        ceiling.came(start + ms(300), 8000, None);
        let short = behind(&mut ceiling, start + ms(400), 2, ms(20), ms(300));
        assert_eq!(short, first);
        ceiling.came(start + ms(500), 8000, None);
        let narrower = behind(&mut ceiling, start + ms(600), 11, ms(40), ms(300));
        assert_eq!(narrower, Some(100_000.0));
    }

    #[test]
    fn after_it_more_and_more_is_allowed_and_at_last_everything() {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        behind(&mut ceiling, start, 11, ms(20), ms(300));
        let end = start + ms(200);
        ceiling.came(end + ms(20), 8000, None);
        let mut later = |after| ceiling.say(end + ms(after));
        assert_eq!(later(500), Some(360_000.0));
        assert_eq!(later(1000), Some(360_000.0));
        assert_eq!(later(3000), Some(720_000.0));
        assert_eq!(later(8900), later(8900).filter(|said| *said > 5_000_000.0));
        assert_eq!(later(9100), Some(UNBOUNDED));
        assert_eq!(later(10_100), Some(UNBOUNDED));
        assert_eq!(later(10_200), None);
    }

    proptest! {
        #[test]
        fn what_is_said_is_a_rate(packets: Vec<(u16, u16, Option<u16>)>) {
            let (mut ceiling, mut now) = (Ceiling::default(), Instant::now());
            for (passed, bits, queue) in packets {
                now += ms(passed.into());
                ceiling.came(now, bits.into(), queue.map(|queue| ms(queue.into())));
                if let Some(said) = ceiling.say(now) {
                    prop_assert!(said.is_finite() && said >= 25_000.0, "{said}");
                }
            }
        }
    }
}
