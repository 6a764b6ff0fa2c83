//! `newsdesk list`: lists the articles of a query in its order, or all, newest first. Formats are
//! in `table`, `grid`, `tsv` and `json`; the fields of an article in `entry`.

use std::io::{self, Write};

use super::args::{ListArgs, ListFormat};
use super::ask::{Marks, ask};
use super::entry::{self, Entry};
use super::fields::{Field, Origin, picked};
use super::{Exit, Failure, Stream, Streams, Surroundings, grid, json, note, table, tsv};
use crate::desk::Decided;
use crate::library::ArticleRef;
use crate::model::Mark;

/// Prints the articles.
pub fn run(
    args: &ListArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let most = args.limit.map_or(usize::MAX, usize::from);
    let wanted = Wanted::new(args);
    let asked = ask(
        &args.selection,
        wanted.marks(),
        surroundings,
        streams.err,
        |search, query, found| Ok(search.first(query, found, most)?),
    )?;
    let articles = asked.answer.iter().map(|id| asked.library.article(*id));
    let out = &mut *streams.out;
    if matches!(args.format, ListFormat::Table) && args.fields.is_empty() {
        table::write(articles, surroundings.stdout, out)?;
        return asked.end(asked.answer.is_empty(), streams);
    }
    let mut lost = Vec::new();
    let entries = articles.map(|it| wanted.of_article(it, &asked.marks, &mut lost));
    let objects = |entry: Entry| match &args.fields[..] {
        [] => entry,
        fields => picked(&entry, fields),
    };
    let listed = Field::listed();
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

/// Where the values to print come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// What the list knows is enough.
    List,
    /// The files, and the marks.
    Files,
    /// The marks, besides what the list knows.
    Marks,
}

impl Wanted {
    fn new(args: &ListArgs) -> Self {
        let is_json = matches!(args.format, ListFormat::Json | ListFormat::Jsonl);
        if args.fields.is_empty() {
            return if is_json { Self::Files } else { Self::List };
        }
        let has = |origin| args.fields.iter().any(|it| it.origin() == origin);
        if has(Origin::File) {
            Self::Files
        } else if has(Origin::Desk) {
            Self::Marks
        } else {
            Self::List
        }
    }

    fn marks(self) -> Marks {
        match self {
            Self::List => Marks::IfAskedFor,
            Self::Files | Self::Marks => Marks::Always,
        }
    }

    /// Returns an article's entry. If its file can no longer be read, that is what the list knows,
    /// and `lost` gets a message.
    fn of_article(self, article: ArticleRef<'_>, marks: &Decided, lost: &mut Vec<String>) -> Entry {
        let untouched = Mark::default();
        let mark = marks.get(&article.id()).unwrap_or(&untouched);
        let mut entry = match self {
            Self::List => return entry::listed(article),
            Self::Marks => entry::listed(article),
            Self::Files => match entry::whole(article) {
                Ok(entry) => entry,
                Err(error) => {
                    lost.push(format!("{}: {error}", article.path().display()));
                    entry::listed(article)
                }
            },
        };
        entry.insert(entry::MARKS.to_owned(), entry::marks(mark));
        entry
    }
}

/// The values in columns.
fn columns(
    fields: &[Field],
    entries: impl Iterator<Item = Entry>,
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
