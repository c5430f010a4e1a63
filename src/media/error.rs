//! What can be wrong with the world of devices and plugins, and the check at the start that finds most of it.

use std::sync::OnceLock;

use super::codec::Codec;

/// Each says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    #[error("GStreamer does not start: {0}. Install the Debian package libgstreamer1.0-0 and its plugins")]
    Start(String),
    #[error("GStreamer has no element `{element}`: install the Debian package {package}")]
    Missing {
        element: &'static str,
        package: &'static str,
    },
    #[error(
        "no working {0} encoder: install gstreamer1.0-plugins-good (VP8) or gstreamer1.0-plugins-ugly (H.264)"
    )]
    NoEncoder(Codec),
    #[error("no working {0} decoder: install gstreamer1.0-plugins-good (VP8) or gstreamer1.0-libav (H.264)")]
    NoDecoder(Codec),
    #[error("the {chain} pipeline fails: {reason}")]
    Pipeline { chain: &'static str, reason: String },
    #[error("camera `{0}` is not understood: write auto, generated, /dev/videoN or file:PATH")]
    CameraName(String),
    #[error("the camera is being closed")]
    Closing,
    #[error("the camera gives no still: it gives no picture at all now")]
    NoStill,
    #[error("no thread for {0}: the system is out of threads or memory")]
    Thread(&'static str),
}

/// What no call can do without, and the Debian package it comes in.
const NEEDED: &[(&str, &str)] = &[
    ("appsrc", "gstreamer1.0-plugins-base"),
    ("appsink", "gstreamer1.0-plugins-base"),
    ("videotestsrc", "gstreamer1.0-plugins-base"),
    ("videoconvertscale", "gstreamer1.0-plugins-base"),
    ("decodebin", "gstreamer1.0-plugins-base"),
    ("opusenc", "gstreamer1.0-plugins-base"),
    ("opusdec", "gstreamer1.0-plugins-base"),
    ("v4l2src", "gstreamer1.0-plugins-good"),
    ("jpegdec", "gstreamer1.0-plugins-good"),
    ("jpegenc", "gstreamer1.0-plugins-good"),
    ("rtpjitterbuffer", "gstreamer1.0-plugins-good"),
    ("rtpopuspay", "gstreamer1.0-plugins-good"),
    ("vp8enc", "gstreamer1.0-plugins-good"),
    ("vp8dec", "gstreamer1.0-plugins-good"),
];

/// Starts GStreamer, once in a process; later calls repeat the first one's answer.
pub fn init() -> Result<(), MediaError> {
    static STARTED: OnceLock<Result<(), MediaError>> = OnceLock::new();
    STARTED
        .get_or_init(|| {
            gstreamer::init().map_err(|error| MediaError::Start(error.to_string()))?;
            match NEEDED
                .iter()
                .find(|(element, _)| gstreamer::ElementFactory::find(element).is_none())
            {
                Some(&(element, package)) => Err(MediaError::Missing { element, package }),
                None => Ok(()),
            }
        })
        .clone()
}
