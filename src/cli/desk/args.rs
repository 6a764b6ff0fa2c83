//! The arguments of the commands at the desk, and their help. Not what is done with them.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use super::wish::Wishes;
use crate::model::TransactionId;

const MARK_EXAMPLES: &str = "\
Examples:
  newsdesk mark -q 'is:read date:<2021-06-01' --done ~/site/_news
  newsdesk mark -q 'provider:reuters' --tag +follow --later monday --dry-run
  newsdesk mark -q 'is:starred' --unstar --tag=-follow

All of it is one undo: `newsdesk undo` takes it back.";

const JOURNAL_EXAMPLES: &str = "\
Examples:
  newsdesk journal --limit 20
  newsdesk journal --format json ~/site/_news | jq '.[0]'";

const UNDO_EXAMPLES: &str = "\
Examples:
  newsdesk undo
  newsdesk undo 12

`newsdesk journal` has the numbers of all decisions.";

const REDO_EXAMPLES: &str = "\
Examples:
  newsdesk undo && newsdesk redo";

const PUBLISH_EXAMPLES: &str = "\
Examples:
  newsdesk publish -q 'quality>90 is:unpublished' ~/site/_news          stage, and show what changes
  newsdesk publish -q 'quality>90 is:unpublished' ~/site/_news --yes    write it into the files

The rule of the site's generator decides: only the bytes of the field that it obeys change in a
file, and what a folder, a date or a section decides is refused with the reason.
Exits with 0, with 1 when a file was refused, with 2 when it could not run.";

const UNPUBLISH_EXAMPLES: &str = "\
Examples:
  newsdesk unpublish -q 'provider:reuters date:<2020' --dry-run ~/site/_news    show what would change
  newsdesk unpublish -q 'provider:reuters date:<2020' --yes ~/site/_news        write it into the files

As `newsdesk publish`, the other way round: `newsdesk help publish` says more.
Exits with 0, with 1 when a file was refused, with 2 when it could not run.";

const EDIT_EXAMPLES: &str = "\
Examples:
  newsdesk edit -q 'provider:reuters' --set quality=70 ~/site/_news          show what would change
  newsdesk edit -q 'topic:ml' --add topics=ai --remove topics=ml --yes       write it into the files
  newsdesk edit -q 'is:draft' --remove category --dry-run

Fields of their own are reached with dots: --set author.name=Ada. Only the bytes of the fields that
you name change in a file. Exits with 0, with 1 when a file was refused, with 2 when it could not run.";

const DESK_EXPORT_EXAMPLES: &str = "\
Examples:
  newsdesk desk export marks.jsonl
  newsdesk desk export | less";

const DESK_IMPORT_EXAMPLES: &str = "\
Examples:
  newsdesk desk import marks.jsonl";

const DESK_REBUILD_EXAMPLES: &str = "\
Examples:
  newsdesk desk rebuild";

const DESK_EXAMPLES: &str = "\
Examples:
  newsdesk desk export marks.jsonl
  ssh laptop newsdesk desk export | newsdesk desk import";

/// What can be done at the desk without the reader.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Mark the articles that a query finds
    #[command(after_help = MARK_EXAMPLES)]
    Mark(MarkArgs),
    /// Print what was decided, newest first
    #[command(after_help = JOURNAL_EXAMPLES)]
    Journal(JournalArgs),
    /// Take back a decision
    #[command(after_help = UNDO_EXAMPLES)]
    Undo(UndoArgs),
    /// Take back the last undo
    #[command(after_help = REDO_EXAMPLES)]
    Redo,
    /// Export, import or rebuild the marks
    #[command(after_help = DESK_EXAMPLES)]
    Desk(DeskArgs),
    /// Publish the articles that a query finds, in their files
    #[command(after_help = PUBLISH_EXAMPLES)]
    Publish(PublishArgs),
    /// Publish them no more
    #[command(after_help = UNPUBLISH_EXAMPLES)]
    Unpublish(PublishArgs),
    /// Change fields of the articles that a query finds, in their files
    #[command(after_help = EDIT_EXAMPLES)]
    Edit(EditArgs),
}

/// The arguments of `mark`.
#[derive(Debug, clap::Args)]
pub struct MarkArgs {
    /// Which articles
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Folders and files to look in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub wishes: Wishes,

    /// Only say how many it would be, with a sample
    #[arg(long, conflicts_with = "acknowledge")]
    pub dry_run: bool,

    /// Keep every article by itself, and print a line for it once it is on the disk
    #[arg(long)]
    pub acknowledge: bool,
}

/// The arguments of `journal`.
#[derive(Debug, clap::Args)]
pub struct JournalArgs {
    /// Folders and files to look for the articles in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: JournalFormat,

    /// The most decisions to print
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
}

/// How the journal is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum JournalFormat {
    /// A line a decision
    #[default]
    Text,
    /// One array, an object a decision, with all that it changed
    Json,
}

/// The arguments of `undo`.
#[derive(Debug, clap::Args)]
pub struct UndoArgs {
    /// The number that the journal gives it, or its id; else the last decision
    #[arg(value_name = "ID")]
    pub named: Option<Named>,
}

/// A decision as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Its number in the journal of this desk.
    Number(i64),
    /// Its name on all desks.
    Id(TransactionId),
}

/// Digits of the name of a transaction.
const ID_DIGITS: usize = 32;

impl FromStr for Named {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = "neither a number nor an id; `newsdesk journal` prints them";
        if text.len() == ID_DIGITS {
            return text.parse().map(Self::Id).map_err(|_| unknown);
        }
        match text.parse() {
            Ok(number) if number > 0 => Ok(Self::Number(number)),
            _ => Err(unknown),
        }
    }
}

/// The arguments of `desk`.
#[derive(Debug, clap::Args)]
pub struct DeskArgs {
    #[command(subcommand)]
    pub work: DeskWork,
}

/// What can be done with a desk as a whole.
#[derive(Debug, clap::Subcommand)]
pub enum DeskWork {
    /// Write all marks and the journal, as lines of JSON
    #[command(after_help = DESK_EXPORT_EXAMPLES)]
    Export {
        /// The file to make; else stdout
        file: Option<PathBuf>,
    },
    /// Merge an export into the desk; the later change of a mark holds
    #[command(after_help = DESK_IMPORT_EXAMPLES)]
    Import {
        /// The file to read; else stdin
        file: Option<PathBuf>,
    },
    /// Make the marks anew from the journal
    #[command(after_help = DESK_REBUILD_EXAMPLES)]
    Rebuild,
}

/// The arguments of `publish` and `unpublish`.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// Which articles
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Folders and files to look in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only show what would change
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Write it into the files
    #[arg(long)]
    pub yes: bool,
}

/// The arguments of `edit`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
pub struct EditArgs {
    /// Which articles
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Folders and files to look in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Give a field this value
    #[arg(long, value_name = "FIELD=VALUE", group = "change")]
    pub set: Vec<Assignment>,

    /// Add an entry to a list: topics, categories …
    #[arg(long, value_name = "FIELD=ENTRY", group = "change")]
    pub add: Vec<Assignment>,

    /// Take an entry from a list, or a field out of the file
    #[arg(long, value_name = "FIELD[=ENTRY]", group = "change")]
    pub remove: Vec<Removal>,

    /// Only show what would change
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Write it into the files
    #[arg(long)]
    pub yes: bool,
}

/// A field and what it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub field: String,
    pub value: String,
}

impl FromStr for Assignment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = "write FIELD=VALUE; a field goes with --remove FIELD";
        let (field, value) = text.split_once('=').ok_or(wanted)?;
        let (field, value) = (field.trim().to_owned(), value.trim().to_owned());
        if field.is_empty() || value.is_empty() {
            return Err(wanted);
        }
        Ok(Self { field, value })
    }
}

/// A field that goes, or what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    Field(String),
    Entry(Assignment),
}

impl FromStr for Removal {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" => Err("write FIELD or FIELD=ENTRY"),
            entry if entry.contains('=') => entry.parse().map(Self::Entry),
            field => Ok(Self::Field(field.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_named_by_number_or_by_id() {
        assert_eq!("12".parse(), Ok(Named::Number(12)));
        let id = TransactionId(0x12);
        assert_eq!(id.to_string().parse(), Ok(Named::Id(id)));
        for wrong in ["", "0", "-1", "twelve", "99999999999999999999"] {
            assert!(wrong.parse::<Named>().is_err(), "{wrong}");
        }
    }
}
