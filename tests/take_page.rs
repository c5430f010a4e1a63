//! The list that a visitor takes home, in real Chromium as on a phone: ticked, closed, and opened again without a
//! network. With `ZHEST_SHOTS=folder` a picture of it is written there, 390 and 1440 pixels wide.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use stage::browser::{Browser, Browsers};
use stage::relay::Relay;
use stage::until;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const KEPT: &str = "Список збережено в телефоні.";
const LIST: &str = "/take/residence-registration?lang=uk";
const GONE: &str = "no-such-service";

async fn phone(browsers: &Browsers) -> Browser {
    let no_camera = Path::new("none");
    let browser = browsers.open("phone", no_camera, no_camera, false).await;
    browser
        .devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true }),
        )
        .await;
    browser
}

/// Which boxes are ticked.
async fn ticks(browser: &Browser) -> serde_json::Value {
    browser
        .script("return [...document.querySelectorAll('[data-tick]')].map(tick => tick.checked)")
        .await
}

/// Opens the list anew: it is there with what was ticked.
async fn reopens(browser: &Browser, page: &str) {
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(page).await.unwrap();
    browser.reads("Реєстрація місця проживання").await;
    assert_eq!(ticks(browser).await, json!([false, true, false]), "{page}");
}

/// A proxy in front of a relay that is away; it lets go of its guests when it is stopped.
async fn lonely_proxy(port: u16) -> tokio::task::JoinHandle<()> {
    let door = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    tokio::spawn(async move {
        let mut guests = tokio::task::JoinSet::new();
        loop {
            let (mut guest, _) = door.accept().await.unwrap();
            guests.spawn(async move {
                let mut request = [0; 4096];
                let _ = guest.read(&mut request).await;
                let answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\nConnection: close\r\n\r\n502";
                let _ = guest.write_all(answer.as_bytes()).await;
            });
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_opened_once_opens_again_without_a_network_and_remembers_its_ticks() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path(), "").await;
    let browsers = Browsers::start(folder.path()).await;
    let browser = phone(&browsers).await;
    browser.client.goto(&relay.page(LIST)).await.unwrap();
    browser.reads("49,92").await;
    browser.reads(KEPT).await;
    assert_eq!(ticks(&browser).await, json!([false, false, false]));
    browser
        .script("document.querySelectorAll('label')[1].click()")
        .await;
    assert_eq!(ticks(&browser).await, json!([false, true, false]));

    relay.kill();
    // Also in a language that was not opened before, the list is better than nothing.
    const HUNGARIAN: &str = "/take/residence-registration?lang=hu";
    for page in [LIST, HUNGARIAN] {
        reopens(&browser, &relay.page(page)).await;
        let look = "await document.fonts.ready;
            const icons = [...document.images].every(image => image.complete && image.naturalWidth > 0);
            return [getComputedStyle(document.querySelector('section')).borderRadius, icons,
                document.fonts.check('600 18px Inter', 'Паспорт')];";
        let look = browser
            .script(&format!("return (async () => {{ {look} }})()"))
            .await;
        assert_eq!(look, json!(["16px", true, true]), "{page}");
    }
    let never = relay.page("/take/housing-subsidy?lang=uk");
    // Chromium shows a page of its own for what was never opened, or says that it could not.
    let _ = browser.client.goto(&never).await;
    let text = browser.script("return document.body.innerText").await;
    assert!(!text.as_str().unwrap().contains("субсидія"), "{text}");

    let proxy = lonely_proxy(relay.port).await;
    for page in [LIST, HUNGARIAN] {
        reopens(&browser, &relay.page(page)).await;
    }
    proxy.abort();
    assert!(proxy.await.is_err(), "it answers until it is stopped");

    relay.restart().await;
    browser.client.goto(&never).await.unwrap();
    browser.reads("Житлова субсидія").await;
    let cookies = browser.script("return document.cookie").await;
    assert_eq!(cookies, "");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_fits_a_phone_and_a_desk() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), "").await;
    let browsers = Browsers::start(folder.path()).await;
    let browser = phone(&browsers).await;
    let shots = std::env::var_os("ZHEST_SHOTS").map(PathBuf::from);
    for service in ["residence-registration", "property-right", GONE] {
        for language in ["uk", "hu", "crh"] {
            let page = relay.page(&format!("/take/{service}?lang={language}"));
            browser.client.goto(&page).await.unwrap();
            let tag = until("the page is there", Duration::from_secs(10), || async {
                let tag = browser.script("return document.documentElement.lang").await;
                (tag == language).then_some(tag)
            });
            tag.await;
            if service == GONE && language == "uk" {
                browser.reads("Зверніться до працівника ЦНАП.").await;
            }
            if service != GONE {
                browser
                    .script("document.querySelector('label')?.click(); document.activeElement.blur()")
                    .await;
            }
            for (width, height) in [(390, 844), (1440, 900)] {
                browser
                    .devtools(
                        "Emulation.setDeviceMetricsOverride",
                        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 1000 }),
                    )
                    .await;
                let fits =
                    "const page = document.documentElement; return page.scrollWidth <= page.clientWidth";
                assert_eq!(browser.script(fits).await, true, "{page} at {width}");
                let low = "return [...document.querySelectorAll('label, nav a, summary')]
                    .filter(part => part.getBoundingClientRect().height < 48).length";
                assert_eq!(
                    browser.script(low).await,
                    0,
                    "{page}: what is touched is 48 pixels high"
                );
                if let Some(folder) = &shots {
                    let all = "return document.documentElement.scrollHeight";
                    let all = browser.script(all).await;
                    browser
                        .devtools(
                            "Emulation.setDeviceMetricsOverride",
                            json!({ "width": width, "height": all, "deviceScaleFactor": 1, "mobile": false }),
                        )
                        .await;
                    let picture = browser.client.screenshot().await.unwrap();
                    let name = format!("take-{service}-{language}-{width}.png");
                    std::fs::write(folder.join(name), picture).unwrap();
                }
            }
        }
    }
    browser.close().await;
}
