//! Which codecs this machine can send and receive, and by which element.
//!
//! Hardware elements register only where the hardware is, and some register and then fail, so every candidate has
//! to carry a few frames through a trial pipeline before it is trusted. Order: VA, V4L2, software. The answer is kept
//! for the life of the process.

use std::sync::OnceLock;

use gst::prelude::*;
use gstreamer as gst;

use super::codec::Codec;
use super::error::MediaError;
use super::pipeline::{Running, element, set};

/// Best first.
fn encoders(codec: Codec) -> &'static [&'static str] {
    match codec {
        Codec::Vp8 => &["vp8enc"],
        Codec::H264 => &[
            "vah264lpenc",
            "vah264enc",
            "v4l2h264enc",
            "x264enc",
            "openh264enc",
        ],
    }
}

/// Best first. VA and V4L2 decoders of VP8 are left out: at 480p they save less than the copy back costs. FFmpeg's comes
/// last: with it 18 MiB of libraries are loaded that nothing else here needs.
fn decoders(codec: Codec) -> &'static [&'static str] {
    match codec {
        Codec::Vp8 => &["vp8dec"],
        Codec::H264 => &["vah264dec", "v4l2h264dec", "openh264dec", "avdec_h264"],
    }
}

/// What can be both sent and received here, best first: a codec with a hardware encoder leads, else VP8. The first call
/// tries the elements and takes some tenths of a second.
pub fn usable() -> Vec<Codec> {
    if super::init().is_err() {
        return Vec::new();
    }
    let works = |codec: &Codec| encoder_of(*codec).is_some() && decoder_of(*codec).is_some();
    let mut codecs: Vec<_> = Codec::ALL.into_iter().filter(works).collect();
    codecs.sort_by_key(|codec| !encoder_of(*codec).is_some_and(is_hardware));
    codecs
}

fn is_hardware(factory: &str) -> bool {
    factory.starts_with("va") || factory.starts_with("v4l2")
}

/// The factory of the best encoder that passed its trial.
pub(super) fn encoder_of(codec: Codec) -> Option<&'static str> {
    static FOUND: OnceLock<[Option<&'static str>; 2]> = OnceLock::new();
    FOUND.get_or_init(|| {
        Codec::ALL.map(|codec| {
            encoders(codec)
                .iter()
                .copied()
                .find(|factory| carries(codec, factory, None))
        })
    })[codec as usize]
}

/// The factory of the best decoder that passed its trial. Without an encoder there is nothing to try it with, and
/// the first registered one is taken on trust.
pub(super) fn decoder_of(codec: Codec) -> Option<&'static str> {
    static FOUND: OnceLock<[Option<&'static str>; 2]> = OnceLock::new();
    FOUND.get_or_init(|| {
        Codec::ALL.map(|codec| {
            let mut registered = decoders(codec)
                .iter()
                .copied()
                .filter(|factory| is_registered(factory));
            match encoder_of(codec) {
                Some(encoder) => registered.find(|decoder| carries(codec, encoder, Some(decoder))),
                None => registered.next(),
            }
        })
    })[codec as usize]
}

fn is_registered(factory: &str) -> bool {
    gst::ElementFactory::find(factory).is_some()
}

/// Whether a few frames get through the encoder, and the decoder if there is one, within three seconds.
///
/// ```text
/// videotestsrc(8 frames) ! videoconvertscale ! encoder ! caps [! h264parse ! decoder] ! fakesink
/// ```
fn carries(codec: Codec, encoder: &'static str, decoder: Option<&'static str>) -> bool {
    is_registered(encoder) && try_to_carry(codec, encoder, decoder).unwrap_or(false)
}

fn try_to_carry(
    codec: Codec,
    encoder: &'static str,
    decoder: Option<&'static str>,
) -> Result<bool, MediaError> {
    let trial = Running::new("trial");
    let source = element("videotestsrc")?;
    source.set_property("num-buffers", 8i32);
    let size = element("capsfilter")?;
    size.set_property(
        "caps",
        gst::Caps::builder("video/x-raw")
            .field("width", 640i32)
            .field("height", 480i32)
            .build(),
    );
    let stream = element("capsfilter")?;
    stream.set_property("caps", codec.sent_caps());
    let sink = element("fakesink")?;
    let mut chain = vec![
        source,
        element("videoconvertscale")?,
        size,
        make_encoder(encoder, 500_000)?,
        stream,
    ];
    if let Some(decoder) = decoder {
        chain.extend(make_decoder(codec, decoder)?);
    }
    chain.push(sink);
    trial.chain(&chain.iter().collect::<Vec<_>>())?;
    let bus = trial.pipeline.bus().expect("a pipeline has a bus");
    trial.play()?;
    let end = bus.timed_pop_filtered(
        gst::ClockTime::from_seconds(3),
        &[gst::MessageType::Eos, gst::MessageType::Error],
    );
    Ok(end.is_some_and(|message| message.type_() == gst::MessageType::Eos))
}

/// An encoder for conversation: no look-ahead, no keyframe unless asked for, a rate buffer of 120 ms.
pub(super) fn make_encoder(factory: &'static str, bits_per_second: u32) -> Result<gst::Element, MediaError> {
    let encoder = element(factory)?;
    match factory {
        "vp8enc" => set(
            &encoder,
            &[
                ("deadline", "1"),
                ("cpu-used", "-8"),
                ("lag-in-frames", "0"),
                ("end-usage", "cbr"),
                ("buffer-size", "120"),
                ("buffer-initial-size", "60"),
                ("buffer-optimal-size", "80"),
                ("undershoot", "95"),
                ("overshoot", "15"),
                ("min-quantizer", "4"),
                ("max-quantizer", "58"),
                // A keyframe is a tenth of a second of the line, not two.
                ("max-intra-bitrate", "300"),
                ("keyframe-mode", "disabled"),
                ("keyframe-max-dist", "2147483647"),
                ("dropframe-threshold", "0"),
                // What a camera's noise changes is not worth a bit: hands gain 0.8 dB at 244 kbit/s.
                ("static-threshold", "500"),
                // Two threads wait for each other by spinning: a call at 480 lines costs 39 % of a core with them and 26
                // with one.
                ("threads", "1"),
                // A frame's time, not its number, tells the rate control how long it lasts.
                ("timebase", "1/90000"),
            ],
        ),
        "x264enc" => set(
            &encoder,
            &[
                ("tune", "zerolatency"),
                ("speed-preset", "superfast"),
                ("vbv-buf-capacity", "120"),
                ("key-int-max", "2147483647"),
                ("bframes", "0"),
                ("byte-stream", "true"),
                // Slices would split a keyframe: the payloader puts parameter sets before each of them.
                ("threads", "1"),
                ("sliced-threads", "false"),
                ("option-string", "scenecut=0:aq-mode=0:keyint=infinite"),
            ],
        ),
        "openh264enc" => set(
            &encoder,
            &[
                ("usage-type", "camera"),
                ("rate-control", "bitrate"),
                ("complexity", "low"),
                ("gop-size", "0"),
                ("scene-change-detection", "false"),
                ("enable-frame-skip", "false"),
                ("background-detection", "false"),
                ("multi-thread", "1"),
            ],
        ),
        "v4l2h264enc" => {}
        _ => set(
            &encoder,
            &[
                ("rate-control", "cbr"),
                ("key-int-max", "1024"),
                ("b-frames", "0"),
                ("ref-frames", "1"),
                ("target-usage", "6"),
            ],
        ),
    }
    // Repeated requests of a lossy network cost one keyframe, not ten.
    set(
        &encoder,
        &[("min-force-key-unit-interval", "300000000"), ("qos", "false")],
    );
    set_encoder_bitrate(&encoder, factory, bits_per_second);
    Ok(encoder)
}

/// Changes the rate of a running encoder. Each counts in units of its own.
pub(super) fn set_encoder_bitrate(encoder: &gst::Element, factory: &str, bits_per_second: u32) {
    match factory {
        "vp8enc" => encoder.set_property("target-bitrate", bits_per_second as i32),
        "openh264enc" => {
            encoder.set_property("max-bitrate", bits_per_second + bits_per_second / 4);
            encoder.set_property("bitrate", bits_per_second);
        }
        "v4l2h264enc" => {
            let controls = gst::Structure::builder("controls")
                .field("video_bitrate", bits_per_second as i32)
                .field("video_bitrate_mode", 1i32)
                .field("video_gop_size", i32::MAX)
                .field("repeat_sequence_header", 1i32)
                .build();
            encoder.set_property("extra-controls", controls);
        }
        _ => {
            let kbit = (bits_per_second / 1000).max(1);
            encoder.set_property("bitrate", kbit);
            set(encoder, &[("cpb-size", &(kbit * 120 / 1000).max(1).to_string())]);
        }
    }
}

/// The decoder and what must stand before it. Frames come out as soon as they are whole.
pub(super) fn make_decoder(codec: Codec, factory: &'static str) -> Result<Vec<gst::Element>, MediaError> {
    let decoder = element(factory)?;
    set(
        &decoder,
        &[
            ("max-errors", "-1"),
            ("discard-corrupted-frames", "true"),
            ("automatic-request-sync-points", "true"),
            ("qos", "false"),
            ("min-force-key-unit-interval", "0"),
        ],
    );
    match factory {
        // Frame threads would each hold a frame back; a conversation cannot wait for them.
        "avdec_h264" => set(&decoder, &[("max-threads", "1"), ("output-corrupt", "false")]),
        "vp8dec" => set(&decoder, &[("threads", "1")]),
        _ => {}
    }
    Ok(match codec {
        Codec::Vp8 => vec![decoder],
        Codec::H264 => vec![element("h264parse")?, decoder],
    })
}
