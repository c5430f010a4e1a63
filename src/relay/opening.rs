//! What is said on standard output when the relay starts: where it is, and the demo accounts the first time.

use std::fmt::Write as _;
use std::net::TcpListener;

use crate::relay::config::Config;
use crate::relay::demo::{self, DemoError};
use crate::relay::server::ServerError;
use crate::relay::store::Store;
use crate::relay::tls::Certificate;

#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error(transparent)]
    Server(#[from] ServerError),
}

pub async fn words(
    config: &Config,
    listener: &TcpListener,
    certificate: Option<&Certificate>,
    store: &dyn Store,
) -> Result<String, OpeningError> {
    let mut text = String::new();
    let address = listener.local_addr();
    let address = address.map_err(|source| ServerError::Listen {
        address: config.listen,
        source,
    })?;
    let scheme = if certificate.is_some() { "https" } else { "http" };
    let _ = writeln!(text, "console {scheme}://{address}/console");
    if let Some(certificate) = certificate {
        let _ = writeln!(text, "certificate SHA-256 {}", certificate.fingerprint);
        if let Some(path) = &certificate.self_signed {
            let _ = writeln!(text, "self-signed; kiosks trust {}", path.display());
            if !certificate.lacks.is_empty() {
                let _ = writeln!(
                    text,
                    "it is not good for {}: remove it for a new one, which kiosks must then be given",
                    certificate.lacks.join(", ")
                );
            }
        }
    }
    if config.demo {
        match demo::seed(store, &config.state).await? {
            Some(accounts) => {
                let _ = writeln!(
                    text,
                    "\n{accounts}\nAlso in {}",
                    config.state.join(demo::ACCOUNTS).display()
                );
            }
            None => {
                let _ = writeln!(
                    text,
                    "demo accounts are in {}",
                    config.state.join(demo::ACCOUNTS).display()
                );
            }
        }
    }
    Ok(text)
}
