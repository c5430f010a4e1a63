//! What a visitor takes home: the list of a service, as a page that their own phone opens.

use crate::id::ServiceId;
use crate::locale::Language;

/// How this kiosk hands lists out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handout {
    /// Where phones find the relay: `https://relay.example.org`, without a slash at the end.
    pub public: String,
    /// The name that CUPS knows the kiosk's printer by.
    pub printer: Option<String>,
}

impl Handout {
    /// The page of one service. It tells nothing of the visitor but the language they read.
    pub fn address(&self, service: &ServiceId, language: Language) -> String {
        format!("{}/take/{service}?lang={}", self.public, language.tag())
    }
}
