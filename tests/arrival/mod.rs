//! Stories of the hand before the glass and of what happens in the hall while a visitor stands there.

mod alarm;
mod hand;
mod size;
mod ticket;

use iced::Size;
use zhest::call::view::{Picture, Stage};
use zhest::kiosk::driver::{Camera, Update};
use zhest::locale::{Language, Words, fl};
use zhest::protocol::{Alarm, Called};

use crate::{Visit, talking, waiting};

/// A ticket that is called to a window; `count` tells one call from the next.
fn called(number: &str, window: u16, count: u32) -> Called {
    Called {
        number: number.parse().expect("a ticket's number"),
        window,
        count,
    }
}

/// Each of these screens by name.
pub fn gallery(size: Size, language: Language) -> Vec<(&'static str, Visit)> {
    let words = &Words::new(language);
    let queue = || vec![called("Б7", 2, 8), called("А11", 5, 7), called("19", 1, 6)];
    let hall = || {
        let mut visit = Visit::begin(size, language);
        visit.told(Update::Tickets(queue()));
        visit.tap(&fl!(words, "attract-signing"));
        visit
    };
    let mut screens = vec![("home-hall", hall())];

    let ticket = || {
        let mut visit = hall();
        visit.tap(&fl!(words, "ticket"));
        visit
    };
    screens.push(("ticket", ticket()));

    let mut letters = ticket();
    letters.tap("АБВ");
    screens.push(("ticket-letters", letters));

    let wait = || {
        let mut visit = ticket();
        for key in ["АБВ", "А", "1", "2"] {
            visit.tap(key);
        }
        visit.tap(&fl!(words, "ticket-wait"));
        visit
    };
    screens.push(("ticket-waiting", wait()));

    let mut lost = wait();
    lost.told(Update::Link(zhest::kiosk::driver::Link::Down));
    screens.push(("ticket-lost", lost));

    let mut turn = wait();
    turn.told(Update::Tickets(vec![called("А12", 3, 9)]));
    screens.push(("ticket-called", turn));

    for (name, kind) in [("alarm", Alarm::AirRaid), ("alarm-fire", Alarm::Fire)] {
        let mut visit = hall();
        visit.told(waiting(Stage::Queued, 2));
        visit.told(Update::Alarm(Some(kind)));
        screens.push((name, visit));
    }

    let mut help = hall();
    help.told(Update::Alarm(Some(Alarm::AirRaid)));
    help.tap(&fl!(words, "alarm-help"));
    screens.push(("alarm-help", help));

    let mut call = hall();
    call.told(Update::Camera(Camera::Device));
    call.told(talking(Picture::Flowing));
    call.told(Update::Alarm(Some(Alarm::AirRaid)));
    screens.push(("alarm-call", call));
    screens
}
