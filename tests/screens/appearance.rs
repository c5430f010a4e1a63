//! Letters and contrast.

use zhest::kiosk::theme::colour;
use zhest::kiosk::theme::panel::Type;
use zhest::locale::Language;

use crate::visit::{ATTRACT, PORTRAIT, Visit};

#[test]
fn letters_and_contrast_are_changed_in_two_taps_and_forgotten_with_the_visit() {
    let mut visit = Visit::home();
    let (letters, paper) = (visit.app.context.look.letters(Type::Text), visit.app.ground());
    visit.tap("Вигляд");
    visit.tap("Великі літери");
    visit.tap("Більший контраст");
    visit.tap("Готово");
    visit.sees("Що вам потрібно?");
    assert!(visit.app.context.look.letters(Type::Text) > letters * 1.15);
    assert_ne!(visit.app.ground(), paper);
    visit.tap("Завершити");
    visit.sees(ATTRACT);
    assert_eq!(visit.app.context.look.letters(Type::Text), letters);
    assert_eq!(visit.app.ground(), paper);
}

#[test]
fn who_switches_contrast_on_before_the_visit_begins_the_visit_with_it() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Вигляд");
    visit.tap("Більший контраст");
    visit.tap("Готово");
    visit.tap(ATTRACT);
    visit.sees("Що вам потрібно?");
    assert_eq!(*visit.app.context.look.colour, colour::CONTRAST);
}
