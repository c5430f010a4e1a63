//! Which press is a second one of the same strike.
//!
//! Presses have no time of their own, drawings do: a spell begins with the first drawing after a press, which is when
//! the visitor sees what the press did, and is over [`WITHIN`] later. A second press begins it anew.
//!
//! Who writes strikes as fast as they like: of two presses that both write, each counts.

use std::time::{Duration, Instant};

use iced::Point;

/// REQUIREMENTS: up to 0.5 s. Long enough for a tremor, shorter than anybody reads a new screen.
pub const WITHIN: Duration = Duration::from_millis(400);

/// What strikes.
#[derive(Debug, Clone, Copy)]
pub enum Instrument {
    /// Where it was when it was last seen: who swipes again begins elsewhere than the last swipe ended.
    Finger(Point),
    /// It stays the same one wherever the ring goes.
    Key,
}

#[derive(Debug, Default)]
pub struct Strikes {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    by: Instrument,
    /// It was passed on to a key that writes.
    wrote: bool,
    down: bool,
    /// The first drawing after it.
    seen: Option<Instant>,
}

impl Strikes {
    /// Takes a press; false when it is a second one: of a key, or of a finger within `near` of where it was. `writes`:
    /// it meets a key that writes.
    pub fn counts(&mut self, by: Instrument, writes: bool, near: f32) -> bool {
        let again = self.last.as_ref().is_some_and(|last| {
            let same = match (last.by, by) {
                (Instrument::Finger(last), Instrument::Finger(place)) => last.distance(place) <= near,
                (Instrument::Key, Instrument::Key) => true,
                _ => false,
            };
            same && !(last.wrote && writes)
        });
        self.last = Some(Last {
            by,
            wrote: writes && !again,
            down: true,
            seen: None,
        });
        !again
    }

    pub fn moved(&mut self, place: Point) {
        if let Some(Last { by, down: true, .. }) = &mut self.last
            && let Instrument::Finger(last) = by
        {
            *last = place;
        }
    }

    pub fn lifted(&mut self) {
        if let Some(last) = &mut self.last {
            last.down = false;
        }
    }

    /// The screen is drawn now; when it must be drawn again for the spell to end.
    pub fn drawn(&mut self, now: Instant) -> Option<Instant> {
        let last = self.last.as_mut()?;
        let end = *last.seen.get_or_insert(now) + WITHIN;
        if now < end {
            return Some(end);
        }
        // A finger that stays on the glass is still the same press.
        if !last.down {
            self.last = None;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEAR: f32 = 32.0;
    const HERE: Point = Point::new(100.0, 100.0);

    fn later(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    fn strike(strikes: &mut Strikes, by: Instrument, writes: bool) -> bool {
        let counts = strikes.counts(by, writes, NEAR);
        strikes.lifted();
        counts
    }

    fn tap(strikes: &mut Strikes, place: Point) -> bool {
        strike(strikes, Instrument::Finger(place), false)
    }

    #[test]
    fn a_second_press_near_the_first_does_not_count_until_the_spell_is_over() {
        let (mut strikes, start) = (Strikes::default(), Instant::now());
        assert!(tap(&mut strikes, HERE));
        let end = strikes.drawn(start).expect("a spell has begun");
        assert_eq!(end, start + WITHIN);
        assert!(!tap(&mut strikes, Point::new(110.0, 120.0)));
        // The second one begins it anew.
        assert!(strikes.drawn(later(start, 390)).is_some());
        assert!(strikes.drawn(later(start, 700)).is_some());
        assert!(!tap(&mut strikes, HERE));
        strikes.drawn(later(start, 720));
        assert_eq!(strikes.drawn(later(start, 1120)), None);
        assert!(tap(&mut strikes, HERE));
    }

    #[test]
    fn another_place_counts_at_once() {
        let mut strikes = Strikes::default();
        assert!(tap(&mut strikes, HERE));
        assert!(tap(&mut strikes, Point::new(100.0, 140.0)));
    }

    #[test]
    fn a_swipe_may_be_followed_by_another_from_the_same_place() {
        let mut strikes = Strikes::default();
        let finger = Instrument::Finger(HERE);
        assert!(strikes.counts(finger, false, NEAR));
        strikes.moved(Point::new(100.0, 20.0));
        strikes.lifted();
        // A mouse on its way back presses nothing.
        strikes.moved(HERE);
        assert!(strikes.counts(finger, false, NEAR));
    }

    #[test]
    fn a_key_has_no_place() {
        let (mut strikes, start) = (Strikes::default(), Instant::now());
        assert!(strike(&mut strikes, Instrument::Key, false));
        strikes.drawn(start);
        assert!(!strike(&mut strikes, Instrument::Key, false));
        assert!(tap(&mut strikes, HERE), "a finger is another hand's");
    }

    #[test]
    fn letters_are_written_as_fast_as_one_likes_and_none_by_the_strike_that_brought_the_keys() {
        for by in [Instrument::Key, Instrument::Finger(HERE)] {
            let mut strikes = Strikes::default();
            assert!(strike(&mut strikes, by, true));
            assert!(strike(&mut strikes, by, true));

            let mut strikes = Strikes::default();
            assert!(strike(&mut strikes, by, false));
            assert!(!strike(&mut strikes, by, true));
            assert!(!strike(&mut strikes, by, true), "it trembles on");
        }
    }
}
