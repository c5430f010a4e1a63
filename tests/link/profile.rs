//! What one direction of a link does to packets: plain data, and the scenarios that benchmarks call by name.
//!
//! Times in a profile count from the moment it comes into force. Sizes and rates are those of IP packets.

use std::ops::Range;
use std::time::Duration;

/// One direction. The default lets everything pass at once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// Propagation: how long every packet travels at least.
    pub delay: Duration,
    pub jitter: Jitter,
    pub loss: Loss,
    /// None: as fast as the machine is.
    pub bottleneck: Option<Bottleneck>,
    /// What is offered in this time is lost.
    pub outage: Option<Range<Duration>>,
}

/// What a packet takes longer than [`Profile::delay`]: even odds from nothing to the given time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Jitter {
    #[default]
    None,
    /// A packet waits for the one before it (NR-BPDV of RFC 8868 §4.5.2).
    InOrder(Duration),
    /// A packet may overtake the one before it (RBPDV of RFC 8868 §4.5.1).
    Reordering(Duration),
}

/// What the line loses of what has passed the bottleneck. Shares are of 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Loss {
    #[default]
    None,
    /// Each packet for itself.
    Random(f64),
    /// Gilbert–Elliott: a good and a bad state, and a turn of the state before each packet.
    Bursts {
        to_bad: f64,
        to_good: f64,
        in_good: f64,
        in_bad: f64,
    },
}

impl Loss {
    /// Bursts of `packets` on average that lose everything, and `share` of all packets in the end.
    pub fn bursts(share: f64, packets: f64) -> Self {
        let to_good = 1.0 / packets;
        Loss::Bursts {
            to_bad: to_good * share / (1.0 - share),
            to_good,
            in_good: 0.0,
            in_bad: 1.0,
        }
    }
}

/// A token bucket that holds one packet, and a queue before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bottleneck {
    /// In order of time, the first from zero on; the last one stays.
    pub capacity: Vec<Step>,
    /// A packet that would wait longer until it begins to leave is dropped.
    pub queue: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub from: Duration,
    pub bits_per_second: u64,
}

impl Bottleneck {
    /// Of `(second, bits per second)` steps, with the 300 ms queue of RFC 8867.
    pub fn steps(steps: &[(u64, u64)]) -> Self {
        let step = |(second, bits_per_second): &(u64, u64)| Step {
            from: Duration::from_secs(*second),
            bits_per_second: *bits_per_second,
        };
        Self {
            capacity: steps.iter().map(step).collect(),
            queue: Duration::from_millis(300),
        }
    }
}

/// The names that [`Profile::named`] knows, from the mildest to the worst of each kind.
pub const SCENARIOS: [&str; 13] = [
    "clean", "delay", "loss-2", "loss-5", "loss-10", "burst", "far", "1m", "500k", "300k", "variable",
    "drop", "outage",
];

/// A packet's way within a country.
const NEAR: Duration = Duration::from_millis(25);

impl Profile {
    /// A scenario of [`SCENARIOS`].
    pub fn named(name: &str) -> Option<Self> {
        let near = |loss| Self {
            delay: NEAR,
            loss,
            ..Self::default()
        };
        let narrow = |steps: &[(u64, u64)]| Self {
            delay: NEAR,
            bottleneck: Some(Bottleneck::steps(steps)),
            ..Self::default()
        };
        Some(match name {
            "clean" => Self::default(),
            "delay" => near(Loss::None),
            "loss-2" => near(Loss::Random(0.02)),
            "loss-5" => near(Loss::Random(0.05)),
            "loss-10" => near(Loss::Random(0.10)),
            "burst" => near(Loss::bursts(0.03, 5.0)),
            "far" => Self {
                delay: Duration::from_millis(75),
                loss: Loss::Random(0.05),
                ..Self::default()
            },
            "1m" => narrow(&[(0, 1_000_000)]),
            "500k" => narrow(&[(0, 500_000)]),
            "300k" => narrow(&[(0, 300_000)]),
            // RFC 8867 §5.1, 100 s long: 50 ms one way, up to 30 ms of jitter.
            "variable" => Self {
                delay: Duration::from_millis(50),
                jitter: Jitter::InOrder(Duration::from_millis(30)),
                ..narrow(&[(0, 1_000_000), (40, 2_500_000), (60, 600_000), (80, 1_000_000)])
            },
            "drop" => narrow(&[(0, 2_000_000), (20, 300_000), (40, 2_000_000)]),
            "outage" => Self {
                outage: Some(Duration::from_secs(10)..Duration::from_secs(11)),
                ..near(Loss::None)
            },
            _ => return None,
        })
    }
}
