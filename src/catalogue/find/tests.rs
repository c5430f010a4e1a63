//! Stories of people who type what they want into a kiosk.

use proptest::prelude::*;

use super::*;

/// What people type, the service that is meant and the place by which it must stand.
const MEANT: &[(&str, &str, usize)] = &[
    // Everyday words and old names.
    ("прописка", "residence-registration", 1),
    ("виписатися", "residence-removal", 1),
    ("довідка про прописку", "community-register-extract", 1),
    ("склад сім’ї", "household-composition", 1),
    ("форма 3", "household-composition", 1),
    ("паспорт", "id-card-exchange", 1),
    ("айді", "id-card-exchange", 1),
    ("загранпаспорт", "foreign-passport", 1),
    ("загран паспорт", "foreign-passport", 1),
    ("два паспорти", "id-card-and-passport", 1),
    ("права", "driving-licence-exchange", 1),
    ("посвідчення водія", "driving-licence-exchange", 1),
    ("народилася дитина", "birth-registration", 1),
    ("метрика", "birth-registration", 1),
    ("є малятко", "yemaliatko", 1),
    ("ідентифікаційний код", "yemaliatko", 1),
    ("дитячі гроші", "birth-benefit", 1),
    ("декретні", "birth-benefit", 1),
    ("весілля", "marriage-registration", 1),
    ("загс", "marriage-registration", 3),
    ("загубила свідоцтво", "civil-certificate-copy", 1),
    ("бізнес", "fop-registration", 1),
    ("відкрити фоп", "fop-registration", 1),
    ("змінити квед", "fop-change", 1),
    ("купив квартиру", "property-right", 1),
    ("чия квартира", "property-register-information", 1),
    ("пай", "land-cadastre-extract", 1),
    ("субсидія", "housing-subsidy", 1),
    ("комуналка", "housing-subsidy", 1),
    ("льготи", "utility-benefits", 1),
    ("довідка впо", "idp-certificate", 1),
    ("біженці", "idp-certificate", 1),
    ("виплати впо", "idp-allowance", 1),
    ("троє дітей", "large-family-card", 1),
    ("мсек", "disability-card", 1),
    ("пенсія", "childhood-disability-benefit", 1),
    ("санаторій", "rehabilitation-referral", 1),
    ("коляска", "assistive-devices-referral", 1),
    ("погано чую", "hearing-aid", 1),
    ("жестова мова", "sign-language-service", 1),
    ("ато", "combatant-card-exchange", 1),
    ("ракета", "yevidnovlennia", 1),
    // Other cases, other orders, words that ask for nothing.
    ("хочу прописку", "residence-registration", 1),
    ("мені потрібен паспорт", "id-card-exchange", 1),
    ("хочу отримати закордонний паспорт", "foreign-passport", 1),
    ("як отримати субсидію?", "housing-subsidy", 1),
    ("паспорт дитини", "foreign-passport", 3),
    ("дитини паспорт", "id-card-exchange", 3),
    ("слухового апарата", "hearing-aid", 1),
    ("пенсію по інвалідності", "childhood-disability-benefit", 1),
    ("мова жестова", "sign-language-service", 1),
    ("будинок зруйновано", "yevidnovlennia", 1),
    ("рацс немовля", "birth-registration", 1),
    // Not finished yet.
    ("про", "residence-registration", 3),
    ("субс", "housing-subsidy", 1),
    ("закорд пасп", "foreign-passport", 1),
    ("реєстрація нар", "birth-registration", 1),
    ("посвідчення бага", "large-family-card", 1),
    // Spelt as it sounds, or as in Russian.
    ("пропыска", "residence-registration", 1),
    ("пасспорт", "id-card-exchange", 3),
    ("закордоный паспорт", "foreign-passport", 1),
    ("субсидия", "housing-subsidy", 1),
    ("собсидія", "housing-subsidy", 1),
    ("пiльги", "utility-benefits", 1),
    ("семья", "large-family-card", 3),
    ("переселенец", "idp-certificate", 1),
    ("инвалидность", "disability-card", 3),
    ("слуховой аппарат", "hearing-aid", 1),
    ("водительские права", "driving-licence-exchange", 1),
    ("свидетельство о рождении", "birth-registration", 1),
    ("довідка про склад семьї", "household-composition", 1),
    ("перкладач", "sign-language-service", 1),
    ("рееєстрація шлюбу", "marriage-registration", 1),
    // In Latin letters.
    ("propyska", "residence-registration", 1),
    ("pasport", "id-card-exchange", 3),
    ("zakordonnyi pasport", "foreign-passport", 1),
    ("zhestova mova", "sign-language-service", 1),
    ("bagatoditna simya", "large-family-card", 1),
    // On the wrong layout.
    ("ghjgbcrf", "residence-registration", 1),
    ("ce,cblsz", "housing-subsidy", 1),
    ("dgj", "idp-certificate", 1),
    ("зфыызщке", "foreign-passport", 1),
    // English words at a kiosk in Ukrainian.
    ("passport", "foreign-passport", 1),
    ("sign language", "sign-language-service", 1),
    ("driving license", "driving-licence-exchange", 1),
    ("wheelchairs", "assistive-devices-referral", 1),
    ("IDP money", "idp-allowance", 1),
];

/// Nothing here is about a service of a ЦНАП.
const HOPELESS: &[&str] = &[
    "",
    " ",
    "!!!",
    "’",
    "12345",
    "молоко",
    "собака",
    "телевізор",
    "погода",
    "сонце",
    "стіл",
    "кіт",
    "привіт",
    "дякую",
    "школа",
    "дерево",
    "футбол",
    "космос",
    "музика",
    "комп’ютер",
    "паспорт борщ",
    "зелена прописка",
    "аааа",
    "ффффф",
    "hello",
    "pizza",
    "computer",
    "banana",
    "asdfgh",
    "qwerty",
    "йцукен",
    "zzz",
    "зуб",
    "漢字",
    "🙂",
    "\u{202E}",
];

fn index(language: &str) -> (Catalogue, Index) {
    let (catalogue, problems) = Catalogue::embedded();
    assert_eq!(problems, []);
    let index = Index::new(&catalogue, language);
    (catalogue, index)
}

fn place(index: &Index, query: &str, service: &str) -> Option<usize> {
    let hits = index.find(query);
    let place = hits.iter().position(|hit| hit.service.as_str() == service);
    place.map(|place| place + 1)
}

#[test]
fn people_find_what_they_mean() {
    let (_, index) = index("uk");
    let mut missed = Vec::new();
    for (query, service, by) in MEANT {
        let place = place(&index, query, service);
        if place.is_none_or(|place| place > *by) {
            let instead: Vec<Hit> = index.find(query).into_iter().take(3).collect();
            missed.push(format!("{query}: {service} at {place:?}, {instead:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_is_about_nothing_finds_nothing() {
    for language in ["uk", "en"] {
        let (_, index) = index(language);
        for query in HOPELESS {
            assert_eq!(index.find(query), [], "{query} in {language}");
        }
    }
}

#[test]
fn every_service_is_asked_for_in_these_stories() {
    let (catalogue, _) = index("uk");
    for service in catalogue.services() {
        let meant = MEANT.iter().any(|(_, meant, _)| *meant == service.id.as_str());
        assert!(meant, "{}", service.id);
    }
}

#[test]
fn a_service_is_first_by_its_own_name_in_any_order_of_the_words() {
    for language in ["uk", "en", "en-GB", "pl"] {
        let (catalogue, index) = index(language);
        for service in catalogue.services() {
            for name in [
                service.name.get(language),
                service.title(language),
                service.name.uk(),
            ] {
                let backwards: Vec<&str> = name.split_whitespace().rev().collect();
                for query in [name, &backwards.join(" "), &name.to_uppercase()] {
                    let hit = index.find(query).into_iter().next();
                    let own = Hit {
                        service: service.id.clone(),
                        sureness: Sureness::Certain,
                    };
                    assert_eq!(hit, Some(own), "{query} in {language}");
                }
            }
        }
    }
}

#[test]
fn every_keyword_finds_its_service_among_the_first_three() {
    let (catalogue, index) = index("uk");
    for service in catalogue.services() {
        for keyword in service.keywords.values().flatten() {
            let place = place(&index, keyword, service.id.as_str());
            assert!(
                place.is_some_and(|place| place <= 3),
                "{keyword}: {} at {place:?}",
                service.id
            );
        }
    }
}

#[test]
fn the_visitors_language_goes_before_ukrainian_and_ukrainian_before_others() {
    let service = |name: &str, order: u8, keywords: &str| {
        let text = format!(
            "order = {order}\nneeds_review = true\nname = {{ uk = \"{name}\" }}\nsummary = {{ uk = \"{name}\" }}\n\
             provider = {{ uk = \"Громада\" }}\nkeywords = {{ {keywords} }}"
        );
        (format!("{name}.toml"), text)
    };
    let (catalogue, _) = Catalogue::load([
        service("a", 1, "pl = [\"radio\"]"),
        service("b", 2, "uk = [\"radio\"]"),
        service("c", 3, "en = [\"radio\"]"),
    ]);
    let order = |language: &str| -> String {
        let hits = Index::new(&catalogue, language).find("radio");
        hits.iter().map(|hit| hit.service.as_str()).collect()
    };
    assert_eq!(order("uk"), "bac");
    assert_eq!(order("en-GB"), "cba");
    assert_eq!(order("pl"), "abc");
}

#[test]
fn what_is_certain_stands_before_a_guess() {
    let (_, index) = index("uk");
    let hits = index.find("права");
    assert_eq!(hits[0].sureness, Sureness::Certain);
    assert!(hits.is_sorted_by_key(|hit| hit.sureness), "{hits:?}");
    assert_eq!(index.find("пасорт")[0].sureness, Sureness::Guess);
}

#[test]
fn a_query_is_read_to_its_64th_character() {
    let (_, index) = index("uk");
    let padded = format!("{:64}борщ", "прописка");
    assert_eq!(index.find(&padded), index.find("прописка"));
    let padded = format!("{:60}борщ", "прописка");
    assert_eq!(index.find(&padded), []);
}

#[test]
fn an_empty_catalogue_finds_nothing() {
    assert_eq!(Index::new(&Catalogue::default(), "uk").find("прописка"), []);
}

/// One slip of the finger at a letter of a word.
#[derive(Debug, Clone, Copy)]
enum Slip {
    LeftOut,
    /// A letter by its place in the word's alphabet.
    Added(u8),
    Changed(u8),
    Swapped,
}

impl Slip {
    fn at(self, place: usize, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let last = letters.len() - 1;
        let latin = word.contains(|letter: char| letter.is_ascii_alphabetic());
        let first = if latin { 'a' } else { 'а' };
        let letter = |number: u8| (first..).nth(usize::from(number)).expect("alphabets are longer");
        match self {
            Slip::LeftOut => drop(letters.remove(place)),
            Slip::Added(number) => letters.insert(place, letter(number)),
            Slip::Changed(number) => letters[place] = letter(number),
            Slip::Swapped => letters.swap(place, last.min(place + 1)),
        }
        letters.into_iter().collect()
    }
}

fn any_slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        Just(Slip::LeftOut),
        (0..26_u8).prop_map(Slip::Added),
        (0..26_u8).prop_map(Slip::Changed),
        Just(Slip::Swapped),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_typed_has_one_orderly_answer(
        query in prop_oneof!["\\PC{0,80}", "[а-яіїєґ' ]{0,80}", "[a-z ,.;'\\[\\]]{0,80}", any::<String>()],
    ) {
        thread_local!(static INDEX: Index = index("en").1);
        let hits = INDEX.with(|index| {
            let hits = index.find(&query);
            assert_eq!(hits, index.find(&query));
            hits
        });
        prop_assert!(hits.is_sorted_by_key(|hit| hit.sureness));
        let services: HashSet<&ServiceId> = hits.iter().map(|hit| &hit.service).collect();
        prop_assert_eq!(services.len(), hits.len());
    }

    #[test]
    fn a_slip_in_a_long_keyword_still_finds_its_service(
        chosen in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        slip in any_slip(),
    ) {
        thread_local!(static SHIPPED: (Catalogue, Index) = index("uk"));
        SHIPPED.with(|(catalogue, index)| {
            let services = catalogue.services().iter();
            let keywords = services.flat_map(|service| {
                let words = service.keywords.values().flatten();
                words.map(move |word| (&service.id, word.as_str()))
            });
            let long: Vec<(&ServiceId, &str)> = keywords
                .filter(|(_, word)| word.chars().count() >= 6 && word.chars().all(char::is_alphabetic))
                .collect();
            let (service, word) = long[chosen.index(long.len())];
            let typed = slip.at(place.index(word.chars().count()), word);
            let found = index.find(&typed);
            assert!(found.iter().any(|hit| hit.service == *service), "{typed} for {word}: {found:?}");
        });
    }
}
