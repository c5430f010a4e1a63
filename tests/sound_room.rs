//! A room with a microphone and a loudspeaker that no machine needs to have: a private PipeWire with null devices.
//!
//! Include it with `#[path = "sound_room.rs"] mod sound_room;`. Whatever shall be in the room is started with
//! [`SoundRoom::enter`], which points ALSA, PipeWire and PulseAudio clients (cpal, Chromium) to it; both devices are
//! the room's default. Needs the Debian packages pipewire, pipewire-alsa, pipewire-pulse, wireplumber,
//! pulseaudio-utils and dbus. The room ends with its value, and also when the test's process dies.
//!
//! ```text
//! say(440.0) ─▶ sink `voice` ─monitor─▶ source `microphone` ─▶ whoever is in the room ─▶ sink `speaker` ─monitor─▶ listen()
//! ```

#![allow(dead_code, reason = "every test that includes this uses a part of it")]

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

pub const RATE: usize = 48_000;

/// Of both devices, what can be recorded: what is said, and what the loudspeaker says.
pub const SAID: &str = "voice.monitor";
pub const SPOKEN: &str = "speaker.monitor";
/// Sound is this loud, and what is not for so long is quiet.
const LOUD: f32 = 0.05;
const QUIET: Duration = Duration::from_millis(300);

/// Ends with its standard input, so that no daemon outlives the test.
const DAEMONS: &str = "
pipewire >pipewire.log 2>&1 & a=$!
while [ ! -e pipewire-0 ]; do sleep 0.05; done
wireplumber >wireplumber.log 2>&1 & b=$!
pipewire-pulse >pulse.log 2>&1 & c=$!
read -r _
kill $c $b $a
wait
";

pub struct SoundRoom {
    folder: PathBuf,
    daemons: Child,
    door: Option<ChildStdin>,
    _own: Option<tempfile::TempDir>,
}

/// A tone that is said into the microphone until dropped.
pub struct Tone(Child);

impl Drop for Tone {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl SoundRoom {
    /// A room with both devices.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("room").tempdir().unwrap();
        let mut room = Self::start_in(folder.path());
        room._own = Some(folder);
        room
    }

    /// A room with both devices in a folder of the caller's; the same one again when it was left before.
    pub fn start_in(folder: &Path) -> Self {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
        let mut command = Command::new("dbus-run-session");
        command
            .args(["--", "sh", "-c", DAEMONS])
            .current_dir(folder)
            .envs(environment(folder));
        let mut daemons = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-run-session starts: install dbus");
        let door = daemons.stdin.take();
        let room = Self {
            folder: folder.to_owned(),
            daemons,
            door,
            _own: None,
        };
        until("PipeWire", || {
            room.pactl(&["info"])
                .is_some_and(|answer| answer.contains("PipeWire"))
        });
        room.plug_microphone();
        room.plug_speaker();
        room
    }

    /// Puts a program into the room; also a test's own, started again with `std::env::current_exe`.
    pub fn enter<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.envs(environment(&self.folder))
    }

    /// Pulls both devices out. PipeWire puts a dummy in their place.
    pub fn unplug(&self) {
        for module in ["module-remap-source", "module-null-sink"] {
            assert!(
                self.pactl(&["unload-module", module]).is_some(),
                "{module} is unloaded"
            );
        }
    }

    pub fn plug_microphone(&self) {
        let has = |kind: &str, name: &str| self.has(kind, name);
        self.pactl(&["load-module", "module-null-sink", "sink_name=voice"])
            .expect("the voice's sink is loaded");
        until("voice", || has("sources", "voice.monitor"));
        self.pactl(&[
            "load-module",
            "module-remap-source",
            "master=voice.monitor",
            "source_name=microphone",
        ])
        .expect("the microphone is loaded");
        until("microphone", || has("sources", "microphone"));
        self.pactl(&["set-default-source", "microphone"])
            .expect("the microphone is the default");
    }

    pub fn plug_speaker(&self) {
        self.pactl(&["load-module", "module-null-sink", "sink_name=speaker"])
            .expect("the speaker is loaded");
        until("speaker", || self.has("sinks", "speaker"));
        self.pactl(&["set-default-sink", "speaker"])
            .expect("the speaker is the default");
    }

    /// Says a tone into the microphone.
    pub fn say(&self, hertz: f32) -> Tone {
        say(self.enter(&mut Command::new("paplay")), tone(hertz, RATE, RATE))
    }

    /// Says a tenth of a second of a tone, again and again.
    pub fn say_by_turns(&self, hertz: f32, every: Duration) -> Tone {
        let whole = (every.as_secs_f64() * RATE as f64) as usize;
        say(
            self.enter(&mut Command::new("paplay")),
            tone(hertz, RATE / 10, whole),
        )
    }

    /// What comes out of the loudspeaker: mono samples, full scale 1.
    pub fn listen(&self, during: Duration) -> Vec<f32> {
        let mut bytes = vec![0; (during.as_secs_f64() * RATE as f64) as usize * 2];
        record(self.enter(&mut Command::new("parec")), SPOKEN, 50, |from| {
            from.read_exact(&mut bytes)
        });
        samples(&bytes).collect()
    }

    /// When something began to be heard after it had been quiet, at [`SAID`] or [`SPOKEN`]; told some 10 ms late.
    pub fn beginnings(&self, device: &str, during: Duration) -> Vec<SystemTime> {
        let (mut began, mut heard_at) = (Vec::new(), SystemTime::UNIX_EPOCH);
        let mut bytes = [0; RATE / 100 * 2];
        let until = Instant::now() + during;
        record(self.enter(&mut Command::new("parec")), device, 10, |from| {
            while Instant::now() < until {
                from.read_exact(&mut bytes)?;
                let now = SystemTime::now();
                let Some(first) = samples(&bytes).position(|sample| sample.abs() > LOUD) else {
                    continue;
                };
                let ago = Duration::from_secs(1) * (RATE / 100 - first) as u32 / RATE as u32;
                if now.duration_since(heard_at).is_ok_and(|quiet| quiet > QUIET) {
                    began.push(now - ago);
                }
                heard_at = now;
            }
            Ok(())
        });
        began
    }

    fn has(&self, kind: &str, name: &str) -> bool {
        self.pactl(&["list", "short", kind])
            .is_some_and(|list| list.split_whitespace().any(|word| word == name))
    }

    fn pactl(&self, arguments: &[&str]) -> Option<String> {
        pactl(self.enter(&mut Command::new("pactl")), arguments)
    }
}

impl Drop for SoundRoom {
    fn drop(&mut self) {
        drop(self.door.take());
        let _ = self.daemons.wait();
    }
}

/// What points a program to the room in `folder`, whether the room is there already or not.
pub fn environment(folder: &Path) -> Vec<(&'static str, String)> {
    let folder = folder.to_str().expect("a temporary folder has a plain name");
    [
        ("ZHEST_SOUND_ROOM", ""),
        ("XDG_RUNTIME_DIR", ""),
        ("PIPEWIRE_RUNTIME_DIR", ""),
        ("PULSE_RUNTIME_PATH", "/pulse"),
        ("XDG_STATE_HOME", "/state"),
        ("XDG_CONFIG_HOME", "/config"),
    ]
    .map(|(name, below)| (name, format!("{folder}{below}")))
    .into_iter()
    .chain([("PULSE_SERVER", format!("unix:{folder}/pulse/native"))])
    .collect()
}

fn pactl(command: &mut Command, arguments: &[&str]) -> Option<String> {
    let output = command
        .args(arguments)
        .output()
        .expect("pactl runs: install pulseaudio-utils");
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// So many samples of a tone, and silence to the end.
pub fn tone(hertz: f32, sounds: usize, whole: usize) -> Vec<u8> {
    let sample = |n: usize| {
        // A whole number of waves a second, so that the seconds join without a click.
        let wave = (n as f32 / RATE as f32 * hertz.round() * std::f32::consts::TAU).sin();
        ((wave * 0.4 * 32_767.0) as i16).to_le_bytes()
    };
    let tone = (0..sounds).flat_map(sample);
    tone.chain(std::iter::repeat_n(0, (whole - sounds) * 2)).collect()
}

fn say(command: &mut Command, again_and_again: Vec<u8>) -> Tone {
    let mut player = command
        .args([
            "--raw",
            "--rate=48000",
            "--channels=1",
            "--format=s16le",
            "--device=voice",
            "--latency-msec=50",
        ])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("paplay runs: install pulseaudio-utils");
    let mut into = player.stdin.take().expect("was piped");
    std::thread::spawn(move || while into.write_all(&again_and_again).is_ok() {});
    Tone(player)
}

fn record(
    command: &mut Command,
    device: &str,
    latency_ms: u32,
    read: impl FnOnce(&mut ChildStdout) -> std::io::Result<()>,
) {
    let mut recorder = command
        .args(["--raw", "--rate=48000", "--channels=1", "--format=s16le"])
        .arg(format!("--device={device}"))
        .arg(format!("--latency-msec={latency_ms}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("parec runs: install pulseaudio-utils");
    let read = read(recorder.stdout.as_mut().expect("was piped"));
    let _ = recorder.kill();
    let _ = recorder.wait();
    read.expect("the monitor can be recorded");
}

fn samples(bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    let whole = bytes.as_chunks::<2>().0.iter();
    whole.map(|sample| f32::from(i16::from_le_bytes(*sample)) / 32_768.0)
}

/// The amplitude of one frequency in the samples (Goertzel): a tone of amplitude 0.4 gives 0.4.
pub fn loudness_at(samples: &[f32], hertz: f32) -> f32 {
    let coefficient = 2.0 * (std::f64::consts::TAU * f64::from(hertz) / RATE as f64).cos();
    let (mut before, mut last) = (0.0f64, 0.0f64);
    for sample in samples {
        (before, last) = (last, f64::from(*sample) + coefficient * last - before);
    }
    let power = before * before + last * last - coefficient * before * last;
    (2.0 * power.max(0.0).sqrt() / samples.len().max(1) as f64) as f32
}

fn until(what: &str, mut probe: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !probe() {
        assert!(Instant::now() < deadline, "in 20 s there was no {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn one_frequency_is_told_from_another() {
    let tone: Vec<f32> = (0..RATE)
        .map(|n| 0.4 * (n as f32 / RATE as f32 * 440.0 * std::f32::consts::TAU).sin())
        .collect();
    assert!((loudness_at(&tone, 440.0) - 0.4).abs() < 0.01);
    assert!(loudness_at(&tone, 660.0) < 0.01);
}
