//! What the kiosk receives: packets from the browser, to the decoder and to the speaker.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtcp::transport_feedbacks::transport_layer_nack::{
    TransportLayerNack, nack_pairs_from_sequence_numbers,
};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::shared::marshal::Marshal;
use tokio::sync::watch;
use webrtc::error::Result;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};

use crate::media::decode::{VideoReceiver, Wish};
use crate::media::frame::FrameSlot;
use crate::media::sound::Sound;

use super::recovery::Recovery;
use super::{codecs, parity};

/// A decoder that fails is built anew at most this often.
const BUILD_AGAIN: Duration = Duration::from_secs(1);

/// Plays one track of the browser until it ends.
pub(super) async fn receive(
    track: Arc<dyn TrackRemote>,
    remote: FrameSlot,
    sound: Arc<OnceLock<Sound>>,
    packets: Arc<AtomicU64>,
    queue: watch::Receiver<bool>,
) {
    match track.kind().await {
        RtpCodecKind::Video => receive_video(track, remote, &packets, queue).await,
        RtpCodecKind::Audio => receive_audio(track, &sound, &packets).await,
        _ => {}
    }
}

async fn receive_audio(track: Arc<dyn TrackRemote>, sound: &OnceLock<Sound>, packets: &AtomicU64) {
    while let Some(event) = track.poll().await {
        match event {
            TrackRemoteEvent::OnRtpPacket(packet) => {
                packets.fetch_add(1, Ordering::Relaxed);
                if let (Some(sound), Ok(bytes)) = (sound.get(), packet.marshal()) {
                    sound.push(bytes.freeze());
                }
            }
            TrackRemoteEvent::OnEnded | TrackRemoteEvent::OnError => return,
            _ => {}
        }
    }
}

/// `queue`: whether one stands on the way here.
async fn receive_video(
    track: Arc<dyn TrackRemote>,
    remote: FrameSlot,
    packets: &AtomicU64,
    mut queue: watch::Receiver<bool>,
) {
    let mut decoder: Option<Decoder> = None;
    let mut recovery = Recovery::default();
    let mut hopeless = None;
    loop {
        let due = decoder.as_ref().and_then(|decoder| decoder.receiver.due());
        let packet = tokio::select! {
            biased;
            event = track.poll() => match event {
                Some(TrackRemoteEvent::OnRtpPacket(packet)) => Some(packet),
                None | Some(TrackRemoteEvent::OnEnded | TrackRemoteEvent::OnError) => return,
                Some(_) => continue,
            },
            Ok(()) = queue.changed() => None,
            () = until(due) => None,
        };
        let Some(packet) = packet else {
            if let Some(decoder) = &decoder {
                decoder.receiver.behind_queue(*queue.borrow_and_update());
                if ask(&*track, decoder.stream.0, decoder.receiver.go_on())
                    .await
                    .is_err()
                {
                    return;
                }
            }
            continue;
        };
        packets.fetch_add(1, Ordering::Relaxed);
        let (payload_type, _) = parity::content(packet.header.payload_type, &packet.payload);
        let stream = (packet.header.ssrc, payload_type);
        let is_new = decoder.as_ref().is_none_or(|decoder| !decoder.takes(stream));
        if payload_type != parity::ULPFEC && hopeless != Some(stream) && is_new {
            // Only one at a time paints.
            tokio::task::block_in_place(|| drop(decoder.take()));
            recovery = Recovery::default();
            decoder = Decoder::of(stream, &remote);
            hopeless = decoder.is_none().then_some(stream);
            if let Some(decoder) = &decoder {
                decoder.receiver.behind_queue(*queue.borrow());
            }
        }
        if let (Some(decoder), Ok(bytes)) = (&decoder, packet.marshal()) {
            let Some((rtp, brought_back)) = recovery.push(bytes.freeze()) else {
                continue;
            };
            let wish = decoder.receiver.push(rtp, brought_back);
            if ask(&*track, decoder.stream.0, wish).await.is_err() {
                return;
            }
        }
    }
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment.into()).await,
        None => std::future::pending().await,
    }
}

/// Asks the browser for what the decoder wants.
async fn ask(track: &dyn TrackRemote, media_ssrc: u32, wish: Wish) -> Result<()> {
    let mut requests: Vec<Box<dyn rtc::rtcp::Packet>> = Vec::new();
    if wish.keyframe {
        tracing::debug!("asking the browser for a keyframe");
        requests.push(Box::new(PictureLossIndication {
            sender_ssrc: 0,
            media_ssrc,
        }));
    }
    if !wish.packets.is_empty() {
        requests.push(Box::new(TransportLayerNack {
            sender_ssrc: 0,
            media_ssrc,
            nacks: nack_pairs_from_sequence_numbers(&wish.packets),
        }));
    }
    if requests.is_empty() {
        return Ok(());
    }
    track.write_rtcp(requests).await
}

/// The decoder for one SSRC and payload type; a browser that changes either gets a new one.
struct Decoder {
    /// SSRC and payload type.
    stream: (u32, u8),
    receiver: VideoReceiver,
    since: Instant,
}

impl Decoder {
    fn of(stream: (u32, u8), remote: &FrameSlot) -> Option<Self> {
        let codec = codecs::codec_of(stream.1)?;
        match tokio::task::block_in_place(|| VideoReceiver::start(codec, remote.clone())) {
            Ok(receiver) => {
                tracing::info!(?codec, "receiving the picture");
                Some(Self {
                    stream,
                    receiver,
                    since: Instant::now(),
                })
            }
            Err(error) => {
                tracing::error!(%error, "the picture cannot be decoded");
                None
            }
        }
    }

    /// One that has failed is given up, but not again and again.
    fn takes(&self, stream: (u32, u8)) -> bool {
        let is_spent = self.receiver.has_failed() && self.since.elapsed() > BUILD_AGAIN;
        self.stream == stream && !is_spent
    }
}
