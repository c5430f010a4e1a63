//! A child window on X11 whose pixels are handed over in shared memory and shown at the display's next frame, whole: no
//! hand is torn where the screen is drawn from top to bottom meanwhile. A server without a screen (Xvfb) makes up frames
//! of its own, which would cost 25 ms and mend nothing; there they are shown as they come.
//!
//! It has a connection of its own and no place for input, so that touches fall through to the window below.

use memmap2::MmapMut;
use x11rb::NONE;
use x11rb::connection::{Connection, RequestConnection};
use x11rb::errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;
use x11rb::protocol::dri3;
use x11rb::protocol::present::{self, ConnectionExt as _};
use x11rb::protocol::shape::{self, ConnectionExt as _};
use x11rb::protocol::shm::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{
    ClipOrdering, ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, EventMask, Gcontext,
    ImageFormat, Pixmap, Screen, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::shared::{blue_first, share};
use super::{Cut, Surface, SurfaceError, cut};
use crate::media::frame::{Area, Frame};

pub(super) struct Child {
    server: RustConnection,
    window: Window,
    context: Gcontext,
    depth: u8,
    /// The server tells when the display draws.
    pub(super) knows_frames: bool,
    shared: Option<Shared>,
    /// What is shown now.
    shown: Option<Shown>,
}

struct Shown {
    /// The whole frame.
    size: (u32, u32),
    cut: Cut,
    /// What the display's next frame shows, as large as the window, where there are such frames.
    next: Option<Pixmap>,
}

/// Memory that the server reads.
struct Shared {
    segment: shm::Seg,
    pixels: MmapMut,
}

impl Child {
    /// A hidden child of the window; the window's server is the one that `DISPLAY` names, as it is for the window.
    pub(super) fn of(parent: Window) -> Result<Self, SurfaceError> {
        let (server, screen) = x11rb::connect(None)?;
        let knows_frames = knows_frames(&server, parent)?;
        Self::on(server, screen, parent, knows_frames)
    }

    fn on(
        server: RustConnection,
        screen: usize,
        parent: Window,
        knows_frames: bool,
    ) -> Result<Self, SurfaceError> {
        server
            .extension_information(shm::X11_EXTENSION_NAME)?
            .ok_or(SurfaceError::Lacks("MIT-SHM"))?;
        // Memory is shared by its file descriptor, which came with 1.2.
        let version = server.shm_query_version()?.reply()?;
        if (version.major_version, version.minor_version) < (1, 2) {
            return Err(SurfaceError::Lacks("MIT-SHM 1.2"));
        }
        server
            .extension_information(shape::X11_EXTENSION_NAME)?
            .ok_or(SurfaceError::Lacks("SHAPE"))?;
        let depth = server.get_geometry(parent)?.reply()?.depth;
        takes_our_pixels(&server, &server.setup().roots[screen], depth)?;

        let window = server.generate_id()?;
        server
            .create_window(
                0,
                window,
                parent,
                0,
                0,
                1,
                1,
                0,
                WindowClass::INPUT_OUTPUT,
                0,
                &CreateWindowAux::new().event_mask(EventMask::EXPOSURE),
            )?
            .check()?;
        server
            .shape_rectangles(
                shape::SO::SET,
                shape::SK::INPUT,
                ClipOrdering::UNSORTED,
                window,
                0,
                0,
                &[],
            )?
            .check()?;
        let context = server.generate_id()?;
        let silent = CreateGCAux::new().graphics_exposures(0);
        server.create_gc(context, window, &silent)?.check()?;
        Ok(Self {
            server,
            window,
            context,
            depth,
            knows_frames,
            shared: None,
            shown: None,
        })
    }

    /// Lays the window over its place in the other one, and makes what its frames are drawn upon.
    fn lie(&self, cut: &Cut) -> Result<Option<Pixmap>, SurfaceError> {
        let place = ConfigureWindowAux::new()
            .x(cut.to.0 as i32)
            .y(cut.to.1 as i32)
            .width(cut.size.0)
            .height(cut.size.1);
        self.server.configure_window(self.window, &place)?;
        if !self.knows_frames {
            return Ok(None);
        }
        let next = self.server.generate_id()?;
        let (width, height) = (cut.size.0 as u16, cut.size.1 as u16);
        self.server
            .create_pixmap(self.depth, next, self.window, width, height)?;
        Ok(Some(next))
    }

    fn forget(&self, shown: &Shown) -> Result<(), SurfaceError> {
        if let Some(next) = shown.next {
            self.server.free_pixmap(next)?;
        }
        Ok(())
    }

    /// Shared memory of at least so many bytes.
    fn shared(&mut self, bytes: usize) -> Result<&mut Shared, SurfaceError> {
        let fits = |shared: &Shared| shared.pixels.len() >= bytes;
        let shared = match self.shared.take() {
            Some(shared) if fits(&shared) => shared,
            outgrown => {
                if let Some(outgrown) = outgrown {
                    self.server.shm_detach(outgrown.segment)?;
                }
                Shared::new(&self.server, bytes)?
            }
        };
        Ok(self.shared.insert(shared))
    }

    /// Hands the shared pixels to the server and waits until it has read them.
    fn put(&self) -> Result<(), SurfaceError> {
        let (Some(shown), Some(shared)) = (&self.shown, &self.shared) else {
            return Ok(());
        };
        let cut = &shown.cut;
        self.server.shm_put_image(
            shown.next.unwrap_or(self.window),
            self.context,
            shown.size.0 as u16,
            shown.size.1 as u16,
            cut.from.0 as u16,
            cut.from.1 as u16,
            cut.size.0 as u16,
            cut.size.1 as u16,
            0,
            0,
            self.depth,
            ImageFormat::Z_PIXMAP.into(),
            false,
            shared.segment,
            0,
        )?;
        if let Some(next) = shown.next {
            self.at_next_frame(next)?;
        }
        self.server.sync()?;
        Ok(())
    }

    /// Copied, so that it can be drawn upon again at once: the server does one thing at a time.
    fn at_next_frame(&self, next: Pixmap) -> Result<(), SurfaceError> {
        let copied = present::Option::COPY.into();
        self.server.present_pixmap(
            self.window,
            next,
            0,
            NONE,
            NONE,
            0,
            0,
            NONE,
            NONE,
            NONE,
            copied,
            0,
            0,
            0,
            &[],
        )?;
        Ok(())
    }

    /// Whether the server has forgotten what it showed.
    fn is_exposed(&self) -> Result<bool, SurfaceError> {
        let mut exposed = false;
        while let Some(event) = self.server.poll_for_event()? {
            match event {
                Event::Expose(_) => exposed = true,
                Event::Error(error) => return Err(SurfaceError::Server(format!("{:?}", error.error_kind))),
                _ => {}
            }
        }
        Ok(exposed)
    }
}

impl Surface for Child {
    fn show(&mut self, frame: &Frame, area: Area) -> Result<(), SurfaceError> {
        let size = (frame.width, frame.height);
        let cut = cut(size, area);
        if cut.size.0 == 0 || cut.size.1 == 0 {
            return self.hide();
        }
        let shared = self.shared(frame.rgba.len())?;
        blue_first(&frame.rgba, &mut shared.pixels);
        let before = self.shown.take();
        let is_new = before.is_none();
        let next = match before {
            Some(before) if (before.cut.to, before.cut.size) == (cut.to, cut.size) => before.next,
            before => {
                if let Some(before) = before {
                    self.forget(&before)?;
                }
                self.lie(&cut)?
            }
        };
        self.shown = Some(Shown { size, cut, next });
        if is_new {
            self.server.map_window(self.window)?;
        }
        self.put()?;
        // What was exposed so far has just been drawn.
        self.is_exposed()?;
        Ok(())
    }

    fn hide(&mut self) -> Result<(), SurfaceError> {
        if let Some(shown) = self.shown.take() {
            self.server.unmap_window(self.window)?;
            // Nobody's face stays behind.
            self.forget(&shown)?;
            if let Some(shared) = self.shared.take() {
                self.server.shm_detach(shared.segment)?;
            }
            self.server.sync()?;
        }
        Ok(())
    }

    fn look_after(&mut self) -> Result<(), SurfaceError> {
        if self.is_exposed()? {
            self.put()?;
        }
        Ok(())
    }
}

impl Shared {
    fn new(server: &RustConnection, bytes: usize) -> Result<Self, SurfaceError> {
        let (file, pixels) = share(bytes)?;
        let segment = server.generate_id()?;
        server.shm_attach_fd(segment, file, true)?.check()?;
        Ok(Self { segment, pixels })
    }
}

/// A driver with frames of its own can pass buffers on (DRI3) or flip without waiting for a frame. A server that makes
/// frames up, as Xvfb does, can do neither; nor can a driver without acceleration, and there nobody can tell the two apart.
fn knows_frames(server: &RustConnection, window: Window) -> Result<bool, SurfaceError> {
    if server
        .extension_information(present::X11_EXTENSION_NAME)?
        .is_none()
    {
        return Ok(false);
    }
    server.present_query_version(1, 0)?.reply()?;
    let passes_buffers = server.extension_information(dri3::X11_EXTENSION_NAME)?.is_some();
    let able = server.present_query_capabilities(window)?.reply()?;
    Ok(passes_buffers || able.capabilities != 0)
}

/// 32 bits a pixel, blue in the lowest byte of a little-endian word.
fn takes_our_pixels(server: &RustConnection, screen: &Screen, depth: u8) -> Result<(), SurfaceError> {
    let setup = server.setup();
    let words = setup
        .pixmap_formats
        .iter()
        .any(|format| format.depth == depth && format.bits_per_pixel == 32);
    let blue_lowest = screen
        .allowed_depths
        .iter()
        .filter(|allowed| allowed.depth == depth)
        .flat_map(|allowed| &allowed.visuals)
        .any(|visual| visual.red_mask == 0x00FF_0000 && visual.blue_mask == 0x0000_00FF);
    let little_endian = setup.image_byte_order == x11rb::protocol::xproto::ImageOrder::LSB_FIRST;
    if words && blue_lowest && little_endian {
        Ok(())
    } else {
        Err(SurfaceError::Lacks("24-bit colour as PCs have it"))
    }
}

impl From<ConnectError> for SurfaceError {
    fn from(error: ConnectError) -> Self {
        Self::Server(error.to_string())
    }
}

impl From<ConnectionError> for SurfaceError {
    fn from(error: ConnectionError) -> Self {
        Self::Server(error.to_string())
    }
}

impl From<ReplyError> for SurfaceError {
    fn from(error: ReplyError) -> Self {
        Self::Server(error.to_string())
    }
}

impl From<ReplyOrIdError> for SurfaceError {
    fn from(error: ReplyOrIdError) -> Self {
        Self::Server(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::{Child as Process, Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    /// A server of the story's own.
    struct Server(Process, String);

    impl Server {
        fn start() -> Self {
            let mut process = Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "64x64x24", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("Xvfb is installed");
            let mut number = String::new();
            let told = process.stdout.take().expect("it is piped");
            BufReader::new(told)
                .read_line(&mut number)
                .expect("Xvfb tells its number");
            Self(process, format!(":{}", number.trim()))
        }

        fn client(&self) -> (RustConnection, usize) {
            x11rb::connect(Some(&self.1)).expect("Xvfb takes a client")
        }
    }

    impl Drop for Server {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    const AREA: Area = Area {
        x: 16,
        y: 16,
        width: 32,
        height: 32,
        scale: 120,
    };

    /// All of one colour, larger than the area.
    fn frame(sequence: u64, colour: [u8; 3]) -> Frame {
        let [red, green, blue] = colour;
        Frame {
            rgba: [red, green, blue, 255].repeat(40 * 40).into(),
            width: 40,
            height: 40,
            sequence,
        }
    }

    /// No screen of this machine tells of frames, so that a server's made-up ones stand in for them.
    #[test]
    fn frames_are_shown_in_their_place_with_and_without_a_display_that_tells_of_its_own() {
        for knows_frames in [true, false] {
            let server = Server::start();
            let (eye, screen) = server.client();
            let root = eye.setup().roots[screen].root;
            let seen = || {
                let image = eye
                    .get_image(ImageFormat::Z_PIXMAP, root, 0, 0, 64, 64, !0)
                    .unwrap();
                let pixels = image.reply().unwrap().data;
                [(8, 8), (16, 16), (47, 47), (48, 48)].map(|(x, y): (usize, usize)| {
                    let at = (y * 64 + x) * 4;
                    [pixels[at + 2], pixels[at + 1], pixels[at]]
                })
            };
            let ground = seen()[0];
            let sees = |whole: [[u8; 3]; 4]| {
                let until = Instant::now() + Duration::from_secs(10);
                while seen() != whole {
                    assert!(
                        Instant::now() < until,
                        "{knows_frames}: {:?} for {whole:?}",
                        seen()
                    );
                    std::thread::yield_now();
                }
            };
            let (client, screen) = server.client();
            assert!(!super::knows_frames(&client, root).unwrap());
            let mut child = Child::on(client, screen, root, knows_frames).unwrap();
            for (sequence, colour) in [[200, 10, 20], [1, 190, 60], [9, 9, 180]].into_iter().enumerate() {
                child.show(&frame(sequence as u64, colour), AREA).unwrap();
                sees([ground, colour, colour, ground]);
            }
            child.hide().unwrap();
            sees([ground; 4]);
            let colour = [77, 66, 55];
            child.show(&frame(9, colour), AREA).unwrap();
            sees([ground, colour, colour, ground]);
            child
                .show(&frame(9, colour), Area { x: 8, y: 8, ..AREA })
                .unwrap();
            sees([colour, colour, ground, ground]);
            let colour = [5, 6, 70];
            let larger = Area {
                width: 33,
                height: 33,
                ..AREA
            };
            child.show(&frame(10, colour), larger).unwrap();
            sees([ground, colour, colour, colour]);
        }
    }
}
