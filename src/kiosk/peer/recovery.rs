//! What a browser's parity brings back at once, where a repeat would take a round trip: ULPFEC of one level (RFC 5109 §8)
//! in RED (RFC 2198). Pure.
//!
//! Packets come as the browser sent them and go as if there were no RED. A packet of parity takes a number of the
//! picture's, so an empty one goes in its place: nobody shall miss it.

use std::collections::{HashMap, VecDeque};

use bytes::Bytes;

use super::parity::{RED, ULPFEC};

/// Half a second of a good picture: parity for older packets comes too late.
const REMEMBERED: usize = 128;
const MOST_BLOCKS: usize = 32;
/// Of an RTP header without sources and extensions.
const HEADER: usize = 12;
/// Of a block's own header, up to its mask.
const BLOCK_HEADER: usize = 12;

/// For one stream.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    packets: HashMap<u16, Bytes>,
    /// The numbers of these, in the order of their coming.
    order: VecDeque<u16>,
    blocks: VecDeque<Block>,
}

#[derive(Debug)]
struct Block {
    /// The SSRC of what it covers, which is its own.
    stream: [u8; 4],
    bytes: Bytes,
    covers: Vec<u16>,
    /// Behind the mask.
    content: usize,
}

impl Recovery {
    /// Takes a whole RTP packet; gives what it carries, and what is brought back with its help. None for what is no packet.
    pub fn push(&mut self, rtp: Bytes) -> Option<(Bytes, Vec<Bytes>)> {
        let start = payload(&rtp)?;
        if rtp[1] & 0x7f != RED {
            return Some(self.media(rtp));
        }
        Some(match *rtp.get(start)? & 0x7f {
            ULPFEC => {
                if let Some(block) = Block::read(&rtp, start + 1) {
                    self.blocks.push_back(block);
                    if self.blocks.len() > MOST_BLOCKS {
                        self.blocks.pop_front();
                    }
                }
                (empty(&rtp), self.bring_back())
            }
            payload_type => {
                let mut plain = Vec::with_capacity(rtp.len() - 1);
                plain.extend_from_slice(&rtp[..start]);
                plain.extend_from_slice(&rtp[start + 1..]);
                plain[1] = rtp[1] & 0x80 | payload_type;
                self.media(plain.into())
            }
        })
    }

    fn media(&mut self, rtp: Bytes) -> (Bytes, Vec<Bytes>) {
        self.remember(rtp.clone());
        (rtp, self.bring_back())
    }

    fn remember(&mut self, rtp: Bytes) {
        let number = sequence(&rtp);
        if self.packets.insert(number, rtp).is_none() {
            self.order.push_back(number);
        }
        while self.order.len() > REMEMBERED {
            if let Some(old) = self.order.pop_front() {
                self.packets.remove(&old);
                // What is missing beside it nobody waits for any more.
                self.blocks.retain(|block| !block.covers.contains(&old));
            }
        }
    }

    /// What is brought back may complete another block.
    fn bring_back(&mut self) -> Vec<Bytes> {
        let mut back = Vec::new();
        while let Some(rtp) = self.blocks.iter().find_map(|block| block.lost(&self.packets)) {
            self.remember(rtp.clone());
            back.push(rtp);
        }
        let packets = &self.packets;
        let is_open = |block: &Block| block.covers.iter().any(|number| !packets.contains_key(number));
        self.blocks.retain(is_open);
        back
    }
}

impl Block {
    /// `start`: behind RED.
    fn read(rtp: &Bytes, start: usize) -> Option<Self> {
        let stream = *rtp.get(8..HEADER)?.first_chunk()?;
        let bytes = rtp.slice(start..);
        let first = *bytes.first()?;
        let base = u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]);
        let content = BLOCK_HEADER + if first & 0x40 == 0 { 2 } else { 6 };
        let mask = bytes.get(BLOCK_HEADER..content)?;
        let is_set = |place: &u16| mask[usize::from(place / 8)] >> (7 - place % 8) & 1 == 1;
        let places = (0..mask.len() as u16 * 8).filter(is_set);
        let covers = places.map(|place| base.wrapping_add(place)).collect();
        Some(Self {
            stream,
            covers,
            content,
            bytes,
        })
    }

    /// The only one that is missing of those that it covers, as it was but for the extensions, which were written later.
    fn lost(&self, packets: &HashMap<u16, Bytes>) -> Option<Bytes> {
        let mut missing = self.covers.iter().filter(|number| !packets.contains_key(*number));
        let lost = *missing.next()?;
        if missing.next().is_some() {
            return None;
        }
        let number = |at: usize| u16::from_be_bytes([self.bytes[at], self.bytes[at + 1]]);
        let mut head: [u8; 8] = self.bytes.first_chunk().copied()?;
        let mut length = number(8);
        let mut body = self.bytes[self.content..].to_vec();
        for rtp in self.covers.iter().filter_map(|number| packets.get(number)) {
            add(&mut head, rtp);
            length ^= (rtp.len() - HEADER) as u16;
            add(&mut body, &rtp[HEADER..]);
        }
        let mut rtp = vec![0x80 | head[0] & 0x3f, head[1]];
        rtp.extend(lost.to_be_bytes());
        rtp.extend(&head[4..8]);
        rtp.extend(self.stream);
        rtp.extend(body.get(..usize::from(length))?);
        // A block for other packets than those that came under these numbers makes nonsense.
        payload(&rtp).map(|_| rtp.into())
    }
}

/// Where the payload of a whole packet begins.
fn payload(rtp: &[u8]) -> Option<usize> {
    let first = *rtp.first().filter(|first| **first >> 6 == 2)?;
    let mut start = HEADER + usize::from(first & 0x0f) * 4;
    if first & 0x10 != 0 {
        let length = rtp.get(start + 2..start + 4)?;
        start += 4 + usize::from(u16::from_be_bytes([length[0], length[1]])) * 4;
    }
    (start <= rtp.len()).then_some(start)
}

/// Its header and nothing else.
fn empty(rtp: &[u8]) -> Bytes {
    let mut header = rtp[..HEADER].to_vec();
    header[0] = 0x80;
    header[1] &= 0x7f;
    header.into()
}

fn add(sum: &mut [u8], bytes: &[u8]) {
    for (sum, byte) in sum.iter_mut().zip(bytes) {
        *sum ^= byte;
    }
}

fn sequence(rtp: &[u8]) -> u16 {
    u16::from_be_bytes([rtp[2], rtp[3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::peer::parity;
    use proptest::prelude::*;

    fn rtp(payload_type: u8, number: u16, marker: bool, payload: &[u8]) -> Bytes {
        let mut rtp = vec![0x90, u8::from(marker) << 7 | payload_type];
        rtp.extend(number.to_be_bytes());
        rtp.extend(*b"timessrc");
        rtp.extend([0xbe, 0xde, 0, 1, 0x31, 0, 0, 0]);
        rtp.extend(payload);
        rtp.into()
    }

    /// What a browser sends for frames of these payloads: its packets as they are, and as they leave, in RED with parity.
    fn sent(first: u16, frames: &[Vec<Vec<u8>>], each: usize) -> (Vec<Bytes>, Vec<Bytes>) {
        let (mut plain, mut leaving) = (Vec::new(), Vec::new());
        let mut number = first;
        for frame in frames {
            let mut whole = Vec::new();
            for (at, payload) in frame.iter().enumerate() {
                let is_last = at + 1 == frame.len();
                whole.push(rtp(96, number, is_last, payload));
                leaving.push(rtp(RED, number, is_last, &parity::wrapped(96, payload)));
                number = number.wrapping_add(1);
            }
            for block in parity::of_frame(&whole, each) {
                leaving.push(rtp(RED, number, false, &parity::wrapped(ULPFEC, &block)));
                number = number.wrapping_add(1);
            }
            plain.extend(whole);
        }
        (plain, leaving)
    }

    fn all(recovery: &mut Recovery, rtp: &Bytes) -> Vec<Bytes> {
        let given = recovery.push(rtp.clone()).into_iter();
        given
            .flat_map(|(rtp, brought_back)| [vec![rtp], brought_back].concat())
            .collect()
    }

    fn numbers(packets: &[Bytes]) -> Vec<u16> {
        packets.iter().map(|rtp| sequence(rtp)).collect()
    }

    #[test]
    fn without_red_packets_go_as_they_are() {
        let mut recovery = Recovery::default();
        let plain = rtp(96, 7, true, b"hand");
        assert_eq!(all(&mut recovery, &plain), [plain]);
        assert_eq!(recovery.push(Bytes::from_static(b"no packet")), None);
    }

    #[test]
    fn what_is_lost_comes_back_with_the_parity_and_nobody_misses_the_parity_itself() {
        let frame = [b"one".to_vec(), b"three".to_vec(), b"five".to_vec()].to_vec();
        let (plain, leaving) = sent(65_534, &[frame], 3);
        let mut recovery = Recovery::default();
        assert_eq!(all(&mut recovery, &leaving[0]), [plain[0].clone()]);
        assert_eq!(all(&mut recovery, &leaving[2]), [plain[2].clone()]);
        let back = all(&mut recovery, &leaving[3]);
        assert_eq!((numbers(&back), &back[1]), (vec![1, 65_535], &plain[1]));
        assert_eq!(back[0].len(), HEADER, "empty");
        assert!(recovery.blocks.is_empty());
    }

    #[test]
    fn a_repair_completes_a_block_that_lacked_two() {
        let frame = [b"one".to_vec(), b"two".to_vec(), b"three".to_vec()].to_vec();
        let (plain, leaving) = sent(1, &[frame], 3);
        let mut recovery = Recovery::default();
        recovery.push(leaving[1].clone());
        assert_eq!(numbers(&all(&mut recovery, &leaving[3])), [4]);
        assert_eq!(
            all(&mut recovery, &leaving[2]),
            [plain[2].clone(), plain[0].clone()]
        );
    }

    #[test]
    fn what_no_repair_ever_came_for_is_forgotten() {
        let mut recovery = Recovery::default();
        for number in 0..1000 {
            let (_, leaving) = sent(number * 4, &[vec![vec![1; 9], vec![2; 9], vec![3; 9]]], 3);
            recovery.push(leaving[0].clone());
            recovery.push(leaving[3].clone());
        }
        assert!(recovery.packets.len() <= REMEMBERED && recovery.order.len() <= REMEMBERED);
        assert!(recovery.blocks.len() <= MOST_BLOCKS);
    }

    proptest! {
        #[test]
        fn one_of_each_block_may_be_lost(
            first: u16,
            frames in prop::collection::vec(prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..12), 1..6),
            each in 1usize..6,
            lost: prop::sample::Index,
        ) {
            let (plain, leaving) = sent(first, &frames, each);
            let lost = sequence(&plain[lost.index(plain.len())]);
            let mut recovery = Recovery::default();
            let came = leaving.iter().filter(|rtp| sequence(rtp) != lost);
            let out: Vec<Bytes> = came.flat_map(|rtp| all(&mut recovery, rtp)).collect();
            for rtp in &plain {
                prop_assert_eq!(out.iter().filter(|other| *other == rtp).count(), 1);
            }
            prop_assert_eq!(out.len(), leaving.len());
        }

        #[test]
        fn whatever_comes_nothing_breaks(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..40)) {
            let mut recovery = Recovery::default();
            for mut packet in packets {
                if let Some(first) = packet.first_mut() {
                    *first = 0x80 | *first & 0x1f;
                }
                if let Some(second) = packet.get_mut(1) {
                    *second = RED;
                }
                if let Some(block) = packet.get_mut(12) {
                    *block = ULPFEC;
                }
                for out in all(&mut recovery, &packet.into()) {
                    prop_assert!(payload(&out).is_some());
                }
            }
        }
    }
}
