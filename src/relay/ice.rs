//! STUN and TURN servers for a call, with credentials that live as long as a call may.
//!
//! The credentials are coturn's `use-auth-secret` scheme (draft-uberti-behave-turn-rest-00): the name is the moment of
//! expiry in Unix seconds and the call, the password is the base64 of HMAC-SHA1 of that name under the shared secret.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha1::Sha1;

use crate::dispatch::time::UnixMs;
use crate::id::CallId;
use crate::protocol::IceServer;

/// Longer than any conversation: coturn checks the name again when an allocation is refreshed.
const LIFE_S: u64 = 4 * 60 * 60;

/// The `[ice]` table.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ice {
    /// `stun:host:port`
    pub stun: Vec<String>,
    /// `turn:host:port?transport=udp`, `turns:host:443?transport=tcp`
    pub turn: Vec<String>,
    /// coturn's `static-auth-secret`. Better in the environment: `ZHEST_TURN_SECRET`.
    pub turn_secret: Option<String>,
}

impl std::fmt::Debug for Ice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ice({} stun, {} turn)", self.stun.len(), self.turn.len())
    }
}

impl Ice {
    /// What one side of `call` is given.
    pub fn servers(&self, call: CallId, now: UnixMs) -> Vec<IceServer> {
        let mut servers = Vec::new();
        if !self.stun.is_empty() {
            servers.push(IceServer {
                urls: self.stun.clone(),
                username: None,
                credential: None,
            });
        }
        if let (false, Some(secret)) = (self.turn.is_empty(), &self.turn_secret) {
            let username = format!("{}:{call}", now.0 / 1000 + LIFE_S);
            let credential = password(secret, &username);
            let urls = self.turn.clone();
            servers.push(IceServer {
                urls,
                username: Some(username),
                credential: Some(credential),
            });
        }
        servers
    }
}

fn password(secret: &str, username: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(username.as_bytes());
    BASE64.encode(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_the_one_that_coturn_computes() {
        // printf 1795333200:call | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(
            password("north", "1795333200:call"),
            "7lece57WcRCWrm1L90/rbvlWuwY="
        );
    }

    #[test]
    fn credentials_expire_and_are_of_one_call() {
        let ice = Ice {
            stun: vec!["stun:stun.example:3478".into()],
            turn: vec!["turn:turn.example:3478".into()],
            turn_secret: Some("north".into()),
        };
        let call = CallId(uuid::Uuid::from_u128(7));
        let servers = ice.servers(call, UnixMs(1_000_000));
        assert_eq!(servers.len(), 2);
        assert_eq!(
            servers[1].username.as_deref(),
            Some(format!("{}:{call}", 1000 + LIFE_S).as_str())
        );
        assert!(Ice::default().servers(call, UnixMs(0)).is_empty());
    }
}
