//! A finger that swipes where it might have pressed.

use iced::{Event, Point, mouse, touch};
use zhest::kiosk::app::Message;

use crate::visit::{Visit, reading};

#[test]
fn a_swipe_that_begins_on_a_row_scrolls_and_opens_nothing() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    for touched in [true, false] {
        let row = "Реєстрація місця проживання";
        let mut ui = visit.ui();
        let before = ui.find(reading(row)).expect("the list begins with it").bounds();
        let mut place = before.center();
        let event = |what: &str, position: Point| match (what, touched) {
            ("press", true) => Event::Touch(touch::Event::FingerPressed { id: FINGER, position }),
            ("press", false) => Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)),
            ("move", true) => Event::Touch(touch::Event::FingerMoved { id: FINGER, position }),
            ("move", false) => Event::Mouse(mouse::Event::CursorMoved { position }),
            (_, true) => Event::Touch(touch::Event::FingerLifted { id: FINGER, position }),
            (_, false) => Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
        };
        ui.point_at(place);
        ui.simulate([event("press", place)]);
        for _ in 0..10 {
            place.y -= 12.0;
            ui.point_at(place);
            ui.simulate([event("move", place)]);
        }
        ui.simulate([event("lift", place)]);
        let after = ui.find(reading(row)).expect("still in the tree");
        assert!(after.visible_bounds().is_none(), "the row has left the window");
        let messages: Vec<Message> = ui.into_messages().collect();
        assert!(messages.is_empty(), "{messages:?}");
    }
}

const FINGER: touch::Finger = touch::Finger(1);
