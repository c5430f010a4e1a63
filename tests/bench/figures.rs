//! What the numbers of seen frames tell of one way of a call. Pure. Times are milliseconds.

use std::collections::HashMap;

/// A frame seen on a screen: its number, and when.
pub type Seen = (u64, f64);

/// Frames as the sender's own screen and the receiver's screen showed them, in the order of time.
#[derive(Debug, Clone, Default)]
pub struct Way {
    pub sent: Vec<Seen>,
    pub arrived: Vec<Seen>,
    /// When watching began and ended.
    pub from: f64,
    pub to: f64,
}

/// Numbers come again after five seconds: what took longer cannot be told from what did not arrive.
const LONGEST: f64 = 4000.0;
/// Both clocks are one machine's, but a screen may be read a little before it is presented.
const EARLIEST: f64 = -50.0;
/// From here on a viewer sees that the picture stands.
const FREEZE: f64 = 200.0;
const LONG_FREEZE: f64 = 500.0;
const FRAME: f64 = 1000.0 / 30.0;
/// What a signer must have.
const FLUENT: usize = 20;

impl Way {
    /// From screen to screen, a frame each that arrived, by the time of arrival: (when, how long).
    pub fn latencies(&self) -> Vec<(f64, f64)> {
        let mut sent: HashMap<u64, Vec<f64>> = HashMap::new();
        for (number, time) in &self.sent {
            sent.entry(*number).or_default().push(*time);
        }
        let took = |(number, time): &Seen| {
            let ages = sent.get(number)?.iter().map(|sent| time - sent);
            let youngest = ages
                .filter(|age| (EARLIEST..LONGEST).contains(age))
                .reduce(f64::min)?;
            Some((*time, youngest))
        };
        self.arrived.iter().filter_map(took).collect()
    }

    /// The latency that this share of frames has at most; none without a frame.
    pub fn latency(&self, share: f64) -> Option<f64> {
        let mut all: Vec<f64> = self.latencies().into_iter().map(|(_, took)| took).collect();
        all.sort_by(f64::total_cmp);
        let last = all.len().checked_sub(1)?;
        all.get((last as f64 * share).round() as usize).copied()
    }

    /// Frames a second on the receiver's screen.
    pub fn fps(&self) -> f64 {
        self.arrived.len() as f64 * 1000.0 / (self.to - self.from).max(1.0)
    }

    /// Between frames, the beginning and the end too.
    fn gaps(&self) -> Vec<f64> {
        let times = self.arrived.iter().map(|(_, time)| *time);
        let edges: Vec<f64> = std::iter::once(self.from).chain(times).chain([self.to]).collect();
        edges.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// How often the picture stood for longer than 200 ms, and than 500 ms.
    pub fn freezes(&self) -> (usize, usize) {
        let longer = |than: f64| self.gaps().into_iter().filter(|gap| *gap > than).count();
        (longer(FREEZE), longer(LONG_FREEZE))
    }

    /// For how long it stood in all.
    pub fn frozen(&self) -> f64 {
        let stood = self.gaps().into_iter().filter(|gap| *gap > FREEZE);
        stood.map(|gap| gap - FRAME).fold(0.0, |sum, gap| sum + gap)
    }

    /// Where the picture stood: how long after watching began, and for how long.
    pub fn stops(&self) -> Vec<(f64, f64)> {
        let mut at = 0.0;
        let mut stops = Vec::new();
        for gap in self.gaps() {
            if gap > FREEZE {
                stops.push((at, gap));
            }
            at += gap;
        }
        stops
    }

    /// How long after `moment` a second begins that has twenty frames; none when there is no such second.
    pub fn fluent_after(&self, moment: f64) -> Option<f64> {
        let times: Vec<f64> = self.arrived.iter().map(|(_, time)| *time).collect();
        let later = times.partition_point(|time| *time < moment);
        let fluent = times[later..].windows(FLUENT).find(|frames| {
            frames
                .last()
                .zip(frames.first())
                .is_some_and(|(last, first)| last - first <= 1000.0)
        })?;
        Some(fluent[0] - moment)
    }

    /// The part that was seen from one moment to another.
    pub fn between(&self, from: f64, to: f64) -> Way {
        let inside = |seen: &Vec<Seen>| {
            seen.iter()
                .copied()
                .filter(|(_, time)| (from..to).contains(time))
                .collect()
        };
        Way {
            sent: self.sent.clone(),
            arrived: inside(&self.arrived),
            from,
            to,
        }
    }
}
