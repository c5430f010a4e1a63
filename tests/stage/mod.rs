//! The stage of the end-to-end stories: the real relay, the real kiosk in a window of a virtual display, and real
//! Chromium with a camera that is a file. Nothing on it is pretended.
//!
//! Everything started here ends with its value, by its process id. Waiting is always for a condition, with a deadline.

#![allow(dead_code, reason = "each story uses a part of the stage")]

pub mod browser;
mod cage;
pub mod display;
pub mod kiosk;
pub mod map;
pub mod relay;
pub mod scene;
mod veil;

use std::fs::File;
use std::future::Future;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that is killed when its value is dropped.
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts it with its output in `NAME.log` of the folder.
    pub fn start(command: &mut Command, folder: &Path, name: &str) -> Self {
        let log = File::options()
            .create(true)
            .append(true)
            .open(folder.join(format!("{name}.log")))
            .expect("the folder of the story is writable");
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file handle can be cloned"))
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} starts: {error}"));
        Self { child }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port of this machine that is free now.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    listener
        .local_addr()
        .expect("a bound socket has an address")
        .port()
}

/// Waits until the question is answered, asking often; panics with `what` after the deadline.
pub async fn until<T, F>(what: &str, within: Duration, mut question: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let deadline = Instant::now() + within;
    loop {
        if let Some(answer) = question().await {
            return answer;
        }
        assert!(
            Instant::now() < deadline,
            "waited {within:?} in vain until {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Tells where a failed story's screen and logs are.
pub fn leave_traces(folder: &Path, display: &display::Display) {
    let traces = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failed");
    let _ = std::fs::create_dir_all(&traces);
    display.photograph(&traces.join("screen.png"));
    for name in ["kiosk", "relay", "chromedriver"] {
        let _ = std::fs::copy(
            folder.join(format!("{name}.log")),
            traces.join(format!("{name}.log")),
        );
    }
    eprintln!(
        "the screen and the logs of the failed story are in {}",
        traces.display()
    );
}

/// The middle one.
pub fn median<T: Copy + PartialOrd>(values: &[T]) -> T {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).expect("measurements are numbers"));
    sorted[sorted.len() / 2]
}

/// Threads and resident memory in KiB of a process, from the kernel's own books.
pub fn footprint(process: u32) -> (usize, usize) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("the process runs");
    let field = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|number| number.parse().ok())
            .expect("the kernel tells it")
    };
    (field("Threads:"), field("VmRSS:"))
}

/// Processor time used so far by a process, user and system.
pub fn cpu_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("the process runs");
    let after_name = stat.rsplit(')').next().expect("rsplit yields at least one part");
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u64>().expect("the kernel tells numbers"))
        .sum();
    // USER_HZ has been 100 on every Linux since 2.6.
    Duration::from_millis(ticks * 10)
}
