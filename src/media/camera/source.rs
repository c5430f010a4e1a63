//! The three sources, each ending in the same tail, and what a source reports.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use super::mode::Mode;
use super::y4m::Y4m;
use crate::media::error::MediaError;
use crate::media::pipeline::{Running, element, sentence, set};

/// The largest picture that is passed on, in pixels: 720p, or its upright twin.
const LARGEST: i32 = 1280;

/// What the supervisor must know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    FirstFrame,
    /// A file is open and may be told to loop.
    Ready,
    /// A file reached its end and waits for the next round.
    RoundDone,
    Ended,
    Failed(String),
}

/// Where a source's frames and news go.
pub struct Reporter {
    pub happened: Arc<dyn Fn(Happened) + Send + Sync>,
    pub frame: Arc<dyn Fn(&gst::Sample) + Send + Sync>,
}

/// A running source; stops when dropped.
pub struct Source {
    running: Running,
    is_file: bool,
    looping: AtomicBool,
    happened: Arc<dyn Fn(Happened) + Send + Sync>,
}

impl Source {
    /// Does what a file needs to go on for ever; a device needs nothing.
    pub fn answer(&self, happened: Happened) {
        if !self.is_file {
            if happened == Happened::Ended {
                (self.happened)(Happened::Failed("the stream ended".into()));
            }
            return;
        }
        let pipeline = &self.running.pipeline;
        let went = match happened {
            // A segment seek ends a round with a message instead of an end of stream, so the next one joins on
            // without a flush and without a gap.
            Happened::Ready if !self.looping.swap(true, Ordering::Relaxed) => {
                let rewound = self.seek(gst::SeekFlags::FLUSH | gst::SeekFlags::SEGMENT);
                rewound && pipeline.set_state(gst::State::Playing).is_ok()
            }
            Happened::RoundDone => self.seek(gst::SeekFlags::SEGMENT),
            Happened::Ended => self.seek(gst::SeekFlags::FLUSH | gst::SeekFlags::SEGMENT),
            _ => true,
        };
        if !went {
            (self.happened)(Happened::Failed("the file cannot be rewound".into()));
        }
    }

    fn seek(&self, flags: gst::SeekFlags) -> bool {
        self.running
            .pipeline
            .seek_simple(flags, gst::ClockTime::ZERO)
            .is_ok()
    }

    pub fn error(&self, reason: impl ToString) -> MediaError {
        self.running.error(reason)
    }
}

/// ```text
/// v4l2src ! caps(mode) [! jpegdec] ! tail
/// ```
pub fn device(path: &Path, mode: &Mode, reporter: Reporter) -> Result<Source, MediaError> {
    let running = Running::new("camera");
    let head = head(path, mode)?;
    let tail = tail(&reporter, false)?;
    let chain: Vec<_> = head.iter().chain(&tail).collect();
    running.chain(&chain)?;
    finish(running, false, reporter)
}

/// ```text
/// v4l2src ! caps(mode) [! jpegdec]
/// ```
fn head(path: &Path, mode: &Mode) -> Result<Vec<gst::Element>, MediaError> {
    let source = element("v4l2src")?;
    source.set_property("device", path.to_string_lossy().as_ref());
    let caps = element("capsfilter")?;
    caps.set_property("caps", &mode.caps);
    let mut head = vec![source, caps];
    if mode.is_jpeg {
        let decoder = element("jpegdec")?;
        // A camera's cable loses a picture now and then; that is no reason to stop.
        set(&decoder, &[("max-errors", "-1")]);
        head.push(decoder);
    }
    Ok(head)
}

/// Until exposure and focus have settled in the new mode, pictures are dark and soft.
const SETTLED: usize = 12;
/// For opening, settling and the picture itself; a slow mode gives five a second.
const STILL_PATIENCE: Duration = Duration::from_secs(4);

/// How often a still that is being taken looks whether anybody still wants it.
const LOOK: Duration = Duration::from_millis(100);

/// One picture of the device in a mode of its own, in its full size. The device must not be open elsewhere. Ends early
/// with [`MediaError::Closing`] when `closes` says so.
///
/// ```text
/// v4l2src ! caps(mode) [! jpegdec] ! videoconvert ! caps(I420) ! appsink
/// ```
pub fn still(path: &Path, mode: &Mode, mut closes: impl FnMut() -> bool) -> Result<gst::Sample, MediaError> {
    let running = Running::new("still camera");
    let mut chain = head(path, mode)?;
    chain.push(element("videoconvert")?);
    let caps = element("capsfilter")?;
    let wanted = gst::Caps::builder("video/x-raw").field("format", "I420");
    caps.set_property("caps", wanted.build());
    let sink = gst_app::AppSink::builder()
        .sync(false)
        .max_buffers(1)
        .drop(true)
        .build();
    chain.extend([caps, sink.clone().upcast()]);
    running.chain(&chain.iter().collect::<Vec<_>>())?;
    running.listen(|_| {});
    running.play()?;
    let deadline = Instant::now() + STILL_PATIENCE;
    let look = gst::ClockTime::from_mseconds(LOOK.as_millis() as u64);
    let (mut picture, mut seen) = (None, 0);
    while seen < SETTLED && Instant::now() < deadline && !sink.is_eos() {
        if closes() {
            return Err(MediaError::Closing);
        }
        if let Some(sample) = sink.try_pull_sample(look) {
            picture = Some(sample);
            seen += 1;
        }
    }
    picture.ok_or_else(|| running.error("no picture came"))
}

/// ```text
/// filesrc ! decodebin ! tail          looped by segment seeks, at the file's own rate
/// ```
pub fn file(path: &Path, reporter: Reporter) -> Result<Source, MediaError> {
    let running = Running::new("camera file");
    let source = element("filesrc")?;
    source.set_property("location", path.to_string_lossy().as_ref());
    let decoder = element("decodebin")?;
    running.chain(&[&source, &decoder])?;
    let tail = tail(&reporter, true)?;
    running.chain(&tail.iter().collect::<Vec<_>>())?;
    let entry = tail[0].static_pad("sink").expect("a tail has a sink pad");
    let entry = entry.downgrade();
    decoder.connect_pad_added(move |_, pad| {
        if let Some(entry) = entry.upgrade().filter(|entry| !entry.is_linked()) {
            // What is no video does not fit and stays unlinked, which decodebin bears.
            let _ = pad.link(&entry);
        }
    });
    finish(running, true, reporter)
}

/// An uncompressed file is read by ourselves, round after round without a seek: `y4mdec` cannot seek by segments.
///
/// ```text
/// appsrc(frames numbered on and on) ! tail
/// ```
pub fn uncompressed(mut video: Y4m, reporter: Reporter) -> Result<Source, MediaError> {
    let running = Running::new("camera file");
    let source = gst_app::AppSrc::builder()
        .caps(&video.caps())
        .format(gst::Format::Time)
        .max_buffers(1)
        .max_bytes(0)
        .build();
    let failed = reporter.happened.clone();
    source.set_callbacks(
        gst_app::AppSrcCallbacks::builder()
            .need_data(move |source, _| match video.next_frame() {
                // Fails only while the pipeline stops.
                Ok(frame) => drop(source.push_buffer(frame)),
                Err(error) => failed(Happened::Failed(format!("the file cannot be read: {error}"))),
            })
            .build(),
    );
    let tail = tail(&reporter, true)?;
    let chain: Vec<_> = [source.upcast()].into_iter().chain(tail).collect();
    running.chain(&chain.iter().collect::<Vec<_>>())?;
    finish(running, false, reporter)
}

/// A calm ball that wanders over a dark ground: obviously nobody's picture.
///
/// ```text
/// videotestsrc(live, 640×480@30) ! tail
/// ```
pub fn generated(reporter: Reporter) -> Result<Source, MediaError> {
    let running = Running::new("drawing");
    let source = element("videotestsrc")?;
    source.set_property("is-live", true);
    set(
        &source,
        &[
            ("pattern", "ball"),
            ("motion", "sweep"),
            ("background-color", "0xff24313d"),
            ("foreground-color", "0xffe8c35a"),
        ],
    );
    let caps = element("capsfilter")?;
    caps.set_property(
        "caps",
        gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("width", 640i32)
            .field("height", 480i32)
            .field("framerate", gst::Fraction::new(30, 1))
            .build(),
    );
    let tail = tail(&reporter, false)?;
    let chain: Vec<_> = [source, caps].into_iter().chain(tail).collect();
    running.chain(&chain.iter().collect::<Vec<_>>())?;
    finish(running, false, reporter)
}

/// ```text
/// videorate(≤ 30) ! videoconvertscale ! caps(I420, ≤ 1280) ! appsink
/// ```
fn tail(reporter: &Reporter, paced: bool) -> Result<Vec<gst::Element>, MediaError> {
    let convert = element("videoconvertscale")?;
    let rate = element("videorate")?;
    set(&rate, &[("drop-only", "true"), ("max-rate", "30")]);
    let caps = element("capsfilter")?;
    caps.set_property(
        "caps",
        gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("pixel-aspect-ratio", gst::Fraction::new(1, 1))
            .field("width", gst::IntRange::new(16, LARGEST))
            .field("height", gst::IntRange::new(16, LARGEST))
            .build(),
    );
    let sink = gst_app::AppSink::builder()
        .sync(paced)
        .max_buffers(1)
        .drop(true)
        .build();
    let frame = reporter.frame.clone();
    let happened = reporter.happened.clone();
    let seen = AtomicBool::new(false);
    sink.set_callbacks(
        gst_app::AppSinkCallbacks::builder()
            .new_sample(move |sink| {
                let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                frame(&sample);
                if !seen.swap(true, Ordering::Relaxed) {
                    happened(Happened::FirstFrame);
                }
                Ok(gst::FlowSuccess::Ok)
            })
            .build(),
    );
    // What is thinned out first need not be converted.
    Ok(vec![rate, convert, caps, sink.upcast()])
}

fn finish(running: Running, is_file: bool, reporter: Reporter) -> Result<Source, MediaError> {
    let happened = reporter.happened.clone();
    running.listen(move |message| {
        use gst::MessageView::{AsyncDone, Eos, Error, SegmentDone};
        match message.view() {
            AsyncDone(_) => happened(Happened::Ready),
            SegmentDone(_) => happened(Happened::RoundDone),
            Eos(_) => happened(Happened::Ended),
            Error(error) => happened(Happened::Failed(sentence(error))),
            _ => {}
        }
    });
    // A file waits in Paused for its first segment seek, see `Source::answer`.
    let target = if is_file {
        gst::State::Paused
    } else {
        gst::State::Playing
    };
    running
        .pipeline
        .set_state(target)
        .map_err(|error| running.error(error))?;
    Ok(Source {
        running,
        is_file,
        looping: AtomicBool::new(false),
        happened: reporter.happened,
    })
}
