//! Owns the call: one task, one loop, one closed event.
//!
//! The screens say [`Command`]s and are told [`Update`]s; they never see the link, the peer connection or a pipeline.
//! Pictures do not come this way: they are in [`Pictures`].
//!
//! ```text
//! screen ──Command──▶ ┌────────┐ ──Input──▶ ┌──────┐
//! link ───Update────▶ │ driver │            │ Call │
//! peer ───Event─────▶ │        │ ◀─Output── └──────┘
//! clips ──Shelf─────▶ │        │ ──Wanted─▶ player
//! beat ─────────────▶ └────────┘ ──Update──▶ screen
//! ```

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::Stream;
use tokio::sync::{Mutex, mpsc, watch};

use super::clips::{self, Road};
use super::desk::{Desk, Paper};
use super::hall;
use super::link;
use super::paper::Sheet;
use super::peer;
use super::peer::document::Order;
use super::player::{self, News, Player, Shown, Wanted};
use super::quality::Quality;
use crate::call::view::View;
use crate::call::{Call, Input, Output};
use crate::clip::ClipId;
use crate::id::Round;
use crate::media::camera::{self as device, CameraChoice, CameraState};
use crate::media::codec::Codec;
use crate::media::error::MediaError;
use crate::media::frame::Pictures;
use crate::media::sound::SoundChoice;
use crate::media::still::Still;
use crate::protocol::{Alarm, Availability, Called, Face, FromKiosk, Question, ToKiosk, Topic};
use crate::text::{Edit, Transcript};

use talk::Talking;

mod camera;
mod paper;
mod talk;

/// Level bars move, and what has come from the interpreter is looked at, this often.
const BEAT: Duration = Duration::from_millis(200);

/// What a screen asks for.
#[derive(Debug, Clone)]
pub enum Command {
    /// Whether a screen wants the camera from now on: for own picture only, nothing is sent. A conversation opens it too,
    /// and a hold closes it.
    Camera(bool),
    Call(Topic),
    /// Gives up waiting.
    Cancel,
    HangUp,
    /// The interpreter is gone: find another one, at the head of the queue.
    Requeue,
    /// Puts the conversation on hold, or goes on with it.
    Hold(bool),
    /// A key of real-time text.
    Type(Edit),
    /// On the kiosk's printer. The number tells sheets apart: an earlier visitor's may still be on its way.
    Print {
        number: u32,
        sheet: Sheet,
    },
    /// Takes a still of a paper that the visitor holds into the camera. The number tells shots apart: what is told of one
    /// that was put away may still be on its way.
    TakeStill(u32),
    /// What the visitor thinks of the conversation, after it.
    Answer(Question, Face),
    /// Gives the still that was taken to the interpreter.
    SendStill,
    /// Takes the still away, on both sides.
    WipeStill,
    /// The clip that the screen shows from now on, if it shows one.
    Clip(Option<Wanted>),
    /// In an alarm somebody cannot go alone: tells the relay.
    Help,
    /// Leaves [`View::Ended`] and wipes what is left of the visit.
    Dismiss,
}

/// What a screen is told, whenever it changes.
#[derive(Debug, Clone)]
pub enum Update {
    /// Whether the relay is in reach, and what it calls this place.
    Link(Link),
    Availability(Availability),
    /// Paper tickets that were called to windows, the newest first.
    Tickets(Vec<Called>),
    /// An alarm that the relay tells of, or its end.
    Alarm(Option<Alarm>),
    /// An alarm that somebody in the house tells of, or its end.
    AlarmHere(Option<Alarm>),
    Call(View),
    /// Both sides' text; empty when the call is over.
    Text(Transcript),
    /// What became of the still of that number.
    Paper {
        number: u32,
        paper: Paper,
    },
    /// How the conversation fares.
    Quality(Quality),
    /// The interpreter asks for the visitor's eyes (T.140's BEL).
    Bell,
    Camera(Camera),
    /// The clerk's or interpreter's voice, 0–5 bars; at most five times a second.
    Speaking(u8),
    /// Whether there is a working microphone and speaker.
    Sound {
        microphone: bool,
        speaker: bool,
    },
    /// The places that have a clip.
    Clips(BTreeSet<ClipId>),
    /// The clip of the last [`Command::Clip`].
    Clip(Option<Shown>),
    /// The sheet of that number is out, or could not be printed.
    Printed {
        number: u32,
        well: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Never reached yet, or lost; tried again and again.
    Down,
    Up {
        cnap: String,
        kiosk: String,
    },
}

/// Where own picture comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Camera {
    Off,
    Device,
    /// A file stands in for the camera (tests, demonstrations).
    File,
    /// No camera: a moving drawing is sent and the screen says so.
    Generated,
}

/// What the driver needs to know of this kiosk.
#[derive(Clone)]
pub struct Settings {
    pub relay: link::Address,
    pub camera: CameraChoice,
    pub sound: SoundChoice,
    /// In the order of preference; none: what this machine does best.
    pub codecs: Option<Vec<Codec>>,
    /// What CUPS calls this kiosk's printer.
    pub printer: Option<String>,
    pub clips: clips::Settings,
    /// Where somebody in the house writes that there is an alarm.
    pub alarm_file: Option<PathBuf>,
    /// The interpreter's browser may run on this machine.
    pub loopback: bool,
}

/// The screens' end of the driver. Clones speak to the same one.
#[derive(Clone)]
pub struct Handle {
    commands: mpsc::Sender<Command>,
    updates: Arc<Mutex<mpsc::UnboundedReceiver<Update>>>,
    pub pictures: Pictures,
}

impl Handle {
    pub fn send(&self, command: Command) {
        // The queue is longer than a person is fast; a driver that stands still would lose a tap, not freeze a screen.
        if self.commands.try_send(command).is_err() {
            tracing::error!("the driver does not keep up with the screen");
        }
    }

    /// Everything that happens, each update once: for one listener.
    pub fn updates(&self) -> impl Stream<Item = Update> + Send + use<> {
        futures::stream::unfold(self.updates.clone(), |updates| async move {
            let update = updates.lock().await.recv().await?;
            Some((update, updates))
        })
    }
}

/// All that the driver hears.
enum Event {
    Command(Command),
    Link(link::Update),
    Peer(Round, peer::Event),
    Camera(CameraState),
    Still(Shot),
    Shelf(clips::Shelf),
    Clip(player::Told),
    AlarmHere(Option<Alarm>),
    Beat,
}

/// What the camera gave for the still of that number.
type Shot = (u32, Result<Still, MediaError>);

/// Where the events come from.
struct Sources {
    screen: mpsc::Receiver<Command>,
    link: mpsc::Receiver<link::Update>,
    peer: mpsc::Receiver<(Round, peer::Event)>,
    camera: mpsc::UnboundedReceiver<CameraState>,
    stills: mpsc::UnboundedReceiver<Shot>,
    shelves: mpsc::UnboundedReceiver<clips::Shelf>,
    clip: mpsc::UnboundedReceiver<player::Told>,
    alarms: mpsc::UnboundedReceiver<Option<Alarm>>,
    beat: tokio::time::Interval,
}

impl Sources {
    /// The next event; none when no screen is left.
    async fn next(&mut self) -> Option<Event> {
        tokio::select! {
            command = self.screen.recv() => command.map(Event::Command),
            Some(update) = self.link.recv() => Some(Event::Link(update)),
            Some((round, event)) = self.peer.recv() => Some(Event::Peer(round, event)),
            Some(state) = self.camera.recv() => Some(Event::Camera(state)),
            Some(shot) = self.stills.recv() => Some(Event::Still(shot)),
            Some(shelf) = self.shelves.recv() => Some(Event::Shelf(shelf)),
            Some(told) = self.clip.recv() => Some(Event::Clip(told)),
            Some(alarm) = self.alarms.recv() => Some(Event::AlarmHere(alarm)),
            _ = self.beat.tick() => Some(Event::Beat),
        }
    }
}

/// Starts the driver on the present tokio runtime; it ends when the last handle is dropped.
pub fn start(settings: Settings) -> Result<Handle, link::LinkError> {
    let (commands, screen) = mpsc::channel(256);
    let (updates, receiver) = mpsc::unbounded_channel();
    let (link_updates, from_link) = mpsc::channel(64);
    let (peer_events, from_peer) = mpsc::channel(256);
    let (camera_events, from_camera) = mpsc::unbounded_channel();
    let (shots, stills) = mpsc::unbounded_channel();
    let (clip_told, clip) = mpsc::unbounded_channel();
    let (alarms_here, alarms) = mpsc::unbounded_channel();
    let (road, on_road) = watch::channel(Road::Away);
    let keeper = clips::keep(&settings.clips, on_road)?;
    let link = link::open(&settings.relay, link_updates)?;
    if let Some(file) = settings.alarm_file.clone() {
        tokio::spawn(hall::watch_alarm(file, alarms_here));
    }
    let pictures = Pictures::new();
    let news = updates.clone();
    let player = Player::new(pictures.clip.clone(), keeper.suspects, clip_told, move |told| {
        // A screen that is gone needs no telling.
        let _ = news.send(match told {
            News::Stocked(places) => Update::Clips(places),
            News::Shown(shown) => Update::Clip(shown),
        });
    });
    let driver = Driver {
        call: Call::new(),
        started: Instant::now(),
        settings,
        link,
        pictures: pictures.clone(),
        camera: None,
        wanted: false,
        writes_only: false,
        peer: None,
        transcript: Transcript::default(),
        desk: Desk::default(),
        player,
        road,
        is_linked: false,
        calls: false,
        updates,
        peer_events,
        camera_events,
        shots,
    };
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    tokio::spawn(driver.run(Sources {
        screen,
        link: from_link,
        peer: from_peer,
        camera: from_camera,
        stills,
        shelves: keeper.shelves,
        clip,
        alarms,
        beat,
    }));
    Ok(Handle {
        commands,
        updates: Arc::new(Mutex::new(receiver)),
        pictures,
    })
}

struct Driver {
    call: Call,
    started: Instant,
    settings: Settings,
    link: link::Link,
    pictures: Pictures,
    camera: Option<Arc<device::Camera>>,
    /// A screen shows own picture, or soon will.
    wanted: bool,
    /// The visitor of the present call writes and is not seen.
    writes_only: bool,
    peer: Option<Talking>,
    transcript: Transcript,
    desk: Desk,
    player: Player,
    /// Whether clips may be fetched.
    road: watch::Sender<Road>,
    is_linked: bool,
    /// Somebody waits for an interpreter or signs with one.
    calls: bool,
    updates: mpsc::UnboundedSender<Update>,
    peer_events: mpsc::Sender<(Round, peer::Event)>,
    camera_events: mpsc::UnboundedSender<CameraState>,
    shots: mpsc::UnboundedSender<Shot>,
}

impl Driver {
    async fn run(mut self, mut sources: Sources) {
        self.tell(Update::Link(Link::Down));
        self.tell(Update::Camera(Camera::Off));
        while let Some(event) = sources.next().await {
            match event {
                Event::Command(command) => self.command(command),
                Event::Link(update) => self.link(update),
                Event::Peer(round, event) => self.peer(round, event),
                // A camera that was closed meanwhile has nothing to tell.
                Event::Camera(state) if self.camera.is_some() => self.tell(Update::Camera(state.into())),
                Event::Camera(_) => {}
                Event::Still((number, still)) => {
                    if let Err(error) = &still {
                        tracing::warn!(%error, "no still");
                    }
                    self.on_desk(|desk| desk.taken(number, still));
                }
                Event::Shelf(shelf) => self.player.stock(shelf),
                Event::Clip(told) => self.player.heard(told),
                Event::AlarmHere(alarm) => self.tell(Update::AlarmHere(alarm)),
                Event::Beat => self.beat(),
            }
        }
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::Camera(wanted) => {
                self.wanted = wanted;
                self.mind_camera();
            }
            Command::Call(topic) => {
                self.writes_only = topic.wishes.text_only;
                self.mind_camera();
                self.input(Input::Ask(topic));
            }
            Command::Cancel | Command::HangUp => self.input(Input::Leave),
            Command::Requeue => self.input(Input::Requeue),
            Command::Hold(on) => self.input(Input::Hold(on)),
            Command::Dismiss => self.input(Input::Dismiss),
            Command::Clip(wanted) => self.player.want(wanted),
            Command::Help => self.link.send(FromKiosk::Help),
            Command::Type(edit) => self.type_text(edit),
            Command::Print { number, sheet } => self.print(number, sheet),
            // Without the relay the answer is lost, and nobody is kept waiting for it.
            Command::Answer(question, face) => self.link.send(FromKiosk::Answer { question, face }),
            Command::TakeStill(number) => self.take_still(number),
            Command::SendStill => {
                let transfer = self.on_desk(Desk::send);
                self.document(transfer.map(Order::Send));
            }
            Command::WipeStill => {
                self.on_desk(Desk::wipe);
                self.document(Some(Order::Wipe));
            }
        }
    }

    fn link(&mut self, update: link::Update) {
        match update {
            link::Update::Up => {
                self.is_linked = true;
                self.mind_road();
                self.input(Input::LinkUp);
            }
            link::Update::Down => {
                self.is_linked = false;
                self.mind_road();
                self.tell(Update::Link(Link::Down));
                self.input(Input::LinkDown);
            }
            link::Update::Said(message) => {
                match &message {
                    ToKiosk::Welcome { cnap, kiosk, .. } => self.tell(Update::Link(Link::Up {
                        cnap: cnap.clone(),
                        kiosk: kiosk.clone(),
                    })),
                    ToKiosk::Availability { availability } => {
                        self.tell(Update::Availability(availability.clone()));
                    }
                    ToKiosk::Tickets { called } => self.tell(Update::Tickets(called.clone())),
                    ToKiosk::Alarm { kind } => {
                        tracing::warn!(?kind, "alarm");
                        self.tell(Update::Alarm(*kind));
                    }
                    ToKiosk::Error { fault } => tracing::warn!(code = ?fault.code, "the relay refused"),
                    _ => {}
                }
                self.input(Input::Said(message));
            }
        }
    }

    /// Feeds the call and does what it wants done.
    fn input(&mut self, input: Input) {
        self.call.handle(input, self.started.elapsed());
        while let Some(output) = self.call.poll() {
            match output {
                Output::Send(message) => self.link.send(message),
                Output::Peer(command) => self.peer_command(command),
                Output::View(view) => self.view(view),
            }
        }
    }

    fn view(&mut self, view: View) {
        if view == View::Idle {
            self.writes_only = false;
        }
        self.calls = matches!(view, View::Waiting(_) | View::Talking(_));
        self.mind_road();
        self.tell(Update::Call(view));
    }

    /// From the moment that somebody calls, the line is theirs.
    fn mind_road(&self) {
        let road = match (self.is_linked, self.calls) {
            (_, true) => Road::Busy,
            (true, false) => Road::Free,
            (false, false) => Road::Away,
        };
        self.road
            .send_if_modified(|now| std::mem::replace(now, road) != road);
    }

    fn tell(&self, update: Update) {
        // A screen that is gone needs no telling; the loop ends by itself then.
        let _ = self.updates.send(update);
    }
}
