//! Through the whole kiosk: from the first word to the call, back, and round what is in the way.

use zhest::call::view::{self, Picture, Stage, View};
use zhest::kiosk::driver::{Command, Link, Update};
use zhest::locale::Language;
use zhest::protocol::Availability;

use crate::visit::{
    ATTRACT, CALL, HOME, PORTRAIT, RESIDENCE, Visit, ended, residence, talking, topics, waiting,
};

#[test]
fn a_visitor_reads_about_a_service_and_calls_about_it() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.sees(ATTRACT);
    visit.tap("Українська жестова мова");
    visit.sees(HOME);
    visit.sees("Зараз вільні: 2. Безоплатно.");
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.sees("49,92 грн");
    visit.sees("Дані уточнюємо");
    visit.sees("Паспорт або ID-картка");
    visit.tap("Запитати про цю послугу");
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let topic = topics(&commands)[0];
    assert_eq!(topic.service.as_ref().map(|id| id.as_str()), Some(RESIDENCE));
    assert_eq!(topic.reading, "uk");

    visit.told(waiting(Stage::Queued, 2));
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.sees("Розмова закінчилася");
    assert!(matches!(visit.app.commands()[..], [Command::Camera(false)]));
    visit.tap("Готово");
    visit.sees(ATTRACT);
    assert!(matches!(visit.app.commands()[..], [Command::Dismiss]));
}

#[test]
fn after_a_lost_call_the_visitor_calls_again_about_the_same_service() {
    let mut visit = residence();
    visit.tap("Запитати про цю послугу");
    visit.tap("Покликати");
    visit.told(waiting(Stage::Ringing, 1));
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::Lost));
    visit.tap("Покликати знову");
    visit.told(Update::Call(View::Idle));
    visit.app.commands();
    visit.tap("Покликати");
    visit.calls_about(RESIDENCE);
}

#[test]
fn back_leads_to_what_was_left() {
    let mut visit = residence();
    visit.tap("Запитати про цю послугу");
    visit.tap("Назад");
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Camera(true), Command::Camera(false)]),
        "{commands:?}"
    );
    visit.sees("Запитати про цю послугу");
    visit.tap("Назад");
    visit.sees("Житло й реєстрація");
    visit.tap("Назад");
    visit.sees(HOME);
}

#[test]
fn each_reason_why_nobody_comes_is_told_and_the_services_stay() {
    for (update, title) in [
        (Update::Link(Link::Down), "Немає зв’язку"),
        (
            Update::Availability(Availability::Unstaffed),
            "Зараз немає перекладачів",
        ),
        (
            Update::Availability(Availability::Closed {
                opens: Some("2026-11-24T09:00".to_owned()),
            }),
            "Знову працюємо 24.11 з 09:00.",
        ),
        (
            Update::Availability(Availability::Closed {
                opens: Some("soon".to_owned()),
            }),
            "Приходьте в робочий час.",
        ),
    ] {
        let mut visit = Visit::home();
        visit.told(update);
        visit.tap(CALL);
        visit.sees(title);
        visit.sees("Покажіть це працівникові");
        visit.tap("Переглянути послуги");
        visit.tap("Дитина й сім’я");
        visit.sees_not("Тут поки немає послуг");
        let commands = visit.app.commands();
        assert!(commands.is_empty(), "{title}: {commands:?}");
    }
}

#[test]
fn the_relay_that_comes_back_is_seen_at_once() {
    let mut visit = Visit::unlinked(PORTRAIT, Language::Uk);
    visit.tap("Українська жестова мова");
    visit.tap(CALL);
    visit.sees("Немає зв’язку");
    visit.told(Update::Link(Link::Up {
        cnap: "ЦНАП".to_owned(),
        kiosk: "Кіоск".to_owned(),
    }));
    visit.told(Update::Availability(Availability::Open { free: 1, on_duty: 1 }));
    visit.sees("Перекладачі знову на зв’язку");
    visit.tap(CALL);
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
}

#[test]
fn a_call_that_could_not_be_made_is_about_the_same_service_when_the_relay_is_back() {
    let mut visit = residence();
    visit.tap("Запитати про цю послугу");
    visit.tap("Покликати");
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::Lost));
    visit.told(Update::Link(Link::Down));
    visit.tap("Покликати знову");
    visit.told(Update::Call(View::Idle));
    visit.told(Update::Link(Link::Up {
        cnap: "ЦНАП".to_owned(),
        kiosk: "Кіоск".to_owned(),
    }));
    visit.tap(CALL);
    visit.app.commands();
    visit.tap("Покликати");
    visit.calls_about(RESIDENCE);
}
