//! Command-line arguments and their help. What they do is in the file of each command.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};

use super::desk::args as at_desk;
use super::fields::Field;
use super::{Exit, Failure, Streams, Surroundings};
use crate::format::clean::Clean;

const EXAMPLES: &str = "\
Examples:
  newsdesk                          the configured library, or the sample library
  newsdesk ~/site/_news             a folder of articles
  newsdesk ./list                   a folder named like a command
  newsdesk list --format tsv .      articles for a spreadsheet, newest first
  newsdesk list -q 'lidar date:7d'  articles about lidar from the last week
  newsdesk check ~/site             problems in a site's files

Without a path, opens the library set in ~/.config/newsdesk/config.toml.
In the reader, ? lists all keys.";

const LIST_EXAMPLES: &str = "\
Examples:
  newsdesk list ~/site/_news | head
  newsdesk list -q 'topic:ai quality>50 -is:published sort:-quality' --limit 20
  newsdesk list -q is:unpublished --fields path,title --format tsv .
  newsdesk list --view inbox --fields title,meta.layout,marks.tags
  newsdesk list --format json . | jq '.[] | select(.published | not) | .path'

`newsdesk help query` explains queries.
Exits with 0, with 1 if there are no articles, with 2 if it could not run.";

const SHOW_EXAMPLES: &str = "\
Examples:
  newsdesk show ~/site/_news/2021-12-30-lidar.md | less
  newsdesk show -q 'title:lidar' --width 60 ~/site/_news

`newsdesk help query` explains queries.
Exits with 0, with 1 if there are no articles, with 2 if it could not run.";

const COUNT_EXAMPLES: &str = "\
Examples:
  newsdesk count -q 'date:today -is:published' ~/site/_news

`newsdesk help query` explains queries.
Exits with 0, with 1 if there are none, with 2 if it could not run.";

const FACETS_EXAMPLES: &str = "\
Examples:
  newsdesk facets --by provider ~/site/_news
  newsdesk facets -q 'lidar date:2021' --by month --format json
  newsdesk facets --view starred --by tag

`newsdesk help query` explains queries.
Exits with 0, with 1 if there are none, with 2 if it could not run.";

const CHECK_EXAMPLES: &str = "\
An error costs the whole file, which is then not in the library; a warning costs one field.
A skipped file has nothing wrong with it: it is just not an article.

Exits with 0 if all is well, with 1 if there are errors or warnings, with 2 if it could \
not run.";

const KEYS_EXAMPLES: &str = "\
Keys can be changed in the configuration file:
  [keys.list]
  \"x\" = \"open-original\"";

/// Read and triage news articles kept as files.
#[derive(Debug, Parser)]
#[command(
    name = "newsdesk",
    bin_name = "newsdesk",
    version,
    after_help = EXAMPLES,
    override_usage = "newsdesk [OPTIONS] [PATH]...\n       newsdesk [OPTIONS] <COMMAND>",
    disable_help_subcommand = true
)]
pub struct Args {
    /// Folders and files to open
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The desk: the file where marks are kept
    #[arg(long, value_name = "FILE", global = true)]
    pub desk: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

/// Commands that run without the reader.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// List all articles, newest first, or those of a query in its order
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Print articles as text, to read
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Print how many articles a query selects
    #[command(after_help = COUNT_EXAMPLES)]
    Count(CountArgs),
    /// Count the articles of a query by topic, provider or another facet
    #[command(after_help = FACETS_EXAMPLES)]
    Facets(FacetsArgs),
    /// Report problems in the files, and what became of each file
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Print the reader's keys
    #[command(after_help = KEYS_EXAMPLES)]
    Keys(KeysArgs),
    /// Print help on a command, on queries or on the configuration
    Help(HelpArgs),
    #[command(flatten)]
    AtDesk(at_desk::Command),
}

/// Which articles of which library.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only the articles selected by this query
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

    /// Print at most N articles
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Print only these fields, in this order, by their JSON names: title, related.title,
    /// marks.tags, meta.NAME for any other field of the file
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<Field>,

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

/// The arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    #[command(flatten)]
    pub selection: Selection,

    /// Wrap text at N columns [default: the terminal's width, at most 78]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub width: Option<u16>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ShowFormat,
}

/// How an article is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ShowFormat {
    /// Text to read
    #[default]
    Text,
    /// One object per line, with the file's text in `body`
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

    /// What to count by
    #[arg(long, value_enum, value_name = "FACET")]
    pub by: By,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: FacetsFormat,
}

/// A field to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    Topic,
    Provider,
    Author,
    Category,
    Kind,
    Folder,
    Language,
    Year,
    Month,
    Publication,
    Mark,
    Tag,
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

/// The arguments of `help`.
#[derive(Debug, clap::Args)]
pub struct HelpArgs {
    /// A command, `query` or `config`
    #[arg(value_enum, value_name = "TOPIC")]
    pub topic: Option<HelpTopic>,
}

/// A help topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HelpTopic {
    Query,
    Config,
    List,
    Show,
    Count,
    Facets,
    Check,
    Keys,
    Mark,
    Journal,
    Undo,
    Redo,
    Desk,
    Publish,
    Unpublish,
    Edit,
    Help,
}

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Folders and files to read
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Explain which key of one file gave which role, and why
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

/// The arguments of `keys`.
#[derive(Debug, clap::Args)]
pub struct KeysArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: KeysFormat,
}

/// How keys are printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum KeysFormat {
    /// Your keys, including those from the configuration
    #[default]
    Text,
    /// The documentation page of the default keys
    Markdown,
}

impl Args {
    /// Parses the arguments, the program's name first.
    ///
    /// # Errors
    /// If they ask for help or the version instead, or are wrong: see [`answer`].
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let args = Self::try_parse_from(arguments)?;
        // clap cannot reject this itself, because `--desk` may precede a command.
        if args.command.is_some() && !args.paths.is_empty() {
            let reason = "put the paths after the command";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, reason));
        }
        Ok(args)
    }
}

/// Prints the help or version that the arguments ask for, or what is wrong with them.
pub fn answer(
    refusal: &clap::Error,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let text = refusal.render();
    if !refusal.use_stderr() {
        if surroundings.wants_styles() {
            write!(streams.out, "{}", text.ansi())?;
        } else {
            write!(streams.out, "{text}")?;
        }
        return Ok(Exit::Clean);
    }
    // The text quotes the arguments, and shells expand file names into arguments.
    let text = text.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    write!(streams.err, "newsdesk: ")?;
    for line in text.lines() {
        writeln!(streams.err, "{}", Clean::new(line))?;
    }
    Ok(Exit::CouldNotRun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Args, clap::Error> {
        Args::read(["newsdesk"].iter().chain(arguments).map(OsString::from))
    }

    #[test]
    fn the_declaration_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_name_of_a_command_is_a_path_only_after_a_dot() {
        let named = read(&["list"]).expect("arguments");
        assert!(matches!(named.command, Some(Subcommand::List(_))));
        let path = read(&["./list", "check/"]).expect("arguments");
        assert_eq!(path.paths, ["./list", "check/"].map(PathBuf::from));
        assert!(path.command.is_none());
    }

    #[test]
    fn the_desk_is_named_before_or_after_a_command() {
        for named in [
            &["--desk", "x.db", "redo"][..],
            &["redo", "--desk", "x.db"],
            &["--desk", "x.db", "site"],
        ] {
            let args = read(named).expect("arguments");
            assert_eq!(args.desk, Some(PathBuf::from("x.db")), "{named:?}");
        }
        assert!(read(&["site", "--desk", "x.db", "redo"]).is_err());
    }

    #[test]
    fn after_two_dashes_everything_is_a_path() {
        let args = read(&["list", "--format", "tsv", "--", "--help"]).expect("arguments");
        let Some(Subcommand::List(list)) = args.command else {
            panic!("not the list: {args:?}");
        };
        assert_eq!(list.selection.paths, [PathBuf::from("--help")]);
        assert!(matches!(list.format, ListFormat::Tsv));
    }

    #[test]
    fn a_query_may_begin_with_a_minus() {
        let args = read(&["list", "-q", "-is:published", "site"]).expect("arguments");
        let Some(Subcommand::List(list)) = args.command else {
            panic!("not the list: {args:?}");
        };
        assert_eq!(list.selection.query.as_deref(), Some("-is:published"));
        assert_eq!(list.selection.paths, [PathBuf::from("site")]);
    }

    #[test]
    fn there_is_help_about_every_command() {
        let topics = HelpTopic::value_variants().iter();
        let topics: Vec<String> = topics
            .filter_map(|it| it.to_possible_value())
            .map(|it| it.get_name().to_owned())
            .collect();
        for command in Args::command().get_subcommands() {
            assert!(
                topics.iter().any(|it| it == command.get_name()),
                "{topics:?}"
            );
        }
    }

    #[test]
    fn examples_use_commands_that_there_are() {
        let pages = [
            EXAMPLES,
            LIST_EXAMPLES,
            SHOW_EXAMPLES,
            COUNT_EXAMPLES,
            FACETS_EXAMPLES,
        ];
        for line in pages.iter().flat_map(|page| page.lines()) {
            let Some(example) = line.trim().strip_prefix("newsdesk") else {
                continue;
            };
            let command = example.split(['|']).next().unwrap_or_default();
            let words = command.split("  ").next().unwrap_or_default();
            let words = shell_words::split(words).expect(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert!(read(&words).is_ok(), "{line}");
        }
    }
}
