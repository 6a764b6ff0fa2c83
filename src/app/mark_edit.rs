//! Edits of marks: each one that a key or a command can ask for. The desk commits them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::command::Decision;
use crate::desk::{FieldWish, edit, until};
use crate::format::edit::{Asking, described};
use crate::model::{MarkField, MarkValue};

/// An edit of marks, and its label for people.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkEdit {
    pub wishes: Vec<FieldWish>,
    pub label: String,
}

impl MarkEdit {
    fn flag(field: MarkField, on: bool, label: &str) -> Self {
        Self {
            wishes: vec![(field, MarkValue::Flag(on))],
            label: label.to_owned(),
        }
    }

    /// The edit that a line asks for.
    ///
    /// # Errors
    /// If its time is over; the error is a sentence.
    pub fn of(decision: &Decision, now: Timestamp, zone: &TimeZone) -> Result<Self, String> {
        Ok(match decision {
            Decision::Done(on) => Self::done(*on),
            Decision::Read(on) => Self::read(*on),
            Decision::Starred(on) => Self::starred(*on),
            Decision::Rejected => Self::rejected(true),
            Decision::Unhandled => Self::unhandled(),
            Decision::Publish(to) => Self::publish(*to),
            Decision::Later(None) => Self::not_later(),
            Decision::Later(Some(when)) => {
                let until = until::parse(when, now, zone).map_err(|error| error.to_string())?;
                Self::later(until, when)
            }
            Decision::Tag(tag) => {
                Self::tags(&format!("{tag},")).ok_or_else(|| format!("“{tag}” is not a tag"))?
            }
            Decision::Note(text) => Self::note(text),
            Decision::Field(field, asked) => Self::file_field(field, asked),
        })
    }

    /// Both edits as one. Where they overlap, the later one wins.
    pub fn and(mut self, later: Self) -> Self {
        let is_new = |field: &MarkField| later.wishes.iter().all(|(other, _)| other != field);
        self.wishes.retain(|(field, _)| is_new(field));
        self.wishes.extend(later.wishes);
        self.label = format!("{}, {}", self.label, later.label);
        self
    }

    pub fn done(on: bool) -> Self {
        Self::flag(MarkField::Done, on, if on { "done" } else { "not done" })
    }

    pub fn rejected(on: bool) -> Self {
        let mut edit = Self::flag(
            MarkField::Rejected,
            on,
            if on { "rejected" } else { "not rejected" },
        );
        if on {
            edit.wishes
                .push((MarkField::Publication, MarkValue::Staged(None)));
        }
        edit
    }

    /// Back into the Inbox, however the article was handled; nothing is to be published any more.
    pub fn unhandled() -> Self {
        let untouched = |field: MarkField| {
            let value = field.untouched();
            (field, value)
        };
        // Staging a publication is a handling too.
        let mut wishes = MarkField::HANDLINGS.map(untouched).to_vec();
        wishes.push((MarkField::Publication, MarkValue::Staged(None)));
        Self {
            wishes,
            label: "back in the Inbox".to_owned(),
        }
    }

    pub fn read(on: bool) -> Self {
        Self::flag(MarkField::Read, on, if on { "read" } else { "unread" })
    }

    pub fn starred(on: bool) -> Self {
        let label = if on { "starred" } else { "not starred" };
        Self::flag(MarkField::Starred, on, label)
    }

    pub fn later(until: Timestamp, said: &str) -> Self {
        Self {
            wishes: vec![(MarkField::Later, MarkValue::Until(Some(until)))],
            label: format!("later {said}"),
        }
    }

    pub fn not_later() -> Self {
        Self {
            wishes: vec![(MarkField::Later, MarkValue::Until(None))],
            label: "back from later".to_owned(),
        }
    }

    pub fn note(text: &str) -> Self {
        let label = if text.is_empty() { "no note" } else { "note" };
        Self {
            wishes: vec![(MarkField::Note, MarkValue::Text(text.to_owned()))],
            label: label.to_owned(),
        }
    }

    /// Handles the article and stages publishing (`true`) or unpublishing.
    pub fn publish(to: bool) -> Self {
        let word = if to { "publish" } else { "unpublish" };
        Self {
            wishes: vec![
                (MarkField::Publication, MarkValue::Staged(Some(to))),
                (MarkField::Done, MarkValue::Flag(true)),
            ],
            label: format!("{word}: staged"),
        }
    }

    /// Stages changes of a field of the file. Changes staged before stay.
    pub fn file_field(field: &str, asked: &[Asking]) -> Self {
        Self {
            wishes: vec![edit::wish(field, asked)],
            label: format!("{}: staged", described(field, asked)),
        }
    }

    /// Unstages its publication and these fields of the file, and puts it back into the Inbox.
    pub fn unstaged<'a>(fields: impl IntoIterator<Item = &'a String>) -> Self {
        let mut edit = Self::unhandled();
        let fields = fields.into_iter().map(|it| edit::wish(it, &[]));
        edit.wishes.extend(fields);
        edit.label = "not staged".to_owned();
        edit
    }

    /// The publication it stages.
    pub fn stages(&self) -> Option<bool> {
        self.wishes.iter().find_map(|(_, value)| match value {
            MarkValue::Staged(to) => *to,
            MarkValue::Flag(_) | MarkValue::Until(_) | MarkValue::Text(_) | MarkValue::Bond(_) => {
                None
            }
        })
    }

    /// Whether it takes articles out of the Inbox.
    pub fn handles(&self) -> bool {
        let takes_out =
            |(field, value): &FieldWish| field.is_handling() && *value != field.untouched();
        self.wishes.iter().any(takes_out)
    }

    /// Parses tags to add, and with a `-` to remove: words, or any texts separated by commas.
    pub fn tags(typed: &str) -> Option<Self> {
        let parts: Vec<&str> = if typed.contains(',') {
            typed.split(',').collect()
        } else {
            typed.split_whitespace().collect()
        };
        let tags: Vec<(bool, &str)> = parts
            .into_iter()
            .map(str::trim)
            .map(|part| match part.strip_prefix('-') {
                Some(name) => (false, name),
                None => (true, part.strip_prefix('+').unwrap_or(part)),
            })
            .collect();
        let wish = |(on, name): &(bool, &str)| Some((MarkField::tag(name)?, MarkValue::Flag(*on)));
        let wishes: Vec<FieldWish> = tags.iter().filter_map(wish).collect();
        let sign = |on: bool| if on { '+' } else { '-' };
        let names: Vec<String> = tags
            .iter()
            .filter(|(_, name)| !name.trim().is_empty())
            .map(|(on, name)| format!("tag {}{}", sign(*on), name.trim()))
            .collect();
        (!wishes.is_empty()).then(|| Self {
            wishes,
            label: names.join(", "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words_or_stand_between_commas() {
        let names = |typed: &str| {
            let edit = MarkEdit::tags(typed)?;
            let name =
                |(field, value): &FieldWish| (field.to_string(), *value == MarkValue::Flag(true));
            Some(edit.wishes.iter().map(name).collect::<Vec<_>>())
        };
        let tag = |name: &str, on| (format!("tag:{name}"), on);
        assert_eq!(
            names("a +b -c"),
            Some(vec![tag("a", true), tag("b", true), tag("c", false)])
        );
        assert_eq!(
            names("to do, -x"),
            Some(vec![tag("to do", true), tag("x", false)])
        );
        assert_eq!(names(" - , "), None);
        assert_eq!(
            MarkEdit::tags("to do, -x").map(|it| it.label),
            Some("tag +to do, tag -x".to_owned())
        );
    }

    #[test]
    fn what_takes_out_of_the_inbox_handles() {
        let later = MarkEdit::later(Timestamp::UNIX_EPOCH, "1d");
        for edit in [
            MarkEdit::done(true),
            MarkEdit::rejected(true),
            MarkEdit::publish(false),
            later,
        ] {
            assert!(edit.handles(), "{edit:?}");
        }
        for edit in [
            MarkEdit::unhandled(),
            MarkEdit::unstaged([]),
            MarkEdit::starred(true),
        ] {
            assert!(!edit.handles(), "{edit:?}");
        }
        assert_eq!(MarkEdit::publish(false).stages(), Some(false));
        assert_eq!(MarkEdit::unstaged([]).stages(), None);
    }
}
