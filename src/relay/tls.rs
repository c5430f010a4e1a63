//! The certificate: a given one, or a self-signed one made at the first start and kept.

use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use rustls::ServerConfig;
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use sha2::{Digest as _, Sha256};

use crate::relay::config::Config;

#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("cannot read {path}: {source}. Check the path in [tls] and the rights of the file")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("cannot write {path}: {source}. Check the rights of the state folder")]
    Unwritable { path: PathBuf, source: std::io::Error },
    #[error("{path} is not in PEM form; it begins with -----BEGIN")]
    NotPem { path: PathBuf },
    #[error("the certificate and the key do not belong together: {0}")]
    Mismatch(rustls::Error),
    #[error("a self-signed certificate cannot be made: {0}. Check tls.names")]
    SelfSigned(rcgen::Error),
}

pub struct Certificate {
    pub config: Arc<ServerConfig>,
    /// SHA-256 of the certificate, in the form browsers show it.
    pub fingerprint: String,
    /// Where kiosks find it when it is self-signed, to trust it and no other.
    pub self_signed: Option<PathBuf>,
    /// Names of the configuration that a self-signed one, made before they were written, is not good for.
    pub lacks: Vec<String>,
}

/// Needs the process's crypto provider installed.
pub fn certificate(config: &Config) -> Result<Certificate, TlsError> {
    match (&config.tls.certificate, &config.tls.key) {
        (Some(certificate), Some(key)) => Ok(read(certificate, key)?.0),
        _ => {
            let (certificate, key) = (config.state.join("certificate.pem"), config.state.join("key.pem"));
            if !(certificate.exists() && key.exists()) {
                make(config, &certificate, &key)?;
            }
            let (read, der) = read(&certificate, &key)?;
            let lacks = names(config).into_iter().filter(|name| !good_for(&der, name));
            Ok(Certificate {
                lacks: lacks.collect(),
                self_signed: Some(certificate),
                ..read
            })
        }
    }
}

/// What a self-signed certificate is good for.
fn names(config: &Config) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    match config.listen.ip() {
        ip if ip.is_unspecified() || ip == IpAddr::from([127, 0, 0, 1]) => {}
        ip => names.push(ip.to_string()),
    }
    names.extend(config.tls.names.iter().cloned());
    names
}

fn good_for(certificate: &CertificateDer<'_>, name: &str) -> bool {
    let parsed = ParsedCertificate::try_from(certificate);
    let name = ServerName::try_from(name);
    parsed.is_ok_and(|parsed| name.is_ok_and(|name| verify_server_name(&parsed, &name).is_ok()))
}

fn make(config: &Config, certificate: &Path, key: &Path) -> Result<(), TlsError> {
    let made = rcgen::generate_simple_self_signed(names(config)).map_err(TlsError::SelfSigned)?;
    write(key, &made.signing_key.serialize_pem(), 0o600)?;
    write(certificate, &made.cert.pem(), 0o644)
}

fn write(path: &Path, text: &str, mode: u32) -> Result<(), TlsError> {
    let unwritable = |source| TlsError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(path)
        .map_err(unwritable)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(unwritable)
}

fn read(certificate: &Path, key: &Path) -> Result<(Certificate, CertificateDer<'static>), TlsError> {
    let bytes = |path: &Path| {
        std::fs::read(path).map_err(|source| TlsError::Unreadable {
            path: path.to_owned(),
            source,
        })
    };
    let not_pem = |path: &Path| TlsError::NotPem {
        path: path.to_owned(),
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&bytes(certificate)?)
        .collect::<Result<_, _>>()
        .map_err(|_| not_pem(certificate))?;
    let first = chain.first().ok_or_else(|| not_pem(certificate))?.clone();
    let private = PrivateKeyDer::from_pem_slice(&bytes(key)?).map_err(|_| not_pem(key))?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(TlsError::Mismatch)?;
    // Sockets and the check of Origin against Host are HTTP/1.1's.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let read = Certificate {
        config: Arc::new(config),
        fingerprint: fingerprint(&first),
        self_signed: None,
        lacks: Vec::new(),
    };
    Ok((read, first))
}

fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    let digest: [u8; 32] = Sha256::digest(certificate.as_ref()).into();
    let pairs: Vec<String> = digest
        .iter()
        .map(|byte| HEXLOWER.encode(&[*byte]).to_uppercase())
        .collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_certificate_tells_the_names_it_lacks() {
        // Another test of this process may have installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            state: folder.path().to_owned(),
            ..Config::default()
        };
        assert!(certificate(&config).unwrap().lacks.is_empty());
        config.tls.names = vec!["relay.example.org".into(), "192.0.2.7".into()];
        assert_eq!(certificate(&config).unwrap().lacks, config.tls.names);
        std::fs::remove_file(folder.path().join("certificate.pem")).unwrap();
        assert!(certificate(&config).unwrap().lacks.is_empty());
    }
}
