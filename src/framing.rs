//! Whether a visitor can be seen well: light and place in the picture, judged from a few brightness samples.
//!
//! **It advises and never blocks.** There is no learning and no face in it, so it is honest about what it cannot know:
//! light is told by the brightness of the middle against the rim; where somebody stands is told by what moves between
//! two looks, because the camera is fixed and people are never quite still. Somebody who passes behind is taken for a
//! part of the visitor, and who stands like a statue is not seen: then the advice is wrong, and the call begins anyway.
//!
//! A look is [`WIDTH`] × [`HEIGHT`] brightnesses, several a second or one: the latest [`LOOKS`] count.

use std::collections::VecDeque;

pub const WIDTH: usize = 160;
pub const HEIGHT: usize = 120;

/// Movement is gathered over so many looks: hands and head have moved by then.
pub const LOOKS: usize = 6;
/// Before so many looks nothing is said of the place.
const ENOUGH: usize = 3;

/// A cell is this many samples wide and high.
const CELL: usize = 8;
const COLUMNS: usize = WIDTH / CELL;
const ROWS: usize = HEIGHT / CELL;

/// A sample that changed by more has moved; a camera's noise changes it by less.
const MOVED: u8 = 18;
/// A cell has moved when so many of its 64 samples have.
const OF_A_CELL: usize = 6;
/// Fewer moving cells than this are a curtain or a lamp.
const SOMEBODY: usize = 8;

/// As in the interpreter's page: 0–255.
const DARK: f32 = 55.0;
const BRIGHT: f32 = 215.0;
/// The middle is this much darker than the rim when the light comes from behind.
const BEHIND: f32 = 60.0;

/// Brightness, row by row.
#[derive(Clone)]
pub struct Look(Vec<u8>);

impl Look {
    /// Every n-th pixel of an RGBA picture; none of an empty one.
    pub fn of_rgba(width: usize, height: usize, rgba: &[u8]) -> Option<Self> {
        if width == 0 || height == 0 || rgba.len() < width * height * 4 {
            return None;
        }
        let samples = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y)));
        let luma = samples.map(|(x, y)| {
            let at = (y * height / HEIGHT * width + x * width / WIDTH) * 4;
            let [r, g, b] = [0, 1, 2].map(|channel| u32::from(rgba[at + channel]));
            // BT.709 in 256ths.
            ((54 * r + 183 * g + 19 * b) / 256) as u8
        });
        Some(Self(luma.collect()))
    }

    fn light(&self) -> Light {
        let (mut inside, mut around) = (Mean::default(), Mean::default());
        for (at, luma) in self.0.iter().enumerate() {
            let (x, y) = (at % WIDTH, at / WIDTH);
            // A face is in the middle third of the width and the upper two thirds of the height.
            let face = (WIDTH / 3..2 * WIDTH / 3).contains(&x) && y < 2 * HEIGHT / 3;
            let part = if face { &mut inside } else { &mut around };
            part.add(*luma);
        }
        let (inside, around) = (inside.mean(), around.mean());
        if around - inside > BEHIND {
            Light::Behind
        } else if inside < DARK {
            Light::Dark
        } else if inside > BRIGHT {
            Light::Bright
        } else {
            Light::Good
        }
    }

    /// What moved since `before`, a bit a cell.
    fn moved_since(&self, before: &Look) -> Vec<bool> {
        let mut counts = [0usize; COLUMNS * ROWS];
        for (at, (now, then)) in self.0.iter().zip(&before.0).enumerate() {
            if now.abs_diff(*then) > MOVED {
                counts[at / WIDTH / CELL * COLUMNS + at % WIDTH / CELL] += 1;
            }
        }
        counts.iter().map(|count| *count >= OF_A_CELL).collect()
    }
}

#[derive(Default)]
struct Mean {
    sum: u32,
    count: u32,
}

impl Mean {
    fn add(&mut self, luma: u8) {
        self.sum += u32::from(luma);
        self.count += 1;
    }

    fn mean(&self) -> f32 {
        self.sum as f32 / self.count.max(1) as f32
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    Good,
    Dark,
    Bright,
    /// The window is behind the visitor.
    Behind,
}

/// Where the visitor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Good,
    /// Nothing moves.
    Nobody,
    /// The head reaches over the upper edge.
    HeadCut,
    /// Both sides are reached: elbows do not fit.
    TooNear,
    /// Less than half of the height: fingers are too small to read.
    TooFar,
    /// The hands would leave the picture at that side of it.
    AtLeft,
    AtRight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub light: Light,
    /// None until there were enough looks to know.
    pub stand: Option<Stand>,
}

/// What was seen lately.
#[derive(Default)]
pub struct Watch {
    last: Option<Look>,
    moves: VecDeque<Vec<bool>>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch(…)")
    }
}

impl Watch {
    pub fn look(&mut self, look: Look) -> Verdict {
        if let Some(last) = &self.last {
            if self.moves.len() == LOOKS {
                self.moves.pop_front();
            }
            self.moves.push_back(look.moved_since(last));
        }
        let verdict = Verdict {
            light: look.light(),
            stand: self.stand(),
        };
        self.last = Some(look);
        verdict
    }

    fn stand(&self) -> Option<Stand> {
        if self.moves.len() < ENOUGH {
            return None;
        }
        let moved = |column: usize, row: usize| {
            let at = row * COLUMNS + column;
            self.moves.iter().any(|moves| moves[at])
        };
        let cells: Vec<(usize, usize)> = (0..ROWS)
            .flat_map(|row| (0..COLUMNS).map(move |column| (column, row)))
            .filter(|(column, row)| moved(*column, *row))
            .collect();
        if cells.len() < SOMEBODY {
            return Some(Stand::Nobody);
        }
        let columns = || cells.iter().map(|(column, _)| *column);
        let (left, right) = (columns().min()?, columns().max()?);
        let top = cells.iter().map(|(_, row)| *row).min()?;
        let in_middle = |column: &usize| (COLUMNS / 3..=2 * COLUMNS / 3).contains(column);
        let head_cut = cells
            .iter()
            .filter(|(column, row)| *row == 0 && in_middle(column))
            .count()
            >= 2;
        let (touches_left, touches_right) = (left == 0, right == COLUMNS - 1);
        Some(if touches_left && touches_right {
            Stand::TooNear
        } else if head_cut {
            Stand::HeadCut
        } else if touches_left && right < 2 * COLUMNS / 3 {
            Stand::AtLeft
        } else if touches_right && left > COLUMNS / 3 {
            Stand::AtRight
        } else if ROWS - top < ROWS / 2 {
            Stand::TooFar
        } else {
            Stand::Good
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A wall of one brightness.
    fn wall(luma: u8) -> Vec<u8> {
        vec![luma; WIDTH * HEIGHT]
    }

    /// Somebody in the middle of samples `x`, from `top` down to the edge, who sways by `sway`.
    fn person(ground: u8, x: std::ops::Range<usize>, top: usize, sway: usize) -> Look {
        let mut luma = wall(ground);
        for y in top..HEIGHT {
            for x in x.clone() {
                // Clothes have folds, which sway too.
                let fold = if (x / 4 + y / 4).is_multiple_of(2) {
                    90
                } else {
                    140
                };
                luma[y * WIDTH + (x + sway).min(WIDTH - 1)] = fold;
            }
        }
        Look(luma)
    }

    fn judged(x: std::ops::Range<usize>, top: usize) -> Option<Stand> {
        let mut watch = Watch::default();
        (0..LOOKS)
            .map(|n| watch.look(person(180, x.clone(), top, n % 2 * 4)).stand)
            .last()
            .flatten()
    }

    #[test]
    fn a_visitor_is_told_where_to_stand() {
        assert_eq!(judged(50..110, 20), Some(Stand::Good));
        assert_eq!(judged(50..110, 0), Some(Stand::HeadCut));
        assert_eq!(judged(0..160, 20), Some(Stand::TooNear));
        assert_eq!(judged(65..95, 72), Some(Stand::TooFar));
        assert_eq!(judged(0..70, 20), Some(Stand::AtLeft));
        assert_eq!(judged(90..156, 20), Some(Stand::AtRight));
    }

    #[test]
    fn an_empty_hall_is_nobody_and_nothing_is_said_too_soon() {
        let mut watch = Watch::default();
        let stands: Vec<_> = (0..5).map(|_| watch.look(Look(wall(120))).stand).collect();
        assert_eq!(stands[..3], [None; 3]);
        assert_eq!(stands[3..], [Some(Stand::Nobody); 2]);
    }

    #[test]
    fn noise_of_the_camera_is_nobody() {
        let mut watch = Watch::default();
        let noisy = |n: usize| {
            let luma = (0..WIDTH * HEIGHT).map(|at| 120 + ((at * 7 + n * 13) % 9) as u8);
            Look(luma.collect())
        };
        let last = (0..LOOKS).map(|n| watch.look(noisy(n)).stand).last();
        assert_eq!(last, Some(Some(Stand::Nobody)));
    }

    #[test]
    fn who_has_left_is_forgotten() {
        let mut watch = Watch::default();
        for n in 0..LOOKS {
            watch.look(person(180, 50..110, 20, n % 2 * 4));
        }
        let gone = (0..=LOOKS).map(|_| watch.look(Look(wall(180))).stand).last();
        assert_eq!(gone, Some(Some(Stand::Nobody)));
    }

    #[test]
    fn light_is_judged_in_the_middle_against_the_rim() {
        let lit = |face: u8, rim: u8| {
            let mut luma = wall(rim);
            for y in 0..2 * HEIGHT / 3 {
                luma[y * WIDTH..][WIDTH / 3..2 * WIDTH / 3].fill(face);
            }
            Look(luma).light()
        };
        assert_eq!(lit(120, 120), Light::Good);
        assert_eq!(lit(30, 40), Light::Dark);
        assert_eq!(lit(240, 230), Light::Bright);
        assert_eq!(lit(90, 200), Light::Behind);
    }

    #[test]
    fn a_picture_of_any_size_is_looked_at() {
        for (width, height) in [(640, 480), (160, 120), (97, 31), (1, 1)] {
            let rgba = [10, 200, 30, 255].repeat(width * height);
            let look = Look::of_rgba(width, height, &rgba).unwrap();
            assert_eq!(look.0.len(), WIDTH * HEIGHT);
            assert!(look.0.iter().all(|luma| *luma == 147), "{}", look.0[0]);
        }
        assert!(Look::of_rgba(0, 9, &[]).is_none());
        assert!(Look::of_rgba(9, 9, &[0; 8]).is_none());
    }

    proptest! {
        #[test]
        fn any_pictures_get_a_verdict(seed in any::<u32>(), looks in 1usize..10) {
            let mut watch = Watch::default();
            for n in 0..looks {
                let luma = (0..WIDTH * HEIGHT).map(|at| (at as u32 ^ seed).wrapping_mul(2_654_435_761 + n as u32 * 2) as u8);
                let verdict = watch.look(Look(luma.collect()));
                prop_assert_eq!(verdict.stand.is_some(), n >= ENOUGH);
            }
        }
    }
}
