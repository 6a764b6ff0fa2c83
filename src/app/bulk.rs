//! The command line: a decision and a query, as in `:done is:read date:<2021-06-01`. Without a
//! query it applies to the selected articles or the one under the cursor.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::mark_edit::MarkEdit;
use crate::desk::until;
use crate::query::{Query, parse};

/// The words that start a command, and what each does.
pub const COMMANDS: [(&str, &str); 14] = [
    ("done", "out of the Inbox"),
    ("undone", "not done: back into the Inbox"),
    ("reject", "out of the Inbox, and not published in bulk"),
    ("unhandle", "back into the Inbox, however it was handled"),
    ("read", "mark as read"),
    ("unread", "mark as not read"),
    ("star", "add a star"),
    ("unstar", "remove the star"),
    ("later", "put off until then: later 3d, later monday"),
    ("no-later", "put off no longer"),
    ("tag", "add or remove a tag: tag +follow, tag -follow"),
    ("note", "set the note: note \"a few words\""),
    ("publish", "stage publishing and mark done"),
    ("unpublish", "stage unpublishing and mark done"),
];

/// A parsed command.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulk {
    pub edit: MarkEdit,
    /// `None`: applies to the selected articles or the one under the cursor.
    pub query: Option<Query>,
}

impl Bulk {
    /// Parses a command.
    ///
    /// # Errors
    /// If it is not valid; the error is a sentence.
    pub fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Self, String> {
        let (word, rest) = cut(text.trim_start());
        let (edit, rest) = match word {
            "done" => (MarkEdit::done(true), rest),
            "undone" => (MarkEdit::done(false), rest),
            "read" => (MarkEdit::read(true), rest),
            "unread" => (MarkEdit::read(false), rest),
            "star" => (MarkEdit::starred(true), rest),
            "unstar" => (MarkEdit::starred(false), rest),
            "no-later" => (MarkEdit::not_later(), rest),
            "reject" => (MarkEdit::rejected(true), rest),
            "unhandle" => (MarkEdit::unhandled(), rest),
            "publish" => (MarkEdit::publish(true), rest),
            "unpublish" => (MarkEdit::publish(false), rest),
            "later" => {
                let (when, rest) = argument(rest, "later needs a time: later 3d, later monday")?;
                let until = until::parse(&when, now, zone).map_err(|error| error.to_string())?;
                (MarkEdit::later(until, &when), rest)
            }
            "tag" => {
                let missing = "tag needs a name: tag +follow, tag -follow";
                let (tag, rest) = argument(rest, missing)?;
                (MarkEdit::tags(&format!("{tag},")).ok_or(missing)?, rest)
            }
            "note" => {
                let (note, rest) = argument(rest, "note needs a text: note \"a few words\"")?;
                (MarkEdit::note(&note), rest)
            }
            _ => {
                let words: Vec<&str> = COMMANDS.iter().map(|(word, _)| *word).collect();
                return Err(format!(
                    "“{word}” is not a command; the commands are {}",
                    words.join(", ")
                ));
            }
        };
        let query = match rest.trim() {
            "" => None,
            query => Some(parse(query).map_err(|error| error.to_string())?),
        };
        Ok(Self { edit, query })
    }
}

/// Splits off the first word.
fn cut(text: &str) -> (&str, &str) {
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim_start()),
        None => (text, ""),
    }
}

/// Splits off the first argument: a word, or a quoted text.
fn argument<'a>(text: &'a str, missing: &str) -> Result<(String, &'a str), String> {
    let (argument, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or("the closing \" is missing")?,
        None => cut(text),
    };
    if argument.trim().is_empty() {
        return Err(missing.to_owned());
    }
    Ok((argument.to_owned(), rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<(String, Option<String>), String> {
        let bulk = Bulk::parse(text, Timestamp::UNIX_EPOCH, &TimeZone::UTC)?;
        Ok((bulk.edit.label, bulk.query.map(|query| query.to_string())))
    }

    #[test]
    fn a_command_and_its_query() {
        for (text, label, query) in [
            (
                "done is:read date:<2021-06-01",
                "done",
                Some("is:read date:<2021-06-01"),
            ),
            (
                "star topic:robotics quality>90",
                "starred",
                Some("topic:robotics quality>90"),
            ),
            (
                "tag +follow provider:reuters",
                "tag +follow",
                Some("provider:reuters"),
            ),
            ("tag \"-to do\" lidar", "tag -to do", Some("lidar")),
            ("later 3d", "later 3d", None),
            (
                "later \"next week\" lidar",
                "later next week",
                Some("lidar"),
            ),
            ("note \"look again\" lidar", "note", Some("lidar")),
            ("unpublish", "unpublish: staged", None),
        ] {
            let expected = (label.to_owned(), query.map(str::to_owned));
            assert_eq!(parsed(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_command_is_said() {
        for (text, said) in [
            ("doen lidar", "“doen” is not a command"),
            ("later", "later needs a time"),
            ("later soon", "is not a date"),
            ("tag", "tag needs a name"),
            ("note \"open", "closing"),
            ("done qualiti>5", "no field “qualiti”"),
        ] {
            let error = parsed(text).expect_err(text);
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
