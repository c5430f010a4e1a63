//! Who is who. Each name of a thing is a type of its own, so that a kiosk is never taken for a call.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A word that people choose once in a configuration file: 1–64 of `a–z`, `0–9`, `-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name is 1 to 64 of the characters a-z, 0-9 and -")]
pub struct BadSlug;

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadSlug;

            fn from_str(word: &str) -> Result<Self, BadSlug> {
                let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
                if (1..=64).contains(&word.len()) && word.bytes().all(plain) {
                    Ok(Self(word.into()))
                } else {
                    Err(BadSlug)
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadSlug;

            fn try_from(word: String) -> Result<Self, BadSlug> {
                word.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug! {
    /// One kiosk, as the relay's configuration names it.
    KioskId
}

slug! {
    /// One service of the catalogue, as its file names it.
    ServiceId
}

slug! {
    /// One life event of the catalogue: a group of services as people look for them.
    EventId
}

/// An interpreter's public number, shown as «Перекладач 014»: the person's name never leaves the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InterpreterId(pub u32);

impl fmt::Display for InterpreterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

/// One call, from the visitor's request to its end. Random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub Uuid);

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many times a call's state has changed in the relay's store. Every message about a call carries it, and
/// the relay refuses one that was written for an earlier state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub u32);

impl Epoch {
    pub const FIRST: Epoch = Epoch(1);

    #[must_use]
    pub fn next(self) -> Epoch {
        Epoch(self.0 + 1)
    }
}

/// One participant of a call. The kiosk is leg 0, the interpreter who answered is leg 1; others may join later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Leg(pub u8);

impl Leg {
    pub const KIOSK: Leg = Leg(0);
    pub const INTERPRETER: Leg = Leg(1);
}

/// One load of the console's page; a random number that the page picks. When it changes during a call the
/// interpreter's peer connection is gone and the kiosk offers a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tab(pub u32);

/// Which peer connection between two legs a description or candidate belongs to, counted from 1 by the offerer.
/// The answerer repeats it; either side drops what belongs to another round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Round(pub u32);

impl Round {
    pub const FIRST: Round = Round(1);

    #[must_use]
    pub fn next(self) -> Round {
        Round(self.0 + 1)
    }
}

/// The number on a paper ticket, as the queue's machine prints it: 1 to 8 capital letters and digits.
///
/// Latin letters that look like Cyrillic ones are those: nobody sees on paper which of the two was printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketNumber(Box<str>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ticket's number is 1 to 8 letters and digits")]
pub struct BadTicketNumber;

impl TicketNumber {
    /// The most letters and digits it has.
    pub const LONGEST: usize = 8;
}

impl FromStr for TicketNumber {
    type Err = BadTicketNumber;

    fn from_str(text: &str) -> Result<Self, BadTicketNumber> {
        let alike = |letter: char| lookalike(letter.to_ascii_lowercase()).unwrap_or(letter);
        let printed = text
            .chars()
            .filter(|sign| !matches!(sign, ' ' | '\u{A0}' | '-' | '–' | '.' | '/' | '№'));
        let number: String = printed.map(alike).flat_map(char::to_uppercase).collect();
        let length = number.chars().count();
        if (1..=Self::LONGEST).contains(&length) && number.chars().all(char::is_alphanumeric) {
            Ok(Self(number.into()))
        } else {
            Err(BadTicketNumber)
        }
    }
}

impl TryFrom<String> for TicketNumber {
    type Error = BadTicketNumber;

    fn try_from(text: String) -> Result<Self, BadTicketNumber> {
        text.parse()
    }
}

impl From<TicketNumber> for String {
    fn from(number: TicketNumber) -> String {
        number.0.into()
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The Cyrillic letter that a Latin one is taken for; both small. Some are alike only as capitals.
pub fn lookalike(latin: char) -> Option<char> {
    Some(match latin {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_the_same_however_it_is_written() {
        let number: TicketNumber = "А12".parse().unwrap();
        for written in ["A12", "а-12", " A 12", "№ А12"] {
            assert_eq!(written.parse(), Ok(number.clone()), "{written}");
        }
        for (latin, cyrillic) in "abcehikmoptxyABCEHIKMOPTXY"
            .chars()
            .zip("АВСЕНІКМОРТХУАВСЕНІКМОРТХУ".chars())
        {
            let ticket = |letter: char| letter.to_string().parse::<TicketNumber>();
            assert_eq!(ticket(latin), ticket(cyrillic), "{latin}");
        }
        assert_ne!("Б12".parse(), Ok(number));
        for bad in ["", "-", "А12!", "123456789", "<b>"] {
            assert_eq!(bad.parse::<TicketNumber>(), Err(BadTicketNumber), "{bad}");
        }
    }

    #[test]
    fn a_slug_takes_plain_words_only() {
        assert!("kiosk-2".parse::<KioskId>().is_ok());
        for bad in ["", "Kiosk", "кіоск", "a b", "../etc", &"a".repeat(65)] {
            assert_eq!(bad.parse::<KioskId>(), Err(BadSlug), "{bad}");
        }
    }

    #[test]
    fn an_interpreter_is_shown_by_three_digits() {
        assert_eq!(InterpreterId(14).to_string(), "014");
    }
}
