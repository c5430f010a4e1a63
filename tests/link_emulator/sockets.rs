//! Two peers with real sockets and the link between them. What is measured is measured by the emulator's own stamps.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::time::{sleep, timeout};

use crate::link::Side;
use crate::link::emulator::{Counters, Emulator, HEADERS, Passage};
use crate::link::model::{Cause, Fate};
use crate::link::profile::{Loss, Profile};

/// For what takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

fn named(name: &str) -> Profile {
    Profile::named(name).unwrap_or_else(|| panic!("there is a scenario {name}"))
}

struct Peer {
    socket: UdpSocket,
    own: SocketAddrV4,
}

impl Peer {
    async fn new() -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let SocketAddr::V4(own) = socket.local_addr().unwrap() else {
            panic!("bound to an IPv4 address");
        };
        Self { socket, own }
    }

    async fn says(&self, to: SocketAddrV4, words: &[u8]) {
        let sent = self.socket.send_to(words, to).await.unwrap();
        assert_eq!(sent, words.len());
    }

    /// The next packet, and whom it is from.
    async fn hears(&self) -> (Vec<u8>, SocketAddrV4) {
        let mut buffer = [0; 2048];
        let heard = timeout(PATIENCE, self.socket.recv_from(&mut buffer));
        match heard.await.expect("a packet arrives").unwrap() {
            (length, SocketAddr::V4(from)) => (buffer[..length].to_vec(), from),
            (_, SocketAddr::V6(from)) => panic!("a packet from {from}"),
        }
    }
}

/// Waits until so many packets have come in.
async fn offered(emulator: &Emulator, towards: Side, count: u64) -> Counters {
    counted(emulator, towards, |counters| counters.offered == count).await
}

/// The same, and none of them is on its way any more.
async fn settled(emulator: &Emulator, towards: Side, count: u64) -> Counters {
    counted(emulator, towards, |counters| {
        counters.offered == count && counters.in_flight() == 0
    })
    .await
}

async fn counted(emulator: &Emulator, towards: Side, enough: impl Fn(&Counters) -> bool) -> Counters {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let counters = emulator.counters(towards);
        if enough(&counters) {
            return counters;
        }
        assert!(Instant::now() < deadline, "waited in vain: {counters:?}");
        sleep(Duration::from_millis(1)).await;
    }
}

/// Numbered packets, a few at a time so that no socket's buffer runs over, and what the other side heard of them.
async fn send_numbers(emulator: &Emulator, towards: Side, count: u64) -> (Vec<u64>, Vec<Passage>) {
    let (sender, receiver) = (Peer::new().await, Peer::new().await);
    let far = emulator.alias(towards, receiver.own);
    let mut heard = Vec::new();
    let mut passages = Vec::new();
    for number in 0..count {
        sender.says(far, &number.to_be_bytes()).await;
        if number % 50 == 49 || number + 1 == count {
            settled(emulator, towards, number + 1).await;
            let batch = emulator.take_passages();
            for _ in batch.iter().filter(|passage| passage.left.is_some()) {
                let (words, _) = receiver.hears().await;
                heard.push(u64::from_be_bytes(words.try_into().expect("eight bytes")));
            }
            passages.extend(batch);
        }
    }
    (heard, passages)
}

#[tokio::test]
async fn each_side_sees_the_other_at_its_alias_and_answers_come_back() {
    let emulator = Emulator::start(named("clean"), named("clean"), 1);
    let (kiosk, browser) = (Peer::new().await, Peer::new().await);
    let kiosk_alias = emulator.alias(Side::Kiosk, kiosk.own);
    let browser_alias = emulator.alias(Side::Interpreter, browser.own);
    assert_eq!(
        emulator.alias(Side::Kiosk, kiosk.own),
        kiosk_alias,
        "an alias stays"
    );

    kiosk.says(browser_alias, b"check").await;
    assert_eq!(browser.hears().await, (b"check".to_vec(), kiosk_alias));
    browser.says(kiosk_alias, b"answer").await;
    assert_eq!(kiosk.hears().await, (b"answer".to_vec(), browser_alias));

    // The browser begins.
    browser.says(kiosk_alias, b"its own check").await;
    assert_eq!(kiosk.hears().await, (b"its own check".to_vec(), browser_alias));
}

#[tokio::test]
async fn a_socket_that_nobody_announced_is_answered_too() {
    let emulator = Emulator::start(named("clean"), named("clean"), 1);
    let (announced, stranger, browser) = (Peer::new().await, Peer::new().await, Peer::new().await);
    let announced_alias = emulator.alias(Side::Kiosk, announced.own);
    let browser_alias = emulator.alias(Side::Interpreter, browser.own);

    stranger.says(browser_alias, b"who am I").await;
    let (_, seen) = browser.hears().await;
    assert!(seen != announced_alias && seen != stranger.own, "{seen}");
    browser.says(seen, b"you").await;
    assert_eq!(stranger.hears().await, (b"you".to_vec(), browser_alias));
    // Announced later, as by a late candidate, it has the alias that is in use.
    assert_eq!(emulator.alias(Side::Kiosk, stranger.own), seen);
}

#[tokio::test]
async fn several_sockets_of_a_side_are_kept_apart() {
    let emulator = Emulator::start(named("clean"), named("clean"), 1);
    let (one, two, browser) = (Peer::new().await, Peer::new().await, Peer::new().await);
    let browser_alias = emulator.alias(Side::Interpreter, browser.own);
    let aliases = [&one, &two].map(|peer| emulator.alias(Side::Kiosk, peer.own));
    assert_ne!(aliases[0], aliases[1]);
    for (peer, alias) in [&one, &two].into_iter().zip(aliases) {
        peer.says(browser_alias, b"here").await;
        assert_eq!(browser.hears().await.1, alias);
        browser.says(alias, alias.to_string().as_bytes()).await;
        assert_eq!(
            peer.hears().await,
            (alias.to_string().into_bytes(), browser_alias)
        );
    }
}

#[tokio::test]
async fn packets_travel_as_long_as_the_profile_says() {
    let emulator = Emulator::start(named("clean"), named("delay"), 1);
    let (heard, passages) = send_numbers(&emulator, Side::Interpreter, 200).await;
    assert_eq!(heard, (0..200).collect::<Vec<_>>());

    let delay = Duration::from_millis(25);
    let mut late = Vec::new();
    for passage in &passages {
        let (bytes, due) = (8 + HEADERS, passage.arrived + delay);
        assert_eq!(
            (passage.bytes, passage.fate),
            (bytes, Fate::Delivered { at: due })
        );
        late.push(passage.late().expect("it left, and not before its time"));
    }
    // How late the others are is the machine's business: about a tenth of a millisecond when it is idle.
    let best = late.iter().min().expect("packets were sent");
    assert!(*best < Duration::from_millis(5), "the best is {best:?} late");
}

#[tokio::test]
async fn what_waits_for_a_slower_packet_comes_out_in_order() {
    let slow = Profile {
        delay: Duration::from_millis(300),
        ..Profile::default()
    };
    let emulator = Emulator::start(named("clean"), slow, 1);
    let (kiosk, browser) = (Peer::new().await, Peer::new().await);
    let far = emulator.alias(Side::Interpreter, browser.own);
    kiosk.says(far, &[0]).await;
    offered(&emulator, Side::Interpreter, 1).await;
    emulator.change(Side::Interpreter, named("clean"));
    for number in 1..50 {
        kiosk.says(far, &[number]).await;
    }
    for number in 0..50 {
        assert_eq!(browser.hears().await.0, [number]);
    }
}

#[tokio::test]
async fn the_same_seed_loses_the_same_packets_again() {
    let lost = async |seed, towards| -> Vec<u64> {
        let emulator = Emulator::start(named("loss-10"), named("loss-10"), seed);
        let (heard, passages) = send_numbers(&emulator, towards, 300).await;
        let lost: Vec<u64> = passages
            .iter()
            .filter(|passage| passage.fate == Fate::Lost(Cause::Chance))
            .map(|passage| passage.number)
            .collect();
        let rest: Vec<u64> = (0..300).filter(|number| !lost.contains(number)).collect();
        assert_eq!(heard, rest, "what is not lost arrives, in order");
        let counters = emulator.counters(towards);
        assert_eq!(
            (
                counters.offered,
                counters.delivered + counters.lost_by_chance,
                counters.lost_by_chance
            ),
            (300, 300, lost.len() as u64)
        );
        assert_eq!(counters.offered_bytes, 300 * (8 + HEADERS as u64));
        lost
    };
    let first = lost(7, Side::Interpreter).await;
    assert!((10..60).contains(&first.len()), "{} of 300 lost", first.len());
    assert_eq!(lost(7, Side::Interpreter).await, first);
    assert_ne!(lost(8, Side::Interpreter).await, first);
    assert_ne!(
        lost(7, Side::Kiosk).await,
        first,
        "the directions do not lose alike"
    );
}

#[tokio::test]
async fn the_directions_have_profiles_of_their_own_that_can_change() {
    let deaf = Profile {
        loss: Loss::Random(1.0),
        ..Profile::default()
    };
    let emulator = Emulator::start(named("clean"), deaf, 1);
    let (kiosk, browser) = (Peer::new().await, Peer::new().await);
    let kiosk_alias = emulator.alias(Side::Kiosk, kiosk.own);
    let browser_alias = emulator.alias(Side::Interpreter, browser.own);

    kiosk.says(browser_alias, b"lost").await;
    assert_eq!(settled(&emulator, Side::Interpreter, 1).await.lost_by_chance, 1);
    browser.says(kiosk_alias, b"not lost").await;
    assert_eq!(kiosk.hears().await.0, b"not lost");

    emulator.change(Side::Interpreter, named("clean"));
    kiosk.says(browser_alias, b"not lost either").await;
    assert_eq!(browser.hears().await.0, b"not lost either");

    let outage = Some(Duration::ZERO..Duration::from_secs(3600));
    emulator.change(
        Side::Kiosk,
        Profile {
            outage,
            ..Profile::default()
        },
    );
    browser.says(kiosk_alias, b"into the outage").await;
    assert_eq!(settled(&emulator, Side::Kiosk, 2).await.lost_in_outage, 1);
}
