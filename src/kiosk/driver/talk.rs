//! The conversation: one peer connection after another, what is sent on it, and what comes.

use super::{Driver, Update};
use crate::call::{Input, PeerCommand, Purpose};
use crate::id::Round;
use crate::kiosk::desk::Desk;
use crate::kiosk::peer::document::Order;
use crate::kiosk::peer::{self, Peer, Room, Sending};
use crate::kiosk::quality::{Judge, Quality};
use crate::media::factory;
use crate::media::sound::SoundState;
use crate::protocol::IceServer;
use crate::text::{Decoder, Edit, Side};

/// What lives as long as one peer connection.
pub(super) struct Talking {
    pub(super) peer: Peer,
    hearing: Decoder,
    /// Counters at the last beat, to see what has come since.
    packets: u64,
    frame: Option<u64>,
    speaking: u8,
    /// Text has come since the last beat.
    wrote: bool,
    pub(super) purpose: Purpose,
    judge: Judge,
    quality: Quality,
}

impl Driver {
    pub(super) fn peer(&mut self, round: Round, event: peer::Event) {
        match event {
            peer::Event::Call(event) => self.input(Input::Peer(round, event)),
            peer::Event::Sound(SoundState { microphone, speaker }) => {
                self.tell(Update::Sound { microphone, speaker });
            }
            peer::Event::Text(bytes) => {
                let Some(talking) = self.peer.as_mut().filter(|talking| talking.peer.round == round) else {
                    return;
                };
                // Who writes is there, whatever became of the picture.
                talking.wrote = true;
                let heard = talking.hearing.feed(&bytes);
                for edit in heard.edits {
                    self.transcript.apply(Side::Other, edit);
                }
                if heard.bell {
                    self.tell(Update::Bell);
                }
                self.tell(Update::Text(self.transcript.clone()));
            }
            peer::Event::Document(said) => {
                if self
                    .peer
                    .as_ref()
                    .is_some_and(|talking| talking.peer.round == round)
                {
                    let order = self.on_desk(|desk| desk.hear(said));
                    self.document(order);
                }
            }
        }
    }

    pub(super) fn type_text(&mut self, edit: Edit) {
        if let Some(talking) = self
            .peer
            .as_ref()
            .filter(|talking| talking.purpose != Purpose::Ring)
        {
            talking.peer.text(edit.encode());
            self.transcript.apply(Side::Own, edit);
            self.tell(Update::Text(self.transcript.clone()));
        }
    }

    pub(super) fn beat(&mut self) {
        let frame = self.pictures.remote.latest().map(|frame| frame.sequence);
        let mut flow = Input::Tick;
        if let Some(talking) = &mut self.peer {
            let packets = talking.peer.packets();
            flow = Input::Flow {
                packets: packets != talking.packets || std::mem::take(&mut talking.wrote),
                pictures: frames_since(talking.frame, frame),
            };
            (talking.packets, talking.frame) = (packets, frame);
            let speaking = talking.peer.speaking();
            let spoke = std::mem::replace(&mut talking.speaking, speaking) != speaking;
            // On hold no picture comes, and that is no fault of the network.
            let moving = frame.filter(|_| talking.purpose == Purpose::Talk);
            let quality = talking.judge.beat(moving, talking.peer.carries());
            let fares = std::mem::replace(&mut talking.quality, quality) != quality;
            if spoke {
                self.tell(Update::Speaking(speaking));
            }
            if fares {
                self.tell(Update::Quality(quality));
            }
        }
        self.input(flow);
    }

    pub(super) fn peer_command(&mut self, command: PeerCommand) {
        match (command, &self.peer) {
            (PeerCommand::Open { round, ice, purpose }, _) => self.open(round, ice, purpose),
            (PeerCommand::Close, _) => {
                self.let_peer_go();
                self.mind_camera();
                self.forget_conversation();
            }
            (PeerCommand::Answer { round, description }, Some(talking)) if talking.peer.round == round => {
                talking.peer.answer(description);
            }
            (PeerCommand::Candidate { round, candidate }, Some(talking)) if talking.peer.round == round => {
                talking.peer.candidate(candidate);
            }
            (PeerCommand::Restart { round }, Some(talking)) if talking.peer.round == round => {
                talking.peer.restart();
            }
            (PeerCommand::Serve { round, purpose }, Some(talking)) if talking.peer.round == round => {
                self.serve(purpose);
            }
            _ => {}
        }
        let in_call = self
            .peer
            .as_ref()
            .is_some_and(|talking| talking.purpose != Purpose::Ring);
        self.player.in_call(in_call);
    }

    fn open(&mut self, round: Round, ice: Vec<IceServer>, purpose: Purpose) {
        self.let_peer_go();
        let sending = self.sending(purpose);
        if purpose == Purpose::Talk && sending.camera.is_none() && !self.writes_only {
            return;
        }
        let room = Room {
            remote: self.pictures.remote.clone(),
            sound: self.settings.sound.clone(),
            codecs: self.settings.codecs.clone().unwrap_or_else(factory::usable),
            loopback: self.settings.loopback,
        };
        if !self.transcript.is_empty() {
            // Of what was on its way when the connection before this one ended, nobody knows whether it arrived.
            for side in [Side::Own, Side::Other] {
                self.transcript.mark_loss(side);
            }
            self.tell(Update::Text(self.transcript.clone()));
        }
        self.peer = Some(Talking {
            peer: Peer::open(round, ice, room, sending, self.peer_events.clone()),
            hearing: Decoder::default(),
            packets: 0,
            frame: None,
            speaking: 0,
            wrote: false,
            purpose,
            judge: Judge::default(),
            quality: Quality::Unknown,
        });
        self.mind_camera();
        self.tell(Update::Quality(Quality::Unknown));
        let again = self.on_desk(Desk::send_again);
        self.document(again.map(Order::Send));
    }

    /// A picture of before is not shown again: neither during a hold nor until the first one after it.
    fn serve(&mut self, purpose: Purpose) {
        if let Some(talking) = &mut self.peer {
            talking.purpose = purpose;
        }
        self.mind_camera();
        let sending = self.sending(purpose);
        if let Some(talking) = &self.peer {
            talking.peer.send(sending);
        }
        self.pictures.remote.clear();
    }

    /// No camera when the visitor writes only, or when there is nothing to send at all.
    fn sending(&mut self, purpose: Purpose) -> Sending {
        if purpose != Purpose::Talk {
            return Sending::default();
        }
        let camera = if self.writes_only {
            None
        } else {
            self.open_camera()
        };
        Sending { camera, voice: true }
    }

    /// Whether the camera is still needed is for the caller to say: another peer may come at once.
    fn let_peer_go(&mut self) {
        if self.peer.take().is_some() {
            self.pictures.remote.clear();
            self.tell(Update::Speaking(0));
        }
    }

    /// Text and paper are of one conversation: who comes after this interpreter has not read it.
    fn forget_conversation(&mut self) {
        if !self.transcript.is_empty() {
            self.transcript.clear();
            self.tell(Update::Text(self.transcript.clone()));
        }
        self.on_desk(Desk::wipe);
    }
}

/// How many frames have come; of a picture that has only begun one is known.
fn frames_since(before: Option<u64>, latest: Option<u64>) -> u32 {
    let frames = match (before, latest) {
        (_, None) => 0,
        (None, Some(_)) => 1,
        (Some(before), Some(latest)) => latest.saturating_sub(before),
    };
    u32::try_from(frames).unwrap_or(u32::MAX)
}
