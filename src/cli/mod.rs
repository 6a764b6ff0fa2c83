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
mod count;
mod counted;
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

use args::{Args, Subcommand};
pub use exit::Exit;
use failure::Failure;
pub use surroundings::{Stream, Surroundings, terminal_fit};

use crate::command::Keymap;
use crate::config::{Config, Places};
use crate::format::clean::Clean;
use crate::library::Source;
use crate::output::{entry, json, new_file};

/// Where a run writes its output and its messages.
pub struct Streams<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

/// What to do after a run.
#[derive(Debug)]
pub enum Outcome {
    /// Open the configuration in the person's editor.
    Editor(PathBuf),
    /// Start the reader.
    Reader(Box<Reader>),
    /// Exit.
    Done(Exit),
}

/// What the reader starts with.
#[derive(Debug)]
pub struct Reader {
    pub source: Source,
    pub keymap: Keymap,
    /// File of the desk; `None` if no place for it is known.
    pub desk: Option<PathBuf>,
    pub config: Arc<Config>,
    pub places: Places,
}

/// Runs the arguments, the program's name first.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Outcome {
    if let Some(shell) = &surroundings.completing {
        let answered = completions::answer(shell, arguments, surroundings, streams.out);
        return ended(answered.map(Outcome::Done), streams);
    }
    let outcome = match Args::read(arguments) {
        Ok(args) => carry_out(args, surroundings, streams),
        Err(refusal) => args::answer(&refusal, surroundings, streams).map(Outcome::Done),
    };
    ended(outcome, streams)
}

/// Ends a run: flushes its output, and reports what went wrong.
fn ended(outcome: Result<Outcome, Failure>, streams: &mut Streams<'_>) -> Outcome {
    let flushed = outcome.and_then(|outcome| {
        streams.out.flush()?;
        Ok(outcome)
    });
    flushed.unwrap_or_else(|failure| Outcome::Done(say(&failure, streams.err)))
}

fn carry_out(
    args: Args,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
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
    Ok(Outcome::Done(exit))
}

fn reader(paths: &[PathBuf], surroundings: &Surroundings) -> Result<Outcome, Failure> {
    let mut config = Config::load_leniently(&surroundings.places);
    let keymap = keys::usable(&mut config, &surroundings.places);
    let source = match paths {
        [] => library::configured(&config, surroundings)?,
        _ => library::source(paths, surroundings)?,
    };
    if paths.is_empty() {
        config = library::opening_default(config, surroundings.library.as_deref());
    }
    surroundings.fit_for_reader().map_err(Failure::Terminal)?;
    Ok(Outcome::Reader(Box::new(Reader {
        source,
        keymap,
        desk: surroundings.desk.clone(),
        config: Arc::new(config),
        places: surroundings.places.clone(),
    })))
}

/// Prints the failure in one line, and below it the place in a query. Prints nothing if the reader
/// of the output has only stopped reading.
fn say(failure: &Failure, err: &mut dyn Write) -> Exit {
    if failure.is_closed_pipe() {
        return Exit::Clean;
    }
    // Whoever pressed Ctrl-C knows.
    if let Failure::Stopped(signal) = failure {
        return Exit::Stopped(*signal);
    }
    // If even this cannot be written, the exit code has to do.
    let _ = note(err, &failure.to_string());
    if let Failure::Query { text, error } = failure {
        let _ = underline::write(text, &error.at, err);
    }
    Exit::CouldNotRun
}

/// Prints a message about the run, apart from its output.
fn note(err: &mut dyn Write, sentence: &str) -> io::Result<()> {
    writeln!(err, "newsdesk: {}", Clean::new(sentence))
}
