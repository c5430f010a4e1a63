//! Finding a service by typing.

use zhest::kiosk::app::{COUNTDOWN_S, QUIET_S};
use zhest::kiosk::driver::Command;
use zhest::locale::{Language, Words, fl};

use crate::visit::{CALL, HOME, PORTRAIT, Visit};

#[test]
fn a_service_is_found_by_an_everyday_word_while_it_is_typed() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.sees("Напишіть назву або звичайне слово.");
    visit.types("пропис");
    visit.sees("пропис|");
    visit.tap("Реєстрація місця проживання");
    visit.sees("49,92 грн");
    visit.tap("Назад");
    visit.sees("пропис|");
    visit.tap("⌫");
    visit.sees("пропи|");
    visit.tap("Назад");
    visit.sees(HOME);
    visit.tap("Знайти послугу");
    visit.sees("|");
}

#[test]
fn a_slip_of_the_finger_finds_what_was_meant_and_says_that_it_guesses() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.types("собсидія");
    visit.sees("Можливо, ви шукаєте це:");
    visit.sees("Житлова субсидія");
}

#[test]
fn when_nothing_is_found_an_interpreter_is_one_tap_away() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.types("щщщ");
    visit.sees("Ми такого не знайшли");
    visit.sees("Зараз вільні: 2. Безоплатно.");
    visit.tap(CALL);
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
    visit.tap("Назад");
    visit.sees("щщщ|");
}

#[test]
fn each_example_of_a_word_finds_services_in_every_language() {
    for language in Language::ALL {
        let words = &Words::new(language);
        for example in [
            fl!(words, "search-example-passport"),
            fl!(words, "search-example-home"),
            fl!(words, "search-example-bills"),
        ] {
            let mut visit = Visit::begin(PORTRAIT, language);
            visit.tap(&fl!(words, "attract-signing"));
            visit.tap(&fl!(words, "search-title"));
            visit.tap(&example);
            visit.sees(&format!("{example}|"));
            visit.sees_not(&fl!(words, "search-none"));
            visit.sees_not(&fl!(words, "search-guess"));
        }
    }
}

#[test]
fn what_was_typed_is_wiped_with_an_abandoned_visit() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.types("пенсія");
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.tap("Українська жестова мова");
    visit.tap("Знайти послугу");
    visit.sees("|");
}
