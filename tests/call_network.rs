//! A call over bad networks: the real kiosk and real Chromium, every packet between them through a seeded link.
#![cfg(all(feature = "kiosk", feature = "relay"))]

mod link;
#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use link::Side;
use link::emulator::Emulator;
use link::profile::{Bottleneck, Profile};
use link::signalling::Signalling;
use stage::browser::Browser;
use stage::kiosk::Kiosk;
use stage::scene::{Scene, answer, blank, talk, talking};
use stage::until;
use zhest::call::view::{Talking, Unread};
use zhest::kiosk::desk::Paper;
use zhest::kiosk::driver::Update;

/// What a signer must have on any network that carries a picture at all is 20; two cores that run both ends and the
/// link are granted a quarter.
const LEAST_FPS: f64 = 15.0;
/// After a network has changed and both ends have had time to notice: longer than this a sentence is lost.
const LONGEST_FREEZE: Duration = Duration::from_secs(1);
const SEED: u64 = 7;

struct Call {
    _scene: Scene,
    link: Arc<Emulator>,
    browser: Browser,
    kiosk: Kiosk,
    _signalling: Signalling,
}

impl Call {
    /// A conversation over a clean link.
    async fn begin() -> Self {
        let scene = Scene::set().await;
        let link = Arc::new(Emulator::start(Profile::default(), Profile::default(), SEED));
        let signalling = Signalling::start(scene.relay.socket_url(), link.clone()).await;
        let browser = scene.interpreter().await;
        let mut kiosk = scene.kiosk_by("vp8", Some(signalling.url()));
        kiosk.touch("Українська жестова мова").await;
        kiosk.touch("Покликати перекладача").await;
        kiosk.touch("Покликати").await;
        answer(&mut kiosk, &browser).await;
        kiosk.expect_writing();
        Self {
            _scene: scene,
            link,
            browser,
            kiosk,
            _signalling: signalling,
        }
    }

    /// From now on both directions are like this.
    fn network(&self, profile: &Profile) {
        for side in [Side::Kiosk, Side::Interpreter] {
            self.link.change(side, profile.clone());
        }
    }

    /// What is seen in the browser and at the kiosk for a while.
    async fn seen_in(&self, time: Duration) -> (Seen, Seen) {
        self.browser.watch().await;
        let from = SystemTime::now();
        let here = tokio::task::block_in_place(|| self.kiosk.watch_remote(time));
        let until = SystemTime::now();
        (
            self.seen_there(from).await,
            Seen::between(
                from,
                until,
                here.iter()
                    .map(|(at, code)| (milliseconds(*at), code.number.into())),
            ),
        )
    }

    /// What the browser has shown since it began to watch.
    async fn seen_there(&self, from: SystemTime) -> Seen {
        let until = SystemTime::now();
        let there = self.browser.watched().await;
        let read = there.codes.iter().zip(&there.times);
        let read = read.filter_map(|(code, at)| code.map(|number| (*at, number)));
        Seen::between(from, until, read)
    }

    /// Waits until both sides see hands that move, and asks that they go on moving.
    async fn hands_move_on_both_sides(&self, within: Duration) {
        until("hands move on both sides", within, || async {
            let (there, here) = self.seen_in(Duration::from_secs(1)).await;
            (there.fps >= LEAST_FPS && here.fps >= LEAST_FPS).then_some(())
        })
        .await;
        let (there, here) = self.seen_in(Duration::from_secs(6)).await;
        let told = format!("in the browser {there:?}, at the kiosk {here:?}");
        assert!(there.fps >= LEAST_FPS && here.fps >= LEAST_FPS, "{told}");
        assert!(
            there.freeze < LONGEST_FREEZE && here.freeze < LONGEST_FREEZE,
            "{told}"
        );
    }
}

/// Frames that could be read.
#[derive(Debug)]
struct Seen {
    frames: u32,
    /// A second.
    fps: f64,
    /// The longest time without a new one.
    freeze: Duration,
}

impl Seen {
    /// Of frames with the times, in milliseconds since the epoch, when they were shown.
    fn between(from: SystemTime, until: SystemTime, frames: impl Iterator<Item = (f64, u64)>) -> Self {
        let (from, until) = (milliseconds(from), milliseconds(until));
        let (mut number, mut last) = (None, from);
        let (mut count, mut longest) = (0u32, 0f64);
        for (at, code) in frames.filter(|(at, _)| (from..until).contains(at)) {
            if number.replace(code) != Some(code) {
                longest = longest.max(at - last);
                last = at;
                count += 1;
            }
        }
        Self {
            frames: count,
            fps: f64::from(count) * 1000.0 / (until - from),
            freeze: Duration::from_secs_f64(longest.max(until - last) / 1000.0),
        }
    }
}

fn milliseconds(time: SystemTime) -> f64 {
    let since = time.duration_since(UNIX_EPOCH).expect("it is later than 1970");
    since.as_secs_f64() * 1000.0
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_packets_are_repaired_and_hands_go_on_moving() {
    let call = Call::begin().await;
    call.network(&Profile::named("loss-5").expect("a scenario of the link"));
    call.hands_move_on_both_sides(Duration::from_secs(10)).await;
    for side in [Side::Kiosk, Side::Interpreter] {
        let counters = call.link.counters(side);
        assert!(counters.lost_by_chance > 0, "towards {side:?}: {counters:?}");
    }
    // Half a round trip is 25 ms. A browser that waited for repairs, or for what might come late, would add as much twice.
    let told = call
        .browser
        .script("return document.querySelector('.quality').textContent")
        .await;
    let words = told
        .as_str()
        .expect("what the console tells")
        .split([' ', '\u{a0}']);
    let numbers: Vec<u32> = words.filter_map(|word| word.parse().ok()).collect();
    assert!(numbers.last().is_some_and(|delay| *delay < 60), "{told}");
    call.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_outage_both_pictures_come_back_by_themselves() {
    let call = Call::begin().await;
    let second = Duration::from_secs(1);
    call.network(&Profile {
        outage: Some(Duration::ZERO..second * 3),
        ..Profile::default()
    });
    until("both pictures stand still", second * 3, || async {
        let (there, here) = call.seen_in(second / 2).await;
        // A look at the glass sees the frame that stands there.
        (there.frames <= 1 && here.frames <= 1).then_some(())
    })
    .await;
    // What was lost is too old to be repaired: each side has to ask the other for a whole picture.
    call.hands_move_on_both_sides(second * 10).await;
    call.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_line_gets_smaller_pictures_and_not_frozen_ones() {
    let call = Call::begin().await;
    call.network(&Profile {
        bottleneck: Some(Bottleneck::steps(&[(0, 180_000)])),
        ..Profile::named("300k").expect("a scenario of the link")
    });
    let height = async || {
        let script = "return document.getElementById('remote').videoHeight";
        call.browser.script(script).await.as_u64()
    };
    let is_smaller = async || height().await.is_some_and(|height| (180..480).contains(&height));
    let patience = Duration::from_secs(15);
    until("the picture is smaller", patience, || async {
        is_smaller().await.then_some(())
    })
    .await;
    call.hands_move_on_both_sides(patience).await;
    assert!(is_smaller().await, "{:?} lines", height().await);
    call.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_too_narrow_for_hands_gives_way_to_writing_on_both_sides_and_back() {
    let mut call = Call::begin().await;
    let asks_to_write = async |browser: &Browser| {
        let due = browser
            .script("return document.querySelector('.text.due') !== null")
            .await;
        due.as_bool().unwrap_or_default()
    };
    call.network(&Profile {
        bottleneck: Some(Bottleneck::steps(&[(0, 60_000)])),
        ..Profile::named("delay").expect("a scenario of the link")
    });
    let patience = Duration::from_secs(45);
    until("the interpreter is asked to write", patience, || async {
        asks_to_write(&call.browser).await.then_some(())
    })
    .await;
    call.kiosk.told(talking(Talking {
        unread: Some(Unread::Theirs),
        ..talk()
    }));
    // The keys lie in the same place whether the picture halts or stands.
    call.kiosk.reads("пропуск").await;

    call.network(&Profile::default());
    until("both can be read again", patience, || async {
        (!asks_to_write(&call.browser).await).then_some(())
    })
    .await;
    call.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_on_a_narrow_line_leaves_the_hands_moving() {
    let mut call = Call::begin().await;
    call.network(&Profile::named("300k").expect("a scenario of the link"));
    call.hands_move_on_both_sides(Duration::from_secs(15)).await;
    call.kiosk.touch("Документ").await;
    call.kiosk.touch("Зняти").await;
    let is_now = |paper| Update::Paper { number: 1, paper };
    for paper in [Paper::Taking, Paper::Taken(blank())] {
        call.kiosk.told(is_now(paper));
    }
    call.browser.watch().await;
    let from = SystemTime::now();
    call.kiosk.touch("Показати").await;
    until("the paper is whole", Duration::from_secs(60), || async {
        let script = "return document.querySelector('[data-test=\"paper\"]').dataset.state";
        (call.browser.script(script).await == "whole").then_some(())
    })
    .await;
    let there = call.seen_there(from).await;
    assert!(
        there.fps >= LEAST_FPS && there.freeze < LONGEST_FREEZE,
        "{there:?} beside the paper"
    );
    call.browser.close().await;
}
