//! A token bucket: how often somebody may do something.

use tokio::time::Instant;

#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    pub burst: f64,
    pub a_second: f64,
}

#[derive(Debug)]
pub struct Bucket {
    allowance: Allowance,
    left: f64,
    at: Instant,
}

impl Bucket {
    pub fn full(allowance: Allowance) -> Self {
        Self {
            allowance,
            left: allowance.burst,
            at: Instant::now(),
        }
    }

    /// Whether it may be done once more, now.
    pub fn take(&mut self) -> bool {
        let now = Instant::now();
        let earned = now.duration_since(self.at).as_secs_f64() * self.allowance.a_second;
        self.left = (self.left + earned).min(self.allowance.burst);
        self.at = now;
        if self.left < 1.0 {
            return false;
        }
        self.left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_bucket_gives_its_burst_and_then_its_rate() {
        let mut bucket = Bucket::full(Allowance {
            burst: 3.0,
            a_second: 2.0,
        });
        assert_eq!((0..5).filter(|_| bucket.take()).count(), 3);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!((0..5).filter(|_| bucket.take()).count(), 2);
    }
}
