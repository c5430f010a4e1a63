//! Real headless Chromium as an interpreter's browser, driven by WebDriver. Its camera is a Y4M file, its microphone a
//! WAV file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use super::relay::{Account, Relay};
use super::{Process, free_port, until};
use crate::picture_code::READER_JS;

/// Every element that a story touches appears within this.
const PATIENCE: Duration = Duration::from_secs(20);

/// Of the remote frames that are watched, one in so many is kept whole.
const KEEP_EVERY: usize = 25;

/// What both of a page's pictures showed: numbers, and times in milliseconds since the epoch.
pub struct Both {
    pub own: Vec<(u64, f64)>,
    pub remote: Vec<(u64, f64)>,
}

/// So many of them are fetched at a time: a page's answer must come before its time is up.
const FETCH: usize = 8;

/// A remote frame that was kept whole.
pub struct Kept {
    pub number: u64,
    /// Of the frame that took its place on the screen; none when watching ended before.
    pub next: Option<u64>,
    /// Of 640×480 pixels.
    pub luma: Vec<u8>,
}

/// A chromedriver and where its browsers keep themselves.
pub struct Browsers {
    _driver: Process,
    port: u16,
    folder: PathBuf,
}

pub struct Browser {
    pub client: Client,
}

/// What the page saw and heard since the last time it was asked.
#[derive(Debug, Default, Clone)]
pub struct Watched {
    /// Numbers read from the remote picture, a presented frame each; none where nothing could be read.
    pub codes: Vec<Option<u64>>,
    /// When each was presented, in milliseconds since the epoch.
    pub times: Vec<f64>,
    pub mirrored: bool,
}

impl Watched {
    /// Frames presented a second.
    pub fn fps(&self) -> f64 {
        match (self.times.first(), self.times.last()) {
            (Some(first), Some(last)) if last > first => {
                (self.times.len() - 1) as f64 * 1000.0 / (last - first)
            }
            _ => 0.0,
        }
    }
}

impl Drop for Browsers {
    /// Chromedriver leaves its browsers running when it is killed; after a story that failed they would take the
    /// processor from the next one.
    fn drop(&mut self) {
        kill_all(&self.folder);
    }
}

/// How a browser is seen.
#[derive(Debug, Clone, Copy)]
pub enum Face {
    /// By nobody.
    None,
    /// On the whole display.
    Kiosk { width: usize, height: usize },
}

/// Kills every process with a browser profile in this folder, and tells how many.
fn kill_all(folder: &Path) -> usize {
    let ours: Vec<String> = of_profile(folder).iter().map(u32::to_string).collect();
    if !ours.is_empty() {
        let done = Command::new("kill").arg("-KILL").args(&ours).status();
        assert!(done.is_ok(), "kill is there");
    }
    ours.len()
}

/// Every process with a browser profile in this folder.
fn of_profile(folder: &Path) -> Vec<u32> {
    let profile = format!("--user-data-dir={}", folder.display());
    let processes = std::fs::read_dir("/proc").expect("this is Linux");
    let ids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0)
            .any(|word| word.starts_with(profile.as_bytes()))
    })
    .collect()
}

impl Browsers {
    pub async fn start(folder: &Path) -> Self {
        Self::start_on(folder, |_| {}).await
    }

    /// Puts the browsers into surroundings, as a display or a sound room are.
    pub async fn start_on(folder: &Path, enter: impl FnOnce(&mut Command)) -> Self {
        let port = free_port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        enter(&mut command);
        let driver = Process::start(&mut command, folder, "chromedriver");
        until("chromedriver listens", Duration::from_secs(10), || async move {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()
        })
        .await;
        Self {
            _driver: driver,
            port,
            folder: folder.to_owned(),
        }
    }

    /// The browser's first process.
    pub fn root(&self, name: &str) -> u32 {
        let profile = self.folder.join(name);
        let is_first = |id: &u32| {
            let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            !line
                .split(|byte| *byte == 0)
                .any(|word| word.starts_with(b"--type="))
        };
        of_profile(&profile)
            .into_iter()
            .find(is_first)
            .expect("the browser runs")
    }

    /// Ends a browser at once, as a power cut does.
    pub fn kill(&self, name: &str) {
        let killed = kill_all(&self.folder.join(name));
        assert!(killed > 0, "the browser runs");
    }

    /// A new browser with an empty profile and no window. `grant`: whether it lets pages use camera and microphone.
    pub async fn open(&self, name: &str, camera: &Path, microphone: &Path, grant: bool) -> Browser {
        self.open_with(name, camera, microphone, grant, Face::None).await
    }

    /// The same, seen or not.
    pub async fn open_with(
        &self,
        name: &str,
        camera: &Path,
        microphone: &Path,
        grant: bool,
        face: Face,
    ) -> Browser {
        let profile = self.folder.join(name);
        let mut arguments = match face {
            Face::None => vec!["--headless".to_owned(), "--window-size=1440,900".to_owned()],
            Face::Kiosk { width, height } => vec![
                "--kiosk".to_owned(),
                format!("--window-size={width},{height}"),
                "--window-position=0,0".to_owned(),
            ],
        };
        arguments.extend([
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            // The kiosk may be reached by loopback alone.
            "--allow-loopback-in-peer-connection".to_owned(),
            "--lang=uk".to_owned(),
            "--autoplay-policy=no-user-gesture-required".to_owned(),
            "--use-fake-device-for-media-stream=fps=30".to_owned(),
            format!("--use-file-for-fake-video-capture={}", camera.display()),
            format!("--use-file-for-fake-audio-capture={}", microphone.display()),
            format!("--user-data-dir={}", profile.display()),
        ]);
        arguments.push(if grant {
            "--use-fake-ui-for-media-stream".to_owned()
        } else {
            "--deny-permission-prompts".to_owned()
        });
        // Without that switch no bar across the page says who steers it.
        let options = json!({ "args": arguments, "excludeSwitches": ["enable-automation"] });
        let capabilities = json!({ "goog:chromeOptions": options });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("a JSON object was written above")
        };
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("Chromium starts");
        Browser { client }
    }
}

impl Browser {
    /// Logs in, passes the device check and becomes available.
    pub async fn go_on_duty(&self, relay: &Relay, account: &Account) {
        self.log_in(relay, account).await;
        self.press("check-done").await;
        self.press("go-available").await;
        self.status("available").await;
    }

    pub async fn log_in(&self, relay: &Relay, account: &Account) {
        self.client
            .goto(&relay.page("/console/login"))
            .await
            .expect("the login page opens");
        self.write("login", &account.login).await;
        self.write("password", &account.password).await;
        self.press("submit").await;
    }

    /// Waits until the page says these words somewhere.
    pub async fn reads(&self, words: &str) {
        until(&format!("the page says «{words}»"), PATIENCE, || async {
            let text = self.script("return document.body.innerText").await;
            text.as_str()?.contains(words).then_some(())
        })
        .await;
    }

    pub async fn phase(&self, phase: &str) {
        self.wait_for_css(&format!("body[data-phase='{phase}']")).await;
    }

    pub async fn status(&self, status: &str) {
        self.wait_for_css(&format!("body[data-status='{status}']")).await;
    }

    pub async fn press(&self, hook: &str) {
        let element = self.wait_for_css(&format!("[data-test='{hook}']:enabled")).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{hook} can be pressed: {error}"));
    }

    /// Presses the middle of what is no button.
    pub async fn press_middle(&self, hook: &str) {
        let element = self.wait_for_css(&format!("[data-test='{hook}']")).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{hook} can be pressed: {error}"));
    }

    pub async fn write(&self, hook: &str, text: &str) {
        let element = self.wait_for_css(&format!("[data-test='{hook}']")).await;
        element
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("{hook} takes text: {error}"));
    }

    async fn wait_for_css(&self, css: &str) -> fantoccini::elements::Element {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(element) = self.client.find(Locator::Css(css)).await
                && element.is_displayed().await.unwrap_or(false)
            {
                return element;
            }
            if Instant::now() > deadline {
                let page = self
                    .script("return [document.body.dataset.phase, document.body.innerText]")
                    .await;
                panic!("waited {PATIENCE:?} in vain until the page shows {css}; it shows {page}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn script(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .expect("the script runs")
    }

    /// A command of Chromium's own, beyond WebDriver.
    pub async fn devtools(&self, command: &str, parameters: Value) {
        let command = Devtools(json!({ "cmd": command, "params": parameters }).to_string());
        self.client
            .issue_cmd(command)
            .await
            .expect("Chromium knows the command");
    }

    /// The rows of real-time text of one side, in order.
    pub async fn rows(&self, side: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll(\"[data-row='{side}']\")].map(row => row.textContent)"
        );
        serde_json::from_value(self.script(&script).await).expect("a list of texts")
    }

    /// Begins to read the code of every frame that is presented of the remote picture.
    pub async fn watch(&self) {
        self.watch_video("remote").await;
    }

    /// The same of own picture.
    pub async fn watch_own(&self) {
        self.watch_video("own").await;
    }

    async fn watch_video(&self, video: &str) {
        let script = format!(
            "{READER_JS}
            const video = document.getElementById('{video}');
            const canvas = document.createElement('canvas');
            const context = canvas.getContext('2d', {{ willReadFrequently: true }});
            const watched = window.watched = {{ codes: [], times: [], mirrored: false }};
            const look = () => {{
                if (window.watched !== watched) return;
                canvas.width = video.videoWidth; canvas.height = video.videoHeight;
                context.drawImage(video, 0, 0);
                const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
                const code = readCode(pixels, canvas.width, canvas.height);
                watched.codes.push(code && code.number);
                watched.times.push(performance.timeOrigin + performance.now());
                watched.mirrored ||= Boolean(code && code.mirrored);
                video.requestVideoFrameCallback(look);
            }};
            video.requestVideoFrameCallback(look);"
        );
        self.script(&script).await;
    }

    /// Begins to read own and remote picture at once.
    pub async fn watch_both(&self) {
        let script = format!(
            "{READER_JS}
            const seen = window.seen = {{ own: [], remote: [] }};
            const kept = window.kept = [];
            const [width, height] = [640, 480];
            const whole = new OffscreenCanvas(width, height).getContext('2d', {{ willReadFrequently: true }});
            // Luma after BT.601, a character a pixel, from U+0100 on.
            const keep = (video, number) => {{
                whole.drawImage(video, 0, 0, width, height);
                const rgba = whole.getImageData(0, 0, width, height).data;
                const luma = new Uint16Array(width * height);
                for (let at = 0; at < luma.length; at += 1) {{
                    const [r, g, b] = [rgba[4 * at], rgba[4 * at + 1], rgba[4 * at + 2]];
                    luma[at] = 256 + Math.round(16 + 0.25679 * r + 0.50413 * g + 0.09791 * b);
                }}
                kept.push({{ number, next: null, luma }});
            }};
            for (const name of ['own', 'remote']) {{
                const video = document.getElementById(name);
                const canvas = document.createElement('canvas');
                const context = canvas.getContext('2d', {{ willReadFrequently: true }});
                const look = () => {{
                    if (window.seen !== seen) return;
                    canvas.width = video.videoWidth; canvas.height = video.videoHeight;
                    context.drawImage(video, 0, 0);
                    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
                    const code = readCode(pixels, canvas.width, canvas.height);
                    if (code) seen[name].push([code.number, performance.timeOrigin + performance.now()]);
                    if (code && name === 'remote') {{
                        if (kept.length > 0) kept.at(-1).next ??= code.number;
                        if (seen.remote.length % {KEEP_EVERY} === 0) keep(video, code.number);
                    }}
                    video.requestVideoFrameCallback(look);
                }};
                video.requestVideoFrameCallback(look);
            }}"
        );
        self.script(&script).await;
    }

    /// Ends it.
    pub async fn watched_both(&self) -> Both {
        let seen = self
            .script("const seen = window.seen; window.seen = null; return [seen.own, seen.remote]")
            .await;
        let (own, remote) = serde_json::from_value(seen).expect("lists of numbers and times");
        Both { own, remote }
    }

    /// The frames that were kept while both were watched. Takes the page a while: nothing is to be measured meanwhile.
    pub async fn kept(&self) -> Vec<Kept> {
        let script = format!(
            "const text = new TextDecoder('utf-16le');
             return (window.kept ?? []).splice(0, {FETCH})
                .map(({{ number, next, luma }}) => [number, next, text.decode(luma)])"
        );
        let mut kept = Vec::new();
        loop {
            let some = self.script(&script).await;
            let some: Vec<(u64, Option<u64>, String)> =
                serde_json::from_value(some).expect("numbers and pixels");
            if some.is_empty() {
                return kept;
            }
            kept.extend(some.into_iter().map(|(number, next, pixels)| {
                let luma = pixels.chars().map(|pixel| (u32::from(pixel) - 256) as u8);
                Kept {
                    number,
                    next,
                    luma: luma.collect(),
                }
            }));
        }
    }

    pub async fn watched(&self) -> Watched {
        let value = self.script("return window.watched").await;
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        Watched {
            codes: list("codes").iter().map(Value::as_u64).collect(),
            times: list("times").iter().filter_map(Value::as_f64).collect(),
            mirrored: value["mirrored"].as_bool().unwrap_or(false),
        }
    }

    /// Begins to note when something is heard after it was quiet, in own sound and in the remote one.
    pub async fn hearken(&self) {
        let script = "
            const heard = window.heard = { own: [], remote: [] };
            const hearken = async (name) => {
                const [track] = document.getElementById(name).srcObject.getAudioTracks();
                const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
                let last = 0;
                while (window.heard === heard) {
                    const { value, done } = await reader.read();
                    if (done) return;
                    const now = performance.timeOrigin + performance.now();
                    const samples = new Float32Array(value.numberOfFrames);
                    value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
                    const first = samples.findIndex((sample) => Math.abs(sample) > 0.05);
                    const at = now - (samples.length - first) * 1000 / value.sampleRate;
                    value.close();
                    if (first < 0) continue;
                    if (at - last > 300) heard[name].push(at);
                    last = at;
                }
            };
            hearken('own');
            hearken('remote');";
        self.script(script).await;
    }

    /// Ends it: own sound's beginnings and the remote one's, in milliseconds since the epoch.
    pub async fn heard(&self) -> [Vec<f64>; 2] {
        let heard = self
            .script("const heard = window.heard; window.heard = null; return [heard.own, heard.remote]")
            .await;
        serde_json::from_value(heard).expect("lists of times")
    }

    /// The loudest frequency of the remote sound in hertz, and how far it stands above the middle one in decibels.
    pub async fn hears(&self) -> (f64, f64) {
        let script = "
            const done = arguments[arguments.length - 1];
            (async () => {
                const context = new AudioContext();
                await context.resume();
                const remote = document.getElementById('remote').srcObject;
                const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
                context.createMediaStreamSource(new MediaStream(remote.getAudioTracks())).connect(analyser);
                await new Promise(later => setTimeout(later, 800));
                const bins = new Float32Array(analyser.frequencyBinCount);
                analyser.getFloatFrequencyData(bins);
                let best = 1;
                for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i;
                const middle = [...bins].sort((a, b) => a - b)[bins.length >> 1];
                await context.close();
                done([best * context.sampleRate / 8192, bins[best] - middle]);
            })().catch(error => done([0, 0]));";
        let answer = self
            .client
            .execute_async(script, Vec::new())
            .await
            .expect("the script runs");
        serde_json::from_value(answer).expect("a frequency and a height")
    }

    /// Closes the browser as a person does.
    pub async fn close(self) {
        self.client.close().await.expect("Chromium closes");
    }
}

/// Chromedriver's way to the browser's own commands: the body of the request.
#[derive(Debug)]
struct Devtools(String);

impl fantoccini::wd::WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.clone()))
    }
}
