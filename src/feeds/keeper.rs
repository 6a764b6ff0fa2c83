//! Writes files for new entries, and updates those that their source has changed and nobody else
//! has. The desk records them only after the files are on disk, so a killed run costs a fetch, and
//! never an entry.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::article::{ArticleDraft, TextFrom, hash_of, hash_of_moment};
use super::files;
use crate::desk::publish::{StagedChange, WriteRefusal};
use crate::desk::{Arrival, DeskError, SourceHashes, SqliteDesk};
use crate::format::edit::{FieldNames, NewScalar, Wish};
use crate::format::link::canonical_key;
use crate::format::system::system_words;
use crate::library::{ReadError, Shown, read_shown};

/// Why a feed's entries were not kept.
#[derive(Debug, Error)]
pub enum KeepError {
    #[error("{}: cannot be written: {}", .folder.display(), system_words(.error))]
    Folder { folder: PathBuf, error: io::Error },
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// What was kept of a feed's entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptEntries {
    pub new: Vec<PathBuf>,
    pub updated: Vec<PathBuf>,
    /// How many files could not be updated; the next fetch tries again.
    pub failed: usize,
    /// Files that both the source and somebody else changed, those that could not be updated, and
    /// how many entries are files of other feeds: one sentence each.
    pub notes: Vec<String>,
}

/// Keeps the entries of several feeds, and syncs them together.
#[derive(Debug)]
pub struct Keeper<'a> {
    desk: &'a mut SqliteDesk,
    arrivals: Vec<Arrival>,
    /// For each page, the last arrival that has it.
    by_page: HashMap<u64, usize>,
    folders: BTreeSet<PathBuf>,
}

impl<'a> Keeper<'a> {
    pub fn new(desk: &'a mut SqliteDesk) -> Self {
        Self {
            desk,
            arrivals: Vec::new(),
            by_page: HashMap::new(),
            folders: BTreeSet::new(),
        }
    }

    /// What would be new and updated.
    ///
    /// # Errors
    /// If the desk cannot be read.
    pub fn preview(
        &mut self,
        feed: &str,
        drafts: &[ArticleDraft],
    ) -> Result<KeptEntries, DeskError> {
        let mut kept = KeptEntries::default();
        for (draft, known) in drafts.iter().zip(self.known(feed, drafts)?) {
            match known {
                None => kept.new.push(PathBuf::from(draft.stem())),
                Some(known) if known.feed == feed && known.said != said_now(draft, &known) => {
                    kept.updated.push(known.path);
                }
                Some(_) => {}
            }
        }
        Ok(kept)
    }

    /// What is known of each draft: by its guid, else by its page; if it is new to its feed, by the
    /// same entry in another feed.
    fn known(
        &mut self,
        feed: &str,
        drafts: &[ArticleDraft],
    ) -> Result<Vec<Option<Arrival>>, DeskError> {
        let entries: Vec<_> = drafts
            .iter()
            .map(|it| (it.origin.guid.as_str(), it.page))
            .collect();
        let found = self.desk.arrivals(feed, &entries)?;
        // An arrival whose guid another entry has belongs to that entry.
        let guids: HashSet<&str> = entries.iter().map(|(guid, _)| *guid).collect();
        let is_known = |draft: &ArticleDraft, known: &Arrival| match known.feed == feed {
            true => {
                known.guid == draft.origin.guid
                    || !guids.contains(known.guid.as_str()) && is_renamed(draft, known)
            }
            false => is_same(draft, known),
        };
        let known = drafts.iter().zip(found).map(|(draft, found)| {
            let mut found = found.into_iter().chain(self.not_noted(draft).cloned());
            found.find(|known| is_known(draft, known))
        });
        Ok(known.collect())
    }

    /// The entry that links to a draft's page and is not on the desk yet.
    fn not_noted(&self, draft: &ArticleDraft) -> Option<&Arrival> {
        let at = self.by_page.get(&draft.page?)?;
        self.arrivals.get(*at)
    }

    /// Writes the files of a feed's entries. They are safe only after [`settle`](Self::settle).
    ///
    /// # Errors
    /// If a file cannot be written; those before it stay.
    pub fn keep(
        &mut self,
        feed: &str,
        folder: &Path,
        drafts: &[ArticleDraft],
    ) -> Result<KeptEntries, KeepError> {
        let mut kept = KeptEntries::default();
        let mut elsewhere = 0;
        // The oldest first, so that the newest is also written last.
        let known = self.known(feed, drafts)?;
        for (draft, known) in drafts.iter().zip(known).rev() {
            match known {
                None => {
                    let path = files::create(folder, draft).map_err(|error| KeepError::Folder {
                        folder: folder.to_path_buf(),
                        error,
                    })?;
                    self.folders.insert(folder.to_path_buf());
                    self.note(Arrival {
                        feed: feed.to_owned(),
                        guid: draft.origin.guid.clone(),
                        old_guid: None,
                        page: draft.page,
                        path: path.clone(),
                        said: draft.said(),
                    });
                    kept.new.push(path);
                }
                Some(known) if known.feed != feed => {
                    // From now on its file follows both feeds.
                    elsewhere += 1;
                    self.note(Arrival {
                        feed: feed.to_owned(),
                        guid: draft.origin.guid.clone(),
                        old_guid: None,
                        said: draft.said(),
                        ..known
                    });
                }
                Some(known) => self.update(draft, known, &mut kept),
            }
        }
        kept.notes.extend(match elsewhere {
            0 => None,
            1 => Some("1 entry is already an article of another feed".to_owned()),
            count => Some(format!(
                "{count} entries are already articles of other feeds"
            )),
        });
        Ok(kept)
    }

    fn update(&mut self, draft: &ArticleDraft, known: Arrival, kept: &mut KeptEntries) {
        let said = said_now(draft, &known);
        let is_renamed = known.guid != draft.origin.guid;
        if known.said != said {
            match updated(draft, &known) {
                Ok(update) => {
                    if update.is_written {
                        kept.updated.push(known.path.clone());
                    }
                    if !update.both.is_empty() {
                        kept.notes.push(format!(
                            "{}: its source has changed {}, but so has someone else, whose change \
                             stays",
                            known.path.display(),
                            update.both.join(", "),
                        ));
                    }
                }
                Err(reason) => {
                    kept.failed += 1;
                    let path = known.path.display();
                    // Not recorded, so that the next fetch tries again.
                    return kept
                        .notes
                        .push(format!("{path}: cannot be updated: {reason}"));
                }
            }
        } else if !is_renamed {
            return;
        }
        self.note(Arrival {
            guid: draft.origin.guid.clone(),
            old_guid: is_renamed.then_some(known.guid),
            page: draft.page,
            said,
            ..known
        });
    }

    fn note(&mut self, arrival: Arrival) {
        if let Some(page) = arrival.page {
            self.by_page.insert(page, self.arrivals.len());
        }
        self.arrivals.push(arrival);
    }

    /// Syncs what was written, and records it on the desk.
    ///
    /// # Errors
    /// If that fails; the next fetch finds the files and records them.
    pub fn settle(&mut self) -> Result<(), KeepError> {
        for folder in files::one_for_each_sync(std::mem::take(&mut self.folders)) {
            files::sync(&folder).map_err(|error| KeepError::Folder { folder, error })?;
        }
        self.by_page.clear();
        let arrivals = std::mem::take(&mut self.arrivals);
        if !arrivals.is_empty() {
            self.desk.note_arrivals(&arrivals)?;
        }
        Ok(())
    }
}

/// Whether an entry that links to the same page is the same one with another guid. The page alone
/// does not tell: some feeds have one entry after another that all link to their front page.
fn is_renamed(draft: &ArticleDraft, known: &Arrival) -> bool {
    let is_page = |guid: &str| draft.page.is_some() && canonical_key(guid) == draft.page;
    known.said.title == draft.said().title || is_page(&known.guid) || is_page(&draft.origin.guid)
}

/// Whether another feed's entry that links to the same page is the same one: it has the same text
/// too. One that says something else, such as a comment on that page, is an article of its own.
fn is_same(draft: &ArticleDraft, known: &Arrival) -> bool {
    let said = draft.said();
    let has_same_text = (said.title, said.excerpt, said.body)
        == (known.said.title, known.said.excerpt, known.said.body);
    // No text at all is too little to tell by, and a file that has gone belonged to that feed
    // alone.
    has_same_text && !draft.body.trim().is_empty() && !is_gone(&known.path)
}

/// What the source says now. A page is not requested again for the text of a known entry, and a
/// feed that no longer gives the time of a change has not taken it back.
fn said_now(draft: &ArticleDraft, known: &Arrival) -> SourceHashes {
    let mut said = draft.said();
    if let TextFrom::Page(_) = draft.text {
        said.body = known.said.body;
    }
    if draft.article.updated_at.is_none() {
        said.updated = known.said.updated;
    }
    said
}

/// What became of a file whose source has changed.
#[derive(Default)]
struct Update {
    is_written: bool,
    /// Somebody else changed these fields too; they stay.
    both: Vec<&'static str>,
}

/// Updates a file to what its source says.
fn updated(draft: &ArticleDraft, known: &Arrival) -> Result<Update, String> {
    let shown = match read_shown(&known.path) {
        Ok(shown) => shown,
        Err(ReadError::Io(why)) if !is_gone(&known.path) => return Err(why),
        // A file that somebody deleted or moved stays so, and one that is no longer an article is
        // left to whoever changed it.
        Err(ReadError::Io(_) | ReadError::Skip(_) | ReadError::Broken(_)) => {
            return Ok(Update::default());
        }
    };
    let (new, old, is) = (said_now(draft, known), known.said, said_by(&shown));
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
        let (key, to) = (FieldNames::new(key), NewScalar::Text(to));
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
    // The folder that its feed had then: the feed may have another one now.
    let folder = known.path.parent().unwrap_or(&known.path);
    let is_written = match StagedChange::with_body(&known.path, folder, wishes, body) {
        Ok(None) => false,
        Ok(Some(change)) => {
            change.write().map_err(|refusal| refusal.to_string())?;
            true
        }
        // Gone meanwhile, or replaced by something else: somebody wants it so.
        Err(WriteRefusal::Missing | WriteRefusal::NotRegular) => return Ok(Update::default()),
        Err(refusal) => return Err(refusal.to_string()),
    };
    Ok(Update { is_written, both })
}

/// Whether a path has no file, or only a dangling link.
fn is_gone(path: &Path) -> bool {
    let found = std::fs::metadata(path);
    found.is_err_and(|error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// The hashes of what a file says.
fn said_by(shown: &Shown) -> SourceHashes {
    SourceHashes {
        title: hash_of(&shown.article.title),
        excerpt: hash_of(&shown.article.excerpt),
        updated: hash_of_moment(shown.article.updated_at),
        body: hash_of(&shown.body),
    }
}

#[cfg(test)]
mod tests;
