//! Puts the parts together and runs them until it is told to stop.

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsConfig;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::info;

use crate::catalogue::Catalogue;
use crate::relay::clips::Clips;
use crate::relay::config::{Config, ConfigError};
use crate::relay::connection::bounded;
use crate::relay::store::sqlite::SqliteStore;
use crate::relay::store::{Store, StoreError};
use crate::relay::switchboard::{Stage, Switchboard, measure};
use crate::relay::tls::Certificate;
use crate::relay::web::files::Pages;
use crate::relay::web::guard::Guard;
use crate::relay::web::hooks::Hooks;
use crate::relay::web::{Web, app};

/// Events waiting for the switchboard; a socket that finds it full waits.
const EVENTS: usize = 1024;
/// How long the last frames of closing sockets may take.
const LAST_WORDS: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "cannot make the state folder {path} and a private database in it: {source}. Check `state` and its rights"
    )]
    State { path: PathBuf, source: std::io::Error },
    #[error(
        "cannot listen on {address}: {source}. Another program may hold the port; choose another with `listen`"
    )]
    Listen {
        address: SocketAddr,
        source: std::io::Error,
    },
    #[error("the server stopped: {0}")]
    Serve(std::io::Error),
    #[error("measures cannot be kept: {0}")]
    Measures(#[from] metrics_exporter_prometheus::BuildError),
}

/// Opens the store in the state folder, which is made if it is not there.
pub async fn open_store(config: &Config) -> Result<Arc<dyn Store>, ServerError> {
    let database = config.state.join("relay.sqlite");
    make_state(&config.state, &database).map_err(|source| ServerError::State {
        path: config.state.clone(),
        source,
    })?;
    Ok(Arc::new(SqliteStore::open(&database).await?))
}

/// Readable to the relay alone: hashes, the key of the certificate, demo passwords. A folder that is already there keeps
/// its rights, because it may be somebody's; the database in it does not. SQLite gives its other files the rights of the
/// first.
fn make_state(state: &Path, database: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(state)?;
    let mut file = OpenOptions::new();
    file.write(true).create(true).truncate(false).mode(0o600);
    let file = file.open(database)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(())
}

pub fn listen(config: &Config) -> Result<TcpListener, ServerError> {
    let failed = |source| ServerError::Listen {
        address: config.listen,
        source,
    };
    let listener = TcpListener::bind(config.listen).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    Ok(listener)
}

/// Installs the recorder of this process's measures. Once.
pub fn measures() -> Result<PrometheusHandle, ServerError> {
    let buckets = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0];
    let handle = PrometheusBuilder::new()
        .set_buckets(&buckets)?
        .install_recorder()?;
    measure::describe();
    Ok(handle)
}

/// Serves, over TLS with a certificate, until `stop` is cancelled, then drains: no new calls, conversations end or the patience of the configuration
/// does, everybody is told to come back, and what is live stays in the store for the next start.
pub async fn serve(
    config: &Config,
    listener: TcpListener,
    certificate: Option<Certificate>,
    store: Arc<dyn Store>,
    measures: PrometheusHandle,
    stop: CancellationToken,
) -> Result<(), ServerError> {
    let (policy, hours) = config.check()?;
    let switchboard =
        Switchboard::start(store.clone(), policy, hours, config.ice.clone(), &config.hooks).await?;
    let (events, heard) = mpsc::channel(EVENTS);
    let (stage, staged) = watch::channel(Stage::Serving);
    let sockets = TaskTracker::new();
    let web = Web {
        store: store.clone(),
        events,
        stage: staged,
        guard: Guard::start(),
        hooks: Hooks::new(&config.hooks),
        pages: Pages::new(config.pages.clone()),
        catalogue: Arc::new(catalogue()),
        clips: Clips::new(config.clips()),
        measures,
        secure: certificate.is_some() || config.tls.by_proxy,
        sockets: sockets.clone(),
        numbers: Arc::new(AtomicU64::new(1)),
    };
    let service = app(web).into_make_service();
    let handle = Handle::new();
    let stopping = handle.clone();
    let patience = Duration::from_secs(config.drain_s);
    let watch = async move {
        // Also when the switchboard panics: a server without one would be in everybody's way.
        let _stop = StopAtEnd(stopping);
        switchboard.run(heard, stage, stop, patience).await;
        sockets.close();
        if tokio::time::timeout(LAST_WORDS, sockets.wait()).await.is_err() {
            info!("some sockets did not take their last words");
        }
    };
    let watching = tokio::spawn(watch);
    // Signals are short and follow each other: none waits until the one before it is acknowledged.
    let served = if let Some(certificate) = certificate {
        let certificate = RustlsConfig::from_config(certificate.config);
        match axum_server::from_tcp_rustls(listener, certificate) {
            Ok(server) => {
                let server = server.map(|tls| tls.acceptor(NoDelayAcceptor));
                bounded(server).handle(handle).serve(service).await
            }
            Err(error) => Err(error),
        }
    } else {
        match axum_server::from_tcp(listener) {
            Ok(server) => {
                let server = server.acceptor(NoDelayAcceptor);
                bounded(server).handle(handle).serve(service).await
            }
            Err(error) => Err(error),
        }
    };
    served.map_err(ServerError::Serve)?;
    watching.await.expect("the switchboard does not panic");
    store.close().await;
    info!("stopped");
    Ok(())
}

/// Ends the server when it is dropped.
struct StopAtEnd(Handle<SocketAddr>);

impl Drop for StopAtEnd {
    fn drop(&mut self) {
        self.0.graceful_shutdown(Some(Duration::from_millis(500)));
    }
}

/// The services that come with the program; what is wrong with one is said and hides no other.
fn catalogue() -> Catalogue {
    let (catalogue, problems) = Catalogue::embedded();
    for problem in problems {
        tracing::warn!(%problem, "catalogue");
    }
    catalogue
}
