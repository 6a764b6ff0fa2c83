//! When a desk's file was last read whole and found sound, so that not every program reads it
//! again. The result holds for a day, and only while the file is the same to the nanosecond and has
//! no log: after a write, or a program that ended without closing, the next one checks again.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::copy::beside;

/// The suffix of the file beside the desk that records the check.
const NAME: &str = "-checked";
/// How long the result holds.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);
/// A file that was changed more recently than this may change again without its times showing it.
const SETTLED: i64 = 2;

/// A version of a desk's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DeskVersion {
    stamp: String,
    /// When it was changed, in seconds since 1970.
    changed: i64,
}

impl DeskVersion {
    /// The current version; `None` if there is a log, since others may be writing.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let has_log = fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
        let file = fs::metadata(path).ok().filter(|_| !has_log)?;
        let numbers = [
            file.dev().to_string(),
            file.ino().to_string(),
            file.len().to_string(),
            format!("{}.{}", file.mtime(), file.mtime_nsec()),
            format!("{}.{}", file.ctime(), file.ctime_nsec()),
        ];
        Some(Self {
            stamp: numbers.join(" "),
            changed: file.mtime().max(file.ctime()),
        })
    }

    /// Whether this version was found sound within the last day.
    pub(super) fn is_sound(&self, path: &Path, now: Timestamp) -> bool {
        let text = fs::read_to_string(beside(path, NAME)).unwrap_or_default();
        let Some((second, stamp)) = text.split_once(' ') else {
            return false;
        };
        let at = second.parse().ok();
        let at = at.and_then(|second| Timestamp::from_second(second).ok());
        let is_recent = at.is_some_and(|at| at <= now && now.duration_since(at) < HOLDS);
        is_recent && stamp == self.stamp
    }

    /// Records that this version was found sound. If that fails, the next program checks again.
    pub(super) fn note_sound(&self, path: &Path, now: Timestamp) {
        if now.as_second() - self.changed >= SETTLED {
            let text = format!("{} {}", now.as_second(), self.stamp);
            if let Err(error) = fs::write(beside(path, NAME), text) {
                tracing::info!("the check of the desk cannot be noted: {error}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: i64) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_check_holds_for_a_day_and_for_one_version_without_a_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = &folder.path().join("desk.db");
        let version = || DeskVersion::of(path).expect("a file");
        assert_eq!(DeskVersion::of(path), None);
        fs::write(path, "one").expect("a file");
        assert!(!version().is_sound(path, after(10)), "never checked");
        version().note_sound(path, after(10));
        assert!(version().is_sound(path, after(20)));
        assert!(!version().is_sound(path, after(5)), "the clock went back");
        assert!(!version().is_sound(path, after(25 * 3600)), "too old");

        let log = beside(path, "-wal");
        fs::write(&log, "log").expect("a log");
        assert_eq!(DeskVersion::of(path), None);
        fs::write(&log, "").expect("a log");
        assert!(version().is_sound(path, after(20)), "the log is empty");
        fs::remove_file(log).expect("removed");

        let before = version();
        // Overwritten in place: the same length, and the same time.
        let time = fs::metadata(path).and_then(|it| it.modified());
        fs::write(path, "two").expect("a file");
        let file = fs::File::options().write(true).open(path);
        let set = file.and_then(|file| file.set_modified(time?));
        set.expect("its time");
        assert!(!version().is_sound(path, after(20)));
        assert_ne!(version(), before);
    }

    #[test]
    fn what_has_only_just_changed_is_looked_at_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = &folder.path().join("desk.db");
        fs::write(path, "one").expect("a file");
        let version = DeskVersion::of(path).expect("a file");
        version.note_sound(path, Timestamp::now());
        assert!(!version.is_sound(path, after(10)));
        fs::write(beside(path, NAME), "rubbish").expect("a file");
        assert!(!version.is_sound(path, after(10)));
    }
}
