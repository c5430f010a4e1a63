//! What the way to the decoder must know of an RTP packet.

use bytes::Bytes;

use crate::media::codec::Codec;
use crate::media::payload::Vp8;

/// One whole RTP packet (RFC 3550 §5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    pub bytes: Bytes,
    pub sequence: u16,
    /// At 90 kHz; all packets of a frame have the same.
    pub timestamp: u32,
    /// The marker: nothing more of this frame follows.
    pub ends_frame: bool,
    /// Padding and nothing else: a browser measures the line with such packets between two frames.
    pub is_empty: bool,
    pub begins_keyframe: bool,
    /// Of the VP8 frame that begins here, by 15 bits, where the sender counts its frames.
    pub begins_picture: Option<u16>,
    /// Of the VP8 frame that ends here.
    pub ends_picture: Option<u16>,
}

impl Packet {
    pub fn read(codec: Codec, bytes: Bytes) -> Option<Self> {
        let header = bytes.first_chunk::<12>()?;
        if header[0] >> 6 != 2 {
            return None;
        }
        let mut start = 12 + usize::from(header[0] & 0x0f) * 4;
        if header[0] & 0x10 != 0 {
            let length = bytes.get(start + 2..start + 4)?;
            start += 4 + usize::from(u16::from_be_bytes([length[0], length[1]])) * 4;
        }
        let padding = if header[0] & 0x20 != 0 {
            usize::from(*bytes.last()?)
        } else {
            0
        };
        let payload = bytes.get(start..bytes.len().checked_sub(padding)?)?;
        let ends_frame = header[1] & 0x80 != 0;
        let vp8 = (codec == Codec::Vp8).then(|| Vp8::read(payload)).flatten();
        Some(Self {
            sequence: u16::from_be_bytes([header[2], header[3]]),
            timestamp: u32::from_be_bytes([header[4], header[5], header[6], header[7]]),
            ends_frame,
            is_empty: payload.is_empty(),
            begins_keyframe: codec.begins_keyframe(payload),
            begins_picture: vp8
                .as_ref()
                .filter(|vp8| vp8.begins_frame)
                .and_then(|vp8| vp8.picture),
            ends_picture: vp8.filter(|_| ends_frame).and_then(|vp8| vp8.picture),
            bytes,
        })
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub const KEY: &[u8] = &[0x10, 0x00];
    pub const DELTA: &[u8] = &[0x10, 0x01];
    pub const REST: &[u8] = &[0x00, 0xaa];

    pub fn rtp(sequence: u16, timestamp: u32, marker: bool, payload: &[u8]) -> Bytes {
        let mut packet = vec![0x80, if marker { 0xe0 } else { 0x60 }];
        packet.extend(sequence.to_be_bytes());
        packet.extend(timestamp.to_be_bytes());
        packet.extend([0; 4]);
        packet.extend(payload);
        packet.into()
    }

    /// Of a frame that is no keyframe, with a picture's number of 15 bits.
    pub fn counted(picture: u16, begins: bool) -> Vec<u8> {
        let [high, low] = picture.to_be_bytes();
        vec![if begins { 0x90 } else { 0x80 }, 0x80, 0x80 | high, low, 1]
    }

    /// Three bytes of padding, as the last of them tells.
    pub fn padding(sequence: u16, timestamp: u32) -> Bytes {
        let mut packet = rtp(sequence, timestamp, false, &[0, 0, 3]).to_vec();
        packet[0] |= 0x20;
        packet.into()
    }

    pub fn vp8(sequence: u16, timestamp: u32, marker: bool, payload: &[u8]) -> Packet {
        Packet::read(Codec::Vp8, rtp(sequence, timestamp, marker, payload)).expect("a packet")
    }

    #[test]
    fn a_header_is_read_behind_sources_and_extensions() {
        let mut bytes = vec![0x92, 0xe0, 0x12, 0x34, 0, 0, 0, 9];
        bytes.extend([0; 4 + 2 * 4]);
        bytes.extend([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
        bytes.extend(KEY);
        let packet = Packet::read(Codec::Vp8, bytes.into()).expect("a packet");
        assert_eq!((packet.sequence, packet.timestamp), (0x1234, 9));
        assert!(packet.ends_frame && packet.begins_keyframe && !packet.is_empty);
        let padding = Packet::read(Codec::Vp8, padding(7, 9)).expect("a packet");
        assert!(padding.is_empty && !padding.begins_keyframe && !padding.ends_frame);
    }

    #[test]
    fn vp8_pictures_are_counted_where_they_begin_and_end() {
        let of = |marker, payload: &[u8]| {
            let packet = vp8(1, 1, marker, payload);
            (packet.begins_picture, packet.ends_picture, packet.begins_keyframe)
        };
        assert_eq!(of(false, &counted(0x7fff, true)), (Some(0x7fff), None, false));
        assert_eq!(of(true, &counted(5, false)), (None, Some(5), false));
        assert_eq!(of(true, &[0x90, 0x80, 0x05, 0]), (None, None, true), "by 7 bits");
        assert_eq!(of(true, KEY), (None, None, true));
    }

    #[test]
    fn an_h264_keyframe_is_known_by_its_parameter_sets_behind_a_delimiter() {
        let begins = |payload: &[u8]| {
            Packet::read(Codec::H264, rtp(1, 1, false, payload))
                .expect("a packet")
                .begins_keyframe
        };
        assert!(begins(&[0x67, 1]));
        assert!(begins(&[0x78, 0, 2, 0x09, 0x10, 0, 2, 0x67, 1, 0, 2, 0x68, 1]));
        assert!(!begins(&[0x78, 0, 2, 0x09, 0x30, 0, 2, 0x41, 1]));
        assert!(!begins(&[0x65, 1]), "a slice of it, after its beginning");
    }

    #[test]
    fn nothing_that_comes_from_a_network_makes_it_panic() {
        let mut state = 1u64;
        for codec in Codec::ALL {
            for length in 0..4000usize {
                let bytes: Vec<u8> = (0..length % 40)
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        (state >> 56) as u8
                    })
                    .collect();
                Packet::read(codec, bytes.into());
            }
        }
    }
}
