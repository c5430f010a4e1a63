//! The session cookie: a random token; the store has its hash.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::id::InterpreterId;
use crate::relay::secret;
use crate::relay::store::StoreError;
use crate::relay::switchboard::now;
use crate::relay::web::Web;

pub const COOKIE_NAME: &str = "zhest-session";
/// A working day and its evening.
pub const LIFE_S: u64 = 14 * 60 * 60;

/// Whose session the request belongs to.
pub async fn find(web: &Web, headers: &HeaderMap) -> Result<Option<InterpreterId>, StoreError> {
    match token(headers) {
        Some(token) => web.store.session(secret::digest(token), now()).await,
        None => Ok(None),
    }
}

pub fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let pairs = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .into_iter()
        .find(|(name, _)| *name == COOKIE_NAME)
        .map(|(_, token)| token)
}

/// The `Set-Cookie` that opens a session.
pub fn opened(token: &str, secure: bool) -> String {
    format!(
        "{COOKIE_NAME}={token}; Path=/; Max-Age={LIFE_S}; HttpOnly; SameSite=Strict{}",
        mark(secure)
    )
}

/// The `Set-Cookie` that ends it.
pub fn closed(secure: bool) -> String {
    format!(
        "{COOKIE_NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict{}",
        mark(secure)
    )
}

fn mark(secure: bool) -> &'static str {
    if secure { "; Secure" } else { "" }
}

/// Whether the page that asks was served by the host it asks: `Origin` without its scheme is `Host`.
pub fn same_origin(headers: &HeaderMap) -> bool {
    let word = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    let origin = word(axum::http::header::ORIGIN).and_then(|origin| origin.split_once("://"));
    match (origin, word(axum::http::header::HOST)) {
        (Some(("http" | "https", origin)), Some(host)) => origin.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let found = headers(&[("cookie", "a=b; zhest-session=secret; c=d")]);
        assert_eq!(token(&found), Some("secret"));
        assert_eq!(token(&headers(&[("cookie", "not-zhest-session=x")])), None);
    }

    #[test]
    fn only_the_same_host_and_port_is_the_same_origin() {
        let from = |origin: &'static str| {
            same_origin(&headers(&[("origin", origin), ("host", "relay.example:8443")]))
        };
        assert!(from("https://relay.example:8443"));
        assert!(from("https://Relay.example:8443"));
        for other in [
            "https://relay.example",
            "https://evil.example",
            "null",
            "",
            "file://relay.example:8443",
        ] {
            assert!(!from(other), "{other}");
        }
        assert!(!same_origin(&headers(&[("host", "relay.example:8443")])));
    }
}
