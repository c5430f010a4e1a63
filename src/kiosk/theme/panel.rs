//! The panel, and lengths on it.
//!
//! Lengths in the sources are steps of the drawing board: a 27″ panel of 1080 × 1920, where one step is 0.311 mm.
//! [`Panel::px`] makes logical pixels of them, so a letter has the same height in millimetres on every panel that has
//! the room; on a smaller one everything shrinks together until 1080 steps fit across.

use iced::Size;

/// Pixels a millimetre on the drawing board.
const BOARD: f32 = 3.2122;
/// The short side of the drawing board.
const BOARD_WIDTH: f32 = 1080.0;

/// What the kiosk is shown on, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    pub diagonal_inches: f32,
    pub width_px: f32,
    pub height_px: f32,
}

/// The letters' sizes, by the height of a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 7.5 mm: below the drawing of what is touched.
    Label,
    /// 7.5 mm: the smallest that is read.
    Small,
    /// 8.5 mm: reading.
    Text,
    /// 10 mm: what is touched.
    Action,
    /// 13 mm: the title of a card.
    Heading,
    /// 17 mm: the title of a screen.
    Title,
    /// 24 mm: seen from across the hall.
    Hero,
}

impl Type {
    fn capital_mm(self) -> f32 {
        match self {
            Type::Label | Type::Small => 7.5,
            Type::Text => 8.5,
            Type::Action => 10.0,
            Type::Heading => 13.0,
            Type::Title => 17.0,
            Type::Hero => 24.0,
        }
    }
}

impl Panel {
    pub fn new(diagonal_inches: f32, size: Size) -> Self {
        Self {
            diagonal_inches,
            width_px: size.width,
            height_px: size.height,
        }
    }

    pub fn is_landscape(&self) -> bool {
        self.width_px > self.height_px
    }

    /// Logical pixels for `steps` of the drawing board.
    pub fn px(&self, steps: f32) -> f32 {
        steps * self.scale()
    }

    /// The font size at which a capital is as high as it should be: Inter's capitals are 0.727 of the size.
    pub fn letters(&self, size: Type) -> f32 {
        self.px((size.capital_mm() * BOARD / 0.727).round())
    }

    fn scale(&self) -> f32 {
        let diagonal_mm = self.diagonal_inches * 25.4;
        let pitch = self.width_px.hypot(self.height_px) / diagonal_mm;
        let fits = self.width_px.min(self.height_px) / BOARD_WIDTH;
        (pitch / BOARD).min(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(inches: f32, width: f32, height: f32) -> Panel {
        Panel::new(inches, Size::new(width, height))
    }

    #[test]
    fn a_capital_of_the_smallest_text_is_seven_and_a_half_millimetres_high() {
        for (inches, width, height) in [
            (27.0, 1080.0, 1920.0),
            (27.0, 2160.0, 3840.0),
            (32.0, 1920.0, 1080.0),
        ] {
            let panel = panel(inches, width, height);
            let pixel_mm = inches * 25.4 / width.hypot(height);
            let capital = panel.letters(Type::Small) * 0.727 * pixel_mm;
            assert!(
                (capital - 7.5).abs() < 0.1,
                "{inches}″ {width}×{height}: {capital} mm"
            );
        }
    }

    #[test]
    fn a_small_panel_keeps_the_whole_drawing_board_across() {
        let small = panel(15.6, 1080.0, 1920.0);
        assert!((small.px(BOARD_WIDTH) - 1080.0).abs() < 0.5);
    }
}
