//! Writing the files of articles: complete from the moment they have their name, and never in the
//! place of another.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::article::Draft;
use super::slug;
use crate::library::read_shown;

/// The name of a file while it is written: one is enough for a folder, since only one fetch runs at
/// a time, and a run that was killed leaves no more than that. Scans skip it.
const UNFINISHED: &str = ".newsdesk-fetch.tmp";

/// Most files of one date and title.
const MOST_OF_A_NAME: usize = 9_999;

/// Writes the file of an article into a folder, and returns its path. It is safe from a power cut
/// only after [`sync`].
///
/// A file that says it came from the same entry is taken for it: a run was killed after writing it.
///
/// # Errors
/// If it cannot be written; nothing is left of it then.
pub fn create(folder: &Path, draft: &Draft) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (bytes, stem) = (draft.file(), draft.stem());
    let mut unfinished = Some(unfinished(folder, bytes.as_bytes())?);
    for number in 1..=MOST_OF_A_NAME {
        let path = folder.join(slug::name(&stem, number));
        let Some(file) = unfinished.take() else {
            break;
        };
        match file.persist_noclobber(&path) {
            Ok(()) => return Ok(path),
            Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => {
                if is_torn(&path, bytes.as_bytes()) {
                    refused
                        .path
                        .persist(&path)
                        .map_err(|refused| refused.error)?;
                    return Ok(path);
                }
                if is_same_entry(&path, draft) {
                    return Ok(path);
                }
                unfinished = Some(refused.path);
            }
            Err(refused) => return Err(refused.error),
        }
    }
    Err(io::Error::new(
        ErrorKind::AlreadyExists,
        format!("there are {MOST_OF_A_NAME} files called {stem}"),
    ))
}

/// The bytes in a file that has no name of its own yet.
fn unfinished(folder: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    let path = folder.join(UNFINISHED);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o666)
        .open(&path)?;
    // Removed when dropped.
    let path = TempPath::try_from_path(path)?;
    file.write_all(bytes)?;
    Ok(path)
}

fn is_same_entry(path: &Path, draft: &Draft) -> bool {
    read_shown(path).is_ok_and(|shown| {
        let article = &shown.article;
        let guid = article.more.iter().find(|(key, _)| key == "guid");
        article.feed.as_ref() == Some(&draft.origin.feed)
            && guid.is_some_and(|(_, guid)| *guid == draft.origin.guid)
    })
}

/// Whether a file is a beginning of what is to be written, which a power cut has left.
fn is_torn(path: &Path, bytes: &[u8]) -> bool {
    let is_file = path
        .symlink_metadata()
        .is_ok_and(|it| it.is_file() && it.len() < bytes.len() as u64);
    is_file && fs::read(path).is_ok_and(|found| bytes.starts_with(&found))
}

/// The folders for which [`sync`] has to be called: where it brings a whole file system to the disk,
/// one of each.
pub fn one_for_each_sync(folders: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    if !cfg!(any(target_os = "linux", target_os = "android")) {
        return folders.into_iter().collect();
    }
    let mut devices = BTreeSet::new();
    let is_another = |folder: &PathBuf| {
        // One that cannot be looked at has its error when it is synced.
        fs::metadata(folder).map_or(true, |it| devices.insert(it.dev()))
    };
    folders.into_iter().filter(is_another).collect()
}

/// Brings everything written into a folder so far to the disk, in one go.
///
/// # Errors
/// If the system cannot tell that it is there.
pub fn sync(folder: &Path) -> io::Result<()> {
    let folder = File::open(folder)?;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::fs::syncfs(&folder)?;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    folder.sync_all()?;
    Ok(())
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_is_brought_to_the_disk_once() {
        let root = tempfile::tempdir().expect("a folder");
        let folders = ["a", "b"].map(|name| root.path().join(name));
        for folder in &folders {
            fs::create_dir(folder).expect("a folder");
        }
        let synced = one_for_each_sync(BTreeSet::from(folders.clone()));
        assert_eq!(synced, [folders[0].clone()]);
    }
}
