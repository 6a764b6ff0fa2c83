//! What a person decided about an article, and how that changes. Plain data; the desk stores it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::mem::discriminant;
use std::str::FromStr;

use jiff::Timestamp;

use super::Subject;

/// What a person decided about an article. The default is an untouched article.
///
/// Done, rejected and later exclude each other: see [`MarkField::is_handling`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub read: bool,
    pub starred: bool,
    pub done: bool,
    /// Not wanted: out of the Inbox, and left out of publication in bulk.
    pub rejected: bool,
    /// When it returns to the Inbox.
    pub later: Option<Timestamp>,
    pub tags: BTreeSet<String>,
    /// Empty if there is none.
    pub note: String,
    /// The publication that is staged: true to publish, false to unpublish.
    pub publication: Option<bool>,
    /// Other staged changes of the file: by field, the changes. Layers above know the notation;
    /// here it is just a text that is not empty.
    pub edits: BTreeMap<String, String>,
    /// Whether it tells the same story as other articles, against what the library finds.
    pub bonds: BTreeMap<Subject, Bond>,
}

/// What a person decided about the stories of two articles. The mark of each says it of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// They tell the same.
    Together,
    /// They do not, whatever is found.
    Apart,
}

impl Mark {
    /// Whether it awaits a decision: neither done nor rejected nor put off beyond `now`.
    pub fn is_in_inbox(&self, now: Timestamp) -> bool {
        !self.done && !self.rejected && self.later.is_none_or(|until| until <= now)
    }

    /// Whether a change of the file is staged.
    pub fn is_staged(&self) -> bool {
        self.publication.is_some() || !self.edits.is_empty()
    }

    /// The value of a field.
    pub fn get(&self, field: &MarkField) -> MarkValue {
        match field {
            MarkField::Read => MarkValue::Flag(self.read),
            MarkField::Starred => MarkValue::Flag(self.starred),
            MarkField::Done => MarkValue::Flag(self.done),
            MarkField::Rejected => MarkValue::Flag(self.rejected),
            MarkField::Later => MarkValue::Until(self.later),
            MarkField::Tag(name) => MarkValue::Flag(self.tags.contains(name)),
            MarkField::Note => MarkValue::Text(self.note.clone()),
            MarkField::Publication => MarkValue::Staged(self.publication),
            MarkField::Edit(name) => {
                MarkValue::Text(self.edits.get(name).cloned().unwrap_or_default())
            }
            MarkField::Story(other) => MarkValue::Bond(self.bonds.get(other).copied()),
        }
    }

    /// Sets a field. A value of the wrong kind changes nothing.
    pub fn set(&mut self, field: &MarkField, value: &MarkValue) {
        match (field, value) {
            (MarkField::Read, MarkValue::Flag(it)) => self.read = *it,
            (MarkField::Starred, MarkValue::Flag(it)) => self.starred = *it,
            (MarkField::Done, MarkValue::Flag(it)) => self.done = *it,
            (MarkField::Rejected, MarkValue::Flag(it)) => self.rejected = *it,
            (MarkField::Later, MarkValue::Until(it)) => self.later = *it,
            (MarkField::Tag(name), MarkValue::Flag(true)) => {
                self.tags.insert(name.clone());
            }
            (MarkField::Tag(name), MarkValue::Flag(false)) => {
                self.tags.remove(name);
            }
            (MarkField::Note, MarkValue::Text(it)) => self.note.clone_from(it),
            (MarkField::Publication, MarkValue::Staged(it)) => self.publication = *it,
            (MarkField::Edit(name), MarkValue::Text(it)) if it.is_empty() => {
                self.edits.remove(name);
            }
            (MarkField::Edit(name), MarkValue::Text(it)) => {
                self.edits.insert(name.clone(), it.clone());
            }
            (MarkField::Story(other), MarkValue::Bond(None)) => {
                self.bonds.remove(other);
            }
            (MarkField::Story(other), MarkValue::Bond(Some(it))) => {
                self.bonds.insert(*other, *it);
            }
            _ => {}
        }
    }
}

/// An independent part of a mark. Each tag is one, so that tags added on two machines are both kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkField {
    Read,
    Starred,
    Done,
    Rejected,
    Later,
    Tag(String),
    Note,
    Publication,
    /// A staged change of a field of the file, by the field's name.
    Edit(String),
    /// Whether it tells the same story as the article with this subject.
    Story(Subject),
}

impl MarkField {
    /// The parts of which only one is in effect at a time; each takes an article out of the Inbox.
    pub const HANDLINGS: [Self; 3] = [Self::Done, Self::Rejected, Self::Later];

    /// Whether it is one of [`Self::HANDLINGS`].
    pub fn is_handling(&self) -> bool {
        Self::HANDLINGS.contains(self)
    }

    /// The tag of that name; `None` for a blank name.
    pub fn tag(name: &str) -> Option<Self> {
        let name = name.trim();
        (!name.is_empty()).then(|| Self::Tag(name.to_owned()))
    }

    /// Whether a value is of this field's kind.
    pub fn admits(&self, value: &MarkValue) -> bool {
        discriminant(&self.untouched()) == discriminant(value)
    }

    /// Its value in an untouched article.
    pub fn untouched(&self) -> MarkValue {
        Mark::default().get(self)
    }
}

/// Its name in the journal and in exports: `read`, `tag:robotics`.
impl fmt::Display for MarkField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Starred => "starred",
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Later => "later",
            Self::Tag(name) => return write!(f, "tag:{name}"),
            Self::Note => "note",
            Self::Publication => "publication",
            Self::Edit(name) => return write!(f, "edit:{name}"),
            Self::Story(other) => return write!(f, "story:{other}"),
        })
    }
}

/// A name that is not a field's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not a part of a mark", .0.escape_default())]
pub struct UnknownMarkField(pub String);

impl FromStr for MarkField {
    type Err = UnknownMarkField;

    fn from_str(text: &str) -> Result<Self, UnknownMarkField> {
        let field = match text {
            "read" => Some(Self::Read),
            "starred" => Some(Self::Starred),
            "done" => Some(Self::Done),
            "rejected" => Some(Self::Rejected),
            "later" => Some(Self::Later),
            "note" => Some(Self::Note),
            "publication" => Some(Self::Publication),
            _ => text
                .strip_prefix("tag:")
                .map(|name| Self::Tag(name.to_owned()))
                .or_else(|| Some(Self::Edit(text.strip_prefix("edit:")?.to_owned())))
                .or_else(|| Some(Self::Story(text.strip_prefix("story:")?.parse().ok()?))),
        };
        field.ok_or_else(|| UnknownMarkField(text.to_owned()))
    }
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkValue {
    /// Of `read`, `starred`, `done`, `rejected` and of a tag.
    Flag(bool),
    /// Of `later`.
    Until(Option<Timestamp>),
    /// Of `note` and of an edit.
    Text(String),
    /// Of `publication`.
    Staged(Option<bool>),
    /// Of `story`.
    Bond(Option<Bond>),
}

/// One field of one article's mark, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkChange {
    pub article: Subject,
    pub field: MarkField,
    pub before: MarkValue,
    pub after: MarkValue,
}

impl MarkChange {
    /// The change that sets `field` to `after`; `None` if it has that value already.
    pub fn new(article: Subject, mark: &Mark, field: MarkField, after: MarkValue) -> Option<Self> {
        let before = mark.get(&field);
        (before != after).then_some(Self {
            article,
            field,
            before,
            after,
        })
    }

    /// Whether it takes the article out of the Inbox.
    pub fn handles(&self) -> bool {
        self.field.is_handling() && self.after != self.field.untouched()
    }

    /// The change that undoes this one.
    pub fn swapped(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
            ..self
        }
    }
}

/// Identifies a transaction: random, so that no two machines produce the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionId(pub u128);

impl fmt::Display for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for TransactionId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

/// Who made a transaction. Both are random.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TransactionOrigin {
    /// The desk file.
    pub machine: u64,
    /// The run of the program.
    pub session: u64,
}

/// Changes that are made and undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub id: TransactionId,
    /// For people: `done`, `tag +robotics, 12 articles`.
    pub label: String,
    /// In microseconds; later than every earlier change of the same fields.
    pub when: Timestamp,
    pub origin: TransactionOrigin,
    /// The transaction that this undo reverts, or the undo that this redo reverts; `None` for a
    /// decision.
    pub undoes: Option<TransactionId>,
    /// At most one per field of an article.
    pub changes: Vec<MarkChange>,
}

/// Orders changes of a field: the later one wins, and of simultaneous ones the greater id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeStamp {
    pub when: Timestamp,
    pub transaction: TransactionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_field() -> Vec<(MarkField, MarkValue)> {
        vec![
            (MarkField::Read, MarkValue::Flag(true)),
            (MarkField::Starred, MarkValue::Flag(true)),
            (MarkField::Done, MarkValue::Flag(true)),
            (MarkField::Rejected, MarkValue::Flag(true)),
            (
                MarkField::Later,
                MarkValue::Until(Some(Timestamp::UNIX_EPOCH)),
            ),
            (MarkField::Tag("a b".into()), MarkValue::Flag(true)),
            (MarkField::Note, MarkValue::Text("because".into())),
            (MarkField::Publication, MarkValue::Staged(Some(false))),
            (
                MarkField::Edit("topics".into()),
                MarkValue::Text("+ai".into()),
            ),
            (
                MarkField::Story(Subject(7)),
                MarkValue::Bond(Some(Bond::Apart)),
            ),
        ]
    }

    #[test]
    fn every_field_is_set_and_taken_back_by_itself() {
        for (field, value) in every_field() {
            let mut mark = Mark::default();
            let change = MarkChange::new(Subject(1), &mark, field.clone(), value.clone());
            let change = change.expect("something changes");
            mark.set(&field, &change.after);
            assert_eq!(mark.get(&field), value);
            for (other, _) in every_field().iter().filter(|(it, _)| *it != field) {
                assert_eq!(
                    mark.get(other),
                    other.untouched(),
                    "{field} changed {other}"
                );
            }
            assert_eq!(
                MarkChange::new(Subject(1), &mark, field.clone(), value),
                None
            );
            mark.set(&field, &change.swapped().after);
            assert_eq!(mark, Mark::default());
        }
    }

    #[test]
    fn a_field_is_read_back_from_its_name() {
        for (field, _) in every_field() {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        for wrong in ["", "Read", "tags", "story:", "story:x"] {
            assert_eq!(
                wrong.parse::<MarkField>(),
                Err(UnknownMarkField(wrong.into()))
            );
        }
    }

    #[test]
    fn a_tag_has_a_name() {
        assert_eq!(
            MarkField::tag(" to do "),
            Some(MarkField::Tag("to do".into()))
        );
        assert_eq!(MarkField::tag("  "), None);
    }

    #[test]
    fn a_value_of_another_field_is_not_admitted() {
        for (field, value) in every_field() {
            assert!(field.admits(&value));
            let wrong = match value {
                MarkValue::Flag(_) => MarkValue::Staged(Some(true)),
                _ => MarkValue::Flag(true),
            };
            assert!(!field.admits(&wrong), "{field}");
            let mut mark = Mark::default();
            mark.set(&field, &wrong);
            assert_eq!(mark, Mark::default());
        }
    }

    #[test]
    fn what_was_put_off_comes_back_by_itself() {
        let until = Timestamp::from_second(1_000).expect("a time");
        let before = Timestamp::from_second(999).expect("a time");
        let mut mark = Mark {
            later: Some(until),
            ..Mark::default()
        };
        assert!(!mark.is_in_inbox(before));
        assert!(mark.is_in_inbox(until));
        for handled in [MarkField::Done, MarkField::Rejected] {
            mark = Mark::default();
            mark.set(&handled, &MarkValue::Flag(true));
            assert!(!mark.is_in_inbox(until), "{handled}");
        }
        assert!(Mark::default().is_in_inbox(before));
    }
}
