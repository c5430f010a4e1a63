//! What goes wrong in a call, on real parts: the relay dies, the browser dies, the camera is refused, there is no sound
//! card, there is no network.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::sync::Arc;
use std::time::{Duration, Instant};

use stage::display::Display;
use stage::kiosk::{Fitting, Kiosk};
use stage::scene::{INTERPRETERS, Scene, answer, talk, talking, transcript};
use stage::until;
use zhest::call::view::{Ended, Picture, Stage, Talking, View, Waiting};
use zhest::kiosk::driver::{Camera, Link, Update};
use zhest::protocol::Availability;
use zhest::text::Side;

/// From the first screen to the request, about nothing in particular.
async fn ask(kiosk: &mut Kiosk) {
    kiosk.touch("Українська жестова мова").await;
    kiosk.touch("Покликати перекладача").await;
    kiosk.touch("Покликати").await;
}

fn unlinked() -> Update {
    talking(Talking {
        linked: false,
        ..talk()
    })
}

fn gone() -> Update {
    talking(Talking {
        picture: Picture::Gone,
        ..talk()
    })
}

fn waiting(linked: bool) -> Update {
    Update::Call(View::Waiting(Waiting {
        stage: Stage::Queued,
        place: Some(1),
        waited_s: 0,
        estimate: None,
        linked,
        transferred: false,
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_dies_in_a_conversation_does_not_end_it_and_is_found_again() {
    let mut scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;
    scene.relay.kill();
    kiosk.told(unlinked());
    kiosk.reads("Немає зв’язку із сервером").await;

    // Pictures go on in both directions without the relay.
    browser.watch().await;
    let seen =
        tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.remote, Duration::from_secs(2)));
    assert!(seen.len() > 20, "the kiosk sees {} frames in 2 s", seen.len());
    assert!(seen.iter().all(|(_, code)| code.number >= INTERPRETERS));
    assert!(browser.watched().await.codes.iter().flatten().count() > 20);

    scene.relay.restart().await;
    kiosk.told(talking(talk()));
    until("the page is linked again", Duration::from_secs(15), || async {
        (browser.script("return document.body.dataset.link").await == "up").then_some(())
    })
    .await;
    // Signalling works again: the hang-up arrives.
    kiosk.touch("Завершити").await;
    kiosk.touch("Так, завершити").await;
    browser.phase("wrap-up").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_dies_while_a_visitor_waits_keeps_the_place() {
    let mut scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    browser.phase("offer").await;
    scene.relay.kill();
    kiosk.told(waiting(false));
    kiosk.reads("Ми з’єднуємося знову. Зачекайте, будь ласка.").await;
    scene.relay.restart().await;
    answer(&mut kiosk, &browser).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_dies_is_told_within_six_seconds_and_the_visitor_queues_again_at_the_head() {
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;
    let died = Instant::now();
    scene.browsers.kill("interpreter");
    kiosk.told(gone());
    kiosk.reads("Перекладач не на зв’язку").await;
    assert!(
        died.elapsed() < Duration::from_secs(6),
        "told after {:?}",
        died.elapsed()
    );
    kiosk.touch("Покликати знову").await;
    kiosk.told(waiting(true));
    kiosk.reads("Ви наступні").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_reloaded_in_a_conversation_finds_it_again() {
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;
    browser.client.refresh().await.expect("the page reloads");
    browser.phase("call").await;
    browser.watch().await;
    until("the picture is back", Duration::from_secs(15), || async {
        (browser.watched().await.codes.iter().flatten().count() > 20).then_some(())
    })
    .await;
    let seen =
        tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.remote, Duration::from_secs(2)));
    assert!(seen.len() > 20, "the kiosk sees {} frames in 2 s", seen.len());
    kiosk.touch("Завершити").await;
    kiosk.touch("Так, завершити").await;
    browser.phase("wrap-up").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interpreter_whose_camera_is_refused_answers_by_sound_and_text_if_they_choose() {
    let scene = Scene::set().await;
    let browser = scene.browser("refused", false).await;
    browser.log_in(&scene.relay, &scene.relay.accounts()[0]).await;
    browser.reads("Браузер не дозволив доступу до камери").await;
    browser.press("answer-without-camera").await;
    browser.press("go-available").await;
    browser.status("available").await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    browser.phase("offer").await;
    browser.press("answer").await;
    browser.phase("call").await;
    kiosk.told(talking(Talking {
        interpreter_has_camera: false,
        ..talk()
    }));
    kiosk.reads("Перекладач без камери").await;
    browser.write("text-input", "Вітаю").await;
    kiosk.told(transcript(&[(Side::Other, "Вітаю")]));
    kiosk.reads("Вітаю").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_relay_the_kiosk_says_so_keeps_trying_and_recovers() {
    let mut scene = Scene::set().await;
    scene.relay.kill();
    let mut kiosk = scene.kiosk("vp8");
    kiosk.told(Update::Link(Link::Down));
    kiosk.touch("Українська жестова мова").await;
    kiosk.touch("Покликати перекладача").await;
    kiosk.reads("Немає зв’язку").await;
    scene.relay.restart().await;
    kiosk.told(Update::Link(Link::Up {
        cnap: "ЦНАП «Прибережний»".to_owned(),
        kiosk: "Кіоск у залі".to_owned(),
    }));
    kiosk.told(Update::Availability(Availability::Unstaffed));
    kiosk.reads("Зараз немає перекладачів").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_sound_card_and_a_camera_a_call_still_brings_pictures_and_text() {
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let fitting = Fitting {
        camera: "auto".to_owned(),
        codec: None,
        enter: &|_| {},
        road: None,
    };
    let mut kiosk = Kiosk::start(scene.folder.path(), &scene.relay, &scene.display, &fitting);
    kiosk.told(Update::Camera(Camera::Generated));
    ask(&mut kiosk).await;
    browser.phase("offer").await;
    browser.press("answer").await;
    browser.phase("call").await;
    kiosk.told(talking(talk()));
    kiosk.told(Update::Sound {
        microphone: false,
        speaker: false,
    });
    kiosk.reads("Перекладач 014").await;
    // The drawing that stands in for a camera moves in the browser.
    until("the drawing moves", Duration::from_secs(10), || async {
        let frames = browser
            .script("return document.getElementById('remote').getVideoPlaybackQuality().totalVideoFrames")
            .await;
        (frames.as_u64()? > 60).then_some(())
    })
    .await;
    let seen =
        tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.remote, Duration::from_secs(3)));
    assert!(seen.len() > 30, "the kiosk sees {} frames in 3 s", seen.len());
    // The interpreter hangs up.
    browser.press("hangup").await;
    browser.press("hangup-confirm").await;
    kiosk.told(Update::Call(View::Ended(Ended::ByInterpreter)));
    kiosk.reads("Ми стерли текст розмови").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_display_without_shared_memory_the_interface_draws_the_pictures() {
    let mut scene = Scene::set().await;
    let folder = scene.path("plain");
    std::fs::create_dir(&folder).expect("the folder of the story is writable");
    let (width, height) = (scene.display.width, scene.display.height);
    scene.display = Arc::new(Display::start_with(&folder, width, height, "-extension MIT-SHM").await);
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;
    let (own, remote) = tokio::task::block_in_place(|| {
        let second = Duration::from_secs(1);
        (
            kiosk.watch(|pictures| &pictures.own, second),
            kiosk.watch(|pictures| &pictures.remote, second),
        )
    });
    assert!(
        own.len() > 5 && remote.len() > 5,
        "both pictures move: {}, {}",
        own.len(),
        remote.len()
    );
    assert_eq!(scene.display.surfaces(), 0);
    browser.close().await;
}

/// A network namespace of its own, with nothing but loopback: no route, no multicast. The story runs there in a process
/// of its own.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_route_the_kiosk_still_connects_to_whom_it_reaches() {
    const INSIDE: &str = "ZHEST_WITHOUT_ROUTE";
    if std::env::var_os(INSIDE).is_none() {
        let ourselves = std::env::current_exe().expect("a test knows its program");
        let story = "without_a_network_route_the_kiosk_still_connects_to_whom_it_reaches";
        let done = std::process::Command::new("unshare")
            .args(["--map-root-user", "--net", "--", "sh", "-c"])
            .arg("ip link set lo up && exec \"$0\" --exact \"$1\" --nocapture")
            .arg(ourselves)
            .arg(story)
            .env(INSIDE, "yes")
            .status()
            .expect("unshare starts: install util-linux");
        assert!(done.success(), "the story in a place without routes: {done}");
        return;
    }
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;
    let log = std::fs::read_to_string(scene.path("kiosk.log")).expect("the kiosk writes a log");
    assert!(
        log.contains("no peer connection yet"),
        "the first try without a route fails: {log}"
    );
    browser.close().await;
}
