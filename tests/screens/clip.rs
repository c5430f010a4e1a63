//! Clips of signing, on the screens that have them.

use zhest::call::view::{self, Picture, Stage};
use zhest::clip::ClipId;
use zhest::kiosk::app::{COUNTDOWN_S, QUIET_S};
use zhest::kiosk::driver::Update;
use zhest::kiosk::player::{Stage as ClipStage, Wanted};
use zhest::locale::Language;
use zhest::media::clip::Wish;
use zhest::protocol::Alarm;

use crate::visit::{ATTRACT, PORTRAIT, RESIDENCE, Visit, ended, residence, talking, waiting};

fn wanted(place: &str, wish: Wish) -> Option<Wanted> {
    let id: ClipId = place.parse().expect("a place");
    Some(Wanted { id, wish })
}

fn once(plays: bool, slow: bool, round: u32) -> Wish {
    Wish::Once { plays, slow, round }
}

/// On the card of a service with a clip.
fn signed_residence() -> Visit {
    let mut visit = residence();
    visit.has_clips(&[RESIDENCE, "residence-registration.2"]);
    visit
}

#[test]
fn a_clip_waits_for_a_touch_and_does_what_it_is_told() {
    let mut visit = signed_residence();
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
    assert!(visit.shows_clip());
    visit.seconds_pass(5);
    assert_eq!(visit.clips(), [], "it never begins by itself");
    for (touch, wish) in [
        ("Дивитися", once(true, false, 0)),
        ("Пауза", once(false, false, 0)),
        ("Повільно", once(false, true, 0)),
        ("Дивитися", once(true, true, 0)),
        ("Ще раз", once(true, true, 1)),
        ("Повільно", once(true, false, 1)),
    ] {
        visit.tap(touch);
        assert_eq!(visit.clips(), [wanted(RESIDENCE, wish)], "{touch}");
    }
    visit.sees("Пауза");
    visit.clip_is(RESIDENCE, ClipStage::Ended(0));
    visit.sees("Пауза");
    assert_eq!(visit.clips(), [], "the end of a round that was begun anew");
    visit.clip_is(RESIDENCE, ClipStage::Ended(1));
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 1))]);
    visit.sees("Дивитися");
}

#[test]
fn a_place_without_a_clip_has_no_player() {
    let mut visit = residence();
    visit.has_clips(&["passport", "residence-registration.2"]);
    visit.sees_not("Дивитися");
    assert!(!visit.shows_clip());
    assert_eq!(visit.clips(), []);
    visit.tap("Кроки");
    visit.sees_not("Дивитися");
    visit.tap("Далі: крок 2");
    visit.sees("Дивитися");
    assert_eq!(
        visit.clips(),
        [wanted("residence-registration.2", once(false, false, 0))]
    );
    // A file that turned out to be broken.
    visit.has_clips(&["passport"]);
    visit.sees_not("Дивитися");
    assert!(!visit.shows_clip());
    assert_eq!(visit.clips(), [None]);
}

#[test]
fn slow_stays_for_the_clips_that_follow_and_playing_does_not() {
    let mut visit = signed_residence();
    visit.tap("Повільно");
    visit.tap("Дивитися");
    visit.tap("Кроки");
    visit.tap("Далі: крок 2");
    visit.clips();
    visit.tap("Дивитися");
    let step = "residence-registration.2";
    assert_eq!(visit.clips(), [wanted(step, once(true, true, 0))]);
    visit.tap("Далі: крок 3");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Назад");
    assert_eq!(visit.clips(), [wanted(step, once(false, true, 0))]);
    visit.tap("Назад");
    visit.tap("Назад");
    visit.clips();
    visit.sees("Скільки коштує");
    visit.sees("Дивитися");
    visit.tap("Повільно");
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn nobody_who_watches_a_clip_is_asked_whether_they_are_there() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Playing);
    visit.seconds_pass(3 * QUIET_S);
    visit.sees("Пауза");
    visit.clip_is(RESIDENCE, ClipStage::Ended(0));
    visit.seconds_pass(QUIET_S - 1);
    visit.sees("Дивитися");
    visit.seconds_pass(1);
    visit.sees("Ви ще тут?");
    visit.tap("Я ще тут");
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Playing);
    visit.tap("Пауза");
    visit.clip_is(RESIDENCE, ClipStage::Paused);
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
}

#[test]
fn a_clip_that_never_opens_keeps_no_visit_alive() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Opening);
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
}

#[test]
fn an_abandoned_visit_takes_its_clip_and_its_pace_along() {
    let mut visit = signed_residence();
    visit.tap("Повільно");
    visit.clips();
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
    assert_eq!(visit.clips(), [None]);
    visit.tap("Українська жестова мова");
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn a_greeting_signs_by_itself_until_somebody_comes_and_again_when_they_have_gone() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    assert!(!visit.shows_clip());
    visit.has_clips(&["greeting", "waiting"]);
    assert_eq!(visit.clips(), [wanted("greeting", Wish::Loop)]);
    assert!(visit.shows_clip());
    visit.sees_not("Пауза");
    visit.tap("Українська жестова мова");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Завершити");
    assert_eq!(visit.clips(), [wanted("greeting", Wish::Loop)]);
}

#[test]
fn a_greeting_that_nobody_began_keeps_no_visit_alive() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.has_clips(&["greeting"]);
    visit.clip_is("greeting", ClipStage::Playing);
    visit.tap("Українська жестова мова");
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
}

#[test]
fn who_waits_sees_a_clip_and_who_signs_or_writes_sees_none() {
    let mut visit = Visit::home();
    visit.has_clips(&["waiting", "greeting", RESIDENCE]);
    visit.told(waiting(Stage::Queued, 2));
    assert_eq!(visit.clips(), [wanted("waiting", Wish::Loop)]);
    assert!(visit.shows_clip());
    visit.sees("Ваше місце в черзі");
    visit.sees("2");
    visit.tap("Написати працівникові");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Сховати");
    assert_eq!(visit.clips(), [wanted("waiting", Wish::Loop)]);
    visit.told(talking(Picture::Flowing));
    assert_eq!(visit.clips(), [None]);
    assert!(!visit.shows_clip());
    visit.told(ended(view::Ended::ByInterpreter));
    assert_eq!(visit.clips(), []);
}

#[test]
fn after_an_alarm_the_clip_waits_for_a_touch_again() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clips();
    visit.told(Update::Alarm(Some(Alarm::AirRaid)));
    assert_eq!(visit.clips(), [None]);
    visit.told(Update::Alarm(None));
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn calling_from_a_card_closes_its_clip() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Playing);
    visit.clips();
    visit.tap("Запитати про цю послугу");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Назад");
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}
