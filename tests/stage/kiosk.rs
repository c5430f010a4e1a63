//! The real kiosk in a real window, touched where its words are.
//!
//! A finger needs coordinates: they come from a second copy of the interface that is laid out in the test's own
//! process and walked along, so that a story names words and no pixels.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use zhest::call::view::{Talking, Unread};
use zhest::kiosk::driver::Update;
use zhest::media::frame::{FrameSlot, Pictures};

use super::display::Display;
use super::map::Map;
use super::relay::Relay;
use super::scene::{talk, talking};
use super::{Process, until};
use crate::picture_code::{self, Area, Code};

/// Text of two renderings of the same screen differs by less than this, of 255; another text by more.
const SAME: f64 = 5.3;

/// A few hundred milliseconds.
const LOOKS_BEFORE_LIFTING: u32 = 10;

/// What a person takes from one touch to the next.
const BETWEEN_TOUCHES: Duration = Duration::from_millis(900);

pub struct Kiosk {
    pub process: Process,
    pub map: Map,
    /// When the visitor last touched the glass.
    touched: Option<Instant>,
    display: Arc<Display>,
    folder: PathBuf,
    /// Where own and the remote picture may stand too.
    elsewhere: Vec<[Area; 2]>,
}

/// How a story wants its kiosk.
pub struct Fitting<'a> {
    pub camera: String,
    pub codec: Option<&'a str>,
    /// Puts the process into surroundings, as a sound room does.
    pub enter: &'a dyn Fn(&mut Command),
    /// Where it finds the relay, if not at the relay's own address.
    pub road: Option<String>,
}

impl Kiosk {
    pub fn start(folder: &Path, relay: &Relay, display: &Arc<Display>, fitting: &Fitting<'_>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhest-kiosk"));
        display
            .enter(&mut command)
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .arg("--relay")
            .arg(fitting.road.clone().unwrap_or_else(|| relay.socket_url()))
            .arg("--token-file")
            .arg(relay.token_file())
            .arg("--camera")
            .arg(&fitting.camera);
        if let Some(codec) = fitting.codec {
            command.args(["--codec", codec]);
        }
        (fitting.enter)(&mut command);
        Self {
            process: Process::start(&mut command, folder, "kiosk"),
            map: Map::new(display.width, display.height),
            touched: None,
            elsewhere: Vec::new(),
            display: display.clone(),
            folder: folder.to_owned(),
        }
    }

    /// The visitor reads these words on the glass.
    pub async fn reads(&self, words: &str) {
        let looks = Cell::new(0u32);
        until(
            &format!("the kiosk shows «{words}»"),
            Duration::from_secs(20),
            || async {
                let difference = self.map.difference(words, |area| {
                    self.display.read(area.x, area.y, area.width, area.height)
                });
                looks.set(looks.get() + 1);
                // Not at once: the touch before may not have been heard yet.
                if looks.get() == LOOKS_BEFORE_LIFTING {
                    self.display.lift();
                }
                (difference < SAME).then_some(())
            },
        )
        .await;
    }

    /// The visitor waits for these words and touches them; tells when the finger came down.
    pub async fn touch(&mut self, words: &str) -> Instant {
        self.reads(words).await;
        // A second strike at the same place is a trembling hand's: people take longer than that.
        let since = self.touched.map(|touched| touched.elapsed());
        if let Some(rest) = since.and_then(|since| BETWEEN_TOUCHES.checked_sub(since)) {
            tokio::time::sleep(rest).await;
        }
        let place = self.map.tap(words);
        let now = Instant::now();
        self.touched = Some(now);
        self.display.tap(place.x, place.y);
        now
    }

    /// The interface changed by something that happened, not by a touch.
    pub fn told(&mut self, update: Update) {
        self.map.told(update);
    }

    /// On a line too narrow for hands the keys come by themselves and go again, and the pictures make room: from now on
    /// they are looked for there too. In a call, before anything was pressed.
    pub fn expect_writing(&mut self) {
        const LONGEST_WORD_S: u32 = 10;
        for unread in [Some(Unread::Theirs), None] {
            self.map.told(talking(Talking { unread, ..talk() }));
            self.elsewhere.push(self.places());
        }
        for _ in 0..LONGEST_WORD_S {
            self.map.tick();
        }
    }

    /// Own and the remote picture.
    fn places(&self) -> [Area; 2] {
        [
            self.map.picture(|pictures| &pictures.own),
            self.map.picture(|pictures| &pictures.remote),
        ]
    }

    /// Every place of own picture, and of the remote one; the usual one first.
    pub fn all_places(&self) -> [Vec<Area>; 2] {
        let all = || std::iter::once(self.places()).chain(self.elsewhere.iter().copied());
        [
            all().map(|[own, _]| own).collect(),
            all().map(|[_, remote]| remote).collect(),
        ]
    }

    /// Waits for the first readable frame of the interpreter.
    pub fn first_frame(&self) {
        let mut eye = self.eye(|pictures| &pictures.remote);
        let deadline = Instant::now() + Duration::from_secs(20);
        while eye.look().is_none() {
            assert!(Instant::now() < deadline, "the interpreter's picture never comes");
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Reads the code of a picture on the glass, frame by frame, for a while.
    pub fn watch(&self, of: impl Fn(&Pictures) -> &FrameSlot, during: Duration) -> Vec<(SystemTime, Code)> {
        watch(self.eye(of), during)
    }

    /// The remote picture's, wherever it stands.
    pub fn watch_remote(&self, during: Duration) -> Vec<(SystemTime, Code)> {
        let [_, remote] = self.all_places();
        watch(Eye::over(&self.display, remote), during)
    }

    fn eye(&self, of: impl Fn(&Pictures) -> &FrameSlot) -> Eye<'_> {
        Eye::over(&self.display, vec![self.map.picture(of)])
    }
}

fn watch(mut eye: Eye<'_>, during: Duration) -> Vec<(SystemTime, Code)> {
    let mut seen: Vec<(SystemTime, Code)> = Vec::new();
    let until = Instant::now() + during;
    while Instant::now() < until {
        if let Some(code) = eye.look()
            && seen.last().is_none_or(|(_, last)| last.number != code.number)
        {
            seen.push((SystemTime::now(), code));
        }
        std::thread::sleep(LOOK_EVERY);
    }
    seen
}

/// Several times a frame, so that each is seen.
const LOOK_EVERY: Duration = Duration::from_millis(8);

/// Reads the code of one picture on the glass, wherever it stands.
pub struct Eye<'d> {
    display: &'d Display,
    /// The one that was right last comes first.
    places: Vec<Place>,
}

/// Where a picture may stand, and only the rows that hold the code.
struct Place {
    area: Area,
    /// The same area with its own corner as origin.
    inside: Area,
    rows: Vec<usize>,
    glass: super::display::Pixels,
}

impl<'d> Eye<'d> {
    pub fn over(display: &'d Display, places: Vec<Area>) -> Self {
        let place = |area: Area| {
            let inside = Area { x: 0, y: 0, ..area };
            Place {
                area,
                inside,
                rows: picture_code::rows(inside),
                glass: display.read(area.x, area.y, area.width, area.height),
            }
        };
        Self {
            display,
            places: places.into_iter().map(place).collect(),
        }
    }

    pub fn look(&mut self) -> Option<Code> {
        let display = self.display;
        let found = self.places.iter_mut().enumerate().find_map(|(at, place)| {
            let rows = place.rows.iter().copied();
            display.read_rows(place.area.x, place.area.y, rows, &mut place.glass);
            let code = picture_code::read_area(&place.glass.rgba, place.area.width, place.inside)?;
            Some((at, code))
        });
        let (at, code) = found?;
        self.places[..=at].rotate_right(1);
        Some(code)
    }
}

impl Drop for Kiosk {
    /// A story that failed leaves what is needed to see why, before the window closes.
    fn drop(&mut self) {
        if std::thread::panicking() {
            super::leave_traces(&self.folder, &self.display);
        }
    }
}
