//! The relay's program: arguments, logging, run.

use std::io::Write as _;

use clap::Parser as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use zhest::relay::command::{self, Arguments};
use zhest::relay::{log, opening, server};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("nothing was installed before");
    let arguments = Arguments::parse();
    let config = arguments.settings.read()?;
    config.check()?;
    log::start(&config.log);
    let store = server::open_store(&config).await?;
    if let Some(command) = arguments.command {
        let text = command::run(command, store.as_ref()).await?;
        std::io::stdout().write_all(text.as_bytes())?;
        return Ok(());
    }
    let listener = server::listen(&config)?;
    let words = opening::words(&config, &listener, store.as_ref()).await?;
    std::io::stdout().write_all(words.as_bytes())?;
    let stop = CancellationToken::new();
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stopper = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
        stopper.cancel();
    });
    server::serve(&config, listener, store, server::measures()?, stop).await?;
    Ok(())
}
