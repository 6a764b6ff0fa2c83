//! A version of a file that was read, and whether the file is still that version. Files that must
//! not be replaced are refused here; `replace` does the replacing. Only the beginning of a file,
//! with its front matter, is held in memory; the rest is known by its hash.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, OFlags};

use xxhash_rust::xxh3::Xxh3;

use super::refusal::{FailedStep, WriteRefusal};

/// Size in bytes of the largest file that is written.
const LARGEST: u64 = 64 << 20;
/// The front matter must end within this many bytes. Front matter longer than a quarter of it is
/// not read anyway.
const HEAD: u64 = 256 << 10;
/// Bytes read at once of the rest.
pub const BLOCK: usize = 64 << 10;

/// What the system says about a version of a file. Another version has another stamp, unless it was
/// written in place with the same size and its time was set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    device: u64,
    inode: u64,
    size: u64,
    /// Seconds and nanoseconds since 1970.
    modified: (i64, i64),
}

impl FileStamp {
    pub fn size(self) -> u64 {
        self.size
    }

    /// The stamp of an open file, or of one looked up without following links.
    pub fn from_metadata(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

/// A file that may be replaced, with the version that was read.
pub struct Original {
    /// Its path, with links resolved.
    pub path: PathBuf,
    /// The folder it is in.
    pub folder: PathBuf,
    /// Kept open, so that its inode is not reused.
    pub file: File,
    pub metadata: Metadata,
    pub stamp: FileStamp,
    /// Its beginning: the front matter, and as much of the rest as is held.
    pub head: Vec<u8>,
}

/// The new contents of a file.
pub struct New {
    /// What replaces the head.
    pub head: Vec<u8>,
    pub rest: Rest,
}

/// What follows the new head of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// What follows the old one, as it is now.
    Kept,
    /// Nothing more.
    Replaced,
}

/// The hashes of a file before and after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    pub old: u128,
    pub new: u128,
}

impl Original {
    /// Reads the file at `path`, following links within `root`.
    ///
    /// # Errors
    /// If it cannot be read, or must not be replaced.
    pub fn read(path: &Path, root: &Path) -> Result<Self, WriteRefusal> {
        let path = resolve(path, root)?;
        let folder = path.parent().ok_or(WriteRefusal::NotRegular)?.to_path_buf();
        let looked_up = fs::symlink_metadata(&path).map_err(unread)?;
        may_be_replaced(&looked_up)?;
        let file = open(&path).map_err(unread)?;
        let metadata = file.metadata().map_err(unread)?;
        may_be_replaced(&metadata)?;
        may_write(&path, &metadata, Access::WRITE_OK).map_err(|_| WriteRefusal::ReadOnlyFile)?;
        let folder_metadata = fs::metadata(&folder).map_err(unread)?;
        may_write(
            &folder,
            &folder_metadata,
            Access::WRITE_OK | Access::EXEC_OK,
        )
        .map_err(|_| WriteRefusal::ReadOnlyFolder)?;
        if metadata.len() > LARGEST {
            return Err(WriteRefusal::TooLarge {
                mebibytes: metadata.len() >> 20,
                most: LARGEST >> 20,
            });
        }
        let mut head = Vec::new();
        (&file).take(HEAD).read_to_end(&mut head).map_err(unread)?;
        let stamp = FileStamp::from_metadata(&metadata);
        Ok(Self {
            path,
            folder,
            file,
            metadata,
            stamp,
            head,
        })
    }

    /// Reads the rest of the file, for its hash as it is and as it is to be.
    ///
    /// # Errors
    /// If it cannot be read, or changes meanwhile.
    pub fn versions(&self, to_be: &New) -> Result<Versions, WriteRefusal> {
        let (mut old, mut new) = (Xxh3::new(), Xxh3::new());
        old.update(&self.head);
        new.update(&to_be.head);
        self.rest(|block| {
            old.update(block);
            if to_be.rest == Rest::Kept {
                new.update(block);
            }
            Ok(())
        })?;
        if FileStamp::from_metadata(&self.file.metadata().map_err(unread)?) != self.stamp {
            return Err(WriteRefusal::Changed);
        }
        Ok(Versions {
            old: old.digest128(),
            new: new.digest128(),
        })
    }

    /// Passes on what follows the head, block by block.
    ///
    /// # Errors
    /// If it cannot be read, or `take` fails.
    pub fn rest(
        &self,
        mut take: impl FnMut(&[u8]) -> Result<(), WriteRefusal>,
    ) -> Result<(), WriteRefusal> {
        let mut at = self.head.len() as u64;
        let mut block = vec![0; BLOCK];
        // Up to the size of the version: anything appended meanwhile makes it another version.
        while at < self.stamp.size {
            let most = usize::try_from(self.stamp.size - at).map_or(BLOCK, |left| left.min(BLOCK));
            match self.file.read_at(&mut block[..most], at).map_err(unread)? {
                0 => return Err(WriteRefusal::Changed),
                length => {
                    take(&block[..length])?;
                    at += length as u64;
                }
            }
        }
        Ok(())
    }

    /// Whether the file at `path` is this version: the same inode, time and size, and bytes with
    /// that hash.
    pub fn is_at(&self, path: &Path, hash: u128) -> bool {
        self.look_at(path, hash).unwrap_or(false)
    }

    /// The same, unless the file at `path` cannot be read.
    pub fn look_at(&self, path: &Path, hash: u128) -> io::Result<bool> {
        let file = open(path)?;
        let stamp = FileStamp::from_metadata(&file.metadata()?);
        Ok(stamp == self.stamp && hash_of(&file)? == hash)
    }
}

/// The real path of a file, if it is within its root.
fn resolve(path: &Path, root: &Path) -> Result<PathBuf, WriteRefusal> {
    let root = root.canonicalize().map_err(unread)?;
    let real = path.canonicalize().map_err(unread)?;
    if real.starts_with(&root) {
        Ok(real)
    } else {
        Err(WriteRefusal::LinkOutside)
    }
}

fn may_be_replaced(metadata: &Metadata) -> Result<(), WriteRefusal> {
    if !metadata.is_file() {
        return Err(WriteRefusal::NotRegular);
    }
    match metadata.nlink() {
        0 => Err(WriteRefusal::Missing),
        1 => Ok(()),
        names => Err(WriteRefusal::HardLinks(names)),
    }
}

/// A rename needs no permission to write the file, so it is checked here. The mode is checked as
/// well: it does not bind root, but still says what is wanted.
fn may_write(path: &Path, metadata: &Metadata, access: Access) -> rustix::io::Result<()> {
    const ANYBODY_WRITES: u32 = 0o222;
    if metadata.mode() & ANYBODY_WRITES == 0 {
        return Err(rustix::io::Errno::ACCESS);
    }
    rustix::fs::access(path, access)
}

/// Opens without following a link, without waiting for a FIFO, and without acquiring a terminal.
pub fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

/// The hash of an open file that has not been read yet. A file too large to be written has none.
///
/// # Errors
/// If it cannot be read.
pub fn hash_of(mut file: &File) -> io::Result<u128> {
    let mut hash = Xxh3::new();
    let mut block = vec![0; BLOCK];
    let mut read = 0;
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hash.digest128()),
            length => {
                read += length as u64;
                if read > LARGEST {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                hash.update(&block[..length]);
            }
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn unread(error: io::Error) -> WriteRefusal {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => WriteRefusal::Missing,
        _ => FailedStep::Read.refused(error),
    }
}
