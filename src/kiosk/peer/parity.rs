//! Parity against single losses: one packet more for a few of a frame brings any one of them back at once, where a
//! repeat takes a round trip. ULPFEC (RFC 5109) of one level in RED (RFC 2198), as browsers speak them. Pure.

use bytes::Bytes;

/// Payload types, as the kiosk offers them.
pub const RED: u8 = 116;
pub const ULPFEC: u8 = 117;

/// Of an RTP header without sources and extensions.
const HEADER: usize = 12;
/// Packets that a mask covers, from its first number on.
const SHORT_MASK: u16 = 16;
const LONG_MASK: u16 = 48;

/// A payload under RED.
pub fn wrapped(payload_type: u8, payload: &[u8]) -> Bytes {
    [&[payload_type & 0x7f], payload].concat().into()
}

/// What stands in a packet: its own payload type and payload, or those of the block in RED.
pub fn content(payload_type: u8, payload: &[u8]) -> (u8, &[u8]) {
    match payload.split_first() {
        Some((block, content)) if payload_type == RED => (block & 0x7f, content),
        _ => (payload_type, payload),
    }
}

/// The parity blocks for a frame of RTP packets, whole and without RED, in their order: so many packets `each` at most,
/// neighbours in different blocks, because losses come in runs. Extensions that are written on their way out must be
/// zero here.
pub fn of_frame(packets: &[Bytes], each: usize) -> impl Iterator<Item = Vec<u8>> {
    packets.chunks(LONG_MASK.into()).flat_map(move |part| {
        let blocks = part.len().div_ceil(each.max(1));
        (0..blocks).filter_map(move |first| parity(part.iter().skip(first).step_by(blocks)))
    })
}

/// None for no packets, for cut ones and for more than a mask covers.
fn parity<'a>(group: impl Iterator<Item = &'a Bytes> + Clone) -> Option<Vec<u8>> {
    let base = sequence(group.clone().next()?);
    let places = group.clone().map(|packet| sequence(packet).wrapping_sub(base));
    let last = places.clone().max()?;
    if last >= LONG_MASK || group.clone().any(|packet| packet.len() < HEADER) {
        return None;
    }
    let mask: u64 = places.map(|place| 1 << (63 - place)).sum();
    let is_long = last >= SHORT_MASK;
    let sum = Sum::of(group);
    let mut block = vec![u8::from(is_long) << 6 | sum.head[0] & 0x3f, sum.head[1]];
    block.extend(base.to_be_bytes());
    block.extend(&sum.head[4..8]);
    block.extend(sum.length.to_be_bytes());
    block.extend((sum.body.len() as u16).to_be_bytes());
    let width = if is_long { LONG_MASK } else { SHORT_MASK } / 8;
    block.extend(&mask.to_be_bytes()[..usize::from(width)]);
    block.extend(sum.body);
    Some(block)
}

/// The sum (XOR) of some packets.
#[derive(Default)]
struct Sum {
    /// The first eight bytes; of the sequence number nothing is told.
    head: [u8; 8],
    /// Of what follows the fixed header.
    length: u16,
    body: Vec<u8>,
}

impl Sum {
    fn of<'a>(packets: impl Iterator<Item = &'a Bytes>) -> Self {
        let mut sum = Self::default();
        packets.for_each(|packet| sum.add(packet));
        sum
    }

    fn add(&mut self, packet: &[u8]) {
        let (head, body) = packet.split_at(HEADER);
        add(&mut self.head, &head[..8]);
        self.length ^= body.len() as u16;
        if self.body.len() < body.len() {
            self.body.resize(body.len(), 0);
        }
        add(&mut self.body, body);
    }
}

fn add(sum: &mut [u8], bytes: &[u8]) {
    for (sum, byte) in sum.iter_mut().zip(bytes) {
        *sum ^= byte;
    }
}

fn sequence(rtp: &[u8]) -> u16 {
    rtp.get(2..4)
        .map_or(0, |bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A media packet of payload type 96, with sources and an extension where told.
    fn media(sequence: u16, marker: bool, sources: u8, extended: bool, payload: &[u8]) -> Bytes {
        let mut rtp = vec![
            0x80 | u8::from(extended) << 4 | sources,
            u8::from(marker) << 7 | 96,
        ];
        rtp.extend(sequence.to_be_bytes());
        rtp.extend(90_000u32.to_be_bytes());
        rtp.extend(*b"ssrc");
        rtp.extend(vec![sources; usize::from(sources) * 4]);
        if extended {
            rtp.extend([0xbe, 0xde, 0, 1, 0x31, 0, 0, 0]);
        }
        rtp.extend(payload);
        rtp.into()
    }

    /// What a receiver makes of a block and of those packets that came; written from RFC 5109 §8 and from nothing above.
    pub fn brought_back(block: &[u8], came: &[Bytes]) -> Option<Vec<u8>> {
        let number = |at: usize| u16::from_be_bytes([block[at], block[at + 1]]);
        let (base, covered) = (number(2), usize::from(number(10)));
        let mask = if block[0] & 0x40 == 0 {
            &block[12..14]
        } else {
            &block[12..18]
        };
        let content = &block[12 + mask.len()..];
        assert_eq!(content.len(), covered);
        let places = (0..mask.len() * 8).filter(|place| mask[place / 8] >> (7 - place % 8) & 1 == 1);
        let covers: Vec<u16> = places.map(|place| base.wrapping_add(place as u16)).collect();
        let of = |number: &u16| came.iter().find(|rtp| rtp[2..4] == number.to_be_bytes());
        let mut missing = covers.iter().filter(|number| of(number).is_none());
        let lost = missing.next().filter(|_| missing.next().is_none())?;
        let (mut head, mut length) = (block[..8].to_vec(), number(8));
        let mut body = content.to_vec();
        for rtp in covers.iter().filter_map(of) {
            head.iter_mut()
                .zip(&rtp[..8])
                .for_each(|(sum, byte)| *sum ^= byte);
            length ^= (rtp.len() - 12) as u16;
            body.iter_mut()
                .zip(&rtp[12..])
                .for_each(|(sum, byte)| *sum ^= byte);
        }
        let mut back = vec![0x80 | head[0] & 0x3f, head[1]];
        back.extend(lost.to_be_bytes());
        back.extend(&head[4..8]);
        back.extend(b"ssrc");
        back.extend(&body[..usize::from(length)]);
        Some(back)
    }

    fn frames() -> impl Strategy<Value = Vec<Bytes>> {
        let payload = prop::collection::vec(any::<u8>(), 0..60);
        let packets = prop::collection::vec((payload, 0u8..3, any::<bool>()), 1..130);
        (any::<u16>(), packets).prop_map(|(base, packets)| {
            let last = packets.len() - 1;
            let numbered = packets.iter().enumerate();
            numbered
                .map(|(at, (payload, sources, extended))| {
                    let number = base.wrapping_add(at as u16);
                    media(number, at == last, *sources, *extended, payload)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn any_one_of_a_frame_is_brought_back_as_it_was(
            frame in frames(),
            each in 1usize..8,
            lost: prop::sample::Index,
        ) {
            let lost = lost.get(&frame);
            let came: Vec<Bytes> = frame.iter().filter(|packet| *packet != lost).cloned().collect();
            let back: Vec<_> = of_frame(&frame, each).filter_map(|block| brought_back(&block, &came)).collect();
            prop_assert_eq!(back, [lost.to_vec()]);
        }

        #[test]
        fn a_run_of_losses_is_brought_back_where_there_are_as_many_blocks(
            frame in frames(),
            each in 1usize..8,
            from: prop::sample::Index,
        ) {
            let part = &frame[..frame.len().min(48)];
            let blocks: Vec<_> = of_frame(part, each).collect();
            let from = from.index(part.len());
            let run = from..(from + blocks.len()).min(part.len());
            let came: Vec<Bytes> = part[..run.start].iter().chain(&part[run.end..]).cloned().collect();
            let mut back: Vec<_> = blocks.iter().filter_map(|block| brought_back(block, &came)).collect();
            let base = sequence(&part[0]);
            back.sort_by_key(|rtp| sequence(rtp).wrapping_sub(base));
            prop_assert_eq!(back, part[run].iter().map(|rtp| rtp.to_vec()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_has_no_parity_and_what_stands_in_red_is_read() {
        assert_eq!(of_frame(&[], 3).count(), 0);
        let red = wrapped(96, b"hand");
        assert_eq!(content(RED, &red), (96, &b"hand"[..]));
        assert_eq!(content(96, &red), (96, &red[..]));
        assert_eq!(content(RED, b""), (RED, &b""[..]));
    }
}
