//! A kiosk that finds its relay through the man in the middle, and the two peers that learn of each other so.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, accept_hdr_async, connect_async};
use zhest::id::{CallId, Epoch, Leg, Round};
use zhest::protocol::{At, Candidate, Description, FromKiosk, Signal, ToKiosk, VERSION, parse, write};

use crate::link::Side;
use crate::link::emulator::Emulator;
use crate::link::profile::Profile;
use crate::link::signalling::Signalling;

const PATIENCE: Duration = Duration::from_secs(10);
const ROUND: Round = Round::FIRST;

fn at() -> At {
    At {
        call: CallId(uuid::Uuid::nil()),
        epoch: Epoch::FIRST,
    }
}

fn from_kiosk(signal: Signal) -> FromKiosk {
    FromKiosk::Signal {
        at: at(),
        to: Leg::INTERPRETER,
        round: ROUND,
        signal,
    }
}

fn to_kiosk(signal: Signal) -> ToKiosk {
    ToKiosk::Signal {
        at: at(),
        from: Leg::INTERPRETER,
        round: ROUND,
        signal,
    }
}

fn line(address: impl ToString, port: u16) -> String {
    format!(
        "candidate:1 1 udp 2122194687 {} {port} typ host",
        address.to_string()
    )
}

fn candidate(line: String) -> Signal {
    Signal::Candidate {
        candidate: Candidate {
            candidate: line,
            sdp_mid: None,
            sdp_m_line_index: Some(0),
        },
    }
}

fn sdp(candidates: &[String]) -> String {
    let lines: String = candidates.iter().map(|line| format!("a={line}\r\n")).collect();
    format!("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n{lines}")
}

/// A kiosk and a relay of a few lines each, and what is between them.
struct Scene {
    emulator: Arc<Emulator>,
    _signalling: Signalling,
    kiosk: WebSocketStream<MaybeTlsStream<TcpStream>>,
    relay: WebSocketStream<TcpStream>,
    /// What the relay was shown.
    token: Option<HeaderValue>,
    path: String,
}

impl Scene {
    async fn set() -> Self {
        let clean = Profile::default;
        let emulator = Arc::new(Emulator::start(clean(), clean(), 1));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let relay = format!("ws://{}/ws/kiosk", listener.local_addr().unwrap());
        let signalling = Signalling::start(relay, emulator.clone()).await;
        let mut request = signalling.url().into_client_request().unwrap();
        let token = HeaderValue::from_static("Bearer demo-token");
        request.headers_mut().insert(AUTHORIZATION, token);
        let (mut token, mut path) = (None, String::new());
        let relay = async {
            let (stream, _) = listener.accept().await.unwrap();
            #[expect(clippy::result_large_err, reason = "the handshake wants this type")]
            let greet = |request: &Request, answer: Response| {
                token = request.headers().get(AUTHORIZATION).cloned();
                path = request.uri().path().to_owned();
                Ok(answer)
            };
            accept_hdr_async(stream, greet).await.unwrap()
        };
        let both = async { tokio::join!(relay, connect_async(request)) };
        let (relay, kiosk) = timeout(PATIENCE, both).await.expect("the road opens");
        Self {
            emulator,
            _signalling: signalling,
            kiosk: kiosk.unwrap().0,
            relay,
            token,
            path,
        }
    }

    async fn kiosk_says(&mut self, text: &str) {
        self.kiosk.send(Message::text(text)).await.unwrap();
    }

    async fn relay_says(&mut self, text: &str) {
        self.relay.send(Message::text(text)).await.unwrap();
    }

    async fn kiosk_hears(&mut self) -> Message {
        let heard = timeout(PATIENCE, self.kiosk.next()).await;
        heard
            .expect("a message arrives")
            .expect("the socket is open")
            .unwrap()
    }

    async fn relay_hears(&mut self) -> Message {
        let heard = timeout(PATIENCE, self.relay.next()).await;
        heard
            .expect("a message arrives")
            .expect("the socket is open")
            .unwrap()
    }
}

#[tokio::test]
async fn the_device_token_and_all_that_is_no_signal_pass_to_the_letter() {
    let mut scene = Scene::set().await;
    assert_eq!(scene.token, Some(HeaderValue::from_static("Bearer demo-token")));
    assert_eq!(scene.path, "/ws/kiosk");

    let hello = write(&FromKiosk::Hello {
        version: VERSION,
        resume: None,
    });
    for text in [hello.as_str(), "{ \"type\": \"of tomorrow\" }", "no JSON"] {
        scene.kiosk_says(text).await;
        assert_eq!(scene.relay_hears().await, Message::text(text));
        scene.relay_says(text).await;
        assert_eq!(scene.kiosk_hears().await, Message::text(text));
    }
    let ping = Message::Ping(Bytes::from_static(b"2 s"));
    scene.relay.send(ping.clone()).await.unwrap();
    assert_eq!(
        scene.kiosk_hears().await,
        ping,
        "the kiosk sees that the relay lives"
    );
}

#[tokio::test]
async fn both_sides_learn_the_emulators_addresses_and_no_others() {
    let mut scene = Scene::set().await;
    let alias_of_kiosk = scene
        .emulator
        .alias(Side::Kiosk, SocketAddrV4::new(Ipv4Addr::LOCALHOST, 50_001));
    let alias_of_browser = scene
        .emulator
        .alias(Side::Interpreter, SocketAddrV4::new(Ipv4Addr::LOCALHOST, 50_002));

    let offer = |candidates: &[String]| {
        from_kiosk(Signal::Description {
            description: Description::Offer(sdp(candidates)),
        })
    };
    let own = [line("10.0.0.7", 50_001), line("127.0.0.1", 50_001)];
    let shown = line(alias_of_kiosk.ip(), alias_of_kiosk.port());
    scene.kiosk_says(&write(&offer(&own))).await;
    assert_eq!(
        scene.relay_hears().await,
        Message::text(write(&offer(std::slice::from_ref(&shown))))
    );
    for own in own {
        scene.kiosk_says(&write(&from_kiosk(candidate(own)))).await;
    }
    // The first of the two is not passed on.
    assert_eq!(
        scene.relay_hears().await,
        Message::text(write(&from_kiosk(candidate(shown))))
    );

    let answer = |candidates: &[String]| {
        to_kiosk(Signal::Description {
            description: Description::Answer(sdp(candidates)),
        })
    };
    let own = [line("visitor.local", 50_002), line("127.0.0.1", 50_002)];
    let shown = line(alias_of_browser.ip(), alias_of_browser.port());
    scene.relay_says(&write(&answer(&own))).await;
    assert_eq!(
        scene.kiosk_hears().await,
        Message::text(write(&answer(std::slice::from_ref(&shown))))
    );
    for own in own {
        scene.relay_says(&write(&to_kiosk(candidate(own)))).await;
    }
    assert_eq!(
        scene.kiosk_hears().await,
        Message::text(write(&to_kiosk(candidate(shown))))
    );
}

/// Where a candidate message tells to send.
fn told(signal: Signal) -> String {
    let Signal::Candidate { candidate } = signal else {
        panic!("a candidate was sent");
    };
    let words: Vec<&str> = candidate.candidate.split(' ').collect();
    format!("{}:{}", words[4], words[5])
}

#[tokio::test]
async fn what_the_sides_learn_is_where_they_find_each_other() {
    let mut scene = Scene::set().await;
    let kiosk = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let browser = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let own = |socket: &UdpSocket| candidate(line("127.0.0.1", socket.local_addr().unwrap().port()));

    scene.kiosk_says(&write(&from_kiosk(own(&kiosk)))).await;
    let at_browser = match parse(&scene.relay_hears().await.into_data()) {
        Ok(FromKiosk::Signal { signal, .. }) => told(signal),
        other => panic!("{other:?}"),
    };
    scene.relay_says(&write(&to_kiosk(own(&browser)))).await;
    let at_kiosk = match parse(&scene.kiosk_hears().await.into_data()) {
        Ok(ToKiosk::Signal { signal, .. }) => told(signal),
        other => panic!("{other:?}"),
    };

    let mut buffer = [0; 16];
    kiosk.send_to(b"check", &at_kiosk).await.unwrap();
    let (length, from) = timeout(PATIENCE, browser.recv_from(&mut buffer))
        .await
        .expect("a packet arrives")
        .unwrap();
    assert_eq!((&buffer[..length], from.to_string()), (&b"check"[..], at_browser));
    browser.send_to(b"answer", from).await.unwrap();
    let (length, from) = timeout(PATIENCE, kiosk.recv_from(&mut buffer))
        .await
        .expect("a packet arrives")
        .unwrap();
    assert_eq!((&buffer[..length], from.to_string()), (&b"answer"[..], at_kiosk));
}

#[tokio::test]
async fn a_side_that_leaves_takes_the_other_road_down() {
    let mut scene = Scene::set().await;
    drop(scene.relay);
    let ended = timeout(PATIENCE, async {
        while let Some(Ok(_)) = scene.kiosk.next().await {}
    });
    ended.await.expect("the kiosk's socket ends in time");
}
