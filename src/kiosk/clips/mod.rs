//! Sign clips on this kiosk: fetched from the relay while nobody needs the line, and there when the relay is not.
//!
//! ```text
//! relay ──GET /clips, /clips/<sha256>──▶ keeper ──▶ <cache>/clips/<sha256>, list.json ──▶ shelf ──▶ player
//!                                           ▲
//!                      road: in reach, and no call
//! ```
//!
//! One task owns the folder. It fetches only while the road is [`Road::Free`]: when a visitor calls it stops within a
//! chunk, so that hands never freeze for it, and goes on afterwards at the byte where it stopped. **Invariant:** what
//! stands on the [`Shelf`] under a name has once been compared with that name, by length and SHA-256; a clip that was
//! filmed anew replaces the old one only when it has come whole.

mod fetch;
mod shelf;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use self::fetch::{Fault, Relay};
use self::shelf::Folder;
use super::link::LinkError;
use crate::clip::{ClipFile, ClipId, Digest};

/// The relay is asked for news this often.
const PERIOD: Duration = Duration::from_secs(600);

/// After a fault the next try comes after one to two of these, then twice as long, up to [`PERIOD`].
const SOON: Duration = Duration::from_secs(5);

/// All clips together: what lies beyond is not fetched. A service has some six clips of 20 MB, and there are thirty.
const MOST: u64 = 4 << 30;

/// Where clips come from and where they are kept.
#[derive(Clone)]
pub struct Settings {
    /// `https://relay.example`, without a slash at the end.
    pub relay: String,
    /// PEM certificates to trust instead of the system's.
    pub authority: Option<Vec<u8>>,
    /// The kiosk's cache; clips have a folder in it.
    pub cache: PathBuf,
}

/// Whether the line may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Road {
    /// The relay is out of reach.
    Away,
    Free,
    /// A call has it.
    Busy,
}

/// The clips that can be shown, by place.
pub type Shelf = BTreeMap<ClipId, Kept>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub path: PathBuf,
    pub sha256: Digest,
}

/// The keeper's other end. It works until this is dropped.
pub struct Keeper {
    /// Each new state of the shelf.
    pub shelves: mpsc::UnboundedReceiver<Shelf>,
    pub suspects: Suspects,
}

/// Tells the keeper of files that could not be shown.
#[derive(Clone)]
pub struct Suspects(mpsc::UnboundedSender<Digest>);

impl Suspects {
    /// A damaged file is fetched anew; one that is as the relay has it stays hidden until there is another.
    pub fn tell(&self, sha256: Digest) {
        // The keeper lives as long as the driver.
        let _ = self.0.send(sha256);
    }
}

/// Starts keeping on the present tokio runtime.
pub fn keep(settings: &Settings, road: watch::Receiver<Road>) -> Result<Keeper, LinkError> {
    let (tell, shelves) = mpsc::unbounded_channel();
    let (suspects, suspected) = mpsc::unbounded_channel();
    let task = Task {
        relay: Relay::new(settings, road.clone())?,
        folder: Folder::new(settings.cache.join("clips")),
        road,
        suspected,
        tell,
        shown: None,
        told: None,
    };
    tokio::spawn(task.run());
    Ok(Keeper {
        shelves,
        suspects: Suspects(suspects),
    })
}

struct Task {
    relay: Relay,
    folder: Folder,
    road: watch::Receiver<Road>,
    suspected: mpsc::UnboundedReceiver<Digest>,
    tell: mpsc::UnboundedSender<Shelf>,
    /// What was told last, unless somebody may see it otherwise since.
    shown: Option<Shelf>,
    /// The fault that stands in the log last.
    told: Option<String>,
}

impl Task {
    async fn run(mut self) {
        self.folder.load().await;
        self.show();
        let (mut next, mut failures) = (Instant::now(), 0);
        let mut before = Road::Away;
        loop {
            let road = *self.road.borrow_and_update();
            // A relay that is back may have news, and what failed may be mended.
            if road == Road::Free && (before == Road::Away || (before != road && failures > 0)) {
                next = Instant::now();
            }
            before = road;
            tokio::select! {
                suspect = self.suspected.recv() => {
                    let Some(sha256) = suspect else { return };
                    if self.examine(sha256).await {
                        next = Instant::now();
                    }
                    self.show();
                }
                changed = self.road.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                () = tokio::time::sleep_until(next), if road == Road::Free => {
                    let done = self.round().await;
                    next = Instant::now() + match done {
                        Ok(()) => PERIOD,
                        // The road says when it goes on.
                        Err(Fault::Stopped) => Duration::ZERO,
                        Err(_) => backoff(failures, rand::random()),
                    };
                    match done {
                        Ok(()) => (failures, self.told) = (0, None),
                        Err(Fault::Stopped) => {}
                        Err(fault) => {
                            failures += 1;
                            self.complain(&fault);
                        }
                    }
                }
            }
        }
    }

    /// Makes the folder what the relay's list says.
    async fn round(&mut self) -> Result<(), Fault> {
        let list = within(self.relay.list().await?, MOST);
        self.folder.make().await?;
        self.folder.forget_all_but(&list).await?;
        self.show();
        let mut first = Ok(());
        let mut wanted: VecDeque<&ClipFile> = list.iter().collect();
        while let Some(clip) = wanted.pop_front() {
            let done = match self.folder.has(clip).await {
                true => Ok(()),
                false => self.relay.fetch(clip, &self.folder).await,
            };
            match done {
                Ok(()) => self.folder.put(clip).await?,
                // One bad file does not keep the others away.
                Err(fault @ (Fault::Damaged(_) | Fault::Gone(_))) => first = first.and(Err(fault)),
                Err(fault) => return Err(fault),
            }
            // A long round must not put back what could not be shown meanwhile.
            while let Ok(sha256) = self.suspected.try_recv() {
                if self.examine(sha256).await {
                    wanted.extend(list.iter().filter(|clip| clip.sha256 == sha256));
                }
            }
            self.show();
        }
        first
    }

    /// Whether the suspect is to be fetched anew. Whoever told of it has taken it away already.
    async fn examine(&mut self, sha256: Digest) -> bool {
        self.shown = None;
        self.folder.examine(sha256).await
    }

    /// Tells what stands on the shelf, if that is news.
    fn show(&mut self) {
        let shelf = self.folder.shelf();
        if self.shown.as_ref() != Some(&shelf) {
            self.shown = Some(shelf.clone());
            // A driver that is gone needs no clips; the loop ends by itself then.
            let _ = self.tell.send(shelf);
        }
    }

    /// In the log once, not with every try.
    fn complain(&mut self, fault: &Fault) {
        let fault = fault.to_string();
        if self.told.as_ref() != Some(&fault) {
            tracing::warn!(%fault, "clips are not fetched; trying again and again");
            self.told = Some(fault);
        }
    }
}

/// Those that have room together, in the order of their places: greeting, waiting, services, steps.
fn within(mut list: Vec<ClipFile>, most: u64) -> Vec<ClipFile> {
    list.sort_by(|a, b| a.id.cmp(&b.id));
    let all = list.len();
    let mut sum = 0u64;
    list.retain(|clip| {
        let with = sum.saturating_add(clip.bytes);
        let fits = with <= most;
        if fits {
            sum = with;
        }
        fits
    });
    if list.len() < all {
        tracing::warn!(
            left_out = all - list.len(),
            "there are more clips than a kiosk keeps"
        );
    }
    list
}

/// `chance` is uniform, so that a hundred kiosks do not come back at once.
fn backoff(failures: u32, chance: u32) -> Duration {
    let least = SOON * 2u32.pow(failures.min(6));
    let wait = least + least.mul_f64(f64::from(chance) / f64::from(u32::MAX));
    wait.min(PERIOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clip(id: &str, bytes: u64) -> ClipFile {
        ClipFile {
            id: id.parse().unwrap(),
            bytes,
            sha256: Digest([0; 32]),
        }
    }

    #[test]
    fn what_has_no_room_is_left_out_and_the_greeting_never_first() {
        let list = vec![
            clip("a.1", 2),
            clip("b", 9),
            clip("a", 3),
            clip("greeting", 5),
            clip("c", u64::MAX),
        ];
        let kept: Vec<String> = within(list, 10)
            .into_iter()
            .map(|clip| clip.id.to_string())
            .collect();
        assert_eq!(kept, ["greeting", "a", "a.1"]);
    }

    #[test]
    fn tries_become_rarer_and_never_rarer_than_the_period() {
        assert_eq!(backoff(0, 0), SOON);
        assert_eq!(backoff(1, 0), SOON * 2);
        assert_eq!(backoff(0, u32::MAX), SOON * 2);
        assert_eq!(backoff(u32::MAX, u32::MAX), PERIOD);
    }
}
