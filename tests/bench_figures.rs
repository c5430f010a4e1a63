//! What benchmarks make of the frames they saw.

#[path = "bench/figures.rs"]
mod figures;
mod picture_code;
#[path = "bench/sharpness.rs"]
mod sharpness;

use figures::{Seen, Way};
use sharpness::{HEIGHT, Shown, Source, WIDTH};

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
    let [(at, lasted)] = way.stops()[..] else {
        panic!("one stop");
    };
    assert!(
        (950.0..=1000.0).contains(&at) && (1000.0..1100.0).contains(&lasted),
        "{lasted} at {at}"
    );
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

/// Four frames; a signer fills the left half and becomes brighter by ten with each.
fn camera() -> Vec<Vec<u8>> {
    let row = |light: u8| (0..WIDTH).map(move |x| if x < WIDTH / 2 { light } else { 100 });
    (0..4)
        .map(|number| (0..HEIGHT).flat_map(|_| row(100 + 10 * number)).collect())
        .collect()
}

#[test]
fn a_frame_that_is_shown_as_it_was_is_as_sharp_as_can_be() {
    let source = Source::new(1000, camera().into_iter());
    let camera = camera();
    let shown = |number: u64, next| Shown {
        number: 1000 + number,
        next,
        luma: &camera[number as usize],
    };
    let sharp = source.judge(&[shown(0, Some(1001)), shown(3, None)]).unwrap();
    assert_eq!((sharp.signer, sharp.whole), (60.0, 60.0));
    assert!(sharp.ssim > 0.999);
    assert!(source.judge(&[]).is_none());
    let strange = Shown {
        number: 1004,
        ..shown(0, None)
    };
    assert!(source.judge(&[strange]).is_none());
}

#[test]
fn a_frame_that_stands_is_judged_for_those_that_did_not_come_over_the_end_of_the_film_too() {
    let source = Source::new(0, camera().into_iter());
    let camera = camera();
    let signer = |number: usize, next| {
        let shown = Shown {
            number: number as u64,
            next: Some(next),
            luma: &camera[number],
        };
        source.judge(&[shown]).unwrap().signer
    };
    // Ten of brightness are 28 dB, twenty are 22, thirty 19.
    let off = |by: f64| 20.0 * (255.0 / by).log10();
    assert!((signer(0, 3) - (60.0 + off(10.0) + off(20.0)) / 3.0).abs() < 0.01);
    assert!((signer(2, 1) - (60.0 + off(10.0) + off(20.0)) / 3.0).abs() < 0.01);
}
