//! The configured library: whether it can be read, what it was recognised as, and whether its folders
//! can be watched.

use std::path::{Path, PathBuf};

use super::disk;
use crate::cli::work::Work;
use crate::cli::{CommandFailure, Surroundings, taken_for};
use crate::config::Config;
use crate::library::{Library, ReadDepth, Source};
use crate::model::Finding;

const ABOUT: &str = "library";

/// A finding for each root, and one about watching them.
///
/// # Errors
/// Only if it was interrupted.
pub fn findings(
    config: &Config,
    surroundings: &Surroundings,
) -> Result<Vec<Finding>, CommandFailure> {
    let named = config.libraries.iter().flat_map(|it| &it.roots);
    let roots: Vec<PathBuf> = config.library.iter().chain(named).cloned().collect();
    if roots.is_empty() {
        let hint =
            "name a folder: `newsdesk FOLDER`, or library = [\"FOLDER\"] in the configuration";
        return Ok(vec![Finding::warn(ABOUT, "the sample library", hint)]);
    }
    let work = Work::begin(surroundings)?;
    let mut findings = Vec::new();
    for root in &roots {
        findings.push(of_root(root, config, &work)?);
    }
    findings.push(watching(&roots));
    Ok(findings)
}

fn of_root(root: &Path, config: &Config, work: &Work) -> Result<Finding, CommandFailure> {
    let place = root.display();
    let roots = [root.to_path_buf()];
    let source = match Source::new(&roots) {
        Ok(source) if disk::is_readable(root) => source.with(config.overrides_of(&roots)),
        Ok(_) => {
            let says = format!("{place}: it cannot be read");
            return Ok(Finding::bad(ABOUT, says, "make it readable"));
        }
        Err(error) => {
            let hint = "correct `library` in the configuration";
            return Ok(Finding::bad(ABOUT, error.to_string(), hint));
        }
    };
    let step = work.step("Reading files");
    let library = Library::load_until(&source, ReadDepth::List, work.stop(), &|met| step.at(met));
    work.go_on()?;
    let found = taken_for::lines(&library, &source).join("; ");
    let says = format!("{place}: {found}");
    let errors = library.tally().errors;
    Ok(if library.is_empty() {
        Finding::warn(
            ABOUT,
            says,
            "`newsdesk check` says what happened to each file",
        )
    } else if errors > 0 {
        let says = format!("{says}, {errors} unreadable");
        Finding::warn(ABOUT, says, "`newsdesk check` says what is wrong with them")
    } else {
        Finding::ok(ABOUT, says)
    })
}

fn watching(roots: &[PathBuf]) -> Finding {
    const ABOUT: &str = "watching";
    let folders: usize = roots.iter().map(|root| disk::folders_within(root)).sum();
    match disk::watches() {
        None => Finding::ok(ABOUT, format!("{folders} folders")),
        // Other programs watch too.
        Some(most) if folders > most / 2 => Finding::warn(
            ABOUT,
            format!("{folders} folders, of {most} that all programs may watch together"),
            format!(
                "allow more: sudo sysctl fs.inotify.max_user_watches={}",
                (folders * 4).next_power_of_two()
            ),
        ),
        Some(most) => Finding::ok(ABOUT, format!("{folders} of {most} folders")),
    }
}
