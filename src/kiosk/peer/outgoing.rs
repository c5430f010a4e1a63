//! What the kiosk sends: packets from an encoder, under the numbers that were negotiated.

use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use rtc::media_stream::MediaStreamTrack;
use rtc::rtp::Packet;
use rtc::rtp::extension::playout_delay_extension::PlayoutDelayExtension;
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodec, RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind,
};
use rtc::shared::marshal::{Marshal as _, Unmarshal};
use tokio::sync::{mpsc, watch};
use webrtc::error::Result;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_local::{TrackLocal, TrackLocalEvent};
use webrtc::rtp_transceiver::RtpSender;

use super::Sending;
use super::congestion::Estimate;
use super::numbers::Numbers;
use super::parity;
use super::protection::Protection;
use crate::bandwidth::governor::{Governor, Reserved, Seen, Voice};
use crate::media::camera::Camera;
use crate::media::codec::Codec;
use crate::media::encode::{Setting, VideoSender};
use crate::media::sound::{Pace, Sound};

/// A keyframe of a very busy picture; more waiting than this and the network task has stopped.
const VIDEO_QUEUE: usize = 512;

/// With the packets' own headers, which are more than a quick voice and as much as a sparing one.
const RESERVED: Reserved = Reserved {
    quick: 80_000,
    usual: 56_000,
    sparing: 36_000,
};

fn pace(voice: Voice) -> Pace {
    let usual = Pace::default();
    match voice {
        Voice::Quick => Pace {
            packet_ms: 10,
            ..usual
        },
        Voice::Usual => usual,
        Voice::Sparing => Pace {
            bits_per_second: 16_000,
            packet_ms: 40,
        },
    }
}

/// How often the encoder is told what the network carries.
///
/// A narrowing road fills its queue in less than a tenth of a second.
const STEER_EVERY: Duration = Duration::from_millis(50);

/// An encoder that fails is built anew after this pause.
const BUILD_AGAIN: Duration = Duration::from_secs(1);

/// The header extension that tells the browser how long it may hold a picture back: not at all. By itself a browser
/// waits for what might come late, 20 ms on a good line and 200 on a narrow one, and hands are late all the time.
pub(super) const PLAYOUT_DELAY: &str = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
const AT_ONCE: PlayoutDelayExtension = PlayoutDelayExtension {
    min_delay: 0,
    max_delay: 0,
};

/// A track of ours: one encoding under a random SSRC.
///
/// Its id must not be one the browser uses too, because RTCP is routed by track id. Sound and picture are streams of
/// their own: of one stream the browser would hold the picture back until the sound is there, and hands are worth more
/// than the clerk's voice, whose lips nobody sees.
pub(super) fn track(kind: RtpCodecKind, codec: RTCRtpCodec) -> Arc<TrackLocalStaticRTP> {
    let name = match kind {
        RtpCodecKind::Audio => "kiosk-audio",
        _ => "kiosk-video",
    };
    Arc::new(TrackLocalStaticRTP::new(MediaStreamTrack::new(
        name.to_owned(),
        name.to_owned(),
        name.to_owned(),
        kind,
        vec![RTCRtpEncodingParameters {
            rtp_coding_parameters: RTCRtpCodingParameters {
                ssrc: Some(rand::random()),
                ..Default::default()
            },
            codec,
            ..Default::default()
        }],
    )))
}

/// Sends the microphone's packets, while they are to be heard, until the connection is gone.
pub(super) async fn send_audio(
    track: Arc<TrackLocalStaticRTP>,
    sender: Arc<dyn RtpSender>,
    sent: watch::Receiver<Sending>,
    mut voices: mpsc::Receiver<Bytes>,
) {
    let Some(mut stamp) = Stamp::of(&track, &*sender).await else {
        return;
    };
    while let Some(packet) = voices.recv().await {
        if !sent.borrow().voice {
            continue;
        }
        if stamp.send(&track, packet).await.is_err() {
            return;
        }
    }
}

/// Encodes and sends the camera, while there is one to be seen, until the connection is gone: steered by the estimate, a
/// keyframe on request only.
pub(super) async fn send_video(
    track: Arc<TrackLocalStaticRTP>,
    sender: Arc<dyn RtpSender>,
    mut sent: watch::Receiver<Sending>,
    estimate: Estimate,
    sound: Arc<OnceLock<Sound>>,
) {
    let Some(mut stamp) = Stamp::of(&track, &*sender).await else {
        return;
    };
    let codec = match stamp.codec.as_str() {
        "video/vp8" => Codec::Vp8,
        "video/h264" => Codec::H264,
        other => {
            tracing::error!(codec = other, "the browser chose a codec that was not offered");
            return;
        }
    };
    let mut governor = Governor::new(RESERVED);
    let started = Instant::now();
    loop {
        let Ok(Some(camera)) = sent
            .wait_for(|sending| sending.camera.is_some())
            .await
            .map(|sending| sending.camera.clone())
        else {
            return;
        };
        let Some(encoding) = Encoding::start(codec, &camera) else {
            return;
        };
        // The encoder has what it needs; a camera that is not to be seen any more must not be held open here.
        let encoded = Arc::downgrade(&camera);
        drop(camera);
        tracing::info!(?codec, "sending the picture");
        let sending = encoding.send(&track, &mut stamp, &estimate, &sound, &mut governor, started);
        let done = tokio::select! {
            done = sending => done,
            gone = another(&mut sent, &encoded) => {
                if !gone {
                    return;
                }
                ControlFlow::Continue(Again::AtOnce)
            }
        };
        match done {
            ControlFlow::Break(()) => return,
            ControlFlow::Continue(again) => {
                stamp.numbers.take_over();
                if again == Again::Later {
                    tokio::time::sleep(BUILD_AGAIN).await;
                }
            }
        }
    }
}

/// Waits until this camera is not the one to be seen any more; false when nobody says any more which is.
///
/// A hold and its end may come as one change, and then there never was none: which camera it is tells.
async fn another(sent: &mut watch::Receiver<Sending>, encoded: &Weak<Camera>) -> bool {
    let is_another = |sending: &Sending| {
        let seen = sending.camera.as_ref().map(Arc::as_ptr);
        seen != Some(encoded.as_ptr())
    };
    sent.wait_for(is_another).await.is_ok()
}

/// When the next encoder is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// As soon as there is a camera.
    AtOnce,
    /// The last one failed.
    Later,
}

/// An encoder and what it gives.
struct Encoding {
    video: VideoSender,
    packets: mpsc::Receiver<Bytes>,
}

impl Encoding {
    fn start(codec: Codec, camera: &Camera) -> Option<Self> {
        let (packet, packets) = mpsc::channel(VIDEO_QUEUE);
        let started = tokio::task::block_in_place(|| {
            VideoSender::start(codec, camera, move |bytes| {
                // When the network task stands still the picture is lost anyway and the browser asks for a keyframe.
                let _ = packet.try_send(bytes);
            })
        });
        match started {
            Ok(video) => Some(Self { video, packets }),
            Err(error) => {
                tracing::error!(%error, "the picture cannot be sent");
                None
            }
        }
    }

    /// Goes on until the connection is gone, or breaks off when another encoder must take over.
    async fn send(
        mut self,
        track: &TrackLocalStaticRTP,
        stamp: &mut Stamp,
        estimate: &Estimate,
        sound: &OnceLock<Sound>,
        governor: &mut Governor,
        started: Instant,
    ) -> ControlFlow<(), Again> {
        let mut steer = tokio::time::interval(STEER_EVERY);
        loop {
            tokio::select! {
                packet = self.packets.recv() => {
                    let Some(packet) = packet else { return ControlFlow::Continue(Again::Later) };
                    if stamp.send(track, packet).await.is_err() {
                        return ControlFlow::Break(());
                    }
                }
                event = track.poll() => match event {
                    Some(TrackLocalEvent::OnRtcpPacket(_)) => {
                        tracing::debug!("the browser asks for a keyframe");
                        self.video.keyframe();
                    }
                    Some(_) => {}
                    None => return ControlFlow::Break(()),
                },
                _ = steer.tick() => {
                    if self.video.has_failed() {
                        return ControlFlow::Continue(Again::Later);
                    }
                    let stats = self.video.stats();
                    // Before the first frame nobody knows the camera.
                    if stats.source_height == 0 {
                        continue;
                    }
                    let plan = governor.plan(started.elapsed(), &Seen {
                        bits_per_second: estimate.beside_paper(),
                        capacity: estimate.capacity(),
                        encode_time: stats.encode_time,
                        bytes: stats.bytes,
                        queue: estimate.queue(),
                        queue_age: estimate.queue_age(),
                        lost_per_mille: estimate.lost_per_mille(),
                        gap: estimate.has_gap(),
                        source_height: stats.source_height,
                        source_rate: stats.source_rate,
                    });
                    if plan.whole {
                        tracing::debug!("a whole picture: the browser misses something, or a pause is over");
                        estimate.close_gap();
                        // A new size begins with one by itself.
                        if plan.height == stats.height {
                            self.video.keyframe();
                        }
                    }
                    if let Some(sound) = sound.get() {
                        sound.pace(pace(plan.voice));
                    }
                    if let Some(protection) = &mut stamp.protection {
                        protection.share(plan.parity_each);
                    }
                    tracing::trace!(
                        parity = plan.parity_each.unwrap_or(0),
                        lost = estimate.lost_per_mille(),
                        estimate = estimate.bits_per_second(),
                        queue_ms = estimate.queue().as_millis() as u64,
                        bitrate = plan.bits_per_second,
                        height = plan.height,
                        bytes = stats.bytes,
                        encoded = stats.encoded,
                        keyframes = stats.keyframes,
                        encode_us = stats.encode_time.unwrap_or_default().as_micros() as u64,
                        "steering"
                    );
                    self.video.set(Setting {
                        height: plan.height,
                        frame_rate: plan.frames_per_second,
                        bitrate: plan.bits_per_second,
                        is_careful: plan.is_careful,
                    });
                }
            }
        }
    }
}

/// What the negotiation made of a stream.
struct Stamp {
    ssrc: u32,
    payload_type: u8,
    /// MIME type, lower case.
    codec: String,
    numbers: Numbers,
    since: Instant,
    /// The id of [`PLAYOUT_DELAY`] and its content.
    playout_delay: Option<(u8, Bytes)>,
    protection: Option<Protection>,
}

impl Stamp {
    async fn of(track: &TrackLocalStaticRTP, sender: &dyn RtpSender) -> Option<Self> {
        use webrtc::media_stream::Track;
        let parameters = sender.get_parameters().await.ok()?;
        let codec = parameters.rtp_parameters.codecs.first()?;
        let mut extensions = parameters.rtp_parameters.header_extensions.iter();
        let playout_delay = extensions.find(|extension| extension.uri == PLAYOUT_DELAY);
        let playout_delay = playout_delay.and_then(|extension| {
            let content = AT_ONCE.marshal().ok()?;
            Some((u8::try_from(extension.id).ok()?, content.freeze()))
        });
        Some(Self {
            ssrc: *track.ssrcs().await.first()?,
            payload_type: codec.payload_type,
            codec: codec.rtp_codec.mime_type.to_lowercase(),
            numbers: Numbers::new(codec.rtp_codec.clock_rate),
            since: Instant::now(),
            playout_delay,
            protection: Protection::of(&parameters.rtp_parameters),
        })
    }

    async fn send(&mut self, track: &TrackLocalStaticRTP, mut bytes: Bytes) -> Result<()> {
        let mut packet = Packet::unmarshal(&mut bytes)?;
        let header = &mut packet.header;
        header.ssrc = self.ssrc;
        header.payload_type = self.payload_type;
        (header.sequence_number, header.timestamp) =
            self.numbers
                .of(header.sequence_number, header.timestamp, self.since.elapsed());
        if let Some((id, content)) = &self.playout_delay {
            header.set_extension(*id, content.clone())?;
        }
        let parities = match &mut self.protection {
            Some(protection) => protection.cover(&mut packet)?,
            None => Vec::new(),
        };
        track.write_rtp(packet).await?;
        for payload in parities {
            let Some((sequence, timestamp)) = self.numbers.one_more() else {
                break;
            };
            let mut packet = Packet {
                payload,
                ..Packet::default()
            };
            packet.header.version = 2;
            packet.header.payload_type = parity::RED;
            packet.header.ssrc = self.ssrc;
            (packet.header.sequence_number, packet.header.timestamp) = (sequence, timestamp);
            track.write_rtp(packet).await?;
        }
        Ok(())
    }
}
