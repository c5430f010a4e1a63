//! Between the kiosk's socket and the relay: each message is carried on, and every address that one side would learn
//! of the other becomes the emulator's.
//!
//! The relay's answer to the handshake comes after the kiosk's socket is open: a relay that refuses or is away looks
//! like one that closes at once. Pings are carried on and answered on both halves of the road, so a kiosk that stands
//! still without closing its socket is not seen by the relay.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;

use futures::{Sink, SinkExt, Stream, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{accept_hdr_async, connect_async_with_config};
use zhest::protocol::{FromKiosk, ToKiosk, parse, write};

use super::Side;
use super::candidates::rewrite_signal;
use super::emulator::Emulator;

/// Where a kiosk finds its relay instead of at the relay's own address. Ends with its value, and all sockets with it.
pub struct Signalling {
    port: u16,
    accepting: JoinHandle<()>,
}

impl Signalling {
    /// `relay` is its kiosk socket, `ws://…/ws/kiosk`.
    pub async fn start(relay: String, emulator: Arc<Emulator>) -> Self {
        Self::start_for(relay, emulator, None).await
    }

    /// For a kiosk that cannot prove itself, as a page cannot: `token` is said in its place.
    pub async fn start_for(relay: String, emulator: Arc<Emulator>, token: Option<String>) -> Self {
        let proof = token.map(|token| {
            HeaderValue::from_str(&format!("Bearer {token}")).expect("a token is made of plain letters")
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a loopback port is free");
        let port = listener
            .local_addr()
            .expect("a bound socket has an address")
            .port();
        let accepting = tokio::spawn(async move {
            let mut carried = JoinSet::new();
            while let Ok((kiosk, _)) = listener.accept().await {
                carried.spawn(carry(kiosk, relay.clone(), emulator.clone(), proof.clone()));
                while carried.try_join_next().is_some() {}
            }
        });
        Self { port, accepting }
    }

    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/ws/kiosk", self.port)
    }
}

impl Drop for Signalling {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Until either side is gone.
async fn carry(
    kiosk: TcpStream,
    relay: String,
    emulator: Arc<Emulator>,
    mut token: Option<HeaderValue>,
) -> Result<(), Error> {
    #[expect(clippy::result_large_err, reason = "the handshake wants this type")]
    let greet = |request: &Request, answer: Response| {
        if let Some(own) = request.headers().get(AUTHORIZATION) {
            token = Some(own.clone());
        }
        Ok(answer)
    };
    kiosk.set_nodelay(true)?;
    let near = accept_hdr_async(kiosk, greet).await?;
    let mut request = relay.into_client_request()?;
    if let Some(token) = token {
        request.headers_mut().insert(AUTHORIZATION, token);
    }
    let (far, _) = connect_async_with_config(request, None, true).await?;
    let (to_kiosk, from_kiosk) = near.split();
    let (to_relay, from_relay) = far.split();
    tokio::select! {
        ended = pass(from_kiosk, to_relay, |text| {
            said_by_kiosk(text, &mut |real| emulator.alias(Side::Kiosk, real))
        }) => ended,
        ended = pass(from_relay, to_kiosk, |text| {
            said_to_kiosk(text, &mut |real| emulator.alias(Side::Interpreter, real))
        }) => ended,
    }
}

async fn pass(
    mut from: impl Stream<Item = Result<Message, Error>> + Unpin,
    mut to: impl Sink<Message, Error = Error> + Unpin,
    rewrite: impl Fn(&str) -> Option<String>,
) -> Result<(), Error> {
    while let Some(message) = from.next().await {
        match message? {
            Message::Text(text) => {
                if let Some(text) = rewrite(&text) {
                    to.send(Message::text(text)).await?;
                }
            }
            Message::Pong(_) => {}
            other => to.send(other).await?,
        }
    }
    Ok(())
}

/// What is no signal names no address, and what cannot be read is the relay's to answer: both stay to the letter.
fn said_by_kiosk(text: &str, map: &mut impl FnMut(SocketAddrV4) -> SocketAddrV4) -> Option<String> {
    match parse(text.as_bytes()) {
        Ok(FromKiosk::Signal {
            at,
            to,
            round,
            signal,
        }) => {
            let signal = rewrite_signal(signal, map)?;
            Some(write(&FromKiosk::Signal {
                at,
                to,
                round,
                signal,
            }))
        }
        _ => Some(text.to_owned()),
    }
}

fn said_to_kiosk(text: &str, map: &mut impl FnMut(SocketAddrV4) -> SocketAddrV4) -> Option<String> {
    match parse(text.as_bytes()) {
        Ok(ToKiosk::Signal {
            at,
            from,
            round,
            signal,
        }) => {
            let signal = rewrite_signal(signal, map)?;
            Some(write(&ToKiosk::Signal {
                at,
                from,
                round,
                signal,
            }))
        }
        _ => Some(text.to_owned()),
    }
}
