//! Where the ring of focus goes. Tab follows the order of reading; an arrow goes to the nearest control on its side.

use iced::{Point, Rectangle};

use crate::kiosk::widget::control::Found;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Next,
    Previous,
    Up,
    Down,
    Left,
    Right,
}

/// The control after `from`; the first step of all goes to the first control. None only where there is none.
pub fn next(controls: &[Found], from: Option<Found>, step: Step) -> Option<Found> {
    let Some(here) = from.and_then(|from| position(controls, &from)) else {
        return controls.first().copied();
    };
    let count = controls.len();
    let index = match step {
        Step::Next => (here + 1) % count,
        Step::Previous => (here + count - 1) % count,
        Step::Up | Step::Down | Step::Left | Step::Right => {
            let from = &controls[here].bounds;
            let cost = |index: &usize| way(from, &controls[*index].bounds, step);
            let ways = (0..count).filter_map(|index| cost(&index).map(|cost| (index, cost)));
            let nearest = ways.min_by(|(_, one), (_, other)| one.total_cmp(other));
            nearest.map_or(here, |(index, _)| index)
        }
    };
    Some(controls[index])
}

/// The same control on a screen that was drawn anew; on another screen its first one.
pub fn kept(controls: &[Found], focus: Found) -> Option<Found> {
    let index = position(controls, &focus).unwrap_or(0);
    controls.get(index).copied()
}

fn position(controls: &[Found], focus: &Found) -> Option<usize> {
    let same = |found: &Found| match (found.list, focus.list) {
        (Some(one), Some(other)) => one == other && found.bounds.x == focus.bounds.x,
        (None, None) => found.bounds == focus.bounds,
        _ => false,
    };
    controls.iter().position(same)
}

/// How far it is from one to the other in that direction; none if it lies elsewhere. Aside is three times as far.
fn way(from: &Rectangle, to: &Rectangle, step: Step) -> Option<f32> {
    let (one, other): (Point, Point) = (from.center(), to.center());
    let (along, aside) = match step {
        Step::Up => (one.y - other.y, gap(from.x, from.width, to.x, to.width)),
        Step::Down => (other.y - one.y, gap(from.x, from.width, to.x, to.width)),
        Step::Left => (one.x - other.x, gap(from.y, from.height, to.y, to.height)),
        Step::Right => (other.x - one.x, gap(from.y, from.height, to.y, to.height)),
        Step::Next | Step::Previous => return None,
    };
    (along > 1.0).then_some(along + 3.0 * aside)
}

/// What lies between two stretches; 0 where they share something.
fn gap(one: f32, length: f32, other: f32, other_length: f32) -> f32 {
    (other - (one + length))
        .max(one - (other + other_length))
        .max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::widget::control::Place;

    /// Six tiles in two columns, a broad button below, two tools under it.
    fn screen() -> Vec<Found> {
        let tile = |x: f32, y: f32| (x, y, 100.0);
        let places = [
            tile(0.0, 0.0),
            tile(120.0, 0.0),
            tile(0.0, 60.0),
            tile(120.0, 60.0),
            (0.0, 140.0, 220.0),
            tile(0.0, 200.0),
            tile(120.0, 200.0),
        ];
        let found = |(x, y, width)| Found {
            place: Place {
                radius: 0.0,
                reach: iced::Padding::ZERO,
                repeats: false,
            },
            bounds: Rectangle {
                x,
                y,
                width,
                height: 50.0,
            },
            window: Rectangle::INFINITE,
            list: None,
        };
        places.into_iter().map(found).collect()
    }

    fn walk(steps: &[Step]) -> usize {
        let controls = screen();
        let end = steps.iter().fold(None, |from, step| next(&controls, from, *step));
        position(&controls, &end.unwrap()).unwrap()
    }

    #[test]
    fn the_first_step_shows_the_first_control_and_tab_goes_round() {
        assert_eq!(walk(&[Step::Down]), 0);
        assert_eq!(walk(&[Step::Next; 8]), 0);
        assert_eq!(walk(&[Step::Next, Step::Previous]), 6);
    }

    #[test]
    fn arrows_go_to_what_lies_on_their_side() {
        use Step::{Down, Left, Right, Up};
        assert_eq!(walk(&[Down, Right]), 1);
        assert_eq!(walk(&[Down, Right, Down]), 3);
        assert_eq!(walk(&[Down, Right, Down, Left]), 2);
        assert_eq!(walk(&[Down, Down, Down]), 4);
        assert_eq!(walk(&[Down, Right, Right]), 1, "nothing lies there");
        assert_eq!(walk(&[Down, Down, Down, Up]), 2);
    }

    #[test]
    fn on_a_new_screen_the_ring_begins_anew() {
        let controls = screen();
        let elsewhere = Found {
            bounds: Rectangle::with_size(iced::Size::new(9.0, 9.0)),
            ..controls[3]
        };
        assert_eq!(kept(&controls, elsewhere), Some(controls[0]));
        assert_eq!(kept(&controls, controls[3]), Some(controls[3]));
        assert_eq!(kept(&[], controls[3]), None);
    }
}
