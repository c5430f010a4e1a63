//! What benchmarks make of the frames they saw.

#[path = "bench/figures.rs"]
mod figures;

use figures::{Seen, Way};

const FRAME: f64 = 1000.0 / 30.0;

/// Thirty frames a second, each `late` ms on the other screen, for three seconds; numbers from 0.
fn steady(late: f64) -> Way {
    let sent: Vec<Seen> = (0..90).map(|number| (number, number as f64 * FRAME)).collect();
    Way {
        arrived: sent.iter().map(|(number, time)| (*number, time + late)).collect(),
        sent,
        from: 0.0,
        to: 3000.0,
    }
}

#[test]
fn what_is_always_late_alike_has_one_latency_and_no_freeze() {
    let way = steady(80.0);
    for share in [0.0, 0.5, 0.95, 1.0] {
        assert!((way.latency(share).unwrap() - 80.0).abs() < 0.001);
    }
    assert!((way.fps() - 30.0).abs() < 0.1);
    assert_eq!(way.freezes(), (0, 0));
    assert_eq!(way.frozen(), 0.0);
}

#[test]
fn a_number_that_comes_again_belongs_to_its_last_showing() {
    let mut way = steady(80.0);
    way.sent.push((0, 5000.0));
    way.arrived = vec![(0, 5090.0)];
    assert_eq!(way.latency(0.5), Some(90.0));
}

#[test]
fn a_second_that_stands_is_one_long_freeze() {
    let mut way = steady(0.0);
    way.arrived.retain(|(_, time)| !(1000.0..2000.0).contains(time));
    assert_eq!(way.freezes(), (1, 1));
    assert!((900.0..1100.0).contains(&way.frozen()), "{}", way.frozen());
    assert_eq!(way.between(0.0, 1000.0).frozen(), 0.0);
    assert!(way.between(500.0, 1500.0).frozen() > 400.0);
    let back = way.fluent_after(1000.0).unwrap();
    assert!((950.0..1050.0).contains(&back), "{back}");
}

#[test]
fn a_picture_that_never_comes_is_frozen_from_the_beginning_to_the_end() {
    let mut way = steady(0.0);
    way.arrived.clear();
    assert_eq!(way.latency(0.5), None);
    assert_eq!(way.fluent_after(0.0), None);
    assert!(way.frozen() > 2900.0);
}
