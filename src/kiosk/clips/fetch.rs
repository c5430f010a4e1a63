//! Asks the relay for the list and for files, and stops in the middle when the road is needed.

use std::future::Future;
use std::io;
use std::path::Path;
use std::time::Duration;

use reqwest::header::{CONTENT_RANGE, ETAG, IF_NONE_MATCH, RANGE};
use reqwest::{Client, Response, StatusCode, redirect};
use tokio::fs;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::watch;

use super::shelf::{Folder, digest};
use super::{Road, Settings};
use crate::clip::{ClipFile, Digest};
use crate::kiosk::link::{self, LinkError};

/// Of a list, which has some 130 bytes a clip.
const LONGEST_LIST: usize = 1 << 20;

/// Without a byte for so long a connection is given up.
const SILENCE: Duration = Duration::from_secs(20);

/// What must be left on the disk for everything else.
const SPARE: u64 = 256 << 20;

/// Why clips do not come. Each is tried again.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the road is needed for something else")]
    Stopped,
    #[error("the relay does not answer")]
    Unreached,
    #[error("the relay answers {0}: it may be older than this kiosk")]
    Refused(StatusCode),
    #[error("the relay's list of clips cannot be read")]
    List,
    #[error("the relay no longer has {0}")]
    Gone(Digest),
    #[error("{0} came damaged")]
    Damaged(Digest),
    #[error("the disk has no room for clips: make some, or set `cache` to another disk")]
    Full,
    #[error("the folder of clips cannot be used: {0}. Check `cache` and its rights")]
    Disk(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::Full,
            _ => Fault::Disk(error),
        }
    }
}

impl From<reqwest::Error> for Fault {
    /// Its text may hold addresses, which no log shall have.
    fn from(_: reqwest::Error) -> Self {
        Fault::Unreached
    }
}

pub struct Relay {
    client: Client,
    /// `https://relay.example/clips`
    clips: String,
    road: watch::Receiver<Road>,
    /// The last list and its tag.
    known: Option<(String, Vec<ClipFile>)>,
}

impl Relay {
    pub fn new(settings: &Settings, road: watch::Receiver<Road>) -> Result<Self, LinkError> {
        let mut builder = Client::builder()
            // As the link does: the way to the relay is the kiosk's own.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(SILENCE)
            .read_timeout(SILENCE);
        if let Some(tls) = link::tls(settings.authority.as_deref(), &settings.relay)? {
            builder = builder.tls_backend_preconfigured(tls);
        }
        Ok(Self {
            client: builder.build().map_err(|_| LinkError::Authorities)?,
            clips: format!("{}/clips", settings.relay),
            road,
            known: None,
        })
    }

    pub async fn list(&mut self) -> Result<Vec<ClipFile>, Fault> {
        let mut request = self.client.get(&self.clips);
        if let Some((tag, _)) = &self.known {
            request = request.header(IF_NONE_MATCH, tag);
        }
        let mut answer = self.unless_needed(request.send()).await??;
        match (answer.status(), &self.known) {
            (StatusCode::OK, _) => {}
            (StatusCode::NOT_MODIFIED, Some((_, list))) => return Ok(list.clone()),
            (status, _) => return Err(Fault::Refused(status)),
        }
        let mut text = Vec::new();
        while let Some(piece) = self.unless_needed(answer.chunk()).await?? {
            text.extend_from_slice(&piece);
            if text.len() > LONGEST_LIST {
                return Err(Fault::List);
            }
        }
        let list: Vec<ClipFile> = serde_json::from_slice(&text).map_err(|_| Fault::List)?;
        let tag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
        self.known = tag.map(|tag| (tag.to_owned(), list.clone()));
        Ok(list)
    }

    /// Brings the file into the folder, beginning where an earlier try has stopped.
    pub async fn fetch(&self, clip: &ClipFile, folder: &Folder) -> Result<(), Fault> {
        let part = folder.part(clip.sha256);
        let here = fs::metadata(&part).await.map_or(0, |about| about.len());
        if here < clip.bytes {
            has_room(folder.path(), clip.bytes - here)?;
            let brought = self.bring(clip, &part, here).await;
            if matches!(brought, Err(Fault::Full)) {
                // Whoever else needs the disk is not kept waiting.
                let _ = fs::remove_file(&part).await;
            }
            brought?;
        }
        let is_right = fs::metadata(&part).await?.len() == clip.bytes
            && self.unless_needed(digest(&part)).await?? == clip.sha256;
        if !is_right {
            fs::remove_file(&part).await?;
            return Err(Fault::Damaged(clip.sha256));
        }
        fs::rename(&part, folder.file(clip.sha256)).await?;
        Ok(())
    }

    async fn bring(&self, clip: &ClipFile, part: &Path, here: u64) -> Result<(), Fault> {
        let mut request = self.client.get(format!("{}/{}", self.clips, clip.sha256));
        if here > 0 {
            request = request.header(RANGE, format!("bytes={here}-"));
        }
        let mut answer = self.unless_needed(request.send()).await??;
        let goes_on = match answer.status() {
            StatusCode::OK => false,
            StatusCode::PARTIAL_CONTENT if begins_at(&answer, here) => true,
            StatusCode::NOT_FOUND => return Err(Fault::Gone(clip.sha256)),
            status => return Err(Fault::Refused(status)),
        };
        let mut file = fs::File::options()
            .create(true)
            .append(goes_on)
            .write(true)
            .truncate(!goes_on)
            .open(part)
            .await?;
        let mut length = if goes_on { here } else { 0 };
        let ended = loop {
            match self.unless_needed(answer.chunk()).await {
                Ok(Ok(Some(piece))) => {
                    length += piece.len() as u64;
                    if length > clip.bytes {
                        break Ok(());
                    }
                    file.write_all(&piece).await?;
                }
                Ok(Ok(None)) => break Ok(()),
                Ok(Err(error)) => break Err(error.into()),
                Err(stopped) => break Err(stopped),
            }
        };
        // What has come is kept, however it ended; but a call does not wait for the disk.
        file.flush().await?;
        if ended.is_ok() {
            file.sync_all().await?;
        }
        ended
    }

    /// Does it as long as the road is free.
    async fn unless_needed<T>(&self, work: impl Future<Output = T>) -> Result<T, Fault> {
        let mut road = self.road.clone();
        tokio::select! {
            biased;
            _ = road.wait_for(|road| *road != Road::Free) => Err(Fault::Stopped),
            done = work => Ok(done),
        }
    }
}

fn begins_at(answer: &Response, byte: u64) -> bool {
    let range = answer
        .headers()
        .get(CONTENT_RANGE)
        .and_then(|range| range.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {byte}-")))
}

fn has_room(folder: &Path, bytes: u64) -> Result<(), Fault> {
    let disk = rustix::fs::statvfs(folder).map_err(io::Error::from)?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < bytes.saturating_add(SPARE) {
        return Err(Fault::Full);
    }
    Ok(())
}
