//! A peer connection against another one on this machine that says nothing but what a test makes it say.
#![cfg(feature = "kiosk")]

use std::sync::Arc;
use std::time::Duration;

use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use tokio::sync::mpsc;
use tokio::time::timeout;
use webrtc::data_channel::{DataChannel, DataChannelEvent};
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCIceCandidateInit,
    RTCPeerConnectionIceEvent, RTCSessionDescription,
};
use zhest::call::PeerEvent;
use zhest::document::{CHANNEL, FromReader, Place, Transfer};
use zhest::id::Round;
use zhest::kiosk::peer::document::Order;
use zhest::kiosk::peer::{Event, Peer, Room, Sending};
use zhest::media::camera::{Camera, CameraChoice};
use zhest::media::codec::Codec;
use zhest::media::frame::Pictures;
use zhest::media::sound::SoundChoice;
use zhest::protocol::{Candidate, Description};

const PATIENCE: Duration = Duration::from_secs(20);

/// What the other side's connection tells.
enum Told {
    Candidate(RTCIceCandidateInit),
    Track(Arc<dyn TrackRemote>),
    Channel(Arc<dyn DataChannel>),
}

struct Ear(mpsc::UnboundedSender<Told>);

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Ear {
    async fn on_ice_candidate(&self, event: RTCPeerConnectionIceEvent) {
        if let Ok(candidate) = event.candidate.to_json() {
            let _ = self.0.send(Told::Candidate(candidate));
        }
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let _ = self.0.send(Told::Track(track));
    }

    async fn on_data_channel(&self, channel: Arc<dyn DataChannel>) {
        let _ = self.0.send(Told::Channel(channel));
    }
}

/// The kiosk's side, and the track of its picture as the other side has it.
struct Connected {
    peer: Peer,
    /// What the peer sends, held open here too.
    camera: Option<Arc<Camera>>,
    said: mpsc::Receiver<(Round, Event)>,
    _other: Arc<dyn PeerConnection>,
    told: mpsc::UnboundedReceiver<Told>,
    picture: Arc<dyn TrackRemote>,
    /// The channels that were opened before the picture came.
    channels: Vec<Arc<dyn DataChannel>>,
}

/// A camera of its own, and a voice.
fn drawing() -> Sending {
    let own = Pictures::default().own;
    let camera = Camera::start(&CameraChoice::Generated, own, |_| {}).expect("a drawing");
    Sending {
        camera: Some(Arc::new(camera)),
        voice: true,
    }
}

async fn connected(codec: Codec) -> Connected {
    let pictures = Pictures::default();
    let room = Room {
        remote: pictures.remote.clone(),
        sound: SoundChoice::default(),
        codecs: vec![codec],
        loopback: true,
    };
    let (events, mut said) = mpsc::channel(64);
    let sending = drawing();
    let camera = sending.camera.clone();
    let peer = Peer::open(Round::FIRST, Vec::new(), room, sending, events);

    let mut media = MediaEngine::default();
    media.register_default_codecs().expect("codecs");
    let (ear, mut told) = mpsc::unbounded_channel();
    let other: Arc<dyn PeerConnection> = Arc::new(
        PeerConnectionBuilder::new()
            .with_media_engine(media)
            .with_handler(Arc::new(Ear(ear)))
            .with_udp_addrs(vec!["127.0.0.1:0"])
            .build()
            .await
            .expect("a connection"),
    );
    let mut channels = Vec::new();
    let picture = timeout(PATIENCE, async {
        loop {
            tokio::select! {
                Some((_, event)) = said.recv() => match event {
                    Event::Call(PeerEvent::Described(Description::Offer(sdp))) => {
                        let offer = RTCSessionDescription::offer(sdp).expect("an offer");
                        other.set_remote_description(offer).await.expect("it is understood");
                        let answer = other.create_answer(None).await.expect("an answer");
                        let sdp = answer.sdp.clone();
                        other.set_local_description(answer).await.expect("it stands");
                        peer.answer(Description::Answer(sdp));
                    }
                    Event::Call(PeerEvent::Candidate(candidate)) => {
                        let candidate = RTCIceCandidateInit {
                            candidate: candidate.candidate,
                            sdp_mline_index: candidate.sdp_m_line_index,
                            ..Default::default()
                        };
                        // One for another network than the loopback is of no use here.
                        let _ = other.add_ice_candidate(candidate).await;
                    }
                    _ => {}
                },
                Some(told) = told.recv() => match told {
                    Told::Candidate(candidate) => peer.candidate(Candidate {
                        candidate: candidate.candidate,
                        sdp_mid: None,
                        sdp_m_line_index: Some(0),
                    }),
                    Told::Track(track) if track.kind().await == RtpCodecKind::Video => return track,
                    Told::Track(_) => {}
                    Told::Channel(channel) => channels.push(channel),
                },
            }
        }
    })
    .await
    .expect("they find each other");
    Connected {
        peer,
        camera,
        said,
        _other: other,
        told,
        picture,
        channels,
    }
}

/// Of the frames that follow, how many come before one that needs no other; none when `most` frames were none.
async fn frames_before_a_whole_one(picture: &dyn TrackRemote, codec: Codec, most: usize) -> Option<usize> {
    let mut before = 0;
    timeout(PATIENCE, async {
        while before < most {
            let Some(TrackRemoteEvent::OnRtpPacket(packet)) = picture.poll().await else {
                continue;
            };
            if begins_whole(codec, &packet.payload) {
                return Some(before);
            }
            before += usize::from(packet.header.marker);
        }
        None
    })
    .await
    .expect("the picture flows")
}

/// RFC 7741 §4.3 and RFC 6184 §5: the first packet of a keyframe, as these encoders write it.
fn begins_whole(codec: Codec, payload: &[u8]) -> bool {
    match codec {
        Codec::Vp8 => {
            let extended = payload[0] & 0x80 != 0;
            let mut at = 1;
            if extended {
                let has = payload[1];
                at += 1;
                if has & 0x80 != 0 {
                    at += if payload[at] & 0x80 != 0 { 2 } else { 1 };
                }
                at += usize::from(has & 0x40 != 0) + usize::from(has & 0x30 != 0);
            }
            let starts = payload[0] & 0x1f == 0x10;
            starts && payload[at] & 1 == 0
        }
        // A sequence parameter set, alone or the first of an aggregate, comes before every whole picture only.
        Codec::H264 => match payload[0] & 0x1f {
            24 => payload[3] & 0x1f == 7,
            kind => kind == 7,
        },
    }
}

/// The encoder may change its size, and then makes a whole picture unasked: as the call begins it finds its measure.
async fn settle(picture: &dyn TrackRemote, codec: Codec) {
    const CALM: usize = 40;
    for _ in 0..15 {
        if frames_before_a_whole_one(picture, codec, CALM).await.is_none() {
            return;
        }
    }
    panic!("whole pictures keep coming, and nobody asked");
}

async fn a_request_brings_a_whole_picture(codec: Codec) {
    let connected = connected(codec).await;
    let picture = &connected.picture;
    let ssrc = *picture.ssrcs().await.first().expect("a source");
    // On a busy machine the encoder may change its size just then; not three times in a row.
    for request in 1..=3 {
        settle(&**picture, codec).await;
        let wish = PictureLossIndication {
            sender_ssrc: 0,
            media_ssrc: ssrc,
        };
        picture
            .write_rtcp(vec![Box::new(wish)])
            .await
            .expect("the request leaves");
        let before = frames_before_a_whole_one(&**picture, codec, 10).await;
        assert!(
            before.is_some(),
            "10 frames after request {request} there was no whole picture"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_gets_a_whole_picture_in_vp8_and_nobody_else_does() {
    a_request_brings_a_whole_picture(Codec::Vp8).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_gets_a_whole_picture_in_h264_and_nobody_else_does() {
    a_request_brings_a_whole_picture(Codec::H264).await;
}

/// One thread: nothing of the connection runs between two changes that nobody waits for.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_hold_that_ends_before_anybody_looked_leaves_the_picture_flowing() {
    let mut connected = connected(Codec::Vp8).await;
    let picture = connected.picture.clone();
    settle(&*picture, Codec::Vp8).await;
    let closed = connected.camera.take();
    let reopened = drawing();
    let both = tokio::spawn(async move {
        connected.peer.send(Sending::default());
        connected.peer.send(reopened);
        connected
    });
    let _connected = both.await.expect("both are said");
    drop(closed);
    // The other camera's encoder begins with a whole picture.
    let before = frames_before_a_whole_one(&*picture, Codec::Vp8, 40).await;
    assert!(
        before.is_some(),
        "the picture is still of the camera that was closed"
    );
}

/// The channel of that name, as the other side has it.
async fn channel(connected: &mut Connected, name: &str) -> Arc<dyn DataChannel> {
    timeout(PATIENCE, async {
        loop {
            for channel in connected.channels.drain(..) {
                if channel.label().await.expect("it is open") == name {
                    return channel;
                }
            }
            if let Some(Told::Channel(channel)) = connected.told.recv().await {
                connected.channels.push(channel);
            }
        }
    })
    .await
    .expect("the channel is opened")
}

/// The next message of the other side of the channel.
async fn message(channel: &dyn DataChannel) -> (bool, Vec<u8>) {
    timeout(PATIENCE, async {
        loop {
            if let Some(DataChannelEvent::OnMessage(message)) = channel.poll().await {
                return (message.is_string, message.data.to_vec());
            }
        }
    })
    .await
    .expect("something is said")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_still_arrives_byte_for_byte_and_the_finger_comes_back() {
    let mut connected = connected(Codec::Vp8).await;
    let still: Vec<u8> = (0..150_000u32).map(|n| (n * 31 % 251) as u8).collect();
    let transfer = Transfer::new(7, still.clone().into(), [0xab; 32]).expect("it is small enough");
    connected.peer.document(Order::Send(transfer));
    let paper = channel(&mut connected, CHANNEL).await;
    let (is_text, begin) = message(&*paper).await;
    assert!(is_text);
    assert!(String::from_utf8_lossy(&begin).contains(r#""bytes":150000"#));
    let mut arrived = Vec::new();
    while arrived.len() < still.len() {
        let (is_text, piece) = message(&*paper).await;
        assert!(!is_text);
        arrived.extend(piece);
    }
    assert!(arrived == still, "byte for byte");

    let point = r#"{"still":"point","number":7,"x":1200,"y":9900}"#;
    paper.send_text(point).await.expect("it leaves");
    let said = timeout(PATIENCE, async {
        loop {
            if let Some((_, Event::Document(said))) = connected.said.recv().await {
                return said;
            }
        }
    });
    let place = Place { x: 1200, y: 9900 };
    assert_eq!(
        said.await.expect("the finger comes"),
        FromReader::Point { number: 7, place }
    );

    connected.peer.document(Order::Wipe);
    let (is_text, wiped) = message(&*paper).await;
    assert!(is_text && wiped == br#"{"still":"wipe"}"#);
}
