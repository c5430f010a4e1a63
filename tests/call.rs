//! A visitor's call reaches an interpreter's browser: the whole of it, on real parts. The kiosk's window stands on a
//! virtual display, the browser is Chromium, the relay keeps its database, sound goes through PipeWire.
#![cfg(all(feature = "kiosk", feature = "relay"))]

#[path = "picture_code.rs"]
mod picture_code;
#[path = "sound_room.rs"]
mod sound_room;
mod stage;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sound_room::{RATE, SoundRoom, loudness_at};
use stage::browser::{Browser, Browsers};
use stage::display::Display;
use stage::kiosk::{Fitting, Kiosk};
use stage::relay::Relay;
use stage::{footprint, until};
use zhest::call::view::{Ended, Picture, Talking, View};
use zhest::id::InterpreterId;
use zhest::kiosk::driver::Update;
use zhest::text::{Edit, Side, Transcript};

/// The visitor's frames carry numbers below this, the interpreter's numbers from it on.
const INTERPRETERS: u16 = 1000;
/// Five seconds of picture, looped.
const FRAMES: u16 = 150;
const LEAST_FPS: f64 = 20.0;
/// What the clerk's voice and the interpreter's voice sound like here, in hertz.
const CLERK: f32 = 440.0;
const INTERPRETER: f32 = 1000.0;

/// The first of the demonstration's interpreters.
const NUMBER: InterpreterId = InterpreterId(14);

struct Scene {
    folder: tempfile::TempDir,
    relay: Relay,
    browsers: Browsers,
    display: Display,
    room: SoundRoom,
}

impl Scene {
    async fn set() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a story");
        let path = folder.path();
        write_video(&path.join("visitor.y4m"), 0);
        write_video(&path.join("interpreter.y4m"), INTERPRETERS);
        write_tone(&path.join("interpreter.wav"), INTERPRETER);
        let routing = "[routing]\nwrap_up_s = 20.0\n";
        Self {
            relay: Relay::start(path, routing).await,
            browsers: Browsers::start(path).await,
            display: Display::start(path, 1080, 1920).await,
            room: tokio::task::block_in_place(SoundRoom::start),
            folder,
        }
    }

    async fn interpreter(&self) -> Browser {
        let path = self.folder.path();
        let (camera, microphone) = (path.join("interpreter.y4m"), path.join("interpreter.wav"));
        let browser = self
            .browsers
            .open("interpreter", &camera, &microphone, true)
            .await;
        browser.go_on_duty(&self.relay, &self.relay.accounts()[0]).await;
        browser
    }

    fn kiosk(&self, codec: &str) -> Kiosk<'_> {
        let fitting = Fitting {
            camera: format!("file:{}", self.path("visitor.y4m").display()),
            codec: Some(codec),
            enter: &|command| {
                self.room.enter(command);
            },
        };
        Kiosk::start(self.folder.path(), &self.relay, &self.display, &fitting)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Scene {
    /// A story that failed leaves what is needed to see why.
    fn drop(&mut self) {
        if std::thread::panicking() {
            stage::leave_traces(self.folder.path(), &self.display);
        }
    }
}

/// Numbered frames from `first` on.
fn write_video(path: &Path, first: u16) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("the folder is writable"));
    writeln!(file, "YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg").expect("there is room for a video");
    for number in first..first + FRAMES {
        file.write_all(b"FRAME\n").expect("there is room for a video");
        file.write_all(&picture_code::i420(640, 480, number))
            .expect("there is room for a video");
    }
}

/// A second of a tone as a 16-bit WAV file, looped by Chromium.
fn write_tone(path: &Path, hertz: f32) {
    let samples: Vec<u8> = (0..RATE)
        .flat_map(|n| {
            let wave = (n as f32 / RATE as f32 * hertz * std::f32::consts::TAU).sin();
            ((wave * 0.4 * 32_767.0) as i16).to_le_bytes()
        })
        .collect();
    let mut wav = Vec::new();
    wav.extend(b"RIFF");
    wav.extend((36 + samples.len() as u32).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    for (value, width) in [
        (16u32, 4),
        (1, 2),
        (1, 2),
        (RATE as u32, 4),
        (RATE as u32 * 2, 4),
        (2, 2),
        (16, 2),
    ] {
        wav.extend(&value.to_le_bytes()[..width]);
    }
    wav.extend(b"data");
    wav.extend((samples.len() as u32).to_le_bytes());
    wav.extend(samples);
    std::fs::write(path, wav).expect("the folder is writable");
}

fn talking() -> Update {
    Update::Call(View::Talking(Talking {
        interpreter: NUMBER,
        picture: Picture::Flowing,
        interpreter_has_camera: true,
        linked: true,
    }))
}

/// From the first screen to the request, about one service.
async fn ask_about_a_service(kiosk: &mut Kiosk<'_>) {
    kiosk.touch("Українська жестова мова").await;
    kiosk.touch("Житло й реєстрація").await;
    kiosk.touch("Реєстрація місця проживання").await;
    kiosk.touch("Запитати про цю послугу").await;
    kiosk.touch("Покликати").await;
}

async fn answer(kiosk: &mut Kiosk<'_>, browser: &Browser) {
    browser.phase("offer").await;
    browser.press("answer").await;
    browser.phase("call").await;
    kiosk.told(talking());
    kiosk.reads("Перекладач 014").await;
    browser.watch().await;
    until(
        "the visitor's picture reaches the browser",
        Duration::from_secs(20),
        || async {
            let seen = browser.watched().await;
            (seen.codes.iter().flatten().count() > 10).then_some(())
        },
    )
    .await;
}

fn transcript(rows: &[(Side, &str)]) -> Transcript {
    let mut transcript = Transcript::default();
    for (side, text) in rows {
        for letter in text.chars() {
            transcript.apply(*side, Edit::Insert(letter));
        }
    }
    transcript
}

async fn pictures_flow_both_ways(kiosk: &Kiosk<'_>, browser: &Browser) {
    browser.watch().await;
    let seen_here =
        tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.remote, Duration::from_secs(5)));
    let seen_there = browser.watched().await;

    let read = seen_there.codes.iter().flatten().count();
    let all = seen_there.codes.len();
    assert!(
        seen_there.fps() >= LEAST_FPS,
        "the browser shows {:.1} frames a second",
        seen_there.fps()
    );
    assert!(
        read * 100 >= all * 95,
        "of {all} frames in the browser {read} could be read"
    );
    assert!(!seen_there.mirrored, "what is sent is not mirrored");
    let visitors = seen_there
        .codes
        .iter()
        .flatten()
        .all(|number| *number < u64::from(FRAMES));
    assert!(
        visitors,
        "the browser shows the visitor's camera and nothing else"
    );

    let fps = seen_here.len() as f64 / 5.0;
    assert!(fps >= LEAST_FPS, "the kiosk shows {fps:.1} frames a second");
    let interpreters = INTERPRETERS..INTERPRETERS + FRAMES;
    for (_, code) in &seen_here {
        assert!(
            interpreters.contains(&code.number) && !code.mirrored,
            "the kiosk shows {code:?}"
        );
    }

    let own = tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.own, Duration::from_secs(1)));
    assert!(own.len() >= 15, "own picture moves: {}", own.len());
    assert!(
        own.iter().all(|(_, code)| code.number < FRAMES && code.mirrored),
        "own picture is mirrored"
    );
}

async fn sound_flows_both_ways(scene: &Scene, browser: &Browser) {
    let _voice = tokio::task::block_in_place(|| scene.room.say(CLERK));
    until(
        "the clerk's tone is heard in the browser",
        Duration::from_secs(15),
        || async {
            let (hertz, above) = browser.hears().await;
            ((hertz - f64::from(CLERK)).abs() < 12.0 && above > 30.0).then_some(())
        },
    )
    .await;
    until(
        "the interpreter's tone is heard at the kiosk",
        Duration::from_secs(15),
        || async {
            let heard = tokio::task::block_in_place(|| scene.room.listen(Duration::from_millis(500)));
            let (tone, other) = (
                loudness_at(&heard, INTERPRETER),
                loudness_at(&heard, INTERPRETER * 1.37),
            );
            (tone > 0.02 && tone > 10.0 * other).then_some(())
        },
    )
    .await;
}

async fn text_flows_both_ways(kiosk: &mut Kiosk<'_>, browser: &Browser) {
    browser.write("text-input", "Ґанок, її\u{E003}\u{E003}").await;
    let said = "Ґанок, ";
    kiosk.told(Update::Text(transcript(&[(Side::Other, said)])));
    kiosk.reads(said).await;

    kiosk.touch("Писати").await;
    for key in ["щ", "о", "ї"] {
        kiosk.touch(key).await;
    }
    until(
        "the visitor's letters reach the browser",
        Duration::from_secs(5),
        || async { (browser.rows("visitor").await == ["щої"]).then_some(()) },
    )
    .await;
}

#[derive(Debug, PartialEq, Eq)]
struct Record {
    phase: String,
    service: Option<String>,
    interpreter: Option<i64>,
    end_reason: Option<String>,
    outcome: Option<String>,
}

/// All calls as the relay keeps them, oldest first.
async fn records(relay: &Relay) -> Vec<Record> {
    use sqlx::{Connection, Row};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(relay.database())
        .read_only(true);
    let mut connection = sqlx::SqliteConnection::connect_with(&options)
        .await
        .expect("the database opens");
    sqlx::query("SELECT phase, service, interpreter, end_reason, outcome FROM calls ORDER BY requested_at")
        .fetch_all(&mut connection)
        .await
        .expect("the calls are there")
        .into_iter()
        .map(|row| Record {
            phase: row.get(0),
            service: row.get(1),
            interpreter: row.get(2),
            end_reason: row.get(3),
            outcome: row.get(4),
        })
        .collect()
}

async fn a_whole_call(codec: &str) {
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk(codec);
    ask_about_a_service(&mut kiosk).await;
    answer(&mut kiosk, &browser).await;

    pictures_flow_both_ways(&kiosk, &browser).await;
    sound_flows_both_ways(&scene, &browser).await;
    text_flows_both_ways(&mut kiosk, &browser).await;
    let codecs = browser
        .script("return [...document.getElementById('remote').srcObject.getTracks()].map(track => track.kind).sort()")
        .await;
    assert_eq!(codecs, serde_json::json!(["audio", "video"]));

    // The visitor hangs up.
    kiosk.touch("Завершити").await;
    kiosk.touch("Так, кінець").await;
    browser.phase("wrap-up").await;
    browser.press("outcome-resolved").await;
    browser.status("available").await;
    kiosk.told(Update::Call(View::Ended(Ended::ByVisitor)));
    kiosk.reads("Ми стерли текст розмови").await;
    assert_eq!(
        browser.rows("visitor").await,
        Vec::<String>::new(),
        "the text is gone from the page"
    );

    let record = Record {
        phase: "ended".to_owned(),
        service: Some("residence-registration".to_owned()),
        interpreter: Some(14),
        end_reason: Some("visitor".to_owned()),
        outcome: Some("resolved".to_owned()),
    };
    assert_eq!(records(&scene.relay).await, [record]);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sight_sound_and_text_go_both_ways_in_vp8() {
    a_whole_call("vp8").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sight_sound_and_text_go_both_ways_in_h264() {
    a_whole_call("h264").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_calls_in_a_row_leave_nothing_behind() {
    let scene = Scene::set().await;
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    let mut footprints = Vec::new();
    kiosk.touch("Українська жестова мова").await;
    for _ in 0..3 {
        kiosk.touch("Покликати перекладача").await;
        kiosk.touch("Покликати").await;
        answer(&mut kiosk, &browser).await;
        // The interpreter hangs up.
        browser.press("hangup").await;
        browser.press("hangup-confirm").await;
        browser.phase("wrap-up").await;
        browser.press("outcome-mistake").await;
        browser.phase("idle").await;
        kiosk.told(Update::Call(View::Ended(Ended::ByInterpreter)));
        kiosk.touch("До послуг").await;
        kiosk.told(Update::Call(View::Idle));
        kiosk.reads("Що вам потрібно?").await;
        let process = kiosk.process.id();
        let idle = until(
            "the call's threads have ended",
            Duration::from_secs(10),
            || async {
                let now = footprint(process);
                let before = footprints.first().map_or(now.0, |first: &(usize, usize)| first.0);
                (now.0 <= before).then_some(now)
            },
        )
        .await;
        footprints.push(idle);
    }
    let (second, third) = (footprints[1].1, footprints[2].1);
    assert!(
        third < second + second / 10,
        "memory grows from call to call: {footprints:?} (threads, KiB)"
    );
    let ends: Vec<_> = records(&scene.relay)
        .await
        .into_iter()
        .map(|record| record.end_reason)
        .collect();
    assert_eq!(ends, vec![Some("interpreter".to_owned()); 3]);
    browser.close().await;
}
