//! What is offered, and under which payload types.

use rtc::rtp_transceiver::rtp_sender::{RTCPFeedback, RTCRtpCodec, RTCRtpCodecParameters};

use crate::media::codec::Codec;

fn payload_type(codec: Codec) -> u8 {
    match codec {
        Codec::Vp8 => 96,
        Codec::H264 => 102,
    }
}

/// What we offered under this payload type; whoever answers keeps to it (RFC 3264 §6.1).
pub(super) fn codec_of(payload_type: u8) -> Option<Codec> {
    Codec::ALL
        .into_iter()
        .find(|codec| self::payload_type(*codec) == payload_type)
}

/// Without RTX (RFC 4588): repairs come under the picture's own numbers, and so does a browser's padding. The crate does
/// unpack RTX and the decoder would take its repairs as they are, but nobody has tried it with browsers.
pub(super) fn video(codec: Codec) -> RTCRtpCodecParameters {
    let (mime, fmtp) = match codec {
        Codec::Vp8 => ("video/VP8", ""),
        Codec::H264 => (
            "video/H264",
            "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        ),
    };
    RTCRtpCodecParameters {
        rtp_codec: RTCRtpCodec {
            mime_type: mime.to_owned(),
            clock_rate: 90_000,
            channels: 0,
            sdp_fmtp_line: fmtp.to_owned(),
            rtcp_feedback: [("nack", ""), ("nack", "pli"), ("ccm", "fir"), ("goog-remb", "")]
                .map(|(kind, parameter)| RTCPFeedback {
                    typ: kind.to_owned(),
                    parameter: parameter.to_owned(),
                })
                .to_vec(),
        },
        payload_type: payload_type(codec),
    }
}

/// Parity, and what it travels in: not codecs, but that is how they are offered.
pub(super) fn protection(mime: &str, payload_type: u8) -> RTCRtpCodecParameters {
    RTCRtpCodecParameters {
        rtp_codec: RTCRtpCodec {
            mime_type: mime.to_owned(),
            clock_rate: 90_000,
            ..Default::default()
        },
        payload_type,
    }
}

pub(super) fn opus() -> RTCRtpCodecParameters {
    RTCRtpCodecParameters {
        rtp_codec: RTCRtpCodec {
            mime_type: "audio/opus".to_owned(),
            clock_rate: 48_000,
            channels: 2,
            sdp_fmtp_line: "minptime=10;useinbandfec=1".to_owned(),
            rtcp_feedback: vec![],
        },
        payload_type: 111,
    }
}
