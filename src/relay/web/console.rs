//! `/console/`: the interpreter's page, for who is logged in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use crate::relay::web::{Web, files, session};

pub async fn get(State(web): State<Web>, headers: HeaderMap) -> Response {
    match session::find(&web, &headers).await {
        Ok(Some(_)) => files::page(&web.pages, "index.html", &headers),
        Ok(None) => Redirect::to("/console/login").into_response(),
        Err(error) => {
            tracing::error!(%error, "console");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// With its closing slash, so that the page's relative addresses are right.
pub async fn from_root() -> Redirect {
    Redirect::to("/console/")
}
