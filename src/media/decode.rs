//! The peer's picture on its way to the screen.
//!
//! ```text
//! push ─▶ intake ─▶ appsrc(RTP) ! depayloader ! gate [! h264parse] ! decoder ! queue(leaky) ! appsink
//!           │                                                                       ─▶ scaled RGBA ─▶ slot
//!           └─▶ wishes, for the sender
//! ```
//!
//! Packets in order pass at once; behind a missing one they wait for its repair. What never comes makes everything up
//! to the next keyframe undecodable: it is not shown, since a smeared hand is a wrong word, and the sender is asked for
//! a keyframe. All that is decided by the pure [`intake`]; here it meets GStreamer. Frames that waited for a repair are
//! shown one after the other, a little faster than they were made: a hand that jumps is a wrong word too. RTP clock
//! 90 kHz.

mod asking;
mod gate;
mod intake;
pub(super) mod packet;
mod repair;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
pub use intake::Wish;
use intake::{Intake, Passed};

/// A decoder that is so many bytes behind is some seconds behind: it goes on at the next keyframe.
const MOST_BEHIND: u64 = 1 << 20;

/// Frames that come out together are shown this far apart: each for one look of a 60 Hz panel, nearly.
const APART: Duration = Duration::from_millis(12);
/// More of them than this are not caught up with: the oldest are left out.
const MOST_TOGETHER: &str = "4";

/// Shows the peer's picture until dropped.
pub struct VideoReceiver {
    source: gst_app::AppSrc,
    slot: FrameSlot,
    sight: Arc<Sight>,
    started: Instant,
    running: Running,
}

/// What the threads of the chain tell each other.
struct Sight {
    intake: Mutex<Intake>,
    frames: AtomicU64,
    has_failed: AtomicBool,
}

impl Sight {
    fn intake(&self) -> MutexGuard<'_, Intake> {
        self.intake.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl VideoReceiver {
    /// Decodes into `slot`.
    pub fn start(codec: Codec, slot: FrameSlot) -> Result<Self, MediaError> {
        super::init()?;
        let factory = decoder_of(codec).ok_or(MediaError::NoDecoder(codec))?;
        let sight = Arc::new(Sight {
            intake: Mutex::new(Intake::new(codec)),
            frames: AtomicU64::new(0),
            has_failed: AtomicBool::new(false),
        });

        let running = Running::new("decode");
        let source = gst_app::AppSrc::builder()
            .caps(
                &gst::Caps::builder("application/x-rtp")
                    .field("media", "video")
                    .field("clock-rate", 90_000i32)
                    .field("encoding-name", codec.encoding_name())
                    .build(),
            )
            .is_live(true)
            .format(gst::Format::Time)
            .max_bytes(0)
            .build();
        let depayloader = element(codec.depayloader())?;
        let stream = element("capsfilter")?;
        stream.set_property("caps", codec.stream_caps());
        let queue = element("queue")?;
        set(
            &queue,
            &[
                ("leaky", "downstream"),
                ("max-size-buffers", MOST_TOGETHER),
                ("max-size-bytes", "0"),
                ("max-size-time", "0"),
            ],
        );
        let sink = paint::sink(Painter::new(slot.clone(), Side::AsSeen));

        let mut chain = vec![source.clone().upcast(), depayloader.clone(), stream.clone()];
        chain.extend(make_decoder(codec, factory)?);
        chain.extend([queue.clone(), sink.upcast()]);
        running.chain(&chain.iter().collect::<Vec<_>>())?;

        keep_cut_frames_out(&stream, &sight);
        hear_the_decoder_ask(&depayloader, &sight);
        count_frames(&queue, &sight);
        show_apart(&queue);
        let failed = sight.clone();
        running.listen(move |message| {
            if let gst::MessageView::Error(error) = message.view() {
                tracing::warn!(reason = sentence(error), "the decoder failed");
                failed.has_failed.store(true, Ordering::Relaxed);
            }
        });
        running.play()?;
        Ok(Self {
            source,
            slot,
            sight,
            started: Instant::now(),
            running,
        })
    }

    /// One whole RTP packet, in whatever order they arrive, and what parity brought back with its help; answers what the
    /// sender must be asked for.
    pub fn push(&self, rtp: Bytes, brought_back: Vec<Bytes>) -> Wish {
        let mut intake = self.sight.intake();
        if self.source.current_level_bytes() > MOST_BEHIND {
            intake.lost();
        }
        let news = intake.push(rtp, brought_back, self.started.elapsed());
        self.decode(news)
    }

    /// While a queue stands on the way here nothing is asked for.
    pub fn behind_queue(&self, stands: bool) {
        self.sight.intake().behind_queue(stands);
    }

    /// When [`Self::go_on`] is to be called if no packet comes before.
    pub fn due(&self) -> Option<Instant> {
        let due = self.sight.intake().due(self.started.elapsed())?;
        self.started.checked_add(due)
    }

    /// Time has passed: what is still missing is asked for again, or not waited for any more.
    pub fn go_on(&self) -> Wish {
        let news = self.sight.intake().go_on(self.started.elapsed());
        self.decode(news)
    }

    fn decode(&self, (passed, wish): (Vec<Passed>, Wish)) -> Wish {
        for packet in passed {
            let mut buffer = gst::Buffer::from_mut_slice(packet.rtp);
            let fresh = buffer.get_mut().expect("nobody else has the new buffer");
            fresh.set_pts(clock_time(packet.frame));
            if packet.after_gap {
                fresh.set_flags(gst::BufferFlags::DISCONT);
            }
            // Fails only while the pipeline stops.
            let _ = self.source.push_buffer(buffer);
        }
        wish
    }

    /// Frames decoded whole since the start.
    pub fn frames(&self) -> u64 {
        self.sight.frames.load(Ordering::Relaxed)
    }

    /// Nothing more will be shown: the chain must be built anew.
    pub fn has_failed(&self) -> bool {
        self.sight.has_failed.load(Ordering::Relaxed)
    }
}

impl Drop for VideoReceiver {
    fn drop(&mut self) {
        // Nothing may be painted after the slot was wiped.
        self.running.stop();
        self.slot.clear();
    }
}

fn clock_time(time: Duration) -> gst::ClockTime {
    gst::ClockTime::from_nseconds(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX - 1))
}

/// Depayloaders may give out what they have of a frame that lost its end.
fn keep_cut_frames_out(stream: &gst::Element, sight: &Arc<Sight>) {
    let frames = stream.static_pad("sink").expect("a filter has a sink pad");
    let sight = sight.clone();
    frames.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        let time = info.buffer().and_then(|buffer| buffer.pts());
        let is_whole = time.is_some_and(|time| sight.intake().frame(Duration::from_nanos(time.nseconds())));
        if is_whole {
            gst::PadProbeReturn::Ok
        } else {
            gst::PadProbeReturn::Drop
        }
    });
}

/// Decoders ask upstream for a keyframe after errors: here the wish leaves the chain.
fn hear_the_decoder_ask(depayloader: &gst::Element, sight: &Arc<Sight>) {
    let pad = depayloader
        .static_pad("src")
        .expect("a depayloader has a source pad");
    let sight = sight.clone();
    pad.add_probe(gst::PadProbeType::EVENT_UPSTREAM, move |_, info| {
        if info
            .event()
            .is_some_and(|event| gst_video::ForceKeyUnitEvent::is(event))
        {
            sight.intake().stumbled();
        }
        gst::PadProbeReturn::Ok
    });
}

/// Holds a frame back that follows too closely, on the queue's own thread.
fn show_apart(queue: &gst::Element) {
    let pad = queue.static_pad("src").expect("a queue has a source pad");
    let next = Mutex::new(Instant::now());
    pad.add_probe(gst::PadProbeType::BUFFER, move |_, _| {
        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        *next = Instant::now() + APART;
        gst::PadProbeReturn::Ok
    });
}

fn count_frames(queue: &gst::Element, sight: &Arc<Sight>) {
    let pad = queue.static_pad("sink").expect("a queue has a sink pad");
    let sight = sight.clone();
    pad.add_probe(gst::PadProbeType::BUFFER, move |_, _| {
        sight.frames.fetch_add(1, Ordering::Relaxed);
        sight.intake().decoded();
        gst::PadProbeReturn::Ok
    });
}
