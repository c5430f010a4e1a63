//! Plain HTTP: pages and their files, the lists that visitors take home, sign clips, health, measures, and the doors of the two
//! sockets.

pub mod clips;
pub mod console;
pub mod files;
pub mod guard;
pub mod headers;
pub mod health;
pub mod hooks;
pub mod login;
pub mod logout;
pub mod measures;
pub mod service;
pub mod session;
pub mod take;
pub mod ws_interpreter;
pub mod ws_kiosk;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::{mpsc, watch};
use tokio_util::task::TaskTracker;

use crate::catalogue::Catalogue;
use crate::protocol::MAX_MESSAGE;
use crate::relay::clips::Clips;
use crate::relay::connection;
use crate::relay::store::Store;
use crate::relay::switchboard::{Event, SocketId, Stage};
use crate::relay::web::files::Pages;
use crate::relay::web::guard::Guard;
use crate::relay::web::hooks::Hooks;

/// What every endpoint may use.
#[derive(Clone)]
pub struct Web {
    pub store: Arc<dyn Store>,
    pub events: mpsc::Sender<Event>,
    pub stage: watch::Receiver<Stage>,
    pub guard: Guard,
    pub hooks: Hooks,
    pub pages: Pages,
    pub catalogue: Arc<Catalogue>,
    pub clips: Clips,
    pub measures: PrometheusHandle,
    /// Whether the world reaches this relay over TLS, so that cookies are marked secure.
    pub secure: bool,
    /// Sockets, so that a stopping relay can wait until their last words are written.
    pub sockets: TaskTracker,
    pub numbers: Arc<AtomicU64>,
}

impl Web {
    pub fn next_socket(&self) -> SocketId {
        SocketId(self.numbers.fetch_add(1, Ordering::Relaxed))
    }
}

/// The day whose prices are told. They change with it; near midnight the day of Greenwich is near enough.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

pub fn app(web: Web) -> Router {
    let hook = DefaultBodyLimit::max(MAX_MESSAGE);
    Router::new()
        .route("/ws/kiosk", get(ws_kiosk::get))
        .route("/ws/interpreter", get(ws_interpreter::get))
        .route("/", get(console::from_root))
        .route("/console", get(console::from_root))
        .route("/console/", get(console::get))
        .route("/console/login", get(login::get).post(login::post))
        .route("/console/logout", post(logout::post))
        .route("/console/locales/{file}", get(files::locale))
        .route("/console/{*path}", get(files::console))
        .route("/assets/fonts/{*path}", get(files::font))
        .route("/assets/icons/{*path}", get(files::icon))
        .route("/api/service/{id}", get(service::get))
        .route("/take/{name}", get(take::get))
        .route("/clips", get(clips::list))
        .route("/clips/{sha256}", get(clips::file))
        .route("/hooks/ticket", post(hooks::ticket).layer(hook))
        .route("/hooks/alarm", post(hooks::alarm).layer(hook))
        .route("/healthz/live", get(health::live))
        .route("/healthz/ready", get(health::ready))
        .route("/metrics", get(measures::get))
        .layer(DefaultBodyLimit::max(4096))
        .layer(middleware::from_fn(connection::in_time))
        .layer(middleware::from_fn(headers::add))
        .with_state(web)
}
