//! A still of what the camera sees: sharp enough to read a paper, as a JPEG to send and as pixels to show.
//!
//! ```text
//! appsrc(1 frame) ! videoconvertscale ! caps(RGB, ≤ 2560) ! jpegenc ! appsink
//! ```
//!
//! Where the frame comes from is the business of [`Camera::still`](super::camera::Camera::still). It is as it was seen,
//! not mirrored, and in memory alone.

use bytes::Bytes;
use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use super::error::MediaError;
use super::frame::{Area, Frame, FrameSlot, Place};
use super::paint::{Painter, Side};
use super::pipeline::{Running, element};

/// Of the long side, in pixels. A page fills less than the picture, and at 2560 its smallest print is 15 pixels high.
const LARGEST: i32 = 2560;

/// What a screen shows of it, at most, each way.
const SHOWN: u32 = 1280;

/// Of jpegenc, 0–100: letters have no rings around them.
const QUALITY: i32 = 92;

const PATIENCE: gst::ClockTime = gst::ClockTime::from_seconds(5);

#[derive(Clone)]
pub struct Still {
    pub jpeg: Bytes,
    /// The same, smaller.
    pub shown: Frame,
}

impl std::fmt::Debug for Still {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Still(…)")
    }
}

/// Takes some hundred milliseconds of a core.
pub(super) fn of(sample: &gst::Sample) -> Result<Still, MediaError> {
    Ok(Still {
        jpeg: jpeg(sample)?,
        shown: shown(sample)?,
    })
}

fn jpeg(sample: &gst::Sample) -> Result<Bytes, MediaError> {
    let running = Running::new("still");
    let source = gst_app::AppSrc::builder().format(gst::Format::Time).build();
    let size = element("capsfilter")?;
    let largest = gst::IntRange::new(16, LARGEST);
    let wanted = gst::Caps::builder("video/x-raw")
        // As RGB, because JFIF knows the whole range alone: what video calls white, 235, would be read as grey.
        .field("format", "RGB")
        .field("pixel-aspect-ratio", gst::Fraction::new(1, 1))
        .field("width", largest)
        .field("height", largest);
    size.set_property("caps", wanted.build());
    let encoder = element("jpegenc")?;
    encoder.set_property("quality", QUALITY);
    let sink = gst_app::AppSink::builder().sync(false).build();
    running.chain(&[
        source.upcast_ref(),
        &element("videoconvertscale")?,
        &size,
        &encoder,
        sink.upcast_ref(),
    ])?;
    running.listen(|_| {});
    running.play()?;
    source
        .push_sample(sample)
        .and_then(|_| source.end_of_stream())
        .map_err(|error| running.error(error))?;
    let picture = sink.try_pull_sample(PATIENCE);
    let picture = picture.ok_or_else(|| running.error("no picture came"))?;
    let buffer = picture
        .buffer_owned()
        .ok_or_else(|| running.error("an empty picture came"))?;
    let bytes = buffer
        .into_mapped_buffer_readable()
        .map_err(|_| running.error("the picture cannot be read"))?;
    Ok(Bytes::from_owner(bytes))
}

fn shown(sample: &gst::Sample) -> Result<Frame, MediaError> {
    let slot = FrameSlot::new();
    slot.place(Place::Clear(Area {
        x: 0,
        y: 0,
        width: SHOWN,
        height: SHOWN,
        scale: 120,
    }));
    let unpaintable = || MediaError::Pipeline {
        chain: "still",
        reason: "the picture cannot be painted".to_owned(),
    };
    Painter::new(slot.clone(), Side::AsSeen)
        .paint(sample)
        .map_err(|_| unpaintable())?;
    slot.latest().ok_or_else(unpaintable)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of video's white, or of its black.
    fn sample(luma: u8, width: u32, height: u32) -> gst::Sample {
        crate::media::init().expect("GStreamer starts");
        let caps = gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("width", width as i32)
            .field("height", height as i32)
            .field("framerate", gst::Fraction::new(30, 1))
            .build();
        let samples = (width * height) as usize;
        let mut pixels = vec![luma; samples];
        pixels.extend(vec![128; samples / 2]);
        gst::Sample::builder()
            .caps(&caps)
            .buffer(&gst::Buffer::from_mut_slice(pixels))
            .build()
    }

    /// The first sample of brightness, as any reader of JPEG sees it, and the size.
    fn read(jpeg: &Bytes) -> (u8, (i32, i32)) {
        let running = Running::new("reading");
        let source = gst_app::AppSrc::builder()
            .caps(&gst::Caps::new_empty_simple("image/jpeg"))
            .build();
        let sink = gst_app::AppSink::builder().sync(false).build();
        running
            .chain(&[
                source.upcast_ref(),
                &element("jpegdec").unwrap(),
                sink.upcast_ref(),
            ])
            .unwrap();
        running.play().unwrap();
        source.push_buffer(gst::Buffer::from_slice(jpeg.clone())).unwrap();
        source.end_of_stream().unwrap();
        let picture = sink.try_pull_sample(PATIENCE).expect("it is a JPEG");
        let caps = picture.caps().unwrap().structure(0).unwrap();
        let size = (caps.get("width").unwrap(), caps.get("height").unwrap());
        let pixels = picture.buffer().unwrap().map_readable().unwrap();
        (pixels[0], size)
    }

    #[test]
    fn white_paper_is_white_and_black_ink_is_black() {
        for (luma, least, most) in [(235, 250, 255), (16, 0, 5)] {
            let still = of(&sample(luma, 64, 48)).unwrap();
            assert!((least..=most).contains(&read(&still.jpeg).0), "{luma}");
            assert!((least..=most).contains(&still.shown.rgba[0]), "{luma}");
        }
    }

    #[test]
    fn a_still_keeps_the_size_of_the_camera_up_to_2560() {
        assert_eq!(read(&of(&sample(90, 1920, 1080)).unwrap().jpeg).1, (1920, 1080));
        let (_, (width, height)) = read(&of(&sample(90, 3840, 2160)).unwrap().jpeg);
        assert_eq!((width, height), (2560, 1440));
        let shown = of(&sample(90, 1920, 1080)).unwrap().shown;
        assert_eq!((shown.width, shown.height), (1280, 720));
    }
}
