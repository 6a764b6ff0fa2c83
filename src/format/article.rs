//! Turns the bytes of a file into an article: every field of the format, and what was wrong.

mod filled;

use std::borrow::Cow;
use std::path::Path;

use super::conventions::{Bare, Categories, Conventions};
use super::fence::Container;
use super::fields::Fields;
use super::flaw::Flaw;
use super::front::{self, Front, TELLING};
use super::headline::Headline;
use super::link::Link;
use super::lossy::{file_name, lossy};
use super::roles::{self, FieldRole};
use super::{caps, date, opening, signals};
use crate::model::{Article, Diagnostic, ListedName, Severity, Skip};

pub use filled::{authors, is_address, unique, untagged};

use filled::filled;

/// What a file turned out to be: exactly one of the three.
#[derive(Debug)]
pub enum Reading {
    Article(Box<ArticleReading>),
    Skip(Skip),
    Error(Box<Diagnostic>),
}

/// An article that was read, with its warnings.
#[derive(Debug)]
pub struct ArticleReading {
    pub article: Article,
    /// What follows the front matter, with invalid UTF-8 replaced and nothing else changed.
    pub body: String,
    pub warnings: Vec<Diagnostic>,
}

impl ArticleReading {
    /// The part that the library keeps.
    pub fn headline(&self) -> Headline {
        Headline::from(self.article.clone()).with_body(self.body.as_bytes())
    }
}

/// Reads the bytes of the file at `path` by the conventions of its site. The path supplies the
/// name, and appears in diagnostics.
pub fn read(path: &Path, bytes: &[u8], conventions: &Conventions) -> Reading {
    let name = file_name(path);
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
            Reading::Article(Box::new(ArticleReading {
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
    let rest = name.strip_prefix("_index");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The conventions for one file of a site: the extensions of Quarto's files identify it.
pub(super) fn of_file<'a>(name: &str, conventions: &'a Conventions) -> Cow<'a, Conventions> {
    let (_, ending) = name.rsplit_once('.').unwrap_or_default();
    if ["qmd", "rmd"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(ending))
    {
        return Cow::Owned(Conventions {
            categories: Categories::AsTopics,
            ..conventions.clone()
        });
    }
    Cow::Borrowed(conventions)
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
    let body = lossy(body_bytes).into_owned();
    let topics_line = matter.map.line_of("topics");
    let is_ours = matter.map.entries.iter().any(|entry| {
        let is_it = |name: &&str| roles::same(name, &entry.key);
        TELLING.iter().any(is_it) || entry.key == "items"
    });
    let mut flaws = matter.flaws;
    let signals = signals::of_fields(&matter.map);
    let mut article = filled(Fields::top(matter.map), conventions, &mut flaws);
    article.signals = signals;
    if article.excerpt.is_empty() {
        article.excerpt = opening::before_cut(path, &body).unwrap_or_default();
    }
    if container == Container::Yaml && !is_ours {
        return Ok(Whole::Skip(Skip::NotAnArticle));
    }
    let is_dated = date::in_file_name(&label(path)).is_some();
    if opening::is_template(&article.title)
        || (opening::is_template(&body) && !is_dated && !says_anything(&article, ""))
    {
        return Ok(Whole::Skip(Skip::Template));
    }
    if !is_dated && !says_anything(&article, &body) && !flaws.iter().any(is_telling) {
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
    let name = file_name(path);
    let skip = Whole::Skip(Skip::NoFrontMatter);
    let is_text = name.to_ascii_lowercase().ends_with(".txt");
    if container != Container::Markdown
        || is_text
        || conventions.bare == Bare::Skipped
        || is_apart(&name)
    {
        return skip;
    }
    let body = lossy(text).into_owned();
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

/// Files that describe the folder rather than being articles in it.
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
        .hint("keep the ones that matter")
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

/// Whether the flaw is in a field that makes a file an article, as it does even if unreadable.
fn is_telling(flaw: &Flaw) -> bool {
    const ROLES: [FieldRole; 9] = [
        FieldRole::Original,
        FieldRole::Web,
        FieldRole::Website,
        FieldRole::Amp,
        FieldRole::CdnAmp,
        FieldRole::Date,
        FieldRole::Updated,
        FieldRole::Excerpt,
        FieldRole::Bio,
    ];
    let uses = flaw.field.as_deref().map_or(&[][..], roles::uses);
    uses.iter().any(|found| ROLES.contains(&found.role))
}

/// Fills in what follows from the name of the file or its folder, and from the body.
pub(super) fn complete(article: &mut Article, path: &Path, body: &str, conventions: &Conventions) {
    if article.title.is_empty() {
        article.title = opening::heading(path, body).unwrap_or_else(|| named(path));
    }
    if article.published_at.is_none() {
        article.published_at = date::in_file_name(&label(path));
    }
    if article.listed[ListedName::Language].is_none() {
        let language = conventions.languages.of_file(&file_name(path));
        article.listed[ListedName::Language] = language.map(str::to_owned);
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
    let name = file_name(path);
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

#[cfg(test)]
mod tests;
