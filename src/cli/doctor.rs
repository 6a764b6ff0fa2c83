//! `newsdesk doctor`: checks everything that the program needs on this machine, and says what to do
//! about anything missing. The checks are in one file per kind.

mod disk;
mod files;
mod libraries;
mod terminal;

use std::io::{self, Write};

use serde::Serialize;

use super::args::{DoctorArgs, DoctorFormat};
use super::{CommandFailure, Exit, Streams, Surroundings, json};
use crate::config::Config;
use crate::format::clean::Clean;
use crate::model::{Finding, FindingState};

/// Prints a line for each check.
pub fn run(
    args: &DoctorArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let findings = findings(surroundings)?;
    match args.format {
        DoctorFormat::Text => text(&findings, streams.out)?,
        DoctorFormat::Json => json::array(findings.iter().map(FindingJson::from), streams.out)?,
    }
    let worst = findings.iter().map(|it| it.verdict).max();
    Ok(match worst.unwrap_or(FindingState::Ok) {
        FindingState::Ok => Exit::Clean,
        FindingState::Warn => Exit::Notable,
        FindingState::Bad => Exit::CouldNotRun,
    })
}

fn findings(surroundings: &Surroundings) -> Result<Vec<Finding>, CommandFailure> {
    let mut findings = terminal::findings(surroundings);
    // What is wrong with it is reported as a finding; the other checks use what is right.
    let config = Config::load_leniently(&surroundings.places);
    findings.extend(
        surroundings
            .outside
            .map(|look| look(&config))
            .unwrap_or_default(),
    );
    findings.push(files::configuration(&surroundings.places));
    findings.push(files::feeds(&surroundings.places));
    findings.push(files::desk(surroundings.desk.as_deref()));
    findings.push(files::cache(&surroundings.places));
    findings.extend(libraries::findings(&config, surroundings)?);
    Ok(findings)
}

fn text(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let widest = findings.iter().map(|it| it.about.len()).max();
    let widest = widest.unwrap_or_default();
    for finding in findings {
        let (verdict, about) = (finding.verdict.to_string(), finding.about);
        let says = Clean::new(&finding.says);
        writeln!(out, "{verdict:<4}  {about:<widest$}  {says}")?;
        if let Some(hint) = &finding.hint {
            writeln!(
                out,
                "{:1$}  hint: {hint}",
                "",
                6 + widest,
                hint = Clean::new(hint)
            )?;
        }
    }
    Ok(())
}

/// A finding as JSON.
#[derive(Serialize)]
struct FindingJson<'a> {
    about: &'a str,
    verdict: String,
    says: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
}

impl<'a> From<&'a Finding> for FindingJson<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            about: finding.about,
            verdict: finding.verdict.to_string(),
            says: &finding.says,
            hint: finding.hint.as_deref(),
        }
    }
}
