//! In the queue.

use zhest::call::view::{self, Picture, Stage, View};
use zhest::kiosk::driver::{Command, Update};

use crate::visit::{CALL, HOME, Visit, ended, talking, waiting};

#[test]
fn a_note_for_the_clerk_stays_on_the_screen_and_is_forgotten_with_it() {
    let mut visit = Visit::home();
    visit.told(waiting(Stage::Queued, 2));
    visit.app.commands();
    visit.tap("Написати працівникові");
    for key in ["д", "е", "⏎", "к"] {
        visit.tap(key);
    }
    visit.sees("де\nк|");
    visit.told(waiting(Stage::Ringing, 1));
    visit.sees("де\nк|");
    visit.tap("Сховати");
    visit.sees("Ми кличемо перекладача");
    visit.tap("Написати працівникові");
    visit.tap("Стерти");
    visit.sees("Пишіть. Текст буде лише на екрані.");
    visit.told(talking(Picture::Flowing));
    visit.sees_not("Сховати");
    assert!(visit.app.commands().is_empty(), "nothing of it is sent");
}

#[test]
fn who_gives_up_waiting_goes_on_with_the_visit() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.tap("Покликати");
    visit.told(waiting(Stage::Queued, 3));
    visit.app.commands();
    visit.tap("Не чекати");
    assert!(matches!(visit.app.commands()[..], [Command::Cancel]));
    visit.told(ended(view::Ended::ByVisitor));
    visit.told(Update::Call(View::Idle));
    visit.sees(HOME);
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Dismiss, Command::Camera(false)]),
        "{commands:?}"
    );
}
