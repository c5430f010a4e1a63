//! How many bits a second the network carries: Google Congestion Control over transport-wide feedback, published where
//! the encoder looks.
//!
//! The estimator disappears inside the interceptor chain, so the number is pushed out of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use rtc::interceptor::{BandwidthEstimator, EstimatorStats, Gcc, PacketReport};

/// What a call starts with, bit/s: enough for hands at 480p, little enough for a slow line.
const START: f64 = 600_000.0;
const LEAST: f64 = 100_000.0;
/// GCC climbs without end while the encoder is idle; nothing at 480p gains from more.
const MOST: f64 = 2_200_000.0;

/// The latest estimate in bit/s; clones share it.
#[derive(Clone)]
pub(super) struct Estimate(Arc<AtomicU32>);

impl Estimate {
    pub(super) fn bits_per_second(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

pub(super) struct Published {
    inner: Gcc,
    estimate: Estimate,
}

impl Published {
    pub(super) fn new() -> (Self, Estimate) {
        let estimate = Estimate(Arc::new(AtomicU32::new(START as u32)));
        let published = Self {
            inner: Gcc::new(START, LEAST, MOST),
            estimate: estimate.clone(),
        };
        (published, estimate)
    }

    fn publish(&self) {
        self.estimate
            .0
            .store(self.inner.target_bitrate() as u32, Ordering::Relaxed);
    }
}

impl BandwidthEstimator for Published {
    fn on_reports(&mut self, now: Instant, reports: &[PacketReport]) {
        self.inner.on_reports(now, reports);
        self.publish();
    }

    fn target_bitrate(&self) -> f64 {
        self.inner.target_bitrate()
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.inner.handle_timeout(now);
        self.publish();
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.inner.poll_timeout()
    }

    fn stats(&self) -> EstimatorStats {
        self.inner.stats()
    }
}
