//! Keeps everything from the decoder that was predicted from something lost. Pure.
//!
//! The one invariant: between a gap in the sequence numbers and the first packet of the next keyframe no packet passes,
//! and of the frame that the gap cut nothing passes at all. Depayloaders alone do not hold it: that of H.264 gives out
//! half a frame when the packet with its marker is lost.

use crate::media::codec::Codec;

/// What to do with a packet or frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    Drop,
    /// Drop, and ask the sender for a keyframe.
    Ask,
}

/// Watches packets between jitter buffer and depayloader, and frames after it. Times are any that packets and frames
/// share, in any unit.
#[derive(Debug)]
pub struct Gate {
    codec: Codec,
    last_sequence: Option<u16>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open {
        /// The frame whose last packet has not come yet.
        unfinished: Option<u64>,
    },
    Closed {
        /// The frame that the gap cut in two.
        cut: Option<u64>,
    },
    /// The keyframe that opens the gate is on its way; the cut frame may still come out before it.
    Opening {
        cut: Option<u64>,
        unfinished: Option<u64>,
    },
}

impl Gate {
    pub fn new(codec: Codec) -> Self {
        Self {
            codec,
            last_sequence: None,
            state: State::Closed { cut: None },
        }
    }

    /// A whole RTP packet, in order, and the time of its frame.
    pub fn packet(&mut self, rtp: &[u8], time: u64) -> Verdict {
        let Some((sequence, marker, payload)) = parse(rtp) else {
            return Verdict::Drop;
        };
        let follows = self
            .last_sequence
            .is_none_or(|last| last.wrapping_add(1) == sequence);
        self.last_sequence = Some(sequence);
        if !follows {
            self.lost();
        }
        if payload.is_empty() {
            return Verdict::Drop;
        }
        let unfinished = (!marker).then_some(time);
        match &mut self.state {
            State::Open { unfinished: open } | State::Opening { unfinished: open, .. } => {
                *open = unfinished;
                Verdict::Pass
            }
            State::Closed { cut } if begins_keyframe(self.codec, payload) && *cut != Some(time) => {
                self.state = State::Opening {
                    cut: *cut,
                    unfinished,
                };
                Verdict::Pass
            }
            State::Closed { .. } => Verdict::Ask,
        }
    }

    /// The jitter buffer gave a packet up. The depayloader may give out what it has on the same news, so this comes first.
    pub fn lost(&mut self) {
        self.state = match self.state {
            State::Open { unfinished } => State::Closed { cut: unfinished },
            State::Opening { unfinished, cut } => State::Closed {
                cut: unfinished.or(cut),
            },
            closed @ State::Closed { .. } => closed,
        };
    }

    /// A frame that the depayloader gives out.
    pub fn frame(&mut self, time: u64, is_keyframe: bool) -> Verdict {
        match self.state {
            State::Open { .. } => Verdict::Pass,
            State::Opening { cut, .. } if cut == Some(time) => Verdict::Drop,
            State::Opening { unfinished, .. } if is_keyframe => {
                self.state = State::Open { unfinished };
                Verdict::Pass
            }
            State::Opening { .. } => Verdict::Drop,
            State::Closed { .. } => Verdict::Drop,
        }
    }
}

/// Sequence number, marker and payload (RFC 3550 §5.1).
fn parse(rtp: &[u8]) -> Option<(u16, bool, &[u8])> {
    let header = rtp.first_chunk::<12>()?;
    let mut start = 12 + usize::from(header[0] & 0x0f) * 4;
    if header[0] & 0x10 != 0 {
        let length = rtp.get(start + 2..start + 4)?;
        start += 4 + usize::from(u16::from_be_bytes([length[0], length[1]])) * 4;
    }
    let padding = if header[0] & 0x20 != 0 {
        usize::from(*rtp.last()?)
    } else {
        0
    };
    let payload = rtp.get(start..rtp.len().checked_sub(padding)?)?;
    Some((
        u16::from_be_bytes([header[2], header[3]]),
        header[1] & 0x80 != 0,
        payload,
    ))
}

fn begins_keyframe(codec: Codec, payload: &[u8]) -> bool {
    match codec {
        Codec::Vp8 => begins_vp8_keyframe(payload).unwrap_or(false),
        Codec::H264 => begins_h264_keyframe(payload).unwrap_or(false),
    }
}

/// RFC 7741 §4.2 and §4.3: start of partition 0, and the frame header's P bit clear.
fn begins_vp8_keyframe(payload: &[u8]) -> Option<bool> {
    let first = *payload.first()?;
    let mut at = 1;
    if first & 0x80 != 0 {
        let extended = *payload.get(at)?;
        at += 1;
        if extended & 0x80 != 0 {
            at += if payload.get(at)? & 0x80 != 0 { 2 } else { 1 };
        }
        at += usize::from(extended & 0x40 != 0) + usize::from(extended & 0x30 != 0);
    }
    Some(first & 0x1f == 0x10 && payload.get(at)? & 1 == 0)
}

/// RFC 6184 §5.2: a sequence parameter set, alone or among several units (x264 puts a delimiter before it), or the
/// beginning of an IDR slice.
fn begins_h264_keyframe(payload: &[u8]) -> Option<bool> {
    const IDR: u8 = 5;
    const SPS: u8 = 7;
    const STAP_A: u8 = 24;
    const FU_A: u8 = 28;
    Some(match payload.first()? & 0x1f {
        IDR | SPS => true,
        STAP_A => {
            let mut rest = &payload[1..];
            while let Some((length, units)) = rest.split_first_chunk::<2>() {
                let length = usize::from(u16::from_be_bytes(*length));
                if matches!(units.first()? & 0x1f, IDR | SPS) {
                    return Some(true);
                }
                rest = units.get(length..)?;
            }
            false
        }
        FU_A => payload.get(1)? & 0x80 != 0 && payload.get(1)? & 0x1f == IDR,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = &[0x10, 0x00];
    const DELTA: &[u8] = &[0x10, 0x01];
    const REST: &[u8] = &[0x00, 0xaa];

    fn rtp(sequence: u16, marker: bool, payload: &[u8]) -> Vec<u8> {
        let mut packet = vec![0x80, if marker { 0xe0 } else { 0x60 }];
        packet.extend(sequence.to_be_bytes());
        packet.extend([0; 8]);
        packet.extend(payload);
        packet
    }

    /// A gate that a keyframe at time 1, packets 10 and 11, has opened.
    fn open() -> Gate {
        let mut gate = Gate::new(Codec::Vp8);
        assert_eq!(gate.packet(&rtp(10, false, KEY), 1), Verdict::Pass);
        assert_eq!(gate.packet(&rtp(11, true, REST), 1), Verdict::Pass);
        assert_eq!(gate.frame(1, true), Verdict::Pass);
        gate
    }

    #[test]
    fn nothing_passes_before_the_first_keyframe() {
        let mut gate = Gate::new(Codec::Vp8);
        assert_eq!(gate.packet(&rtp(1, true, DELTA), 0), Verdict::Ask);
        assert_eq!(gate.packet(&rtp(2, true, REST), 0), Verdict::Ask);
        assert_eq!(gate.packet(&rtp(3, true, KEY), 1), Verdict::Pass);
        assert_eq!(gate.frame(1, true), Verdict::Pass);
        assert_eq!(gate.packet(&rtp(4, true, DELTA), 2), Verdict::Pass);
        assert_eq!(gate.frame(2, false), Verdict::Pass);
    }

    #[test]
    fn a_gap_closes_the_gate_until_the_next_keyframe() {
        let mut gate = open();
        assert_eq!(gate.packet(&rtp(13, true, DELTA), 3), Verdict::Ask);
        assert_eq!(gate.packet(&rtp(14, true, DELTA), 4), Verdict::Ask);
        assert_eq!(gate.packet(&rtp(15, true, KEY), 5), Verdict::Pass);
        assert_eq!(gate.frame(5, true), Verdict::Pass);
    }

    #[test]
    fn a_frame_that_lost_its_end_never_comes_out_even_if_it_is_a_keyframe() {
        let mut gate = open();
        assert_eq!(gate.packet(&rtp(12, false, KEY), 2), Verdict::Pass);
        assert_eq!(gate.packet(&rtp(14, true, DELTA), 3), Verdict::Ask);
        assert_eq!(gate.packet(&rtp(15, false, KEY), 4), Verdict::Pass);
        assert_eq!(gate.frame(2, true), Verdict::Drop, "the half frame");
        assert_eq!(gate.packet(&rtp(16, true, REST), 4), Verdict::Pass);
        assert_eq!(gate.frame(4, true), Verdict::Pass);
    }

    #[test]
    fn a_frame_that_comes_out_on_the_news_of_its_loss_is_dropped() {
        let mut gate = open();
        assert_eq!(gate.packet(&rtp(12, false, KEY), 2), Verdict::Pass);
        gate.lost();
        assert_eq!(gate.frame(2, true), Verdict::Drop);
        assert_eq!(gate.packet(&rtp(14, true, KEY), 3), Verdict::Pass);
        assert_eq!(gate.frame(3, true), Verdict::Pass);
    }

    #[test]
    fn a_keyframe_that_is_cut_in_two_does_not_open_the_gate_with_its_second_half() {
        let mut gate = Gate::new(Codec::H264);
        assert_eq!(gate.packet(&rtp(1, false, &[0x67, 1]), 1), Verdict::Pass);
        assert_eq!(
            gate.packet(&rtp(3, true, &[0x65, 1]), 1),
            Verdict::Ask,
            "a second slice of the same frame"
        );
        assert_eq!(gate.frame(1, true), Verdict::Drop);
    }

    #[test]
    fn an_h264_keyframe_is_known_by_its_parameter_sets_behind_a_delimiter() {
        let mut gate = Gate::new(Codec::H264);
        let delta = [0x78, 0, 2, 0x09, 0x30, 0, 2, 0x41, 1];
        assert_eq!(gate.packet(&rtp(1, true, &delta), 1), Verdict::Ask);
        let key = [0x78, 0, 2, 0x09, 0x10, 0, 2, 0x67, 1, 0, 2, 0x68, 1];
        assert_eq!(gate.packet(&rtp(2, false, &key), 2), Verdict::Pass);
    }

    #[test]
    fn numbers_wrap_and_padding_is_no_gap() {
        let mut gate = Gate::new(Codec::Vp8);
        assert_eq!(gate.packet(&rtp(65_534, true, KEY), 1), Verdict::Pass);
        assert_eq!(gate.frame(1, true), Verdict::Pass);
        let mut padding = rtp(65_535, false, &[0, 0, 3]);
        padding[0] |= 0x20;
        assert_eq!(gate.packet(&padding, 1), Verdict::Drop);
        assert_eq!(gate.packet(&rtp(0, true, DELTA), 2), Verdict::Pass);
    }

    #[test]
    fn nothing_that_comes_from_a_network_makes_it_panic() {
        let mut state = 1u64;
        for codec in Codec::ALL {
            let mut gate = Gate::new(codec);
            for length in 0..2000usize {
                let packet: Vec<u8> = (0..length % 40)
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        (state >> 56) as u8
                    })
                    .collect();
                gate.packet(&packet, state);
                gate.frame(state, length % 2 == 0);
            }
        }
    }
}
