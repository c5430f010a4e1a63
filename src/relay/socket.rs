//! One WebSocket: frames in, events to the switchboard; messages from the switchboard, frames out.
//!
//! **Invariant:** whatever a peer sends, it costs the relay a bounded amount of memory and time. A message that cannot
//! be read is answered with a fault and the socket is kept, until a peer has used up its faults.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tracing::{debug, info};

use crate::id::InterpreterId;
use crate::protocol::{
    Fault, FaultCode, FromInterpreter, FromKiosk, MAX_MESSAGE, ToInterpreter, ToKiosk, VERSION, parse, write,
};
use crate::relay::bucket::{Allowance, Bucket};
use crate::relay::store::Kiosk;
use crate::relay::switchboard::outbox::{BURST, Goodbye, Outbox, Outgoing, Outgoings, outbox};
use crate::relay::switchboard::{Event, SocketId};

const PING: Duration = Duration::from_secs(2);
/// Without a sign of life for so long the peer is absent.
const SILENCE: Duration = Duration::from_secs(5);
const HELLO: Duration = Duration::from_secs(5);
/// A peer that takes no bytes for so long is dropped.
const WRITE: Duration = Duration::from_secs(5);
/// How long a closed peer may take to close its side.
const LINGER: Duration = Duration::from_secs(1);
/// A call's signalling comes in bursts of candidates, all else is a tap or a tick.
const MESSAGES: Allowance = Allowance {
    burst: BURST as f64,
    a_second: 50.0,
};
const FAULTS: Allowance = Allowance {
    burst: 50.0,
    a_second: 0.2,
};

/// Bounds what the WebSocket layer itself keeps. A message over [`MAX_MESSAGE`] is still read, up to twice the size, so
/// that its sender can be told; a larger one ends the socket.
pub fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(4096)
        .max_message_size(2 * MAX_MESSAGE)
        .max_frame_size(2 * MAX_MESSAGE)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * MAX_MESSAGE)
}

/// Who is at the other end, as its device token or session says.
pub trait Peer: Send + 'static {
    type Message: DeserializeOwned + Send;
    type Answer: Serialize;

    /// The version, if the message is a hello.
    fn hello(message: &Self::Message) -> Option<u16>;
    fn arrives(&self, socket: SocketId, hello: Self::Message, out: Outbox) -> Option<Event>;
    fn says(socket: SocketId, message: Self::Message) -> Event;
    fn fault(fault: Fault) -> Self::Answer;
}

impl Peer for Kiosk {
    type Message = FromKiosk;
    type Answer = ToKiosk;

    fn hello(message: &FromKiosk) -> Option<u16> {
        match message {
            FromKiosk::Hello { version, .. } => Some(*version),
            _ => None,
        }
    }

    fn arrives(&self, socket: SocketId, hello: FromKiosk, out: Outbox) -> Option<Event> {
        let FromKiosk::Hello { resume, .. } = hello else {
            return None;
        };
        Some(Event::KioskHello {
            socket,
            kiosk: self.clone(),
            resume,
            out,
        })
    }

    fn says(socket: SocketId, message: FromKiosk) -> Event {
        Event::Kiosk { socket, message }
    }

    fn fault(fault: Fault) -> ToKiosk {
        ToKiosk::Error { fault }
    }
}

impl Peer for InterpreterId {
    type Message = FromInterpreter;
    type Answer = ToInterpreter;

    fn hello(message: &FromInterpreter) -> Option<u16> {
        match message {
            FromInterpreter::Hello { version, .. } => Some(*version),
            _ => None,
        }
    }

    fn arrives(&self, socket: SocketId, hello: FromInterpreter, out: Outbox) -> Option<Event> {
        let FromInterpreter::Hello { tab, .. } = hello else {
            return None;
        };
        Some(Event::InterpreterHello {
            socket,
            interpreter: *self,
            tab,
            out,
        })
    }

    fn says(socket: SocketId, message: FromInterpreter) -> Event {
        Event::Interpreter { socket, message }
    }

    fn fault(fault: Fault) -> ToInterpreter {
        ToInterpreter::Error { fault }
    }
}

/// Why a socket is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// The peer left, or its network did.
    Gone,
    Silent,
    DoesNotRead,
    We(Goodbye),
}

/// Serves one socket to its end and tells the switchboard when it is gone.
pub async fn serve<P: Peer>(mut ws: WebSocket, peer: P, socket: SocketId, events: mpsc::Sender<Event>) {
    let over = match greet(&mut ws, &peer, socket, &events).await {
        Ok(outgoings) => {
            let over = converse::<P>(&mut ws, socket, &events, outgoings).await;
            // A closed switchboard is a relay that stops: nobody is left to be told.
            let _ = events.send(Event::Gone { socket }).await;
            over
        }
        Err(over) => over,
    };
    info!(socket = socket.0, ?over, "socket over");
    if let Over::We(goodbye) = over {
        let frame = CloseFrame {
            code: goodbye.code(),
            reason: goodbye.reason().into(),
        };
        if let Ok(Ok(())) = timeout(WRITE, ws.send(Message::Close(Some(frame)))).await {
            // What the peer still sends is read, or the network would throw the close frame away with it.
            let _ = timeout(LINGER, async { while let Some(Ok(_)) = ws.recv().await {} }).await;
        }
    }
}

/// Waits for hello. The switchboard alone holds the other end of what is said from then on.
async fn greet<P: Peer>(
    ws: &mut WebSocket,
    peer: &P,
    socket: SocketId,
    events: &mpsc::Sender<Event>,
) -> Result<Outgoings, Over> {
    let deadline = Instant::now() + HELLO;
    let mut faults = Bucket::full(FAULTS);
    loop {
        let frame = tokio::select! {
            () = sleep_until(deadline) => return Err(Over::We(Goodbye::Protocol)),
            frame = ws.recv() => frame,
        };
        let heard = match read(frame)? {
            None => continue,
            Some(heard) => heard.and_then(|text| parse::<P::Message>(text.as_ref())),
        };
        let fault = match heard {
            Ok(message) => match P::hello(&message) {
                Some(VERSION) => {
                    let (out, outgoings) = outbox();
                    let event = peer
                        .arrives(socket, message, out)
                        .ok_or(Over::We(Goodbye::Internal))?;
                    events.send(event).await.map_err(|_| Over::We(Goodbye::Restart))?;
                    return Ok(outgoings);
                }
                Some(_) => {
                    let sentence = format!("this relay speaks version {VERSION}");
                    send(ws, &P::fault(Fault::new(FaultCode::Version, sentence))).await?;
                    return Err(Over::We(Goodbye::Protocol));
                }
                None => Fault::new(FaultCode::HelloFirst, "the first message is hello"),
            },
            Err(fault) => fault,
        };
        blame::<P>(ws, fault, &mut faults).await?;
    }
}

async fn converse<P: Peer>(
    ws: &mut WebSocket,
    socket: SocketId,
    events: &mpsc::Sender<Event>,
    mut outgoings: Outgoings,
) -> Over {
    let mut ping = interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard_at = Instant::now();
    let (mut messages, mut faults) = (Bucket::full(MESSAGES), Bucket::full(FAULTS));
    loop {
        let step = tokio::select! {
            () = outgoings.overrun.cancelled() => Err(Over::DoesNotRead),
            () = sleep_until(heard_at + SILENCE) => Err(Over::Silent),
            outgoing = outgoings.frames.recv() => match outgoing {
                Some(Outgoing::Message(text)) => push(ws, Message::Text(text.into())).await,
                Some(Outgoing::Close(goodbye)) => Err(Over::We(goodbye)),
                None => Err(Over::We(Goodbye::Restart)),
            },
            _ = ping.tick() => push(ws, Message::Ping(Vec::new().into())).await,
            frame = ws.recv() => {
                heard_at = Instant::now();
                match read(frame) {
                    Ok(None) => Ok(()),
                    Ok(Some(text)) if messages.take() => {
                        match text.and_then(|text| parse::<P::Message>(text.as_ref())) {
                            Ok(message) => {
                                let sent = events.send(P::says(socket, message)).await;
                                sent.map_err(|_| Over::We(Goodbye::Restart))
                            }
                            Err(fault) => blame::<P>(ws, fault, &mut faults).await,
                        }
                    }
                    Ok(Some(_)) => {
                        let fault = Fault::new(FaultCode::TooFast, "more messages than a peer of this kind sends");
                        blame::<P>(ws, fault, &mut faults).await
                    }
                    Err(over) => Err(over),
                }
            }
        };
        if let Err(over) = step {
            return over;
        }
    }
}

/// A message's bytes; none for what only shows that the peer lives.
fn read(
    frame: Option<Result<Message, axum::Error>>,
) -> Result<Option<Result<axum::body::Bytes, Fault>>, Over> {
    match frame {
        Some(Ok(Message::Text(text))) => Ok(Some(Ok(text.into()))),
        Some(Ok(Message::Binary(_))) => Ok(Some(Err(Fault::new(
            FaultCode::Malformed,
            "messages are text frames of JSON",
        )))),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_))) | None => Err(Over::Gone),
        Some(Err(error)) => {
            let words = error.to_string();
            if words.contains("too long") {
                Err(Over::We(Goodbye::TooLarge))
            } else {
                Err(Over::Gone)
            }
        }
    }
}

/// Tells a fault, unless the peer has used up its faults.
async fn blame<P: Peer>(ws: &mut WebSocket, fault: Fault, faults: &mut Bucket) -> Result<(), Over> {
    debug!(code = ?fault.code, "fault");
    send(ws, &P::fault(fault)).await?;
    if faults.take() {
        Ok(())
    } else {
        Err(Over::We(Goodbye::Protocol))
    }
}

async fn send(ws: &mut WebSocket, message: &impl Serialize) -> Result<(), Over> {
    push(ws, Message::Text(write(message).into())).await
}

async fn push(ws: &mut WebSocket, message: Message) -> Result<(), Over> {
    match timeout(WRITE, ws.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Over::Gone),
        Err(_) => Err(Over::DoesNotRead),
    }
}
