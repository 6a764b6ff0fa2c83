//! Arguments of the commands that bring articles in, and their help: feeds, fetch, add.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::config::every;

pub(in crate::cli) const FEEDS_EXAMPLES: &str = "\
Examples:
  newsdesk feeds add https://example.org
  newsdesk feeds import subscriptions.opml
  newsdesk feeds list

The feeds are in ~/.config/newsdesk/feeds.toml, which you can also edit.
Exit code: 0; 1 if something needs attention; 2 if it could not run.";

const ADD_EXAMPLES: &str = "\
Examples:
  newsdesk feeds add example.org                          finds the feeds of a page
  newsdesk feeds add https://example.org --pick 2         the second of them
  newsdesk feeds add https://example.org/feed --into ai --topic AI --every 1h

Without --into, its articles go into a folder of the library, named after the feed.";

const LIST_EXAMPLES: &str = "\
Examples:
  newsdesk feeds list
  newsdesk feeds list --format json | jq '.[] | select(.error)'";

const REMOVE_EXAMPLES: &str = "\
Examples:
  newsdesk feeds remove \"Ars Technica\"

Its articles stay.";

const RENAME_EXAMPLES: &str = "\
Examples:
  newsdesk feeds rename ars \"Ars Technica\"

Existing articles keep the old name in their `feed` field.";

const MOVE_EXAMPLES: &str = "\
Examples:
  newsdesk feeds move ars                                 to the address that its server gives
  newsdesk feeds move ars https://example.org/new.xml

What was fetched from it stays known, so nothing comes twice.";

const CHECK_EXAMPLES: &str = "\
Examples:
  newsdesk feeds check
  newsdesk feeds check ars

Requests each feed, and writes nothing.
Exit code: 0 if all can be read; 1 if one cannot; 2 if it could not run.";

const IMPORT_EXAMPLES: &str = "\
Examples:
  newsdesk feeds import subscriptions.opml
  newsdesk feeds import ~/.newsboat/urls
  newsdesk feeds import subscriptions.opml --dry-run

Folders and tags become topics. Feeds that are in the list already stay as they are.";

const EXPORT_EXAMPLES: &str = "\
Examples:
  newsdesk feeds export subscriptions.opml
  newsdesk feeds export | less";

pub(in crate::cli) const FETCH_EXAMPLES: &str = "\
Examples:
  newsdesk fetch                      what is due
  newsdesk fetch --all
  newsdesk fetch ars --dry-run
  0 * * * *  newsdesk fetch           from cron: only one fetch runs at a time

Prints a line per feed, then: feeds N, unchanged N, new N, updated N, failed N.
Exit code: 0; 1 if a feed failed; 2 if it could not run.";

pub(in crate::cli) const SAVE_EXAMPLES: &str = "\
Examples:
  newsdesk add https://example.org/2026/tides
  newsdesk add --into reading example.org/tides
  newsdesk add - < links.txt

The page becomes an article: its main text in Markdown, title, excerpt, date, author and picture.
It goes into the first folder of the default library, unless it is there already.
Exit code: 0; 1 if a page could not be saved; 2 if it could not run.";

/// The arguments of `add`.
#[derive(Debug, clap::Args)]
pub struct SaveArgs {
    /// Addresses of pages; `-` reads them from stdin, one per line
    #[arg(value_name = "URL", required = true)]
    pub urls: Vec<String>,

    /// Folder for the articles, in the library or absolute
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<String>,
}

/// The arguments of `feeds`.
#[derive(Debug, clap::Args)]
pub struct FeedsArgs {
    #[command(subcommand)]
    pub work: FeedsWork,
}

/// What can be done with the list of feeds.
#[derive(Debug, clap::Subcommand)]
pub enum FeedsWork {
    /// Add a feed, or one that a page links to
    #[command(after_help = ADD_EXAMPLES)]
    Add(AddArgs),
    /// List the feeds and how each last fetch went
    #[command(after_help = LIST_EXAMPLES)]
    List {
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: FeedsFormat,
    },
    /// Remove a feed from the list
    #[command(after_help = REMOVE_EXAMPLES)]
    Remove {
        /// Its name, a part of it, or its address
        name: String,
    },
    /// Rename a feed
    #[command(after_help = RENAME_EXAMPLES)]
    Rename {
        /// Its name, a part of it, or its address
        name: String,
        new: String,
    },
    /// Change the address of a feed
    #[command(after_help = MOVE_EXAMPLES)]
    Move {
        /// Its name, a part of it, or its address
        name: String,
        /// Its new address [default: the one that its server gives]
        url: Option<String>,
    },
    /// Request feeds, and report what is wrong with them
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// Names of feeds [default: all]
        names: Vec<String>,
    },
    /// Add the feeds from another program: OPML, or newsboat's urls
    #[command(after_help = IMPORT_EXAMPLES)]
    Import {
        /// The file to read; `-` is stdin
        file: PathBuf,
        /// Show what would be added
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the feeds as OPML
    #[command(after_help = EXPORT_EXAMPLES)]
    Export {
        /// The file to create [default: stdout]
        file: Option<PathBuf>,
    },
}

/// The arguments of `feeds add`.
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// Address of the feed, or of a page that links to it
    pub url: String,

    /// Folder for its articles, in the library or absolute
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<String>,

    /// Its name [default: its title]
    #[arg(long)]
    pub name: Option<String>,

    /// Topic for its articles; can be repeated
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,

    /// Which feed, if the page links to several
    #[arg(long, value_name = "N")]
    pub pick: Option<usize>,

    /// How often to fetch it: 30m, 6h, 2d
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub every: Option<String>,
}

fn time(text: &str) -> Result<String, &'static str> {
    match every::parse(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(every::EXPECTED),
    }
}

/// How feeds are printed, and what was fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FeedsFormat {
    #[default]
    Text,
    /// An array of objects, one per feed; of `fetch`, an object with that array as `feeds` and with
    /// `totals`
    Json,
}

/// The arguments of `fetch`.
#[derive(Debug, clap::Args)]
pub struct FetchArgs {
    /// Feeds to fetch, due or not [default: those that are due]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,

    /// Fetch all feeds, due or not
    #[arg(long, conflicts_with = "names")]
    pub all: bool,

    /// Show what would be new, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: FeedsFormat,
}
