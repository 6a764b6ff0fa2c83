//! Command-line arguments and their help. What they do is in the file of each command.

mod asking;
mod feeding;
mod program;
mod topics;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use super::{CommandFailure, Exit, Streams, Subcommand, Surroundings};
use crate::format::clean::Clean;
pub use asking::*;
pub use feeding::*;
pub use program::*;
pub use topics::HelpTopic;

const EXAMPLES: &str = "\
Examples:
  newsdesk                          the configured library, or the sample library
  newsdesk ~/site/_news             a folder of articles
  newsdesk -l ai                    a library named in the configuration
  newsdesk ./list                   a folder named like a command
  newsdesk list --format tsv .      articles for a spreadsheet, newest first
  newsdesk list -q 'lidar date:7d'  articles about lidar from the last week
  newsdesk check ~/site             problems in a site's files

Without a path, opens the library set in ~/.config/newsdesk/config.toml.
In the reader, ? lists all keys.";

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

    /// Library to open, by its name in the configuration
    #[arg(short, long, value_name = "NAME", global = true)]
    pub library: Option<String>,

    #[command(subcommand)]
    pub command: Option<Subcommand>,
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
) -> Result<Exit, CommandFailure> {
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

    /// Every command, with the words that name it: `desk export`.
    fn commands() -> Vec<(String, clap::Command)> {
        let mut found = Vec::new();
        let mut rest = vec![(String::new(), Args::command())];
        while let Some((name, command)) = rest.pop() {
            for below in command.get_subcommands() {
                let name = format!("{name} {}", below.get_name());
                rest.push((name.trim().to_owned(), below.clone()));
            }
            found.push((name, command));
        }
        found
    }

    fn examples(command: &clap::Command) -> String {
        let page = command.get_after_help().map(ToString::to_string);
        page.unwrap_or_default()
    }

    #[test]
    fn every_help_has_an_example_of_its_command() {
        for (name, command) in commands() {
            let page = examples(&command);
            let call = format!("newsdesk {name}");
            assert!(page.contains(call.trim_end()), "{name}: {page}");
        }
    }

    #[test]
    fn the_page_about_the_command_line_names_every_command() {
        let page = include_str!("../../docs/commands.md");
        for command in Args::command().get_subcommands() {
            let call = format!("`newsdesk {}`", command.get_name());
            assert!(page.contains(&call), "{call}");
        }
    }

    #[test]
    fn examples_use_commands_that_there_are() {
        for (name, command) in commands() {
            let page = examples(&command);
            let calls = page
                .lines()
                .filter_map(|line| line.strip_prefix("  newsdesk "));
            for call in calls {
                let shell = ["  ", " | ", " >", " && "];
                let end = shell.iter().filter_map(|it| call.find(it)).min();
                let call = &call[..end.unwrap_or(call.len())];
                let words = shell_words::split(call).expect(call);
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                // Asking for help is not an error.
                let refused = read(&words).err().filter(clap::Error::use_stderr);
                assert!(refused.is_none(), "{name}: {call}: {refused:?}");
            }
        }
    }
}
