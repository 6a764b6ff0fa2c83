//! The command line: everything that needs no screen. It builds on the library, queries, the desk
//! and the command table, and knows nothing of the reader beyond asking `main` to start it.

mod add;
mod args;
mod ask;
mod bars;
mod bringing;
mod cell;
mod check;
mod completions;
mod config;
mod config_names;
mod count;
mod counted;
mod dash;
mod desk;
mod desk_file;
mod doctor;
mod entries;
mod exit;
mod export;
mod facets;
mod failure;
mod feeds;
mod fetch;
mod fields;
mod grid;
mod help;
mod init;
mod keys;
mod library;
mod list;
mod man;
mod show;
mod stats;
mod stories;
mod surroundings;
mod table;
mod taken_for;
mod themes;
mod tsv;
mod underline;
mod work;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use args::*;
pub use exit::Exit;
use failure::CommandFailure;
pub use surroundings::{Stream, Surroundings, terminal_fit};

use crate::command::Keymap;
use crate::config::{Config, XdgEnvironment};
use crate::format::clean::Clean;
use crate::library::Source;
use crate::output::{entry, json, new_file};

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
    /// Export the articles of a query: as data, as a feed, or as a digest to send
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(ExportArgs),
    /// Chart the articles of a query by month, topic, provider, mark and author
    #[command(after_help = STATS_EXAMPLES)]
    Stats(StatsArgs),
    /// List stories with their articles, and why these are one story
    #[command(after_help = STORIES_EXAMPLES)]
    Stories(StoriesArgs),
    /// Report problems in the files, and what happened to each file
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Show or change the list of feeds
    #[command(after_help = FEEDS_EXAMPLES)]
    Feeds(FeedsArgs),
    /// Fetch new articles from the feeds
    #[command(after_help = FETCH_EXAMPLES)]
    Fetch(FetchArgs),
    /// Save web pages as articles in the library
    #[command(after_help = SAVE_EXAMPLES)]
    Add(SaveArgs),
    /// Print the reader's keys
    #[command(after_help = KEYS_EXAMPLES)]
    Keys(KeysArgs),
    /// List the themes, or print one as a starting point for your own
    #[command(after_help = THEMES_EXAMPLES)]
    Themes(ThemesArgs),
    /// Check the terminal, the desk, the configuration and everything else that newsdesk needs
    #[command(after_help = DOCTOR_EXAMPLES)]
    Doctor(DoctorArgs),
    /// Show, check or change the configuration
    #[command(after_help = CONFIG_EXAMPLES)]
    Config(ConfigArgs),
    /// Write a first configuration, for a folder of articles
    #[command(after_help = INIT_EXAMPLES)]
    Init(InitArgs),
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print a manual page, in roff
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
    /// Print help on a command, on queries or on the configuration
    #[command(after_help = HELP_EXAMPLES)]
    Help(HelpArgs),
    #[command(flatten)]
    AtDesk(desk::args::Command),
}

/// Where a run writes its output and its messages.
pub struct Streams<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

/// What to do after a run.
#[derive(Debug)]
pub enum AfterRun {
    /// Open the configuration in the person's editor.
    Editor(PathBuf),
    /// Start the reader.
    Reader(Box<ReaderStart>),
    /// Exit.
    Done(Exit),
}

/// What the reader starts with.
#[derive(Debug)]
pub struct ReaderStart {
    pub source: Source,
    pub keymap: Keymap,
    /// File of the desk; `None` if no place for it is known.
    pub desk: Option<PathBuf>,
    pub config: Arc<Config>,
    pub places: XdgEnvironment,
}

/// Runs the arguments, the program's name first.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> AfterRun {
    if let Some(shell) = &surroundings.completing {
        let answered = completions::answer(shell, arguments, surroundings, streams.out);
        return ended(answered.map(AfterRun::Done), streams);
    }
    let outcome = match Args::read(arguments) {
        Ok(args) => carry_out(args, surroundings, streams),
        Err(refusal) => args::answer(&refusal, surroundings, streams).map(AfterRun::Done),
    };
    ended(outcome, streams)
}

/// Ends a run: flushes its output, and reports what went wrong.
fn ended(outcome: Result<AfterRun, CommandFailure>, streams: &mut Streams<'_>) -> AfterRun {
    let flushed = outcome.and_then(|outcome| {
        streams.out.flush()?;
        Ok(outcome)
    });
    flushed.unwrap_or_else(|failure| AfterRun::Done(say(&failure, streams.err)))
}

fn carry_out(
    args: Args,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<AfterRun, CommandFailure> {
    let named = args.desk.or_else(|| surroundings.desk.clone());
    let surroundings = &Surroundings {
        desk: named,
        library: args.library,
        ..surroundings.clone()
    };
    let exit = match args.command {
        None => return reader(&args.paths, surroundings),
        Some(Subcommand::List(args)) => list::run(&args, surroundings, streams)?,
        Some(Subcommand::Show(args)) => show::run(&args, surroundings, streams)?,
        Some(Subcommand::Count(args)) => count::run(&args, surroundings, streams)?,
        Some(Subcommand::Facets(args)) => facets::run(&args, surroundings, streams)?,
        Some(Subcommand::Export(args)) => export::run(&args, surroundings, streams)?,
        Some(Subcommand::Stats(args)) => stats::run(&args, surroundings, streams)?,
        Some(Subcommand::Stories(args)) => stories::run(&args, surroundings, streams)?,
        Some(Subcommand::Check(args)) => check::run(&args, surroundings, streams.out)?,
        Some(Subcommand::Keys(args)) => keys::run(&args, surroundings, streams.out)?,
        Some(Subcommand::Themes(args)) => themes::run(&args, surroundings, streams.out)?,
        Some(Subcommand::Config(args)) => return config::run(&args, surroundings, streams),
        Some(Subcommand::Init(args)) => init::run(&args, surroundings, streams)?,
        Some(Subcommand::Completions(args)) => completions::run(&args, streams.out)?,
        Some(Subcommand::Man(args)) => man::run(&args, streams.out)?,
        Some(Subcommand::Doctor(args)) => doctor::run(&args, surroundings, streams)?,
        Some(Subcommand::Help(args)) => help::run(&args, surroundings, streams)?,
        Some(Subcommand::Feeds(args)) => feeds::run(&args, surroundings, streams)?,
        Some(Subcommand::Fetch(args)) => fetch::run(&args, surroundings, streams)?,
        Some(Subcommand::Add(args)) => add::run(&args, surroundings, streams)?,
        Some(Subcommand::AtDesk(command)) => desk::run(&command, surroundings, streams)?,
    };
    Ok(AfterRun::Done(exit))
}

fn reader(paths: &[PathBuf], surroundings: &Surroundings) -> Result<AfterRun, CommandFailure> {
    let mut config = Config::load_leniently(&surroundings.places);
    let keymap = keys::usable(&mut config, &surroundings.places);
    let source = match paths {
        [] => library::configured(&config, surroundings)?,
        _ => library::source(paths, surroundings)?,
    };
    if paths.is_empty() {
        config = library::opening_default(config, surroundings.library.as_deref());
    }
    surroundings
        .fit_for_reader()
        .map_err(CommandFailure::Terminal)?;
    Ok(AfterRun::Reader(Box::new(ReaderStart {
        source,
        keymap,
        desk: surroundings.desk.clone(),
        config: Arc::new(config),
        places: surroundings.places.clone(),
    })))
}

/// Prints the failure in one line, and below it the place in a query. Prints nothing if the reader
/// of the output has only stopped reading.
fn say(failure: &CommandFailure, err: &mut dyn Write) -> Exit {
    if failure.is_closed_pipe() {
        return Exit::Clean;
    }
    // Whoever pressed Ctrl-C knows.
    if let CommandFailure::Stopped(signal) = failure {
        return Exit::Stopped(*signal);
    }
    // If even this cannot be written, the exit code must suffice.
    let _ = note(err, &failure.to_string());
    if let CommandFailure::Query { text, error } = failure {
        let _ = underline::write(text, &error.at, err);
    }
    Exit::CouldNotRun
}

/// Prints a message about the run, apart from its output.
fn note(err: &mut dyn Write, sentence: &str) -> io::Result<()> {
    writeln!(err, "newsdesk: {}", Clean::new(sentence))
}
