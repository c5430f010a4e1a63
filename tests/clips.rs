//! Sign clips on their way from the real relay's folder to a kiosk's disk: whole, interrupted, damaged, replaced, and
//! without the relay.
#![cfg(all(feature = "kiosk", feature = "relay"))]

mod relay_support;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use relay_support::{DEADLINE, QUICK, Relay};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::timeout;
use zhest::clip::{ClipId, Digest};
use zhest::kiosk::clips::{self, Keeper, Road, Shelf};

/// Large enough to be cut in the middle whatever the sockets hold.
const LARGE: usize = 24 << 20;

/// Bytes that are the same in every run; `seed` tells two files apart.
fn contents(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()
    };
    std::iter::repeat_with(next).flatten().take(length).collect()
}

fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

fn put(relay: &Relay, name: &str, bytes: &[u8], age: Duration) {
    let folder = relay.state("clips");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    let file = std::fs::File::options()
        .append(true)
        .open(folder.join(name))
        .unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
}

const AGO: Duration = Duration::from_secs(60);
const LATER: Duration = Duration::from_secs(30);

/// One kiosk's cache, on a road that a story rules.
struct Kiosk {
    cache: tempfile::TempDir,
    road: watch::Sender<Road>,
    keeper: Keeper,
    base: String,
}

impl Kiosk {
    fn start(port: u16, road: Road) -> Self {
        Self::with(tempfile::tempdir().unwrap(), port, road)
    }

    fn with(cache: tempfile::TempDir, port: u16, road: Road) -> Self {
        let (road, on_road) = watch::channel(road);
        let base = format!("http://127.0.0.1:{port}");
        let settings = clips::Settings {
            relay: base.clone(),
            authority: None,
            cache: cache.path().to_owned(),
        };
        let keeper = clips::keep(&settings, on_road).unwrap();
        Self {
            cache,
            road,
            keeper,
            base,
        }
    }

    /// The same disk after a restart.
    fn again(self, port: u16, road: Road) -> Self {
        Self::with(self.cache, port, road)
    }

    fn file(&self, name: impl std::fmt::Display) -> PathBuf {
        self.cache.path().join("clips").join(name.to_string())
    }

    async fn next(&mut self) -> Shelf {
        let next = timeout(DEADLINE, self.keeper.shelves.recv()).await;
        next.expect("the keeper says something in time")
            .expect("the keeper lives")
    }

    /// Waits until the shelf holds exactly this.
    async fn keeps(&mut self, wanted: &[(&str, &[u8])]) {
        let wanted: Vec<(ClipId, Digest)> = wanted
            .iter()
            .map(|(id, bytes)| (id.parse().unwrap(), digest(bytes)))
            .collect();
        loop {
            let shelf = self.next().await;
            let here: Vec<_> = shelf.iter().map(|(id, kept)| (id.clone(), kept.sha256)).collect();
            if here == wanted {
                for kept in shelf.values() {
                    assert_eq!(digest(&std::fs::read(&kept.path).unwrap()), kept.sha256);
                }
                return;
            }
        }
    }

    /// Waits until so many bytes of a clip are on the disk: what the sockets still hold is lost with the road.
    async fn has_more_than(&self, length: usize, clip: &[u8]) {
        let part = self.file(format!("{}.part", digest(clip)));
        let come = async {
            while std::fs::metadata(&part).map_or(0, |part| part.len()) <= length as u64 {
                tokio::task::yield_now().await;
            }
        };
        timeout(DEADLINE, come)
            .await
            .expect("what was carried comes to the disk");
    }

    /// When this returns the keeper has seen the road as it is now, and rests.
    async fn settles(&mut self) {
        while self.keeper.shelves.try_recv().is_ok() {}
        self.keeper.suspects.tell(Digest([0; 32]));
        self.next().await;
    }

    async fn link_is_lost_and_back(&mut self) {
        self.road.send(Road::Away).unwrap();
        self.settles().await;
        self.road.send(Road::Free).unwrap();
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.cache.path().join("clips")).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// What a road in between does with the bytes that the relay sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Carries,
    /// Breaks every connection when it has carried so many.
    BreaksAfter(usize),
    /// Carries so many and then nothing more.
    HoldsAfter(usize),
    /// Carries so many, waits until it shall do something else, and goes on.
    WaitsAfter(usize),
    /// Changes one byte of a file, once.
    Spoils,
}

#[derive(Debug)]
enum Happened {
    Broke,
    Held,
    Waits,
    /// The kiosk itself closed a connection that was held.
    Left,
}

/// Counts what goes through it.
struct Between {
    port: u16,
    books: Arc<Mutex<Books>>,
    happened: mpsc::UnboundedReceiver<Happened>,
}

struct Books {
    does: Does,
    carried: usize,
    /// Everything that the kiosk has asked, in small letters.
    asked: String,
    /// Something else shall be done.
    told: Arc<Notify>,
}

impl Between {
    async fn start(relay: u16, does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let books = Arc::new(Mutex::new(Books {
            does,
            carried: 0,
            asked: String::new(),
            told: Arc::default(),
        }));
        let (tell, happened) = mpsc::unbounded_channel();
        let open = books.clone();
        tokio::spawn(async move {
            while let Ok((kiosk, _)) = listener.accept().await {
                tokio::spawn(carry(kiosk, relay, open.clone(), tell.clone()));
            }
        });
        Self {
            port,
            books,
            happened,
        }
    }

    fn now(&self, does: Does) {
        let mut books = self.books.lock().unwrap();
        (books.does, books.carried) = (does, 0);
        books.told.notify_waiters();
    }

    fn carried(&self) -> usize {
        self.books.lock().unwrap().carried
    }

    fn asked(&self) -> String {
        self.books.lock().unwrap().asked.clone()
    }

    async fn happens(&mut self) -> Happened {
        let happened = timeout(DEADLINE, self.happened.recv()).await;
        happened.expect("something happens on the road in time").unwrap()
    }

    /// The byte that the last request for the rest of a file begins at.
    fn resumed_at(&self) -> Option<usize> {
        let asked = self.asked();
        let (_, range) = asked.rsplit_once("range: bytes=")?;
        range.split_once('-')?.0.parse().ok()
    }
}

async fn carry(
    mut kiosk: TcpStream,
    relay: u16,
    books: Arc<Mutex<Books>>,
    tell: mpsc::UnboundedSender<Happened>,
) {
    let Ok(mut relay) = TcpStream::connect(("127.0.0.1", relay)).await else {
        return;
    };
    let (mut request, mut answer) = (vec![0; 8192], vec![0; 65536]);
    loop {
        tokio::select! {
            length = kiosk.read(&mut request) => {
                let Ok(1..) = length else { return };
                let said = &request[..length.unwrap()];
                books.lock().unwrap().asked += &String::from_utf8_lossy(said).to_lowercase();
                if relay.write_all(said).await.is_err() {
                    return;
                }
            }
            length = relay.read(&mut answer) => {
                let Ok(length @ 1..) = length else { return };
                let (carries, then) = {
                    let mut books = books.lock().unwrap();
                    let (carries, then) = match books.does {
                        Does::BreaksAfter(most) if books.carried + length >= most => {
                            (most.saturating_sub(books.carried), Some(Happened::Broke))
                        }
                        Does::HoldsAfter(most) if books.carried + length >= most => {
                            (most.saturating_sub(books.carried), Some(Happened::Held))
                        }
                        Does::WaitsAfter(most) if books.carried + length >= most => {
                            (length, Some(Happened::Waits))
                        }
                        // Heads and lists are short.
                        Does::Spoils if length > 16384 => {
                            books.does = Does::Carries;
                            answer[length - 1] ^= 0x40;
                            (length, None)
                        }
                        _ => (length, None),
                    };
                    books.carried += carries;
                    (carries, then)
                };
                if kiosk.write_all(&answer[..carries]).await.is_err() {
                    return;
                }
                match then {
                    None => {}
                    Some(Happened::Waits) => {
                        let told = books.lock().unwrap().told.clone();
                        let on = told.notified();
                        tell.send(Happened::Waits).unwrap();
                        on.await;
                    }
                    Some(Happened::Held) => {
                        tell.send(Happened::Held).unwrap();
                        while let Ok(1..) = kiosk.read(&mut request).await {}
                        tell.send(Happened::Left).unwrap();
                        return;
                    }
                    Some(happened) => {
                        tell.send(happened).unwrap();
                        return;
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn clips_are_there_with_the_relay_and_after_a_restart_without_it() {
    let mut relay = Relay::start(QUICK).await;
    let (greeting, step) = (contents(300_000, 1), contents(1000, 2));
    put(&relay, "greeting.mp4", &greeting, AGO);
    put(&relay, "passport.2.webm", &step, AGO);
    let mut kiosk = Kiosk::start(relay.port, Road::Free);
    let all: [(&str, &[u8]); 2] = [("greeting", &greeting), ("passport.2", &step)];
    kiosk.keeps(&all).await;
    relay.kill();
    let mut kiosk = kiosk.again(relay.port, Road::Away);
    kiosk.keeps(&all).await;
    // A file that was cut by the disk is not taken for a clip.
    std::fs::write(kiosk.file(digest(&step)), b"short").unwrap();
    let mut kiosk = kiosk.again(relay.port, Road::Away);
    kiosk.keeps(&all[..1]).await;
    std::fs::write(kiosk.file("list.json"), b"{").unwrap();
    let mut kiosk = kiosk.again(relay.port, Road::Away);
    kiosk.keeps(&[]).await;
    relay.start_again().await;
    kiosk.road.send(Road::Free).unwrap();
    kiosk.keeps(&all).await;
}

#[tokio::test]
async fn an_interrupted_clip_goes_on_where_it_stopped() {
    let relay = Relay::start(QUICK).await;
    let clip = contents(LARGE, 3);
    put(&relay, "greeting.mp4", &clip, AGO);
    let mut between = Between::start(relay.port, Does::BreaksAfter(LARGE / 3)).await;
    let mut kiosk = Kiosk::start(between.port, Road::Free);
    assert!(matches!(between.happens().await, Happened::Broke));
    kiosk.has_more_than(LARGE / 6, &clip).await;
    // The next request, for the list, may break too.
    between.now(Does::Carries);
    kiosk.link_is_lost_and_back().await;
    kiosk.keeps(&[("greeting", &clip)]).await;
    let resumed = between.resumed_at().expect("only the rest is asked for");
    assert!(resumed > LARGE / 6, "it went on at {resumed}");
    let carried = between.carried();
    assert!(carried < LARGE - resumed + 10_000, "{carried} bytes for the rest");
    let sha256 = digest(&clip).to_string();
    assert_eq!(kiosk.names(), [sha256.as_str(), "list.json"]);
}

#[tokio::test]
async fn a_call_stops_it_at_once_and_afterwards_it_goes_on() {
    let relay = Relay::start(QUICK).await;
    let clip = contents(LARGE, 4);
    put(&relay, "greeting.mp4", &clip, AGO);
    let mut between = Between::start(relay.port, Does::HoldsAfter(LARGE / 3)).await;
    let mut kiosk = Kiosk::start(between.port, Road::Free);
    assert!(matches!(between.happens().await, Happened::Held));
    kiosk.has_more_than(LARGE / 6, &clip).await;
    kiosk.road.send(Road::Busy).unwrap();
    assert!(matches!(between.happens().await, Happened::Left));
    between.now(Does::Carries);
    let asked = between.asked();
    kiosk.settles().await;
    kiosk.settles().await;
    assert_eq!(between.asked(), asked, "nothing is asked during a call");
    kiosk.road.send(Road::Free).unwrap();
    kiosk.keeps(&[("greeting", &clip)]).await;
    assert!(between.resumed_at() > Some(LARGE / 6));
}

#[tokio::test]
async fn what_comes_damaged_is_thrown_away_and_fetched_anew_and_keeps_nothing_else_away() {
    let relay = Relay::start(QUICK).await;
    let (clip, other) = (contents(500_000, 5), contents(1000, 6));
    put(&relay, "greeting.mp4", &clip, AGO);
    put(&relay, "waiting.mp4", &other, AGO);
    let between = Between::start(relay.port, Does::Spoils).await;
    let mut kiosk = Kiosk::start(between.port, Road::Free);
    kiosk.keeps(&[("waiting", &other)]).await;
    kiosk.link_is_lost_and_back().await;
    kiosk.keeps(&[("greeting", &clip), ("waiting", &other)]).await;
}

#[tokio::test]
async fn a_file_that_spoils_on_the_disk_is_fetched_anew_and_one_that_nothing_plays_is_not() {
    let relay = Relay::start(QUICK).await;
    let clip = contents(100_000, 7);
    put(&relay, "greeting.mp4", &clip, AGO);
    let between = Between::start(relay.port, Does::Carries).await;
    let mut kiosk = Kiosk::start(between.port, Road::Free);
    kiosk.keeps(&[("greeting", &clip)]).await;
    std::fs::write(kiosk.file(digest(&clip)), contents(100_000, 8)).unwrap();
    kiosk.keeper.suspects.tell(digest(&clip));
    kiosk.keeps(&[]).await;
    kiosk.keeps(&[("greeting", &clip)]).await;

    let asked = between.asked();
    kiosk.keeper.suspects.tell(digest(&clip));
    kiosk.keeps(&[]).await;
    kiosk.settles().await;
    assert_eq!(between.asked(), asked);
    let mended = contents(100_000, 9);
    put(&relay, "greeting.mp4", &mended, LATER);
    kiosk.link_is_lost_and_back().await;
    kiosk.keeps(&[("greeting", &mended)]).await;
}

#[tokio::test]
async fn a_clip_that_cannot_be_shown_stays_away_while_others_come() {
    let relay = Relay::start(QUICK).await;
    let (greeting, waiting) = (contents(1000, 14), contents(LARGE, 15));
    put(&relay, "greeting.mp4", &greeting, AGO);
    let mut between = Between::start(relay.port, Does::Carries).await;
    let mut kiosk = Kiosk::start(between.port, Road::Free);
    kiosk.keeps(&[("greeting", &greeting)]).await;
    put(&relay, "waiting.mp4", &waiting, AGO);
    between.now(Does::WaitsAfter(LARGE / 2));
    kiosk.link_is_lost_and_back().await;
    assert!(matches!(between.happens().await, Happened::Waits));
    // Whole, but nothing plays it.
    kiosk.keeper.suspects.tell(digest(&greeting));
    between.now(Does::Carries);
    let shelf = kiosk.next().await;
    let shown: Vec<Digest> = shelf.values().map(|kept| kept.sha256).collect();
    assert_eq!(shown, [digest(&waiting)]);
}

#[tokio::test]
async fn a_clip_that_was_filmed_anew_replaces_the_old_one_when_it_is_whole_and_what_is_gone_goes() {
    let relay = Relay::start(QUICK).await;
    let (old, new, other) = (contents(100_000, 10), contents(LARGE, 11), contents(1000, 12));
    put(&relay, "greeting.mp4", &old, AGO);
    put(&relay, "waiting.mp4", &other, AGO);
    let mut between = Between::start(relay.port, Does::Carries).await;
    let mut kiosk = Kiosk::start(between.port, Road::Free);
    kiosk.keeps(&[("greeting", &old), ("waiting", &other)]).await;
    std::fs::write(kiosk.file("notes.txt"), b"not ours").unwrap();
    put(&relay, "greeting.mp4", &new, LATER);
    std::fs::remove_file(relay.state("clips/waiting.mp4")).unwrap();
    between.now(Does::HoldsAfter(LARGE / 2));
    kiosk.link_is_lost_and_back().await;
    assert!(matches!(between.happens().await, Happened::Held));
    kiosk.keeps(&[("greeting", &old)]).await;
    between.now(Does::Carries);
    kiosk.link_is_lost_and_back().await;
    kiosk.keeps(&[("greeting", &new)]).await;
    let sha256 = digest(&new).to_string();
    let mut names = ["list.json", "notes.txt", sha256.as_str()];
    names.sort_unstable();
    kiosk.settles().await;
    assert_eq!(kiosk.names(), names);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_loses_nothing() {
    let relay = Relay::start(QUICK).await;
    let clip = contents(1000, 13);
    put(&relay, "greeting.mp4", &clip, AGO);
    let cache = tempfile::tempdir().unwrap();
    // A file stands where the folder should be.
    std::fs::write(cache.path().join("clips"), b"").unwrap();
    let mut kiosk = Kiosk::with(cache, relay.port, Road::Free);
    kiosk.keeps(&[]).await;
    kiosk.settles().await;
    std::fs::remove_file(kiosk.cache.path().join("clips")).unwrap();
    kiosk.link_is_lost_and_back().await;
    kiosk.keeps(&[("greeting", &clip)]).await;
    assert!(kiosk.base.starts_with("http://"));
}
