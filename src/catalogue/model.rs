//! What a service is. One TOML file reads as one [`Service`]; unknown keys are refused, so that a misspelt word is
//! told to its writer instead of being lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;

use super::money::{Coefficient, Kopecks, Minimums};
use crate::id::{EventId, ServiceId};

/// The language every text has.
pub const SOURCE: &str = "uk";

/// The same text in several languages, by BCP 47 tag. Ukrainian is always there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Text(BTreeMap<String, String>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("немає українського тексту (uk)")]
pub struct NoUkrainian;

impl TryFrom<BTreeMap<String, String>> for Text {
    type Error = NoUkrainian;

    fn try_from(by_language: BTreeMap<String, String>) -> Result<Self, NoUkrainian> {
        match by_language.get(SOURCE) {
            Some(text) if !text.trim().is_empty() => Ok(Self(by_language)),
            _ => Err(NoUkrainian),
        }
    }
}

impl Text {
    /// The text in `language` (`en`, `en-GB`), else in Ukrainian.
    pub fn get(&self, language: &str) -> &str {
        self.exact(language).unwrap_or_else(|| self.uk())
    }

    /// The text in `language` or its main language, if it is translated.
    pub fn exact(&self, language: &str) -> Option<&str> {
        let main = language.split('-').next().unwrap_or(language);
        self.0
            .get(language)
            .or_else(|| self.0.get(main))
            .map(String::as_str)
    }

    /// Every language's tag and text.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    pub fn uk(&self) -> &str {
        &self.0[SOURCE]
    }
}

/// A life event: how people look for services (CPSV-AP `isGroupedBy`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub id: EventId,
    pub name: Text,
    /// A Material Symbols name.
    pub icon: String,
}

/// Whether a page may lead there: staff may have written anything.
pub(super) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// One public service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The name of its file.
    pub id: ServiceId,
    /// The number in the national guide of services («Гід з державних послуг»), where it is known.
    pub guide_id: Option<String>,
    /// Within its events; smaller is shown first.
    pub order: u16,
    pub name: Text,
    /// For tiles and rows; [`Service::title`] falls back to the name.
    pub short_name: Option<Text>,
    /// One to three plain sentences.
    pub summary: Text,
    /// What else people call it, by language: lower case, everyday words and old names too. Never shown.
    pub keywords: BTreeMap<String, Vec<String>>,
    pub events: Vec<EventId>,
    /// Who decides (CPSV-AP `hasCompetentAuthority`).
    pub provider: Text,
    /// What to bring (CPSV-AP `hasInput`).
    pub documents: Vec<Document>,
    /// What it costs and how long it takes; at least one, also when it is free of charge.
    pub fees: Vec<Fee>,
    /// Where else than at the ЦНАП one may apply.
    pub place: Option<Text>,
    /// What one gets (CPSV-AP `produces`).
    pub result: Option<Text>,
    pub steps: Vec<Step>,
    pub legal: Vec<Legal>,
    /// When somebody last compared this with its source.
    pub checked_on: Option<Date>,
    pub source_url: Option<String>,
    /// Not yet confirmed by a ЦНАП; screens say so.
    pub needs_review: bool,
    /// Given elsewhere: the card only shows the way there.
    pub signpost: bool,
}

impl Service {
    /// The name that fits a tile or a row.
    pub fn title(&self, language: &str) -> &str {
        self.short_name.as_ref().unwrap_or(&self.name).get(language)
    }
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub name: Text,
    pub note: Option<Text>,
    /// Who needs it, if not everybody.
    pub condition: Option<Text>,
    /// A Material Symbols name.
    pub icon: String,
}

/// One way to get the service: its price and its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Which way this is («звичайно», «терміново»), when there are several.
    pub label: Option<Text>,
    pub formula: Formula,
    pub term: Term,
    /// The year for which a flat sum was stated.
    pub stated_for: Option<i16>,
}

impl Fee {
    /// What it costs on a day.
    pub fn amount(&self, on: Date) -> Amount {
        match &self.formula {
            Formula::Free => Amount::Free,
            Formula::Flat(sum) => Amount::Sum(*sum),
            Formula::OfMinimum { share, minimums } => match minimums.on(on) {
                Some(minimum) => Amount::Sum(share.of(minimum)),
                None => Amount::Unknown,
            },
            Formula::Unknown => Amount::Unknown,
        }
    }
}

/// How a price comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    Free,
    Flat(Kopecks),
    /// A share of the subsistence minimum of an able-bodied person, which changes with the year.
    OfMinimum {
        share: Coefficient,
        minimums: Arc<Minimums>,
    },
    Unknown,
}

/// What a service costs on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    Free,
    Sum(Kopecks),
    Unknown,
}

/// How long a service takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    SameDay,
    Hours(u16),
    Days(u16),
    WorkingDays(u16),
    Months(u16),
    Unknown,
    /// The sources disagree; all that they say.
    Disputed(Vec<Term>),
}

/// One thing the visitor does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// One verb, one action.
    pub title: Text,
    pub text: Option<Text>,
}

/// A law that the service rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    /// As it is cited in Ukrainian.
    pub title: String,
    pub url: Option<String>,
}
