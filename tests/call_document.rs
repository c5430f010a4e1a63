//! A visitor shows a paper in a call: it reaches the interpreter's browser as it was sent, and the finger comes back.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::time::Duration;

use picture_code::READER_JS;
use stage::browser::Browser;
use stage::kiosk::Kiosk;
use stage::scene::{FRAMES, Scene, answer, blank, find_and_ask};
use stage::until;
use zhest::call::view::{Ended, View};
use zhest::document::{EDGE, Place};
use zhest::kiosk::desk::{Arrival, Paper};
use zhest::kiosk::driver::Update;

fn sent(arrival: Arrival, place: Option<Place>) -> Paper {
    Paper::Sent {
        still: blank(),
        arrival,
        place,
    }
}

/// Holds the paper into the camera and gives it to the interpreter.
async fn show(kiosk: &mut Kiosk, number: u32) {
    kiosk.touch("Документ").await;
    kiosk.touch("Зняти").await;
    for paper in [Paper::Taking, Paper::Taken(blank())] {
        kiosk.told(Update::Paper { number, paper });
    }
    kiosk.touch("Показати").await;
    // The page says that it is whole only after the digest of what arrived was that of what was sent.
    let paper = sent(Arrival::Whole, None);
    kiosk.told(Update::Paper { number, paper });
    kiosk.reads("Перекладач бачить знімок").await;
}

async fn paper_is(browser: &Browser, state: &str) {
    until("the page has the paper", Duration::from_secs(15), || async {
        let script = "const paper = document.querySelector('[data-test=\"paper\"]');
            return paper.hidden ? 'hidden' : paper.dataset.state";
        (browser.script(script).await == state).then_some(())
    })
    .await;
}

/// The number of the frame that the still is of, read from the page's own pixels.
async fn number_on_paper(browser: &Browser) -> Option<u64> {
    let script = format!(
        "{READER_JS}
        const sight = document.querySelector('[data-test=\"paper-sight\"]');
        const scale = Math.min(sight.width / 640, sight.height / 480);
        const [width, height] = [Math.round(640 * scale), Math.round(480 * scale)];
        const left = Math.round((sight.width - width) / 2);
        const top = Math.round((sight.height - height) / 2);
        const pixels = sight.getContext('2d').getImageData(left, top, width, height).data;
        return readCode(pixels, width, height);"
    );
    let code = browser.script(&script).await;
    assert_ne!(code["mirrored"], true, "a paper is not mirrored");
    code["number"].as_u64()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_reaches_the_interpreter_whole_and_the_finger_reaches_the_visitor() {
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    find_and_ask(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;

    show(&mut kiosk, 1).await;
    paper_is(&browser, "whole").await;
    let number = number_on_paper(&browser).await;
    assert!(
        number.is_some_and(|number| number < u64::from(FRAMES)),
        "the still is of the visitor's camera: {number:?}"
    );

    // A click in the middle of the page's paper.
    browser.press_middle("paper-sight").await;
    let middle = Place {
        x: EDGE / 2,
        y: EDGE / 2,
    };
    kiosk.told(Update::Paper {
        number: 1,
        paper: sent(Arrival::Whole, Some(middle)),
    });
    kiosk.reads("Перекладач показує це місце.").await;

    // The visitor takes it away on both sides.
    kiosk.touch("Стерти").await;
    paper_is(&browser, "hidden").await;
    kiosk.reads("Писати").await;

    // The interpreter does so with the next one.
    show(&mut kiosk, 2).await;
    paper_is(&browser, "whole").await;
    browser.press("paper-close").await;
    kiosk.told(Update::Paper {
        number: 2,
        paper: Paper::None,
    });
    kiosk.reads("Писати").await;

    kiosk.touch("Завершити").await;
    kiosk.touch("Так, завершити").await;
    browser.phase("wrap-up").await;
    kiosk.told(Update::Call(View::Ended(Ended::ByVisitor)));
    kiosk.touch("Так").await;
    kiosk.reads("Чи добре було видно перекладача?").await;
    kiosk.touch("Так").await;
    kiosk.reads("Дякуємо. Відповідь анонімна.").await;
    kiosk.touch("Готово").await;
    kiosk.told(Update::Call(View::Idle));
    kiosk.reads("Українська жестова мова").await;
    browser.close().await;
}
