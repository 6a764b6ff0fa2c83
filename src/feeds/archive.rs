//! Moves a feed's old articles that are done with into the folder `_archive` beside the others.
//! They stay in the library.

use std::cmp::Reverse;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::keep::Keep;
use crate::desk::{DeskError, SqliteDesk};
use crate::format::system::system_words;

/// The name of the folder.
const ARCHIVE: &str = "_archive";

/// Moves the files of a feed that it need not keep and that are done with, and returns how many.
/// Leaves files alone that somebody renamed or moved.
///
/// # Errors
/// If the desk or a folder cannot be read or written.
pub fn archive(
    desk: &mut SqliteDesk,
    feed: &str,
    folder: &Path,
    keep: Keep,
    now: Timestamp,
    is_done_with: &dyn Fn(&Path) -> bool,
) -> Result<usize, ArchiveError> {
    let paths = desk.paths_of_feed(feed)?.into_iter();
    let mut here: Vec<(Date, PathBuf)> = paths
        .filter(|path| path.parent() == Some(folder) && path.is_file())
        .filter_map(|path| Some((date_of(&path)?, path)))
        .collect();
    here.sort_by(|one, other| Reverse(one).cmp(&Reverse(other)));
    let leaving = match keep {
        Keep::Newest(count) => here.into_iter().skip(count).collect::<Vec<_>>(),
        Keep::Younger(age) => {
            let today = now.to_zoned(TimeZone::UTC).date();
            let oldest = today.checked_sub(age).unwrap_or(Date::MIN);
            here.into_iter()
                .filter(|(date, _)| *date < oldest)
                .collect()
        }
    };
    let mut moved = Vec::new();
    let mut leaving = leaving.into_iter().map(|(_, path)| path);
    let ended = leaving.try_for_each(|path| {
        if is_done_with(&path)
            && let Some(to) = move_into(&folder.join(ARCHIVE), &path)?
        {
            moved.push((path, to));
        }
        Ok(())
    });
    // Even if not all could be moved.
    if !moved.is_empty() {
        desk.note_moved_arrivals(feed, &moved)?;
    }
    ended.map(|()| moved.len())
}

/// Why moving stopped.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error("{}: {}", .path.display(), system_words(.error))]
    File { path: PathBuf, error: io::Error },
}

/// The date at the start of a file's name, as this program writes it.
fn date_of(path: &Path) -> Option<Date> {
    path.file_name()?.to_str()?.get(..10)?.parse().ok()
}

/// Moves a file into a folder; `None` if the name is taken there, or the file has gone.
fn move_into(folder: &Path, path: &Path) -> Result<Option<PathBuf>, ArchiveError> {
    let failed = |error| ArchiveError::File {
        path: path.to_path_buf(),
        error,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let Some(name) = path.file_name() else {
        return Ok(None);
    };
    let to = folder.join(name);
    match renameat_with(CWD, path, CWD, &to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(Some(to)),
        Err(Errno::EXIST | Errno::NOENT) => Ok(None),
        Err(error) => Err(failed(error.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Arrival, SourceHashes};

    const FEED: &str = "https://a.example/feed";

    fn arrival(path: &Path) -> Arrival {
        Arrival {
            feed: FEED.into(),
            guid: path.display().to_string(),
            old_guid: None,
            page: None,
            path: path.to_path_buf(),
            said: SourceHashes::default(),
        }
    }

    /// Writes files of a feed, one per date, and returns those archived with all but one done with.
    fn archived(keep: &str) -> Vec<String> {
        let root = tempfile::tempdir().expect("a folder");
        let mut desk = SqliteDesk::in_memory().expect("a desk");
        let arrivals = [
            "2026-11-20",
            "2026-09-01",
            "2026-08-01",
            "2026-07-01",
            "2026-06-01",
        ];
        let arrivals = arrivals.map(|date| {
            let path = root.path().join(format!("{date}-a.md"));
            fs::write(&path, date).expect("a file");
            arrival(&path)
        });
        desk.note_arrivals(&arrivals).expect("kept");
        let is_done_with = |path: &Path| !path.ends_with("2026-08-01-a.md");
        let keep = Keep::parse(keep).expect("a span");
        let now: Timestamp = "2026-11-26T10:00:00Z".parse().expect("a time");
        let mut again = || archive(&mut desk, FEED, root.path(), keep, now, &is_done_with);
        let count = again().expect("moved");
        assert_eq!(again().expect("nothing more"), 0);
        let folder = fs::read_dir(root.path().join(ARCHIVE));
        let mut names: Vec<String> = folder
            .into_iter()
            .flatten()
            .map(|it| it.expect("a file").file_name().to_string_lossy()[..10].to_owned())
            .collect();
        names.sort();
        assert_eq!(names.len(), count);
        let known = desk.paths_of_feed(FEED).expect("paths");
        assert!(known.iter().all(|path| path.is_file()), "{known:?}");
        names
    }

    #[test]
    fn what_was_moved_before_an_error_is_noted() {
        let root = tempfile::tempdir().expect("a folder");
        let mut desk = SqliteDesk::in_memory().expect("a desk");
        let [first, second] =
            ["2026-02-01-a.md", "2026-01-01-a.md"].map(|name| root.path().join(name));
        let arrivals = [&first, &second].map(|path| {
            fs::write(path, "a").expect("a file");
            arrival(path)
        });
        desk.note_arrivals(&arrivals).expect("kept");
        let folder = root.path().join(ARCHIVE);
        let aside = root.path().join("aside");
        // Between the first and the second file, the folder becomes unusable.
        let is_done_with = |path: &Path| {
            if path == second {
                fs::rename(&folder, &aside).expect("a folder");
                fs::write(&folder, "").expect("a file");
            }
            true
        };
        let now: Timestamp = "2026-11-26T10:00:00Z".parse().expect("a time");
        let ended = archive(
            &mut desk,
            FEED,
            root.path(),
            Keep::Newest(0),
            now,
            &is_done_with,
        );
        assert!(matches!(ended, Err(ArchiveError::File { .. })), "{ended:?}");
        let mut known = desk.paths_of_feed(FEED).expect("paths");
        known.sort();
        assert_eq!(known, [second.clone(), folder.join("2026-02-01-a.md")]);
    }

    #[test]
    fn what_is_old_and_done_with_goes_into_the_archive() {
        assert_eq!(archived("90d"), ["2026-06-01", "2026-07-01"]);
        assert_eq!(archived("1"), ["2026-06-01", "2026-07-01", "2026-09-01"]);
        assert_eq!(archived("500"), [""; 0]);
        assert_eq!(archived("5000d"), [""; 0]);
    }
}
