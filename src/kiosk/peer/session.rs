//! One peer connection from its offer to its end: the task behind [`super::Peer`].

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rtc::interceptor::{
    CongestionControlBuilder, ReceiverReportBuilder, Registry, SenderReportBuilder, Slot, TwccReceiverBuilder,
};
use rtc::peer_connection::configuration::interceptor_registry::configure_twcc_sender_only;
use rtc::rtp_transceiver::rtp_sender::{RTCRtpCodec, RTCRtpHeaderExtensionCapability, RtpCodecKind};
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use webrtc::data_channel::{DataChannel, DataChannelEvent};
use webrtc::error::{Error, Result};
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_remote::TrackRemote;
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCConfigurationBuilder,
    RTCIceCandidateInit, RTCIceServer, RTCPeerConnectionIceEvent, RTCPeerConnectionState,
    RTCSessionDescription, SettingEngineBuilder,
};
use webrtc::rtp_transceiver::RtpSender;

use super::channel::{kind, next, open};
use super::congestion::{Estimate, Published};
use super::repairs::Repairs;
use super::{
    Command, Event, Room, Sending, codecs, document, incoming, keyframes, losses, outgoing, parity, sound,
};
use crate::call::PeerEvent;
use crate::document::CHANNEL as DOCUMENT_CHANNEL;
use crate::id::Round;
use crate::kiosk::memory;
use crate::media::codec::Codec;
use crate::media::sound::Sound;
use crate::protocol::{Candidate, Description, IceServer};

/// A kiosk that boots before its network is tried again this often.
const BUILD_AGAIN: Duration = Duration::from_secs(1);

/// Between two checks whether a way is open (Ta of RFC 8445 §14.2), and how many before it is given up. The library
/// waits 200 ms, and hands are seen so much later.
const CHECK_EVERY: Duration = Duration::from_millis(25);
const CHECKS: u16 = 120;

/// So long a way through an address translator waits for a nearer one, and a way through a TURN server for a direct one.
/// The library waits for half a second and for two, and for one where the browser's first packet was faster than word of
/// its address.
const NEARER: Duration = Duration::from_millis(200);
const NEAREST: Duration = Duration::from_millis(600);

/// By a report the browser learns that its picture needs parity: until then every loss costs a round trip. A line that
/// carries a picture bears so many (RFC 3550 §6.2: 360 s over the rate in kbit/s).
const REPORT_EVERY: Duration = Duration::from_millis(250);

/// RFC 8865 §5: the protocol and, for want of several channels, the label too.
const TEXT_CHANNEL: &str = "t140";

pub(super) struct Session {
    pub(super) round: Round,
    pub(super) ice: Vec<IceServer>,
    pub(super) room: Room,
    pub(super) sent: watch::Receiver<Sending>,
    pub(super) papers: mpsc::UnboundedReceiver<document::Order>,
    pub(super) sound: Arc<OnceLock<Sound>>,
    pub(super) packets: Arc<AtomicU64>,
    pub(super) estimate: Estimate,
    /// Whether a queue stands on the way from the browser.
    pub(super) queue: watch::Sender<bool>,
    pub(super) events: mpsc::Sender<(Round, Event)>,
}

/// What the connection itself tells its task.
enum Happening {
    Candidate(RTCIceCandidateInit),
    State(RTCPeerConnectionState),
    Track(Arc<dyn TrackRemote>),
}

#[derive(Clone)]
struct Ear(mpsc::UnboundedSender<Happening>);

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Ear {
    async fn on_ice_candidate(&self, event: RTCPeerConnectionIceEvent) {
        if let Ok(candidate) = event.candidate.to_json() {
            let _ = self.0.send(Happening::Candidate(candidate));
        }
    }

    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        let _ = self.0.send(Happening::State(state));
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let _ = self.0.send(Happening::Track(track));
    }
}

/// A stream of ours that has not started to flow.
struct Waiting {
    track: Arc<TrackLocalStaticRTP>,
    sender: Arc<dyn RtpSender>,
}

impl Session {
    pub(super) async fn run(self, mut commands: mpsc::UnboundedReceiver<Command>) {
        let (ear, mut happenings) = mpsc::unbounded_channel();
        let Some(connection) = self.connect(Ear(ear), &commands).await else {
            return;
        };
        let closing = connection.clone();
        let (round, events) = (self.round, self.events.clone());
        if let Err(error) = self.live(&*connection, &mut commands, &mut happenings).await {
            // The crate's errors may quote descriptions, so only their kind is told.
            tracing::warn!(kind = kind(&error), "the peer connection ended");
            let _ = events.send((round, Event::Call(PeerEvent::Ended))).await;
        }
        let _ = closing.close().await;
        drop((closing, connection, happenings));
        memory::give_back();
    }

    /// Builds the connection, however long the network takes to come up; none when the owner is gone meanwhile.
    async fn connect(
        &self,
        ear: Ear,
        commands: &mpsc::UnboundedReceiver<Command>,
    ) -> Option<Arc<dyn PeerConnection>> {
        while !commands.is_closed() {
            // Without a route the multicast socket for `.local` names cannot be opened (os error 19).
            for mdns in [true, false] {
                match self.build(ear.clone(), mdns).await {
                    Ok(built) => return Some(built),
                    Err(error) => tracing::warn!(mdns, kind = kind(&error), "no peer connection yet"),
                }
            }
            tokio::select! {
                () = tokio::time::sleep(BUILD_AGAIN) => {}
                () = self.given_up() => return None,
            }
        }
        None
    }

    /// The owner is gone: nobody hears the events of this round any more.
    async fn given_up(&self) {
        self.events.closed().await;
    }

    async fn build(&self, ear: Ear, mdns: bool) -> Result<Arc<dyn PeerConnection>> {
        use rtc::ice::mdns::MulticastDnsMode;
        let mut media = MediaEngine::default();
        for codec in &self.room.codecs {
            media.register_codec(codecs::video(*codec), RtpCodecKind::Video)?;
        }
        media.register_codec(codecs::opus(), RtpCodecKind::Audio)?;
        for uri in [outgoing::PLAYOUT_DELAY, losses::SEND_TIME] {
            let uri = uri.to_owned();
            media.register_header_extension(
                RTCRtpHeaderExtensionCapability { uri },
                RtpCodecKind::Video,
                None,
            )?;
        }
        let estimator = Published::new(self.estimate.clone());
        // No NACK generator: the decoder itself knows what it misses, how long a repair takes and what it gave up.
        let registry = Registry::new().with(Slot::NackResponder, Repairs::new(self.estimate.clone()));
        // No pacer: the crate's is one queue for sound and picture and starts at 1 Mbit/s.
        let feedback = TwccReceiverBuilder::new().with_interval(losses::FEEDBACK_EVERY);
        let registry = configure_twcc_sender_only(registry, &mut media)?
            .with(Slot::TwccReceiver, feedback.build())
            .with(
                Slot::CongestionControl,
                CongestionControlBuilder::new(estimator).build(),
            );
        let reports = ReceiverReportBuilder::new().with_interval(REPORT_EVERY);
        let registry = registry
            .with(Slot::ReceiverReport, reports.build())
            .with(Slot::SenderReport, SenderReportBuilder::new().build())
            .with(losses::slot(), losses::LossReports::new(self.queue.clone()))
            .with(keyframes::slot(), keyframes::KeyframeRequests::default());
        // After the feedback, which is not theirs.
        for (name, payload_type) in [("video/red", parity::RED), ("video/ulpfec", parity::ULPFEC)] {
            media.register_codec(codecs::protection(name, payload_type), RtpCodecKind::Video)?;
        }
        let mode = if mdns {
            MulticastDnsMode::QueryOnly
        } else {
            MulticastDnsMode::Disabled
        };
        let settings = SettingEngineBuilder::new()
            .with_multicast_dns_mode(mode)
            .with_ice_connection_attempts(Some(CHECK_EVERY), Some(CHECKS))
            .with_prflx_acceptance_min_wait(Some(Duration::ZERO))
            .with_srflx_acceptance_min_wait(Some(NEARER))
            .with_relay_acceptance_min_wait(Some(NEAREST))
            .with_include_loopback_candidate(self.room.loopback)
            .build();
        let servers = self.ice.iter().map(|server| RTCIceServer {
            urls: server.urls.clone(),
            username: server.username.clone().unwrap_or_default(),
            credential: server.credential.clone().unwrap_or_default(),
        });
        let mut addresses = vec!["0.0.0.0:0".to_owned()];
        if self.room.loopback {
            addresses.push("127.0.0.1:0".to_owned());
        }
        let connection = PeerConnectionBuilder::new()
            .with_configuration(
                RTCConfigurationBuilder::new()
                    .with_ice_servers(servers.collect())
                    .build(),
            )
            .with_media_engine(media)
            .with_interceptor_registry(registry)
            .with_setting_engine(settings)
            .with_handler(Arc::new(ear))
            .with_udp_addrs(addresses)
            .build()
            .await?;
        Ok(Arc::new(connection))
    }

    async fn live(
        self,
        connection: &dyn PeerConnection,
        commands: &mut mpsc::UnboundedReceiver<Command>,
        happenings: &mut mpsc::UnboundedReceiver<Happening>,
    ) -> Result<()> {
        let Session {
            round,
            room,
            sent,
            papers,
            sound,
            packets,
            estimate,
            queue,
            events,
            ..
        } = self;
        let codec = room.codecs.first().copied().unwrap_or(Codec::Vp8);
        let picture = add_one_way(connection, codecs::video(codec).rtp_codec).await?;
        receive_one_way(connection).await?;
        let voice = add(connection, RtpCodecKind::Audio, codecs::opus().rtp_codec).await?;
        let text = open(connection, TEXT_CHANNEL).await?;
        let paper = open(connection, DOCUMENT_CHANNEL).await?;
        let tell = async |event| {
            let _ = events.send((round, event)).await;
        };
        tell(Event::Call(PeerEvent::Described(offer(connection).await?))).await;

        let mut text_side = TextSide::Opening(Vec::new());
        let mut unsent = Some((picture, voice));
        let mut streams = JoinSet::new();
        streams.spawn(document::serve(
            paper,
            papers,
            estimate.clone(),
            round,
            events.clone(),
        ));
        loop {
            tokio::select! {
                command = commands.recv() => match command {
                    None => return Ok(()),
                    Some(Command::Answer(Description::Answer(sdp))) => {
                        // The browser may have answered an offer that an ICE restart has made void.
                        if let Err(error) = take_answer(connection, sdp).await {
                            tracing::warn!(kind = kind(&error), "an answer was of no use");
                        }
                    }
                    Some(Command::Answer(Description::Offer(_))) => {}
                    Some(Command::Candidate(candidate)) => {
                        // A candidate of a kind this side cannot use is no reason to end a call.
                        if let Err(error) = connection.add_ice_candidate(init(candidate)).await {
                            tracing::debug!(kind = kind(&error), "a candidate was of no use");
                        }
                    }
                    Some(Command::Restart) => {
                        connection.restart_ice().await?;
                        tell(Event::Call(PeerEvent::Described(offer(connection).await?))).await;
                    }
                    Some(Command::Text(said)) => text_side.say(&*text, said).await,
                },
                happening = happenings.recv() => match happening {
                    None => return Ok(()),
                    Some(Happening::Candidate(candidate)) => {
                        tell(Event::Call(PeerEvent::Candidate(trickle(candidate)))).await;
                    }
                    Some(Happening::State(state)) => {
                        tracing::info!(%state, "peer connection");
                        if let Some(event) = state_event(state) {
                            tell(Event::Call(event)).await;
                        }
                        if state == RTCPeerConnectionState::Connected
                            && let Some((picture, voice)) = unsent.take()
                        {
                            let (track, sender) = (picture.track, picture.sender);
                            let (sent, estimate) = (sent.clone(), estimate.clone());
                            let spared = sound.clone();
                            streams.spawn(outgoing::send_video(track, sender, sent.clone(), estimate, spared));
                            let (choice, sound, events) = (room.sound.clone(), sound.clone(), events.clone());
                            let mut heard = sent.clone();
                            streams.spawn(async move {
                                // Before anybody is to be heard no device is opened.
                                if heard.wait_for(|sending| sending.voice).await.is_err() {
                                    return;
                                }
                                let voices =
                                    tokio::task::block_in_place(|| sound::open(choice, &sound, round, events));
                                outgoing::send_audio(voice.track, voice.sender, sent, voices).await;
                            });
                        }
                    }
                    Some(Happening::Track(track)) => {
                        let (remote, packets) = (room.remote.clone(), packets.clone());
                        streams.spawn(incoming::receive(track, remote, sound.clone(), packets, queue.subscribe()));
                    }
                },
                event = next(&*text) => match event {
                    DataChannelEvent::OnOpen => text_side.open(&*text).await,
                    DataChannelEvent::OnMessage(message) => tell(Event::Text(message.data.to_vec())).await,
                    _ => {}
                },
            }
        }
    }
}

/// The `t140` channel; what is typed before it opens is kept.
enum TextSide {
    Opening(Vec<String>),
    Open,
}

impl TextSide {
    async fn say(&mut self, channel: &dyn DataChannel, said: String) {
        match self {
            TextSide::Opening(kept) => kept.push(said),
            TextSide::Open => send(channel, &said).await,
        }
    }

    async fn open(&mut self, channel: &dyn DataChannel) {
        if let TextSide::Opening(kept) = std::mem::replace(self, TextSide::Open)
            && !kept.is_empty()
        {
            send(channel, &kept.concat()).await;
        }
    }
}

/// Pictures may outlive the channel.
async fn send(channel: &dyn DataChannel, text: &str) {
    if let Err(error) = channel.send_text(text).await {
        tracing::warn!(kind = kind(&error), "text cannot be sent");
    }
}

async fn take_answer(connection: &dyn PeerConnection, sdp: String) -> Result<()> {
    let answer = RTCSessionDescription::answer(sdp)?;
    connection.set_remote_description(answer).await
}

async fn add(connection: &dyn PeerConnection, kind: RtpCodecKind, codec: RTCRtpCodec) -> Result<Waiting> {
    let track = outgoing::track(kind, codec);
    let sender = connection.add_track(track.clone() as Arc<dyn TrackLocal>).await?;
    Ok(Waiting { track, sender })
}

async fn add_one_way(connection: &dyn PeerConnection, codec: RTCRtpCodec) -> Result<Waiting> {
    let track = outgoing::track(RtpCodecKind::Video, codec);
    let way = one_way(RTCRtpTransceiverDirection::Sendonly);
    let transceiver = connection
        .add_transceiver_from_track(track.clone() as Arc<dyn TrackLocal>, Some(way))
        .await?;
    let sender = transceiver.sender().await?.ok_or(Error::ErrRTPSenderNotExisted)?;
    Ok(Waiting { track, sender })
}

async fn receive_one_way(connection: &dyn PeerConnection) -> Result<()> {
    let way = one_way(RTCRtpTransceiverDirection::Recvonly);
    connection
        .add_transceiver_from_kind(RtpCodecKind::Video, Some(way))
        .await?;
    Ok(())
}

fn one_way(direction: RTCRtpTransceiverDirection) -> RTCRtpTransceiverInit {
    RTCRtpTransceiverInit {
        direction,
        streams: Vec::new(),
        send_encodings: Vec::new(),
    }
}

async fn offer(connection: &dyn PeerConnection) -> Result<Description> {
    let offer = connection.create_offer(None).await?;
    let sdp = offer.sdp.clone();
    connection.set_local_description(offer).await?;
    Ok(Description::Offer(sdp))
}

fn state_event(state: RTCPeerConnectionState) -> Option<PeerEvent> {
    match state {
        RTCPeerConnectionState::Connected => Some(PeerEvent::Connected),
        RTCPeerConnectionState::Disconnected => Some(PeerEvent::Disconnected),
        RTCPeerConnectionState::Failed | RTCPeerConnectionState::Closed => Some(PeerEvent::Failed),
        _ => None,
    }
}

/// All streams are bundled, so a candidate belongs to the first section.
fn trickle(candidate: RTCIceCandidateInit) -> Candidate {
    Candidate {
        candidate: candidate.candidate,
        sdp_mid: None,
        sdp_m_line_index: Some(0),
    }
}

fn init(candidate: Candidate) -> RTCIceCandidateInit {
    RTCIceCandidateInit {
        candidate: candidate.candidate,
        sdp_mid: candidate.sdp_mid,
        sdp_mline_index: candidate.sdp_m_line_index,
        ..Default::default()
    }
}
