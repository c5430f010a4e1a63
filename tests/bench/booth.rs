//! The two kiosks that are compared, each as a visitor has it: a whole screen, own picture, the interpreter's picture.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::figures::Seen;
use crate::picture_code::Area;
use crate::stage::browser::{Browser, Browsers, Face};
use crate::stage::display::Display;
use crate::stage::kiosk::{Eye, Kiosk};
use crate::stage::scene::{Scene, talk, talking};
use crate::stage::{Process, until};
use zhest::call::view::{Ended, View};
use zhest::kiosk::driver::Update;

/// Several times a frame.
const LOOK_EVERY: Duration = Duration::from_millis(5);
const PATIENCE: Duration = Duration::from_secs(30);

pub enum Booth {
    Ours(Box<Kiosk>),
    Rival { page: Browser, browsers: Browsers },
}

/// What was seen on the glass.
pub struct Glass {
    /// When watching began and ended, in milliseconds since 1970.
    pub from: f64,
    pub to: f64,
    pub own: Vec<Seen>,
    pub remote: Vec<Seen>,
}

/// Milliseconds since 1970, as a page counts them.
pub fn now() -> f64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("it is after 1970");
    since.as_secs_f64() * 1000.0
}

impl Booth {
    pub fn ours(scene: &Scene, road: String) -> Self {
        Booth::Ours(Box::new(scene.kiosk_by("vp8", Some(road))))
    }

    pub async fn rival(scene: &Scene, road: &str) -> Self {
        // A folder of its own, because browsers end with their folder.
        let folder = scene.path("rival");
        std::fs::create_dir_all(&folder).expect("the folder of the scene is writable");
        let browsers = Browsers::start_on(&folder, |command| {
            scene.room.enter(command).env("DISPLAY", &scene.display.name);
        })
        .await;
        let (camera, microphone) = (scene.path("visitor.y4m"), scene.path("interpreter.wav"));
        let face = Face::Kiosk {
            width: scene.display.width,
            height: scene.display.height,
        };
        let page = browsers
            .open_with("rival", &camera, &microphone, true, face)
            .await;
        page.client
            .goto(&rival_page(road))
            .await
            .expect("the rival's page opens");
        until("the rival is ready", PATIENCE, || async {
            (page.script("return window.rival?.phase").await == "ready").then_some(())
        })
        .await;
        Booth::Rival { page, browsers }
    }

    /// To where one touch calls.
    pub async fn wake(&mut self) {
        if let Booth::Ours(kiosk) = self {
            kiosk.touch("Українська жестова мова").await;
            kiosk.touch("Покликати перекладача").await;
            kiosk.reads("Покликати").await;
        }
    }

    /// Calls, and answers when the interpreter's first readable frame is on the glass, in milliseconds since 1970.
    pub async fn call(&mut self, display: &Display) -> f64 {
        match self {
            Booth::Ours(kiosk) => {
                kiosk.touch("Покликати").await;
                kiosk.told(talking(talk()));
            }
            Booth::Rival { page, .. } => {
                page.script("call()").await;
            }
        }
        let [_, remote] = self.places().await;
        let mut eye = Eye::over(display, remote);
        let deadline = Instant::now() + PATIENCE;
        tokio::task::block_in_place(|| {
            while eye.look().is_none() {
                if Instant::now() > deadline {
                    let picture = std::env::temp_dir().join("bench-no-picture.png");
                    display.photograph(&picture);
                    panic!("the interpreter's picture never comes: see {}", picture.display());
                }
                std::thread::sleep(LOOK_EVERY);
            }
        });
        let seen = now();
        if let Booth::Ours(kiosk) = self {
            kiosk.expect_writing();
        }
        seen
    }

    /// Where own picture and the interpreter's may lie.
    async fn places(&self) -> [Vec<Area>; 2] {
        match self {
            Booth::Ours(kiosk) => kiosk.all_places(),
            Booth::Rival { page, .. } => [
                vec![area_of(page, "own").await],
                vec![area_of(page, "remote").await],
            ],
        }
    }

    /// Reads both pictures on the glass, frame by frame.
    pub async fn watch(&self, display: &Display, during: Duration) -> Glass {
        let places = self.places().await;
        tokio::task::block_in_place(|| {
            let mut eyes = places.map(|places| Eye::over(display, places));
            let mut seen: [Vec<Seen>; 2] = Default::default();
            let from = now();
            let until = Instant::now() + during;
            while Instant::now() < until {
                for (eye, seen) in eyes.iter_mut().zip(&mut seen) {
                    if let Some(code) = eye.look() {
                        let number = u64::from(code.number);
                        if seen.last().is_none_or(|(last, _)| *last != number) {
                            seen.push((number, now()));
                        }
                    }
                }
                std::thread::sleep(LOOK_EVERY);
            }
            let [own, remote] = seen;
            Glass {
                from,
                to: now(),
                own,
                remote,
            }
        })
    }

    /// The process whose tree is the kiosk.
    pub fn root(&self) -> u32 {
        match self {
            Booth::Ours(kiosk) => kiosk.process.id(),
            Booth::Rival { browsers, .. } => browsers.root("rival"),
        }
    }

    /// Hangs up and leaves.
    pub async fn leave(self) {
        match self {
            Booth::Ours(mut kiosk) => {
                kiosk.touch("Завершити").await;
                kiosk.touch("Так, завершити").await;
                kiosk.told(Update::Call(View::Ended(Ended::ByVisitor)));
                kiosk.touch("До списку послуг").await;
            }
            Booth::Rival { page, .. } => {
                page.script("hangUp()").await;
                until("the rival has hung up", PATIENCE, || async {
                    (page.script("return window.rival.phase").await == "ended").then_some(())
                })
                .await;
                page.close().await;
            }
        }
    }
}

async fn area_of(page: &Browser, id: &str) -> Area {
    let script = format!(
        "const place = document.getElementById('{id}').getBoundingClientRect();
         return [place.x, place.y + outerHeight - innerHeight, place.width, place.height].map(Math.round)"
    );
    let [x, y, width, height] =
        serde_json::from_value(page.script(&script).await).expect("a rectangle has four numbers");
    Area { x, y, width, height }
}

fn rival_page(road: &str) -> String {
    let page =
        std::fs::canonicalize("tests/bench/rival.html").expect("cargo runs this in the package's folder");
    format!("file://{}#relay={road}", page.display())
}

/// By then a kiosk has painted its first screen and rests.
const SETTLED: Duration = Duration::from_secs(5);

/// From the start of the program until the middle of its screen looks as it remains: an empty window is no screen.
pub fn first_paint(display: &Display, folder: &Path, command: &mut Command, name: &str) -> Duration {
    let began = Instant::now();
    let _process = Process::start(command, folder, name);
    let (width, height) = (display.width / 2, 64);
    let (x, y) = (display.width / 4, display.height / 2);
    let mut seen = Vec::new();
    while began.elapsed() < SETTLED {
        seen.push((began.elapsed(), display.read(x, y, width, height).rgba));
        std::thread::sleep(LOOK_EVERY);
    }
    let (_, rests) = seen.last().expect("the display was looked at");
    assert!(
        rests.iter().any(|value| ![0, 255].contains(value)),
        "{name} paints nothing"
    );
    let painted = seen.iter().find(|(_, glass)| glass == rests);
    painted.expect("what rests was seen").0
}

/// The kiosk's program.
pub fn our_program(scene: &Scene) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhest-kiosk"));
    command
        .env("DISPLAY", &scene.display.name)
        .env("XDG_CACHE_HOME", scene.path("cache"))
        .env_remove("WAYLAND_DISPLAY")
        .arg("--windowed")
        .arg(format!("{}x{}", scene.display.width, scene.display.height))
        .args(["--camera", "generated", "--relay", &scene.relay.socket_url()])
        .arg("--token-file")
        .arg(scene.relay.token_file());
    command
}

/// Chromium as a kiosk has it.
pub fn rival_program(scene: &Scene) -> Command {
    let mut command = Command::new("chromium");
    command
        .env("DISPLAY", &scene.display.name)
        .args(["--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .arg(format!(
            "--window-size={},{}",
            scene.display.width, scene.display.height
        ))
        .arg(format!("--user-data-dir={}", scene.path("paint").display()))
        .arg(rival_page(&scene.relay.socket_url()));
    command
}
