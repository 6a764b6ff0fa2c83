//! The fields that a list needs, read by lines, without a YAML parser: some twelve times faster.
//!
//! It knows only the YAML that programs write into front matter (see [`lines`]), and of that only
//! what leaves no doubt. Everything else it hands over whole, by answering nothing: then
//! [`read`](super::read) decides, which also finds what is wrong with a file. What the list does
//! not need (images, related entries, `secured` …) is passed over, so that warnings about it are
//! not found here; that it is well-formed is made sure of.

mod lines;
mod scalar;

#[cfg(test)]
mod agreement;

use std::borrow::Cow;

use memchr::memmem;

use lines::{Lines, Value};
use scalar::Scalar;

use super::article::{complete, says_anything, unique};
use super::body::links_in_html;
use super::caps;
use super::fence::Container;
use super::fields::{decoded, flag_of};
use super::headline::Headline;
use super::signals::{self, Quotes};
use super::{date, duration, node};
use crate::model::{Article, Has, Moment};

/// Reads what the list needs of the file called `name`, or hands it over.
///
/// `bytes` need not hold all of the body, but all of the front matter. An answer is the same as
/// the headline of what [`read`](super::read) makes of the file, which then has no warning about a
/// field of the list.
pub fn scan(name: &str, bytes: &[u8]) -> Option<Headline> {
    // Whether the name is that of an article; what follows is the same in all of them.
    Container::of(name)?;
    let (front, body) = parts(bytes)?;
    let front = std::str::from_utf8(front).ok()?;
    let (mut article, facts) = fields(&mut Lines::of(front)?)?;
    // What only the body can tell is left to the full path.
    if article.title.is_empty() || !says_anything(&article, "") {
        return None;
    }
    complete(&mut article, name, "");
    let mut headline = Headline::from(article);
    headline.has = headline.has | facts.has;
    headline.rating = facts.rating;
    headline.related = facts.related;
    if !body.iter().all(u8::is_ascii_whitespace) {
        headline.has = headline.has | Has::BODY;
    }
    Some(headline)
}

/// What the list knows of fields of which it does not need more.
#[derive(Default)]
struct Facts {
    has: Has,
    rating: Option<f64>,
    related: u16,
}

/// The front matter, if it stands between two lines that are `---` and nothing else, and what
/// follows it.
fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let fence_end = |behind: &[u8]| match behind {
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    };
    let behind = bytes.strip_prefix(b"---")?;
    let lines = &behind[fence_end(behind)?..];
    let end = memmem::find(lines, b"\n---")? + 1;
    let last = &lines[end + 3..];
    let front = &lines[..end];
    let closed = last.is_empty() || fence_end(last).is_some();
    (closed && front.len() <= caps::FRONT_MATTER_BYTES).then_some((front, last))
}

/// The fields of the list, of which [`super::article`] says what they mean.
fn fields(lines: &mut Lines<'_>) -> Option<(Article, Facts)> {
    let mut article = Article::default();
    let mut facts = Facts::default();
    let mut name = None;
    let mut date = None;
    lines.mapping(|lines, key, value| {
        match key {
            "title" => article.title = prose(value)?.unwrap_or_default(),
            "name" => name = prose(value)?,
            "excerpt" => article.excerpt = prose(value)?.unwrap_or_default(),
            "bio" => article.bio = prose(value)?.unwrap_or_default(),
            "category" => article.category = text(value)?,
            "type" => article.kind = text(value)?,
            "publishedDateTime" => article.published_at = moment(value)?,
            "updatedDateTime" => article.updated_at = moment(value)?,
            "date" => date = moment(value)?,
            "originalUrl" => article.urls.original = text(value)?,
            "webUrl" => article.urls.web = text(value)?,
            "ampWebUrl" => article.urls.amp = text(value)?,
            "cdnAmpWebUrl" => article.urls.cdn_amp = text(value)?,
            "website" => article.urls.website = text(value)?,
            "quality" => article.quality = integer(value)?,
            "heat" => article.heat = integer(value)?,
            "published" => {
                article.flags.published = flag(value)?;
                if let Some((text, quotes)) = word(value)? {
                    signals::note(&mut article.signals, key, &text, quotes);
                }
            }
            "removed" => article.flags.removed = flag(value)?,
            "deleted" => article.flags.deleted = flag(value)?,
            "provider" => provider(lines, value, &mut article)?,
            "topics" => article.topics = topics(lines, value)?,
            "length" => article.length = length(value)?,
            "ratings" => facts.rating = rating(lines, value)?,
            "images" => facts.note(Has::IMAGE, images(lines, value)?),
            "related" => {
                facts.related = related(lines, value)?;
                facts.note(Has::RELATED, facts.related > 0);
            }
            "featuredContent" => facts.note(Has::VIDEO, embeds(value)?),
            "secured" => facts.note(Has::SECURED, is_said(value)?),
            _ if signals::is_build(key) => return None,
            _ if signals::may_decide(key) => {
                if let Some((text, quotes)) = word(value)? {
                    signals::note(&mut article.signals, key, &text, quotes);
                }
            }
            _ => lines.pass(value)?,
        }
        Some(())
    })?;
    lines.end()?;
    if article.title.is_empty() {
        article.title = name.unwrap_or_default();
    }
    article.published_at = article.published_at.or(date);
    Some((article, facts))
}

fn provider(lines: &mut Lines<'_>, value: Value<'_>, article: &mut Article) -> Option<()> {
    let provider = &mut article.provider;
    match value {
        Value::Mapping => lines.mapping(|lines, key, value| {
            match key {
                "name" => provider.name = prose(value)?.unwrap_or_default(),
                "domain" => provider.domain = text(value)?.unwrap_or_default(),
                "authors" => provider.authors = authors(lines, value)?,
                _ => lines.pass(value)?,
            }
            Some(())
        }),
        Value::List(_) => None,
        scalar => {
            provider.name = prose(scalar)?.unwrap_or_default();
            Some(())
        }
    }
}

fn topics(lines: &mut Lines<'_>, value: Value<'_>) -> Option<Vec<String>> {
    let mut topics = Vec::new();
    match value {
        Value::List(list) => lines.list(list, |_, item| {
            topics.extend(prose(item)?);
            Some(())
        })?,
        scalar => topics.extend(prose(scalar)?),
    }
    let topics = unique(topics);
    (topics.len() <= caps::TOPICS).then_some(topics)
}

impl Facts {
    fn note(&mut self, thing: Has, is_there: bool) {
        if is_there {
            self.has = self.has | thing;
        }
    }
}

fn authors<'a>(lines: &mut Lines<'a>, value: Value<'a>) -> Option<Vec<String>> {
    let mut authors = Vec::new();
    match value {
        Value::List(list) => lines.list(list, |lines, item| {
            match item {
                Value::Mapping => lines.mapping(|lines, key, value| {
                    match key {
                        "name" => authors.extend(prose(value)?),
                        _ => lines.pass(value)?,
                    }
                    Some(())
                })?,
                scalar => authors.extend(prose(scalar)?),
            }
            Some(())
        })?,
        scalar => authors.extend(prose(scalar)?),
    }
    Some(authors)
}

/// A length that cannot be read is a matter for the full path.
fn length(value: Value<'_>) -> Option<Option<u32>> {
    match text(value)? {
        None => Some(None),
        Some(text) => duration::parse(&text).map(Some),
    }
}

/// The average of the ratings.
fn rating<'a>(lines: &mut Lines<'a>, value: Value<'a>) -> Option<Option<f64>> {
    let mut average = None;
    match value {
        Value::Nothing => {}
        Value::Mapping => lines.mapping(|lines, key, value| {
            match (key, value) {
                ("average", Value::Scalar(scalar)) => average = Some(node::number(&said(scalar))?),
                ("average", Value::Nothing) => {}
                ("average", _) => return None,
                _ => lines.pass(value)?,
            }
            Some(())
        })?,
        Value::Scalar(_) | Value::List(_) => return None,
    }
    Some(average)
}

/// Whether there are images, each with a URL.
fn images<'a>(lines: &mut Lines<'a>, value: Value<'a>) -> Option<bool> {
    let mut count = 0;
    items(
        lines,
        value,
        |lines, key, value, has_url: &mut bool| {
            match key {
                "url" => *has_url = text(value)?.is_some(),
                _ => lines.pass(value)?,
            }
            Some(())
        },
        |has_url| {
            count += 1;
            has_url.then_some(())
        },
    )?;
    Some(count > 0)
}

/// How many related entries there are.
fn related<'a>(lines: &mut Lines<'a>, value: Value<'a>) -> Option<u16> {
    let mut count: u16 = 0;
    items(
        lines,
        value,
        |lines, _, value, ()| lines.pass(value),
        |()| {
            count = count.saturating_add(1);
            Some(())
        },
    )?;
    Some(count)
}

/// Reads a list of mappings, and hands over anything else: `field` is given each field of an item
/// together with what is noted of the item, `item` what was noted of each.
fn items<'a, T: Default>(
    lines: &mut Lines<'a>,
    value: Value<'a>,
    mut field: impl FnMut(&mut Lines<'a>, &'a str, Value<'a>, &mut T) -> Option<()>,
    mut item: impl FnMut(T) -> Option<()>,
) -> Option<()> {
    match value {
        Value::Nothing => Some(()),
        Value::List(list) => lines.list(list, |lines, value| match value {
            Value::Mapping => {
                let mut noted = T::default();
                lines.mapping(|lines, key, value| field(lines, key, value, &mut noted))?;
                item(noted)
            }
            _ => None,
        }),
        Value::Scalar(_) | Value::Mapping => None,
    }
}

/// Whether a piece of HTML embeds or links something.
fn embeds(value: Value<'_>) -> Option<bool> {
    Some(text(value)?.is_some_and(|html| !links_in_html(&html).is_empty()))
}

/// Whether there is a text at all.
fn is_said(value: Value<'_>) -> Option<bool> {
    match value {
        Value::Nothing => Some(false),
        Value::Scalar(scalar) => Some(!said(scalar).trim().is_empty()),
        Value::List(_) | Value::Mapping => None,
    }
}

/// A single word, and whether it stands in quotes.
fn word(value: Value<'_>) -> Option<Option<(Cow<'_, str>, Quotes)>> {
    match value {
        Value::Nothing => Some(None),
        Value::Scalar(scalar) => {
            let quotes = match scalar {
                Scalar::Plain(_) => Quotes::None,
                Scalar::Quoted(_) => Quotes::Some,
            };
            Some(Some((said(scalar), quotes)))
        }
        Value::List(_) | Value::Mapping => None,
    }
}

/// The text of a scalar, as it is spelled.
fn said(scalar: Scalar<'_>) -> Cow<'_, str> {
    match scalar {
        Scalar::Plain(plain) => Cow::Borrowed(plain),
        Scalar::Quoted(quoted) => quoted.text(),
    }
}

fn text(value: Value<'_>) -> Option<Option<String>> {
    let scalar = match value {
        Value::Nothing => return Some(None),
        Value::Scalar(scalar) => scalar,
        Value::List(_) | Value::Mapping => return None,
    };
    let said = said(scalar);
    let text = said.trim();
    Some((!text.is_empty()).then(|| text.to_owned()))
}

fn prose(value: Value<'_>) -> Option<Option<String>> {
    Some(text(value)?.and_then(decoded))
}

fn moment(value: Value<'_>) -> Option<Option<Moment>> {
    match text(value)? {
        None => Some(None),
        Some(text) => date::parse(&text).map(Some),
    }
}

fn integer(value: Value<'_>) -> Option<Option<i64>> {
    match value {
        Value::Nothing => Some(None),
        Value::Scalar(scalar) => node::integer(&said(scalar)).map(Some),
        Value::List(_) | Value::Mapping => None,
    }
}

fn flag(value: Value<'_>) -> Option<Option<bool>> {
    match value {
        Value::Nothing => Some(None),
        Value::Scalar(scalar) => flag_of(&said(scalar)),
        Value::List(_) | Value::Mapping => None,
    }
}
