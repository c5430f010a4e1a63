//! Random tokens and what the store keeps of them; passwords.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use data_encoding::BASE64URL_NOPAD;
use rand::Rng;
use sha2::{Digest as _, Sha256};

/// SHA-256 of a token. Enough for 256 random bits: there is nothing to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

/// A new token: 32 random bytes, base64url.
pub fn token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    BASE64URL_NOPAD.encode(&bytes)
}

/// A password to be read from paper: 16 letters and digits in fours, none of which looks like another (77 bits).
pub fn password() -> String {
    const LETTERS: &[u8; 28] = b"abcdefghjkmnpqrstuvwxyz23456";
    let mut word = String::new();
    for place in 0..16 {
        if place > 0 && place % 4 == 0 {
            word.push('-');
        }
        word.push(char::from(LETTERS[rand::random_range(0..LETTERS.len())]));
    }
    word
}

pub fn digest(token: &str) -> Digest {
    Digest(Sha256::digest(token.as_bytes()).into())
}

/// Whether a token is the one of this digest, in a time that tells nothing of where they differ.
pub fn is_token(token: &str, kept: &Digest) -> bool {
    let given = digest(token);
    let differing = given
        .0
        .iter()
        .zip(kept.0)
        .fold(0, |all, (one, other)| all | (one ^ other));
    differing == 0
}

/// Argon2id with the library's recommended cost, in PHC form. Takes tens of milliseconds of one core.
pub fn hash_password(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.expect("default parameters are valid and the system has randomness")
        .to_string()
}

/// Whether `password` belongs to `hash`. As slow as [`hash_password`], in constant time.
pub fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_by_its_hash_and_by_no_other() {
        let (first, second) = (password(), password());
        let hash = hash_password(&first);
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password(&first, &hash));
        assert!(!verify_password(&second, &hash));
        assert!(!verify_password(&first, "not a hash"));
    }

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let (first, second) = (token(), token());
        assert_ne!(first, second);
        assert_eq!(first.len(), 43);
        assert_ne!(digest(&first), digest(&second));
        assert!(is_token(&first, &digest(&first)));
        assert!(!is_token(&second, &digest(&first)));
    }
}
