//! The mark edits that `newsdesk mark` takes as options.

use std::str::FromStr;

use crate::desk::until::{self, UntilError};
use crate::desk::{FieldWish, complete};
use crate::model::{MarkField, MarkValue};
use crate::query::Clock;

/// Options that edit a mark; at least one is required.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct MarkWishes {
    /// Mark as read
    #[arg(long)]
    read: bool,
    /// Mark as not read
    #[arg(long, conflicts_with = "read")]
    unread: bool,
    /// Add a star
    #[arg(long)]
    star: bool,
    /// Remove the star
    #[arg(long, conflicts_with = "star")]
    unstar: bool,
    /// Mark as done: leaves the Inbox
    #[arg(long)]
    done: bool,
    /// Mark as not done: returns to the Inbox
    #[arg(long, conflicts_with = "done")]
    undone: bool,
    /// Reject: leaves the Inbox, and is left out of bulk publication
    #[arg(long, conflicts_with = "done")]
    reject: bool,
    /// Withdraw the rejection: returns to the Inbox
    #[arg(long, conflicts_with = "reject")]
    unreject: bool,
    /// Postpone until then: 30m, 4h, 3d, monday, 2026-12-01 10:00
    #[arg(long, value_name = "WHEN", conflicts_with_all = ["done", "reject"])]
    later: Option<String>,
    /// Postpone no longer
    #[arg(long, conflicts_with = "later")]
    no_later: bool,
    /// Add or remove a tag: +robotics, -robotics
    #[arg(long, value_name = "+TAG|-TAG", allow_hyphen_values = true)]
    tag: Vec<TagWish>,
    /// Set the note; an empty one removes it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// A tag to add or remove.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TagWish {
    name: String,
    is_on: bool,
}

impl FromStr for TagWish {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, is_on) = match text.strip_prefix('-') {
            Some(name) => (name, false),
            None => (text.strip_prefix('+').unwrap_or(text), true),
        };
        match MarkField::tag(name) {
            // One that has it already can still be removed.
            Some(MarkField::Tag(name)) if is_on && name.contains(char::is_control) => {
                Err("a tag is one line, without control characters")
            }
            Some(MarkField::Tag(name)) => Ok(Self { name, is_on }),
            _ => Err("the tag has no name; write +robotics or -robotics"),
        }
    }
}

impl MarkWishes {
    /// The fields to set, and their values.
    ///
    /// # Errors
    /// If `--later` is not a time in the future.
    pub fn wanted(&self, clock: &Clock) -> Result<Vec<FieldWish>, UntilError> {
        let later = match &self.later {
            Some(text) => Some(until::parse(text, clock.now, &clock.zone)?),
            None => None,
        };
        let flags = self.flags().filter(|(is_given, ..)| *is_given);
        let flags = flags.map(|(_, field, on, _)| (field, MarkValue::Flag(on)));
        let later = (later.is_some() || self.no_later)
            .then_some((MarkField::Later, MarkValue::Until(later)));
        let tags = self.tag.iter().map(|tag| {
            let field = MarkField::Tag(tag.name.clone());
            (field, MarkValue::Flag(tag.is_on))
        });
        let note = self
            .note
            .iter()
            .map(|text| (MarkField::Note, MarkValue::Text(text.clone())));
        let given = flags.chain(later).chain(tags).chain(note).collect();
        Ok(complete(given))
    }

    /// The edits in words, for the journal: `done, tag +robotics`.
    pub fn label(&self) -> String {
        let flags = self.flags().filter(|(is_given, ..)| *is_given);
        let flags = flags.map(|(.., word)| word.to_owned());
        let later = self.later.iter().map(|text| format!("later {text}"));
        let no_later = self.no_later.then(|| "back from later".to_owned());
        let tags = self.tag.iter().map(|tag| {
            let sign = if tag.is_on { '+' } else { '-' };
            format!("tag {sign}{}", tag.name)
        });
        let note = self.note.iter().map(|text| match text.is_empty() {
            true => "no note".to_owned(),
            false => "note".to_owned(),
        });
        let all: Vec<String> = flags
            .chain(later)
            .chain(no_later)
            .chain(tags)
            .chain(note)
            .collect();
        all.join(", ")
    }

    /// All options without a value: whether given, the field and value they set, and how they are
    /// worded.
    fn flags(&self) -> impl Iterator<Item = (bool, MarkField, bool, &'static str)> {
        [
            (self.read, MarkField::Read, true, "read"),
            (self.unread, MarkField::Read, false, "unread"),
            (self.star, MarkField::Starred, true, "starred"),
            (self.unstar, MarkField::Starred, false, "not starred"),
            (self.done, MarkField::Done, true, "done"),
            (self.undone, MarkField::Done, false, "not done"),
            (self.reject, MarkField::Rejected, true, "rejected"),
            (self.unreject, MarkField::Rejected, false, "not rejected"),
        ]
        .into_iter()
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        wishes: MarkWishes,
    }

    fn read(options: &[&str]) -> Result<MarkWishes, clap::Error> {
        let line = Line::try_parse_from(["mark"].iter().chain(options))?;
        Ok(line.wishes)
    }

    fn clock() -> Clock {
        Clock {
            now: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
        }
    }

    #[test]
    fn every_option_sets_its_field() {
        let wishes = read(&[
            "--read", "--unstar", "--later", "1d", "--tag", "+a", "--tag", "-b c", "--tag=d",
            "--note", "because",
        ])
        .expect("options");
        let tomorrow = Timestamp::from_second(24 * 60 * 60).ok();
        let tag = |name: &str, on| (MarkField::Tag(name.to_owned()), MarkValue::Flag(on));
        assert_eq!(
            wishes.wanted(&clock()).expect("a time"),
            [
                (MarkField::Read, MarkValue::Flag(true)),
                (MarkField::Starred, MarkValue::Flag(false)),
                (MarkField::Later, MarkValue::Until(tomorrow)),
                tag("a", true),
                tag("b c", false),
                tag("d", true),
                (MarkField::Note, MarkValue::Text("because".to_owned())),
                (MarkField::Done, MarkValue::Flag(false)),
                (MarkField::Rejected, MarkValue::Flag(false)),
            ]
        );
        assert_eq!(
            wishes.label(),
            "read, not starred, later 1d, tag +a, tag -b c, tag +d, note"
        );
    }

    #[test]
    fn done_implies_read_unless_said_otherwise() {
        let done = read(&["--done"]).expect("options").wanted(&clock());
        let done = done.expect("nothing to read");
        assert!(done.contains(&(MarkField::Read, MarkValue::Flag(true))));
        assert!(done.contains(&(MarkField::Rejected, MarkValue::Flag(false))));
        let unread = read(&["--done", "--unread"]).expect("options");
        let unread = unread.wanted(&clock()).expect("nothing to read");
        assert!(unread.contains(&(MarkField::Read, MarkValue::Flag(false))));
    }

    #[test]
    fn what_was_put_off_can_come_back_at_once() {
        let wishes = read(&["--no-later"]).expect("options");
        let wanted = wishes.wanted(&clock()).expect("nothing to read");
        assert_eq!(wanted, [(MarkField::Later, MarkValue::Until(None))]);
    }

    #[test]
    fn options_that_say_nothing_or_two_things_are_refused() {
        for wrong in [
            &[][..],
            &["--read", "--unread"],
            &["--later", "1d", "--no-later"],
            &["--later", "1d", "--done"],
            &["--reject", "--done"],
            &["--tag", "+"],
            &["--tag", "+a\nb"],
            &["--tag", "- "],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
        let past = read(&["--later", "1969-12-31"]).expect("options");
        assert!(past.wanted(&clock()).is_err());
    }
}
