//! The document still: one sharp picture of a paper on its way to the interpreter, and the place they point at.
//!
//! It travels on the data channel [`CHANNEL`], ordered and reliable, from peer to peer like the pictures:
//!
//! ```text
//! kiosk                                        interpreter's page
//! {"still":"begin","number":1,"bytes":…,…} ──▶
//! bytes, bytes, bytes                      ──▶
//!                                          ◀── {"still":"whole","number":1}     length and SHA-256 agree
//!                                          ◀── {"still":"point","number":1,"x":…,"y":…}
//! {"still":"wipe"}                         ──▶
//!                                          ◀── {"still":"wipe","number":1}      either side ends it for both
//! ```
//!
//! **Invariant:** nothing is sent of a still that is larger than [`MOST_BYTES`], and what comes back is data: any bytes
//! give a [`FromReader`] or nothing. A still lives in memory, as long as both look at it.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// Label and protocol of the data channel.
pub const CHANNEL: &str = "document";

/// The largest still, in bytes: twice what a full page takes at 2560 pixels.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Of a binary message: one packet, because several at once stand in a narrow line before the hands.
pub const CHUNK: usize = 1024;

/// A place on a still, in ten-thousandths of its width and height from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: u16,
    pub y: u16,
}

/// The right and lower edge of a still.
pub const EDGE: u16 = 10_000;

/// What the kiosk says in words.
#[derive(Debug, Serialize)]
#[serde(tag = "still", rename_all = "kebab-case")]
enum FromKiosk {
    /// Chunks follow, `bytes` in all. A still that was under way or shown before is void.
    Begin {
        number: u32,
        bytes: usize,
        sha256: String,
    },
    /// The visitor took the still away.
    Wipe,
}

/// What the interpreter's page says. Each speaks of one still by its number; what speaks of an older one is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FromReader {
    /// It arrived as it was sent, and is shown.
    Whole {
        number: u32,
    },
    /// It arrived with another length or digest.
    Damaged {
        number: u32,
    },
    Point {
        number: u32,
        place: Place,
    },
    /// The interpreter put it away.
    Wipe {
        number: u32,
    },
}

/// One message of the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Said(String),
    Chunk(Bytes),
}

/// That there is nothing to look at any more.
pub fn wipe() -> Message {
    said(&FromKiosk::Wipe)
}

fn said(words: &FromKiosk) -> Message {
    Message::Said(serde_json::to_string(words).expect("plain fields only"))
}

/// A still cut into messages, in their order.
#[derive(Clone, PartialEq, Eq)]
pub struct Transfer {
    begin: Option<Message>,
    rest: Bytes,
}

impl std::fmt::Debug for Transfer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Transfer(…)")
    }
}

impl Transfer {
    /// `digest` is the SHA-256 of `still`; none for a still that is too large.
    pub fn new(number: u32, still: Bytes, digest: [u8; 32]) -> Option<Self> {
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let bytes = still.len();
        (bytes <= MOST_BYTES).then(|| Self {
            begin: Some(said(&FromKiosk::Begin {
                number,
                bytes,
                sha256,
            })),
            rest: still,
        })
    }
}

impl Iterator for Transfer {
    type Item = Message;

    fn next(&mut self) -> Option<Message> {
        if let Some(begin) = self.begin.take() {
            return Some(begin);
        }
        let length = self.rest.len().min(CHUNK);
        (length > 0).then(|| Message::Chunk(self.rest.split_to(length)))
    }
}

/// Reads one message of the interpreter's page. Total.
pub fn parse(text: &[u8]) -> Option<FromReader> {
    #[derive(Deserialize)]
    #[serde(tag = "still", rename_all = "kebab-case")]
    enum Said {
        Whole { number: u32 },
        Damaged { number: u32 },
        Point { number: u32, x: u16, y: u16 },
        Wipe { number: u32 },
    }
    Some(match serde_json::from_slice(text).ok()? {
        Said::Whole { number } => FromReader::Whole { number },
        Said::Damaged { number } => FromReader::Damaged { number },
        Said::Point { number, x, y } if x <= EDGE && y <= EDGE => FromReader::Point {
            number,
            place: Place { x, y },
        },
        Said::Point { .. } => return None,
        Said::Wipe { number } => FromReader::Wipe { number },
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_still_is_its_chunks_put_together(still in vec(any::<u8>(), 0..4 * CHUNK), number in any::<u32>()) {
            let transfer = Transfer::new(number, Bytes::from(still.clone()), [0xab; 32]).unwrap();
            let messages: Vec<Message> = transfer.collect();
            let Message::Said(begin) = &messages[0] else { panic!("words come first") };
            let begin: serde_json::Value = serde_json::from_str(begin).unwrap();
            prop_assert_eq!(&begin["still"], "begin");
            prop_assert_eq!(begin["number"].as_u64(), Some(number.into()));
            prop_assert_eq!(begin["bytes"].as_u64(), Some(still.len() as u64));
            prop_assert_eq!(&begin["sha256"], &"ab".repeat(32));
            let mut whole = Vec::new();
            for message in &messages[1..] {
                let Message::Chunk(chunk) = message else { panic!("nothing but chunks follow") };
                prop_assert!((1..=CHUNK).contains(&chunk.len()));
                whole.extend_from_slice(chunk);
            }
            prop_assert_eq!(whole, still);
        }

        #[test]
        fn any_bytes_are_a_message_or_nothing(bytes in vec(any::<u8>(), 0..200)) {
            parse(&bytes);
        }

        #[test]
        fn a_place_is_on_the_still_or_nowhere(x in any::<u32>(), y in any::<u32>()) {
            let said = format!(r#"{{"still":"point","number":7,"x":{x},"y":{y}}}"#);
            let on_it = x <= u32::from(EDGE) && y <= u32::from(EDGE);
            let place = Place { x: x as u16, y: y as u16 };
            let expected = on_it.then_some(FromReader::Point { number: 7, place });
            prop_assert_eq!(parse(said.as_bytes()), expected);
        }
    }

    #[test]
    fn a_still_that_is_too_large_is_not_begun() {
        let still = |bytes| Transfer::new(1, Bytes::from(vec![0; bytes]), [0; 32]);
        assert!(still(MOST_BYTES).is_some());
        assert!(still(MOST_BYTES + 1).is_none());
    }

    #[test]
    fn what_is_sent_is_never_written_into_a_log() {
        let transfer = Transfer::new(1, Bytes::from_static(b"secret"), [0; 32]);
        assert_eq!(format!("{transfer:?}"), "Some(Transfer(…))");
    }
}
