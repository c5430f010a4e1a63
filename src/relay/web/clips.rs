//! `/clips`: the list of sign clips, and each file by its contents. Public, like what is taken home: they are shown to
//! whoever comes.

use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use crate::clip::Digest;
use crate::relay::web::{Web, files};

/// The name says what is inside, so it never becomes another.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub async fn list(State(web): State<Web>, headers: HeaderMap) -> Response {
    let list = serde_json::to_vec(&web.clips.list().await).expect("a list is written to memory");
    files::made("clips.json", list, &headers)
}

pub async fn file(State(web): State<Web>, Path(name): Path<String>, request: Request) -> Response {
    let Ok(sha256) = name.parse::<Digest>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut path = web.clips.file(&sha256).await;
    if path.is_none() {
        // A relay that was just started has not looked yet, or the file has another place now.
        web.clips.list().await;
        path = web.clips.file(&sha256).await;
    }
    let Some(path) = path else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let served = ServeFile::new(path).try_call(request).await;
    let Ok(mut response) = served else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(CACHE_CONTROL, FOR_EVER);
    }
    response.into_response()
}
