//! Everything between the network and the depayloader: order, repairs, the gate and the requests to the sender. Pure.
//!
//! ```text
//! packets ─▶ repair ─▶ gate ─▶ depayloader ─▶ gate(frames) ─▶ decoder
//!              │ NACK     │ PLI                                  │
//!              └──────────┴────────▶ sender          asking ◀────┘
//! ```

use std::time::Duration;

use bytes::Bytes;

use super::asking::Asking;
use super::gate::Gate;
use super::packet::Packet;
use super::repair::{Repair, Step};
use crate::media::codec::Codec;

/// What the sender must be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use]
pub struct Wish {
    /// A picture that needs no other (PLI).
    pub keyframe: bool,
    /// Packets to be repeated (NACK), by the sender's numbers.
    pub packets: Vec<u16>,
}

/// A packet for the depayloader.
#[derive(Debug, PartialEq, Eq)]
pub struct Passed {
    /// With a number of our own: padding that was kept out leaves no hole in the count.
    pub rtp: Vec<u8>,
    /// Of the frame it belongs to: when its first packet had its turn. Never the same for two frames, always growing.
    pub frame: Duration,
    /// Something is missing before it.
    pub after_gap: bool,
}

#[derive(Debug)]
pub struct Intake {
    codec: Codec,
    repair: Repair,
    gate: Gate,
    asking: Asking,
    /// RTP timestamp and time of the frame whose packets have their turn.
    frame: (u32, Duration),
    passed: u16,
    after_gap: bool,
    behind_queue: bool,
}

impl Intake {
    pub fn new(codec: Codec) -> Self {
        Self {
            codec,
            repair: Repair::default(),
            gate: Gate::default(),
            asking: Asking::default(),
            frame: (0, Duration::ZERO),
            passed: 0,
            after_gap: true,
            behind_queue: false,
        }
    }

    /// Whether a queue stands on the way here: what is asked for would stand in it too, and make it longer.
    pub fn behind_queue(&mut self, stands: bool) {
        self.behind_queue = stands;
    }

    /// Takes a whole RTP packet, in whatever order they come, and what parity brought back with its help; gives what may go
    /// to the depayloader now.
    pub fn push(&mut self, rtp: Bytes, brought_back: Vec<Bytes>, now: Duration) -> (Vec<Passed>, Wish) {
        if let Some(packet) = Packet::read(self.codec, rtp) {
            self.repair.push(packet, now);
        }
        for rtp in brought_back {
            if let Some(packet) = Packet::read(self.codec, rtp) {
                self.repair.bring_back(packet, now);
            }
        }
        self.go_on(now)
    }

    /// When [`Self::go_on`] has something to say though no packet came: a request was lost, or a gap waited for too long.
    pub fn due(&self, now: Duration) -> Option<Duration> {
        if self.behind_queue {
            return None;
        }
        self.repair.due(now)
    }

    /// What may go to the depayloader by now.
    pub fn go_on(&mut self, now: Duration) -> (Vec<Passed>, Wish) {
        let mut passed = Vec::new();
        while let Some(step) = self.repair.next(now) {
            match step {
                Step::Gap => self.lost(),
                Step::Packet(packet) => passed.extend(self.pass(packet, now)),
            }
        }
        if self.behind_queue {
            return (passed, Wish::default());
        }
        let wish = Wish {
            keyframe: self.asking.wants(now, self.gate.is_closed()),
            packets: self.repair.wanted(now),
        };
        (passed, wish)
    }

    /// Something on the way to the decoder is gone.
    pub fn lost(&mut self) {
        self.gate.lost();
        self.after_gap = true;
    }

    /// Whether a frame that the depayloader gives out may go to the decoder.
    pub fn frame(&mut self, frame: Duration) -> bool {
        self.gate.frame(frame)
    }

    /// A frame came out of the decoder.
    pub fn decoded(&mut self) {
        self.asking.decoded();
    }

    /// The decoder itself wants a keyframe.
    pub fn stumbled(&mut self) {
        self.asking.stumbled();
    }

    fn pass(&mut self, packet: Packet, now: Duration) -> Option<Passed> {
        let (timestamp, frame) = &mut self.frame;
        if *timestamp != packet.timestamp || frame.is_zero() {
            *timestamp = packet.timestamp;
            *frame = now.max(*frame + Duration::from_nanos(1));
        }
        let frame = *frame;
        if !self.gate.packet(&packet, frame) {
            return None;
        }
        if packet.ends_frame {
            self.asking.fed(now);
        }
        let mut rtp = Vec::from(packet.bytes);
        rtp[2..4].copy_from_slice(&self.passed.to_be_bytes());
        self.passed = self.passed.wrapping_add(1);
        Some(Passed {
            rtp,
            frame,
            after_gap: std::mem::take(&mut self.after_gap),
        })
    }
}

#[cfg(test)]
mod tests {
    //! A browser, a line and this intake, in virtual time.

    use std::collections::{HashMap, VecDeque};

    use super::super::packet::tests::{DELTA, KEY, REST, padding, rtp};
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// A line of the kind at an office's far end: a queue before a bottleneck, and a way through the country.
    struct Line {
        bits_per_second: u64,
        delay: Duration,
        /// A packet that would wait longer is dropped.
        queue: Duration,
        /// When the bottleneck is free again.
        free_at: Duration,
        on_the_way: VecDeque<(Duration, Bytes)>,
        /// Of what is offered while this holds nothing arrives.
        is_cut: fn(Duration) -> bool,
        /// Of what comes through the line this is lost, by its place.
        loses: fn(usize) -> bool,
        offered: usize,
    }

    impl Line {
        fn offer(&mut self, rtp: Bytes, now: Duration) {
            const SIZE: u64 = 1200 * 8;
            self.offered += 1;
            if (self.is_cut)(now) || self.free_at.saturating_sub(now) > self.queue {
                return;
            }
            let takes = Duration::from_nanos(SIZE * 1_000_000_000 / self.bits_per_second);
            self.free_at = self.free_at.max(now) + takes;
            if !(self.loses)(self.offered) {
                self.on_the_way.push_back((self.free_at + self.delay, rtp));
            }
        }
    }

    impl Default for Line {
        fn default() -> Self {
            Self {
                bits_per_second: 2_000_000,
                delay: ms(25),
                queue: ms(2000),
                free_at: Duration::ZERO,
                on_the_way: VecDeque::new(),
                is_cut: |_| false,
                loses: |_| false,
                offered: 0,
            }
        }
    }

    /// Sends keyframes of `key` packets and other frames of two, and repeats what it is asked for.
    struct Browser {
        repaired: HashMap<u16, Duration>,
        key: usize,
        frame_every: fn(Duration) -> Duration,
        sequence: u16,
        timestamp: u32,
        sent: Vec<Bytes>,
        wants_key: bool,
        /// Between two packets, and what waits for its turn.
        pace: fn(Duration) -> Duration,
        pacer: VecDeque<Bytes>,
        next_packet: Duration,
    }

    impl Browser {
        fn pace(&mut self, line: &mut Line, now: Duration) {
            while now >= self.next_packet
                && let Some(packet) = self.pacer.pop_front()
            {
                line.offer(packet, now);
                self.next_packet = self.next_packet.max(now) + (self.pace)(now);
            }
        }

        fn frame(&mut self) {
            let is_key = std::mem::take(&mut self.wants_key);
            let packets = if is_key { self.key } else { 2 };
            self.timestamp = self.timestamp.wrapping_add(3000);
            for n in 0..packets {
                let payload = match (n, is_key) {
                    (0, true) => KEY,
                    (0, false) => DELTA,
                    _ => REST,
                };
                let packet = rtp(self.sequence, self.timestamp, n + 1 == packets, payload);
                self.sequence = self.sequence.wrapping_add(1);
                self.sent.push(packet.clone());
                self.pacer.push_back(packet);
            }
        }
    }

    #[derive(Default)]
    struct Told {
        /// When frames were decoded.
        decoded: Vec<Duration>,
        keyframes_asked: Vec<Duration>,
        packets_asked: usize,
    }

    impl Told {
        fn longest_freeze(&self, during: std::ops::Range<u64>) -> Duration {
            let (from, to) = (ms(during.start), ms(during.end));
            let inside = self.decoded.iter().copied().filter(|at| (from..to).contains(at));
            let mut last = from;
            let mut longest = Duration::ZERO;
            for at in inside.chain([to]) {
                longest = longest.max(at - last);
                last = at;
            }
            longest
        }
    }

    /// Requests take the line's delay back.
    fn tell(mut browser: Browser, mut line: Line, until: u64) -> Told {
        let mut intake = Intake::new(Codec::Vp8);
        let mut told = Told::default();
        let mut wishes: VecDeque<(Duration, Wish)> = VecDeque::new();
        let mut next_frame = Duration::ZERO;
        for now in (0..until).map(ms) {
            while wishes.front().is_some_and(|(at, _)| *at <= now) {
                let (_, wish) = wishes.pop_front().expect("looked at a line above");
                browser.wants_key |= wish.keyframe;
                for sequence in wish.packets {
                    // Asked again while its repair is under way, a browser sends no other.
                    let repaired = browser.repaired.get(&sequence);
                    if repaired.is_some_and(|before| now - *before < line.delay * 2) {
                        continue;
                    }
                    browser.repaired.insert(sequence, now);
                    let lost = browser
                        .sent
                        .iter()
                        .rev()
                        .find(|rtp| rtp[2..4] == sequence.to_be_bytes());
                    browser.pacer.push_front(lost.expect("was sent").clone());
                }
            }
            if now >= next_frame {
                next_frame = now + (browser.frame_every)(now);
                browser.frame();
            }
            browser.pace(&mut line, now);
            let mut news = Vec::new();
            while line.on_the_way.front().is_some_and(|(at, _)| *at <= now) {
                let (_, rtp) = line.on_the_way.pop_front().expect("looked at a line above");
                news.push(intake.push(rtp, Vec::new(), now));
            }
            if intake.due(now).is_some_and(|due| due <= now) {
                news.push(intake.go_on(now));
                assert!(intake.due(now).is_none_or(|due| due > now), "due again at once");
            }
            for (passed, wish) in news {
                for packet in passed.iter().filter(|passed| passed.rtp[1] & 0x80 != 0) {
                    assert!(intake.frame(packet.frame), "a whole frame");
                    intake.decoded();
                    told.decoded.push(now);
                }
                if wish.keyframe {
                    told.keyframes_asked.push(now);
                }
                told.packets_asked += wish.packets.len();
                wishes.push_back((now + line.delay, wish));
            }
        }
        told
    }

    fn browser() -> Browser {
        Browser {
            repaired: HashMap::new(),
            key: 15,
            frame_every: |_| ms(40),
            sequence: 65_000,
            timestamp: 4_000_000_000,
            sent: Vec::new(),
            wants_key: true,
            pace: |_| ms(2),
            pacer: VecDeque::new(),
            next_packet: Duration::ZERO,
        }
    }

    #[test]
    fn on_a_clean_line_nothing_is_asked_for() {
        let told = tell(browser(), Line::default(), 5000);
        assert!(told.keyframes_asked.is_empty() && told.packets_asked == 0);
        assert!(told.longest_freeze(200..5000) < ms(60));
    }

    #[test]
    fn after_an_outage_one_keyframe_is_asked_for_and_hands_move_as_soon_as_it_is_there() {
        let line = Line {
            bits_per_second: 600_000,
            is_cut: |now| (ms(1000)..ms(3000)).contains(&now),
            ..Line::default()
        };
        let told = tell(browser(), line, 8000);
        assert_eq!(told.keyframes_asked.len(), 1, "{:?}", told.keyframes_asked);
        assert_eq!(told.packets_asked, 0, "what was lost is too old");
        assert!(
            told.longest_freeze(3000..8000) < ms(600),
            "{:?}",
            told.longest_freeze(3000..8000)
        );
    }

    #[test]
    fn a_keyframe_that_takes_a_second_and_a_half_is_asked_for_once() {
        let line = Line {
            bits_per_second: 400_000,
            is_cut: |now| (ms(1000)..ms(2500)).contains(&now),
            ..Line::default()
        };
        let told = tell(
            Browser {
                key: 60,
                frame_every: |_| ms(60),
                ..browser()
            },
            line,
            9000,
        );
        assert_eq!(told.keyframes_asked.len(), 1, "{:?}", told.keyframes_asked);
    }

    #[test]
    fn behind_a_standing_queue_losses_are_repaired_and_no_keyframe_is_asked_for() {
        let line = Line {
            // 350 ms of queue and way, there all the time.
            bits_per_second: 600_000,
            delay: ms(175),
            loses: |place| place % 40 == 39,
            ..Line::default()
        };
        let told = tell(browser(), line, 20_000);
        assert!(told.keyframes_asked.is_empty(), "{:?}", told.keyframes_asked);
        assert!(
            told.longest_freeze(1000..20_000) < ms(900),
            "{:?}",
            told.longest_freeze(1000..20_000)
        );
    }

    #[test]
    fn on_a_narrow_line_hands_stand_still_no_longer_than_its_sender_sends_too_much() {
        let line = Line {
            bits_per_second: 300_000,
            queue: ms(300),
            ..Line::default()
        };
        let browser = Browser {
            // A third more than the line carries, until the browser has noticed.
            frame_every: |now| if now < ms(4000) { ms(48) } else { ms(100) },
            pace: |now| if now < ms(4000) { ms(24) } else { ms(36) },
            ..browser()
        };
        let told = tell(browser, line, 12_000);
        let freeze = told.longest_freeze(5500..12_000);
        assert!(freeze < ms(300), "{freeze:?}");
        let asked = told.keyframes_asked;
        assert!(asked.len() <= 6, "{asked:?}");
        assert!(asked.iter().all(|at| *at < ms(5000)), "{asked:?}");
    }

    #[test]
    fn one_packet_in_twenty_is_lost_both_ways_and_hands_hardly_stand_still() {
        let line = Line {
            loses: |place| place % 20 == 7,
            ..Line::default()
        };
        let told = tell(browser(), line, 20_000);
        assert!(told.keyframes_asked.is_empty(), "{:?}", told.keyframes_asked);
        assert!(
            told.longest_freeze(500..20_000) < ms(200),
            "{:?}",
            told.longest_freeze(500..20_000)
        );
        assert!(told.packets_asked < 200, "{} asked", told.packets_asked);
    }

    #[test]
    fn behind_a_queue_nothing_is_asked_for_and_after_it_what_is_still_missing() {
        let mut intake = Intake::new(Codec::Vp8);
        let _ = intake.push(rtp(10, 90, true, KEY), Vec::new(), ms(0));
        intake.behind_queue(true);
        let (_, wish) = intake.push(rtp(12, 6090, true, DELTA), Vec::new(), ms(60));
        assert_eq!((wish, intake.due(ms(60))), (Wish::default(), None));
        intake.behind_queue(false);
        let (_, wish) = intake.go_on(ms(100));
        assert_eq!(wish.packets, [11]);

        intake.behind_queue(true);
        let (_, wish) = intake.go_on(ms(900));
        assert_eq!(wish, Wish::default(), "given up, but not asked for yet");
        intake.behind_queue(false);
        assert!(intake.go_on(ms(910)).1.keyframe);
    }

    #[test]
    fn padding_between_two_frames_leaves_no_trace() {
        let mut intake = Intake::new(Codec::Vp8);
        let mut numbers = Vec::new();
        let packets = [
            rtp(10, 90, true, KEY),
            padding(11, 90),
            padding(12, 90),
            rtp(13, 3090, true, DELTA),
        ];
        for packet in packets {
            let (passed, wish) = intake.push(packet, Vec::new(), ms(5));
            assert_eq!(wish, Wish::default());
            numbers.extend(passed.iter().map(|passed| (passed.rtp[3], passed.after_gap)));
        }
        assert_eq!(numbers, [(0, true), (1, false)]);
    }

    #[test]
    fn times_of_frames_grow_whatever_the_sender_stamps() {
        let mut intake = Intake::new(Codec::Vp8);
        let mut frames = Vec::new();
        let stamps = [(1, 4_294_967_000), (2, 700), (3, 900_000_700), (4, 5)];
        for (sequence, stamp) in stamps {
            let (first, _) = intake.push(rtp(sequence * 2, stamp, false, KEY), Vec::new(), ms(7));
            let (second, _) = intake.push(rtp(sequence * 2 + 1, stamp, true, REST), Vec::new(), ms(8));
            assert_eq!(first[0].frame, second[0].frame);
            frames.push(first[0].frame);
        }
        assert!(frames.is_sorted_by(|one, next| one < next), "{frames:?}");
    }
}
