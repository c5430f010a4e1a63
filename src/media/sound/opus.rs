//! Opus (RFC 6716, RFC 7587) both ways: mono, 48 kHz, in-band FEC.
//!
//! A packet is 10 ms of voice where the line is wide, so that it comes with the lips; 20 ms at first; 40 ms at half the
//! bits on a narrow one, because the headers of 50 packets a second would be more than the voice.
//!
//! FEC is in the packet after the one it is for, so whoever uses it holds every packet back until the next has come: only
//! on a line that loses is this worth 20 ms.
//!
//! ```text
//! voice ─▶ appsrc(S16) ! opusenc ! rtpopuspay ! appsink ─▶ packets
//! push ─▶ appsrc(RTP) ! rtpjitterbuffer(30 ms) ! rtpopusdepay ! opusdec(plc) ! audioconvert ! F32 mono ! appsink ─▶ samples
//! ```

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use crate::media::error::MediaError;
use crate::media::pipeline::{Running, element, sentence, set};

/// Inside the chains; the peer connection writes what was agreed on.
pub const PAYLOAD_TYPE: u8 = 111;
const RATE: i32 = 48_000;
/// How long a missing packet is waited for, in milliseconds: it may have been overtaken, but nobody asks for it again.
/// A voice that waited longer than the playout holds would be torn, where FEC and concealment go on.
const OVERTAKEN_MS: u32 = 30;

/// So many packets lost within so short a time are a line that loses.
const LOSES: usize = 3;
const LATELY: Duration = Duration::from_secs(10);

/// What a voice takes of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Without the packets' headers.
    pub bits_per_second: u32,
    /// How much voice is in a packet: 10, 20, 40 or 60 ms.
    pub packet_ms: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            bits_per_second: 32_000,
            packet_ms: 20,
        }
    }
}

impl Pace {
    const EVENT: &str = "voice-pace";

    fn event(self) -> gst::Event {
        gst::event::CustomDownstream::new(
            gst::Structure::builder(Self::EVENT)
                .field("bits-per-second", self.bits_per_second)
                .field("packet-ms", self.packet_ms)
                .build(),
        )
    }

    fn told(event: &gst::Event) -> Option<Self> {
        let told = event.structure().filter(|told| told.name() == Self::EVENT)?;
        Some(Self {
            bits_per_second: told.get("bits-per-second").ok()?,
            packet_ms: told.get("packet-ms").ok()?,
        })
    }
}

/// Encodes a voice into RTP packets.
pub struct Encoder {
    source: gst_app::AppSrc,
    running: Running,
    /// Of the next sample; none after a gap.
    at: Option<gst::ClockTime>,
}

impl Encoder {
    pub fn start(mut packets: impl FnMut(Bytes) + Send + 'static) -> Result<Self, MediaError> {
        let running = Running::new("voice");
        let source = gst_app::AppSrc::builder()
            .caps(
                &gst::Caps::builder("audio/x-raw")
                    .field("format", "S16LE")
                    .field("layout", "interleaved")
                    .field("rate", RATE)
                    .field("channels", 1i32)
                    .build(),
            )
            .is_live(true)
            .format(gst::Format::Time)
            .max_bytes(96_000)
            .leaky_type(gst_app::AppLeakyType::Downstream)
            .build();
        let encoder = element("opusenc")?;
        set(
            &encoder,
            &[
                ("audio-type", "voice"),
                ("inband-fec", "true"),
                ("packet-loss-percentage", "10"),
            ],
        );
        set_pace(&encoder, Pace::default());
        heed_pace(&encoder);
        let payloader = element("rtpopuspay")?;
        set(&payloader, &[("pt", &PAYLOAD_TYPE.to_string()), ("mtu", "1188")]);
        let sink = gst_app::AppSink::builder().sync(false).async_(false).build();
        sink.set_callbacks(
            gst_app::AppSinkCallbacks::builder()
                .new_sample(move |sink| {
                    let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                    let buffer = sample.buffer().ok_or(gst::FlowError::Error)?;
                    let packet = buffer.map_readable().map_err(|_| gst::FlowError::Error)?;
                    packets(Bytes::copy_from_slice(&packet));
                    Ok(gst::FlowSuccess::Ok)
                })
                .build(),
        );
        running.chain(&[source.upcast_ref(), &encoder, &payloader, sink.upcast_ref()])?;
        running.listen(|message| {
            if let gst::MessageView::Error(error) = message.view() {
                tracing::error!(reason = sentence(error), "the voice encoder stopped");
            }
        });
        running.play()?;
        Ok(Self {
            source,
            running,
            at: None,
        })
    }

    /// Of the samples that are pushed from now on.
    pub fn pace(&self, pace: Pace) {
        // Fails only while the pipeline stops.
        let _ = self.source.send_event(pace.event());
    }

    /// The next samples, full scale 1. Time runs by their number, not by when they come: a clock of its own.
    pub fn push(&mut self, samples: &[f32]) {
        let at = match self.at {
            Some(at) => at,
            None => self
                .running
                .pipeline
                .current_running_time()
                .unwrap_or(gst::ClockTime::ZERO),
        };
        let bytes: Vec<u8> = samples
            .iter()
            .flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes())
            .collect();
        let duration = gst::ClockTime::from_nseconds(samples.len() as u64 * 1_000_000_000 / RATE as u64);
        let mut buffer = gst::Buffer::from_mut_slice(bytes);
        {
            let buffer = buffer.get_mut().expect("nobody else has the new buffer");
            buffer.set_pts(at);
            buffer.set_duration(duration);
            if self.at.is_none() {
                buffer.set_flags(gst::BufferFlags::DISCONT);
            }
        }
        self.at = Some(at + duration);
        // Fails only while the pipeline stops.
        let _ = self.source.push_buffer(buffer);
    }

    /// The microphone was away: the next samples start at the time they come.
    pub fn gap(&mut self) {
        self.at = None;
    }
}

/// A pace comes between two samples, on the thread that encodes them: an encoder whose packets become shorter while it
/// takes samples in ends the whole program.
fn heed_pace(encoder: &gst::Element) {
    let sink = encoder.static_pad("sink").expect("an encoder has a sink");
    let encoder = encoder.downgrade();
    sink.add_probe(gst::PadProbeType::EVENT_DOWNSTREAM, move |_, info| {
        if let (Some(encoder), Some(pace)) = (encoder.upgrade(), info.event().and_then(Pace::told)) {
            set_pace(&encoder, pace);
        }
        gst::PadProbeReturn::Ok
    });
}

fn set_pace(encoder: &gst::Element, pace: Pace) {
    set(
        encoder,
        &[
            ("bitrate", &pace.bits_per_second.to_string()),
            ("frame-size", &pace.packet_ms.to_string()),
        ],
    );
}

/// Decodes the other side's voice.
pub struct Decoder {
    source: gst_app::AppSrc,
    _running: Running,
}

impl Decoder {
    /// `samples` gets mono at 48 kHz, full scale 1, some 20 ms at a time, with lost packets concealed.
    pub fn start(mut samples: impl FnMut(&[f32]) + Send + 'static) -> Result<Self, MediaError> {
        let running = Running::new("remote voice");
        let source = gst_app::AppSrc::builder()
            .caps(
                &gst::Caps::builder("application/x-rtp")
                    .field("media", "audio")
                    .field("clock-rate", RATE)
                    .field("encoding-name", "OPUS")
                    .field("payload", i32::from(PAYLOAD_TYPE))
                    .build(),
            )
            .is_live(true)
            .do_timestamp(true)
            .format(gst::Format::Time)
            .max_bytes(1 << 20)
            .leaky_type(gst_app::AppLeakyType::Downstream)
            .build();
        let jitter = element("rtpjitterbuffer")?;
        jitter.set_property("latency", OVERTAKEN_MS);
        jitter.set_property("do-lost", true);
        set(&jitter, &[("faststart-min-packets", "1")]);
        let decoder = element("opusdec")?;
        set(&decoder, &[("plc", "true"), ("max-errors", "-1")]);
        use_fec_once_it_loses(&jitter, &decoder);
        let mono = element("capsfilter")?;
        mono.set_property(
            "caps",
            gst::Caps::builder("audio/x-raw")
                .field(
                    "format",
                    if cfg!(target_endian = "big") {
                        "F32BE"
                    } else {
                        "F32LE"
                    },
                )
                .field("layout", "interleaved")
                .field("rate", RATE)
                .field("channels", 1i32)
                .build(),
        );
        let sink = gst_app::AppSink::builder().sync(false).async_(false).build();
        let mut heard = Vec::new();
        sink.set_callbacks(
            gst_app::AppSinkCallbacks::builder()
                .new_sample(move |sink| {
                    let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                    let buffer = sample.buffer().ok_or(gst::FlowError::Error)?;
                    let bytes = buffer.map_readable().map_err(|_| gst::FlowError::Error)?;
                    heard.clear();
                    heard.extend(
                        bytes
                            .as_chunks::<4>()
                            .0
                            .iter()
                            .map(|sample| f32::from_ne_bytes(*sample)),
                    );
                    samples(&heard);
                    Ok(gst::FlowSuccess::Ok)
                })
                .build(),
        );
        running.chain(&[
            source.upcast_ref(),
            &jitter,
            &element("rtpopusdepay")?,
            &decoder,
            &element("audioconvert")?,
            &mono,
            sink.upcast_ref(),
        ])?;
        running.listen(|message| {
            if let gst::MessageView::Error(error) = message.view() {
                tracing::error!(reason = sentence(error), "the voice decoder stopped");
            }
        });
        running.play()?;
        Ok(Self {
            source,
            _running: running,
        })
    }

    /// One whole RTP packet.
    pub fn push(&self, rtp: Bytes) {
        if rtp.len() < 12 || rtp[0] >> 6 != 2 {
            return;
        }
        // Fails only while the pipeline stops.
        let _ = self.source.push_buffer(packet(rtp));
    }
}

/// For the rest of the call: a decoder that stopped holding packets back would throw one away.
fn use_fec_once_it_loses(jitter: &gst::Element, decoder: &gst::Element) {
    let Some(pad) = jitter.static_pad("src") else {
        return;
    };
    let decoder = decoder.downgrade();
    let lost = Mutex::new(VecDeque::with_capacity(LOSES));
    pad.add_probe(gst::PadProbeType::EVENT_DOWNSTREAM, move |_, probe| {
        let is_loss = matches!(&probe.data, Some(gst::PadProbeData::Event(event))
            if event.structure().is_some_and(|told| told.name() == "GstRTPPacketLost"));
        if !is_loss {
            return gst::PadProbeReturn::Ok;
        }
        let now = Instant::now();
        let mut lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
        lost.retain(|at| now.duration_since(*at) < LATELY);
        lost.push_back(now);
        if lost.len() < LOSES {
            return gst::PadProbeReturn::Ok;
        }
        tracing::debug!("the line loses: each packet of the voice waits for the next");
        if let Some(decoder) = decoder.upgrade() {
            decoder.set_property("use-inband-fec", true);
        }
        gst::PadProbeReturn::Remove
    });
}

/// A packet for a chain that knows one payload type; copied only when it has another.
fn packet(rtp: Bytes) -> gst::Buffer {
    if rtp[1] & 0x7f == PAYLOAD_TYPE {
        return gst::Buffer::from_slice(rtp);
    }
    let mut rtp = rtp.to_vec();
    rtp[1] = rtp[1] & 0x80 | PAYLOAD_TYPE;
    gst::Buffer::from_mut_slice(rtp)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    use super::*;

    /// A second and a half of a tone, 20 ms a packet.
    fn packets() -> Vec<Bytes> {
        let (packet, packets) = mpsc::channel();
        let mut encoder = Encoder::start(move |bytes| drop(packet.send(bytes))).expect("Opus is here");
        for frame in 0..75 {
            let samples: Vec<f32> = (0..960)
                .map(|n| (std::f32::consts::TAU * 440.0 * (frame * 960 + n) as f32 / 48_000.0).sin() * 0.5)
                .collect();
            encoder.push(&samples);
            // The encoder drops what comes faster than it takes.
            std::thread::sleep(Duration::from_millis(2));
        }
        let patience = Duration::from_secs(5);
        (0..70)
            .map(|_| packets.recv_timeout(patience).expect("a packet"))
            .collect()
    }

    #[test]
    fn each_pace_has_its_bits_and_its_packets_and_loses_nothing() {
        crate::media::init().expect("GStreamer is here");
        let (packet, packets) = mpsc::channel();
        let mut encoder = Encoder::start(move |bytes| drop(packet.send(bytes))).expect("Opus is here");
        // Of UDP over IP, SRTP and our extensions.
        const HEADERS: usize = 58;
        let mut told = Vec::new();
        for (bits_per_second, packet_ms) in [(32_000, 20), (16_000, 40), (32_000, 10), (32_000, 20)] {
            encoder.pace(Pace {
                bits_per_second,
                packet_ms,
            });
            let noise = (0..48_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 16) as f32 / 65_536.0 - 0.5);
            let samples: Vec<f32> = noise.collect();
            let (mut stamps, mut bytes) = (Vec::new(), 0);
            for (frame, samples) in samples.chunks(480).enumerate() {
                encoder.push(samples);
                // It holds a packet or two back.
                while (stamps.len() + 2) * packet_ms as usize <= frame * 10 {
                    let packet = packets.recv_timeout(Duration::from_secs(5)).expect("a packet");
                    bytes += packet.len() - 12 + HEADERS;
                    stamps.push(u32::from_be_bytes([packet[4], packet[5], packet[6], packet[7]]));
                }
            }
            let steps: Vec<u32> = stamps
                .windows(2)
                .map(|pair| pair[1].wrapping_sub(pair[0]))
                .collect();
            // The first packets of a pace may still be of the one before, and one at the seam is short.
            told.push((bytes, steps[steps.len() / 2]));
            let odd = steps.iter().filter(|step| ![480, 960, 1920].contains(*step));
            assert!(odd.count() <= 1, "{steps:?}");
        }
        let [(usual, often), (sparing, seldom), (quick, very_often), (again, _)] = told[..] else {
            panic!("four paces");
        };
        assert_eq!((often, seldom, very_often), (960, 1920, 480));
        assert!(sparing * 10 < usual * 6, "{sparing} of {usual} bytes");
        assert!(quick * 10 < usual * 16, "{quick} for {usual} bytes");
        assert!(again * 10 > usual * 9, "{again} of {usual} bytes");
    }

    #[test]
    fn whenever_the_pace_changes_all_of_the_voice_is_sent() {
        crate::media::init().expect("GStreamer is here");
        let (packet, packets) = mpsc::channel();
        let mut encoder = Encoder::start(move |bytes| drop(packet.send(bytes))).expect("Opus is here");
        let mut stamps = Vec::new();
        for frame in 0..6_000u32 {
            encoder.pace(Pace {
                bits_per_second: 32_000,
                packet_ms: [40, 10][frame as usize % 2],
            });
            encoder.push(&[0.1; 480]);
            let is_behind = |stamps: &[u32]| match stamps {
                [first, .., last] => last.wrapping_sub(*first) + 40 * 480 < frame * 480,
                _ => frame > 40,
            };
            while is_behind(&stamps) {
                let packet = packets.recv_timeout(Duration::from_secs(5)).expect("a packet");
                stamps.push(u32::from_be_bytes([packet[4], packet[5], packet[6], packet[7]]));
            }
        }
        let longest = stamps.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).max();
        assert!(longest.is_some_and(|step| step <= 1920), "{longest:?}");
    }

    #[test]
    fn only_on_a_line_that_loses_a_packet_waits_for_the_next() {
        crate::media::init().expect("GStreamer is here");
        let (heard, hearing) = mpsc::channel();
        let decoder = Decoder::start(move |_| {
            let _ = heard.send(());
        })
        .expect("Opus is here");
        let hears = |pieces| {
            let patience = Duration::from_secs(5);
            for piece in 0..pieces {
                assert!(hearing.recv_timeout(patience).is_ok(), "{piece} of {pieces}");
            }
            hearing.recv_timeout(Duration::from_millis(300)).is_err()
        };
        let mut packets = packets().into_iter();
        for packet in packets.by_ref().take(9) {
            decoder.push(packet);
        }
        assert!(hears(9), "more came out than went in");
        for (n, packet) in packets.take(11).enumerate() {
            if ![1, 3, 5].contains(&n) {
                decoder.push(packet);
            }
        }
        assert!(hears(10), "none waited for the next");
    }

    #[test]
    fn a_lost_packet_is_concealed_before_the_loudspeaker_has_nothing_to_play() {
        crate::media::init().expect("GStreamer is here");
        let (heard, hearing) = mpsc::channel();
        let decoder = Decoder::start(move |samples| {
            let _ = heard.send((Instant::now(), samples.len()));
        })
        .expect("Opus is here");
        let (packets, mut lost) = (packets(), Vec::new());
        let begun = Instant::now();
        for (n, packet) in packets.into_iter().enumerate() {
            let at = begun + Duration::from_millis(20) * n as u32;
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            if n % 10 == 9 {
                lost.push(at);
            } else {
                decoder.push(packet);
            }
        }
        std::thread::sleep(Duration::from_millis(100));
        drop(decoder);
        let heard: Vec<(Instant, usize)> = hearing.iter().collect();
        // From when it should have come until something was given out in its place.
        let mut waits: Vec<Duration> = lost
            .iter()
            .filter_map(|lost| heard.iter().find(|(at, _)| at > lost).map(|(at, _)| *at - *lost))
            .collect();
        waits.sort();
        let whole = heard.iter().map(|(_, samples)| samples).sum::<usize>();
        assert!(whole >= 68 * 960, "{whole} samples of {}", 70 * 960);
        // What the playout holds once it ran dry, and FEC what it holds back; the machine may be busy once or twice.
        assert!(waits[waits.len() / 2] < Duration::from_millis(50), "{waits:?}");
    }
}
