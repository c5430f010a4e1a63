//! One direction of a link in virtual time: tells when each packet comes out, or why it never does.
//!
//! **Invariant:** what chance does to the n-th packet depends on the seed and on n alone, never on time, sizes or the
//! fate of others; so two runs lose the same packets although no two runs have the same times.
//!
//! ```text
//! outage? ─▶ queue, bounded in time ─▶ bottleneck ─▶ loss ─▶ propagation and jitter
//! ```
//!
//! Times are since the link's start. Bytes are those of an IP packet.

use std::time::Duration;

use super::profile::{Bottleneck, Jitter, Loss, Profile};

const NANOS_A_SECOND: u128 = 1_000_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Delivered { at: Duration },
    Lost(Cause),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// [`Profile::loss`].
    Chance,
    /// The queue was full.
    Queue,
    Outage,
}

pub struct Link {
    profile: Profile,
    /// When the profile came into force.
    since: Duration,
    /// The latest time that was told.
    now: Duration,
    /// When the bottleneck will have sent all that was let in.
    drained: Duration,
    /// When the last packet comes out.
    last: Duration,
    in_bad: bool,
    losses: Chance,
    jitters: Chance,
}

impl Link {
    /// Panics if the profile contradicts itself.
    pub fn new(profile: Profile, seed: u64) -> Self {
        check(&profile);
        Self {
            profile,
            since: Duration::ZERO,
            now: Duration::ZERO,
            drained: Duration::ZERO,
            last: Duration::ZERO,
            in_bad: false,
            losses: Chance(seed),
            // Another stream: jitter does not move when the losses of a profile change.
            jitters: Chance(seed.rotate_left(32) ^ 0xD1B5_4A32_D192_ED03),
        }
    }

    /// Another profile from now on. What is on its way keeps its time, and order is kept across the change.
    pub fn change(&mut self, now: Duration, profile: Profile) {
        check(&profile);
        self.now = self.now.max(now);
        self.since = self.now;
        self.profile = profile;
    }

    /// A packet enters. A `now` earlier than one before it counts as that one.
    pub fn offer(&mut self, now: Duration, bytes: usize) -> Fate {
        let unlucky = self.unlucky();
        let share = self.jitters.share();
        self.now = self.now.max(now);
        let age = self.now - self.since;
        if self
            .profile
            .outage
            .as_ref()
            .is_some_and(|outage| outage.contains(&age))
        {
            return Fate::Lost(Cause::Outage);
        }
        let Some(sent) = self.pass(bytes) else {
            return Fate::Lost(Cause::Queue);
        };
        if unlucky {
            return Fate::Lost(Cause::Chance);
        }
        let sent = sent + self.profile.delay;
        let at = match self.profile.jitter {
            Jitter::None => sent.max(self.last),
            Jitter::InOrder(most) => (sent + most.mul_f64(share)).max(self.last),
            Jitter::Reordering(most) => sent + most.mul_f64(share),
        };
        self.last = self.last.max(at);
        Fate::Delivered { at }
    }

    /// When the packet has left the bottleneck; none if the queue is full.
    fn pass(&mut self, bytes: usize) -> Option<Duration> {
        let Some(bottleneck) = &self.profile.bottleneck else {
            return Some(self.now);
        };
        let begins = self.drained.max(self.now);
        if begins - self.now > bottleneck.queue {
            return None;
        }
        self.drained = self.since + finished(bottleneck, begins - self.since, bytes);
        Some(self.drained)
    }

    fn unlucky(&mut self) -> bool {
        // Both are drawn whatever the profile, so that a change of profile does not shift what follows.
        let (turn, hit) = (self.losses.share(), self.losses.share());
        match self.profile.loss {
            Loss::None => false,
            Loss::Random(share) => hit < share,
            Loss::Bursts {
                to_bad,
                to_good,
                in_good,
                in_bad,
            } => {
                let turns = if self.in_bad { to_good } else { to_bad };
                self.in_bad ^= turn < turns;
                hit < if self.in_bad { in_bad } else { in_good }
            }
        }
    }
}

/// When the last bit has left if the first one leaves at `begins`, through all steps of the capacity.
fn finished(bottleneck: &Bottleneck, begins: Duration, bytes: usize) -> Duration {
    let mut at = begins;
    // In bits × 10⁹, so that a whole nanosecond sends a whole number of them.
    let mut left = bytes as u128 * 8 * NANOS_A_SECOND;
    let steps = &bottleneck.capacity;
    let mut present = steps.partition_point(|step| step.from <= at) - 1;
    loop {
        let rate = u128::from(steps[present].bits_per_second);
        let end = at + nanoseconds(left.div_ceil(rate));
        match steps.get(present + 1) {
            Some(next) if end > next.from => {
                left -= (next.from - at).as_nanos() * rate;
                at = next.from;
                present += 1;
            }
            _ => return end,
        }
    }
}

fn nanoseconds(count: u128) -> Duration {
    Duration::from_nanos(u64::try_from(count).expect("a packet leaves within centuries"))
}

fn check(profile: &Profile) {
    let shares = match profile.loss {
        Loss::None => vec![],
        Loss::Random(share) => vec![share],
        Loss::Bursts {
            to_bad,
            to_good,
            in_good,
            in_bad,
        } => vec![to_bad, to_good, in_good, in_bad],
    };
    let is_share = |share: &f64| (0.0..=1.0).contains(share);
    assert!(shares.iter().all(is_share), "a share is 0 to 1: {shares:?}");
    if let Some(Bottleneck { capacity, .. }) = &profile.bottleneck {
        let first = capacity.first().map(|step| step.from);
        assert_eq!(first, Some(Duration::ZERO), "capacity is known from the start");
        let in_order = capacity.is_sorted_by(|one, next| one.from < next.from);
        assert!(in_order, "steps of capacity follow each other");
        let positive = capacity.iter().all(|step| step.bits_per_second > 0);
        assert!(positive, "a link without capacity is an outage");
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014). Our own because a crate's generator may change with its version, and with
/// it every measured number.
struct Chance(u64);

impl Chance {
    /// 0 ≤ share < 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (z >> 11) as f64 / (1u64 << 53) as f64
    }
}
