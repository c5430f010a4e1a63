//! Sends again what the browser misses (NACK, RFC 4585 §6.2.1), where that helps.
//!
//! The library's own responder sends whatever is asked for, at once and beside the estimate. On a line that has just
//! become narrow the repairs of what the full queue dropped fill it for seconds, and the picture stands as long. A
//! repair is refused
//!
//! * while a queue stands: it would come after what it is to repair is of no use;
//! * above its share of the estimate;
//! * when a whole picture has been sent since: the browser goes on from there.
//!
//! Whoever is refused for the first two reasons waits for a whole picture, which [`Estimate::has_gap`] asks for.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use rtc::interceptor::{Attribute, AttributedPacket, Interceptor, Packet, StreamInfo, TaggedPacket};
use rtc::rtcp::transport_feedbacks::transport_layer_nack::TransportLayerNack;
use rtc::rtp;
use rtc::sansio::Protocol;
use rtc::shared::TransportContext;
use rtc::shared::error::Error;

use super::congestion::Estimate;
use super::parity;
use crate::media::codec::Codec;

/// What is older is missed by nobody who still shows the picture.
const KEPT: Duration = Duration::from_secs(1);
/// Of a line with a queue this long nothing is asked again.
const STANDING: Duration = Duration::from_millis(120);
/// Of the estimate.
const SHARE: f64 = 0.25;
/// So much of its share may be spent at once, in seconds, and so many bytes at least: one lost frame.
const BURST: f64 = 0.5;
const LEAST_BURST: f64 = 4_800.0;
/// The browser asks again after a round trip, and does not count what waits in a queue.
const ON_ITS_WAY: Duration = Duration::from_millis(15);

/// What is known of the line at one moment.
#[derive(Debug, Clone, Copy)]
struct Line {
    bits_per_second: u32,
    queue: Duration,
}

/// What becomes of a request.
#[derive(Debug, PartialEq)]
enum Answer {
    Again(rtp::Packet),
    /// Nothing more needs to be done: it is on its way, or a whole picture is.
    Enough,
    /// The browser will not get it.
    Refused,
}

/// What was sent of one stream in the last second.
#[derive(Debug, Default)]
struct Sent {
    /// In the order of sending.
    packets: VecDeque<Kept>,
    /// Where the latest whole picture began.
    keyframe: Option<u16>,
    /// Bytes that may be sent again now.
    allowance: f64,
    reckoned: Option<Instant>,
}

#[derive(Debug)]
struct Kept {
    packet: rtp::Packet,
    at: Instant,
    /// When it was last sent again.
    again: Option<Instant>,
}

impl Sent {
    fn add(&mut self, now: Instant, packet: rtp::Packet, begins_keyframe: bool) {
        if begins_keyframe {
            self.keyframe = Some(packet.header.sequence_number);
            // Nobody needs what was before it.
            self.packets.clear();
        }
        while self
            .packets
            .front()
            .is_some_and(|kept| now.saturating_duration_since(kept.at) > KEPT)
        {
            self.packets.pop_front();
        }
        self.packets.push_back(Kept {
            packet,
            at: now,
            again: None,
        });
    }

    fn asked(&mut self, now: Instant, sequence: u16, line: Line) -> Answer {
        self.reckon(now, line);
        let is_before = |other: u16| sequence.wrapping_sub(other) > u16::MAX / 2;
        if self.keyframe.is_some_and(is_before) {
            return Answer::Enough;
        }
        let kept = self
            .packets
            .iter_mut()
            .find(|kept| kept.packet.header.sequence_number == sequence);
        let Some(kept) = kept else {
            return Answer::Refused;
        };
        if kept
            .again
            .is_some_and(|again| now.saturating_duration_since(again) < ON_ITS_WAY + line.queue)
        {
            return Answer::Enough;
        }
        let size = kept.packet.payload.len() as f64;
        if line.queue > STANDING || self.allowance < size {
            return Answer::Refused;
        }
        self.allowance -= size;
        kept.again = Some(now);
        Answer::Again(kept.packet.clone())
    }

    fn reckon(&mut self, now: Instant, line: Line) {
        let a_second = f64::from(line.bits_per_second) / 8.0 * SHARE;
        let most = (a_second * BURST).max(LEAST_BURST);
        self.allowance = match self.reckoned {
            Some(then) => {
                let passed = now.saturating_duration_since(then).as_secs_f64();
                (self.allowance + a_second * passed).min(most)
            }
            None => most,
        };
        self.reckoned = Some(now);
    }
}

/// In the library's chain, in the place of its own responder.
pub(super) struct Repairs {
    estimate: Estimate,
    streams: HashMap<u32, (Codec, Sent)>,
    read: VecDeque<TaggedPacket>,
    write: VecDeque<TaggedPacket>,
}

impl Repairs {
    pub(super) fn new(estimate: Estimate) -> Self {
        Self {
            estimate,
            streams: HashMap::new(),
            read: VecDeque::new(),
            write: VecDeque::new(),
        }
    }

    fn answer(&mut self, now: Instant, nack: &TransportLayerNack) {
        let Some((_, sent)) = self.streams.get_mut(&nack.media_ssrc) else {
            return;
        };
        let line = Line {
            bits_per_second: self.estimate.bits_per_second(),
            queue: self.estimate.queue(),
        };
        for sequence in nack.nacks.iter().flat_map(|pair| pair.packet_list()) {
            match sent.asked(now, sequence, line) {
                Answer::Again(packet) => self.write.push_back(TaggedPacket {
                    now,
                    transport: TransportContext::default(),
                    message: AttributedPacket::new(Packet::Rtp(packet)).with(Attribute::Retransmission),
                }),
                Answer::Enough => {}
                Answer::Refused => self.estimate.leave_gap(),
            }
        }
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for Repairs {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, message: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtcp(packets) = &message.message.packet {
            let nacks = packets
                .iter()
                .filter_map(|packet| packet.as_any().downcast_ref::<TransportLayerNack>());
            for nack in nacks.cloned().collect::<Vec<_>>() {
                self.answer(message.now, &nack);
            }
        }
        self.read.push_back(message);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.read.pop_front()
    }

    fn handle_write(&mut self, message: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtp(packet) = &message.message.packet
            && let Some((codec, sent)) = self.streams.get_mut(&packet.header.ssrc)
        {
            let (content, payload) = parity::content(packet.header.payload_type, &packet.payload);
            let begins_keyframe = content != parity::ULPFEC && codec.begins_keyframe(payload);
            sent.add(message.now, packet.clone(), begins_keyframe);
        }
        self.write.push_back(message);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.write.pop_front()
    }
}

impl Interceptor for Repairs {
    fn bind_local_stream(&mut self, stream: &StreamInfo) {
        let name = stream.mime_type.strip_prefix("video/").unwrap_or_default();
        let codec = Codec::ALL
            .into_iter()
            .find(|codec| name.eq_ignore_ascii_case(codec.encoding_name()));
        if let Some(codec) = codec {
            self.streams.insert(stream.ssrc, (codec, Sent::default()));
        }
    }

    fn unbind_local_stream(&mut self, stream: &StreamInfo) {
        self.streams.remove(&stream.ssrc);
    }

    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAST: Line = Line {
        bits_per_second: 2_000_000,
        queue: Duration::ZERO,
    };
    const SLOW: Line = Line {
        bits_per_second: 300_000,
        ..FAST
    };

    fn packet(sequence: u16) -> rtp::Packet {
        rtp::Packet {
            header: rtp::header::Header {
                sequence_number: sequence,
                ..Default::default()
            },
            payload: vec![0; 1100].into(),
        }
    }

    /// A keyframe and what follows it, a packet a millisecond.
    fn sent(from: u16, packets: u16) -> (Sent, Instant) {
        let (mut sent, start) = (Sent::default(), Instant::now());
        for at in 0..packets {
            let now = start + Duration::from_millis(at.into());
            sent.add(now, packet(from.wrapping_add(at)), at == 0);
        }
        (sent, start + Duration::from_millis(packets.into()))
    }

    #[test]
    fn what_is_lost_now_and_then_is_sent_again() {
        let (mut sent, now) = sent(u16::MAX - 10, 40);
        for lost in [u16::MAX - 2, u16::MAX, 3, 20] {
            assert_eq!(sent.asked(now, lost, FAST), Answer::Again(packet(lost)));
        }
    }

    #[test]
    fn asked_again_while_it_is_on_its_way_it_is_sent_once_and_later_again() {
        let (mut sent, now) = sent(0, 40);
        assert!(matches!(sent.asked(now, 7, FAST), Answer::Again(_)));
        assert_eq!(sent.asked(now + ON_ITS_WAY / 2, 7, FAST), Answer::Enough);
        assert!(matches!(sent.asked(now + ON_ITS_WAY, 7, FAST), Answer::Again(_)));
        let queued = Line {
            queue: Duration::from_millis(80),
            ..FAST
        };
        assert_eq!(sent.asked(now + ON_ITS_WAY * 3, 7, queued), Answer::Enough);
    }

    #[test]
    fn a_standing_queue_is_not_made_longer() {
        let (mut sent, now) = sent(0, 40);
        let standing = Line {
            queue: STANDING + Duration::from_millis(1),
            ..SLOW
        };
        assert_eq!(sent.asked(now, 7, standing), Answer::Refused);
    }

    #[test]
    fn repairs_take_no_more_than_their_share_of_the_line() {
        let (mut sent, mut now) = sent(0, 400);
        let mut bytes = 0.0;
        let began = now;
        // All is asked for, ten times a second.
        for _ in 0..5 {
            for sequence in 0..400 {
                if let Answer::Again(packet) = sent.asked(now, sequence, SLOW) {
                    bytes += packet.payload.len() as f64;
                }
            }
            now += Duration::from_millis(100);
        }
        let seconds = now.duration_since(began).as_secs_f64();
        let share = SHARE * 300_000.0 / 8.0 * (seconds + BURST);
        assert!(bytes > share * 0.5 && bytes <= share, "{bytes} of {share}");
    }

    #[test]
    fn after_a_whole_picture_nobody_needs_what_was_before() {
        let (mut sent, now) = sent(0, 40);
        sent.add(now, packet(40), true);
        assert_eq!(sent.asked(now, 39, FAST), Answer::Enough);
        assert!(matches!(sent.asked(now, 40, FAST), Answer::Again(_)));
    }

    #[test]
    fn what_is_too_old_is_refused_and_its_memory_given_back() {
        let (mut sent, now) = sent(0, 40);
        sent.add(now + KEPT + Duration::from_millis(50), packet(40), false);
        assert_eq!(sent.packets.len(), 1);
        assert_eq!(sent.asked(now + KEPT, 7, FAST), Answer::Refused);
    }
}
