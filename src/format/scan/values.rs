//! The values of fields as a list needs them: texts, numbers, moments, names, and what is in nested
//! lists. `None` leaves the whole file to the full reader.

use std::borrow::Cow;

use super::rows::{Rows, Value};
use super::scalar::Scalar;
use crate::format::article::is_address;
use crate::format::body::links_in_html;
use crate::format::fields::{decoded, flag_of};
use crate::format::signals::Quotes;
use crate::format::{date, duration, node};
use crate::model::Moment;

pub fn names<'a>(lines: &mut impl Rows<'a>, value: Value<'a>) -> Option<Vec<String>> {
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
                scalar @ (Value::Nothing | Value::Scalar(_) | Value::List(_)) => {
                    authors.extend(prose(scalar)?)
                }
            }
            Some(())
        })?,
        scalar @ (Value::Nothing | Value::Scalar(_) | Value::Mapping) => {
            authors.extend(prose(scalar)?)
        }
    }
    Some(authors)
}

/// A length that cannot be read is left to the full reader.
pub fn length(value: Value<'_>) -> Option<Option<u32>> {
    match text(value)? {
        None => Some(None),
        Some(text) => duration::parse(&text).map(Some),
    }
}

/// The average rating.
pub fn rating<'a>(lines: &mut impl Rows<'a>, value: Value<'a>) -> Option<Option<f64>> {
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
pub fn images<'a>(lines: &mut impl Rows<'a>, value: Value<'a>) -> Option<bool> {
    if let Value::Scalar(scalar) = value {
        let text = said(scalar);
        return is_address(&text).then(|| !text.trim().is_empty());
    }
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

/// A related entry as a list needs it.
#[derive(Default)]
pub struct RelatedEntry {
    pub title: String,
    original: Option<String>,
    web: Option<String>,
    website: Option<String>,
}

impl RelatedEntry {
    /// See [`Urls::original`](crate::model::Urls::original).
    pub fn original(&self) -> Option<&str> {
        let urls = [&self.original, &self.web, &self.website];
        urls.into_iter().find_map(|url| url.as_deref())
    }
}

/// The related entries.
pub fn related<'a>(lines: &mut impl Rows<'a>, value: Value<'a>) -> Option<Vec<RelatedEntry>> {
    let mut entries = Vec::new();
    items(
        lines,
        value,
        |lines, key, value, entry: &mut RelatedEntry| {
            match key {
                "title" => entry.title = prose(value)?.unwrap_or_default(),
                "originalUrl" => entry.original = text(value)?,
                "webUrl" => entry.web = text(value)?,
                "website" => entry.website = text(value)?,
                _ => lines.pass(value)?,
            }
            Some(())
        },
        |entry| {
            entries.push(entry);
            Some(())
        },
    )?;
    Some(entries)
}

/// Reads a list of mappings, and hands over anything else. `field` gets each field of an item, with
/// the notes on that item; `item` gets the notes on each item.
pub fn items<'a, L: Rows<'a>, T: Default>(
    lines: &mut L,
    value: Value<'a>,
    mut field: impl FnMut(&mut L, &'a str, Value<'a>, &mut T) -> Option<()>,
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
            Value::Nothing | Value::Scalar(_) | Value::List(_) => None,
        }),
        Value::Scalar(_) | Value::Mapping => None,
    }
}

/// Whether a piece of HTML embeds or links something.
pub fn embeds(value: Value<'_>) -> Option<bool> {
    Some(text(value)?.is_some_and(|html| !links_in_html(&html).is_empty()))
}

/// Whether there is any text.
pub fn is_said(value: Value<'_>) -> Option<bool> {
    match value {
        Value::Nothing => Some(false),
        Value::Scalar(scalar) => Some(!said(scalar).trim().is_empty()),
        Value::List(_) | Value::Mapping => None,
    }
}

/// A single word, and whether it is quoted.
pub fn word(value: Value<'_>) -> Option<Option<(Cow<'_, str>, Quotes)>> {
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

/// The text of a scalar, as spelled.
pub fn said(scalar: Scalar<'_>) -> Cow<'_, str> {
    match scalar {
        Scalar::Plain(plain) => Cow::Borrowed(plain),
        Scalar::Quoted(quoted) => quoted.text(),
    }
}

pub fn text(value: Value<'_>) -> Option<Option<String>> {
    let scalar = match value {
        Value::Nothing => return Some(None),
        Value::Scalar(scalar) => scalar,
        Value::List(_) | Value::Mapping => return None,
    };
    let said = said(scalar);
    let text = said.trim();
    Some((!text.is_empty()).then(|| text.to_owned()))
}

pub fn prose(value: Value<'_>) -> Option<Option<String>> {
    Some(text(value)?.and_then(decoded))
}

pub fn moment(value: Value<'_>) -> Option<Option<Moment>> {
    match text(value)? {
        None => Some(None),
        Some(text) => date::in_field(&text).map(Some),
    }
}

pub fn integer(value: Value<'_>) -> Option<Option<i64>> {
    match value {
        Value::Nothing => Some(None),
        Value::Scalar(scalar) => node::integer(&said(scalar)).map(Some),
        Value::List(_) | Value::Mapping => None,
    }
}

pub fn flag(value: Value<'_>) -> Option<Option<bool>> {
    match value {
        Value::Nothing => Some(None),
        Value::Scalar(scalar) => flag_of(&said(scalar)),
        Value::List(_) | Value::Mapping => None,
    }
}
