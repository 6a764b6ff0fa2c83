//! Storage of marks, with a journal from which every decision can be undone. It knows no screen and
//! starts no thread.
//!
//! [`Desk`] says what a desk can do; [`SqliteDesk`] is the implementation, in a file or in memory.
//! [`open`] makes the best of a desk that is locked, read-only, newer or damaged, and
//! [`FallbackDesk`] keeps the decisions of a run if there is nothing better.

mod arrivals;
mod bonds;
mod checked;
mod commit;
mod copy;
mod damage;
mod decide;
mod decided;
mod decode;
mod exchange;
mod fallback;
mod fingerprints;
mod intent;
mod marked;
mod merge;
mod opening;
mod place;
mod publication;
mod read;
mod roots;
mod schema;
mod scope;
mod service;
mod sqlite;
mod stop;
mod trouble;
mod undo;
mod writes;

pub mod edit;
pub mod follow;
pub mod publish;
pub mod until;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::model::{
    ChangeStamp, Fingerprint, Identity, Mark, MarkChange, MarkField, Subject, Transaction,
    TransactionId,
};

pub use arrivals::{Arrival, SourceHashes};
pub use bonds::{StoryChange, wishes};
pub use damage::OnDamage;
pub use decide::{Decider, FieldWish, complete, is_published, wishes_for};
pub use decided::Decided;
pub use decode::json as json_of;
pub use exchange::{export, import};
pub use fallback::{DeskAnswer, FallbackDesk, Kept, Request};
pub use intent::{EditIntent, Intent, Staged, State};
pub use marked::{MarkedArticles, WordsKnown};
pub use opening::{Notice, Opening, open, put_aside_at};
pub use place::{NoPlace, place};
pub use publication::{AT_ONCE, OpenPublication, settle};
pub use roots::root_of;
pub use service::{
    ChangedLines, DeskEvent, DeskRequest, DeskService, FilePlan, JournalLine, PlannedFile,
    RowMarks as MarkedRows,
};
pub use sqlite::SqliteDesk;
pub use trouble::{DeskError, Trouble};

/// A store of marks. Implement it to add another kind of store.
///
/// What returns `Ok` is durable: it survives the program being killed and the machine losing power.
/// Several programs may use one desk at the same time.
pub trait Desk {
    /// All marks, in a stable order: what a program loads when it starts.
    fn all(&mut self) -> Result<Vec<Marked>, DeskError>;

    /// The marks that others have changed since the last call, or since the desk was opened. Cheap
    /// if there are none, so that it can be polled twice a second.
    fn news(&mut self) -> Result<Vec<Marked>, DeskError>;

    /// Commits a decision with the id `id`, and returns the result: each `before` is what the desk
    /// really held, and changes that others have already made are left out. `None` if none remain.
    ///
    /// `now` is moved forward if a changed field was last changed later than that, for example by a
    /// machine whose clock is ahead: a person's newest decision prevails.
    ///
    /// # Errors
    /// If a changed article is new to the desk and the decision does not describe it; if the desk
    /// is in trouble.
    fn commit(
        &mut self,
        decision: &NewDecision,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Option<Transaction>, DeskError>;

    /// Undoes a transaction with another one that has the id `id`.
    ///
    /// A field that a later decision has changed, here or elsewhere, keeps that value: only what
    /// has not been touched since is restored, and the rest is returned in [`Undone::left`].
    /// Undoing an undo is a redo, and vice versa.
    ///
    /// # Errors
    /// If there is nothing to undo, it is undone already, or all of it was changed since; if the
    /// desk is in trouble.
    fn undo(
        &mut self,
        which: UndoTarget,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Undone, DeskError>;

    /// Redoes the last undo, if no decision was made after it.
    ///
    /// # Errors
    /// As for [`undo`](Self::undo).
    fn redo(&mut self, id: TransactionId, now: Timestamp) -> Result<Undone, DeskError>;

    /// A page of the journal, newest first: at most `most` entries with numbers below `before`.
    fn journal(&mut self, before: Option<i64>, most: usize)
    -> Result<Vec<JournalEntry>, DeskError>;

    /// Records where articles are now, and what they say. What they said when they were decided on
    /// stays recorded too.
    fn renew(&mut self, seen: &[(Subject, Identity)], now: Timestamp) -> Result<(), DeskError>;

    /// Everything, for merging into another desk.
    fn records(&mut self) -> Result<Records, DeskError>;

    /// Merges another desk's records, all or nothing. Merging several desks in any order, any number
    /// of times, gives the same marks: for each field the later change prevails.
    fn merge(&mut self, records: &Records) -> Result<Merged, DeskError>;

    /// Rebuilds the marks from the journal, and returns how many fields it has corrected.
    fn rebuild(&mut self) -> Result<usize, DeskError>;
}

/// A mark as the desk holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub subject: Subject,
    /// Where the article was last seen; the fingerprint is from when it was decided on.
    pub identity: Identity,
    /// Its fingerprint when it was last seen.
    pub seen: Option<Fingerprint>,
    pub mark: Mark,
    /// When each field was last changed.
    pub stamps: Vec<(MarkField, ChangeStamp)>,
}

impl Marked {
    /// The mark of an article that nobody has touched.
    pub fn untouched(subject: Subject) -> Self {
        Self {
            subject,
            identity: Identity::default(),
            seen: None,
            mark: Mark::default(),
            stamps: Vec::new(),
        }
    }

    /// Takes over what is later in another mark of the same article.
    pub fn absorb(&mut self, other: &Marked) {
        for (field, stamp) in &other.stamps {
            match self.stamps.iter_mut().find(|(it, _)| it == field) {
                Some((_, mine)) if *mine >= *stamp => continue,
                Some((_, mine)) => *mine = *stamp,
                None => self.stamps.push((field.clone(), *stamp)),
            }
            self.mark.set(field, &other.mark.get(field));
        }
        self.keep_last_handling();
    }

    /// Keeps only the last of done, rejected and later. Two machines, or an undo, can leave more
    /// than one set: each field's history knows nothing of the others.
    pub fn keep_last_handling(&mut self) {
        let set = |field: &MarkField| self.mark.get(field) != field.untouched();
        let mut handlings: Vec<(ChangeStamp, MarkField)> = self
            .stamps
            .iter()
            .filter(|(field, _)| field.is_handling() && set(field))
            .map(|(field, stamp)| (*stamp, field.clone()))
            .collect();
        handlings.sort_unstable();
        // The last one stays.
        handlings.pop();
        for (_, field) in handlings {
            self.mark.set(&field, &field.untouched());
        }
    }

    /// Applies a transaction's change of a field.
    fn apply(&mut self, change: &MarkChange, transaction: &Transaction) {
        let stamp = ChangeStamp {
            when: transaction.when,
            transaction: transaction.id,
        };
        self.mark.set(&change.field, &change.after);
        self.stamps.retain(|(field, _)| *field != change.field);
        self.stamps.push((change.field.clone(), stamp));
    }

    /// Takes in how its article looks now. Returns whether that differs from before.
    pub fn renew(&mut self, now: &Identity) -> bool {
        let is_same_file = follow::file(&self.identity) == follow::file(now);
        // If it could not be read, keep the fingerprint together with the version it was read from.
        let (seen, version) = match now.fingerprint {
            Some(words) => (Some(words), now.version),
            None => (self.seen, self.identity.version.filter(|_| is_same_file)),
        };
        let is_same = is_same_file
            && self.identity.page == now.page
            && self.seen == seen
            && self.identity.version == version;
        if !is_same {
            let fingerprint = self.identity.fingerprint;
            self.identity = Identity {
                fingerprint,
                version,
                ..now.clone()
            };
            self.seen = seen;
        }
        !is_same
    }

    /// When it was last decided on.
    pub fn latest(&self) -> Option<ChangeStamp> {
        self.stamps.iter().map(|(_, stamp)| *stamp).max()
    }
}

/// What a person wants, not yet in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDecision {
    /// For people: `done`, `tag +robotics, 12 articles`.
    pub label: String,
    /// Of two changes to one field, the last counts.
    pub changes: Vec<MarkChange>,
    /// What the articles are at this moment. A desk needs it for those it does not know, and
    /// records it as what they said when they were decided on.
    pub articles: Vec<(Subject, Identity)>,
}

/// Which transaction to undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoTarget {
    /// The last decision made through this opened desk that still holds; otherwise the last one
    /// made on this machine before it was opened. Never what another program has decided meanwhile
    /// on the same desk.
    Last,
    /// A given one, whoever made it.
    Id(TransactionId),
}

/// What an undo or a redo has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The new transaction.
    pub transaction: Transaction,
    /// What was not restored, because it was changed again since.
    pub left: Vec<MarkChange>,
}

/// A transaction in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number on this desk, from 1: the one to show and to type.
    pub number: i64,
    pub transaction: Transaction,
    pub standing: TransactionState,
}

/// Whether a transaction still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionState {
    Holds,
    TakenBack,
}

/// What a desk holds, for another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    pub articles: Vec<KnownArticle>,
    pub transactions: Vec<Transaction>,
}

/// An article that a desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownArticle {
    pub subject: Subject,
    pub identity: Identity,
    /// Its fingerprint when it was last seen.
    pub seen: Option<Fingerprint>,
    /// When that was recorded.
    pub noted: Timestamp,
}

/// The result of a merge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Number of new transactions.
    pub new: usize,
    /// Number of transactions that this desk already had.
    pub known: usize,
}

/// Draws a random transaction id.
///
/// # Errors
/// If the system has no random numbers to give.
pub fn draw() -> Result<TransactionId, DeskError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Trouble::Unexpected(error.to_string()))?;
    Ok(TransactionId(u128::from_ne_bytes(bytes)))
}
