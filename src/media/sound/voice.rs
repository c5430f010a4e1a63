//! The thread between microphone, loudspeaker and encoder: cancels the echo 10 ms at a time.
//!
//! Sleeps without end while there is no microphone, and wakes every 5 ms while there is one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use ringbuf::HeapCons;
use ringbuf::traits::{Consumer, Observer};

use super::echo::{EchoCanceller, FRAME};
use super::opus::{Encoder, Pace};
use super::port::Pulse;

const EVERY: Duration = Duration::from_millis(5);

/// What the supervisor tells this thread.
pub enum Supply {
    Microphone(HeapCons<f32>, Arc<Pulse>),
    NoMicrophone,
    Played(HeapCons<f32>, Arc<Pulse>),
    NoSpeaker,
    /// The line has become wider or narrower.
    Pace(Pace),
    Stop,
}

pub struct Voice {
    pub encoder: Encoder,
    /// Samples that went to the encoder.
    pub sent: Arc<AtomicU64>,
}

type Ring = (HeapCons<f32>, Arc<Pulse>);

impl Voice {
    pub fn run(mut self, supplies: &Receiver<Supply>) {
        let mut microphone: Option<Ring> = None;
        let mut played: Option<Ring> = None;
        let mut canceller = EchoCanceller::new();
        loop {
            let supply = if microphone.is_some() {
                supplies.recv_timeout(EVERY)
            } else {
                supplies.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match supply {
                Ok(Supply::Microphone(ring, pulse)) => {
                    if let Some((played, _)) = &mut played {
                        played.clear();
                    }
                    canceller = EchoCanceller::new();
                    microphone = Some((ring, pulse));
                }
                Ok(Supply::NoMicrophone) => {
                    microphone = None;
                    self.encoder.gap();
                }
                Ok(Supply::Played(ring, pulse)) => {
                    canceller = EchoCanceller::new();
                    played = Some((ring, pulse));
                }
                Ok(Supply::NoSpeaker) => played = None,
                Ok(Supply::Pace(pace)) => self.encoder.pace(pace),
                Ok(Supply::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some((microphone, hearing)) = &mut microphone {
                self.speak(microphone, hearing, played.as_mut(), &mut canceller);
            }
        }
    }

    fn speak(
        &mut self,
        microphone: &mut HeapCons<f32>,
        hearing: &Pulse,
        mut played: Option<&mut Ring>,
        canceller: &mut EchoCanceller,
    ) {
        let mut frame = [0.0; FRAME];
        let mut delay_ms = hearing.latency_ms.load(Ordering::Relaxed);
        if let Some((played, playing)) = &mut played {
            delay_ms += playing.latency_ms.load(Ordering::Relaxed);
            while played.occupied_len() >= FRAME {
                played.pop_slice(&mut frame);
                canceller.played(&frame);
            }
        }
        while microphone.occupied_len() >= FRAME {
            microphone.pop_slice(&mut frame);
            // The canceller runs without a loudspeaker too: its high-pass filter keeps the rumble of a hall out.
            let clean = canceller.heard(&frame, delay_ms);
            self.sent.fetch_add(FRAME as u64, Ordering::Relaxed);
            self.encoder.push(&clean);
        }
    }
}
