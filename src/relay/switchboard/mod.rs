//! The one task that owns the world of connected sockets.
//!
//! **Invariant:** a change is committed by the store first, then true here, then told; and everything that changes
//! comes through one closed [`Event`] or the sweep. The sweep each second is the truth: it reads the store anew, plans,
//! commits and tells. All else only makes it come sooner.

pub mod hall;
pub mod outbox;

mod interpreter;
mod kiosk;
mod mailbox;
pub mod measure;
mod tell;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::dispatch::call::Phase;
use crate::dispatch::plan::plan;
use crate::dispatch::policy::Policy;
use crate::dispatch::time::UnixMs;
use crate::dispatch::wish::{Refusal, Wish};
use crate::dispatch::world::{Change, Door, Presence, World};
use crate::id::{CallId, InterpreterId, KioskId, Tab};
use crate::protocol::{
    Availability, Fault, FaultCode, FromInterpreter, FromKiosk, Resume, ResumeToken, WaitRange,
};
use crate::relay::config::Hook;
use crate::relay::hours::Hours;
use crate::relay::ice::Ice;
use crate::relay::secret::Digest;
use crate::relay::store::{Committed, Kiosk, Store, StoreError};
use crate::relay::switchboard::hall::{Board, Halls, News};
use crate::relay::switchboard::mailbox::Mailbox;
use crate::relay::switchboard::outbox::{Goodbye, Outbox};

const SWEEP: Duration = Duration::from_secs(1);
/// Plans can follow from plans (a ring that ran out makes the next offer); what so many leave due the next sweep does.
const ROUNDS: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// All that sockets and hooks say.
#[derive(Debug)]
pub enum Event {
    KioskHello {
        socket: SocketId,
        kiosk: Kiosk,
        resume: Option<Resume>,
        out: Outbox,
    },
    Kiosk {
        socket: SocketId,
        message: FromKiosk,
    },
    InterpreterHello {
        socket: SocketId,
        interpreter: InterpreterId,
        tab: Tab,
        out: Outbox,
    },
    Interpreter {
        socket: SocketId,
        message: FromInterpreter,
    },
    Gone {
        socket: SocketId,
    },
    /// Somebody in a ЦНАП tells of its hall.
    Hall {
        halls: Halls,
        news: News,
        /// How many kiosks stand in it.
        kiosks: oneshot::Sender<usize>,
    },
}

/// What readiness asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Serving,
    Draining,
}

pub struct Switchboard {
    world: World,
    policy: Policy,
    hours: Hours,
    ice: Ice,
    store: Arc<dyn Store>,
    names: BTreeMap<KioskId, Kiosk>,
    kiosks: BTreeMap<KioskId, KioskSeat>,
    interpreters: BTreeMap<InterpreterId, InterpreterSeat>,
    sockets: HashMap<SocketId, Who>,
    /// Tokens of calls that were asked for or resumed here; the store has only their hashes.
    tokens: HashMap<CallId, ResumeToken>,
    mailbox: Mailbox,
    board: Board,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Kiosk(KioskId),
    Interpreter(InterpreterId),
}

/// A connected kiosk and what it was last told.
struct KioskSeat {
    socket: SocketId,
    out: Outbox,
    queued: Option<(crate::protocol::At, u16, Option<WaitRange>)>,
    availability: Option<Availability>,
}

/// A connected page and what it was last told.
struct InterpreterSeat {
    socket: SocketId,
    out: Outbox,
    tab: Tab,
    /// Visitors waiting and free interpreters, and when it was said.
    pool: Option<(u16, u16, UnixMs)>,
}

/// The relay's clock: the time of day when it began, and what has passed since. Setting the machine's clock ends no call
/// and no ring.
pub fn now() -> UnixMs {
    static BEGAN: OnceLock<(UnixMs, Instant)> = OnceLock::new();
    let (wall, began) = BEGAN.get_or_init(|| (time_of_day(), Instant::now()));
    wall.plus(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX))
}

/// The machine's clock, for what others judge by theirs: opening hours and TURN credentials.
fn time_of_day() -> UnixMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMs(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

impl Switchboard {
    pub async fn start(
        store: Arc<dyn Store>,
        policy: Policy,
        hours: Hours,
        ice: Ice,
        hooks: &[Hook],
    ) -> Result<Self, StoreError> {
        let mut switchboard = Self {
            world: World::new(now()),
            policy,
            hours,
            ice,
            store,
            names: BTreeMap::new(),
            kiosks: BTreeMap::new(),
            interpreters: BTreeMap::new(),
            sockets: HashMap::new(),
            tokens: HashMap::new(),
            mailbox: Mailbox::default(),
            board: Board::new(hooks, now()),
        };
        switchboard.refresh().await?;
        info!(live_calls = switchboard.world.calls.len(), "switchboard ready");
        Ok(switchboard)
    }

    /// Runs until `drain` is cancelled and conversations have ended or `patience` is over.
    pub async fn run(
        mut self,
        mut events: mpsc::Receiver<Event>,
        stage: watch::Sender<Stage>,
        drain: CancellationToken,
        patience: Duration,
    ) {
        let mut sweep = tokio::time::interval(SWEEP);
        sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = drain.cancelled() => break,
                _ = sweep.tick() => self.sweep().await,
                event = events.recv() => match event {
                    Some(event) => self.take(event).await,
                    None => break,
                },
            }
        }
        stage.send_replace(Stage::Draining);
        self.world.door = Door::Draining;
        self.tell_changes(now());
        info!(active = self.active(), "draining");
        let deadline = tokio::time::Instant::now() + patience;
        while self.active() > 0 {
            tokio::select! {
                () = tokio::time::sleep_until(deadline) => break,
                _ = sweep.tick() => self.tell_changes(now()),
                event = events.recv() => match event {
                    Some(event) => self.take(event).await,
                    None => break,
                },
            }
        }
        info!(
            kept = self.world.calls.len(),
            "drained; live calls wait for the next start"
        );
        for seat in self.kiosks.values() {
            seat.out.close(Goodbye::Restart);
        }
        for seat in self.interpreters.values() {
            seat.out.close(Goodbye::Restart);
        }
    }

    fn active(&self) -> usize {
        self.world
            .calls
            .values()
            .filter(|call| matches!(call.phase, Phase::Active { .. }))
            .count()
    }

    async fn take(&mut self, event: Event) {
        match event {
            Event::KioskHello {
                socket,
                kiosk,
                resume,
                out,
            } => {
                self.kiosk_arrives(socket, kiosk, resume, out).await;
            }
            Event::Kiosk { socket, message } => {
                if let Some(Who::Kiosk(kiosk)) = self.sockets.get(&socket).cloned() {
                    self.kiosk_says(kiosk, message).await;
                }
            }
            Event::InterpreterHello {
                socket,
                interpreter,
                tab,
                out,
            } => {
                self.interpreter_arrives(socket, interpreter, tab, out).await;
            }
            Event::Interpreter { socket, message } => {
                if let Some(Who::Interpreter(interpreter)) = self.sockets.get(&socket).cloned() {
                    self.interpreter_says(interpreter, message).await;
                }
            }
            Event::Gone { socket } => self.leaves(socket),
            Event::Hall { halls, news, kiosks } => {
                // Who told it may not have waited.
                let _ = kiosks.send(self.hall(&halls, news));
            }
        }
        self.settle().await;
    }

    fn leaves(&mut self, socket: SocketId) {
        let away = Presence::Away { since: now() };
        match self.sockets.remove(&socket) {
            Some(Who::Kiosk(kiosk)) => {
                self.kiosks.remove(&kiosk);
                info!(%kiosk, "kiosk away");
                self.world.kiosks_seen.insert(kiosk.clone(), away);
                self.tell_kiosk_absent(&kiosk);
            }
            Some(Who::Interpreter(interpreter)) => {
                self.interpreters.remove(&interpreter);
                info!(%interpreter, "interpreter away");
                self.world.interpreters_seen.insert(interpreter, away);
                self.tell_interpreter_absent(interpreter);
            }
            None => {}
        }
    }

    async fn sweep(&mut self) {
        if let Err(error) = self.refresh().await {
            error!(%error, "the store cannot be read");
            self.tell_changes(now());
            return;
        }
        self.mailbox.forget_older_than(self.policy.away, now());
        self.forget_tickets();
        let gone = |id: &InterpreterId| !self.world.interpreters.contains_key(id);
        for id in self.interpreters.keys().copied().filter(gone).collect::<Vec<_>>() {
            self.interpreters[&id].out.close(Goodbye::NoAccount);
        }
        let gone = |id: &KioskId| !self.names.contains_key(id);
        for id in self
            .kiosks
            .keys()
            .filter(|id| gone(id))
            .cloned()
            .collect::<Vec<_>>()
        {
            self.kiosks[&id].out.close(Goodbye::NoAccount);
        }
        self.settle().await;
    }

    /// Reads the store anew: other nodes and the administrator write to it too.
    async fn refresh(&mut self) -> Result<(), StoreError> {
        let snapshot = self.store.load().await?;
        self.world.calls = snapshot.calls.into_iter().map(|call| (call.id, call)).collect();
        self.world.interpreters = snapshot
            .interpreters
            .into_iter()
            .map(|one| (one.id, one))
            .collect();
        self.names = snapshot
            .kiosks
            .into_iter()
            .map(|kiosk| (kiosk.id.clone(), kiosk))
            .collect();
        self.tokens.retain(|call, _| self.world.calls.contains_key(call));
        Ok(())
    }

    /// Does what is due, and tells what that changed.
    async fn settle(&mut self) {
        if self.world.door != Door::Draining {
            self.world.door = self.hours.door(time_of_day());
        }
        for _ in 0..ROUNDS {
            let decisions = plan(&self.world, &self.policy, now());
            if decisions.is_empty() {
                break;
            }
            for decision in decisions {
                let at = now();
                let Some(change) = self.world.decide(decision, &self.policy, at) else {
                    continue;
                };
                if self.commit(change, None, at).await.is_err() {
                    self.tell_changes(at);
                    return;
                }
            }
        }
        self.tell_changes(now());
    }

    async fn grant(&mut self, wish: Wish, resume: Option<Digest>) -> Result<(), Fault> {
        let at = now();
        let change = self.world.grant(wish, &self.policy, at).map_err(fault_of)?;
        self.commit(change, resume, at).await
    }

    async fn commit(&mut self, change: Change, resume: Option<Digest>, at: UnixMs) -> Result<(), Fault> {
        match self.store.commit(&change, resume).await {
            Ok(Committed::Done) => {
                if let Some(call) = &change.call {
                    let (call, epoch) = (call.after.id, call.after.epoch.0);
                    info!(%call, epoch, why = ?change.why, "call moved");
                }
                let before = change
                    .interpreter
                    .as_ref()
                    .and_then(|one| self.world.interpreters.get(&one.id));
                let before = before.cloned();
                self.world.adopt(&change);
                measure::change(&change, &self.policy);
                self.announce(&change, before.as_ref(), at);
                Ok(())
            }
            Ok(Committed::Stale) => {
                debug!("a change came too late; reading the store anew");
                if let Err(error) = self.refresh().await {
                    error!(%error, "the store cannot be read");
                }
                Err(Fault::new(
                    FaultCode::Stale,
                    "somebody else changed the call meanwhile",
                ))
            }
            Err(error) => {
                error!(%error, "a change cannot be committed");
                Err(Fault::new(
                    FaultCode::Internal,
                    "the relay's store is out of order; try again",
                ))
            }
        }
    }

    fn fault_kiosk(&self, kiosk: &KioskId, fault: Fault) {
        debug!(%kiosk, code = ?fault.code, "refused");
        if let Some(seat) = self.kiosks.get(kiosk) {
            seat.out.say(&crate::protocol::ToKiosk::Error { fault });
        }
    }

    fn fault_interpreter(&self, interpreter: InterpreterId, fault: Fault) {
        debug!(%interpreter, code = ?fault.code, "refused");
        if let Some(seat) = self.interpreters.get(&interpreter) {
            seat.out.say(&crate::protocol::ToInterpreter::Error { fault });
        }
    }
}

fn fault_of(refusal: Refusal) -> Fault {
    let sentence = refusal.to_string();
    match refusal {
        Refusal::Stale(at) => Fault {
            at: Some(at),
            ..Fault::new(FaultCode::Stale, sentence)
        },
        Refusal::NoCall => Fault::new(FaultCode::NoCall, sentence),
        Refusal::NotNow(at) => Fault {
            at,
            ..Fault::new(FaultCode::NotNow, sentence)
        },
        Refusal::Unavailable => Fault::new(FaultCode::Unavailable, sentence),
        Refusal::NobodyFree => Fault::new(FaultCode::NobodyFree, sentence),
    }
}

fn store_fault(error: &StoreError) -> Fault {
    warn!(%error, "the store did not answer");
    Fault::new(
        FaultCode::Internal,
        "the relay's store is out of order; try again",
    )
}
