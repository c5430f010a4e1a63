//! `/take/{service}?lang=uk`: the list of a service for a visitor's own phone. Public and without cookies; what is
//! ticked there stays there, and once opened it opens again without a network.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::catalogue::card::Card;
use crate::id::ServiceId;
use crate::locale::{Language, Words, fl};
use crate::relay::web::{Web, files, today};

#[derive(Debug, Deserialize)]
pub struct Wish {
    /// BCP 47; Ukrainian if it is none of ours.
    #[serde(default)]
    lang: String,
}

#[derive(Template)]
#[template(path = "take/page.html", config = ".askama.toml")]
struct Page<'a> {
    words: &'a Words,
    /// None of a service that is no longer there.
    card: Option<Card<'a>>,
    /// Of the prices.
    date: String,
}

impl Page<'_> {
    /// When somebody last compared the facts with their source.
    fn checked(&self) -> String {
        match self.card.as_ref().and_then(|card| card.checked_on) {
            Some(date) => fl!(
                self.words,
                "service-checked",
                date = self.words.language().date(date)
            ),
            None => fl!(self.words, "service-unchecked"),
        }
    }
}

pub async fn get(
    State(web): State<Web>,
    Path(name): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    // The page's own files lie beside it, so that their worker minds it; no id of a service has a dot.
    if name.contains('.') {
        return files::take(&web.pages, &name, &headers);
    }
    let words = words(Language::from_tag(&wish.lang).unwrap_or(Language::SOURCE));
    let today = today();
    let service = name.parse::<ServiceId>().ok();
    let service = service.and_then(|id| web.catalogue.service(&id));
    let page = Page {
        words,
        card: service.map(|service| service.card(words.language().tag(), today)),
        date: words.language().date(today),
    };
    let status = match page.card {
        Some(_) => StatusCode::OK,
        None => StatusCode::NOT_FOUND,
    };
    let text = page.render().expect("a page is written to memory");
    (status, [(CACHE_CONTROL, "no-cache")], Html(text)).into_response()
}

/// Read once: anybody may ask for a page as often as they like.
fn words(language: Language) -> &'static Words {
    static WORDS: LazyLock<[Words; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(Words::new));
    let found = WORDS.iter().find(|words| words.language() == language);
    found.expect("all languages were read")
}
