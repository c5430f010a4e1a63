//! The relay dies or is stopped, and starts again on the same state folder.
#![cfg(feature = "relay")]

mod relay_support;

use relay_support::{QUICK, Relay, conversation, offer};
use zhest::id::Tab;
use zhest::protocol::*;

#[tokio::test]
async fn killed_while_a_call_waits_it_is_found_again_with_its_place() {
    let mut relay = Relay::start("[routing]\nring_s = 60.0\nwrap_up_s = 0.0\n").await;
    let (_first, page, _, _) = conversation(&relay).await;
    let token = relay.add_kiosk("second");
    let mut kiosk = relay.greeted_kiosk(&token, None).await;
    let (asked, resume) = kiosk.request().await;
    relay.kill();
    drop((kiosk, page));
    relay.start_again().await;
    let mut kiosk = relay.greeted_kiosk(&token, Some(resume.clone())).await;
    let (at, again) = kiosk.queued().await;
    assert_eq!(at, asked);
    assert!(again == resume, "the same token");
    // Somebody else's token finds nothing.
    let stolen = Resume {
        call: at.call,
        token: ResumeToken("guess".into()),
    };
    let mut thief = relay.greeted_kiosk(&relay.demo_token(), Some(stolen)).await;
    assert_eq!(thief.ended_for_kiosk().await, EndReason::Lost);
    let mut page = relay.available("demo-2", 9).await;
    assert_eq!(page.offered().await.call, at.call);
}

#[tokio::test]
async fn killed_in_a_conversation_both_sides_find_it_again() {
    let mut relay = Relay::start(QUICK).await;
    let (kiosk, page, at, resume) = conversation(&relay).await;
    let cookie = relay.log_in("demo-1").await;
    relay.kill();
    drop((kiosk, page));
    relay.start_again().await;
    let mut kiosk = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    let (again, interpreter, tab) = kiosk.joined().await;
    assert_eq!((again, interpreter, tab), (at, 14, Tab(7)));
    kiosk
        .hear(|message| matches!(message, ToKiosk::Absent { .. }))
        .await;
    kiosk.say(&offer(at)).await;
    let (mut page, welcome) = relay.page(&cookie, 7).await;
    let ToInterpreter::Welcome { live, status, .. } = welcome else {
        panic!("{welcome:?}")
    };
    assert_eq!(live.unwrap().at, at);
    assert_eq!(status, Status::Available);
    page.hear(|message| matches!(message, ToInterpreter::Signal { .. }))
        .await;
    kiosk
        .hear(|message| matches!(message, ToKiosk::Present { .. }))
        .await;
    page.say(&FromInterpreter::HangUp { at }).await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Interpreter);
}

#[tokio::test]
async fn a_call_whose_visitor_does_not_come_back_after_a_restart_is_lost() {
    let mut relay = Relay::start(QUICK).await;
    let (kiosk, page, at, resume) = conversation(&relay).await;
    let cookie = relay.log_in("demo-1").await;
    relay.kill();
    drop((kiosk, page));
    relay.start_again().await;
    let (mut page, welcome) = relay.page(&cookie, 7).await;
    assert!(matches!(welcome, ToInterpreter::Welcome { live: Some(live), .. } if live.at == at));
    assert_eq!(page.ended_for_interpreter().await, EndReason::Lost);
    let mut late = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    assert_eq!(late.ended_for_kiosk().await, EndReason::Lost);
}

#[tokio::test]
async fn told_to_stop_it_takes_no_new_call_waits_for_the_conversation_and_ends() {
    let mut relay = Relay::start("drain_s = 30\n[routing]\nwrap_up_s = 0.0\n").await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    let mut other = relay.greeted_kiosk(&relay.add_kiosk("other"), None).await;
    relay.terminate();
    let closed = |message: &ToKiosk| {
        matches!(
            message,
            ToKiosk::Availability {
                availability: Availability::Closed { .. }
            }
        )
    };
    other.hear(closed).await;
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    };
    other.say(&FromKiosk::Request { topic }).await;
    other.fault(FaultCode::Unavailable, true).await;
    assert_eq!(relay.get("/healthz/ready").await.status, 503);
    assert_eq!(relay.get("/healthz/live").await.status, 200);
    kiosk.say(&offer(at)).await;
    page.hear(|message| matches!(message, ToInterpreter::Signal { .. }))
        .await;
    page.say(&FromInterpreter::HangUp { at }).await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Interpreter);
    assert_eq!(other.closed().await, Some(1012));
    assert_eq!(page.closed().await, Some(1012));
    assert!(relay.ended().await.success());
}

#[tokio::test]
async fn a_conversation_longer_than_the_patience_survives_the_restart() {
    let mut relay = Relay::start("drain_s = 0").await;
    let (mut kiosk, mut page, at, resume) = conversation(&relay).await;
    let cookie = relay.log_in("demo-1").await;
    relay.terminate();
    assert_eq!(kiosk.closed().await, Some(1012));
    assert_eq!(page.closed().await, Some(1012));
    assert!(relay.ended().await.success());
    relay.start_again().await;
    let mut kiosk = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    assert_eq!(kiosk.joined().await.0, at);
    let (_page, welcome) = relay.page(&cookie, 7).await;
    assert!(matches!(welcome, ToInterpreter::Welcome { live: Some(_), .. }));
}
