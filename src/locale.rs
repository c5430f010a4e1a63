//! Words for people, through Fluent: `locales/<language>/kiosk.ftl`, Ukrainian where a language lacks a message.
//!
//! The language belongs to the visit, not to the process: every [`Words`] is a loader of its own. Messages are named
//! with [`fl!`], which checks the name and its variables against the Ukrainian file when it is compiled.

use i18n_embed::LanguageLoader as _;
use i18n_embed::fluent::FluentLanguageLoader;
use unic_langid::LanguageIdentifier;

#[derive(rust_embed::RustEmbed)]
#[folder = "locales"]
struct Embedded;

/// A language the kiosk speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    Uk,
    En,
}

impl Language {
    /// In the order in which they are offered.
    pub const ALL: [Language; 2] = [Language::Uk, Language::En];

    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Uk => "uk",
            Language::En => "en",
        }
    }

    /// What its own speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Uk => "Українська",
            Language::En => "English",
        }
    }

    /// The one offered after this one, in a round.
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|language| *language == self);
        Self::ALL[place.map_or(0, |place| (place + 1) % Self::ALL.len())]
    }

    /// The language a tag (`uk`, `en-GB`) begins with.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split('-').next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| language.tag() == main)
    }
}

/// All messages in one language.
pub struct Words {
    language: Language,
    loader: FluentLanguageLoader,
}

impl Words {
    pub fn new(language: Language) -> Self {
        let identifier = |language: Language| -> LanguageIdentifier {
            language.tag().parse().expect("our tags are well-formed")
        };
        let loader = FluentLanguageLoader::new("kiosk", identifier(Language::Uk));
        loader
            .load_languages(&Embedded, &[identifier(language), identifier(Language::Uk)])
            .expect("the embedded words are read by tests/locales.rs");
        // Isolation marks are for mixed directions; our fonts would draw them as boxes.
        loader.set_use_isolating(false);
        Self { language, loader }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// For [`fl!`] only.
    pub fn loader(&self) -> &FluentLanguageLoader {
        &self.loader
    }
}

/// `fl!(words, "message", variable = value)`: a message in the language of these words.
#[macro_export]
macro_rules! fl {
    ($words:expr, $message:literal $(, $($variables:tt)*)?) => {
        ::i18n_embed_fl::fl!($words.loader(), $message $(, $($variables)*)?)
    };
}
pub use fl;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_reads_one_language_while_another_kiosk_reads_another() {
        let (uk, en) = (Words::new(Language::Uk), Words::new(Language::En));
        assert_eq!(fl!(uk, "call-interpreter"), "Покликати перекладача");
        assert_eq!(fl!(en, "call-interpreter"), "Call an interpreter");
    }

    #[test]
    fn ukrainian_numbers_take_their_forms_without_hidden_marks() {
        let words = Words::new(Language::Uk);
        assert_eq!(fl!(words, "services-count", count = 1), "1 послуга");
        assert_eq!(fl!(words, "services-count", count = 3), "3 послуги");
        assert_eq!(fl!(words, "services-count", count = 11), "11 послуг");
    }

    #[test]
    fn a_tag_with_a_region_is_understood() {
        assert_eq!(Language::from_tag("en-GB"), Some(Language::En));
        assert_eq!(Language::from_tag("xx"), None);
    }
}
