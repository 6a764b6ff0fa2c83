//! `newsdesk list`: the articles of a query, in its order, else all and newest first. How a format
//! looks is in `table`, `grid`, `tsv` and `json`.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::args::{ListArgs, ListFormat};
use super::ask::{ask, find, query};
use super::fields::{Field, picked};
use super::work::Work;
use super::{Exit, Failure, Stream, Streams, Surroundings, desk, grid, json, library, table, tsv};
use crate::format::date::rfc3339;
use crate::library::{ArticleRef, Depth};

/// Prints the articles of a library.
pub fn run(
    args: &ListArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let query = query(args.query.as_deref())?;
    let most = args.limit.map_or(usize::MAX, usize::from);
    let work = Work::begin(surroundings)?;
    let library = library::load(&args.paths, Depth::List, surroundings, &work)?;
    let source = library::source(&args.paths, surroundings)?;
    let marked = desk::marked(
        &library,
        &source,
        args.query.as_deref(),
        surroundings,
        streams.err,
    )?;
    let ids = ask(&marked, &work, |search| {
        let found = find(search, &query, &work)?;
        Ok(search.first(&query, &found, most)?)
    })?;
    drop(work);
    let articles = ids.iter().map(|id| library.article(*id));
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
    streams.out.flush()?;
    library::say_what_is_missing(&library, streams.err)?;
    Ok(if ids.is_empty() {
        Exit::Notable
    } else {
        Exit::Clean
    })
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
