//! Which devices there are, and in which of its modes a camera is opened.
//!
//! 640×480 at 30 a second is what a signed conversation needs; uncompressed costs no decoding, MJPEG is what cheap
//! cameras give over USB 2. Larger pictures are taken when nothing else is on offer and made smaller afterwards.

use std::path::{Path, PathBuf};

use gst::prelude::*;
use gstreamer as gst;

/// How a camera is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mode {
    pub caps: gst::Caps,
    /// Frames come as JPEG pictures.
    pub is_jpeg: bool,
}

impl Mode {
    /// None where any will do.
    fn size(&self) -> Option<(i32, i32)> {
        let caps = self.caps.structure(0)?;
        Some((caps.get("width").ok()?, caps.get("height").ok()?))
    }
}

/// Every V4L2 node, lowest number first; not all of them are cameras.
pub fn nodes() -> Vec<PathBuf> {
    let mut nodes: Vec<(u32, PathBuf)> = std::fs::read_dir("/dev")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.strip_prefix("video")?.parse().ok()?;
            Some((number, entry.path()))
        })
        .collect();
    nodes.sort();
    nodes.into_iter().map(|(_, path)| path).collect()
}

/// The best mode of the device, and the one for a still if it is sharper; none when it is absent, busy or no camera. A
/// streaming device tells only the mode it is in, so both are asked for at once.
pub fn of_device(path: &Path) -> Option<(Mode, Option<Mode>)> {
    let offered = offers(path)?;
    let mode = choose(&offered)?;
    let sharper = sharper(&offered, &mode);
    Some((mode, sharper))
}

fn offers(path: &Path) -> Option<gst::Caps> {
    if !path.exists() {
        return None;
    }
    let source = gst::ElementFactory::make("v4l2src")
        .property("device", path.to_str()?)
        .build()
        .ok()?;
    // Opening happens on the way to Ready, and with it the check that the node captures.
    let opened = source.set_state(gst::State::Ready).is_ok();
    let caps = if opened {
        source.static_pad("src").map(|pad| pad.query_caps(None))
    } else {
        None
    };
    let _ = source.set_state(gst::State::Null);
    caps
}

/// The sharpest of the offered modes, however slow it is: one picture is enough. None when it has no more pixels than the
/// one that streams.
pub fn sharper(offered: &gst::Caps, streams: &Mode) -> Option<Mode> {
    const SIZES: [(i32, i32); 8] = [
        (3840, 2160),
        (3264, 2448),
        (2592, 1944),
        (2560, 1440),
        (1920, 1080),
        (1600, 1200),
        (1280, 960),
        (1280, 720),
    ];
    // An odd camera's size is known only when it streams.
    let here = streams.size().map_or(0, |(width, height)| width * height);
    let larger = SIZES.into_iter().filter(|(width, height)| width * height > here);
    let mut modes = larger.flat_map(|size| {
        // Uncompressed pictures of this size are slow over USB 2 and no sharper to the eye.
        ["image/jpeg", "video/x-raw"].map(|media| (media, size))
    });
    modes.find_map(|(media, (width, height))| {
        let caps = gst::Caps::builder(media)
            .field("width", width)
            .field("height", height)
            .build();
        offered.can_intersect(&caps).then_some(Mode {
            caps,
            is_jpeg: media == "image/jpeg",
        })
    })
}

/// The best of the offered modes.
pub fn choose(offered: &gst::Caps) -> Option<Mode> {
    /// Media type, size, slowest and fastest frame rate.
    type Wish = (&'static str, Option<(i32, i32)>, (i32, i32));
    const WISHES: [Wish; 8] = [
        ("video/x-raw", Some((640, 480)), (25, 30)),
        ("image/jpeg", Some((640, 480)), (25, 30)),
        ("image/jpeg", Some((1280, 720)), (25, 30)),
        ("video/x-raw", Some((1280, 720)), (25, 30)),
        ("image/jpeg", None, (20, 60)),
        ("video/x-raw", None, (20, 60)),
        ("image/jpeg", None, (1, 240)),
        ("video/x-raw", None, (1, 240)),
    ];
    WISHES.iter().find_map(|(media, size, (slowest, fastest))| {
        let mut wish = gst::Caps::builder(*media).field(
            "framerate",
            gst::FractionRange::new(gst::Fraction::new(*slowest, 1), gst::Fraction::new(*fastest, 1)),
        );
        if let Some((width, height)) = size {
            wish = wish.field("width", *width).field("height", *height);
        }
        let caps = wish.build();
        offered.can_intersect(&caps).then_some(Mode {
            caps,
            is_jpeg: *media == "image/jpeg",
        })
    })
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn offered(text: &str) -> gst::Caps {
        gst::init().unwrap();
        gst::Caps::from_str(text).unwrap()
    }

    #[test]
    fn a_usual_webcam_is_opened_uncompressed_at_480_lines() {
        let caps = offered(
            "video/x-raw, format=YUY2, width=1280, height=720, framerate=10/1; \
             video/x-raw, format=YUY2, width=640, height=480, framerate={ (fraction)30/1, (fraction)15/1 }; \
             image/jpeg, width=1280, height=720, framerate=30/1",
        );
        let mode = choose(&caps).unwrap();
        assert!(!mode.is_jpeg);
        assert_eq!(mode.caps.structure(0).unwrap().get::<i32>("height").unwrap(), 480);
    }

    #[test]
    fn frame_rate_comes_before_the_want_of_compression() {
        let caps = offered(
            "video/x-raw, format=YUY2, width=640, height=480, framerate=15/1; \
             image/jpeg, width=640, height=480, framerate=30/1",
        );
        assert!(choose(&caps).unwrap().is_jpeg);
    }

    #[test]
    fn an_odd_camera_is_better_than_none() {
        assert!(
            choose(&offered(
                "video/x-raw, format=NV12, width=1920, height=1080, framerate=5/1"
            ))
            .is_some()
        );
        assert!(
            choose(&offered(
                "video/x-raw, format=NV12, width=[16,1920], height=[16,1080], framerate=[0/1,60/1]"
            ))
            .is_some()
        );
        assert_eq!(
            choose(&offered("video/x-h264, width=640, height=480, framerate=30/1")),
            None
        );
    }

    #[test]
    fn a_still_is_taken_in_the_sharpest_mode_however_slow() {
        let caps = offered(
            "video/x-raw, format=YUY2, width=640, height=480, framerate=30/1; \
             video/x-raw, format=YUY2, width=1920, height=1080, framerate=5/1; \
             image/jpeg, width=1280, height=720, framerate=30/1",
        );
        let mode = sharper(&caps, &choose(&caps).unwrap()).unwrap();
        assert!(!mode.is_jpeg);
        assert_eq!(mode.size(), Some((1920, 1080)));
    }

    #[test]
    fn nothing_is_sharper_than_what_streams_in_the_same_size() {
        for (width, height) in [(640, 480), (1280, 720)] {
            let caps = offered(&format!(
                "image/jpeg, width={width}, height={height}, framerate=30/1"
            ));
            let streams = choose(&caps).unwrap();
            assert_eq!(streams.size(), Some((width, height)));
            assert_eq!(sharper(&caps, &streams), None);
        }
        let caps = offered(
            "image/jpeg, width=1280, height=720, framerate=30/1; \
             image/jpeg, width=1280, height=960, framerate=15/1",
        );
        let mode = sharper(&caps, &choose(&caps).unwrap()).unwrap();
        assert_eq!(mode.size(), Some((1280, 960)));
    }

    #[test]
    fn a_node_that_is_not_there_has_no_mode() {
        gst::init().unwrap();
        assert_eq!(of_device(Path::new("/dev/video-none")), None);
    }
}
