//! `newsdesk config`: where the configuration file is, what is in force, what is wrong with it, and
//! changing it. The keys are in the table in `config`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{ConfigArgs, ConfigWork};
use super::config_names;
use super::{AfterRun, CommandFailure, Exit, Streams, Surroundings};
use crate::command::{Hook, Keymap};
use crate::config::{self, COMMENTED, Config, ConfigError, Problem, SetError, XdgEnvironment};
use crate::format::clean::Clean;
use crate::query;

/// Runs a configuration command.
pub fn run(
    args: &ConfigArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<AfterRun, CommandFailure> {
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
            return Ok(AfterRun::Editor(path));
        }
        ConfigWork::Set { key, value } => {
            if let Some(view) = key.strip_prefix("views.") {
                check_query(view, value)?;
            }
            let path = file(places)?;
            config::set(Some(&path), key, value, |after| {
                check_names(key, after, &path, places)
            })?;
            Exit::Clean
        }
    };
    Ok(AfterRun::Done(exit))
}

fn file(places: &XdgEnvironment) -> Result<PathBuf, CommandFailure> {
    Ok(places.config_file().ok_or(ConfigError::Nowhere)?)
}

/// # Errors
/// If the text is no query, which the layer of the configuration cannot know.
fn check_query(view: &str, text: &str) -> Result<(), SetError> {
    query::parse(text)
        .map(drop)
        .map_err(|error| SetError::Value {
            key: format!("views.{view}"),
            reason: error.to_string(),
        })
}

/// # Errors
/// If the key names a library or views that the configuration does not have.
fn check_names(
    key: &str,
    after: &str,
    path: &Path,
    places: &XdgEnvironment,
) -> Result<(), SetError> {
    let config = Config::parse_leniently(after, path, places);
    let reason = match key.trim() {
        "default_library" => config_names::wrong_default(&config),
        "view_order" => config_names::wrong_order(&config),
        _ => None,
    };
    reason.map_or(Ok(()), |reason| {
        let key = key.to_owned();
        Err(SetError::Value { key, reason })
    })
}

/// What is wrong with the queries of the views, and where.
fn problems_of_views(config: &Config, text: &str) -> Vec<Problem> {
    let problem = |(name, query): (&String, &String)| {
        let error = query::parse(query).err()?;
        let reason = format!("[views] {name}: {error}");
        Some(Problem::with(text, &["views", name.as_str()], &reason))
    };
    let views = config.views.iter().map(|(name, query)| (name, query));
    views.filter_map(problem).collect()
}

/// Prints every problem, one per line.
fn check(places: &XdgEnvironment, out: &mut dyn Write) -> Result<Exit, CommandFailure> {
    let path = file(places)?;
    let Some(text) = config::text(places)? else {
        writeln!(
            out,
            "{}: does not exist; the defaults are in force",
            Clean::new(&path.to_string_lossy())
        )?;
        return Ok(Exit::Clean);
    };
    let config = Config::parse_leniently(&text, &path, places);
    let (_, of_keys) = Keymap::configured(&config.keys, &text);
    let mut problems = config::problems(&text);
    problems.extend(of_keys);
    problems.extend(problems_of_views(&config, &text));
    problems.extend(config_names::problems(&config, &text));
    problems.extend(Hook::problems(&config.hooks, &text));
    problems.sort_by_key(|it| (it.line, it.column));
    let place = |it: &Problem| {
        let Problem {
            line,
            column,
            reason,
            ..
        } = it;
        format!("{}:{line}:{column}: {reason}", path.display())
    };
    let mut said: Vec<String> = problems.iter().map(place).collect();
    if said.is_empty() {
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
