//! The relay's program: arguments, logging, run.

use std::io::Write as _;

use clap::Parser as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use zhest::relay::command::{self, Arguments};
use zhest::relay::{log, opening, server, tls};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("nothing was installed before");
    let arguments = Arguments::parse();
    let config = arguments.settings.read()?;
    log::start(&config.log);
    if arguments.command.is_none() {
        // Before anything is made; an administrator's command needs no more than the store.
        config.check()?;
    }
    let store = server::open_store(&config).await?;
    if let Some(command) = arguments.command {
        let text = command::run(command, store.as_ref()).await?;
        std::io::stdout().write_all(text.as_bytes())?;
        return Ok(());
    }
    let listener = server::listen(&config)?;
    let certificate = config
        .needs_tls()
        .then(|| tls::certificate(&config))
        .transpose()?;
    let words = opening::words(&config, &listener, certificate.as_ref(), store.as_ref()).await?;
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
    server::serve(&config, listener, certificate, store, server::measures()?, stop).await?;
    Ok(())
}
