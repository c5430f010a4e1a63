//! The latest-frame slot between a pipeline and a screen.
//!
//! A pipeline puts, a screen looks; a frame that nobody looked at in time is replaced, never queued. The screen
//! says how many physical pixels it has ([`FrameSlot::want`]), the pipeline scales to that, and the screen draws
//! 1:1. One wake-up serves both slots of [`Pictures`], so one redraw shows both.

use std::sync::atomic::{AtomicU64, Ordering};
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

#[derive(Debug, Default)]
struct Shelf {
    latest: Option<Frame>,
    sequence: u64,
}

#[derive(Debug)]
struct Inner {
    shelf: Mutex<Shelf>,
    /// Width in the upper, height in the lower half; all ones: nobody said.
    want: AtomicU64,
    changed: Arc<Notify>,
}

const UNSAID: u64 = u64::MAX;

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
            want: AtomicU64::new(UNSAID),
            changed,
        }))
    }

    /// Replaces the frame. `rgba` is `width × height × 4` bytes.
    pub fn put(&self, width: u32, height: u32, rgba: Bytes) {
        debug_assert_eq!(rgba.len(), width as usize * height as usize * 4);
        {
            let mut shelf = self.shelf();
            shelf.sequence += 1;
            let sequence = shelf.sequence;
            shelf.latest = Some(Frame {
                width,
                height,
                rgba,
                sequence,
            });
        }
        self.0.changed.notify_one();
    }

    /// The newest frame; cheap, the pixels are shared.
    pub fn latest(&self) -> Option<Frame> {
        self.shelf().latest.clone()
    }

    /// Forgets the picture, so that nobody's face stays behind.
    pub fn clear(&self) {
        self.shelf().latest = None;
        self.0.changed.notify_one();
    }

    /// The screen says how many physical pixels it has; zero: the picture is not shown and need not be made.
    pub fn want(&self, width: u32, height: u32) {
        self.0
            .want
            .store(u64::from(width) << 32 | u64::from(height), Ordering::Relaxed);
    }

    /// What the screen asked for last.
    pub fn wanted(&self) -> Want {
        match self.0.want.load(Ordering::Relaxed) {
            UNSAID => Want::Native,
            want => match ((want >> 32) as u32, want as u32) {
                (0, _) | (_, 0) => Want::Nothing,
                (width, height) => Want::Fit { width, height },
            },
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

/// The two pictures of a call. Clones share them.
#[derive(Debug, Clone)]
pub struct Pictures {
    /// What the visitor's camera sees, mirrored.
    pub own: FrameSlot,
    pub remote: FrameSlot,
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
            changed,
        }
    }

    /// Waits until either picture is put or cleared; what happened between two waits counts once. One waiter at a time.
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
        slot.want(960, 720);
        assert_eq!(
            slot.wanted(),
            Want::Fit {
                width: 960,
                height: 720
            }
        );
        slot.want(0, 720);
        assert_eq!(slot.wanted(), Want::Nothing);
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
