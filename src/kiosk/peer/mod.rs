//! The peer connection to the interpreter's browser; the only user of the `webrtc` crate.
//!
//! One [`Peer`] is one [`Round`]: one `RTCPeerConnection` with the pipelines that feed it and drain it. Dropping it
//! closes the connection, the encoder, the decoder and the sound. It offers, the browser answers (RFC 8829).
//!
//! ```text
//! camera ─▶ encoder ─RTP─▶ outgoing ─▶ SRTP/UDP ─▶ browser
//!              ▲ bitrate     ▲ PLI, FIR      │ transport-wide feedback
//!              └─────────────┴── congestion ◀┘
//! browser ─▶ SRTP/UDP ─▶ incoming ─▶ recovery ─RTP─▶ decoder ─▶ remote picture
//!                │          └─▶ NACK, PLI: what the decoder misses
//!                └─▶ losses, ceiling: what the browser is told of the way here
//! microphone, speaker ◀─ Opus ─▶ the same way        `t140` data channel ◀─▶ real-time text (RFC 8865)
//!                                                 `document` data channel ◀─▶ a still, a place on it
//! ```

mod arrivals;
mod ceiling;
mod channel;
mod codecs;
mod congestion;
pub mod document;
mod incoming;
mod keyframes;
mod losses;
mod numbers;
mod outgoing;
mod parity;
mod protection;
mod recovery;
mod repairs;
mod session;
mod sound;
mod way;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::sync::{mpsc, watch};

use congestion::Estimate;

use crate::call::PeerEvent;
use crate::document::FromReader;
use crate::id::Round;
use crate::media::camera::Camera;
use crate::media::codec::Codec;
use crate::media::frame::FrameSlot;
use crate::media::sound::{Sound, SoundChoice, SoundState};
use crate::protocol::{Candidate, Description, IceServer};

/// What a peer connection works with: it shares the camera with own picture and puts frames where the screen looks.
#[derive(Clone)]
pub struct Room {
    pub remote: FrameSlot,
    pub sound: SoundChoice,
    /// In the order of preference; at least one.
    pub codecs: Vec<Codec>,
    /// Also offer the loopback address: the browser runs on this very machine.
    pub loopback: bool,
}

/// What the interpreter gets to see and to hear; nothing of both on hold.
#[derive(Clone, Default)]
pub struct Sending {
    /// None on hold, and for a visitor who writes only.
    pub camera: Option<Arc<Camera>>,
    pub voice: bool,
}

#[derive(Debug, Clone)]
pub enum Event {
    Call(PeerEvent),
    /// One message of the `t140` channel.
    Text(Vec<u8>),
    /// What the interpreter's page says of the still.
    Document(FromReader),
    Sound(SoundState),
}

/// The commands a peer connection takes from its owner.
enum Command {
    Answer(Description),
    Candidate(Candidate),
    Restart,
    Text(String),
}

pub struct Peer {
    pub round: Round,
    commands: mpsc::UnboundedSender<Command>,
    papers: mpsc::UnboundedSender<document::Order>,
    sending: watch::Sender<Sending>,
    packets: Arc<AtomicU64>,
    estimate: Estimate,
    /// From the moment that the connection stands.
    sound: Arc<OnceLock<Sound>>,
}

impl Peer {
    /// Starts to connect, and sends this from the start; the offer comes as an event.
    pub fn open(
        round: Round,
        ice: Vec<IceServer>,
        room: Room,
        sending: Sending,
        events: mpsc::Sender<(Round, Event)>,
    ) -> Self {
        let (sending, sent) = watch::channel(sending);
        let (commands, inbox) = mpsc::unbounded_channel();
        let (papers, from_desk) = mpsc::unbounded_channel();
        let sound = Arc::new(OnceLock::new());
        let packets = Arc::new(AtomicU64::new(0));
        let estimate = Estimate::default();
        let session = session::Session {
            round,
            ice,
            room,
            sent,
            papers: from_desk,
            sound: sound.clone(),
            packets: packets.clone(),
            estimate: estimate.clone(),
            queue: watch::Sender::new(false),
            events,
        };
        // The task closes the connection and ends when its inbox is closed, that is, when the peer is dropped.
        tokio::spawn(session.run(inbox));
        Self {
            round,
            commands,
            papers,
            sending,
            packets,
            estimate,
            sound,
        }
    }

    /// Sends this from now on. A camera that is not sent any more is let go.
    pub fn send(&self, sending: Sending) {
        self.sending.send_replace(sending);
    }

    pub fn answer(&self, description: Description) {
        self.tell(Command::Answer(description));
    }

    pub fn candidate(&self, candidate: Candidate) {
        self.tell(Command::Candidate(candidate));
    }

    pub fn restart(&self) {
        self.tell(Command::Restart);
    }

    /// Says text on the `t140` channel, as soon as it is open.
    pub fn text(&self, text: String) {
        self.tell(Command::Text(text));
    }

    /// Sends a still on the `document` channel as soon as it is open, or takes it away.
    pub fn document(&self, order: document::Order) {
        // Its task ends with the session's.
        let _ = self.papers.send(order);
    }

    /// Packets received in this round.
    pub fn packets(&self) -> u64 {
        self.packets.load(Ordering::Relaxed)
    }

    /// Bits a second that the network carries from here.
    pub fn carries(&self) -> u32 {
        self.estimate.bits_per_second()
    }

    /// How loud the other side speaks, 0–5 bars.
    pub fn speaking(&self) -> u8 {
        self.sound.get().map_or(0, Sound::speaking)
    }

    fn tell(&self, command: Command) {
        // The task ends before its owner only with `PeerEvent::Ended`, which it has told.
        let _ = self.commands.send(command);
    }
}
