//! What a ЦНАП's own machines tell the relay: tickets that are called, and alarms.
#![cfg(feature = "relay")]

mod relay_support;

use relay_support::{Answer, Relay, conversation};
use zhest::protocol::*;

const SECRET: &str = "a-secret-of-the-queue-in-the-hall";
const OTHER: &str = "a-secret-of-another-centre-of-ours";

fn hooks() -> String {
    format!(
        "hooks = [{{ cnap = 'ЦНАП «Прибережний»', secret = '{SECRET}' }}, {{ cnap = 'ЦНАП', secret = '{OTHER}' }}]\n{}",
        relay_support::QUICK
    )
}

async fn tell(relay: &Relay, secret: &str, path: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {secret}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    relay.try_http("POST", path, &headers, body).await.unwrap()
}

async fn called(kiosk: &mut relay_support::Socket) -> Vec<(String, u16, u32)> {
    let heard = kiosk
        .hear(|message| matches!(message, ToKiosk::Tickets { .. }))
        .await;
    let ToKiosk::Tickets { called } = heard else {
        unreachable!()
    };
    let row = |called: Called| (called.number.to_string(), called.window, called.count);
    called.into_iter().map(row).collect()
}

#[tokio::test]
async fn a_called_ticket_reaches_the_kiosks_of_its_centre_and_no_other() {
    let relay = Relay::start(&hooks()).await;
    let elsewhere = relay.add_kiosk("elsewhere");
    let mut kiosk = relay.demo_kiosk().await;
    let mut elsewhere = relay.greeted_kiosk(&elsewhere, None).await;
    assert_eq!(called(&mut kiosk).await, []);
    assert_eq!(called(&mut elsewhere).await, []);
    let answer = tell(&relay, SECRET, "/hooks/ticket", r#"{"number":"a-12","window":3}"#).await;
    assert_eq!(answer.status, 204);
    let first = called(&mut kiosk).await;
    assert_eq!((first[0].0.as_str(), first[0].1), ("А12", 3));

    // The same ticket once more is another call.
    tell(&relay, SECRET, "/hooks/ticket", r#"{"number":"А12","window":3}"#).await;
    let again = called(&mut kiosk).await;
    assert_ne!(again[0].2, first[0].2);

    tell(&relay, OTHER, "/hooks/ticket", r#"{"number":"7","window":1}"#).await;
    let there = called(&mut elsewhere).await;
    assert_eq!(there.len(), 1);
    assert_eq!(there[0].0, "7");

    // Who comes back finds what was called meanwhile.
    let mut back = relay.demo_kiosk().await;
    assert_eq!(called(&mut back).await, again);
    let measures = relay.get("/metrics").await.body;
    assert!(measures.contains("zhest_tickets_called_total 3"), "{measures}");
}

#[tokio::test]
async fn where_nobody_calls_tickets_a_kiosk_is_told_nothing_of_them() {
    let relay = Relay::start(relay_support::QUICK).await;
    let mut kiosk = relay.demo_kiosk().await;
    let heard = kiosk
        .hear(|message| matches!(message, ToKiosk::Tickets { .. } | ToKiosk::Availability { .. }))
        .await;
    assert!(matches!(heard, ToKiosk::Availability { .. }), "{heard:?}");
    let answer = tell(&relay, SECRET, "/hooks/ticket", r#"{"number":"1","window":1}"#).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn an_alarm_is_told_to_kiosks_and_to_the_interpreter_who_talks_with_one() {
    let relay = Relay::start(&hooks()).await;
    let (mut kiosk, mut page, _, _) = conversation(&relay).await;
    for (kind, alarm) in [
        ("air-raid", Some(Alarm::AirRaid)),
        ("fire", Some(Alarm::Fire)),
        ("clear", None),
    ] {
        let body = format!(r#"{{"kind":"{kind}"}}"#);
        assert_eq!(tell(&relay, SECRET, "/hooks/alarm", &body).await.status, 204);
        let heard = kiosk
            .hear(|message| matches!(message, ToKiosk::Alarm { .. }))
            .await;
        assert_eq!(heard, ToKiosk::Alarm { kind: alarm });
        let heard = page
            .hear(|message| matches!(message, ToInterpreter::Alarm { .. }))
            .await;
        assert_eq!(heard, ToInterpreter::Alarm { kind: alarm });
    }
}

#[tokio::test]
async fn a_kiosk_that_comes_during_an_alarm_is_told_and_may_ask_for_help() {
    let relay = Relay::start(&hooks()).await;
    tell(&relay, SECRET, "/hooks/alarm", r#"{"kind":"air-raid"}"#).await;
    let mut kiosk = relay.demo_kiosk().await;
    kiosk
        .hear(|message| {
            matches!(
                message,
                ToKiosk::Alarm {
                    kind: Some(Alarm::AirRaid)
                }
            )
        })
        .await;
    let mut page = relay.available("demo-1", 7).await;
    kiosk.say(&FromKiosk::Help).await;
    kiosk.request().await;
    assert!(
        relay
            .get("/metrics")
            .await
            .body
            .contains("zhest_help_wanted_total 1")
    );
    assert!(relay.log().contains("needs help"));

    // Who answers is told at once.
    let offer = page.offered().await;
    page.accept(offer).await;
    page.hear(|message| matches!(message, ToInterpreter::Alarm { kind: Some(_) }))
        .await;
}

#[tokio::test]
async fn a_kiosk_that_was_away_when_an_alarm_ended_is_told_when_it_is_back() {
    let mut relay = Relay::start(&hooks()).await;
    tell(&relay, SECRET, "/hooks/alarm", r#"{"kind":"fire"}"#).await;
    let mut kiosk = relay.demo_kiosk().await;
    let fire = |message: &ToKiosk| {
        *message
            == ToKiosk::Alarm {
                kind: Some(Alarm::Fire),
            }
    };
    kiosk.hear(fire).await;
    drop(kiosk);
    tell(&relay, SECRET, "/hooks/alarm", r#"{"kind":"clear"}"#).await;
    let mut kiosk = relay.demo_kiosk().await;
    kiosk
        .hear(|message| matches!(message, ToKiosk::Alarm { kind: None }))
        .await;

    // A relay that was restarted ends no alarm: it does not know of any.
    relay.kill();
    relay.start_again().await;
    let mut kiosk = relay.demo_kiosk().await;
    let heard = kiosk
        .hear(|message| matches!(message, ToKiosk::Alarm { .. } | ToKiosk::Availability { .. }))
        .await;
    assert!(matches!(heard, ToKiosk::Availability { .. }), "{heard:?}");
}

#[tokio::test]
async fn strangers_and_mistakes_are_answered_with_a_sentence() {
    let relay = Relay::start(&hooks()).await;
    let stranger = tell(&relay, "guess", "/hooks/alarm", r#"{"kind":"fire"}"#).await;
    assert_eq!(stranger.status, 401);
    assert!(
        stranger.body.contains("Authorization: Bearer"),
        "{}",
        stranger.body
    );
    assert_eq!(relay.post("/hooks/ticket", "").await.status, 401);

    for (path, body, status, sentence) in [
        (
            "/hooks/ticket",
            r#"{"number":"<b>","window":1}"#,
            400,
            "letters and digits",
        ),
        ("/hooks/ticket", r#"{"number":"A1"}"#, 400, "window"),
        ("/hooks/ticket", "", 400, "number"),
        ("/hooks/alarm", r#"{"kind":"flood"}"#, 400, "air-raid"),
        ("/hooks/alarm", &"x".repeat(MAX_MESSAGE + 1), 413, "64 KiB"),
    ] {
        let answer = tell(&relay, SECRET, path, body).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(sentence), "{}", answer.body);
    }
}

#[tokio::test]
async fn whoever_guesses_is_slowed_down_and_holds_up_nobody() {
    let relay = Relay::start(&hooks()).await;
    let _elsewhere = relay.greeted_kiosk(&relay.add_kiosk("elsewhere"), None).await;
    let mut last = 0;
    for _ in 0..10 {
        last = tell(&relay, "guess", "/hooks/alarm", r#"{"kind":"fire"}"#)
            .await
            .status;
    }
    assert_eq!(last, 429);
    let right = tell(&relay, SECRET, "/hooks/alarm", r#"{"kind":"fire"}"#).await;
    assert_eq!(right.status, 204);
    // A queue gone mad is stopped too, and silences no alarm.
    for _ in 0..30 {
        last = tell(&relay, OTHER, "/hooks/ticket", r#"{"number":"1","window":1}"#)
            .await
            .status;
    }
    assert_eq!(last, 429);
    let fire = tell(&relay, OTHER, "/hooks/alarm", r#"{"kind":"fire"}"#).await;
    assert_eq!(fire.status, 204);
}

#[tokio::test]
async fn an_alarm_where_no_kiosk_stands_is_told_to_be_nobodys_and_kept_for_one_that_is_added() {
    let relay = Relay::start(&hooks()).await;
    let answer = tell(&relay, OTHER, "/hooks/alarm", r#"{"kind":"fire"}"#).await;
    assert_eq!(answer.status, 404);
    assert!(
        answer.body.contains("`zhest-relay kiosk list`"),
        "{}",
        answer.body
    );
    assert!(relay.log().contains("no kiosk stands"));
    let added = relay.add_kiosk("added");
    let mut kiosk = relay.greeted_kiosk(&added, None).await;
    kiosk
        .hear(|message| {
            matches!(
                message,
                ToKiosk::Alarm {
                    kind: Some(Alarm::Fire)
                }
            )
        })
        .await;
}
