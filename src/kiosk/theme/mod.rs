//! How everything looks: colours, letters, and lengths that are true to millimetres on the panel.

pub mod colour;
pub mod font;
pub mod panel;

use colour::Colours;
use panel::{Panel, Type};

/// How this visit looks. Every widget gets it; nothing else decides a colour or a length.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub panel: Panel,
    pub colour: &'static Colours,
    pub letters: Letters,
}

/// How large the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    #[default]
    Usual,
    /// What is read is a fifth larger: as high as what is touched.
    Large,
}

impl Letters {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Letters::Usual => Letters::Large,
            Letters::Large => Letters::Usual,
        }
    }

    fn factor(self) -> f32 {
        match self {
            Letters::Usual => 1.0,
            Letters::Large => 1.2,
        }
    }
}

impl Look {
    /// As a visit begins.
    pub fn new(panel: Panel) -> Self {
        Self {
            panel,
            colour: &colour::DAY,
            letters: Letters::Usual,
        }
    }

    /// For the counter, whose room is measured: there letters stay as they are.
    #[must_use]
    pub fn measured(self) -> Self {
        Self {
            letters: Letters::Usual,
            ..self
        }
    }

    /// Logical pixels for `steps` of the drawing board.
    pub fn px(&self, steps: f32) -> f32 {
        self.panel.px(steps)
    }

    /// The font size for a kind of text, in logical pixels.
    ///
    /// What is touched and what is a title is large from the beginning, and keeps its room.
    pub fn letters(&self, size: Type) -> f32 {
        let factor = match size {
            Type::Small | Type::Text => self.letters.factor(),
            Type::Label | Type::Action | Type::Heading | Type::Title | Type::Hero => 1.0,
        };
        self.panel.letters(size) * factor
    }

    pub fn is_landscape(&self) -> bool {
        self.panel.is_landscape()
    }

    /// The border of what is touched, in logical pixels.
    pub fn rim(&self) -> f32 {
        self.px(self.colour.rim_steps).max(1.0)
    }
}
