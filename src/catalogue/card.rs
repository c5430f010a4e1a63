//! A service as the relay's pages and the interpreter's console show it: words of one language, prices of one day.

use jiff::civil::Date;
use serde::Serialize;

use super::model::{Amount, Fee, Service, Text, is_web};
use crate::id::ServiceId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card<'a> {
    pub id: &'a ServiceId,
    pub guide_id: Option<&'a str>,
    pub name: &'a str,
    pub summary: &'a str,
    pub provider: &'a str,
    pub place: Option<&'a str>,
    pub result: Option<&'a str>,
    pub fees: Vec<CardFee<'a>>,
    pub documents: Vec<CardDocument<'a>>,
    pub steps: Vec<CardStep<'a>>,
    pub legal: Vec<CardLegal<'a>>,
    pub needs_review: bool,
    /// ISO 8601.
    pub checked_on: Option<Date>,
    pub source_url: Option<&'a str>,
    pub signpost: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardFee<'a> {
    pub label: Option<&'a str>,
    /// «618 грн», «безоплатно»; none when nobody knows.
    pub amount: Option<String>,
    /// In words, also when it is unknown.
    pub term: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardDocument<'a> {
    pub name: &'a str,
    pub note: Option<&'a str>,
    pub condition: Option<&'a str>,
    pub icon: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardStep<'a> {
    pub title: &'a str,
    pub text: Option<&'a str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardLegal<'a> {
    pub title: &'a str,
    pub url: Option<&'a str>,
}

impl CardLegal<'_> {
    /// An address that a page may lead to.
    pub fn web(&self) -> Option<&str> {
        self.url.filter(|url| is_web(url))
    }
}

impl Service {
    /// The card in `language` (Ukrainian where it is not translated), with the prices of the day `on`.
    pub fn card<'a>(&'a self, language: &str, on: Date) -> Card<'a> {
        let words = |text: &'a Text| text.get(language);
        Card {
            id: &self.id,
            guide_id: self.guide_id.as_deref(),
            name: words(&self.name),
            summary: words(&self.summary),
            provider: words(&self.provider),
            place: self.place.as_ref().map(words),
            result: self.result.as_ref().map(words),
            fees: self.fees.iter().map(|fee| fee.card(language, on)).collect(),
            documents: self
                .documents
                .iter()
                .map(|document| CardDocument {
                    name: words(&document.name),
                    note: document.note.as_ref().map(words),
                    condition: document.condition.as_ref().map(words),
                    icon: &document.icon,
                })
                .collect(),
            steps: self
                .steps
                .iter()
                .map(|step| CardStep {
                    title: words(&step.title),
                    text: step.text.as_ref().map(words),
                })
                .collect(),
            legal: self
                .legal
                .iter()
                .map(|legal| CardLegal {
                    title: &legal.title,
                    url: legal.url.as_deref(),
                })
                .collect(),
            needs_review: self.needs_review,
            checked_on: self.checked_on,
            source_url: self.source_url.as_deref(),
            signpost: self.signpost,
        }
    }
}

impl Fee {
    fn card<'a>(&'a self, language: &str, on: Date) -> CardFee<'a> {
        let amount = self.amount(on);
        CardFee {
            label: self.label.as_ref().map(|label| label.get(language)),
            amount: (amount != Amount::Unknown).then(|| amount.words(language)),
            term: self.term.words(language),
        }
    }
}
