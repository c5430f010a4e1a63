//! Waiting for a paper ticket to be called.

use zhest::kiosk::app::{COUNTDOWN_S, QUIET_S};
use zhest::kiosk::driver::{Link, Update};
use zhest::kiosk::screen::ticket::PATIENCE_S;
use zhest::locale::Language;
use zhest::protocol::Called;

use crate::visit::{ATTRACT, HOME, PORTRAIT, Visit};

/// A ticket that is called to a window; `count` tells one call from the next.
pub fn called(number: &str, window: u16, count: u32) -> Called {
    Called {
        number: number.parse().expect("a ticket's number"),
        window,
        count,
    }
}

/// With the ticket А12, in a hall where somebody calls.
fn waiting() -> Visit {
    let mut visit = Visit::home();
    visit.told(Update::Tickets(vec![called("Б7", 2, 1)]));
    visit.tap("Талон");
    for key in ["АБВ", "А", "1", "2"] {
        visit.tap(key);
    }
    visit.tap("Чекати на виклик");
    visit
}

#[test]
fn where_nobody_calls_tickets_none_is_asked_for() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Українська жестова мова");
    visit.sees_not("Талон");
    visit.told(Update::Tickets(Vec::new()));
    visit.sees("Талон");
}

#[test]
fn a_visitor_types_the_number_and_is_called_to_the_window() {
    let mut visit = waiting();
    visit.sees("А12");
    visit.sees("Б7");
    visit.told(Update::Tickets(vec![called("А11", 4, 2), called("Б7", 2, 1)]));
    visit.sees("А11");
    visit.sees_not("Вас кличуть");
    visit.told(Update::Tickets(vec![called("A-12", 3, 3)]));
    visit.sees("Вас кличуть");
    visit.sees("3");
    visit.tap("Бачу");
    visit.tap("Готово");
    visit.sees(ATTRACT);
}

#[test]
fn the_whole_screen_rings_until_it_is_touched_anywhere() {
    let mut visit = waiting();
    visit.told(Update::Tickets(vec![called("А12", 3, 3)]));
    visit.seconds_pass(QUIET_S);
    visit.sees("Бачу");
    visit.tap("Вас кличуть");
    visit.sees_not("Бачу");
    visit.sees("Готово");
    // The same news again is no new call, another call is.
    visit.told(Update::Tickets(vec![called("А12", 3, 3)]));
    visit.sees_not("Бачу");
    visit.told(Update::Tickets(vec![called("А12", 4, 5)]));
    visit.sees("Бачу");
    visit.sees("4");
}

#[test]
fn a_number_that_was_called_a_moment_ago_is_called_at_once() {
    let mut visit = Visit::home();
    visit.told(Update::Tickets(vec![called("19", 6, 1)]));
    visit.tap("Талон");
    visit.tap("1");
    visit.tap("9");
    visit.tap("Чекати на виклик");
    visit.sees("Вас кличуть");
}

#[test]
fn a_mistyped_number_is_mended() {
    let mut visit = Visit::home();
    visit.told(Update::Tickets(Vec::new()));
    visit.tap("Талон");
    visit.tap("7");
    visit.tap("8");
    visit.sees("78");
    visit.tap("8");
    for _ in 0..8 {
        visit.tap("9");
    }
    visit.sees("78899999");
    visit.tap("Чекати на виклик");
    visit.tap("Інший номер");
    visit.sees("Введіть номер талона");
    visit.tap("Назад");
    visit.sees(HOME);
}

#[test]
fn nobody_with_a_ticket_is_hurried_and_who_left_is_forgotten() {
    let mut visit = waiting();
    visit.seconds_pass(PATIENCE_S - 1);
    visit.sees("Ваш талон");
    visit.seconds_pass(1);
    visit.sees("Ви ще тут?");
    visit.told(Update::Tickets(vec![called("А12", 3, 2)]));
    visit.sees("Вас кличуть");
    visit.tap("Бачу");
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
}

#[test]
fn without_the_relay_the_visitor_is_sent_to_the_board() {
    let mut visit = waiting();
    visit.told(Update::Link(Link::Down));
    visit.sees("Дивіться на табло в залі.");
}
