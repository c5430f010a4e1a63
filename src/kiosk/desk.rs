//! The one paper that visitor and interpreter look at together, from the shot to its wiping. Pure; the driver asks the
//! camera and the peer connection.
//!
//! **Invariant:** there is one still at most, it is in memory alone, and whatever takes it away here takes it away at
//! the interpreter's too.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::peer::document::Order;
use crate::document::{FromReader, Place, Transfer};
use crate::media::error::MediaError;
use crate::media::frame::Frame;
use crate::media::still::Still;

/// A still that arrived damaged is sent once more, and no oftener: the channel loses nothing, so something else is wrong.
const ATTEMPTS: u8 = 2;

/// What a screen shows of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Paper {
    /// None was taken.
    None,
    Taking,
    /// The camera gave none.
    NotTaken,
    /// The visitor looks at it and decides.
    Taken(Frame),
    /// Both look at it, or soon will.
    Sent {
        still: Frame,
        arrival: Arrival,
        /// Where the interpreter points.
        place: Option<Place>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    Underway,
    Whole,
    Damaged,
}

pub struct Desk {
    /// Of the still that is taken, shown or was last.
    number: u32,
    jpeg: Bytes,
    attempts: u8,
    paper: Paper,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            number: 0,
            jpeg: Bytes::new(),
            attempts: 0,
            paper: Paper::None,
        }
    }
}

impl Desk {
    pub fn paper(&self) -> &Paper {
        &self.paper
    }

    /// Of the shot that [`Desk::paper`] tells of.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// A still is to be taken under a number that none had before; false while one is being taken or lies here.
    pub fn take(&mut self, number: u32) -> bool {
        if !matches!(self.paper, Paper::None | Paper::NotTaken) {
            return false;
        }
        self.number = number;
        self.paper = Paper::Taking;
        true
    }

    /// What the camera gave. Void when the visitor has put it away meanwhile.
    pub fn taken(&mut self, number: u32, still: Result<Still, MediaError>) {
        if number != self.number || self.paper != Paper::Taking {
            return;
        }
        self.paper = match still {
            Ok(Still { jpeg, shown }) => {
                self.jpeg = jpeg;
                Paper::Taken(shown)
            }
            Err(_) => Paper::NotTaken,
        };
    }

    /// The visitor gives it to the interpreter.
    pub fn send(&mut self) -> Option<Transfer> {
        let Paper::Taken(still) = &self.paper else {
            return None;
        };
        let transfer = self.transfer();
        self.attempts = 1;
        self.paper = match &transfer {
            Some(_) => Paper::Sent {
                still: still.clone(),
                arrival: Arrival::Underway,
                place: None,
            },
            None => Paper::NotTaken,
        };
        transfer
    }

    /// Another connection takes the place of the one that it was sent on.
    pub fn send_again(&mut self) -> Option<Transfer> {
        let Paper::Sent { arrival, place, .. } = &mut self.paper else {
            return None;
        };
        (*arrival, *place) = (Arrival::Underway, None);
        self.attempts = 1;
        self.transfer()
    }

    /// What the interpreter's page says of it. An order when it must be sent once more, or when what is still under way
    /// of it is of no use any more.
    pub fn hear(&mut self, said: FromReader) -> Option<Order> {
        let (FromReader::Whole { number }
        | FromReader::Damaged { number }
        | FromReader::Point { number, .. }
        | FromReader::Wipe { number }) = said;
        if number != self.number {
            return None;
        }
        let Paper::Sent { arrival, place, .. } = &mut self.paper else {
            return None;
        };
        match said {
            FromReader::Whole { .. } => *arrival = Arrival::Whole,
            FromReader::Point { place: at, .. } => (*arrival, *place) = (Arrival::Whole, Some(at)),
            FromReader::Wipe { .. } => {
                self.wipe();
                return Some(Order::Wipe);
            }
            FromReader::Damaged { .. } if self.attempts < ATTEMPTS => {
                self.attempts += 1;
                return self.transfer().map(Order::Send);
            }
            FromReader::Damaged { .. } => *arrival = Arrival::Damaged,
        }
        None
    }

    /// Nothing is left of it.
    pub fn wipe(&mut self) {
        self.jpeg = Bytes::new();
        self.paper = Paper::None;
    }

    fn transfer(&self) -> Option<Transfer> {
        let digest = Sha256::digest(&self.jpeg).into();
        Transfer::new(self.number, self.jpeg.clone(), digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::MOST_BYTES;

    fn still(bytes: usize) -> Still {
        Still {
            jpeg: Bytes::from(vec![7; bytes]),
            shown: Frame {
                width: 1,
                height: 1,
                rgba: Bytes::from_static(&[0; 4]),
                sequence: 1,
            },
        }
    }

    /// A desk with a still on it that is on its way.
    fn sent() -> (Desk, u32) {
        let (mut desk, number) = (Desk::default(), 1);
        assert!(desk.take(number));
        desk.taken(number, Ok(still(9)));
        assert!(desk.send().is_some());
        (desk, number)
    }

    fn shown(desk: &Desk) -> (Arrival, Option<Place>) {
        match desk.paper() {
            Paper::Sent { arrival, place, .. } => (*arrival, *place),
            paper => panic!("{paper:?}"),
        }
    }

    #[test]
    fn a_paper_is_taken_looked_at_sent_and_pointed_at() {
        let (mut desk, number) = sent();
        assert_eq!(shown(&desk), (Arrival::Underway, None));
        desk.hear(FromReader::Whole { number });
        assert_eq!(shown(&desk), (Arrival::Whole, None));
        for x in [10, 20] {
            let place = Place { x, y: 5 };
            desk.hear(FromReader::Point { number, place });
            assert_eq!(shown(&desk), (Arrival::Whole, Some(place)));
        }
        let order = desk.hear(FromReader::Wipe { number });
        assert!(
            matches!(order, Some(Order::Wipe)),
            "the rest of it need not arrive"
        );
        assert_eq!(desk.paper(), &Paper::None);
    }

    #[test]
    fn nothing_is_sent_that_the_visitor_has_not_seen() {
        let mut desk = Desk::default();
        assert!(desk.send().is_none());
        assert!(desk.take(1));
        assert!(desk.send().is_none());
        assert!(!desk.take(2), "one at a time");
    }

    #[test]
    fn a_still_that_was_put_away_comes_back_by_no_road() {
        let mut desk = Desk::default();
        desk.take(1);
        desk.wipe();
        desk.taken(1, Ok(still(9)));
        assert_eq!(desk.paper(), &Paper::None);

        let (mut desk, old) = sent();
        desk.wipe();
        assert!(desk.send_again().is_none());
        let number = old + 1;
        assert!(desk.take(number));
        desk.taken(old, Ok(still(9)));
        assert_eq!(desk.paper(), &Paper::Taking);
        desk.taken(number, Ok(still(9)));
        desk.send();
        assert!(desk.hear(FromReader::Wipe { number: old }).is_none());
        desk.hear(FromReader::Whole { number: old });
        assert_eq!(
            shown(&desk),
            (Arrival::Underway, None),
            "that was said of the other one"
        );
    }

    #[test]
    fn a_damaged_still_is_sent_once_more_and_then_it_is_said() {
        let (mut desk, number) = sent();
        let again = desk.hear(FromReader::Damaged { number });
        assert!(matches!(again, Some(Order::Send(_))));
        assert!(desk.hear(FromReader::Damaged { number }).is_none());
        assert_eq!(shown(&desk).0, Arrival::Damaged);
    }

    #[test]
    fn a_new_connection_gets_it_again() {
        let (mut desk, number) = sent();
        desk.hear(FromReader::Whole { number });
        assert!(desk.send_again().is_some());
        assert_eq!(shown(&desk), (Arrival::Underway, None));
    }

    #[test]
    fn a_camera_without_a_still_or_with_too_large_a_one_may_be_asked_again() {
        for given in [Err(MediaError::NoStill), Ok(still(MOST_BYTES + 1))] {
            let mut desk = Desk::default();
            desk.take(1);
            desk.taken(1, given);
            assert!(desk.send().is_none());
            assert_eq!(desk.paper(), &Paper::NotTaken);
            assert!(desk.take(2));
        }
    }
}
