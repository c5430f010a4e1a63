//! Sums and terms in words. Ukrainian, and English for every other language.

use std::fmt::Write as _;

use super::model::{Amount, SOURCE, Term};
use super::money::Kopecks;

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{A0}';

fn is_ukrainian(language: &str) -> bool {
    language.split('-').next() == Some(SOURCE)
}

impl Amount {
    /// «49,92 грн», «безоплатно», «ціну уточніть».
    pub fn words(self, language: &str) -> String {
        match (self, is_ukrainian(language)) {
            (Amount::Free, true) => "безоплатно".to_owned(),
            (Amount::Free, false) => "free of charge".to_owned(),
            (Amount::Sum(sum), true) => format!("{}{NO_BREAK}грн", number(sum, ',')),
            (Amount::Sum(sum), false) => format!("{}{NO_BREAK}UAH", number(sum, '.')),
            (Amount::Unknown, true) => "ціну уточніть".to_owned(),
            (Amount::Unknown, false) => "ask for the price".to_owned(),
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
        let uk = is_ukrainian(language);
        let counted = |count: u16, uk_forms: [&str; 3], en_forms: [&str; 2]| {
            let unit = if uk {
                uk_forms[uk_form(count)]
            } else {
                en_forms[usize::from(count != 1)]
            };
            format!("{count}{NO_BREAK}{unit}")
        };
        match self {
            Term::SameDay if uk => "того самого дня".to_owned(),
            Term::SameDay => "on the same day".to_owned(),
            Term::Hours(count) => counted(*count, ["година", "години", "годин"], ["hour", "hours"]),
            Term::Days(count) => counted(*count, ["день", "дні", "днів"], ["day", "days"]),
            Term::WorkingDays(count) => counted(
                *count,
                ["робочий день", "робочі дні", "робочих днів"],
                ["working day", "working days"],
            ),
            Term::Months(count) => counted(*count, ["місяць", "місяці", "місяців"], ["month", "months"]),
            Term::Unknown if uk => "строк уточніть".to_owned(),
            Term::Unknown => "ask how long".to_owned(),
            Term::Disputed(terms) => {
                let terms: Vec<String> = terms.iter().map(|term| term.words(language)).collect();
                let (or, ask) = if uk {
                    (" або ", "уточніть")
                } else {
                    (" or ", "please ask")
                };
                format!("{} ({ask})", terms.join(or))
            }
        }
    }
}

/// Which Ukrainian form follows a count (CLDR one, few, many): 1 день, 2 дні, 5 днів, 11 днів, 21 день.
fn uk_form(count: u16) -> usize {
    match (count % 10, count % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
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
        assert_eq!(Term::Hours(1).words("pl").replace(NO_BREAK, " "), "1 hour");
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
