//! What kiosks say.

use tracing::info;
use uuid::Builder;

use crate::dispatch::call::{Call, Phase};
use crate::dispatch::wish::{KioskWish, Refusal, Wish};
use crate::dispatch::world::Presence;
use crate::id::{CallId, InterpreterId, KioskId, Leg, Round};
use crate::protocol::{
    At, EndReason, Face, Fault, FaultCode, FromKiosk, Question, Resume, ResumeToken, Signal, ToInterpreter,
    ToKiosk, Topic, VERSION,
};
use crate::relay::secret::{self, Digest};
use crate::relay::store::{Kiosk, StoreError};
use crate::relay::switchboard::measure;
use crate::relay::switchboard::outbox::{Goodbye, Outbox};
use crate::relay::switchboard::{KioskSeat, SocketId, Switchboard, Who, fault_of, now, store_fault};

impl Switchboard {
    pub(super) async fn kiosk_arrives(
        &mut self,
        socket: SocketId,
        kiosk: Kiosk,
        resume: Option<Resume>,
        out: Outbox,
    ) {
        let id = kiosk.id.clone();
        info!(kiosk = %id, resumes = resume.is_some(), "kiosk here");
        let resumed = match self.find_resumed(&id, resume).await {
            Ok(resumed) => resumed,
            Err(error) => {
                out.say(&ToKiosk::Error {
                    fault: store_fault(&error),
                });
                out.close(Goodbye::Internal);
                return;
            }
        };
        let (cnap, name) = (kiosk.cnap.clone(), kiosk.name.clone());
        out.say(&ToKiosk::Welcome {
            version: VERSION,
            cnap,
            kiosk: name,
        });
        let seat = KioskSeat {
            socket,
            out,
            queued: None,
            availability: None,
        };
        self.sockets.insert(socket, Who::Kiosk(id.clone()));
        if let Some(old) = self.kiosks.insert(id.clone(), seat) {
            self.sockets.remove(&old.socket);
            old.out.close(Goodbye::Replaced);
        }
        self.names.insert(id.clone(), kiosk);
        self.world.kiosks_seen.insert(id.clone(), Presence::Here);
        match resumed {
            Resumed::Live(call, token) => {
                self.tokens.insert(call, token);
                self.tell_state(&id);
            }
            Resumed::Over(call, reason) => {
                self.forget_live(&id).await;
                self.say_kiosk(&id, &ToKiosk::Ended { call, reason });
            }
            Resumed::Nothing => self.forget_live(&id).await,
        }
        self.tell_hall(&id);
    }

    async fn find_resumed(&self, kiosk: &KioskId, resume: Option<Resume>) -> Result<Resumed, StoreError> {
        let Some(Resume { call, token }) = resume else {
            return Ok(Resumed::Nothing);
        };
        let own = self
            .world
            .call_of_kiosk(kiosk)
            .is_some_and(|live| live.id == call);
        if own && self.store.may_resume(call, secret::digest(&token.0)).await? {
            return Ok(Resumed::Live(call, token));
        }
        let reason = self
            .store
            .end_of(call, kiosk.clone())
            .await?
            .unwrap_or(EndReason::Lost);
        Ok(Resumed::Over(call, reason))
    }

    /// A kiosk that knows nothing of its call has nobody standing before it who does.
    async fn forget_live(&mut self, kiosk: &KioskId) {
        let Some(call) = self.world.call_of_kiosk(kiosk).map(|call| call.id) else {
            return;
        };
        if let Err(fault) = self.wish_of_kiosk(kiosk, KioskWish::Forget { call }, None).await {
            self.fault_kiosk(kiosk, fault);
        }
    }

    /// The present state of a resumed call, for both sides. A waiting one is told its place with all the others.
    fn tell_state(&mut self, kiosk: &KioskId) {
        let Some(call) = self.world.call_of_kiosk(kiosk).cloned() else {
            return;
        };
        match call.phase {
            Phase::Waiting | Phase::Over { .. } => {}
            Phase::Offered { .. } => {
                // A kiosk whose request was granted while it was away has not heard that it is queued.
                self.tell_place(&call, now());
                self.tell_ringing(&call);
            }
            Phase::Active { with, .. } => {
                self.tell_joined(&call);
                for letter in self.mailbox.collect(Leg::KIOSK, call.at()) {
                    let (at, from, round, signal) = (letter.at, letter.from, letter.round, letter.signal);
                    self.say_kiosk(
                        kiosk,
                        &ToKiosk::Signal {
                            at,
                            from,
                            round,
                            signal,
                        },
                    );
                }
                if self.interpreters.contains_key(&with) {
                    let present = ToInterpreter::Present {
                        at: call.at(),
                        leg: Leg::KIOSK,
                    };
                    self.say_interpreter(with, &present);
                } else {
                    self.say_kiosk(
                        kiosk,
                        &ToKiosk::Absent {
                            at: call.at(),
                            leg: Leg::INTERPRETER,
                        },
                    );
                }
            }
        }
    }

    pub(super) async fn kiosk_says(&mut self, kiosk: KioskId, message: FromKiosk) {
        let done = match message {
            FromKiosk::Hello { .. } => Err(Fault::new(FaultCode::NotNow, "hello was already said")),
            FromKiosk::Request { topic } => self.request(&kiosk, topic).await,
            FromKiosk::Cancel { at } | FromKiosk::HangUp { at } => {
                self.wish_of_kiosk(&kiosk, KioskWish::Leave { call: at.call }, None)
                    .await
            }
            FromKiosk::Help => {
                self.help(&kiosk);
                Ok(())
            }
            FromKiosk::Requeue { at } => self.requeue(&kiosk, at).await,
            FromKiosk::Signal {
                at,
                to,
                round,
                signal,
            } => self.signal_of_kiosk(&kiosk, at, to, round, signal),
            FromKiosk::Hold { at, on } => self.carry_to_page(&kiosk, at, &ToInterpreter::Hold { at, on }),
            FromKiosk::Sight { at, fluent } => {
                self.carry_to_page(&kiosk, at, &ToInterpreter::Sight { at, fluent })
            }
            FromKiosk::Answer { question, face } => self.answer(question, face).await,
        };
        if let Err(fault) = done {
            self.fault_kiosk(&kiosk, fault);
        }
    }

    /// Counted, and nothing else: not even the log tells whose answer it was.
    async fn answer(&self, question: Question, face: Face) -> Result<(), Fault> {
        self.store
            .count_answer(question, face)
            .await
            .map_err(|error| store_fault(&error))?;
        measure::answer(question, face);
        Ok(())
    }

    async fn request(&mut self, kiosk: &KioskId, topic: Topic) -> Result<(), Fault> {
        if !is_language_tag(&topic.reading) {
            return Err(Fault::new(
                FaultCode::Malformed,
                "`reading` is a language tag such as uk",
            ));
        }
        let call = CallId(Builder::from_random_bytes(rand::random()).into_uuid());
        let token = secret::token();
        let digest = secret::digest(&token);
        self.wish_of_kiosk(kiosk, KioskWish::Request { call, topic }, Some(digest))
            .await?;
        self.tokens.insert(call, ResumeToken(token));
        // Told before it rings anywhere: the kiosk waits for exactly this answer.
        self.tell_changes(now());
        Ok(())
    }

    async fn requeue(&mut self, kiosk: &KioskId, at: At) -> Result<(), Fault> {
        self.wish_of_kiosk(kiosk, KioskWish::Requeue { at }, None).await?;
        // As after a request: another interpreter may be offered the call in this very turn.
        self.tell_changes(now());
        Ok(())
    }

    async fn wish_of_kiosk(
        &mut self,
        kiosk: &KioskId,
        wish: KioskWish,
        resume: Option<Digest>,
    ) -> Result<(), Fault> {
        let kiosk = kiosk.clone();
        self.grant(Wish::Kiosk { kiosk, wish }, resume).await
    }

    /// Carried and not kept: a page that is away asks when it comes back, and the kiosk says it anew.
    fn carry_to_page(&self, kiosk: &KioskId, at: At, message: &ToInterpreter) -> Result<(), Fault> {
        let call = self.world.calls.get(&at.call).filter(|call| call.kiosk == *kiosk);
        let with = active_at(call, at)?;
        self.say_interpreter(with, message);
        Ok(())
    }

    fn signal_of_kiosk(
        &mut self,
        kiosk: &KioskId,
        at: At,
        to: Leg,
        round: Round,
        signal: Signal,
    ) -> Result<(), Fault> {
        let call = self.world.calls.get(&at.call).filter(|call| call.kiosk == *kiosk);
        let with = partner_at(call, at)?;
        if to != Leg::INTERPRETER {
            return Err(Fault::new(FaultCode::NoCall, "there is no such leg"));
        }
        if self.interpreters.contains_key(&with) {
            let from = Leg::KIOSK;
            self.say_interpreter(
                with,
                &ToInterpreter::Signal {
                    at,
                    from,
                    round,
                    signal,
                },
            );
            return Ok(());
        }
        let put = self.mailbox.put(to, at, Leg::KIOSK, round, signal, now());
        put.map_err(|full| Fault::new(FaultCode::NotNow, full.to_string()))
    }
}

enum Resumed {
    Live(CallId, ResumeToken),
    Over(CallId, EndReason),
    Nothing,
}

/// The interpreter of an active call in exactly this state.
pub(super) fn active_at(call: Option<&Call>, at: At) -> Result<InterpreterId, Fault> {
    let call = call.ok_or_else(|| fault_of(Refusal::NoCall))?;
    if call.epoch != at.epoch {
        return Err(fault_of(Refusal::Stale(call.at())));
    }
    match call.phase {
        Phase::Active { with, .. } => Ok(with),
        Phase::Waiting | Phase::Offered { .. } | Phase::Over { .. } => {
            Err(fault_of(Refusal::NotNow(Some(call.at()))))
        }
    }
}

/// The interpreter whom signals are for, or from: whoever talks in exactly this state of the call, or at whose console it
/// rings. What was written while it rang may come when it is answered already.
pub(super) fn partner_at(call: Option<&Call>, at: At) -> Result<InterpreterId, Fault> {
    let call = call.ok_or_else(|| fault_of(Refusal::NoCall))?;
    match call.phase {
        Phase::Offered { to, .. } if call.epoch == at.epoch => Ok(to),
        Phase::Active { with, .. } if call.epoch == at.epoch.next() => Ok(with),
        _ => active_at(Some(call), at),
    }
}

/// BCP 47 in its plain form. It is kept in the record, so nothing else may slip in.
fn is_language_tag(tag: &str) -> bool {
    (2..=11).contains(&tag.len())
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
