//! What is wanted of articles: each mark that a key or a command can ask for. The desk makes it so.

use jiff::Timestamp;

use crate::desk::Wish;
use crate::format::number;
use crate::model::{Field, Value};

/// A change of marks, and what a person calls it.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkEdit {
    pub wishes: Vec<Wish>,
    pub label: String,
}

impl MarkEdit {
    fn flag(field: Field, on: bool, label: &str) -> Self {
        Self {
            wishes: vec![(field, Value::Flag(on))],
            label: label.to_owned(),
        }
    }

    pub fn done(on: bool) -> Self {
        Self::flag(Field::Done, on, if on { "done" } else { "not done" })
    }

    pub fn read(on: bool) -> Self {
        Self::flag(Field::Read, on, if on { "read" } else { "unread" })
    }

    pub fn starred(on: bool) -> Self {
        let label = if on { "starred" } else { "not starred" };
        Self::flag(Field::Starred, on, label)
    }

    /// What is put off comes back, so that it is not done.
    pub fn later(until: Timestamp, said: &str) -> Self {
        Self {
            wishes: vec![
                (Field::Later, Value::Until(Some(until))),
                (Field::Done, Value::Flag(false)),
            ],
            label: format!("later {said}"),
        }
    }

    pub fn not_later() -> Self {
        Self {
            wishes: vec![(Field::Later, Value::Until(None))],
            label: "not later".to_owned(),
        }
    }

    pub fn note(text: &str) -> Self {
        let label = if text.is_empty() { "no note" } else { "note" };
        Self {
            wishes: vec![(Field::Note, Value::Text(text.to_owned()))],
            label: label.to_owned(),
        }
    }

    /// `to`: what is to be written into the files; `None` takes back what is staged.
    pub fn staged(to: Option<bool>) -> Self {
        let label = match to {
            Some(true) => "publish: staged",
            Some(false) => "unpublish: staged",
            None => "not staged",
        };
        Self {
            wishes: vec![(Field::Publication, Value::Staged(to))],
            label: label.to_owned(),
        }
    }

    /// Tags to put on, and with a `-` to take off: words, or between commas anything.
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
        let wish = |(on, name): &(bool, &str)| Some((Field::tag(name)?, Value::Flag(*on)));
        let wishes: Vec<Wish> = tags.iter().filter_map(wish).collect();
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

/// `1 article`, `1,200 articles`.
pub fn articles(count: usize) -> String {
    match count {
        1 => "1 article".to_owned(),
        _ => format!("{} articles", number::grouped(count as i64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words_or_stand_between_commas() {
        let names = |typed: &str| {
            let edit = MarkEdit::tags(typed)?;
            let name = |(field, value): &Wish| (field.to_string(), *value == Value::Flag(true));
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
    fn what_is_put_off_is_not_done() {
        let edit = MarkEdit::later(Timestamp::UNIX_EPOCH, "1d");
        assert!(edit.wishes.contains(&(Field::Done, Value::Flag(false))));
    }
}
