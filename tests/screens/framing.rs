//! Before the call: the mirror, and what a visitor wishes for.

use zhest::call::view::{self, Picture};
use zhest::kiosk::app::{COUNTDOWN_S, QUIET_S};
use zhest::kiosk::driver::{Camera, Command, Update};
use zhest::locale::{Language, Words};
use zhest::protocol::{Gender, Signing};

use crate::visit::{ATTRACT, CALL, Visit, ended, talking, topics};

#[test]
fn who_wishes_for_nothing_is_not_slowed_and_who_does_is_heard() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.tap("Покликати");
    let commands = visit.app.commands();
    assert_eq!(topics(&commands)[0].wishes, Default::default());

    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.tap("Побажання");
    visit.tap("Міжнародні жести");
    visit.tap("Жінка");
    visit.sees("Ми пошукаємо такого перекладача. Довго чекати не доведеться.");
    visit.tap("Готово");
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let topic = topics(&commands)[0];
    assert_eq!(topic.signing, Signing::Ils);
    assert_eq!(topic.wishes.interpreter, Some(Gender::Woman));
}

#[test]
fn who_only_writes_is_seen_by_nobody_and_has_the_keys_at_once() {
    let mut visit = Visit::home();
    visit.writes_only(&Words::new(Language::Uk));
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Camera(true), Command::Camera(false)]),
        "{commands:?}"
    );
    for (choice, seen) in [("Жестовою мовою", true), ("Лише текстом", false)] {
        visit.tap(choice);
        assert!(matches!(visit.app.commands()[..], [Command::Camera(on)] if on == seen));
    }
    visit.tap("Готово");
    visit.sees("Ви писатимете. Перекладач вас не бачитиме.");
    visit.tap("Покликати");
    let commands = visit.app.commands();
    assert!(topics(&commands)[0].wishes.text_only);
    visit.told(talking(Picture::Flowing));
    visit.sees("Камеру вимкнено");
    visit.sees("й");
    visit.sees_not("Документ");
}

#[test]
fn who_calls_again_is_not_asked_again_for_wishes_and_whoever_writes_stays_unseen() {
    let mut visit = Visit::home();
    visit.writes_only(&Words::new(Language::Uk));
    visit.tap("Готово");
    visit.tap("Покликати");
    visit.told(ended(view::Ended::Lost));
    visit.app.commands();
    visit.tap("Покликати знову");
    visit.sees("Ви писатимете. Перекладач вас не бачитиме.");
    visit.tap("Покликати");
    let commands = visit.app.commands();
    assert!(
        matches!(&commands[..], [Command::Dismiss, Command::Call(topic)] if topic.wishes.text_only),
        "{commands:?}"
    );
}

#[test]
fn a_visitor_is_told_one_thing_to_mend_and_may_call_anyway() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.told(Update::Camera(Camera::Device));
    visit.sees("Поворушіть руками");
    visit.sees("Покажіть руки");
    visit.sways(0, 170, 20);
    visit.sees("Посуньтеся назад");
    visit.tap("Покликати");
    assert_eq!(topics(&visit.app.commands()).len(), 1);

    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.told(Update::Camera(Camera::Device));
    visit.sways(50, 110, 20);
    visit.sees("Вас добре видно");
    visit.sees("Руки");
}

#[test]
fn an_abandoned_mirror_closes_the_camera() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.app.commands();
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
    assert!(matches!(visit.app.commands()[..], [Command::Camera(false)]));
}
