//! Two real WebRTC peers that know only the emulator's addresses: ICE, DTLS and SCTP go through it both ways.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use webrtc::data_channel::{DataChannel, DataChannelEvent};
use webrtc::peer_connection::{
    PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCIceCandidateInit,
    RTCPeerConnectionIceEvent, RTCSessionDescription, SettingEngineBuilder,
};
use zhest::protocol::{Candidate, Description, Signal};

use crate::link::Side;
use crate::link::candidates::rewrite_signal;
use crate::link::emulator::Emulator;
use crate::link::profile::Profile;

/// Lost checks and handshakes are repeated after up to a second.
const PATIENCE: Duration = Duration::from_secs(30);
/// Said by the kiosk in one message.
const BYTES: usize = 20_000;

enum Happening {
    Candidate(RTCIceCandidateInit),
    Channel(Arc<dyn DataChannel>),
}

struct Ear(mpsc::UnboundedSender<Happening>);

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Ear {
    async fn on_ice_candidate(&self, event: RTCPeerConnectionIceEvent) {
        if let Ok(candidate) = event.candidate.to_json() {
            let _ = self.0.send(Happening::Candidate(candidate));
        }
    }

    async fn on_data_channel(&self, channel: Arc<dyn DataChannel>) {
        let _ = self.0.send(Happening::Channel(channel));
    }
}

/// Sockets as the kiosk opens them.
async fn peer() -> (impl PeerConnection, mpsc::UnboundedReceiver<Happening>) {
    let (ear, happenings) = mpsc::unbounded_channel();
    let settings = SettingEngineBuilder::new()
        .with_include_loopback_candidate(true)
        .build();
    let connection = PeerConnectionBuilder::new()
        .with_setting_engine(settings)
        .with_handler(Arc::new(Ear(ear)))
        .with_udp_addrs(vec!["0.0.0.0:0".to_owned(), "127.0.0.1:0".to_owned()])
        .build()
        .await
        .expect("a peer connection is built");
    (connection, happenings)
}

/// Carries candidates of `owner` to the other side with the emulator's addresses, until a channel comes.
async fn trickle(
    happenings: &mut mpsc::UnboundedReceiver<Happening>,
    owner: Side,
    emulator: &Emulator,
    to: &impl PeerConnection,
) -> Arc<dyn DataChannel> {
    loop {
        match happenings.recv().await.expect("the peer lives") {
            Happening::Channel(channel) => return channel,
            Happening::Candidate(told) => {
                let signal = Signal::Candidate {
                    candidate: Candidate {
                        candidate: told.candidate.clone(),
                        sdp_mid: None,
                        sdp_m_line_index: Some(0),
                    },
                };
                let mut map = |real| emulator.alias(owner, real);
                if let Some(Signal::Candidate { candidate }) = rewrite_signal(signal, &mut map) {
                    let init = RTCIceCandidateInit {
                        candidate: candidate.candidate,
                        sdp_mline_index: Some(0),
                        ..told
                    };
                    to.add_ice_candidate(init).await.expect("a sound candidate");
                }
            }
        }
    }
}

fn rewritten(sdp: String, owner: Side, emulator: &Emulator) -> String {
    let description = Description::Offer(sdp);
    let mut map = |real| emulator.alias(owner, real);
    match rewrite_signal(Signal::Description { description }, &mut map) {
        Some(Signal::Description {
            description: Description::Offer(sdp),
        }) => sdp,
        _ => panic!("a description stays one"),
    }
}

async fn message(channel: &dyn DataChannel) -> Vec<u8> {
    loop {
        if let DataChannelEvent::OnMessage(message) = channel.poll().await.expect("the channel is open") {
            return message.data.to_vec();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_webrtc_peers_find_each_other_and_talk_over_a_link_that_loses_packets() {
    let lossy = || Profile::named("loss-5").expect("there is such a scenario");
    let emulator = Emulator::start(lossy(), lossy(), 1);
    let (kiosk, mut kiosk_tells) = peer().await;
    let (browser, mut browser_tells) = peer().await;

    let channel = kiosk
        .create_data_channel("t140", None)
        .await
        .expect("a channel is created");
    let offer = kiosk.create_offer(None).await.expect("an offer is made");
    let told = rewritten(offer.sdp.clone(), Side::Kiosk, &emulator);
    kiosk.set_local_description(offer).await.expect("an own offer");
    let told = RTCSessionDescription::offer(told).expect("a sound offer");
    browser.set_remote_description(told).await.expect("a good offer");
    let answer = browser.create_answer(None).await.expect("an answer is made");
    let told = rewritten(answer.sdp.clone(), Side::Interpreter, &emulator);
    browser
        .set_local_description(answer)
        .await
        .expect("an own answer");
    let told = RTCSessionDescription::answer(told).expect("a sound answer");
    kiosk.set_remote_description(told).await.expect("a good answer");

    let conversation = async {
        let far = tokio::select! {
            // The kiosk opened the channel, so only the browser is told of one.
            _ = trickle(&mut kiosk_tells, Side::Kiosk, &emulator, &browser) => panic!("the browser opens nothing"),
            far = trickle(&mut browser_tells, Side::Interpreter, &emulator, &kiosk) => far,
        };
        while !matches!(channel.poll().await, Some(DataChannelEvent::OnOpen)) {}
        channel
            .send_text(&"ж".repeat(BYTES / 2))
            .await
            .expect("it is open");
        assert_eq!(message(&*far).await, "ж".repeat(BYTES / 2).into_bytes());
        far.send_text("чую").await.expect("it is open");
        assert_eq!(message(&*channel).await, "чую".as_bytes());
    };
    timeout(PATIENCE, conversation)
        .await
        .expect("they find each other in time");

    let (up, down) = (
        emulator.counters(Side::Interpreter),
        emulator.counters(Side::Kiosk),
    );
    assert!(
        up.delivered_bytes > BYTES as u64,
        "all of it went through: {up:?}"
    );
    assert!(down.delivered > 10, "and so did the answers: {down:?}");
    assert!(up.lost_by_chance + down.lost_by_chance > 0, "{up:?} {down:?}");
    kiosk.close().await.expect("it closes");
    browser.close().await.expect("it closes");
}
