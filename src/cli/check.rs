//! `newsdesk check`: what is wrong with a library's files, and what became of each.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::args::{CheckArgs, CheckFormat};
use super::work::Work;
use super::{CommandFailure, Exit, Surroundings, json, library, taken_for};
use crate::config::Config;
use crate::format::SiteOverrides;
use crate::format::clean::Clean;
use crate::library::{FileCounts, Library, ReadDepth, explain_shown, read_shown_with};
use crate::model::{Diagnostic, Skip};

/// Prints the diagnostics, the skipped files and the counts.
pub fn run(
    args: &CheckArgs,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> Result<Exit, CommandFailure> {
    if let Some(path) = &args.explain {
        let config = Config::load_leniently(&surroundings.places);
        let overrides = config.overrides_of(std::slice::from_ref(path));
        return explain(path, &overrides, out);
    }
    let work = Work::begin(surroundings)?;
    let source = library::source(&args.paths, surroundings)?;
    let library = library::load(&args.paths, ReadDepth::Everything, surroundings, &work)?;
    drop(work);
    let nothing = taken_for::nothing_found(&library);
    let taken_for = taken_for::lines(&library, &source);
    let mut print = || -> io::Result<()> {
        match args.format {
            CheckFormat::Text => {
                for said in taken_for.iter().chain(&nothing) {
                    writeln!(out, "{}", Clean::new(said))?;
                }
                text(&library, out)?;
            }
            CheckFormat::Json => {
                json::write(&Report::new(&library, &taken_for, nothing.as_deref()), out)?;
                writeln!(out)?;
            }
        }
        out.flush()
    };
    match print() {
        // Whoever stops reading still learns whether there are problems.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    Ok(if library.diagnostics().is_empty() && nothing.is_none() {
        Exit::Clean
    } else {
        Exit::Notable
    })
}

/// Prints which key of a file gave which role and why, and what became of the file.
fn explain(
    path: &Path,
    overrides: &SiteOverrides,
    out: &mut dyn Write,
) -> Result<Exit, CommandFailure> {
    let fields = explain_shown(path, overrides).map_err(|error| CommandFailure::Exchange {
        path: path.to_path_buf(),
        error,
    })?;
    for field in &fields {
        let role = match field.role {
            Some(role) => role.name(),
            None => "-".to_owned(),
        };
        let line = format!("{}:{}: {role}: {}", field.line, field.key, field.why);
        writeln!(out, "{}", Clean::new(&line))?;
    }
    match read_shown_with(path, overrides) {
        Ok(shown) => {
            writeln!(out, "title: {}", Clean::new(&shown.article.title))?;
            Ok(Exit::Clean)
        }
        Err(error) => {
            writeln!(out, "not an article: {}", Clean::new(&error.to_string()))?;
            Ok(Exit::Notable)
        }
    }
}

fn text(library: &Library, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in library.diagnostics() {
        writeln!(out, "{}", Clean::new(&sentence(diagnostic)))?;
        if let Some(hint) = &diagnostic.hint {
            writeln!(out, "    hint: {}", Clean::new(hint))?;
        }
    }
    for (path, skip) in library.skipped() {
        let line = format!("{}: skipped: {}", path.display(), skip.reason());
        writeln!(out, "{}", Clean::new(&line))?;
    }
    let FileCounts {
        files,
        articles,
        errors,
        skipped,
        warnings,
    } = library.tally();
    writeln!(
        out,
        "files {files}, articles {articles}, errors {errors}, skipped {skipped}, \
         warnings {warnings}"
    )
}

/// Formats a diagnostic like a compiler, so that editors can jump to it: `path:line:column:
/// warning: field: reason`.
fn sentence(diagnostic: &Diagnostic) -> String {
    let place = diagnostic
        .place
        .map(|place| format!("{}:{}:", place.line, place.column));
    let field = diagnostic.field.as_ref().map(|name| format!("{name}: "));
    format!(
        "{}:{} {}: {}{}",
        diagnostic.path.display(),
        place.unwrap_or_default(),
        diagnostic.severity,
        field.unwrap_or_default(),
        diagnostic.reason
    )
}

/// The whole report as one object.
#[derive(Serialize)]
struct Report<'a> {
    taken_for: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing_found: Option<&'a str>,
    count: Count,
    diagnostics: Vec<DiagnosticEntry<'a>>,
    skipped: Vec<SkippedEntry<'a>>,
}

#[derive(Serialize)]
struct Count {
    files: usize,
    articles: usize,
    errors: usize,
    skipped: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct DiagnosticEntry<'a> {
    severity: String,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct SkippedEntry<'a> {
    path: String,
    reason: &'a str,
}

impl<'a> Report<'a> {
    fn new(library: &'a Library, taken_for: &'a [String], nothing_found: Option<&'a str>) -> Self {
        let tally = library.tally();
        Self {
            taken_for,
            nothing_found,
            count: Count {
                files: tally.files,
                articles: tally.articles,
                errors: tally.errors,
                skipped: tally.skipped,
                warnings: tally.warnings,
            },
            diagnostics: library
                .diagnostics()
                .into_iter()
                .map(DiagnosticEntry::new)
                .collect(),
            skipped: library.skipped().map(SkippedEntry::new).collect(),
        }
    }
}

impl<'a> DiagnosticEntry<'a> {
    fn new(diagnostic: &'a Diagnostic) -> Self {
        Self {
            severity: diagnostic.severity.to_string(),
            path: written(&diagnostic.path),
            line: diagnostic.place.map(|place| place.line),
            column: diagnostic.place.map(|place| place.column),
            field: diagnostic.field.as_deref(),
            reason: &diagnostic.reason,
            hint: diagnostic.hint.as_deref(),
        }
    }
}

impl SkippedEntry<'_> {
    fn new((path, skip): (&Path, Skip)) -> Self {
        Self {
            path: written(path),
            reason: skip.reason(),
        }
    }
}

fn written(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::{Place, Severity};

    #[test]
    fn a_diagnostic_reads_like_a_compilers() {
        let mut diagnostic = Diagnostic {
            severity: Severity::Warning,
            path: PathBuf::from("_news/a.md"),
            place: Some(Place { line: 3, column: 9 }),
            field: Some("quality".to_owned()),
            reason: "not a number".to_owned(),
            hint: None,
        };
        assert_eq!(
            sentence(&diagnostic),
            "_news/a.md:3:9: warning: quality: not a number"
        );
        diagnostic.place = None;
        diagnostic.field = None;
        assert_eq!(sentence(&diagnostic), "_news/a.md: warning: not a number");
    }
}
