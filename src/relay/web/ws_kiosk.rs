//! `/ws/kiosk`: the kiosk's socket. `Authorization: Bearer <device token>`.

use axum::extract::{State, WebSocketUpgrade};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use tracing::{error, warn};

use crate::relay::web::Web;
use crate::relay::{secret, socket};

pub async fn get(
    State(web): State<Web>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, StatusCode> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or(StatusCode::UNAUTHORIZED)?;
    let kiosk = match web.store.kiosk_by_token(secret::digest(token)).await {
        Ok(Some(kiosk)) => kiosk,
        Ok(None) => {
            warn!("a kiosk came with a token that is not known");
            return Err(StatusCode::UNAUTHORIZED);
        }
        Err(error) => {
            error!(%error, "kiosk socket");
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    let (number, events, sockets) = (web.next_socket(), web.events.clone(), web.sockets.clone());
    Ok(socket::bounded(upgrade)
        .on_upgrade(move |ws| sockets.track_future(socket::serve(ws, kiosk, number, events))))
}
