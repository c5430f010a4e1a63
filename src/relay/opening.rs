//! What is said on standard output when the relay starts: where it is, and the demo accounts the first time.

use std::fmt::Write as _;
use std::net::TcpListener;

use crate::relay::config::Config;
use crate::relay::demo::{self, DemoError};
use crate::relay::server::ServerError;
use crate::relay::store::Store;
use crate::relay::tls;

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
    store: &dyn Store,
) -> Result<String, OpeningError> {
    let mut text = String::new();
    let address = listener.local_addr();
    let address = address.map_err(|source| ServerError::Listen {
        address: config.listen,
        source,
    })?;
    let scheme = if config.needs_tls() { "https" } else { "http" };
    let _ = writeln!(text, "console {scheme}://{address}/console");
    if config.needs_tls() {
        let certificate = tls::certificate(config).map_err(ServerError::from)?;
        let _ = writeln!(text, "certificate SHA-256 {}", certificate.fingerprint);
        if let Some(path) = certificate.self_signed {
            let _ = writeln!(text, "self-signed; kiosks trust {}", path.display());
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
