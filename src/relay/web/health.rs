//! `/healthz/live`: the process runs. `/healthz/ready`: it takes calls (the store answers and it is not draining).

use axum::extract::State;
use axum::http::StatusCode;

use crate::relay::switchboard::Stage;
use crate::relay::web::Web;

pub async fn live() -> &'static str {
    "live\n"
}

pub async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    if *web.stage.borrow() == Stage::Draining || web.events.is_closed() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    match web.store.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}
