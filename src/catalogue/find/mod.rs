//! Finds a service by everyday words, typed by a hurried hand in weak Ukrainian.
//!
//! An [`Index`] holds the names and keywords of a [`Catalogue`]: those of the visitor's language first, then the
//! Ukrainian ones, then all others. Every word of a query must mean a word of the service, in any order: the same
//! word or its beginning, another case or number of it ([`stem`]), or a slip of the finger ([`slip`]). A query may be
//! spelt in Latin letters or on the wrong keyboard layout ([`letters`]). Words that ask for nothing («хочу», «the»)
//! are passed over.
//!
//! **Invariant:** the answer depends on catalogue, language and query alone, and every certain hit stands before every
//! guess: [`Sureness`] decides, cost only orders hits of the same sureness.
//!
//! The work is bounded: at most [`MAX_QUERY`] characters are read, each against a vocabulary in which a word is held
//! once. Nothing typed is logged or kept.

mod letters;
mod slip;
mod stem;

use std::collections::{HashMap, HashSet};

use super::Catalogue;
use super::model::{SOURCE, Service};
use crate::id::ServiceId;
use letters::Reading;

/// Characters of a query that are read; the rest is cut off.
pub const MAX_QUERY: usize = 64;

/// Words from this length on may be abbreviated anywhere in a query: «закорд паспорт».
const MIN_ABBREVIATION: usize = 4;

/// The last word is often not finished yet; read in other letters than typed, fewer than these mean nothing.
const MIN_REREAD: usize = 3;

/// Words that ask for nothing in particular.
const FILLERS: &str = "а в від до для є з за зі із й к мені мої моя мою моє мене на о об од по при про с та у це я як \
    де що шо хочу хотів хотіла треба потрібен потрібна потрібно нужно надо можна отримати получити получить зробити \
    зделать сделать будь ласка послуга послугу a an the my of for to i in is want need get how please where me";

/// One service that was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub service: ServiceId,
    pub sureness: Sureness,
}

/// How near the least certain word of a query is to a word of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The word itself, its beginning or another form of it.
    Certain,
    /// A slip of the finger away.
    Guess,
}

/// What [`Index::find`] looks through, for one language of the visitor.
#[derive(Debug, Clone, Default)]
pub struct Index {
    services: Vec<ServiceId>,
    vocabulary: Vec<Word>,
    phrases: Vec<Phrase>,
    /// Folded [`FILLERS`].
    fillers: HashSet<Vec<char>>,
}

#[derive(Debug, Clone)]
struct Word {
    letters: Vec<char>,
    stem: Vec<char>,
    latin: bool,
}

/// A name or a keyword.
#[derive(Debug, Clone)]
struct Phrase {
    /// Its place in [`Index::services`]; the phrases of a service stand together.
    service: usize,
    /// Places in [`Index::vocabulary`].
    words: Vec<usize>,
    /// What it costs that this is not the visitor's language.
    foreign: u32,
}

/// How a word of the query means a word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    sureness: Sureness,
    cost: u32,
}

impl Match {
    fn dearer(self, cost: u32) -> Self {
        let cost = self.cost + cost;
        Self { cost, ..self }
    }

    /// Both of two words are meant.
    fn and(self, other: Self) -> Self {
        Self {
            sureness: self.sureness.max(other.sureness),
            cost: self.cost + other.cost,
        }
    }
}

/// What makes a hit less likely, in no unit: compared and added, no more. [`Sureness`] goes before all of it.
mod cost {
    /// And one more for each missing letter, up to [`MOST_MISSING`].
    pub const UNFINISHED: u32 = 4;
    pub const MOST_MISSING: usize = 7;
    pub const STEM: u32 = 12;
    pub const SLIP: u32 = 100;
    /// The query was read in another alphabet.
    pub const REREAD: u32 = 30;
    pub const SOURCE_LANGUAGE: u32 = 40;
    pub const OTHER_LANGUAGE: u32 = 80;
    /// For each word of a name or keyword that was not asked for, up to [`MOST_UNASKED`] of them. More than a stem:
    /// «прописку» is «прописка» rather than «зняти прописку».
    pub const UNASKED: u32 = 15;
    pub const MOST_UNASKED: usize = 4;
    /// The words stand in several names or keywords of a service.
    pub const SCATTERED: u32 = 65;
}

impl Index {
    /// An index for a visitor who reads `language` (BCP 47: `uk`, `en-GB`).
    pub fn new(catalogue: &Catalogue, language: &str) -> Self {
        let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        let foreign = |tag: &str| match main(tag) {
            tag if tag == main(language) => 0,
            tag if tag == SOURCE => cost::SOURCE_LANGUAGE,
            _ => cost::OTHER_LANGUAGE,
        };
        let mut index = Self {
            fillers: letters::words(FILLERS).into_iter().collect(),
            ..Self::default()
        };
        let mut known = HashMap::new();
        for service in catalogue.services() {
            for (tag, phrase) in phrases(service) {
                let words = without_fillers(letters::words(phrase), |word| index.fillers.contains(word));
                let words = words.into_iter().map(|word| index.learn(word, &mut known));
                let words: Vec<usize> = words.collect();
                if !words.is_empty() {
                    index.phrases.push(Phrase {
                        service: index.services.len(),
                        words,
                        foreign: foreign(tag),
                    });
                }
            }
            index.services.push(service.id.clone());
        }
        index
    }

    fn learn(&mut self, letters: Vec<char>, known: &mut HashMap<Vec<char>, usize>) -> usize {
        *known.entry(letters).or_insert_with_key(|letters| {
            self.vocabulary.push(Word {
                letters: letters.clone(),
                stem: stem::stem(letters),
                latin: stem::is_latin(letters),
            });
            self.vocabulary.len() - 1
        })
    }

    /// The services that `query` may mean, the likeliest first, equals in the catalogue's order. None for a query
    /// without words or with a word that no service knows. The other keyboard layout is tried only when the letters
    /// as typed mean nothing for certain.
    pub fn find(&self, query: &str) -> Vec<Hit> {
        let query: String = query.chars().take(MAX_QUERY).collect();
        let typed: Vec<Vec<Reading>> = letters::words(&query)
            .into_iter()
            .map(letters::readings)
            .collect();
        let mut found = self.search(&typed);
        let sureness = |found: &[(Match, usize)]| found.first().map(|(best, _)| best.sureness);
        if sureness(&found) != Some(Sureness::Certain) {
            let switched = letters::words(&letters::other_layout(&query));
            let switched: Vec<Vec<Reading>> = switched.into_iter().map(letters::reread).collect();
            let switched = self.search(&switched);
            if found.is_empty() || sureness(&switched) == Some(Sureness::Certain) {
                found = switched;
            }
        }
        let hits = found.into_iter().map(|(found, service)| Hit {
            service: self.services[service].clone(),
            sureness: found.sureness,
        });
        hits.collect()
    }

    /// Matches and places of services, the best first.
    fn search(&self, query: &[Vec<Reading>]) -> Vec<(Match, usize)> {
        let last = query.len().saturating_sub(1);
        let words = query.iter().enumerate().collect();
        let asks = without_fillers(words, |(_, word): &(usize, &Vec<Reading>)| {
            word.iter().any(|reading| self.fillers.contains(&reading.letters))
        });
        let mut columns = Vec::new();
        for (place, word) in asks {
            let column = self.column(word, place == last);
            if column.iter().all(Option::is_none) {
                return Vec::new();
            }
            columns.push(column);
        }
        if columns.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Match, usize)> = self
            .phrases
            .chunk_by(|a, b| a.service == b.service)
            .filter_map(|phrases| Some((best(phrases, &columns)?, phrases[0].service)))
            .collect();
        found.sort();
        found
    }

    /// How one word of a query means each word of the vocabulary.
    fn column(&self, word: &[Reading], unfinished: bool) -> Vec<Option<Match>> {
        let compare = |known: &Word| {
            let readings = word.iter().filter(|reading| reading.latin == known.latin);
            readings
                .filter_map(|reading| known.meant_by(reading, unfinished))
                .min()
        };
        self.vocabulary.iter().map(compare).collect()
    }
}

impl Word {
    fn meant_by(&self, reading: &Reading, unfinished: bool) -> Option<Match> {
        let typed = &reading.letters;
        let missing = self.letters.len().saturating_sub(typed.len());
        let missing = small(missing.min(cost::MOST_MISSING));
        let abbreviated = typed.len() >= MIN_ABBREVIATION;
        let unfinished = unfinished && (!reading.reread || typed.len() >= MIN_REREAD);
        let (sureness, cost) = if self.letters == *typed {
            (Sureness::Certain, 0)
        } else if (unfinished || abbreviated) && self.letters.starts_with(typed) {
            (Sureness::Certain, cost::UNFINISHED + missing)
        } else if self.stem == reading.stem {
            (Sureness::Certain, cost::STEM)
        } else {
            let begun =
                || slip::count_to_beginning(typed, &self.letters).filter(|_| unfinished && !reading.reread);
            let guess = |slips: Option<usize>, cost: u32| Some(small(slips?) * cost::SLIP + cost);
            let ways = [
                guess(slip::count(typed, &self.letters), 0),
                guess(slip::count(&reading.stem, &self.stem), cost::STEM),
                guess(begun(), cost::UNFINISHED + missing),
            ];
            (Sureness::Guess, ways.into_iter().flatten().min()?)
        };
        let reread = if reading.reread { cost::REREAD } else { 0 };
        Some(Match {
            sureness,
            cost: cost + reread,
        })
    }
}

/// A count of letters or words as a cost: none comes near four thousand million.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The best way in which all words of a query mean a service, in one of its phrases or over several.
fn best(phrases: &[Phrase], columns: &[Vec<Option<Match>>]) -> Option<Match> {
    let mut scattered: Vec<Option<Match>> = vec![None; columns.len()];
    let mut together: Option<Match> = None;
    for phrase in phrases {
        let mut all = Some(Match {
            sureness: Sureness::Certain,
            cost: phrase.foreign,
        });
        for (column, best) in columns.iter().zip(&mut scattered) {
            let found = phrase.words.iter().filter_map(|word| column[*word]).min();
            all = all.zip(found).map(|(all, found)| all.and(found));
            let found = found.map(|found| found.dearer(phrase.foreign));
            *best = smaller(*best, found);
        }
        if let Some(all) = all {
            let asked = |word: &&usize| columns.iter().any(|column| column[**word].is_some());
            let unasked = phrase.words.len() - phrase.words.iter().filter(asked).count();
            let unasked = small(unasked.min(cost::MOST_UNASKED));
            together = smaller(together, Some(all.dearer(cost::UNASKED * unasked)));
        }
    }
    let scattered: Option<Vec<Match>> = scattered.into_iter().collect();
    let scattered = scattered.and_then(|each| each.into_iter().reduce(Match::and));
    smaller(together, scattered.map(|all| all.dearer(cost::SCATTERED)))
}

fn smaller(a: Option<Match>, b: Option<Match>) -> Option<Match> {
    a.into_iter().chain(b).min()
}

/// Names and keywords with the language of each.
fn phrases(service: &Service) -> impl Iterator<Item = (&str, &str)> {
    let names = [Some(&service.name), service.short_name.as_ref()];
    let names = names.into_iter().flatten().flat_map(|name| name.all());
    let keywords = service.keywords.iter();
    let keywords =
        keywords.flat_map(|(tag, words)| words.iter().map(move |word| (tag.as_str(), word.as_str())));
    names.chain(keywords)
}

/// The words that ask for something; all of them when none does.
fn without_fillers<T>(words: Vec<T>, filler: impl Fn(&T) -> bool) -> Vec<T> {
    if words.iter().all(&filler) {
        return words;
    }
    words.into_iter().filter(|word| !filler(word)).collect()
}

#[cfg(test)]
mod tests;
