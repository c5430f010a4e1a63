//! When to make nothing at all: what stands in the queue is shown before anything that is made now, so the less is made,
//! the sooner hands move again. Pure.
//!
//! A queue holds its own reports back. So it is reckoned from what has left since the packet that was told of last, and
//! reports that are late tell of a queue that nobody has told of yet.

use std::collections::VecDeque;
use std::time::Duration;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A queue that is longer is let drain until it is shorter, but no longer than this at a time.
const STANDING: Duration = ms(150);
const DRAINED: Duration = ms(50);
const LONGEST_PAUSE: Duration = ms(500);
/// Where nobody tells of the queue it is not waited for so long: many hold no more than this, and what they held is gone.
const LONGEST_BLIND_PAUSE: Duration = ms(350);
/// What has left is known for this long.
const MEMORY: Duration = Duration::from_secs(2);
/// A report is awaited this long at first, and then as long as reports took lately: that grows by so much with each look
/// and fades by one part in so many.
const FIRST_WAIT: Duration = ms(500);
const WAIT_GROWS: Duration = ms(10);
const WAIT_FADES: u32 = 40;

/// What is known at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    /// That the encoder has made since its start.
    pub bytes: u64,
    /// Bit/s; not 0.
    pub capacity: u32,
    /// How long a packet waited, and how long ago it left.
    pub queue: Duration,
    pub queue_age: Duration,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Braked {
    /// Nothing shall be made.
    pub is_paused: bool,
    /// How long a packet that leaves now must wait.
    pub queue: Duration,
    /// How long the pause took that has just ended, in vain or not.
    pub ended_after: Option<Duration>,
    /// A pause was in vain, and still nobody tells what became of what was sent before it.
    pub is_blind: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Brake {
    /// What left lately: when, and the encoder's bytes until then.
    made: VecDeque<(Duration, u64)>,
    /// From leaving to report, usually.
    wait: Duration,
    pause: Pause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    No,
    Since(Duration),
    /// The queue did not become short in time: what is measured may be none.
    Vain,
}

impl Default for Brake {
    fn default() -> Self {
        Self {
            made: VecDeque::new(),
            wait: FIRST_WAIT,
            pause: Pause::No,
        }
    }
}

impl Brake {
    /// To be told again and again, with the time since any fixed moment.
    pub fn watch(&mut self, now: Duration, told: &Told) -> Braked {
        self.remember(now, told.bytes);
        let told_of = now.saturating_sub(told.queue_age);
        let reported = self.made.partition_point(|(at, _)| *at <= told_of);
        let before = self.made[reported.saturating_sub(1)].1;
        let mut later = self.made.range(reported..);
        let first = later.find(|(_, bytes)| *bytes > before);
        let waits = first.map_or(Duration::ZERO, |(at, _)| now.saturating_sub(*at));
        let is_overdue = self.is_overdue(waits);

        let bits = told.bytes.saturating_sub(before) * 8;
        let more = Duration::from_secs_f64(bits as f64 / f64::from(told.capacity));
        let queue = (told.queue + more).saturating_sub(told.queue_age);
        let is_short = |queue: Duration| queue < DRAINED && !is_overdue;
        let longest = if is_overdue {
            LONGEST_BLIND_PAUSE
        } else {
            LONGEST_PAUSE
        };
        let before = self.pause;
        self.pause = match before {
            Pause::No if told.queue > STANDING || is_overdue => Pause::Since(now),
            Pause::Vain if is_short(told.queue) => Pause::No,
            Pause::Since(_) if is_short(queue) => Pause::No,
            Pause::Since(since) if now.saturating_sub(since) >= longest => Pause::Vain,
            other => other,
        };
        let ended_after = match (before, self.pause) {
            (Pause::Since(since), Pause::No | Pause::Vain) => Some(now.saturating_sub(since)),
            _ => None,
        };
        Braked {
            is_paused: matches!(self.pause, Pause::Since(_)),
            queue,
            ended_after,
            is_blind: self.pause == Pause::Vain && is_overdue,
        }
    }

    fn remember(&mut self, now: Duration, bytes: u64) {
        if self.made.back().is_some_and(|(_, other)| *other > bytes) {
            self.made.clear();
        }
        self.made.push_back((now, bytes));
        while self
            .made
            .front()
            .is_some_and(|(at, _)| now.saturating_sub(*at) > MEMORY)
        {
            self.made.pop_front();
        }
    }

    /// A queue has begun that nobody has told of, or nothing arrives at all.
    fn is_overdue(&mut self, waits: Duration) -> bool {
        let is_overdue = waits > self.wait + STANDING;
        self.wait = if waits > self.wait {
            (self.wait + WAIT_GROWS).min(waits)
        } else {
            self.wait - (self.wait - waits) / WAIT_FADES
        };
        is_overdue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: Duration = ms(50);
    const GOOD: Told = Told {
        bytes: 0,
        capacity: 2_000_000,
        queue: Duration::ZERO,
        queue_age: Duration::ZERO,
    };

    #[test]
    fn a_queue_that_stands_is_let_drain_and_no_longer_than_half_a_second_where_it_does_not() {
        let goes = |queues: &[(u64, u64)]| {
            let mut brake = Brake::default();
            let goes = |&(now, queue): &(u64, u64)| {
                let queue = ms(queue);
                let braked = brake.watch(ms(now), &Told { queue, ..GOOD });
                !braked.is_paused
            };
            queues.iter().map(goes).collect::<Vec<_>>()
        };
        assert_eq!(
            goes(&[(0, 140), (50, 160), (100, 60), (150, 40), (200, 140)]),
            [true, false, false, true, true]
        );
        let stands = [
            (0, 300),
            (450, 300),
            (500, 300),
            (2000, 300),
            (2050, 40),
            (2100, 200),
        ];
        assert_eq!(goes(&stands), [false, false, true, true, true, false]);
    }

    /// A conversation of five seconds at 1 Mbit/s with reports after 100 ms; the brake, the time, and the bytes made.
    fn in_conversation() -> (Brake, Duration, u64) {
        let (mut brake, mut now, mut bytes) = (Brake::default(), Duration::ZERO, 0);
        while now < ms(5000) {
            now += TICK;
            bytes += 6250;
            let told = Told {
                bytes,
                queue_age: ms(100),
                ..GOOD
            };
            assert!(!brake.watch(now, &told).is_paused, "at {now:?}");
        }
        (brake, now, bytes)
    }

    #[test]
    fn reports_that_fail_to_come_stop_the_picture_before_a_queue_is_told_and_for_a_third_of_a_second() {
        let (mut brake, mut now, mut bytes) = in_conversation();
        let mut queue_age = ms(100);
        let mut goes = Vec::new();
        for _ in 0..20 {
            now += TICK;
            queue_age += TICK;
            let told = Told {
                bytes,
                queue_age,
                ..GOOD
            };
            goes.push(!brake.watch(now, &told).is_paused);
            bytes += if goes.last() == Some(&true) { 6250 } else { 0 };
        }
        let stops = goes.iter().position(|goes| !goes).expect("it stops");
        assert!((2..6).contains(&stops), "after {stops} ticks: {goes:?}");
        let pause = goes[stops..].iter().take_while(|goes| !**goes).count();
        assert_eq!(
            pause as u32,
            LONGEST_BLIND_PAUSE.as_millis() as u32 / 50,
            "{goes:?}"
        );
    }

    #[test]
    fn when_nothing_was_sent_no_report_is_missed() {
        let (mut brake, mut now, bytes) = in_conversation();
        let quiet = now;
        while now < ms(20_000) {
            now += TICK;
            let told = Told {
                bytes,
                queue_age: now - quiet + TICK,
                ..GOOD
            };
            // What left last is reported at last.
            assert!(!brake.watch(now, &told).is_paused || now < ms(6000), "at {now:?}");
        }
    }

    #[test]
    fn a_pause_ends_when_what_left_has_drained_and_not_when_it_was_told_of_long_ago() {
        let (mut brake, now, bytes) = in_conversation();
        let told = |queue_age: u64, capacity| Told {
            bytes,
            capacity,
            queue: ms(250),
            queue_age: ms(queue_age),
        };
        assert!(brake.watch(now + TICK, &told(300, 300_000)).is_paused);
        // Since the packet that was told of left, half a second's worth of the line has left too.
        let braked = brake.watch(now + TICK * 2, &told(250, 300_000));
        assert!(braked.is_paused);
        assert!(braked.queue > ms(300), "{:?}", braked.queue);
        assert!(!brake.watch(now + TICK * 3, &told(250, 9_000_000)).is_paused);
    }
}
