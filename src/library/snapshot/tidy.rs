//! Keeps the folder of snapshots small by removing unused ones. A file's modification time records
//! its last use: it is set when the file is written or restored.

use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::keep::TEMPORARY;
use super::places::EXTENSION;
use super::restore::roots;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long to keep an unused snapshot whose library no longer exists: a disk may just be
/// unplugged.
const UNUSED: Duration = Duration::from_secs(90 * DAY.as_secs());
/// A file still being written after this long has been abandoned.
const ABANDONED: Duration = DAY;
/// Most bytes of all snapshots together.
const MOST: u64 = 2 * 1024 * 1024 * 1024;

struct Snapshot {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

/// Removes snapshots from `folder` that are no longer needed, and returns them: those whose library
/// has been gone for 90 days, then the oldest in excess of 2 GiB. The last used one always stays.
///
/// # Errors
/// If the folder cannot be listed or a file in it cannot be removed.
pub fn tidy(folder: &Path, now: SystemTime) -> io::Result<Vec<PathBuf>> {
    let age = |time: SystemTime| now.duration_since(time).unwrap_or_default();
    let mut removed = Vec::new();
    let mut snapshots = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Another process may have removed it just now.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        let used = metadata.modified()?;
        match kind(&entry, &metadata) {
            Kind::Temporary if age(used) >= ABANDONED => removed.push(entry.path()),
            Kind::Snapshot if age(used) >= UNUSED && !has_library(&entry.path()) => {
                removed.push(entry.path());
            }
            Kind::Snapshot => snapshots.push(Snapshot {
                path: entry.path(),
                bytes: metadata.len(),
                used,
            }),
            Kind::Temporary | Kind::Other => {}
        }
    }
    snapshots.sort_by_key(|snapshot| std::cmp::Reverse(snapshot.used));
    let mut bytes = 0;
    for (number, snapshot) in snapshots.into_iter().enumerate() {
        bytes += snapshot.bytes;
        if bytes > MOST && number > 0 {
            removed.push(snapshot.path);
        }
    }
    for path in &removed {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(removed)
}

enum Kind {
    Snapshot,
    Temporary,
    Other,
}

fn kind(entry: &DirEntry, metadata: &Metadata) -> Kind {
    let name = entry.file_name();
    if !metadata.is_file() {
        Kind::Other
    } else if name.to_string_lossy().starts_with(TEMPORARY) {
        Kind::Temporary
    } else if Path::new(&name)
        .extension()
        .is_some_and(|it| it == EXTENSION)
    {
        Kind::Snapshot
    } else {
        Kind::Other
    }
}

/// Whether all folders of a snapshot exist. An unreadable snapshot has none: its library gets a new
/// one under the same name when it is next opened.
fn has_library(snapshot: &Path) -> bool {
    roots(snapshot).is_ok_and(|roots| roots.iter().all(|root| root.exists()))
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::super::{keep, restore};
    use super::*;
    use crate::library::{Library, ReadDepth, Source};

    /// Creates a file that was last used this many days ago, and takes this many bytes.
    fn write(folder: &Path, name: &str, days: u32, bytes: u64, now: SystemTime) -> PathBuf {
        let path = folder.join(name);
        let file = File::create(&path).expect("a file");
        file.set_len(bytes).expect("a sparse file");
        file.set_modified(now - DAY * days).expect("a time");
        path
    }

    #[test]
    fn the_oldest_of_too_much_goes_first_and_the_newest_never() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = SystemTime::now();
        let newest = write(folder.path(), "a.snapshot", 1, MOST, now);
        let older = write(folder.path(), "b.snapshot", 2, 1, now);
        let oldest = write(folder.path(), "c.snapshot", 3, 1, now);
        assert_eq!(tidy(folder.path(), now).expect("tidied"), [older, oldest]);
        assert!(newest.exists());
        write(folder.path(), "d.snapshot", 0, MOST + 1, now);
        assert_eq!(tidy(folder.path(), now).expect("tidied"), [newest]);
    }

    #[test]
    fn what_was_left_behind_goes_and_what_is_not_ours_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = SystemTime::now();
        let left = write(folder.path(), ".snapshot-a1b2c3", 2, 9, now);
        let unreadable = write(folder.path(), "a.snapshot", 90, 9, now);
        let stays = [
            write(folder.path(), ".snapshot-d4e5f6", 0, 9, now),
            write(folder.path(), "b.snapshot", 89, 9, now),
            write(folder.path(), "notes.txt", 500, 9, now),
        ];
        let mut removed = tidy(folder.path(), now).expect("tidied");
        removed.sort();
        assert_eq!(removed, [left, unreadable]);
        assert!(stays.iter().all(|path| path.exists()));
    }

    #[test]
    fn a_snapshot_lives_as_long_as_its_library_and_90_days() {
        let home = tempfile::tempdir().expect("a folder");
        let (news, cache) = (home.path().join("news"), home.path().join("cache"));
        fs::create_dir(&news).expect("a folder");
        fs::write(news.join("a.md"), "---\ntitle: A\nexcerpt: x\n---\n").expect("a file");
        let source = Source::Roots(vec![news.clone()], std::sync::Arc::default());
        let picture = Library::load(&source, ReadDepth::List).picture();
        keep(&picture, &source, &cache).expect("kept");
        let now = SystemTime::now();
        let removed = |days: u32| tidy(&cache, now + DAY * days).expect("tidied").len();
        assert_eq!(removed(1000), 0, "the library is there");

        // Used again, so the days count from now.
        let file = fs::read_dir(&cache).expect("the folder").next();
        let file = File::open(file.expect("it is there").expect("it is there").path());
        let file = file.expect("it can be read");
        file.set_modified(now - DAY * 89).expect("a time");
        restore(&source, &cache).expect("restored");
        fs::rename(&news, home.path().join("away")).expect("moved");
        assert_eq!(removed(89), 0);
        assert_eq!(removed(91), 1);
    }
}
