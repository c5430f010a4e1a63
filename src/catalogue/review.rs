//! What an editor would ask before a service is published. A problem here hides nothing from visitors.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Catalogue;
use super::load::{Fault, Problem, file_of};
use super::model::{Amount, Formula, Service, Text, is_web};

/// Plain language: more words than this and a reader loses the thread.
pub const MAX_SENTENCE_WORDS: usize = 12;

/// Of one service in one language. A longer list finds the service where others are meant.
pub const MAX_KEYWORDS: usize = 24;

/// What visitors may choose to read; the same that `locale` speaks, in its order.
pub const LANGUAGES: [&str; 6] = ["uk", "en", "pl", "ro", "hu", "crh"];

/// Facts older than this are looked up again.
pub const CHECK_AGAIN_AFTER_DAYS: i32 = 183;

impl Catalogue {
    /// All that should be mended as of a day.
    pub fn review(&self, on: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, service) in self.services().iter().enumerate() {
            let mut faults = service.review(on);
            for earlier in &self.services()[..place] {
                if earlier.name.uk().to_lowercase() == service.name.uk().to_lowercase() {
                    faults.push(Fault::SameTitle(earlier.id.clone()));
                }
                if service.guide_id.is_some() && earlier.guide_id == service.guide_id {
                    faults.push(Fault::SameGuideId(earlier.id.clone()));
                }
            }
            problems.extend(faults.into_iter().map(|fault| Problem {
                file: file_of(&service.id),
                fault,
            }));
        }
        problems
    }
}

impl Service {
    fn review(&self, on: Date) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.events.is_empty() {
            faults.push(Fault::NoEvent);
        }
        if self.steps.is_empty() {
            faults.push(Fault::NoSteps);
        }
        self.review_fees(on, &mut faults);
        self.review_keywords(&mut faults);
        match self.checked_on {
            Some(checked_on) if checked_on > on => faults.push(Fault::CheckedInFuture { checked_on }),
            Some(checked_on) if (on - checked_on).get_days() > CHECK_AGAIN_AFTER_DAYS => {
                faults.push(Fault::Stale { checked_on });
            }
            None if !self.needs_review => faults.push(Fault::NeverChecked),
            _ => {}
        }
        self.review_languages(&mut faults);
        let addresses = self.legal.iter().filter_map(|legal| legal.url.as_ref());
        for address in addresses.chain(&self.source_url) {
            if !is_web(address) {
                faults.push(Fault::BadAddress(address.clone()));
            }
        }
        let texts = self.texts().map(|text| text.uk());
        for sentence in texts.flat_map(sentences) {
            let words = words(sentence);
            if words > MAX_SENTENCE_WORDS {
                let sentence = sentence.to_owned();
                faults.push(Fault::LongSentence { words, sentence });
            }
        }
        faults
    }

    fn review_fees(&self, on: Date, faults: &mut Vec<Fault>) {
        if self.fees.is_empty() {
            faults.push(Fault::NoFee);
        }
        let year = on.year();
        for fee in &self.fees {
            match (&fee.formula, fee.stated_for) {
                (Formula::Flat(_), Some(stated_for)) if stated_for < year => {
                    faults.push(Fault::OldFee { stated_for, year });
                }
                (Formula::OfMinimum { .. }, _) if fee.amount(on) == Amount::Unknown => {
                    faults.push(Fault::NoMinimum { year });
                }
                _ => {}
            }
        }
    }

    fn review_keywords(&self, faults: &mut Vec<Fault>) {
        for (language, keywords) in &self.keywords {
            let count = keywords.len();
            if count > MAX_KEYWORDS {
                let language = language.clone();
                faults.push(Fault::ManyKeywords { language, count });
            }
            for (place, keyword) in keywords.iter().enumerate() {
                let words: Vec<&str> = keyword.split_whitespace().collect();
                if words.is_empty() {
                    let language = language.clone();
                    faults.push(Fault::EmptyKeyword { language });
                } else if words.join(" ") != *keyword || keyword.to_lowercase() != *keyword {
                    faults.push(Fault::UntidyKeyword(keyword.clone()));
                } else if keywords[..place].contains(keyword) {
                    faults.push(Fault::SameKeyword(keyword.clone()));
                }
            }
        }
    }

    /// A text in a language that nobody speaks is read by nobody: «ua» is a country.
    fn review_languages(&self, faults: &mut Vec<Fault>) {
        let written = self.texts().flat_map(|text| text.all().map(|(tag, _)| tag));
        let written = written.chain(self.keywords.keys().map(String::as_str));
        let known = |tag: &&str| LANGUAGES.contains(&tag.split('-').next().unwrap_or_default());
        let unknown: BTreeSet<&str> = written.filter(|tag| !known(tag)).collect();
        let unknown = unknown.into_iter().map(str::to_owned);
        faults.extend(unknown.map(Fault::UnknownLanguage));
    }

    /// Every text that a visitor reads.
    fn texts(&self) -> impl Iterator<Item = &Text> {
        let own = [
            Some(&self.name),
            self.short_name.as_ref(),
            Some(&self.summary),
            Some(&self.provider),
            self.place.as_ref(),
            self.result.as_ref(),
        ];
        let fees = self.fees.iter().map(|fee| fee.label.as_ref());
        let documents = self.documents.iter().flat_map(|document| {
            [
                Some(&document.name),
                document.note.as_ref(),
                document.condition.as_ref(),
            ]
        });
        let steps = self
            .steps
            .iter()
            .flat_map(|step| [Some(&step.title), step.text.as_ref()]);
        own.into_iter()
            .chain(documents)
            .chain(fees)
            .chain(steps)
            .flatten()
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.split_inclusive(['.', '!', '?', '…']);
    ends.map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Words have a letter or a digit: a dash is none.
fn words(sentence: &str) -> usize {
    let words = sentence.split_whitespace();
    words.filter(|word| word.contains(char::is_alphanumeric)).count()
}
