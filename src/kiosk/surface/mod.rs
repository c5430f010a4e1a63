//! Living pictures on surfaces of their own, so that the interface is drawn only when it changes.
//!
//! A software renderer that composes a whole panel thirty times a second takes a processor core; handing the frame to
//! the display server takes a tenth of one. Each [`FrameSlot`] gets a surface that lies over the window, shows what the
//! slot says where the slot says, and takes no touch. **Invariant:** a slot whose surface fails is taken down, and the
//! interface draws its picture as if there had never been one.
//!
//! ```text
//! pipeline ─put─▶ slot ◀─place─ widget
//!                  │ bell
//!                  ├────▶ a thread a slot ─▶ X11 child window
//!                  └────▶ the window's thread ─▶ Wayland subsurface
//! ```

mod scaling;
mod shared;
mod wayland;
mod x11;

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::Task;
use iced::window::raw_window_handle::{HandleError, RawWindowHandle};
use iced::window::{self, Id};
use tokio::sync::mpsc;

use crate::media::frame::{Area, Frame, FrameSlot, Pictures};

/// How long a surface that has nothing new to show waits before it looks after itself.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// Why there is no surface; the interface draws the pictures then, which costs more and shows the same.
#[derive(Debug, thiserror::Error)]
pub enum SurfaceError {
    #[error("the window gives no handle: {0}")]
    Handle(#[from] HandleError),
    #[error("no surface is known for this window system yet")]
    System,
    #[error("the display server refuses: {0}")]
    Server(String),
    #[error("the display server lacks {0}")]
    Lacks(&'static str),
    #[error("no memory to share with the display server: {0}")]
    Memory(#[from] std::io::Error),
}

/// Something over the window that shows pixels.
trait Surface {
    /// Shows the frame in the middle of the area, cut at its edges.
    fn show(&mut self, frame: &Frame, area: Area) -> Result<(), SurfaceError>;

    fn hide(&mut self) -> Result<(), SurfaceError>;

    /// Shows again what the server has forgotten meanwhile.
    fn look_after(&mut self) -> Result<(), SurfaceError> {
        Ok(())
    }
}

/// Hangs a surface over the window for each picture, until [`take_down`]. The task lives as long as the surfaces need
/// the window's thread.
pub fn hang<T: Send + 'static>(id: Id, pictures: Pictures) -> Task<T> {
    window::run(id, move |window| hang_over(window, &pictures))
        .then(move |hung| match hung {
            Ok(Hung::OnThreads) => Task::none(),
            Ok(Hung::Overlay { overlay, rings }) => present_with(id, overlay, rings),
            Err(reason) => {
                tracing::warn!(%reason, "the interface draws the pictures");
                Task::none()
            }
        })
        .discard()
}

/// The interface shows the pictures again, and the surfaces' threads end.
pub fn take_down(pictures: &Pictures) {
    slots(pictures).into_iter().for_each(FrameSlot::take_down);
}

/// Who presents the pictures.
enum Hung {
    /// Threads of their own, with connections of their own.
    OnThreads,
    /// The window's thread, whenever it rings.
    Overlay {
        overlay: wayland::Overlay,
        rings: mpsc::Receiver<()>,
    },
}

fn slots(pictures: &Pictures) -> [&FrameSlot; 3] {
    [&pictures.remote, &pictures.own, &pictures.clip]
}

fn hang_over(window: &dyn iced::Window, pictures: &Pictures) -> Result<Hung, SurfaceError> {
    match window.window_handle()?.as_raw() {
        RawWindowHandle::Xlib(handle) => on_threads(handle.window as u32, pictures),
        RawWindowHandle::Wayland(_) => overlay(window, pictures),
        _ => Err(SurfaceError::System),
    }
}

fn on_threads(window: u32, pictures: &Pictures) -> Result<Hung, SurfaceError> {
    let child = || x11::Child::of(window);
    let surfaces = [child()?, child()?, child()?];
    let knows_frames = surfaces.iter().all(|surface| surface.knows_frames);
    tracing::info!(on = "X11", knows_frames, "pictures have surfaces of their own");
    let slots = slots(pictures);
    let bells = slots.into_iter().zip(surfaces).map(|(slot, surface)| {
        let presenter = Presenter::of(slot, surface);
        let (bell, rings) = sync_channel(1);
        std::thread::Builder::new()
            .name("surface".into())
            .spawn(move || present(presenter, &rings))
            .map(|_| bell)
    });
    // Without its bell a thread ends at once, so that either all hang or none.
    let bells: Vec<_> = bells.collect::<Result<_, _>>()?;
    for (slot, bell) in slots.into_iter().zip(bells) {
        slot.hang(move || {
            // A bell that rings already is enough.
            let _ = bell.try_send(());
        });
    }
    Ok(Hung::OnThreads)
}

fn overlay(window: &dyn iced::Window, pictures: &Pictures) -> Result<Hung, SurfaceError> {
    let overlay = wayland::Overlay::over(window, slots(pictures))?;
    tracing::info!(on = "Wayland", "pictures have surfaces of their own");
    let (bell, rings) = mpsc::channel(1);
    for slot in slots(pictures) {
        let bell = bell.clone();
        slot.hang(move || {
            let _ = bell.try_send(());
        });
    }
    Ok(Hung::Overlay { overlay, rings })
}

/// Presents on the window's thread at every ring, and at once what rang meanwhile. Nothing of it wakes the interface.
fn present_with(id: Id, overlay: wayland::Overlay, rings: mpsc::Receiver<()>) -> Task<()> {
    let overlay = Arc::new(Mutex::new(overlay));
    let rings = futures::stream::unfold(rings, |mut rings| async move {
        rings.recv().await.map(|()| ((), rings))
    });
    Task::stream(rings).then(move |()| {
        let overlay = overlay.clone();
        window::run(id, move |window| {
            let mut overlay = overlay.lock().unwrap_or_else(PoisonError::into_inner);
            overlay.present(window);
        })
    })
}

fn present(mut presenter: Presenter<impl Surface>, rings: &Receiver<()>) {
    let failed = loop {
        let done = match rings.recv_timeout(LOOK_AFTER) {
            Ok(()) => presenter.present(),
            Err(RecvTimeoutError::Timeout) => presenter.surface.look_after(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if let Err(error) = done {
            break error;
        }
    };
    presenter.fail(&failed);
}

/// A slot and the surface that shows it.
struct Presenter<S> {
    slot: FrameSlot,
    surface: S,
    /// The frame and its place that the surface shows.
    shown: Option<(u64, Area)>,
}

impl<S: Surface> Presenter<S> {
    fn of(slot: &FrameSlot, surface: S) -> Self {
        Self {
            slot: slot.clone(),
            surface,
            shown: None,
        }
    }

    /// Shows what the slot says now.
    fn present(&mut self) -> Result<(), SurfaceError> {
        let wanted = self.slot.on_surface();
        let next = wanted.as_ref().map(|(frame, area)| (frame.sequence, *area));
        match &wanted {
            Some((frame, area)) if next != self.shown => self.surface.show(frame, *area)?,
            None if self.shown.is_some() => self.surface.hide()?,
            _ => {}
        }
        self.shown = next;
        Ok(())
    }

    fn fail(&mut self, error: &SurfaceError) {
        tracing::warn!(%error, "a picture has lost its surface; the interface draws it");
        self.slot.take_down();
    }
}

/// Where a frame lies: which part of it is seen, and where in the window that part begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    /// Left upper corner in the frame.
    from: (u32, u32),
    size: (u32, u32),
    /// Left upper corner in the window.
    to: (u32, u32),
}

/// The frame in the middle of the area.
fn cut(frame: (u32, u32), area: Area) -> Cut {
    let along = |start: u32, room: u32, length: u32| {
        if length <= room {
            (0, length, start + (room - length) / 2)
        } else {
            ((length - room) / 2, room, start)
        }
    };
    let (from_x, width, x) = along(area.x, area.width, frame.0);
    let (from_y, height, y) = along(area.y, area.height, frame.1);
    Cut {
        from: (from_x, from_y),
        size: (width, height),
        to: (x, y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area {
        x: 10,
        y: 100,
        width: 200,
        height: 100,
        scale: 120,
    };

    #[test]
    fn a_smaller_frame_lies_in_the_middle_whole() {
        let middle = Cut {
            from: (0, 0),
            size: (101, 40),
            to: (59, 130),
        };
        assert_eq!(cut((101, 40), AREA), middle);
    }

    #[test]
    fn a_frame_of_older_bounds_is_cut_at_both_edges() {
        let cut_off = Cut {
            from: (100, 0),
            size: (200, 80),
            to: (10, 110),
        };
        assert_eq!(cut((400, 80), AREA), cut_off);
    }
}
