//! The link as sockets on loopback.
//!
//! **Invariant:** every address of a peer has one alias, a socket of the emulator's, and a packet that Y sends to the
//! alias of X arrives at X as from the alias of Y. So an answer takes the same way back, ICE sees one address pair on
//! both sides, and a Y that was never announced gets its alias with its first packet, as a NAT gives one.
//!
//! ```text
//! K ──▶ alias of B ──▶ model towards the interpreter ──▶ alias of K ──▶ B
//! K ◀── alias of B ◀── model towards the kiosk       ◀── alias of K ◀── B
//! ```
//!
//! A packet is stamped when one worker of a small runtime has read it. A thread of its own holds everything else and
//! waits for what comes first, the next packet or the next deadline: tokio's timer counts whole milliseconds and
//! would add up to two of them to each packet. This way a packet is about 0.1 ms late on an idle machine; how late each
//! was is in its [`Passage`].

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, UdpSocket};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use super::Side;
use super::model::{Cause, Fate, Link};
use super::profile::Profile;

/// What IPv4 and UDP put before the bytes of a packet; profiles count them too.
pub const HEADERS: usize = 28;

/// Sockets and threads end with it. Its methods wait for the link's thread, some microseconds.
pub struct Emulator {
    events: Sender<Event>,
    thread: Option<JoinHandle<()>>,
}

/// What has become of the packets of one direction. Bytes are those of IP packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    pub offered: u64,
    pub offered_bytes: u64,
    pub delivered: u64,
    pub delivered_bytes: u64,
    pub lost_by_chance: u64,
    pub lost_in_queue: u64,
    pub lost_in_outage: u64,
    /// The kernel would not send them on.
    pub refused: u64,
}

impl Counters {
    pub fn in_flight(&self) -> u64 {
        let lost = self.lost_by_chance + self.lost_in_queue + self.lost_in_outage;
        self.offered - self.delivered - lost - self.refused
    }
}

/// One packet's way, by the emulator's own clock: times since its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    pub towards: Side,
    /// Counted from 0 in each direction.
    pub number: u64,
    /// Of the IP packet.
    pub bytes: usize,
    pub arrived: Duration,
    pub fate: Fate,
    /// When it was sent on.
    pub left: Option<Duration>,
}

impl Passage {
    /// How much later than the model says it was sent on.
    pub fn late(&self) -> Option<Duration> {
        match self.fate {
            Fate::Delivered { at } => self.left?.checked_sub(at),
            Fate::Lost(_) => None,
        }
    }
}

impl Emulator {
    /// `to_kiosk` and `to_interpreter` are the two directions; chance in each has its own seed, made of this one.
    pub fn start(to_kiosk: Profile, to_interpreter: Profile, seed: u64) -> Self {
        let (events, inbox) = channel();
        let readers = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("link-reader")
            .enable_io()
            .build()
            .expect("a thread can be started");
        let wire = Wire {
            began: Instant::now(),
            readers,
            events: events.clone(),
            aliases: Vec::new(),
            kiosk: Direction::new(to_kiosk, seed),
            interpreter: Direction::new(to_interpreter, !seed),
            travelling: BinaryHeap::new(),
            passages: Vec::new(),
        };
        let thread = std::thread::Builder::new()
            .name("link".to_owned())
            .spawn(move || wire.run(&inbox))
            .expect("a thread can be started");
        Self {
            events,
            thread: Some(thread),
        }
    }

    /// Where the other side reaches this address of `owner`'s. The same question has the same answer.
    pub fn alias(&self, owner: Side, real: SocketAddrV4) -> SocketAddrV4 {
        self.ask(|tell| Event::Alias { owner, real, tell })
    }

    /// Another profile for one direction; its times count from now.
    pub fn change(&self, towards: Side, profile: Profile) {
        self.ask(|tell| Event::Change {
            towards,
            profile,
            tell,
        });
    }

    /// Of what travels towards that side.
    pub fn counters(&self, towards: Side) -> Counters {
        self.ask(|tell| Event::Count { towards, tell })
    }

    /// What was lost or sent on since the last time this was asked, in the order in which it was decided. Whoever
    /// lets hours of a call pass takes them from time to time: each needs some tens of bytes.
    pub fn take_passages(&self) -> Vec<Passage> {
        self.ask(Event::Tell)
    }

    fn ask<A>(&self, question: impl FnOnce(Sender<A>) -> Event) -> A {
        let (tell, answer) = channel();
        let asked = self.events.send(question(tell));
        asked
            .ok()
            .and_then(|()| answer.recv().ok())
            .expect("the link's thread lives as long as the emulator")
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.events.send(Event::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

enum Event {
    Arrived {
        /// Index of the alias that it was sent to.
        alias: usize,
        from: SocketAddrV4,
        bytes: Vec<u8>,
        stamp: Instant,
    },
    Alias {
        owner: Side,
        real: SocketAddrV4,
        tell: Sender<SocketAddrV4>,
    },
    Change {
        towards: Side,
        profile: Profile,
        tell: Sender<()>,
    },
    Count {
        towards: Side,
        tell: Sender<Counters>,
    },
    Tell(Sender<Vec<Passage>>),
    End,
}

struct Alias {
    owner: Side,
    real: SocketAddrV4,
    socket: UdpSocket,
    own: SocketAddrV4,
}

struct Direction {
    link: Link,
    counters: Counters,
}

impl Direction {
    fn new(profile: Profile, seed: u64) -> Self {
        Self {
            link: Link::new(profile, seed),
            counters: Counters::default(),
        }
    }
}

/// A packet on its way, first by its time, then by its turn.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Travelling {
    at: Duration,
    number: u64,
    /// Indices of the sender's alias and of the receiver's.
    from: usize,
    to: usize,
    arrived: Duration,
    bytes: Vec<u8>,
}

/// All that the link's thread owns.
struct Wire {
    began: Instant,
    readers: Runtime,
    events: Sender<Event>,
    aliases: Vec<Alias>,
    kiosk: Direction,
    interpreter: Direction,
    travelling: BinaryHeap<Reverse<Travelling>>,
    passages: Vec<Passage>,
}

impl Wire {
    fn run(mut self, inbox: &Receiver<Event>) {
        loop {
            let next = match self.travelling.peek() {
                Some(Reverse(first)) => inbox.recv_timeout(first.at.saturating_sub(self.began.elapsed())),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match next {
                Ok(Event::End) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(event) => self.handle(event),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.deliver();
        }
    }

    fn handle(&mut self, event: Event) {
        // Whoever asked may have gone; then nobody needs the answer.
        match event {
            Event::Arrived {
                alias,
                from,
                bytes,
                stamp,
            } => self.arrived(alias, from, bytes, stamp.duration_since(self.began)),
            Event::Alias { owner, real, tell } => {
                let alias = self.alias(owner, real);
                let _ = tell.send(self.aliases[alias].own);
            }
            Event::Change {
                towards,
                profile,
                tell,
            } => {
                let now = self.began.elapsed();
                self.direction(towards).link.change(now, profile);
                let _ = tell.send(());
            }
            Event::Count { towards, tell } => {
                let _ = tell.send(self.direction(towards).counters);
            }
            Event::Tell(tell) => {
                let _ = tell.send(std::mem::take(&mut self.passages));
            }
            Event::End => unreachable!("the loop ends before"),
        }
    }

    fn arrived(&mut self, to: usize, sender: SocketAddrV4, bytes: Vec<u8>, arrived: Duration) {
        let towards = self.aliases[to].owner;
        let from = self.alias(towards.other(), sender);
        let size = bytes.len() + HEADERS;
        let Direction { link, counters } = self.direction(towards);
        let number = counters.offered;
        counters.offered += 1;
        counters.offered_bytes += size as u64;
        let fate = link.offer(arrived, size);
        match fate {
            Fate::Delivered { at } => self.travelling.push(Reverse(Travelling {
                at,
                number,
                from,
                to,
                arrived,
                bytes,
            })),
            Fate::Lost(cause) => {
                *match cause {
                    Cause::Chance => &mut counters.lost_by_chance,
                    Cause::Queue => &mut counters.lost_in_queue,
                    Cause::Outage => &mut counters.lost_in_outage,
                } += 1;
                self.passages.push(Passage {
                    towards,
                    number,
                    bytes: size,
                    arrived,
                    fate,
                    left: None,
                });
            }
        }
    }

    /// Sends on all that is due.
    fn deliver(&mut self) {
        while let Some(Reverse(first)) = self.travelling.peek()
            && first.at <= self.began.elapsed()
            && let Some(Reverse(packet)) = self.travelling.pop()
        {
            let Alias {
                owner: towards, real, ..
            } = self.aliases[packet.to];
            let sent = self.aliases[packet.from].socket.send_to(&packet.bytes, real);
            let size = packet.bytes.len() + HEADERS;
            let counters = &mut self.direction(towards).counters;
            if sent.is_ok() {
                counters.delivered += 1;
                counters.delivered_bytes += size as u64;
            } else {
                counters.refused += 1;
            }
            self.passages.push(Passage {
                towards,
                number: packet.number,
                bytes: size,
                arrived: packet.arrived,
                fate: Fate::Delivered { at: packet.at },
                left: sent.is_ok().then(|| self.began.elapsed()),
            });
        }
    }

    fn direction(&mut self, towards: Side) -> &mut Direction {
        match towards {
            Side::Kiosk => &mut self.kiosk,
            Side::Interpreter => &mut self.interpreter,
        }
    }

    /// The index of the alias, which is opened if there is none yet.
    fn alias(&mut self, owner: Side, real: SocketAddrV4) -> usize {
        let known = |alias: &Alias| alias.owner == owner && alias.real == real;
        if let Some(known) = self.aliases.iter().position(known) {
            return known;
        }
        let (socket, own) = open().expect("a loopback socket opens");
        let reader = socket.try_clone().expect("a socket can be cloned");
        let index = self.aliases.len();
        self.aliases.push(Alias {
            owner,
            real,
            socket,
            own,
        });
        self.readers.spawn(read(reader, index, self.events.clone()));
        index
    }
}

fn open() -> std::io::Result<(UdpSocket, SocketAddrV4)> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.set_nonblocking(true)?;
    match socket.local_addr()? {
        SocketAddr::V4(own) => Ok((socket, own)),
        SocketAddr::V6(_) => unreachable!("bound to an IPv4 address"),
    }
}

async fn read(socket: UdpSocket, alias: usize, events: Sender<Event>) {
    let socket = tokio::net::UdpSocket::from_std(socket).expect("the runtime watches sockets");
    let mut buffer = vec![0; 65_536];
    while let Ok((length, SocketAddr::V4(from))) = socket.recv_from(&mut buffer).await {
        let arrived = Event::Arrived {
            alias,
            from,
            bytes: buffer[..length].to_vec(),
            stamp: Instant::now(),
        };
        if events.send(arrived).is_err() {
            return;
        }
    }
}
