//! What a peer may send, and what it costs nobody else.
#![cfg(feature = "relay")]

mod relay_support;

use std::time::Duration;

use relay_support::{QUICK, Relay, conversation, offer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;
use zhest::id::{CallId, Epoch, Leg};
use zhest::protocol::*;

fn text(text: &str) -> Message {
    Message::Text(text.to_owned().into())
}

#[tokio::test]
async fn garbage_is_answered_and_the_call_goes_on() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    for garbage in [
        "",
        "{",
        "[]",
        "null",
        r#"{"type":"no-such"}"#,
        r#"{"type":"hang-up"}"#,
        "\u{0}",
    ] {
        kiosk.say_raw(text(garbage)).await;
        let fault = kiosk.fault(FaultCode::Malformed, true).await;
        assert!(
            !fault.sentence.contains("no-such"),
            "a fault repeats nothing of the message"
        );
    }
    kiosk.say_raw(Message::Binary(vec![0xff; 100].into())).await;
    kiosk.fault(FaultCode::Malformed, true).await;
    kiosk.say_raw(text(&"x".repeat(MAX_MESSAGE + 1))).await;
    kiosk.fault(FaultCode::TooLarge, true).await;
    kiosk.say(&offer(at)).await;
    page.hear(|message| matches!(message, ToInterpreter::Signal { .. }))
        .await;
}

#[tokio::test]
async fn a_huge_message_ends_the_socket_and_not_the_call() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, _, resume) = conversation(&relay).await;
    kiosk.say_too_much(text(&"x".repeat(8 * MAX_MESSAGE))).await;
    kiosk.closed().await;
    page.hear(|message| matches!(message, ToInterpreter::Absent { .. }))
        .await;
    let mut kiosk = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    kiosk.joined().await;
}

#[tokio::test]
async fn endless_garbage_ends_the_socket() {
    let relay = Relay::start(QUICK).await;
    let mut kiosk = relay.demo_kiosk().await;
    for _ in 0..60 {
        kiosk.say_raw(text("{")).await;
    }
    assert_eq!(kiosk.closed().await, Some(1002));
}

#[tokio::test]
async fn a_flood_is_told_to_slow_down() {
    let relay = Relay::start(QUICK).await;
    let mut kiosk = relay.demo_kiosk().await;
    let at = At {
        call: CallId(uuid::Uuid::from_u128(1)),
        epoch: Epoch(1),
    };
    for _ in 0..240 {
        kiosk.say(&FromKiosk::HangUp { at }).await;
    }
    kiosk.fault(FaultCode::TooFast, true).await;
}

#[tokio::test]
async fn the_first_message_is_hello_in_this_version() {
    let relay = Relay::start(QUICK).await;
    let mut kiosk = relay.kiosk(&relay.demo_token()).await.unwrap();
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    };
    kiosk.say(&FromKiosk::Request { topic }).await;
    kiosk.fault(FaultCode::HelloFirst, true).await;
    kiosk
        .say(&FromKiosk::Hello {
            version: VERSION + 1,
            resume: None,
        })
        .await;
    kiosk.fault(FaultCode::Version, true).await;
    assert_eq!(kiosk.closed().await, Some(1002));
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let relay = Relay::start(QUICK).await;
    let mut kiosk = relay.kiosk(&relay.demo_token()).await.unwrap();
    let start = Instant::now();
    assert_eq!(kiosk.closed().await, Some(1002));
    assert!((Duration::from_secs(4)..Duration::from_secs(7)).contains(&start.elapsed()));
}

#[tokio::test]
async fn messages_out_of_order_are_refused_with_the_present_state() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    // From before it rang: what is written while it rings is still good.
    let old = At {
        epoch: Epoch(at.epoch.0 - 2),
        ..at
    };
    kiosk.say(&offer(old)).await;
    assert_eq!(kiosk.fault(FaultCode::Stale, true).await.at, Some(at));
    page.say(&FromInterpreter::Rejoin {
        at: old,
        camera: true,
    })
    .await;
    assert_eq!(page.fault(FaultCode::Stale, false).await.at, Some(at));
    page.say(&FromInterpreter::Accept { at, camera: true }).await;
    page.fault(FaultCode::NotNow, false).await;
    kiosk
        .say(&FromKiosk::Hello {
            version: VERSION,
            resume: None,
        })
        .await;
    kiosk.fault(FaultCode::NotNow, true).await;
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    };
    kiosk.say(&FromKiosk::Request { topic: topic.clone() }).await;
    assert_eq!(kiosk.fault(FaultCode::NotNow, true).await.at, Some(at));
    let nowhere = FromKiosk::Signal {
        at,
        to: Leg(9),
        round: zhest::id::Round(1),
        signal: Signal::Description {
            description: Description::Answer(String::new()),
        },
    };
    kiosk.say(&nowhere).await;
    kiosk.fault(FaultCode::NoCall, true).await;
    // Hanging up is taken at any epoch, by those whose call it is.
    let mut other = relay.greeted_kiosk(&relay.add_kiosk("other"), None).await;
    other.say(&FromKiosk::HangUp { at }).await;
    other.fault(FaultCode::NoCall, true).await;
    kiosk.say(&FromKiosk::HangUp { at: old }).await;
    assert_eq!(page.ended_for_interpreter().await, EndReason::Visitor);
}

#[tokio::test]
async fn the_language_tag_is_not_a_place_for_other_words() {
    let relay = Relay::start(QUICK).await;
    let _page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    let reading = "Іван Франко".to_owned();
    kiosk
        .say(&FromKiosk::Request {
            topic: Topic {
                service: None,
                signing: Signing::Ukl,
                reading,
                wishes: Wishes::default(),
            },
        })
        .await;
    kiosk.fault(FaultCode::Malformed, true).await;
}

#[tokio::test]
async fn a_wrong_token_is_401_and_a_wrong_origin_403() {
    let relay = Relay::start(QUICK).await;
    assert_eq!(relay.kiosk("wrong").await.err(), Some(401));
    assert_eq!(relay.socket("/ws/kiosk", &[]).await.err(), Some(401));
    let cookie = relay.log_in("demo-1").await;
    let evil = [("cookie", cookie.as_str()), ("origin", "https://evil.example")];
    assert_eq!(relay.socket("/ws/interpreter", &evil).await.err(), Some(403));
    assert_eq!(
        relay
            .socket("/ws/interpreter", &[("cookie", &cookie)])
            .await
            .err(),
        Some(403)
    );
    assert_eq!(relay.interpreter("zhest-session=wrong").await.err(), Some(401));
    // A kiosk's token opens no interpreter's socket.
    let token = format!("zhest-session={}", relay.demo_token());
    assert_eq!(relay.interpreter(&token).await.err(), Some(401));
    assert!(relay.interpreter(&cookie).await.is_ok());
}

#[tokio::test]
async fn who_is_removed_loses_the_socket() {
    let relay = Relay::start(QUICK).await;
    let mut page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    relay.command(&["interpreter", "disable", "demo-1"]);
    relay.command(&["kiosk", "remove", "demo"]);
    assert_eq!(page.closed().await, Some(4001));
    assert_eq!(kiosk.closed().await, Some(4001));
    assert_eq!(relay.kiosk(&relay.demo_token()).await.err(), Some(401));
}

#[tokio::test]
async fn a_page_hears_a_sign_of_life_although_nothing_changes() {
    let relay = Relay::start(QUICK).await;
    let mut page = relay.available("demo-1", 1).await;
    page.hear(|message| matches!(message, ToInterpreter::Pool { available: 1, .. }))
        .await;
    let start = Instant::now();
    page.hear(|message| matches!(message, ToInterpreter::Pool { available: 1, .. }))
        .await;
    assert!(start.elapsed() < Duration::from_secs(8));
}

#[tokio::test]
async fn a_connection_that_does_not_say_what_it_wants_is_closed() {
    let relay = &Relay::start(QUICK).await;
    let request = "GET /healthz/live HTTP/1.1\r\nhost: relay\r\n\r\n";
    // Nothing, the beginning of either version of HTTP, a head without its end, and a rest after a whole request.
    let said = ["", "P", "G", &request[..request.len() - 2], request];
    let closed = said.map(|said| async move {
        let mut connection = relay.connection().await.unwrap();
        connection.write_all(said.as_bytes()).await.unwrap();
        let end = timeout(Duration::from_secs(8), connection.read_to_end(&mut Vec::new())).await;
        assert!(end.is_ok(), "it is kept after {said:?}");
    });
    futures::future::join_all(closed).await;
}

#[tokio::test]
async fn idle_connections_take_neither_the_relays_room_nor_the_room_of_those_who_talk() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    let mut idle = Vec::new();
    let lives = || async {
        let answer = relay.try_http("GET", "/healthz/live", &[], "").await;
        answer.is_ok_and(|answer| answer.status == 200)
    };
    for _ in 0..511 {
        idle.push(relay.connection().await.unwrap());
    }
    assert!(lives().await, "the two who talk take no place");
    // The place of an answer is free again a moment after the answer was read.
    while lives().await {
        assert!(idle.len() < 520, "there is room for any number");
        idle.push(relay.connection().await.unwrap());
    }
    kiosk.say(&offer(at)).await;
    page.hear(|message| matches!(message, ToInterpreter::Signal { .. }))
        .await;
    drop(idle);
    let deadline = Instant::now() + Duration::from_secs(5);
    while !lives().await {
        assert!(Instant::now() < deadline, "there is room again");
    }
}

#[tokio::test]
async fn a_peer_that_stops_answering_is_absent_within_6_seconds() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, page, at, _) = conversation(&relay).await;
    // Held open and never read from again: no pong leaves it.
    let start = Instant::now();
    let absent = kiosk
        .hear(|message| matches!(message, ToKiosk::Absent { .. }))
        .await;
    assert_eq!(
        absent,
        ToKiosk::Absent {
            at,
            leg: Leg::INTERPRETER
        }
    );
    assert!(start.elapsed() < Duration::from_secs(6));
    drop(page);
}
