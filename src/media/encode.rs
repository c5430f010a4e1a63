//! The camera's picture on its way to the peer: scaled to what the network bears, encoded, cut into RTP packets.
//!
//! ```text
//! appsrc(1 frame, leaky) ! videoconvertscale ! caps(size) ! encoder ! caps ! payloader(mtu 1188) ! appsink ─▶ packets
//! ```
//!
//! When the network or the processor is short, resolution gives way and frame rate does not (EN 301 549 §6.5.1): the
//! [`ladder`] picks the height from the bitrate, and a frame that finds the encoder busy is dropped before it costs
//! anything. The first frame is a keyframe; others come only by [`VideoSender::keyframe`] or with a new size. RTP clock
//! 90 kHz, payload type 96, any SSRC and first sequence number: the peer connection writes its own.

pub mod ladder;

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_video as gst_video;

pub use super::codec::{Codec, can_receive, can_send};

use super::camera::{Camera, Watching};
use super::codec::{encoder_of, make_encoder, set_encoder_bitrate};
use super::error::MediaError;
use super::pipeline::{Running, element, sentence, set};
use ladder::Ladder;

/// The largest RTP packet, header included, in bytes: leaves room for SRTP, TURN and IPv6 in 1280.
pub const MTU: u32 = 1188;

/// The rate before anybody has measured the network, in bits a second.
pub const START_BITRATE: u32 = 600_000;

/// Counted since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SenderStats {
    /// Frames the camera gave.
    pub captured: u64,
    pub encoded: u64,
    pub keyframes: u64,
    pub packets: u64,
    /// RTP bytes, headers included.
    pub bytes: u64,
    /// The size that is encoded now, in pixels.
    pub width: u32,
    pub height: u32,
    /// The rate asked for, in bits a second.
    pub bitrate: u32,
}

#[derive(Debug, Default)]
struct Counters {
    captured: AtomicU64,
    encoded: AtomicU64,
    keyframes: AtomicU64,
    packets: AtomicU64,
    bytes: AtomicU64,
    width: AtomicU32,
    height: AtomicU32,
    bitrate: AtomicU32,
}

/// Sends the camera's picture until dropped.
pub struct VideoSender {
    // Dropped first: no frame comes any more when the pipeline stops.
    _watching: Watching,
    encoder: gst::Element,
    factory: &'static str,
    sink: gst_app::AppSink,
    counters: Arc<Counters>,
    _running: Running,
}

impl VideoSender {
    /// Encodes what `camera` shows and hands every RTP packet, whole, to `packets` on a thread of the pipeline.
    pub fn start(
        codec: Codec,
        camera: &Camera,
        mut packets: impl FnMut(Bytes) + Send + 'static,
    ) -> Result<Self, MediaError> {
        super::init()?;
        let factory = encoder_of(codec).ok_or(MediaError::NoEncoder(codec))?;
        let counters = Arc::new(Counters::default());
        counters.bitrate.store(START_BITRATE, Ordering::Relaxed);

        let running = Running::new("encode");
        let source = gst_app::AppSrc::builder()
            .is_live(true)
            .do_timestamp(true)
            .format(gst::Format::Time)
            .max_buffers(1)
            .max_bytes(0)
            .leaky_type(gst_app::AppLeakyType::Downstream)
            .build();
        let size = element("capsfilter")?;
        let encoder = make_encoder(factory, START_BITRATE)?;
        let stream = element("capsfilter")?;
        stream.set_property("caps", codec.sent_caps());
        let payloader = element(codec.payloader())?;
        set(
            &payloader,
            &[
                ("mtu", &MTU.to_string()),
                ("pt", "96"),
                ("picture-id-mode", "15-bit"),
                ("config-interval", "-1"),
                ("aggregate-mode", "zero-latency"),
            ],
        );
        let sink = gst_app::AppSink::builder().sync(false).async_(false).build();
        let counted = counters.clone();
        sink.set_callbacks(
            gst_app::AppSinkCallbacks::builder()
                .new_sample(move |sink| {
                    let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                    let buffer = sample.buffer().ok_or(gst::FlowError::Error)?;
                    let packet = buffer.map_readable().map_err(|_| gst::FlowError::Error)?;
                    counted.packets.fetch_add(1, Ordering::Relaxed);
                    counted.bytes.fetch_add(packet.len() as u64, Ordering::Relaxed);
                    packets(Bytes::copy_from_slice(&packet));
                    Ok(gst::FlowSuccess::Ok)
                })
                .build(),
        );
        running.chain(&[
            source.upcast_ref(),
            &element("videoconvertscale")?,
            &size,
            &encoder,
            &stream,
            &payloader,
            sink.upcast_ref(),
        ])?;
        count_frames(&encoder, &counters);
        running.listen(|message| {
            if let gst::MessageView::Error(error) = message.view() {
                tracing::error!(reason = sentence(error), "the encoder stopped");
            }
        });
        running.play()?;

        let feed = Mutex::new(Feed {
            source,
            size,
            ladder: Ladder::default(),
            caps: None,
            height: 0,
        });
        let started = Instant::now();
        let counted = counters.clone();
        let watching = camera.watch(move |sample| {
            counted.captured.fetch_add(1, Ordering::Relaxed);
            let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
            feed.push(sample, started.elapsed(), &counted);
        });
        Ok(Self {
            _watching: watching,
            encoder,
            factory,
            sink,
            counters,
            _running: running,
        })
    }

    /// The network's estimate drives this; takes hold with the next frame.
    pub fn set_bitrate(&self, bits_per_second: u32) {
        let bits_per_second = bits_per_second.clamp(30_000, 8_000_000);
        if self.counters.bitrate.swap(bits_per_second, Ordering::Relaxed) != bits_per_second {
            set_encoder_bitrate(&self.encoder, self.factory, bits_per_second);
        }
    }

    /// The other side lost the picture (PLI or FIR): the next frame is whole. At most one in 300 ms. Every encoder here
    /// repeats its parameter sets with it, so no headers are asked of the payloader, which would mark them as a frame.
    pub fn keyframe(&self) {
        let request = gst_video::UpstreamForceKeyUnitEvent::builder().build();
        self.sink.send_event(request);
    }

    pub fn stats(&self) -> SenderStats {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counters = &self.counters;
        SenderStats {
            captured: of(&counters.captured),
            encoded: of(&counters.encoded),
            keyframes: of(&counters.keyframes),
            packets: of(&counters.packets),
            bytes: of(&counters.bytes),
            width: counters.width.load(Ordering::Relaxed),
            height: counters.height.load(Ordering::Relaxed),
            bitrate: counters.bitrate.load(Ordering::Relaxed),
        }
    }
}

fn count_frames(encoder: &gst::Element, counters: &Arc<Counters>) {
    let pad = encoder.static_pad("src").expect("an encoder has a source pad");
    let counted = counters.clone();
    pad.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        if let Some(frame) = info.buffer() {
            counted.encoded.fetch_add(1, Ordering::Relaxed);
            if !frame.flags().contains(gst::BufferFlags::DELTA_UNIT) {
                counted.keyframes.fetch_add(1, Ordering::Relaxed);
            }
        }
        gst::PadProbeReturn::Ok
    });
}

/// The camera's side of the chain: chooses the size and hands the frame over without copying its pixels.
struct Feed {
    source: gst_app::AppSrc,
    size: gst::Element,
    ladder: Ladder,
    /// Of the last frame.
    caps: Option<gst::Caps>,
    /// That is encoded now; 0 before the first frame.
    height: u32,
}

impl Feed {
    fn push(&mut self, sample: &gst::Sample, now: std::time::Duration, counters: &Counters) {
        let (Some(caps), Some(buffer)) = (sample.caps(), sample.buffer_owned()) else {
            return;
        };
        let Ok(info) = gst_video::VideoInfo::from_caps(caps) else {
            return;
        };
        let is_new = self.caps.as_deref() != Some(caps);
        let height = self
            .ladder
            .height(now, counters.bitrate.load(Ordering::Relaxed), info.height());
        if is_new || height != self.height {
            let (width, height_px) = ladder::size(info.width(), info.height(), height);
            self.size.set_property(
                "caps",
                gst::Caps::builder("video/x-raw")
                    .field("width", width as i32)
                    .field("height", height_px as i32)
                    .build(),
            );
            counters.width.store(width, Ordering::Relaxed);
            counters.height.store(height_px, Ordering::Relaxed);
            self.height = height;
        }
        if is_new {
            let caps = caps.to_owned();
            self.source.set_caps(Some(&caps));
            self.caps = Some(caps);
        }
        // Fails only while the pipeline stops; the frame is not needed then.
        let _ = self.source.push_buffer(buffer);
    }
}
