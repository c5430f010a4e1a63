//! Under cage, the compositor that kiosks run under, the pictures of a call have surfaces of their own; where there can
//! be none, the interface draws them.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::sync::Arc;
use std::time::Duration;

use stage::browser::Browser;
use stage::display::Display;
use stage::kiosk::{Eye, Kiosk};
use stage::scene::{FRAMES, INTERPRETERS, Scene, answer, ask_about_a_service};
use zhest::call::view::{Ended, View};
use zhest::kiosk::driver::Update;

/// A call under cage, without what bears the hidden name.
async fn talking(hidden: Option<&'static str>) -> (Scene, Browser, Kiosk) {
    let mut scene = Scene::set().await;
    let folder = scene.path("wayland");
    std::fs::create_dir(&folder).expect("the folder of the story is writable");
    let size = (scene.display.width, scene.display.height);
    scene.display = Arc::new(Display::under_cage(&folder, size, hidden).await);
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    ask_about_a_service(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;
    (scene, browser, kiosk)
}

/// Both pictures move where their widgets are, own picture as in a mirror.
fn pictures_move(kiosk: &Kiosk) {
    let second = Duration::from_secs(1);
    let own = kiosk.watch(|pictures| &pictures.own, second);
    let remote = kiosk.watch(|pictures| &pictures.remote, second);
    assert!(
        own.len() >= 15 && remote.len() >= 15,
        "frames in a second: {} own, {} of the interpreter",
        own.len(),
        remote.len()
    );
    assert!(
        own.iter().all(|(_, code)| code.number < FRAMES && code.mirrored),
        "own picture is mirrored"
    );
    assert!(
        remote
            .iter()
            .all(|(_, code)| code.number >= INTERPRETERS && !code.mirrored),
        "the interpreter's is not"
    );
}

/// What the kiosk says in its log of who shows the pictures.
fn says(scene: &Scene, words: &str) -> bool {
    let log = std::fs::read_to_string(scene.path("kiosk.log")).expect("the kiosk keeps a log");
    log.contains(words)
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_live_on_subsurfaces_and_go_with_their_screen() {
    let (scene, browser, mut kiosk) = talking(None).await;
    tokio::task::block_in_place(|| pictures_move(&kiosk));
    assert!(says(&scene, "pictures have surfaces of their own on=\"Wayland\""));

    // A finger on own picture reaches the interface below, which moves it.
    let before = kiosk.map.picture(|pictures| &pictures.own);
    let (x, y) = (before.x + before.width / 2, before.y + before.height / 2);
    scene.display.tap(x as f32, y as f32);
    kiosk.map.tap("Файл");
    let after = kiosk.map.picture(|pictures| &pictures.own);
    assert_ne!((before.x, before.y), (after.x, after.y), "own picture is moved");
    tokio::task::block_in_place(|| {
        pictures_move(&kiosk);
        let left = Eye::over(&scene.display, vec![before]).look();
        assert_eq!(left, None, "own picture is in one place");
    });

    let (own, remote) = (
        kiosk.map.picture(|pictures| &pictures.own),
        kiosk.map.picture(|pictures| &pictures.remote),
    );
    kiosk.touch("Завершити").await;
    kiosk.touch("Так, завершити").await;
    kiosk.told(Update::Call(View::Ended(Ended::ByVisitor)));
    kiosk.reads("Ми стерли текст розмови").await;
    for area in [own, remote] {
        assert_eq!(
            Eye::over(&scene.display, vec![area]).look(),
            None,
            "no picture stays behind"
        );
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_subsurfaces_the_interface_draws_the_pictures() {
    let (scene, browser, kiosk) = talking(Some("wl_subcompositor")).await;
    tokio::task::block_in_place(|| pictures_move(&kiosk));
    assert!(says(&scene, "the interface draws the pictures"));
    browser.close().await;
}
