//! The interpreter's pages, state by state, in real Chromium. With `ZHEST_SHOTS=folder` a picture of each is written
//! there, 1440 and 390 pixels wide.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::path::PathBuf;

use serde_json::json;
use stage::browser::Browser;
use stage::scene::{HOOK, Scene, answer, ask_about_a_service, blank};
use zhest::kiosk::desk::Paper;
use zhest::kiosk::driver::Update;

const SIZES: [(u32, u32); 2] = [(1440, 900), (390, 844)];

/// Writes pictures of the page as it stands; then it is as wide as before.
async fn photograph(browser: &Browser, name: &str) {
    let folder = std::env::var_os("ZHEST_SHOTS").map(PathBuf::from);
    for (width, height) in SIZES {
        browser
            .devtools(
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
            )
            .await;
        let fits = browser
            .script(
                "const sideways = part => part === document.documentElement
                     || ['auto', 'scroll'].includes(getComputedStyle(part).overflowX);
                 return [...document.querySelectorAll('*')].filter(sideways)
                     .every(part => part.scrollWidth <= part.clientWidth);",
            )
            .await;
        assert_eq!(fits, true, "{name} is broader than a screen of {width} pixels");
        let picture = browser
            .client
            .screenshot()
            .await
            .expect("the page can be photographed");
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("page-{name}-{width}.png")), picture)
                .expect("the folder takes pictures");
        }
    }
    browser
        .devtools("Emulation.clearDeviceMetricsOverride", json!({}))
        .await;
}

/// Says to the relay what the house's alarm says.
async fn tell_alarm(browser: &Browser, kind: &str) {
    let told = browser
        .script(&format!(
            "return fetch('/hooks/alarm', {{
                 method: 'POST',
                 headers: {{ authorization: 'Bearer {HOOK}', 'content-type': 'application/json' }},
                 body: JSON.stringify({{ kind: '{kind}' }}),
             }}).then(answer => answer.status);"
        ))
        .await;
    assert_eq!(told, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_a_desk_and_a_telephone() {
    let scene = Scene::set().await;
    let browser = scene.browser("interpreter", true).await;
    let account = &scene.relay.accounts()[0];

    browser
        .client
        .goto(&scene.relay.page("/console/login?error=bad"))
        .await
        .expect("the login page opens");
    browser.reads("Логін або пароль не підходить").await;
    photograph(&browser, "1-login").await;

    browser.log_in(&scene.relay, account).await;
    browser.reads("Камера працює").await;
    photograph(&browser, "2-check").await;

    browser.press("check-done").await;
    browser.phase("idle").await;
    photograph(&browser, "3-off-duty").await;

    browser.press("go-available").await;
    browser.status("available").await;
    photograph(&browser, "4-available").await;

    let mut kiosk = scene.kiosk("vp8");
    ask_about_a_service(&mut kiosk).await;
    browser.phase("offer").await;
    browser.reads("Реєстрація місця проживання").await;
    photograph(&browser, "5-offer").await;
    browser.press("decline").await;
    browser.reads("Мені потрібна перерва").await;
    photograph(&browser, "6-decline").await;

    answer(&mut kiosk, &browser).await;
    browser.write("text-input", "Добрий день").await;
    photograph(&browser, "7-call").await;
    browser.press("hold").await;
    browser.reads("Пауза. Людина може відійти.").await;
    photograph(&browser, "7-hold").await;
    browser.press("hold").await;

    kiosk.touch("Документ").await;
    kiosk.touch("Зняти").await;
    for paper in [Paper::Taking, Paper::Taken(blank())] {
        kiosk.told(Update::Paper { number: 1, paper });
    }
    kiosk.touch("Показати").await;
    browser.reads("Клацніть, щоб показати місце").await;
    browser.press_middle("paper-sight").await;
    photograph(&browser, "7-paper").await;
    let keys = "return ['paper-farther', 'paper-nearer', 'hangup-back'].map(hook =>
        document.querySelector(`[data-test=${hook}]`).getAttribute('aria-keyshortcuts'))";
    assert_eq!(browser.script(keys).await, json!(["-", "Plus", "Escape"]));
    browser.press("paper-close").await;

    browser.press("transfer").await;
    browser.reads("Передати розмову колезі?").await;
    photograph(&browser, "8-transfer").await;
    browser.press("transfer-confirm").await;
    browser.reads("Зараз немає вільного колеги.").await;
    photograph(&browser, "8-transfer-refused").await;
    browser.press("transfer-back").await;

    browser.press("curtain").await;
    browser.press("mute").await;
    photograph(&browser, "8-curtain").await;
    // An alarm hides nothing else.
    tell_alarm(&browser, "air-raid").await;
    browser.reads("У ЦНАП повітряна тривога.").await;
    browser.reads("Шторка закрита. Людина бачить напис").await;
    photograph(&browser, "8-alarm").await;
    tell_alarm(&browser, "clear").await;
    browser.press("hangup").await;
    photograph(&browser, "9-hang-up").await;
    browser.press("hangup-confirm").await;
    browser.phase("wrap-up").await;
    photograph(&browser, "10-wrap-up").await;

    // The same account on another page takes the calls.
    let other = scene.browser("other", true).await;
    other.log_in(&scene.relay, account).await;
    browser.phase("replaced").await;
    photograph(&browser, "11-replaced").await;
    other.close().await;
    browser.close().await;
}
