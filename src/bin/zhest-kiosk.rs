//! The kiosk's program: arguments, logging, run.

use clap::Parser as _;
use tracing_subscriber::EnvFilter;
use zhest::kiosk::config::Arguments;
use zhest::kiosk::memory::share_one_arena;
use zhest::kiosk::run::run;

/// Other crates' words may hold addresses, so they are silent unless `RUST_LOG` asks for them.
const LOG: &str = "off,zhest=info";

fn main() -> anyhow::Result<()> {
    let config = Arguments::parse().read()?;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOG));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    share_one_arena();
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("nothing was installed before");
    run(config)?;
    Ok(())
}
