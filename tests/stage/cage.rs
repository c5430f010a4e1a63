//! The Wayland compositor that kiosks run under. Its screen is a window that fills the virtual display.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConfigureWindowAux, ConnectionExt, Window};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::display::Display;
use super::{Process, until, veil};

const PATIENCE: Duration = Duration::from_secs(10);

pub struct Cage {
    _server: Process,
    /// Where its clients find it.
    pub socket: PathBuf,
}

impl Cage {
    /// Without what bears the hidden name.
    pub async fn start(folder: &Path, on: &Display, hidden: Option<&'static str>) -> Self {
        let folder = folder.join("cage");
        std::fs::create_dir_all(&folder).expect("the folder of the story is writable");
        let name = folder.join("name");
        // It lives as long as its first program, and that as long as it.
        let guest = format!(
            "echo $WAYLAND_DISPLAY >'{}'; exec tail --pid=$PPID -f /dev/null",
            name.display()
        );
        let server = Process::start(
            // Cage refuses to run as root.
            Command::new("unshare")
                .args([
                    "--user",
                    "--map-user=1000",
                    "--",
                    "cage",
                    "--",
                    "sh",
                    "-c",
                    &guest,
                ])
                .env("DISPLAY", &on.name)
                .env("XDG_RUNTIME_DIR", &folder)
                .env("WLR_BACKENDS", "x11")
                .env("WLR_RENDERER", "pixman")
                .env_remove("WAYLAND_DISPLAY"),
            &folder,
            "cage",
        );
        let socket = until("cage is up", PATIENCE, || async {
            let text = std::fs::read_to_string(&name).ok()?;
            text.ends_with('\n').then(|| folder.join(text.trim()))
        })
        .await;
        fill(on).await;
        Self {
            _server: server,
            socket: hidden.map_or_else(|| socket.clone(), |name| veil::hide(name, &socket)),
        }
    }
}

/// Makes the display's only window as large as the display.
async fn fill(display: &Display) {
    let (server, screen) = x11rb::connect(Some(&display.name)).expect("the display takes a client");
    let root = server.setup().roots[screen].root;
    let (server, root) = (&server, &root);
    let window = until(
        "cage has a window",
        PATIENCE,
        || async move { first(server, *root) },
    )
    .await;
    let whole = ConfigureWindowAux::new()
        .x(0)
        .y(0)
        .width(display.width as u32)
        .height(display.height as u32);
    server
        .configure_window(window, &whole)
        .expect("the window takes a size");
    server.sync().expect("the display is there");
}

fn first(server: &RustConnection, root: Window) -> Option<Window> {
    let tree = server.query_tree(root).expect("the display is asked");
    tree.reply().ok()?.children.first().copied()
}
