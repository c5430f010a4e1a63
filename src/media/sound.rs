//! Voices in and out: the clerk's and visitor's microphone to the interpreter, the interpreter's voice to the loudspeaker.
//!
//! ```text
//! microphone ─▶ ring ─▶ echo canceller ─▶ Opus ─▶ packets
//!                            ▲ ring
//! speaker ◀─ playout ◀───────┴── ring ◀─ level ◀─ Opus ◀─ push
//! ```
//!
//! Threads: the sound card's two (cpal), one that cancels echo, and a supervisor that owns the streams. cpal gives no
//! notice of plugging: the supervisor drops a stream that fails or falls silent for 2 s, backs off, and looks the device
//! up again; no sound card at the start is nothing special. Without a microphone nothing is sent; without a speaker the
//! remote voice is still decoded, because its level is shown to people who do not hear it. Mono, 48 kHz.

mod cookie;
mod echo;
mod level;
mod opus;
mod playout;
mod port;
mod voice;

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ringbuf::HeapProd;
use ringbuf::traits::Producer;

use super::error::MediaError;
use level::Level;
pub use opus::Pace;
use port::Port;
use voice::{Supply, Voice};

/// The first look for an absent device comes this soon; each later one twice as late.
const LOOK_FIRST: Duration = Duration::from_millis(500);
const LOOK_LAST: Duration = Duration::from_secs(4);
/// A stream without a callback for this long is dead, whatever it says.
const SILENT: Duration = Duration::from_secs(2);
const CHECK_EVERY: Duration = Duration::from_millis(250);
/// Bars of a voice that stopped coming go dark after this long.
const FORGET: Duration = Duration::from_millis(300);

/// Names of ALSA devices (`plughw:CARD=…`, or as described); none: the default one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoundChoice {
    pub microphone: Option<String>,
    pub speaker: Option<String>,
}

/// Which devices work now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SoundState {
    pub microphone: bool,
    pub speaker: bool,
}

/// Counted since the start; samples are mono at 48 kHz.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SoundStats {
    pub samples_sent: u64,
    pub packets_sent: u64,
    pub packets_received: u64,
    /// Decoded or concealed.
    pub samples_heard: u64,
}

/// A running pair of microphone and speaker. Dropping it closes both.
pub struct Sound {
    decoder: opus::Decoder,
    hearing: Arc<Hearing>,
    counters: Arc<Counters>,
    state: Arc<Mutex<SoundState>>,
    stop: Sender<()>,
    supplies: Sender<Supply>,
    pace: Mutex<Pace>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Counters {
    samples_sent: Arc<AtomicU64>,
    packets_sent: AtomicU64,
    packets_received: AtomicU64,
    samples_heard: AtomicU64,
}

/// What the decoder leaves behind.
struct Hearing {
    bars: AtomicU8,
    last: Mutex<Option<Instant>>,
    /// Leads to the speaker while there is one.
    play: Mutex<Option<HeapProd<f32>>>,
}

impl Sound {
    /// Looks for the devices and starts; returns at once, `changed` tells when they work and when they are lost.
    /// `packets` gets whole RTP packets of Opus (payload type 111, any SSRC: the peer connection writes its own).
    pub fn start(
        choice: SoundChoice,
        mut packets: impl FnMut(Bytes) + Send + 'static,
        changed: impl Fn(SoundState) + Send + Sync + 'static,
    ) -> Result<Sound, MediaError> {
        super::init()?;
        let counters = Arc::new(Counters::default());
        let counted = counters.clone();
        let encoder = opus::Encoder::start(move |packet| {
            counted.packets_sent.fetch_add(1, Ordering::Relaxed);
            packets(packet);
        })?;

        let hearing = Arc::new(Hearing {
            bars: AtomicU8::new(0),
            last: Mutex::default(),
            play: Mutex::default(),
        });
        let decoder = opus::Decoder::start(hear(hearing.clone(), counters.clone()))?;

        let (supplies, intake) = mpsc::channel();
        let voice = Voice {
            encoder,
            sent: counters.samples_sent.clone(),
        };
        let voice = spawn("voice", move || voice.run(&intake))?;

        let state = Arc::new(Mutex::new(SoundState::default()));
        let (stop, stopped) = mpsc::channel();
        let supervisor = Supervisor {
            choice,
            hearing: hearing.clone(),
            supplies: supplies.clone(),
            state: state.clone(),
            microphone: Phase::first(),
            speaker: Phase::first(),
        };
        let supervisor = spawn("sound", move || supervisor.run(&stopped, &changed))?;
        Ok(Sound {
            decoder,
            hearing,
            counters,
            state,
            stop,
            supplies,
            pace: Mutex::default(),
            threads: vec![supervisor, voice],
        })
    }

    /// One whole RTP packet of the other side's voice, in whatever order they arrive.
    pub fn push(&self, rtp: Bytes) {
        self.counters.packets_received.fetch_add(1, Ordering::Relaxed);
        self.decoder.push(rtp);
    }

    /// What own voice takes of the line from now on; may be said again and again.
    pub fn pace(&self, pace: Pace) {
        let mut now = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        if *now != pace {
            *now = pace;
            // Fails only while the sound stops.
            let _ = self.supplies.send(Supply::Pace(pace));
        }
    }

    /// The remote voice, 0–5 bars.
    pub fn speaking(&self) -> u8 {
        let last = *self.hearing.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last {
            Some(at) if at.elapsed() < FORGET => self.hearing.bars.load(Ordering::Relaxed),
            _ => 0,
        }
    }

    pub fn state(&self) -> SoundState {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn stats(&self) -> SoundStats {
        SoundStats {
            samples_sent: self.counters.samples_sent.load(Ordering::Relaxed),
            packets_sent: self.counters.packets_sent.load(Ordering::Relaxed),
            packets_received: self.counters.packets_received.load(Ordering::Relaxed),
            samples_heard: self.counters.samples_heard.load(Ordering::Relaxed),
        }
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        let _ = self.stop.send(());
        let _ = self.supplies.send(Supply::Stop);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn spawn(name: &'static str, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, MediaError> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(body)
        .map_err(|_| MediaError::Thread("the sound"))
}

fn hear(hearing: Arc<Hearing>, counters: Arc<Counters>) -> impl FnMut(&[f32]) + Send + 'static {
    let mut level = Level::default();
    move |samples| {
        counters
            .samples_heard
            .fetch_add(samples.len() as u64, Ordering::Relaxed);
        hearing.bars.store(level.hear(samples), Ordering::Relaxed);
        *hearing.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if let Some(play) = hearing
            .play
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()
        {
            // A ring that is full belongs to a speaker that has stopped taking; it is about to be dropped.
            play.push_slice(samples);
        }
    }
}

/// The life of one device.
enum Phase {
    Absent {
        look_at: Instant,
        next: Duration,
    },
    Open {
        port: Port,
        calls: u64,
        since: Instant,
        proven: bool,
    },
}

impl Phase {
    fn first() -> Self {
        Phase::Absent {
            look_at: Instant::now(),
            next: LOOK_FIRST,
        }
    }

    fn opened(port: Port) -> Self {
        Phase::Open {
            port,
            calls: 0,
            since: Instant::now(),
            proven: false,
        }
    }

    /// After a stream that worked the device may be back at once; one that never did is looked for calmly.
    fn lost(&self) -> Self {
        let wait = if self.works() { LOOK_FIRST } else { LOOK_LAST };
        Phase::Absent {
            look_at: Instant::now() + wait,
            next: (wait * 2).min(LOOK_LAST),
        }
    }

    fn is_due(&self) -> bool {
        matches!(self, Phase::Absent { look_at, .. } if *look_at <= Instant::now())
    }

    fn later(&mut self) {
        if let Phase::Absent { look_at, next } = self {
            *look_at = Instant::now() + *next;
            *next = (*next * 2).min(LOOK_LAST);
        }
    }

    fn works(&self) -> bool {
        matches!(self, Phase::Open { proven: true, .. })
    }

    /// Whether it is known if there is a device that works.
    fn is_settled(&self) -> bool {
        !matches!(self, Phase::Open { proven: false, .. })
    }

    /// Takes the pulse; true when the stream is dead.
    fn is_dead(&mut self) -> bool {
        let Phase::Open {
            port,
            calls,
            since,
            proven,
        } = self
        else {
            return false;
        };
        let now = port.pulse.calls.load(Ordering::Relaxed);
        if now != *calls {
            *calls = now;
            *since = Instant::now();
            *proven = true;
        }
        port.pulse.failed.load(Ordering::Relaxed) || since.elapsed() > SILENT
    }
}

struct Supervisor {
    choice: SoundChoice,
    hearing: Arc<Hearing>,
    supplies: Sender<Supply>,
    state: Arc<Mutex<SoundState>>,
    microphone: Phase,
    speaker: Phase,
}

impl Supervisor {
    /// Tells the first state that is known, and every change of it.
    fn run(mut self, stopped: &Receiver<()>, changed: &dyn Fn(SoundState)) {
        let mut told = None;
        loop {
            self.tend_microphone();
            self.tend_speaker();
            let now = SoundState {
                microphone: self.microphone.works(),
                speaker: self.speaker.works(),
            };
            *self.state.lock().unwrap_or_else(PoisonError::into_inner) = now;
            let settled = self.microphone.is_settled() && self.speaker.is_settled();
            if told != Some(now) && (settled || told.is_some()) {
                told = Some(now);
                tracing::info!(
                    microphone = now.microphone,
                    speaker = now.speaker,
                    "the sound changed"
                );
                changed(now);
            }
            match stopped.recv_timeout(CHECK_EVERY) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn tend_microphone(&mut self) {
        if self.microphone.is_dead() {
            self.microphone = self.microphone.lost();
            self.supply(Supply::NoMicrophone);
        }
        if self.microphone.is_due() {
            match port::microphone(self.choice.microphone.as_deref()) {
                Ok((port, samples)) => {
                    self.supply(Supply::Microphone(samples, port.pulse.clone()));
                    self.microphone = Phase::opened(port);
                }
                Err(error) => {
                    tracing::debug!(%error, "no microphone yet");
                    self.microphone.later();
                }
            }
        }
    }

    fn tend_speaker(&mut self) {
        if self.speaker.is_dead() {
            self.lead(None);
            self.speaker = self.speaker.lost();
            self.supply(Supply::NoSpeaker);
        }
        if self.speaker.is_due() {
            match port::speaker(self.choice.speaker.as_deref()) {
                Ok((port, voices)) => {
                    self.supply(Supply::Played(voices.played, port.pulse.clone()));
                    self.lead(Some(voices.play));
                    self.speaker = Phase::opened(port);
                }
                Err(error) => {
                    tracing::debug!(%error, "no speaker yet");
                    self.speaker.later();
                }
            }
        }
    }

    fn lead(&self, play: Option<HeapProd<f32>>) {
        *self.hearing.play.lock().unwrap_or_else(PoisonError::into_inner) = play;
    }

    fn supply(&self, supply: Supply) {
        // The other thread is gone only when both are being stopped.
        let _ = self.supplies.send(supply);
    }
}
