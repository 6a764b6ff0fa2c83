//! A version of a file that was read, and whether a file is still that version. Files that must
//! not be replaced are refused here. Not for replacing one: `replace` does that.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, OFlags};

use super::refusal::{Refusal, Step};

/// What the system says of a version of a file. Another version has another stamp, unless it was
/// written in place with the same size and its time set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    /// Seconds and nanoseconds since 1970.
    modified: (i64, i64),
}

impl Stamp {
    /// The stamp of an open file, or of one looked up without following links.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

/// A file that may be replaced, with the version of it that was read.
pub struct Original {
    /// Where it lies, without links.
    pub path: PathBuf,
    /// The folder it lies in.
    pub folder: PathBuf,
    /// Kept open, so that its inode is not given to another file.
    pub file: File,
    pub metadata: Metadata,
    pub stamp: Stamp,
    pub bytes: Vec<u8>,
}

impl Original {
    /// Reads the file at `path`, following links inside `root`.
    ///
    /// # Errors
    /// When it cannot be read, or is one that must not be replaced.
    pub fn read(path: &Path, root: &Path) -> Result<Self, Refusal> {
        let path = resolve(path, root)?;
        let folder = path.parent().ok_or(Refusal::NotRegular)?.to_path_buf();
        let looked_up = fs::symlink_metadata(&path).map_err(unread)?;
        may_be_replaced(&looked_up)?;
        let file = open(&path).map_err(unread)?;
        let metadata = file.metadata().map_err(unread)?;
        may_be_replaced(&metadata)?;
        may_write(&path, &metadata, Access::WRITE_OK).map_err(|_| Refusal::ReadOnlyFile)?;
        let folder_metadata = fs::metadata(&folder).map_err(unread)?;
        may_write(
            &folder,
            &folder_metadata,
            Access::WRITE_OK | Access::EXEC_OK,
        )
        .map_err(|_| Refusal::ReadOnlyFolder)?;
        let bytes = contents(&file).map_err(unread)?;
        let stamp = Stamp::of(&metadata);
        if Stamp::of(&file.metadata().map_err(unread)?) != stamp {
            return Err(Refusal::Changed);
        }
        Ok(Self {
            path,
            folder,
            file,
            metadata,
            stamp,
            bytes,
        })
    }

    /// Whether the file at `path` is this version: the same inode, time and size, and byte for
    /// byte what was read.
    pub fn is_at(&self, path: &Path) -> bool {
        let same = || -> io::Result<bool> {
            let file = open(path)?;
            let stamp = Stamp::of(&file.metadata()?);
            Ok(stamp == self.stamp && contents(&file)? == self.bytes)
        };
        same().unwrap_or(false)
    }
}

/// Where a file really lies, if that is in its root.
fn resolve(path: &Path, root: &Path) -> Result<PathBuf, Refusal> {
    let root = root.canonicalize().map_err(unread)?;
    let real = path.canonicalize().map_err(unread)?;
    if real.starts_with(&root) {
        Ok(real)
    } else {
        Err(Refusal::LinkOutside)
    }
}

fn may_be_replaced(metadata: &Metadata) -> Result<(), Refusal> {
    if !metadata.is_file() {
        return Err(Refusal::NotRegular);
    }
    match metadata.nlink() {
        0 => Err(Refusal::Missing),
        1 => Ok(()),
        names => Err(Refusal::HardLinks(names)),
    }
}

/// A rename needs no right to write the file, so that it is asked for here. The mode is looked at
/// as well: it binds nobody who is root, and still says what is wanted.
fn may_write(path: &Path, metadata: &Metadata, access: Access) -> rustix::io::Result<()> {
    const ANYBODY_WRITES: u32 = 0o222;
    if metadata.mode() & ANYBODY_WRITES == 0 {
        return Err(rustix::io::Errno::ACCESS);
    }
    rustix::fs::access(path, access)
}

/// Opens without following a link, without waiting for a FIFO, and without a terminal.
pub fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

/// Everything in an open file that was not read yet.
pub fn contents(mut file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unread(error: io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::Missing,
        _ => Step::Read.refused(error),
    }
}
