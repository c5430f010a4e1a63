//! Exact money: whole kopecks, and shares of the subsistence minimum in millionths. No floating point.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

/// 1/100 of a hryvnia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Kopecks(pub u64);

/// A share in millionths: 1.5 % is 15 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Coefficient(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    #[error("сума пишеться в лапках, гривні й копійки через крапку: \"618\" або \"0.85\"")]
    Sum,
    #[error("частка пишеться в лапках, через крапку, до шести знаків: \"0.015\" — це 1,5 %")]
    Share,
}

impl TryFrom<String> for Kopecks {
    type Error = BadNumber;

    fn try_from(word: String) -> Result<Self, BadNumber> {
        decimal(&word, 2).map(Self).ok_or(BadNumber::Sum)
    }
}

impl TryFrom<String> for Coefficient {
    type Error = BadNumber;

    fn try_from(word: String) -> Result<Self, BadNumber> {
        decimal(&word, 6).map(Self).ok_or(BadNumber::Share)
    }
}

impl Coefficient {
    const ONE: u64 = 1_000_000;

    /// The share of a sum, half a kopeck rounded up.
    pub fn of(self, sum: Kopecks) -> Kopecks {
        let exact = u128::from(sum.0) * u128::from(self.0);
        let rounded = (exact + u128::from(Self::ONE / 2)) / u128::from(Self::ONE);
        Kopecks(
            rounded
                .try_into()
                .expect("both factors are below 2^43, see decimal()"),
        )
    }
}

/// `word` × 10^`places`, for digits with at most that many after the point, and at most a million million in all.
fn decimal(word: &str, places: usize) -> Option<u64> {
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > places || whole.len() + places > 12 {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
}

/// The subsistence minimum of an able-bodied person, by year: «прожитковий мінімум для працездатних осіб».
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minimums(pub BTreeMap<i16, Kopecks>);

impl Minimums {
    /// The sum that holds on a day; none for a year that nobody has entered.
    pub fn on(&self, day: Date) -> Option<Kopecks> {
        self.0.get(&day.year()).copied()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn sum(word: &str) -> Option<u64> {
        Kopecks::try_from(word.to_owned()).ok().map(|sum| sum.0)
    }

    #[test]
    fn sums_are_read_to_the_kopeck() {
        for (word, kopecks) in [("618", 61_800), ("0.85", 85), ("0.5", 50), ("1147.00", 114_700)] {
            assert_eq!(sum(word), Some(kopecks), "{word}");
        }
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "1,5",
            "1.234",
            "1e3",
            "десять",
            "99999999999",
        ] {
            assert_eq!(sum(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_fee_for_registering_a_home_in_2026_is_49_hryvnias_92() {
        let minimums = Minimums(BTreeMap::from([(2026, Kopecks(332_800))]));
        let share = Coefficient::try_from("0.015".to_owned()).unwrap();
        assert_eq!(
            minimums.on(date(2026, 1, 1)).map(|sum| share.of(sum)),
            Some(Kopecks(4_992))
        );
        assert_eq!(minimums.on(date(2027, 1, 1)), None);
    }

    #[test]
    fn half_a_kopeck_is_rounded_up() {
        let half = Coefficient::try_from("0.5".to_owned()).unwrap();
        assert_eq!(
            [half.of(Kopecks(1)), half.of(Kopecks(2)), half.of(Kopecks(3))].map(|sum| sum.0),
            [1, 1, 2]
        );
    }

    proptest! {
        #[test]
        fn any_word_is_read_or_refused(word in "\\PC{0,20}") {
            if let (Some(kopecks), Ok(share)) = (sum(&word), Coefficient::try_from(word)) {
                prop_assert!(share.of(Kopecks(kopecks)).0 <= kopecks.saturating_mul(1_000_000));
            }
        }

        #[test]
        fn the_whole_of_a_sum_is_the_sum(kopecks in 0..1_000_000_000_000_u64) {
            let whole = Coefficient::try_from("1".to_owned()).unwrap();
            prop_assert_eq!(whole.of(Kopecks(kopecks)), Kopecks(kopecks));
        }
    }
}
