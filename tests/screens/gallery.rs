//! Every screen that there is, by name.

use iced::Size;
use zhest::call::view::{self, Picture, Stage};
use zhest::catalogue::Catalogue;
use zhest::document::Place;
use zhest::kiosk::app::QUIET_S;
use zhest::kiosk::desk::{Arrival, Paper};
use zhest::kiosk::driver::{Camera, Link, Update};
use zhest::kiosk::player::Stage as ClipStage;
use zhest::kiosk::quality::Quality;
use zhest::kiosk::theme::Letters;
use zhest::locale::{Language, Words, fl};
use zhest::protocol::{Alarm, Availability};
use zhest::text::{Edit, Side, Transcript};

use crate::glass;
use crate::ticket::called;
use crate::visit::{RESIDENCE, Visit, ended, given, talking, waiting};

pub const SIZES: [Letters; 2] = [Letters::Usual, Letters::Large];

/// Every screen by name, in a panel's size and a language.
pub fn gallery(size: Size, language: Language) -> Vec<(&'static str, Visit)> {
    let words = &Words::new(language);
    let (catalogue, _) = Catalogue::embedded();
    let service = catalogue.service(&"residence-registration".parse().unwrap());
    let service_title = service.unwrap().title(language.tag());
    let mut events = catalogue.events().iter();
    let event = events.find(|event| event.id.as_str() == "home").unwrap();
    let event = event.name.get(language.tag());
    let start = || {
        let mut visit = Visit::begin(size, language);
        visit.tap(&fl!(words, "attract-signing"));
        visit
    };
    let mut screens = vec![("attract", Visit::begin(size, language)), ("home", start())];

    let mut languages = start();
    languages.tap(&fl!(words, "change-language"));
    screens.push(("languages", languages));

    let mut appearance = start();
    appearance.tap(&fl!(words, "appearance"));
    screens.push(("appearance", appearance));

    let mut busy = start();
    busy.told(Update::Availability(Availability::Open { free: 0, on_duty: 3 }));
    screens.push(("home-busy", busy));

    let mut search = start();
    search.tap(&fl!(words, "search-title"));
    screens.push(("search", search));

    let mut found = start();
    found.tap(&fl!(words, "search-title"));
    found.tap(&fl!(words, "search-example-passport"));
    screens.push(("search-found", found));

    let mut nothing = start();
    nothing.tap(&fl!(words, "search-title"));
    nothing.types("щщщ");
    screens.push(("search-none", nothing));

    let mut services = start();
    services.tap(event);
    screens.push(("services", services));

    let about = || {
        let mut visit = start();
        visit.tap(event);
        visit.tap(service_title);
        visit
    };
    screens.push(("service", about()));

    for (name, stage) in [
        ("service-clip", ClipStage::Paused),
        ("service-clip-plays", ClipStage::Playing),
    ] {
        let mut clip = about();
        clip.has_clips(&[RESIDENCE]);
        if stage == ClipStage::Playing {
            clip.tap(&fl!(words, "clip-play"));
            clip.tap(&fl!(words, "clip-slow"));
        }
        clip.clip_is(RESIDENCE, stage);
        screens.push((name, clip));
    }

    let mut greeting = Visit::begin(size, language);
    greeting.has_clips(&["greeting"]);
    screens.push(("attract-clip", greeting));

    let mut ticked = about();
    ticked.tap(service.unwrap().documents[0].name.get(language.tag()));
    screens.push(("service-ticked", ticked));

    let mut step = about();
    step.tap(&fl!(words, "service-steps-tool"));
    step.tap(&fl!(words, "steps-next", number = 2));
    screens.push(("steps", step));

    let mut signed = about();
    signed.has_clips(&["residence-registration.2"]);
    signed.tap(&fl!(words, "service-steps-tool"));
    signed.tap(&fl!(words, "steps-next", number = 2));
    signed.tap(&fl!(words, "clip-play"));
    signed.clip_is("residence-registration.2", ClipStage::Playing);
    screens.push(("steps-clip", signed));

    let mut last = about();
    last.tap(&fl!(words, "service-steps-tool"));
    for number in 2..=service.unwrap().steps.len() {
        last.tap(&fl!(words, "steps-next", number = number));
    }
    screens.push(("steps-last", last));

    let mut take = about();
    take.tap(&fl!(words, "service-take"));
    screens.push(("take", take));

    for (name, printed) in [
        ("take-printing", None),
        ("take-printed", Some(true)),
        ("take-unprinted", Some(false)),
    ] {
        let mut visit = about();
        visit.app.context.handout.printer = Some("Canon".to_owned());
        visit.tap(&fl!(words, "service-take"));
        visit.tap(&fl!(words, "take-print"));
        if let Some(well) = printed {
            visit.told(Update::Printed { number: 1, well });
        }
        screens.push((name, visit));
    }

    for (name, update) in [
        ("unavailable-link", Update::Link(Link::Down)),
        ("unavailable-staff", Update::Availability(Availability::Unstaffed)),
        (
            "unavailable-closed",
            Update::Availability(Availability::Closed {
                opens: Some("2026-11-24T09:00".to_owned()),
            }),
        ),
    ] {
        let mut visit = start();
        visit.told(update);
        visit.tap(&fl!(words, "call-interpreter"));
        screens.push((name, visit));
    }

    let mut framing = start();
    framing.tap(&fl!(words, "call-interpreter"));
    framing.told(Update::Camera(Camera::Generated));
    screens.push(("framing", framing));

    let mut wishes = start();
    wishes.tap(&fl!(words, "call-interpreter"));
    wishes.tap(&fl!(words, "wishes-open"));
    wishes.tap(&fl!(words, "wishes-woman"));
    screens.push(("wishes", wishes));

    for (name, left, right, top) in [("framing-good", 50, 110, 20), ("framing-mend", 0, 170, 20)] {
        let mut visit = start();
        visit.tap(&fl!(words, "call-interpreter"));
        visit.told(Update::Camera(Camera::Device));
        visit.sways(left, right, top);
        screens.push((name, visit));
    }

    let mut seated = start();
    seated.tap(&fl!(words, "call-interpreter"));
    seated.told(Update::Camera(Camera::Device));
    seated.tap(&fl!(words, "framing-seated"));
    screens.push(("framing-seated", seated));

    let mut unseen = start();
    unseen.writes_only(words);
    unseen.tap(&fl!(words, "wishes-done"));
    screens.push(("framing-unseen", unseen));

    let mut writes = start();
    writes.writes_only(words);
    writes.tap(&fl!(words, "wishes-done"));
    writes.tap(&fl!(words, "framing-call"));
    writes.told(talking(Picture::Flowing));
    writes.told(Update::Text(conversation()));
    screens.push(("call-writes", writes));

    let mut note = start();
    note.told(waiting(Stage::Queued, 2));
    note.tap(&fl!(words, "waiting-note"));
    for key in ["123", "1", "2"] {
        note.tap(key);
    }
    screens.push(("waiting-note", note));

    let mut bell = start();
    bell.told(Update::Camera(Camera::Device));
    bell.told(talking(Picture::Flowing));
    bell.told(Update::Text(conversation()));
    bell.told(Update::Quality(Quality::Halting));
    bell.told(Update::Bell);
    screens.push(("call-bell", bell));

    let mut thanks = start();
    thanks.told(ended(view::Ended::ByVisitor));
    thanks.tap(&fl!(words, "ended-partly"));
    thanks.tap(&fl!(words, "ended-yes"));
    screens.push(("ended-thanks", thanks));

    let mut seen = start();
    seen.told(ended(view::Ended::ByVisitor));
    seen.tap(&fl!(words, "ended-yes"));
    screens.push(("ended-seen", seen));

    for (name, update) in [
        ("waiting", waiting(Stage::Queued, 2)),
        ("ringing", waiting(Stage::Ringing, 1)),
        ("call-connecting", talking(Picture::Connecting)),
        (
            "call-stalled",
            talking(Picture::Stalled {
                for_s: 7,
                sound: true,
            }),
        ),
        ("waiting-given", given(Stage::Queued)),
        ("call-held", talking(Picture::Held { for_s: 35 })),
        ("call-gone", talking(Picture::Gone)),
        ("ended", ended(view::Ended::ByInterpreter)),
        ("ended-lost", ended(view::Ended::Lost)),
        ("ended-closed", ended(view::Ended::Closed)),
        ("ended-unavailable", ended(view::Ended::Unavailable)),
    ] {
        let mut visit = start();
        visit.told(Update::Camera(Camera::Device));
        visit.told(update);
        screens.push((name, visit));
    }

    for (name, stage) in [("waiting-clip", Stage::Queued), ("ringing-clip", Stage::Ringing)] {
        let mut visit = start();
        visit.has_clips(&["waiting"]);
        visit.told(waiting(stage, 2));
        screens.push((name, visit));
    }

    let mut call = start();
    call.told(Update::Camera(Camera::Device));
    call.told(talking(Picture::Flowing));
    call.told(Update::Text(conversation()));
    call.told(Update::Speaking(3));
    screens.push(("call", call));

    let mut sure = start();
    sure.told(talking(Picture::Flowing));
    sure.tap(&fl!(words, "talk-end"));
    screens.push(("call-sure", sure));

    for (name, paper) in papers() {
        let mut visit = start();
        visit.told(Update::Camera(Camera::Device));
        visit.told(talking(Picture::Flowing));
        visit.tap(&fl!(words, "talk-paper"));
        if paper != Paper::None {
            visit.tap(&fl!(words, "paper-shoot"));
        }
        visit.told(Update::Paper { number: 1, paper });
        screens.push((name, visit));
    }

    let mut idle = start();
    idle.seconds_pass(QUIET_S);
    screens.push(("idle", idle));

    screens.extend(hall(size, language));
    screens
}

/// What becomes of a paper that is held into the camera.
fn papers() -> [(&'static str, Paper); 7] {
    let sent = |arrival, place| Paper::Sent {
        still: glass::paper(),
        arrival,
        place,
    };
    let place = Place { x: 4200, y: 5600 };
    [
        ("paper", Paper::None),
        ("paper-taking", Paper::Taking),
        ("paper-not-taken", Paper::NotTaken),
        ("paper-taken", Paper::Taken(glass::paper())),
        ("paper-underway", sent(Arrival::Underway, None)),
        ("paper-damaged", sent(Arrival::Damaged, None)),
        ("paper-pointed", sent(Arrival::Whole, Some(place))),
    ]
}

fn conversation() -> Transcript {
    let mut text = Transcript::default();
    for (side, words) in [
        (Side::Other, "Добрий день! Покажіть довідку."),
        (Side::Own, "Ось вона"),
    ] {
        for letter in words.chars() {
            text.apply(side, Edit::Insert(letter));
        }
        text.apply(side, Edit::NewLine);
    }
    text
}

/// Those of a house that calls tickets, and of an alarm.
fn hall(size: Size, language: Language) -> Vec<(&'static str, Visit)> {
    let words = &Words::new(language);
    let queue = || vec![called("Б7", 2, 8), called("А11", 5, 7), called("19", 1, 6)];
    let visit = || {
        let mut visit = Visit::begin(size, language);
        visit.told(Update::Tickets(queue()));
        visit.tap(&fl!(words, "attract-signing"));
        visit
    };
    let mut screens = vec![("home-hall", visit())];

    let ticket = || {
        let mut visit = visit();
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
    lost.told(Update::Link(Link::Down));
    screens.push(("ticket-lost", lost));

    let mut turn = wait();
    turn.told(Update::Tickets(vec![called("А12", 3, 9)]));
    screens.push(("ticket-called", turn));

    for (name, kind) in [("alarm", Alarm::AirRaid), ("alarm-fire", Alarm::Fire)] {
        let mut visit = visit();
        visit.told(waiting(Stage::Queued, 2));
        visit.told(Update::Alarm(Some(kind)));
        screens.push((name, visit));
    }

    let mut help = visit();
    help.told(Update::Alarm(Some(Alarm::AirRaid)));
    help.tap(&fl!(words, "alarm-help"));
    screens.push(("alarm-help", help));

    let mut call = visit();
    call.told(Update::Camera(Camera::Device));
    call.told(talking(Picture::Flowing));
    call.told(Update::Alarm(Some(Alarm::AirRaid)));
    screens.push(("alarm-call", call));
    screens
}
