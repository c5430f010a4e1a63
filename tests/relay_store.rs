//! The store keeps what `dispatch` decided, and of two writers one wins.
#![cfg(feature = "relay")]

use std::path::Path;

use uuid::Uuid;
use zhest::dispatch::plan::Decision;
use zhest::dispatch::policy::Policy;
use zhest::dispatch::time::UnixMs;
use zhest::dispatch::wish::{InterpreterWish, KioskWish, Wish};
use zhest::dispatch::world::{Change, Presence, World};
use zhest::id::{CallId, InterpreterId, KioskId, Tab};
use zhest::protocol::{DeclineReason, EndReason, Face, Gender, Question, Signing, Status, Topic, Wishes};
use zhest::relay::secret::{Digest, digest};
use zhest::relay::store::sqlite::SqliteStore;
use zhest::relay::store::{Account, Committed, Kiosk, Store as _, StoreError};

const START: UnixMs = UnixMs(1_800_000_000_000);
const ANNA: InterpreterId = InterpreterId(1);
const BOHDAN: InterpreterId = InterpreterId(2);

async fn open(file: &Path) -> SqliteStore {
    SqliteStore::open(file).await.unwrap()
}

/// Two interpreters, both available, as the store has them.
async fn staffed(store: &SqliteStore) -> World {
    for (number, login) in [(ANNA, "anna"), (BOHDAN, "bohdan")] {
        let signs = vec![Signing::Ukl, Signing::Rsl];
        let account = Account {
            number,
            login: login.into(),
            signs,
            gender: None,
            disabled: false,
        };
        store
            .add_interpreter(account, "hash".into(), START)
            .await
            .unwrap();
    }
    let mut world = loaded(store).await;
    for id in [ANNA, BOHDAN] {
        let status = InterpreterWish::Status {
            status: Status::Available,
        };
        step(
            store,
            &mut world,
            Wish::Interpreter {
                interpreter: id,
                wish: status,
            },
        )
        .await;
    }
    world
}

/// Everybody is here.
async fn loaded(store: &SqliteStore) -> World {
    let snapshot = store.load().await.unwrap();
    let mut world = World::new(START);
    world.interpreters_seen = snapshot
        .interpreters
        .iter()
        .map(|one| (one.id, Presence::Here))
        .collect();
    world.interpreters = snapshot
        .interpreters
        .into_iter()
        .map(|one| (one.id, one))
        .collect();
    world.kiosks_seen = snapshot
        .calls
        .iter()
        .map(|call| (call.kiosk.clone(), Presence::Here))
        .collect();
    world.calls = snapshot.calls.into_iter().map(|call| (call.id, call)).collect();
    world
}

async fn step(store: &SqliteStore, world: &mut World, wish: Wish) {
    let change = world.grant(wish, &Policy::default(), START.plus(1)).unwrap();
    assert_eq!(store.commit(&change, None).await.unwrap(), Committed::Done);
    world.adopt(&change);
}

async fn request(store: &SqliteStore, world: &mut World, kiosk: &str) -> CallId {
    let call = CallId(Uuid::from_u128(kiosk.bytes().map(u128::from).sum()));
    let topic = Topic {
        service: Some("id-card".parse().unwrap()),
        signing: Signing::Rsl,
        reading: "en".into(),
        wishes: Wishes::default(),
    };
    let wish = KioskWish::Request { call, topic };
    step(
        store,
        world,
        Wish::Kiosk {
            kiosk: kiosk.parse().unwrap(),
            wish,
        },
    )
    .await;
    call
}

fn offer(world: &World, call: CallId, to: InterpreterId) -> Change {
    world
        .decide(Decision::Offer { call, to }, &Policy::default(), START.plus(2))
        .unwrap()
}

#[tokio::test]
async fn what_was_committed_is_what_is_loaded_in_every_phase() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    let mut world = staffed(&store).await;
    let call = request(&store, &mut world, "hall").await;
    let policy = Policy::default();
    let mut changes = 0;
    let decline = |at| InterpreterWish::Decline {
        at,
        reason: DeclineReason::Conflict,
    };
    let accept = |at| InterpreterWish::Accept {
        at,
        tab: Tab(u32::MAX),
        camera: true,
    };
    for round in 0..6 {
        let at = world.calls[&call].at();
        let by = |interpreter, wish| Wish::Interpreter { interpreter, wish };
        let change = match round {
            0 => Some(offer(&world, call, ANNA)),
            1 => world.grant(by(ANNA, decline(at)), &policy, START.plus(3)).ok(),
            2 => Some(offer(&world, call, BOHDAN)),
            3 => world.decide(Decision::RingOut { call }, &policy, START.plus(20_000)),
            4 => Some(offer(&world, call, BOHDAN)),
            _ => world
                .grant(by(BOHDAN, accept(at)), &policy, START.plus(30_000))
                .ok(),
        };
        let change = change.unwrap();
        assert_eq!(store.commit(&change, None).await.unwrap(), Committed::Done);
        world.adopt(&change);
        let found = loaded(&store).await;
        assert_eq!(found.calls, world.calls);
        assert_eq!(found.interpreters, world.interpreters);
        changes += 1;
    }
    assert_eq!(changes, 6);
    let end = world
        .decide(
            Decision::End {
                call,
                reason: EndReason::Lost,
            },
            &policy,
            START.plus(40_000),
        )
        .unwrap();
    assert_eq!(store.commit(&end, None).await.unwrap(), Committed::Done);
    assert!(store.load().await.unwrap().calls.is_empty());
    assert_eq!(
        store.end_of(call, "hall".parse().unwrap()).await.unwrap(),
        Some(EndReason::Lost)
    );
    assert_eq!(store.end_of(call, "other".parse().unwrap()).await.unwrap(), None);
}

#[tokio::test]
async fn a_given_call_is_kept_with_who_gave_it_and_how_often() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    let mut world = staffed(&store).await;
    let call = request(&store, &mut world, "hall").await;
    let offer = offer(&world, call, ANNA);
    assert_eq!(store.commit(&offer, None).await.unwrap(), Committed::Done);
    world.adopt(&offer);
    for transfers in 0..2 {
        let at = world.calls[&call].at();
        let wish = match transfers {
            0 => InterpreterWish::Accept {
                at,
                tab: Tab(7),
                camera: true,
            },
            _ => InterpreterWish::Transfer { at },
        };
        let interpreter = ANNA;
        step(&store, &mut world, Wish::Interpreter { interpreter, wish }).await;
        let found = loaded(&store).await;
        assert_eq!(found.calls, world.calls);
        assert_eq!(found.interpreters, world.interpreters);
        assert_eq!(found.calls[&call].transfers, transfers);
    }
}

#[tokio::test]
async fn of_two_writers_for_the_same_state_one_wins_and_the_other_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.sqlite");
    let (one, other) = (open(&file).await, open(&file).await);
    let mut world = staffed(&one).await;
    let call = request(&one, &mut world, "hall").await;
    let (to_anna, to_bohdan) = (offer(&world, call, ANNA), offer(&world, call, BOHDAN));
    let (first, second) = tokio::join!(one.commit(&to_anna, None), other.commit(&to_bohdan, None));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(
        (first == Committed::Done) != (second == Committed::Done),
        "{first:?} {second:?}"
    );
    let winner = if first == Committed::Done { ANNA } else { BOHDAN };
    assert_eq!(loaded(&one).await.calls[&call].holder(), Some(winner));
    assert_eq!(
        loaded(&one).await.calls[&call].epoch,
        world.calls[&call].epoch.next()
    );
}

#[tokio::test]
async fn an_interpreter_cannot_be_given_two_calls_whoever_decides_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    let mut world = staffed(&store).await;
    let first = request(&store, &mut world, "hall").await;
    let second = request(&store, &mut world, "yard").await;
    let (to_first, to_second) = (offer(&world, first, ANNA), offer(&world, second, ANNA));
    assert_eq!(store.commit(&to_first, None).await.unwrap(), Committed::Done);
    assert_eq!(store.commit(&to_second, None).await.unwrap(), Committed::Stale);
    assert_eq!(loaded(&store).await.calls[&second].holder(), None);
}

#[tokio::test]
async fn a_kiosk_cannot_have_two_calls_whoever_takes_the_request() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    let mut world = staffed(&store).await;
    let before = world.clone();
    request(&store, &mut world, "hall").await;
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    };
    let wish = KioskWish::Request {
        call: CallId(Uuid::from_u128(1)),
        topic,
    };
    let again = Wish::Kiosk {
        kiosk: "hall".parse().unwrap(),
        wish,
    };
    let change = before.grant(again, &Policy::default(), START).unwrap();
    assert_eq!(store.commit(&change, None).await.unwrap(), Committed::Stale);
}

#[tokio::test]
async fn only_the_right_token_resumes_and_only_while_the_call_lives() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    let mut world = staffed(&store).await;
    let call = CallId(Uuid::from_u128(5));
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    };
    let kiosk: KioskId = "hall".parse().unwrap();
    let wish = Wish::Kiosk {
        kiosk: kiosk.clone(),
        wish: KioskWish::Request { call, topic },
    };
    let change = world.grant(wish, &Policy::default(), START).unwrap();
    assert_eq!(
        store.commit(&change, Some(digest("right"))).await.unwrap(),
        Committed::Done
    );
    world.adopt(&change);
    assert!(store.may_resume(call, digest("right")).await.unwrap());
    assert!(!store.may_resume(call, digest("wrong")).await.unwrap());
    step(
        &store,
        &mut world,
        Wish::Kiosk {
            kiosk,
            wish: KioskWish::Leave { call },
        },
    )
    .await;
    assert!(!store.may_resume(call, digest("right")).await.unwrap());
}

#[tokio::test]
async fn a_session_ends_with_its_time_and_with_its_account() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    staffed(&store).await;
    let cookies: [Digest; 2] = [digest("first"), digest("second")];
    for cookie in cookies {
        store.open_session(cookie, ANNA, START.plus(1000)).await.unwrap();
    }
    assert_eq!(
        store.session(cookies[0], START.plus(999)).await.unwrap(),
        Some(ANNA)
    );
    assert_eq!(store.session(cookies[0], START.plus(1000)).await.unwrap(), None);
    store.close_session(cookies[0]).await.unwrap();
    assert_eq!(store.session(cookies[0], START).await.unwrap(), None);
    store.disable_interpreter("anna".into()).await.unwrap();
    assert_eq!(store.session(cookies[1], START).await.unwrap(), None);
    assert_eq!(store.account("anna".into()).await.unwrap(), None);
}

#[tokio::test]
async fn names_are_given_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    staffed(&store).await;
    let account = Account {
        number: ANNA,
        login: "other".into(),
        signs: vec![Signing::Ukl],
        gender: None,
        disabled: false,
    };
    let again = store.add_interpreter(account, "hash".into(), START).await;
    assert!(matches!(again, Err(StoreError::Taken)));
    let kiosk = || Kiosk {
        id: "hall".parse().unwrap(),
        cnap: "ЦНАП".into(),
        name: "Кіоск".into(),
        disabled: false,
    };
    store.add_kiosk(kiosk(), digest("a")).await.unwrap();
    assert!(matches!(
        store.add_kiosk(kiosk(), digest("b")).await,
        Err(StoreError::Taken)
    ));
    assert!(matches!(
        store.remove_kiosk("none".parse().unwrap()).await,
        Err(StoreError::Missing)
    ));
}

#[tokio::test]
async fn a_store_that_can_be_read_and_not_written_to_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.sqlite");
    let store = open(&file).await;
    store.ready().await.unwrap();
    let other = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert!(matches!(store.ready().await, Err(StoreError::Database(_))));
    held.rollback().await.unwrap();
    store.ready().await.unwrap();
}

#[tokio::test]
async fn wishes_and_what_interpreters_said_of_themselves_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.sqlite");
    let wishes = Wishes {
        interpreter: Some(Gender::Woman),
        text_only: true,
    };
    {
        let store = open(&file).await;
        let account = Account {
            number: ANNA,
            login: "anna".into(),
            signs: vec![Signing::Ukl],
            gender: Some(Gender::Woman),
            disabled: false,
        };
        store
            .add_interpreter(account, "hash".into(), START)
            .await
            .unwrap();
        let mut world = loaded(&store).await;
        let available = Wish::Interpreter {
            interpreter: ANNA,
            wish: InterpreterWish::Status {
                status: Status::Available,
            },
        };
        step(&store, &mut world, available).await;
        let topic = Topic {
            service: None,
            signing: Signing::Ukl,
            reading: "uk".into(),
            wishes,
        };
        let wish = KioskWish::Request {
            call: CallId(Uuid::from_u128(1)),
            topic,
        };
        let kiosk = "hall".parse().unwrap();
        step(&store, &mut world, Wish::Kiosk { kiosk, wish }).await;
        store.close().await;
    }
    let store = open(&file).await;
    let kept = store.load().await.unwrap();
    assert_eq!(kept.calls[0].topic.wishes, wishes);
    assert_eq!(kept.interpreters[0].gender, Some(Gender::Woman));
    assert_eq!(store.accounts().await.unwrap()[0].gender, Some(Gender::Woman));
}

#[tokio::test]
async fn what_a_visitor_wished_for_is_forgotten_with_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.sqlite");
    let store = open(&file).await;
    let mut world = staffed(&store).await;
    let call = CallId(Uuid::from_u128(1));
    let topic = Topic {
        service: None,
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes {
            interpreter: Some(Gender::Woman),
            text_only: true,
        },
    };
    for wish in [KioskWish::Request { call, topic }, KioskWish::Leave { call }] {
        let kiosk = "hall".parse().unwrap();
        step(&store, &mut world, Wish::Kiosk { kiosk, wish }).await;
    }
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let left: (Option<String>, bool) = sqlx::query_as("SELECT wished, text_only FROM calls")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, (None, false));
}

#[tokio::test]
async fn answers_are_sums_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.sqlite")).await;
    assert_eq!(store.answers().await.unwrap(), []);
    for (question, face) in [
        (Question::Understood, Face::Yes),
        (Question::Seen, Face::Yes),
        (Question::Understood, Face::No),
        (Question::Understood, Face::Yes),
    ] {
        store.count_answer(question, face).await.unwrap();
    }
    let mut sums = store.answers().await.unwrap();
    sums.sort();
    let understood = |face, count| (Question::Understood, face, count);
    assert_eq!(
        sums,
        [
            understood(Face::Yes, 2),
            understood(Face::No, 1),
            (Question::Seen, Face::Yes, 1)
        ]
    );
}
