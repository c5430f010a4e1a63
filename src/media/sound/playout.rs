//! The buffer between decoder and loudspeaker: evens out the network's jitter and the drift between two clocks.
//!
//! Samples are mono at 48 kHz. Once a second the buffer looks at the least that was left in it: more than its margin
//! (10 ms, more after underruns, less again when the network calms down) is shortened by a cross-fade. Where hardly
//! anything is left it is stretched by one at once, so that a packet that is a little late tears nothing. It begins with
//! more, because nobody has seen this network yet. The one invariant: [`Playout::fill`] never blocks and never allocates,
//! as the sound card's thread demands.

use ringbuf::traits::{Consumer, Observer};

const MS: usize = 48;
const LEAST_MARGIN: usize = 10 * MS;
const MOST_MARGIN: usize = 180 * MS;
const MARGIN_STEP: usize = 20 * MS;
/// Held beyond the margin at the beginning.
const BEGINNING: usize = 20 * MS;
/// Left beyond the margin for a whole second: too much.
const SLACK: usize = 3 * MS;
/// Held beyond the beginning at any moment: a burst after a stall, left out at once.
const BURST: usize = 250 * MS;
/// What one correction takes out or puts in.
const SPLICE: usize = 5 * MS;
const SECOND: usize = 1000 * MS;
/// Underruns this far apart are no jitter but pauses of the sender.
const PAUSE: usize = 500 * MS;
/// Calm for this long makes the margin smaller; each underrun doubles it, so that a line that stumbles now and then is
/// not torn each time it was trusted again.
const CALM: usize = 5 * SECOND;
const MOST_CALM: usize = 64 * CALM;

/// Reads a ring of samples at the loudspeaker's pace.
pub struct Playout<R> {
    ring: R,
    margin: usize,
    calm: usize,
    /// Silent until there is enough to begin; counts for how long.
    filling: Option<usize>,
    /// The least the ring held since the last look.
    least: usize,
    since_look: usize,
    since_underrun: usize,
    spliced: [f32; SPLICE],
}

impl<R: Consumer<Item = f32> + Observer> Playout<R> {
    pub fn new(ring: R) -> Self {
        Self {
            ring,
            margin: LEAST_MARGIN,
            calm: CALM,
            filling: Some(0),
            least: usize::MAX,
            since_look: 0,
            since_underrun: 0,
            spliced: [0.0; SPLICE],
        }
    }

    /// The next samples for the loudspeaker; silence where there are none.
    pub fn fill(&mut self, out: &mut [f32]) {
        let held = self.ring.occupied_len();
        if let Some(waited) = self.filling {
            if held < self.margin + BEGINNING {
                self.filling = Some(waited + out.len());
                out.fill(0.0);
                return;
            }
            if waited > PAUSE {
                self.margin = LEAST_MARGIN;
                self.calm = CALM;
            }
            self.filling = None;
            self.start_look();
        }
        let beginning = self.margin + BEGINNING;
        let correction = if held > beginning + BURST {
            self.start_look();
            Correction::Shorten(held - beginning)
        } else {
            self.look(out.len())
        };
        let got = match correction {
            Correction::None => self.ring.pop_slice(out),
            Correction::Shorten(by) => self.shorten(out, by),
            Correction::Stretch => self.stretch(out),
        };
        if got < out.len() {
            fade_out(&mut out[..got]);
            out[got..].fill(0.0);
            self.filling = Some(0);
            self.since_underrun = 0;
            self.margin = (self.margin + MARGIN_STEP).min(MOST_MARGIN);
            self.calm = (self.calm * 2).min(MOST_CALM);
        }
    }

    fn start_look(&mut self) {
        self.least = usize::MAX;
        self.since_look = 0;
    }

    fn look(&mut self, wanted: usize) -> Correction {
        let left = self.ring.occupied_len().saturating_sub(wanted);
        self.least = self.least.min(left);
        self.since_look += wanted;
        self.since_underrun += wanted;
        if self.since_underrun > self.calm {
            self.since_underrun = 0;
            self.margin = self.margin.saturating_sub(MARGIN_STEP).max(LEAST_MARGIN);
        }
        if left < self.margin / 4 && wanted >= 3 * SPLICE / 2 {
            return Correction::Stretch;
        }
        if self.since_look < SECOND {
            return Correction::None;
        }
        let least = self.least;
        self.start_look();
        if least > self.margin + SLACK {
            Correction::Shorten(SPLICE)
        } else {
            Correction::None
        }
    }

    /// Leaves so many samples out: fades from the samples before them to the last ones of them.
    fn shorten(&mut self, out: &mut [f32], by: usize) -> usize {
        let got = self.ring.pop_slice(out);
        let length = SPLICE.min(got);
        self.ring.skip(by.saturating_sub(length));
        let ahead = &mut self.spliced[..length];
        let ahead_got = self.ring.pop_slice(ahead);
        if ahead_got == length {
            let tail = &mut out[got - length..got];
            for (n, (sample, ahead)) in tail.iter_mut().zip(ahead).enumerate() {
                let share = n as f32 / length as f32;
                *sample = *sample * (1.0 - share) + *ahead * share;
            }
        }
        got
    }

    /// Says the last splice twice: fades back to its beginning, then goes on.
    fn stretch(&mut self, out: &mut [f32]) -> usize {
        let length = SPLICE.min(out.len() / 3);
        let whole = out.len();
        let got = self.ring.pop_slice(&mut out[..whole - length]);
        if got < whole - length {
            return got;
        }
        out.copy_within(got - length..got, got);
        for n in 0..length {
            let share = n as f32 / length as f32;
            let before = out[got - 2 * length + n];
            let at = &mut out[got - length + n];
            *at = *at * (1.0 - share) + before * share;
        }
        whole
    }
}

enum Correction {
    None,
    /// By so many samples.
    Shorten(usize),
    Stretch,
}

/// A sudden end is a click; a short slope is not.
fn fade_out(samples: &mut [f32]) {
    let length = samples.len().min(2 * MS);
    let start = samples.len() - length;
    for (n, sample) in samples[start..].iter_mut().enumerate() {
        *sample *= 1.0 - n as f32 / length as f32;
    }
}

#[cfg(test)]
mod tests {
    use ringbuf::HeapRb;
    use ringbuf::traits::{Producer, Split};

    use super::*;

    const TONE: f32 = 440.0;

    /// Two clocks in virtual time: a sender that gives 20 ms packets at `speed` of the loudspeaker's clock. Answers how
    /// much the ring holds at the end of each second, in ms, and everything that was played.
    fn play(seconds: usize, speed: f64, late_ms: impl Fn(usize) -> usize) -> (Vec<usize>, Vec<f32>) {
        let (mut give, take) = HeapRb::<f32>::new(SECOND).split();
        let mut playout = Playout::new(take);
        let (mut held, mut played) = (Vec::new(), Vec::new());
        let mut packet = 0;
        let mut phase = 0usize;
        let mut out = vec![0.0; 20 * MS];
        for tick in 0..seconds * 50 {
            let now_ms = tick * 20;
            while (packet as f64 * 20.0 / speed) as usize + late_ms(packet) <= now_ms {
                let samples: Vec<f32> = (0..20 * MS)
                    .map(|n| {
                        (std::f32::consts::TAU * TONE * ((phase + n) % 48_000) as f32 / 48_000.0).sin() * 0.5
                    })
                    .collect();
                phase += samples.len();
                give.push_slice(&samples);
                packet += 1;
            }
            playout.fill(&mut out);
            played.extend_from_slice(&out);
            if tick % 50 == 49 {
                held.push(give.occupied_len() / MS);
            }
        }
        (held, played)
    }

    fn silent_share(samples: &[f32]) -> f64 {
        samples.iter().filter(|sample| **sample == 0.0).count() as f64 / samples.len() as f64
    }

    #[test]
    fn a_faster_clock_does_not_grow_the_buffer_without_bound() {
        let (held, played) = play(120, 1.002, |_| 0);
        assert!(held.iter().all(|ms| *ms < 140), "{held:?}");
        assert!(silent_share(&played[5000..]) < 0.001);
    }

    #[test]
    fn a_slower_clock_is_stretched_and_not_torn() {
        let (_, played) = play(120, 0.998, |_| 0);
        assert!(
            silent_share(&played[5000..]) < 0.01,
            "{}",
            silent_share(&played[5000..])
        );
    }

    #[test]
    fn what_is_a_little_late_is_bridged_with_what_there_is() {
        let (mut give, take) = HeapRb::<f32>::new(SECOND).split();
        let mut playout = Playout::new(take);
        let mut out = vec![1.0; 10 * MS];
        for arrives in [32, 0, 0, 5] {
            give.push_slice(&vec![0.5; arrives * MS]);
            playout.fill(&mut out);
            assert!(out.iter().all(|sample| (sample - 0.5).abs() < 1e-6), "{out:?}");
        }
        assert_eq!(playout.margin, LEAST_MARGIN, "nothing was torn");
    }

    #[test]
    fn jitter_makes_the_buffer_larger_until_it_suffices() {
        let (_, played) = play(30, 1.0, |packet| if packet % 7 == 0 { 90 } else { 0 });
        let late = &played[10 * SECOND..];
        assert!(silent_share(late) < 0.01, "{}", silent_share(late));
    }

    #[test]
    fn a_steady_sender_is_played_whole_and_soon_with_little_more_than_the_margin() {
        let (held, played) = play(20, 1.0, |_| 0);
        // At the end of a second the next packet is about to come.
        assert!(held[10..].iter().all(|ms| (5..=13).contains(ms)), "{held:?}");
        assert!(silent_share(&played[5000..]) < 0.001);
    }

    #[test]
    fn a_line_that_stumbles_now_and_then_is_not_torn_each_time() {
        let (_, played) = play(600, 1.0, |packet| if packet % 500 == 499 { 30 } else { 0 });
        let silent = |piece: &&[f32]| piece.iter().all(|sample| *sample == 0.0);
        let torn = played[SECOND..].chunks(10 * MS).filter(silent).count();
        assert!((1..=20).contains(&torn), "10 ms of silence {torn} times");
    }

    #[test]
    fn a_burst_after_a_stall_is_left_out_without_a_click() {
        let (mut give, take) = HeapRb::<f32>::new(SECOND).split();
        let mut playout = Playout::new(take);
        let mut tone = (0..SECOND).map(|n| (std::f32::consts::TAU * TONE * n as f32 / 48_000.0).sin() * 0.5);
        let mut played = Vec::new();
        let mut out = vec![0.0; 20 * MS];
        for arrives in [80, 20, 513, 20, 20] {
            for sample in tone.by_ref().take(arrives * MS) {
                give.try_push(sample).expect("the ring has room");
            }
            playout.fill(&mut out);
            played.extend_from_slice(&out);
        }
        assert!(
            give.occupied_len() <= 80 * MS,
            "{} held",
            give.occupied_len() / MS
        );
        let steps = played.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        let step = steps.fold(0.0, f32::max);
        let own = std::f32::consts::TAU * TONE / 48_000.0 * 0.5;
        assert!(step < 2.0 * own, "a step of {step} in a tone that moves by {own}");
    }

    #[test]
    fn corrections_are_no_clicks() {
        let (_, played) = play(60, 1.002, |_| 0);
        let step = played[5000..]
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .fold(0.0, f32::max);
        let own = std::f32::consts::TAU * TONE / 48_000.0 * 0.5;
        assert!(step < 3.0 * own, "a step of {step} in a tone that moves by {own}");
    }
}
