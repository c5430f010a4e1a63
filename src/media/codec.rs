//! The two codecs of a call, and what RTP and the pipelines call them.

use std::fmt;

use gstreamer as gst;

use super::payload::{Vp8, begins_h264_keyframe};

/// RFC 7741 and RFC 6184 (packetization-mode 1, constrained baseline).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    Vp8,
    H264,
}

impl Codec {
    pub const ALL: [Codec; 2] = [Codec::Vp8, Codec::H264];

    /// The encoding name of the RTP payload format (RFC 4855), upper case.
    pub fn encoding_name(self) -> &'static str {
        match self {
            Codec::Vp8 => "VP8",
            Codec::H264 => "H264",
        }
    }

    /// Whether a whole picture begins with this RTP payload.
    pub fn begins_keyframe(self, payload: &[u8]) -> bool {
        match self {
            Codec::Vp8 => Vp8::read(payload).is_some_and(|vp8| vp8.begins_keyframe()),
            Codec::H264 => begins_h264_keyframe(payload).unwrap_or(false),
        }
    }

    pub(super) fn payloader(self) -> &'static str {
        match self {
            Codec::Vp8 => "rtpvp8pay",
            Codec::H264 => "rtph264pay",
        }
    }

    pub(super) fn depayloader(self) -> &'static str {
        match self {
            Codec::Vp8 => "rtpvp8depay",
            Codec::H264 => "rtph264depay",
        }
    }

    /// What lies between encoder and payloader, and between depayloader and decoder: whole access units.
    pub(super) fn stream_caps(self) -> gst::Caps {
        match self {
            Codec::Vp8 => gst::Caps::builder("video/x-vp8").build(),
            Codec::H264 => gst::Caps::builder("video/x-h264")
                .field("stream-format", "byte-stream")
                .field("alignment", "au")
                .build(),
        }
    }

    /// As [`Codec::stream_caps`], with the profile every browser decodes.
    pub(super) fn sent_caps(self) -> gst::Caps {
        let mut caps = self.stream_caps();
        if self == Codec::H264 {
            caps.make_mut().set("profile", "constrained-baseline");
        }
        caps
    }
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Codec::Vp8 => "VP8",
            Codec::H264 => "H.264",
        })
    }
}
