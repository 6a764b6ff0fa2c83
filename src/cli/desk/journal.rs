//! `newsdesk journal`: lists what was decided about which articles, newest first.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value as Json;

use super::args::{JournalArgs, JournalFormat};
use crate::cli::desk_file::DeskFile;
use crate::cli::work::Work;
use crate::cli::{CommandFailure, Exit, Streams, Surroundings};
use crate::cli::{json, library};
use crate::config::Config;
use crate::desk::{Desk, JournalEntry, Marked, MarkedArticles, TransactionState, json_of};
use crate::format::clean::Clean;
use crate::library::ReadDepth;
use crate::model::{MarkChange, Subject};

/// Number of titles in a line; the rest are counted.
const TITLES: usize = 1;

/// Prints the journal.
pub fn run(
    args: &JournalArgs,
    place: &DeskFile,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let mut desk = place.readable(streams.err)?;
    let entries = desk.journal(None, args.limit)?;
    let articles = if entries.is_empty() {
        Names::new()
    } else {
        names(desk.all()?, &args.paths, surroundings)?
    };
    match args.format {
        JournalFormat::Text => {
            let zone = Config::load_leniently(&surroundings.places).zone();
            text(&entries, &articles, &zone, streams.out)?;
        }
        JournalFormat::Json => array(&entries, &articles, streams.out)?,
    }
    Ok(Exit::Clean)
}

/// Names of the marked articles.
type Names = HashMap<Subject, Name>;

/// What an article is called.
struct Name {
    /// Its path when it was last decided on.
    path: String,
    /// The title of the article that the mark follows, if it is in the library.
    title: Option<String>,
}

fn names(
    marks: Vec<Marked>,
    paths: &[PathBuf],
    surroundings: &Surroundings,
) -> Result<Names, CommandFailure> {
    let work = Work::begin(surroundings)?;
    let library = library::load(paths, ReadDepth::List, surroundings, &work)?;
    let source = library::source(paths, surroundings)?;
    let marked = MarkedArticles::new(library.articles().clone(), source, marks);
    let name = |it: &Marked| {
        let article = marked.by_subject(it.subject).map(|id| marked.article(id));
        Name {
            path: it.identity.path.clone(),
            title: article.map(|article| article.title().into_owned()),
        }
    };
    let marks = marked.marks().iter();
    Ok(marks.map(|it| (it.subject, name(it))).collect())
}

fn text(
    entries: &[JournalEntry],
    names: &Names,
    zone: &TimeZone,
    out: &mut dyn Write,
) -> io::Result<()> {
    for entry in entries {
        let when = entry.transaction.when.to_zoned(zone.clone());
        let standing = match entry.standing {
            TransactionState::Holds => "",
            TransactionState::TakenBack => " (undone)",
        };
        let label = Clean::new(&entry.transaction.label);
        let when = when.strftime("%Y-%m-%d %H:%M");
        let about = Clean::new(&about(entry, names));
        writeln!(
            out,
            "{:>6}  {when}  {label}{standing}  {about}",
            entry.number
        )?;
    }
    Ok(())
}

/// The articles of a decision: the first by title, or else by path, and how many more.
fn about(entry: &JournalEntry, names: &Names) -> String {
    let changes = &entry.transaction.changes;
    let mut seen = HashSet::new();
    let subjects: Vec<Subject> = changes
        .iter()
        .map(|change| change.article)
        .filter(|subject| seen.insert(*subject))
        .collect();
    let known = subjects.iter().filter_map(|it| names.get(it));
    let first: Vec<&str> = known
        .map(|name| name.title.as_deref().unwrap_or(&name.path))
        .take(TITLES)
        .collect();
    match subjects.len().saturating_sub(TITLES) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Prints an array with one decision per line.
fn array(entries: &[JournalEntry], names: &Names, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, entry) in entries.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        json::write(&Decided::new(entry, names), out)?;
    }
    out.write_all(b"\n]\n")
}

/// A decision as printed.
#[derive(Serialize)]
struct Decided<'a> {
    number: i64,
    id: String,
    when: String,
    label: &'a str,
    #[serde(rename = "takenBack")]
    is_taken_back: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<String>,
    changes: Vec<Changed<'a>>,
}

/// A change to one field of a mark.
#[derive(Serialize)]
struct Changed<'a> {
    article: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    field: String,
    before: Json,
    after: Json,
}

impl<'a> Decided<'a> {
    fn new(entry: &'a JournalEntry, names: &'a Names) -> Self {
        let transaction = &entry.transaction;
        let changes = transaction.changes.iter();
        Self {
            number: entry.number,
            id: transaction.id.to_string(),
            when: transaction.when.to_string(),
            label: &transaction.label,
            is_taken_back: entry.standing == TransactionState::TakenBack,
            undoes: transaction.undoes.map(|it| it.to_string()),
            changes: changes.map(|it| Changed::new(it, names)).collect(),
        }
    }
}

impl<'a> Changed<'a> {
    fn new(change: &MarkChange, names: &'a Names) -> Self {
        let name = names.get(&change.article);
        Self {
            article: change.article.to_string(),
            path: name.map(|it| it.path.as_str()),
            title: name.and_then(|it| it.title.as_deref()),
            field: change.field.to_string(),
            before: json_of(&change.before),
            after: json_of(&change.after),
        }
    }
}
