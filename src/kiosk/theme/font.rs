//! The bundled letters: Inter, and Inter Display for titles.

use iced::Font;
use iced::font::{Family, Weight};

/// Loaded before the first screen is drawn.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"),
    include_bytes!("../../../assets/fonts/Inter-Bold.otf"),
    include_bytes!("../../../assets/fonts/InterDisplay-Bold.otf"),
];

pub const REGULAR: Font = inter(Weight::Normal);
pub const SEMIBOLD: Font = inter(Weight::Semibold);
pub const BOLD: Font = inter(Weight::Bold);
/// From a capital height of 13 mm on.
pub const DISPLAY: Font = Font {
    family: Family::Name("Inter Display"),
    weight: Weight::Bold,
    ..Font::DEFAULT
};

const fn inter(weight: Weight) -> Font {
    Font {
        family: Family::Name("Inter"),
        weight,
        ..Font::DEFAULT
    }
}
