//! Sequence numbers and times of a stream that go on when another encoder takes over. Pure.
//!
//! A peer that sees them jump takes what follows for old packets (the replay list of SRTP, RFC 3711 §3.3.2) or loses
//! its clock.

use std::time::Duration;

/// Of one stream, at so many units of RTP time a second.
#[derive(Debug)]
pub(super) struct Numbers {
    clock_rate: u32,
    /// None before the first packet.
    last: Option<Last>,
    /// From the encoder's time to the stream's; none until its first packet.
    shift: Option<u32>,
}

#[derive(Debug)]
struct Last {
    sequence: u16,
    timestamp: u32,
    at: Duration,
}

impl Numbers {
    pub(super) fn new(clock_rate: u32) -> Self {
        Self {
            clock_rate,
            last: None,
            shift: None,
        }
    }

    /// What follows comes from another encoder.
    pub(super) fn take_over(&mut self) {
        self.shift = None;
    }

    /// The numbers under which the encoder's next packet is sent.
    pub(super) fn of(&mut self, sequence: u16, timestamp: u32, now: Duration) -> (u16, u32) {
        let shift = *self.shift.get_or_insert_with(|| match &self.last {
            None => 0,
            Some(last) => {
                let passed = now.saturating_sub(last.at).as_secs_f64() * f64::from(self.clock_rate);
                last.timestamp
                    .wrapping_add((passed as u32).max(1))
                    .wrapping_sub(timestamp)
            }
        });
        let sequence = self
            .last
            .as_ref()
            .map_or(sequence, |last| last.sequence.wrapping_add(1));
        let timestamp = timestamp.wrapping_add(shift);
        self.last = Some(Last {
            sequence,
            timestamp,
            at: now,
        });
        (sequence, timestamp)
    }

    /// The numbers of a packet of our own that follows the last one.
    pub(super) fn one_more(&mut self) -> Option<(u16, u32)> {
        let last = self.last.as_mut()?;
        last.sequence = last.sequence.wrapping_add(1);
        Some((last.sequence, last.timestamp))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn one_encoders_numbers_are_left_alone_over_the_ends_of_their_counts() {
        let mut numbers = Numbers::new(90_000);
        for (sequence, time) in [(65_534, 4_294_967_000), (65_535, 2704), (0, 5704)] {
            assert_eq!(numbers.of(sequence, time, ms(0)), (sequence, time));
        }
    }

    #[test]
    fn what_is_put_between_two_packets_moves_the_next_and_has_the_time_of_the_last() {
        let mut numbers = Numbers::new(90_000);
        assert_eq!(numbers.one_more(), None);
        assert_eq!(numbers.of(65_535, 1000, ms(0)), (65_535, 1000));
        assert_eq!(numbers.one_more(), Some((0, 1000)));
        assert_eq!(numbers.of(0, 4000, ms(33)), (1, 4000));
    }

    #[test]
    fn the_next_encoder_goes_on_where_the_last_one_stopped_and_lets_the_pause_pass() {
        let mut numbers = Numbers::new(90_000);
        assert_eq!(numbers.of(7, 1000, ms(0)), (7, 1000));
        numbers.take_over();
        assert_eq!(numbers.of(40_000, 777, ms(1000)), (8, 91_000));
        assert_eq!(numbers.of(40_001, 777 + 3000, ms(1010)), (9, 94_000));
    }
}
