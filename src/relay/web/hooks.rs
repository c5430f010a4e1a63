//! `POST /hooks/ticket` `{"number": "А12", "window": 3}` and `POST /hooks/alarm` `{"kind": "air-raid"}` (or `fire`,
//! `clear`): the queue's machine and the alarm of a ЦНАП tell what happens in its hall. `Authorization: Bearer` and
//! the secret of one of the configuration's `[[hooks]]`, which also says whose hall it is.
//!
//! 204: the kiosks of that hall are told, and those that are away when they are back. 404: it has no kiosk, so nobody
//! is; it is kept for one that is added. Everything but 204 comes with a sentence.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use crate::id::TicketNumber;
use crate::protocol::{self, Alarm};
use crate::relay::bucket::{Allowance, Bucket};
use crate::relay::config::Hook;
use crate::relay::secret::{self, Digest};
use crate::relay::switchboard::Event;
use crate::relay::switchboard::hall::{Halls, News};
use crate::relay::web::Web;

/// A busy hall calls a ticket every few seconds.
const CALLS: Allowance = Allowance {
    burst: 20.0,
    a_second: 2.0,
};
/// Apart from tickets: a queue gone mad silences no alarm.
const ALARMS: Allowance = Allowance {
    burst: 10.0,
    a_second: 1.0,
};
/// Whoever guesses is told less and less. A right secret is never held up by wrong ones.
const GUESSES: Allowance = Allowance {
    burst: 5.0,
    a_second: 0.1,
};

#[derive(Debug, thiserror::Error)]
pub enum HookError {
    #[error("say `Authorization: Bearer` with a secret of [[hooks]] in the relay's configuration")]
    Stranger,
    #[error("too much at once: wait a second and say it again")]
    TooFast,
    #[error("the body is larger than 64 KiB, or broke off")]
    TooLarge(#[from] BytesRejection),
    #[error("{0}")]
    Malformed(String),
    #[error(
        "nobody is told: no kiosk stands there. Compare `cnap` of [[hooks]] in the relay's configuration with `zhest-relay kiosk list`"
    )]
    Nobody,
    #[error("the relay is being stopped: say it again in a few seconds")]
    Stopping,
}

impl IntoResponse for HookError {
    fn into_response(self) -> Response {
        let status = match self {
            HookError::Stranger => StatusCode::UNAUTHORIZED,
            HookError::TooFast => StatusCode::TOO_MANY_REQUESTS,
            HookError::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            HookError::Malformed(_) => StatusCode::BAD_REQUEST,
            HookError::Nobody => StatusCode::NOT_FOUND,
            HookError::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        };
        (status, format!("{self}\n")).into_response()
    }
}

/// All doors of the configuration.
#[derive(Clone)]
pub struct Hooks(Arc<Doors>);

struct Doors {
    doors: Vec<Door>,
    guesses: Mutex<Bucket>,
}

struct Door {
    secret: Digest,
    halls: Halls,
    calls: Mutex<Bucket>,
    alarms: Mutex<Bucket>,
}

impl Hooks {
    pub fn new(hooks: &[Hook]) -> Self {
        let door = |hook: &Hook| Door {
            secret: secret::digest(&hook.secret),
            halls: Halls::of(hook),
            calls: Mutex::new(Bucket::full(CALLS)),
            alarms: Mutex::new(Bucket::full(ALARMS)),
        };
        Self(Arc::new(Doors {
            doors: hooks.iter().map(door).collect(),
            guesses: Mutex::new(Bucket::full(GUESSES)),
        }))
    }

    /// Whose halls the sender speaks of, if there is room in `bucket` of their door.
    fn enter(&self, headers: &HeaderMap, bucket: fn(&Door) -> &Mutex<Bucket>) -> Result<Halls, HookError> {
        let said = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = said.and_then(|said| said.strip_prefix("Bearer ")).unwrap_or("");
        let door = self
            .0
            .doors
            .iter()
            .find(|door| secret::is_token(token, &door.secret));
        match door {
            Some(door) if take(bucket(door)) => Ok(door.halls.clone()),
            None if take(&self.0.guesses) => Err(HookError::Stranger),
            Some(_) | None => Err(HookError::TooFast),
        }
    }
}

/// A bucket is whole whoever held it last.
fn take(bucket: &Mutex<Bucket>) -> bool {
    bucket.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TicketBody {
    number: TicketNumber,
    window: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlarmBody {
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    AirRaid,
    Fire,
    Clear,
}

pub async fn ticket(
    State(web): State<Web>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, HookError> {
    let halls = web.hooks.enter(&headers, |door| &door.calls)?;
    let TicketBody { number, window } = read(
        &body?,
        r#"write {"number": "А12", "window": 3}; a number is 1 to 8 letters and digits"#,
    )?;
    tell(&web, halls, News::Called { number, window }).await
}

pub async fn alarm(
    State(web): State<Web>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, HookError> {
    let halls = web.hooks.enter(&headers, |door| &door.alarms)?;
    let AlarmBody { kind } = read(&body?, r#"write {"kind": "air-raid"}, or fire, or clear"#)?;
    let kind = match kind {
        Kind::AirRaid => Some(Alarm::AirRaid),
        Kind::Fire => Some(Alarm::Fire),
        Kind::Clear => None,
    };
    tell(&web, halls, News::Alarm(kind)).await
}

fn read<B: DeserializeOwned>(body: &Bytes, example: &str) -> Result<B, HookError> {
    protocol::parse(body).map_err(|fault| HookError::Malformed(format!("{}: {example}", fault.sentence)))
}

async fn tell(web: &Web, halls: Halls, news: News) -> Result<StatusCode, HookError> {
    let (kiosks, told) = oneshot::channel();
    let said = web.events.send(Event::Hall { halls, news, kiosks }).await;
    said.map_err(|_| HookError::Stopping)?;
    match told.await {
        Ok(0) => Err(HookError::Nobody),
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(_) => Err(HookError::Stopping),
    }
}
