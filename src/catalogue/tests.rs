//! Stories of staff who write files, and of the catalogue that ships.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::load::Fault;
use super::model::{Amount, Formula, Term};
use super::money::Kopecks;
use super::*;

const TODAY: Date = date(2026, 11, 22);

const EVENTS: &str = r#"
[[event]]
id = "home"
icon = "home"
name = { uk = "Житло" }
"#;

const SERVICE: &str = r#"
events = ["home"]
needs_review = true
name = { uk = "Реєстрація місця проживання", en = "Registration of residence" }
summary = { uk = "Ви повідомляєте, де живете." }
provider = { uk = "Громада" }

[[fees]]
formula = { minimum = "0.015" }
term = "same_day"

[[steps]]
title = { uk = "Подайте заяву" }
"#;

fn load(files: &[(&str, &str)]) -> (Catalogue, Vec<Problem>) {
    let shared = [
        ("events.toml", EVENTS),
        ("subsistence-minimum.toml", "2026 = \"3328\""),
    ];
    let files = shared.iter().chain(files);
    Catalogue::load(files.map(|(name, text)| (name.to_string(), text.to_string())))
}

fn id(word: &str) -> ServiceId {
    word.parse().unwrap()
}

fn faults(problems: Vec<Problem>) -> Vec<Fault> {
    problems.into_iter().map(|problem| problem.fault).collect()
}

#[test]
fn a_service_is_found_by_its_file_name_and_by_its_event() {
    let (catalogue, problems) = load(&[("residence.toml", SERVICE)]);
    assert_eq!(problems, []);
    let service = catalogue.service(&id("residence")).unwrap();
    assert_eq!(service.title("en-GB"), "Registration of residence");
    assert_eq!(
        service.provider.get("en"),
        "Громада",
        "Ukrainian where there is no translation"
    );
    assert_eq!(
        catalogue.of_event(&catalogue.events()[0].id).collect::<Vec<_>>(),
        [service]
    );
    assert_eq!(catalogue.review(TODAY), []);
}

#[test]
fn a_fee_follows_the_subsistence_minimum_of_its_year() {
    let (catalogue, _) = load(&[("residence.toml", SERVICE)]);
    let fee = &catalogue.services()[0].fees[0];
    assert_eq!(fee.amount(TODAY), Amount::Sum(Kopecks(4_992)));
    assert_eq!(
        fee.amount(date(2027, 1, 1)),
        Amount::Unknown,
        "nobody has entered 2027"
    );
    let faults = faults(catalogue.review(date(2027, 1, 1)));
    assert_eq!(faults, [Fault::NoMinimum { year: 2027 }]);
}

#[test]
fn broken_files_cost_one_service_each_and_are_told_in_ukrainian() {
    let cut = SERVICE.replace("provider = { uk = \"Громада\" }", "");
    let misspelt = SERVICE.replace("summary", "sumary");
    let untranslated = SERVICE.replace("summary = { uk =", "summary = { en =");
    let comma = SERVICE.replace("0.015", "0,015");
    let (catalogue, problems) = load(&[
        ("comma.toml", &comma),
        ("cut.toml", &cut),
        ("good.toml", SERVICE),
        ("misspelt.toml", &misspelt),
        ("untranslated.toml", &untranslated),
        ("garbage.toml", "\0]=["),
        ("Велика.toml", SERVICE),
    ]);
    assert_eq!(catalogue.services().len(), 1);
    assert!(catalogue.service(&id("good")).is_some());
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    for (file, words) in [
        ("comma.toml: рядок 9", "через крапку"),
        ("cut.toml: рядок", "немає поля «provider»"),
        ("misspelt.toml: рядок 5", "зайве або помилкове поле «sumary»"),
        ("untranslated.toml: рядок 5", "немає українського тексту"),
        ("garbage.toml: рядок 1", "пропущено"),
        ("Велика.toml", "малих латинських літер"),
    ] {
        let found = told
            .iter()
            .any(|told| told.starts_with(file) && told.contains(words));
        assert!(found, "{file} … {words} in {told:#?}");
    }
    assert_eq!(problems.len(), 6, "{told:#?}");
}

#[test]
fn each_mistake_of_a_hurried_hand_is_told_without_foreign_words() {
    let with = |from: &str, to: &str| {
        assert!(SERVICE.contains(from), "{from}");
        SERVICE.replace(from, to)
    };
    for (text, said) in [
        (
            with("needs_review = true", "needs_review = 5"),
            "тут число, а має бути true або false",
        ),
        (with("needs_review = true", "needs_review = так"), "після знака ="),
        (with("needs_review = true", "needs_review ="), "після знака ="),
        (
            with("needs_review = true", "needs_review = true\norder = \"5\""),
            "тут текст у лапках, а має бути число",
        ),
        (
            with("needs_review = true", "needs_review = true\norder = 70000"),
            "завелике",
        ),
        (
            with(
                "needs_review = true",
                "needs_review = true\nchecked_on = \"22.11.2026\"",
            ),
            "рік-місяць-день",
        ),
        (
            with("needs_review = true", "needs_review = true\nneeds_review = true"),
            "вже є вище",
        ),
        (with("[\"home\"]", "\"home\""), "має бути список у дужках [ ]"),
        (with("[\"home\"]", "[\"Дім\"]"), "малих латинських літер"),
        (with("[\"home\"]", "[\"home\""), "дужки ]"),
        (with("Громада\" }", "Громада\""), "дужки }"),
        (with("{ uk = \"Громада\" }", "{ uk = \"Громада }"), "лапок"),
        (
            with("{ uk = \"Громада\" }", "\"Громада\""),
            "має бути поля у дужках { }",
        ),
        (with("\"same_day\"", "\"today\""), "незрозуміле слово «today»"),
        (
            with("\"same_day\"", "\"days\""),
            "тут слово без значення, а має бути поля у дужках { }",
        ),
    ] {
        let (catalogue, problems) = load(&[("broken.toml", &text), ("good.toml", SERVICE)]);
        assert!(catalogue.service(&id("good")).is_some());
        let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert!(told.len() == 1 && told[0].contains(said), "{said}: {told:#?}");
    }
}

#[test]
fn a_broken_topic_or_year_hides_no_other() {
    let events =
        format!("{EVENTS}\n[[event]]\nid = \"work\"\nicon = 5\nname = {{ uk = \"Праця\" }}\n{EVENTS}");
    let files = [
        ("events.toml", events.as_str()),
        (
            "subsistence-minimum.toml",
            "2025 = \"2920\"\n2026 = 3328\n\"торік\" = \"1\"",
        ),
        ("residence.toml", SERVICE),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let (catalogue, problems) = Catalogue::load(files);
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    for (at, said) in [
        "events.toml: рядок 7: тут число, а має бути текст у лапках",
        "events.toml: тему «home» записано двічі",
        "subsistence-minimum.toml: рядок 2: тут число",
        "subsistence-minimum.toml: рік «торік»",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(
            told.get(at).is_some_and(|told| told.starts_with(said)),
            "{said}: {told:#?}"
        );
    }
    assert_eq!((told.len(), catalogue.events().len()), (4, 1));
    let fee = &catalogue.service(&id("residence")).unwrap().fees[0];
    assert_eq!(fee.amount(date(2025, 6, 1)), Amount::Sum(Kopecks(4_380)));
    assert_eq!(fee.amount(TODAY), Amount::Unknown);
}

#[test]
fn an_unknown_event_is_told_and_the_service_stays() {
    let (catalogue, problems) = load(&[("a.toml", &SERVICE.replace("[\"home\"]", "[\"moon\"]"))]);
    assert_eq!(faults(problems), [Fault::UnknownEvent("moon".parse().unwrap())]);
    assert!(catalogue.service(&id("a")).is_some());
    assert_eq!(faults(catalogue.review(TODAY)), [Fault::NoEvent]);
}

#[test]
fn without_the_shared_files_the_services_are_still_there() {
    let files = [("a.toml".to_owned(), SERVICE.to_owned())];
    let (catalogue, problems) = Catalogue::load(files);
    assert_eq!(catalogue.services()[0].fees[0].amount(TODAY), Amount::Unknown);
    let missing: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.fault == Fault::Missing)
        .map(|p| p.file.as_str())
        .collect();
    assert_eq!(missing, ["events.toml", "subsistence-minimum.toml"]);
}

#[test]
fn a_file_that_comes_twice_is_told() {
    let (catalogue, problems) = load(&[("a.toml", SERVICE), ("a.toml", SERVICE)]);
    assert_eq!(
        (catalogue.services().len(), faults(problems)),
        (1, vec![Fault::SameFile])
    );
}

#[test]
fn an_editor_is_told_what_to_mend() {
    let with = |line: &str, instead: &str| {
        assert!(SERVICE.contains(line));
        SERVICE.replace(line, instead)
    };
    let no_fee = with(
        "[[fees]]\nformula = { minimum = \"0.015\" }\nterm = \"same_day\"\n",
        "",
    );
    let old_fee = with("{ minimum = \"0.015\" }", "{ uah = \"80\" }\nstated_for = 2024");
    let stale = with(
        "needs_review = true",
        "needs_review = false\nchecked_on = \"2026-01-10\"",
    );
    let future = with(
        "needs_review = true",
        "needs_review = false\nchecked_on = \"2026-12-01\"",
    );
    let unchecked = with("needs_review = true", "needs_review = false");
    let long = "Один два три чотири п’ять шість сім вісім дев’ять десять — одинадцять дванадцять тринадцять.";
    let wordy = with("Ви повідомляєте, де живете.", &format!("Так. {long}"));
    let spoken = |keywords: &str| {
        with(
            "needs_review = true",
            &format!("needs_review = true\nkeywords = {{ en = {keywords} }}"),
        )
    };
    let en = || "en".to_owned();
    let many: Vec<String> = (0..25).map(|number| format!("word {number}")).collect();
    let stepless = with("[[steps]]\ntitle = { uk = \"Подайте заяву\" }", "");
    for (text, expected) in [
        (no_fee, Fault::NoFee),
        (
            old_fee,
            Fault::OldFee {
                stated_for: 2024,
                year: 2026,
            },
        ),
        (
            stale,
            Fault::Stale {
                checked_on: date(2026, 1, 10),
            },
        ),
        (
            future,
            Fault::CheckedInFuture {
                checked_on: date(2026, 12, 1),
            },
        ),
        (unchecked, Fault::NeverChecked),
        (
            wordy,
            Fault::LongSentence {
                words: 13,
                sentence: long.to_owned(),
            },
        ),
        (stepless, Fault::NoSteps),
        (
            with("uk = \"Громада\"", "uk = \"Громада\", ua = \"Громада\""),
            Fault::UnknownLanguage("ua".to_owned()),
        ),
        (
            with(
                "needs_review = true",
                "needs_review = true\nsource_url = \"guide.example\"",
            ),
            Fault::BadAddress("guide.example".to_owned()),
        ),
        (spoken("[\"ID\"]"), Fault::UntidyKeyword("ID".to_owned())),
        (spoken("[\"my  id\"]"), Fault::UntidyKeyword("my  id".to_owned())),
        (spoken("[\" \"]"), Fault::EmptyKeyword { language: en() }),
        (spoken("[\"id\", \"id\"]"), Fault::SameKeyword("id".to_owned())),
        (
            spoken(&format!("{many:?}")),
            Fault::ManyKeywords {
                language: en(),
                count: 25,
            },
        ),
    ] {
        let (catalogue, problems) = load(&[("a.toml", &text)]);
        assert_eq!(problems, []);
        assert_eq!(faults(catalogue.review(TODAY)), [expected]);
    }
}

#[test]
fn two_services_with_one_name_or_one_guide_number_are_told() {
    let a = format!("guide_id = \"00034\"\n{SERVICE}");
    let (catalogue, _) = load(&[("a.toml", &a), ("b.toml", &a)]);
    let faults = faults(catalogue.review(TODAY));
    assert_eq!(faults, [Fault::SameTitle(id("a")), Fault::SameGuideId(id("a"))]);
}

#[test]
fn a_card_leaves_out_a_price_that_nobody_knows() {
    let text = SERVICE.replace("{ minimum = \"0.015\" }", "\"unknown\"");
    let (catalogue, _) = load(&[("a.toml", SERVICE), ("b.toml", &text)]);
    let card = |name: &str| {
        let card = catalogue.service(&id(name)).unwrap().card("uk", TODAY);
        serde_json::to_value(card).unwrap()
    };
    assert_eq!(card("a")["fees"][0]["amount"], "49,92\u{A0}грн");
    assert_eq!(card("a")["fees"][0]["term"], "того самого дня");
    assert_eq!(card("a")["needs_review"], true);
    assert_eq!(card("b")["fees"][0]["amount"], serde_json::Value::Null);
}

fn shipped() -> Catalogue {
    let (catalogue, problems) = Catalogue::embedded();
    assert_eq!(problems, []);
    catalogue
}

#[test]
fn the_catalogue_that_ships_has_nothing_to_mend_but_the_fees_of_2024() {
    let catalogue = shipped();
    assert_eq!((catalogue.events().len(), catalogue.services().len()), (6, 31));
    let problems = catalogue.review(TODAY);
    let old = Fault::OldFee {
        stated_for: 2024,
        year: 2026,
    };
    let (known, others): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| problem.fault == old);
    assert_eq!(others, []);
    assert!(
        known
            .iter()
            .all(|problem| problem.file == "property-register-information.toml"),
        "{known:?}"
    );
    for event in catalogue.events() {
        assert!(catalogue.of_event(&event.id).count() >= 2, "{}", event.id);
    }
}

#[test]
fn the_catalogue_that_ships_claims_nothing_it_does_not_know() {
    for service in shipped().services() {
        let id = &service.id;
        assert!(
            service.needs_review && service.checked_on.is_none(),
            "{id} was confirmed by nobody"
        );
        assert!(
            (3..=5).contains(&service.steps.len()),
            "{id} has {} steps",
            service.steps.len()
        );
        assert!(
            service.name.exact("en").is_some() && service.summary.exact("en").is_some(),
            "{id}"
        );
        for language in ["uk", "en"] {
            let keywords = service.keywords.get(language).map_or(0, Vec::len);
            assert!(keywords >= 5, "{id} has {keywords} keywords in {language}");
        }
        for fee in &service.fees {
            assert_ne!(
                fee.formula,
                Formula::Flat(Kopecks(0)),
                "{id}: free is written as free"
            );
            let written = fee.amount(TODAY).words("uk") + &fee.term.words("uk");
            let unknown =
                fee.formula == Formula::Unknown || matches!(fee.term, Term::Unknown | Term::Disputed(_));
            assert_eq!(written.contains("уточніть"), unknown, "{id}: {written}");
        }
    }
}

#[test]
fn every_step_that_ships_is_one_short_line_in_both_languages() {
    for service in shipped().services() {
        let texts = service
            .steps
            .iter()
            .flat_map(|step| [Some(&step.title), step.text.as_ref()]);
        for text in texts.flatten() {
            let texts = [Some(text.uk()), text.exact("en")];
            for text in texts.map(|text| text.expect("every step is translated")) {
                assert!(!text.contains('\n'), "{}: {text}", service.id);
                let longest = text
                    .split(['.', ':'])
                    .map(|part| part.split_whitespace().count())
                    .max();
                assert!(
                    longest.is_some_and(|words| (1..=12).contains(&words)),
                    "{}: {text}",
                    service.id
                );
            }
        }
    }
}

#[test]
fn the_catalogue_that_ships_speaks_of_people_with_respect() {
    for name in Embedded::iter() {
        let text = String::from_utf8(Embedded::get(&name).unwrap().data.into_owned()).unwrap();
        for word in ["сурдо", "глухоні", "інвалідів", "прикут"] {
            assert!(!text.to_lowercase().contains(word), "{name}: {word}");
        }
    }
}

proptest! {
    #[test]
    fn a_file_that_is_damaged_anywhere_is_read_or_told(
        cut in any::<prop::sample::Index>(),
        length in 0..40_usize,
        instead in "\\PC{0,12}",
    ) {
        let letters: Vec<char> = SERVICE.chars().collect();
        let start = cut.index(letters.len());
        let end = (start + length).min(letters.len());
        let text: String = letters[..start].iter().copied().chain(instead.chars()).chain(letters[end..].iter().copied()).collect();
        let (catalogue, problems) = load(&[("damaged.toml", &text), ("good.toml", SERVICE)]);
        prop_assert!(catalogue.service(&id("good")).is_some());
        prop_assert!(catalogue.service(&id("damaged")).is_some() || !problems.is_empty());
        for service in catalogue.services() {
            let card = serde_json::to_string(&service.card("en", TODAY));
            prop_assert!(card.is_ok());
        }
        let reviewed = catalogue.review(TODAY);
        prop_assert!(reviewed.iter().all(|problem| problem.to_string().contains(".toml: ")));
    }
}
