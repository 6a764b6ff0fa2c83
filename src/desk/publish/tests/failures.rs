//! A system that fails at each step in turn.

use std::io::{self, Write};

use super::super::replace::Exchange;
use super::*;

/// The disk, with one thing that fails.
struct Failing {
    step: FailedStep,
    error: rustix::io::Errno,
}

impl Failing {
    fn at(&self, step: FailedStep) -> io::Result<()> {
        if step == self.step {
            Err(self.error.into())
        } else {
            Ok(())
        }
    }
}

impl System for Failing {
    /// Fails after writing a part, as a full disk does.
    fn write(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(&bytes[..bytes.len() / 2])?;
        self.at(FailedStep::Write)?;
        file.write_all(&bytes[bytes.len() / 2..])
    }

    fn sync(&self, file: &fs::File) -> io::Result<()> {
        self.at(FailedStep::Sync)?;
        Disk.sync(file)
    }

    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange> {
        self.at(FailedStep::Replace)?;
        Disk.exchange(new, file)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.at(FailedStep::SyncFolder)?;
        Disk.sync_folder(folder)
    }
}

#[test]
fn whatever_fails_the_old_file_is_whole_and_alone() {
    use rustix::io::Errno;
    for (step, error, part) in [
        (
            FailedStep::Write,
            Errno::NOSPC,
            "cannot be written: no space left",
        ),
        (FailedStep::Write, Errno::DQUOT, "cannot be written: "),
        (FailedStep::Sync, Errno::IO, "cannot be synced to disk: "),
        (FailedStep::Sync, Errno::NOSPC, "no space left"),
        (
            FailedStep::Replace,
            Errno::ROFS,
            "cannot be replaced: read-only",
        ),
        (FailedStep::Replace, Errno::PERM, "cannot be replaced: "),
        (
            FailedStep::SyncFolder,
            Errno::IO,
            "its folder cannot be synced to disk: ",
        ),
    ] {
        let folder = Folder::new();
        let inode = fs::metadata(folder.file()).expect("the file").ino();
        let change = folder.change();
        let refusal = change.write_on(&Failing { step, error });
        let said = refusal.expect_err("a failure").to_string();
        assert!(said.contains(part), "{step:?}: {said}");
        assert!(said.ends_with("; the file is unchanged"), "{said}");
        assert!(!said.contains("os error"), "{said}");
        assert_eq!(folder.text(), NOT, "{step:?}");
        assert_eq!(folder.names(), ["a.md"], "{step:?}");
        let after = fs::metadata(folder.file()).expect("the file").ino();
        assert_eq!(after, inode, "{step:?}: it is the same file still");
        change.write().expect("written when nothing fails any more");
        assert_eq!(folder.text(), IS);
    }
}

/// Fills up the small file system that contains the folder named by `NEWSDESK_SMALL_DISK`.
#[test]
fn on_a_disk_that_is_full_the_old_file_is_whole() {
    let Some(disk) = std::env::var_os("NEWSDESK_SMALL_DISK") else {
        return;
    };
    let folder = Folder {
        dir: tempfile::tempdir_in(disk).expect("a folder"),
    };
    fs::write(folder.file(), NOT).expect("a file");
    let change = folder.change();
    let mut filler = fs::File::create(folder.root().join("filler")).expect("a file");
    let full = loop {
        if let Err(error) = filler.write_all(&[0; 1024]) {
            break error.kind();
        }
    };
    assert_eq!(full, io::ErrorKind::StorageFull);
    let said = change.write().expect_err("a failure").to_string();
    assert!(said.contains("no space left"), "{said}");
    assert_eq!(folder.text(), NOT);
    assert_eq!(folder.names(), ["a.md", "filler"]);
}

/// A system that can only rename.
struct Renaming;

impl System for Renaming {
    fn write(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
        Disk.write(file, bytes)
    }

    fn sync(&self, file: &fs::File) -> io::Result<()> {
        Disk.sync(file)
    }

    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange> {
        fs::rename(new, file).map(|()| Exchange::Over)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        Disk.sync_folder(folder)
    }
}

#[test]
fn without_exchange_a_rename_does() {
    let folder = Folder::new();
    folder.change().write_on(&Renaming).expect("written");
    assert_eq!(folder.text(), IS);
    assert_eq!(folder.names(), ["a.md"]);
}

/// A system that exchanges files once and can only rename from then on, and syncs no folder.
#[derive(Default)]
struct ExchangingOnce {
    has_exchanged: std::cell::Cell<bool>,
}

impl System for ExchangingOnce {
    fn write(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
        Disk.write(file, bytes)
    }

    fn sync(&self, file: &fs::File) -> io::Result<()> {
        Disk.sync(file)
    }

    fn exchange(&self, new: &Path, file: &Path) -> io::Result<Exchange> {
        match self.has_exchanged.replace(true) {
            false => Disk.exchange(new, file),
            true => Renaming.exchange(new, file),
        }
    }

    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Err(rustix::io::Errno::IO.into())
    }
}

#[test]
fn what_was_exchanged_is_renamed_back_if_need_be() {
    let folder = Folder::new();
    let refusal = folder.change().write_on(&ExchangingOnce::default());
    let said = refusal.expect_err("a failure").to_string();
    assert!(said.ends_with("; the file is unchanged"), "{said}");
    assert_eq!(folder.text(), NOT);
    assert_eq!(folder.names(), ["a.md"]);
}
