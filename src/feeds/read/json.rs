//! JSON Feed, 1.0 and 1.1 (<https://www.jsonfeed.org/version/1.1/>), as leniently as other feeds: a
//! value of the wrong type costs only itself.

use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use super::dates;
use super::entry::{
    Fault, FeedEntry, FeedPicture, MAX_ENTRIES, ParsedFeed, Recording, RecordingKind, TextMarkup,
};

/// Reads a feed; `url` is its address.
///
/// # Errors
/// If it is not JSON, or not a feed in JSON.
pub fn read(text: &str, url: &str) -> Result<ParsedFeed, Fault> {
    let value: Value = serde_json::from_str(text).map_err(|error| Fault::Broken {
        line: error.line(),
        // It ends with the place, which we report ourselves.
        reason: without_place(&error.to_string()),
    })?;
    let Some(feed) = value.as_object() else {
        return Err(Fault::NoFeed);
    };
    let is_feed = words(feed, "version").is_some_and(|it| it.contains("jsonfeed.org/version/1"));
    let Some(items) = feed
        .get("items")
        .and_then(Value::as_array)
        .filter(|_| is_feed)
    else {
        return Err(Fault::NoFeed);
    };
    let mut notes = Vec::new();
    if items.len() > MAX_ENTRIES {
        let all = items.len();
        notes.push(format!(
            "the feed has {all} entries; the first {MAX_ENTRIES} are read"
        ));
    }
    let base = Url::parse(url).ok();
    let site = words(feed, "home_page_url");
    let own = authors(feed);
    let entries = items.iter().take(MAX_ENTRIES).filter_map(Value::as_object);
    Ok(ParsedFeed {
        title: words(feed, "title").unwrap_or_default(),
        site,
        entries: entries.map(|it| entry(it, &own, base.as_ref())).collect(),
        notes,
        ..ParsedFeed::default()
    })
}

/// The words of an error without `at line 1 column 2`.
fn without_place(words: &str) -> String {
    words.split(" at line ").next().unwrap_or(words).to_owned()
}

fn entry(item: &Map<String, Value>, own: &[String], base: Option<&Url>) -> FeedEntry {
    let address = |key| absolute(&words(item, key)?, base);
    let html = words(item, "content_html").map(TextMarkup::Html);
    let text = words(item, "content_text").map(TextMarkup::Text);
    let published = date(item, "date_published");
    let updated = date(item, "date_modified");
    let mut authors = authors(item);
    if authors.is_empty() {
        authors = own.to_vec();
    }
    let images = ["image", "banner_image"].into_iter().filter_map(address);
    let attached = list(item, "attachments").filter_map(Value::as_object);
    FeedEntry {
        guid: words(item, "id").unwrap_or_default(),
        title: words(item, "title").map(TextMarkup::Text),
        link: address("url").or_else(|| address("external_url")),
        base: None,
        summary: words(item, "summary").map(TextMarkup::Text),
        content: html.or(text),
        published: published.or(updated),
        updated: updated.filter(|at| published.is_some_and(|published| published != *at)),
        authors,
        categories: list(item, "tags").filter_map(said).collect(),
        images: images
            .map(|url| FeedPicture {
                url,
                ..FeedPicture::default()
            })
            .collect(),
        media: attached.filter_map(|it| recording(it, base)).collect(),
    }
}

fn recording(attachment: &Map<String, Value>, base: Option<&Url>) -> Option<Recording> {
    let kind = words(attachment, "mime_type").unwrap_or_default();
    let kind = match kind.split('/').next() {
        Some("audio") => RecordingKind::Audio,
        Some("video") => RecordingKind::Video,
        _ => return None,
    };
    let seconds = attachment
        .get("duration_in_seconds")
        .and_then(Value::as_f64);
    Some(Recording {
        url: absolute(&words(attachment, "url")?, base)?,
        kind,
        seconds: seconds
            .filter(|it| (0.0..1e9).contains(it))
            .map(|it| it as u32),
    })
}

fn authors(of: &Map<String, Value>) -> Vec<String> {
    let one = of.get("author").into_iter();
    let all = one.chain(list(of, "authors"));
    all.filter_map(|it| words(it.as_object()?, "name"))
        .collect()
}

fn list<'a>(of: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    of.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn date(of: &Map<String, Value>, key: &str) -> Option<Timestamp> {
    dates::parse(&words(of, key)?)
}

/// A text that is not empty; numbers count as their digits.
fn words(of: &Map<String, Value>, key: &str) -> Option<String> {
    of.get(key).and_then(said)
}

fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let joined = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    joined.ok().map(Into::into)
}
