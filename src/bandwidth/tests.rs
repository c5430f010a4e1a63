//! Stories of one call over a seeded road: what the product promises about its rate.

use std::time::Duration;

use proptest::prelude::*;

use super::governor::{Governor, Reserved, Seen};
use super::link::{Controller, Loss, RESERVED, Road, Story, Target, tell};
use super::{Estimator, Limits, Sent};

const LIMITS: Limits = Limits {
    start: 600_000,
    least: 100_000,
    most: 2_200_000,
};
const SEEDS: std::ops::Range<u64> = 0..24;

/// A kiosk's side of the call: the estimate, and the picture made of it.
struct Kiosk {
    estimator: Estimator,
    governor: Governor,
}

impl Controller for Kiosk {
    fn on_reports(&mut self, now: Duration, reports: &[Sent]) {
        self.estimator.on_reports(now, reports);
    }

    fn on_tick(&mut self, now: Duration) {
        if self.estimator.wake_at().is_some_and(|at| at <= now) {
            self.estimator.handle_timeout(now);
        }
    }

    fn target(&mut self, now: Duration, sent: u64) -> Target {
        let seen = Seen {
            bits_per_second: self.estimator.bits_per_second(),
            capacity: self.estimator.capacity(),
            encode_time: None,
            bytes: sent,
            queue: self.estimator.queue(),
            queue_age: now.saturating_sub(self.estimator.queue_seen_at()),
            lost_per_mille: self.estimator.lost_per_mille(),
            gap: false,
            source_height: 480,
            source_rate: 30,
        };
        let plan = self.governor.plan(now, &seen);
        Target {
            bits: f64::from(seen.bits_per_second),
            height: plan.height,
            paused: plan.frames_per_second == 0,
            whole: plan.whole,
        }
    }
}

fn told(road: Road) -> Story {
    let mut kiosk = Kiosk {
        estimator: Estimator::new(LIMITS),
        governor: Governor::new(Reserved {
            quick: RESERVED,
            usual: RESERVED,
            sparing: RESERVED,
        }),
    };
    tell(&road, &mut kiosk)
}

/// Tells the story for every seed; the assertion is told the seed.
fn for_every_seed(road: Road, holds: impl Fn(&Story, &str)) {
    for seed in SEEDS {
        let road = Road { seed, ..road.clone() };
        holds(&told(road), &format!("seed {seed}"));
    }
}

#[test]
fn when_the_road_narrows_hands_stand_still_for_less_than_seven_tenths_and_the_rate_comes_back() {
    let mut counted = 0;
    let road = Road {
        capacity: vec![(0.0, 2e6), (15.0, 3e5), (30.0, 2e6)],
        until: 40.0,
        ..Road::default()
    };
    for seed in 0..80 {
        let story = told(Road { seed, ..road.clone() });
        let below = story
            .first(15.0, |m| m.target < 300_000.0)
            .expect("the rate falls");
        assert!(below < 15.5, "seed {seed}: falls only at {below:.2}");
        let back = story
            .first(30.0, |m| m.target > 1_600_000.0)
            .expect("the rate rises");
        assert!(back < 35.0, "seed {seed}: back only at {back:.2}");
        assert!(story.target_mean(36.0, 40.0) > 1_500_000.0, "seed {seed}");
        // What waits at the step is more than the narrowed queue would ever hold: no rate would help.
        if story.queue_percentile(14.95, 15.0, 1.0) > 0.045 {
            continue;
        }
        counted += 1;
        let freeze = story.longest_freeze(14.9, 18.0);
        assert!(freeze < 0.7, "seed {seed}: frozen {freeze:.2} s");
    }
    assert!(counted >= 20, "only {counted} seeds counted");
}

#[test]
fn on_a_slow_line_the_queue_is_mostly_empty_and_the_line_is_used() {
    for capacity in [1e6, 5e5, 3e5] {
        let road = Road {
            capacity: vec![(0.0, capacity)],
            ..Road::default()
        };
        for_every_seed(road, |story, seed| {
            let [half, most] = [0.5, 0.95].map(|share| story.queue_percentile(5.0, 30.0, share));
            assert!(
                half < 0.03 && most < 0.1,
                "{seed}, {capacity}: {half:.3} {most:.3}"
            );
            let used = story.arrived_mean(5.0, 30.0) / capacity;
            assert!(used > 0.85, "{seed}, {capacity}: {used:.2}");
        });
    }
}

#[test]
fn where_both_ways_narrow_and_reports_are_late_the_queue_stays_short() {
    let road = Road {
        capacity: vec![(0.0, 2e6), (15.0, 3e5)],
        way_back: Some((15.0, 30.0, 0.3)),
        delay: 0.0,
        ..Road::default()
    };
    for_every_seed(road, |story, seed| {
        let most = story.queue_percentile(17.0, 30.0, 0.95);
        let used = story.arrived_mean(17.0, 30.0) / 3e5;
        assert!(most < 0.15 && used > 0.8, "{seed}: {most:.3} {used:.2}");
    });
}

#[test]
fn where_the_route_becomes_longer_and_narrow_at_once_the_narrow_one_is_used() {
    // A wire fails and a radio takes over. What it takes longer is no queue, and a real queue stands at first.
    for way_back in [0.0, 0.3] {
        let road = Road {
            capacity: vec![(0.0, 1e8), (15.0, 3e5)],
            detour: Some((15.0, 0.025)),
            way_back: Some((15.0, 30.0, way_back)),
            delay: 0.001,
            ..Road::default()
        };
        for_every_seed(road, |story, seed| {
            let used = story.arrived_mean(18.0, 30.0) / 3e5;
            let most = story.queue_percentile(18.0, 30.0, 0.95);
            assert!(
                used > 0.85 && most < 0.25,
                "{seed}, {way_back}: {used:.2} {most:.3}"
            );
        });
    }
}

#[test]
fn a_still_scene_does_not_raise_the_estimate_and_movement_does() {
    let road = Road {
        still: Some((0.0, 20.0, 150_000.0)),
        ..Road::default()
    };
    for_every_seed(road, |story, seed| {
        let most = story.moments.iter().filter(|m| m.at < 20.0);
        let most = most.map(|m| m.target).fold(0.0, f64::max);
        assert!(most <= 600_000.0, "{seed}: {most}");
        let up = story.first(20.0, |m| m.target > 1_200_000.0);
        assert!(up.is_some_and(|up| up < 25.0), "{seed}: {up:?}");
    });
}

#[test]
fn a_poor_radio_is_no_narrow_road() {
    let losses = [
        (Loss::Random(0.02), 0.02),
        (Loss::Random(0.1), 0.0),
        (Loss::Random(0.1), 0.1),
        (Loss::Gilbert(0.02, 0.25, 0.8), 0.0),
    ];
    for (loss, report_loss) in losses {
        let road = Road {
            capacity: vec![(0.0, 1e6)],
            loss,
            report_loss,
            ..Road::default()
        };
        for_every_seed(road, |story, seed| {
            let used = story.sent_mean(5.0, 30.0) / 1e6;
            assert!(used > 0.7, "{seed}, {loss:?}: {used:.2}");
        });
    }
}

#[test]
fn a_radio_that_loses_a_third_is_tried_with_less_and_left_alone() {
    let road = Road {
        capacity: vec![(0.0, 1e6)],
        loss: Loss::Random(0.3),
        ..Road::default()
    };
    for_every_seed(road, |story, seed| {
        let used = story.sent_mean(5.0, 30.0) / 1e6;
        assert!(used > 0.5, "{seed}: {used:.2}");
    });
}

#[test]
fn an_outage_is_met_with_little_and_survived() {
    let road = Road {
        capacity: vec![(0.0, 1.5e6), (10.0, 0.0), (12.0, 1.5e6)],
        until: 20.0,
        ..Road::default()
    };
    for_every_seed(road, |story, seed| {
        assert!(story.target_mean(11.5, 12.0) < 300_000.0, "{seed}");
        let back = story.first(12.5, |m| m.target > 1_000_000.0);
        assert!(back.is_some_and(|back| back < 15.5), "{seed}: {back:?}");
        assert!(story.longest_freeze(9.0, 18.0) < 2.5, "{seed}");
    });
}

#[test]
fn a_longer_route_is_no_queue() {
    let road = Road {
        capacity: vec![(0.0, 1.5e6)],
        detour: Some((10.0, 0.08)),
        ..Road::default()
    };
    for_every_seed(road, |story, seed| {
        let after = story.target_mean(15.0, 30.0);
        assert!(after > 1_100_000.0, "{seed}: {after:.0}");
    });
}

#[test]
fn a_radio_that_delivers_in_gulps_is_used() {
    for (jitter, grid) in [(0.02, 0.0), (0.002, 0.02)] {
        let road = Road {
            capacity: vec![(0.0, 1.5e6)],
            jitter,
            grid,
            ..Road::default()
        };
        for_every_seed(road, |story, seed| {
            let used = story.sent_mean(5.0, 30.0) / 1.5e6;
            assert!(used > 0.7, "{seed}, {jitter} {grid}: {used:.2}");
        });
    }
}

#[test]
fn a_radio_that_delivers_late_and_in_gulps_is_mostly_used() {
    let road = Road {
        capacity: vec![(0.0, 1.5e6)],
        jitter: 0.04,
        grid: 0.04,
        ..Road::default()
    };
    let used = SEEDS.map(|seed| told(Road { seed, ..road.clone() }).arrived_mean(8.0, 30.0) / 1.5e6);
    let used: Vec<f64> = used.collect();
    let mean = used.iter().sum::<f64>() / used.len() as f64;
    assert!(mean > 0.7, "{mean:.2}: {used:.2?}");
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A packet every 10 ms from `from` to `to`, reported every 50 ms; each `delay` under way on a clock `ahead`.
fn steady(estimator: &mut Estimator, from: u64, to: u64, delay: u64, ahead: u64) {
    losing(estimator, from, to, delay, ahead, |_| false);
}

/// The same, but of these packets some are lost.
fn losing(
    estimator: &mut Estimator,
    from: u64,
    to: u64,
    delay: u64,
    ahead: u64,
    is_lost: impl Fn(u64) -> bool,
) {
    for report in (from..to).step_by(50) {
        let sent: Vec<Sent> = (report..report + 50)
            .step_by(10)
            .map(|at| Sent {
                at: ms(at),
                size: 600,
                arrived: (!is_lost(at)).then_some(ms(at + delay + ahead)),
                lost: is_lost(at),
            })
            .collect();
        estimator.on_reports(ms(report + 50 + 2 * delay), &sent);
    }
}

#[test]
fn what_a_longer_route_loses_is_told_within_a_second() {
    let mut estimator = Estimator::new(LIMITS);
    steady(&mut estimator, 0, 2000, 20, 0);
    assert_eq!(estimator.lost_per_mille(), 0);
    losing(&mut estimator, 2000, 3000, 90, 0, |at| at % 200 == 70);
    let told = estimator.lost_per_mille();
    assert!((20..=50).contains(&told), "{told}");
}

#[test]
fn what_a_full_queue_drops_is_not_told_as_lost() {
    let mut estimator = Estimator::new(LIMITS);
    steady(&mut estimator, 0, 2000, 20, 0);
    let waits = |at: u64| match at {
        ..3000 => (at - 2000) * 3 / 10,
        3000..4000 => 300,
        _ => 300_u64.saturating_sub((at - 4000) / 2),
    };
    for at in (2000..6000).step_by(50) {
        losing(&mut estimator, at, at + 50, 20 + waits(at), 0, |at| {
            waits(at) == 300 && at % 40 == 0
        });
        assert_eq!(estimator.lost_per_mille(), 0, "at {at}");
    }
}

#[test]
fn what_a_packet_takes_by_itself_on_a_narrow_line_is_no_queue() {
    let mut estimator = Estimator::new(Limits {
        start: 300_000,
        ..LIMITS
    });
    // Between two large packets the line is idle.
    let sizes = [1172, 130, 130, 1172, 130];
    for report in (0..3000).step_by(250) {
        let sent = (report..).step_by(50).zip(sizes).map(|(at, size)| Sent {
            at: ms(at),
            size,
            arrived: Some(ms(at + 25) + Duration::from_secs(u64::from(size) * 8) / 300_000),
            lost: false,
        });
        let sent: Vec<Sent> = sent.collect();
        estimator.on_reports(ms(report + 300), &sent);
        assert!(estimator.queue() < ms(2), "{:?}", estimator.queue());
    }
}

#[test]
fn a_queue_that_drains_slowly_is_not_taken_for_a_longer_route() {
    let mut estimator = Estimator::new(LIMITS);
    steady(&mut estimator, 0, 2000, 20, 0);
    // It begins short, overflows, and is half gone when a longer route would be believed in.
    let waits = |at: u64| match at {
        ..2400 => 27,
        2400..2700 => 340,
        _ => 340_u64.saturating_sub((at - 2700) / 5),
    };
    for at in (2000..4000).step_by(50) {
        steady(&mut estimator, at, at + 50, 20 + waits(at), 0);
        let told = estimator.queue().as_millis() as u64;
        assert!(told + 20 >= waits(at), "at {at} {told} ms of {}", waits(at));
    }
}

fn silence(estimator: &mut Estimator) {
    while let Some(at) = estimator.wake_at() {
        estimator.handle_timeout(at);
        if let Some(next) = estimator.wake_at() {
            assert!(next > at, "wakes at {next:?} again");
        }
    }
}

#[test]
fn silence_after_which_nothing_was_missed_costs_nothing() {
    let mut estimator = Estimator::new(LIMITS);
    steady(&mut estimator, 0, 3000, 20, 0);
    let before = estimator.bits_per_second();
    silence(&mut estimator);
    assert!(estimator.bits_per_second() <= before / 4);
    steady(&mut estimator, 9000, 9050, 20, 0);
    assert!(estimator.bits_per_second() >= before * 9 / 10);
}

#[test]
fn silence_while_sending_costs_half() {
    let mut estimator = Estimator::new(LIMITS);
    steady(&mut estimator, 0, 3000, 20, 0);
    let before = estimator.bits_per_second();
    silence(&mut estimator);
    estimator.on_reports(ms(8000), &[]);
    assert!(estimator.bits_per_second() <= before / 4, "no news is no report");
    let lost = |at| Sent {
        at: ms(at),
        size: 600,
        arrived: None,
        lost: true,
    };
    let mut late: Vec<Sent> = (3000..9000).step_by(100).map(lost).collect();
    late.push(Sent {
        at: ms(9000),
        size: 600,
        arrived: Some(ms(9020)),
        lost: false,
    });
    estimator.on_reports(ms(9050), &late);
    let after = estimator.bits_per_second();
    assert!(
        after <= before * 6 / 10 && after >= before * 4 / 10,
        "{before} {after}"
    );
}

#[test]
fn the_other_clock_may_be_set() {
    let mut estimator = Estimator::new(LIMITS);
    steady(&mut estimator, 0, 3000, 20, 1_000_000);
    let before = estimator.bits_per_second();
    steady(&mut estimator, 3000, 6000, 20, 5_000_000);
    assert!(estimator.bits_per_second() >= before);
    steady(&mut estimator, 6000, 9000, 20, 0);
    assert!(estimator.bits_per_second() >= before);
}

fn anything() -> impl Strategy<Value = Sent> {
    let time = prop_oneof![0u64..10_000, 0u64..1_000_000_000_000, Just(u64::MAX)];
    let arrived = prop::option::of(time.clone().prop_map(Duration::from_micros));
    (time, any::<u32>(), arrived, any::<bool>()).prop_map(|(at, size, arrived, lost)| Sent {
        at: Duration::from_micros(at),
        size,
        arrived,
        lost,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_reported_the_estimate_keeps_its_limits(
        batches in prop::collection::vec((prop::collection::vec(anything(), 0..40), 0u64..3_000_000), 1..40)
    ) {
        let mut estimator = Estimator::new(LIMITS);
        for (reports, now) in batches {
            let now = Duration::from_micros(now);
            estimator.on_reports(now, &reports);
            let bits = estimator.bits_per_second();
            prop_assert!((LIMITS.least..=LIMITS.most).contains(&bits), "{bits}");
            if let Some(at) = estimator.wake_at() {
                estimator.handle_timeout(at);
                prop_assert!(estimator.wake_at().is_none_or(|next| next > at));
            }
            let bits = estimator.bits_per_second();
            prop_assert!((LIMITS.least..=LIMITS.most).contains(&bits), "{bits}");
        }
    }

    #[test]
    fn the_estimate_never_runs_far_ahead_of_what_arrives(bytes in 20u32..1200, seconds in 1u64..40) {
        let mut estimator = Estimator::new(Limits { start: 200_000, ..LIMITS });
        for report in (0..seconds * 1000).step_by(50) {
            let sent = [0, 10, 20, 30, 40].map(|more| Sent {
                at: ms(report + more),
                size: bytes,
                arrived: Some(ms(report + more + 20)),
                lost: false,
            });
            estimator.on_reports(ms(report + 90), &sent);
        }
        let arriving = f64::from(bytes) * 800.0;
        let most = ((arriving + 60_000.0) * 1.55).max(200_000.0);
        prop_assert!(f64::from(estimator.bits_per_second()) <= most);
    }
}
