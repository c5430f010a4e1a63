//! Sums and terms in words: the languages of the kiosk, and English for every other.

use std::fmt::Write as _;

use super::model::{Amount, Term};
use super::money::Kopecks;

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{A0}';

/// What one language needs to say a sum or a term.
struct Vocabulary {
    free: &'static str,
    ask_price: &'static str,
    hryvnia: &'static str,
    point: char,
    same_day: &'static str,
    hours: Forms,
    days: Forms,
    working_days: Forms,
    months: Forms,
    ask_term: &'static str,
    or: &'static str,
    ask: &'static str,
    /// Which of the [`Forms`] follows a count.
    form: fn(u16) -> usize,
}

/// A unit after a count: CLDR one, few, and many or other.
type Forms = [&'static str; 3];

const UKRAINIAN: Vocabulary = Vocabulary {
    free: "безоплатно",
    ask_price: "ціну уточніть",
    hryvnia: "грн",
    point: ',',
    same_day: "того самого дня",
    hours: ["година", "години", "годин"],
    days: ["день", "дні", "днів"],
    working_days: ["робочий день", "робочі дні", "робочих днів"],
    months: ["місяць", "місяці", "місяців"],
    ask_term: "строк уточніть",
    or: "або",
    ask: "уточніть",
    form: ukrainian_form,
};

const ENGLISH: Vocabulary = Vocabulary {
    free: "free of charge",
    ask_price: "ask for the price",
    hryvnia: "UAH",
    point: '.',
    same_day: "on the same day",
    hours: ["hour", "hours", "hours"],
    days: ["day", "days", "days"],
    working_days: ["working day", "working days", "working days"],
    months: ["month", "months", "months"],
    ask_term: "ask how long",
    or: "or",
    ask: "please ask",
    form: one_or_other,
};

const POLISH: Vocabulary = Vocabulary {
    free: "bezpłatnie",
    ask_price: "zapytaj o cenę",
    hryvnia: "UAH",
    point: ',',
    same_day: "tego samego dnia",
    hours: ["godzina", "godziny", "godzin"],
    days: ["dzień", "dni", "dni"],
    working_days: ["dzień roboczy", "dni robocze", "dni roboczych"],
    months: ["miesiąc", "miesiące", "miesięcy"],
    ask_term: "zapytaj o termin",
    or: "lub",
    ask: "zapytaj",
    form: polish_form,
};

const ROMANIAN: Vocabulary = Vocabulary {
    free: "gratuit",
    ask_price: "întrebați prețul",
    hryvnia: "UAH",
    point: ',',
    same_day: "în aceeași zi",
    hours: ["oră", "ore", "de ore"],
    days: ["zi", "zile", "de zile"],
    working_days: ["zi lucrătoare", "zile lucrătoare", "de zile lucrătoare"],
    months: ["lună", "luni", "de luni"],
    ask_term: "întrebați termenul",
    or: "sau",
    ask: "întrebați",
    form: romanian_form,
};

const HUNGARIAN: Vocabulary = Vocabulary {
    free: "ingyenes",
    ask_price: "kérdezze meg az árat",
    hryvnia: "UAH",
    point: ',',
    same_day: "még aznap",
    hours: ["óra"; 3],
    days: ["nap"; 3],
    working_days: ["munkanap"; 3],
    months: ["hónap"; 3],
    ask_term: "kérdezze meg a határidőt",
    or: "vagy",
    ask: "kérdezze meg",
    form: one_or_other,
};

const CRIMEAN_TATAR: Vocabulary = Vocabulary {
    free: "parasız",
    ask_price: "fiyatını sorañız",
    hryvnia: "UAH",
    point: ',',
    same_day: "şu künniñ özünde",
    hours: ["saat"; 3],
    days: ["kün"; 3],
    working_days: ["iş künü"; 3],
    months: ["ay"; 3],
    ask_term: "müddetini sorañız",
    or: "ya da",
    ask: "sorañız",
    form: one_or_other,
};

impl Vocabulary {
    /// By the BCP 47 tag of a language.
    fn of(language: &str) -> &'static Self {
        match language.split('-').next() {
            Some("uk") => &UKRAINIAN,
            Some("pl") => &POLISH,
            Some("ro") => &ROMANIAN,
            Some("hu") => &HUNGARIAN,
            Some("crh") => &CRIMEAN_TATAR,
            _ => &ENGLISH,
        }
    }

    fn counted(&self, count: u16, unit: Forms) -> String {
        format!("{count}{NO_BREAK}{}", unit[(self.form)(count)])
    }
}

impl Amount {
    /// «49,92 грн», «безоплатно», «ціну уточніть».
    pub fn words(self, language: &str) -> String {
        let vocabulary = Vocabulary::of(language);
        match self {
            Amount::Free => vocabulary.free.to_owned(),
            Amount::Sum(sum) => {
                let number = number(sum, vocabulary.point);
                format!("{number}{NO_BREAK}{}", vocabulary.hryvnia)
            }
            Amount::Unknown => vocabulary.ask_price.to_owned(),
        }
    }
}

/// Whole hryvnias without kopecks; thousands apart from five digits on.
fn number(sum: Kopecks, point: char) -> String {
    let whole = (sum.0 / 100).to_string();
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && whole.len() > 4 {
            text.push(NO_BREAK);
        }
        text.push(digit);
    }
    if !sum.0.is_multiple_of(100) {
        write!(text, "{point}{:02}", sum.0 % 100).expect("a String takes all that is written");
    }
    text
}

impl Term {
    /// «20 робочих днів», «того самого дня», «строк уточніть».
    pub fn words(&self, language: &str) -> String {
        let vocabulary = Vocabulary::of(language);
        match self {
            Term::SameDay => vocabulary.same_day.to_owned(),
            Term::Hours(count) => vocabulary.counted(*count, vocabulary.hours),
            Term::Days(count) => vocabulary.counted(*count, vocabulary.days),
            Term::WorkingDays(count) => vocabulary.counted(*count, vocabulary.working_days),
            Term::Months(count) => vocabulary.counted(*count, vocabulary.months),
            Term::Unknown => vocabulary.ask_term.to_owned(),
            Term::Disputed(terms) => {
                let terms: Vec<String> = terms.iter().map(|term| term.words(language)).collect();
                let terms = terms.join(&format!(" {} ", vocabulary.or));
                format!("{terms} ({})", vocabulary.ask)
            }
        }
    }
}

/// 1 day, 2 days.
fn one_or_other(count: u16) -> usize {
    if count == 1 { 0 } else { 2 }
}

/// 1 день, 2 дні, 5 днів, 11 днів, 21 день.
fn ukrainian_form(count: u16) -> usize {
    match (count % 10, count % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

/// 1 miesiąc, 2 miesiące, 5 miesięcy, 12 miesięcy, 21 miesięcy.
fn polish_form(count: u16) -> usize {
    match (count % 10, count % 100) {
        _ if count == 1 => 0,
        (2..=4, 12..=14) => 2,
        (2..=4, _) => 1,
        _ => 2,
    }
}

/// 1 zi, 2 zile, 19 zile, 20 de zile, 101 zile.
fn romanian_form(count: u16) -> usize {
    match (count, count % 100) {
        (1, _) => 0,
        (0, _) | (_, 1..=19) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uk(kopecks: u64) -> String {
        Amount::Sum(Kopecks(kopecks)).words("uk").replace(NO_BREAK, " ")
    }

    #[test]
    fn sums_read_as_ukrainians_write_them() {
        assert_eq!(uk(4_992), "49,92 грн");
        assert_eq!(uk(85), "0,85 грн");
        assert_eq!(uk(61_800), "618 грн");
        assert_eq!(uk(114_700), "1147 грн");
        assert_eq!(uk(123_456_705), "1 234 567,05 грн");
        assert_eq!(Amount::Free.words("uk-UA"), "безоплатно");
        assert_eq!(
            Amount::Sum(Kopecks(4_992)).words("en").replace(NO_BREAK, " "),
            "49.92 UAH"
        );
    }

    #[test]
    fn terms_take_the_form_that_their_count_asks_for() {
        let words = |term: Term| term.words("uk").replace(NO_BREAK, " ");
        for (count, expected) in [
            (1, "1 робочий день"),
            (2, "2 робочі дні"),
            (7, "7 робочих днів"),
            (11, "11 робочих днів"),
            (21, "21 робочий день"),
            (112, "112 робочих днів"),
        ] {
            assert_eq!(words(Term::WorkingDays(count)), expected);
        }
        assert_eq!(words(Term::Hours(24)), "24 години");
        assert_eq!(words(Term::Months(1)), "1 місяць");
        assert_eq!(Term::Hours(1).words("xx").replace(NO_BREAK, " "), "1 hour");
    }

    #[test]
    fn each_language_of_the_kiosk_counts_in_its_own_words() {
        for (language, expected) in [
            (
                "uk",
                ["1 день", "2 дні", "12 днів", "20 днів", "22 дні", "101 день"],
            ),
            (
                "en",
                ["1 day", "2 days", "12 days", "20 days", "22 days", "101 days"],
            ),
            (
                "ro",
                [
                    "1 zi",
                    "2 zile",
                    "12 zile",
                    "20 de zile",
                    "22 de zile",
                    "101 zile",
                ],
            ),
            ("hu", ["1 nap", "2 nap", "12 nap", "20 nap", "22 nap", "101 nap"]),
            ("crh", ["1 kün", "2 kün", "12 kün", "20 kün", "22 kün", "101 kün"]),
        ] {
            let words = |count| Term::Days(count).words(language).replace(NO_BREAK, " ");
            assert_eq!([1, 2, 12, 20, 22, 101].map(words), expected);
        }
        let months = |count| Term::Months(count).words("pl").replace(NO_BREAK, " ");
        assert_eq!(
            [1, 3, 5, 13, 21, 24].map(months),
            [
                "1 miesiąc",
                "3 miesiące",
                "5 miesięcy",
                "13 miesięcy",
                "21 miesięcy",
                "24 miesiące"
            ]
        );
        assert_eq!(
            Amount::Sum(Kopecks(4_992)).words("hu").replace(NO_BREAK, " "),
            "49,92 UAH"
        );
        assert_eq!(Amount::Free.words("crh-UA"), "parasız");
    }

    #[test]
    fn when_sources_disagree_both_are_told() {
        let term = Term::Disputed(vec![Term::Days(5), Term::WorkingDays(10)]);
        assert_eq!(
            term.words("uk").replace(NO_BREAK, " "),
            "5 днів або 10 робочих днів (уточніть)"
        );
    }
}
