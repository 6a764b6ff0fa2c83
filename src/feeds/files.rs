//! Writes the files of articles: each is complete once it has its name, and none replaces another.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::article::ArticleDraft;
use super::slug;
use crate::library::read_shown;
use crate::model::ListedName;

/// The name of a file while it is being written: one per folder, so that killed runs leave no more
/// than that behind. The writer holds a lock on it. Scans skip it.
const UNFINISHED: &str = ".newsdesk-fetch.tmp";

/// Most files with the same date and title.
const MOST_OF_A_NAME: usize = 9_999;

/// Writes an article's file into a folder, and returns its path. The file survives a power cut only
/// after [`sync`].
///
/// A file that names the same entry counts as written: a run was killed after writing it.
///
/// # Errors
/// If it cannot be written; nothing is left behind then.
pub fn create(folder: &Path, draft: &ArticleDraft) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (bytes, stem) = (draft.file(), draft.stem());
    // Held until the file has its name.
    let (_lock, unfinished) = unfinished(folder, bytes.as_bytes())?;
    let mut unfinished = Some(unfinished);
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

/// The bytes in a file that does not have its own name yet, and the lock on it.
fn unfinished(folder: &Path, bytes: &[u8]) -> io::Result<(File, TempPath)> {
    let path = folder.join(UNFINISHED);
    loop {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o666)
            .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
            .open(&path)?;
        file.lock()?;
        let locked = file.metadata()?;
        let is_there = |it: Metadata| (it.dev(), it.ino()) == (locked.dev(), locked.ino());
        if !path.symlink_metadata().is_ok_and(is_there) {
            // Whoever held the lock has finished the file.
            continue;
        }
        // Removed when dropped.
        let unfinished = TempPath::try_from_path(&path)?;
        if locked.len() > 0 {
            // A run was killed; it may have given the file its name already.
            continue;
        }
        file.write_all(bytes)?;
        return Ok((file, unfinished));
    }
}

fn is_same_entry(path: &Path, draft: &ArticleDraft) -> bool {
    read_shown(path).is_ok_and(|shown| {
        let article = &shown.article;
        let guid = article.more.iter().find(|(key, _)| key == "guid");
        article.listed[ListedName::Feed].as_ref() == Some(&draft.origin.feed)
            && guid.is_some_and(|(_, guid)| *guid == draft.origin.guid)
    })
}

/// Whether a file is a torn beginning of what is to be written, left by a power cut.
fn is_torn(path: &Path, bytes: &[u8]) -> bool {
    let is_file = path
        .symlink_metadata()
        .is_ok_and(|it| it.is_file() && it.len() < bytes.len() as u64);
    is_file && fs::read(path).is_ok_and(|found| bytes.starts_with(&found))
}

/// The folders on which to call [`sync`]: one per file system where a call syncs all of it.
pub fn one_for_each_sync(folders: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    if !cfg!(any(target_os = "linux", target_os = "android")) {
        return folders.into_iter().collect();
    }
    let mut devices = BTreeSet::new();
    let is_another = |folder: &PathBuf| {
        // A folder that cannot be examined reports its error when it is synced.
        fs::metadata(folder).map_or(true, |it| devices.insert(it.dev()))
    };
    folders.into_iter().filter(is_another).collect()
}

/// Syncs everything written into a folder so far, in one go.
///
/// # Errors
/// If the system cannot confirm it.
pub fn sync(folder: &Path) -> io::Result<()> {
    let folder = File::open(folder)?;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::fs::syncfs(&folder)?;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    folder.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::article::of_page;
    use crate::feeds::read::{FeedEntry, ParsedFeed, TextMarkup};

    fn draft(title: &str) -> ArticleDraft {
        let text = |text: String| Some(TextMarkup::Text(text));
        let entry = FeedEntry {
            title: text(title.to_owned()),
            content: text(title.repeat(2_000)),
            ..FeedEntry::default()
        };
        let now = "2026-03-05T10:00:00Z".parse().expect("a time");
        of_page(&ParsedFeed::default(), &entry, now).expect("a draft")
    }

    #[test]
    fn several_write_into_a_folder_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = &|letter: char| {
            for number in 0..50 {
                let draft = draft(&format!("{letter}{number}"));
                let path = create(folder.path(), &draft).expect("a file");
                let written = fs::read_to_string(&path).expect("a file");
                assert_eq!(written, draft.file(), "{}", path.display());
            }
        };
        std::thread::scope(|scope| {
            for letter in 'a'..='d' {
                scope.spawn(move || writer(letter));
            }
        });
        let names = fs::read_dir(folder.path()).expect("a folder");
        let names = names.map(|it| it.expect("a file").file_name());
        let names: BTreeSet<_> = names.collect();
        assert_eq!(names.len(), 200);
        assert!(!names.contains(&std::ffi::OsString::from(UNFINISHED)));
    }

    #[test]
    fn what_a_killed_run_has_left_is_not_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let (left, finished) = (folder.path().join(UNFINISHED), folder.path().join("a.md"));
        fs::write(&left, "Finished.").expect("a file");
        fs::hard_link(&left, &finished).expect("another name");
        let path = create(folder.path(), &draft("b")).expect("a file");
        assert_eq!(
            fs::read_to_string(&path).expect("a file"),
            draft("b").file()
        );
        assert_eq!(fs::read_to_string(&finished).expect("a file"), "Finished.");
        assert!(!left.exists());
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
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
