//! `newsdesk config`: where the configuration file is, what is in force, what is wrong with it, and
//! changing it. The keys are in the table in `config`.

use std::io::Write;
use std::path::PathBuf;

use super::args::{ConfigArgs, ConfigWork};
use super::{Exit, Failure, Outcome, Streams, Surroundings, keys};
use crate::config::{self, COMMENTED, Config, ConfigError, Places};
use crate::format::clean::Clean;

/// Runs a configuration command.
pub fn run(
    args: &ConfigArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let places = &surroundings.places;
    let exit = match &args.work {
        ConfigWork::Path => {
            writeln!(streams.out, "{}", file(places)?.display())?;
            Exit::Clean
        }
        ConfigWork::Show => {
            // Errors are reported first, since a default would be shown for a wrong value.
            Config::load(places)?;
            let text = config::text(places)?.unwrap_or_default();
            for line in config::in_force(&text).lines() {
                writeln!(streams.out, "{}", Clean::new(line))?;
            }
            Exit::Clean
        }
        ConfigWork::Check => check(places, streams.out)?,
        ConfigWork::Edit => {
            let path = file(places)?;
            if config::text(places)?.is_none() {
                config::create(&path, COMMENTED)?;
            }
            return Ok(Outcome::Editor(path));
        }
        ConfigWork::Set { key, value } => {
            config::set(Some(&file(places)?), key, value)?;
            Exit::Clean
        }
    };
    Ok(Outcome::Done(exit))
}

fn file(places: &Places) -> Result<PathBuf, Failure> {
    Ok(places.config_file().ok_or(ConfigError::Nowhere)?)
}

/// Prints every problem, one per line.
fn check(places: &Places, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = file(places)?;
    let Some(text) = config::text(places)? else {
        writeln!(
            out,
            "{}: not there; the defaults are in force",
            Clean::new(&path.to_string_lossy())
        )?;
        return Ok(Exit::Clean);
    };
    let mut said: Vec<String> = config::problems(&text)
        .iter()
        .map(|it| {
            format!(
                "{}:{}:{}: {}",
                path.display(),
                it.line,
                it.column,
                it.reason
            )
        })
        .collect();
    if said.is_empty() {
        let mut config = Config::load_leniently(places);
        keys::usable(&mut config, places);
        said = config.troubles;
    }
    for line in &said {
        writeln!(out, "{}", Clean::new(line))?;
    }
    Ok(if said.is_empty() {
        Exit::Clean
    } else {
        Exit::Notable
    })
}
