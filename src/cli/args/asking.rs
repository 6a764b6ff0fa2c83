//! Arguments of the commands that query a library, and their help: which articles, and how to print
//! them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::fields::OutputField;
use crate::format::link::Link;

pub(in crate::cli) const LIST_EXAMPLES: &str = "\
Examples:
  newsdesk list ~/site/_news | head
  newsdesk list -q 'topic:ai quality>50 -is:published sort:-quality' --limit 20
  newsdesk list -q is:unpublished --fields path,title --format tsv .
  newsdesk list --view inbox --fields title,meta.layout,marks.tags
  newsdesk list --format json . | jq '.[] | select(.published | not) | .path'

`newsdesk help query` explains queries.
Exit code: 0; 1 if there are no articles; 2 if it could not run.";

pub(in crate::cli) const SHOW_EXAMPLES: &str = "\
Examples:
  newsdesk show ~/site/_news/2021-12-30-lidar.md | less
  newsdesk show -q 'title:lidar' --width 60 ~/site/_news
  newsdesk show --format html ~/site/_news/2021-12-30-lidar.md > lidar.html

`newsdesk help query` explains queries.
Exit code: 0; 1 if there are no articles; 2 if it could not run.";

pub(in crate::cli) const COUNT_EXAMPLES: &str = "\
Examples:
  newsdesk count -q 'date:today -is:published' ~/site/_news

`newsdesk help query` explains queries.
Exit code: 0; 1 if there are none; 2 if it could not run.";

pub(in crate::cli) const FACETS_EXAMPLES: &str = "\
Examples:
  newsdesk facets --by provider ~/site/_news
  newsdesk facets -q 'lidar date:2021' --by month --format json
  newsdesk facets --view starred --by tag

`newsdesk help query` explains queries.
Exit code: 0; 1 if there are none; 2 if it could not run.";

pub(in crate::cli) const EXPORT_EXAMPLES: &str = "\
Examples:
  newsdesk export --view starred --format html --title 'This week' --output digest.html
  newsdesk export -q 'topic:ai date:7d' --format md ~/site/_news > ai.md
  newsdesk export -q 'is:published' --limit 20 --format atom --link https://example.org/ > feed.xml
  newsdesk export --format csv --fields title,provider.name,quality ~/site/_news

`newsdesk help query` explains queries. In CSV, text that a spreadsheet could take for a formula
gets an apostrophe in front.
Exit code: 0; 1 if there are no articles; 2 if it could not run.";

pub(in crate::cli) const STATS_EXAMPLES: &str = "\
Examples:
  newsdesk stats ~/site/_news
  newsdesk stats -q 'lidar date:2021' --by month
  newsdesk stats --view starred --by provider,author --limit 5
  newsdesk stats --by topic --format json ~/site/_news

`newsdesk help query` explains queries.
Exit code: 0; 1 if there are no articles; 2 if it could not run.";

pub(in crate::cli) const STORIES_EXAMPLES: &str = "\
Examples:
  newsdesk stories ~/site/_news
  newsdesk stories -q 'date:7d is:unpublished' --format json ~/site/_news
  newsdesk list --stories -q topic:ai ~/site/_news

Articles are one story if they are about the same page, or if different providers published nearly
the same title and excerpt within two weeks. `newsdesk help query` explains queries.
Exit code: 0; 1 if there are no stories; 2 if it could not run.";

pub(in crate::cli) const CHECK_EXAMPLES: &str = "\
Examples:
  newsdesk check ~/site/_news
  newsdesk check --format json ~/site/_news
  newsdesk check --explain ~/site/_news/2021-12-30-lidar.md

An error costs the whole file, which is then not in the library; a warning costs one field.
A skipped file has nothing wrong with it: it is just not an article.

Exit code: 0 if all is well; 1 if there are errors or warnings; 2 if it could not run.";

/// Which articles of which library.
#[derive(Debug, clap::Args)]
pub struct ArticleSelection {
    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only the articles selected by this query
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,

    /// Only the articles of this view, built in or your own
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,

    /// Use what the reader saved last, without checking the files
    #[arg(long)]
    pub cached: bool,
}

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,

    /// Print at most N articles
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Print one article per story: the one that leads among those selected
    #[arg(long)]
    pub stories: bool,

    /// Print only these fields, in this order, by their JSON names: title, related.title,
    /// marks.tags, meta.NAME for any other field of the file
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<OutputField>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// How articles are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ListFormat {
    /// Aligned columns
    #[default]
    Table,
    /// One array of objects, one per article
    Json,
    /// One object per line
    Jsonl,
    /// Tab-separated values below a header line
    Tsv,
}

/// The arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,

    /// Output format
    #[arg(long, value_enum)]
    pub format: ExportFormat,

    /// Export at most N articles
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Export only these fields, in this order, by their JSON names; only for json, jsonl and csv
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<OutputField>,

    /// Title of the digest or feed [default: the view or the query]
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Web page that a feed belongs to [default: the first article's original]
    #[arg(long, value_name = "URL", value_parser = Link::parse)]
    pub link: Option<Link>,

    /// Write to a new file instead of stdout; `-` is stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Replace the file if there is one
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// What articles are exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One array of objects, as `list` prints it
    Json,
    /// One object per line
    Jsonl,
    /// Comma-separated values below a header line (RFC 4180)
    Csv,
    /// An RSS 2.0 feed
    Rss,
    /// An Atom feed
    Atom,
    /// A web page to send: one file, without scripts
    Html,
    /// A list in Markdown
    Md,
}

/// The arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,

    /// Wrap text at N columns [default: the terminal's width, at most `text_width` of the
    /// configuration]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ShowFormat,
}

/// How an article is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// Text to read
    #[default]
    Text,
    /// Markdown, even if the file is HTML
    Markdown,
    /// One web page, without scripts, that loads nothing
    Html,
    /// One object per line, with the file's text in `body`
    Json,
}

/// The arguments of `count`.
#[derive(Debug, clap::Args)]
pub struct CountArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,
}

/// The arguments of `facets`.
#[derive(Debug, clap::Args)]
pub struct FacetsArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,

    /// What to count by
    #[arg(long, value_enum, value_name = "FACET")]
    pub by: CountBy,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: FacetsFormat,
}

/// A field to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CountBy {
    Topic,
    Provider,
    Author,
    Category,
    Kind,
    Feed,
    Folder,
    Language,
    Year,
    Month,
    Publication,
    Mark,
    Tag,
}

/// The arguments of `stats`.
#[derive(Debug, clap::Args)]
pub struct StatsArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,

    /// What to count by
    #[arg(
        long,
        value_enum,
        value_name = "FACETS",
        value_delimiter = ',',
        default_values_t = [CountBy::Month, CountBy::Topic, CountBy::Provider, CountBy::Mark, CountBy::Author]
    )]
    pub by: Vec<CountBy>,

    /// Print the N most frequent values of each, or the latest N months [default: 12 as bars, all
    /// as JSON]
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: StatsFormat,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// Bars, as wide as the terminal
    #[default]
    Bars,
    /// One object with an array per facet
    Json,
}

/// How the values of a facet are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FacetsFormat {
    /// Aligned columns
    #[default]
    Table,
    /// One array of objects, one per value
    Json,
}

/// The arguments of `stories`.
#[derive(Debug, clap::Args)]
pub struct StoriesArgs {
    #[command(flatten)]
    pub selection: ArticleSelection,

    /// Print at most N stories
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: StoriesFormat,
}

/// How stories are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum StoriesFormat {
    /// One line per story, with the article that leads
    #[default]
    Table,
    /// One array of objects, with all articles
    Json,
}

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Explain which key of one file filled which role, and why
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "format"])]
    pub explain: Option<PathBuf>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum CheckFormat {
    /// One per line, as compilers print them, then the counts
    #[default]
    Text,
    /// One object
    Json,
}
