//! From files to a catalogue. Pure: whoever calls has read the files.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::Catalogue;
use super::model::{Document, Event, Fee, Formula, Legal, Service, Step, Term, Text};
use super::money::{Coefficient, Kopecks, Minimums};
use super::ukrainian;
use crate::id::{EventId, ServiceId};

const EVENTS: &str = "events.toml";
const MINIMUMS: &str = "subsistence-minimum.toml";

/// Something that staff should mend, in their words. The rest of the catalogue works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.fault)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("рядок {line}: {what}. Цю частину каталогу пропущено")]
    Unreadable { line: usize, what: String },
    #[error("назва файлу має складатися з малих латинських літер, цифр і дефісів: id-card-exchange.toml")]
    BadName,
    #[error("такий файл уже є. Другий пропущено")]
    SameFile,
    #[error("цього файлу немає")]
    Missing,
    #[error("рік «{0}» написано неправильно")]
    BadYear(String),
    #[error("тему «{0}» записано двічі. Другу пропущено")]
    SameEvent(EventId),
    #[error("теми «{0}» немає в events.toml")]
    UnknownEvent(EventId),
    #[error("не вказано жодної теми, тож послугу не видно на першому екрані")]
    NoEvent,
    #[error("не вказано плату. Якщо послуга безоплатна, так і напишіть: formula = \"free\"")]
    NoFee,
    #[error("плату вказано для {stated_for} року, а зараз {year}. Перевірте суму")]
    OldFee { stated_for: i16, year: i16 },
    #[error("немає прожиткового мінімуму на {year} рік, тож плату не обчислити")]
    NoMinimum { year: i16 },
    #[error("не вказано кроків")]
    NoSteps,
    #[error("дані перевіряли {checked_on}, понад пів року тому. Перевірте їх знову")]
    Stale { checked_on: Date },
    #[error("дата перевірки {checked_on} ще не настала")]
    CheckedInFuture { checked_on: Date },
    #[error("дані підтверджено, але дати перевірки немає")]
    NeverChecked,
    #[error("у реченні {words} слів, а має бути не більше 12: «{sentence}»")]
    LongSentence { words: usize, sentence: String },
    #[error("серед слів для пошуку ({language}) є порожнє. Приберіть його")]
    EmptyKeyword { language: String },
    #[error("слово для пошуку «{0}» пишіть малими літерами, без зайвих пробілів")]
    UntidyKeyword(String),
    #[error("слово для пошуку «{0}» написано двічі")]
    SameKeyword(String),
    #[error("слів для пошуку ({language}) {count}, а має бути не більше 24. Залиште найуживаніші")]
    ManyKeywords { language: String, count: usize },
    #[error("мови «{0}» немає. Українська пишеться uk, англійська — en")]
    UnknownLanguage(String),
    #[error("адресу «{0}» написано неправильно: вона починається з https://")]
    BadAddress(String),
    #[error("так само називається послуга {0}")]
    SameTitle(ServiceId),
    #[error("такий самий номер у Гіді має послуга {0}")]
    SameGuideId(ServiceId),
}

impl Catalogue {
    /// Builds a catalogue from (file name, TOML text) pairs in any order.
    pub fn load(files: impl IntoIterator<Item = (String, String)>) -> (Catalogue, Vec<Problem>) {
        let mut loader = Loader::default();
        let mut sources = BTreeMap::new();
        for (file, text) in files {
            match sources.entry(file) {
                Entry::Occupied(first) => loader.report(first.key(), Fault::SameFile),
                Entry::Vacant(place) => drop(place.insert(text)),
            }
        }

        let events = loader.events(sources.remove(EVENTS).as_deref());
        let minimums = Arc::new(loader.minimums(sources.remove(MINIMUMS).as_deref()));

        let known: BTreeSet<&EventId> = events.iter().map(|event| &event.id).collect();
        let mut services: Vec<Service> = Vec::new();
        for (file, text) in &sources {
            services.extend(loader.service(file, text, &known, &minimums));
        }
        services.sort_by(|a, b| (a.order, a.name.uk()).cmp(&(b.order, b.name.uk())));
        let places = services.iter().enumerate();
        let places = places
            .map(|(place, service)| (service.id.clone(), place))
            .collect();
        (
            Catalogue {
                events,
                services,
                places,
            },
            loader.problems,
        )
    }
}

/// The file name of a service, for problems.
pub(super) fn file_of(service: &ServiceId) -> String {
    format!("{service}.toml")
}

#[derive(Default)]
struct Loader {
    problems: Vec<Problem>,
}

impl Loader {
    fn report(&mut self, file: &str, fault: Fault) {
        let file = file.to_owned();
        self.problems.push(Problem { file, fault });
    }

    fn read<T: DeserializeOwned>(&mut self, file: &str, text: &str) -> Option<T> {
        match toml::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                self.unreadable(file, text, start, &error);
                None
            }
        }
    }

    /// `start` is where the unreadable part begins, in bytes.
    fn unreadable(&mut self, file: &str, text: &str, start: usize, error: &toml::de::Error) {
        let line = 1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count();
        let what = ukrainian::of(error.message());
        self.report(file, Fault::Unreadable { line, what });
    }

    /// A file that all services share: a broken part of it hides no other part.
    fn shared<T: DeserializeOwned + Default>(&mut self, file: &str, text: Option<&str>) -> T {
        if text.is_none() {
            self.report(file, Fault::Missing);
        }
        text.and_then(|text| self.read(file, text)).unwrap_or_default()
    }

    fn part<T: DeserializeOwned>(&mut self, file: &str, text: Option<&str>, part: Part) -> Option<T> {
        let start = part.span().start;
        match T::deserialize(part.into_inner()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.unreadable(file, text.unwrap_or_default(), start, &error);
                None
            }
        }
    }

    fn events(&mut self, text: Option<&str>) -> Vec<Event> {
        let written: Events = self.shared(EVENTS, text);
        let mut events: Vec<Event> = Vec::new();
        for part in written.event {
            let Some(event) = self.part::<Event>(EVENTS, text, part) else {
                continue;
            };
            if events.iter().any(|earlier| earlier.id == event.id) {
                self.report(EVENTS, Fault::SameEvent(event.id));
            } else {
                events.push(event);
            }
        }
        events
    }

    fn minimums(&mut self, text: Option<&str>) -> Minimums {
        let by_year: BTreeMap<String, Part> = self.shared(MINIMUMS, text);
        let mut minimums = Minimums::default();
        for (word, part) in by_year {
            let sum: Option<Kopecks> = self.part(MINIMUMS, text, part);
            match word.parse() {
                Ok(year) => minimums.0.extend(sum.map(|sum| (year, sum))),
                Err(_) => self.report(MINIMUMS, Fault::BadYear(word)),
            }
        }
        minimums
    }

    fn service(
        &mut self,
        file: &str,
        text: &str,
        known: &BTreeSet<&EventId>,
        minimums: &Arc<Minimums>,
    ) -> Option<Service> {
        let stem = file.strip_suffix(".toml").unwrap_or_default();
        let Ok(id) = stem.parse::<ServiceId>() else {
            self.report(file, Fault::BadName);
            return None;
        };
        let mut written: ServiceFile = self.read(file, text)?;
        written.events.retain(|event| {
            let found = known.contains(event);
            if !found {
                self.report(file, Fault::UnknownEvent(event.clone()));
            }
            found
        });
        Some(written.into_service(id, minimums))
    }
}

/// One value of a file, and where it stands.
type Part = Spanned<toml::Value>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Events {
    event: Vec<Part>,
}

/// A service as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceFile {
    guide_id: Option<String>,
    #[serde(default)]
    order: u16,
    name: Text,
    short_name: Option<Text>,
    summary: Text,
    #[serde(default)]
    keywords: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    events: Vec<EventId>,
    provider: Text,
    #[serde(default)]
    documents: Vec<Document>,
    #[serde(default)]
    fees: Vec<FeeFile>,
    place: Option<Text>,
    result: Option<Text>,
    #[serde(default)]
    steps: Vec<Step>,
    #[serde(default)]
    legal: Vec<Legal>,
    checked_on: Option<Date>,
    source_url: Option<String>,
    needs_review: bool,
    #[serde(default)]
    signpost: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeeFile {
    label: Option<Text>,
    formula: FormulaFile,
    term: Term,
    stated_for: Option<i16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormulaFile {
    Free,
    Unknown,
    Uah(Kopecks),
    Minimum(Coefficient),
}

impl ServiceFile {
    fn into_service(self, id: ServiceId, minimums: &Arc<Minimums>) -> Service {
        Service {
            id,
            guide_id: self.guide_id,
            order: self.order,
            name: self.name,
            short_name: self.short_name,
            summary: self.summary,
            keywords: self.keywords,
            events: self.events,
            provider: self.provider,
            documents: self.documents,
            fees: self.fees.into_iter().map(|fee| fee.into_fee(minimums)).collect(),
            place: self.place,
            result: self.result,
            steps: self.steps,
            legal: self.legal,
            checked_on: self.checked_on,
            source_url: self.source_url,
            needs_review: self.needs_review,
            signpost: self.signpost,
        }
    }
}

impl FeeFile {
    fn into_fee(self, minimums: &Arc<Minimums>) -> Fee {
        let formula = match self.formula {
            FormulaFile::Free => Formula::Free,
            FormulaFile::Unknown => Formula::Unknown,
            FormulaFile::Uah(sum) => Formula::Flat(sum),
            FormulaFile::Minimum(share) => {
                let minimums = Arc::clone(minimums);
                Formula::OfMinimum { share, minimums }
            }
        };
        Fee {
            label: self.label,
            formula,
            term: self.term,
            stated_for: self.stated_for,
        }
    }
}
