//! The bytes of a file to an article: every field of the format, and what was wrong.

use std::collections::HashSet;
use std::path::Path;

use super::body::Markup;
use super::fence::Container;
use super::fields::Fields;
use super::flaw::Flaw;
use super::front::{self, Front, TELLING};
use super::headline::Headline;
use super::{body, caps, date, duration, signals};
use crate::model::{
    Action, Article, Diagnostic, Flags, Has, Image, Person, Provider, Ratings, Related, Secured,
    Severity, Skip, Urls,
};

/// What a file turned out to be. Exactly one of the three, for every file.
#[derive(Debug)]
pub enum Reading {
    Article(Box<Read>),
    Skip(Skip),
    Error(Box<Diagnostic>),
}

/// An article that was read, with its warnings.
#[derive(Debug)]
pub struct Read {
    pub article: Article,
    /// What follows the front matter, as it stands; bytes that are no UTF-8 are replaced.
    pub body: String,
    pub warnings: Vec<Diagnostic>,
}

impl Read {
    /// What the library keeps of it.
    pub fn headline(&self) -> Headline {
        let mut headline = Headline::from(self.article.clone());
        if !self.body.trim_ascii().is_empty() {
            headline.has = headline.has | Has::BODY;
        }
        headline
    }
}

/// Reads the bytes of the file at `path`. The path gives the name, and stands in diagnostics.
pub fn read(path: &Path, bytes: &[u8]) -> Reading {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(container) = Container::of(&name) else {
        return Reading::Skip(Skip::OtherKind);
    };
    match read_parts(&name, container, bytes) {
        Ok(Whole::Skip(skip)) => Reading::Skip(skip),
        Ok(Whole::Article {
            article,
            body,
            flaws,
        }) => {
            let warnings = flaws
                .into_iter()
                .map(|flaw| flaw.of(Severity::Warning, path))
                .collect();
            Reading::Article(Box::new(Read {
                article: *article,
                body,
                warnings,
            }))
        }
        Err(flaw) => Reading::Error(Box::new(flaw.of(Severity::Error, path))),
    }
}

enum Whole {
    Skip(Skip),
    Article {
        article: Box<Article>,
        body: String,
        flaws: Vec<Flaw>,
    },
}

fn read_parts(name: &str, container: Container, bytes: &[u8]) -> Result<Whole, Flaw> {
    let matter = match front::read(bytes, container)? {
        Front::Matter(matter) => matter,
        Front::Skip(skip) => return Ok(Whole::Skip(skip)),
    };
    let body_bytes = &bytes[matter.body];
    let body = String::from_utf8_lossy(body_bytes).into_owned();
    let topics_line = matter.map.line_of("topics");
    let mut flaws = matter.flaws;
    let signals = signals::of_fields(&matter.map);
    let mut article = fields(Fields::top(matter.map), &mut flaws);
    article.signals = signals;
    if !says_anything(&article, &body) && !flaws.iter().any(is_telling) {
        return Ok(Whole::Skip(Skip::NotAnArticle));
    }
    if article.topics.len() > caps::TOPICS {
        let flaw = too_many_topics(article.topics.len(), topics_line);
        return Err(flaw.down(matter.lines_before));
    }
    complete(&mut article, name, &body);
    let mut flaws: Vec<Flaw> = limited(flaws)
        .into_iter()
        .map(|flaw| flaw.down(matter.lines_before))
        .collect();
    if std::str::from_utf8(body_bytes).is_err() {
        flaws.push(
            Flaw::new("the text holds bytes that are no UTF-8; they are shown as \u{fffd}")
                .field("body")
                .hint("save the file as UTF-8"),
        );
    }
    Ok(Whole::Article {
        article: Box::new(article),
        body,
        flaws,
    })
}

fn too_many_topics(found: usize, line: Option<u32>) -> Flaw {
    let most = caps::TOPICS;
    Flaw::new(format!("{found} topics; {most} are read at most"))
        .at(line.unwrap_or(1), 1)
        .field("topics")
        .hint("name the ones that matter")
}

/// The first flaws, and how many more there were: a list of thousands of wrong entries is wrong
/// once.
fn limited(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    let more = flaws.len().saturating_sub(caps::WARNINGS);
    if more > 0 {
        flaws.truncate(caps::WARNINGS);
        flaws.push(Flaw::new(format!("{more} more fields cannot be read")));
    }
    flaws
}

/// Whether there is anything to read: a link, a date, an excerpt, a bio or a body.
pub(super) fn says_anything(article: &Article, body: &str) -> bool {
    article.urls.all().next().is_some()
        || article.published_at.is_some()
        || article.updated_at.is_some()
        || !article.excerpt.is_empty()
        || !article.bio.is_empty()
        || !body.trim().is_empty()
}

/// Whether a field was there that makes an article, and could not be read: it costs the field only.
fn is_telling(flaw: &Flaw) -> bool {
    let field = flaw.field.as_deref();
    field.is_some_and(|field| TELLING.contains(&field))
}

/// Fills in what the name of the file and the body can tell.
pub(super) fn complete(article: &mut Article, name: &str, body: &str) {
    if article.title.is_empty() {
        article.title = body::first_heading(Markup::of(Path::new(name)), body)
            .filter(|heading| !heading.trim().is_empty())
            .unwrap_or_else(|| {
                name.rsplit_once('.')
                    .map_or(name, |(stem, _)| stem)
                    .to_owned()
            });
    }
    if article.published_at.is_none() {
        article.published_at = date::in_file_name(name);
    }
}

/// Every field of the format. The order is that of the format's table.
fn fields(mut top: Fields, flaws: &mut Vec<Flaw>) -> Article {
    let name = top.prose("name", flaws);
    let mut article = Article {
        title: top.prose("title", flaws).or(name).unwrap_or_default(),
        excerpt: top.prose("excerpt", flaws).unwrap_or_default(),
        bio: top.prose("bio", flaws).unwrap_or_default(),
        category: top.text("category", flaws),
        kind: top.text("type", flaws),
        updated_at: top.moment("updatedDateTime", flaws),
        urls: urls(&mut top, flaws),
        quality: top.integer("quality", flaws),
        heat: top.integer("heat", flaws),
        flags: Flags {
            published: top.flag("published", flaws),
            removed: top.flag("removed", flaws),
            deleted: top.flag("deleted", flaws),
        },
        provider: top
            .one("provider", "name", flaws, provider)
            .unwrap_or_default(),
        topics: unique(top.texts("topics", flaws)),
        levels: unique(top.texts("levels", flaws)),
        images: images(&mut top, flaws),
        related: top.each("related", "title", flaws, related),
        items: top.texts("items", flaws),
        price: top.text("price", flaws),
        ratings: top.one("ratings", "average", flaws, |inner, flaws| Ratings {
            count: inner.integer("count", flaws),
            average: inner.number("average", flaws),
        }),
        actions: top.each("actions", "url", flaws, |inner, flaws| Action {
            title: inner.prose("title", flaws),
            kind: inner.text("type", flaws),
            url: inner.text("url", flaws).unwrap_or_default(),
            attribution: inner.prose("attribution", flaws),
        }),
        members: top.integer("members", flaws),
        twitter: top.one("twitter", "username", flaws, person),
        linkedin: top.one("linkedin", "url", flaws, person),
        affiliation: top.one("affiliation", "name", flaws, provider),
        location: top.prose("location", flaws),
        featured: top
            .text("featuredContent", flaws)
            .map(|html| body::links_in_html(&html))
            .unwrap_or_default(),
        secured: top
            .text("secured", flaws)
            .map(|text| Secured { bytes: text.len() }),
        ..Article::default()
    };
    let date = top.moment("date", flaws);
    article.published_at = top.moment("publishedDateTime", flaws).or(date);
    let hint = "write it as an ISO 8601 duration, such as PT42M";
    article.length = top.parsed("length", flaws, hint, duration::parse);
    article.more = top.rest();
    article
}

fn urls(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Urls {
    Urls {
        original: fields.text("originalUrl", flaws),
        web: fields.text("webUrl", flaws),
        amp: fields.text("ampWebUrl", flaws),
        cdn_amp: fields.text("cdnAmpWebUrl", flaws),
        website: fields.text("website", flaws),
    }
}

fn provider(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Provider {
    Provider {
        name: fields.prose("name", flaws).unwrap_or_default(),
        domain: fields.text("domain", flaws).unwrap_or_default(),
        images: images(fields, flaws),
        authors: fields
            .each("authors", "name", flaws, |author, flaws| {
                author.prose("name", flaws)
            })
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn images(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Vec<Image> {
    let read = fields.each("images", "url", flaws, |inner, flaws| Image {
        url: inner.text("url", flaws).unwrap_or_default(),
        width: inner.integer("width", flaws),
        height: inner.integer("height", flaws),
        title: inner.prose("title", flaws),
        attribution: inner.prose("attribution", flaws),
        is_cached: inner.flag("isCached", flaws),
    });
    read.into_iter()
        .filter(|image| *image != Image::default())
        .collect()
}

fn related(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Related {
    Related {
        title: fields.prose("title", flaws).unwrap_or_default(),
        excerpt: fields.prose("excerpt", flaws).unwrap_or_default(),
        published_at: fields.moment("publishedDateTime", flaws),
        urls: urls(fields, flaws),
        kind: fields.text("type", flaws),
        quality: fields.integer("quality", flaws),
        provider: fields
            .one("provider", "name", flaws, provider)
            .unwrap_or_default(),
        images: images(fields, flaws),
    }
}

fn person(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Person {
    Person {
        username: fields.text("username", flaws),
        url: fields.text("url", flaws),
        followers: fields.integer("followers", flaws),
    }
}

/// Without repetitions, in the order of first appearance.
pub(super) fn unique(texts: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::with_capacity(texts.len());
    texts
        .into_iter()
        .filter(|text| seen.insert(text.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
