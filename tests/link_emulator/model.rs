//! One direction of a link in virtual time.

use std::time::Duration;

use proptest::prelude::*;

use crate::link::model::{Cause, Fate, Link};
use crate::link::profile::{Bottleneck, Jitter, Loss, Profile, SCENARIOS};

const PACKET: usize = 1200;

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

fn named(name: &str) -> Profile {
    Profile::named(name).unwrap_or_else(|| panic!("there is a scenario {name}"))
}

fn lossy(loss: Loss) -> Profile {
    Profile {
        loss,
        ..Profile::default()
    }
}

/// Fates of packets of one size that come evenly.
fn fates(link: &mut Link, packets: u32, every: Duration) -> Vec<Fate> {
    (0..packets).map(|n| link.offer(every * n, PACKET)).collect()
}

fn arrival(fate: &Fate) -> Option<Duration> {
    match fate {
        Fate::Delivered { at } => Some(*at),
        Fate::Lost(_) => None,
    }
}

fn lost_by(cause: Cause, fates: &[Fate]) -> usize {
    fates.iter().filter(|fate| **fate == Fate::Lost(cause)).count()
}

/// Bits a second that come out within a time.
fn throughput(arrivals: &[Duration], from: Duration, to: Duration) -> f64 {
    let within = arrivals.iter().filter(|at| (from..to).contains(*at)).count();
    (within * PACKET * 8) as f64 / (to - from).as_secs_f64()
}

#[test]
fn every_scenario_has_a_name_and_is_sound() {
    for name in SCENARIOS {
        Link::new(named(name), 1);
    }
    assert_eq!(Profile::named("perfect"), None);
}

#[test]
fn a_clean_link_is_no_link_at_all() {
    let mut link = Link::new(named("clean"), 1);
    for n in 0..100 {
        assert_eq!(link.offer(ms(n), PACKET), Fate::Delivered { at: ms(n) });
    }
}

#[test]
fn a_delay_is_the_same_for_every_packet() {
    let mut link = Link::new(named("delay"), 1);
    assert_eq!(link.offer(ms(7), PACKET), Fate::Delivered { at: ms(32) });
    assert_eq!(link.offer(ms(8), 60), Fate::Delivered { at: ms(33) });
}

#[test]
fn the_same_seed_has_the_same_story_and_another_has_another() {
    for name in SCENARIOS {
        let story = |seed| fates(&mut Link::new(named(name), seed), 2_000, ms(3));
        assert_eq!(story(4), story(4), "{name}");
    }
    let losses = |seed| fates(&mut Link::new(named("burst"), seed), 2_000, ms(3));
    assert_ne!(losses(4), losses(5));
}

#[test]
fn random_loss_has_the_share_of_the_profile() {
    for (name, share) in [("loss-2", 0.02), ("loss-5", 0.05), ("loss-10", 0.10)] {
        let lost = lost_by(
            Cause::Chance,
            &fates(&mut Link::new(named(name), 9), 200_000, ms(1)),
        );
        let measured = lost as f64 / 200_000.0;
        // Four standard deviations of the widest one.
        assert!((measured - share).abs() < 0.0027, "{name}: {measured}");
    }
}

#[test]
fn random_losses_come_alone_and_bursts_come_long() {
    let mean_run = |profile| {
        let fates = fates(&mut Link::new(profile, 3), 400_000, ms(1));
        let lost = lost_by(Cause::Chance, &fates);
        let runs = fates
            .windows(2)
            .filter(|pair| arrival(&pair[0]).is_some() && arrival(&pair[1]).is_none())
            .count();
        (lost as f64 / 400_000.0, lost as f64 / runs as f64)
    };
    let (share, run) = mean_run(named("burst"));
    assert!((share - 0.03).abs() < 0.003, "bursts lose {share}");
    assert!((run - 5.0).abs() < 0.3, "a burst is {run} packets long");
    let (_, run) = mean_run(lossy(Loss::Random(0.03)));
    assert!(
        (run - 1.0 / 0.97).abs() < 0.02,
        "a random run is {run} packets long"
    );
}

#[test]
fn both_states_of_gilbert_and_elliott_lose_their_share() {
    let profile = lossy(Loss::Bursts {
        to_bad: 0.1,
        to_good: 0.3,
        in_good: 0.02,
        in_bad: 0.5,
    });
    let lost = lost_by(Cause::Chance, &fates(&mut Link::new(profile, 8), 400_000, ms(1)));
    // A quarter of the time is bad.
    let expected = 0.75 * 0.02 + 0.25 * 0.5;
    let measured = lost as f64 / 400_000.0;
    assert!((measured - expected).abs() < 0.005, "{measured}");
}

#[test]
fn a_flooded_link_carries_its_capacity() {
    for (name, capacity) in [("1m", 1_000_000.0), ("500k", 500_000.0), ("300k", 300_000.0)] {
        let fates = fates(&mut Link::new(named(name), 1), 20_000, ms(1));
        let arrivals: Vec<Duration> = fates.iter().filter_map(arrival).collect();
        let carried = throughput(&arrivals, ms(1_000), ms(19_000));
        assert!((carried / capacity - 1.0).abs() < 0.002, "{name}: {carried}");
        assert!(
            lost_by(Cause::Queue, &fates) > 10_000,
            "{name}: the rest is dropped"
        );
    }
}

#[test]
fn a_link_with_room_delays_nobody() {
    let mut link = Link::new(named("1m"), 1);
    // 1200 bytes take 9.6 ms.
    for (n, fate) in (0u32..).zip(fates(&mut link, 1_000, ms(10))) {
        let at = ms(10) * n + Duration::from_micros(9_600) + ms(25);
        assert_eq!(fate, Fate::Delivered { at });
    }
}

/// What a flooded link carries in each of `(from, to, bits per second)`, in seconds.
fn follows(name: &str, phases: &[(u64, u64, f64)]) {
    let fates = fates(&mut Link::new(named(name), 1), 100_000, ms(1));
    let arrivals: Vec<Duration> = fates.iter().filter_map(arrival).collect();
    for (from, to, capacity) in phases {
        // Propagation, jitter and queue shift each phase by less than a second.
        let carried = throughput(&arrivals, ms(from * 1000 + 1000), ms(to * 1000));
        let difference = (carried / capacity - 1.0).abs();
        assert!(difference < 0.005, "{name} from second {from}: {carried}");
    }
}

#[test]
fn capacity_follows_its_steps() {
    follows(
        "variable",
        &[(0, 40, 1e6), (40, 60, 2.5e6), (60, 80, 0.6e6), (80, 100, 1e6)],
    );
    follows("drop", &[(0, 20, 2e6), (20, 40, 0.3e6), (40, 60, 2e6)]);
}

#[test]
fn a_packet_that_meets_a_step_leaves_at_both_rates() {
    let mut bottleneck = Bottleneck::steps(&[(0, 4_000), (1, 8_000)]);
    bottleneck.queue = ms(10_000);
    let profile = Profile {
        bottleneck: Some(bottleneck),
        ..Profile::default()
    };
    let mut link = Link::new(profile, 1);
    // 8000 bits: 4000 of them in the first second, 4000 in half of the next.
    assert_eq!(link.offer(ms(0), 1000), Fate::Delivered { at: ms(1_500) });
    assert_eq!(link.offer(ms(0), 1000), Fate::Delivered { at: ms(2_500) });
}

#[test]
fn an_outage_takes_what_is_offered_in_it_and_nothing_else() {
    let fates = fates(&mut Link::new(named("outage"), 1), 2_000, ms(10));
    for (n, fate) in (0u64..).zip(&fates) {
        let out = (1_000..1_100).contains(&n);
        let expected = match out {
            true => Fate::Lost(Cause::Outage),
            false => Fate::Delivered { at: ms(n * 10 + 25) },
        };
        assert_eq!(*fate, expected, "packet {n}");
    }
}

#[test]
fn a_changed_profile_counts_from_its_own_beginning() {
    let mut link = Link::new(named("clean"), 1);
    link.offer(ms(60_000), PACKET);
    link.change(ms(60_000), named("outage"));
    assert_eq!(link.offer(ms(69_999), PACKET), Fate::Delivered { at: ms(70_024) });
    assert_eq!(link.offer(ms(70_000), PACKET), Fate::Lost(Cause::Outage));
    assert_eq!(link.offer(ms(71_000), PACKET), Fate::Delivered { at: ms(71_025) });
}

#[test]
fn a_shorter_way_does_not_overtake_the_longer_one_before_it() {
    let mut link = Link::new(named("far"), 1);
    let before = fates(&mut link, 20, ms(1));
    let last = before
        .iter()
        .filter_map(arrival)
        .max()
        .expect("most packets arrive");
    link.change(ms(20), named("clean"));
    assert_eq!(link.offer(ms(20), PACKET), Fate::Delivered { at: last });
}

#[test]
fn jitter_spreads_over_its_whole_range_and_overtakes_only_where_it_may() {
    let jittery = |jitter| Profile {
        delay: ms(50),
        jitter,
        ..Profile::default()
    };
    let arrivals = |jitter, every| -> Vec<Duration> {
        let fates = fates(&mut Link::new(jittery(jitter), 2), 2_000, every);
        fates.iter().filter_map(arrival).collect()
    };
    for jitter in [Jitter::InOrder(ms(30)), Jitter::Reordering(ms(30))] {
        // So far apart that none meets another.
        let late: Vec<Duration> = (0u32..)
            .zip(arrivals(jitter, ms(100)))
            .map(|(n, at)| at - ms(100) * n - ms(50))
            .collect();
        let mean = late.iter().sum::<Duration>() / 2_000;
        assert!(
            late.iter().all(|late| *late < ms(30)),
            "{jitter:?}: {:?}",
            late.iter().max()
        );
        assert!((ms(14)..ms(16)).contains(&mean), "{jitter:?}: {mean:?}");
    }
    assert!(arrivals(Jitter::InOrder(ms(30)), ms(1)).is_sorted());
    assert!(!arrivals(Jitter::Reordering(ms(30)), ms(1)).is_sorted());
}

#[test]
#[should_panic(expected = "a share is 0 to 1")]
fn a_profile_that_loses_more_than_all_is_refused() {
    Link::new(lossy(Loss::Random(1.5)), 1);
}

/// A profile and its packets: (time since the one before in µs, bytes).
fn traffic() -> impl Strategy<Value = Vec<(u64, usize)>> {
    prop::collection::vec((0u64..30_000, 30usize..1500), 1..400)
}

fn bottleneck() -> impl Strategy<Value = Bottleneck> {
    let step = (1u64..4, 20_000u64..3_000_000);
    (20_000u64..3_000_000, prop::collection::vec(step, 0..5), 0u64..500).prop_map(|(first, later, queue)| {
        let mut steps = vec![(0, first)];
        for (after, capacity) in later {
            steps.push((steps[steps.len() - 1].0 + after, capacity));
        }
        Bottleneck {
            queue: ms(queue),
            ..Bottleneck::steps(&steps)
        }
    })
}

fn ordered() -> impl Strategy<Value = Profile> {
    (
        0u64..200,
        prop_oneof![
            Just(Jitter::None),
            (0u64..100).prop_map(|most| Jitter::InOrder(ms(most)))
        ],
        prop_oneof![
            Just(Loss::None),
            (0.0..=1.0f64).prop_map(Loss::Random),
            (0.01..0.5f64, 1.0..20.0f64).prop_map(|(share, packets)| Loss::bursts(share, packets)),
        ],
        prop::option::of(bottleneck()),
    )
        .prop_map(|(delay, jitter, loss, bottleneck)| Profile {
            delay: ms(delay),
            jitter,
            loss,
            bottleneck,
            outage: None,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_is_kept_through_changes_and_nothing_comes_before_its_time(
        profiles in prop::collection::vec((ordered(), traffic()), 1..4),
        seed: u64,
    ) {
        let mut link = Link::new(Profile::default(), seed);
        let (mut now, mut last) = (Duration::ZERO, Duration::ZERO);
        for (profile, traffic) in profiles {
            let delay = profile.delay;
            link.change(now, profile);
            for (after, bytes) in traffic {
                now += Duration::from_micros(after);
                if let Fate::Delivered { at } = link.offer(now, bytes) {
                    prop_assert!(at >= now + delay);
                    prop_assert!(at >= last);
                    last = at;
                }
            }
        }
    }

    #[test]
    fn nobody_waits_longer_than_the_queue_is_and_nobody_is_dropped_who_need_not_be(
        bottleneck in bottleneck(),
        traffic in traffic(),
    ) {
        let slowest = bottleneck.capacity.iter().map(|step| step.bits_per_second).min().expect("there is one");
        let (queue, profile) = (bottleneck.queue, Profile { bottleneck: Some(bottleneck), ..Profile::default() });
        let mut link = Link::new(profile, 1);
        let (mut now, mut last) = (Duration::ZERO, Duration::ZERO);
        for (after, bytes) in traffic {
            now += Duration::from_micros(after);
            match link.offer(now, bytes) {
                Fate::Delivered { at } => {
                    let sending = Duration::from_secs_f64(bytes as f64 * 8.0 / slowest as f64);
                    prop_assert!(at <= now + queue + sending + Duration::from_nanos(10));
                    last = at;
                }
                Fate::Lost(cause) => {
                    prop_assert_eq!(cause, Cause::Queue);
                    // The one before was still waiting, for longer than the queue is.
                    prop_assert!(last > now + queue);
                }
            }
        }
    }

    #[test]
    fn chance_takes_the_same_packets_whenever_they_come_and_however_large(
        seed: u64,
        one in traffic(),
        other in traffic(),
    ) {
        let fates = |traffic: &[(u64, usize)]| -> Vec<Fate> {
            let mut link = Link::new(Profile { loss: Loss::bursts(0.3, 3.0), ..named("300k") }, seed);
            let mut now = Duration::ZERO;
            traffic
                .iter()
                .map(|(after, bytes)| {
                    now += Duration::from_micros(*after);
                    link.offer(now, *bytes)
                })
                .collect()
        };
        for (one, other) in fates(&one).iter().zip(fates(&other)) {
            let fates = [*one, other];
            if !fates.contains(&Fate::Lost(Cause::Queue)) {
                prop_assert_eq!(arrival(&fates[0]).is_some(), arrival(&fates[1]).is_some());
            }
        }
    }
}
