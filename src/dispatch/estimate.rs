//! How long a visitor will wait, as an honest range.
//!
//! The queue is taken as M/M/c+M (Erlang-A: people give up). With `c` interpreters on duty who each finish a call in
//! `1/μ` on average, and with visitors ahead who each give up after `1/θ` on average, the queue moves up one place at
//! rate `c·μ + k·θ` while `k` people stand ahead. So the wait from place `n` is a sum of `n` exponential times:
//!
//! - mean = Σ 1 / (c·μ + k·θ), variance = Σ 1 / (c·μ + k·θ)², for k = 0 … n−1;
//! - the range is mean ± one standard deviation, in whole minutes, outward.
//!
//! Whoever stands where an interpreter is free is told 0–1 minutes.

use crate::dispatch::call::Call;
use crate::dispatch::policy::Policy;
use crate::dispatch::time::UnixMs;
use crate::dispatch::world::World;
use crate::protocol::WaitRange;

const MINUTE: f64 = 60_000.0;

/// None when nobody on duty may be asked: any number would be a lie.
pub fn wait(world: &World, policy: &Policy, call: &Call, now: UnixMs) -> Option<WaitRange> {
    let place = world.place(call);
    match world.on_duty_for(call, now) {
        0 => None,
        _ if place <= world.free_for(call, now) => Some(WaitRange {
            low_min: 0,
            high_min: 1,
        }),
        on_duty => Some(range(place, on_duty, policy)),
    }
}

fn range(place: u16, on_duty: u16, policy: &Policy) -> WaitRange {
    let finishing = f64::from(on_duty) / (policy.mean_talk + policy.wrap_up).max(1) as f64;
    let leaving = 1.0 / policy.mean_patience.max(1) as f64;
    let step = |ahead: u16| 1.0 / (finishing + f64::from(ahead) * leaving);
    let mean: f64 = (0..place).map(step).sum();
    let deviation = (0..place).map(|ahead| step(ahead).powi(2)).sum::<f64>().sqrt();
    WaitRange {
        low_min: ((mean - deviation).max(0.0) / MINUTE).floor() as u16,
        high_min: ((mean + deviation) / MINUTE).ceil().max(1.0) as u16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_interpreters_shorten_the_wait_and_a_later_place_lengthens_it() {
        let policy = Policy::default();
        assert_eq!(
            range(1, 1, &policy),
            WaitRange {
                low_min: 0,
                high_min: 17
            }
        );
        let (few, many) = (range(4, 2, &policy), range(4, 8, &policy));
        assert!(many.high_min < few.high_min && many.low_min <= few.low_min);
        let (near, far) = (range(2, 2, &policy), range(9, 2, &policy));
        assert!(far.high_min > near.high_min && far.low_min > near.low_min);
    }

    #[test]
    fn any_numbers_give_a_range_with_its_ends_in_order() {
        for (talk, patience) in [(0, 0), (1, u64::MAX), (u64::MAX / 4, 1), (480_000, 600_000)] {
            let policy = Policy {
                mean_talk: talk,
                mean_patience: patience,
                ..Policy::default()
            };
            for place in [1, 2, 50, 5_000] {
                let range = range(place, 3, &policy);
                assert!(range.low_min <= range.high_min, "{range:?}");
            }
        }
    }
}
