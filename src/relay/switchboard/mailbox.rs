//! Signalling for a leg whose socket is away for a moment. Bounded in number, bytes and age; in memory only, because
//! it is private.

use std::collections::HashMap;

use crate::dispatch::time::UnixMs;
use crate::id::{CallId, Leg, Round};
use crate::protocol::{At, Description, Signal};

const LETTERS: usize = 64;
const BYTES: usize = 256 * 1024;

#[derive(Debug, Clone)]
pub struct Letter {
    pub at: At,
    pub from: Leg,
    pub round: Round,
    pub signal: Signal,
    put: UnixMs,
}

#[derive(Debug, Default)]
pub struct Mailbox {
    letters: HashMap<(CallId, Leg), Vec<Letter>>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the other side is away and its mailbox is full")]
pub struct Full;

impl Mailbox {
    pub fn put(
        &mut self,
        to: Leg,
        at: At,
        from: Leg,
        round: Round,
        signal: Signal,
        now: UnixMs,
    ) -> Result<(), Full> {
        let letters = self.letters.entry((at.call, to)).or_default();
        let bytes: usize = letters.iter().map(|letter| size(&letter.signal)).sum();
        if letters.len() >= LETTERS || bytes + size(&signal) > BYTES {
            return Err(Full);
        }
        letters.push(Letter {
            at,
            from,
            round,
            signal,
            put: now,
        });
        Ok(())
    }

    /// All that waits for `to`, written for the call as it now stands.
    pub fn collect(&mut self, to: Leg, at: At) -> Vec<Letter> {
        let letters = self.letters.remove(&(at.call, to)).unwrap_or_default();
        letters.into_iter().filter(|letter| letter.at == at).collect()
    }

    /// That call has ended, or its peer connection is a new one.
    pub fn forget(&mut self, call: CallId) {
        self.letters.retain(|(of, _), _| *of != call);
    }

    pub fn forget_older_than(&mut self, ms: u64, now: UnixMs) {
        for letters in self.letters.values_mut() {
            letters.retain(|letter| now.since(letter.put) <= ms);
        }
        self.letters.retain(|_, letters| !letters.is_empty());
    }
}

fn size(signal: &Signal) -> usize {
    match signal {
        Signal::Description {
            description: Description::Offer(sdp) | Description::Answer(sdp),
        } => sdp.len(),
        Signal::Candidate { candidate } => candidate.candidate.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Epoch;

    fn at(epoch: u32) -> At {
        At {
            call: CallId(uuid::Uuid::from_u128(1)),
            epoch: Epoch(epoch),
        }
    }

    fn offer(bytes: usize) -> Signal {
        Signal::Description {
            description: Description::Offer("x".repeat(bytes)),
        }
    }

    #[test]
    fn letters_of_an_earlier_state_are_not_delivered() {
        let mut mailbox = Mailbox::default();
        mailbox
            .put(Leg(1), at(3), Leg(0), Round(1), offer(1), UnixMs(0))
            .unwrap();
        mailbox
            .put(Leg(1), at(4), Leg(0), Round(2), offer(2), UnixMs(0))
            .unwrap();
        let letters = mailbox.collect(Leg(1), at(4));
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].round, Round(2));
        assert!(mailbox.collect(Leg(1), at(4)).is_empty());
    }

    #[test]
    fn a_mailbox_is_bounded_in_bytes_number_and_age() {
        let mut mailbox = Mailbox::default();
        for _ in 0..4 {
            mailbox
                .put(Leg(0), at(1), Leg(1), Round(1), offer(BYTES / 4), UnixMs(0))
                .unwrap();
        }
        assert_eq!(
            mailbox.put(Leg(0), at(1), Leg(1), Round(1), offer(1), UnixMs(0)),
            Err(Full)
        );
        mailbox.forget_older_than(30_000, UnixMs(30_001));
        for _ in 0..LETTERS {
            mailbox
                .put(Leg(0), at(1), Leg(1), Round(1), offer(1), UnixMs(0))
                .unwrap();
        }
        assert_eq!(
            mailbox.put(Leg(0), at(1), Leg(1), Round(1), offer(1), UnixMs(0)),
            Err(Full)
        );
    }
}
