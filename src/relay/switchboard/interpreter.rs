//! What interpreters' pages say.

use tracing::{error, info};

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::wish::{InterpreterWish, Wish};
use crate::dispatch::world::Presence;
use crate::id::{InterpreterId, Leg, Round, Tab};
use crate::protocol::{
    At, Fault, FaultCode, FromInterpreter, OfferGone, Signal, Status, ToInterpreter, ToKiosk, VERSION,
};
use crate::relay::store::Committed;
use crate::relay::switchboard::kiosk::{active_at, partner_at};
use crate::relay::switchboard::outbox::{Goodbye, Outbox};
use crate::relay::switchboard::{InterpreterSeat, SocketId, Switchboard, Who, now, store_fault};

impl Switchboard {
    pub(super) async fn interpreter_arrives(
        &mut self,
        socket: SocketId,
        id: InterpreterId,
        tab: Tab,
        out: Outbox,
    ) {
        if !self.world.interpreters.contains_key(&id)
            && let Err(error) = self.refresh().await
        {
            error!(%error, "the store cannot be read");
        }
        let Some(interpreter) = self.world.interpreters.get(&id).cloned() else {
            out.close(Goodbye::Internal);
            return;
        };
        info!(interpreter = %id, "interpreter here");
        let at = now();
        let call = self.world.call_of_interpreter(id).cloned();
        let live = call
            .as_ref()
            .filter(|call| matches!(call.phase, Phase::Active { .. }));
        let live = live.map(|call| self.live(call, at));
        let wrap_up = self.wrap_up(id, at);
        let status = interpreter.status;
        out.say(&ToInterpreter::Welcome {
            version: VERSION,
            interpreter: id,
            status,
            live,
            wrap_up,
        });
        self.sockets.insert(socket, Who::Interpreter(id));
        let seat = InterpreterSeat {
            socket,
            out,
            tab,
            pool: None,
        };
        if let Some(old) = self.interpreters.insert(id, seat) {
            self.sockets.remove(&old.socket);
            if old.tab != tab {
                old.out.say(&ToInterpreter::Replaced);
            }
            old.out.close(Goodbye::Replaced);
        }
        self.world.interpreters_seen.insert(id, Presence::Here);
        self.tell_status(&interpreter, false, at);
        let Some(call) = call else { return };
        match call.phase {
            Phase::Offered { .. } => {
                self.tell_offer(id, &call, at);
                // It may be another page, which knows nothing of the connection that is being made.
                self.tell_ringing(&call);
            }
            Phase::Active { tab: known, .. } => {
                self.tell_alarm_of(&call.kiosk, id);
                if !self.kiosks.contains_key(&call.kiosk) {
                    self.say_interpreter(
                        id,
                        &ToInterpreter::Absent {
                            at: call.at(),
                            leg: Leg::KIOSK,
                        },
                    );
                }
                let letters = self.mailbox.collect(Leg::INTERPRETER, call.at());
                // Another page has another peer connection: what was written to the old one would only confuse it,
                // and it will ask to rejoin.
                if known == tab {
                    self.say_kiosk(
                        &call.kiosk,
                        &ToKiosk::Present {
                            at: call.at(),
                            leg: Leg::INTERPRETER,
                        },
                    );
                    for letter in letters {
                        let (at, from, round, signal) = (letter.at, letter.from, letter.round, letter.signal);
                        self.say_interpreter(
                            id,
                            &ToInterpreter::Signal {
                                at,
                                from,
                                round,
                                signal,
                            },
                        );
                    }
                }
            }
            Phase::Waiting | Phase::Over { .. } => {}
        }
    }

    pub(super) async fn interpreter_says(&mut self, id: InterpreterId, message: FromInterpreter) {
        let done = match message {
            FromInterpreter::Hello { .. } => Err(Fault::new(FaultCode::NotNow, "hello was already said")),
            FromInterpreter::Status { status } => self.set_status(id, status).await,
            FromInterpreter::Accept { at, camera } => self.accept(id, at, camera).await,
            FromInterpreter::Decline { at, reason } => {
                self.wish(id, InterpreterWish::Decline { at, reason }).await
            }
            FromInterpreter::Transfer { at } => self.transfer(id, at).await,
            FromInterpreter::HangUp { at } => self.wish(id, InterpreterWish::HangUp { call: at.call }).await,
            FromInterpreter::WrapUp { call, outcome } => {
                self.wish(id, InterpreterWish::WrapUp { call, outcome }).await
            }
            FromInterpreter::Hold { at, on } => self.carry_to_kiosk(id, at, &ToKiosk::Hold { at, on }),
            FromInterpreter::Sight { at, fluent } => {
                self.carry_to_kiosk(id, at, &ToKiosk::Sight { at, fluent })
            }
            FromInterpreter::Rejoin { at, camera } => self.rejoin(id, at, camera).await,
            FromInterpreter::Signal {
                at,
                to,
                round,
                signal,
            } => self.signal_of_interpreter(id, at, to, round, signal),
        };
        if let Err(fault) = done {
            self.fault_interpreter(id, fault);
        }
    }

    async fn wish(&mut self, interpreter: InterpreterId, wish: InterpreterWish) -> Result<(), Fault> {
        self.grant(Wish::Interpreter { interpreter, wish }, None).await
    }

    async fn set_status(&mut self, id: InterpreterId, status: Status) -> Result<(), Fault> {
        // A change is announced; what already holds is said again, so that the page has an answer.
        if let Some(me) = self.world.interpreters.get(&id).filter(|me| me.status == status) {
            self.tell_status(me, false, now());
            return Ok(());
        }
        self.wish(id, InterpreterWish::Status { status }).await
    }

    async fn transfer(&mut self, id: InterpreterId, at: At) -> Result<(), Fault> {
        self.wish(id, InterpreterWish::Transfer { at }).await?;
        // The visitor is told that they wait before it rings at the colleague's, which is in this very turn.
        self.tell_changes(now());
        Ok(())
    }

    async fn accept(&mut self, id: InterpreterId, at: At, camera: bool) -> Result<(), Fault> {
        let Some(tab) = self.interpreters.get(&id).map(|seat| seat.tab) else {
            return Ok(());
        };
        let done = self.wish(id, InterpreterWish::Accept { at, tab, camera }).await;
        let holder = self.world.calls.get(&at.call).and_then(|call| call.holder());
        if done.is_err() && holder.is_some_and(|holder| holder != id) {
            let (call, why) = (at.call, OfferGone::Taken);
            self.say_interpreter(id, &ToInterpreter::OfferGone { call, why });
        }
        done
    }

    /// Not a transition: the same two people go on, over a new peer connection.
    async fn rejoin(&mut self, id: InterpreterId, at: At, camera: bool) -> Result<(), Fault> {
        self.own_active(id, at)?;
        let Some(tab) = self.interpreters.get(&id).map(|seat| seat.tab) else {
            return Ok(());
        };
        match self.store.rejoin(at.call, at.epoch, tab, camera).await {
            Ok(Committed::Done) => {}
            Ok(Committed::Stale) => {
                return Err(Fault::new(
                    FaultCode::Stale,
                    "somebody else changed the call meanwhile",
                ));
            }
            Err(error) => return Err(store_fault(&error)),
        }
        let call = self
            .world
            .calls
            .get_mut(&at.call)
            .expect("own_active found it above");
        if let Phase::Active {
            tab: known,
            camera: had,
            ..
        } = &mut call.phase
        {
            if *known != tab {
                self.mailbox.forget(at.call);
            }
            (*known, *had) = (tab, camera);
        }
        let call = call.clone();
        self.tell_joined(&call);
        Ok(())
    }

    /// Carried and not kept: a kiosk that is away is told again by the page when it comes back.
    fn carry_to_kiosk(&self, id: InterpreterId, at: At, message: &ToKiosk) -> Result<(), Fault> {
        let kiosk = self.own_active(id, at)?;
        self.say_kiosk(&kiosk, message);
        Ok(())
    }

    fn signal_of_interpreter(
        &mut self,
        id: InterpreterId,
        at: At,
        to: Leg,
        round: Round,
        signal: Signal,
    ) -> Result<(), Fault> {
        let call = self.own(id, at);
        partner_at(call, at)?;
        let kiosk = call.expect("partner_at refuses none").kiosk.clone();
        if to != Leg::KIOSK {
            return Err(Fault::new(FaultCode::NoCall, "there is no such leg"));
        }
        let from = Leg::INTERPRETER;
        if self.kiosks.contains_key(&kiosk) {
            self.say_kiosk(
                &kiosk,
                &ToKiosk::Signal {
                    at,
                    from,
                    round,
                    signal,
                },
            );
            return Ok(());
        }
        let put = self.mailbox.put(to, at, from, round, signal, now());
        put.map_err(|full| Fault::new(FaultCode::NotNow, full.to_string()))
    }

    fn own(&self, id: InterpreterId, at: At) -> Option<&Call> {
        let call = self.world.calls.get(&at.call);
        call.filter(|call| call.holder() == Some(id))
    }

    /// The kiosk of the call this interpreter talks in, in exactly this state.
    fn own_active(&self, id: InterpreterId, at: At) -> Result<crate::id::KioskId, Fault> {
        let call = self.own(id, at);
        active_at(call, at)?;
        Ok(call.expect("active_at refuses none").kiosk.clone())
    }
}
