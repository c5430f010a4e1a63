//! What RTP's payloads tell of pictures.

/// RFC 7741 §4.2 and §4.3.
pub struct Vp8 {
    /// Start of partition 0.
    pub begins_frame: bool,
    /// The frame header's P bit is clear; means something only at the beginning.
    is_key: bool,
    /// Its number, by 15 bits, where the sender counts.
    pub picture: Option<u16>,
}

impl Vp8 {
    pub fn read(payload: &[u8]) -> Option<Self> {
        let first = *payload.first()?;
        let mut at = 1;
        let mut picture = None;
        if first & 0x80 != 0 {
            let extended = *payload.get(at)?;
            at += 1;
            if extended & 0x80 != 0 {
                let high = *payload.get(at)?;
                at += 1;
                if high & 0x80 != 0 {
                    picture = Some(u16::from_be_bytes([high & 0x7f, *payload.get(at)?]));
                    at += 1;
                }
            }
            at += usize::from(extended & 0x40 != 0) + usize::from(extended & 0x30 != 0);
        }
        Some(Self {
            begins_frame: first & 0x1f == 0x10,
            is_key: payload.get(at)? & 1 == 0,
            picture,
        })
    }

    pub fn begins_keyframe(&self) -> bool {
        self.begins_frame && self.is_key
    }
}

/// RFC 6184 §5.2: a sequence parameter set, alone or among several units (x264 puts a delimiter before it). Browsers
/// and our encoders put one before every keyframe, and without it nobody knows the picture's size.
pub fn begins_h264_keyframe(payload: &[u8]) -> Option<bool> {
    const SPS: u8 = 7;
    const STAP_A: u8 = 24;
    Some(match payload.first()? & 0x1f {
        SPS => true,
        STAP_A => {
            let mut rest = &payload[1..];
            while let Some((length, units)) = rest.split_first_chunk::<2>() {
                let length = usize::from(u16::from_be_bytes(*length));
                if units.first()? & 0x1f == SPS {
                    return Some(true);
                }
                rest = units.get(length..)?;
            }
            false
        }
        _ => false,
    })
}
