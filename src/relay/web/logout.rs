//! `POST /console/logout`: ends the session.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use tracing::error;

use crate::relay::secret;
use crate::relay::web::{Web, session};

pub async fn post(State(web): State<Web>, headers: HeaderMap) -> Response {
    if !session::same_origin(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if let Some(token) = session::token(&headers)
        && let Err(error) = web.store.close_session(secret::digest(token)).await
    {
        error!(%error, "logout");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    (
        [(SET_COOKIE, session::closed(web.secure))],
        Redirect::to("/console/login"),
    )
        .into_response()
}
