//! How many bits a second the network carries: our estimator under the library's transport-wide feedback, published
//! where the encoder is steered.
//!
//! The library's own Gcc neither probes nor heeds what is acknowledged. The estimator disappears inside the interceptor
//! chain, so its numbers are pushed out of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rtc::interceptor::{BandwidthEstimator, EstimatorStats, PacketReport};

use crate::bandwidth::{Estimator, Limits, Sent};

/// A call starts with enough for hands at 480p, little enough for a slow line; nothing at 720p gains from more than the
/// most.
const LIMITS: Limits = Limits {
    start: 600_000,
    least: 100_000,
    most: 2_200_000,
};

/// The latest estimate; clones share it.
#[derive(Clone)]
pub(super) struct Estimate(Arc<Numbers>);

struct Numbers {
    start: Instant,
    bits_per_second: AtomicU32,
    capacity: AtomicU32,
    queue_ms: AtomicU32,
    lost_per_mille: AtomicU32,
    /// Of the estimate, what a paper takes that is on its way.
    paper: AtomicU32,
    /// After the start.
    queue_seen_ms: AtomicU32,
    /// See [`Estimate::has_gap`].
    gap: AtomicBool,
}

impl Default for Estimate {
    /// Before anything was sent.
    fn default() -> Self {
        Self(Arc::new(Numbers {
            start: Instant::now(),
            bits_per_second: AtomicU32::new(LIMITS.start),
            capacity: AtomicU32::new(LIMITS.start),
            queue_ms: AtomicU32::new(0),
            lost_per_mille: AtomicU32::new(0),
            paper: AtomicU32::new(0),
            queue_seen_ms: AtomicU32::new(0),
            gap: AtomicBool::new(false),
        }))
    }
}

impl Estimate {
    /// What is to be sent of everything.
    pub(super) fn bits_per_second(&self) -> u32 {
        self.0.bits_per_second.load(Ordering::Relaxed)
    }

    /// What the network carries without a queue, as far as is known.
    pub(super) fn capacity(&self) -> u32 {
        self.0.capacity.load(Ordering::Relaxed)
    }

    /// Of what is to be sent, what is left beside a paper on its way.
    pub(super) fn beside_paper(&self) -> u32 {
        let paper = self.0.paper.load(Ordering::Relaxed);
        self.bits_per_second().saturating_sub(paper)
    }

    /// From now on so much of it is a paper's.
    pub(super) fn lend_to_paper(&self, bits_per_second: u32) {
        self.0.paper.store(bits_per_second, Ordering::Relaxed);
    }

    /// How long a packet waits on its way.
    pub(super) fn queue(&self) -> Duration {
        Duration::from_millis(self.0.queue_ms.load(Ordering::Relaxed).into())
    }

    /// Of a thousand packets, without those that a queue dropped.
    pub(super) fn lost_per_mille(&self) -> u32 {
        self.0.lost_per_mille.load(Ordering::Relaxed)
    }

    /// How long ago the packet left whose wait [`Self::queue`] tells.
    pub(super) fn queue_age(&self) -> Duration {
        let seen = Duration::from_millis(self.0.queue_seen_ms.load(Ordering::Relaxed).into());
        self.0.start.elapsed().saturating_sub(seen)
    }

    /// The browser misses a part of the picture that it will not get.
    pub(super) fn leave_gap(&self) {
        self.0.gap.store(true, Ordering::Relaxed);
    }

    /// Whether only a whole picture helps the browser.
    pub(super) fn has_gap(&self) -> bool {
        self.0.gap.load(Ordering::Relaxed)
    }

    /// A whole picture is on its way.
    pub(super) fn close_gap(&self) {
        self.0.gap.store(false, Ordering::Relaxed);
    }
}

pub(super) struct Published {
    inner: Estimator,
    estimate: Estimate,
}

impl Published {
    pub(super) fn new(estimate: Estimate) -> Self {
        Self {
            inner: Estimator::new(LIMITS),
            estimate,
        }
    }

    fn since_start(&self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.estimate.0.start)
    }

    fn publish(&self) {
        let numbers = &self.estimate.0;
        let in_ms = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        let (queue, seen) = (in_ms(self.inner.queue()), in_ms(self.inner.queue_seen_at()));
        numbers
            .bits_per_second
            .store(self.inner.bits_per_second(), Ordering::Relaxed);
        numbers.capacity.store(self.inner.capacity(), Ordering::Relaxed);
        numbers.queue_ms.store(queue, Ordering::Relaxed);
        numbers
            .lost_per_mille
            .store(self.inner.lost_per_mille(), Ordering::Relaxed);
        numbers.queue_seen_ms.store(seen, Ordering::Relaxed);
    }
}

impl BandwidthEstimator for Published {
    fn on_reports(&mut self, now: Instant, reports: &[PacketReport]) {
        let reports: Vec<Sent> = reports
            .iter()
            .map(|report| Sent {
                at: self.since_start(report.departure),
                size: u32::try_from(report.size).unwrap_or(u32::MAX),
                arrived: report.arrival,
                lost: !report.arrived,
            })
            .collect();
        self.inner.on_reports(self.since_start(now), &reports);
        self.publish();
    }

    fn target_bitrate(&self) -> f64 {
        f64::from(self.inner.bits_per_second())
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.inner.handle_timeout(self.since_start(now));
        self.publish();
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.estimate.0.start.checked_add(self.inner.wake_at()?)
    }

    fn stats(&self) -> EstimatorStats {
        let mut stats = EstimatorStats::default();
        stats.delay_based_bitrate = Some(self.target_bitrate());
        stats.round_trip_time = Some(self.inner.round_trip());
        stats
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bandwidth::link::{Controller, Loss, Road, Story, Target, tell};

    /// On the virtual road.
    struct Driven {
        inner: Published,
        start: Instant,
        next_id: u64,
    }

    impl Controller for Driven {
        fn on_reports(&mut self, now: Duration, reports: &[Sent]) {
            let reports: Vec<PacketReport> = reports
                .iter()
                .map(|sent| {
                    self.next_id += 1;
                    PacketReport {
                        ssrc: 1,
                        id: self.next_id,
                        rtp_sequence_number: self.next_id as u16,
                        is_twcc: true,
                        twcc_sequence_number: self.next_id as u16,
                        size: sent.size as usize,
                        arrived: !sent.lost,
                        departure: self.start + sent.at,
                        arrival: sent.arrived,
                        ecn: Default::default(),
                    }
                })
                .collect();
            self.inner.on_reports(self.start + now, &reports);
        }

        fn on_tick(&mut self, now: Duration) {
            if self.inner.poll_timeout().is_some_and(|at| at <= self.start + now) {
                self.inner.handle_timeout(self.start + now);
            }
        }

        fn target(&mut self, _: Duration, _: u64) -> Target {
            let bits = self.inner.target_bitrate();
            Target {
                bits,
                height: if bits < 406_000.0 { 360 } else { 480 },
                paused: false,
                whole: false,
            }
        }
    }

    fn on_the_road(road: &Road) -> Story {
        let inner = Published::new(Estimate::default());
        let start = inner.estimate.0.start;
        tell(
            road,
            &mut Driven {
                inner,
                start,
                next_id: 0,
            },
        )
    }

    /// Seconds of a long queue and of the longest freeze after the drop, until recovery, and the use at 10 % loss.
    fn measured(seed: u64) -> [f64; 4] {
        let road = Road {
            seed,
            capacity: vec![(0.0, 2e6), (15.0, 3e5), (30.0, 2e6)],
            until: 50.0,
            ..Road::default()
        };
        let story = on_the_road(&road);
        let back = story.first(30.0, |m| m.target > 1.6e6).unwrap_or(50.0);
        let lossy = on_the_road(&Road {
            seed,
            capacity: vec![(0.0, 1e6)],
            loss: Loss::Random(0.1),
            ..Road::default()
        });
        [
            story
                .moments
                .iter()
                .filter(|m| (15.0..30.0).contains(&m.at) && m.queue > 0.2)
                .count() as f64
                / 100.0,
            story.longest_freeze(14.9, 30.0),
            back - 30.0,
            lossy.sent_mean(5.0, 30.0) / 1e6,
        ]
    }

    #[test]
    fn under_the_librarys_feedback_the_estimator_does_what_it_promises() {
        let rows: Vec<_> = (0..20).map(measured).collect();
        let [queue, freeze, recovery, used] =
            std::array::from_fn(|at| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64);
        let told =
            format!("queue {queue:.2} s, freeze {freeze:.2} s, recovery {recovery:.2} s, use {used:.2}");
        assert!(
            queue < 0.7 && freeze < 0.7 && recovery < 5.0 && used > 0.7,
            "{told}"
        );
    }

    #[test]
    fn what_the_estimator_decides_is_published_and_the_next_wake_up_lies_ahead() {
        let estimate = Estimate::default();
        let mut published = Published::new(estimate.clone());
        assert_eq!(estimate.bits_per_second(), LIMITS.start);
        assert_eq!(published.poll_timeout(), None, "nothing was sent yet");
        let now = published.estimate.0.start + Duration::from_millis(100);
        let report = PacketReport {
            ssrc: 1,
            id: 1,
            rtp_sequence_number: 1,
            is_twcc: true,
            twcc_sequence_number: 1,
            size: 1200,
            arrived: true,
            departure: published.estimate.0.start + Duration::from_millis(50),
            arrival: Some(Duration::from_secs(9)),
            ecn: Default::default(),
        };
        published.on_reports(now, &[report]);
        for _ in 0..3 {
            let wake = published.poll_timeout().expect("silence is watched");
            let before = estimate.bits_per_second();
            published.handle_timeout(wake);
            assert!(estimate.bits_per_second() < before);
            assert!(published.poll_timeout().is_none_or(|next| next > wake));
        }
    }
}
