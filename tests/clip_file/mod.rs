//! A clip of two seconds for stories: four colours, half a second each, VP8 in WebM with a keyframe in each colour.
#![allow(dead_code, reason = "each story uses its own part")]

use std::path::{Path, PathBuf};

use gstreamer as gst;
use gstreamer::prelude::*;
use gstreamer_app as gst_app;
use zhest::media::frame::Frame;

/// As RGB.
pub const COLOURS: [[u8; 3]; 4] = [[200, 30, 30], [30, 160, 30], [30, 60, 200], [220, 220, 220]];

const SIZE: (i32, i32) = (640, 360);
const RATE: i32 = 25;
const FRAMES: usize = 50;

pub struct Made {
    /// Lives as long as the file is needed.
    _folder: tempfile::TempDir,
    pub path: PathBuf,
}

pub fn make() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clip.webm");
    write(&path, 0);
    Made {
        _folder: folder,
        path,
    }
}

/// The colours begin with the one of that number, so that two clips are told apart.
pub fn write(path: &Path, first: usize) {
    zhest::media::init().unwrap();
    let line = "appsrc name=source format=time ! videoconvert ! video/x-raw,format=I420 \
                ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=12 ! webmmux ! filesink name=sink";
    run(line, path, |source| {
        let (width, height) = SIZE;
        source.set_caps(Some(
            &gst::Caps::builder("video/x-raw")
                .field("format", "RGB")
                .field("width", width)
                .field("height", height)
                .field("framerate", gst::Fraction::new(RATE, 1))
                .build(),
        ));
        for number in 0..FRAMES {
            let colour = COLOURS[(first + number * COLOURS.len() / FRAMES) % COLOURS.len()];
            let pixels = colour.repeat((width * height) as usize);
            let mut buffer = gst::Buffer::from_mut_slice(pixels);
            let fresh = buffer.get_mut().unwrap();
            let frame = gst::ClockTime::from_mseconds(1000 / RATE as u64);
            fresh.set_pts(frame * number as u64);
            fresh.set_duration(frame);
            source.push_buffer(buffer).unwrap();
        }
    });
}

/// A file without any picture.
pub fn sound(path: &Path) {
    zhest::media::init().unwrap();
    let line = "appsrc name=source format=time ! audioconvert ! audioresample ! opusenc ! oggmux ! filesink name=sink";
    run(line, path, |source| {
        source.set_caps(Some(
            &gst::Caps::builder("audio/x-raw")
                .field("format", "S16LE")
                .field("layout", "interleaved")
                .field("rate", 48_000i32)
                .field("channels", 1i32)
                .build(),
        ));
        source
            .push_buffer(gst::Buffer::from_mut_slice(vec![0u8; 96_000]))
            .unwrap();
    });
}

fn run(line: &str, path: &Path, feed: impl FnOnce(&gst_app::AppSrc)) {
    let pipeline = gst::parse::launch(line)
        .unwrap()
        .downcast::<gst::Pipeline>()
        .unwrap();
    let by_name = |name| pipeline.by_name(name).unwrap();
    by_name("sink").set_property("location", path);
    let source = by_name("source").downcast::<gst_app::AppSrc>().unwrap();
    source.set_max_bytes(0);
    pipeline.set_state(gst::State::Playing).unwrap();
    feed(&source);
    source.end_of_stream().unwrap();
    let bus = pipeline.bus().unwrap();
    let end = bus.timed_pop_filtered(
        gst::ClockTime::from_seconds(20),
        &[gst::MessageType::Eos, gst::MessageType::Error],
    );
    pipeline.set_state(gst::State::Null).unwrap();
    let end = end.expect("the file is written in time");
    assert_eq!(end.type_(), gst::MessageType::Eos, "{end:?}");
}

/// Which of the colours a frame has in its middle.
pub fn colour(frame: &Frame) -> Option<usize> {
    let middle = (frame.height / 2 * frame.width + frame.width / 2) as usize * 4;
    let seen = &frame.rgba[middle..middle + 3];
    COLOURS.iter().position(|colour| {
        colour
            .iter()
            .zip(seen)
            .all(|(wanted, seen)| wanted.abs_diff(*seen) < 40)
    })
}
