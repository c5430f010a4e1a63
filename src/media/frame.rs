//! The latest-frame slot between a pipeline and a screen.
//!
//! A pipeline puts, a screen looks; a frame that nobody looked at in time is replaced, never queued. The screen
//! says where the picture lies ([`FrameSlot::place`]), the pipeline scales to that many physical pixels, and the
//! picture is shown 1:1.
//!
//! Who shows it: a surface of its own, if one hangs ([`FrameSlot::hang`]) and nothing lies over the picture, and then
//! the interface is woken only when a picture appears or goes; or else the interface, woken for every frame, one
//! wake-up for all slots of [`Pictures`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;

/// One picture, `width × height` physical pixels, four bytes a pixel (R, G, B, 255), rows without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub width: u32,
    pub height: u32,
    pub rgba: Bytes,
    /// Grows by one a frame put into this slot; equal means the same frame.
    pub sequence: u64,
}

/// What the screen asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Nobody said: the picture in its own size.
    Native,
    /// The picture is not shown: nothing is converted.
    Nothing,
    /// The largest picture of the same shape that fits into this many physical pixels.
    Fit { width: u32, height: u32 },
}

/// A part of the window, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    /// Physical pixels to one of the window's own units, in 120ths.
    pub scale: u32,
}

/// Where the screen has the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Nobody said.
    #[default]
    Unsaid,
    /// It is not shown.
    Nowhere,
    /// The interface lies over it in parts, so it draws the picture too.
    Under(Area),
    /// Nothing lies over it.
    Clear(Area),
}

#[derive(Debug, Default)]
struct Shelf {
    latest: Option<Frame>,
    sequence: u64,
    place: Place,
    /// Rings where a surface of its own shows the picture.
    bell: Option<Told>,
    /// Told when the place changes.
    watcher: Option<Told>,
}

struct Told(Box<dyn Fn() + Send>);

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Told(…)")
    }
}

impl Shelf {
    fn is_on_surface(&self) -> bool {
        self.bell.is_some() && matches!(self.place, Place::Clear(_))
    }

    fn ring(&self) {
        if let Some(Told(ring)) = &self.bell {
            ring();
        }
    }
}

#[derive(Debug)]
struct Inner {
    shelf: Mutex<Shelf>,
    changed: Arc<Notify>,
}

/// A cell that holds the newest frame only. Clones share the cell.
#[derive(Debug, Clone)]
pub struct FrameSlot(Arc<Inner>);

impl Default for FrameSlot {
    fn default() -> Self {
        Self::new()
    }
}

impl FrameSlot {
    /// A slot with a wake-up of its own.
    pub fn new() -> Self {
        Self::waking(Arc::new(Notify::new()))
    }

    fn waking(changed: Arc<Notify>) -> Self {
        Self(Arc::new(Inner {
            shelf: Mutex::default(),
            changed,
        }))
    }

    /// Replaces the frame. `rgba` is `width × height × 4` bytes.
    pub fn put(&self, width: u32, height: u32, rgba: Bytes) {
        debug_assert_eq!(rgba.len(), width as usize * height as usize * 4);
        let mut shelf = self.shelf();
        shelf.sequence += 1;
        let sequence = shelf.sequence;
        let before = shelf.latest.replace(Frame {
            width,
            height,
            rgba,
            sequence,
        });
        shelf.ring();
        if before.is_none() || !shelf.is_on_surface() {
            self.0.changed.notify_one();
        }
    }

    /// The newest frame; cheap, the pixels are shared.
    pub fn latest(&self) -> Option<Frame> {
        self.shelf().latest.clone()
    }

    /// Forgets the picture, so that nobody's face stays behind.
    pub fn clear(&self) {
        let mut shelf = self.shelf();
        shelf.latest = None;
        shelf.ring();
        self.0.changed.notify_one();
    }

    /// The screen says where it has the picture.
    pub fn place(&self, place: Place) {
        let mut shelf = self.shelf();
        if std::mem::replace(&mut shelf.place, place) != place {
            shelf.ring();
            if let Some(Told(told)) = &shelf.watcher {
                told();
            }
        }
    }

    /// From now on `told` is called whenever the screen has another place for the picture: for a picture that stands
    /// still, and must be painted anew for it. It is called under the slot's lock and must not touch the slot.
    pub fn watch(&self, told: impl Fn() + Send + 'static) {
        self.shelf().watcher = Some(Told(Box::new(told)));
    }

    pub fn unwatch(&self) {
        self.shelf().watcher = None;
    }

    /// What the screen asked for last.
    pub fn wanted(&self) -> Want {
        match self.shelf().place {
            Place::Unsaid => Want::Native,
            Place::Nowhere => Want::Nothing,
            Place::Under(Area { width, height, .. }) | Place::Clear(Area { width, height, .. }) => {
                if width == 0 || height == 0 {
                    Want::Nothing
                } else {
                    Want::Fit { width, height }
                }
            }
        }
    }

    /// From now on a surface shows the picture wherever it lies clear; `bell` is called whenever there is something to
    /// do. It is called under the slot's lock, must not touch the slot and must not wait.
    pub fn hang(&self, bell: impl Fn() + Send + 'static) {
        let mut shelf = self.shelf();
        shelf.bell = Some(Told(Box::new(bell)));
        shelf.ring();
        self.0.changed.notify_one();
    }

    /// The surface is gone: the interface shows the picture again.
    pub fn take_down(&self) {
        self.shelf().bell = None;
        self.0.changed.notify_one();
    }

    /// Whether a surface shows the picture and the interface need not.
    pub fn is_on_surface(&self) -> bool {
        self.shelf().is_on_surface()
    }

    /// What a surface has to show, and where; none: it hides.
    pub fn on_surface(&self) -> Option<(Frame, Area)> {
        let shelf = self.shelf();
        match (shelf.place, &shelf.latest) {
            (Place::Clear(area), Some(frame)) => Some((frame.clone(), area)),
            _ => None,
        }
    }

    /// Waits for a `put` or `clear` since the last wait. One waiter at a time.
    pub async fn changed(&self) {
        self.0.changed.notified().await;
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.0.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The two pictures of a call, and the clip that is shown before one. Clones share them.
#[derive(Debug, Clone)]
pub struct Pictures {
    /// What the visitor's camera sees, mirrored.
    pub own: FrameSlot,
    pub remote: FrameSlot,
    pub clip: FrameSlot,
    changed: Arc<Notify>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self::new()
    }
}

impl Pictures {
    pub fn new() -> Self {
        let changed = Arc::new(Notify::new());
        Self {
            own: FrameSlot::waking(changed.clone()),
            remote: FrameSlot::waking(changed.clone()),
            clip: FrameSlot::waking(changed.clone()),
            changed,
        }
    }

    /// Waits until any picture is put or cleared; what happened between two waits counts once. One waiter at a time.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }
}

/// How long own picture waits for the remote one, so that one redraw serves both: a frame and a bit.
const TOGETHER: Duration = Duration::from_millis(40);

/// When the screen is to be drawn anew.
#[derive(Debug)]
pub struct Redraws {
    pictures: Pictures,
    /// The remote frame that the last redraw showed.
    remote: Option<u64>,
}

impl Redraws {
    pub fn of(pictures: Pictures) -> Self {
        Self {
            pictures,
            remote: None,
        }
    }

    /// Waits for the next redraw: at once for the remote picture, and for own picture too while there is no other.
    pub async fn next(&mut self) {
        let sequence = |slot: &FrameSlot| slot.latest().map(|frame| frame.sequence);
        self.pictures.changed().await;
        let remote = sequence(&self.pictures.remote);
        if remote.is_some() && remote == self.remote {
            let _ = tokio::time::timeout(TOGETHER, self.pictures.changed()).await;
        }
        self.remote = sequence(&self.pictures.remote);
    }
}

/// The largest size of the shape `width × height` that fits into the wish; at least one pixel each way.
pub fn fit(width: u32, height: u32, within: (u32, u32)) -> (u32, u32) {
    let (w, h) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (within_w, within_h) = (u64::from(within.0), u64::from(within.1));
    let (fit_w, fit_h) = if within_w * h <= within_h * w {
        (within_w, (within_w * h + w / 2) / w)
    } else {
        ((within_h * w + h / 2) / h, within_h)
    };
    (
        fit_w.clamp(1, within_w.max(1)) as u32,
        fit_h.clamp(1, within_h.max(1)) as u32,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_and_touches_two_edges() {
        assert_eq!(fit(640, 480, (960, 720)), (960, 720));
        assert_eq!(fit(640, 480, (1080, 1000)), (1080, 810));
        assert_eq!(fit(1280, 720, (500, 720)), (500, 281));
        assert_eq!(fit(480, 640, (640, 480)), (360, 480));
        assert_eq!(fit(10_000, 1, (100, 100)), (100, 1));
    }

    #[test]
    fn a_slot_holds_the_newest_frame_and_forgets_on_request() {
        let slot = FrameSlot::new();
        assert_eq!(slot.latest(), None);
        slot.put(1, 1, Bytes::from_static(&[1, 2, 3, 255]));
        slot.put(1, 1, Bytes::from_static(&[4, 5, 6, 255]));
        let frame = slot.latest().unwrap();
        assert_eq!((frame.sequence, &frame.rgba[..3]), (2, &[4u8, 5, 6][..]));
        slot.clear();
        assert_eq!(slot.latest(), None);
    }

    #[test]
    fn the_wish_of_the_screen_reaches_the_pipeline() {
        let slot = FrameSlot::new();
        assert_eq!(slot.wanted(), Want::Native);
        slot.place(Place::Clear(AREA));
        assert_eq!(
            slot.wanted(),
            Want::Fit {
                width: 960,
                height: 720
            }
        );
        slot.place(Place::Clear(Area { width: 0, ..AREA }));
        assert_eq!(slot.wanted(), Want::Nothing);
        slot.place(Place::Nowhere);
        assert_eq!(slot.wanted(), Want::Nothing);
    }

    const AREA: Area = Area {
        x: 60,
        y: 112,
        width: 960,
        height: 720,
        scale: 120,
    };

    #[tokio::test]
    async fn a_surface_takes_the_frames_and_the_interface_hears_of_the_first_and_the_last_alone() {
        let slot = FrameSlot::new();
        let woken = async || {
            let moment = std::time::Duration::from_millis(20);
            tokio::time::timeout(moment, slot.changed()).await.is_ok()
        };
        let put = || slot.put(1, 1, Bytes::from_static(&[0; 4]));
        let (bell, rings) = std::sync::mpsc::sync_channel(1);
        slot.place(Place::Clear(AREA));
        slot.hang(move || {
            let _ = bell.try_send(());
        });
        assert!(woken().await && rings.try_recv().is_ok(), "it hangs");
        put();
        assert!(woken().await && rings.try_recv().is_ok(), "the first frame");
        put();
        assert!(!woken().await && rings.try_recv().is_ok(), "any other frame");
        assert_eq!(
            slot.on_surface().map(|(frame, area)| (frame.sequence, area)),
            Some((2, AREA))
        );
        slot.place(Place::Under(AREA));
        assert!(rings.try_recv().is_ok(), "something lies over it");
        assert_eq!(slot.on_surface(), None);
        put();
        assert!(woken().await, "now the interface draws it");
        slot.place(Place::Clear(AREA));
        slot.clear();
        assert!(woken().await && rings.try_recv().is_ok(), "no picture any more");
        assert_eq!(slot.on_surface(), None);
        put();
        slot.take_down();
        assert!(woken().await && !slot.is_on_surface());
        put();
        assert!(woken().await, "the surface is gone");
    }

    #[tokio::test]
    async fn one_wake_up_serves_both_pictures() {
        let pictures = Pictures::new();
        pictures.own.put(1, 1, Bytes::from_static(&[0; 4]));
        pictures.remote.put(1, 1, Bytes::from_static(&[0; 4]));
        pictures.changed().await;
        let again = tokio::time::timeout(std::time::Duration::from_millis(20), pictures.changed()).await;
        assert!(again.is_err(), "both frames were one change");
    }

    #[tokio::test(start_paused = true)]
    async fn own_picture_waits_for_the_remote_one_but_not_for_long() {
        let pictures = Pictures::new();
        let pixel = || Bytes::from_static(&[0; 4]);
        let mut redraws = Redraws::of(pictures.clone());
        let start = tokio::time::Instant::now();
        pictures.own.put(1, 1, pixel());
        redraws.next().await;
        pictures.remote.put(1, 1, pixel());
        redraws.next().await;
        assert_eq!(
            start.elapsed(),
            Duration::ZERO,
            "a first picture of either side is drawn at once"
        );
        pictures.own.put(1, 1, pixel());
        redraws.next().await;
        assert_eq!(
            start.elapsed(),
            TOGETHER,
            "a remote picture that stands still does not stop own picture"
        );
    }
}
