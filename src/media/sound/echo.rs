//! Takes the loudspeaker's sound out of the microphone's (AEC3).
//!
//! A kiosk plays the interpreter's voice a metre from its own microphone; without this the interpreter hears every word
//! twice. Frames of 10 ms, mono, 48 kHz. The one invariant: what was played is told in the order it was played and
//! before the sound that can hold its echo; the canceller finds the remaining delay, up to half a second, itself.

use sonora::config::{EchoCanceller as Aec, HighPassFilter, MaxProcessingRate, Pipeline};
use sonora::{AudioProcessing, Config, StreamConfig};

/// Samples in 10 ms.
pub const FRAME: usize = 480;

pub struct EchoCanceller {
    processing: AudioProcessing,
    scratch: [f32; FRAME],
}

impl EchoCanceller {
    pub fn new() -> Self {
        let mono = StreamConfig::new(48_000, 1);
        // No noise suppression: it would also take out what interpreters of hearing staff need to hear in a hall.
        let config = Config {
            pipeline: Pipeline {
                maximum_internal_processing_rate: MaxProcessingRate::Rate48kHz,
                ..Pipeline::default()
            },
            echo_canceller: Some(Aec::default()),
            high_pass_filter: Some(HighPassFilter::default()),
            ..Config::default()
        };
        let processing = AudioProcessing::builder()
            .config(config)
            .capture_config(mono)
            .render_config(mono)
            .build();
        Self {
            processing,
            scratch: [0.0; FRAME],
        }
    }

    /// What the loudspeaker was given.
    pub fn played(&mut self, frame: &[f32; FRAME]) {
        self.processing
            .process_render_f32(&[frame], &mut [&mut self.scratch])
            .expect("10 ms of mono at 48 kHz is what was configured");
    }

    /// What the microphone heard, answered without the echo. `delay_ms`: from handing a sample to the loudspeaker's
    /// buffer to finding its echo in the microphone's, as far as the devices say.
    pub fn heard(&mut self, frame: &[f32; FRAME], delay_ms: u32) -> [f32; FRAME] {
        // Longer delays than it can use are clamped, which is all that can be done about them.
        let _ = self.processing.set_stream_delay_ms(delay_ms.min(500) as i32);
        let mut clean = [0.0; FRAME];
        self.processing
            .process_capture_f32(&[frame], &mut [&mut clean])
            .expect("10 ms of mono at 48 kHz is what was configured");
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise in syllables of a third of a second, seeded: what speech is to a canceller.
    struct Speech {
        state: u64,
        at: usize,
        low: f32,
    }

    impl Speech {
        fn new(seed: u64) -> Self {
            Self {
                state: seed,
                at: 0,
                low: 0.0,
            }
        }

        fn sample(&mut self) -> f32 {
            self.state = self
                .state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let white = (self.state >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
            self.low += 0.3 * (white - self.low);
            self.at += 1;
            let syllable = (self.at as f32 / 48_000.0 * 3.0 * std::f32::consts::TAU)
                .sin()
                .max(0.0);
            0.5 * self.low * syllable
        }
    }

    fn power(samples: &[f32]) -> f32 {
        samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32
    }

    /// Plays eight seconds of speech, hears it `delay_ms` later at half the loudness plus a reflection, and measures how
    /// far the last three seconds are pushed down, in dB.
    fn attenuation(delay_ms: usize) -> f32 {
        let mut canceller = EchoCanceller::new();
        let mut far = Speech::new(7);
        let played: Vec<f32> = (0..8 * 48_000).map(|_| far.sample()).collect();
        let delay = delay_ms * 48;
        let echo = |n: usize| {
            let at = |back: usize| n.checked_sub(back).map_or(0.0, |n| played[n]);
            0.5 * at(delay) + 0.15 * at(delay + 700)
        };
        let (mut heard, mut left) = (Vec::new(), Vec::new());
        for frame in 0..played.len() / FRAME {
            let out: &[f32; FRAME] = played[frame * FRAME..][..FRAME].try_into().unwrap();
            canceller.played(out);
            let microphone = std::array::from_fn(|n| echo(frame * FRAME + n));
            let clean = canceller.heard(&microphone, delay_ms as u32);
            if frame >= 500 {
                heard.extend(microphone);
                left.extend(clean);
            }
        }
        10.0 * (power(&heard) / power(&left).max(1e-12)).log10()
    }

    #[test]
    fn an_echo_is_pushed_down_by_15_db_or_more() {
        for delay_ms in [40, 120] {
            let dropped = attenuation(delay_ms);
            assert!(dropped >= 15.0, "only {dropped} dB at {delay_ms} ms");
        }
    }

    #[test]
    fn a_voice_in_the_room_passes_when_nothing_is_played() {
        let mut canceller = EchoCanceller::new();
        let mut near = Speech::new(11);
        let (mut said, mut sent) = (Vec::new(), Vec::new());
        for frame in 0..500 {
            canceller.played(&[0.0; FRAME]);
            let microphone = std::array::from_fn(|_| near.sample());
            let clean = canceller.heard(&microphone, 60);
            if frame >= 200 {
                said.extend(microphone);
                sent.extend(clean);
            }
        }
        let change = 10.0 * (power(&sent) / power(&said)).log10();
        assert!(change.abs() < 3.0, "the voice changed by {change} dB");
    }
}
