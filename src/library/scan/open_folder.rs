//! Folders that are open while files in them are looked at: the system then finds a file by its name,
//! instead of following its whole path.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, openat, statat};

use super::super::file_index::Stamp;
use super::super::read;
use super::walk::split;

/// How many folders are open at most. Few, because a process may be limited to a few dozen open files,
/// and every reader has one.
const MOST: usize = 8;
/// Fewer files than this are not worth opening their folder.
const WORTH: usize = 8;

/// Counts the folders that are open.
#[derive(Debug)]
pub struct OpenFolders {
    left: AtomicUsize,
}

impl Default for OpenFolders {
    fn default() -> Self {
        Self {
            left: AtomicUsize::new(MOST),
        }
    }
}

impl OpenFolders {
    /// The folder at `path`, in which `files` files are to be looked at. It is opened unless that is
    /// not worth it, too many are open, or it fails: then its files are found by their paths.
    pub fn enter(&self, path: &Path, files: usize) -> EnteredFolder<'_> {
        if files < WORTH || self.take().is_err() {
            return EnteredFolder(None);
        }
        let held = Held(self);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = openat(CWD, named(path), flags, Mode::empty());
        EnteredFolder(folder.ok().map(|folder| (folder, held)))
    }

    fn take(&self) -> Result<usize, usize> {
        let one_less = |left: usize| left.checked_sub(1);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
    }
}

/// The working directory has an empty path here, which the system does not know.
fn named(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// A folder that counts as open.
struct Held<'a>(&'a OpenFolders);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.left.fetch_add(1, Ordering::Relaxed);
    }
}

/// A folder whose files are looked at, open or not.
pub struct EnteredFolder<'a>(Option<(OwnedFd, Held<'a>)>);

impl EnteredFolder<'_> {
    /// Where the system finds the file at `path`, which is in this folder.
    pub fn file<'f>(&'f self, path: &'f Path) -> FilePlace<'f> {
        match &self.0 {
            Some((folder, _)) => FilePlace {
                folder: folder.as_fd(),
                name: Path::new(split(path).1),
            },
            None => FilePlace {
                folder: CWD,
                name: path,
            },
        }
    }
}

/// Where the system finds a file.
#[derive(Clone, Copy, Debug)]
pub struct FilePlace<'a> {
    folder: BorrowedFd<'a>,
    /// Relative to the folder.
    name: &'a Path,
}

impl FilePlace<'_> {
    /// Opens the file as [`read::open`] does.
    pub fn open(self) -> io::Result<(File, std::fs::Metadata)> {
        read::open_at(self.folder, self.name)
    }

    /// The version of the file, following links; [`Stamp::NONE`] if there is none.
    pub fn stamp(self) -> Stamp {
        let stat = statat(self.folder, self.name, AtFlags::empty());
        stat.map_or(Stamp::NONE, |stat| Stamp::from_stat(&stat))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_the_same_by_its_name_and_by_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "text").expect("a file");
        let folders = OpenFolders::default();
        let metadata = fs::metadata(&path).expect("a file");
        for files in [1, WORTH] {
            let entered = folders.enter(folder.path(), files);
            assert_eq!(entered.0.is_some(), files == WORTH);
            let file = entered.file(&path);
            assert_eq!(file.stamp(), Stamp::from_metadata(&metadata));
            let (_, opened) = file.open().expect("it is there");
            assert_eq!(opened.len(), 4);
            let absent = folder.path().join("b.md");
            assert_eq!(entered.file(&absent).stamp(), Stamp::NONE);
            assert!(entered.file(&absent).open().is_err());
        }
    }

    #[test]
    fn few_folders_are_open_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let folders = OpenFolders::default();
        let enter = || folders.enter(folder.path(), WORTH);
        let mut open: Vec<_> = (0..MOST).map(|_| enter()).collect();
        assert!(open.iter().all(|it| it.0.is_some()));
        assert!(enter().0.is_none());
        open.pop();
        assert!(enter().0.is_some());
        assert!(
            folders
                .enter(&folder.path().join("absent"), WORTH)
                .0
                .is_none()
        );
        assert!(enter().0.is_some(), "what fails is given back");
    }
}
