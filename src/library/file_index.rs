//! Remembers every file that was met, so that only changed files are read again. The contents of
//! files are in the library.

use std::fs::Metadata;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::index::{RowIndex, Sorted};
use super::key::{FNV_OFFSET, fnv};
use super::lazy::Lazy;
use crate::model::Skip;

/// Identifies a version of a file: size, inode, device, and the times when its contents and its inode
/// were changed. Any program can set the first back, and some set it to an article's date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Stamp(pub u64);

impl Stamp {
    pub fn from_metadata(metadata: &Metadata) -> Self {
        Self::of([
            metadata.len(),
            metadata.mtime().cast_unsigned(),
            metadata.mtime_nsec().cast_unsigned(),
            metadata.ctime().cast_unsigned(),
            metadata.ctime_nsec().cast_unsigned(),
            metadata.ino(),
            metadata.dev(),
        ])
    }

    /// The same as [`Self::from_metadata`] for the same file.
    #[expect(
        clippy::unnecessary_cast,
        reason = "the types differ from system to system"
    )]
    pub fn from_stat(stat: &rustix::fs::Stat) -> Self {
        Self::of([
            stat.st_size as u64,
            stat.st_mtime as u64,
            stat.st_mtime_nsec as u64,
            stat.st_ctime as u64,
            stat.st_ctime_nsec as u64,
            stat.st_ino as u64,
            stat.st_dev as u64,
        ])
    }

    fn of(facts: [u64; 7]) -> Self {
        let hash = facts
            .iter()
            .fold(FNV_OFFSET, |hash, fact| fnv(hash, &fact.to_le_bytes()));
        Self(hash.max(1))
    }

    /// The stamp combined with a site's rule: under another rule the file counts as changed.
    pub fn judged(self, fingerprint: u64) -> Self {
        if self == Self::NONE || fingerprint == 0 {
            return self;
        }
        Self(fnv(self.0, &fingerprint.to_le_bytes()).max(1))
    }

    /// For a file that is skipped for what it is rather than what it contains.
    pub fn skip(skip: Skip) -> Self {
        Self(skip as u64 + 1)
    }

    /// For something that cannot be entered.
    pub const UNREADABLE: Self = Self(u64::MAX);

    /// For a file that must be read again in any case.
    pub const NONE: Self = Self(0);
}

/// Identifies a file within a run, by its path as its root spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey(pub u64);

impl FileKey {
    pub fn new(path: &Path) -> Self {
        Self(xxh3_64(path.as_os_str().as_bytes()))
    }
}

/// What a file was when it was last read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Was {
    Article,
    Other,
}

/// What is known about a file. The version is in bytes, which need no gaps between entries.
#[derive(Clone, Copy, Debug)]
struct KnownFile {
    stamp: [u8; 8],
    was: Was,
    /// Whether this pass has met it.
    is_met: bool,
}

impl KnownFile {
    fn new(stamp: Stamp, was: Was) -> Self {
        Self {
            stamp: stamp.0.to_ne_bytes(),
            was,
            is_met: true,
        }
    }
}

/// How a file that is met compares to what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    New,
    Changed(Was),
    Unchanged,
}

/// All files that were met.
#[derive(Debug, Default)]
pub struct FileIndex {
    files: RowIndex<KnownFile>,
}

impl FileIndex {
    /// An index of files that a library knows from an earlier run.
    /// They are sorted fastest if parts of them are in order already.
    pub fn of(files: impl Iterator<Item = (FileKey, Stamp, Was)>) -> Self {
        let entry = |(key, stamp, was): (FileKey, _, _)| (key.0, KnownFile::new(stamp, was));
        let sorted = Sorted::from_pairs(files.map(entry).collect());
        Self {
            files: RowIndex::new(Lazy::new(sorted)),
        }
    }

    /// Whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Starts a new pass over the files.
    pub fn begin_pass(&mut self) {
        self.files.for_each_mut(|entry| entry.is_met = false);
    }

    /// Records that a file was met with this stamp.
    pub fn meet(&mut self, key: FileKey, stamp: Stamp) -> Comparison {
        match self.files.get_mut(key.0) {
            None => {
                self.files.insert(key.0, KnownFile::new(stamp, Was::Other));
                Comparison::New
            }
            Some(entry) => {
                let now = KnownFile::new(stamp, entry.was);
                let before = std::mem::replace(entry, now);
                if before.stamp == now.stamp {
                    Comparison::Unchanged
                } else {
                    Comparison::Changed(now.was)
                }
            }
        }
    }

    /// Records what a file turned out to be, and in which version.
    pub fn settle(&mut self, key: FileKey, stamp: Stamp, was: Was) {
        if let Some(entry) = self.files.get_mut(key.0) {
            (entry.stamp, entry.was) = (stamp.0.to_ne_bytes(), was);
        }
    }

    /// Makes sure that a file is read again the next time it is met.
    pub fn doubt(&mut self, key: FileKey) {
        if let Some(entry) = self.files.get_mut(key.0) {
            entry.stamp = Stamp::NONE.0.to_ne_bytes();
        }
    }

    /// Removes a file; returns whether it was known.
    pub fn forget(&mut self, key: FileKey) -> bool {
        let was_known = self.files.get(key.0).is_some();
        self.files.remove(key.0);
        was_known
    }

    /// Removes all files that this pass has not met, and returns them.
    pub fn end_pass(&mut self) -> Vec<FileKey> {
        let gone = self.files.iter().filter(|(_, entry)| !entry.is_met);
        let gone: Vec<FileKey> = gone.map(|(key, _)| FileKey(key)).collect();
        for key in &gone {
            self.files.remove(key.0);
        }
        self.files.merge();
        gone
    }
}
