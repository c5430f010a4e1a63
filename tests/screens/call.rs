//! The conversation.

use iced::Size;
use iced::advanced::text::Paragraph as _;
use zhest::call::view::{Picture, Stage};
use zhest::kiosk::driver::{Command, Update};
use zhest::kiosk::quality::Quality;
use zhest::kiosk::theme::panel::Type;
use zhest::kiosk::theme::{Look, font};
use zhest::locale::{Language, Words, fl};

use crate::gallery::SIZES;
use crate::visit::{LANDSCAPE, PORTRAIT, STOUT, Visit, given, in_call, talking};

#[test]
fn a_bell_is_seen_for_a_few_seconds() {
    let mut visit = in_call();
    visit.told(Update::Bell);
    visit.sees("Перекладач кличе вас");
    visit.seconds_pass(5);
    visit.sees_not("Перекладач кличе вас");
}

#[test]
fn the_connection_is_named_beside_the_language_and_a_weak_one_alone() {
    let mut visit = in_call();
    visit.sees("УЖМ");
    visit.told(Update::Quality(Quality::Good));
    visit.sees("УЖМ · Зв’язок добрий");
    visit.told(Update::Quality(Quality::Halting));
    visit.sees("Зв’язок слабкий: відео повільне");
}

/// As broad as these small words are on one line, in logical pixels.
fn breadth(look: &Look, words: &str) -> f32 {
    type Paragraph = <iced::Renderer as iced::advanced::text::Renderer>::Paragraph;
    let text = iced::advanced::Text {
        content: words,
        bounds: Size::INFINITE,
        size: look.letters(Type::Small).into(),
        line_height: Default::default(),
        font: font::REGULAR,
        align_x: Default::default(),
        align_y: iced::alignment::Vertical::Top,
        shaping: Default::default(),
        wrapping: Default::default(),
    };
    Paragraph::with_text(text).min_width()
}

#[test]
fn what_is_wrong_with_the_network_is_read_whole() {
    for (language, letters) in Language::ALL
        .into_iter()
        .flat_map(|one| SIZES.map(|size| (one, size)))
    {
        let words = Words::new(language);
        for size in [PORTRAIT, LANDSCAPE, STOUT] {
            for (quality, told) in [
                (Quality::Halting, fl!(words, "talk-halting")),
                (Quality::Blurred, fl!(words, "talk-blurred")),
            ] {
                let mut visit = Visit::begin(size, language);
                visit.app.context.look.letters = letters;
                visit.told(talking(Picture::Flowing));
                visit.told(Update::Quality(quality));
                let room = visit.ui().find(told.as_str()).unwrap().bounds().width;
                let breadth = breadth(&visit.app.context.look, &told);
                assert!(
                    breadth > 100.0 && breadth <= room + 0.5,
                    "{told}: {breadth} > {room}, {letters:?} {size:?}"
                );
            }
        }
    }
}

#[test]
fn hanging_up_asks_once_and_then_ends() {
    let mut visit = in_call();
    visit.tap("Завершити");
    visit.tap("Так, завершити");
    assert!(matches!(visit.app.commands()[..], [Command::HangUp]));
}

#[test]
fn when_the_interpreter_is_gone_the_visitor_queues_again() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Gone));
    visit.app.commands();
    visit.tap("Покликати знову");
    assert!(matches!(visit.app.commands()[..], [Command::Requeue]));
}

#[test]
fn a_hold_and_its_end_are_asked_of_the_driver() {
    let mut visit = in_call();
    visit.tap("Пауза");
    assert!(matches!(visit.app.commands()[..], [Command::Hold(true)]));
    visit.told(talking(Picture::Held { for_s: 35 }));
    visit.tap("Продовжити");
    assert!(matches!(visit.app.commands()[..], [Command::Hold(false)]));
}

#[test]
fn who_is_given_to_a_colleague_waits_again_and_then_talks() {
    let mut visit = in_call();
    visit.told(given(Stage::Queued));
    visit.sees("Вас передають іншому перекладачеві");
    visit.told(given(Stage::Ringing));
    visit.sees("Вас передають іншому перекладачеві");
    visit.told(talking(Picture::Flowing));
    visit.sees("Завершити");
    visit.told(given(Stage::Queued));
    visit.app.commands();
    visit.tap("Не чекати");
    assert!(matches!(visit.app.commands()[..], [Command::Cancel]));
}
