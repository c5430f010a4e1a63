//! What the reports tell of the path: the queue at its narrowest place, what it delivers, what it loses.
//!
//! Seconds and bits as `f64`. The receiver's clock has its own start, may drift, and may jump: only differences count,
//! and a jump starts anew.

use std::collections::VecDeque;

use super::Sent;

/// How long a packet is remembered.
const MEMORY: f64 = 2.0;
/// How long the least delay holds: long enough to meet an empty queue, short enough for clocks that drift.
const BASE_WINDOW: f64 = 20.0;
/// Packets closer than this left together.
const BURST: f64 = 0.005;
/// A packet that waited less than this did not wait: jitter.
const WAITED: f64 = 0.015;
/// What is taken for ordinary fades with each report, by half in half a minute.
pub(super) const ORDINARY_FADES: f64 = 0.998;
/// A queue grows when it grows by this share of the time, and by so much.
const GROWS: f64 = 0.1;
const GREW: f64 = 0.015;
/// A silence this long between arrivals is the report's or the radio's, not the bottleneck's.
const GAP: f64 = 0.2;
/// What a lost report spans at least.
const REPORT_SPAN: f64 = 0.05;
const REPORT_PACKETS: usize = 4;
/// A queue that overflows is longer than this.
const REPORT_QUEUE: f64 = 0.15;
/// The least span that a capacity is read from, in more than two packets.
const SHORTEST: f64 = 0.045;
/// The other clock was set.
const JUMP: f64 = 5.0;
/// More packets than this in [`MEMORY`] are not a call.
const MOST_PACKETS: usize = 4096;

#[derive(Debug, Clone, Copy)]
struct Packet {
    at: f64,
    bits: f64,
    lost: bool,
    /// Not the packet but its report was lost.
    is_unknown: bool,
    arrived: Option<f64>,
    /// Above the least delay.
    waited: f64,
    /// Of that, what others before it took.
    queued: f64,
}

/// A candidate for the least delay.
#[derive(Debug, Clone, Copy)]
struct Lowest {
    at: f64,
    delay: f64,
    bits: f64,
}

impl Lowest {
    /// What a packet's bits take longer than this one's on a line of that rate.
    fn longer(&self, bits: f64, rate: f64) -> f64 {
        ((bits - self.bits) / rate).max(0.0)
    }
}

/// A run of packets that all waited: the bottleneck was never idle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Busy {
    /// Bits a second.
    pub delivered: f64,
    /// The same of that end of the run which delivered most: on a route that has become longer all packets seem to have
    /// waited, and the bottleneck may have been idle.
    pub at_most: f64,
    /// Seconds on the receiver's clock.
    pub span: f64,
    /// How long the newest waited.
    pub waited: f64,
    /// More was sent meanwhile than came out.
    pub is_growing: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub packets: usize,
    /// 0 to 1.
    pub lost: f64,
}

#[derive(Debug, Default)]
pub(super) struct Path {
    packets: VecDeque<Packet>,
    /// Rising in time and in delay.
    lowest: VecDeque<Lowest>,
    /// (sent at, queued) of the first of each burst.
    bursts: VecDeque<(f64, f64)>,
    last_delay: Option<f64>,
    /// What every other packet waits at most where no sending less would help: jitter.
    ordinary: f64,
}

impl Path {
    /// `rate`: what the line is believed to carry, bit/s.
    pub fn learn(&mut self, reports: &[Sent], rate: f64) {
        for report in reports {
            let at = report.at.as_secs_f64();
            let bits = f64::from(report.size) * 8.0;
            let arrived = report
                .arrived
                .filter(|_| !report.lost)
                .map(|arrived| arrived.as_secs_f64());
            let mut packet = Packet {
                at,
                bits,
                lost: report.lost,
                is_unknown: false,
                arrived,
                waited: 0.0,
                queued: 0.0,
            };
            if let Some(arrived) = arrived {
                let least = self.least(at, arrived - at, bits);
                packet.waited = (arrived - at - least.delay - self.ordinary).max(0.0);
                packet.queued = (packet.waited - least.longer(bits, rate)).max(0.0);
            }
            self.packets.push_back(packet);
            if arrived.is_some() {
                self.burst(at, packet.queued);
                self.excuse_lost_report();
            }
        }
        self.ordinary *= ORDINARY_FADES;
        let newest = self.last_sent();
        while self.packets.len() > MOST_PACKETS
            || self
                .packets
                .front()
                .is_some_and(|first| first.at < newest - MEMORY)
        {
            self.packets.pop_front();
        }
    }

    /// The least delay, this one's included.
    fn least(&mut self, at: f64, delay: f64, bits: f64) -> Lowest {
        if self.last_delay.is_some_and(|last| (delay - last).abs() > JUMP) {
            self.forget();
        }
        self.last_delay = Some(delay);
        while self.lowest.back().is_some_and(|other| other.delay >= delay) {
            self.lowest.pop_back();
        }
        let this = Lowest { at, delay, bits };
        self.lowest.push_back(this);
        while self.lowest.front().is_some_and(|old| old.at < at - BASE_WINDOW) {
            self.lowest.pop_front();
        }
        self.lowest.front().copied().unwrap_or(this)
    }

    fn burst(&mut self, at: f64, queued: f64) {
        if let Some((start, least)) = self.bursts.back_mut()
            && (0.0..BURST).contains(&(at - *start))
        {
            *least = least.min(queued);
            return;
        }
        self.bursts.push_back((at, queued));
        if self.bursts.len() > 3 {
            self.bursts.pop_front();
        }
    }

    /// A library cannot tell a lost report from lost packets. But before and after an overflow the queue is long, and
    /// a radio rarely loses everything for so long.
    fn excuse_lost_report(&mut self) {
        let newest = self.packets.len() - 1;
        let run = self.packets.iter().rev().skip(1).take_while(|p| p.lost).count();
        let first = newest - run;
        let Some(before) = first.checked_sub(1).map(|before| self.packets[before]) else {
            return;
        };
        let after = self.packets[newest];
        let is_short = before.waited < REPORT_QUEUE && after.waited < REPORT_QUEUE;
        if run >= REPORT_PACKETS && is_short && after.at - before.at >= REPORT_SPAN {
            for packet in self.packets.range_mut(first..newest) {
                packet.is_unknown = true;
            }
        }
    }

    fn forget(&mut self) {
        *self = Self::default();
    }

    /// The delay of the last second is the path's own: what comes next counts from here, jitter included.
    pub fn accept_delay(&mut self, rate: f64) {
        let newest = self.last_sent();
        let delay = |packet: &Packet| Some((packet.arrived? - packet.at, packet.bits));
        let recent = self.packets.iter().filter(|packet| packet.at > newest - 1.0);
        let delays: Vec<(f64, f64)> = recent.filter_map(delay).collect();
        let Some(&(least, bits)) = delays.iter().min_by(|one, other| one.0.total_cmp(&other.0)) else {
            return;
        };
        let least = Lowest {
            at: newest,
            delay: least,
            bits,
        };
        self.lowest = VecDeque::from([least]);
        let above = |(delay, bits): (f64, f64)| (delay - least.delay - least.longer(bits, rate)).max(0.0);
        let mut jitter: Vec<f64> = delays.into_iter().map(above).collect();
        jitter.sort_by(f64::total_cmp);
        self.ordinary = jitter[jitter.len() / 2];
        for packet in &mut self.packets {
            let waited = delay(packet).map_or(0.0, |(delay, _)| delay - least.delay - self.ordinary);
            packet.waited = waited.max(0.0);
            packet.queued = (packet.waited - least.longer(packet.bits, rate)).max(0.0);
        }
        self.bursts.clear();
    }

    /// How long a packet waits now, in seconds.
    pub fn queue(&self) -> f64 {
        let mut waits: Vec<f64> = self.bursts.iter().map(|&(_, queued)| queued).collect();
        waits.sort_by(f64::total_cmp);
        waits.get(waits.len() / 2).copied().unwrap_or(0.0)
    }

    /// When the newest packet that was reported left.
    pub fn last_sent(&self) -> f64 {
        self.packets.iter().map(|packet| packet.at).fold(0.0, f64::max)
    }

    /// Bits a second that left in the last `window` seconds before the newest report, lost ones included.
    pub fn sent(&self, window: f64) -> f64 {
        let newest = self.last_sent();
        self.rate(newest - window, newest, |_| true)
    }

    /// Of [`Self::sent`] what arrived.
    pub fn acknowledged(&self, window: f64) -> f64 {
        let newest = self.last_sent();
        self.rate(newest - window, newest, |packet| !packet.lost)
    }

    /// Bits a second that left from `from` on, lost ones included; none before `least` seconds are reported.
    pub fn since(&self, from: f64, least: f64) -> Option<f64> {
        let newest = self.last_sent();
        (newest - from >= least).then(|| self.rate(from, newest, |_| true))
    }

    fn rate(&self, from: f64, to: f64, counts: impl Fn(&Packet) -> bool) -> f64 {
        let counted = self
            .packets
            .iter()
            .filter(|packet| packet.at > from && packet.at <= to && counts(packet));
        let bits: f64 = counted.map(|packet| packet.bits).sum();
        bits / (to - from).max(0.05)
    }

    /// Packets that left after `from`.
    pub fn loss(&self, from: f64) -> Share {
        let (mut packets, mut lost) = (0, 0);
        let told = |packet: &&Packet| packet.at > from && !packet.is_unknown;
        for packet in self.packets.iter().filter(told) {
            packets += 1;
            lost += usize::from(packet.lost);
        }
        Share {
            packets,
            lost: lost as f64 / packets.max(1) as f64,
        }
    }

    /// When the first packet left that was queued no longer than `empty` after one that was: what was lost before it may
    /// have been dropped by the queue, or by an outage that made one.
    pub fn free_since(&self, empty: f64) -> f64 {
        let arrived = self
            .packets
            .iter()
            .rev()
            .filter(|packet| packet.arrived.is_some());
        let free = arrived.take_while(|packet| packet.queued <= empty).last();
        free.map_or(f64::INFINITY, |packet| packet.at)
    }

    /// The newest run of packets that waited, at most `window` seconds of it; none when the bottleneck is idle in between.
    pub fn busy(&self, window: f64) -> Option<Busy> {
        let told = self.packets.iter().rev().take_while(|packet| !packet.is_unknown);
        let arrivals = told.filter_map(|packet| Some((packet, packet.arrived?)));
        let mut run: Vec<(&Packet, f64)> = Vec::new();
        for (packet, arrived) in arrivals {
            let (newest, latest) = run
                .first()
                .zip(run.last())
                .map_or((arrived, arrived), |(newest, latest)| (newest.1, latest.1));
            if packet.waited <= WAITED || newest - arrived > window || latest - arrived > GAP {
                break;
            }
            run.push((packet, arrived));
        }
        let (newest, oldest) = (run.first()?, run.last()?);
        // What the oldest brought was carried before the run began.
        let mut bits = 0.0;
        let ends = run.iter().zip(&run[1..]).map(|((packet, _), (_, before))| {
            bits += packet.bits;
            (bits, newest.1 - before)
        });
        let ends: Vec<(f64, f64)> = ends.skip(1).filter(|(_, span)| *span >= SHORTEST).collect();
        let &(bits, span) = ends.last()?;
        let at_most = ends.iter().map(|(bits, span)| bits / span).fold(0.0, f64::max);
        let own = ((newest.0.bits - oldest.0.bits) / at_most).max(0.0);
        let sent = self
            .packets
            .iter()
            .filter(|packet| packet.at > oldest.0.at && packet.at <= newest.0.at);
        let sent: f64 = sent.map(|packet| packet.bits).sum();
        let overflows = sent > bits * 1.3 && newest.0.waited > 0.08;
        Some(Busy {
            delivered: bits / span,
            at_most,
            span,
            waited: newest.0.waited,
            is_growing: newest.0.waited - oldest.0.waited - own > (span * GROWS).max(GREW) || overflows,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What is told at last of a queue on 300 kbit/s, 20 ms long: sound and pictures in turn, each after so long a wait.
    fn told(wait: Duration) -> f64 {
        let rate = 300_000;
        let mut path = Path::default();
        for number in 0..100 {
            let at = Duration::from_millis(50) * number;
            let size = if number % 2 == 0 { 100 } else { 1172 };
            let own = Duration::from_secs(1) * (size * 8) / rate;
            let waited = if number < 50 { Duration::ZERO } else { wait };
            let report = Sent {
                at,
                size,
                arrived: Some(at + Duration::from_millis(20) + own + waited),
                lost: false,
            };
            path.learn(&[report], f64::from(rate));
        }
        path.queue()
    }

    #[test]
    fn a_packets_own_time_on_the_line_is_no_queue_and_the_time_of_others_is() {
        assert!(told(Duration::ZERO) < 0.001, "{}", told(Duration::ZERO));
        let wait = told(Duration::from_millis(60));
        assert!((0.059..0.061).contains(&wait), "{wait}");
    }
}
