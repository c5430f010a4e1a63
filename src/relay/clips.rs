//! The folder where staff put sign clips, and what is in it.
//!
//! A file is read through once and then known by path, size and time of change, so that a list costs a look at the
//! folder. All of that is done beside the runtime, by one look at a time. **Invariant:** only a file that the last list
//! named is ever given out, so that no address leads anywhere else.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use crate::clip::{ClipFile, ClipId, Digest};

/// A file that has changed so lately is perhaps still being copied.
const SETTLED: Duration = Duration::from_secs(2);

/// Read at once while a file is read through.
const PIECE: usize = 256 * 1024;

/// Clones share the folder.
#[derive(Debug, Clone)]
pub struct Clips(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    known: Arc<Mutex<Known>>,
    /// By contents, as the last list named them.
    files: RwLock<HashMap<Digest, (PathBuf, Read)>>,
}

/// What earlier looks have found.
#[derive(Debug, Default)]
struct Known {
    read: HashMap<PathBuf, Read>,
    /// Names that were complained of.
    told: BTreeSet<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Read {
    bytes: u64,
    changed: SystemTime,
    sha256: Digest,
}

impl Clips {
    /// `folder` need not be there: then there are no clips until it is.
    pub fn new(folder: PathBuf) -> Self {
        Self(Arc::new(Inner {
            folder,
            known: Arc::default(),
            files: RwLock::default(),
        }))
    }

    /// All clips, in the order of their places. Costs as much as reading the files that are new.
    pub async fn list(&self) -> Vec<ClipFile> {
        let mut known = self.0.known.clone().lock_owned().await;
        let clips = self.clone();
        let look = tokio::task::spawn_blocking(move || {
            // Held by the look itself: somebody who asks and leaves does not begin a second one.
            let found = look(&clips.0.folder, &mut known, SystemTime::now());
            let files = found
                .values()
                .map(|(path, read)| (read.sha256, (path.clone(), *read)));
            *clips.0.files.write().unwrap_or_else(PoisonError::into_inner) = files.collect();
            found
        });
        let line = |(id, (_, read)): (ClipId, (PathBuf, Read))| ClipFile {
            id,
            bytes: read.bytes,
            sha256: read.sha256,
        };
        let found = look.await.expect("a look does not panic");
        found.into_iter().map(line).collect()
    }

    /// Where the file of these contents is, if a list has named it and it has not changed since.
    pub async fn file(&self, sha256: &Digest) -> Option<PathBuf> {
        let files = || self.0.files.read().unwrap_or_else(PoisonError::into_inner);
        let (path, read) = files().get(sha256).cloned()?;
        let about = tokio::fs::metadata(&path).await.ok()?;
        (about.len() == read.bytes && about.modified().is_ok_and(|at| at == read.changed)).then_some(path)
    }
}

type Found = BTreeMap<ClipId, (PathBuf, Read)>;

fn look(folder: &Path, known: &mut Known, now: SystemTime) -> Found {
    let mut clips = Found::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return clips,
        Err(error) => {
            complain(
                known,
                folder,
                &format!("the folder of clips cannot be read: {error}"),
            );
            return clips;
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    known.read.retain(|path, _| paths.binary_search(path).is_ok());
    known.told.retain(|path| paths.binary_search(path).is_ok());
    for path in paths {
        let Some(id) = place(&path) else {
            complain(
                known,
                &path,
                "no clip: call it greeting, waiting, <service> or <service>.<step>, with any extension",
            );
            continue;
        };
        if clips.contains_key(&id) {
            complain(
                known,
                &path,
                "this place has another clip already: keep one of them",
            );
            continue;
        }
        match read(&path, known, now) {
            Ok(Some(read)) => {
                clips.insert(id, (path, read));
            }
            Ok(None) => {}
            Err(error) => complain(known, &path, &format!("the clip cannot be read: {error}")),
        }
    }
    clips
}

/// In the log once.
fn complain(known: &mut Known, path: &Path, fault: &str) {
    if known.told.insert(path.to_owned()) {
        tracing::warn!(file = ?path.file_name().unwrap_or_default(), "{fault}");
    }
}

/// `residence-registration.3.webm` is the place `residence-registration.3`.
fn place(path: &Path) -> Option<ClipId> {
    path.extension()?;
    path.file_stem()?.to_str()?.parse().ok()
}

/// What the file holds; none while it may still be growing.
fn read(path: &Path, known: &mut Known, now: SystemTime) -> io::Result<Option<Read>> {
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let (bytes, changed) = (about.len(), about.modified()?);
    if let Some(read) = known.read.get(path)
        && (read.bytes, read.changed) == (bytes, changed)
    {
        return Ok(Some(*read));
    }
    // A clock that was set back must not hide a clip for ever.
    if bytes == 0 || now.duration_since(changed).is_ok_and(|age| age < SETTLED) {
        return Ok(None);
    }
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            length => hash.update(&piece[..length]),
        }
    }
    let read = Read {
        bytes,
        changed,
        sha256: Digest(hash.finalize().into()),
    };
    known.read.insert(path.to_owned(), read);
    Ok(Some(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Duration = Duration::from_secs(1_800_000_000);

    /// A file that was put there a minute before noon.
    fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        changed(&path, NOON - Duration::from_secs(60));
        path
    }

    fn changed(path: &Path, at: Duration) {
        let file = File::options().append(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + at).unwrap();
    }

    fn names(found: &Found) -> Vec<String> {
        found.keys().map(ClipId::to_string).collect()
    }

    #[test]
    fn a_clip_is_known_by_its_name_and_other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "greeting.mp4",
            "passport.webm",
            "passport.2.mov",
            "waiting",
            "Thumbs.db",
            "a.0.mp4",
            "greeting.webm",
        ] {
            put(folder.path(), name, b"moving hands");
        }
        std::fs::create_dir(folder.path().join("waiting.mp4")).unwrap();
        let mut known = Known::default();
        let found = look(folder.path(), &mut known, SystemTime::UNIX_EPOCH + NOON);
        assert_eq!(names(&found), ["greeting", "passport", "passport.2"]);
        let greeting = &found[&ClipId::Greeting];
        assert!(
            greeting.0.ends_with("greeting.mp4"),
            "of two the first: {greeting:?}"
        );
        assert_eq!(greeting.1.bytes, 12);
        assert_eq!(greeting.1.sha256, Digest(Sha256::digest(b"moving hands").into()));
        let told: Vec<_> = known
            .told
            .iter()
            .filter_map(|path| path.file_name()?.to_str())
            .collect();
        assert_eq!(
            told,
            ["Thumbs.db", "a.0.mp4", "greeting.webm", "waiting", "waiting.mp4"]
        );
    }

    #[test]
    fn a_file_is_read_once_and_again_when_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = put(folder.path(), "greeting.mp4", b"one");
        let (mut known, noon) = (Known::default(), SystemTime::UNIX_EPOCH + NOON);
        let first = look(folder.path(), &mut known, noon);
        // Other bytes under the same size and time are not looked for.
        std::fs::write(&path, b"two").unwrap();
        changed(&path, NOON - Duration::from_secs(60));
        assert_eq!(look(folder.path(), &mut known, noon), first);
        changed(&path, NOON - Duration::from_secs(30));
        assert_ne!(look(folder.path(), &mut known, noon), first);
    }

    #[test]
    fn a_file_that_is_still_being_copied_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = put(folder.path(), "greeting.mp4", b"half of it");
        changed(&path, NOON - Duration::from_secs(1));
        let (mut known, noon) = (Known::default(), SystemTime::UNIX_EPOCH + NOON);
        assert!(look(folder.path(), &mut known, noon).is_empty());
        assert_eq!(look(folder.path(), &mut known, noon + SETTLED).len(), 1);
        changed(&path, NOON + Duration::from_secs(3600));
        assert_eq!(
            look(folder.path(), &mut known, noon).len(),
            1,
            "the clock was set back"
        );
    }

    #[tokio::test]
    async fn only_what_a_list_named_is_given_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = put(folder.path(), "greeting.mp4", b"hello");
        let clips = Clips::new(folder.path().to_owned());
        let sha256 = Digest(Sha256::digest(b"hello").into());
        assert_eq!(clips.file(&sha256).await, None);
        assert_eq!(clips.list().await[0].sha256, sha256);
        assert_eq!(clips.file(&sha256).await, Some(path.clone()));
        changed(&path, NOON);
        assert_eq!(clips.file(&sha256).await, None, "it may hold something else now");
        std::fs::remove_file(path).unwrap();
        assert_eq!(clips.list().await, []);
        assert_eq!(clips.file(&sha256).await, None);
        let nowhere = Clips::new(folder.path().join("nowhere"));
        assert_eq!(nowhere.list().await, []);
    }
}
