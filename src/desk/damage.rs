//! Damaged desks: telling damage from a failing disk, and moving a damaged desk aside. A file that
//! could not be read is never renamed, and nothing is ever overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::copy::{COMPANIONS, DeskCopy, beside};
use super::place::folder_of;
use super::schema;
use super::trouble::Trouble;

/// The extension of a database. A file without it that turns out not to be a database is not taken
/// for a damaged desk: somebody has passed an article to `--desk`.
const EXTENSION: &str = "db";

/// What is added to the name of a damaged desk.
const PREFIX: &str = "damaged-";

/// How often to read a desk that others keep writing.
const TRIES: usize = 3;

/// What to do with a desk that is proved to be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDamage {
    /// Rename it to `desk.db.damaged-DATE`, with the given date, together with SQLite's other
    /// files; no new desk is made in the same run.
    PutAside(Timestamp),
    /// Leave it where it is.
    Leave,
}

/// Finds out whether the desk at `path` really is damaged, as `what` suggests: it is copied, `open`
/// has to find the copy damaged too, and reading it again must give the same bytes.
///
/// # Errors
/// If it is not, or not certainly: then the disk has failed.
pub(super) fn prove(
    path: &Path,
    what: &str,
    open: impl Fn(&Path) -> Result<(), Trouble>,
) -> Result<String, Trouble> {
    let unread = |what: String| Trouble::Unread {
        path: path.to_path_buf(),
        what,
    };
    let refused = |error: std::io::Error| unread(error.to_string());
    for _ in 0..TRIES {
        let copy = DeskCopy::new(path).map_err(refused)?;
        match open(&copy.path()) {
            Err(Trouble::Broken { what, .. }) => {
                if copy.is_like(path).map_err(refused)? {
                    return Ok(what);
                }
            }
            Ok(()) => return Err(unread(what.to_owned())),
            Err(other) => return Err(unread(other.to_string())),
        }
    }
    Err(unread(what.to_owned()))
}

/// Does what `on_damage` says, and returns what that was.
pub(super) fn deal_with(path: &Path, what: String, on_damage: OnDamage) -> Trouble {
    if path.extension().is_none_or(|it| it != EXTENSION) {
        return Trouble::NotADesk(path.to_path_buf());
    }
    match on_damage {
        OnDamage::PutAside(now) => put_aside(path, what, now),
        OnDamage::Leave => Trouble::Broken {
            path: path.to_path_buf(),
            what,
        },
    }
}

/// Renames a damaged desk, and returns its new name.
fn put_aside(path: &Path, what: String, now: Timestamp) -> Trouble {
    let aside = schema::unused(
        path,
        &format!("{PREFIX}{}", now.strftime("%Y-%m-%dT%H%M%SZ")),
    );
    if let Err(error) = fs::rename(path, &aside) {
        return Trouble::of_file(&error, path);
    }
    for companion in COMPANIONS {
        let from = beside(path, companion);
        if from.exists()
            && let Err(error) = fs::rename(&from, beside(&aside, companion))
        {
            return Trouble::of_file(&error, &from);
        }
    }
    Trouble::Damaged {
        path: path.to_path_buf(),
        what,
        aside,
    }
}

/// The last desk that was moved aside at `path` and is still there.
pub(super) fn put_aside_at(path: &Path) -> Option<PathBuf> {
    let start = format!("{}.{PREFIX}", path.file_name()?.to_str()?);
    let is_desk = |name: &str| {
        name.starts_with(&start) && !COMPANIONS.iter().any(|companion| name.ends_with(companion))
    };
    fs::read_dir(folder_of(path))
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(is_desk))
        .map(|entry| entry.path())
        .max()
}
