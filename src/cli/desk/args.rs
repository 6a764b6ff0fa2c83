//! Arguments of the commands that use the desk, and their help.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use super::wish::MarkWishes;
use crate::model::TransactionId;

const MARK_EXAMPLES: &str = "\
Examples:
  newsdesk mark -q 'is:read date:<2021-06-01' --done ~/site/_news
  newsdesk mark -q 'provider:reuters' --tag +follow --later monday --dry-run
  newsdesk mark -q 'is:starred' --unstar --tag=-follow

All of it is one decision, which `newsdesk undo` undoes.
Exit code: 0; 1 if part of the library could not be read, or a hook failed; 2 if it could not run.";

const JOURNAL_EXAMPLES: &str = "\
Examples:
  newsdesk journal --limit 20
  newsdesk journal --format json ~/site/_news | jq '.[0]'";

const UNDO_EXAMPLES: &str = "\
Examples:
  newsdesk undo
  newsdesk undo 12

`newsdesk journal` shows the numbers.";

const REDO_EXAMPLES: &str = "\
Examples:
  newsdesk undo && newsdesk redo";

const PUBLISH_EXAMPLES: &str = "\
Examples:
  newsdesk publish -q 'quality>90 is:unpublished' ~/site/_news          stage and show the changes
  newsdesk publish -q 'quality>90 is:unpublished' ~/site/_news --yes    write it into the files

In each file only the field that the site's generator obeys changes. Where a folder, a date or a
section decides instead, the file is refused with the reason.
Exit code: 0; 1 if a file was refused or could not be read; 2 if it could not run.";

const WRITE_EXAMPLES: &str = "\
Examples:
  newsdesk write ~/site/_news        # shows the change of each file
  newsdesk write --yes ~/site/_news

You stage publications (P and H in the reader, publish) and fields (E, edit), and undo stages what
reverts written files.

Exit code: 0 if all is well; 1 if a file was refused or could not be read; 2 if it could not run.";

const UNPUBLISH_EXAMPLES: &str = "\
Examples:
  newsdesk unpublish -q 'provider:reuters date:<2020' ~/site/_news          stage and show the changes
  newsdesk unpublish -q 'provider:reuters date:<2020' ~/site/_news --yes    write it into the files

The opposite of `newsdesk publish`, by the same rules.
Exit code: 0; 1 if a file was refused or could not be read; 2 if it could not run.";

const EDIT_EXAMPLES: &str = "\
Examples:
  newsdesk edit -q 'provider:reuters' --set quality=70 ~/site/_news          show what would change
  newsdesk edit -q 'topic:ml' --add topics=ai --remove topics=ml --yes       write it into the files
  newsdesk edit -q 'is:draft' --remove category --dry-run

Use dots for nested fields: --set author.name=Ada. In each file only the fields that you name change.
Exit code: 0; 1 if a file was refused or could not be read; 2 if it could not run.";

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

/// Commands that use the desk, without the reader.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Mark the articles selected by a query
    #[command(after_help = MARK_EXAMPLES)]
    Mark(MarkArgs),
    /// List decisions, newest first
    #[command(after_help = JOURNAL_EXAMPLES)]
    Journal(JournalArgs),
    /// Undo a decision
    #[command(after_help = UNDO_EXAMPLES)]
    Undo(UndoArgs),
    /// Redo what was undone last
    #[command(after_help = REDO_EXAMPLES)]
    Redo,
    /// Export, import or rebuild the marks
    #[command(after_help = DESK_EXAMPLES)]
    Desk(DeskArgs),
    /// Publish the articles selected by a query, by changing their files
    #[command(after_help = PUBLISH_EXAMPLES)]
    Publish(PublishArgs),
    /// Unpublish the articles selected by a query, by changing their files
    #[command(after_help = UNPUBLISH_EXAMPLES)]
    Unpublish(PublishArgs),
    /// Write what is staged into the files
    #[command(after_help = WRITE_EXAMPLES)]
    Write(WriteArgs),
    /// Change fields in the files of the articles selected by a query
    #[command(after_help = EDIT_EXAMPLES)]
    Edit(EditArgs),
}

/// The arguments of `mark`.
#[derive(Debug, clap::Args)]
pub struct MarkArgs {
    /// The articles to mark
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub wishes: MarkWishes,

    /// Only print how many articles would be marked, with a sample
    #[arg(long, conflicts_with = "acknowledge")]
    pub dry_run: bool,

    /// Commit each article separately, and print a line once it is on disk
    #[arg(long)]
    pub acknowledge: bool,
}

/// The arguments of `journal`.
#[derive(Debug, clap::Args)]
pub struct JournalArgs {
    /// Folders and files to take the articles' titles from
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: JournalFormat,

    /// Print at most N decisions
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
}

/// How the journal is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum JournalFormat {
    /// One line per decision
    #[default]
    Text,
    /// One array of objects, one per decision, with all its changes
    Json,
}

/// The arguments of `undo`.
#[derive(Debug, clap::Args)]
pub struct UndoArgs {
    /// The decision's number in the journal, or its id [default: the last decision]
    #[arg(value_name = "ID")]
    pub named: Option<NamedDecision>,
}

/// A decision, as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDecision {
    /// Its number in this desk's journal.
    Number(i64),
    /// Its id, the same on all desks.
    Id(TransactionId),
}

/// Number of hex digits in an id.
const ID_DIGITS: usize = 32;

impl FromStr for NamedDecision {
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

/// Commands for a desk as a whole.
#[derive(Debug, clap::Subcommand)]
pub enum DeskWork {
    /// Write all marks and the journal as JSON lines
    #[command(after_help = DESK_EXPORT_EXAMPLES)]
    Export {
        /// The file to create [default: stdout]
        file: Option<PathBuf>,
    },
    /// Merge an export into the desk; for each mark the later change wins
    #[command(after_help = DESK_IMPORT_EXAMPLES)]
    Import {
        /// The file to read [default: stdin]
        file: Option<PathBuf>,
    },
    /// Rebuild the marks from the journal
    #[command(after_help = DESK_REBUILD_EXAMPLES)]
    Rebuild,
}

/// The arguments of `publish` and `unpublish`.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// The articles to change
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only show what would change
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Write the changes into the files
    #[arg(long)]
    pub yes: bool,
}

/// The arguments of `write`.
#[derive(Debug, clap::Args)]
pub struct WriteArgs {
    /// Only articles selected by this query
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,

    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Write the changes into the files [default: only show them]
    #[arg(long)]
    pub yes: bool,
}

/// The arguments of `edit`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
pub struct EditArgs {
    /// The articles to change
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Set a field to a value
    #[arg(long, value_name = "FIELD=VALUE", group = "change")]
    pub set: Vec<Assignment>,

    /// Add an entry to a list, such as topics or categories
    #[arg(long, value_name = "FIELD=ENTRY", group = "change")]
    pub add: Vec<Assignment>,

    /// Remove an entry from a list, or a whole field from the file
    #[arg(long, value_name = "FIELD[=ENTRY]", group = "change")]
    pub remove: Vec<Removal>,

    /// Only show what would change
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Write the changes into the files
    #[arg(long)]
    pub yes: bool,
}

/// A field and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub field: String,
    pub value: String,
}

impl FromStr for Assignment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = "expected FIELD=VALUE; to remove a field use --remove FIELD";
        let (field, value) = text.split_once('=').ok_or(wanted)?;
        let (field, value) = (field.trim().to_owned(), value.trim().to_owned());
        if field.is_empty() || value.is_empty() {
            return Err(wanted);
        }
        Ok(Self { field, value })
    }
}

/// A field to remove, or an entry of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    Field(String),
    Entry(Assignment),
}

impl FromStr for Removal {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" => Err("expected FIELD or FIELD=ENTRY"),
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
        assert_eq!("12".parse(), Ok(NamedDecision::Number(12)));
        let id = TransactionId(0x12);
        assert_eq!(id.to_string().parse(), Ok(NamedDecision::Id(id)));
        for wrong in ["", "0", "-1", "twelve", "99999999999999999999"] {
            assert!(wrong.parse::<NamedDecision>().is_err(), "{wrong}");
        }
    }
}
