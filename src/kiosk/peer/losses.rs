//! What the browser is told of its losses (receiver reports, RFC 3550 §6.4.1): none that a full queue is to blame for.
//!
//! By these alone a browser decides how much parity it sends. What the radio loses parity brings back; on a line that is
//! too narrow it takes the half of it away from the hands, and the queue drops the more. The queue itself is told by the
//! transport-wide feedback, and by that the browser sends less.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use rtc::interceptor::{Interceptor, Packet, Slot, StreamInfo, TaggedPacket};
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::reception_report::ReceptionReport;
use rtc::sansio::Protocol;
use rtc::shared::error::Error;

/// A queue that overflows is longer than this; a route that changes, or a browser that paces, makes less.
const STANDING: Duration = Duration::from_millis(150);
/// The shortest way is remembered for one to two of these: clocks drift, and routes change.
const REMEMBERED: Duration = Duration::from_secs(10);
/// A timestamp that leaps by so many seconds is another camera's.
const LEAP: f64 = 5.0;

/// Between the library's reports and the line.
pub(super) fn slot() -> Slot {
    Slot::from(9_500)
}

/// One stream's line.
#[derive(Debug)]
struct Line {
    /// Hz.
    clock_rate: f64,
    /// The timestamp of the latest frame, and when its first packet came.
    latest: Option<(u32, Instant)>,
    way: Way,
    /// A queue stood since the last report.
    stood: bool,
    /// Lost since the beginning, by the last report of the library.
    lost: u32,
    /// Of these, behind a queue.
    dropped: u32,
}

impl Line {
    fn new(clock_rate: u32) -> Self {
        Self {
            clock_rate: f64::from(clock_rate.max(1)),
            latest: None,
            way: Way::default(),
            stood: false,
            lost: 0,
            dropped: 0,
        }
    }

    fn came(&mut self, now: Instant, timestamp: u32) {
        let Some((latest, at)) = self.latest else {
            self.latest = Some((timestamp, now));
            return;
        };
        let later = timestamp.wrapping_sub(latest).cast_signed();
        let seconds = f64::from(later) / self.clock_rate;
        if later <= 0 && seconds > -LEAP {
            return;
        }
        self.latest = Some((timestamp, now));
        let passed = now.saturating_duration_since(at).as_secs_f64();
        self.way.took(now, passed - seconds);
        self.stood |= self.way.longer >= STANDING.as_secs_f64();
    }

    fn correct(&mut self, block: &mut ReceptionReport) {
        if self.stood {
            self.dropped += block.total_lost.saturating_sub(self.lost);
            block.fraction_lost = 0;
        }
        self.lost = block.total_lost;
        self.stood = self.way.longer >= STANDING.as_secs_f64();
        block.total_lost = block.total_lost.saturating_sub(self.dropped);
    }
}

/// By how many seconds the latest way was longer than the shortest.
#[derive(Debug, Default)]
struct Way {
    /// Longer than the first one.
    length: f64,
    /// The shortest of this span and of the one before it.
    shortest: [f64; 2],
    since: Option<Instant>,
    longer: f64,
}

impl Way {
    /// The latest way took so many seconds more than the one before it.
    fn took(&mut self, now: Instant, more: f64) {
        if more.abs() > LEAP {
            *self = Self::default();
            return;
        }
        self.length += more;
        let [span, before] = &mut self.shortest;
        *span = span.min(self.length);
        self.longer = self.length - span.min(*before);
        let since = *self.since.get_or_insert(now);
        if now.saturating_duration_since(since) > REMEMBERED {
            self.shortest = [self.length, *span];
            self.since = Some(now);
        }
    }
}

/// Every report of ours goes through it.
#[derive(Default)]
pub(super) struct LossReports {
    lines: HashMap<u32, Line>,
    read: VecDeque<TaggedPacket>,
    write: VecDeque<TaggedPacket>,
}

impl LossReports {
    fn corrected(&mut self, report: &ReceiverReport) -> ReceiverReport {
        let mut report = report.clone();
        for block in &mut report.reports {
            if let Some(line) = self.lines.get_mut(&block.ssrc) {
                line.correct(block);
            }
        }
        report
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for LossReports {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, message: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtp(packet) = &message.message.packet
            && let Some(line) = self.lines.get_mut(&packet.header.ssrc)
        {
            line.came(message.now, packet.header.timestamp);
        }
        self.read.push_back(message);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.read.pop_front()
    }

    fn handle_write(&mut self, mut message: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtcp(packets) = &mut message.message.packet {
            for packet in packets {
                if let Some(report) = packet.as_any().downcast_ref() {
                    *packet = Box::new(self.corrected(report));
                }
            }
        }
        self.write.push_back(message);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.write.pop_front()
    }
}

impl Interceptor for LossReports {
    fn bind_remote_stream(&mut self, stream: &StreamInfo) {
        self.lines.insert(stream.ssrc, Line::new(stream.clock_rate));
    }

    fn unbind_remote_stream(&mut self, stream: &StreamInfo) {
        self.lines.remove(&stream.ssrc);
    }

    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Duration = Duration::from_millis(33);
    const TICKS: u32 = 2970;

    /// What is told each second of the library's count, on a way that is longer by `waits` at each frame.
    fn told(seconds: u32, waits: impl Fn(u32) -> Duration, lost: impl Fn(u32) -> u32) -> Vec<(u8, u32)> {
        let start = Instant::now();
        let mut line = Line::new(90_000);
        let second = |second: u32| {
            for frame in second * 30..(second + 1) * 30 {
                // Over the wrap, two packets a frame, and one of the frame before, sent again.
                let timestamp = (u32::MAX - TICKS * 40).wrapping_add(frame * TICKS);
                let at = start + FRAME * frame + waits(frame);
                for (later, timestamp) in [(0, timestamp), (2, timestamp), (3, timestamp.wrapping_sub(TICKS))]
                {
                    line.came(at + Duration::from_millis(later), timestamp);
                }
            }
            let mut block = ReceptionReport {
                fraction_lost: 9,
                total_lost: lost(second),
                ..Default::default()
            };
            line.correct(&mut block);
            (block.fraction_lost, block.total_lost)
        };
        (0..seconds).map(second).collect()
    }

    #[test]
    fn what_the_radio_loses_is_told() {
        let reports = told(
            30,
            |frame| Duration::from_millis(u64::from((frame % 12).min(12 - frame % 12)) * 20),
            |second| second * 4,
        );
        let expected: Vec<_> = (0..30).map(|second| (9, second * 4)).collect();
        assert_eq!(reports, expected);
    }

    #[test]
    fn what_a_full_queue_drops_is_not_told_neither_then_nor_later() {
        let queue = |frame: u32| match frame {
            60..150 => STANDING * 2,
            150..155 => Duration::from_millis(u64::from(154 - frame) * 32),
            _ => Duration::ZERO,
        };
        let reports = told(8, queue, |second| {
            [2, 4, 50, 90, 110, 112, 114, 116][second as usize]
        });
        let quiet = (0, 4);
        assert_eq!(
            reports,
            [(9, 2), (9, 4), quiet, quiet, quiet, quiet, (9, 6), (9, 8)]
        );
    }

    #[test]
    fn a_way_that_stays_longer_is_no_queue() {
        let longer = |frame| if frame < 60 { Duration::ZERO } else { STANDING * 2 };
        let reports = told(30, longer, |second| second);
        assert_eq!((reports[10], reports[29].0), ((0, 1), 9));
    }

    #[test]
    fn another_cameras_clock_is_no_queue() {
        let mut line = Line::new(90_000);
        let start = Instant::now();
        for (frame, timestamp) in [
            (0, 0),
            (1, TICKS),
            (2, 1 << 30),
            (3, (1 << 30) + TICKS),
            (4, 7),
            (5, 7 + TICKS),
        ] {
            line.came(start + FRAME * frame, timestamp);
            assert!(!line.stood, "{frame}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_the_sums_hold(packets: Vec<(u8, u32, u8)>) {
            let mut line = Line::new(90_000);
            let (mut now, mut lost, mut before) = (Instant::now(), 0, 0);
            for (passed, timestamp, more) in packets {
                now += Duration::from_millis(passed.into());
                line.came(now, timestamp);
                lost += u32::from(more);
                let mut block = ReceptionReport { total_lost: lost, ..Default::default() };
                line.correct(&mut block);
                prop_assert!((before..=lost).contains(&block.total_lost));
                before = block.total_lost;
            }
        }
    }
}
