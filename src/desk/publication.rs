//! A publication from beginning to end: files are written one after the other, each noted at the
//! desk before and after, so that whatever stops it the next start knows which were written. How one
//! file is planned and written is `publish`'s.

use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use rustix::fs::{FlockOperation, flock};

use super::fingerprints::fingerprint;
use super::intent::{Intent, State};
use super::publish::{self, Change, Refusal};
use super::trouble::DeskError;
use super::{Notice, SqliteDesk, draw};
use crate::model::{Identity, Transaction, TransactionId};

/// A publication that is under way. If it is dropped before it is finished, as by the end of the
/// program, [`settle`] ends it.
pub struct Publication {
    id: TransactionId,
    /// Tells other programs that somebody is writing.
    _under_way: Option<File>,
}

impl Publication {
    /// Notes what is about to be written.
    ///
    /// # Errors
    /// When the desk is in trouble: nothing is to be written then.
    pub fn begin(
        desk: &mut SqliteDesk,
        intents: &[Intent],
        now: Timestamp,
    ) -> Result<Self, DeskError> {
        let id = draw()?;
        let under_way = lock(desk.path(), FlockOperation::LockShared);
        desk.begin_writing(id, intents, now)?;
        Ok(Self {
            id,
            _under_way: under_way,
        })
    }

    /// Writes a file, and notes that it was.
    ///
    /// # Errors
    /// When the desk is in trouble: the file was written then, and nothing more is to be.
    pub fn write(
        &self,
        desk: &mut SqliteDesk,
        intent: &Intent,
        change: &Change,
    ) -> Result<Result<(), Refusal>, DeskError> {
        match change.write() {
            Ok(_) => {
                // A title of one's own does not make the article another than was decided on.
                let seen = (!intent.edits.is_empty()).then(|| Identity {
                    fingerprint: fingerprint(&intent.path),
                    version: None,
                    ..intent.identity.clone()
                });
                let noted = desk.note_written(self.id, intent, seen.as_ref(), Timestamp::now());
                noted.map(Ok)
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Brings what has become of it into the journal. `None` where nothing has changed.
    ///
    /// # Errors
    /// When the desk is in trouble.
    pub fn finish(
        self,
        desk: &mut SqliteDesk,
        now: Timestamp,
    ) -> Result<Option<Transaction>, DeskError> {
        desk.end_writing(self.id, now)
    }
}

/// Ends the publications whose programs have ended before them: finds out which of the files were
/// written, and removes what was left beside them. Nothing is done while a program is writing.
///
/// # Errors
/// When the desk is in trouble.
pub fn settle(desk: &mut SqliteDesk, now: Timestamp) -> Result<Option<Notice>, DeskError> {
    if !desk.is_writable() || desk.open_writes()?.is_empty() {
        return Ok(None);
    }
    let Some(_alone) = lock(desk.path(), FlockOperation::NonBlockingLockExclusive) else {
        return Ok(None);
    };
    // Others may have settled them before the lock was ours.
    let mut rows = desk.open_writes()?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut files = Vec::new();
    for row in &mut rows {
        let (State::Waits, Some(versions)) = (row.state, row.versions) else {
            continue;
        };
        // Where it really lies: a link is never what was written.
        let path = row.path.canonicalize().unwrap_or_else(|_| row.path.clone());
        let is = publish::version_at(&path, versions);
        if is == publish::Version::New {
            row.state = State::Written;
        }
        files.push((path, versions, is));
    }
    let kept = publish::remove_leftovers(&files);
    let count = |state| rows.iter().filter(|it| it.state == state).count();
    let notice = Notice::Settled {
        written: count(State::Written),
        waiting: count(State::Waits),
        kept,
    };
    desk.settle_writes(&rows, now)?;
    Ok(Some(notice))
}

/// A lock on the folder of a desk, for as long as it is open; it ends with the program. `None` where
/// it is not to be had.
fn lock(desk: &Path, operation: FlockOperation) -> Option<File> {
    let folder = match desk.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = File::open(folder).ok()?;
    flock(&folder, operation).ok()?;
    Some(folder)
}
