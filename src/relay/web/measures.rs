//! `/metrics`, for Prometheus. Numbers only.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::relay::web::Web;

pub async fn get(State(web): State<Web>) -> impl IntoResponse {
    web.measures.run_upkeep();
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4")],
        web.measures.render(),
    )
}
