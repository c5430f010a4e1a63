//! A child window on X11 whose pixels are handed over in shared memory and shown at the display's next frame, whole: no
//! hand is torn where the screen is drawn from top to bottom meanwhile.
//!
//! It has a connection of its own and no place for input, so that touches fall through to the window below.

use memmap2::MmapMut;
use x11rb::NONE;
use x11rb::connection::{Connection, RequestConnection};
use x11rb::errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;
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
    shared: Option<Shared>,
    /// What is shown now.
    shown: Option<Shown>,
}

struct Shown {
    /// The whole frame.
    size: (u32, u32),
    cut: Cut,
    /// What the display's next frame shows, as large as the window.
    next: Pixmap,
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
        server
            .extension_information(present::X11_EXTENSION_NAME)?
            .ok_or(SurfaceError::Lacks("Present"))?;
        server.present_query_version(1, 0)?.reply()?;
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
            shared: None,
            shown: None,
        })
    }

    /// Lays the window over its place in the other one, and makes what its frames are drawn upon.
    fn lie(&self, cut: &Cut) -> Result<Pixmap, SurfaceError> {
        let place = ConfigureWindowAux::new()
            .x(cut.to.0 as i32)
            .y(cut.to.1 as i32)
            .width(cut.size.0)
            .height(cut.size.1);
        self.server.configure_window(self.window, &place)?;
        let next = self.server.generate_id()?;
        let (width, height) = (cut.size.0 as u16, cut.size.1 as u16);
        self.server
            .create_pixmap(self.depth, next, self.window, width, height)?;
        Ok(next)
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
            shown.next,
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
        // Copied, so that it can be drawn upon again at once: the server does one thing at a time.
        let copied = present::Option::COPY.into();
        self.server.present_pixmap(
            self.window,
            shown.next,
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
        self.server.sync()?;
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
                    self.server.free_pixmap(before.next)?;
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
            self.server.free_pixmap(shown.next)?;
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
