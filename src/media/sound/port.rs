//! The microphone's and the loudspeaker's end: one cpal stream each, and the sound card's thread inside it.
//!
//! Where a sound server runs (PulseAudio, or PipeWire in its place) it is asked by its own protocol, else ALSA is.
//! The callbacks touch nothing but lock-free rings and atomics. A stream is opened at 48 kHz, which ALSA's `default`
//! and `plughw:` devices give on any card; samples are mixed to mono on the way in and copied to every channel on the
//! way out. The one invariant: the callbacks own their end of the ring, so a stream that dies takes its ring with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{
    Device, ErrorKind, FromSample, Sample, SampleFormat, SizedSample, StreamConfig, SupportedStreamConfig,
};
use ringbuf::traits::{Producer, Split};
use ringbuf::{HeapCons, HeapProd, HeapRb};

use super::cookie;
use super::playout::Playout;

pub const RATE: u32 = 48_000;
/// What a ring holds at most: half a second.
const RING: usize = RATE as usize / 2;
/// What the sound card asks for at a time, when it lets us choose: 10 ms. A sound server holds two of them.
const PERIOD: u32 = RATE / 100;

/// Signs of life of a stream, written by its callback.
#[derive(Debug, Default)]
pub struct Pulse {
    pub calls: AtomicU64,
    pub failed: AtomicBool,
    /// Between a sample in the ring and in the air, in milliseconds, as the device says.
    pub latency_ms: AtomicU32,
}

impl Pulse {
    fn beat(&self, latency: Duration) {
        self.latency_ms
            .store(latency.as_millis().min(1000) as u32, Ordering::Relaxed);
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}

/// A stream that plays or records until dropped.
pub struct Port {
    pub pulse: Arc<Pulse>,
    _stream: cpal::Stream,
}

/// Opens the microphone; its mono samples come out of the ring.
pub fn microphone(name: Option<&str>) -> Result<(Port, HeapCons<f32>), cpal::Error> {
    let device = find(name, Way::In)?;
    let config = choose(device.supported_input_configs()?, 1)?;
    let (ring, samples) = HeapRb::<f32>::new(RING).split();
    let pulse = Arc::new(Pulse::default());
    let stream = match config.sample_format() {
        SampleFormat::F32 => record::<f32>(&device, &config, ring, &pulse),
        SampleFormat::I32 => record::<i32>(&device, &config, ring, &pulse),
        _ => record::<i16>(&device, &config, ring, &pulse),
    }?;
    stream.play()?;
    Ok((
        Port {
            pulse,
            _stream: stream,
        },
        samples,
    ))
}

/// The loudspeaker's rings.
pub struct Voices {
    /// What shall be played goes in here, mono.
    pub play: HeapProd<f32>,
    /// What really was played comes out here, silence included.
    pub played: HeapCons<f32>,
}

/// Opens the loudspeaker.
pub fn speaker(name: Option<&str>) -> Result<(Port, Voices), cpal::Error> {
    let device = find(name, Way::Out)?;
    let config = choose(device.supported_output_configs()?, 2)?;
    let (play, samples) = HeapRb::<f32>::new(RING * 2).split();
    let (report, played) = HeapRb::<f32>::new(RING).split();
    let playout = Playout::new(samples);
    let pulse = Arc::new(Pulse::default());
    let stream = match config.sample_format() {
        SampleFormat::F32 => emit::<f32>(&device, &config, playout, report, &pulse),
        SampleFormat::I32 => emit::<i32>(&device, &config, playout, report, &pulse),
        _ => emit::<i16>(&device, &config, playout, report, &pulse),
    }?;
    stream.play()?;
    Ok((
        Port {
            pulse,
            _stream: stream,
        },
        Voices { play, played },
    ))
}

enum Way {
    In,
    Out,
}

/// ALSA writes every failed look-up to standard error; a kiosk without a sound card looks every few seconds. From here on
/// this thread's messages end in a buffer that the next call throws away.
fn hush() {
    if let Err(error) = alsa::Output::local_error_handler() {
        tracing::debug!(%error, "ALSA will be noisy");
    }
}

/// The default device, or the one whose ALSA name (`plughw:CARD=…`) or description is `name`.
fn find(name: Option<&str>, way: Way) -> Result<Device, cpal::Error> {
    hush();
    cookie::have_one();
    let host = cpal::default_host();
    tracing::debug!(by = %host.id(), "looking for a sound card");
    let device = match (name, way) {
        (None, Way::In) => host.default_input_device(),
        (None, Way::Out) => host.default_output_device(),
        (Some(name), _) => named(name),
    };
    device.ok_or_else(|| ErrorKind::DeviceNotAvailable.into())
}

/// Of the sound server or of ALSA, whoever knows that name.
fn named(name: &str) -> Option<Device> {
    let hosts = cpal::available_hosts().into_iter();
    let mut devices = hosts
        .filter_map(|host| cpal::host_from_id(host).ok()?.devices().ok())
        .flatten();
    devices.find(|device| {
        device.id().is_ok_and(|id| id.id() == name)
            || device
                .description()
                .is_ok_and(|description| description.name() == name)
    })
}

/// 48 kHz in a format that we read, with as near to `channels` as there is.
fn choose(
    offered: impl Iterator<Item = cpal::SupportedStreamConfigRange>,
    channels: u16,
) -> Result<SupportedStreamConfig, cpal::Error> {
    const FORMATS: [SampleFormat; 3] = [SampleFormat::F32, SampleFormat::I16, SampleFormat::I32];
    offered
        .filter_map(|range| range.try_with_sample_rate(RATE))
        .filter_map(|config| {
            Some((
                FORMATS
                    .iter()
                    .position(|format| *format == config.sample_format())?,
                config,
            ))
        })
        .min_by_key(|(rank, config)| (config.channels().abs_diff(channels), *rank))
        .map(|(_, config)| config)
        .ok_or_else(|| ErrorKind::UnsupportedConfig.into())
}

/// Short periods keep the delay short; a device that refuses them keeps its own.
fn shortened(config: &SupportedStreamConfig) -> StreamConfig {
    let mut wanted = config.config();
    if let cpal::SupportedBufferSize::Range { min, max } = config.buffer_size()
        && (*min..=*max).contains(&PERIOD)
    {
        wanted.buffer_size = cpal::BufferSize::Fixed(PERIOD);
    }
    wanted
}

fn on_error(pulse: &Arc<Pulse>) -> impl FnMut(cpal::Error) + Send + 'static {
    let pulse = pulse.clone();
    move |error| match error.kind() {
        // A hiccup, a gentler priority, another default device: the stream goes on.
        ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged => {}
        _ => pulse.failed.store(true, Ordering::Relaxed),
    }
}

fn record<T>(
    device: &Device,
    config: &SupportedStreamConfig,
    mut ring: HeapProd<f32>,
    pulse: &Arc<Pulse>,
) -> Result<cpal::Stream, cpal::Error>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let channels = usize::from(config.channels());
    let beating = pulse.clone();
    device.build_input_stream::<T, _, _>(
        shortened(config),
        move |data, info| {
            let times = info.timestamp();
            beating.beat(times.callback.duration_since(times.capture));
            let share = 1.0 / channels as f32;
            ring.push_iter(
                data.chunks_exact(channels)
                    .map(|frame| frame.iter().map(|sample| sample.to_sample::<f32>()).sum::<f32>() * share),
            );
        },
        on_error(pulse),
        None,
    )
}

fn emit<T>(
    device: &Device,
    config: &SupportedStreamConfig,
    mut playout: Playout<HeapCons<f32>>,
    mut report: HeapProd<f32>,
    pulse: &Arc<Pulse>,
) -> Result<cpal::Stream, cpal::Error>
where
    T: SizedSample + FromSample<f32>,
{
    let channels = usize::from(config.channels());
    let beating = pulse.clone();
    // Larger than any period, so that the sound card's thread never allocates.
    let mut mono = vec![0.0; RING];
    device.build_output_stream::<T, _, _>(
        shortened(config),
        move |data: &mut [T], info| {
            let times = info.timestamp();
            beating.beat(times.playback.duration_since(times.callback));
            for data in data.chunks_mut(mono.len() * channels) {
                let mono = &mut mono[..data.len() / channels];
                playout.fill(mono);
                report.push_slice(mono);
                for (frame, sample) in data.chunks_exact_mut(channels).zip(mono) {
                    frame.fill(sample.to_sample::<T>());
                }
            }
        },
        on_error(pulse),
        None,
    )
}
