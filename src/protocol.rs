//! What kiosk, relay and console say to each other: JSON over WebSocket, one message a frame.
//!
//! **Invariant:** anything that arrives is data. [`parse`] is total: an unknown, malformed or oversized message is a
//! [`Fault`] that the sender is told, never a panic and never the end of a call.
//!
//! - The first message on a socket is `hello` with [`VERSION`]; the relay answers `welcome` or an error.
//! - Every message about a call carries [`At`]: the call and the epoch it was written for. The relay refuses a stale
//!   one with [`FaultCode::Stale`] and the present [`At`].
//! - Signalling is addressed from leg to leg and belongs to a [`Round`]: one peer connection. The kiosk offers, the
//!   browser answers (RFC 8829), candidates trickle (RFC 8838). It begins while the console rings; what was written then
//!   is taken after the answer too.
//! - Durations are whole seconds, `*_s`. Texts for people are never sent: a code is, and the receiver has the words;
//!   `sentence` in a fault is for whoever reads logs.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::id::{CallId, Epoch, InterpreterId, Leg, Round, ServiceId, Tab, TicketNumber};

/// Counted up when an old peer would misread a new one.
pub const VERSION: u16 = 1;

/// The largest message either side takes, in bytes.
pub const MAX_MESSAGE: usize = 64 * 1024;

/// How long a lost socket may stay away and still find its call, in seconds.
pub const RESUME_WINDOW_S: u64 = 30;

/// The call and the state of it that a message speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    pub call: CallId,
    pub epoch: Epoch,
}

/// What the visit is about; all that an interpreter knows before answering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The service whose card was open; none when the visitor called straight from the first screen.
    pub service: Option<ServiceId>,
    /// The language to be signed in.
    pub signing: Signing,
    /// BCP 47 tag of the language the visitor reads (`uk`, `en`).
    pub reading: String,
    #[serde(default, skip_serializing_if = "Wishes::are_none")]
    pub wishes: Wishes,
}

impl Topic {
    /// The language that an interpreter must sign to answer; none where both will write.
    pub fn needs(&self) -> Option<Signing> {
        (!self.wishes.text_only).then_some(self.signing)
    }
}

/// What a visitor may ask for besides; nobody has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wishes {
    /// Preferred, never a filter: nobody waits long for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<Gender>,
    /// The visitor does not sign: both write, the visitor's camera stays closed, and any interpreter may answer. A kiosk
    /// still asks only while [`Availability`] is open, and that is about who signs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub text_only: bool,
}

impl Wishes {
    fn are_none(&self) -> bool {
        *self == Self::default()
    }
}

/// As an interpreter has said of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    Woman,
    Man,
}

/// ISO 639-3 codes of sign languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signing {
    /// Українська жестова мова.
    Ukl,
    /// Російська жестова мова.
    Rsl,
    /// International Sign.
    Ils,
}

/// A session description, RFC 8866. Private: it holds addresses, so it is never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "sdp", rename_all = "kebab-case")]
pub enum Description {
    Offer(String),
    Answer(String),
}

impl std::fmt::Debug for Description {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Description::Offer(_) => "Offer(…)",
            Description::Answer(_) => "Answer(…)",
        })
    }
}

/// An ICE candidate with the fields of a browser's `RTCIceCandidateInit`. Private like [`Description`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub candidate: String,
    #[serde(default)]
    pub sdp_mid: Option<String>,
    #[serde(default)]
    pub sdp_m_line_index: Option<u16>,
}

impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Candidate(…)")
    }
}

/// What one leg says to another about their peer connection. The relay carries it unread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "signal", rename_all = "kebab-case")]
pub enum Signal {
    Description { description: Description },
    Candidate { candidate: Candidate },
}

/// A STUN or TURN server, as `RTCIceServer`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    pub urls: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

impl std::fmt::Debug for IceServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IceServer(…)")
    }
}

/// Whether a call could be answered now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Availability {
    /// Interpreters are on duty; `free` of them could answer at once.
    Open { free: u16, on_duty: u16 },
    /// Within opening hours, but no interpreter is on duty.
    Unstaffed,
    /// Outside opening hours; `opens` is local time, RFC 3339 without offset (`2026-11-23T09:00`), when known.
    Closed { opens: Option<String> },
}

/// Why a call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndReason {
    /// The visitor hung up, or gave up waiting.
    Visitor,
    /// The interpreter hung up.
    Interpreter,
    /// One side was away for too long or came back without its call. An interpreter is told so, too, when the visitor
    /// asked for another.
    Lost,
    /// The service closed and nobody is left on duty.
    Closed,
    /// Everybody on duty declined it.
    Unavailable,
}

/// An honest range for the wait, in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitRange {
    pub low_min: u16,
    pub high_min: u16,
}

/// Proof that a returning socket is the one that left. Secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResumeToken(pub String);

impl std::fmt::Debug for ResumeToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResumeToken(…)")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume {
    pub call: CallId,
    pub token: ResumeToken,
}

/// A paper ticket that is called to a window of the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub number: TicketNumber,
    pub window: u16,
    /// Counted up with every call, so that the second call of a ticket is told from the first.
    pub count: u32,
}

/// What everybody in the building must know at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alarm {
    AirRaid,
    Fire,
}

/// Kiosk → relay. The socket opens with `Authorization: Bearer <device token>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromKiosk {
    /// First on the socket. Without `resume` any call this kiosk still had is ended as lost.
    Hello {
        version: u16,
        #[serde(default)]
        resume: Option<Resume>,
    },
    /// «Покликати перекладача». `Queued` or a fault answers it.
    Request { topic: Topic },
    /// Gives up before the conversation. Taken at any epoch of a call that has not ended.
    Cancel { at: At },
    /// To another leg's peer connection.
    Signal {
        at: At,
        to: Leg,
        round: Round,
        #[serde(flatten)]
        signal: Signal,
    },
    /// The interpreter is gone: back to the head of the queue with the original waiting time.
    Requeue { at: At },
    /// Whether the conversation is on hold: both cameras and microphones are closed and text goes on. The kiosk says
    /// it whenever it changes, whenever it is asked, and anew to a page that comes back.
    Hold { at: At, on: bool },
    /// Whether the interpreter's picture has frames enough for their hands to be read. Said when that changes, and anew
    /// to a page that comes back.
    Sight { at: At, fluent: bool },
    /// Ends the conversation. Taken at any epoch of a call that has not ended.
    HangUp { at: At },
    /// After a conversation: what the visitor thinks of it. It is counted and belongs to no call and to no kiosk.
    Answer { question: Question, face: Face },
    /// In an alarm somebody cannot go alone. Counted and written into the log.
    Help,
}

/// What a visitor is asked after a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// «Чи все було зрозуміло?»
    Understood,
    /// «Чи добре було видно перекладача?»
    Seen,
}

impl Question {
    /// In the order in which they are asked.
    pub const ALL: [Question; 2] = [Question::Understood, Question::Seen];
}

/// An answer is one of three faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    Yes,
    Partly,
    No,
}

impl Face {
    pub const ALL: [Face; 3] = [Face::Yes, Face::Partly, Face::No];
}

/// Relay → kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToKiosk {
    /// Answers `hello`. `cnap` and `kiosk` are names for people. After a `resume` that found its call, the call's
    /// present state follows at once (`Queued`, `Ringing` or `Joined`); after one that did not, `Ended` does.
    Welcome {
        version: u16,
        cnap: String,
        kiosk: String,
    },
    /// After `welcome` and whenever it changes.
    Availability {
        #[serde(flatten)]
        availability: Availability,
    },
    /// The call waits; repeated whenever `place` (from 1), `estimate` or the epoch changes.
    Queued {
        at: At,
        token: ResumeToken,
        place: u16,
        waited_s: u32,
        #[serde(default)]
        estimate: Option<WaitRange>,
    },
    /// An interpreter's console is ringing on `leg`: the kiosk opens a peer connection to it, offers, and sends nothing
    /// on it before `Joined`. Said again when another page rings.
    Ringing {
        at: At,
        leg: Leg,
        #[serde(default)]
        ice: Vec<IceServer>,
    },
    /// The interpreter on `leg` answered, and the peer connection made while it rang goes on; or came back with a new page
    /// (another `tab`): the kiosk opens a peer connection to it and offers. With the `tab` it already knows, nothing is
    /// to be done.
    Joined {
        at: At,
        leg: Leg,
        interpreter: InterpreterId,
        tab: Tab,
        /// Whether that side sends a picture; without one it answers with text and sound only.
        camera: bool,
        #[serde(default)]
        ice: Vec<IceServer>,
    },
    Signal {
        at: At,
        from: Leg,
        round: Round,
        #[serde(flatten)]
        signal: Signal,
    },
    /// That leg's socket to the relay is gone; its pictures may still flow.
    Absent {
        at: At,
        leg: Leg,
    },
    /// That leg's socket is back with the page it had.
    Present {
        at: At,
        leg: Leg,
    },
    /// The interpreter asks for the conversation to be put on hold, or to go on. The kiosk answers with its own `hold`.
    Hold {
        at: At,
        on: bool,
    },
    /// Whether the interpreter can read the visitor's hands.
    Sight {
        at: At,
        fluent: bool,
    },
    Ended {
        call: CallId,
        reason: EndReason,
    },
    /// After `welcome` and whenever it changes, where the relay is told of tickets at all: those that were called
    /// last, the newest first.
    Tickets {
        called: Vec<Called>,
    },
    /// After `welcome` if the relay was told of one since its start, and whenever one begins (`kind`) or ends (none).
    Alarm {
        #[serde(default)]
        kind: Option<Alarm>,
    },
    Error {
        #[serde(flatten)]
        fault: Fault,
    },
}

/// What an interpreter says of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Available,
    Break,
    /// Logged in, taking no calls. Also what a closed page becomes.
    Offline,
}

/// Why an interpreter declines an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeclineReason {
    /// Not in a state to work now; also puts the interpreter on a break.
    Unwell,
    /// Knows the visitor, or another conflict of interests.
    Conflict,
    /// Not trained for this topic.
    Topic,
    /// Camera, microphone or network trouble on this side.
    Technical,
}

/// How a conversation ended, in the interpreter's judgement. All that wrap-up asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The visitor got what they came for.
    Resolved,
    /// A next visit or another office is needed.
    FollowUp,
    /// The visitor left before the end.
    VisitorLeft,
    /// Technical trouble stopped the conversation.
    Technical,
    /// A mistaken or empty call.
    Mistake,
}

/// Interpreter's console → relay. The socket opens with the session cookie from `/console/login`; Origin is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromInterpreter {
    /// First on the socket. A newer page takes the place of an older one.
    Hello {
        version: u16,
        tab: Tab,
    },
    Status {
        status: Status,
    },
    /// Takes the call offered at exactly this epoch.
    Accept {
        at: At,
        camera: bool,
    },
    Decline {
        at: At,
        reason: DeclineReason,
    },
    Signal {
        at: At,
        to: Leg,
        round: Round,
        #[serde(flatten)]
        signal: Signal,
    },
    /// This page has no peer connection for the live call (it was reloaded, or its connection failed): asks the kiosk
    /// to offer anew. Repeated every 2 s until an offer comes.
    Rejoin {
        at: At,
        camera: bool,
    },
    /// Asks the kiosk to put the conversation on hold, or to go on. Said again when the kiosk or this page was away
    /// before the kiosk's own `hold` came.
    Hold {
        at: At,
        on: bool,
    },
    /// Whether the visitor's picture has frames enough for their hands to be read. Said when that changes, and anew to a
    /// kiosk that comes back.
    Sight {
        at: At,
        fluent: bool,
    },
    /// Gives the visitor to a colleague. `Transferred` or a fault answers it.
    Transfer {
        at: At,
    },
    HangUp {
        at: At,
    },
    /// Ends wrap-up. Without one it ends by itself after `wrap_up_s`. After a transfer there is no `outcome`.
    WrapUp {
        call: CallId,
        #[serde(default)]
        outcome: Option<Outcome>,
    },
}

/// Relay → interpreter's console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToInterpreter {
    /// Answers `hello`.
    Welcome {
        version: u16,
        interpreter: InterpreterId,
        status: Status,
        /// The call this interpreter is in, if the page was reloaded or the socket lost during one.
        #[serde(default)]
        live: Option<Live>,
        /// The call whose outcome is still asked for.
        #[serde(default)]
        wrap_up: Option<WrapUp>,
    },
    /// The status as the relay now has it, and for how long. `missed` tells that unanswered calls put it on a break.
    Status {
        status: Status,
        for_s: u32,
        #[serde(default)]
        missed: bool,
    },
    /// Whenever it changes, and every 5 s as a sign of life: a page cannot see the pings of its socket.
    Pool { waiting: u16, available: u16 },
    /// A call rings for `ring_s` more seconds. The kiosk's offer of a peer connection follows; nothing is sent on it before
    /// `accept`.
    Offer {
        at: At,
        cnap: String,
        kiosk: String,
        topic: Topic,
        waited_s: u32,
        ring_s: u32,
        #[serde(default)]
        ice: Vec<IceServer>,
    },
    /// The offer is no longer this interpreter's.
    OfferGone { call: CallId, why: OfferGone },
    /// The call is this interpreter's; the kiosk's offer follows.
    Accepted {
        #[serde(flatten)]
        live: Live,
    },
    Signal {
        at: At,
        from: Leg,
        round: Round,
        #[serde(flatten)]
        signal: Signal,
    },
    /// That leg's socket to the relay is gone; its pictures may still flow.
    Absent { at: At, leg: Leg },
    /// That leg's socket is back.
    Present { at: At, leg: Leg },
    /// Whether the conversation is on hold, as the kiosk has it.
    Hold { at: At, on: bool },
    /// Whether the visitor can read the interpreter's hands.
    Sight { at: At, fluent: bool },
    /// The visitor waits for a colleague, and the conversation is over for this interpreter alone. `wrap_up` asks for no
    /// outcome, and none is kept: how it ended is the colleague's to say.
    Transferred {
        call: CallId,
        #[serde(default)]
        wrap_up: Option<WrapUp>,
    },
    /// The call is over; `wrap_up` when an outcome is asked for.
    Ended {
        call: CallId,
        reason: EndReason,
        #[serde(default)]
        wrap_up: Option<WrapUp>,
    },
    /// In a call: an alarm (`kind`) where the visitor is, or its end (none).
    Alarm {
        #[serde(default)]
        kind: Option<Alarm>,
    },
    /// Another page of the same interpreter took over; this one shows so and stays silent.
    Replaced,
    Error {
        #[serde(flatten)]
        fault: Fault,
    },
}

/// A call that an interpreter is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    pub at: At,
    pub leg: Leg,
    pub cnap: String,
    pub kiosk: String,
    pub topic: Topic,
    /// Since the interpreter answered.
    pub talked_s: u32,
    #[serde(default)]
    pub ice: Vec<IceServer>,
}

/// The minute after a call in which only an outcome is asked for and no call rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapUp {
    pub call: CallId,
    pub remaining_s: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferGone {
    /// It rang out, or this page stopped taking calls; it goes to somebody else.
    Missed,
    /// Somebody else has it.
    Taken,
    /// The visitor gave up.
    Cancelled,
}

/// What was wrong with a message, told to its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code:?}: {sentence}")]
pub struct Fault {
    pub code: FaultCode,
    pub sentence: String,
    /// The call as it now stands, when the message spoke of an older state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultCode {
    /// Over [`MAX_MESSAGE`] bytes.
    TooLarge,
    /// Not a message of this protocol.
    Malformed,
    /// Another [`VERSION`].
    Version,
    /// Something was said before `hello`.
    HelloFirst,
    /// The call has moved on since this was written.
    Stale,
    /// No such call, or not this sender's.
    NoCall,
    /// Not possible in the present state (a second request, accepting while on a break, …).
    NotNow,
    /// No interpreter is on duty, or the service is closed.
    Unavailable,
    /// Nobody else could take the call now: it stays where it is.
    NobodyFree,
    /// More messages than a peer of this kind ever sends.
    TooFast,
    /// The relay could not do it; the sender may try again.
    Internal,
}

impl Fault {
    pub fn new(code: FaultCode, sentence: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            at: None,
        }
    }
}

/// Reads one message. Total: any bytes give a message or a fault.
pub fn parse<M: DeserializeOwned>(text: &[u8]) -> Result<M, Fault> {
    if text.len() > MAX_MESSAGE {
        let sentence = format!("a message has at most {MAX_MESSAGE} bytes");
        return Err(Fault::new(FaultCode::TooLarge, sentence));
    }
    serde_json::from_slice(text).map_err(|error| {
        // serde_json's own words may quote the message; only the place is repeated.
        let (line, column) = (error.line(), error.column());
        Fault::new(
            FaultCode::Malformed,
            format!("not a message of this protocol (line {line}, column {column})"),
        )
    })
}

/// Writes one message.
pub fn write<M: Serialize>(message: &M) -> String {
    serde_json::to_string(message).expect("protocol types have string keys and finite numbers only")
}
