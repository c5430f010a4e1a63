//! `/ws/interpreter`: the console's socket. Session cookie; `Origin` is this relay.

use axum::extract::{State, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use tracing::{error, warn};

use crate::relay::socket;
use crate::relay::web::{Web, session};

pub async fn get(
    State(web): State<Web>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, StatusCode> {
    if !session::same_origin(&headers) {
        warn!("a page of another origin asked for an interpreter's socket");
        return Err(StatusCode::FORBIDDEN);
    }
    let interpreter = match session::find(&web, &headers).await {
        Ok(Some(interpreter)) => interpreter,
        Ok(None) => return Err(StatusCode::UNAUTHORIZED),
        Err(error) => {
            error!(%error, "interpreter socket");
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    let (number, events, sockets) = (web.next_socket(), web.events.clone(), web.sockets.clone());
    Ok(socket::bounded(upgrade)
        .on_upgrade(move |ws| sockets.track_future(socket::serve(ws, interpreter, number, events))))
}
