//! How large and how high everything is that is touched and read, in millimetres on the panels that centres have.

use iced::{Rectangle, Size};
use iced_test::selector::{Candidate, Target};
use zhest::kiosk::theme::panel::{Panel, Type};
use zhest::kiosk::widget::control::Place;
use zhest::locale::Language;

use crate::gallery::gallery;
use crate::visit::Visit;

/// A panel that hangs in a centre, half a pixel for each of its own.
struct Hung {
    inches: f32,
    size: Size,
    /// The least height of a capital and the least side of what is touched, in millimetres.
    capital: f32,
    side: f32,
}

const UPRIGHT: Size = Size::new(540.0, 960.0);
const WIDE: Size = Size::new(960.0, 540.0);

/// On a panel under 27″ everything shrinks together, so that who stands nearer sees the same.
const PANELS: [Hung; 4] = [
    Hung {
        inches: 27.0,
        size: UPRIGHT,
        capital: 7.4,
        side: 20.0,
    },
    Hung {
        inches: 32.0,
        size: WIDE,
        capital: 7.4,
        side: 20.0,
    },
    Hung {
        inches: 43.0,
        size: WIDE,
        capital: 7.4,
        side: 20.0,
    },
    // Read from 480 mm: 0.7°.
    Hung {
        inches: 21.5,
        size: UPRIGHT,
        capital: 5.9,
        side: 19.0,
    },
];

const KINDS: [Type; 7] = [
    Type::Label,
    Type::Small,
    Type::Text,
    Type::Action,
    Type::Heading,
    Type::Title,
    Type::Hero,
];

impl Hung {
    fn pixel_mm(&self) -> f32 {
        self.inches * 25.4 / self.size.width.hypot(self.size.height)
    }

    fn gallery(&self) -> impl Iterator<Item = (&'static str, Visit)> {
        let panel = Panel::new(self.inches, self.size);
        gallery(self.size, Language::Uk)
            .into_iter()
            .map(move |(name, mut visit)| {
                visit.app.context.look.panel = panel;
                (name, visit)
            })
    }

    /// Below this an arm in a wheelchair reaches: 1220 mm, on a panel whose lower edge is at 740 mm.
    fn reach(&self) -> f32 {
        self.size.height - (1220.0 - 740.0) / self.pixel_mm()
    }
}

fn controls(visit: &Visit) -> Vec<(Place, Rectangle)> {
    let mut found = Vec::new();
    let spy = |candidate: Candidate<'_>| {
        if let Candidate::Custom {
            state,
            visible_bounds: Some(bounds),
            ..
        } = candidate
            && let Some(place) = state.downcast_ref::<Place>()
        {
            found.push((*place, bounds));
        }
        None::<Target>
    };
    let _ = visit.ui().find(spy);
    found
}

#[test]
fn what_is_touched_is_large_enough_and_not_too_high() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for hung in &PANELS {
        let mm = hung.pixel_mm();
        for (name, visit) in hung.gallery() {
            for (_, bounds) in controls(&visit) {
                count += 1;
                let (width, height) = (bounds.width * mm, bounds.height * mm);
                // A row that a list cuts off is whole when the list is turned.
                let cut = name.starts_with("service") && width > 100.0;
                if width < hung.side || (height < hung.side && !cut) {
                    wrong.push(format!("{name} on {}″: {width:.1} × {height:.1} mm", hung.inches));
                }
                let upright = hung.size.height > hung.size.width;
                if upright && bounds.y < hung.reach() {
                    wrong.push(format!("{name} on {}″ is out of reach: {bounds:?}", hung.inches));
                }
            }
        }
    }
    assert!(count > 300, "{count}");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn what_is_hit_below_one_control_is_never_another() {
    for hung in &PANELS {
        for (name, visit) in hung.gallery() {
            let found = controls(&visit);
            let below = visit.app.context.look.px(10.0);
            for (place, bounds) in found.iter().filter(|(place, _)| !place.repeats) {
                let longer = Rectangle {
                    y: bounds.y + bounds.height,
                    height: below,
                    ..*bounds
                };
                let other = found.iter().find(|(_, other)| longer.intersects(other));
                assert_eq!(other, None, "{name} on {}″: {place:?} {bounds:?}", hung.inches);
            }
        }
    }
}

/// Every text is set in one of the kinds: the story of lines that are not parted holds that.
#[test]
fn every_capital_is_high_enough() {
    for hung in &PANELS {
        let panel = Panel::new(hung.inches, hung.size);
        for kind in KINDS {
            let capital = panel.letters(kind) * 0.727 * hung.pixel_mm();
            assert!(
                capital >= hung.capital,
                "{kind:?} on {}″: {capital:.1} mm",
                hung.inches
            );
        }
    }
}
