//! What the browser is told to send at most while a queue stands (REMB). Pure.
//!
//! By the feedback alone a browser needs two thirds of a second until it believes that a line has become narrow, and what
//! it sends meanwhile is dropped or late. While a queue stands what comes is what the line carries, and a few packets
//! tell how much that is. It is said at once, because what is said often finds a queue on its own way too.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::way::STANDING;

/// From so long a queue on packets come as far apart as the line makes them…
const BEGINS: Duration = Duration::from_millis(30);
/// …and what it carries is measured over this time at most…
const MEASURED: Duration = Duration::from_millis(300);
/// …and at least, unless it has become much narrower: that a few packets tell, long before the queue is long…
const LEAST: Duration = Duration::from_millis(60);
/// …where they took this long to come, the last waited at least so long, and by so much longer than the first…
const BRIEFLY: Duration = Duration::from_millis(25);
const NARROWED: Duration = Duration::from_millis(50);
const GROWN: Duration = Duration::from_millis(20);
/// …and less than this share came of what usually does where no queue is, averaged over so long.
const NARROW: f64 = 0.5;
const USUALLY: Duration = Duration::from_secs(1);
/// A queue is to be gone in this time…
const DRAINS: Duration = Duration::from_millis(600);
/// …but sound goes on, and a whole picture that comes now comes soon: this share of it always. With less a browser takes
/// so long to send what it has made already that the line stands idle.
const LEAST_SHARE: f64 = 0.6;
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
    /// What came lately, each behind others.
    recent: VecDeque<Came>,
    usual: Usual,
    /// The latest packet came behind a queue of which something is to be said.
    stands: bool,
    /// When one last did, and how long the queue was.
    stood: Option<(Instant, Duration)>,
    /// The most that came through this queue, bit/s: less comes when less is sent.
    most: Option<f64>,
    /// Through this queue or the last that was measured, as long as anything is said of it.
    carried: Option<f64>,
}

/// A packet: when it came, its bits, and how long it stood behind others.
#[derive(Debug, Clone, Copy)]
struct Came {
    at: Instant,
    bits: usize,
    queue: Duration,
}

/// What comes where no queue is.
#[derive(Debug, Default)]
struct Usual {
    /// Bit/s.
    rate: f64,
    at: Option<Instant>,
}

impl Usual {
    fn came(&mut self, now: Instant, bits: usize) {
        let at = self.at.replace(now).unwrap_or(now);
        let passed = now.saturating_duration_since(at).as_secs_f64();
        let fades = (-passed / USUALLY.as_secs_f64()).exp();
        self.rate = self.rate * fades + bits as f64 / USUALLY.as_secs_f64();
    }
}

impl Ceiling {
    /// A packet of so many bits came behind others that take so long. True when a queue has just come to stand: what
    /// [`Self::say`] says of it is not to wait for the next report.
    pub fn came(&mut self, now: Instant, bits: usize, queue: Duration) -> bool {
        let stood = std::mem::take(&mut self.stands);
        if queue < BEGINS {
            self.usual.came(now, bits);
            self.recent.clear();
            return false;
        }
        if self.recent.is_empty() {
            self.most = None;
        }
        self.recent.push_back(Came { at: now, bits, queue });
        while span(&self.recent) > MEASURED {
            self.recent.pop_front();
        }
        let narrow = self.narrow_since();
        if let (Some(since), false) = (narrow, stood) {
            // What came before says nothing of what the line carries now.
            self.recent.drain(..since);
            self.most = None;
        }
        if narrow.is_some() || span(&self.recent) >= LEAST {
            let rate = rate(&self.recent);
            self.most = Some(self.most.map_or(rate, |most| most.max(rate)));
        }
        self.stands = narrow.is_some() || queue >= STANDING;
        if self.stands {
            self.stood = Some((now, queue));
            self.carried = self.most.or(self.carried);
        }
        self.stands && !stood
    }

    /// Since which of the packets that are remembered the line is much narrower than it was.
    fn narrow_since(&self) -> Option<usize> {
        let last = *self.recent.back()?;
        let since = self
            .recent
            .iter()
            .rposition(|came| last.at.saturating_duration_since(came.at) >= BRIEFLY)?;
        let grows = last.queue >= NARROWED && last.queue >= self.recent[since].queue + GROWN;
        let is_little = rate(self.recent.range(since..)) < self.usual.rate * NARROW;
        (grows && is_little).then_some(since)
    }

    /// What is to be said now, bit/s; none where nothing is.
    pub fn say(&mut self, now: Instant) -> Option<f32> {
        let (carried, (stood, queue)) = self.carried.zip(self.stood)?;
        let carried = carried.max(LEAST_RATE);
        if self.stands {
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
}

/// From the first to the last.
fn span<'a>(packets: impl IntoIterator<Item = &'a Came>) -> Duration {
    let mut packets = packets.into_iter();
    let first = packets.next();
    let ends = first.zip(packets.last());
    ends.map_or(Duration::ZERO, |(first, last)| {
        last.at.saturating_duration_since(first.at)
    })
}

/// Bit/s; of packets that span some time.
fn rate<'a>(packets: impl IntoIterator<Item = &'a Came> + Clone) -> f64 {
    let bits: usize = packets.clone().into_iter().skip(1).map(|came| came.bits).sum();
    bits as f64 / span(packets).as_secs_f64()
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
            ceiling.came(from + apart * packet, 8000, queue);
        }
        ceiling.say(from + apart * packets)
    }

    #[test]
    fn the_longer_the_queue_the_less_and_never_nothing() {
        let said = |queue| behind(&mut Ceiling::default(), Instant::now(), 11, ms(20), ms(queue));
        // 400 kbit/s came.
        assert_eq!(said(150), Some(300_000.0));
        assert_eq!(said(210), Some(260_000.0));
        assert_eq!(said(3000), Some(240_000.0));
    }

    #[test]
    fn without_a_queue_nothing_is_said_and_two_packets_tell_nothing() {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        for packet in 0..100 {
            ceiling.came(start + ms(10) * packet, 8000, Duration::ZERO);
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
        ceiling.came(start + ms(300), 8000, Duration::ZERO);
        let short = behind(&mut ceiling, start + ms(400), 2, ms(20), ms(300));
        assert_eq!(short, first);
        ceiling.came(start + ms(500), 8000, Duration::ZERO);
        let narrower = behind(&mut ceiling, start + ms(600), 11, ms(40), ms(300));
        assert_eq!(narrower, Some(120_000.0));
    }

    #[test]
    fn after_it_more_and_more_is_allowed_and_at_last_everything() {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        behind(&mut ceiling, start, 11, ms(20), ms(300));
        let end = start + ms(200);
        ceiling.came(end + ms(20), 8000, Duration::ZERO);
        let mut later = |after| ceiling.say(end + ms(after));
        assert_eq!(later(500), Some(360_000.0));
        assert_eq!(later(1000), Some(360_000.0));
        assert_eq!(later(3000), Some(720_000.0));
        assert_eq!(later(8900), later(8900).filter(|said| *said > 5_000_000.0));
        assert_eq!(later(9100), Some(UNBOUNDED));
        assert_eq!(later(10_100), Some(UNBOUNDED));
        assert_eq!(later(10_200), None);
    }

    /// A ceiling that knows what comes usually, so many packets of 1000 bytes a second for two seconds, and when they end.
    fn used_to(packets_a_second: u32) -> (Ceiling, Instant) {
        let (mut ceiling, start) = (Ceiling::default(), Instant::now());
        let packets = packets_a_second * 2;
        for packet in 0..packets {
            ceiling.came(start + ms(2000) * packet / packets, 8000, Duration::ZERO);
        }
        (ceiling, start + ms(2000))
    }

    /// Packets of 1000 bytes, each so many ms after the one before it and behind so long a queue; which of them bring news.
    fn news(ceiling: &mut Ceiling, from: Instant, packets: &[(u64, u64)]) -> Vec<bool> {
        let mut now = from;
        let mut came = |&(passed, queue): &(u64, u64)| {
            now += ms(passed);
            ceiling.came(now, 8000, ms(queue))
        };
        packets.iter().map(&mut came).collect()
    }

    #[test]
    fn that_a_line_is_much_narrower_two_packets_tell_and_a_large_frame_before_them_does_not_hide_it() {
        let (mut ceiling, start) = used_to(180);
        let frame: Vec<_> = (0..8).map(|packet| (4, 30 + packet)).collect();
        assert_eq!(news(&mut ceiling, start, &frame), [false; 8]);
        let narrow = [(27, 62), (27, 87), (27, 112)];
        let from = start + ms(4 * 8);
        assert_eq!(news(&mut ceiling, from, &narrow), [true, false, false]);
        // 8000 bits in 27 ms came, and the share for a queue of 112 ms.
        let said = ceiling.say(from + ms(27 * 3)).expect("the line is narrow");
        assert!((235_000.0..245_000.0).contains(&said), "{said}");
    }

    #[test]
    fn neither_a_radio_that_paused_nor_a_browser_that_tries_for_more_makes_a_narrow_line() {
        let (mut ceiling, start) = used_to(180);
        let paused = [(90, 90), (1, 86), (1, 82), (30, 60), (1, 56)];
        assert_eq!(news(&mut ceiling, start, &paused), [false; 5]);
        assert_eq!(ceiling.say(start + ms(200)), None);
        let (mut ceiling, start) = used_to(36);
        let tries = [(27, 40), (27, 65), (27, 90), (27, 115), (27, 140), (27, 165)];
        let found = news(&mut ceiling, start, &tries);
        assert_eq!(found, [false, false, false, false, false, true], "it stands");
    }

    proptest! {
        #[test]
        fn what_is_said_is_a_rate(packets: Vec<(u16, u16, u16)>) {
            let (mut ceiling, mut now) = (Ceiling::default(), Instant::now());
            for (passed, bits, queue) in packets {
                now += ms(passed.into());
                ceiling.came(now, bits.into(), ms(queue.into()));
                if let Some(said) = ceiling.say(now) {
                    prop_assert!(said.is_finite() && said >= 25_000.0, "{said}");
                }
            }
        }
    }
}
