//! Sign clips: where each belongs, and how a kiosk knows whether it has the right file.
//!
//! Staff give a clip the name of its place, the relay lists what it has, and a kiosk fetches what it lacks. A file is
//! known by its contents: a clip that was filmed anew is another file.

use std::fmt;
use std::num::NonZeroU8;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::ServiceId;

/// The place of one clip: `greeting`, `waiting`, `<service>` or `<service>.<step>`, steps counted from 1.
///
/// No service can be called `greeting` or `waiting`: those are places of their own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ClipId {
    /// Before anybody has come.
    Greeting,
    /// In the queue.
    Waiting,
    /// On a service's card.
    Service(ServiceId),
    /// One step of a service.
    Step(ServiceId, NonZeroU8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a clip is called greeting, waiting, <service> or <service>.<step>, with steps from 1 to 255")]
pub struct BadClipId;

impl ClipId {
    /// The step at `place`, counted from 0; none beyond the 255th.
    pub fn step(service: ServiceId, place: usize) -> Option<Self> {
        let number = u8::try_from(place).ok()?.checked_add(1)?;
        Some(Self::Step(service, NonZeroU8::new(number)?))
    }
}

impl FromStr for ClipId {
    type Err = BadClipId;

    fn from_str(name: &str) -> Result<Self, BadClipId> {
        let service = |word: &str| match word {
            "greeting" | "waiting" => Err(BadClipId),
            word => word.parse::<ServiceId>().map_err(|_| BadClipId),
        };
        match (name, name.split_once('.')) {
            ("greeting", _) => Ok(Self::Greeting),
            ("waiting", _) => Ok(Self::Waiting),
            (_, Some((word, step))) => {
                // One name a place: neither `3` nor `03` and `+3` beside it.
                let is_plain = !step.starts_with('0') && step.bytes().all(|digit| digit.is_ascii_digit());
                let step = step.parse().ok().filter(|_| is_plain);
                Ok(Self::Step(service(word)?, step.ok_or(BadClipId)?))
            }
            (word, None) => Ok(Self::Service(service(word)?)),
        }
    }
}

impl fmt::Display for ClipId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Greeting => f.write_str("greeting"),
            Self::Waiting => f.write_str("waiting"),
            Self::Service(service) => write!(f, "{service}"),
            Self::Step(service, step) => write!(f, "{service}.{step}"),
        }
    }
}

impl TryFrom<String> for ClipId {
    type Error = BadClipId;

    fn try_from(name: String) -> Result<Self, BadClipId> {
        name.parse()
    }
}

impl From<ClipId> for String {
    fn from(id: ClipId) -> String {
        id.to_string()
    }
}

/// SHA-256 of a file (FIPS 180-4), written as 64 small hexadecimal digits: safe as a file's name and in an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 of the characters 0-9 and a-f")]
pub struct BadDigest;

impl FromStr for Digest {
    type Err = BadDigest;

    fn from_str(text: &str) -> Result<Self, BadDigest> {
        let half = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(BadDigest),
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return Err(BadDigest);
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = half(*high)? << 4 | half(*low)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Digest {
    type Error = BadDigest;

    fn try_from(text: String) -> Result<Self, BadDigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}

/// One line of the relay's list: `GET /clips` is an array of them, `GET /clips/<sha256>` the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClipFile {
    pub id: ClipId,
    /// The file's length.
    pub bytes: u64,
    pub sha256: Digest,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places() -> impl Strategy<Value = ClipId> {
        let service = || {
            "[a-z0-9-]{1,64}"
                .prop_filter("a place of its own", |word| {
                    word != "greeting" && word != "waiting"
                })
                .prop_map(|word| word.parse::<ServiceId>().expect("a name"))
        };
        prop_oneof![
            Just(ClipId::Greeting),
            Just(ClipId::Waiting),
            service().prop_map(ClipId::Service),
            (service(), 1u8..)
                .prop_map(|(service, step)| { ClipId::Step(service, NonZeroU8::new(step).expect("from 1")) }),
        ]
    }

    proptest! {
        #[test]
        fn every_place_has_one_name_that_leads_back_to_it(place in places()) {
            let name = place.to_string();
            prop_assert_eq!(name.parse(), Ok(place));
        }

        #[test]
        fn what_is_read_as_a_place_is_its_only_name(name in "[a-z0-9.+ -]{0,12}") {
            if let Ok(place) = name.parse::<ClipId>() {
                prop_assert_eq!(place.to_string(), name);
            }
        }

        #[test]
        fn any_name_is_read_or_refused(name: String) {
            let _ = name.parse::<ClipId>();
            let _ = name.parse::<Digest>();
        }

        #[test]
        fn a_digest_is_written_in_one_way(bytes: [u8; 32]) {
            let digest = Digest(bytes);
            let text = digest.to_string();
            prop_assert_eq!(text.len(), 64);
            prop_assert_eq!(text.to_uppercase().parse::<Digest>().is_ok(), !text.contains(|c: char| c.is_alphabetic()));
            prop_assert_eq!(text.parse(), Ok(digest));
        }
    }

    #[test]
    fn steps_count_from_one() {
        let service: ServiceId = "residence-registration".parse().unwrap();
        let first = ClipId::step(service.clone(), 0).unwrap();
        assert_eq!(first.to_string(), "residence-registration.1");
        assert_eq!(
            ClipId::step(service.clone(), 254).unwrap().to_string(),
            "residence-registration.255"
        );
        assert_eq!(ClipId::step(service, 255), None);
        for wrong in [
            "",
            ".1",
            "a.0",
            "a.01",
            "a.+1",
            "a.256",
            "a.1.2",
            "greeting.1",
            "../a",
            "A",
        ] {
            assert_eq!(wrong.parse::<ClipId>(), Err(BadClipId), "{wrong}");
        }
    }
}
