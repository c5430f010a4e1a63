//! Voices through the real sound chain, in a room that a test builds for itself.
#![cfg(feature = "kiosk")]

#[path = "sound_room.rs"]
mod sound_room;

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use sound_room::{SoundRoom, loudness_at};
use zhest::media::sound::{Sound, SoundChoice, SoundState};

const BOTH: SoundState = SoundState {
    microphone: true,
    speaker: true,
};

/// How loud a voice is shown and what the devices do has no event: it is looked at, as the screen looks at it.
fn until<T>(what: &str, deadline: Duration, mut probe: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + deadline;
    loop {
        if let Some(answer) = probe() {
            return answer;
        }
        assert!(Instant::now() < end, "in {deadline:?} there was no {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Runs a story of this file again, inside the room; `environment` on top of the room's.
fn run_inside(command: &mut Command, story: &str) {
    let output = command
        .args(["--exact", story, "--ignored", "--nocapture"])
        .output()
        .expect("a test can start itself again");
    let (said, noise) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{noise}"
    );
    assert!(!noise.contains("ALSA lib"), "ALSA is quiet: {noise}");
}

fn this_test() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

/// Opus packets of a tone, 20 ms each, as a browser would send them.
fn tone_packets(hertz: f64, seconds: u32) -> Vec<Bytes> {
    use gstreamer::prelude::*;
    gstreamer::init().unwrap();
    let pipeline = gstreamer::parse::launch(&format!(
        "audiotestsrc freq={hertz} volume=0.4 samplesperbuffer=960 num-buffers={} \
         ! audio/x-raw,rate=48000,channels=1 ! opusenc ! rtpopuspay pt=109 ! appsink name=out sync=false",
        seconds * 50
    ))
    .unwrap();
    let sink = pipeline
        .downcast_ref::<gstreamer::Pipeline>()
        .unwrap()
        .by_name("out")
        .unwrap();
    let sink = sink.downcast::<gstreamer_app::AppSink>().unwrap();
    pipeline.set_state(gstreamer::State::Playing).unwrap();
    let mut packets = Vec::new();
    while let Ok(sample) = sink.pull_sample() {
        packets.push(Bytes::copy_from_slice(
            &sample.buffer().unwrap().map_readable().unwrap(),
        ));
    }
    pipeline.set_state(gstreamer::State::Null).unwrap();
    packets
}

/// Opus packets back to samples.
fn decoded(packets: &[Bytes]) -> Vec<f32> {
    use gstreamer::prelude::*;
    let pipeline = gstreamer::parse::launch(
        "appsrc name=in format=time caps=application/x-rtp,media=audio,clock-rate=48000,encoding-name=OPUS,payload=111 \
         ! rtpopusdepay ! opusdec ! audioconvert ! audio/x-raw,format=F32LE,rate=48000,channels=1 \
         ! appsink name=out sync=false",
    )
    .unwrap();
    let bin = pipeline.downcast_ref::<gstreamer::Pipeline>().unwrap();
    let source = bin
        .by_name("in")
        .unwrap()
        .downcast::<gstreamer_app::AppSrc>()
        .unwrap();
    let sink = bin
        .by_name("out")
        .unwrap()
        .downcast::<gstreamer_app::AppSink>()
        .unwrap();
    pipeline.set_state(gstreamer::State::Playing).unwrap();
    for packet in packets {
        source
            .push_buffer(gstreamer::Buffer::from_slice(packet.clone()))
            .unwrap();
    }
    source.end_of_stream().unwrap();
    let mut samples = Vec::new();
    while let Ok(sample) = sink.pull_sample() {
        let bytes = sample.buffer().unwrap().map_readable().unwrap();
        samples.extend(
            bytes
                .as_chunks::<4>()
                .0
                .iter()
                .map(|sample| f32::from_le_bytes(*sample)),
        );
    }
    pipeline.set_state(gstreamer::State::Null).unwrap();
    samples
}

/// Pushes packets at their own pace from another thread until all are gone: time is real here, as it is for a voice.
fn pace(sound: &Arc<Sound>, packets: Vec<Bytes>) -> std::thread::JoinHandle<()> {
    let sound = sound.clone();
    std::thread::spawn(move || {
        let start = Instant::now();
        for (n, packet) in packets.into_iter().enumerate() {
            let at = start + Duration::from_millis(20) * n as u32;
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            sound.push(packet);
        }
    })
}

#[test]
fn without_a_sound_card_nothing_is_sent_and_the_remote_voice_is_still_shown() {
    let nowhere = tempfile::tempdir().unwrap();
    let mut command = this_test();
    for name in ["XDG_RUNTIME_DIR", "PIPEWIRE_RUNTIME_DIR", "PULSE_RUNTIME_PATH"] {
        command.env(name, nowhere.path());
    }
    command.env_remove("PULSE_SERVER").env_remove("PIPEWIRE_REMOTE");
    run_inside(&mut command, "alone_without_a_sound_card");
}

#[test]
fn without_any_sound_system_the_same_holds() {
    let mut command = this_test();
    command
        .env("ALSA_CONFIG_PATH", "/nonexistent")
        .env("XDG_RUNTIME_DIR", "/nonexistent");
    run_inside(&mut command, "alone_without_a_sound_card");
}

#[test]
#[ignore = "run by `without_a_sound_card_…` where there is none"]
fn alone_without_a_sound_card() {
    let changes = Arc::new(Mutex::new(Vec::new()));
    let noted = changes.clone();
    let start = processor_time();
    let sound = Sound::start(
        SoundChoice::default(),
        |_| {},
        move |state| noted.lock().unwrap().push(state),
    )
    .unwrap();
    let sound = Arc::new(sound);
    let pushing = pace(&sound, tone_packets(440.0, 3));
    until("bars for the voice", Duration::from_secs(5), || {
        (sound.speaking() >= 4).then_some(())
    });
    pushing.join().unwrap();
    until("darkness after it", Duration::from_secs(2), || {
        (sound.speaking() == 0).then_some(())
    });
    until("word that there is no device", Duration::from_secs(5), || {
        (!changes.lock().unwrap().is_empty()).then_some(())
    });
    assert_eq!(sound.state(), SoundState::default());
    assert_eq!(*changes.lock().unwrap(), [SoundState::default()], "told once");
    assert_eq!(sound.stats().packets_sent, 0);
    assert!(sound.stats().samples_heard > 2 * 48_000);
    let burnt = processor_time() - start;
    assert!(
        burnt < Duration::from_secs(2),
        "looking for a sound card is calm: {burnt:?}"
    );
}

/// Processor time of this process.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

#[test]
fn voices_go_both_ways_and_survive_unplugging() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = this_test();
    command.envs(sound_room::environment(folder.path()));
    run_inside(&mut command, "inside_a_room_voices_go_both_ways");
}

#[test]
#[ignore = "run by `voices_go_both_ways_…`, which points it to a sound room"]
fn inside_a_room_voices_go_both_ways() {
    let folder = PathBuf::from(std::env::var("ZHEST_SOUND_ROOM").expect("the way to the room"));
    let sent: Arc<Mutex<Vec<Bytes>>> = Arc::default();
    let noted = sent.clone();
    let sound = Sound::start(
        SoundChoice::default(),
        move |packet| noted.lock().unwrap().push(packet),
        |_| {},
    )
    .unwrap();
    let sound = Arc::new(sound);
    let working = || {
        until("working sound", Duration::from_secs(30), || {
            (sound.state() == BOTH).then_some(())
        });
    };

    // The sound server comes up after the kiosk.
    assert_eq!(sound.state(), SoundState::default());
    let room = SoundRoom::start_in(&folder);
    working();
    the_microphone_is_heard(&room, &sent);
    the_speaker_speaks(&room, &sound);

    room.unplug();
    room.plug_microphone();
    room.plug_speaker();
    working();
    the_microphone_is_heard(&room, &sent);
    the_speaker_speaks(&room, &sound);

    drop(room);
    let silent = SoundState::default();
    until("notice of the loss", Duration::from_secs(20), || {
        (sound.state() == silent).then_some(())
    });
    let room = SoundRoom::start_in(&folder);
    working();
    the_microphone_is_heard(&room, &sent);
    the_speaker_speaks(&room, &sound);
}

fn the_microphone_is_heard(room: &SoundRoom, sent: &Mutex<Vec<Bytes>>) {
    let _tone = room.say(523.0);
    until("tone in the packets", Duration::from_secs(15), || {
        sent.lock().unwrap().clear();
        until("second of packets", Duration::from_secs(5), || {
            (sent.lock().unwrap().len() >= 50).then_some(())
        });
        let samples = decoded(&sent.lock().unwrap());
        let (tone, other) = (loudness_at(&samples, 523.0), loudness_at(&samples, 700.0));
        (tone > 0.1 && tone > 20.0 * other).then_some(())
    });
}

fn the_speaker_speaks(room: &SoundRoom, sound: &Arc<Sound>) {
    let pushing = pace(sound, tone_packets(880.0, 12));
    let played = until("tone from the speaker", Duration::from_secs(11), || {
        let samples = room.listen(Duration::from_secs(1));
        (loudness_at(&samples, 880.0) > 0.2).then_some(samples)
    });
    assert!(
        loudness_at(&played, 880.0) > 20.0 * loudness_at(&played, 1100.0),
        "one tone and no other"
    );
    assert!(sound.speaking() >= 4);
    pushing.join().unwrap();
}

#[test]
fn no_thread_of_the_sound_stays_behind() {
    let nowhere = tempfile::tempdir().unwrap();
    let mut command = this_test();
    command
        .env("XDG_RUNTIME_DIR", nowhere.path())
        .env("PIPEWIRE_RUNTIME_DIR", nowhere.path());
    run_inside(&mut command, "alone_twenty_sounds_start_and_stop");
}

#[test]
#[ignore = "run by `no_thread_of_the_sound_…` in a process of its own"]
fn alone_twenty_sounds_start_and_stop() {
    let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
    let once = || drop(Sound::start(SoundChoice::default(), |_| {}, |_| {}).unwrap());
    once();
    let before = threads();
    for _ in 0..20 {
        once();
    }
    until(
        "return to the threads of the start",
        Duration::from_secs(20),
        || (threads() <= before + 2).then_some(()),
    );
}
