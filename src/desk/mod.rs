//! Where marks are kept, with a journal from which every decision can be taken back. It knows no
//! screen and starts no thread.
//!
//! [`Desk`] says what a desk can do; [`SqliteDesk`] is the one there is, in a file or in memory.
//! [`open`] makes the best of a desk that is locked, read-only, newer or damaged, and [`FallbackDesk`]
//! keeps the decisions of a run when there is nothing better.

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
    Change, Field, Fingerprint, Identity, Mark, Stamp, Subject, Transaction, TransactionId,
};

pub use damage::OnDamage;
pub use decide::{Decider, Wish, complete, is_published, wishes_for};
pub use decided::Decided;
pub use exchange::{export, import};
pub use fallback::{Answer, FallbackDesk, Kept, Request};
pub use intent::{EditIntent, Intent, Staged, State};
pub use marked::{MarkedArticles, Words};
pub use opening::{Notice, Opening, open, put_aside_at};
pub use place::{NoPlace, place};
pub use publication::{Publication, settle};
pub use roots::root_of;
pub use service::{
    ChangedLines, DeskEvent, DeskRequest, DeskService, Marked as MarkedRows, Noted, Plan, Planned,
};
pub use sqlite::SqliteDesk;
pub use trouble::{DeskError, Trouble};

/// A place where marks are kept. Another store can be added by implementing this.
///
/// What answers `Ok` is durable: it survives the program being killed and the machine losing power.
/// Several programs may use one desk at once.
pub trait Desk {
    /// All marks, in an order that stays the same: what a program loads when it starts.
    fn all(&mut self) -> Result<Vec<Marked>, DeskError>;

    /// The marks that others have changed since this was last asked, or since the desk was opened.
    /// Cheap when there are none, so that it can be asked twice a second.
    fn news(&mut self) -> Result<Vec<Marked>, DeskError>;

    /// Keeps a decision under the name `id`, and answers what has become of it: each `before` is
    /// what the desk really held, and a change that others have made already is left out. `None`
    /// when none is left.
    ///
    /// `now` is moved on where a changed field was last changed later than that, as by a machine
    /// whose clock is ahead: a person's newest decision holds.
    ///
    /// # Errors
    /// When a changed article is new to the desk and the decision does not say what it is; when
    /// the desk is in trouble.
    fn commit(
        &mut self,
        decision: &Decision,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Option<Transaction>, DeskError>;

    /// Takes a transaction back, by another one of the name `id`.
    ///
    /// A field that a later decision has changed, here or elsewhere, keeps what that one said:
    /// only what is untouched since is restored, and the rest is answered in
    /// [`Undone::left`]. To take back an undo is to redo, and the other way round.
    ///
    /// # Errors
    /// When there is nothing to take back, it is taken back already, or all of it was changed
    /// since; when the desk is in trouble.
    fn undo(
        &mut self,
        which: Which,
        id: TransactionId,
        now: Timestamp,
    ) -> Result<Undone, DeskError>;

    /// Takes back the last undo, if no decision was made after it.
    ///
    /// # Errors
    /// As for [`undo`](Self::undo).
    fn redo(&mut self, id: TransactionId, now: Timestamp) -> Result<Undone, DeskError>;

    /// A page of the journal, newest first: at most `most` entries with numbers below `before`.
    fn journal(&mut self, before: Option<i64>, most: usize) -> Result<Vec<Entry>, DeskError>;

    /// Notes where articles lie now, and what they say. What they said when they were decided on
    /// stays noted beside it.
    fn renew(&mut self, seen: &[(Subject, Identity)], now: Timestamp) -> Result<(), DeskError>;

    /// Everything, to be merged into another desk.
    fn records(&mut self) -> Result<Records, DeskError>;

    /// Takes in what another desk holds, all or nothing. In whatever order and however often
    /// several desks are merged, the marks come out the same: the later change of a field holds.
    fn merge(&mut self, records: &Records) -> Result<Merged, DeskError>;

    /// Makes the marks anew from the journal, and answers how many fields of marks it has corrected.
    fn rebuild(&mut self) -> Result<usize, DeskError>;
}

/// A mark as the desk holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub subject: Subject,
    /// Where the article was last seen; its words are those that it was decided on.
    pub identity: Identity,
    /// Its words when it was last seen.
    pub seen: Option<Fingerprint>,
    pub mark: Mark,
    /// When each field was last changed.
    pub stamps: Vec<(Field, Stamp)>,
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

    /// Takes over what another mark of the same article says later.
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

    /// Of done, rejected and later only the last decision holds. Two machines, or an undo, can leave
    /// more than one: each field's own history knows nothing of the others.
    pub fn keep_last_handling(&mut self) {
        let set = |field: &Field| self.mark.get(field) != field.untouched();
        let mut handlings: Vec<(Stamp, Field)> = self
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

    /// Takes in what a transaction has made of a field.
    fn apply(&mut self, change: &Change, transaction: &Transaction) {
        let stamp = Stamp {
            when: transaction.when,
            transaction: transaction.id,
        };
        self.mark.set(&change.field, &change.after);
        self.stamps.retain(|(field, _)| *field != change.field);
        self.stamps.push((change.field.clone(), stamp));
    }

    /// Takes in how its article was seen now. Returns whether that is otherwise than before.
    pub fn renew(&mut self, now: &Identity) -> bool {
        let is_same_file = follow::file(&self.identity) == follow::file(now);
        // Where it could not be read, what is known of it goes with the version it was read in.
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
    pub fn latest(&self) -> Option<Stamp> {
        self.stamps.iter().map(|(_, stamp)| *stamp).max()
    }
}

/// What a person wants, not yet in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// To a person: `done`, `tag +robotics, 12 articles`.
    pub label: String,
    /// Of two changes of one field the last counts.
    pub changes: Vec<Change>,
    /// What the articles are at this moment. A desk needs it for those that it does not know, and
    /// takes it as what they said when they were decided on.
    pub articles: Vec<(Subject, Identity)>,
}

/// Which transaction to take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The last decision that was made with this opened desk and still holds; else the last that
    /// was made on this machine before it was opened. Never what another program has decided
    /// meanwhile on the same desk.
    Last,
    /// A given one, whoever made it.
    Id(TransactionId),
}

/// What an undo or a redo has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The new transaction.
    pub transaction: Transaction,
    /// What was not restored, as it was changed again since.
    pub left: Vec<Change>,
}

/// A transaction in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number on this desk, from 1: the one to show and to type.
    pub number: i64,
    pub transaction: Transaction,
    pub standing: Standing,
}

/// Whether a transaction still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Holds,
    TakenBack,
}

/// What a desk holds, for another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    pub articles: Vec<Known>,
    pub transactions: Vec<Transaction>,
}

/// An article that a desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub subject: Subject,
    pub identity: Identity,
    /// Its words when it was last seen.
    pub seen: Option<Fingerprint>,
    /// When that was noted.
    pub noted: Timestamp,
}

/// What a merge has brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Transactions that were new.
    pub new: usize,
    /// Transactions that this desk had already.
    pub known: usize,
}

/// Draws the name of a transaction.
///
/// # Errors
/// When the system has no random numbers to give.
pub fn draw() -> Result<TransactionId, DeskError> {
    let number = || getrandom::u64().map_err(|error| Trouble::Unexpected(error.to_string()));
    Ok(TransactionId(
        u128::from(number()?) << 64 | u128::from(number()?),
    ))
}
