//! Words for people, through Fluent: `locales/<language>/kiosk.ftl`.
//!
//! **Invariant:** Ukrainian has every message, and is read message by message where another language lacks one.
//!
//! The language belongs to the visit, not to the process: every [`Words`] is a loader of its own. Messages are named
//! with [`fl!`], which checks the name and its variables against the Ukrainian file when it is compiled.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader as _};
use jiff::civil::Date;
use unic_langid::LanguageIdentifier;

#[derive(rust_embed::RustEmbed)]
#[folder = "locales"]
struct Embedded;

/// A language the kiosk speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    Uk,
    En,
    Pl,
    Ro,
    Hu,
    /// Crimean Tatar, in Latin letters.
    Crh,
}

impl Language {
    /// In the order in which they are offered.
    pub const ALL: [Language; 6] = [
        Language::Uk,
        Language::En,
        Language::Pl,
        Language::Ro,
        Language::Hu,
        Language::Crh,
    ];

    /// The one that has every message, for what another lacks.
    pub const SOURCE: Language = Language::Uk;

    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Uk => "uk",
            Language::En => "en",
            Language::Pl => "pl",
            Language::Ro => "ro",
            Language::Hu => "hu",
            Language::Crh => "crh",
        }
    }

    /// What its own speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Uk => "Українська",
            Language::En => "English",
            Language::Pl => "Polski",
            Language::Ro => "Română",
            Language::Hu => "Magyar",
            Language::Crh => "Qırımtatarca",
        }
    }

    /// Day, month and year in digits: 23.11.2026.
    pub fn date(self, date: Date) -> String {
        let order = match self {
            Language::Hu => "%Y. %m. %d.",
            _ => "%d.%m.%Y",
        };
        date.strftime(order).to_string()
    }

    /// Day and month in digits: 23.11.
    pub fn day(self, date: Date) -> String {
        let order = match self {
            Language::Hu => "%m. %d.",
            _ => "%d.%m",
        };
        date.strftime(order).to_string()
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
        Self::read(&Embedded, language)
    }

    fn read(files: &dyn I18nAssets, language: Language) -> Self {
        let identifier = |language: Language| -> LanguageIdentifier {
            language.tag().parse().expect("our tags are well-formed")
        };
        let source = identifier(Language::SOURCE);
        let loader = FluentLanguageLoader::new("kiosk", source.clone());
        loader
            .load_languages(files, &[identifier(language), source])
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
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn a_visitor_reads_one_language_while_another_kiosk_reads_another() {
        let (uk, en) = (Words::new(Language::Uk), Words::new(Language::En));
        assert_eq!(fl!(uk, "call-interpreter"), "Покликати перекладача");
        assert_eq!(fl!(en, "call-interpreter"), "Call an interpreter");
    }

    #[test]
    fn numbers_take_the_forms_of_each_language_without_hidden_marks() {
        for (language, forms) in [
            (Language::Uk, ["1 послуга", "3 послуги", "11 послуг", "20 послуг"]),
            (
                Language::En,
                ["1 service", "3 services", "11 services", "20 services"],
            ),
            (Language::Pl, ["1 usługa", "3 usługi", "11 usług", "20 usług"]),
            (
                Language::Ro,
                ["1 serviciu", "3 servicii", "11 servicii", "20 de servicii"],
            ),
            (
                Language::Hu,
                [
                    "1 szolgáltatás",
                    "3 szolgáltatás",
                    "11 szolgáltatás",
                    "20 szolgáltatás",
                ],
            ),
            (Language::Crh, ["1 hızmet", "3 hızmet", "11 hızmet", "20 hızmet"]),
        ] {
            let words = Words::new(language);
            let said = [1, 3, 11, 20].map(|count| fl!(words, "services-count", count = count));
            assert_eq!(said, forms);
        }
    }

    /// Locale files by their paths.
    struct Files(&'static [(&'static str, &'static str)]);

    impl I18nAssets for Files {
        fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
            let found = self.0.iter().filter(|(name, _)| *name == path);
            found.map(|(_, text)| Cow::Borrowed(text.as_bytes())).collect()
        }

        fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
            Box::new(self.0.iter().map(|(name, _)| (*name).to_owned()))
        }
    }

    const UKRAINIAN: &str = "back = Назад
services-count = { $count ->
    [one] { $count } послуга
    [few] { $count } послуги
   *[many] { $count } послуг
}
";

    #[test]
    fn a_message_that_a_language_lacks_is_said_in_ukrainian_with_its_own_plural() {
        let files = Files(&[
            ("uk/kiosk.ftl", UKRAINIAN),
            ("en/kiosk.ftl", "services-count = { $count } services"),
            ("hu/kiosk.ftl", "back = Vissza"),
        ]);
        let words = Words::read(&files, Language::Hu);
        assert_eq!(fl!(words, "back"), "Vissza");
        assert_eq!(fl!(words, "services-count", count = 3), "3 послуги");
        let words = Words::read(&files, Language::En);
        assert_eq!(fl!(words, "services-count", count = 3), "3 services");
        assert_eq!(fl!(words, "back"), "Назад");
    }

    #[test]
    fn hungarians_begin_a_date_with_the_year() {
        let date = jiff::civil::date(2026, 2, 3);
        assert_eq!(Language::Hu.date(date), "2026. 02. 03.");
        assert_eq!(Language::Hu.day(date), "02. 03.");
        assert_eq!(Language::Pl.date(date), "03.02.2026");
        assert_eq!(Language::Pl.day(date), "03.02");
    }

    #[test]
    fn a_tag_with_a_region_is_understood() {
        assert_eq!(Language::from_tag("en-GB"), Some(Language::En));
        assert_eq!(Language::from_tag("crh-UA"), Some(Language::Crh));
        assert_eq!(Language::from_tag("xx"), None);
    }
}
