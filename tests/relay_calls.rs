//! Whole calls through the real relay.
#![cfg(feature = "relay")]

mod relay_support;

use relay_support::{CANDIDATE, QUICK, Relay, SDP, candidate, conversation, offer};
use sqlx::Row as _;
use zhest::id::{Epoch, InterpreterId, Leg, Tab};
use zhest::protocol::*;

#[tokio::test]
async fn an_answer_is_counted_and_belongs_to_nobody() {
    let relay = Relay::start(QUICK).await;
    let mut kiosk = relay.demo_kiosk().await;
    for (question, face) in [
        (Question::Understood, Face::Yes),
        (Question::Seen, Face::Partly),
        (Question::Understood, Face::Yes),
    ] {
        kiosk.say(&FromKiosk::Answer { question, face }).await;
    }
    // A refused message tells that those before it were heard.
    kiosk
        .say(&FromKiosk::Hello {
            version: VERSION,
            resume: None,
        })
        .await;
    kiosk.fault(FaultCode::NotNow, true).await;
    let measures = relay.get("/metrics").await.body;
    for (question, face, count) in [
        ("understood", "yes", 2),
        ("understood", "no", 0),
        ("seen", "yes", 0),
        ("seen", "partly", 1),
    ] {
        let line = format!("zhest_answers_total{{question=\"{question}\",face=\"{face}\"}} {count}");
        assert!(measures.contains(&line), "{line}:\n{measures}");
    }
}

#[tokio::test]
async fn a_whole_call_from_the_request_to_the_outcome() {
    let relay = Relay::start("[routing]\nwrap_up_s = 30.0").await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;

    kiosk.say(&offer(at)).await;
    let heard = page
        .hear(|message| matches!(message, ToInterpreter::Signal { .. }))
        .await;
    let ToInterpreter::Signal {
        from,
        signal: Signal::Description { description },
        ..
    } = heard
    else {
        panic!("{heard:?}")
    };
    assert_eq!(from, Leg::KIOSK);
    assert!(description == Description::Offer(SDP.into()));

    page.say(&candidate(at)).await;
    let heard = kiosk
        .hear(|message| matches!(message, ToKiosk::Signal { .. }))
        .await;
    let ToKiosk::Signal {
        signal: Signal::Candidate { candidate },
        ..
    } = heard
    else {
        panic!("{heard:?}")
    };
    assert_eq!(candidate.candidate, CANDIDATE);

    kiosk.say(&FromKiosk::HangUp { at }).await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Visitor);
    let ended = page
        .hear(|message| matches!(message, ToInterpreter::Ended { .. }))
        .await;
    let ToInterpreter::Ended { reason, wrap_up, .. } = ended else {
        panic!("{ended:?}")
    };
    assert_eq!(reason, EndReason::Visitor);
    assert!(wrap_up.is_some_and(|wrap| wrap.call == at.call && wrap.remaining_s > 25));
    page.say(&FromInterpreter::WrapUp {
        call: at.call,
        outcome: Some(Outcome::Resolved),
    })
    .await;
    page.hear(|message| matches!(message, ToInterpreter::Pool { available: 1, .. }))
        .await;

    // The record: what it was about and how long, and nothing about who.
    let file = format!("sqlite://{}", relay.state("relay.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&file).await.unwrap();
    let row = sqlx::query("SELECT * FROM calls").fetch_one(&pool).await.unwrap();
    assert_eq!(row.get::<String, _>("phase"), "ended");
    assert_eq!(row.get::<String, _>("service"), "id-card");
    assert_eq!(row.get::<String, _>("end_reason"), "visitor");
    assert_eq!(row.get::<String, _>("outcome"), "resolved");
    assert_eq!(row.get::<Option<Vec<u8>>, _>("resume"), None);
    assert_eq!(row.get::<Option<String>, _>("wished"), None);
    let mut columns: Vec<&str> = row.columns().iter().map(sqlx::Column::name).collect();
    columns.sort_unstable();
    let known = "camera end_reason ended_at epoch first_answered_at held_since id interpreter kiosk missed outcome \
                 passed_by phase reading refused requested_at requeues resume service signing tab text_only \
                 transfers wished";
    assert_eq!(
        columns.join(" "),
        known,
        "a new column needs a thought about whose data it holds"
    );

    let measures = relay.get("/metrics").await.body;
    for line in [
        "zhest_calls_requested_total 1",
        "zhest_calls_answered_total 1",
        "zhest_calls_ended_total 1",
        "zhest_calls_waiting 0",
        "zhest_wait_seconds_count 1",
        "zhest_sockets{peer=\"kiosk\"} 1",
    ] {
        assert!(measures.contains(line), "{line} is not in:\n{measures}");
    }
}

#[tokio::test]
async fn while_it_rings_both_sides_connect_and_what_comes_late_is_carried_after_the_answer_too() {
    let relay = Relay::start(QUICK).await;
    let mut page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    let (asked, _) = kiosk.request().await;
    let ringing = kiosk.ringing().await;
    assert_eq!(page.offered().await, ringing);
    let to_page = |message: &ToInterpreter| matches!(message, ToInterpreter::Signal { .. });
    let to_kiosk = |message: &ToKiosk| matches!(message, ToKiosk::Signal { .. });

    kiosk.say(&offer(ringing)).await;
    page.hear(to_page).await;
    page.say(&candidate(ringing)).await;
    kiosk.hear(to_kiosk).await;

    page.accept(ringing).await;
    kiosk.joined().await;
    kiosk.say(&offer(ringing)).await;
    page.hear(to_page).await;
    page.say(&candidate(ringing)).await;
    kiosk.hear(to_kiosk).await;
    kiosk.say(&offer(asked)).await;
    kiosk.fault(FaultCode::Stale, true).await;
}

#[tokio::test]
async fn who_let_it_ring_out_has_nothing_more_to_say_to_the_visitor() {
    let relay = Relay::start(QUICK).await;
    let mut first = relay.available("demo-1", 1).await;
    let mut second = relay.available("demo-2", 2).await;
    let mut kiosk = relay.demo_kiosk().await;
    kiosk.request().await;
    let missed = first.offered().await;
    let at = second.offered().await;
    for at in [missed, at] {
        first.say(&candidate(at)).await;
        first.fault(FaultCode::NoCall, false).await;
    }
    second.say(&candidate(at)).await;
    kiosk
        .hear(|message| matches!(message, ToKiosk::Signal { at: of, .. } if *of == at))
        .await;
}

#[tokio::test]
async fn a_page_that_comes_back_while_it_rings_makes_the_kiosk_connect_anew() {
    let relay = Relay::start(QUICK).await;
    let page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    kiosk.request().await;
    let ringing = kiosk.ringing().await;
    let cookie = relay.log_in("demo-1").await;
    let (mut other, _) = relay.page(&cookie, 2).await;
    assert_eq!(other.offered().await, ringing);
    assert_eq!(kiosk.ringing().await, ringing);
    drop(page);
}

#[tokio::test]
async fn a_call_that_rings_out_goes_to_the_next_who_then_answers() {
    let relay = Relay::start(QUICK).await;
    let mut first = relay.available("demo-1", 1).await;
    let mut second = relay.available("demo-2", 2).await;
    let mut kiosk = relay.demo_kiosk().await;
    let (asked, _) = kiosk.request().await;
    let missed = first.offered().await;
    assert_eq!(missed.epoch, asked.epoch.next());
    let gone = first
        .hear(|message| matches!(message, ToInterpreter::OfferGone { .. }))
        .await;
    assert_eq!(
        gone,
        ToInterpreter::OfferGone {
            call: asked.call,
            why: OfferGone::Missed
        }
    );
    let at = second.offered().await;

    // Both answer: the one it no longer rings at is told.
    first
        .say(&FromInterpreter::Accept {
            at: missed,
            camera: true,
        })
        .await;
    let fault = first.fault(FaultCode::Stale, false).await;
    assert_eq!(fault.at, Some(at));
    second.accept(at).await;
    let (_, interpreter, tab) = kiosk.joined().await;
    assert_eq!((InterpreterId(interpreter), tab), (InterpreterId(27), Tab(2)));
    first.say(&FromInterpreter::Accept { at, camera: true }).await;
    first
        .hear(|message| {
            matches!(
                message,
                ToInterpreter::OfferGone {
                    why: OfferGone::Taken,
                    ..
                }
            )
        })
        .await;
    assert!(
        relay
            .get("/metrics")
            .await
            .body
            .contains("zhest_ring_no_answer_total 1")
    );
}

#[tokio::test]
async fn who_misses_two_offers_is_put_on_a_break_and_told_why() {
    let relay = Relay::start(QUICK).await;
    let mut page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    kiosk.request().await;
    let told = page
        .hear(|message| {
            matches!(
                message,
                ToInterpreter::Status {
                    status: Status::Break,
                    ..
                }
            )
        })
        .await;
    assert!(matches!(told, ToInterpreter::Status { missed: true, .. }));
    kiosk
        .hear(|message| {
            matches!(
                message,
                ToKiosk::Availability {
                    availability: Availability::Unstaffed
                }
            )
        })
        .await;
}

#[tokio::test]
async fn the_interpreter_is_lost_and_the_visitor_queues_again_before_those_who_came_later() {
    let relay = Relay::start("[routing]\nwrap_up_s = 0.0\naway_s = 20.0").await;
    let (mut kiosk, page, at, _) = conversation(&relay).await;
    let mut busy = relay.available("demo-2", 3).await;
    let mut second = relay.greeted_kiosk(&relay.add_kiosk("second"), None).await;
    second.request().await;
    let offer = busy.offered().await;
    busy.accept(offer).await;
    let mut later = relay.greeted_kiosk(&relay.add_kiosk("later"), None).await;
    later.request().await;

    drop(page);
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
    kiosk.say(&FromKiosk::Requeue { at }).await;
    let queued = kiosk
        .hear(|message| matches!(message, ToKiosk::Queued { .. }))
        .await;
    assert!(matches!(queued, ToKiosk::Queued { place: 1, .. }), "{queued:?}");
    later
        .hear(|message| matches!(message, ToKiosk::Queued { place: 2, .. }))
        .await;
    kiosk.say(&FromKiosk::Requeue { at }).await;
    kiosk.fault(FaultCode::Stale, true).await;

    busy.say(&FromInterpreter::HangUp { at: offer }).await;
    busy.ended_for_interpreter().await;
    assert_eq!(busy.offered().await.call, at.call);
}

#[tokio::test]
async fn a_visitor_who_asks_for_another_interpreter_is_told_each_step_to_them() {
    let relay = Relay::start("[routing]\nwrap_up_s = 30.0\naway_s = 20.0").await;
    let (mut kiosk, _page, at, resume) = conversation(&relay).await;
    let mut other = relay.available("demo-2", 3).await;
    kiosk.say(&FromKiosk::Requeue { at }).await;
    let (queued, _) = kiosk.queued().await;
    assert_eq!(queued.epoch, at.epoch.next());
    let ringing = kiosk.ringing().await;
    assert_eq!(ringing.epoch, queued.epoch.next());

    // The socket that was lost meanwhile hears the same of its call.
    drop(kiosk);
    let mut kiosk = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    assert_eq!(kiosk.queued().await.0, ringing);
    assert_eq!(kiosk.ringing().await, ringing);
    let offer = other.offered().await;
    other.accept(offer).await;
    assert_eq!(kiosk.joined().await.1, 27);
}

#[tokio::test]
async fn a_visitor_whose_call_everybody_declined_is_told_that_nobody_can_answer() {
    let relay = Relay::start(QUICK).await;
    let mut page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    kiosk.request().await;
    let at = page.offered().await;
    let reason = DeclineReason::Topic;
    page.say(&FromInterpreter::Decline { at, reason }).await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Unavailable);
}

#[tokio::test]
async fn a_visitor_who_gives_up_stops_the_ringing() {
    let relay = Relay::start(QUICK).await;
    let mut page = relay.available("demo-1", 1).await;
    let mut kiosk = relay.demo_kiosk().await;
    let (asked, _) = kiosk.request().await;
    page.offered().await;
    kiosk.say(&FromKiosk::Cancel { at: asked }).await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Visitor);
    let gone = page
        .hear(|message| matches!(message, ToInterpreter::OfferGone { .. }))
        .await;
    assert_eq!(
        gone,
        ToInterpreter::OfferGone {
            call: asked.call,
            why: OfferGone::Cancelled
        }
    );
}

#[tokio::test]
async fn a_lost_page_comes_back_with_its_connection_and_finds_its_letters() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, page, at, _) = conversation(&relay).await;
    let cookie = relay.log_in("demo-1").await;
    drop(page);
    kiosk
        .hear(|message| matches!(message, ToKiosk::Absent { .. }))
        .await;
    kiosk.say(&offer(at)).await;
    let (mut page, welcome) = relay.page(&cookie, 7).await;
    let ToInterpreter::Welcome { live, .. } = welcome else {
        panic!("{welcome:?}")
    };
    assert_eq!(live.unwrap().at, at);
    page.hear(|message| matches!(message, ToInterpreter::Signal { from: Leg::KIOSK, .. }))
        .await;
    kiosk
        .hear(|message| {
            matches!(
                message,
                ToKiosk::Present {
                    leg: Leg::INTERPRETER,
                    ..
                }
            )
        })
        .await;
}

#[tokio::test]
async fn a_reloaded_page_takes_the_old_ones_place_and_the_kiosk_is_told_to_offer_anew() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut old, at, _) = conversation(&relay).await;
    let cookie = relay.log_in("demo-1").await;
    let (mut new, welcome) = relay.page(&cookie, 8).await;
    assert!(matches!(welcome, ToInterpreter::Welcome { live: Some(_), .. }));
    old.hear(|message| matches!(message, ToInterpreter::Replaced))
        .await;
    assert_eq!(old.closed().await, Some(4000));
    new.say(&FromInterpreter::Rejoin { at, camera: false }).await;
    let joined = kiosk
        .hear(|message| matches!(message, ToKiosk::Joined { .. }))
        .await;
    assert!(
        matches!(
            joined,
            ToKiosk::Joined {
                tab: Tab(8),
                camera: false,
                ..
            }
        ),
        "{joined:?}"
    );
    kiosk.say(&offer(at)).await;
    new.hear(|message| matches!(message, ToInterpreter::Signal { .. }))
        .await;
}

#[tokio::test]
async fn a_kiosk_without_a_resume_leaves_its_old_call_lost() {
    let relay = Relay::start(QUICK).await;
    let (kiosk, mut page, _, resume) = conversation(&relay).await;
    drop(kiosk);
    page.hear(|message| matches!(message, ToInterpreter::Absent { leg: Leg::KIOSK, .. }))
        .await;
    let _kiosk = relay.demo_kiosk().await;
    assert_eq!(page.ended_for_interpreter().await, EndReason::Lost);
    let mut late = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    assert_eq!(late.ended_for_kiosk().await, EndReason::Lost);
}

#[tokio::test]
async fn a_side_that_stays_away_ends_the_call() {
    let relay = Relay::start(QUICK).await;
    let (kiosk, mut page, _, resume) = conversation(&relay).await;
    drop(kiosk);
    assert_eq!(page.ended_for_interpreter().await, EndReason::Lost);
    let mut late = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    assert_eq!(late.ended_for_kiosk().await, EndReason::Lost);
}

#[tokio::test]
async fn outside_opening_hours_a_kiosk_is_told_and_a_request_refused() {
    // One minute of one day: whenever this runs, it is (nearly) never then, and never all week.
    let relay = Relay::start("[hours]\nsunday = \"03:14-03:15\"").await;
    let mut kiosk = relay.kiosk(&relay.demo_token()).await.unwrap();
    kiosk
        .say(&FromKiosk::Hello {
            version: VERSION,
            resume: None,
        })
        .await;
    let heard = kiosk
        .hear(|message| matches!(message, ToKiosk::Availability { .. }))
        .await;
    let ToKiosk::Availability {
        availability: Availability::Closed { opens },
    } = heard
    else {
        panic!("{heard:?}")
    };
    assert!(opens.unwrap().ends_with("T03:14"));
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    };
    kiosk.say(&FromKiosk::Request { topic }).await;
    kiosk.fault(FaultCode::Unavailable, true).await;
}

#[tokio::test]
async fn a_wrong_resume_token_ends_the_call_instead_of_taking_it_over() {
    let relay = Relay::start(QUICK).await;
    let (kiosk, mut page, at, _) = conversation(&relay).await;
    drop(kiosk);
    let stolen = Resume {
        call: at.call,
        token: ResumeToken("guess".into()),
    };
    let mut thief = relay.greeted_kiosk(&relay.demo_token(), Some(stolen)).await;
    assert_eq!(thief.ended_for_kiosk().await, EndReason::Lost);
    assert_eq!(page.ended_for_interpreter().await, EndReason::Lost);
}

#[tokio::test]
async fn a_hold_is_carried_both_ways_and_only_within_its_own_call() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    for on in [true, false] {
        page.say(&FromInterpreter::Hold { at, on }).await;
        let asked = kiosk
            .hear(|message| matches!(message, ToKiosk::Hold { .. }))
            .await;
        assert_eq!(asked, ToKiosk::Hold { at, on });
        kiosk.say(&FromKiosk::Hold { at, on }).await;
        let told = page
            .hear(|message| matches!(message, ToInterpreter::Hold { .. }))
            .await;
        assert_eq!(told, ToInterpreter::Hold { at, on });
    }
    let old = At {
        epoch: Epoch(at.epoch.0 - 1),
        ..at
    };
    kiosk.say(&FromKiosk::Hold { at: old, on: true }).await;
    assert_eq!(kiosk.fault(FaultCode::Stale, true).await.at, Some(at));
    page.say(&FromInterpreter::Hold { at: old, on: true }).await;
    assert_eq!(page.fault(FaultCode::Stale, false).await.at, Some(at));
    let mut other = relay.greeted_kiosk(&relay.add_kiosk("kiosk-2"), None).await;
    other.say(&FromKiosk::Hold { at, on: true }).await;
    other.fault(FaultCode::NoCall, true).await;
    let mut other = relay.available("demo-2", 2).await;
    other.say(&FromInterpreter::Hold { at, on: true }).await;
    other.fault(FaultCode::NoCall, false).await;
}

#[tokio::test]
async fn each_side_is_told_whether_the_other_can_read_its_hands() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    for fluent in [false, true] {
        page.say(&FromInterpreter::Sight { at, fluent }).await;
        let told = kiosk
            .hear(|message| matches!(message, ToKiosk::Sight { .. }))
            .await;
        assert_eq!(told, ToKiosk::Sight { at, fluent });
        kiosk.say(&FromKiosk::Sight { at, fluent }).await;
        let told = page
            .hear(|message| matches!(message, ToInterpreter::Sight { .. }))
            .await;
        assert_eq!(told, ToInterpreter::Sight { at, fluent });
    }
    let mut other = relay.greeted_kiosk(&relay.add_kiosk("kiosk-2"), None).await;
    other.say(&FromKiosk::Sight { at, fluent: false }).await;
    other.fault(FaultCode::NoCall, true).await;
}

#[tokio::test]
async fn a_visitor_is_given_to_a_colleague_who_takes_over() {
    let relay = Relay::start("[routing]\nwrap_up_s = 30.0\naway_s = 20.0").await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    let mut colleague = relay.available("demo-2", 3).await;
    page.say(&FromInterpreter::Transfer { at }).await;
    // Each step is told to the kiosk, and none of them is an end.
    let (queued, _) = kiosk.queued().await;
    assert_eq!(queued.epoch, at.epoch.next());
    assert_eq!(kiosk.ringing().await.epoch, queued.epoch.next());
    let told = page
        .hear(|message| {
            matches!(
                message,
                ToInterpreter::Transferred { .. } | ToInterpreter::Ended { .. }
            )
        })
        .await;
    let ToInterpreter::Transferred { call, wrap_up } = told else {
        panic!("{told:?}")
    };
    assert_eq!(call, at.call);
    assert!(wrap_up.is_some_and(|wrap| wrap.call == at.call && wrap.remaining_s > 25));

    // What the giver still says comes too late.
    page.say(&candidate(at)).await;
    page.fault(FaultCode::NoCall, false).await;
    page.say(&FromInterpreter::Transfer { at }).await;
    page.fault(FaultCode::Stale, false).await;

    let offer = colleague.offered().await;
    colleague.accept(offer).await;
    assert_eq!(kiosk.joined().await.1, 27);
    page.say(&FromInterpreter::WrapUp {
        call: at.call,
        outcome: Some(Outcome::Mistake),
    })
    .await;
    page.hear(|message| matches!(message, ToInterpreter::Pool { available: 1, .. }))
        .await;
    colleague.say(&FromInterpreter::HangUp { at: offer }).await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Interpreter);

    let file = format!("sqlite://{}", relay.state("relay.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&file).await.unwrap();
    let row = sqlx::query("SELECT transfers, requeues, interpreter, outcome FROM calls")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(
        (row.get::<i64, _>("transfers"), row.get::<i64, _>("requeues")),
        (1, 0)
    );
    assert_eq!(row.get::<i64, _>("interpreter"), 27);
    assert_eq!(
        row.get::<Option<String>, _>("outcome"),
        None,
        "whoever gave it away does not judge how it ended"
    );
    let measures = relay.get("/metrics").await.body;
    assert!(measures.contains("zhest_calls_transferred_total 1"), "{measures}");
}

#[tokio::test]
async fn without_a_free_colleague_a_transfer_is_refused_and_the_conversation_goes_on() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, _) = conversation(&relay).await;
    page.say(&FromInterpreter::Transfer { at }).await;
    page.fault(FaultCode::NobodyFree, false).await;
    page.say(&candidate(at)).await;
    kiosk
        .hear(|message| {
            assert!(
                !matches!(message, ToKiosk::Queued { .. } | ToKiosk::Ringing { .. }),
                "the visitor hears nothing of it"
            );
            matches!(message, ToKiosk::Signal { .. })
        })
        .await;
    let measures = relay.get("/metrics").await.body;
    assert!(measures.contains("zhest_calls_transferred_total 0"), "{measures}");
}

#[tokio::test]
async fn a_given_visitor_whom_every_colleague_declines_is_told_as_ever() {
    let relay = Relay::start(QUICK).await;
    let (mut kiosk, mut page, at, resume) = conversation(&relay).await;
    let mut colleague = relay.available("demo-2", 3).await;
    page.say(&FromInterpreter::Transfer { at }).await;
    let offer = colleague.offered().await;
    // The socket that is lost meanwhile hears of the present state.
    drop(kiosk);
    kiosk = relay.greeted_kiosk(&relay.demo_token(), Some(resume)).await;
    kiosk.ringing().await;
    let reason = DeclineReason::Conflict;
    colleague
        .say(&FromInterpreter::Decline { at: offer, reason })
        .await;
    assert_eq!(kiosk.ended_for_kiosk().await, EndReason::Unavailable);
}
