//! Subsurfaces on Wayland whose pixels are handed over in shared memory.
//!
//! ```text
//! the window's surface
//! └─ anchor: one clear pixel at the window's corner
//!    ├─ remote   each moved, filled and hidden by a commit of its own
//!    ├─ own      and of the anchor's
//!    └─ clip
//! ```
//!
//! Where a subsurface lies changes only when its parent commits, and the window's commits are the renderer's: it makes
//! none while nothing is drawn anew. So the window never moves anything; the anchor is the pictures' parent, and what a
//! picture shows and where it lies change in one commit of the anchor, at once. A commit that was not shown yet is
//! replaced by the next one, so that the display shows the newest frame whole at its own pace. No place for input:
//! touches fall through to the window below.
//!
//! **Invariant:** the connection is the window's, who closes it when it likes. So everything here is touched only
//! while the window is borrowed, on the window's thread, and never freed after it.
//!
//! Frames that stay in the memory of a graphics card would need `zwp_linux_dmabuf`: decoders that run in software have
//! none, so there is no such way yet.

use std::mem::ManuallyDrop;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iced::window::raw_window_handle::{RawDisplayHandle, RawWindowHandle};
use memmap2::MmapMut;
use wayland_client::backend::{Backend, InvalidId, ObjectId, WaylandError};
use wayland_client::globals::{BindError, GlobalError, GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_buffer::{self, WlBuffer};
use wayland_client::protocol::wl_compositor::WlCompositor;
use wayland_client::protocol::wl_region::WlRegion;
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_shm::{Format, WlShm};
use wayland_client::protocol::wl_shm_pool::WlShmPool;
use wayland_client::protocol::wl_subcompositor::WlSubcompositor;
use wayland_client::protocol::wl_subsurface::WlSubsurface;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, DispatchError, EventQueue, Proxy, QueueHandle, delegate_noop};
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;
use wayland_protocols::wp::viewporter::client::wp_viewporter::WpViewporter;

use super::scaling::Scaling;
use super::shared::{blue_first, share};
use super::{Cut, Presenter, Surface, SurfaceError, cut};
use crate::media::frame::{Area, Frame, FrameSlot};

/// A display holds the picture that it shows and one that it is about to; one more is written meanwhile. A display that
/// holds more is late, and misses a frame.
const BUFFERS: usize = 4;

/// The pictures of one window.
pub(super) struct Overlay(ManuallyDrop<Alive>);

/// What needs the window's connection.
struct Alive {
    connection: Connection,
    queue: EventQueue<Heard>,
    pictures: Vec<Presenter<Picture>>,
}

/// Events need no state: a buffer's own data is what changes.
struct Heard;

impl Overlay {
    /// Hidden pictures over the window, on the window's thread.
    pub(super) fn over(window: &dyn iced::Window, slots: [&FrameSlot; 3]) -> Result<Self, SurfaceError> {
        let (connection, parent) = of(window)?;
        let (globals, queue) = registry_queue_init::<Heard>(&connection)?;
        let handle = queue.handle();
        let server = Server {
            // Surfaces have scales since 3, and damage counts in a buffer's pixels since 4.
            compositor: globals.bind(&handle, 4..=4, ())?,
            subcompositor: globals.bind(&handle, 1..=1, ())?,
            shm: globals.bind(&handle, 1..=1, ())?,
            viewporter: globals.bind(&handle, 1..=1, ()).ok(),
            handle,
        };
        let (anchor, below) = server.subsurface(&parent);
        below.set_desync();
        let pixel = Buffer::new(&server, (1, 1), Format::Argb8888)?;
        anchor.attach(Some(&pixel.buffer), 0, 0);
        anchor.commit();
        let pictures = slots.map(|slot| Presenter::of(slot, Picture::on(&server, &anchor)));
        anchor.commit();
        // The window learns of its subsurface, and nothing else of it is pending between two frames of the renderer.
        parent.commit();
        connection.flush()?;
        Ok(Self(ManuallyDrop::new(Alive {
            connection,
            queue,
            pictures: pictures.into(),
        })))
    }

    /// Shows what the slots say now, on the window's thread.
    pub(super) fn present(&mut self, window: &dyn iced::Window) {
        let Alive {
            connection,
            queue,
            pictures,
        } = &mut *self.0;
        let is_ours =
            display(window).is_ok_and(|display| display == connection.backend().display_ptr().cast());
        assert!(is_ours, "the kiosk has one window");
        let heard = queue.dispatch_pending(&mut Heard).map_err(SurfaceError::from);
        let failed = heard.err();
        pictures.retain_mut(|picture| {
            let done = failed.as_ref().map_or_else(
                || picture.present(),
                |error| Err(SurfaceError::Server(error.to_string())),
            );
            let Err(error) = done else { return true };
            picture.surface.remove();
            picture.fail(&error);
            false
        });
        // A server that reads too slowly gets it with the next frame; one that is gone is heard of then.
        let _ = connection.flush();
    }
}

fn display(window: &dyn iced::Window) -> Result<*mut std::ffi::c_void, SurfaceError> {
    match window.display_handle()?.as_raw() {
        RawDisplayHandle::Wayland(handle) => Ok(handle.display.as_ptr()),
        _ => Err(SurfaceError::System),
    }
}

/// The window's connection, and its surface on it.
#[expect(
    unsafe_code,
    reason = "a window of another library is known by its pointers alone"
)]
fn of(window: &dyn iced::Window) -> Result<(Connection, WlSurface), SurfaceError> {
    let display = display(window)?;
    let RawWindowHandle::Wayland(handle) = window.window_handle()?.as_raw() else {
        return Err(SurfaceError::System);
    };
    // SAFETY: both pointers are alive while the window is borrowed, and what is made of them is used under such a borrow
    // alone: here, and in `Overlay::present`, which makes sure that it is the same display. Dropping a backend touches
    // its display too: here the window is still borrowed, and an `Overlay` never drops its own.
    let (backend, surface) = unsafe {
        (
            Backend::from_foreign_display(display.cast()),
            ObjectId::from_ptr(WlSurface::interface(), handle.surface.as_ptr().cast())?,
        )
    };
    let connection = Connection::from_backend(backend);
    let surface = WlSurface::from_id(&connection, surface)?;
    Ok((connection, surface))
}

#[derive(Clone)]
struct Server {
    compositor: WlCompositor,
    subcompositor: WlSubcompositor,
    shm: WlShm,
    viewporter: Option<WpViewporter>,
    handle: QueueHandle<Heard>,
}

impl Server {
    /// A surface on the parent that takes no touch.
    fn subsurface(&self, parent: &WlSurface) -> (WlSurface, WlSubsurface) {
        let surface = self.compositor.create_surface(&self.handle, ());
        let nowhere = self.compositor.create_region(&self.handle, ());
        surface.set_input_region(Some(&nowhere));
        nowhere.destroy();
        let role = self
            .subcompositor
            .get_subsurface(&surface, parent, &self.handle, ());
        (surface, role)
    }
}

/// One picture's surface.
struct Picture {
    server: Server,
    anchor: WlSurface,
    surface: WlSurface,
    role: WlSubsurface,
    viewport: Option<WpViewport>,
    buffers: Vec<Buffer>,
}

impl Picture {
    fn on(server: &Server, anchor: &WlSurface) -> Self {
        let (surface, role) = server.subsurface(anchor);
        let viewporter = server.viewporter.as_ref();
        Self {
            server: server.clone(),
            anchor: anchor.clone(),
            viewport: viewporter.map(|viewporter| viewporter.get_viewport(&surface, &server.handle, ())),
            surface,
            role,
            buffers: Vec::new(),
        }
    }

    /// Applies what the picture has become.
    fn commit(&self) {
        self.surface.commit();
        self.anchor.commit();
    }

    /// A buffer that the display does not hold; none when it holds all.
    fn free(&mut self, size: (u32, u32)) -> Result<Option<usize>, SurfaceError> {
        let is_free = |buffer: &Buffer| buffer.size == size && !buffer.is_held();
        if let Some(free) = self.buffers.iter().position(is_free) {
            return Ok(Some(free));
        }
        if self.buffers.iter().filter(|buffer| buffer.size == size).count() >= BUFFERS {
            return Ok(None);
        }
        self.buffers
            .push(Buffer::new(&self.server, size, Format::Xrgb8888)?);
        Ok(Some(self.buffers.len() - 1))
    }

    /// Takes the surface from the display for good.
    fn remove(&mut self) {
        let _ = self.hide();
        if let Some(viewport) = self.viewport.take() {
            viewport.destroy();
        }
        self.role.destroy();
        self.surface.destroy();
    }
}

impl Surface for Picture {
    fn show(&mut self, frame: &Frame, area: Area) -> Result<(), SurfaceError> {
        let scaling = Scaling::of(area.scale, self.viewport.is_some()).ok_or(SurfaceError::Lacks(
            "wp_viewporter, and its scale is no whole number",
        ))?;
        let cut = scaling.whole(cut((frame.width, frame.height), area));
        if cut.size.0 == 0 || cut.size.1 == 0 {
            return self.hide();
        }
        let Some(free) = self.free(cut.size)? else {
            return Ok(());
        };
        let buffer = &mut self.buffers[free];
        buffer.write(frame, &cut);
        self.surface.attach(Some(&buffer.buffer), 0, 0);
        self.surface
            .damage_buffer(0, 0, cut.size.0 as i32, cut.size.1 as i32);
        let (x, y) = scaling.logical(cut.to);
        self.role.set_position(x, y);
        self.surface.set_buffer_scale(scaling.buffer_scale());
        if let Some(viewport) = &self.viewport {
            let (width, height) = scaling.destination(cut.size);
            viewport.set_destination(width, height);
        }
        self.commit();
        self.buffers
            .retain(|buffer| buffer.size == cut.size || buffer.forget());
        Ok(())
    }

    fn hide(&mut self) -> Result<(), SurfaceError> {
        self.surface.attach(None, 0, 0);
        self.commit();
        // Nobody's face stays behind.
        self.buffers.retain(Buffer::forget);
        Ok(())
    }
}

/// Pixels that the display reads.
struct Buffer {
    buffer: WlBuffer,
    pixels: MmapMut,
    size: (u32, u32),
    held: Arc<AtomicBool>,
}

impl Buffer {
    /// Zeros, which are black or clear.
    fn new(server: &Server, size: (u32, u32), format: Format) -> Result<Self, SurfaceError> {
        let (width, height) = (size.0 as i32, size.1 as i32);
        let (file, pixels) = share(size.0 as usize * size.1 as usize * 4)?;
        let pool = server
            .shm
            .create_pool(file.as_fd(), pixels.len() as i32, &server.handle, ());
        let held = Arc::new(AtomicBool::new(false));
        let buffer = pool.create_buffer(0, width, height, width * 4, format, &server.handle, held.clone());
        pool.destroy();
        Ok(Self {
            buffer,
            pixels,
            size,
            held,
        })
    }

    fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// Takes the cut's part of the frame; from now on the display holds it.
    fn write(&mut self, frame: &Frame, cut: &Cut) {
        let wide = |pixels: u32| pixels as usize * 4;
        let rows = frame
            .rgba
            .chunks_exact(wide(frame.width))
            .skip(cut.from.1 as usize);
        for (row, to) in rows.zip(self.pixels.chunks_exact_mut(wide(cut.size.0))) {
            blue_first(&row[wide(cut.from.0)..], to);
        }
        self.held.store(true, Ordering::Relaxed);
    }

    /// Gives it back to the display; always false, so that a list forgets it too.
    fn forget(&self) -> bool {
        self.buffer.destroy();
        false
    }
}

impl Dispatch<WlBuffer, Arc<AtomicBool>> for Heard {
    fn event(
        _: &mut Self,
        _: &WlBuffer,
        event: wl_buffer::Event,
        held: &Arc<AtomicBool>,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let wl_buffer::Event::Release = event {
            held.store(false, Ordering::Relaxed);
        }
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for Heard {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

delegate_noop!(Heard: WlCompositor);
delegate_noop!(Heard: WlRegion);
delegate_noop!(Heard: WlShmPool);
delegate_noop!(Heard: WlSubcompositor);
delegate_noop!(Heard: WlSubsurface);
delegate_noop!(Heard: WpViewport);
delegate_noop!(Heard: WpViewporter);
delegate_noop!(Heard: ignore WlShm);
delegate_noop!(Heard: ignore WlSurface);

impl From<GlobalError> for SurfaceError {
    fn from(error: GlobalError) -> Self {
        Self::Server(error.to_string())
    }
}

impl From<BindError> for SurfaceError {
    fn from(_: BindError) -> Self {
        Self::Lacks("subsurfaces in shared memory")
    }
}

impl From<DispatchError> for SurfaceError {
    fn from(error: DispatchError) -> Self {
        Self::Server(error.to_string())
    }
}

impl From<WaylandError> for SurfaceError {
    fn from(error: WaylandError) -> Self {
        Self::Server(error.to_string())
    }
}

impl From<InvalidId> for SurfaceError {
    fn from(error: InvalidId) -> Self {
        Self::Server(error.to_string())
    }
}
