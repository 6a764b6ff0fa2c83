//! `newsdesk list`: the articles of a query, in its order, else all and newest first. How a format
//! looks is in `table`, `grid`, `tsv` and `json`.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::Value;

use super::args::{ListArgs, ListFormat};
use super::ask::ask;
use super::entry::Entry;
use super::fields::{Field, picked};
use super::{Exit, Failure, Stream, Streams, Surroundings, grid, json, table, tsv};
use crate::library::ArticleRef;

/// Prints the articles of a library.
pub fn run(
    args: &ListArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let most = args.limit.map_or(usize::MAX, usize::from);
    let asked = ask(
        &args.selection,
        surroundings,
        streams.err,
        |search, query, found| Ok(search.first(query, found, most)?),
    )?;
    let articles = asked.answer.iter().map(|id| asked.library.article(*id));
    if args.fields.is_empty() {
        whole(args.format, articles, surroundings.stdout, streams.out)?;
    } else {
        some(
            args.format,
            &args.fields,
            articles,
            surroundings.stdout,
            streams.out,
        )?;
    }
    asked.end(asked.answer.is_empty(), streams)
}

/// The articles as a format shows them by itself.
fn whole<'a>(
    format: ListFormat,
    articles: impl Iterator<Item = ArticleRef<'a>> + Clone,
    stdout: Stream,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ListFormat::Table => table::write(articles, stdout, out),
        ListFormat::Json => json::array(articles.map(Entry::of), out),
        ListFormat::Jsonl => json::lines(articles.map(Entry::of), out),
        ListFormat::Tsv => tsv::write(Field::value_variants(), articles.map(Entry::of), out),
    }
}

/// Some fields of the articles.
fn some<'a>(
    format: ListFormat,
    fields: &[Field],
    articles: impl Iterator<Item = ArticleRef<'a>>,
    stdout: Stream,
    out: &mut dyn Write,
) -> io::Result<()> {
    let entries = articles.map(Entry::of);
    let objects = |entry: Entry<'_>| {
        let object = serde_json::to_value(entry).unwrap_or(Value::Null);
        picked(&object, fields)
    };
    match format {
        ListFormat::Table => {
            let names: Vec<String> = fields.iter().map(|it| it.name().to_uppercase()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let lines: Vec<Vec<String>> = entries
                .map(|entry| fields.iter().map(|field| field.value(&entry)).collect())
                .collect();
            grid::write(&names, &lines, stdout, out)
        }
        ListFormat::Json => json::array(entries.map(objects), out),
        ListFormat::Jsonl => json::lines(entries.map(objects), out),
        ListFormat::Tsv => tsv::write(fields, entries, out),
    }
}
