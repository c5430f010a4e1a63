//! `make measure`: what a call costs and how long it takes, on real parts. Prints a table; judges nothing, because
//! machines differ.
//!
//! - tap to picture: from the touch of «Покликати» to the first frame of the interpreter on the kiosk's glass; the page
//!   answers by itself as soon as it rings.
//! - clip: from opening a file that is on the disk to its first frame, and from a touch of «Дивитися» to the frame after.
//! - latency: from a frame on the sender's own screen to the same frame on the receiver's, by the number in the picture.
//! - voice: from the sender's microphone to the receiver's loudspeaker, at the browser as its page has them (its device's
//!   own buffer not counted), at the kiosk as PipeWire has them (told some 10 ms late on its side). Voice less picture is
//!   what lips and words are apart (EN 301 549 §6.5.4).

#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

#[path = "../clip_file/mod.rs"]
mod clip_file;
#[path = "../picture_code.rs"]
mod picture_code;
#[path = "../sound_room.rs"]
mod sound_room;
#[path = "mod.rs"]
mod stage;

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sound_room::{SAID, SPOKEN};
use stage::browser::{Browser, Watched};
use stage::kiosk::Kiosk;
use stage::scene::{CLERK, Scene, talk, talking};
use stage::{cpu_time, footprint, median};
use zhest::call::view::{Ended, View};
use zhest::kiosk::driver::Update;
use zhest::media::clip::{Clip, State, Wish};
use zhest::media::frame::{Area, FrameSlot, Place};

const CALLS: usize = 10;
const WATCHED: Duration = Duration::from_secs(20);
/// Whoever begins to listen disturbs the room; the playout trusts it again after this long.
const SETTLES: Duration = Duration::from_secs(25);
/// Of the clerk's; the interpreter's is a second, so that they coincide now and then only.
const TURN: Duration = Duration::from_millis(1700);

#[tokio::main]
async fn main() {
    // `cargo test --all-targets` runs this as a test, which it is not; `cargo bench` says `--bench`.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    tokio::task::block_in_place(clips);
    let scene = Scene::set().await;
    scene.interpreter_speaks_by_turns();
    let browser = scene.interpreter().await;
    let mut kiosk = scene.kiosk("vp8");
    browser
        .script(
            "setInterval(() => document.querySelector('[data-test=answer]:enabled')?.click(), 5);
             setInterval(() => document.querySelector('[data-test=outcome-mistake]')?.click(), 50);",
        )
        .await;
    kiosk.touch("Українська жестова мова").await;
    let mut taps = Vec::new();
    for call in 0..CALLS {
        kiosk.touch("Покликати перекладача").await;
        kiosk.touch("Покликати").await;
        let tapped = Instant::now();
        kiosk.told(talking(talk()));
        tokio::task::block_in_place(|| kiosk.first_frame());
        taps.push(tapped.elapsed().as_millis() as f64);
        browser.phase("call").await;
        if call + 1 < CALLS {
            hang_up(&mut kiosk, &browser).await;
        }
    }
    println!(
        "tap to picture, ms: median {:.0} of {CALLS}: {taps:.0?}",
        median(&taps)
    );

    let process = kiosk.process.id();
    let (before, since) = (cpu_time(process), Instant::now());
    tokio::time::sleep(WATCHED).await;
    let share = (cpu_time(process) - before).as_secs_f64() / since.elapsed().as_secs_f64();
    let (threads, memory) = footprint(process);
    println!(
        "kiosk in a two-way call, 640×480@30, VP8: {:.0} % of a core, {} MiB resident, {threads} threads",
        share * 100.0,
        memory / 1024
    );

    browser.watch().await;
    let sent = tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.own, WATCHED));
    let arrived = browser.watched().await;
    let sent = sent
        .into_iter()
        .map(|(time, code)| (u64::from(code.number), milliseconds(time)));
    tell("picture, kiosk to browser", &pair(sent, of_page(&arrived)));

    browser.watch_own().await;
    let arrived = tokio::task::block_in_place(|| kiosk.watch(|pictures| &pictures.remote, WATCHED));
    let sent = browser.watched().await;
    let arrived = arrived
        .into_iter()
        .map(|(time, code)| (u64::from(code.number), milliseconds(time)));
    tell("picture, browser to kiosk", &pair(of_page(&sent), arrived));

    let _clerk = tokio::task::block_in_place(|| scene.room.say_by_turns(CLERK, TURN));
    browser.hearken().await;
    let room = &scene.room;
    let since = SystemTime::now() + SETTLES;
    let [said, spoken] = tokio::task::block_in_place(|| {
        std::thread::scope(|scope| {
            [SAID, SPOKEN]
                .map(|device| scope.spawn(move || room.beginnings(device, SETTLES + WATCHED)))
                .map(|listener| listener.join().expect("the room can be heard"))
        })
    });
    let [own, remote] = browser.heard().await;
    let turns = |times: Vec<SystemTime>| {
        let settled = times.into_iter().filter(|time| *time >= since);
        settled.map(milliseconds).collect::<Vec<_>>()
    };
    tell("voice, kiosk to browser", &follow(&turns(said), &remote));
    tell("voice, browser to kiosk", &follow(&own, &turns(spoken)));
    browser.close().await;
}

/// As large as a portrait panel shows it.
fn clips() {
    let made = clip_file::make();
    let slot = FrameSlot::new();
    slot.place(Place::Clear(Area {
        x: 76,
        y: 148,
        width: 928,
        height: 522,
        scale: 120,
    }));
    let wish = |plays| Wish::Once {
        plays,
        slow: false,
        round: 0,
    };
    let shown = || slot.latest().map_or(0, |frame| frame.sequence);
    let frame = |number: u64| {
        let since = Instant::now();
        while shown() < number {
            assert!(
                since.elapsed() < Duration::from_secs(5),
                "the clip never shows a frame"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    let (mut opened, mut played) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        let begun = Instant::now();
        let (tell, told) = std::sync::mpsc::channel();
        let clip = Clip::open(&made.path, slot.clone(), wish(false), move |state| {
            drop(tell.send(state));
        });
        let clip = clip.expect("the clip opens");
        frame(1);
        opened.push(begun.elapsed().as_secs_f64() * 1000.0);
        // A visitor touches what they see.
        while !matches!(told.recv().expect("the clip is whole"), State::Paused(_)) {}
        let (touched, first) = (Instant::now(), shown());
        clip.wish(wish(true));
        // The first frame that comes is the one that is there already.
        frame(first + 2);
        played.push(touched.elapsed().as_secs_f64() * 1000.0);
    }
    println!(
        "clip, 640×360, VP8, ms: opened to first frame median {:.0} of {CALLS}, touched to next frame {:.0}",
        median(&opened),
        median(&played)
    );
}

async fn hang_up(kiosk: &mut Kiosk, browser: &Browser) {
    kiosk.touch("Завершити").await;
    kiosk.touch("Так, завершити").await;
    browser.phase("idle").await;
    browser.status("available").await;
    kiosk.told(Update::Call(View::Ended(Ended::ByVisitor)));
    kiosk.touch("До списку послуг").await;
    kiosk.told(Update::Call(View::Idle));
    kiosk.reads("Що вам потрібно?").await;
}

fn milliseconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH)
        .expect("it is after 1970")
        .as_secs_f64()
        * 1000.0
}

fn of_page(watched: &Watched) -> impl Iterator<Item = (u64, f64)> {
    watched
        .codes
        .iter()
        .zip(&watched.times)
        .filter_map(|(code, time)| Some(((*code)?, *time)))
}

/// How long each frame took. Numbers come again every five seconds, so only what arrived within one second counts.
fn pair(sent: impl Iterator<Item = (u64, f64)>, arrived: impl Iterator<Item = (u64, f64)>) -> Vec<f64> {
    let mut times: HashMap<u64, Vec<f64>> = HashMap::new();
    for (number, time) in sent {
        times.entry(number).or_default().push(time);
    }
    let took = |(number, time): (u64, f64)| {
        let took = times.get(&number)?.iter().map(|sent| time - sent);
        took.filter(|took| (-100.0..1000.0).contains(took))
            .reduce(f64::min)
    };
    let mut all: Vec<f64> = arrived.filter_map(took).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// How long after each beginning the next one was heard on the other side.
fn follow(said: &[f64], heard: &[f64]) -> Vec<f64> {
    let took = |said: &f64| heard.iter().map(|heard| heard - said).find(|took| *took > -50.0);
    let mut all: Vec<f64> = said
        .iter()
        .filter_map(took)
        .filter(|took| *took < 500.0)
        .collect();
    all.sort_by(f64::total_cmp);
    all
}

fn tell(way: &str, latencies: &[f64]) {
    let Some(last) = latencies.len().checked_sub(1) else {
        println!("{way}: nothing was noticed on both sides");
        return;
    };
    let at = |share: f64| latencies[(last as f64 * share) as usize];
    println!(
        "{way}, ms: p50 {:.0}, p95 {:.0} of {}",
        at(0.5),
        at(0.95),
        latencies.len()
    );
}
