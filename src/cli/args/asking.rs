//! The arguments of the commands that ask a library, and their help: which articles, and how they are
//! printed. Not what is done with them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::fields::Field;

pub(super) const LIST_EXAMPLES: &str = "\
Examples:
  newsdesk list ~/site/_news | head
  newsdesk list -q 'topic:ai quality>50 -is:published sort:-quality' --limit 20
  newsdesk list -q is:unpublished --fields path,title --format tsv .
  newsdesk list --view inbox --fields title,meta.layout,marks.tags
  newsdesk list --format json . | jq '.[] | select(.published | not) | .path'

`newsdesk help query` says what a query can be.
Exits with 0, with 1 when there are no articles, with 2 when it could not run.";

pub(super) const SHOW_EXAMPLES: &str = "\
Examples:
  newsdesk show ~/site/_news/2021-12-30-lidar.md | less
  newsdesk show -q 'title:lidar' --width 60 ~/site/_news

`newsdesk help query` says what a query can be.
Exits with 0, with 1 when there are no articles, with 2 when it could not run.";

pub(super) const COUNT_EXAMPLES: &str = "\
Examples:
  newsdesk count -q 'date:today -is:published' ~/site/_news

`newsdesk help query` says what a query can be.
Exits with 0, with 1 when there are none, with 2 when it could not run.";

pub(super) const FACETS_EXAMPLES: &str = "\
Examples:
  newsdesk facets --by provider ~/site/_news
  newsdesk facets -q 'lidar date:2021' --by month --format json
  newsdesk facets --view starred --by tag

`newsdesk help query` says what a query can be.
Exits with 0, with 1 when there are none, with 2 when it could not run.";

pub(super) const STATS_EXAMPLES: &str = "\
Examples:
  newsdesk stats ~/site/_news
  newsdesk stats -q 'lidar date:2021' --by month
  newsdesk stats --view starred --by provider,author --limit 5
  newsdesk stats --by topic --format json ~/site/_news

`newsdesk help query` says what a query can be.
Exits with 0, with 1 when there are no articles, with 2 when it could not run.";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  newsdesk check ~/site/_news
  newsdesk check --format json ~/site/_news
  newsdesk check --explain ~/site/_news/2021-12-30-lidar.md

An error cost its file, which is not in the library; a warning cost a field.
A skipped file is no article, without anything being wrong with it.

Exits with 0 when all is well, with 1 when there are errors or warnings, with 2 when it could \
not run.";

/// Which articles of which library.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only the articles that this query selects
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,

    /// Only the articles of this view, built in or your own
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
}

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub selection: Selection,

    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Only these values of each article, in this order, by their names in JSON: title,
    /// related.title, meta.NAME for any other field of the file, marks.tags
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<Field>,

    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// How articles are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ListFormat {
    /// Columns to look at
    #[default]
    Table,
    /// One array, an object an article
    Json,
    /// An object a line
    Jsonl,
    /// Values between tabs, after a line of names
    Tsv,
}

/// The arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    #[command(flatten)]
    pub selection: Selection,

    /// Wrap text to N columns; the width of the terminal without it, 78 at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,

    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: ShowFormat,
}

/// How an article is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ShowFormat {
    /// Lines to read
    #[default]
    Text,
    /// One object a line, the text of the file in `body`
    Json,
}

/// The arguments of `count`.
#[derive(Debug, clap::Args)]
pub struct CountArgs {
    #[command(flatten)]
    pub selection: Selection,
}

/// The arguments of `facets`.
#[derive(Debug, clap::Args)]
pub struct FacetsArgs {
    #[command(flatten)]
    pub selection: Selection,

    /// Whose values to count
    #[arg(long, value_enum, value_name = "FACET")]
    pub by: By,

    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: FacetsFormat,
}

/// A field whose values can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    Topic,
    Provider,
    Author,
    Kind,
    Month,
    Publication,
    Mark,
    Tag,
}

/// The arguments of `stats`.
#[derive(Debug, clap::Args)]
pub struct StatsArgs {
    #[command(flatten)]
    pub selection: Selection,

    /// Whose values to count
    #[arg(
        long,
        value_enum,
        value_name = "FACETS",
        value_delimiter = ',',
        default_values_t = [By::Month, By::Topic, By::Provider, By::Mark, By::Author]
    )]
    pub by: Vec<By>,

    /// At most so many values of each, or the latest so many months [default: 12 as bars, all as
    /// JSON]
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// Bars, as wide as the terminal
    #[default]
    Bars,
    /// One object, an array a facet
    Json,
}

/// How the values of a facet are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FacetsFormat {
    /// Columns to look at
    #[default]
    Table,
    /// One array, an object a value
    Json,
}

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Say for one file which key gave which role, and why
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "format"])]
    pub explain: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum CheckFormat {
    /// As compilers do, the counts in the last line
    #[default]
    Text,
    /// One object
    Json,
}
