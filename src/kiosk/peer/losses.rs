//! What the browser is told of its losses: each where it does good.
//!
//! By receiver reports (RFC 3550 §6.4.1) a browser decides how much parity it sends, by the transport-wide feedback how
//! much it sends at all. What the radio loses parity brings back, and sending less would not help: it is told in reports
//! alone. The feedback says nothing of it, neither that it came, or the browser would keep no copy of it to send again,
//! nor that it did not: told in both, the browser lets go of a rate that the line carries, its parity no longer fits beside
//! the picture, and frames wait before they leave.
//!
//! What a full queue drops is told in neither. Parity would take half of a line that is too narrow away from the hands,
//! and of what the feedback misses last a browser sends a second copy at once, into the same queue. How much may be sent
//! the [ceiling](super::ceiling) says, and sooner. Nor do reports tell what is lost while a line carries nothing.
//!
//! Whether a queue stands is told by each packet's own time of sending (abs-send-time), so that what a packet waited in the
//! browser is none. A browser that does not write it is told everything in both.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use rtc::interceptor::{AttributedPacket, Interceptor, Packet, Slot, StreamInfo, TaggedPacket};
use rtc::rtcp::payload_feedbacks::receiver_estimated_maximum_bitrate::ReceiverEstimatedMaximumBitrate;
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::reception_report::ReceptionReport;
use rtc::rtcp::transport_feedbacks::transport_layer_cc::TransportLayerCc;
use rtc::rtp::extension::abs_send_time_extension::AbsSendTimeExtension;
use rtc::sansio::Protocol;
use rtc::shared::TransportContext;
use rtc::shared::error::Error;
use rtc::shared::marshal::{MarshalSize, Unmarshal};
use tokio::sync::watch;

use super::arrivals;
use super::ceiling::Ceiling;
use super::way::Way;

/// The header extension that tells when a packet left: 24 bits, the upper 6 of them whole seconds.
pub(super) const SEND_TIME: &str = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

/// More than this is no radio's loss but a line that drops what is above its rate without a queue: told to whoever could
/// send less.
const MOST_OF_A_RADIO: f64 = 0.15;
/// What is counted for it loses so much of its weight with each feedback.
const FADES: f64 = 0.985;
/// So many packets are taken for received before the first, lest one of three be a third.
const TRUSTED: f64 = 200.0;

/// Where nothing comes for so long, no parity would have helped.
const OUTAGE: Duration = Duration::from_millis(300);

/// How often the browser is told what came. Of what it is not told of yet it lets only so much be on the way: behind a
/// queue it would stop, and the whole picture with it.
pub(super) const FEEDBACK_EVERY: Duration = Duration::from_millis(50);

/// Between all that tells of losses and the line.
pub(super) fn slot() -> Slot {
    Slot::from(7_500)
}

/// One stream's books.
#[derive(Debug, Default)]
struct Line {
    /// Since the last report a queue stood, or the line carried nothing.
    stood: bool,
    /// Lost since the beginning, by the last report of the library.
    lost: u32,
    /// Of these, not by a radio.
    dropped: u32,
}

impl Line {
    fn correct(&mut self, block: &mut ReceptionReport, stands: bool) {
        if self.stood {
            self.dropped += block.total_lost.saturating_sub(self.lost);
            block.fraction_lost = 0;
        }
        self.lost = block.total_lost;
        self.stood = stands;
        block.total_lost = block.total_lost.saturating_sub(self.dropped);
    }
}

/// What share of the packets the radio loses.
#[derive(Debug)]
struct Radio {
    lost: f64,
    all: f64,
}

impl Default for Radio {
    fn default() -> Self {
        Self {
            lost: 0.0,
            all: TRUSTED,
        }
    }
}

impl Radio {
    fn count(&mut self, feedback: &TransportLayerCc) {
        let arrivals = arrivals::of(feedback);
        let lost = arrivals.iter().filter(|arrival| arrival.is_none()).count();
        self.lost = self.lost * FADES + lost as f64;
        self.all = self.all * FADES + arrivals.len() as f64;
    }

    fn is_one(&self) -> bool {
        self.lost <= self.all * MOST_OF_A_RADIO
    }
}

/// Every report of ours goes through it.
#[derive(Default)]
pub(super) struct LossReports {
    lines: HashMap<u32, Line>,
    /// The number of [`SEND_TIME`], by stream.
    send_times: HashMap<u32, u8>,
    /// When a packet came last.
    latest: Option<Instant>,
    way: Way,
    ceiling: Ceiling,
    radio: Radio,
    /// Of feedbacks.
    count: u8,
    /// Tells whether a queue stands.
    queue: watch::Sender<bool>,
    read: VecDeque<TaggedPacket>,
    write: VecDeque<TaggedPacket>,
}

impl LossReports {
    /// `queue` is told whether one stands on the way here.
    pub(super) fn new(queue: watch::Sender<bool>) -> Self {
        Self {
            queue,
            ..Self::default()
        }
    }

    /// A packet of so many bits.
    fn came(&mut self, now: Instant, left: u32, bits: usize) {
        self.way.came(now, left);
        let stands = self.way.stands();
        if self.ceiling.came(now, bits, self.way.longer()) {
            self.hold_back(now);
        }
        let latest = self.latest.replace(now).unwrap_or(now);
        if stands || now.saturating_duration_since(latest) >= OUTAGE {
            for line in self.lines.values_mut() {
                line.stood = true;
            }
        }
        self.queue
            .send_if_modified(|stood| std::mem::replace(stood, stands) != stands);
    }

    fn report(&mut self, report: &ReceiverReport) -> ReceiverReport {
        let mut report = report.clone();
        for block in &mut report.reports {
            if let Some(line) = self.lines.get_mut(&block.ssrc) {
                line.correct(block, self.way.stands());
            }
        }
        report
    }

    /// What is said in its place.
    fn feedback(&mut self, feedback: &TransportLayerCc) -> Vec<TransportLayerCc> {
        if !self.way.stands() {
            self.radio.count(feedback);
        }
        if self.way.is_known() && (self.way.stands() || self.radio.is_one()) {
            arrivals::without_losses(feedback)
        } else {
            vec![feedback.clone()]
        }
    }

    fn feed_back(&mut self, now: Instant, feedback: &TransportLayerCc) {
        for mut piece in self.feedback(feedback) {
            self.count = self.count.wrapping_add(1);
            piece.fb_pkt_count = self.count;
            // Of several in one packet a browser heeds the last.
            self.say(now, Box::new(piece));
        }
        self.hold_back(now);
    }

    /// Tells the browser how much it may send, where anything is to be said of that.
    fn hold_back(&mut self, now: Instant) {
        if let Some(bitrate) = self.ceiling.say(now) {
            let ssrcs = self.lines.keys().copied().collect();
            self.say(
                now,
                Box::new(ReceiverEstimatedMaximumBitrate {
                    sender_ssrc: 0,
                    bitrate,
                    ssrcs,
                }),
            );
        }
    }

    fn say(&mut self, now: Instant, report: Box<dyn rtc::rtcp::Packet>) {
        self.write.push_back(TaggedPacket {
            now,
            transport: TransportContext::default(),
            message: AttributedPacket::new(Packet::Rtcp(vec![report])),
        });
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
            && let Some(id) = self.send_times.get(&packet.header.ssrc)
            && let Some(mut content) = packet.header.get_extension(*id)
            && let Ok(left) = AbsSendTimeExtension::unmarshal(&mut content)
        {
            self.came(message.now, left.timestamp as u32, packet.marshal_size() * 8);
        }
        self.read.push_back(message);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.read.pop_front()
    }

    fn handle_write(&mut self, mut message: TaggedPacket) -> Result<(), Error> {
        let Packet::Rtcp(packets) = &mut message.message.packet else {
            self.write.push_back(message);
            return Ok(());
        };
        for packet in &mut *packets {
            if let Some(report) = packet.as_any().downcast_ref() {
                *packet = Box::new(self.report(report));
            }
        }
        let feedbacks = packets.extract_if(.., |packet| packet.as_any().is::<TransportLayerCc>());
        for feedback in feedbacks.collect::<Vec<_>>() {
            if let Some(feedback) = feedback.as_any().downcast_ref() {
                self.feed_back(message.now, feedback);
            }
        }
        if !packets.is_empty() {
            self.write.push_back(message);
        }
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.write.pop_front()
    }
}

impl Interceptor for LossReports {
    fn bind_remote_stream(&mut self, stream: &StreamInfo) {
        self.lines.insert(stream.ssrc, Line::default());
        let mut extensions = stream.rtp_header_extensions.iter();
        let send_time = extensions.find(|extension| extension.uri == SEND_TIME);
        if let Some(id) = send_time.and_then(|extension| u8::try_from(extension.id).ok()) {
            self.send_times.insert(stream.ssrc, id);
        }
    }

    fn unbind_remote_stream(&mut self, stream: &StreamInfo) {
        self.lines.remove(&stream.ssrc);
        self.send_times.remove(&stream.ssrc);
    }

    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
}

#[cfg(test)]
mod tests {
    use super::super::way::{STANDING, TICKS_A_SECOND};
    use super::*;
    use proptest::prelude::*;
    use rtc::rtcp::transport_feedbacks::transport_layer_cc::{
        PacketStatusChunk, RecvDelta, StatusChunkTypeTcc, StatusVectorChunk, SymbolSizeTypeTcc, SymbolTypeTcc,
    };

    const STREAM: u32 = 7;
    const APART: Duration = Duration::from_millis(10);

    /// A browser's packets, a hundred a second, on a way that is longer by `waits`, and what is told of them: each second
    /// the library's count of losses, each tenth of a second a feedback that misses what `misses` says.
    struct Story {
        reports: LossReports,
        start: Instant,
        packets: u32,
    }

    impl Story {
        fn new() -> Self {
            let mut reports = LossReports::default();
            reports.lines.insert(STREAM, Line::default());
            Self {
                reports,
                start: Instant::now(),
                packets: 0,
            }
        }

        fn packet(&mut self, waits: Duration) {
            // Over the wrap of 64 s.
            let left = APART * self.packets + Duration::from_secs(62);
            let left = (left.as_secs_f64() * TICKS_A_SECOND) as u32 & 0xff_ffff;
            self.reports
                .came(self.start + APART * self.packets + waits, left, 8000);
            self.packets += 1;
        }

        fn report(&mut self, lost: u32) -> (u8, u32) {
            let block = ReceptionReport {
                ssrc: STREAM,
                fraction_lost: 9,
                total_lost: lost,
                ..Default::default()
            };
            let report = ReceiverReport {
                reports: vec![block],
                ..Default::default()
            };
            let told = self.reports.report(&report);
            (told.reports[0].fraction_lost, told.reports[0].total_lost)
        }
    }

    /// At the end of each second.
    fn told(seconds: u32, waits: impl Fn(u32) -> Duration, lost: impl Fn(u32) -> u32) -> Vec<(u8, u32)> {
        let mut story = Story::new();
        (0..seconds)
            .map(|second| {
                for packet in second * 100..(second + 1) * 100 {
                    story.packet(waits(packet));
                }
                story.report(lost(second))
            })
            .collect()
    }

    /// Seven packets from number 50 on, of which those did not come.
    fn feedback(lost: &[usize]) -> TransportLayerCc {
        let received = SymbolTypeTcc::PacketReceivedSmallDelta;
        let came = |at: usize| !lost.contains(&at);
        let symbol = |at| {
            if came(at) {
                received
            } else {
                SymbolTypeTcc::PacketNotReceived
            }
        };
        TransportLayerCc {
            base_sequence_number: 50,
            packet_status_count: 7,
            packet_chunks: vec![PacketStatusChunk::StatusVectorChunk(StatusVectorChunk {
                type_tcc: StatusChunkTypeTcc::StatusVectorChunk,
                symbol_size: SymbolSizeTypeTcc::TwoBit,
                symbol_list: (0..7).map(symbol).collect(),
            })],
            recv_deltas: (0..7)
                .filter(|at| came(*at))
                .map(|_| RecvDelta {
                    type_tcc_packet: received,
                    delta: 1000,
                })
                .collect(),
            ..Default::default()
        }
    }

    /// First number and count of each piece.
    fn pieces(told: &[TransportLayerCc]) -> Vec<(u16, u16)> {
        let piece = |told: &TransportLayerCc| (told.base_sequence_number, told.packet_status_count);
        told.iter().map(piece).collect()
    }

    #[test]
    fn what_the_radio_loses_is_told_in_reports() {
        let jitter = |packet: u32| Duration::from_millis(u64::from((packet % 24).min(24 - packet % 24)) * 9);
        let expected: Vec<_> = (0..30).map(|second| (9, second * 4)).collect();
        assert_eq!(told(30, jitter, |second| second * 4), expected);
    }

    #[test]
    fn what_a_full_queue_drops_is_not_told_in_reports_neither_then_nor_later() {
        let queue = |packet: u32| match packet {
            200..380 => STANDING * 2,
            380..410 => Duration::from_millis(u64::from(409 - packet) * 9),
            _ => Duration::ZERO,
        };
        let lost = [2, 4, 50, 90, 92, 94, 96, 98];
        let reports = told(8, queue, |second| lost[second as usize]);
        let quiet = (0, 4);
        assert_eq!(
            reports,
            [(9, 2), (9, 4), quiet, quiet, (9, 6), (9, 8), (9, 10), (9, 12)]
        );
    }

    #[test]
    fn what_a_line_lost_that_carried_nothing_for_a_while_no_parity_would_have_brought_back() {
        let mut story = Story::new();
        let reports = [(0, 1), (50, 60), (10, 61)].map(|(silent, lost)| {
            story.packets += silent;
            for _ in 0..100 {
                story.packet(Duration::ZERO);
            }
            story.report(lost)
        });
        assert_eq!(reports, [(9, 1), (0, 1), (9, 2)]);
    }

    #[test]
    fn a_way_that_stays_longer_is_no_queue() {
        let longer = |packet| {
            if packet < 200 {
                Duration::ZERO
            } else {
                STANDING * 2
            }
        };
        let reports = told(30, longer, |second| second);
        assert_eq!((reports[2].0, reports[4].0, reports[29].0), (0, 0, 9));
        assert_eq!(reports[6], (9, 3));
    }

    #[test]
    fn a_clock_that_was_set_is_no_queue() {
        let mut story = Story::new();
        for packets in [100, 2000, 700] {
            story.packet(Duration::ZERO);
            assert!(!story.reports.way.stands());
            story.packets += packets;
        }
    }

    #[test]
    fn the_feedback_is_silent_about_what_the_radio_lost() {
        let mut story = Story::new();
        story.packet(Duration::ZERO);
        for turn in 0..100 {
            let lost: &[usize] = if turn % 2 == 0 { &[2] } else { &[] };
            let told = story.reports.feedback(&feedback(lost));
            let expected: &[(u16, u16)] = if turn % 2 == 0 {
                &[(50, 2), (53, 4)]
            } else {
                &[(50, 7)]
            };
            assert_eq!(pieces(&told), expected, "turn {turn}");
        }
    }

    #[test]
    fn the_feedback_tells_what_no_radio_loses_and_nothing_of_a_queue() {
        let whole = |reports: &mut LossReports| reports.feedback(&feedback(&[1, 4])) == [feedback(&[1, 4])];
        let mut story = Story::new();
        assert!(whole(&mut story.reports), "nobody knows of a queue");
        story.packet(Duration::ZERO);
        assert!(!whole(&mut story.reports));
        story.packet(STANDING * 2);
        for _ in 0..100 {
            assert!(!whole(&mut story.reports), "a queue stands");
        }
        for drained in (0..300).rev().step_by(9) {
            story.packet(Duration::from_millis(drained));
        }
        assert!(!whole(&mut story.reports), "what it dropped no radio lost");
        for _ in 0..30 {
            whole(&mut story.reports);
        }
        assert!(whole(&mut story.reports), "two of seven, again and again");
        for _ in 0..100 {
            story.reports.feedback(&feedback(&[]));
        }
        assert!(!whole(&mut story.reports), "and no longer");
    }

    #[test]
    fn whoever_fills_a_queue_is_told_to_send_less_and_that_it_stands() {
        let mut story = Story::new();
        let stands = story.reports.queue.subscribe();
        let ceiling = |story: &mut Story| {
            story
                .reports
                .feed_back(story.start + APART * story.packets, &feedback(&[]));
            let said = story
                .reports
                .write
                .drain(..)
                .filter_map(|said| match said.message.packet {
                    Packet::Rtcp(packets) => packets.iter().find_map(|packet| {
                        let ceiling: Option<&ReceiverEstimatedMaximumBitrate> =
                            packet.as_any().downcast_ref();
                        ceiling.map(|ceiling| (ceiling.bitrate, ceiling.ssrcs.clone()))
                    }),
                    _ => None,
                });
            said.last()
        };
        for _ in 0..20 {
            story.packet(Duration::ZERO);
        }
        assert_eq!((ceiling(&mut story), *stands.borrow()), (None, false));
        for _ in 0..20 {
            story.packet(STANDING * 2);
        }
        assert!(*stands.borrow());
        let (bits, streams) = ceiling(&mut story).expect("a queue stands");
        // 8000 bits each hundredth of a second come.
        assert!((300_000.0..500_000.0).contains(&bits), "{bits}");
        assert_eq!(streams, [STREAM]);
        for drained in (0..300).rev().step_by(9) {
            story.packet(Duration::from_millis(drained));
        }
        assert!(!*stands.borrow());
        let (later, _) = ceiling(&mut story).expect("the queue has only just gone");
        assert!(later > bits);
    }

    #[test]
    fn that_a_line_has_become_narrow_does_not_wait_for_the_next_feedback() {
        let mut story = Story::new();
        for _ in 0..200 {
            story.packet(Duration::ZERO);
        }
        story.packet(APART * 3);
        assert!(story.reports.write.is_empty());
        story.packet(APART * 6);
        let said = story.reports.write.pop_front().expect("said at once");
        let Packet::Rtcp(packets) = said.message.packet else {
            panic!("no report")
        };
        let ceiling: Option<&ReceiverEstimatedMaximumBitrate> = packets[0].as_any().downcast_ref();
        // 8000 bits in 40 ms came.
        let bits = ceiling.expect("a ceiling").bitrate;
        assert!((150_000.0..200_000.0).contains(&bits), "{bits}");
        story.packet(APART * 9);
        assert!(story.reports.write.is_empty(), "and once");
    }

    proptest! {
        #[test]
        fn whatever_comes_the_sums_hold(packets: Vec<(u8, u32, u8)>) {
            let mut story = Story::new();
            let (mut now, mut lost, mut before) = (story.start, 0, 0);
            for (passed, left, more) in packets {
                now += Duration::from_millis(passed.into());
                story.reports.came(now, left & 0xff_ffff, 8000);
                lost += u32::from(more);
                let (_, told) = story.report(lost);
                prop_assert!((before..=lost).contains(&told));
                before = told;
            }
        }
    }
}
