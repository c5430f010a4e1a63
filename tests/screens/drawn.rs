//! Every screen is laid out and drawn. With `ZHEST_SHOTS=folder` a picture of each is also written there.

use iced::Size;
use iced_test::selector::Candidate;
use zhest::kiosk::theme::Letters;
use zhest::kiosk::theme::colour::{self, Colours};
use zhest::kiosk::theme::panel::Type;
use zhest::locale::Language;

use crate::gallery::{SIZES, gallery};
use crate::glass;
use crate::kept::Kept;
use crate::visit::{LANDSCAPE, PORTRAIT, STOUT, Visit};

/// How a visitor may have it: what a picture's name ends with, letters, colours.
static WAYS: [(&str, Letters, &Colours); 3] = [
    ("", Letters::Usual, &colour::DAY),
    ("-large", Letters::Large, &colour::DAY),
    ("-contrast", Letters::Usual, &colour::CONTRAST),
];

/// The first words that have more lines than they have places to break, or no room for a whole line: a word is parted,
/// or the lines below are lost.
fn ill_set(visit: &Visit) -> Option<String> {
    let panel = visit.app.context.look;
    let lines = [
        panel.letters(Type::Small) * 1.3,
        panel.letters(Type::Label) * 1.3,
        panel.measured().letters(Type::Text) * 1.3,
        panel.letters(Type::Text) * 1.3,
        panel.letters(Type::Action) * 1.15,
        panel.letters(Type::Heading) * 1.1,
        // What a step says.
        panel.letters(Type::Heading) * 1.3,
        panel.letters(Type::Title) * 1.1,
        panel.letters(Type::Hero) * 1.1,
        // The numbers of the countdown and of the place in the queue.
        panel.px(240.0) * 1.1,
        panel.letters(Type::Hero) * 3.0 * 1.1,
        // A key says one word, as high as the key.
        panel.px(94.0),
        // And of the window that calls.
        panel.letters(Type::Hero) * 5.0 * 1.1,
    ];
    let ill = move |candidate: Candidate<'_>| match candidate {
        Candidate::Text { content, bounds, .. } => {
            let breaks = |letter: char| letter.is_whitespace() || "-–/".contains(letter);
            let parts = content.split(breaks).filter(|part| !part.is_empty()).count();
            let fits = |line: f32| {
                let count = (bounds.height / line).round();
                count >= 1.0 && count <= parts as f32 && (bounds.height - count * line).abs() < 0.2
            };
            let good = parts == 0 || lines.into_iter().any(fits);
            (!good).then(|| format!("{content} {}", bounds.height))
        }
        _ => None,
    };
    visit.ui().find(ill).ok()
}

#[test]
fn no_words_are_cut_off_or_parted_on_any_panel_in_any_language() {
    let panels = [PORTRAIT, LANDSCAPE, STOUT, Size::new(STOUT.height, STOUT.width)];
    let mut found = Vec::new();
    for (language, letters) in Language::ALL
        .into_iter()
        .flat_map(|one| SIZES.map(|size| (one, size)))
    {
        for size in panels {
            for (name, mut visit) in gallery(size, language) {
                visit.app.context.look.letters = letters;
                let at = format!("{name} {} {letters:?} {size:?}", language.tag());
                // Keys have lines of their own.
                if !["call-writes", "waiting-note"].contains(&name) {
                    found.extend(ill_set(&visit).map(|words| format!("{at}: {words}")));
                }
                // The others go on below, or above, and are scrolled.
                let scrolled = ["services", "service", "search-found", "take", "call-writes"];
                if !scrolled.iter().any(|scrolled| name.starts_with(scrolled)) {
                    found.extend(glass::cut_off(&mut visit.ui()).map(|words| format!("{at}: {words}")));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_screen_is_drawn_on_both_panels() {
    let folder = std::env::var_os("ZHEST_SHOTS").map(std::path::PathBuf::from);
    // Drawing takes long, and laying out tells the same of the other languages; they are for somebody who looks.
    let drawn = if folder.is_some() { Language::ALL.len() } else { 1 };
    let written = tempfile::tempdir().unwrap();
    let folder = folder.unwrap_or_else(|| written.path().to_owned());
    let mut kept = Kept::open();
    for &language in &Language::ALL[..drawn] {
        // Of the ways to read, a run that nobody looks at draws the plain one.
        let ways = if drawn > 1 { &WAYS[..] } else { &WAYS[..1] };
        let panels = [("portrait", PORTRAIT), ("landscape", LANDSCAPE)];
        for ((panel, size), &(way, letters, colour)) in panels
            .into_iter()
            .flat_map(|panel| ways.iter().map(move |way| (panel, way)))
        {
            for (name, mut visit) in gallery(size, language) {
                visit.app.context.look.letters = letters;
                visit.app.context.look.colour = colour;
                let plain = format!("{name}-{}-{panel}{way}", language.tag());
                // The renderer's name is added to what is asked for, and an older picture would be compared with.
                let drawn = folder.join(format!("{plain}-tiny-skia.png"));
                let plain = folder.join(plain);
                let mut ui = visit.ui();
                let mut draw = || ui.snapshot(&visit.app.theme()).expect("the screen is drawn");
                // Being drawn, a screen asks for the pictures it shows.
                let mut snapshot = draw();
                if visit.shows_pictures() {
                    glass::own(&visit.pictures);
                    glass::clip(&visit.pictures);
                    if name != "call-connecting" {
                        glass::remote(&visit.pictures);
                    }
                    snapshot = draw();
                }
                snapshot.matches_image(&plain).expect("the folder takes pictures");
                let file = plain.with_extension("png");
                std::fs::rename(&drawn, &file).expect("the renderer is tiny-skia");
                let bytes = std::fs::metadata(&file).expect("just written").len();
                assert!(bytes > 10_000, "{name} is empty: {bytes} bytes");
                if language == Language::SOURCE && way.is_empty() {
                    kept.compare(&format!("{name}-{panel}"), &file);
                }
            }
        }
    }
    kept.close();
}
