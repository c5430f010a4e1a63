//! What outlives the process.
//!
//! **Invariant:** a change is committed whole, by compare-and-set on the call's epoch, or not at all.

pub mod sqlite;

use futures::future::BoxFuture;

use crate::dispatch::call::Call;
use crate::dispatch::interpreter::Interpreter;
use crate::dispatch::time::UnixMs;
use crate::dispatch::world::Change;
use crate::id::{CallId, Epoch, InterpreterId, KioskId, Tab};
use crate::protocol::{EndReason, Face, Gender, Question, Signing};
use crate::relay::secret::Digest;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kiosk {
    pub id: KioskId,
    /// Names for people.
    pub cnap: String,
    pub name: String,
    pub disabled: bool,
}

/// An interpreter's account, without the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub number: InterpreterId,
    pub login: String,
    pub signs: Vec<Signing>,
    /// If they have said.
    pub gender: Option<Gender>,
    pub disabled: bool,
}

/// All that is live.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Calls that are not over.
    pub calls: Vec<Call>,
    /// Interpreters whose account is not disabled.
    pub interpreters: Vec<Interpreter>,
    /// Kiosks that are not disabled.
    pub kiosks: Vec<Kiosk>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Committed {
    Done,
    /// Somebody else changed the call or took the interpreter meanwhile: load and plan again.
    Stale,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database cannot be used; check the state folder, its rights and the free space: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database was made by another version; install that version or restore its copy: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the database holds a value this version does not know, in {column}")]
    Unreadable { column: &'static str },
    #[error("that name is already taken; choose another")]
    Taken,
    #[error("there is nothing of that name")]
    Missing,
}

pub type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

pub trait Store: Send + Sync + 'static {
    fn load(&self) -> Answer<'_, Snapshot>;

    /// `resume` is kept for a new call.
    fn commit<'a>(&'a self, change: &'a Change, resume: Option<Digest>) -> Answer<'a, Committed>;

    /// The active call is now talked in from another page. Not a transition: the epoch stays.
    fn rejoin(&self, call: CallId, epoch: Epoch, tab: Tab, camera: bool) -> Answer<'_, Committed>;

    /// Whether this is the token of that live call.
    fn may_resume(&self, call: CallId, token: Digest) -> Answer<'_, bool>;

    /// How that kiosk's call ended, if it did.
    fn end_of(&self, call: CallId, kiosk: KioskId) -> Answer<'_, Option<EndReason>>;

    /// One more visitor has answered so.
    fn count_answer(&self, question: Question, face: Face) -> Answer<'_, ()>;
    /// How many have answered how, since ever; nothing for an answer that nobody gave.
    fn answers(&self) -> Answer<'_, Vec<(Question, Face, u64)>>;

    fn kiosk_by_token(&self, token: Digest) -> Answer<'_, Option<Kiosk>>;

    /// Number and password hash of an account that is not disabled.
    fn account(&self, login: String) -> Answer<'_, Option<(InterpreterId, String)>>;
    fn open_session(&self, token: Digest, interpreter: InterpreterId, expires: UnixMs) -> Answer<'_, ()>;
    fn session(&self, token: Digest, now: UnixMs) -> Answer<'_, Option<InterpreterId>>;
    fn close_session(&self, token: Digest) -> Answer<'_, ()>;
    fn forget_sessions_before(&self, now: UnixMs) -> Answer<'_, ()>;

    fn add_kiosk(&self, kiosk: Kiosk, token: Digest) -> Answer<'_, ()>;
    fn add_interpreter(&self, account: Account, password_hash: String, now: UnixMs) -> Answer<'_, ()>;
    fn kiosks(&self) -> Answer<'_, Vec<Kiosk>>;
    fn accounts(&self) -> Answer<'_, Vec<Account>>;
    fn remove_kiosk(&self, id: KioskId) -> Answer<'_, ()>;
    /// Also closes the sessions. The number is never given to another person.
    fn disable_interpreter(&self, login: String) -> Answer<'_, ()>;

    /// Whether it can be reached and written to.
    fn ready(&self) -> Answer<'_, ()>;
    /// Writes what is still in memory and closes.
    fn close(&self) -> BoxFuture<'_, ()>;
}
