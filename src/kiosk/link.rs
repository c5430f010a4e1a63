//! The road to the relay: a WebSocket that comes back by itself.
//!
//! Tells [`Update`]s and takes [`FromKiosk`]s; knows nothing of calls. What is said while the road is down is dropped,
//! because the call says it again when it is up.

use std::sync::Arc;
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream};

use crate::protocol::{self, FromKiosk, MAX_MESSAGE, ToKiosk};

/// The relay pings every 2 s; three missed pings are a dead road.
const SILENCE: Duration = Duration::from_secs(7);

const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// A road that lasted this long was a good one: the next one is tried soon.
const STEADY: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub enum Update {
    Up,
    Down,
    Said(ToKiosk),
}

/// Where the relay is, and how the kiosk proves itself.
#[derive(Clone)]
pub struct Address {
    /// `ws://…/ws/kiosk` or `wss://…/ws/kiosk`.
    pub url: String,
    /// Secret.
    pub token: String,
    /// PEM certificates to trust instead of the system's, for a relay that made its own.
    pub authority: Option<Vec<u8>>,
}

#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    #[error(
        "the relay's address is not one of a WebSocket: write it as https://host or http://127.0.0.1:8080"
    )]
    Address,
    #[error("the device token holds characters that a token never has: copy it again from the relay")]
    Token,
    #[error("the certificate file holds no certificate in PEM form: give the one that the relay wrote")]
    Authority,
    #[error("this machine trusts no certificate at all: install the Debian package ca-certificates")]
    Authorities,
}

/// Says messages to the relay, as long as the road is up.
#[derive(Clone)]
pub struct Link(mpsc::UnboundedSender<FromKiosk>);

impl Link {
    pub fn send(&self, message: FromKiosk) {
        // The task lives as long as somebody hears its updates; without a listener there is nobody to talk for.
        let _ = self.0.send(message);
    }
}

/// Opens the road and keeps it open until the receiver of the updates is dropped.
pub fn open(address: &Address, updates: mpsc::Sender<Update>) -> Result<Link, LinkError> {
    let mut request = address
        .url
        .as_str()
        .into_client_request()
        .map_err(|_| LinkError::Address)?;
    let token = HeaderValue::from_str(&format!("Bearer {}", address.token)).map_err(|_| LinkError::Token)?;
    request.headers_mut().insert(header::AUTHORIZATION, token);
    let tls = tls(address.authority.as_deref(), &address.url)?;
    let connector = tls.map(|tls| Connector::Rustls(Arc::new(tls)));
    let (sender, outbox) = mpsc::unbounded_channel();
    tokio::spawn(keep_open(request, connector, outbox, updates));
    Ok(Link(sender))
}

/// What TLS to that address trusts: the kiosk's own authorities, or none where nothing is encrypted. None: the system's.
pub fn tls(authority: Option<&[u8]>, address: &str) -> Result<Option<ClientConfig>, LinkError> {
    let mut roots = RootCertStore::empty();
    match authority {
        Some(authority) => {
            for certificate in CertificateDer::pem_slice_iter(authority) {
                let certificate = certificate.map_err(|_| LinkError::Authority)?;
                roots.add(certificate).map_err(|_| LinkError::Authority)?;
            }
            if roots.is_empty() {
                return Err(LinkError::Authority);
            }
        }
        None if address.starts_with("http://") => {}
        None => return Ok(None),
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks the versions that rustls does")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Some(config))
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn keep_open(
    request: tungstenite::handshake::client::Request,
    connector: Option<Connector>,
    mut outbox: mpsc::UnboundedReceiver<FromKiosk>,
    updates: mpsc::Sender<Update>,
) {
    let config = WebSocketConfig::default()
        .read_buffer_size(4096)
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    let mut failures = 0;
    let mut refused = None;
    while !updates.is_closed() {
        let dial = tokio_tungstenite::connect_async_tls_with_config(
            request.clone(),
            Some(config),
            true,
            connector.clone(),
        );
        match tokio::time::timeout(CONNECT_WITHIN, dial).await {
            Ok(Ok((socket, _))) => {
                tracing::info!("the relay is in reach");
                while outbox.try_recv().is_ok() {}
                if updates.send(Update::Up).await.is_err() {
                    return;
                }
                let since = Instant::now();
                talk(socket, &mut outbox, &updates).await;
                tracing::warn!("the relay is out of reach");
                if updates.send(Update::Down).await.is_err() {
                    return;
                }
                refused = None;
                // One that takes the kiosk and throws it out again is not asked three times a second.
                if since.elapsed() >= STEADY {
                    failures = 0;
                }
            }
            Ok(Err(error)) => told_once(&mut refused, kind(&error)),
            Err(_) => told_once(&mut refused, "no answer in time"),
        }
        tokio::time::sleep(backoff(failures, rand::random())).await;
        failures += 1;
    }
}

/// Why the relay is not reached stands in the log once, not with every try.
fn told_once(told: &mut Option<&'static str>, reason: &'static str) {
    if told.replace(reason) != Some(reason) {
        tracing::warn!(reason, "the relay is not reached; trying again and again");
    }
}

/// Carries messages until the road is down.
async fn talk(
    socket: Socket,
    outbox: &mut mpsc::UnboundedReceiver<FromKiosk>,
    updates: &mpsc::Sender<Update>,
) {
    let (mut sink, mut stream) = socket.split();
    // What this side says is no sign of life.
    let mut silent = Instant::now() + SILENCE;
    loop {
        tokio::select! {
            message = outbox.recv() => {
                let Some(message) = message else { return };
                let said = sink.send(Message::text(protocol::write(&message)));
                if !matches!(tokio::time::timeout_at(silent, said).await, Ok(Ok(()))) {
                    return;
                }
            }
            frame = tokio::time::timeout_at(silent, stream.next()) => match frame {
                Ok(Some(Ok(Message::Text(text)))) => {
                    match protocol::parse::<ToKiosk>(text.as_bytes()) {
                        Ok(message) => {
                            silent = Instant::now() + SILENCE;
                            if updates.send(Update::Said(message)).await.is_err() {
                                return;
                            }
                        }
                        Err(fault) => tracing::warn!(%fault, "the relay said something unknown"),
                    }
                }
                Ok(Some(Ok(Message::Close(_))) | None | Some(Err(_))) | Err(_) => return,
                // Pings are answered by the library, on the next read.
                Ok(Some(Ok(_))) => silent = Instant::now() + SILENCE,
            },
        }
    }
}

/// How long to wait before the next try: full jitter below a ceiling that doubles from 0.5 s to 8 s, so that a
/// hundred kiosks do not come back at once. `chance` is uniform.
fn backoff(failures: u32, chance: u32) -> Duration {
    let ceiling = Duration::from_millis(500) * 2u32.pow(failures.min(4));
    let least = Duration::from_millis(100);
    least + (ceiling - least).mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

/// The kind of an error without its text, which may hold addresses.
fn kind(error: &tungstenite::Error) -> &'static str {
    match error {
        tungstenite::Error::Http(response) if response.status() == 401 => {
            "the device token is not known there"
        }
        tungstenite::Error::Http(_) => "it is not a relay",
        tungstenite::Error::Tls(_) => "its certificate is not trusted",
        tungstenite::Error::Io(_) => "no connection",
        _ => "the conversation broke",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_next_try_is_never_at_once_and_never_far(failures in 0u32..1000, chance: u32) {
            let wait = backoff(failures, chance);
            prop_assert!(wait >= Duration::from_millis(100));
            prop_assert!(wait <= Duration::from_secs(8));
            prop_assert!(wait <= backoff(failures, u32::MAX));
        }
    }

    #[test]
    fn the_ceiling_doubles_up_to_eight_seconds() {
        let ceilings: Vec<u128> = (0..6)
            .map(|failures| backoff(failures, u32::MAX).as_millis())
            .collect();
        assert_eq!(ceilings, [500, 1000, 2000, 4000, 8000, 8000]);
    }
}
