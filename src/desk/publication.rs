//! A publication from start to finish: all files are recorded at the desk before the first is
//! written, and each again once it was, so that whatever interrupts it, the next start knows which
//! were written. `publish` plans and writes a single file.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rustix::fs::{FlockOperation, flock};

use super::fingerprints::fingerprint;
use super::intent::{Intent, State};
use super::place::folder_of;
use super::publish::{self, StagedChange, WriteRefusal};
use super::trouble::DeskError;
use super::{Notice, SqliteDesk, draw};
use crate::format::SiteOverrides;
use crate::library::on_threads;
use crate::model::{Identity, Transaction, TransactionId};

/// Files that are written before the desk records that they were. If the program is killed in
/// between, the next start finds them out by their contents.
pub const AT_ONCE: usize = 32;
/// Files that are written at the same time, since the disk is what they wait for.
const WRITERS: usize = 8;

/// A publication under way. If it is dropped before it is finished, for example because the program
/// ends, [`settle`] finishes it.
pub struct OpenPublication {
    id: TransactionId,
    /// What the person says about the library.
    overrides: Arc<SiteOverrides>,
    /// Tells other programs that somebody is writing.
    _under_way: Option<File>,
}

impl OpenPublication {
    /// Records what is about to be written in a library. `overrides` is what the person says about
    /// it.
    /// # Errors
    /// If the desk is in trouble: nothing must be written then.
    pub fn begin(
        desk: &mut SqliteDesk,
        intents: &[Intent],
        overrides: Arc<SiteOverrides>,
        now: Timestamp,
    ) -> Result<Self, DeskError> {
        let id = draw()?;
        let under_way = lock(desk.path(), FlockOperation::LockShared);
        desk.begin_writing(id, intents, now)?;
        Ok(Self {
            id,
            overrides,
            _under_way: under_way,
        })
    }

    /// Writes files, several at a time, and then records those that were written. Whoever wants to
    /// stop in between, or to tell how far it is, passes [`AT_ONCE`] of them.
    ///
    /// # Errors
    /// If the desk is in trouble: the files were written then, and nothing more must be.
    pub fn write(
        &self,
        desk: &mut SqliteDesk,
        files: &[(&Intent, &StagedChange)],
    ) -> Result<Vec<Result<(), WriteRefusal>>, DeskError> {
        let outcomes = on_threads(WRITERS, files, |(intent, change)| {
            change.write().map(|_| self.seen(intent))
        });
        let (mut written, mut told) = (Vec::new(), Vec::new());
        for ((intent, _), outcome) in files.iter().zip(outcomes) {
            told.push(outcome.map(|seen| written.push((*intent, seen))));
        }
        if !written.is_empty() {
            desk.note_written(self.id, &written, Timestamp::now())?;
        }
        Ok(told)
    }

    /// What an article is after its file was written, if that may have changed: editing the title
    /// oneself does not make it count as changed since it was decided on.
    fn seen(&self, intent: &Intent) -> Option<Identity> {
        (!intent.edits.is_empty()).then(|| Identity {
            fingerprint: fingerprint(&intent.path, &self.overrides),
            version: None,
            ..intent.identity.clone()
        })
    }

    /// Writes the outcome into the journal. `None` if nothing has changed.
    ///
    /// # Errors
    /// If the desk is in trouble.
    pub fn finish(
        self,
        desk: &mut SqliteDesk,
        now: Timestamp,
    ) -> Result<Option<Transaction>, DeskError> {
        desk.end_writing(self.id, now)
    }
}

/// Finishes publications whose programs have died: finds out which files were written, and removes
/// what was left beside them. Does nothing while a program is writing.
///
/// # Errors
/// If the desk is in trouble.
pub fn settle(desk: &mut SqliteDesk, now: Timestamp) -> Result<Option<Notice>, DeskError> {
    if desk.open_writes()?.is_empty() {
        return Ok(None);
    }
    let Some(_alone) = lock(desk.path(), FlockOperation::NonBlockingLockExclusive) else {
        return Ok(None);
    };
    // Others may have settled them before we got the lock.
    let mut rows = desk.open_writes()?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut files = Vec::new();
    for row in &mut rows {
        let (State::Waits, Some(versions)) = (row.state, row.versions) else {
            continue;
        };
        // Resolved, because what was written is never a link.
        let path = row.path.canonicalize().unwrap_or_else(|_| row.path.clone());
        let is = publish::version_at(&path, versions);
        if is == publish::VersionAtPath::New {
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

/// Locks the folder of a desk until the file is closed; the lock ends with the program. `None` if
/// it cannot be had.
fn lock(desk: &Path, operation: FlockOperation) -> Option<File> {
    let folder = File::open(folder_of(desk)).ok()?;
    flock(&folder, operation).ok()?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_desk_is_locked_and_no_other() {
        let (one, two) = (tempfile::tempdir(), tempfile::tempdir());
        let desk = |folder: std::io::Result<tempfile::TempDir>| {
            let folder = folder.expect("a folder");
            (folder.path().join("desk.db"), folder)
        };
        let ((one, _one), (two, _two)) = (desk(one), desk(two));
        let only = FlockOperation::NonBlockingLockExclusive;
        let held = lock(&one, only).expect("the lock");
        assert!(lock(&one, only).is_none());
        assert!(lock(&two, only).is_some());
        drop(held);
        assert!(lock(&one, only).is_some());
        let here = lock(Path::new("desk.db"), FlockOperation::NonBlockingLockShared);
        assert!(here.is_some(), "in the working directory");
    }
}
