//! Desks that are damaged: what tells damage from a disk that does not answer, and giving a damaged
//! desk another name. Nothing is renamed that could not be read, and nothing is ever overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::copy::{COMPANIONS, DeskCopy, beside};
use super::schema;
use super::trouble::Trouble;

/// The mark of a database in the name of its file. A file without is not taken for a damaged desk
/// when it turns out to be none: somebody has named an article with `--desk`.
const EXTENSION: &str = "db";

/// What the name of a damaged desk goes on with.
const PREFIX: &str = "damaged-";

/// How often a desk is read that others write meanwhile.
const TRIES: usize = 3;

/// What is to become of a desk that is proved to be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDamage {
    /// It is put aside as `desk.db.damaged-DATE`, dated so, with what SQLite keeps beside it; no new
    /// one is made in the same run.
    PutAside(Timestamp),
    /// It stays where it is.
    Leave,
}

/// Finds out whether the desk at `path` is damaged, as it seems to be (`what`): it is read whole into
/// a copy, which `open` has to find damaged too, and read once more with the same bytes.
///
/// # Errors
/// When it is not, or not certainly: then the disk has failed to answer.
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

/// Does with a damaged desk what is to be done, and says what that was.
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

/// Gives a damaged desk another name, and says which.
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

/// The last desk that was put aside beside the place `path` and not taken away.
pub(super) fn put_aside_at(path: &Path) -> Option<PathBuf> {
    let start = format!("{}.{PREFIX}", path.file_name()?.to_str()?);
    let is_desk = |name: &str| {
        name.starts_with(&start) && !COMPANIONS.iter().any(|companion| name.ends_with(companion))
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(is_desk))
        .map(|entry| entry.path())
        .max()
}
