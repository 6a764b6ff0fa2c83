//! Replaces a file with a new version, so that no byte of another program is lost and either the
//! old or the new version is there at any moment. What the new version contains is decided
//! elsewhere.
//!
//! The new version is written beside the file and synced. Then, while nobody is writing (see
//! `lease`), the file is compared with what was read, and **exchanged** with the new version in one
//! step. What came out is compared once more: if another program replaced or changed the file
//! between the comparison and the exchange, that program's version came out, and the two are
//! exchanged back. The old version is deleted only after the folder is synced and checked one last
//! time.
//!
//! So a file is deleted only if we know its bytes; in any other case it is kept beside, and the
//! person is told. What remains: where leases are not possible, a program that has opened the file
//! may write after the last check. Where two files cannot be exchanged (neither Linux nor macOS, or
//! a file system that does not support it), a rename is used instead, and another program's version
//! that arrives between the comparison and the rename is lost.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::TempPath;

use super::attributes;
use super::lease::Lease;
use super::original::{New, Original, Rest, Versions, hash_of, open};
use super::refusal::{FailedStep, WriteRefusal};

/// How the name of a version beside a file ends.
pub const SUFFIX: &str = ".tmp";

/// How it starts: with what it was made for, so that its origin is known if a crash leaves it
/// behind. A scan skips it.
pub fn prefix(versions: Versions) -> String {
    format!(".newsdesk-{:032x}-", versions.new)
}

/// What the system does for us, so that a test can make it fail, or let others act in between.
pub trait System {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    fn sync(&self, file: &File) -> io::Result<()>;
    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange>;
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Reads a file that was written.
    fn read_back(&self, path: &Path, root: &Path) -> Result<Original, WriteRefusal> {
        Original::read(path, root)
    }
}

/// How one file replaced another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// Each has the other's name.
    Both,
    /// The new one has the name, and the old one none.
    Over,
}

/// The real system.
pub struct Disk;

impl System for Disk {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;

        match renameat_with(CWD, new, CWD, file, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(Exchange::Both),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                std::fs::rename(new, file).map(|()| Exchange::Over)
            }
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange> {
        std::fs::rename(new, file).map(|()| Exchange::Over)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match OpenOptions::new().read(true).open(folder)?.sync_all() {
            // Returned by file systems that do not support it.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            result => result,
        }
    }
}

/// Replaces `original` with `new`.
///
/// # Errors
/// If it is no longer what was read, or the system fails. It is then unchanged.
pub fn replace(
    system: &dyn System,
    original: &Original,
    new: &New,
    versions: Versions,
) -> Result<(), WriteRefusal> {
    let mut temporary = tempfile::Builder::new()
        .prefix(&prefix(versions))
        .suffix(SUFFIX)
        .tempfile_in(&original.folder)
        .map_err(|error| FailedStep::Create.refused(error))?;
    let written = temporary.as_file_mut();
    let mut write = |bytes: &[u8]| {
        system
            .write(written, bytes)
            .map_err(|error| FailedStep::Write.refused(error))
    };
    write(&new.head)?;
    if new.rest == Rest::Kept {
        original.rest(&mut write)?;
    }
    attributes::keep(&original.file, &original.metadata, written)
        .map_err(|error| FailedStep::Attributes.refused(error))?;
    system
        .sync(written)
        .map_err(|error| FailedStep::Sync.refused(error))?;
    // Held to the end: a version whose name is removed then has no writer.
    let lease = Lease::take(&original.file).map_err(|_| WriteRefusal::InUse)?;
    unchanged(original, versions.old, &original.path, &lease)?;
    let beside = temporary.into_temp_path();
    let exchange = system
        .exchange(&beside, &original.path)
        .map_err(|error| FailedStep::Replace.refused(error))?;
    match exchange {
        Exchange::Over => system
            .sync_folder(&original.folder)
            .map_err(WriteRefusal::Unconfirmed),
        Exchange::Both => Exchanged {
            system,
            original,
            versions,
            beside,
            lease,
        }
        .finish(),
    }
}

/// Checks that the file at `path` is the version that was read, and nobody is waiting to write it.
fn unchanged(
    original: &Original,
    hash: u128,
    path: &Path,
    lease: &Lease<'_>,
) -> Result<(), WriteRefusal> {
    if !original.is_at(path, hash) {
        Err(WriteRefusal::Changed)
    } else if lease.is_wanted() {
        Err(WriteRefusal::InUse)
    } else {
        Ok(())
    }
}

/// The state in which the new version has the file's name, and the previous one is beside it.
struct Exchanged<'a> {
    system: &'a dyn System,
    original: &'a Original,
    versions: Versions,
    /// Deleted when dropped.
    beside: TempPath,
    lease: Lease<'a>,
}

impl Exchanged<'_> {
    fn finish(self) -> Result<(), WriteRefusal> {
        let sync = || {
            self.system
                .sync_folder(&self.original.folder)
                .map_err(|error| FailedStep::SyncFolder.refused(error))
        };
        self.came_back_unchanged()
            .and_then(|()| sync())
            .and_then(|()| self.came_back_unchanged())
            .map_err(|refusal| self.undo(refusal))
    }

    fn came_back_unchanged(&self) -> Result<(), WriteRefusal> {
        let hash = self.versions.old;
        unchanged(self.original, hash, &self.beside, &self.lease)
    }

    /// Exchanges back. What is then beside may be deleted only if it is what we wrote, and nobody
    /// is writing it.
    fn undo(self, refusal: WriteRefusal) -> WriteRefusal {
        match self.system.exchange(&self.beside, &self.original.path) {
            Ok(Exchange::Both) if is_free(&self.beside, self.versions.new) => refusal,
            Ok(Exchange::Over) => refusal,
            _ => match self.beside.keep() {
                Ok(path) => WriteRefusal::Kept(path),
                Err(error) => WriteRefusal::Kept(error.path.to_path_buf()),
            },
        }
    }
}

/// Whether the file at `path` has that hash and is not open for writing anywhere.
fn is_free(path: &Path, hash: u128) -> bool {
    open(path).is_ok_and(|file| {
        Lease::take(&file).is_ok_and(|lease| {
            hash_of(&file).is_ok_and(|found| found == hash) && !lease.is_wanted()
        })
    })
}
