//! The values of fields as a list needs them: texts, numbers, moments, names, and what is in nested
//! lists. `None` leaves the whole file to the full reader.

use std::borrow::Cow;

use super::rows::{Rows, ScannedValue};
use super::scalar::Form;
use crate::format::article::is_address;
use crate::format::body::links_in_html;
use crate::format::fields::flag_of;
use crate::format::signals::Quotes;
use crate::format::splits::decoded;
use crate::format::{date, duration, node};
use crate::model::Moment;

pub fn names<'a>(lines: &mut impl Rows<'a>, value: ScannedValue<'a>) -> Option<Vec<String>> {
    let mut authors = Vec::new();
    match value {
        ScannedValue::List(list) => lines.list(list, |lines, item| {
            match item {
                ScannedValue::Mapping => lines.mapping(|lines, key, value| {
                    match key {
                        "name" => authors.extend(owned(prose(value)?)),
                        _ => lines.pass(value)?,
                    }
                    Some(())
                })?,
                scalar @ (ScannedValue::Nothing
                | ScannedValue::Scalar(_)
                | ScannedValue::List(_)) => authors.extend(owned(prose(scalar)?)),
            }
            Some(())
        })?,
        scalar @ (ScannedValue::Nothing | ScannedValue::Scalar(_) | ScannedValue::Mapping) => {
            authors.extend(owned(prose(scalar)?))
        }
    }
    Some(authors)
}

/// A length that cannot be read is left to the full reader.
pub fn length(value: ScannedValue<'_>) -> Option<Option<u32>> {
    match text(value)? {
        None => Some(None),
        Some(text) => duration::parse(&text).map(Some),
    }
}

/// The average rating.
pub fn rating<'a>(lines: &mut impl Rows<'a>, value: ScannedValue<'a>) -> Option<Option<f64>> {
    let mut average = None;
    match value {
        ScannedValue::Nothing => {}
        ScannedValue::Mapping => lines.mapping(|lines, key, value| {
            match (key, value) {
                ("average", ScannedValue::Scalar(scalar)) => {
                    average = Some(node::number(&scalar.text())?)
                }
                ("average", ScannedValue::Nothing) => {}
                ("average", _) => return None,
                _ => lines.pass(value)?,
            }
            Some(())
        })?,
        ScannedValue::Scalar(_) | ScannedValue::List(_) => return None,
    }
    Some(average)
}

/// Whether there are images, each with a URL.
pub fn images<'a>(lines: &mut impl Rows<'a>, value: ScannedValue<'a>) -> Option<bool> {
    if let ScannedValue::Scalar(scalar) = value {
        let text = scalar.text();
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
pub struct ScannedEntry<'a> {
    pub title: Cow<'a, str>,
    original: Option<Cow<'a, str>>,
    web: Option<Cow<'a, str>>,
    website: Option<Cow<'a, str>>,
}

impl ScannedEntry<'_> {
    /// See [`Urls::original`](crate::model::Urls::original).
    pub fn original(&self) -> Option<&str> {
        let urls = [&self.original, &self.web, &self.website];
        urls.into_iter().find_map(|url| url.as_deref())
    }
}

/// The related entries.
pub fn related<'a>(
    lines: &mut impl Rows<'a>,
    value: ScannedValue<'a>,
) -> Option<Vec<ScannedEntry<'a>>> {
    let mut entries = Vec::new();
    items(
        lines,
        value,
        |lines, key, value, entry: &mut ScannedEntry<'a>| {
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
    value: ScannedValue<'a>,
    mut field: impl FnMut(&mut L, &'a str, ScannedValue<'a>, &mut T) -> Option<()>,
    mut item: impl FnMut(T) -> Option<()>,
) -> Option<()> {
    match value {
        ScannedValue::Nothing => Some(()),
        ScannedValue::List(list) => lines.list(list, |lines, value| match value {
            ScannedValue::Mapping => {
                let mut noted = T::default();
                lines.mapping(|lines, key, value| field(lines, key, value, &mut noted))?;
                item(noted)
            }
            ScannedValue::Nothing | ScannedValue::Scalar(_) | ScannedValue::List(_) => None,
        }),
        ScannedValue::Scalar(_) | ScannedValue::Mapping => None,
    }
}

/// Whether a piece of HTML embeds or links something.
pub fn embeds(value: ScannedValue<'_>) -> Option<bool> {
    Some(text(value)?.is_some_and(|html| !links_in_html(&html).is_empty()))
}

/// Whether there is any text.
pub fn is_said(value: ScannedValue<'_>) -> Option<bool> {
    match value {
        ScannedValue::Nothing => Some(false),
        ScannedValue::Scalar(scalar) => Some(!scalar.text().trim().is_empty()),
        ScannedValue::List(_) | ScannedValue::Mapping => None,
    }
}

/// A single word, and whether it is quoted.
pub fn word(value: ScannedValue<'_>) -> Option<Option<(Cow<'_, str>, Quotes)>> {
    match value {
        ScannedValue::Nothing => Some(None),
        ScannedValue::Scalar(scalar) => {
            let quotes = match scalar.form {
                Form::Plain => Quotes::None,
                Form::Quoted
                | Form::SingleQuoted
                | Form::DoubleQuoted
                | Form::Literal
                | Form::Folded => Quotes::Some,
            };
            Some(Some((scalar.text(), quotes)))
        }
        ScannedValue::List(_) | ScannedValue::Mapping => None,
    }
}

/// A text without the blanks around it; nothing if it is empty.
pub fn text(value: ScannedValue<'_>) -> Option<Option<Cow<'_, str>>> {
    let scalar = match value {
        ScannedValue::Nothing => return Some(None),
        ScannedValue::Scalar(scalar) => scalar,
        ScannedValue::List(_) | ScannedValue::Mapping => return None,
    };
    let text = match scalar.text() {
        Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
        Cow::Owned(text) => Cow::Owned(trimmed(&text).to_owned()),
    };
    Some((!text.is_empty()).then_some(text))
}

pub fn prose(value: ScannedValue<'_>) -> Option<Option<Cow<'_, str>>> {
    Some(text(value)?.and_then(decoded))
}

/// A text without the blanks around it: few have any.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// A text that is kept.
pub fn owned(text: Option<Cow<'_, str>>) -> Option<String> {
    text.map(Cow::into_owned)
}

pub fn moment(value: ScannedValue<'_>) -> Option<Option<Moment>> {
    match text(value)? {
        None => Some(None),
        Some(text) => date::in_field(&text).map(Some),
    }
}

pub fn integer(value: ScannedValue<'_>) -> Option<Option<i64>> {
    match value {
        ScannedValue::Nothing => Some(None),
        ScannedValue::Scalar(scalar) => node::integer(&scalar.text()).map(Some),
        ScannedValue::List(_) | ScannedValue::Mapping => None,
    }
}

pub fn flag(value: ScannedValue<'_>) -> Option<Option<bool>> {
    match value {
        ScannedValue::Nothing => Some(None),
        ScannedValue::Scalar(scalar) => flag_of(&scalar.text()),
        ScannedValue::List(_) | ScannedValue::Mapping => None,
    }
}
