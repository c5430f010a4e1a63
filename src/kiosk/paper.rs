//! The list of a service on paper: what stands on the sheet, and the sheet as a PDF.
//!
//! Lengths are points, 1/72 of an inch; a sheet is A4.

use krilla::Document;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use qrcode::{Color, QrCode};
use ttf_parser::Face;

use super::theme::font;
use crate::catalogue::card::Card;
use crate::locale::{Words, fl};

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
/// No printer needs more at an edge.
const MARGIN: f32 = 56.0;
/// A box to tick, and where the words beside it begin.
const TICK: f32 = 14.0;
const INDENT: f32 = 28.0;
/// 35 mm: read at the length of a forearm.
const CODE: f32 = 100.0;

/// What is printed, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub lines: Vec<Line>,
    /// Of the same list on a telephone.
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Title(String),
    Heading(String),
    Text(String),
    /// With a box before it, to be ticked by pen.
    Tick(String),
    /// With its number before it.
    Step(usize, String),
    /// Below a line, in smaller letters.
    Note(String),
}

impl Sheet {
    /// `date` is that of the prices, `window` where this house gives the service.
    pub fn of(card: &Card, words: &Words, date: String, window: Option<&str>, address: String) -> Self {
        let mut lines = vec![Line::Title(card.name.to_owned())];
        if card.needs_review || card.checked_on.is_none() {
            lines.push(Line::Text(fl!(words, "service-needs-review-line")));
        }
        if !card.signpost {
            lines.push(Line::Heading(fl!(words, "service-documents")));
            for document in &card.documents {
                lines.push(Line::Tick(document.name.to_owned()));
                let more = [document.condition, document.note].into_iter().flatten();
                lines.extend(more.map(|line| Line::Note(line.to_owned())));
            }
            if card.documents.is_empty() {
                lines.push(Line::Text(fl!(words, "service-documents-none")));
            }
            lines.push(Line::Heading(fl!(words, "service-fee")));
            for fee in &card.fees {
                let label = fee.label.map(|label| format!("{label}: ")).unwrap_or_default();
                let amount = fee.amount.clone();
                let amount = amount.unwrap_or_else(|| fl!(words, "service-fee-unknown"));
                lines.push(Line::Text(format!("{label}{amount}, {}", fee.term)));
            }
            lines.push(Line::Text(fl!(words, "service-fee-on", date = date)));
        }
        if !card.steps.is_empty() {
            lines.push(Line::Heading(fl!(words, "service-steps-tool")));
        }
        for (at, step) in card.steps.iter().enumerate() {
            lines.push(Line::Step(at + 1, step.title.to_owned()));
            lines.extend(step.text.map(|line| Line::Note(line.to_owned())));
        }
        let window = window.map(|window| fl!(words, "ticket-at", window = window));
        if let Some(place) = window.or(card.place.map(str::to_owned)) {
            lines.push(Line::Heading(fl!(words, "service-place")));
            lines.push(Line::Text(place));
        }
        Self { lines, address }
    }

    /// Letters that our fonts lack are left out by them; all else fits on as many pages as it takes.
    pub fn pdf(&self) -> Vec<u8> {
        let mut document = Document::new();
        for page in self.pages() {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).expect("a sheet has a size");
            let mut page_out = document.start_page_with(settings);
            let mut surface = page_out.surface();
            for placed in page {
                placed.draw(&mut surface);
            }
            surface.finish();
            page_out.finish();
        }
        document.finish().expect("words and squares make a document")
    }

    fn pages(&self) -> Vec<Vec<Placed>> {
        let mut pages = vec![vec![]];
        let mut y = MARGIN;
        // The code has the corner of the first page.
        pages[0].push(Placed::Code(self.address.clone()));
        for line in &self.lines {
            let (words, letters, before, indent) = line.set();
            let beside_code = pages.len() == 1 && y < MARGIN + CODE;
            for (at, part) in letters.broken(words, beside_code, indent).into_iter().enumerate() {
                y += if at == 0 { before } else { 0.0 } + letters.size * 1.3;
                if y > HEIGHT - MARGIN {
                    pages.push(vec![]);
                    y = MARGIN + letters.size * 1.3;
                }
                let page = pages.last_mut().expect("there is a first page");
                let write = |x, words| Placed::Words { x, y, letters, words };
                match line {
                    Line::Tick(_) if at == 0 => page.push(Placed::Tick(y)),
                    Line::Step(number, _) if at == 0 => page.push(write(MARGIN, number.to_string())),
                    _ => {}
                }
                page.push(write(MARGIN + indent, part));
            }
        }
        pages
    }
}

impl Line {
    /// The words, their letters, the gap above and the indent.
    fn set(&self) -> (&str, Letters, f32, f32) {
        let letters = |file, size| Letters { file, size };
        match self {
            Line::Title(words) => (words, letters(font::FILES[3], 26.0), 0.0, 0.0),
            Line::Heading(words) => (words, letters(font::FILES[2], 16.0), 18.0, 0.0),
            Line::Text(words) => (words, letters(font::FILES[0], 14.0), 8.0, 0.0),
            Line::Tick(words) | Line::Step(_, words) => (words, letters(font::FILES[1], 14.0), 10.0, INDENT),
            Line::Note(words) => (words, letters(font::FILES[0], 12.0), 2.0, INDENT),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Letters {
    file: &'static [u8],
    size: f32,
}

impl Letters {
    /// Breaks words into lines that fit beside the code, or below it over the whole width.
    fn broken(self, words: &str, beside_code: bool, indent: f32) -> Vec<String> {
        let face = Face::parse(self.file, 0).expect("the bundled fonts are sound");
        let scale = self.size / f32::from(face.units_per_em());
        let width = |text: &str| -> f32 {
            let advance = |letter| face.glyph_hor_advance(face.glyph_index(letter)?);
            let advances = text.chars().filter_map(advance);
            advances.map(|advance| f32::from(advance) * scale).sum()
        };
        let beside = if beside_code { CODE + 20.0 } else { 0.0 };
        let room = WIDTH - 2.0 * MARGIN - indent - beside;
        let mut lines: Vec<String> = Vec::new();
        for word in words.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer.filter(|longer| width(longer) <= room) {
                Some(longer) => *lines.last_mut().expect("it was made longer") = longer,
                None => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

enum Placed {
    /// `y` is that of the baseline.
    Words {
        x: f32,
        y: f32,
        letters: Letters,
        words: String,
    },
    /// A box on the baseline at this height.
    Tick(f32),
    /// The address, in the upper right corner.
    Code(String),
}

impl Placed {
    fn draw(self, surface: &mut Surface) {
        let mut shape = PathBuilder::new();
        match self {
            Placed::Words { x, y, letters, words } => {
                let face = Font::new(letters.file.into(), 0).expect("the bundled fonts are sound");
                let start = Point::from_xy(x, y);
                let direction = TextDirection::LeftToRight;
                return surface.draw_text(start, face, letters.size, &words, false, direction);
            }
            Placed::Tick(y) => {
                shape.push_rect(square(MARGIN, y - TICK + 2.0, TICK));
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    width: 1.5,
                    ..Stroke::default()
                }));
            }
            Placed::Code(address) => {
                let code = QrCode::new(&address).expect("the configuration keeps addresses short");
                let side = CODE / code.width() as f32;
                let dark = code.to_colors().into_iter().enumerate();
                for (at, _) in dark.filter(|(_, colour)| *colour == Color::Dark) {
                    let (x, y) = (at % code.width(), at / code.width());
                    let left = WIDTH - MARGIN - CODE + x as f32 * side;
                    shape.push_rect(square(left, MARGIN + y as f32 * side, side));
                }
            }
        }
        if let Some(path) = shape.finish() {
            surface.draw_path(&path);
        }
        surface.set_stroke(None);
        surface.set_fill(Some(Fill::default()));
    }
}

fn square(x: f32, y: f32, side: f32) -> Rect {
    Rect::from_xywh(x, y, side, side).expect("a side is longer than nothing")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::locale::Language;

    #[test]
    fn every_service_becomes_a_document_in_every_language() {
        let (catalogue, _) = Catalogue::embedded();
        for language in Language::ALL {
            let words = Words::new(language);
            for service in catalogue.services() {
                let date = jiff::civil::date(2026, 11, 23);
                let card = service.card(language.tag(), date);
                let address = format!("https://relay.example/take/{}", card.id);
                let sheet = Sheet::of(&card, &words, language.date(date), Some("3"), address);
                let window = fl!(words, "ticket-at", window = "3");
                assert!(sheet.lines.contains(&Line::Text(window)), "{}", card.id);
                let boxes = sheet.lines.iter().filter(|line| matches!(line, Line::Tick(_)));
                let documents = if card.signpost { 0 } else { card.documents.len() };
                assert_eq!(boxes.count(), documents, "{}", card.id);
                assert!(sheet.pages().len() <= 2, "{}", card.id);
                if language == Language::Uk {
                    assert!(sheet.pdf().starts_with(b"%PDF-"));
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_goes_on_the_next_page() {
        let sheet = Sheet {
            lines: vec![Line::Tick("Дуже довга назва документа ".repeat(12)); 20],
            address: "https://relay.example/take/a".to_owned(),
        };
        let pages = sheet.pages();
        assert!(pages.len() > 2);
        // Beside the code lines are short, and it is on the first page alone.
        let (words, letters, _, indent) = sheet.lines[0].set();
        let whole = letters.broken(words, false, indent);
        for placed in pages[1..].iter().flatten() {
            if let Placed::Words { words, .. } = placed {
                assert!(whole.contains(words), "{words}");
            }
        }
        for placed in pages.iter().flatten() {
            if let Placed::Words { y, .. } = placed {
                assert!((MARGIN..=HEIGHT - MARGIN).contains(y), "{y}");
            }
        }
    }
}
