//! One picture of a file, in whatever format GStreamer reads, as RGBA.
//!
//! ```text
//! filesrc ! decodebin ! videoconvertscale ! RGBA, square pixels, ≤ 1920 ! appsink
//! ```

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_video as gst_video;
use gstreamer_video::prelude::*;

use super::error::MediaError;
use super::pipeline::{Running, element, sentence};

/// A picture that takes longer is none.
const WITHIN: Duration = Duration::from_secs(5);

/// Of each side, in pixels: no panel shows more of it, and what is larger is kept and drawn for nothing.
const LARGEST: i32 = 1920;

const NO_PICTURE: &str = "there is no picture in it";

#[derive(Debug, Clone)]
pub struct Image {
    pub width: u32,
    pub height: u32,
    /// Rows without padding.
    pub rgba: Bytes,
}

pub fn read(file: &Path) -> Result<Image, MediaError> {
    super::init()?;
    let running = Running::new("image");
    let source = element("filesrc")?;
    source.set_property("location", file);
    let decoder = element("decodebin")?;
    let converter = element("videoconvertscale")?;
    let sink = gst_app::AppSink::builder()
        .sync(false)
        .max_buffers(1)
        .caps(
            &gst_video::VideoCapsBuilder::new()
                .format(gst_video::VideoFormat::Rgba)
                .pixel_aspect_ratio(gst::Fraction::new(1, 1))
                .width_range(1..=LARGEST)
                .height_range(1..=LARGEST)
                .build(),
        )
        .build();
    running.chain(&[&source, &decoder])?;
    running.chain(&[&converter, sink.upcast_ref()])?;
    let input = converter.static_pad("sink").expect("a converter has one way in");
    decoder.connect_pad_added(move |_, pad| {
        // What is not a picture finds no way, and the bus tells.
        let _ = pad.link(&input);
    });
    let (tell, told) = mpsc::channel();
    let failed = tell.clone();
    running.listen(move |message| {
        let reason = match message.view() {
            gst::MessageView::Error(error) => sentence(error),
            gst::MessageView::Eos(_) => NO_PICTURE.to_owned(),
            _ => return,
        };
        // Nobody listens any more when the picture is there.
        let _ = failed.send(Err(reason));
    });
    sink.set_callbacks(
        gst_app::AppSinkCallbacks::builder()
            .new_sample(move |sink| {
                let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                let _ = tell.send(Ok(sample));
                // One is enough.
                Err(gst::FlowError::Eos)
            })
            .build(),
    );
    running.play()?;
    let sample = told
        .recv_timeout(WITHIN)
        .unwrap_or_else(|_| Err(NO_PICTURE.to_owned()))
        .map_err(|reason| running.error(reason))?;
    let unreadable = || running.error("its picture cannot be read");
    let (buffer, caps) = sample.buffer().zip(sample.caps()).ok_or_else(unreadable)?;
    let info = gst_video::VideoInfo::from_caps(caps).map_err(|error| running.error(error))?;
    let frame =
        gst_video::VideoFrameRef::from_buffer_ref_readable(buffer, &info).map_err(|_| unreadable())?;
    let (width, height) = (frame.width(), frame.height());
    let stride = usize::try_from(frame.plane_stride()[0]).map_err(|_| unreadable())?;
    let row = width as usize * 4;
    let data = frame.plane_data(0).map_err(|_| unreadable())?;
    let rows = data.chunks(stride).take(height as usize);
    let rgba: Vec<u8> = rows.flat_map(|line| &line[..row]).copied().collect();
    Ok(Image {
        width,
        height,
        rgba: rgba.into(),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// Three pixels by two: red, green, blue; three greys.
    const PNG: &[u8] = &[
        137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0,
        18, 22, 241, 77, 0, 0, 0, 23, 73, 68, 65, 84, 120, 156, 99, 248, 207, 192, 192, 0, 193, 156, 156,
        156, 28, 28, 28, 236, 236, 236, 0, 46, 97, 3, 70, 157, 79, 142, 58, 0, 0, 0, 0, 73, 69, 78, 68, 174,
        66, 96, 130,
    ];

    #[test]
    fn a_picture_is_read_pixel_by_pixel() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("way.png");
        std::fs::write(&file, PNG).unwrap();
        match read(&file) {
            Ok(still) => {
                assert_eq!((still.width, still.height), (3, 2));
                assert_eq!(still.rgba[..4], [255, 0, 0, 255]);
                assert_eq!(still.rgba[20..], [7, 7, 7, 255]);
            }
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn what_is_no_picture_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("way.png");
        let begun = Instant::now();
        assert!(read(&file).is_err());
        std::fs::write(&file, "words").unwrap();
        assert!(read(&file).is_err());
        std::fs::write(&file, &PNG[..40]).unwrap();
        assert!(read(&file).is_err());
        assert!(begun.elapsed() < WITHIN, "nobody waits for what is broken");
    }

    #[test]
    fn a_large_picture_is_kept_as_large_as_a_panel_shows_it() {
        crate::media::init().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.jpg");
        let line = format!(
            "videotestsrc num-buffers=1 ! video/x-raw,width=4000,height=3000 ! jpegenc ! filesink location={}",
            file.display()
        );
        let drawing = gst::parse::launch(&line).unwrap();
        drawing.set_state(gst::State::Playing).unwrap();
        let end = drawing.bus().unwrap().timed_pop_filtered(
            gst::ClockTime::from_seconds(10),
            &[gst::MessageType::Eos, gst::MessageType::Error],
        );
        drawing.set_state(gst::State::Null).unwrap();
        assert_eq!(end.unwrap().type_(), gst::MessageType::Eos);
        let plan = read(&file).unwrap();
        assert_eq!((plan.width, plan.height), (1920, 1440));
    }
}
