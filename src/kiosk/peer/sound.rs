//! The sound of one connection: opened when the connection stands, because until then the processor is the pictures'.

use std::sync::OnceLock;

use bytes::Bytes;
use tokio::sync::mpsc;

use super::Event;
use crate::id::Round;
use crate::media::sound::{Sound, SoundChoice, SoundState};

/// Half a second of usual packets, a quarter of quick ones.
const QUEUE: usize = 25;

/// Opens microphone and loudspeaker into `sound`; the microphone's packets come from what this answers. Takes some
/// milliseconds.
pub(super) fn open(
    choice: SoundChoice,
    sound: &OnceLock<Sound>,
    round: Round,
    events: mpsc::Sender<(Round, Event)>,
) -> mpsc::Receiver<Bytes> {
    let (voice, voices) = mpsc::channel(QUEUE);
    let told = events.clone();
    let opened = Sound::start(
        choice,
        move |packet| {
            // A full queue means that the connection does not take sound now; late sound is worth nothing.
            let _ = voice.try_send(packet);
        },
        move |state| {
            let _ = told.try_send((round, Event::Sound(state)));
        },
    );
    match opened {
        Ok(opened) => {
            // One connection opens its sound once.
            let _ = sound.set(opened);
        }
        Err(error) => {
            tracing::error!(%error, "no sound in this call");
            let _ = events.try_send((round, Event::Sound(SoundState::default())));
        }
    }
    voices
}
