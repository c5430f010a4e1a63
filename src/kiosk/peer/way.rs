//! Whether a queue stands on the way here, by what the packets themselves say of when they left (abs-send-time). Pure.

use std::time::{Duration, Instant};

/// Of [`SEND_TIME`](super::losses::SEND_TIME).
pub(super) const TICKS_A_SECOND: f64 = (1 << 18) as f64;

/// A queue that overflows is longer than this; a route that changes makes less.
pub(super) const STANDING: Duration = Duration::from_millis(150);
/// A browser that is told to send less has no queue for so long: it is the route that is longer now.
const NO_QUEUE: Duration = Duration::from_secs(2);
/// The shortest way is remembered for one to two of these: clocks drift.
const REMEMBERED: Duration = Duration::from_secs(10);
/// A sender's clock that leaps by so many seconds was set, or is another's.
const LEAP: f64 = 5.0;

/// By how many seconds the latest way was longer than the shortest.
#[derive(Debug, Default)]
pub(super) struct Way {
    /// When the latest packet left by the sender's clock, and when it came.
    latest: Option<(u32, Instant)>,
    /// Longer than the first one.
    length: f64,
    /// The shortest of this span and of the one before it.
    shortest: [f64; 2],
    since: Option<Instant>,
    longer: f64,
    stands_since: Option<Instant>,
}

impl Way {
    pub fn came(&mut self, now: Instant, left: u32) {
        let Some((latest, at)) = self.latest.replace((left, now)) else {
            return;
        };
        // Of 24 bits, with their sign.
        let later = (left.wrapping_sub(latest) << 8).cast_signed() >> 8;
        let passed = now.saturating_duration_since(at).as_secs_f64();
        self.took(now, passed - f64::from(later) / TICKS_A_SECOND);
    }

    /// The latest way took so many seconds more than the one before it.
    fn took(&mut self, now: Instant, more: f64) {
        if more.abs() > LEAP {
            let latest = self.latest;
            *self = Self {
                latest,
                ..Self::default()
            };
            return;
        }
        self.length += more;
        self.shortest[0] = self.shortest[0].min(self.length);
        let [span, before] = self.shortest;
        self.longer = self.length - span.min(before);
        if !self.stands() {
            self.stands_since = None;
        } else if now.saturating_duration_since(*self.stands_since.get_or_insert(now)) > NO_QUEUE {
            self.shortest = [self.length; 2];
            self.since = Some(now);
            self.stands_since = None;
            self.longer = 0.0;
            return;
        }
        let since = *self.since.get_or_insert(now);
        if now.saturating_duration_since(since) > REMEMBERED {
            self.shortest = [self.length, span];
            self.since = Some(now);
        }
    }

    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        self.latest.is_some()
    }

    /// By how much it is longer than it was at its shortest.
    pub fn longer(&self) -> Duration {
        Duration::from_secs_f64(self.longer.clamp(0.0, LEAP))
    }

    /// A queue stands that will soon overflow, or does.
    pub fn stands(&self) -> bool {
        self.longer >= STANDING.as_secs_f64()
    }
}
