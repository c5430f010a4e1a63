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
    set_encoder_care(&encoder, factory, false);
    Ok(encoder)
}

/// Of real signing at 200 kbit/s and 480 lines, hands and face in dB, and a frame's time on one core: speed 8: 34.45,
/// 1.7 ms; 5: 34.84, 1.5 ms; 4: 35.05, 3.0 ms; 3: 35.67, 5.3 ms; 1: 35.94, 8 ms. The others have no speed that can be
/// changed under way.
pub(super) fn set_encoder_care(encoder: &gst::Element, factory: &str, is_careful: bool) {
    if factory == "vp8enc" {
        encoder.set_property("cpu-used", if is_careful { -3i32 } else { -5 });
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use gstreamer_app as gst_app;

    const WIDTH: usize = 320;
    const HEIGHT: usize = 240;
    const FRAMES: usize = 60;

    /// Cloth whose folds sway over a still wall: luma, then grey chroma.
    fn cloth(number: usize) -> Vec<u8> {
        let time = number as f64 / 30.0;
        let (sway, sink) = ((time * 3.0).sin() * 9.0, (time * 2.0).cos() * 6.0);
        let mut picture = vec![128; WIDTH * HEIGHT * 3 / 2];
        for (at, pixel) in picture[..WIDTH * HEIGHT].iter_mut().enumerate() {
            let (x, y) = ((at % WIDTH) as f64, (at / WIDTH) as f64);
            let inside = (x - 160.0).abs() < 90.0 && (y - 120.0).abs() < 80.0;
            let (x, y) = if inside { (x + sway, y + sink) } else { (x, y) };
            let folds =
                (x * 0.23).sin() * 30.0 + (y * 0.31 + x * 0.11).sin() * 25.0 + (x * y * 0.003).cos() * 15.0;
            *pixel = (120.0 + folds) as u8;
        }
        picture
    }

    /// Of what comes out of the decoder, the squared error of a pixel on average.
    fn error_of(is_careful: bool) -> f64 {
        super::super::init().expect("GStreamer starts");
        let running = Running::new("test");
        let source = gst_app::AppSrc::builder()
            .format(gst::Format::Time)
            .max_bytes(0)
            .build();
        let caps = gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("width", WIDTH as i32)
            .field("height", HEIGHT as i32)
            .field("framerate", gst::Fraction::new(30, 1));
        source.set_caps(Some(&caps.build()));
        let encoder = make_encoder("vp8enc", 120_000).expect("vp8enc is there");
        set_encoder_care(&encoder, "vp8enc", is_careful);
        let decoder = element("vp8dec").expect("vp8dec is there");
        let sink = gst_app::AppSink::builder().sync(false).build();
        running
            .chain(&[source.upcast_ref(), &encoder, &decoder, sink.upcast_ref()])
            .expect("they fit");
        running.play().expect("it plays");
        for number in 0..FRAMES {
            let mut frame = gst::Buffer::from_slice(cloth(number));
            let time = gst::ClockTime::from_mseconds(number as u64 * 33);
            frame.make_mut().set_pts(time);
            source.push_buffer(frame).expect("there is room");
        }
        source.end_of_stream().expect("it ends");
        let mut sum = 0.0;
        for number in 0..FRAMES {
            let sample = sink.pull_sample().expect("a frame comes out for each");
            let seen = sample.buffer().expect("a sample has a frame");
            let seen = seen.map_readable().expect("it is readable");
            let error = |(one, other): (&u8, &u8)| f64::from(one.abs_diff(*other)).powi(2);
            let errors = cloth(number)[..WIDTH * HEIGHT]
                .iter()
                .zip(seen.as_slice())
                .map(error)
                .sum::<f64>();
            sum += errors / (WIDTH * HEIGHT) as f64;
        }
        sum / FRAMES as f64
    }

    #[test]
    fn with_care_the_same_bits_make_a_better_picture() {
        let [quick, careful] = [false, true].map(error_of);
        assert!(careful < quick * 0.9, "{careful:.1} of {quick:.1}");
    }
}
