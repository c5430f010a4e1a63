//! A virtual display whose pixels are read from the server's own memory, so that looking does not slow what is
//! looked at.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::cage::Cage;
use super::{Process, until};

pub struct Display {
    /// It leaves before its display.
    cage: Option<Cage>,
    _server: Process,
    pub name: String,
    memory: File,
    pub width: usize,
    pub height: usize,
}

/// A part of the display: RGBA, rows without padding.
pub struct Pixels {
    pub rgba: Vec<u8>,
    pub width: usize,
    pub height: usize,
}

impl Display {
    pub async fn start(folder: &Path, width: usize, height: usize) -> Self {
        Self::start_with(folder, width, height, "").await
    }

    /// With more options for the server.
    pub async fn start_with(folder: &Path, width: usize, height: usize, options: &str) -> Self {
        let number = folder.join("display.number");
        let memory = folder.join("display");
        std::fs::create_dir_all(&memory).expect("the folder of the story is writable");
        let script = format!(
            "exec Xvfb -displayfd 3 -screen 0 {width}x{height}x24 -fbdir '{}' {options} -nolisten tcp 3>'{}'",
            memory.display(),
            number.display()
        );
        let server = Process::start(Command::new("sh").arg("-c").arg(script), folder, "xvfb");
        let name = until("Xvfb is up", Duration::from_secs(10), || async {
            let text = std::fs::read_to_string(&number).ok()?;
            text.ends_with('\n').then(|| format!(":{}", text.trim()))
        })
        .await;
        Self {
            cage: None,
            _server: server,
            name,
            memory: File::open(memory.join("Xvfb_screen0")).expect("Xvfb keeps its screen in a file"),
            width,
            height,
        }
    }

    /// The same, filled by a Wayland compositor that lacks what bears the hidden name.
    pub async fn under_cage(
        folder: &Path,
        (width, height): (usize, usize),
        hidden: Option<&'static str>,
    ) -> Self {
        let mut display = Self::start(folder, width, height).await;
        display.cage = Some(Cage::start(folder, &display, hidden).await);
        display
    }

    /// Lets a kiosk open its window here, as large as the screen.
    pub fn enter<'c>(&self, kiosk: &'c mut Command) -> &'c mut Command {
        match &self.cage {
            // Every window there is as large as the screen.
            Some(cage) => kiosk.env("WAYLAND_DISPLAY", &cage.socket).env_remove("DISPLAY"),
            None => kiosk
                .env("DISPLAY", &self.name)
                .env_remove("WAYLAND_DISPLAY")
                .arg("--windowed")
                .arg(format!("{}x{}", self.width, self.height)),
        }
    }

    /// Reads a part of the screen.
    pub fn read(&self, x: usize, y: usize, width: usize, height: usize) -> Pixels {
        let mut pixels = Pixels {
            rgba: vec![255; width * height * 4],
            width,
            height,
        };
        self.read_rows(x, y, 0..height, &mut pixels);
        pixels
    }

    /// Reads some rows of a part of the screen. The file is an XWD dump: a header that tells its own size, a colour
    /// map, then rows of B, G, R, unused.
    pub fn read_rows(&self, x: usize, y: usize, rows: impl IntoIterator<Item = usize>, into: &mut Pixels) {
        let mut header = [0u8; 100];
        self.memory
            .read_exact_at(&mut header, 0)
            .expect("an XWD header has 100 bytes");
        let field = |index: usize| {
            let bytes = header[index * 4..][..4].try_into().expect("four bytes");
            u32::from_be_bytes(bytes) as usize
        };
        let (header_size, bytes_per_line, colours) = (field(0), field(12), field(19));
        let start = header_size + colours * 12;
        let width = into.width;
        let mut row = vec![0u8; width * 4];
        for line in rows {
            let at = start + (y + line) * bytes_per_line + x * 4;
            self.memory
                .read_exact_at(&mut row, at as u64)
                .expect("the row is on the screen");
            let out = &mut into.rgba[line * width * 4..][..width * 4];
            for (pixel, out) in row.chunks_exact(4).zip(out.chunks_exact_mut(4)) {
                out[..3].copy_from_slice(&[pixel[2], pixel[1], pixel[0]]);
            }
        }
    }

    /// How many pictures have a surface of their own on the screen: children of the windows that can be seen.
    pub fn surfaces(&self) -> usize {
        use x11rb::connection::Connection;
        use x11rb::protocol::xproto::{ConnectionExt, MapState};
        let (server, screen) = x11rb::connect(Some(&self.name)).expect("the display takes a client");
        let children = |window| {
            let tree = server.query_tree(window).expect("the display is asked");
            tree.reply().map_or_else(|_| Vec::new(), |tree| tree.children)
        };
        let is_seen = |window: &u32| {
            let asked = server
                .get_window_attributes(*window)
                .expect("the display is asked");
            asked
                .reply()
                .is_ok_and(|window| window.map_state == MapState::VIEWABLE)
        };
        let windows = children(server.setup().roots[screen].root);
        windows.into_iter().flat_map(children).filter(is_seen).count()
    }

    /// A finger on the screen.
    pub fn tap(&self, x: f32, y: f32) {
        let done = Command::new("xdotool")
            .env("DISPLAY", &self.name)
            .args([
                "mousemove",
                &x.round().to_string(),
                &y.round().to_string(),
                "click",
                "1",
            ])
            .status();
        assert!(done.is_ok_and(|status| status.success()), "xdotool can tap");
    }

    /// Takes the pointer out of the way: a finger leaves the glass, but a pointer stays and hides what comes there.
    pub fn lift(&self) {
        let moved = Command::new("xdotool")
            .env("DISPLAY", &self.name)
            .args(["mousemove", "0", "0"])
            .status();
        assert!(moved.is_ok_and(|status| status.success()), "xdotool can move");
    }

    /// Writes a picture of the whole screen, for a person to look at, if it can: a story that has failed already has
    /// something better to say.
    pub fn photograph(&self, file: &Path) {
        let _ = Command::new("import")
            .env("DISPLAY", &self.name)
            .args(["-window", "root", "-strip"])
            .arg(file)
            .status();
    }
}
