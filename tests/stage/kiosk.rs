//! The real kiosk in a real window, touched where its words are.
//!
//! A finger needs coordinates: they come from a second copy of the interface that is laid out in the test's own
//! process and walked along, so that a story names words and no pixels.

use std::path::Path;
use std::process::Command;

use super::Process;
use super::display::Display;
use super::relay::Relay;

pub struct Kiosk {
    pub process: Process,
}

/// How a story wants its kiosk.
pub struct Fitting<'a> {
    pub camera: String,
    pub codec: Option<&'a str>,
    /// Puts the process into surroundings, as a sound room does.
    pub enter: &'a dyn Fn(&mut Command),
}

impl Kiosk {
    pub fn start(folder: &Path, relay: &Relay, display: &Display, fitting: &Fitting<'_>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhest-kiosk"));
        command
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .arg("--windowed")
            .arg(format!("{}x{}", display.width, display.height))
            .arg("--relay")
            .arg(relay.socket_url())
            .arg("--token-file")
            .arg(relay.token_file())
            .arg("--camera")
            .arg(&fitting.camera);
        if let Some(codec) = fitting.codec {
            command.args(["--codec", codec]);
        }
        (fitting.enter)(&mut command);
        Self {
            process: Process::start(&mut command, folder, "kiosk"),
        }
    }
}
