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
//!                  ▼
//!               presenter (a thread) ─▶ X11 child window
//! ```

mod x11;

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use iced::window::raw_window_handle::{HandleError, RawWindowHandle};

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
trait Surface: Send {
    /// Shows the frame in the middle of the area, cut at its edges.
    fn show(&mut self, frame: &Frame, area: Area) -> Result<(), SurfaceError>;

    fn hide(&mut self) -> Result<(), SurfaceError>;

    /// Shows again what the server has forgotten meanwhile.
    fn look_after(&mut self) -> Result<(), SurfaceError>;
}

/// Hangs a surface over the window for each picture, until [`take_down`].
pub fn hang(window: &dyn iced::Window, pictures: &Pictures) -> Result<(), SurfaceError> {
    let RawWindowHandle::Xlib(handle) = window.window_handle()?.as_raw() else {
        return Err(SurfaceError::System);
    };
    let window = handle.window as u32;
    let child = || x11::Child::of(window);
    let surfaces = [child()?, child()?, child()?];
    let slots = [&pictures.remote, &pictures.own, &pictures.clip];
    let bells = slots.into_iter().zip(surfaces).map(|(slot, surface)| {
        let slot = slot.clone();
        let (bell, rings) = sync_channel(1);
        std::thread::Builder::new()
            .name("surface".into())
            .spawn(move || present(&slot, surface, &rings))
            .map(|_| bell)
    });
    // Without its bell a thread ends at once, so that either all hang or none.
    let bells: Vec<_> = bells.collect::<Result<_, _>>()?;
    for (slot, bell) in slots.into_iter().zip(bells) {
        slot.hang(bell);
    }
    Ok(())
}

/// The interface shows the pictures again, and the surfaces' threads end.
pub fn take_down(pictures: &Pictures) {
    pictures.remote.take_down();
    pictures.own.take_down();
    pictures.clip.take_down();
}

fn present(slot: &FrameSlot, mut surface: impl Surface, rings: &Receiver<()>) {
    let mut shown = None;
    let failed = loop {
        let done = match rings.recv_timeout(LOOK_AFTER) {
            Ok(()) => {
                let wanted = slot.on_surface();
                let next = wanted.as_ref().map(|(frame, area)| (frame.sequence, *area));
                let done = match &wanted {
                    Some((frame, area)) if next != shown => surface.show(frame, *area),
                    None if shown.is_some() => surface.hide(),
                    _ => Ok(()),
                };
                shown = next;
                done
            }
            Err(RecvTimeoutError::Timeout) => surface.look_after(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if let Err(error) = done {
            break error;
        }
    };
    tracing::warn!(error = %failed, "a picture has lost its surface; the interface draws it");
    slot.take_down();
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
