//! Which press is a second one of the same strike.
//!
//! Presses have no time of their own, drawings do: a spell begins with the first drawing after a press, which is when
//! the visitor sees what the press did, and is over [`WITHIN`] later. A second press begins it anew.

use std::time::{Duration, Instant};

use iced::Point;

/// REQUIREMENTS: up to 0.5 s. Long enough for a tremor, shorter than anybody reads a new screen.
pub const WITHIN: Duration = Duration::from_millis(400);

#[derive(Debug, Default)]
pub struct Strikes {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    /// Where the finger was when it was last seen: who swipes again begins elsewhere than the last swipe ended.
    place: Point,
    down: bool,
    /// The first drawing after it.
    seen: Option<Instant>,
}

impl Strikes {
    /// Takes a press; false when it is a second one within `near` of the last.
    pub fn counts(&mut self, place: Point, near: f32) -> bool {
        let again = self
            .last
            .as_ref()
            .is_some_and(|last| last.place.distance(place) <= near);
        self.last = Some(Last {
            place,
            down: true,
            seen: None,
        });
        !again
    }

    pub fn moved(&mut self, place: Point) {
        if let Some(last) = self.last.as_mut().filter(|last| last.down) {
            last.place = place;
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

    fn tap(strikes: &mut Strikes, place: Point) -> bool {
        let counts = strikes.counts(place, NEAR);
        strikes.lifted();
        counts
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
        assert!(strikes.counts(HERE, NEAR));
        strikes.moved(Point::new(100.0, 20.0));
        strikes.lifted();
        // A mouse on its way back presses nothing.
        strikes.moved(HERE);
        assert!(strikes.counts(HERE, NEAR));
    }
}
