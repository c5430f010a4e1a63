//! A paper that both look at.

use zhest::document::Place;
use zhest::kiosk::desk::{Arrival, Paper};
use zhest::kiosk::driver::{Command, Update};

use crate::glass;
use crate::visit::{Visit, in_call};

/// What is told of the shot of that number.
fn paper(number: u32, paper: Paper) -> Update {
    Update::Paper { number, paper }
}

fn taken(number: u32) -> Update {
    paper(number, Paper::Taken(glass::paper()))
}

/// Both look at it, and the interpreter may point at a place.
fn both_look_at(number: u32, place: Option<Place>) -> Update {
    let arrival = Arrival::Whole;
    let still = glass::paper();
    paper(
        number,
        Paper::Sent {
            still,
            arrival,
            place,
        },
    )
}

/// In a call, with a paper before the camera.
fn shows_a_paper() -> Visit {
    let mut visit = in_call();
    visit.tap("Документ");
    visit.app.commands();
    visit
}

#[test]
fn a_paper_is_shown_pointed_at_and_wiped() {
    let mut visit = shows_a_paper();
    visit.sees("Тримайте документ у рамці");
    visit.tap("Зняти");
    assert!(matches!(visit.app.commands()[..], [Command::TakeStill(1)]));
    visit.told(paper(1, Paper::Taking));
    visit.told(taken(1));
    visit.sees("Цей знімок побачить лише перекладач.");
    visit.tap("Показати");
    assert!(matches!(visit.app.commands()[..], [Command::SendStill]));
    visit.told(both_look_at(1, None));
    visit.sees("Перекладач бачить знімок");
    visit.told(both_look_at(1, Some(Place { x: 1, y: 2 })));
    visit.sees("Перекладач показує це місце.");

    visit.tap("Ще знімок");
    assert!(matches!(visit.app.commands()[..], [Command::WipeStill]));
    visit.told(paper(1, Paper::None));
    visit.sees("Тримайте документ у рамці");
    visit.tap("Зняти");
    assert!(matches!(visit.app.commands()[..], [Command::TakeStill(2)]));
    visit.told(paper(2, Paper::Taking));
    visit.told(taken(2));
    visit.told(both_look_at(2, None));
    visit.tap("Стерти");
    assert!(matches!(visit.app.commands()[..], [Command::WipeStill]));
    visit.sees("Писати");
}

#[test]
fn what_comes_late_of_a_shot_that_was_put_away_is_not_shown_for_the_next() {
    let mut visit = shows_a_paper();
    visit.tap("Зняти");
    visit.told(taken(1));
    visit.told(both_look_at(1, None));
    visit.tap("Ще знімок");
    // The finger was on its way, and the wiping after it.
    visit.told(both_look_at(1, Some(Place { x: 1, y: 2 })));
    visit.sees("Тримайте документ у рамці");
    visit.told(paper(1, Paper::None));
    visit.sees("Тримайте документ у рамці");
    visit.app.commands();
    visit.tap("Зняти");
    assert!(matches!(visit.app.commands()[..], [Command::TakeStill(2)]));
    visit.sees("Знімаємо");
    visit.told(taken(1));
    visit.sees("Знімаємо");
    visit.told(taken(2));
    visit.sees("Цей знімок побачить лише перекладач.");
}

#[test]
fn a_paper_that_the_interpreter_puts_away_leaves_the_visitor_in_the_conversation() {
    let mut visit = shows_a_paper();
    visit.tap("Зняти");
    visit.told(paper(1, Paper::Taking));
    visit.told(taken(1));
    visit.told(both_look_at(1, None));
    visit.told(paper(1, Paper::None));
    visit.sees("Писати");
    visit.sees_not("Тримайте документ у рамці");
}
