//! `newsdesk list`: lists the articles of a query in its order, or all, newest first. Formats are
//! in `table`, `grid`, `tsv` and `json`; the fields of an article in `entry`.

use std::io::{self, Write};

use super::args::{ListArgs, ListFormat};
use super::ask::{MarksNeeded, ask};
use super::entries::FieldsFrom;
use super::entry::ArticleFields;
use super::fields::{OutputField, picked};
use super::{CommandFailure, Exit, Stream, Streams, Surroundings, grid, json, note, table, tsv};

/// Prints the articles.
pub fn run(
    args: &ListArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let most = args.limit.map_or(usize::MAX, usize::from);
    let wanted = FieldsFrom::new(&args.fields, args.format.wants());
    let marks = match args.stories {
        // The marks say what a person joined and split.
        true => MarksNeeded::Always,
        false => wanted.marks(),
    };
    let asked = ask(
        &args.selection,
        marks,
        surroundings,
        streams.err,
        |search, query, found| {
            if !args.stories {
                return Ok(search.first(query, found, most)?);
            }
            let sorted = search.sorted(query, found)?;
            let stories = search.stories()?;
            let mut listed = stories.one_each(search.articles, &sorted, found);
            listed.truncate(most);
            Ok(listed)
        },
    )?;
    let articles = asked.answer.iter().map(|id| asked.library.article(*id));
    let out = &mut *streams.out;
    if matches!(args.format, ListFormat::Table) && args.fields.is_empty() {
        table::write(articles, surroundings.stdout, out)?;
        return asked.end(asked.answer.is_empty(), streams);
    }
    let mut lost = Vec::new();
    let entries = articles.map(|it| wanted.of_article(it, &asked.marks, &mut lost));
    let objects = |entry: ArticleFields| match &args.fields[..] {
        [] => entry,
        fields => picked(&entry, fields),
    };
    let listed = OutputField::listed();
    let fields = match &args.fields[..] {
        [] => &listed,
        fields => fields,
    };
    match args.format {
        ListFormat::Table => columns(fields, entries, surroundings.stdout, out)?,
        ListFormat::Json => json::array(entries.map(objects), out)?,
        ListFormat::Jsonl => json::lines(entries.map(objects), out)?,
        ListFormat::Tsv => tsv::write(fields, entries, out)?,
    }
    out.flush()?;
    for sentence in lost {
        note(streams.err, &sentence)?;
    }
    asked.end(asked.answer.is_empty(), streams)
}

impl ListFormat {
    /// What it prints if no fields are named.
    fn wants(self) -> FieldsFrom {
        match self {
            Self::Json | Self::Jsonl => FieldsFrom::Files,
            Self::Table | Self::Tsv => FieldsFrom::List,
        }
    }
}

/// The values in columns.
fn columns(
    fields: &[OutputField],
    entries: impl Iterator<Item = ArticleFields>,
    stdout: Stream,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names: Vec<String> = fields.iter().map(|it| it.name().to_uppercase()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let lines: Vec<Vec<String>> = entries
        .map(|entry| fields.iter().map(|field| field.value(&entry)).collect())
        .collect();
    grid::write(&names, &lines, stdout, out)
}
