//! A scene set for a story: relay, browsers, display, sound room, and the videos and tones of both sides.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use zhest::call::view::{Picture, Talking, View};
use zhest::id::InterpreterId;
use zhest::kiosk::driver::Update;
use zhest::media::frame::Frame;
use zhest::text::{Edit, Side, Transcript};

use super::browser::{Browser, Browsers};
use super::display::Display;
use super::kiosk::{Fitting, Kiosk};
use super::relay::Relay;
use super::until;
use crate::picture_code;
use crate::sound_room::{RATE, SoundRoom, tone};

/// The visitor's frames carry numbers below this, the interpreter's numbers from it on.
pub const INTERPRETERS: u16 = 1000;
/// Five seconds of picture, looped.
pub const FRAMES: u16 = 150;
pub const LEAST_FPS: f64 = 20.0;
/// What the clerk's voice and the interpreter's voice sound like here, in hertz.
pub const CLERK: f32 = 440.0;
pub const INTERPRETER: f32 = 1000.0;

/// The first of the demonstration's interpreters.
pub const NUMBER: InterpreterId = InterpreterId(14);

/// By which the house's machines are known to the relay.
pub const HOOK: &str = "a-secret-of-the-house-on-the-stage";

/// Half of a real panel each way: relay, kiosk, browser and display share two cores here, and the software renderer
/// alone would take one of them for a whole panel.
const PANEL: (usize, usize) = (540, 960);

pub struct Scene {
    pub folder: tempfile::TempDir,
    pub relay: Relay,
    pub browsers: Browsers,
    pub display: Arc<Display>,
    pub room: SoundRoom,
}

impl Scene {
    pub async fn set() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a story");
        let path = folder.path();
        write_video(&path.join("visitor.y4m"), 0);
        write_video(&path.join("interpreter.y4m"), INTERPRETERS);
        write_tone(&path.join("interpreter.wav"), RATE);
        let config = format!(
            "hooks = [{{ cnap = 'ЦНАП «Прибережний»', secret = '{HOOK}' }}]\n[routing]\nwrap_up_s = 20.0\n"
        );
        Self {
            relay: Relay::start(path, &config).await,
            browsers: Browsers::start(path).await,
            display: Arc::new(Display::start(path, PANEL.0, PANEL.1).await),
            room: tokio::task::block_in_place(SoundRoom::start),
            folder,
        }
    }

    /// The first demo interpreter, available, with a camera and a microphone.
    pub async fn interpreter(&self) -> Browser {
        let browser = self.browser("interpreter", true).await;
        browser.go_on_duty(&self.relay, &self.relay.accounts()[0]).await;
        browser
    }

    /// A browser that lets pages use its camera and microphone, or does not.
    pub async fn browser(&self, name: &str, grant: bool) -> Browser {
        let (camera, microphone) = (self.path("interpreter.y4m"), self.path("interpreter.wav"));
        self.browsers.open(name, &camera, &microphone, grant).await
    }

    /// From now on a browser's microphone hears a tenth of a second of the tone, each second.
    pub fn interpreter_speaks_by_turns(&self) {
        write_tone(&self.path("interpreter.wav"), RATE / 10);
    }

    pub fn kiosk(&self, codec: &str) -> Kiosk {
        self.kiosk_by(codec, None)
    }

    /// A kiosk that finds the relay by another road.
    pub fn kiosk_by(&self, codec: &str, road: Option<String>) -> Kiosk {
        let fitting = Fitting {
            camera: format!("file:{}", self.path("visitor.y4m").display()),
            codec: Some(codec),
            enter: &|command| {
                self.room.enter(command);
            },
            road,
        };
        Kiosk::start(self.folder.path(), &self.relay, &self.display, &fitting)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
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

/// The interpreter's tone for so many samples and silence to the end of a second, as a 16-bit WAV file that Chromium
/// plays again and again.
fn write_tone(path: &Path, sounds: usize) {
    let samples = tone(INTERPRETER, sounds, RATE);
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

/// What the kiosk's screen shows of a conversation with the first demo interpreter.
pub fn talk() -> Talking {
    Talking {
        interpreter: NUMBER,
        picture: Picture::Flowing,
        interpreter_has_camera: true,
        unread: None,
        linked: true,
    }
}

pub fn talking(talk: Talking) -> Update {
    Update::Call(View::Talking(talk))
}

/// What the map of the screen shows in a still's place: it asks for words alone.
pub fn blank() -> Frame {
    Frame {
        width: 640,
        height: 480,
        rgba: vec![255; 640 * 480 * 4].into(),
        sequence: 1,
    }
}

/// Text as it was typed, a side a row.
pub fn transcript(rows: &[(Side, &str)]) -> Update {
    let mut transcript = Transcript::default();
    for (side, text) in rows {
        for letter in text.chars() {
            transcript.apply(*side, Edit::Insert(letter));
        }
    }
    Update::Text(transcript)
}

/// From the first screen to the request, about one service.
pub async fn ask_about_a_service(kiosk: &mut Kiosk) {
    kiosk.touch("Українська жестова мова").await;
    kiosk.touch("Житло й реєстрація").await;
    kiosk.touch("Реєстрація місця проживання").await;
    kiosk.touch("Запитати про цю послугу").await;
    kiosk.touch("Покликати").await;
}

/// The same by a typed word, reading on the way what a visitor may read.
pub async fn find_and_ask(kiosk: &mut Kiosk) {
    for words in [
        "Українська жестова мова",
        "Знайти послугу",
        "п",
        "р",
        "о",
        "п",
        "и",
        "с",
        "Реєстрація місця проживання",
        "Паспорт або ID-картка",
        "Кроки",
        "Далі: крок 2",
        "Назад",
        "Назад",
        "Взяти із собою",
        "Назад",
        "Запитати про цю послугу",
        "Покликати",
    ] {
        kiosk.touch(words).await;
    }
}

pub async fn answer(kiosk: &mut Kiosk, browser: &Browser) {
    browser.phase("offer").await;
    browser.press("answer").await;
    browser.phase("call").await;
    kiosk.told(talking(talk()));
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
