//! Icons, by their name in Material Symbols (`assets/icons`). Each stands beside its word, never alone.

use std::borrow::Cow;

use iced::widget::svg::{Handle, Style};
use iced::widget::{Svg, svg};
use iced::{Color, Length, Theme};

#[derive(rust_embed::RustEmbed)]
#[folder = "assets/icons"]
struct Embedded;

/// Shown for a name that staff wrote and nobody drew.
const UNKNOWN: &str = "description";

/// One colour, `size` logical pixels square.
pub fn icon<'a>(name: &str, size: f32, colour: Color) -> Svg<'a, Theme> {
    drawn(name, size).style(move |_, _| Style { color: Some(colour) })
}

/// The mark, in its own colours.
pub fn logo<'a>(size: f32) -> Svg<'a, Theme> {
    drawn("logo", size)
}

/// Whether there is a drawing of that name.
pub fn exists(name: &str) -> bool {
    Embedded::get(&format!("{name}.svg")).is_some()
}

fn drawn<'a>(name: &str, size: f32) -> Svg<'a, Theme> {
    svg(handle(name))
        .width(Length::Fixed(size))
        .height(Length::Fixed(size))
}

/// The drawing itself, for a canvas.
pub fn handle(name: &str) -> Handle {
    let file = Embedded::get(&format!("{name}.svg"))
        .or_else(|| Embedded::get(&format!("{UNKNOWN}.svg")))
        .expect("the icon for the unknown is embedded");
    match file.data {
        Cow::Borrowed(bytes) => Handle::from_memory(bytes),
        Cow::Owned(bytes) => Handle::from_memory(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_icon_the_catalogue_names_is_drawn() {
        let (catalogue, _) = Catalogue::embedded();
        let events = catalogue.events().iter().map(|event| &event.icon);
        let documents = catalogue.services().iter().flat_map(|service| &service.documents);
        let names: Vec<&String> = events.chain(documents.map(|document| &document.icon)).collect();
        assert!(names.len() > 20);
        let missing: Vec<_> = names.into_iter().filter(|name| !exists(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
