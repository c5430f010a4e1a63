//! The folder of clips on this kiosk's disk: `<sha256>`, `<sha256>.part` while it comes, and `list.json` of what stands
//! where, so that all is there again after a restart without the relay.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::fs;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{Kept, Shelf};
use crate::clip::{ClipFile, ClipId, Digest};

/// Read at once while a file is read through.
const PIECE: usize = 256 * 1024;

pub struct Folder {
    path: PathBuf,
    /// What stands where; each file was whole when it came.
    standing: BTreeMap<ClipId, ClipFile>,
    /// Whole, and yet nothing here shows them.
    unplayable: BTreeSet<Digest>,
}

impl Folder {
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            standing: BTreeMap::new(),
            unplayable: BTreeSet::new(),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&self, sha256: Digest) -> PathBuf {
        self.path.join(sha256.to_string())
    }

    pub fn part(&self, sha256: Digest) -> PathBuf {
        self.path.join(format!("{sha256}.part"))
    }

    pub fn shelf(&self) -> Shelf {
        let playable = self
            .standing
            .values()
            .filter(|clip| !self.unplayable.contains(&clip.sha256));
        let kept = playable.map(|clip| {
            let kept = Kept {
                path: self.file(clip.sha256),
                sha256: clip.sha256,
            };
            (clip.id.clone(), kept)
        });
        kept.collect()
    }

    /// What the last run has left. A list that cannot be read is as good as none: the relay has another.
    pub async fn load(&mut self) {
        let list = fs::read(self.path.join("list.json")).await.unwrap_or_default();
        let list: Vec<ClipFile> = serde_json::from_slice(&list).unwrap_or_default();
        for clip in list {
            if self.has(&clip).await {
                self.standing.insert(clip.id.clone(), clip);
            }
        }
    }

    pub async fn make(&self) -> io::Result<()> {
        fs::create_dir_all(&self.path).await
    }

    /// Whether the file is there in its whole length.
    pub async fn has(&self, clip: &ClipFile) -> bool {
        let about = fs::metadata(self.file(clip.sha256)).await;
        about.is_ok_and(|about| about.is_file() && about.len() == clip.bytes)
    }

    /// From now on the clip stands in its place.
    pub async fn put(&mut self, clip: &ClipFile) -> io::Result<()> {
        let before = self.standing.insert(clip.id.clone(), clip.clone());
        if before.as_ref() != Some(clip) {
            self.save().await?;
        }
        match before {
            Some(before) => self.remove_unless_standing(before.sha256).await,
            None => Ok(()),
        }
    }

    /// Empties the places that the list does not name, and deletes every file that nobody wants. A place whose clip was
    /// filmed anew keeps the old one until the new one is here.
    pub async fn forget_all_but(&mut self, list: &[ClipFile]) -> io::Result<()> {
        let places: BTreeSet<&ClipId> = list.iter().map(|clip| &clip.id).collect();
        let before = self.standing.len();
        self.standing.retain(|id, _| places.contains(id));
        if self.standing.len() != before {
            self.save().await?;
        }
        let wanted: BTreeSet<Digest> = list.iter().map(|clip| clip.sha256).collect();
        self.unplayable.retain(|sha256| wanted.contains(sha256));
        let mut entries = fs::read_dir(&self.path).await?;
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            // What is not ours is left alone.
            if let Ok(sha256) = name.strip_suffix(".part").unwrap_or(name).parse::<Digest>()
                && !wanted.contains(&sha256)
                && !self.stands(sha256)
            {
                fs::remove_file(entry.path()).await?;
            }
        }
        Ok(())
    }

    /// Looks at a file that could not be shown. Whether it is to be fetched anew.
    pub async fn examine(&mut self, sha256: Digest) -> bool {
        if !self.stands(sha256) {
            return false;
        }
        if digest(&self.file(sha256))
            .await
            .is_ok_and(|found| found == sha256)
        {
            tracing::warn!(%sha256, "a clip cannot be shown, although it is as the relay has it");
            self.unplayable.insert(sha256);
            return false;
        }
        self.standing.retain(|_, clip| clip.sha256 != sha256);
        match fs::remove_file(self.file(sha256)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                // By its length it would pass for the right one again.
                tracing::warn!(%sha256, %error, "a clip is damaged and cannot be removed");
                self.unplayable.insert(sha256);
                false
            }
            _ => {
                tracing::warn!(%sha256, "a clip is damaged and is fetched anew");
                true
            }
        }
    }

    fn stands(&self, sha256: Digest) -> bool {
        self.standing.values().any(|clip| clip.sha256 == sha256)
    }

    async fn remove_unless_standing(&self, sha256: Digest) -> io::Result<()> {
        if self.stands(sha256) {
            return Ok(());
        }
        match fs::remove_file(self.file(sha256)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// A power cut leaves the old list or the new one.
    async fn save(&self) -> io::Result<()> {
        let list: Vec<&ClipFile> = self.standing.values().collect();
        let list = serde_json::to_vec(&list).expect("a list is written to memory");
        let fresh = self.path.join("list.json.new");
        let mut file = fs::File::create(&fresh).await?;
        file.write_all(&list).await?;
        file.sync_all().await?;
        fs::rename(fresh, self.path.join("list.json")).await
    }
}

/// Of a file's contents.
pub async fn digest(path: &Path) -> io::Result<Digest> {
    let mut file = fs::File::open(path).await?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).await? {
            0 => return Ok(Digest(hash.finalize().into())),
            length => hash.update(&piece[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_damaged_file_that_cannot_be_removed_is_not_shown_again() {
        let home = tempfile::tempdir().unwrap();
        let clip = ClipFile {
            id: "greeting".parse().unwrap(),
            bytes: 9,
            sha256: Digest([7; 32]),
        };
        let mut folder = Folder::new(home.path().join("clips"));
        folder.make().await.unwrap();
        // No file is removed where a folder stands, whoever tries.
        fs::create_dir(folder.file(clip.sha256)).await.unwrap();
        folder.put(&clip).await.unwrap();
        assert_eq!(folder.shelf().len(), 1);
        assert!(!folder.examine(clip.sha256).await, "there is no way to fetch it");
        folder.put(&clip).await.unwrap();
        assert!(folder.shelf().is_empty());
    }
}
