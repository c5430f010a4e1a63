//! The card of a service and its steps.

use iced::Size;
use zhest::catalogue::Catalogue;
use zhest::locale::Language;

use crate::visit::{CALL, PORTRAIT, RESIDENCE, Visit, residence};

#[test]
fn papers_are_ticked_one_by_one_and_stay_ticked_while_one_reads_on() {
    let mut visit = residence();
    visit.sees("Готово: 0 з 3");
    visit.tap("Заява");
    visit.tap("Паспорт або ID-картка");
    visit.sees("Готово: 2 з 3");
    visit.tap("Кроки");
    visit.tap("Назад");
    visit.sees("Готово: 2 з 3");
    visit.tap("Заява");
    visit.sees("Готово: 1 з 3");
    visit.tap("Завершити");
    let visit = residence();
    visit.sees("Готово: 0 з 3");
}

#[test]
fn a_service_says_its_window_in_this_house_and_shows_the_way_to_it() {
    let mut visit = residence();
    visit.sees_not("Вікно 3");
    let windows = &mut visit.app.context.hall.windows;
    windows.of = [("residence-registration".parse().unwrap(), "3".to_owned())].into();
    windows.plan = Some(iced::widget::image::Handle::from_rgba(1, 1, vec![0; 4]));
    visit.sees("Вікно 3");
    visit.tap("Назад");
    visit.tap("Зняття з реєстрації");
    visit.sees_not("Вікно 3");
}

#[test]
fn steps_are_told_one_at_a_time_and_the_last_leads_back_to_the_service() {
    let mut visit = residence();
    visit.tap("Кроки");
    for (number, verb) in [
        (1, "Підготуйте документи"),
        (2, "Візьміть талон"),
        (3, "Сплатіть"),
        (4, "Подайте заяву"),
    ] {
        visit.sees(&format!("Крок {number} з 5"));
        visit.sees(verb);
        visit.tap(&format!("Далі: крок {}", number + 1));
    }
    visit.sees("Крок 5 з 5");
    visit.tap("Назад");
    visit.sees("Крок 4 з 5");
    visit.tap("Далі: крок 5");
    visit.tap("Готово");
    visit.sees("Скільки коштує");
}

#[test]
fn in_the_middle_of_the_steps_the_interpreter_is_asked_about_the_service() {
    let mut visit = residence();
    visit.tap("Кроки");
    visit.tap("Далі: крок 2");
    visit.tap(CALL);
    visit.app.commands();
    visit.tap("Покликати");
    visit.calls_about(RESIDENCE);
}

#[test]
fn the_law_is_one_tap_away() {
    let mut visit = Visit::home();
    visit.size = Size::new(540.0, 3000.0);
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.sees_not("Постанова Кабінету Міністрів України № 265 (2022)");
    visit.tap("На чому це засновано");
    visit.sees("Постанова Кабінету Міністрів України № 265 (2022)");
    visit.tap("Сховати закони");
    visit.sees_not("Постанова Кабінету Міністрів України № 265 (2022)");
}

#[test]
fn a_catalogue_with_gaps_says_what_it_does_not_know() {
    let events = r#"
        [[event]]
        id = "empty"
        icon = "no_such_icon"
        name = { uk = "Порожня тема" }
        [[event]]
        id = "sparse"
        icon = "home"
        name = { uk = "Тема з послугою" }
    "#;
    let service = r#"
        order = 1
        events = ["sparse"]
        name = { uk = "Послуга з надзвичайно довгою назвою, яка не вміщується в один рядок екрана" }
        needs_review = true
        summary = { uk = "Про неї ще нічого не відомо." }
        provider = { uk = "ЦНАП" }
    "#;
    let minimums = "2026 = \"3328\"\n";
    let files = [
        ("events.toml", events),
        ("long.toml", service),
        ("subsistence-minimum.toml", minimums),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let mut visit = Visit::with_catalogue(PORTRAIT, Language::Uk, Catalogue::load(files));
    visit.tap("English");
    visit.tap("Порожня тема");
    visit.sees("No services here yet");
    visit.tap("Back");
    visit.tap("Тема з послугою");
    visit.sees("ask for the price");
    visit.tap("Послуга з надзвичайно довгою назвою, яка не вміщується в один рядок екрана");
    visit.sees("We are still checking this");
    visit.sees("Ask which papers you need.");
    visit.sees("Nobody has checked this yet.");
}
