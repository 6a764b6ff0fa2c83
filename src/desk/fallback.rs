//! Keeps the decisions of a run in any case: on the desk, or in memory while the desk is in
//! trouble. It starts no thread; whoever has one calls [`FallbackDesk::handle`] for what a person
//! does and [`FallbackDesk::poll`] twice a second.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::place::NoPlace;
use super::publication::settle;
use super::trouble::{DeskError, Trouble};
use super::{
    Desk, JournalEntry, Marked, NewDecision, Notice, OnDamage, Opening, SqliteDesk, UndoTarget,
    Undone, draw, export, open,
};
use crate::model::{Identity, Subject, Transaction, TransactionId};

/// How long a request waits for another program that holds the desk.
const PATIENCE: Duration = Duration::from_secs(5);

/// A request to the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    Commit(NewDecision),
    Undo(UndoTarget),
    Redo,
    /// A page of the journal, newest first: this many entries, with numbers below that.
    Journal {
        before: Option<i64>,
        most: usize,
    },
    /// How articles look now, if that has changed.
    Renew(Vec<(Subject, Identity)>),
    /// Writes what would be lost with the program to a new file, as an export: what is held only in
    /// memory, and all of a desk whose file is gone.
    SaveElsewhere(PathBuf),
}

/// The outcome of a request, or news from the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum DeskAnswer {
    /// A decision is kept. `None`: others had already decided the same.
    Committed {
        transaction: Option<Transaction>,
        kept: Kept,
    },
    Undone {
        undone: Undone,
        kept: Kept,
    },
    Journal(Vec<JournalEntry>),
    Renewed,
    /// What is held in memory was also written to a file.
    Saved(PathBuf),
    /// Others have changed these marks.
    News(Vec<Marked>),
    /// What was held in memory is now on the desk, which works again. If the desk could not be read
    /// when it was opened, ask for its marks now ([`FallbackDesk::all`]).
    Settled,
    /// It was not done.
    Refused(DeskError),
}

/// Where a decision is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// On disk: it survives everything.
    OnDesk,
    /// Until the program ends, or the desk works again.
    InMemory(Trouble),
}

/// The desk of a run, backed by memory.
#[derive(Debug)]
pub struct FallbackDesk {
    /// Where the desk is; `None` if there is no place for one.
    path: Option<PathBuf>,
    patience: Duration,
    desk: Option<SqliteDesk>,
    /// Takes what the desk cannot.
    memory: SqliteDesk,
    trouble: Option<Trouble>,
    notices: Vec<Notice>,
}

impl FallbackDesk {
    /// Opens the desk at `path`, whatever its state.
    ///
    /// # Errors
    /// If not even the desk in memory can be made.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self, DeskError> {
        Self::open_within(path, PATIENCE, now)
    }

    /// A desk in memory alone, because there is no place for another.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn without_place() -> Result<Self, DeskError> {
        Ok(Self {
            path: None,
            patience: PATIENCE,
            desk: None,
            memory: SqliteDesk::in_memory()?,
            trouble: Some(NoPlace.into()),
            notices: Vec::new(),
        })
    }

    /// The same as `open`, waiting this long while another program holds it.
    pub(super) fn open_within(
        path: &Path,
        patience: Duration,
        now: Timestamp,
    ) -> Result<Self, DeskError> {
        let mut desk = Self {
            path: Some(path.to_path_buf()),
            patience,
            desk: None,
            memory: SqliteDesk::in_memory()?,
            trouble: None,
            notices: Vec::new(),
        };
        desk.open_desk(desk.patience, now)?;
        Ok(desk)
    }

    fn open_desk(&mut self, patience: Duration, now: Timestamp) -> Result<(), DeskError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let (desk, trouble) = match open(path, patience, OnDamage::PutAside(now)) {
            Opening::Opened { mut desk, notice } => {
                self.notices.extend(notice);
                let trouble = match settle(&mut desk, now) {
                    Ok(notice) => {
                        self.notices.extend(notice);
                        None
                    }
                    Err(DeskError::Trouble(trouble)) => Some(trouble),
                    Err(error) => return Err(error),
                };
                (Some(desk), trouble)
            }
            Opening::ReadOnly { desk, why } => (Some(desk), Some(why)),
            Opening::Unusable { why } => (None, Some(why)),
        };
        if let Some(desk) = &desk
            && !self.holds_something()?
        {
            self.memory = SqliteDesk::in_memory_for(desk.origin())?;
        }
        (self.desk, self.trouble) = (desk, trouble);
        Ok(())
    }

    /// What is wrong with the desk now, to be shown until it is solved.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Returns notices about the desk that have not been shown yet.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// All marks of the desk; none if it cannot be read.
    ///
    /// # Errors
    /// If reading fails.
    pub fn all(&mut self) -> Result<Vec<Marked>, DeskError> {
        match &mut self.desk {
            Some(desk) => desk.all(),
            None => Ok(Vec::new()),
        }
    }

    /// Whether there are decisions that would be lost if the program ended now.
    ///
    /// # Errors
    /// If memory cannot be read.
    pub fn holds_something(&mut self) -> Result<bool, DeskError> {
        Ok(!self.memory.journal(None, 1)?.is_empty())
    }

    /// Carries out a request and returns its outcome.
    pub fn handle(&mut self, request: Request, now: Timestamp) -> DeskAnswer {
        let answer = match request {
            Request::Commit(decision) => self.commit(&decision, now),
            Request::Undo(which) => self.undo(|desk, id| desk.undo(which, id, now)),
            Request::Redo => self.undo(|desk, id| desk.redo(id, now)),
            Request::Journal { before, most } => self.journal(before, most),
            Request::Renew(seen) => self.renew(&seen, now),
            Request::SaveElsewhere(path) => self.save(&path),
        };
        answer.unwrap_or_else(DeskAnswer::Refused)
    }

    /// Returns what others have done since, or that the desk works again.
    pub fn poll(&mut self, now: Timestamp) -> Option<DeskAnswer> {
        match self.look(now) {
            Ok(answer) => answer,
            Err(DeskError::Trouble(trouble)) => {
                self.note(trouble);
                None
            }
            Err(error) => Some(DeskAnswer::Refused(error)),
        }
    }

    fn look(&mut self, now: Timestamp) -> Result<Option<DeskAnswer>, DeskError> {
        if let Some(trouble) = &self.trouble
            && trouble.passes()
            && self.settle(now)?
        {
            return Ok(Some(DeskAnswer::Settled));
        }
        let news = match &mut self.desk {
            Some(desk) => desk.news()?,
            None => Vec::new(),
        };
        Ok((!news.is_empty()).then_some(DeskAnswer::News(news)))
    }

    /// Moves what memory holds to the desk, if the desk takes it at once.
    fn settle(&mut self, now: Timestamp) -> Result<bool, DeskError> {
        match &self.desk {
            // If another file is there now, or none, a person has to decide.
            Some(desk) if desk.is_writable() => desk.at_its_path()?,
            _ => self.open_desk(Duration::ZERO, now)?,
        }
        let Some(desk) = self.desk.as_mut().filter(|it| it.is_writable()) else {
            return Ok(false);
        };
        desk.set_patience(Duration::ZERO)?;
        let merged = desk.merge(&self.memory.records()?);
        desk.set_patience(self.patience)?;
        merged?;
        self.memory = SqliteDesk::in_memory_for(desk.origin())?;
        self.trouble = None;
        Ok(true)
    }

    fn commit(&mut self, decision: &NewDecision, now: Timestamp) -> Result<DeskAnswer, DeskError> {
        let id = draw()?;
        // The id is the same in both: should the desk have kept it after all, nothing is kept
        // twice.
        self.kept(|desk| desk.commit(decision, id, now))
            .map(|(transaction, kept)| DeskAnswer::Committed { transaction, kept })
    }

    /// The desk that records publications: memory while the desk is in trouble.
    pub fn for_publication(&mut self, now: Timestamp) -> Result<&mut SqliteDesk, DeskError> {
        match &mut self.desk {
            Some(desk) if self.trouble.is_none() => {
                self.notices.extend(settle(desk, now)?);
                Ok(desk)
            }
            _ => Ok(&mut self.memory),
        }
    }

    /// While the desk is in trouble, only decisions made since then can be undone.
    fn undo(
        &mut self,
        work: impl Fn(&mut SqliteDesk, TransactionId) -> Result<Undone, DeskError>,
    ) -> Result<DeskAnswer, DeskError> {
        let id = draw()?;
        let undone = self.kept(|desk| work(desk, id));
        match (undone, &self.trouble) {
            (Ok((undone, kept)), _) => Ok(DeskAnswer::Undone { undone, kept }),
            // Memory has nothing to undo; everything else is on the desk.
            (Err(_), Some(trouble)) => Err(trouble.clone().into()),
            (Err(error), None) => Err(error),
        }
    }

    /// Runs `work` on the desk, or in memory if the desk is in trouble.
    fn kept<T>(
        &mut self,
        work: impl Fn(&mut SqliteDesk) -> Result<T, DeskError>,
    ) -> Result<(T, Kept), DeskError> {
        if self.trouble.is_none()
            && let Some(desk) = &mut self.desk
        {
            match work(desk) {
                Ok(answer) => return Ok((answer, Kept::OnDesk)),
                Err(DeskError::Trouble(trouble)) => self.note(trouble),
                Err(error) => return Err(error),
            }
        }
        let answer = work(&mut self.memory)?;
        let kept = match &self.trouble {
            Some(trouble) => Kept::InMemory(trouble.clone()),
            None => Kept::OnDesk,
        };
        Ok((answer, kept))
    }

    /// Records trouble. A passing one does not replace a lasting one.
    fn note(&mut self, trouble: Trouble) {
        if !self.trouble.as_ref().is_some_and(Trouble::is_final) {
            self.trouble = Some(trouble);
        }
    }

    fn journal(&mut self, before: Option<i64>, most: usize) -> Result<DeskAnswer, DeskError> {
        let desk = match &mut self.desk {
            Some(desk) if self.trouble.is_none() => desk,
            _ => &mut self.memory,
        };
        desk.journal(before, most).map(DeskAnswer::Journal)
    }

    /// Nobody has asked for this, and it is found out again once the desk works: so it is skipped
    /// while the desk is in trouble, and a briefly locked desk does not count as trouble.
    fn renew(
        &mut self,
        seen: &[(Subject, Identity)],
        now: Timestamp,
    ) -> Result<DeskAnswer, DeskError> {
        if self.trouble.is_none()
            && let Some(desk) = &mut self.desk
        {
            match desk.renew(seen, now) {
                Ok(()) | Err(DeskError::Trouble(Trouble::Locked(_))) => {}
                Err(DeskError::Trouble(trouble)) => self.note(trouble),
                Err(error) => return Err(error),
            }
        }
        Ok(DeskAnswer::Renewed)
    }

    /// What would be lost with this program: what memory holds and, if nobody will find the desk's
    /// file again or its disk has failed, what the open desk still gives.
    fn rescued(&mut self) -> Result<SqliteDesk, DeskError> {
        let mut rescued = SqliteDesk::in_memory_for(self.memory.origin())?;
        let is_lost = matches!(
            self.trouble,
            Some(Trouble::Moved(_) | Trouble::Failed { .. })
        );
        if let Some(desk) = self.desk.as_mut().filter(|_| is_lost)
            && let Ok(records) = desk.records()
        {
            rescued.merge(&records)?;
        }
        rescued.merge(&self.memory.records()?)?;
        Ok(rescued)
    }

    fn save(&mut self, path: &Path) -> Result<DeskAnswer, DeskError> {
        let refused = |error: std::io::Error| {
            let is_there = error.kind() == ErrorKind::AlreadyExists;
            let why = match is_there {
                true => "this file exists; name another".to_owned(),
                false => error.to_string(),
            };
            DeskError::Export(format!("{}: {why}", path.display()))
        };
        let mut rescued = self.rescued()?;
        let mut file = std::fs::File::create_new(path).map_err(refused)?;
        export(&mut rescued, &mut std::io::BufWriter::new(&mut file))?;
        file.sync_all().map_err(refused)?;
        Ok(DeskAnswer::Saved(path.to_path_buf()))
    }

    /// Keeps tests with a locked desk fast.
    #[cfg(test)]
    pub(super) fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
        if let Some(desk) = &mut self.desk {
            desk.set_patience(patience).expect("a timeout");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::copy::DeskCopy;
    use super::*;

    #[test]
    fn a_desk_that_could_only_be_copied_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.db");
        let mut fallback = FallbackDesk::open(&path, Timestamp::UNIX_EPOCH).expect("a desk");
        // As if its disk had been full.
        let mut desk = fallback.desk.take().expect("a desk");
        desk.read_only(DeskCopy::new(&path).expect("a copy"));
        assert!(!desk.is_writable());
        fallback.desk = Some(desk);
        fallback.trouble = Some(Trouble::Full(path));
        let answer = fallback.poll(Timestamp::UNIX_EPOCH);
        assert_eq!(answer, Some(DeskAnswer::Settled));
        assert_eq!(fallback.trouble(), None);
        assert!(fallback.desk.is_some_and(|desk| desk.is_writable()));
    }
}
