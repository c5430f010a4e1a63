//! How loud the other side speaks, in bars that a deaf visitor can read (EN 301 549 §6.5.5). Pure.

/// Loudness in dB of full scale at which each bar lights up; a quiet room stays below the first.
const BARS: [f32; 5] = [-50.0, -42.0, -34.0, -26.0, -18.0];
/// How fast a bar falls, in dB for each 10 ms: half a second from the top to nothing.
const FALL: f32 = 0.8;
const SILENCE: f32 = -90.0;

/// Rises at once, falls slowly, so that the bars follow syllables and do not flicker.
#[derive(Debug, Clone)]
pub struct Level {
    loudness: f32,
}

impl Default for Level {
    fn default() -> Self {
        Self { loudness: SILENCE }
    }
}

impl Level {
    /// Takes mono samples at 48 kHz, full scale 1, and answers 0–5 bars.
    pub fn hear(&mut self, samples: &[f32]) -> u8 {
        for chunk in samples.chunks(480) {
            let power = chunk.iter().map(|sample| sample * sample).sum::<f32>() / chunk.len() as f32;
            let now = (10.0 * power.max(1e-9).log10()).max(SILENCE);
            self.loudness = now.max(self.loudness - FALL);
        }
        BARS.iter().filter(|bar| self.loudness >= **bar).count() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: f32, samples: usize) -> Vec<f32> {
        (0..samples)
            .map(|n| amplitude * (n as f32 * 0.05).sin())
            .collect()
    }

    #[test]
    fn louder_speech_lights_more_bars_and_silence_none() {
        assert_eq!(Level::default().hear(&vec![0.0; 4800]), 0);
        let bars: Vec<_> = [0.001, 0.006, 0.015, 0.04, 0.1, 0.5]
            .map(|amplitude| Level::default().hear(&tone(amplitude, 4800)))
            .into();
        assert_eq!(bars, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_bars_fall_back_within_a_second_of_silence() {
        let mut level = Level::default();
        level.hear(&tone(0.5, 480));
        assert!(
            level.hear(&vec![0.0; 960]) >= 4,
            "a pause between syllables keeps the bars up"
        );
        assert_eq!(level.hear(&vec![0.0; 48_000]), 0);
    }
}
