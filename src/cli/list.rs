//! `newsdesk list`: the articles, newest first. How a format looks is in `table`, `tsv` and `json`.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{ListArgs, ListFormat};
use super::{Exit, Failure, Streams, Surroundings, json, library, note, table, tsv};
use crate::format::date::rfc3339;
use crate::library::Depth;
use crate::library::{ArticleId, ArticleRef, Library};

/// Prints the articles of a library.
pub fn run(
    args: &ListArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let library = library::load(&args.paths, Depth::List, surroundings)?;
    let mut ids: Vec<ArticleId> = library.ids().collect();
    ids.sort_by_cached_key(|id| library.newest_first(*id));
    let mut articles = ids.iter().map(|id| library.article(*id));
    match args.format {
        ListFormat::Table => table::write(articles, surroundings.stdout, streams.out)?,
        ListFormat::Json => array(&mut articles, streams.out)?,
        ListFormat::Jsonl => lines(&mut articles, streams.out)?,
        ListFormat::Tsv => tsv::write(articles.map(Entry::of), streams.out)?,
    }
    streams.out.flush()?;
    say_what_is_missing(&library, streams.err)?;
    Ok(if library.is_empty() {
        Exit::Notable
    } else {
        Exit::Clean
    })
}

/// An array with an article a line, so that it can be searched and compared by line too.
fn array<'a>(
    articles: &mut dyn Iterator<Item = ArticleRef<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, article) in articles.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        json::write(&Entry::of(article), out)?;
    }
    out.write_all(b"\n]\n")
}

fn lines<'a>(
    articles: &mut dyn Iterator<Item = ArticleRef<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for article in articles {
        json::write(&Entry::of(article), out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Nothing disappears silently: what is not in the list is at least counted.
fn say_what_is_missing(library: &Library, err: &mut dyn Write) -> io::Result<()> {
    let tally = library.tally();
    let files = if tally.files == 1 { "file" } else { "files" };
    if tally.errors > 0 {
        let (errors, all) = (tally.errors, tally.files);
        note(
            err,
            &format!("{errors} of {all} {files} could not be read; `newsdesk check` says why"),
        )
    } else if library.is_empty() {
        let all = tally.files;
        note(
            err,
            &format!("no articles in {all} {files}; `newsdesk check` says why"),
        )
    } else {
        Ok(())
    }
}

/// An article by the names of its front matter, in the order in which they are printed. What a
/// file does not say is absent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry<'a> {
    pub id: String,
    pub path: String,
    pub title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub excerpt: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub category: &'a str,
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    pub kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_date_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_date_time: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub original_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
    #[serde(skip_serializing_if = "ProviderEntry::is_unsaid")]
    pub provider: ProviderEntry<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<&'a str>,
}

/// The provider of an [`Entry`].
#[derive(Debug, Serialize)]
pub struct ProviderEntry<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub domain: &'a str,
}

impl ProviderEntry<'_> {
    fn is_unsaid(&self) -> bool {
        self.name.is_empty() && self.domain.is_empty()
    }
}

impl<'a> Entry<'a> {
    /// What is printed of an article.
    pub fn of(article: ArticleRef<'a>) -> Self {
        let flags = article.flags();
        Self {
            id: article.key().to_string(),
            path: article.path().to_string_lossy().into_owned(),
            title: article.title(),
            excerpt: article.excerpt(),
            category: article.category(),
            kind: article.kind(),
            published_date_time: article.published_at().map(rfc3339),
            updated_date_time: article.updated_at().map(rfc3339),
            original_url: article.original(),
            quality: article.quality(),
            heat: article.heat(),
            published: flags.published,
            removed: flags.removed,
            deleted: flags.deleted,
            provider: ProviderEntry {
                name: article.provider(),
                domain: article.domain(),
            },
            topics: article.topics().collect(),
        }
    }
}
