//! Telling the journal what was written into files.
//!
//! Before it, a file said the contrary, and after it nothing waits: so taking it back stages the
//! contrary, to be looked at and written again. A decision could not say that, as its `before` is
//! what waited; it is therefore brought in as a transaction.

use jiff::Timestamp;

use super::trouble::DeskError;
use super::{Desk, Records, SqliteDesk, draw};
use crate::model::{Change, Field, Subject, Transaction, Value};

/// What was written: that these articles are published, or are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub subjects: Vec<Subject>,
    pub to: bool,
    pub label: String,
}

/// Notes at a desk what was written.
///
/// # Errors
/// When the desk is in trouble.
pub fn note(
    desk: &mut SqliteDesk,
    written: &Written,
    now: Timestamp,
) -> Result<Transaction, DeskError> {
    let marks = desk.all()?;
    let stamps = marks
        .iter()
        .filter(|it| written.subjects.contains(&it.subject));
    let latest = stamps.filter_map(|it| it.latest()).map(|it| it.when).max();
    let after = latest.map_or(i64::MIN, |at| at.as_microsecond() + 1);
    let now = now.as_microsecond().max(after);
    let changes = written.subjects.iter().map(|subject| Change {
        article: *subject,
        field: Field::Publication,
        before: Value::Staged(Some(!written.to)),
        after: Value::Staged(None),
    });
    let transaction = Transaction {
        id: draw()?,
        label: written.label.clone(),
        when: Timestamp::from_microsecond(now).unwrap_or(Timestamp::MAX),
        origin: desk.origin(),
        undoes: None,
        changes: changes.collect(),
    };
    desk.merge(&Records {
        articles: Vec::new(),
        transactions: vec![transaction.clone()],
    })?;
    Ok(transaction)
}
