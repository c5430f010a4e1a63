//! `/api/service/{id}?lang=uk`: a service's card as JSON, for the interpreter's console. Public, as the catalogue is.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::id::ServiceId;
use crate::relay::web::{Web, today};

#[derive(Debug, Deserialize)]
pub struct Wish {
    /// BCP 47; what is not translated comes in Ukrainian.
    #[serde(default)]
    lang: Option<String>,
}

pub async fn get(State(web): State<Web>, Path(id): Path<String>, Query(wish): Query<Wish>) -> Response {
    let service = id
        .parse::<ServiceId>()
        .ok()
        .and_then(|id| web.catalogue.service(&id));
    match service {
        Some(service) => Json(service.card(wish.lang.as_deref().unwrap_or("uk"), today())).into_response(),
        None => (StatusCode::NOT_FOUND, "no such service\n").into_response(),
    }
}
