//! Where own picture comes from: a V4L2 device, a file that stands in for one, or a moving drawing.
//!
//! ```text
//! device:    v4l2src ! caps(mode) [! jpegdec] ┐
//! file:      filesrc ! decodebin, or Y4M read │
//!            by ourselves                     ├ ! videorate(≤ 30) ! videoconvertscale ! I420 ≤ 1280 ! appsink ─▶ watchers
//! generated: videotestsrc(640×480@30)         ┘
//!
//! a watcher: appsrc(1 frame, leaky) ! appsink ─▶ mirrored RGBA ─▶ own slot          (self-view, one a camera)
//!            appsrc(1 frame, leaky) ! … encoder …                                   (one a VideoSender)
//! ```
//!
//! Frames reach the watchers through pipelines of their own and share their pixels, so that the camera can be swapped
//! and an encoder restarted without either touching the other. One thread supervises: it loops a file, notices a
//! device that is pulled out or falls silent, shows the drawing instead, and looks for the device again every 2 s.
//! For a still a device is opened anew in its sharpest mode: own picture and the sent one stand still for a second or
//! two meanwhile, because V4L2 changes the mode of no camera that streams. A device without a sharper mode, a file and
//! the drawing give the next frame there is, 1280 pixels at most.
//!
//! The one invariant: at any time exactly one source, the current one, reaches the watchers.

mod mode;
mod source;
mod y4m;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use gstreamer as gst;
use gstreamer_app as gst_app;

use super::error::MediaError;
use super::frame::FrameSlot;
use super::paint::{self, Painter, Side};
use super::pipeline::Running;
use super::still::{self, Still};
use mode::Mode;
use source::{Happened, Source};

/// How often an absent device is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a source may take to its first frame, and a device to its next one.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a camera may take to its still, with closing and opening around it.
const STILL_PATIENCE: Duration = Duration::from_secs(10);

/// What the configuration asks for: `auto`, `generated`, `/dev/video0`, `file:PATH`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CameraChoice {
    /// The first V4L2 capture device, the drawing while there is none.
    #[default]
    Auto,
    /// This V4L2 device, the drawing while it is absent.
    Device(PathBuf),
    /// A video file, looped at its own rate; the drawing while it cannot be read.
    File(PathBuf),
    Generated,
}

impl FromStr for CameraChoice {
    type Err = MediaError;

    fn from_str(text: &str) -> Result<Self, MediaError> {
        match text {
            "auto" => Ok(Self::Auto),
            "generated" => Ok(Self::Generated),
            device if device.starts_with("/dev/") => Ok(Self::Device(device.into())),
            other => match other.strip_prefix("file:") {
                Some(path) if !path.is_empty() => Ok(Self::File(path.into())),
                _ => Err(MediaError::CameraName(other.to_owned())),
            },
        }
    }
}

/// What is shown and sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraState {
    Device,
    File,
    Generated,
}

/// A running camera. Dropping it closes the device.
pub struct Camera {
    hub: Arc<Hub>,
    events: Sender<Event>,
    supervisor: Option<JoinHandle<()>>,
    view: Running,
    _viewing: Watching,
    own: FrameSlot,
}

impl Camera {
    /// Starts to open the camera and returns at once. `changed` is told, on the supervisor's thread, what is shown as
    /// soon as it gave its first frame (a device has 3 s for that, then the drawing takes its place), and of every
    /// change after that.
    pub fn start(
        choice: &CameraChoice,
        own: FrameSlot,
        changed: impl Fn(CameraState) + Send + Sync + 'static,
    ) -> Result<Camera, MediaError> {
        super::init()?;
        let hub = Arc::new(Hub::default());
        let (view, viewing) = self_view(&hub, own.clone())?;
        let (events, inbox) = mpsc::channel();
        let supervisor = Supervisor {
            choice: choice.clone(),
            hub: hub.clone(),
            events: events.clone(),
            runs: 0,
            shown: None,
            look_at: None,
            asked: Vec::new(),
        };
        let thread = std::thread::Builder::new()
            .name("camera".into())
            .spawn(move || supervisor.watch(&inbox, &changed))
            .map_err(|_| MediaError::Thread("the camera"))?;
        Ok(Camera {
            hub,
            events,
            supervisor: Some(thread),
            view,
            _viewing: viewing,
            own,
        })
    }

    /// Asks for a still of what the camera sees, as sharp as it gives it. The answer waits for it, for seconds, and keeps
    /// nobody from closing the camera meanwhile: then there is none, at once.
    pub fn still(&self) -> impl FnOnce() -> Result<Still, MediaError> + Send + use<> {
        let (answer, picture) = mpsc::channel();
        // Without a supervisor nobody answers, and that is heard.
        let _ = self.events.send(Event::Still(answer));
        move || {
            let sample = picture.recv_timeout(STILL_PATIENCE);
            still::of(&sample.map_err(|_| MediaError::NoStill)?)
        }
    }

    /// Calls `watcher` with every frame (I420, no side over 1280 pixels) until the answer is dropped. Must not block.
    pub(super) fn watch(&self, watcher: impl Fn(&gst::Sample) + Send + Sync + 'static) -> Watching {
        Hub::watch(&self.hub, watcher)
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        let _ = self.events.send(Event::Stop);
        if let Some(thread) = self.supervisor.take() {
            let _ = thread.join();
        }
        // Nothing may be painted after the slot was wiped.
        self.view.stop();
        self.own.clear();
    }
}

/// ```text
/// appsrc(1 frame, leaky) ! appsink ─▶ mirrored RGBA ─▶ own slot
/// ```
fn self_view(hub: &Arc<Hub>, own: FrameSlot) -> Result<(Running, Watching), MediaError> {
    use gst::prelude::*;
    let running = Running::new("self-view");
    let source = gst_app::AppSrc::builder()
        .is_live(true)
        .format(gst::Format::Time)
        .max_buffers(1)
        .max_bytes(0)
        .leaky_type(gst_app::AppLeakyType::Downstream)
        .build();
    let sink = paint::sink(Painter::new(own, Side::Mirrored));
    running.chain(&[source.upcast_ref(), sink.upcast_ref()])?;
    running.listen(|_| {});
    running.play()?;
    let viewing = Hub::watch(hub, move |sample| {
        // Fails only while the pipeline stops.
        let _ = source.push_sample(sample);
    });
    Ok((running, viewing))
}

type Watcher = Arc<dyn Fn(&gst::Sample) + Send + Sync>;

/// Hands the current source's frames to whoever watches.
struct Hub {
    watchers: Mutex<Vec<(u64, Watcher)>>,
    next: AtomicU64,
    /// The run whose frames count.
    current: AtomicU64,
    last_frame: Mutex<Instant>,
    /// Who waits for the next frame, whichever it is.
    stills: Mutex<Vec<Sender<gst::Sample>>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            watchers: Mutex::default(),
            next: AtomicU64::new(1),
            current: AtomicU64::new(0),
            last_frame: Mutex::new(Instant::now()),
            stills: Mutex::default(),
        }
    }
}

impl Hub {
    fn watch(hub: &Arc<Hub>, watcher: impl Fn(&gst::Sample) + Send + Sync + 'static) -> Watching {
        let ticket = hub.next.fetch_add(1, Ordering::Relaxed);
        hub.watchers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((ticket, Arc::new(watcher)));
        Watching {
            hub: hub.clone(),
            ticket,
        }
    }

    fn publish(&self, run: u64, sample: &gst::Sample) {
        if self.current.load(Ordering::Acquire) != run {
            return;
        }
        *self.last_frame.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let watchers = self
            .watchers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for (_, watcher) in watchers {
            watcher(sample);
        }
        for still in self.stills().drain(..) {
            // Who asked may have given up meanwhile.
            let _ = still.send(sample.clone());
        }
    }

    fn stills(&self) -> MutexGuard<'_, Vec<Sender<gst::Sample>>> {
        self.stills.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn silent_for(&self) -> Duration {
        self.last_frame
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed()
    }
}

/// While this lives, its watcher sees the camera.
pub(super) struct Watching {
    hub: Arc<Hub>,
    ticket: u64,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut watchers = self.hub.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|(ticket, _)| *ticket != self.ticket);
    }
}

#[derive(Debug)]
enum Event {
    Source {
        run: u64,
        happened: Happened,
    },
    /// A still is wanted.
    Still(Sender<gst::Sample>),
    Stop,
}

/// Owns the source that is shown and decides which one that is.
struct Supervisor {
    choice: CameraChoice,
    hub: Arc<Hub>,
    events: Sender<Event>,
    runs: u64,
    shown: Option<Shown>,
    /// When to look for the chosen source; none while it is the one shown.
    look_at: Option<Instant>,
    /// Who asked for a still while no source was shown.
    asked: Vec<Sender<gst::Sample>>,
}

struct Shown {
    run: u64,
    source: Source,
    state: CameraState,
    device: Option<Device>,
}

#[derive(Clone)]
struct Device {
    path: PathBuf,
    /// Of a still, if any is sharper than what is passed on.
    sharper: Option<Mode>,
}

impl Supervisor {
    /// Shows the chosen source, or the drawing and a later look.
    fn open(&mut self, inbox: &Receiver<Event>) {
        if !self.open_chosen(inbox) {
            self.open_drawing(inbox);
        }
    }

    fn open_drawing(&mut self, inbox: &Receiver<Event>) {
        let drawn = self.show(CameraState::Generated, inbox, source::generated);
        if let Err(error) = &drawn
            && !matches!(error, MediaError::Closing)
        {
            tracing::error!(%error, "not even the drawing can be shown");
        }
        let shown_for_good = drawn.is_ok() && self.choice == CameraChoice::Generated;
        self.look_at = (!shown_for_good).then(|| Instant::now() + LOOK_EVERY);
    }

    fn open_chosen(&mut self, inbox: &Receiver<Event>) -> bool {
        let opened = match self.choice.clone() {
            CameraChoice::Generated => false,
            CameraChoice::File(path) => self.open_file(&path, inbox),
            CameraChoice::Device(path) => self.open_device(path, inbox),
            CameraChoice::Auto => mode::nodes()
                .into_iter()
                .any(|path| self.open_device(path, inbox)),
        };
        if opened {
            self.look_at = None;
        }
        opened
    }

    fn open_file(&mut self, path: &Path, inbox: &Receiver<Event>) -> bool {
        let shown = match y4m::Y4m::open(path) {
            Ok(Some(video)) => self.show(CameraState::File, inbox, |events| {
                source::uncompressed(video, events)
            }),
            Ok(None) => self.show(CameraState::File, inbox, |events| source::file(path, events)),
            Err(_) => return false,
        };
        if let Err(error) = &shown {
            tracing::debug!(%error, "the camera's file does not play");
        }
        shown.is_ok()
    }

    fn open_device(&mut self, path: PathBuf, inbox: &Receiver<Event>) -> bool {
        let Some((mode, sharper)) = mode::of_device(&path) else {
            return false;
        };
        let opened = self.show(CameraState::Device, inbox, |events| {
            source::device(&path, &mode, events)
        });
        if let (Ok(()), Some(shown)) = (&opened, &mut self.shown) {
            shown.device = Some(Device { path, sharper });
        }
        opened.is_ok()
    }

    /// Answers with one picture in the sharpest mode, or else with the next frame. The camera streams again when this
    /// returns, unless it is being closed.
    fn still(&mut self, answer: Sender<gst::Sample>, inbox: &Receiver<Event>) {
        let device = self.shown.as_ref().and_then(|shown| shown.device.clone());
        let Some((path, mode)) = device.and_then(|device| Some((device.path, device.sharper?))) else {
            self.hub.stills().push(answer);
            return;
        };
        // No camera changes its mode while it streams.
        self.shown = None;
        match source::still(&path, &mode, || self.is_closing(inbox)) {
            // Who asked may have given up meanwhile.
            Ok(sample) => drop(answer.send(sample)),
            Err(MediaError::Closing) => return,
            Err(error) => {
                tracing::warn!(%error, "no sharper still");
                self.hub.stills().push(answer);
            }
        }
        if !self.open_device(path, inbox) {
            self.open(inbox);
        }
    }

    /// Looks into the inbox while no source is shown, and keeps what is for later.
    fn is_closing(&mut self, inbox: &Receiver<Event>) -> bool {
        loop {
            match inbox.try_recv() {
                Ok(Event::Stop) => {
                    let _ = self.events.send(Event::Stop);
                    return true;
                }
                Ok(Event::Still(answer)) => self.asked.push(answer),
                // Of a source that is gone.
                Ok(Event::Source { .. }) => {}
                Err(_) => return false,
            }
        }
    }

    /// Starts a source beside the one shown, and lets it take over with its first frame.
    fn show(
        &mut self,
        state: CameraState,
        inbox: &Receiver<Event>,
        build: impl FnOnce(source::Reporter) -> Result<Source, MediaError>,
    ) -> Result<(), MediaError> {
        self.runs += 1;
        let run = self.runs;
        let events = self.events.clone();
        let hub = self.hub.clone();
        let source = build(source::Reporter {
            happened: Arc::new(move |happened| {
                // Nobody listens any more only when the camera is being closed.
                let _ = events.send(Event::Source { run, happened });
            }),
            frame: Arc::new(move |sample| hub.publish(run, sample)),
        })?;
        self.wait_for_first_frame(run, &source, inbox)?;
        *self.hub.last_frame.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.hub.current.store(run, Ordering::Release);
        self.shown = Some(Shown {
            run,
            source,
            state,
            device: None,
        });
        Ok(())
    }

    fn wait_for_first_frame(
        &mut self,
        run: u64,
        source: &Source,
        inbox: &Receiver<Event>,
    ) -> Result<(), MediaError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match inbox.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Event::Source { run: of, happened }) if of == run => match happened {
                    Happened::FirstFrame => return Ok(()),
                    Happened::Failed(reason) => return Err(source.error(reason)),
                    happened => source.answer(happened),
                },
                // The source shown so far may loop meanwhile.
                Ok(Event::Source { run: of, happened }) => match &self.shown {
                    Some(shown) if shown.run == of => shown.source.answer(happened),
                    _ => {}
                },
                Ok(Event::Stop) => {
                    let _ = self.events.send(Event::Stop);
                    return Err(MediaError::Closing);
                }
                // When there is a picture to take one of.
                Ok(Event::Still(answer)) => self.asked.push(answer),
                Err(_) => return Err(source.error("no frame came")),
            }
        }
    }

    /// Opens what was chosen and keeps a picture coming, until it is told to stop.
    fn watch(mut self, inbox: &Receiver<Event>, changed: &dyn Fn(CameraState)) {
        self.run(inbox, changed);
        // No frame comes any more.
        self.hub.stills().clear();
    }

    fn run(&mut self, inbox: &Receiver<Event>, changed: &dyn Fn(CameraState)) {
        let mut told = None;
        self.open(inbox);
        loop {
            for answer in std::mem::take(&mut self.asked) {
                self.still(answer, inbox);
            }
            match self.shown.as_ref().map(|shown| shown.state) {
                Some(state) if told != Some(state) => {
                    tracing::info!(?state, "the camera changed");
                    changed(state);
                    told = Some(state);
                }
                _ => {}
            }
            let lost = match inbox.recv_timeout(Duration::from_secs(1)) {
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Event::Source { run, happened }) => match (&self.shown, happened) {
                    (Some(shown), Happened::Failed(reason)) if shown.run == run => {
                        tracing::warn!(%reason, "the camera is gone; a drawing takes its place");
                        true
                    }
                    (Some(shown), happened) if shown.run == run => {
                        shown.source.answer(happened);
                        false
                    }
                    _ => false,
                },
                Ok(Event::Still(answer)) => {
                    self.still(answer, inbox);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => false,
            };
            if lost || self.hub.silent_for() > PATIENCE {
                self.shown = None;
                self.open_drawing(inbox);
            } else if self.look_at.is_some_and(|at| at <= Instant::now()) && !self.open_chosen(inbox) {
                self.look_at = Some(Instant::now() + LOOK_EVERY);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing() -> Camera {
        Camera::start(&CameraChoice::Generated, FrameSlot::new(), |_| {}).expect("a drawing needs nothing")
    }

    #[test]
    fn a_still_that_is_asked_for_before_the_first_frame_comes_after_it() {
        let camera = drawing();
        let (first, second) = (camera.still(), camera.still());
        assert!(first().is_ok());
        assert!(second().is_ok());
    }

    #[test]
    fn who_waits_for_a_still_keeps_no_camera_open_and_hears_of_its_end_at_once() {
        let camera = drawing();
        assert!(camera.still()().is_ok());
        let hub = camera.hub.clone();
        // No frame comes any more, and yet the camera is not closed.
        hub.current.store(u64::MAX, Ordering::Release);
        let asked = Instant::now();
        let still = camera.still();
        drop(camera);
        assert!(matches!(still(), Err(MediaError::NoStill)));
        assert!(asked.elapsed() < PATIENCE, "{:?}", asked.elapsed());
    }

    #[test]
    fn a_camera_is_named_in_four_ways() {
        let of = |text: &str| text.parse::<CameraChoice>().ok();
        assert_eq!(of("auto"), Some(CameraChoice::Auto));
        assert_eq!(of("generated"), Some(CameraChoice::Generated));
        assert_eq!(
            of("/dev/video2"),
            Some(CameraChoice::Device("/dev/video2".into()))
        );
        assert_eq!(
            of("file:clips/a b.mkv"),
            Some(CameraChoice::File("clips/a b.mkv".into()))
        );
        assert_eq!(of("file:"), None);
        assert_eq!(of("webcam"), None);
    }
}
