//! The camera's picture on its way to the peer: scaled to what the network bears, encoded, cut into RTP packets.
//!
//! ```text
//! appsrc(1 frame, leaky) ! videoconvertscale ! caps(size) ! encoder ! caps ! payloader(mtu 1172) ! appsink ─▶ packets
//! ```
//!
//! The owner says how large, how often and with how many bits ([`VideoSender::set`]); a frame that finds the encoder
//! busy is dropped before it costs anything. The first frame is a keyframe; others come only by
//! [`VideoSender::keyframe`] or with a new size. RTP clock 90 kHz, payload type 96, any SSRC and first sequence number:
//! the peer connection writes its own.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_video as gst_video;

use super::camera::{Camera, Watching};
use super::codec::Codec;
use super::error::MediaError;
use super::factory::{encoder_of, make_encoder, set_encoder_bitrate, set_encoder_care};
use super::pipeline::{Running, element, sentence, set};

/// The largest RTP packet, header included, in bytes: leaves room for parity, extensions, SRTP, TURN and IPv6 in 1280.
pub const MTU: u32 = 1172;

/// How the picture is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// In lines; a camera with fewer is never blown up.
    pub height: u32,
    /// Frames a second; a camera with fewer gives what it has. None at 0.
    pub frame_rate: u32,
    /// Bits a second.
    pub bitrate: u32,
    /// More of the processor's time for a better picture of the same bits, where the encoder can tell them apart.
    pub is_careful: bool,
}

impl Default for Setting {
    /// Before anybody has measured the network.
    fn default() -> Self {
        Self {
            height: 480,
            frame_rate: 30,
            bitrate: 600_000,
            is_careful: false,
        }
    }
}

/// Counted since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SenderStats {
    pub encoded: u64,
    pub keyframes: u64,
    pub packets: u64,
    /// RTP bytes, headers included.
    pub bytes: u64,
    /// The size that is encoded now, in pixels.
    pub width: u32,
    pub height: u32,
    /// Lines and frames a second of the camera; 0 before its first frame.
    pub source_height: u32,
    pub source_rate: u32,
    /// Of a frame, the middle one of the last nine: what the processor needs, or the hardware's delay.
    pub encode_time: Option<Duration>,
}

#[derive(Debug, Default)]
struct Counters {
    encoded: AtomicU64,
    keyframes: AtomicU64,
    packets: AtomicU64,
    bytes: AtomicU64,
    width: AtomicU32,
    height: AtomicU32,
    source_height: AtomicU32,
    source_rate: AtomicU32,
    /// In nanoseconds; 0 before the first frame.
    encode_time: AtomicU64,
}

/// Sends the camera's picture until dropped.
pub struct VideoSender {
    // Dropped first: no frame comes any more when the pipeline stops.
    _watching: Watching,
    sink: gst_app::AppSink,
    setting: Arc<Mutex<Setting>>,
    counters: Arc<Counters>,
    has_failed: Arc<AtomicBool>,
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
        let setting = Arc::new(Mutex::new(Setting::default()));

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
        let encoder = make_encoder(factory, Setting::default().bitrate)?;
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
        hide_pauses(&encoder);
        follow_the_setting(&encoder, factory, &setting);
        let has_failed = Arc::new(AtomicBool::new(false));
        let failed = has_failed.clone();
        running.listen(move |message| {
            if let gst::MessageView::Error(error) = message.view() {
                tracing::error!(reason = sentence(error), "the encoder failed");
                failed.store(true, Ordering::Relaxed);
            }
        });
        running.play()?;

        let feed = Mutex::new(Feed {
            source,
            size,
            caps: None,
            height: 0,
            due: Duration::ZERO,
        });
        let started = Instant::now();
        let counted = counters.clone();
        let wanted = setting.clone();
        let watching = camera.watch(move |sample| {
            let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
            let setting = *wanted.lock().unwrap_or_else(PoisonError::into_inner);
            feed.push(sample, started.elapsed(), &setting, &counted);
        });
        Ok(Self {
            _watching: watching,
            sink,
            setting,
            counters,
            has_failed,
            _running: running,
        })
    }

    /// Takes hold with the next frame.
    pub fn set(&self, setting: Setting) {
        let bitrate = setting.bitrate.clamp(30_000, 8_000_000);
        *self.setting.lock().unwrap_or_else(PoisonError::into_inner) = Setting { bitrate, ..setting };
    }

    /// Nothing more will be sent: the chain must be built anew.
    pub fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
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
            encoded: of(&counters.encoded),
            keyframes: of(&counters.keyframes),
            packets: of(&counters.packets),
            bytes: of(&counters.bytes),
            width: counters.width.load(Ordering::Relaxed),
            height: counters.height.load(Ordering::Relaxed),
            source_height: counters.source_height.load(Ordering::Relaxed),
            source_rate: counters.source_rate.load(Ordering::Relaxed),
            encode_time: Some(Duration::from_nanos(of(&counters.encode_time))).filter(|took| !took.is_zero()),
        }
    }
}

/// How long the last frames took, in nanoseconds. The middle one counts: a keyframe, or another program's moment, says
/// nothing of the frames to come.
#[derive(Default)]
struct Stopwatch {
    begun: Option<Instant>,
    took: VecDeque<u64>,
}

impl Stopwatch {
    const FRAMES: usize = 9;

    fn stop(&mut self) -> Option<u64> {
        let took = self.begun.take()?.elapsed().as_nanos() as u64;
        self.took.push_back(took.max(1));
        if self.took.len() > Self::FRAMES {
            self.took.pop_front();
        }
        let mut sorted: Vec<u64> = self.took.iter().copied().collect();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()
    }
}

fn count_frames(encoder: &gst::Element, counters: &Arc<Counters>) {
    let pad = encoder.static_pad("src").expect("an encoder has a source pad");
    let watch = Arc::new(Mutex::new(Stopwatch::default()));
    let begin = watch.clone();
    let input = encoder.static_pad("sink").expect("an encoder has a sink pad");
    input.add_probe(gst::PadProbeType::BUFFER, move |_, _| {
        begin.lock().unwrap_or_else(PoisonError::into_inner).begun = Some(Instant::now());
        gst::PadProbeReturn::Ok
    });
    let counted = counters.clone();
    pad.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        if let Some(took) = watch.lock().unwrap_or_else(PoisonError::into_inner).stop() {
            counted.encode_time.store(took, Ordering::Relaxed);
        }
        if let Some(frame) = info.buffer() {
            counted.encoded.fetch_add(1, Ordering::Relaxed);
            if !frame.flags().contains(gst::BufferFlags::DELTA_UNIT) {
                counted.keyframes.fetch_add(1, Ordering::Relaxed);
            }
        }
        gst::PadProbeReturn::Ok
    });
}

/// An encoder gives a frame the bits of all the time since the one before it: after a pause, which was made because a queue
/// stood, it would fill that queue again with a single frame. It is told an even time, and the frame keeps its own.
fn hide_pauses(encoder: &gst::Element) {
    /// Of 20 frames a second, the least outside pauses.
    const APART: gst::ClockTime = gst::ClockTime::from_mseconds(50);
    let input = encoder.static_pad("sink").expect("an encoder has a sink pad");
    let output = encoder.static_pad("src").expect("an encoder has a source pad");
    // What the encoder was told of each frame within, and the frame's own time.
    let inside: Arc<Mutex<VecDeque<(gst::ClockTime, gst::ClockTime)>>> = Arc::default();
    let entering = inside.clone();
    let last = Mutex::new(None);
    input.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        if let Some(frame) = info.buffer_mut()
            && let Some(own) = frame.pts()
        {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            let told = last.map_or(own, |(told, before)| told + own.saturating_sub(before).min(APART));
            *last = Some((told, own));
            let mut inside = entering.lock().unwrap_or_else(PoisonError::into_inner);
            // An encoder may drop frames.
            inside.truncate(16);
            inside.push_front((told, own));
            frame.make_mut().set_pts(told);
        }
        gst::PadProbeReturn::Ok
    });
    output.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        if let Some(frame) = info.buffer_mut()
            && let Some(told) = frame.pts()
        {
            let inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
            let own = inside.iter().find(|(other, _)| *other == told);
            if let Some((_, own)) = own {
                frame.make_mut().set_pts(*own);
            }
        }
        gst::PadProbeReturn::Ok
    });
}

/// Sets bitrate and care from the encoder's own thread, between two frames: its setters wait while a frame is encoded.
fn follow_the_setting(encoder: &gst::Element, factory: &'static str, setting: &Arc<Mutex<Setting>>) {
    let input = encoder.static_pad("sink").expect("an encoder has a sink pad");
    let setting = setting.clone();
    let current = Mutex::new(Setting::default());
    let owner = encoder.downgrade();
    input.add_probe(gst::PadProbeType::BUFFER, move |_, _| {
        let wanted = *setting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut current = current.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(encoder) = owner.upgrade() else {
            return gst::PadProbeReturn::Ok;
        };
        // An encoder that is told a new rate reckons anew; for less than two per cent it need not.
        if wanted.bitrate.abs_diff(current.bitrate) > current.bitrate / 50 {
            set_encoder_bitrate(&encoder, factory, wanted.bitrate);
            current.bitrate = wanted.bitrate;
        }
        if wanted.is_careful != current.is_careful {
            set_encoder_care(&encoder, factory, wanted.is_careful);
            current.is_careful = wanted.is_careful;
        }
        gst::PadProbeReturn::Ok
    });
}

/// The camera's side of the chain: chooses the size and hands the frame over without copying its pixels.
struct Feed {
    source: gst_app::AppSrc,
    size: gst::Element,
    /// Of the last frame.
    caps: Option<gst::Caps>,
    /// That is encoded now; 0 before the first frame.
    height: u32,
    /// When the next frame is wanted, if fewer than the camera's are.
    due: Duration,
}

impl Feed {
    fn push(&mut self, sample: &gst::Sample, now: Duration, setting: &Setting, counters: &Counters) {
        let (Some(caps), Some(mut buffer)) = (sample.caps(), sample.buffer_owned()) else {
            return;
        };
        let Ok(info) = gst_video::VideoInfo::from_caps(caps) else {
            return;
        };
        let source_rate = rate_of(info.fps());
        counters.source_height.store(info.height(), Ordering::Relaxed);
        counters.source_rate.store(source_rate, Ordering::Relaxed);
        if !self.is_due(now, setting.frame_rate, source_rate) {
            return;
        }
        let is_new = self.caps.as_deref() != Some(caps);
        let height = setting.height.min(info.height());
        if is_new || height != self.height {
            let (width, height_px) = size(info.width(), info.height(), height);
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
        // Times of one camera mean nothing to the next, and an encoder whose time runs back gives no keyframe when asked:
        // the chain stamps frames by its own clock.
        let frame = buffer.make_mut();
        frame.set_pts(None);
        frame.set_dts(None);
        // Fails only while the pipeline stops; the frame is not needed then.
        let _ = self.source.push_buffer(buffer);
    }

    /// Thins the camera's frames evenly to the wanted rate.
    fn is_due(&mut self, now: Duration, wanted: u32, source_rate: u32) -> bool {
        if wanted == 0 {
            return false;
        }
        if wanted >= source_rate {
            return true;
        }
        let apart = Duration::from_secs(1) / wanted.max(1);
        // A frame that comes a little early is the one that is meant.
        if now + apart / 4 < self.due {
            return false;
        }
        self.due = (self.due + apart).max(now);
        true
    }
}

/// The size of the source's shape at this height, both even as 4:2:0 wants them.
fn size(source_width: u32, source_height: u32, height: u32) -> (u32, u32) {
    if height >= source_height {
        return (source_width, source_height);
    }
    let width = (u64::from(source_width) * u64::from(height) / u64::from(source_height.max(1))) as u32;
    ((width + 1) & !1, (height + 1) & !1)
}

/// A camera that does not tell its rate is taken to give 30.
fn rate_of(fps: gst::Fraction) -> u32 {
    let (frames, seconds) = (fps.numer(), fps.denom());
    if frames <= 0 || seconds <= 0 {
        return 30;
    }
    ((frames + seconds / 2) / seconds).max(1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_picture_keeps_the_shape_in_even_numbers_and_none_is_blown_up() {
        assert_eq!(size(640, 480, 360), (480, 360));
        assert_eq!(size(1280, 720, 240), (426, 240));
        assert_eq!(size(640, 480, 720), (640, 480));
    }
}
