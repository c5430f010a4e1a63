//! The peer's picture on its way to the screen.
//!
//! ```text
//! push ─▶ appsrc(RTP) ! rtpjitterbuffer(250 ms) ! gate ! depayloader ! gate [! h264parse] ! decoder
//!         ! queue(1 frame, leaky) ! appsink ─▶ scaled RGBA ─▶ slot
//! ```
//!
//! Packets in order pass the jitter buffer at once; it waits only for missing ones, long enough for a repair (NACK) to
//! arrive. What is then still missing makes everything up to the next keyframe undecodable: it is not shown, since a
//! smeared hand is a wrong word, and `broken` asks the sender for a keyframe. RTP clock 90 kHz.

mod gate;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_video as gst_video;

use super::codec::Codec;
use super::error::MediaError;
use super::factory::{decoder_of, make_decoder};
use super::frame::FrameSlot;
use super::paint::{self, Painter, Side};
use super::pipeline::{Running, element, sentence, set};
use gate::{Gate, Verdict};

/// How long a missing packet is waited for, in milliseconds: two round trips of a bad network.
const REPAIR_MS: u32 = 250;
/// The sender is asked for a keyframe at most this often.
const ASK_EVERY: Duration = Duration::from_millis(300);
/// Packets that come this long without a picture mean that a keyframe is needed.
const BLIND: Duration = Duration::from_millis(500);
/// Inside the chain every packet has this payload type, whatever the peers agreed on.
const PAYLOAD_TYPE: u8 = 96;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReceiverStats {
    pub packets: u64,
    /// Frames decoded whole.
    pub frames: u64,
    /// When the last one was decoded.
    pub last_frame: Option<Instant>,
    /// How often a keyframe was asked for.
    pub asked: u64,
}

/// Shows the peer's picture until dropped.
pub struct VideoReceiver {
    source: gst_app::AppSrc,
    slot: FrameSlot,
    sight: Arc<Sight>,
    _running: Running,
}

impl VideoReceiver {
    /// Decodes into `slot`. `broken` is called, on any thread, when the sender must be asked for a keyframe.
    pub fn start(
        codec: Codec,
        slot: FrameSlot,
        broken: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, MediaError> {
        super::init()?;
        let factory = decoder_of(codec).ok_or(MediaError::NoDecoder(codec))?;
        let sight = Arc::new(Sight::new(broken));

        let running = Running::new("decode");
        let source = gst_app::AppSrc::builder()
            .caps(
                &gst::Caps::builder("application/x-rtp")
                    .field("media", "video")
                    .field("clock-rate", 90_000i32)
                    .field("encoding-name", codec.encoding_name())
                    .field("payload", i32::from(PAYLOAD_TYPE))
                    .build(),
            )
            .is_live(true)
            .do_timestamp(true)
            .format(gst::Format::Time)
            .max_bytes(4 << 20)
            .leaky_type(gst_app::AppLeakyType::Downstream)
            .build();
        let jitter = element("rtpjitterbuffer")?;
        jitter.set_property("latency", REPAIR_MS);
        jitter.set_property("do-lost", true);
        // Every packet of a frame gets the same time, by which the gate knows it; nothing here waits for a clock.
        jitter.set_property_from_str("mode", "none");
        set(
            &jitter,
            &[("faststart-min-packets", "1"), ("drop-on-latency", "false")],
        );
        let depayloader = element(codec.depayloader())?;
        set(
            &depayloader,
            &[("wait-for-keyframe", "true"), ("request-keyframe", "true")],
        );
        let stream = element("capsfilter")?;
        stream.set_property("caps", codec.stream_caps());
        let queue = element("queue")?;
        set(
            &queue,
            &[
                ("leaky", "downstream"),
                ("max-size-buffers", "1"),
                ("max-size-bytes", "0"),
                ("max-size-time", "0"),
            ],
        );
        let sink = paint::sink(Painter::new(slot.clone(), Side::AsSeen), |_| {});

        let mut chain = vec![
            source.clone().upcast(),
            jitter.clone(),
            depayloader,
            stream.clone(),
        ];
        chain.extend(make_decoder(codec, factory)?);
        chain.extend([queue.clone(), sink.upcast()]);
        running.chain(&chain.iter().collect::<Vec<_>>())?;

        keep_the_gate(Gate::new(codec), &jitter, &stream, &sight);
        ask_when_the_chain_asks(&jitter, &sight);
        count_frames(&queue, &sight);
        let failed = sight.clone();
        running.listen(move |message| {
            if let gst::MessageView::Error(error) = message.view() {
                tracing::warn!(reason = sentence(error), "the decoder stumbled");
                failed.ask();
            }
        });
        running.play()?;
        Ok(Self {
            source,
            slot,
            sight,
            _running: running,
        })
    }

    /// One whole RTP packet, in whatever order they arrive.
    pub fn push(&self, rtp: Bytes) {
        if rtp.len() < 12 || rtp[0] >> 6 != 2 {
            return;
        }
        self.sight.packet();
        // Fails only while the pipeline stops.
        let _ = self.source.push_buffer(packet(rtp, PAYLOAD_TYPE));
    }

    pub fn stats(&self) -> ReceiverStats {
        self.sight.stats()
    }
}

impl Drop for VideoReceiver {
    fn drop(&mut self) {
        // Nothing may be painted after the slot was wiped.
        let _ = self._running.pipeline.set_state(gst::State::Null);
        self.slot.clear();
    }
}

/// A packet for a chain that knows one payload type; copied only when it has another.
pub(super) fn packet(rtp: Bytes, payload_type: u8) -> gst::Buffer {
    if rtp[1] & 0x7f == payload_type {
        return gst::Buffer::from_slice(rtp);
    }
    let mut rtp = rtp.to_vec();
    rtp[1] = rtp[1] & 0x80 | payload_type;
    gst::Buffer::from_mut_slice(rtp)
}

/// Lets packets and whole frames through by the [`gate`]'s verdict.
fn keep_the_gate(gate: Gate, jitter: &gst::Element, stream: &gst::Element, sight: &Arc<Sight>) {
    // Both pads are of one streaming thread, so the lock is never waited for.
    let gate = Arc::new(Mutex::new(gate));
    let at = |buffer: &gst::Buffer| buffer.pts().map_or(u64::MAX, gst::ClockTime::nseconds);
    let packets = jitter
        .static_pad("src")
        .expect("a jitter buffer has a source pad");
    let (keeper, asking) = (gate.clone(), sight.clone());
    packets.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        let Some(buffer) = info.buffer() else {
            return gst::PadProbeReturn::Ok;
        };
        let Ok(rtp) = buffer.map_readable() else {
            return gst::PadProbeReturn::Drop;
        };
        let verdict = keeper
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .packet(&rtp, at(buffer));
        if verdict == Verdict::Ask {
            asking.ask();
        }
        pass(verdict)
    });
    let keeper = gate.clone();
    let asking = sight.clone();
    packets.add_probe(gst::PadProbeType::EVENT_DOWNSTREAM, move |_, info| {
        let lost = |event: &gst::Event| {
            event
                .structure()
                .is_some_and(|news| news.name() == "GstRTPPacketLost")
        };
        if info.event().is_some_and(lost) {
            keeper.lock().unwrap_or_else(PoisonError::into_inner).lost();
            asking.ask();
        }
        gst::PadProbeReturn::Ok
    });
    let frames = stream.static_pad("sink").expect("a filter has a sink pad");
    frames.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        let Some(buffer) = info.buffer() else {
            return gst::PadProbeReturn::Ok;
        };
        let is_keyframe = !buffer.flags().contains(gst::BufferFlags::DELTA_UNIT);
        pass(
            gate.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .frame(at(buffer), is_keyframe),
        )
    });
}

fn pass(verdict: Verdict) -> gst::PadProbeReturn {
    match verdict {
        Verdict::Pass => gst::PadProbeReturn::Ok,
        Verdict::Drop | Verdict::Ask => gst::PadProbeReturn::Drop,
    }
}

/// Depayloader and decoder ask upstream for a keyframe after loss and errors: here the wish leaves the chain.
fn ask_when_the_chain_asks(jitter: &gst::Element, sight: &Arc<Sight>) {
    let pad = jitter
        .static_pad("src")
        .expect("a jitter buffer has a source pad");
    let sight = sight.clone();
    pad.add_probe(gst::PadProbeType::EVENT_UPSTREAM, move |_, info| {
        if info
            .event()
            .is_some_and(|event| gst_video::ForceKeyUnitEvent::is(event))
        {
            sight.ask();
        }
        gst::PadProbeReturn::Ok
    });
}

fn count_frames(queue: &gst::Element, sight: &Arc<Sight>) {
    let pad = queue.static_pad("sink").expect("a queue has a sink pad");
    let sight = sight.clone();
    pad.add_probe(gst::PadProbeType::BUFFER, move |_, _| {
        sight.frame();
        gst::PadProbeReturn::Ok
    });
}

/// Whether the picture is seen, and the asking when it is not.
struct Sight {
    broken: Box<dyn Fn() + Send + Sync>,
    packets: AtomicU64,
    frames: AtomicU64,
    asked: AtomicU64,
    times: Mutex<Times>,
}

#[derive(Default)]
struct Times {
    last_frame: Option<Instant>,
    last_asked: Option<Instant>,
    /// The first packet since the last frame.
    blind_since: Option<Instant>,
}

impl Sight {
    fn new(broken: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            broken: Box::new(broken),
            packets: AtomicU64::new(0),
            frames: AtomicU64::new(0),
            asked: AtomicU64::new(0),
            times: Mutex::default(),
        }
    }

    fn packet(&self) {
        self.packets.fetch_add(1, Ordering::Relaxed);
        let blind = self
            .times()
            .blind_since
            .get_or_insert_with(Instant::now)
            .elapsed()
            > BLIND;
        if blind {
            self.ask();
        }
    }

    fn frame(&self) {
        self.frames.fetch_add(1, Ordering::Relaxed);
        let mut times = self.times();
        times.last_frame = Some(Instant::now());
        times.blind_since = None;
    }

    fn ask(&self) {
        {
            let mut times = self.times();
            if times.last_asked.is_some_and(|at| at.elapsed() < ASK_EVERY) {
                return;
            }
            times.last_asked = Some(Instant::now());
        }
        self.asked.fetch_add(1, Ordering::Relaxed);
        (self.broken)();
    }

    fn stats(&self) -> ReceiverStats {
        ReceiverStats {
            packets: self.packets.load(Ordering::Relaxed),
            frames: self.frames.load(Ordering::Relaxed),
            last_frame: self.times().last_frame,
            asked: self.asked.load(Ordering::Relaxed),
        }
    }

    fn times(&self) -> std::sync::MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
