//! `newsdesk init`: asks for a folder of articles, says what was found there, and writes a
//! configuration that opens it. Never replaces an existing one.

use std::io;
use std::path::{self, Path, PathBuf};

use super::args::InitArgs;
use super::work::Work;
use super::{CommandFailure, Exit, Streams, Surroundings, library, taken_for};
use crate::config::{self, ConfigError};
use crate::format::clean::Clean;
use crate::library::{Library, ReadDepth, Source};

/// Writes a configuration for a folder.
pub fn run(
    args: &InitArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let places = &surroundings.places;
    let file = places.config_file().ok_or(ConfigError::Nowhere)?;
    if config::text(places).is_ok_and(|it| it.is_some()) {
        return Err(CommandFailure::Initialised(file));
    }
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None if surroundings.can_ask() => PathBuf::from(ask("Folder of articles: ", streams)?),
        None => return Err(CommandFailure::NothingToAsk("newsdesk init FOLDER --yes")),
    };
    let folder = places.from_home(&folder);
    let source = Source::new(std::slice::from_ref(&folder))?;
    let work = Work::begin(surroundings)?;
    let step = work.step("Reading files");
    let found = Library::load_until(&source, ReadDepth::Everything, work.stop(), &|met| {
        step.at(met)
    });
    drop(step);
    work.go_on()?;
    drop(work);
    for line in taken_for::lines(&found, &source) {
        writeln!(streams.out, "{}", Clean::new(&line))?;
    }
    library::say_what_is_missing(&found, streams.err)?;
    if !args.yes && !agrees(&file, surroundings, streams)? {
        writeln!(streams.out, "nothing written")?;
        return Ok(Exit::Notable);
    }
    let absolute = path::absolute(&folder).unwrap_or(folder);
    config::create(&file, &config::commented_with(&places.at_home(&absolute)))?;
    let sentence = format!("wrote {}; `newsdesk` opens this folder now", file.display());
    writeln!(streams.out, "{}", Clean::new(&sentence))?;
    Ok(Exit::Clean)
}

/// Whether the person wants the file to be written.
fn agrees(
    file: &Path,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<bool, CommandFailure> {
    if !surroundings.can_ask() {
        return Err(CommandFailure::NothingToAsk("newsdesk init FOLDER --yes"));
    }
    let question = format!("Write {} with this folder? [Y/n] ", file.display());
    let answer = ask(&question, streams)?.to_lowercase();
    Ok(matches!(answer.as_str(), "" | "y" | "yes"))
}

/// Asks for a line.
///
/// # Errors
/// If the question cannot be written, or no answer read.
pub fn ask(question: &str, streams: &mut Streams<'_>) -> io::Result<String> {
    streams.out.flush()?;
    write!(streams.err, "{}", Clean::new(question))?;
    streams.err.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}
