//! Who walks away: when the kiosk asks, when it does not, and that nothing of them is left.

use zhest::call::view::{self, Picture, Stage, View};
use zhest::kiosk::app::{COUNTDOWN_S, Message, QUIET_S};
use zhest::kiosk::driver::{Camera, Command, Update};
use zhest::kiosk::player::Stage as ClipStage;
use zhest::kiosk::theme::Letters;
use zhest::kiosk::theme::colour;
use zhest::locale::Language;

use crate::gallery::gallery;
use crate::visit::{ATTRACT, PORTRAIT, RESIDENCE, Visit, ended, talking, waiting};

#[test]
fn an_abandoned_visit_counts_down_and_is_wiped() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("English");
    visit.tap("Home and registration");
    visit.seconds_pass(QUIET_S - 1);
    visit.app.update(Message::Touched);
    visit.seconds_pass(QUIET_S - 1);
    visit.sees("Home and registration");
    visit.seconds_pass(1);
    visit.sees("Are you still here?");
    visit.seconds_pass(COUNTDOWN_S - 1);
    visit.tap("I am still here");
    visit.sees("Home and registration");
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
}

#[test]
fn whatever_a_visitor_left_on_any_screen_nothing_of_it_is_remembered() {
    let remembered = |visit: &mut Visit| {
        visit.app.commands();
        format!("{:#?}", visit.app.remembered())
    };
    let before = remembered(&mut Visit::begin(PORTRAIT, Language::Uk));
    for (name, mut visit) in gallery(PORTRAIT, Language::Uk) {
        visit.app.context.look.letters = Letters::Large;
        visit.app.context.look.colour = &colour::CONTRAST;
        assert_ne!(remembered(&mut visit), before, "{name}");
        // An alarm ends, and so does a call, and a clip.
        for (plays, place) in [
            ("service-clip-plays", RESIDENCE),
            ("steps-clip", "residence-registration.2"),
        ] {
            if name == plays {
                visit.clip_is(place, ClipStage::Ended(0));
            }
        }
        visit.told(Update::Alarm(None));
        visit.told(Update::AlarmHere(None));
        if ["call", "paper", "waiting", "ringing", "alarm-call"]
            .iter()
            .any(|busy| name.starts_with(busy))
        {
            visit.told(ended(view::Ended::ByInterpreter));
        }
        let longest = zhest::kiosk::screen::ticket::PATIENCE_S;
        visit.seconds_pass(longest + COUNTDOWN_S);
        // What the driver makes of it.
        for update in [
            Update::Text(Default::default()),
            Update::Speaking(0),
            Update::Camera(Camera::Off),
            Update::Call(View::Idle),
            // The greeting is nobody's.
            Update::Clips(Default::default()),
        ] {
            visit.told(update);
        }
        assert_eq!(remembered(&mut visit), before, "{name}");
    }
}

#[test]
fn nobody_is_hurried_while_waiting_or_signing() {
    for update in [
        waiting(Stage::Queued, 1),
        talking(Picture::Flowing),
        talking(Picture::Held { for_s: 35 }),
    ] {
        let mut visit = Visit::home();
        visit.told(update);
        visit.app.commands();
        visit.seconds_pass(3 * (QUIET_S + COUNTDOWN_S));
        visit.sees_not("Ви ще тут?");
        visit.sees_not(ATTRACT);
        assert!(visit.app.commands().is_empty());
    }
}

#[test]
fn who_walks_away_when_nobody_is_left_to_wait_for_or_to_talk_to_is_forgotten() {
    let cut_off = || {
        let Update::Call(View::Waiting(waiting)) = waiting(Stage::Queued, 2) else {
            unreachable!("a waiting visitor")
        };
        Update::Call(View::Waiting(view::Waiting {
            linked: false,
            ..waiting
        }))
    };
    for (left, leaves) in [
        (cut_off(), Command::Cancel),
        (talking(Picture::Gone), Command::HangUp),
    ] {
        let mut visit = Visit::home();
        visit.told(left);
        visit.app.commands();
        visit.seconds_pass(QUIET_S + COUNTDOWN_S);
        visit.sees(ATTRACT);
        let said = visit.app.commands();
        let leaves = std::mem::discriminant(&leaves);
        assert!(
            said.iter()
                .any(|command| std::mem::discriminant(command) == leaves)
        );
        assert!(
            matches!(said[..], [.., Command::Dismiss, Command::Camera(false)]),
            "{said:?}"
        );
        // What the driver makes of it brings no screen back.
        visit.told(ended(view::Ended::ByVisitor));
        visit.told(Update::Call(View::Idle));
        visit.sees(ATTRACT);
    }
}
