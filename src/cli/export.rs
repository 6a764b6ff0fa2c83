//! `newsdesk export`: writes the articles of a query as data, as a feed, or as a digest to send.
//! Each format has its own file.

mod atom;
mod csv;
mod digest;
mod html;
mod markdown;
mod rss;
mod xml;

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use clap::ValueEnum;
use jiff::Timestamp;

use super::args::{ExportArgs, ExportFormat};
use super::ask::{QueryOutput, ask};
use super::entries::FieldsFrom;
use super::entry::ArticleFields;
use super::fields::{OutputField, picked};
use super::new_file::{Existing, Readers, make};
use super::{CommandFailure, Exit, Streams, Surroundings, dash, json, note};
use crate::library::ArticleId;
use digest::Digest;

/// Exports the articles.
pub fn run(
    args: &ExportArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    check(args)?;
    let most = args.limit.map_or(usize::MAX, usize::from);
    let asked = ask(
        &args.selection,
        args.wants().marks(),
        surroundings,
        streams.err,
        |search, query, found| Ok(search.first(query, found, most)?),
    )?;
    let lost = match dash::file(args.output.as_deref()) {
        None => write(args, &asked, streams.out)?,
        Some(path) => {
            let mut bytes = Vec::new();
            let lost = write(args, &asked, &mut bytes)?;
            keep(path, &bytes, args.force)?;
            lost
        }
    };
    streams.out.flush()?;
    for sentence in lost {
        note(streams.err, &sentence)?;
    }
    asked.end(asked.answer.is_empty(), streams)
}

/// Rejects options that would have no effect.
fn check(args: &ExportArgs) -> Result<(), CommandFailure> {
    let refused = match args.format.kind() {
        Kind::Data if args.title.is_some() => Some(("title", "use rss, atom, html or md")),
        Kind::Data | Kind::Digest if args.link.is_some() => Some(("link", "use rss or atom")),
        Kind::Digest | Kind::Feed if !args.fields.is_empty() => {
            Some(("fields", "use json, jsonl or csv"))
        }
        Kind::Data | Kind::Digest | Kind::Feed => None,
    };
    let Some((option, hint)) = refused else {
        return Ok(());
    };
    let format = args.format.to_possible_value();
    Err(CommandFailure::Unfit {
        option,
        format: format.map_or_else(String::new, |it| it.get_name().to_owned()),
        hint,
    })
}

/// What a format is for.
enum Kind {
    Data,
    Digest,
    Feed,
}

impl ExportFormat {
    fn kind(self) -> Kind {
        match self {
            Self::Json | Self::Jsonl | Self::Csv => Kind::Data,
            Self::Html | Self::Md => Kind::Digest,
            Self::Rss | Self::Atom => Kind::Feed,
        }
    }
}

impl ExportArgs {
    fn wants(&self) -> FieldsFrom {
        let all = match self.format {
            ExportFormat::Json | ExportFormat::Jsonl => FieldsFrom::Files,
            ExportFormat::Csv
            | ExportFormat::Rss
            | ExportFormat::Atom
            | ExportFormat::Html
            | ExportFormat::Md => FieldsFrom::List,
        };
        FieldsFrom::new(&self.fields, all)
    }

    /// The title given, or else the view or the query.
    fn title(&self) -> String {
        let asked = [&self.title, &self.selection.view, &self.selection.query];
        let title = asked.into_iter().flatten().find(|it| !it.trim().is_empty());
        title.map_or_else(|| "Articles".to_owned(), Clone::clone)
    }
}

/// Writes the articles. Returns messages about files that can no longer be read.
fn write(
    args: &ExportArgs,
    asked: &QueryOutput<Vec<ArticleId>>,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let articles = asked.answer.iter().map(|id| asked.library.article(*id));
    let mut lost = Vec::new();
    let digest = || {
        let now = Timestamp::now();
        Digest::new(&args.title(), args.link.clone(), articles.clone(), now)
    };
    let wanted = args.wants();
    let entries = articles
        .clone()
        .map(|it| wanted.of_article(it, &asked.marks, &mut lost));
    let object = |entry: ArticleFields| match &args.fields[..] {
        [] => entry,
        fields => picked(&entry, fields),
    };
    match args.format {
        ExportFormat::Json => json::array(entries.map(object), out)?,
        ExportFormat::Jsonl => json::lines(entries.map(object), out)?,
        ExportFormat::Csv => match &args.fields[..] {
            [] => csv::write(&OutputField::listed(), entries, out)?,
            fields => csv::write(fields, entries, out)?,
        },
        ExportFormat::Rss => rss::write(&digest(), out)?,
        ExportFormat::Atom => atom::write(&digest(), out)?,
        ExportFormat::Html => html::write(&digest(), out)?,
        ExportFormat::Md => markdown::write(&digest(), out)?,
    }
    Ok(lost)
}

fn keep(path: &Path, bytes: &[u8], replaces: bool) -> Result<(), CommandFailure> {
    let existing = if replaces {
        Existing::Replaced
    } else {
        Existing::Kept
    };
    make(path, bytes, Readers::Everyone, existing).map_err(|error| {
        let path = path.to_path_buf();
        if error.kind() == ErrorKind::AlreadyExists {
            CommandFailure::Exists(path)
        } else {
            CommandFailure::Exchange { path, error }
        }
    })
}
