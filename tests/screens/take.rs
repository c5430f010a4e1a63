//! The list of a service to take home: on a phone, on paper.

use iced::Size;
use zhest::kiosk::driver::{Command, Link, Update};
use zhest::kiosk::paper::Line;
use zhest::kiosk::theme::colour;
use zhest::kiosk::theme::panel::Panel;
use zhest::kiosk::theme::{Letters, Look};
use zhest::locale::{Language, Words, fl};

use crate::visit::{LANDSCAPE, PORTRAIT, STOUT, Visit, residence};

/// What a phone reads on the glass.
fn scanned(visit: &Visit) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut ui = visit.ui();
    let glass = ui.snapshot(&visit.app.theme()).expect("the screen is drawn");
    glass.matches_image(folder.path().join("glass")).unwrap();
    let file = std::fs::File::open(folder.path().join("glass-tiny-skia.png")).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file))
        .read_info()
        .unwrap();
    let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgba).unwrap();
    let (width, height) = (info.width as usize, info.height as usize);
    let grey = |x: usize, y: usize| rgba[(y * width + x) * 4];
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1, "one code is on the glass");
    codes[0].decode().expect("the code is whole").1
}

#[test]
fn the_code_on_the_glass_leads_a_phone_to_the_same_list_in_the_visitors_language() {
    for (size, language) in [
        (PORTRAIT, Language::Uk),
        (LANDSCAPE, Language::Crh),
        (STOUT, Language::Hu),
    ] {
        let words = Words::new(language);
        for (letters, colour) in [
            (Letters::Usual, &colour::DAY),
            (Letters::Large, &colour::CONTRAST),
        ] {
            let mut visit = Visit::begin(size, language);
            visit.app.context.look.letters = letters;
            visit.app.context.look.colour = colour;
            visit.tap(&fl!(words, "attract-signing"));
            visit.tap(&fl!(words, "search-title"));
            visit.tap(&fl!(words, "search-example-home"));
            visit.tap("Реєстрація місця проживання");
            visit.tap(&fl!(words, "service-take"));
            let language = language.tag();
            let page = format!("https://relay.example/take/residence-registration?lang={language}");
            assert_eq!(scanned(&visit), page);
            visit.sees(&page);
        }
    }
}

#[test]
fn a_code_is_larger_than_60_mm_on_a_27_inch_panel() {
    let panel = Look::new(Panel::new(27.0, Size::new(1080.0, 1920.0)));
    let mm = panel.px(zhest::kiosk::screen::take::CODE) / 3.2122;
    assert!(mm > 120.0, "{mm} mm");
}

#[test]
fn a_list_is_printed_where_there_is_a_printer_and_its_end_is_told() {
    let mut visit = residence();
    visit.tap("Взяти із собою");
    visit.sees_not("Надрукувати");
    visit.tap("Назад");
    for (well, told) in [(true, "Надруковано"), (false, "Не вдалося надрукувати")]
    {
        visit.app.context.handout.printer = Some("Canon".to_owned());
        visit.tap("Взяти із собою");
        visit.tap("Надрукувати");
        let commands = visit.app.commands();
        let &[Command::Print { number, ref sheet }] = &commands[..] else {
            panic!("{commands:?}");
        };
        assert!(
            sheet
                .lines
                .contains(&Line::Tick("Паспорт або ID-картка".to_owned()))
        );
        assert!(
            sheet
                .lines
                .contains(&Line::Step(1, "Підготуйте документи".to_owned()))
        );
        assert!(sheet.address.ends_with("/take/residence-registration?lang=uk"));
        visit.sees("Друкуємо");
        // What became of an earlier visitor's sheet is nobody else's business.
        visit.told(Update::Printed {
            number: number - 1,
            well,
        });
        visit.sees("Друкуємо");
        visit.told(Update::Printed { number, well });
        visit.sees(told);
        visit.tap("Назад");
        visit.tap("Взяти із собою");
        visit.told(Update::Printed { number, well });
        visit.sees_not(told);
        visit.tap("Назад");
    }
}

#[test]
fn while_the_relay_is_away_the_code_says_that_it_may_not_open() {
    let mut visit = residence();
    visit.tap("Взяти із собою");
    visit.told(Update::Link(Link::Down));
    visit.sees("Список може не відкритися. Спробуйте пізніше.");
}
