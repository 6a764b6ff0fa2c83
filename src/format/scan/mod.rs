//! Reads the fields that a list needs line by line, without a YAML parser: about twelve times
//! faster.
//!
//! It knows only the YAML that programs write into front matter (see [`lines`]), and only the part
//! that leaves no doubt. It hands over everything else whole, by returning `None`: then
//! [`read`](super::read) decides, and also finds what is wrong with a file. What the list does not
//! need (images, related entries, `secured` …) is skipped, so that warnings about it are not found
//! here; but it is checked to be well-formed.

mod block;
mod lines;
mod rows;
mod scalar;
mod toml_lines;
mod values;

#[cfg(test)]
mod agreement;

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

use lines::Lines;
use rows::{Rows, ScannedValue};
use toml_lines::TomlLines;
use values::{
    ScannedEntry, embeds, flag, images, integer, is_said, length, moment, names, owned, prose,
    rating, related, text, word,
};

use super::article::{authors, complete, is_section, of_file, says_anything, unique, untagged};
use super::conventions::{Categories, Conventions};
use super::fence::Container;
use super::fields::{added, rank};
use super::headline::{Headline, retold};
use super::lossy::file_name;
use super::roles::{self, FieldRole, NameCondition, NameForm, ROLES, Use};
use super::signals;
use super::splits::Splits;
use super::{caps, opening};
use crate::model::{Article, Has, ListedField, ListedName};

/// Reads what the list needs of the file at `path`, or returns `None` to hand it over.
///
/// `bytes` must contain all of the front matter, but not all of the body. The result equals the
/// headline of what [`read`](super::read) makes of the file, which then has no warning about a
/// field of the list.
pub fn scan(path: impl AsRef<Path>, bytes: &[u8], conventions: &Conventions) -> Option<Headline> {
    let path = path.as_ref();
    let name = file_name(path);
    let container = Container::from_name(&name)?;
    if is_section(&name) || container == Container::Yaml {
        return None;
    }
    let conventions = of_file(&name, conventions);
    let (fences, front, body) = parts(bytes)?;
    let front = std::str::from_utf8(front).ok()?;
    // In place: moving as much as this takes long.
    let mut gathered = Gathered::new(&conventions);
    match fences {
        Fences::Yaml => gathered.read(&mut Lines::new(front)?)?,
        Fences::Toml => gathered.read(&mut TomlLines::new(front)?)?,
    }
    gathered.finish()?;
    let Gathered {
        mut article, facts, ..
    } = gathered;
    // What only the body can tell is left to the full reader.
    let needs_body = article.excerpt.is_empty() && memmem::find(body, b"<!--").is_some();
    let is_doubtful = article.title.is_empty() || opening::is_template(&article.title);
    if needs_body || is_doubtful || !says_anything(&article, "") {
        return None;
    }
    complete(&mut article, path, "", &conventions);
    let mut headline = Headline::from(article);
    headline.has = headline.has | facts.has;
    headline.rating = facts.rating;
    headline.related = u16::try_from(facts.related.len()).unwrap_or(u16::MAX);
    let entries = facts.related.iter();
    let entries = entries.map(|it| (&*it.title, it.original()));
    headline.retold = retold(&headline.title, entries);
    Some(headline.with_body(body))
}

/// What the list keeps of fields that it does not need in full.
#[derive(Default)]
struct Facts<'a> {
    has: Has,
    rating: Option<f64>,
    related: Vec<ScannedEntry<'a>>,
}

/// The fences of a front matter.
enum Fences {
    Yaml,
    Toml,
}

/// What finds the second fence, made once: making it takes half as long as finding.
static YAML_FENCE: LazyLock<Finder> = LazyLock::new(|| Finder::new("\n---"));
static TOML_FENCE: LazyLock<Finder> = LazyLock::new(|| Finder::new("\n+++"));

/// The front matter, if it is between two lines that are exactly `---` or `+++`, and what follows
/// it.
fn parts(bytes: &[u8]) -> Option<(Fences, &[u8], &[u8])> {
    let fence_end = |behind: &[u8]| match behind {
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    };
    let (fences, behind, fence) = match bytes.split_at_checked(3)? {
        (b"---", behind) => (Fences::Yaml, behind, &YAML_FENCE),
        (b"+++", behind) => (Fences::Toml, behind, &TOML_FENCE),
        _ => return None,
    };
    let lines = &behind[fence_end(behind)?..];
    let end = fence.find(lines)? + 1;
    let last = &lines[end + 3..];
    let front = &lines[..end];
    let closed = last.is_empty() || fence_end(last).is_some();
    (closed && front.len() <= caps::FRONT_MATTER_BYTES).then_some((fences, front, last))
}

/// The rank of a role that has not been read.
const UNREAD: u8 = u8::MAX;

/// The fields of the list; [`super::article`] says what they mean.
struct Gathered<'a, 'c> {
    article: Article,
    facts: Facts<'a>,
    conventions: &'c Conventions,
    /// The rank of the name that each role was read from, by its row in the table.
    ranks: [u8; ROLES.len()],
    topics: RankedWords,
    categories: RankedWords,
    authors: RankedWords,
}

impl<'a, 'c> Gathered<'a, 'c> {
    fn new(conventions: &'c Conventions) -> Self {
        Self {
            article: Article::default(),
            facts: Facts::default(),
            conventions,
            ranks: [UNREAD; ROLES.len()],
            topics: RankedWords::default(),
            categories: RankedWords::default(),
            authors: RankedWords::default(),
        }
    }

    fn read(&mut self, lines: &mut impl Rows<'a>) -> Option<()> {
        lines.mapping(|lines, key, value| {
            self.signal(key, value)?;
            match value {
                ScannedValue::Mapping if roles::is_group(key) => {
                    lines.mapping(|lines, key, value| self.field(lines, key, value))
                }
                value @ (ScannedValue::Nothing
                | ScannedValue::Scalar(_)
                | ScannedValue::List(_)
                | ScannedValue::Mapping) => self.field(lines, key, value),
            }
        })?;
        lines.end()
    }

    /// Takes a field that may decide publication.
    fn signal(&mut self, key: &str, value: ScannedValue<'_>) -> Option<()> {
        if signals::is_build(key) {
            return None;
        }
        if signals::may_decide(key) {
            let (text, quotes) = word(value)?.unwrap_or((Cow::Borrowed(""), signals::Quotes::None));
            signals::note(&mut self.article.signals, key, &text, quotes);
        }
        Some(())
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "a role that lists do not keep is passed over"
    )]
    fn field(
        &mut self,
        lines: &mut impl Rows<'a>,
        key: &str,
        value: ScannedValue<'a>,
    ) -> Option<()> {
        let uses = roles::uses(key);
        let Some(found) = chosen(uses, key, value, self.conventions) else {
            if uses.is_empty() {
                self.article.keys.push(key.to_owned());
            }
            return lines.pass(value);
        };
        let rank = rank(found, key, self.conventions);
        let splits = Splits::Words;
        let (role, row) = (found.role, found.row);
        match role {
            FieldRole::Topics => {
                let words = self.words(lines, key, value, splits)?;
                self.topics.add(rank, words);
            }
            FieldRole::Categories => {
                let words = self.words(lines, key, value, splits)?;
                self.categories.add(rank, words);
            }
            FieldRole::Authors => {
                let words = self.words(lines, key, value, Splits::Never)?;
                self.authors.add(rank, words);
            }
            FieldRole::Image => self.facts.note(Has::IMAGE, images(lines, value)?),
            FieldRole::Related
            | FieldRole::Featured
            | FieldRole::Secured
            | FieldRole::Ratings
            | FieldRole::Length
                if self.ranks[row] != UNREAD =>
            {
                return None;
            }
            FieldRole::Related => {
                self.facts.related = related(lines, value)?;
                self.facts
                    .note(Has::RELATED, !self.facts.related.is_empty());
            }
            FieldRole::Featured => self.facts.note(Has::VIDEO, embeds(value)?),
            FieldRole::Secured => self.facts.note(Has::SECURED, is_said(value)?),
            FieldRole::Ratings => self.facts.rating = rating(lines, value)?,
            FieldRole::Length => self.article.length = length(value)?,
            _ if rank >= self.ranks[row] => lines.pass(value)?,
            _ if self.first(lines, key, value, role)? => {}
            _ => return Some(()),
        }
        self.ranks[row] = rank.min(self.ranks[row]);
        Some(())
    }

    /// Reads a role for which the first name counts; returns whether it had a value.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "a role that lists do not keep is passed over"
    )]
    fn first(
        &mut self,
        lines: &mut impl Rows<'a>,
        key: &str,
        value: ScannedValue<'a>,
        role: FieldRole,
    ) -> Option<bool> {
        let name = match role {
            FieldRole::Listed(ListedField::Name(name)) => self.name(lines, key, value, name)?,
            _ => None,
        };
        let article = &mut self.article;
        let put_text = |place: &mut String, text: Option<Cow<'a, str>>| match text {
            Some(text) => {
                *place = text.into_owned();
                true
            }
            None => false,
        };
        Some(match role {
            FieldRole::Title => put_text(&mut article.title, prose(value)?),
            FieldRole::Excerpt => put_text(&mut article.excerpt, prose(value)?),
            FieldRole::Bio => put_text(&mut article.bio, prose(value)?),
            FieldRole::Listed(ListedField::Name(field)) => put(&mut article.listed[field], name),
            FieldRole::Listed(ListedField::Number(field)) => {
                put(&mut article.listed[field], integer(value)?)
            }
            FieldRole::Listed(ListedField::Flag(field)) => {
                put(&mut article.listed[field], flag(value)?)
            }
            FieldRole::Date => put(&mut article.published_at, moment(value)?),
            FieldRole::Updated => put(&mut article.updated_at, moment(value)?),
            FieldRole::Original => put(&mut article.urls.original, owned(text(value)?)),
            FieldRole::Web => put(&mut article.urls.web, owned(text(value)?)),
            FieldRole::Amp => put(&mut article.urls.amp, owned(text(value)?)),
            FieldRole::CdnAmp => put(&mut article.urls.cdn_amp, owned(text(value)?)),
            FieldRole::Website => put(&mut article.urls.website, owned(text(value)?)),
            FieldRole::Provider => provider(lines, value, article)?,
            _ => {
                lines.pass(value)?;
                false
            }
        })
    }

    fn name(
        &self,
        lines: &mut impl Rows<'a>,
        key: &str,
        value: ScannedValue<'a>,
        name: ListedName,
    ) -> Option<Option<String>> {
        match NameForm::of(name) {
            NameForm::Text => text(value).map(owned),
            NameForm::Prose => prose(value).map(owned),
            NameForm::FirstWord => {
                let words = self.words(lines, key, value, Splits::Never)?;
                Some(words.into_iter().next())
            }
        }
    }

    fn words(
        &self,
        lines: &mut impl Rows<'a>,
        key: &str,
        value: ScannedValue<'a>,
        splits: Splits,
    ) -> Option<Vec<String>> {
        match value {
            ScannedValue::List(list) => {
                let mut words = Vec::new();
                lines.list(list, |_, item| {
                    words.extend(owned(prose(item)?));
                    Some(())
                })?;
                Some(words)
            }
            ScannedValue::Scalar(scalar) => {
                Some(splits.split(&scalar.text(), key, self.conventions))
            }
            ScannedValue::Nothing => Some(Vec::new()),
            ScannedValue::Mapping => None,
        }
    }

    /// Puts the words of all names together.
    fn finish(&mut self) -> Option<()> {
        let article = &mut self.article;
        let topics = self.topics.joined().into_iter();
        article.topics = unique(topics.map(untagged).collect());
        article.categories = unique(self.categories.joined());
        article.authors = authors(self.authors.joined());
        if self.conventions.categories == Categories::AsTopics && article.topics.is_empty() {
            article.topics.clone_from(&article.categories);
        }
        (article.topics.len() <= caps::TOPICS).then_some(())
    }
}

/// The words of a role whose names are all joined, with their ranks.
#[derive(Default)]
struct RankedWords {
    /// Those of the first name, mostly the only one.
    first: Option<(u8, Vec<String>)>,
    others: Vec<(u8, Vec<String>)>,
}

impl RankedWords {
    fn add(&mut self, rank: u8, words: Vec<String>) {
        match self.first {
            None => self.first = Some((rank, words)),
            Some(_) => self.others.push((rank, words)),
        }
    }

    /// Takes the words of all names, in order of rank.
    fn joined(&mut self) -> Vec<String> {
        let first = self.first.take();
        if self.others.is_empty() {
            return first.map(|(_, words)| words).unwrap_or_default();
        }
        let mut all: Vec<_> = first.into_iter().chain(self.others.drain(..)).collect();
        all.sort_by_key(|(rank, _)| *rank);
        all.into_iter().flat_map(|(_, words)| words).collect()
    }
}

/// Sets a value; returns whether there was one.
fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

/// The role of a field, by its key and value, from those that its key may have.
fn chosen(
    uses: &[Use],
    key: &str,
    value: ScannedValue<'_>,
    conventions: &Conventions,
) -> Option<Use> {
    let holds = |when: NameCondition| match value {
        _ if when == NameCondition::Always => true,
        ScannedValue::Scalar(scalar) => when.holds(&scalar.text()),
        ScannedValue::Nothing | ScannedValue::List(_) | ScannedValue::Mapping => {
            when.holds_for_many()
        }
    };
    match value {
        ScannedValue::Nothing => None,
        ScannedValue::Scalar(_) | ScannedValue::List(_) | ScannedValue::Mapping => {
            let found = uses.iter().find(|found| holds(found.when));
            found.copied().or_else(|| added(key, conventions))
        }
    }
}

/// Returns whether it says who published the article.
fn provider<'a>(
    lines: &mut impl Rows<'a>,
    value: ScannedValue<'a>,
    article: &mut Article,
) -> Option<bool> {
    let provider = &mut article.provider;
    match value {
        ScannedValue::Mapping => {
            lines.mapping(|lines, key, value| {
                match key {
                    "name" => provider.name = owned(prose(value)?).unwrap_or_default(),
                    "domain" => provider.domain = owned(text(value)?).unwrap_or_default(),
                    "authors" => provider.authors = names(lines, value)?,
                    _ => lines.pass(value)?,
                }
                Some(())
            })?;
            Some(true)
        }
        ScannedValue::List(_) => None,
        scalar @ (ScannedValue::Nothing | ScannedValue::Scalar(_)) => {
            provider.name = owned(prose(scalar)?).unwrap_or_default();
            Some(true)
        }
    }
}

impl Facts<'_> {
    fn note(&mut self, thing: Has, is_there: bool) {
        if is_there {
            self.has = self.has | thing;
        }
    }
}
