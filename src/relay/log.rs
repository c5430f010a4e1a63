//! Logs go to standard error: text, or a JSON object a line. They hold ids and states; never descriptions, addresses,
//! typed text or names.

use tracing_subscriber::EnvFilter;

use crate::relay::config::{Log, LogFormat};

/// Once a process.
pub fn start(log: &Log) {
    // What libraries say below `warn` may quote what they carry.
    let quiet = "warn,zhest=";
    let plain = log.level.chars().all(|letter| letter.is_ascii_alphabetic());
    let directives = if plain {
        format!("{quiet}{}", log.level)
    } else {
        log.level.clone()
    };
    let filter = EnvFilter::builder().parse_lossy(directives);
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => subscriber.with_ansi(false).init(),
        LogFormat::Json => subscriber.json().init(),
    }
}
