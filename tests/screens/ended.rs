//! After the conversation.

use zhest::call::view::{self, Picture};
use zhest::kiosk::app::{COUNTDOWN_S, Message, QUIET_S};
use zhest::kiosk::driver::Command;
use zhest::protocol::{Face, Question};

use crate::visit::{ATTRACT, HOME, ended, in_call, residence, talking};

#[test]
fn a_face_is_an_answer_that_is_given_once_to_each_question() {
    let mut visit = in_call();
    visit.told(ended(view::Ended::ByInterpreter));
    visit.app.commands();
    visit.tap("Не все");
    let commands = visit.app.commands();
    assert!(
        matches!(
            commands[..],
            [Command::Answer(Question::Understood, Face::Partly)]
        ),
        "{commands:?}"
    );
    visit.sees("Чи добре було видно перекладача?");
    visit.sees_not("Не все");
    visit.tap("Так");
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Answer(Question::Seen, Face::Yes)]),
        "{commands:?}"
    );
    visit.sees("Дякуємо. Відповідь анонімна.");
    visit.sees_not("Так");
}

#[test]
fn after_the_call_the_steps_of_its_service_are_one_tap_away() {
    let mut visit = residence();
    visit.tap("Запитати про цю послугу");
    visit.tap("Покликати");
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.tap("Що робити далі");
    visit.sees("Паспорт або ID-картка");
    visit.tap("Назад");
    visit.sees(HOME);
}

#[test]
fn the_seconds_to_the_wiping_are_shown_and_a_touch_gives_them_back() {
    let mut visit = in_call();
    visit.told(ended(view::Ended::ByInterpreter));
    visit.seconds_pass(45);
    visit.sees("Ми зітремо решту через 15 с");
    visit.app.update(Message::Touched);
    visit.sees("Ми зітремо решту через 60 с");
    visit.seconds_pass(59);
    visit.sees("Розмова закінчилася");
    visit.seconds_pass(1);
    visit.sees(ATTRACT);
}

#[test]
fn an_ended_call_that_nobody_dismisses_is_wiped() {
    let mut visit = in_call();
    visit.told(ended(view::Ended::ByInterpreter));
    visit.app.commands();
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
    assert!(matches!(visit.app.commands()[..], [Command::Dismiss]));
}
