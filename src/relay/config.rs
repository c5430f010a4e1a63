//! What an administrator sets: one TOML file, and for what differs from machine to machine the environment.
//!
//! Every key has a default, so an empty file is a working relay on loopback. A wrong one is told in a sentence that
//! says what to write instead.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::dispatch::policy::Policy;
use crate::relay::hours::{BadHours, Hours, HoursTable};
use crate::relay::ice::Ice;

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(
        "cannot read the configuration {path}: {source}. Check the path, or leave --config out for the defaults"
    )]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("the configuration {path} has a mistake: {message}")]
    Malformed { path: PathBuf, message: String },
    #[error("routing.{key} = {value} makes no sense: write a number of seconds from {least} to {most}")]
    OutOfRange {
        key: &'static str,
        value: f64,
        least: f64,
        most: f64,
    },
    #[error("routing.missed_to_break must be 1 or more: after so many unanswered calls comes a break")]
    NoMisses,
    #[error("[tls] needs both `certificate` and `key`, or neither (then a self-signed one is made)")]
    HalfCertificate,
    #[error(
        "[ice] has `turn` addresses but no secret: write turn_secret, the same as coturn's static-auth-secret"
    )]
    NoTurnSecret,
    #[error(
        "[[hooks]] `secret` is too short to be one: write {least} characters or more, as `openssl rand -base64 24` makes them"
    )]
    ShortSecret { least: usize },
    #[error(
        "two of [[hooks]] have one secret, so that only the first would ever speak: give each its own, also beside ZHEST_HOOK_SECRET"
    )]
    SameSecret,
    #[error("[hours] {0}")]
    Hours(#[from] BadHours),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port. Anything but loopback is served over TLS.
    pub listen: SocketAddr,
    /// Folder of the database, the certificate and the demo accounts.
    pub state: PathBuf,
    /// Makes a demo ЦНАП, a kiosk and two interpreters at the first start.
    pub demo: bool,
    pub tls: Tls,
    pub hours: HoursTable,
    pub ice: Ice,
    pub routing: Routing,
    /// Who may tell what happens in the halls.
    pub hooks: Vec<Hook>,
    /// How long a stopping relay waits for conversations to end, in seconds. They survive a restart anyway.
    pub drain_s: u64,
    pub log: Log,
    /// Folder of the sign clips; without it `clips` in the state folder.
    pub clips: Option<PathBuf>,
    /// Reads the pages' files from this source tree instead of the program, for those who design them.
    pub pages: Option<PathBuf>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// PEM files. Without them a self-signed certificate is made in the state folder.
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
    /// Further host names and addresses that a self-signed certificate is good for.
    pub names: Vec<String>,
    /// A proxy on this machine speaks TLS with the world; the relay listens on loopback and marks cookies as secure.
    pub by_proxy: bool,
}

/// The queue's machine or the alarm of one ЦНАП, and what it proves itself with.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// As its kiosks were added; without it the hook speaks for every ЦНАП of this relay.
    #[serde(default)]
    pub cnap: Option<String>,
    pub secret: String,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hook(…)")
    }
}

/// Characters of a hook's secret.
const LEAST_SECRET: usize = 24;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug`, or directives of `tracing-subscriber`.
    pub level: String,
    pub format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// [`Policy`] in seconds, as people write it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Routing {
    pub ring_s: f64,
    pub missed_to_break: u16,
    pub wish_s: f64,
    pub wrap_up_s: f64,
    pub away_s: f64,
    pub short_abandon_s: f64,
    pub mean_talk_s: f64,
    pub mean_patience_s: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            state: PathBuf::from("zhest-state"),
            demo: false,
            tls: Tls::default(),
            hours: HoursTable::default(),
            ice: Ice::default(),
            routing: Routing::default(),
            hooks: Vec::new(),
            drain_s: 5,
            log: Log::default(),
            clips: None,
            pages: None,
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: "info".into(),
            format: LogFormat::Text,
        }
    }
}

impl Default for Routing {
    fn default() -> Self {
        let policy = Policy::default();
        let seconds = |ms: u64| ms as f64 / 1000.0;
        Self {
            ring_s: seconds(policy.ring),
            missed_to_break: policy.missed_to_break,
            wish_s: seconds(policy.wish),
            wrap_up_s: seconds(policy.wrap_up),
            away_s: seconds(policy.away),
            short_abandon_s: seconds(policy.short_abandon),
            mean_talk_s: seconds(policy.mean_talk),
            mean_patience_s: seconds(policy.mean_patience),
        }
    }
}

impl Config {
    /// The file, or the defaults without one.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|error| ConfigError::Malformed {
            path: path.to_owned(),
            message: error.to_string(),
        })
    }

    /// Everything that can be told before the first socket opens.
    pub fn check(&self) -> Result<(Policy, Hours), ConfigError> {
        if self.tls.certificate.is_some() != self.tls.key.is_some() {
            return Err(ConfigError::HalfCertificate);
        }
        if !self.ice.turn.is_empty() && self.ice.turn_secret.is_none() {
            return Err(ConfigError::NoTurnSecret);
        }
        if self
            .hooks
            .iter()
            .any(|hook| hook.secret.chars().count() < LEAST_SECRET)
        {
            return Err(ConfigError::ShortSecret { least: LEAST_SECRET });
        }
        let secrets: BTreeSet<&str> = self.hooks.iter().map(|hook| hook.secret.as_str()).collect();
        if secrets.len() < self.hooks.len() {
            return Err(ConfigError::SameSecret);
        }
        Ok((self.routing.policy()?, self.hours.read()?))
    }

    /// Where staff put sign clips.
    pub fn clips(&self) -> PathBuf {
        self.clips.clone().unwrap_or_else(|| self.state.join("clips"))
    }

    /// Whether this relay must speak TLS itself.
    pub fn needs_tls(&self) -> bool {
        !self.listen.ip().is_loopback() || self.tls.certificate.is_some()
    }
}

impl Routing {
    fn policy(&self) -> Result<Policy, ConfigError> {
        if self.missed_to_break == 0 {
            return Err(ConfigError::NoMisses);
        }
        Ok(Policy {
            ring: milliseconds("ring_s", self.ring_s, 0.1, 120.0)?,
            missed_to_break: self.missed_to_break,
            wish: milliseconds("wish_s", self.wish_s, 0.0, 120.0)?,
            wrap_up: milliseconds("wrap_up_s", self.wrap_up_s, 0.0, 600.0)?,
            away: milliseconds("away_s", self.away_s, 1.0, 300.0)?,
            short_abandon: milliseconds("short_abandon_s", self.short_abandon_s, 0.0, 60.0)?,
            mean_talk: milliseconds("mean_talk_s", self.mean_talk_s, 1.0, 7200.0)?,
            mean_patience: milliseconds("mean_patience_s", self.mean_patience_s, 1.0, 7200.0)?,
            ..Policy::default()
        })
    }
}

fn milliseconds(key: &'static str, value: f64, least: f64, most: f64) -> Result<u64, ConfigError> {
    if (least..=most).contains(&value) {
        Ok((value * 1000.0) as u64)
    } else {
        Err(ConfigError::OutOfRange {
            key,
            value,
            least,
            most,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn an_empty_file_is_a_relay_on_loopback() {
        let config = parsed("");
        assert!(!config.needs_tls());
        let (policy, _) = config.check().unwrap();
        assert_eq!(policy, Policy::default());
    }

    #[test]
    fn clips_are_kept_beside_the_database_or_where_one_says() {
        assert_eq!(
            parsed("state = '/var/lib/zhest'").clips(),
            Path::new("/var/lib/zhest/clips")
        );
        assert_eq!(parsed("clips = '/srv/clips'").clips(), Path::new("/srv/clips"));
    }

    #[test]
    fn any_other_address_needs_tls() {
        assert!(parsed("listen = '0.0.0.0:8443'").needs_tls());
        assert!(parsed("listen = '[::]:8443'").needs_tls());
        assert!(!parsed("listen = '[::1]:8080'").needs_tls());
    }

    #[test]
    fn mistakes_are_told_with_what_to_write_instead() {
        let wrong = |text: &str| parsed(text).check().unwrap_err().to_string();
        assert!(wrong("[routing]\nring_s = -1.0").contains("from 0.1 to 120"));
        assert!(wrong("[routing]\nring_s = nan").contains("ring_s"));
        assert!(wrong("[ice]\nturn = ['turn:turn.example:3478']").contains("turn_secret"));
        assert!(wrong("[[hooks]]\nsecret = 'guess'").contains("24"));
        let hook = "[[hooks]]\nsecret = 'a-secret-of-two-centres-of-ours'\n";
        assert!(wrong(&hook.repeat(2)).contains("each its own"));
        assert!(wrong("[tls]\ncertificate = 'a.pem'").contains("key"));
        assert!(wrong("[hours]\nmonday = '9-18'").contains("09:00-18:00"));
        assert!(wrong("[hours]\nzone = 'Europe/Atlantis'").contains("Europe/Kyiv"));
        assert!(
            toml::from_str::<Config>("lisen = '127.0.0.1:1'")
                .unwrap_err()
                .to_string()
                .contains("lisen")
        );
    }
}
