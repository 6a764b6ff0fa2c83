//! Makes files of the entries that are new, and updates those that their source has changed and
//! nobody else has. What is kept is noted on the desk after the files are on the disk, so that a run
//! that is killed costs a fetch, and never an entry.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::article::{Draft, hash_of, hash_of_moment};
use super::files;
use crate::desk::publish::{Change, Refusal};
use crate::desk::{Arrival, DeskError, Said, SqliteDesk};
use crate::format::edit::{Key, Scalar, Wish};
use crate::library::{ReadError, Shown, read_shown};

/// Why the entries of a feed are not kept.
#[derive(Debug, Error)]
pub enum KeepError {
    #[error("{}: cannot be written: {error}", .folder.display())]
    Folder { folder: PathBuf, error: io::Error },
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// The entries of a feed as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub new: Vec<PathBuf>,
    pub updated: Vec<PathBuf>,
    /// Files that both their source and somebody else have changed, and others that could not be
    /// updated: a sentence each.
    pub notes: Vec<String>,
}

/// Keeps the entries of several feeds, and brings them to the disk together.
#[derive(Debug)]
pub struct Keeper<'a> {
    desk: &'a mut SqliteDesk,
    arrivals: Vec<Arrival>,
    folders: BTreeSet<PathBuf>,
}

impl<'a> Keeper<'a> {
    pub fn new(desk: &'a mut SqliteDesk) -> Self {
        Self {
            desk,
            arrivals: Vec::new(),
            folders: BTreeSet::new(),
        }
    }

    /// What would be new and updated.
    ///
    /// # Errors
    /// If the desk cannot be read.
    pub fn preview(&mut self, feed: &str, drafts: &[Draft]) -> Result<Kept, DeskError> {
        let mut kept = Kept::default();
        for (draft, known) in drafts.iter().zip(self.known(feed, drafts)?) {
            match known {
                None => kept.new.push(PathBuf::from(draft.stem())),
                Some(known) if known.said != draft.said() => kept.updated.push(known.path),
                Some(_) => {}
            }
        }
        Ok(kept)
    }

    /// The entries of which the desk knows nothing.
    ///
    /// # Errors
    /// If the desk cannot be read.
    pub fn unknown<'d>(
        &mut self,
        feed: &str,
        drafts: &'d mut [Draft],
    ) -> Result<Vec<&'d mut Draft>, DeskError> {
        let known = self.known(feed, drafts)?;
        let unknown = drafts
            .iter_mut()
            .zip(known)
            .filter(|(_, known)| known.is_none());
        Ok(unknown.map(|(draft, _)| draft).collect())
    }

    fn known(&mut self, feed: &str, drafts: &[Draft]) -> Result<Vec<Option<Arrival>>, DeskError> {
        let entries: Vec<_> = drafts
            .iter()
            .map(|it| (it.origin.guid.as_str(), it.page))
            .collect();
        self.desk.arrivals(feed, &entries)
    }

    /// Writes the files of a feed's entries. They are safe only after [`settle`](Self::settle).
    ///
    /// # Errors
    /// If a file cannot be written: those before it stay.
    pub fn keep(&mut self, feed: &str, folder: &Path, drafts: &[Draft]) -> Result<Kept, KeepError> {
        let mut kept = Kept::default();
        // The oldest first, so that the newest is also the file written last.
        let known = self.known(feed, drafts)?;
        for (draft, known) in drafts.iter().zip(known).rev() {
            match known {
                None => {
                    let path = files::create(folder, draft).map_err(|error| KeepError::Folder {
                        folder: folder.to_path_buf(),
                        error,
                    })?;
                    self.folders.insert(folder.to_path_buf());
                    self.note(feed, draft, &path);
                    kept.new.push(path);
                }
                Some(known) => self.update(feed, folder, draft, &known, &mut kept),
            }
        }
        Ok(kept)
    }

    fn note(&mut self, feed: &str, draft: &Draft, path: &Path) {
        self.arrivals.push(Arrival {
            feed: feed.to_owned(),
            guid: draft.origin.guid.clone(),
            page: draft.page,
            path: path.to_path_buf(),
            said: draft.said(),
        });
    }

    fn update(
        &mut self,
        feed: &str,
        folder: &Path,
        draft: &Draft,
        known: &Arrival,
        kept: &mut Kept,
    ) {
        if known.said == draft.said() && known.guid == draft.origin.guid {
            return;
        }
        if known.said != draft.said() {
            match updated(folder, draft, known) {
                Ok(Update::Written) => kept.updated.push(known.path.clone()),
                Ok(Update::Nothing) => {}
                Ok(Update::Both(fields)) => kept.notes.push(format!(
                    "{}: its source has changed {}, and so has somebody else: the file stays",
                    known.path.display(),
                    fields.join(", "),
                )),
                Err(reason) => {
                    let path = known.path.display();
                    // Not noted, so that the next fetch tries again.
                    return kept
                        .notes
                        .push(format!("{path}: cannot be updated: {reason}"));
                }
            }
        }
        self.note(feed, draft, &known.path);
    }

    /// Brings what was written to the disk, and notes it on the desk.
    ///
    /// # Errors
    /// If that fails: the next fetch finds the files and notes them.
    pub fn settle(&mut self) -> Result<(), KeepError> {
        for folder in std::mem::take(&mut self.folders) {
            files::sync(&folder).map_err(|error| KeepError::Folder { folder, error })?;
            // All of a file system is brought to the disk at once.
        }
        let arrivals = std::mem::take(&mut self.arrivals);
        if !arrivals.is_empty() {
            self.desk.note_arrivals(&arrivals)?;
        }
        Ok(())
    }
}

/// What became of a file whose source has changed.
enum Update {
    Written,
    /// It is gone, or says so already.
    Nothing,
    /// These fields were changed by somebody else too, and stay.
    Both(Vec<&'static str>),
}

/// Brings a file up to what its source says.
fn updated(folder: &Path, draft: &Draft, known: &Arrival) -> Result<Update, String> {
    let shown = match read_shown(&known.path) {
        Ok(shown) => shown,
        // A file that somebody has deleted or moved stays so; one that is no article any more is
        // somebody's too.
        Err(ReadError::Io(_) | ReadError::Skip(_) | ReadError::Broken(_)) => {
            return Ok(Update::Nothing);
        }
    };
    let (new, old, is) = (draft.said(), known.said, said_by(&shown));
    let mut both = Vec::new();
    let mut changes = |field: &'static str, new: u64, old: u64, is: u64| {
        if new == old || new == is {
            return false;
        }
        if is != old {
            both.push(field);
        }
        is == old
    };
    let article = &draft.article;
    let mut wishes = Vec::new();
    let mut set = |key: &str, to: String| {
        let (key, to) = (Key::new(key), Scalar::Text(to));
        wishes.push(Wish::Set { key, to });
    };
    if changes("title", new.title, old.title, is.title) {
        set("title", article.title.clone());
    }
    if changes("excerpt", new.excerpt, old.excerpt, is.excerpt) {
        set("excerpt", article.excerpt.clone());
    }
    if changes("updatedDateTime", new.updated, old.updated, is.updated)
        && let Some(moment) = article.updated_at
    {
        set(
            "updatedDateTime",
            moment.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        );
    }
    let body = changes("the text", new.body, old.body, is.body);
    let body = body.then(|| format!("\n{}", draft.body));
    match Change::with_body(&known.path, folder, wishes, body) {
        Ok(None) if both.is_empty() => Ok(Update::Nothing),
        Ok(None) => Ok(Update::Both(both)),
        Ok(Some(change)) => {
            change.write().map_err(|refusal| refusal.to_string())?;
            match both.is_empty() {
                true => Ok(Update::Written),
                false => Ok(Update::Both(both)),
            }
        }
        // Moved out of the folder by a link, or made read-only: somebody wants it so.
        Err(refusal @ (Refusal::Missing | Refusal::NotRegular)) => {
            drop(refusal);
            Ok(Update::Nothing)
        }
        Err(refusal) => Err(refusal.to_string()),
    }
}

/// The hashes of what a file says.
fn said_by(shown: &Shown) -> Said {
    Said {
        title: hash_of(&shown.article.title),
        excerpt: hash_of(&shown.article.excerpt),
        updated: hash_of_moment(shown.article.updated_at),
        body: hash_of(&shown.body),
    }
}

#[cfg(test)]
mod tests;
