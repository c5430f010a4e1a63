//! A sign clip from a file, shown when somebody wants it.
//!
//! ```text
//! filesrc ! decodebin(video alone) ! videoconvert ! videoflip(as the camera was held) ! appsink ─▶ scaled RGBA ─▶ slot
//! ```
//!
//! There is no sound: a clip says everything with hands, the visitor does not hear it, and a room full of other people
//! shall not. A file's sound is not even decoded.
//!
//! Decoders come by their rank, hardware first. Opening shows the first frame and waits. What a clip shall do is said as
//! a whole ([`Wish`]), as often as one likes; what it does is told as a [`State`]. **Invariant:** when [`Clip`] is
//! dropped nothing of it is painted any more, and its slot is empty. One thread owns the pipeline: seeking from a
//! thread of the pipeline itself would wait for itself, and opening a file must keep nobody waiting.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use super::error::MediaError;
use super::frame::FrameSlot;
use super::paint::{Painter, Side};
use super::pipeline::{Running, element, sentence, set};

/// How fast a slow clip goes: hands are read well, and it does not take twice as long.
pub const SLOW: f64 = 0.75;

/// Progress is looked at this often while a clip plays.
const LOOK: Duration = Duration::from_millis(100);

/// A clip that should move and has not for so long has failed, whatever the reason.
const STUCK: Duration = Duration::from_secs(10);

/// What somebody wants of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Goes round and round without a gap.
    Loop,
    Once {
        plays: bool,
        slow: bool,
        /// Counts how often it was begun anew; another number than before begins it anew.
        round: u32,
    },
}

impl Wish {
    fn plays(self) -> bool {
        matches!(self, Wish::Loop | Wish::Once { plays: true, .. })
    }

    fn rate(self) -> f64 {
        match self {
            Wish::Once { slow: true, .. } => SLOW,
            Wish::Loop | Wish::Once { .. } => 1.0,
        }
    }

    fn round(self) -> u32 {
        match self {
            Wish::Loop => 0,
            Wish::Once { round, .. } => round,
        }
    }
}

/// What a clip does.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// The first frame is on its way.
    Opening,
    Playing(Progress),
    Paused(Progress),
    /// It has said everything of that round; its last frame stays.
    Ended {
        round: u32,
        progress: Progress,
    },
    /// It cannot be shown: the file is broken, or nothing here decodes it.
    Failed(MediaError),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub at: Duration,
    /// Of the whole clip, at its own speed; zero when the file does not say.
    pub length: Duration,
}

impl Progress {
    /// 0 to 1.
    pub fn share(self) -> f32 {
        if self.length.is_zero() {
            0.0
        } else {
            (self.at.as_secs_f32() / self.length.as_secs_f32()).clamp(0.0, 1.0)
        }
    }
}

/// One clip, until dropped.
pub struct Clip {
    events: Sender<Event>,
    canvas: Arc<Canvas>,
}

/// What the clip's thread hears.
enum Event {
    Wish(Wish),
    /// The screen has another place for the picture.
    Placed,
    /// The first frame after opening or seeking is there.
    Ready,
    RoundDone,
    Ended,
    Failed(String),
    Close,
}

impl Clip {
    /// Opens the file and shows its first frame in `slot`. `report` is told every change, on the clip's own thread.
    pub fn open(
        path: &Path,
        slot: FrameSlot,
        wish: Wish,
        report: impl Fn(State) + Send + 'static,
    ) -> Result<Self, MediaError> {
        super::init()?;
        let (events, heard) = channel();
        let placed = events.clone();
        // The thread hears nothing more when the clip is closed, and then nobody needs to tell it.
        slot.watch(move || drop(placed.send(Event::Placed)));
        let canvas = Arc::new(Canvas::new(slot));
        let running = chain(path, &canvas)?;
        let told = events.clone();
        running.listen(move |message| drop(event(message).map(|event| told.send(event))));
        let showing = Showing::new(running, canvas.clone(), wish, Box::new(report));
        std::thread::Builder::new()
            .name("clip".into())
            .spawn(move || showing.run(&heard))
            .map_err(|_| MediaError::Thread("a clip"))?;
        Ok(Self { events, canvas })
    }

    /// Says anew what the clip shall do.
    pub fn wish(&self, wish: Wish) {
        // The thread of a clip that has failed may be gone.
        drop(self.events.send(Event::Wish(wish)));
    }
}

impl Drop for Clip {
    fn drop(&mut self) {
        self.canvas.close();
        drop(self.events.send(Event::Close));
    }
}

/// What the clip's thread knows.
struct Showing {
    running: Running,
    canvas: Arc<Canvas>,
    wish: Wish,
    stage: Stage,
    /// It is being wound, and an end that is told before that is done is of what was before.
    winds: bool,
    progress: Progress,
    /// When it was last seen to move, or had no reason to.
    moved: Instant,
    told: Option<State>,
    report: Box<dyn Fn(State) + Send>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Opening,
    /// Plays or pauses, as it is wished.
    Open,
    Ended,
}

/// What of the pipeline's news the clip's thread hears.
fn event(message: &gst::Message) -> Option<Event> {
    use gst::MessageView::{AsyncDone, Eos, Error, SegmentDone};
    match message.view() {
        AsyncDone(_) => Some(Event::Ready),
        SegmentDone(_) => Some(Event::RoundDone),
        Eos(_) => Some(Event::Ended),
        Error(error) => Some(Event::Failed(sentence(error))),
        _ => None,
    }
}

impl Showing {
    fn new(running: Running, canvas: Arc<Canvas>, wish: Wish, report: Box<dyn Fn(State) + Send>) -> Self {
        Self {
            running,
            canvas,
            wish,
            stage: Stage::Opening,
            winds: false,
            progress: Progress {
                at: Duration::ZERO,
                length: Duration::ZERO,
            },
            moved: Instant::now(),
            told: None,
            report,
        }
    }

    fn run(mut self, events: &Receiver<Event>) {
        let mut done = self.begin();
        while done.is_ok() {
            // What rests is not looked at.
            let event = if self.moves() {
                events.recv_timeout(LOOK)
            } else {
                events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            done = match event {
                Ok(Event::Close) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Event::Wish(wish)) => self.wish(wish),
                Ok(Event::Placed) => {
                    self.canvas.show_again();
                    Ok(())
                }
                Ok(Event::Ready) => self.ready(),
                Ok(Event::RoundDone) => self.seek(gst::SeekFlags::SEGMENT, Duration::ZERO),
                Ok(Event::Ended) if self.winds => Ok(()),
                Ok(Event::Ended) => self.ended(),
                Ok(Event::Failed(reason)) => Err(self.running.error(reason)),
                Err(RecvTimeoutError::Timeout) => self.look(),
            };
        }
        if let Err(error) = done {
            self.running.stop();
            (self.report)(State::Failed(error));
        }
    }

    fn begin(&mut self) -> Result<(), MediaError> {
        self.tell();
        self.state(gst::State::Paused)
    }

    fn ready(&mut self) -> Result<(), MediaError> {
        self.winds = false;
        if self.stage == Stage::Opening {
            self.stage = Stage::Open;
            let length = self.running.pipeline.query_duration::<gst::ClockTime>();
            self.progress.length = length.map_or(Duration::ZERO, Into::into);
            // The first frame is seen already; seeking now costs nobody time.
            if self.wish == Wish::Loop || self.wish.rate() != 1.0 {
                self.seek(gst::SeekFlags::FLUSH, Duration::ZERO)?;
            }
            if self.wish.plays() {
                self.state(gst::State::Playing)?;
            }
        }
        self.moved = Instant::now();
        self.tell();
        Ok(())
    }

    fn wish(&mut self, wish: Wish) -> Result<(), MediaError> {
        let before = std::mem::replace(&mut self.wish, wish);
        if self.stage == Stage::Opening || before == wish {
            return Ok(());
        }
        let begins = wish.plays() && !before.plays();
        if wish.round() != before.round() || (begins && self.stage == Stage::Ended) {
            self.stage = Stage::Open;
            self.progress.at = Duration::ZERO;
            self.seek(gst::SeekFlags::FLUSH, Duration::ZERO)?;
        } else if wish.rate() != before.rate() && self.stage != Stage::Ended {
            self.measure();
            self.seek(gst::SeekFlags::FLUSH, self.progress.at)?;
        }
        let state = if wish.plays() {
            gst::State::Playing
        } else {
            gst::State::Paused
        };
        self.state(state)?;
        self.moved = Instant::now();
        self.measure();
        self.tell();
        Ok(())
    }

    fn ended(&mut self) -> Result<(), MediaError> {
        if self.wish == Wish::Loop {
            // A file that cannot be played by segments goes round with a short halt.
            return self.seek(gst::SeekFlags::FLUSH, Duration::ZERO);
        }
        self.stage = Stage::Ended;
        self.progress.at = self.progress.length;
        self.tell();
        Ok(())
    }

    fn look(&mut self) -> Result<(), MediaError> {
        if self.measure() {
            self.moved = Instant::now();
        } else if self.moved.elapsed() > STUCK {
            return Err(self.running.error("it stands still"));
        }
        self.tell();
        Ok(())
    }

    fn moves(&self) -> bool {
        match self.stage {
            Stage::Opening => true,
            Stage::Open => self.wish.plays(),
            Stage::Ended => false,
        }
    }

    /// Whether it has moved.
    fn measure(&mut self) -> bool {
        let at = self.running.pipeline.query_position::<gst::ClockTime>();
        let at = at.map_or(self.progress.at, Into::into);
        std::mem::replace(&mut self.progress.at, at) != at
    }

    fn seek(&mut self, flags: gst::SeekFlags, to: Duration) -> Result<(), MediaError> {
        self.winds |= flags.contains(gst::SeekFlags::FLUSH);
        let mut flags = flags | gst::SeekFlags::ACCURATE;
        if self.wish == Wish::Loop {
            flags |= gst::SeekFlags::SEGMENT;
        }
        let to = gst::ClockTime::from_nseconds(u64::try_from(to.as_nanos()).unwrap_or(0));
        let (from, until) = (gst::SeekType::Set, gst::SeekType::None);
        let sought =
            self.running
                .pipeline
                .seek(self.wish.rate(), flags, from, to, until, gst::ClockTime::NONE);
        sought.map_err(|_| self.running.error("it cannot be wound"))
    }

    fn state(&self, state: gst::State) -> Result<(), MediaError> {
        let changed = self.running.pipeline.set_state(state);
        changed.map(|_| ()).map_err(|error| self.running.error(error))
    }

    fn tell(&mut self) {
        let state = match (self.stage, self.wish.plays()) {
            (Stage::Opening, _) => State::Opening,
            (Stage::Open, true) => State::Playing(self.progress),
            (Stage::Open, false) => State::Paused(self.progress),
            (Stage::Ended, _) => State::Ended {
                round: self.wish.round(),
                progress: self.progress,
            },
        };
        if self.told.as_ref() != Some(&state) {
            (self.report)(state.clone());
            self.told = Some(state);
        }
    }
}

/// Paints each frame as it comes, and the last one again when its place has changed.
struct Canvas {
    /// None: the clip is closed.
    brush: Mutex<Option<Brush>>,
    slot: FrameSlot,
}

struct Brush {
    painter: Painter,
    shown: Option<gst::Sample>,
}

impl Canvas {
    fn new(slot: FrameSlot) -> Self {
        let painter = Painter::new(slot.clone(), Side::AsSeen);
        Self {
            brush: Mutex::new(Some(Brush { painter, shown: None })),
            slot,
        }
    }

    fn brush(&self) -> MutexGuard<'_, Option<Brush>> {
        self.brush.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, sample: gst::Sample) -> Result<gst::FlowSuccess, gst::FlowError> {
        if let Some(brush) = &mut *self.brush() {
            brush.painter.paint(&sample)?;
            brush.shown = Some(sample);
        }
        Ok(gst::FlowSuccess::Ok)
    }

    fn show_again(&self) {
        if let Some(Brush {
            painter,
            shown: Some(sample),
        }) = &mut *self.brush()
        {
            // It was painted before, so it can be again.
            let _ = painter.paint(sample);
        }
    }

    fn close(&self) {
        let mut brush = self.brush();
        *brush = None;
        // Before the next clip watches the same slot.
        self.slot.unwatch();
        self.slot.clear();
    }
}

fn chain(path: &Path, canvas: &Arc<Canvas>) -> Result<Running, MediaError> {
    let running = Running::new("clip");
    let source = element("filesrc")?;
    source.set_property("location", path);
    let decoder = element("decodebin")?;
    decoder.set_property("expose-all-streams", false);
    let video = gst::Caps::builder("video/x-raw").any_features().build();
    decoder.set_property("caps", &video);
    running.chain(&[&source, &decoder])?;
    let convert = element("videoconvert")?;
    let turn = element("videoflip")?;
    set(&turn, &[("video-direction", "auto")]);
    let sink = gst_app::AppSink::builder()
        .caps(&gst::Caps::new_empty_simple("video/x-raw"))
        .sync(true)
        .qos(true)
        .max_buffers(1)
        .build();
    let (first, next) = (canvas.clone(), canvas.clone());
    sink.set_callbacks(
        gst_app::AppSinkCallbacks::builder()
            .new_preroll(move |sink| first.show(sink.pull_preroll().map_err(|_| gst::FlowError::Eos)?))
            .new_sample(move |sink| next.show(sink.pull_sample().map_err(|_| gst::FlowError::Eos)?))
            .build(),
    );
    running.chain(&[&convert, &turn, sink.upcast_ref()])?;
    let entry = convert.static_pad("sink").expect("a converter has a sink pad");
    let entry = entry.downgrade();
    decoder.connect_pad_added(move |_, pad| {
        if let Some(entry) = entry.upgrade().filter(|entry| !entry.is_linked()) {
            // Of two pictures in one file the first is shown.
            let _ = pad.link(&entry);
        }
    });
    Ok(running)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    /// One second at 25 frames.
    fn written(folder: &tempfile::TempDir) -> std::path::PathBuf {
        crate::media::init().unwrap();
        let path = folder.path().join("clip.webm");
        let line = format!(
            "videotestsrc num-buffers=25 ! video/x-raw,width=64,height=48,framerate=25/1 \
             ! vp8enc deadline=1 keyframe-max-dist=5 ! webmmux ! filesink location={}",
            path.display()
        );
        let writing = gst::parse::launch(&line).unwrap();
        writing.set_state(gst::State::Playing).unwrap();
        let end = writing.bus().unwrap().timed_pop_filtered(
            gst::ClockTime::from_seconds(10),
            &[gst::MessageType::Eos, gst::MessageType::Error],
        );
        writing.set_state(gst::State::Null).unwrap();
        assert_eq!(end.unwrap().type_(), gst::MessageType::Eos);
        path
    }

    fn once(plays: bool, round: u32) -> Wish {
        Wish::Once {
            plays,
            slow: false,
            round,
        }
    }

    #[test]
    fn an_end_of_before_does_not_end_the_round_that_was_just_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(&folder);
        let (tell, told) = channel();
        let report = move |state| drop(tell.send(state));
        let clip = Clip::open(&path, FrameSlot::new(), once(false, 0), report).unwrap();
        while !matches!(told.recv_timeout(PATIENCE).unwrap(), State::Paused(_)) {}
        // As if the end had come while the visitor touched «Again».
        clip.wish(once(true, 1));
        clip.events.send(Event::Ended).unwrap();
        let mut farthest = Duration::ZERO;
        loop {
            match told.recv_timeout(PATIENCE).unwrap() {
                State::Ended { round, .. } => {
                    assert_eq!(round, 1);
                    break;
                }
                State::Playing(Progress { at, .. }) => farthest = farthest.max(at),
                state => panic!("{state:?}"),
            }
        }
        assert!(
            farthest > Duration::from_millis(500),
            "it ended after {farthest:?}"
        );
    }

    #[test]
    fn a_loop_is_joined_by_segments_and_never_ends() {
        let folder = tempfile::tempdir().unwrap();
        let canvas = Arc::new(Canvas::new(FrameSlot::new()));
        let running = chain(&written(&folder), &canvas).unwrap();
        let (events, heard) = channel();
        let (note, noted) = channel();
        let told = events.clone();
        running.listen(move |message| {
            if let Some(event) = event(message) {
                let _ = note.send(matches!(event, Event::Ended));
                drop(told.send(event));
            }
        });
        let showing = Showing::new(running, canvas, Wish::Loop, Box::new(|_| {}));
        let thread = std::thread::spawn(move || showing.run(&heard));
        // Twice ready, and two rounds.
        for _ in 0..4 {
            let ended = noted.recv_timeout(PATIENCE).unwrap();
            assert!(!ended, "the picture halts where a loop ends");
        }
        events.send(Event::Close).unwrap();
        thread.join().unwrap();
    }

    #[test]
    fn nothing_is_painted_of_a_clip_that_is_closed() {
        crate::media::init().unwrap();
        let slot = FrameSlot::new();
        let canvas = Canvas::new(slot.clone());
        let caps = gst::Caps::builder("video/x-raw")
            .field("format", "RGB")
            .field("width", 4i32)
            .field("height", 1i32)
            .field("framerate", gst::Fraction::new(25, 1))
            .build();
        let buffer = gst::Buffer::from_mut_slice(vec![90u8; 12]);
        let sample = gst::Sample::builder().caps(&caps).buffer(&buffer).build();
        canvas.show(sample.clone()).unwrap();
        assert!(slot.latest().is_some());
        canvas.close();
        assert_eq!(slot.latest(), None);
        canvas.show(sample).unwrap();
        canvas.show_again();
        assert_eq!(slot.latest(), None);
    }
}
