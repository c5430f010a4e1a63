//! A conversation on hold, on real parts: nothing of a picture or a voice leaves either side, text goes on, and both come
//! back when either side goes on.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::time::{Duration, Instant};

use serde_json::json;
use stage::browser::Browser;
use stage::kiosk::Kiosk;
use stage::scene::{FRAMES, INTERPRETERS, Scene, answer, ask_about_a_service, talk, talking, transcript};
use stage::until;
use zhest::call::view::{Picture, Talking};
use zhest::text::Side;

/// What a picture may take to come back: a camera is opened and an encoder begins.
const BACK: Duration = Duration::from_secs(5);

/// Keeps the page's peer connections where a test finds them.
const KEEP_JS: &str = "window.connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...given) { super(...given); window.connections.push(this); }
    };";

/// Packets of sound and picture that this browser has received and sent.
async fn packets(browser: &Browser) -> (u64, u64) {
    let script = "const done = arguments[arguments.length - 1];
        window.connections.at(-1).getStats().then(stats => {
            const sum = (type, key) => [...stats.values()].filter(one => one.type === type)
                .reduce((sum, one) => sum + one[key], 0);
            done([sum('inbound-rtp', 'packetsReceived'), sum('outbound-rtp', 'packetsSent')]);
        });";
    let counted = browser.client.execute_async(script, Vec::new()).await;
    serde_json::from_value(counted.expect("the script runs")).expect("two numbers")
}

/// Waits until nothing more comes or goes; how much it was.
async fn silence(browser: &Browser) -> (u64, u64) {
    let last = std::cell::Cell::new(((0, 0), Instant::now()));
    until("both sides fall silent", Duration::from_secs(10), || async {
        let now = packets(browser).await;
        let (before, since) = last.get();
        if now != before {
            last.set((now, Instant::now()));
            return None;
        }
        (since.elapsed() > Duration::from_secs(1)).then_some(now)
    })
    .await
}

/// Whether the kiosk has the visitor's camera open, which is a file here.
fn camera_is_open(scene: &Scene, kiosk: &Kiosk) -> bool {
    let camera = scene.path("visitor.y4m");
    let open = std::fs::read_dir(format!("/proc/{}/fd", kiosk.process.id())).expect("the kiosk runs");
    open.flatten()
        .any(|file| std::fs::read_link(file.path()).is_ok_and(|file| file == camera))
}

async fn pictures_are_back(kiosk: &Kiosk, browser: &Browser) {
    browser.watch().await;
    until("the visitor's picture is back", BACK, || async {
        let seen = browser.watched().await;
        (seen.codes.iter().flatten().count() > 10).then_some(())
    })
    .await;
    let seen = browser.watched().await;
    let visitors = seen
        .codes
        .iter()
        .flatten()
        .all(|number| *number < u64::from(FRAMES));
    assert!(visitors, "the browser shows the visitor");
    let seen = tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.remote, BACK));
    assert!(seen.len() > 20, "the kiosk shows {} frames", seen.len());
    assert!(seen.iter().all(|(_, code)| code.number >= INTERPRETERS));
}

fn held() -> Talking {
    Talking {
        picture: Picture::Held { for_s: 1 },
        ..talk()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_hold_neither_side_is_seen_or_heard_and_text_goes_on() {
    let scene = Scene::set().await;
    let browser = scene.browser("interpreter", true).await;
    browser
        .devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": KEEP_JS }),
        )
        .await;
    browser.go_on_duty(&scene.relay, &scene.relay.accounts()[0]).await;
    let mut kiosk = scene.kiosk("vp8");
    ask_about_a_service(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;

    kiosk.touch("Пауза").await;
    kiosk.told(talking(held()));
    kiosk.reads("Обидві камери вимкнено. Вас не видно.").await;
    browser.reads("Обидві камери вимкнено.").await;
    assert_eq!(scene.display.surfaces(), 0, "no picture is on the glass");
    let before = silence(&browser).await;
    assert!(before.0 > 0 && before.1 > 0, "both were sent before: {before:?}");

    kiosk.touch("Писати").await;
    for key in ["щ", "о"] {
        kiosk.touch(key).await;
    }
    until("the visitor's letters arrive", Duration::from_secs(5), || async {
        (browser.rows("visitor").await == ["що"]).then_some(())
    })
    .await;
    browser.write("text-input", "Так").await;
    kiosk.told(transcript(&[(Side::Own, "що"), (Side::Other, "Так")]));
    kiosk.reads("Так").await;
    assert_eq!(packets(&browser).await, before, "not one packet all the while");

    kiosk.touch("Сховати").await;
    kiosk.touch("Продовжити").await;
    kiosk.told(talking(talk()));
    pictures_are_back(&kiosk, &browser).await;

    // The interpreter does the same.
    browser.press("hold").await;
    kiosk.told(talking(held()));
    kiosk.reads("Обидві камери вимкнено. Вас не видно.").await;
    silence(&browser).await;
    assert!(!camera_is_open(&scene, &kiosk));
    // The page comes back by another connection, and nothing else does.
    browser.client.refresh().await.expect("the page reloads");
    browser.reads("Обидві камери вимкнено.").await;
    until("the page is connected again", Duration::from_secs(15), || async {
        let state = browser
            .script("return window.connections.at(-1)?.connectionState")
            .await;
        (state == "connected").then_some(())
    })
    .await;
    assert!(!camera_is_open(&scene, &kiosk), "nobody is to be seen");
    browser.press("hold").await;
    kiosk.told(talking(talk()));
    pictures_are_back(&kiosk, &browser).await;
    assert!(camera_is_open(&scene, &kiosk));

    kiosk.touch("Завершити").await;
    kiosk.touch("Так, завершити").await;
    browser.phase("wrap-up").await;
    browser.close().await;
}
