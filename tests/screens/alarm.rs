//! An alarm in the building, in the middle of a visit.

use iced::widget::image::Handle;
use zhest::call::view::{Ended, Picture, Stage, View};
use zhest::kiosk::app::QUIET_S;
use zhest::kiosk::driver::{Command, Link, Update};
use zhest::kiosk::hall::{Shelter, Turn};
use zhest::kiosk::screen::alarm::BESIDE_S;
use zhest::locale::{Language, Words};
use zhest::protocol::{Alarm, Availability};

use crate::visit::{ATTRACT, CALL, PORTRAIT, RESIDENCE, Visit, in_call, residence, talking, topics, waiting};

fn raid() -> Update {
    Update::Alarm(Some(Alarm::AirRaid))
}

fn clear() -> Update {
    Update::Alarm(None)
}

/// The relay is told that somebody cannot go alone, and an interpreter is called.
fn calls_for_help(visit: &mut Visit) {
    let commands = visit.app.commands();
    assert!(
        matches!(
            commands[..],
            [Command::Help, Command::Call(_), Command::Camera(true)]
        ),
        "{commands:?}"
    );
}

#[test]
fn an_alarm_covers_everything_and_gives_the_visit_back() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.told(raid());
    visit.sees("Повітряна тривога");
    visit.sees_not("Житло й реєстрація");
    visit.seconds_pass(20 * QUIET_S);
    visit.told(clear());
    visit.sees("Житло й реєстрація");
    visit.seconds_pass(QUIET_S - 1);
    visit.sees("Житло й реєстрація");
}

#[test]
fn between_visits_too_everybody_in_the_hall_sees_it() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.told(Update::Alarm(Some(Alarm::Fire)));
    visit.sees("Негайно виходьте надвір.");
    visit.told(clear());
    visit.sees(ATTRACT);
}

#[test]
fn an_alarm_of_the_house_needs_no_relay_and_ends_by_itself() {
    let mut visit = Visit::home();
    visit.told(Update::AlarmHere(Some(Alarm::Fire)));
    visit.sees("Пожежа");
    visit.told(raid());
    visit.sees("Пожежа");
    visit.told(Update::AlarmHere(None));
    visit.sees("Повітряна тривога");
    visit.told(clear());
    visit.sees("Що вам потрібно?");
}

#[test]
fn nobody_looks_into_the_mirror_meanwhile_and_it_is_there_again_afterwards() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.app.commands();
    visit.told(raid());
    assert!(matches!(visit.app.commands()[..], [Command::Camera(false)]));
    visit.told(clear());
    visit.sees("Вас бачить і чує лише перекладач.");
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
}

#[test]
fn a_place_in_the_queue_is_kept() {
    let mut visit = Visit::home();
    visit.told(waiting(Stage::Queued, 2));
    visit.app.commands();
    visit.told(raid());
    visit.sees("Ми збережемо ваше місце в черзі.");
    visit.told(clear());
    visit.sees("Ваше місце в черзі");
    assert!(visit.app.commands().is_empty());
}

#[test]
fn beside_a_call_it_leaves_the_picture_alone_before_it_takes_the_screen() {
    let mut visit = in_call();
    visit.told(raid());
    visit.sees("Повітряна тривога");
    visit.sees("Завершити");
    visit.seconds_pass(BESIDE_S);
    visit.sees_not("Завершити");
    visit.sees("Ваша розмова триває.");
    visit.tap("До розмови");
    visit.seconds_pass(3 * BESIDE_S);
    visit.sees("Завершити");
    visit.tap("Куди йти");
    visit.sees("Ліфтом не користуйтеся.");
    visit.told(clear());
    visit.sees("Завершити");
    visit.sees_not("Повітряна тривога");
}

#[test]
fn who_cannot_go_alone_calls_the_interpreter_and_the_relay_is_told() {
    let mut visit = Visit::home();
    visit.told(raid());
    visit.tap("Мені потрібна допомога");
    calls_for_help(&mut visit);
    visit.sees("Ми кличемо перекладача.");
    visit.told(waiting(Stage::Ringing, 1));
    visit.sees("Ми кличемо перекладача.");
    // The interpreter is seen as soon as they answer, and stays.
    visit.told(talking(Picture::Flowing));
    visit.sees("Завершити");
    visit.seconds_pass(3 * BESIDE_S);
    visit.sees("Завершити");
}

#[test]
fn the_interpreter_who_is_called_for_help_knows_what_the_visit_is_about() {
    let ways: [&[&str]; 4] = [
        &[],
        &["Кроки", "Далі: крок 2"],
        &["Взяти із собою"],
        &["Запитати про цю послугу"],
    ];
    for way in ways {
        for unstaffed in [false, true] {
            let mut visit = residence();
            if unstaffed {
                visit.told(Update::Availability(Availability::Unstaffed));
            }
            for words in way {
                visit.tap(words);
            }
            visit.told(raid());
            visit.tap("Мені потрібна допомога");
            visit.told(Update::Availability(Availability::Open { free: 1, on_duty: 1 }));
            let commands = visit.app.commands();
            let about = topics(&commands)[0].service.as_ref().map(|id| id.as_str());
            assert_eq!(about, Some(RESIDENCE), "{way:?}, unstaffed: {unstaffed}");
        }
    }
}

#[test]
fn where_nobody_can_be_called_the_card_speaks_to_people_nearby() {
    let mut visit = Visit::home();
    visit.told(Update::Availability(Availability::Unstaffed));
    visit.told(raid());
    visit.tap("Мені потрібна допомога");
    assert!(matches!(visit.app.commands()[..], [Command::Help]));
    visit.sees("Перекладача зараз немає.");
    visit.sees("Покажіть це людям поруч");
    // Somebody comes on duty meanwhile.
    visit.told(Update::Availability(Availability::Open { free: 1, on_duty: 1 }));
    visit.sees("Ми кличемо перекладача.");
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Call(_), Command::Camera(true)]),
        "{commands:?}"
    );
}

#[test]
fn who_asked_for_help_while_the_relay_was_out_of_reach_is_helped_when_it_is_back() {
    let mut visit = Visit::home();
    let up = Update::Link(visit.app.context.link.clone());
    visit.told(Update::Link(Link::Down));
    visit.told(Update::AlarmHere(Some(Alarm::Fire)));
    visit.tap("Мені потрібна допомога");
    visit.sees("Перекладача зараз немає.");
    assert!(visit.app.commands().is_empty());
    visit.told(up.clone());
    visit.sees("Ми кличемо перекладача.");
    calls_for_help(&mut visit);
    visit.told(Update::Link(Link::Down));
    visit.told(up);
    assert!(visit.app.commands().is_empty(), "nothing is asked twice");
}

#[test]
fn in_the_queue_help_is_told_and_nothing_is_asked_twice() {
    let mut visit = Visit::home();
    visit.told(waiting(Stage::Queued, 2));
    visit.app.commands();
    visit.told(raid());
    visit.tap("Мені потрібна допомога");
    assert!(matches!(visit.app.commands()[..], [Command::Help]));
}

#[test]
fn the_way_is_that_of_the_house() {
    let mut visit = Visit::home();
    visit.told(raid());
    visit.sees("Шлях покажуть знаки «Укриття».");
    visit.app.context.hall.shelter = Shelter {
        turn: Some(Turn::Left),
        way: Some("Ліворуч, потім униз. 40 метрів.".to_owned()),
        picture: None,
    };
    visit.sees("Ліворуч, потім униз. 40 метрів.");
    visit.sees_not("Шлях покажуть знаки «Укриття».");
    let white = vec![255; 4];
    visit.app.context.hall.shelter.picture = Some(Handle::from_rgba(1, 1, white));
    visit.sees("Ліворуч, потім униз. 40 метрів.");
    // Out of a fire it leads the wrong way.
    visit.told(Update::Alarm(Some(Alarm::Fire)));
    visit.sees_not("Ліворуч, потім униз. 40 метрів.");
}

#[test]
fn who_writes_only_is_called_for_without_a_camera() {
    let mut visit = Visit::home();
    visit.writes_only(&Words::new(Language::Uk));
    visit.tap("Готово");
    visit.app.commands();
    visit.told(raid());
    visit.tap("Мені потрібна допомога");
    let commands = visit.app.commands();
    assert!(
        matches!(&commands[..], [Command::Help, Command::Call(topic)] if topic.wishes.text_only),
        "{commands:?}"
    );
}

#[test]
fn after_a_call_that_nobody_took_help_can_be_asked_for_again() {
    let mut visit = Visit::home();
    visit.told(raid());
    visit.tap("Мені потрібна допомога");
    visit.told(waiting(Stage::Ringing, 1));
    visit.told(Update::Call(View::Ended(Ended::Unavailable)));
    visit.app.commands();
    visit.sees_not("Ми кличемо перекладача.");
    visit.tap("Мені потрібна допомога");
    calls_for_help(&mut visit);
}

#[test]
fn help_that_the_relay_was_not_told_of_is_not_forgotten_with_the_call_that_ended_meanwhile() {
    let mut visit = Visit::home();
    let up = Update::Link(visit.app.context.link.clone());
    visit.told(talking(Picture::Flowing));
    visit.told(raid());
    visit.told(Update::Link(Link::Down));
    visit.tap("Куди йти");
    visit.tap("Мені потрібна допомога");
    visit.told(Update::Call(View::Ended(Ended::Lost)));
    visit.app.commands();
    visit.told(up);
    calls_for_help(&mut visit);
}

#[test]
fn a_bell_beside_an_alarm_ends_too() {
    let mut visit = in_call();
    visit.told(raid());
    visit.told(Update::Bell);
    visit.sees("Перекладач кличе вас");
    visit.seconds_pass(5);
    visit.sees_not("Перекладач кличе вас");
}
