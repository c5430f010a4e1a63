//! Which language the screens speak, and how they write sums and dates in it.

use zhest::call::view;
use zhest::kiosk::app::{COUNTDOWN_S, QUIET_S};
use zhest::kiosk::driver::Update;
use zhest::locale::{Language, Words, fl};
use zhest::protocol::Availability;

use crate::visit::{ATTRACT, PORTRAIT, Visit, ended, topics};

#[test]
fn who_reads_another_language_finds_it_in_two_taps() {
    for language in Language::ALL {
        let words = &Words::new(language);
        let mut visit = Visit::begin(PORTRAIT, Language::Uk);
        visit.tap("Мова / Language");
        visit.sees("Мова екрана");
        visit.tap(language.own_name());
        visit.sees(&fl!(words, "home-title"));
        visit.tap(&fl!(words, "finish"));
        visit.sees(ATTRACT);
    }
}

#[test]
fn the_language_is_changed_in_the_middle_of_a_visit_and_goes_with_the_call() {
    let mut visit = Visit::home();
    visit.tap("Мова");
    visit.tap("Română");
    visit.sees("De ce aveți nevoie?");
    visit.tap("Limba");
    visit.tap("Magyar");
    visit.tap("Tolmács hívása");
    visit.tap("Hívás");
    let commands = visit.app.commands();
    assert_eq!(topics(&commands)[0].reading, "hu");
    visit.told(ended(view::Ended::ByInterpreter));
    visit.tap("Kész");
    visit.sees(ATTRACT);
}

#[test]
fn who_wants_no_other_language_goes_back_to_what_was_left() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Мова / Language");
    visit.tap("Назад");
    visit.sees(ATTRACT);
    visit.tap("English");
    visit.tap("Language");
    visit.tap("Back");
    visit.sees("What do you need?");
}

#[test]
fn an_abandoned_choice_of_language_is_wiped() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Мова / Language");
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
    visit.seconds_pass(COUNTDOWN_S);
    visit.sees(ATTRACT);
}

#[test]
fn sums_terms_and_dates_are_written_as_the_visitor_reads_them() {
    let mut visit = Visit::begin(PORTRAIT, Language::Hu);
    visit.tap("Ukrán jelnyelv");
    visit.tap("Lakás és lakcím");
    visit.tap("Реєстрація місця проживання");
    visit.sees("49,92 UAH");
    visit.sees("Az ár napja: 2026. 11. 23.");
    visit.told(Update::Availability(Availability::Closed {
        opens: Some("2026-11-24T09:00".to_owned()),
    }));
    visit.tap("Kérdés erről a szolgáltatásról");
    visit.sees("Újra dolgozunk: 11. 24. 09:00");
}
