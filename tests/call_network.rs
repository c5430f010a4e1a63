//! A call over bad networks: the real kiosk and real Chromium, every packet between them through a seeded link.
#![cfg(all(feature = "kiosk", feature = "relay"))]

mod link;
#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::sync::Arc;
use std::time::Duration;

use link::Side;
use link::emulator::Emulator;
use link::profile::Profile;
use link::signalling::Signalling;
use stage::browser::Browser;
use stage::kiosk::Kiosk;
use stage::scene::{Scene, answer};
use stage::until;

/// What a signer must have on any network that carries a picture at all is 20; two cores that run both ends and the
/// link are granted a quarter.
const LEAST_FPS: f64 = 15.0;
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

    /// Frames a second seen in the browser and at the kiosk.
    async fn seen_in(&self, time: Duration) -> (f64, f64) {
        self.browser.watch().await;
        let here = tokio::task::block_in_place(|| self.kiosk.watch(|pictures| &pictures.remote, time));
        let there = self.browser.watched().await;
        let a_second = |frames: usize| frames as f64 / time.as_secs_f64();
        (a_second(there.times.len()), a_second(here.len()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_packets_are_repaired_and_hands_go_on_moving() {
    let call = Call::begin().await;
    call.network(&Profile {
        delay: Duration::from_millis(25),
        ..Profile::named("loss-5").expect("a scenario of the link")
    });
    let (there, here) = call.seen_in(Duration::from_secs(6)).await;
    let lost = [Side::Kiosk, Side::Interpreter].map(|side| call.link.counters(side));
    assert!(
        there >= LEAST_FPS && here >= LEAST_FPS,
        "{there:.1} frames a second in the browser, {here:.1} at the kiosk: {lost:?}"
    );
    call.browser.close().await;
}

/// Of what the browser sends nothing is asked here: it makes its picture very small first, and takes its time to let it
/// grow again.
#[tokio::test(flavor = "multi_thread")]
async fn after_an_outage_the_visitors_picture_comes_back_by_itself() {
    let call = Call::begin().await;
    let second = Duration::from_secs(1);
    call.network(&Profile {
        outage: Some(Duration::ZERO..second * 2),
        ..Profile::default()
    });
    until("the picture stands still", second * 2, || async {
        let (there, _) = call.seen_in(second / 2).await;
        (there < 1.0).then_some(())
    })
    .await;
    // What was lost is too old to be repaired: the browser has to ask the kiosk for a whole picture.
    until("the picture moves again", second * 10, || async {
        let (there, _) = call.seen_in(second).await;
        (there >= LEAST_FPS).then_some(())
    })
    .await;
    call.browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_shrinks_to_a_tenth_gets_a_smaller_picture_and_not_a_frozen_one() {
    let call = Call::begin().await;
    call.network(&Profile::named("300k").expect("a scenario of the link"));
    until("the picture fits the line", Duration::from_secs(30), || async {
        let (there, _) = call.seen_in(Duration::from_secs(2)).await;
        (there >= LEAST_FPS).then_some(())
    })
    .await;
    let height = call
        .browser
        .script("return document.getElementById('remote').videoHeight")
        .await;
    assert!(
        height.as_u64().is_some_and(|height| (180..480).contains(&height)),
        "{height} lines"
    );
    call.browser.close().await;
}
