//! The estimate and the target: see the module above for the rules.

use std::time::Duration;

use super::path::{ORDINARY_FADES, Path};
use super::{Limits, Sent};

/// Of a measured capacity, what may be used: frames differ in size, and a full road has queues.
const SHARE: f64 = 0.9;
/// A queue shorter than this is jitter, or one frame.
const EMPTY: f64 = 0.02;
/// A queue this much longer would bring the target to nothing…
const DRAIN_OVER: f64 = 0.25;
/// …but this share is always sent: a longer queue is the governor's, who makes nothing until it is gone.
const LEAST_DRAIN: f64 = 0.6;
/// Drained twice for so long, what stays as long as it was, within this share, is the path's own.
const DRAIN_PATIENCE: f64 = 0.75;
const STAYS: f64 = 0.2;
/// A queue longer than this that grows means the estimate is too high.
const TOO_LONG: f64 = 0.03;
/// Of a single packet: no jitter, and not one frame's own.
const FAR_TOO_LONG: f64 = 0.06;
/// The longest run of waiting packets that capacity is read from, and the shortest that tells of a step down.
const BUSY_WINDOW: f64 = 0.5;
const NEWEST: f64 = 0.12;
/// The least span that capacity is read from upwards.
const SPAN_UP: f64 = 0.25;

/// Sound, text and an encoder's undershoot: a sender this far below the target still uses it.
const SLACK: f64 = 60_000.0;
const USED: f64 = 0.75;
const MOST_OVER_ACKNOWLEDGED: f64 = 1.5;
/// Of what was sent in a probe: a line is rarely just full.
const PROVEN: f64 = 1.1;
/// A probe of which so much was proven is followed by a higher one at once.
const REACHED: f64 = 0.85;

/// After a queue, before the next probe.
const HOLD: f64 = 0.3;
/// Until the sender follows a new target: one step of its control and one frame.
const FOLLOW: f64 = 0.1;
/// How much of a probe must be reported.
const PROBE: f64 = 0.2;
/// And how much at most, when the sender makes little of it at first.
const LONGEST_PROBE: f64 = 0.45;
const GAINS: [f64; 2] = [1.25, 1.5];
/// Between a probe that failed and the next.
const WAIT: (f64, f64) = (0.7, 1.8);
const WAIT_GROWS: f64 = 1.5;
/// A probe that loses this much more than usual has failed.
const PROBE_LOSS: f64 = 0.25;

/// Loss above the ordinary that is worth a cut, in so many packets.
const HEAVY_LOSS: f64 = 0.2;
const LOSS_PACKETS: usize = 20;
/// What is lost while packets wait no longer than this no queue has dropped: most that overflow are longer. One that is
/// not is taken for a radio, and parity has a part of the rate for some seconds.
const DROPS_NOTHING: f64 = 0.1;
/// From so many packets on a loss of a few in a hundred is told.
const PACKETS_TO_TELL: usize = 80;
/// What a cut for loss must bring, after so long.
const HELPED: f64 = 0.7;
const LOSS_VERDICT: f64 = 1.0;

/// Without reports for so many round trips, and at least so long, the target halves.
const SILENT_ROUND_TRIPS: f64 = 3.0;
const SILENT: f64 = 0.4;
const LEAST_SILENT_SHARE: f64 = 0.1;
/// When reports come again the estimate has lost this at most.
const SILENT_COST: f64 = 0.5;

#[derive(Debug, Clone, Copy)]
struct Probe {
    since: f64,
    rate: f64,
}

/// A cut for loss that waits for its effect.
#[derive(Debug, Clone, Copy)]
struct Trial {
    since: f64,
    loss: f64,
    /// The estimate before the cut.
    before: f64,
}

/// A queue that is made shorter by sending less.
#[derive(Debug, Clone, Copy)]
struct Draining {
    since: f64,
    /// Of the queue since then: single packets wait longer.
    least: f64,
    /// The same of the time before.
    before: Option<f64>,
}

/// See [`super`].
#[derive(Debug)]
pub struct Estimator {
    limits: (f64, f64),
    path: Path,
    /// What the path carries for us without a queue, as far as is known.
    estimate: f64,
    probe: Option<Probe>,
    /// Probes in a row that succeeded.
    climbed: usize,
    wait: f64,
    next_probe: f64,
    /// While the target stays below the estimate.
    draining: Option<Draining>,
    ordinary_loss: f64,
    /// Of the last two seconds in which no queue was full.
    recent_loss: f64,
    trial: Option<Trial>,
    round_trip: f64,
    last_report: Option<f64>,
    /// 1 while reports come.
    silent_share: f64,
}

impl Estimator {
    pub fn new(limits: Limits) -> Self {
        let (least, most) = (f64::from(limits.least), f64::from(limits.most.max(limits.least)));
        Self {
            limits: (least, most),
            path: Path::default(),
            estimate: f64::from(limits.start).clamp(least, most),
            probe: None,
            climbed: 0,
            wait: WAIT.0,
            next_probe: 0.0,
            draining: None,
            ordinary_loss: 0.0,
            recent_loss: 0.0,
            trial: None,
            round_trip: 0.1,
            last_report: None,
            silent_share: 1.0,
        }
    }

    /// What to send now, bit/s, everything included. Below the estimate while a queue drains, above it in a probe.
    pub fn bits_per_second(&self) -> u32 {
        let rate = match self.probe {
            Some(probe) => probe.rate,
            None => self.estimate * self.drain(),
        };
        let (least, most) = self.limits;
        (rate * self.silent_share).clamp(least, most) as u32
    }

    /// What the path carries for us without a queue, bit/s, as far as is known.
    pub fn capacity(&self) -> u32 {
        self.estimate as u32
    }

    /// How long a packet waits at the narrowest place of the path.
    pub fn queue(&self) -> Duration {
        Duration::try_from_secs_f64(self.path.queue().max(0.0)).unwrap_or_default()
    }

    /// When the packet left whose wait [`Self::queue`] tells.
    pub fn queue_seen_at(&self) -> Duration {
        Duration::try_from_secs_f64(self.path.last_sent()).unwrap_or_default()
    }

    /// What the path lost lately though no queue was full, of a thousand packets.
    pub fn lost_per_mille(&self) -> u32 {
        (self.recent_loss * 1000.0) as u32
    }

    /// From a packet's leaving to its report, the receiver's gathering included.
    pub fn round_trip(&self) -> Duration {
        Duration::try_from_secs_f64(self.round_trip).unwrap_or_default()
    }

    /// When [`Self::handle_timeout`] is due; never before a report has come.
    pub fn wake_at(&self) -> Option<Duration> {
        let (least, silent) = (LEAST_SILENT_SHARE, self.silent_at()?);
        (self.silent_share > least).then(|| Duration::try_from_secs_f64(silent).unwrap_or(Duration::MAX))
    }

    pub fn handle_timeout(&mut self, now: Duration) {
        let now = now.as_secs_f64();
        // Rounding to nanoseconds must not make a wake-up come too early for ever.
        while self.silent_share > LEAST_SILENT_SHARE
            && self.silent_at().is_some_and(|silent| now + 1e-6 >= silent)
        {
            self.probe = None;
            self.climbed = 0;
            self.silent_share = (self.silent_share / 2.0).max(LEAST_SILENT_SHARE);
        }
    }

    fn silent_at(&self) -> Option<f64> {
        let patience = (SILENT_ROUND_TRIPS * self.round_trip).max(SILENT);
        let halvings = -self.silent_share.log2();
        Some(self.last_report? + patience * (1.0 + halvings))
    }

    /// Reports in the order of sending; an empty slice is no news.
    pub fn on_reports(&mut self, now: Duration, reports: &[Sent]) {
        if reports.is_empty() {
            return;
        }
        let now = now.as_secs_f64();
        let sent_before = self.path.last_sent();
        self.path.learn(reports, self.estimate);
        self.time(now);
        self.hear_again(now, sent_before, reports);
        let queue = self.path.queue();
        self.measure(now, queue);
        self.watch_drain(now, queue);
        self.watch_loss();
        self.weigh_loss(now, queue);
        self.judge_probe(now, queue);
        self.maybe_probe(now, queue);
        let (least, most) = self.limits;
        self.estimate = self.estimate.clamp(least, most);
    }

    fn time(&mut self, now: f64) {
        let sample = (now - self.path.last_sent()).clamp(0.001, 2.0);
        self.round_trip += (sample - self.round_trip) / 4.0;
    }

    fn hear_again(&mut self, now: f64, sent_before: f64, reports: &[Sent]) {
        let silence = self.last_report.map_or(0.0, |last| now - last);
        self.last_report = Some(now);
        if self.silent_share >= 1.0 {
            return;
        }
        let first = reports[0].at.as_secs_f64();
        let was_idle = first - sent_before > silence * 0.7 && !reports.iter().any(|report| report.lost);
        if !was_idle {
            self.estimate *= self.silent_share.max(SILENT_COST);
            self.retry_soon(now);
        }
        self.silent_share = 1.0;
    }

    fn retry_soon(&mut self, now: f64) {
        self.wait = WAIT.0;
        self.next_probe = now + HOLD;
    }

    /// While packets wait, what arrives is the capacity.
    fn measure(&mut self, now: f64, queue: f64) {
        // A step down shows in the newest arrivals first; before it, a longer run says more.
        for window in [NEWEST, BUSY_WINDOW] {
            let Some(busy) = self.path.busy(window) else {
                return;
            };
            let is_long = queue > TOO_LONG || busy.waited > FAR_TOO_LONG;
            if busy.is_growing && is_long {
                self.cut(now, busy.at_most * SHARE);
                return;
            }
            if !busy.is_growing && busy.span >= SPAN_UP && self.probe.is_none() {
                self.estimate = self.estimate.max(busy.delivered * SHARE);
            }
        }
    }

    fn cut(&mut self, now: f64, to: f64) {
        if to >= self.estimate {
            return;
        }
        self.estimate = to;
        if self.probe.take().is_some() {
            self.back_off(now);
        } else {
            self.climbed = 0;
            self.wait = WAIT.0;
            self.next_probe = now + self.wait;
        }
    }

    fn drain(&self) -> f64 {
        (1.0 - (self.path.queue() - EMPTY) / DRAIN_OVER).clamp(LEAST_DRAIN, 1.0)
    }

    fn watch_drain(&mut self, now: f64, queue: f64) {
        if queue <= EMPTY {
            self.draining = None;
            return;
        }
        self.next_probe = self.next_probe.max(now + HOLD);
        let draining = self.draining.get_or_insert(Draining {
            since: now,
            least: queue,
            before: None,
        });
        draining.least = draining.least.min(queue);
        if now - draining.since < DRAIN_PATIENCE {
            return;
        }
        let Draining { least, before, .. } = *draining;
        // A sender that does not follow drains nothing.
        let follows = self.path.sent(DRAIN_PATIENCE) <= self.estimate;
        self.draining = if follows && before.is_some_and(|before| (least - before).abs() <= before * STAYS) {
            self.path.accept_delay(self.estimate);
            None
        } else {
            Some(Draining {
                since: now,
                least: queue,
                before: Some(least),
            })
        };
    }

    fn watch_loss(&mut self) {
        let free = self.path.loss(self.path.free_since(DROPS_NOTHING));
        if free.packets >= PACKETS_TO_TELL {
            self.recent_loss = free.lost;
        }
    }

    /// A policer drops without a queue: only a cut that helps tells it from a poor radio.
    fn weigh_loss(&mut self, now: f64, queue: f64) {
        if let Some(trial) = self.trial {
            let since = self.path.loss(trial.since + self.round_trip);
            if now - trial.since < LOSS_VERDICT + self.round_trip || since.packets < LOSS_PACKETS / 2 {
                return;
            }
            if since.lost > trial.loss * HELPED {
                self.ordinary_loss = since.lost;
                self.estimate = self.estimate.max(trial.before);
            }
            self.trial = None;
            return;
        }
        let recent = self.path.last_sent() - 1.0;
        let recent = self.path.loss(recent.max(self.path.free_since(EMPTY)));
        if recent.packets < LOSS_PACKETS {
            return;
        }
        self.ordinary_loss = self
            .ordinary_loss
            .min(recent.lost.max(self.ordinary_loss * ORDINARY_FADES));
        if queue <= EMPTY && recent.lost > self.ordinary_loss + HEAVY_LOSS {
            let before = self.estimate;
            self.estimate = before.min(self.path.acknowledged(1.0) * SHARE);
            self.probe = None;
            self.climbed = 0;
            self.next_probe = now + WAIT.1;
            self.trial = Some(Trial {
                since: now,
                loss: recent.lost,
                before,
            });
        }
    }

    fn judge_probe(&mut self, now: f64, queue: f64) {
        let Some(probe) = self.probe else { return };
        let from = probe.since + FOLLOW;
        if self.path.last_sent() < probe.since {
            return;
        }
        let loss = self.path.loss(from);
        let lossy = loss.packets >= 8 && loss.lost > self.ordinary_loss + PROBE_LOSS;
        if queue > TOO_LONG || lossy {
            self.probe = None;
            self.back_off(now);
            return;
        }
        let Some(sent) = self.path.since(from, PROBE) else {
            return;
        };
        // Without a queue all that was sent was borne, and no more than that is proven.
        let borne = probe.rate.min(sent * PROVEN);
        let is_reached = borne >= probe.rate * REACHED;
        if !is_reached && self.path.last_sent() < from + LONGEST_PROBE {
            // The sender pays for a large frame.
            return;
        }
        self.probe = None;
        if queue > EMPTY {
            self.climbed = 0;
            self.next_probe = now + self.wait;
            return;
        }
        self.estimate = self.estimate.max(borne);
        if is_reached {
            self.climbed += 1;
            self.wait = WAIT.0;
            self.next_probe = now;
        } else {
            self.climbed = 0;
            self.next_probe = now + self.wait;
        }
    }

    fn back_off(&mut self, now: f64) {
        self.climbed = 0;
        self.wait = (self.wait * WAIT_GROWS).min(WAIT.1);
        self.next_probe = now + self.wait;
    }

    fn maybe_probe(&mut self, now: f64, queue: f64) {
        let (_, most) = self.limits;
        if self.probe.is_some() || self.trial.is_some() || now < self.next_probe || queue > EMPTY {
            return;
        }
        let is_used = self.path.sent(0.5) + SLACK >= self.estimate * USED;
        let bound = (self.path.acknowledged(0.5) + SLACK) * MOST_OVER_ACKNOWLEDGED;
        let rate = (self.estimate * GAINS[self.climbed.min(GAINS.len() - 1)])
            .min(bound)
            .min(most);
        if is_used && rate > self.estimate * 1.02 {
            self.probe = Some(Probe { since: now, rate });
        } else {
            self.climbed = 0;
        }
    }
}
