//! `make bench`: the kiosk beside what anyone else would ship, a kiosk that is a page in Chromium; in turn, in one run,
//! with the same camera file, the same console in the same headless Chromium, through the same seeded link.
//!
//! A frame's way is measured from the sender's own screen to the receiver's screen, by the number in the picture: on
//! the kiosk's display (both kiosks' windows alike) from the pixels of the virtual display, read every 5 ms; in the
//! console from `requestVideoFrameCallback`. Frames that nobody could read do not count. The interpreter answers after
//! a second and a half of ringing. `QUICK=1` takes one seed and the scenarios that tell most; `ONLY=300k,drop` takes
//! these, `SEEDS=2` so many of the five seeds, and `SIDE=ours` leaves Chromium out.

#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

mod booth;
mod figures;
#[path = "../link/mod.rs"]
mod link;
#[path = "../picture_code.rs"]
mod picture_code;
mod process;
mod report;
mod sharpness;
mod signing;
#[path = "../sound_room.rs"]
mod sound_room;
#[path = "../stage/mod.rs"]
mod stage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use booth::{Booth, Glass};
use figures::{Seen, Way};
use link::Side;
use link::emulator::Emulator;
use link::profile::{Bottleneck, Profile};
use link::signalling::Signalling;
use process::{PartOfCore, tree_cpu, tree_pss};
use report::Measured;
use sharpness::{Shown, Source};
use signing::Signing;
use stage::browser::Browser;
use stage::scene::{FRAMES, INTERPRETERS, Scene};

/// Before each scenario the line is so long as in it, and nothing else, for this long: a line loses packets all of a
/// sudden, but no city moves.
const REST: Duration = Duration::from_secs(5);

/// A page that begins to read its pictures stands still for a moment, and its camera with it.
const WAKES: Duration = Duration::from_millis(700);

const SEEDS: [u64; 5] = [7, 11, 13, 17, 19];

struct Scenario {
    name: &'static str,
    profile: Profile,
    lasts: Duration,
    /// When the capacity falls, where it does.
    falls: Option<Duration>,
    /// The kiosk gets so much of one core, where it does not get both: per cent.
    of_core: Option<u32>,
}

fn scenarios(quick: bool) -> Vec<Scenario> {
    let mut scenarios = all_scenarios(quick);
    if let Ok(only) = std::env::var("ONLY") {
        let others = all_scenarios(false).into_iter();
        let others: Vec<_> = others
            .filter(|other| scenarios.iter().all(|scenario| scenario.name != other.name))
            .collect();
        scenarios.extend(others);
        scenarios.retain(|scenario| only.split(',').any(|name| name == scenario.name));
    }
    scenarios
}

fn all_scenarios(quick: bool) -> Vec<Scenario> {
    let seconds = Duration::from_secs;
    let named = |name: &'static str, lasts: u64| Scenario {
        name,
        profile: Profile::named(name).expect("a scenario of the link"),
        lasts: seconds(lasts),
        falls: None,
        of_core: None,
    };
    let drop = |before: u64, narrow: u64, after: u64| Scenario {
        profile: Profile {
            bottleneck: Some(Bottleneck::steps(&[
                (0, 2_000_000),
                (before, 300_000),
                (before + narrow, 2_000_000),
            ])),
            ..Profile::named("delay").expect("a scenario of the link")
        },
        falls: Some(seconds(before)),
        ..named("drop", before + narrow + after)
    };
    let starved = |name, per_cent, lasts| Scenario {
        name,
        of_core: Some(per_cent),
        ..named("clean", lasts)
    };
    if quick {
        return vec![
            named("clean", 8),
            named("delay", 8),
            named("loss-5", 8),
            // Before the narrow lines: who has not recovered from one has nothing to lose at the step.
            drop(6, 10, 6),
            named("300k", 14),
            starved("half-core", 50, 8),
        ];
    }
    vec![
        named("clean", 20),
        named("delay", 15),
        named("loss-2", 15),
        named("loss-5", 15),
        named("loss-10", 15),
        named("burst", 15),
        named("far", 15),
        drop(15, 20, 15),
        named("1m", 15),
        named("500k", 20),
        named("300k", 20),
        named("variable", 100),
        named("outage", 25),
        starved("half-core", 50, 15),
        starved("quarter-core", 25, 15),
    ]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Ours,
    Rival,
}

/// What one call of one side gave: for each scenario both ways, kiosk to browser first.
type Ways = BTreeMap<&'static str, [Way; 2]>;

#[tokio::main]
async fn main() {
    // Cargo says so when it is asked to bench; as a test it is none.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let quick = std::env::var_os("QUICK").is_some();
    let ours_alone = std::env::var("SIDE").is_ok_and(|side| side == "ours");
    let seeds = std::env::var("SEEDS").map_or(if quick { 1 } else { SEEDS.len() }, |seeds| {
        seeds.parse().expect("SEEDS is a number")
    });
    let seeds = &SEEDS[..seeds.min(SEEDS.len())];
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../bench");
    std::fs::create_dir_all(&folder).expect("the target folder is writable");

    let scene = Scene::set().await;
    let signing = Signing::of(FRAMES);
    signing.write(&scene.path("visitor.y4m"), 0);
    signing.write(&scene.path("interpreter.y4m"), INTERPRETERS);
    let source = Source::new(0, signing.numbered(0));
    println!(
        "The cameras see {}.",
        if signing.is_real {
            "real signing"
        } else {
            "a drawn figure"
        }
    );
    let console = scene.interpreter().await;
    console
        .script(
            "let rings = null;
             setInterval(() => {
               const answer = document.querySelector('[data-test=answer]:enabled');
               rings = answer && (rings ?? Date.now());
               if (!answer || Date.now() - rings < 1500) return;
               window.answered = Date.now();
               answer.click();
             }, 5);
             setInterval(() => document.querySelector('[data-test=outcome-mistake]')?.click(), 50);",
        )
        .await;
    let (mut ours, mut rival) = (Measured::new(), Measured::new());
    let mut last: BTreeMap<bool, Ways> = BTreeMap::new();
    for (turn, seed) in seeds.iter().enumerate() {
        // Who comes first changes from turn to turn.
        let order = if turn % 2 == 0 {
            [Who::Ours, Who::Rival]
        } else {
            [Who::Rival, Who::Ours]
        };
        for who in order {
            if who == Who::Rival && ours_alone {
                continue;
            }
            println!("seed {seed}: {who:?}");
            let measured = if who == Who::Ours { &mut ours } else { &mut rival };
            paint(&scene, who, measured).await;
            let ways = call(&scene, &console, &source, who, *seed, quick, measured).await;
            last.insert(who == Who::Ours, ways);
        }
        keep(&folder, &ours, &rival, &last);
    }
    console.close().await;
    // With RUST_LOG=zhest=trace it tells what the kiosk made of the line, every 50 ms.
    let _ = std::fs::copy(scene.path("kiosk.log"), folder.join("kiosk.log"));
    println!(
        "\nMedians of {} seeds.\n\n{}",
        seeds.len(),
        report::table(&report::lines(&ours, &rival))
    );
    println!("summary.json and a drawing a scenario: {}", folder.display());
}

/// What is known so far: a call that fails after an hour must not take the hour with it.
fn keep(folder: &Path, ours: &Measured, rival: &Measured, last: &BTreeMap<bool, Ways>) {
    if let (Some(ours), Some(rival)) = (last.get(&true), last.get(&false)) {
        for (scenario, ways) in ours {
            if let Some(others) = rival.get(scenario) {
                report::draw(&folder.join(format!("{scenario}.svg")), scenario, ways, others);
            }
        }
    }
    let lines = report::lines(ours, rival);
    let json = serde_json::to_string_pretty(&lines).expect("plain numbers and words");
    std::fs::write(folder.join("summary.json"), json).expect("the bench's folder is writable");
}

async fn paint(scene: &Scene, who: Who, measured: &mut Measured) {
    let (mut command, name) = match who {
        Who::Ours => (booth::our_program(scene), "paint-ours"),
        Who::Rival => (booth::rival_program(scene), "paint-rival"),
    };
    let took = tokio::task::block_in_place(|| {
        booth::first_paint(&scene.display, scene.folder.path(), &mut command, name)
    });
    note(measured, "start", "first paint, ms", took.as_secs_f64() * 1000.0);
}

/// From the press on «answer»: what comes before it is the interpreter's time to read what the visit is about.
pub const FIRST_FRAME: &str = "first remote frame after the answer, ms";

/// The part where the signer is, of what the screen showed at the time of each of the camera's frames.
pub const SIGNER: &str = "to browser signer PSNR, dB";

fn note(measured: &mut Measured, scenario: &'static str, metric: &'static str, value: f64) {
    measured.entry((scenario, metric)).or_default().push(value);
}

async fn call(
    scene: &Scene,
    console: &Browser,
    source: &Source,
    who: Who,
    seed: u64,
    quick: bool,
    measured: &mut Measured,
) -> Ways {
    let link = Arc::new(Emulator::start(Profile::default(), Profile::default(), seed));
    let token = std::fs::read_to_string(scene.relay.token_file()).expect("the demonstration makes a token");
    let token = Some(token.trim().to_owned());
    let signalling = Signalling::start_for(scene.relay.socket_url(), link.clone(), token).await;
    let mut booth = match who {
        Who::Ours => Booth::ours(scene, signalling.url()),
        Who::Rival => Booth::rival(scene, &signalling.url()).await,
    };
    booth.wake().await;
    let first = booth.call(&scene.display).await;
    console.phase("call").await;
    let answered = console.script("return window.answered").await;
    let answered = answered.as_f64().expect("the interpreter has answered");
    note(measured, "start", FIRST_FRAME, first - answered);
    println!("  first remote frame {:.0} ms after the answer", first - answered);

    let mut ways = Ways::new();
    for scenario in scenarios(quick) {
        let rest = Profile {
            delay: scenario.profile.delay,
            ..Profile::default()
        };
        for side in [Side::Kiosk, Side::Interpreter] {
            link.change(side, rest.clone());
        }
        tokio::time::sleep(REST).await;
        console.watch_both().await;
        tokio::time::sleep(WAKES).await;
        let part = scenario
            .of_core
            .map(|per_cent| PartOfCore::of(booth.root(), per_cent));
        let part = match part {
            Some(None) => {
                println!("  {}: needs root and control groups; left out", scenario.name);
                continue;
            }
            Some(part) => part,
            None => None,
        };
        for side in [Side::Kiosk, Side::Interpreter] {
            link.change(side, scenario.profile.clone());
        }
        let before = [Side::Interpreter, Side::Kiosk].map(|side| link.counters(side).delivered_bytes);
        let (cpu, since) = (tree_cpu(booth.root()), Instant::now());
        let seen = watch(&booth, console, scene, &scenario).await;
        let lasted = since.elapsed().as_secs_f64();
        let spent = tree_cpu(booth.root()).saturating_sub(cpu).as_secs_f64();
        let carried = [Side::Interpreter, Side::Kiosk].map(|side| link.counters(side).delivered_bytes);
        drop(part);
        for side in [Side::Kiosk, Side::Interpreter] {
            link.change(side, rest.clone());
        }
        note(
            measured,
            scenario.name,
            "cpu, % of a core",
            spent / lasted * 100.0,
        );
        if scenario.name == "clean" {
            let memory = tree_pss(booth.root()) as f64 / 1024.0;
            note(measured, scenario.name, "memory (PSS), MiB", memory);
        }
        tell(
            measured,
            &scenario,
            &seen,
            [carried[0] - before[0], carried[1] - before[1]],
        );
        ways.insert(scenario.name, seen);
        let kept = console.kept().await;
        let shown: Vec<Shown<'_>> = kept
            .iter()
            .map(|kept| Shown {
                number: kept.number,
                next: kept.next,
                luma: &kept.luma,
            })
            .collect();
        if let Some(sharpness) = source.judge(&shown) {
            note(measured, scenario.name, SIGNER, sharpness.signer);
            note(measured, scenario.name, "to browser PSNR, dB", sharpness.whole);
            note(
                measured,
                scenario.name,
                "to browser SSIM, of 100",
                sharpness.ssim * 100.0,
            );
        }
    }
    booth.leave().await;
    console.phase("idle").await;
    console.status("available").await;
    ways
}

/// Both ways at once: kiosk to browser, browser to kiosk. The console watches already.
async fn watch(booth: &Booth, console: &Browser, scene: &Scene, scenario: &Scenario) -> [Way; 2] {
    let Glass {
        from,
        to,
        own,
        remote,
    } = booth.watch(&scene.display, scenario.lasts).await;
    let there = console.watched_both().await;
    let inside = |seen: Vec<Seen>| {
        seen.into_iter()
            .filter(|(_, time)| (from..to).contains(time))
            .collect()
    };
    [
        Way {
            sent: own,
            arrived: inside(there.remote),
            from,
            to,
        },
        Way {
            sent: there.own,
            arrived: inside(remote),
            from,
            to,
        },
    ]
}

/// The names of a way's metrics.
struct Names {
    p50: &'static str,
    p95: &'static str,
    p99: &'static str,
    fps: &'static str,
    freezes: &'static str,
    long_freezes: &'static str,
    frozen: &'static str,
    after_drop: &'static str,
    fluent: &'static str,
    rate: &'static str,
}

const NAMES: [Names; 2] = [
    Names {
        p50: "to browser p50, ms",
        p95: "to browser p95, ms",
        p99: "to browser p99, ms",
        fps: "to browser fps",
        freezes: "to browser gaps > 200 ms",
        long_freezes: "to browser gaps > 500 ms",
        frozen: "to browser frozen, ms",
        after_drop: "to browser frozen after the drop, ms",
        fluent: "to browser back to 20 fps, ms",
        rate: "to browser kbit/s",
    },
    Names {
        p50: "to kiosk p50, ms",
        p95: "to kiosk p95, ms",
        p99: "to kiosk p99, ms",
        fps: "to kiosk fps",
        freezes: "to kiosk gaps > 200 ms",
        long_freezes: "to kiosk gaps > 500 ms",
        frozen: "to kiosk frozen, ms",
        after_drop: "to kiosk frozen after the drop, ms",
        fluent: "to kiosk back to 20 fps, ms",
        rate: "to kiosk kbit/s",
    },
];

fn tell(measured: &mut Measured, scenario: &Scenario, ways: &[Way; 2], bytes: [u64; 2]) {
    for ((way, names), bytes) in ways.iter().zip(&NAMES).zip(bytes) {
        let mut one = |metric, value: f64| note(measured, scenario.name, metric, value);
        for (metric, share) in [(names.p50, 0.5), (names.p95, 0.95), (names.p99, 0.99)] {
            if let Some(latency) = way.latency(share) {
                one(metric, latency);
            }
        }
        let (freezes, long_freezes) = way.freezes();
        one(names.fps, way.fps());
        one(names.freezes, freezes as f64);
        one(names.long_freezes, long_freezes as f64);
        one(names.frozen, way.frozen());
        one(names.rate, bytes as f64 * 8.0 / (way.to - way.from));
        if let Some(falls) = scenario.falls {
            let moment = way.from + falls.as_secs_f64() * 1000.0;
            one(names.after_drop, way.between(moment, moment + 10_000.0).frozen());
            if let Some(back) = way.fluent_after(moment) {
                one(names.fluent, back);
            }
        }
        let stops: String = way
            .stops()
            .iter()
            .map(|(at, lasted)| format!(" [{lasted:.0} ms at {:.1} s]", at / 1000.0))
            .collect();
        println!(
            "  {} {}: p50 {:.0}, p95 {:.0}, {:.1} fps, frozen {:.0} ms{stops}",
            scenario.name,
            names.fps.trim_end_matches(" fps"),
            way.latency(0.5).unwrap_or(f64::NAN),
            way.latency(0.95).unwrap_or(f64::NAN),
            way.fps(),
            way.frozen()
        );
    }
}
