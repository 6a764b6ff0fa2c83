//! `newsdesk journal`: what was decided, newest first.

use std::collections::HashMap;
use std::io::{self, Write};

use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value as Json;

use super::args::{JournalArgs, JournalFormat};
use super::{Exit, Failure, Place, Streams};
use crate::cli::json;
use crate::desk::{Desk, Entry, Standing};
use crate::format::clean::Clean;
use crate::model::{Change, Subject, Value};

/// Where an article lay when it was last decided on.
type Paths = HashMap<Subject, String>;

/// Prints the journal.
pub fn run(args: &JournalArgs, place: &Place, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut desk = place.readable(streams.err)?;
    let entries = desk.journal(None, args.limit)?;
    match args.format {
        JournalFormat::Text => text(&entries, streams.out)?,
        JournalFormat::Json => {
            let marks = desk.all()?.into_iter();
            let paths = marks.map(|it| (it.subject, it.identity.path)).collect();
            array(&entries, &paths, streams.out)?;
        }
    }
    Ok(Exit::Clean)
}

fn text(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let zone = TimeZone::system();
    for entry in entries {
        let when = entry.transaction.when.to_zoned(zone.clone());
        let standing = match entry.standing {
            Standing::Holds => "",
            Standing::TakenBack => " (taken back)",
        };
        let label = Clean::new(&entry.transaction.label);
        let when = when.strftime("%Y-%m-%d %H:%M");
        writeln!(out, "{:>6}  {when}  {label}{standing}", entry.number)?;
    }
    Ok(())
}

/// An array with a decision a line.
fn array(entries: &[Entry], paths: &Paths, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, entry) in entries.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        json::write(&Decided::of(entry, paths), out)?;
    }
    out.write_all(b"\n]\n")
}

/// A decision as it is printed.
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

/// A change of a field of a mark.
#[derive(Serialize)]
struct Changed<'a> {
    article: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    field: String,
    before: Json,
    after: Json,
}

impl<'a> Decided<'a> {
    fn of(entry: &'a Entry, paths: &'a Paths) -> Self {
        let transaction = &entry.transaction;
        let changes = transaction.changes.iter();
        Self {
            number: entry.number,
            id: transaction.id.to_string(),
            when: transaction.when.to_string(),
            label: &transaction.label,
            is_taken_back: entry.standing == Standing::TakenBack,
            undoes: transaction.undoes.map(|it| it.to_string()),
            changes: changes.map(|it| Changed::of(it, paths)).collect(),
        }
    }
}

impl<'a> Changed<'a> {
    fn of(change: &Change, paths: &'a Paths) -> Self {
        Self {
            article: change.article.to_string(),
            path: paths.get(&change.article).map(String::as_str),
            field: change.field.to_string(),
            before: said(&change.before),
            after: said(&change.after),
        }
    }
}

/// As exports say it.
fn said(value: &Value) -> Json {
    match value {
        Value::Flag(it) => Json::from(*it),
        Value::Until(it) => Json::from(it.map(|at| at.to_string())),
        Value::Text(it) => Json::from(it.as_str()),
        Value::Staged(it) => Json::from(*it),
    }
}
