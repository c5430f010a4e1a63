//! What the kiosk receives: packets from the browser, to the decoder and to the speaker.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtp::Packet;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::shared::marshal::Marshal;
use tokio::sync::Notify;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};

use crate::media::codec::Codec;
use crate::media::decode::VideoReceiver;
use crate::media::frame::FrameSlot;
use crate::media::sound::Sound;

/// Plays one track of the browser until it ends.
pub(super) async fn receive(
    track: Arc<dyn TrackRemote>,
    remote: FrameSlot,
    sound: Option<Arc<Sound>>,
    packets: Arc<AtomicU64>,
) {
    match track.kind().await {
        RtpCodecKind::Video => receive_video(track, remote, &packets).await,
        RtpCodecKind::Audio => receive_audio(track, sound, &packets).await,
        _ => {}
    }
}

async fn receive_audio(track: Arc<dyn TrackRemote>, sound: Option<Arc<Sound>>, packets: &AtomicU64) {
    while let Some(event) = track.poll().await {
        match event {
            TrackRemoteEvent::OnRtpPacket(packet) => {
                packets.fetch_add(1, Ordering::Relaxed);
                if let (Some(sound), Ok(bytes)) = (&sound, packet.marshal()) {
                    sound.push(bytes.freeze());
                }
            }
            TrackRemoteEvent::OnEnded | TrackRemoteEvent::OnError => return,
            _ => {}
        }
    }
}

async fn receive_video(track: Arc<dyn TrackRemote>, remote: FrameSlot, packets: &AtomicU64) {
    let lost = Arc::new(Notify::new());
    let mut decoder: Option<Decoder> = None;
    let mut hopeless = None;
    loop {
        tokio::select! {
            event = track.poll() => match event {
                Some(TrackRemoteEvent::OnRtpPacket(packet)) => {
                    packets.fetch_add(1, Ordering::Relaxed);
                    let stream = (packet.header.ssrc, packet.header.payload_type);
                    if hopeless != Some(stream)
                        && decoder.as_ref().is_none_or(|decoder| decoder.stream != stream)
                    {
                        decoder = Decoder::of(&*track, &packet, &remote, &lost).await;
                        hopeless = decoder.is_none().then_some(stream);
                    }
                    if let (Some(decoder), Ok(bytes)) = (&decoder, packet.marshal()) {
                        decoder.receiver.push(bytes.freeze());
                    }
                }
                Some(TrackRemoteEvent::OnEnded | TrackRemoteEvent::OnError) | None => return,
                Some(_) => {}
            },
            () = lost.notified() => {
                let Some(decoder) = &decoder else { continue };
                let request = PictureLossIndication { sender_ssrc: 0, media_ssrc: decoder.stream.0 };
                if track.write_rtcp(vec![Box::new(request)]).await.is_err() {
                    return;
                }
                tracing::debug!("asked the browser for a keyframe");
            }
        }
    }
}

/// The decoder for one SSRC and payload type; a browser that changes either gets a new one.
struct Decoder {
    /// SSRC and payload type.
    stream: (u32, u8),
    receiver: VideoReceiver,
}

impl Decoder {
    async fn of(
        track: &dyn TrackRemote,
        packet: &Packet,
        remote: &FrameSlot,
        lost: &Arc<Notify>,
    ) -> Option<Self> {
        let ssrc = packet.header.ssrc;
        let mime = track.codec(ssrc).await?.mime_type.to_lowercase();
        let codec = match mime.as_str() {
            "video/vp8" => Codec::Vp8,
            "video/h264" => Codec::H264,
            _ => return None,
        };
        let lost = lost.clone();
        let started = tokio::task::block_in_place(|| {
            VideoReceiver::start(codec, remote.clone(), move || lost.notify_one())
        });
        match started {
            Ok(receiver) => {
                tracing::info!(?codec, "receiving the picture");
                Some(Self {
                    stream: (ssrc, packet.header.payload_type),
                    receiver,
                })
            }
            Err(error) => {
                tracing::error!(%error, "the picture cannot be decoded");
                None
            }
        }
    }
}
