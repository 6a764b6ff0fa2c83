//! Turns the bytes of a file into an article: every field of the format, and what was wrong.

use std::collections::HashSet;
use std::path::Path;

use super::conventions::{Bare, Categories, Conventions};
use super::fence::Container;
use super::fields::{Fields, Splits};
use super::flaw::Flaw;
use super::front::{self, Front, TELLING};
use super::headline::Headline;
use super::link::Link;
use super::roles::{self, Role};
use super::{body, caps, date, duration, node, opening, signals};
use crate::model::{
    Action, Article, Diagnostic, Flags, Has, Image, Person, Provider, Ratings, Related, Secured,
    Severity, Skip, Urls,
};

/// What a file turned out to be: exactly one of the three.
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
    /// What follows the front matter, unchanged except that bytes that are not UTF-8 are replaced.
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

/// Reads the bytes of the file at `path` by the conventions of its site. The path supplies the
/// name, and appears in diagnostics.
pub fn read(path: &Path, bytes: &[u8], conventions: &Conventions) -> Reading {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(container) = Container::from_name(&name) else {
        return Reading::Skip(Skip::OtherKind);
    };
    if is_section(&name) {
        return Reading::Skip(Skip::Section);
    }
    match read_parts(path, container, bytes, &of_file(&name, conventions)) {
        Ok(Whole::Skip(skip)) => Reading::Skip(skip),
        Ok(Whole::Article {
            article,
            body,
            flaws,
        }) => {
            let warnings = flaws
                .into_iter()
                .map(|flaw| flaw.diagnostic(Severity::Warning, path))
                .collect();
            Reading::Article(Box::new(Read {
                article: *article,
                body,
                warnings,
            }))
        }
        Err(flaw) => Reading::Error(Box::new(flaw.diagnostic(Severity::Error, path))),
    }
}

/// Whether a file is the page of a section rather than an article, for Hugo and Zola.
pub(super) fn is_section(name: &str) -> bool {
    name.split('.').next() == Some("_index")
}

/// The conventions for one file of a site: the extensions of Quarto's files identify it.
pub(super) fn of_file(name: &str, conventions: &Conventions) -> Conventions {
    let is = |ending: &str| {
        let (_, found) = name.rsplit_once('.').unwrap_or_default();
        found.eq_ignore_ascii_case(ending)
    };
    let mut conventions = conventions.clone();
    if is("qmd") || is("rmd") {
        conventions.categories = Categories::AsTopics;
    }
    conventions
}

enum Whole {
    Skip(Skip),
    Article {
        article: Box<Article>,
        body: String,
        flaws: Vec<Flaw>,
    },
}

fn read_parts(
    path: &Path,
    container: Container,
    bytes: &[u8],
    conventions: &Conventions,
) -> Result<Whole, Flaw> {
    let front = match front::read(bytes, container) {
        Err(_) if opening::is_template_front(bytes) => return Ok(Whole::Skip(Skip::Template)),
        read => read?,
    };
    let matter = match front {
        Front::Matter(matter) => matter,
        Front::Text(start) => return Ok(bare(path, container, &bytes[start..], conventions)),
        Front::Skip(skip) => return Ok(Whole::Skip(skip)),
    };
    let body_bytes = &bytes[matter.body];
    let body = String::from_utf8_lossy(body_bytes).into_owned();
    let topics_line = matter.map.line_of("topics");
    let is_ours = matter.map.entries.iter().any(|entry| {
        let is_it = |name: &&str| roles::same(name, &entry.key);
        TELLING.iter().any(is_it) || entry.key == "items"
    });
    let mut flaws = matter.flaws;
    let signals = signals::of_fields(&matter.map);
    let mut article = fields(Fields::top(matter.map), conventions, &mut flaws);
    article.signals = signals;
    if article.excerpt.is_empty() {
        article.excerpt = opening::before_cut(path, &body).unwrap_or_default();
    }
    if container == Container::Yaml && !is_ours {
        return Ok(Whole::Skip(Skip::NotAnArticle));
    }
    if opening::is_template(&article.title)
        || (opening::is_template(&body) && !says_anything(&article, ""))
    {
        return Ok(Whole::Skip(Skip::Template));
    }
    if !says_anything(&article, &body) && !flaws.iter().any(is_telling) {
        return Ok(Whole::Skip(Skip::NotAnArticle));
    }
    if article.topics.len() > caps::TOPICS {
        flaws.push(too_many_topics(article.topics.len(), topics_line));
        article.topics.truncate(caps::TOPICS);
    }
    complete(&mut article, path, &body, conventions);
    let mut flaws: Vec<Flaw> = limited(flaws)
        .into_iter()
        .map(|flaw| flaw.down(matter.lines_before))
        .collect();
    flaws.extend(no_utf8(body_bytes));
    Ok(Whole::Article {
        article: Box::new(article),
        body,
        flaws,
    })
}

fn no_utf8(body: &[u8]) -> Option<Flaw> {
    std::str::from_utf8(body).is_err().then(|| {
        Flaw::new("the text contains bytes that are not UTF-8; they are shown as \u{fffd}")
            .field("body")
            .hint("save the file as UTF-8")
    })
}

/// A file without front matter: an article made of its heading, date and first paragraph.
fn bare(path: &Path, container: Container, text: &[u8], conventions: &Conventions) -> Whole {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let skip = Whole::Skip(Skip::NoFrontMatter);
    let is_text = name.to_ascii_lowercase().ends_with(".txt");
    if container != Container::Markdown
        || is_text
        || conventions.bare == Bare::Skipped
        || is_apart(&name)
    {
        return skip;
    }
    let body = String::from_utf8_lossy(text).into_owned();
    let heading = opening::heading(path, &body);
    let mut article = Article {
        title: heading.unwrap_or_default(),
        ..Article::default()
    };
    let date = date::in_file_name(&label(path));
    if body.trim().is_empty() || (article.title.is_empty() && date.is_none()) {
        return skip;
    }
    article.excerpt = opening::before_cut(path, &body)
        .or_else(|| opening::paragraph(path, &body))
        .unwrap_or_default();
    complete(&mut article, path, &body, conventions);
    Whole::Article {
        article: Box::new(article),
        flaws: no_utf8(text).into_iter().collect(),
        body,
    }
}

/// Files that are about the folder, not in it.
fn is_apart(name: &str) -> bool {
    const APART: [&str; 9] = [
        "readme",
        "license",
        "changelog",
        "contributing",
        "codeofconduct",
        "security",
        "history",
        "agents",
        "claude",
    ];
    let stem = name.split('.').next().unwrap_or(name);
    name.starts_with('_') || APART.iter().any(|apart| roles::same(stem, apart))
}

fn too_many_topics(found: usize, line: Option<u32>) -> Flaw {
    let most = caps::TOPICS;
    Flaw::new(format!("{found} topics; only the first {most} are read"))
        .at(line.unwrap_or(1), 1)
        .field("topics")
        .hint("name the ones that matter")
}

/// The first flaws, and a count of the rest: a list with thousands of wrong entries is one problem.
fn limited(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    let more = flaws.len().saturating_sub(caps::WARNINGS);
    if more > 0 {
        flaws.truncate(caps::WARNINGS);
        flaws.push(Flaw::new(format!("{more} more fields cannot be read")));
    }
    flaws
}

/// Whether there is anything to read: a link, a date, an excerpt, a bio, a body, or a collection's
/// items.
pub(super) fn says_anything(article: &Article, body: &str) -> bool {
    article.urls.all().next().is_some()
        || article.published_at.is_some()
        || article.updated_at.is_some()
        || !article.excerpt.is_empty()
        || !article.bio.is_empty()
        || !body.trim().is_empty()
        || (!article.title.is_empty() && !article.items.is_empty())
}

/// Whether the flaw is about a field that makes a file an article: it is one even if that field
/// could not be read.
fn is_telling(flaw: &Flaw) -> bool {
    const ROLES: [Role; 9] = [
        Role::Original,
        Role::Web,
        Role::Website,
        Role::Amp,
        Role::CdnAmp,
        Role::Date,
        Role::Updated,
        Role::Excerpt,
        Role::Bio,
    ];
    let uses = flaw.field.as_deref().map_or(&[][..], roles::uses);
    uses.iter().any(|found| ROLES.contains(&found.role))
}

/// Fills in what can be told from the name of the file or its folder, and from the body.
pub(super) fn complete(article: &mut Article, path: &Path, body: &str, conventions: &Conventions) {
    if article.title.is_empty() {
        article.title = opening::heading(path, body).unwrap_or_else(|| named(path));
    }
    if article.published_at.is_none() {
        article.published_at = date::in_file_name(&label(path));
    }
    if article.language.is_none() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let language = conventions.languages.of_file(&name);
        article.language = language.map(str::to_owned);
    }
    if article.provider.label().is_empty()
        && let Some(original) = article.urls.original()
        && let Ok(link) = Link::parse(original)
    {
        let host = link.host();
        article.provider.domain = host.strip_prefix("www.").unwrap_or(host).to_owned();
    }
}

/// The name of an article: that of its file, or of its folder if the file is called `index`.
fn label(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let folder = path.parent().and_then(Path::file_name);
    match folder {
        Some(folder) if stem == "index" => folder.to_string_lossy().into_owned(),
        _ => stem.to_owned(),
    }
}

/// A title from the name: `2026-03-05-paper-boats/index.md` and `2026-03-05-paper-boats.md` become
/// `Paper boats`; the stem of any other file is used as it is.
fn named(path: &Path) -> String {
    let label = label(path);
    let is_folder = path.file_stem().is_some_and(|stem| stem == "index") && label != "index";
    let words = match date::in_file_name(&label) {
        Some(_) => label.get(10..).unwrap_or_default(),
        None if is_folder => &label,
        None => return label,
    };
    let words = words.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => label,
    }
}

/// Reads every field of the format, in the order of its table.
fn fields(mut top: Fields, conventions: &Conventions, flaws: &mut Vec<Flaw>) -> Article {
    let by = conventions;
    let mut article = Article {
        keys: top.keys(),
        title: top
            .first(Role::Title, by, flaws, Fields::prose)
            .unwrap_or_default(),
        excerpt: top
            .first(Role::Excerpt, by, flaws, Fields::prose)
            .unwrap_or_default(),
        bio: top
            .first(Role::Bio, by, flaws, Fields::prose)
            .unwrap_or_default(),
        categories: unique(top.words(Role::Categories, by, Splits::Words, flaws)),
        authors: authors(top.words(Role::Authors, by, Splits::Never, flaws)),
        kind: top.first(Role::Kind, by, flaws, Fields::text),
        published_at: top.first(Role::Date, by, flaws, Fields::moment),
        updated_at: top.first(Role::Updated, by, flaws, Fields::moment),
        urls: Urls {
            original: top.first(Role::Original, by, flaws, Fields::text),
            web: top.first(Role::Web, by, flaws, Fields::text),
            amp: top.first(Role::Amp, by, flaws, Fields::text),
            cdn_amp: top.first(Role::CdnAmp, by, flaws, Fields::text),
            website: top.first(Role::Website, by, flaws, Fields::text),
        },
        quality: top.first(Role::Quality, by, flaws, Fields::integer),
        heat: top.first(Role::Heat, by, flaws, Fields::integer),
        flags: Flags {
            published: top.first(Role::Published, by, flaws, Fields::flag),
            removed: top.first(Role::Removed, by, flaws, Fields::flag),
            deleted: top.first(Role::Deleted, by, flaws, Fields::flag),
        },
        provider: top
            .first(Role::Provider, by, flaws, |top, name, flaws| {
                top.one(name, "name", flaws, provider)
            })
            .unwrap_or_default(),
        topics: unique(
            top.words(Role::Topics, by, Splits::Words, flaws)
                .into_iter()
                .map(untagged)
                .collect(),
        ),
        series: top
            .words(Role::Series, by, Splits::Never, flaws)
            .into_iter()
            .next(),
        language: top.first(Role::Language, by, flaws, Fields::text),
        weight: top.first(Role::Weight, by, flaws, Fields::integer),
        slug: top.first(Role::Slug, by, flaws, Fields::text),
        aliases: top.words(Role::Aliases, by, Splits::Never, flaws),
        levels: unique(top.texts(&top.name_of(Role::Levels, by), flaws)),
        related: all_related(&mut top, by, flaws),
        items: top.texts(&top.name_of(Role::Items, by), flaws),
        price: top.first(Role::Price, by, flaws, Fields::text),
        ratings: top.one(
            &top.name_of(Role::Ratings, by),
            "average",
            flaws,
            |inner, flaws| Ratings {
                count: inner.integer("count", flaws),
                average: inner.number("average", flaws),
            },
        ),
        actions: top.each(&top.name_of(Role::Actions, by), "url", flaws, action),
        members: top.first(Role::Members, by, flaws, Fields::integer),
        twitter: top.one(&top.name_of(Role::Twitter, by), "username", flaws, person),
        linkedin: top.one(&top.name_of(Role::LinkedIn, by), "url", flaws, person),
        affiliation: top.one(&top.name_of(Role::Affiliation, by), "name", flaws, provider),
        location: top.first(Role::Location, by, flaws, Fields::prose),
        featured: top
            .first(Role::Featured, by, flaws, Fields::text)
            .map(|html| body::links_in_html(&html))
            .unwrap_or_default(),
        secured: top
            .first(Role::Secured, by, flaws, Fields::text)
            .map(|text| Secured { bytes: text.len() }),
        ..Article::default()
    };
    for name in top.names_of(Role::Image, by) {
        if top.fits(&name, flaws, "where the picture is", is_address) {
            article.images.extend(images(&mut top, &name, flaws));
        }
    }
    if conventions.categories == Categories::AsTopics && article.topics.is_empty() {
        article.topics.clone_from(&article.categories);
    }
    let hint = "write it as an ISO 8601 duration, such as PT42M";
    let length = top.name_of(Role::Length, by);
    article.length = top.parsed(&length, flaws, hint, duration::parse);
    article.more = top.rest();
    article
}

/// A topic without the `#` of a tag.
pub(super) fn untagged(topic: String) -> String {
    match topic.strip_prefix('#') {
        Some(rest) if !rest.trim().is_empty() => rest.to_owned(),
        _ => topic,
    }
}

/// Names without the brackets of a link to a note, without duplicates.
pub(super) fn authors(names: Vec<String>) -> Vec<String> {
    let unlinked = |name: String| match name.strip_prefix("[[").and_then(|it| it.strip_suffix("]]"))
    {
        Some(link) => link.rsplit('|').next().unwrap_or(link).trim().to_owned(),
        None => name,
    };
    unique(names.into_iter().map(unlinked).collect())
}

fn action(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Action {
    Action {
        title: fields.prose("title", flaws),
        kind: fields.text("type", flaws),
        url: fields.text("url", flaws).unwrap_or_default(),
        attribution: fields.prose("attribution", flaws),
    }
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
        images: images(fields, "images", flaws),
        authors: fields
            .each("authors", "name", flaws, |author, flaws| {
                author.prose("name", flaws)
            })
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn images(fields: &mut Fields, name: &str, flaws: &mut Vec<Flaw>) -> Vec<Image> {
    const URLS: [&str; 4] = ["url", "src", "path", "image"];
    let read = fields.each(name, "url", flaws, |inner, flaws| Image {
        url: URLS
            .iter()
            .find_map(|name| inner.text(name, flaws))
            .unwrap_or_default(),
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

/// Whether a text can be the URL of a picture, or the path of its file.
pub(super) fn is_address(text: &str) -> bool {
    text.trim().is_empty()
        || text.contains('/')
        || node::number(text).is_none() && text.contains('.')
}

fn all_related(top: &mut Fields, by: &Conventions, flaws: &mut Vec<Flaw>) -> Vec<Related> {
    let name = top.name_of(Role::Related, by);
    match top.fits(&name, flaws, "a list of articles", |text| {
        text.trim().is_empty()
    }) {
        true => top.each(&name, "title", flaws, related),
        false => Vec::new(),
    }
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
        images: images(fields, "images", flaws),
    }
}

fn person(fields: &mut Fields, flaws: &mut Vec<Flaw>) -> Person {
    Person {
        username: fields.text("username", flaws),
        url: fields.text("url", flaws),
        followers: fields.integer("followers", flaws),
    }
}

/// Removes duplicates, keeping the order of first appearance.
pub(super) fn unique(texts: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::with_capacity(texts.len());
    texts
        .into_iter()
        .filter(|text| seen.insert(text.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
