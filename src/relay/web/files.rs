//! The files of the pages. They are inside the program; while pages are being designed they can be read from a source
//! tree instead (`pages`), so that a change is a reload away.

use std::borrow::Cow;
use std::path::{Component, Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use crate::relay::web::Web;

#[derive(RustEmbed)]
#[folder = "assets/console/"]
#[allow_missing = true]
struct Console;

#[derive(RustEmbed)]
#[folder = "assets/take/"]
#[allow_missing = true]
struct Take;

#[derive(RustEmbed)]
#[folder = "assets/fonts/"]
#[allow_missing = true]
struct Fonts;

#[derive(RustEmbed)]
#[folder = "assets/icons/"]
#[allow_missing = true]
struct Icons;

#[derive(RustEmbed)]
#[folder = "locales/"]
#[allow_missing = true]
struct Locales;

/// Where the pages' files come from.
#[derive(Debug, Clone)]
pub enum Pages {
    Inside,
    /// The top of a source tree.
    Folder(Arc<FilePath>),
}

struct File {
    bytes: Cow<'static, [u8]>,
    tag: String,
}

impl File {
    fn of(bytes: Vec<u8>) -> Self {
        Self {
            tag: tag(&Sha256::digest(&bytes)),
            bytes: bytes.into(),
        }
    }
}

impl Pages {
    pub fn new(folder: Option<PathBuf>) -> Self {
        folder.map_or(Pages::Inside, |folder| Pages::Folder(folder.into()))
    }

    fn get<Inside: RustEmbed>(&self, under: &str, name: &str) -> Option<File> {
        match self {
            Pages::Inside => {
                let file = Inside::get(name)?;
                Some(File {
                    tag: tag(&file.metadata.sha256_hash()),
                    bytes: file.data,
                })
            }
            Pages::Folder(top) => {
                let name = FilePath::new(name);
                let plain = name.components().all(|part| matches!(part, Component::Normal(_)));
                let bytes = plain.then(|| std::fs::read(top.join(under).join(name)).ok())??;
                Some(File::of(bytes))
            }
        }
    }
}

fn tag(digest: &[u8]) -> String {
    format!("\"{}\"", HEXLOWER.encode(&digest[..16]))
}

/// `index.html` and `login.html`, for those who may see them.
pub fn page(pages: &Pages, name: &str, headers: &HeaderMap) -> Response {
    serve(name, pages.get::<Console>("assets/console", name), headers)
}

pub async fn console(State(web): State<Web>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    if path == "index.html" {
        return StatusCode::NOT_FOUND.into_response();
    }
    page(&web.pages, &path, &headers)
}

/// What a list to take home is made of, but for its template.
pub fn take(pages: &Pages, name: &str, headers: &HeaderMap) -> Response {
    let file = pages.get::<Take>("assets/take", name);
    serve(name, file.filter(|_| !name.ends_with(".html")), headers)
}

/// `/console/locales/<lang>.ftl` is `locales/<lang>/console.ftl`.
pub async fn locale(State(web): State<Web>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(language) = file.strip_suffix(".ftl") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    serve(
        &file,
        web.pages
            .get::<Locales>("locales", &format!("{language}/console.ftl")),
        &headers,
    )
}

pub async fn font(State(web): State<Web>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    serve(&path, web.pages.get::<Fonts>("assets/fonts", &path), &headers)
}

pub async fn icon(State(web): State<Web>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    serve(&path, web.pages.get::<Icons>("assets/icons", &path), &headers)
}

/// What was made this moment, under the name of a file of its kind.
pub fn made(name: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    serve(name, Some(File::of(bytes)), headers)
}

fn serve(name: &str, file: Option<File>, headers: &HeaderMap) -> Response {
    let Some(File { bytes, tag }) = file else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let same = known.is_some_and(|known| known.contains(&tag));
    // Asked for again each time: a relay that was updated must never meet yesterday's page.
    let fixed = [(ETAG, tag), (CACHE_CONTROL, "no-cache".to_owned())];
    if same {
        return (StatusCode::NOT_MODIFIED, fixed).into_response();
    }
    (fixed, [(CONTENT_TYPE, kind(name))], bytes).into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("ftl" | "txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("otf") => "font/otf",
        Some("ttf") => "font/ttf",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let tree = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(tree.path().join("assets/console")).unwrap();
        std::fs::write(tree.path().join("assets/console/app.js"), "1").unwrap();
        std::fs::write(tree.path().join("assets/secret"), "2").unwrap();
        let pages = Pages::new(Some(tree.path().to_owned()));
        assert!(pages.get::<Console>("assets/console", "app.js").is_some());
        for outside in ["../secret", "/etc/passwd", "a/../../secret", ".", ""] {
            assert!(
                pages.get::<Console>("assets/console", outside).is_none(),
                "{outside}"
            );
        }
    }
}
