//! `newsdesk completions`: the script with which a shell completes arguments, and the replies that
//! the script gets from the program. So a shell offers exactly what this program accepts, with this
//! configuration.

use std::ffi::{OsStr, OsString};
use std::io::Write;

use clap::{Arg, Command, CommandFactory};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::args::{Args, CompletionsArgs, Shell};
use super::fields::OutputField;
use super::surroundings::COMPLETING;
use super::{CommandFailure, Exit, Surroundings, library};
use crate::config::{Config, ConfigRow, TABLE, XdgEnvironment};
use crate::query::views::BUILT_IN;

const PROGRAM: &str = "newsdesk";

/// Prints the script.
pub fn run(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Exit, CommandFailure> {
    let shell: &dyn EnvCompleter = match args.shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
    };
    shell.write_registration(COMPLETING, PROGRAM, PROGRAM, PROGRAM, out)?;
    Ok(Exit::Clean)
}

/// Replies to a script: completions for one of the words after `--`.
///
/// # Errors
/// If the shell is not known.
pub fn answer(
    shell: &OsStr,
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> Result<Exit, CommandFailure> {
    let name = shell.to_string_lossy();
    let shells = Shells::builtins();
    let shell = shells
        .completer(&name)
        .ok_or_else(|| CommandFailure::NoShell(name.clone().into_owned()))?;
    let words = arguments.into_iter().skip_while(|it| it != "--").skip(1);
    let mut command = with_values(Args::command(), &surroundings.places);
    command.build();
    let folder = surroundings.folder.as_deref();
    shell.write_complete(&mut command, words.collect(), folder, out)?;
    Ok(Exit::Clean)
}

/// The command, down to its last subcommand, with the values that only this machine knows.
fn with_values(command: Command, places: &XdgEnvironment) -> Command {
    let names = command.get_subcommands().map(|it| it.get_name().to_owned());
    let names: Vec<String> = names.collect();
    let command = command.mut_args(|arg| with_value(arg, places.clone()));
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |it| with_values(it, places))
    })
}

fn with_value(arg: Arg, places: XdgEnvironment) -> Arg {
    match arg.get_id().as_str() {
        "view" => arg.add(ArgValueCandidates::new(move || views(&places))),
        "library" => arg.add(ArgValueCandidates::new(move || libraries(&places))),
        "key" => arg.add(ArgValueCandidates::new(keys)),
        "fields" => arg.add(ArgValueCandidates::new(fields)),
        _ => arg,
    }
}

/// The person's own views and the built-in ones. Errors in the configuration are reported when a
/// command is run, not here.
fn views(places: &XdgEnvironment) -> Vec<CompletionCandidate> {
    let config = Config::load(places).unwrap_or_default();
    let own = library::opening_default(config, None).views;
    let built_in = BUILT_IN.map(|(name, query)| (name.to_owned(), query.to_owned()));
    let is_replaced = |name: &str| {
        own.iter()
            .any(|(it, _)| it.to_lowercase() == name.to_lowercase())
    };
    let built_in = built_in.into_iter().filter(|(name, _)| !is_replaced(name));
    let all = own.iter().cloned().chain(built_in);
    all.map(|(name, query)| CompletionCandidate::new(name).help(Some(query.into())))
        .collect()
}

fn libraries(places: &XdgEnvironment) -> Vec<CompletionCandidate> {
    let config = Config::load(places).unwrap_or_default();
    let names = config.libraries.into_iter().map(|it| it.name);
    names.map(CompletionCandidate::new).collect()
}

/// The configuration keys with a fixed name.
fn keys() -> Vec<CompletionCandidate> {
    let fixed = TABLE.iter().filter(|row| row.is_fixed());
    let key = |row: &ConfigRow| CompletionCandidate::new(row.name()).help(Some(row.about.into()));
    fixed.map(key).collect()
}

fn fields() -> Vec<CompletionCandidate> {
    OutputField::names().map(CompletionCandidate::new).collect()
}
