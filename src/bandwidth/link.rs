//! A seeded road between two peers in virtual time, and a call that drives over it; for tests only.
//!
//! ```text
//! encoder (30 fps, noise, keyframes) + voice ─▶ token bucket, tail-drop queue ─▶ delay, jitter, loss ─▶ receiver
//!      ▲ target every 50 ms                                                                  │ a report every
//!      └── controller ◀───────────────────────────── delay, loss ◀───────────────────────────┘ 50–100 ms
//! ```

use std::collections::VecDeque;
use std::time::Duration;

use super::Sent;

/// For the voice, bit/s.
pub(crate) const RESERVED: u32 = 56_000;

/// SplitMix64: the same story for the same seed.
pub(crate) struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5EED)
    }

    /// 0 to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Loss {
    None,
    Random(f64),
    /// Bursts: the chance to become bad, to become good again, and to lose while bad, each a packet.
    Gilbert(f64, f64, f64),
}

/// What the road and the sender are like; times in seconds, rates in bit/s.
#[derive(Debug, Clone)]
pub(crate) struct Road {
    pub seed: u64,
    /// (from, capacity), in order, the first at 0.
    pub capacity: Vec<(f64, f64)>,
    /// Of the tail-drop queue.
    pub queue: f64,
    /// One way.
    pub delay: f64,
    /// (from, extra delay): the route changes.
    pub detour: Option<(f64, f64)>,
    pub jitter: f64,
    /// A radio delivers only this often; 0 for a wire.
    pub grid: f64,
    pub loss: Loss,
    /// Of reports.
    pub report_loss: f64,
    /// (from, to, longer): reports stand in a queue of the other side's making.
    pub way_back: Option<(f64, f64, f64)>,
    /// (from, to, at most): the scene is still.
    pub still: Option<(f64, f64, f64)>,
    pub until: f64,
}

impl Default for Road {
    fn default() -> Self {
        Self {
            seed: 0,
            capacity: vec![(0.0, 2e6)],
            queue: 0.3,
            delay: 0.025,
            detour: None,
            jitter: 0.003,
            grid: 0.0,
            loss: Loss::None,
            report_loss: 0.0,
            way_back: None,
            still: None,
            until: 30.0,
        }
    }
}

/// What decides the rate.
pub(crate) trait Controller {
    fn on_reports(&mut self, now: Duration, reports: &[Sent]);
    fn on_tick(&mut self, now: Duration);
    /// `sent`: bytes of pictures until now.
    fn target(&mut self, now: Duration, sent: u64) -> Target;
}

/// What the sender is to make.
pub(crate) struct Target {
    /// Of everything, bit/s.
    pub bits: f64,
    /// Lines of the picture.
    pub height: u32,
    /// No frame for now.
    pub paused: bool,
    /// The next one whole.
    pub whole: bool,
}

/// One moment of the story, every 10 ms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub at: f64,
    pub target: f64,
    /// In the bottleneck, seconds.
    pub queue: f64,
}

#[derive(Debug, Default)]
pub(crate) struct Story {
    pub moments: Vec<Moment>,
    /// When a whole picture could be shown.
    pub shown: Vec<f64>,
    /// (at, bits) sent and arrived.
    pub sent: Vec<(f64, f64)>,
    pub arrived: Vec<(f64, f64)>,
}

impl Story {
    pub fn longest_freeze(&self, from: f64, to: f64) -> f64 {
        let shown = self.shown.windows(2).filter(|w| w[1] >= from && w[0] <= to);
        shown.map(|w| w[1] - w[0]).fold(0.0, f64::max)
    }

    pub fn queue_percentile(&self, from: f64, to: f64, percentile: f64) -> f64 {
        let mut queues: Vec<f64> = self
            .moments
            .iter()
            .filter(|m| m.at >= from && m.at < to)
            .map(|m| m.queue)
            .collect();
        queues.sort_by(f64::total_cmp);
        queues[((queues.len() - 1) as f64 * percentile) as usize]
    }

    pub fn target_mean(&self, from: f64, to: f64) -> f64 {
        let within = self.moments.iter().filter(|m| m.at >= from && m.at < to);
        let targets: Vec<f64> = within.map(|m| m.target).collect();
        targets.iter().sum::<f64>() / targets.len() as f64
    }

    pub fn sent_mean(&self, from: f64, to: f64) -> f64 {
        mean(&self.sent, from, to)
    }

    pub fn arrived_mean(&self, from: f64, to: f64) -> f64 {
        mean(&self.arrived, from, to)
    }

    /// The first moment after `from` for which it holds.
    pub fn first(&self, from: f64, holds: impl Fn(&Moment) -> bool) -> Option<f64> {
        let mut later = self.moments.iter().filter(|m| m.at >= from);
        later.find(|m| holds(m)).map(|m| m.at)
    }
}

fn mean(events: &[(f64, f64)], from: f64, to: f64) -> f64 {
    let within = events.iter().filter(|(at, _)| *at >= from && *at < to);
    within.map(|(_, bits)| bits).sum::<f64>() / (to - from)
}

/// The narrowest place: bits waiting, drained at the capacity of the time.
struct Bottleneck<'a> {
    road: &'a Road,
    waiting: f64,
    at: f64,
}

impl Bottleneck<'_> {
    fn capacity(&self, at: f64) -> f64 {
        let steps = self.road.capacity.iter();
        steps
            .take_while(|(from, _)| *from <= at)
            .last()
            .map_or(0.0, |s| s.1)
    }

    fn next_step(&self, at: f64) -> f64 {
        let mut steps = self.road.capacity.iter();
        steps.find(|(from, _)| *from > at).map_or(f64::INFINITY, |s| s.0)
    }

    fn drain(&mut self, to: f64) {
        while self.at < to {
            let end = to.min(self.next_step(self.at));
            self.waiting = (self.waiting - self.capacity(self.at) * (end - self.at)).max(0.0);
            self.at = end;
        }
    }

    /// When this many bits are through.
    fn through(&self, mut bits: f64) -> f64 {
        let mut at = self.at;
        loop {
            let (capacity, end) = (self.capacity(at), self.next_step(at));
            if capacity * (end - at) >= bits || end.is_infinite() {
                return at + bits / capacity.max(1.0);
            }
            bits -= capacity * (end - at);
            at = end;
        }
    }

    /// When the packet is through, unless it found the queue full.
    fn push(&mut self, at: f64, bits: f64) -> Option<f64> {
        self.drain(at);
        // An outage keeps the queue that was.
        let room = self.capacity(at).max(100_000.0) * self.road.queue;
        if self.waiting + bits > room {
            return None;
        }
        self.waiting += bits;
        Some(self.through(self.waiting))
    }
}

struct Flight {
    sent: Sent,
    arrives: Option<f64>,
    frame: Option<u64>,
}

#[derive(Default)]
struct Frame {
    is_key: bool,
    packets: usize,
    arrived: usize,
    whole_at: f64,
    is_lost: bool,
}

/// Tells the story; `height` of a controller changing makes a keyframe, as a real encoder does.
pub(crate) fn tell(road: &Road, controller: &mut impl Controller) -> Story {
    let mut chance = Chance::new(road.seed);
    let mut story = Story::default();
    let mut bottleneck = Bottleneck {
        road,
        waiting: 0.0,
        at: 0.0,
    };
    let mut flights: Vec<Flight> = Vec::new();
    let mut in_the_air: VecDeque<usize> = VecDeque::new();
    let mut frames: Vec<Frame> = Vec::new();
    let mut reports: VecDeque<(f64, Vec<Sent>)> = VecDeque::new();
    let (mut reported, mut highest) = (0usize, None::<usize>);
    let (mut next_frame, mut next_voice, mut next_report, mut next_steer) = (0.0, 0.005, 0.05, 0.0);
    let (mut last_arrival, mut is_bad) = (0.0f64, false);
    let (mut target, mut height, mut paused) = (0.0, 0, false);
    let (mut wants_key, mut last_key, mut debt) = (true, -1.0, 0.0);
    let mut key_asked: Option<f64> = None;
    let mut pictures = 0u64;
    let (mut shown, mut is_whole) = (0usize, false);

    let mut ms = 0u64;
    while (ms as f64) < road.until * 1000.0 {
        let now = ms as f64 / 1000.0;
        let time = Duration::from_millis(ms);
        while reports.front().is_some_and(|(at, _)| *at <= now) {
            let (_, batch) = reports.pop_front().expect("just seen");
            controller.on_reports(time, &batch);
        }
        controller.on_tick(time);
        if now >= next_steer {
            let wanted = controller.target(time, pictures);
            wants_key |= wanted.whole || height != 0 && wanted.height != height;
            (target, height, paused) = (wanted.bits, wanted.height, wanted.paused);
            next_steer += 0.05;
        }
        if key_asked.is_some_and(|at| at <= now) {
            wants_key |= now - last_key > 0.3;
            key_asked = None;
        }

        let mut leaving: Vec<(f64, Option<u64>)> = Vec::new();
        if now >= next_voice {
            leaving.push((130.0 * 8.0, None));
            next_voice += 0.02;
        }
        if now >= next_frame && paused {
            next_frame += 1.0 / 30.0;
        }
        if now >= next_frame {
            let mut rate: f64 = (target - f64::from(RESERVED)).max(30_000.0);
            if let Some((from, to, most)) = road.still
                && (from..to).contains(&now)
            {
                rate = rate.min(most);
            }
            wants_key |= chance.unit() < 1.0 / 300.0;
            let mean = rate / 30.0;
            let bits = if wants_key {
                mean * chance.between(3.5, 4.5)
            } else {
                // The rate control pays back what earlier frames took too much.
                (mean * chance.between(0.6, 1.4) - debt * 0.25).max(mean * 0.25)
            };
            debt = (debt + bits - mean).max(-mean);
            if wants_key {
                (wants_key, last_key) = (false, now);
            }
            let is_key = last_key == now;
            let count = (bits / 9_500.0).ceil().max(1.0);
            frames.push(Frame {
                is_key,
                packets: count as usize,
                ..Frame::default()
            });
            for _ in 0..count as usize {
                leaving.push((bits / count, Some(frames.len() as u64 - 1)));
            }
            next_frame += 1.0 / 30.0;
        }
        for (bits, frame) in leaving {
            let size = (bits / 8.0) as u32 + 12;
            pictures += frame.map_or(0, |_| u64::from(size));
            let bits = f64::from(size) * 8.0;
            story.sent.push((now, bits));
            let through = bottleneck.push(now, bits);
            let is_lost = match road.loss {
                Loss::None => false,
                Loss::Random(share) => chance.unit() < share,
                Loss::Gilbert(worse, better, share) => {
                    is_bad = chance.unit() < if is_bad { 1.0 - better } else { worse };
                    is_bad && chance.unit() < share
                }
            };
            let detour = road
                .detour
                .filter(|(from, _)| now >= *from)
                .map_or(0.0, |(_, more)| more);
            let arrives = through.filter(|_| !is_lost).map(|at| {
                let at = at + road.delay + detour + chance.between(0.0, road.jitter);
                let at = if road.grid > 0.0 {
                    (at / road.grid).ceil() * road.grid
                } else {
                    at
                };
                last_arrival = at.max(last_arrival);
                last_arrival
            });
            match (arrives, frame) {
                (Some(_), _) => in_the_air.push_back(flights.len()),
                // What the radio lost is repaired by a NACK; what the queue dropped would be dropped again.
                (None, Some(frame)) if is_lost => frames[frame as usize].packets -= 1,
                (None, Some(frame)) => frames[frame as usize].is_lost = true,
                (None, None) => {}
            }
            // The receiver's clock started long ago.
            let arrived = arrives.map(|at| Duration::from_secs_f64(at + 86_400.0));
            flights.push(Flight {
                sent: Sent {
                    at: time,
                    size,
                    arrived,
                    lost: arrives.is_none(),
                },
                arrives,
                frame,
            });
        }

        while let Some(&first) = in_the_air.front() {
            let at = flights[first].arrives.expect("in the air");
            if at > now {
                break;
            }
            in_the_air.pop_front();
            highest = Some(highest.map_or(first, |h| h.max(first)));
            story
                .arrived
                .push((at, f64::from(flights[first].sent.size) * 8.0));
            if let Some(frame) = flights[first].frame {
                let frame = &mut frames[frame as usize];
                frame.arrived += 1;
                frame.whole_at = at;
            }
        }
        show(&mut frames, &mut shown, &mut is_whole, &mut story);
        // A hole behind which something whole has come: the receiver asks for a keyframe.
        if !is_whole && shown > 0 && key_asked.is_none() && now - last_key > 0.3 {
            key_asked = Some(now + 0.05 + road.delay);
        }

        if now >= next_report {
            if let Some(up_to) = highest.filter(|h| *h >= reported) {
                if chance.unit() >= road.report_loss {
                    let batch = flights[reported..=up_to].iter().map(|f| f.sent).collect();
                    let queue = match road.way_back {
                        Some((from, to, longer)) if (from..to).contains(&now) => longer,
                        _ => 0.0,
                    };
                    let before = reports.back().map_or(0.0, |(at, _)| *at);
                    reports.push_back(((now + road.delay + queue).max(before), batch));
                } else {
                    // Its packets count as lost with the next report, as in the library's history.
                    for flight in &mut flights[reported..=up_to] {
                        flight.sent.arrived = None;
                        flight.sent.lost = true;
                    }
                    highest = None;
                }
                if highest.is_some() {
                    reported = up_to + 1;
                }
            }
            next_report += chance.between(0.05, 0.1);
        }
        if ms.is_multiple_of(10) {
            bottleneck.drain(now);
            let queue = bottleneck.through(bottleneck.waiting) - now;
            story.moments.push(Moment {
                at: now,
                target,
                queue,
            });
        }
        ms += 1;
    }
    story
}

/// Shows every picture that is whole and follows a whole one, or is a keyframe.
fn show(frames: &mut [Frame], shown: &mut usize, is_whole: &mut bool, story: &mut Story) {
    while let Some(frame) = frames.get(*shown) {
        let is_here = !frame.is_lost && frame.arrived == frame.packets;
        if is_here && (frame.is_key || *is_whole) {
            *is_whole = true;
            story.shown.push(frame.whole_at);
        } else if frame.is_lost || (is_here && !*is_whole) {
            *is_whole = false;
        } else {
            return;
        }
        *shown += 1;
    }
}
