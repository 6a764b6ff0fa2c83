//! Reads RSS, RDF and Atom with a library that gets well-formed XML.

use feed_rs::model;
use feed_rs::parser;
use jiff::Timestamp;

use super::entry::{
    Fault, FeedEntry, FeedPicture, ParsedFeed, Recording, RecordingKind, TextMarkup,
};
use super::mend::{Mended, mend};
use crate::format::catching;

/// Reads a feed; `url` is its address.
///
/// # Errors
/// If it is not a feed, or is broken before its first entry.
pub fn read(text: &str, url: &str) -> Result<ParsedFeed, Fault> {
    let mended = mend(text)?;
    let mut notes = mended.notes.clone();
    let feed = match parse(&mended.xml, url) {
        Ok(feed) => feed,
        Err(why) => by_entry(&mended, url, &why, &mut notes)?,
    };
    let site = feed.links.iter().find(|link| is_page(link));
    Ok(ParsedFeed {
        title: feed.title.map(|title| title.content).unwrap_or_default(),
        site: site.map(|link| link.href.clone()),
        entries: feed.entries.into_iter().map(entry).collect(),
        notes,
        ttl: feed.ttl,
        skip_hours: mended.skip_hours,
    })
}

/// Parses well-formed XML. Makes a new parser each time, since one that failed keeps part of what
/// it read.
fn parse(xml: &str, url: &str) -> Result<model::Feed, String> {
    let parser = parser::Builder::new()
        .base_uri(Some(url))
        .sanitize_content(false)
        // We make our own ids where there are none.
        .id_generator(|_, _, _| String::new())
        .build();
    let parsed = catching(|| parser.parse(xml.as_bytes()));
    let parsed = parsed.ok_or("reading it failed")?;
    parsed.map_err(|error| error.to_string())
}

/// Reads each entry as a feed of its own, so that one that the library refuses costs only itself.
fn by_entry(
    mended: &Mended,
    url: &str,
    why: &str,
    notes: &mut Vec<String>,
) -> Result<model::Feed, Fault> {
    let (Some(first), Some(last)) = (mended.entries.first(), mended.entries.last()) else {
        return Err(Fault::Refused(why.to_owned()));
    };
    let (head, tail) = (&mended.xml[..first.start], &mended.xml[last.end..]);
    let alone = |entry: &str| parse(&format!("{head}{entry}{tail}"), url);
    let mut feed = alone("").map_err(Fault::Refused)?;
    let mut refused = 0;
    for entry in &mended.entries {
        match alone(&mended.xml[entry.clone()]) {
            Ok(read) => feed.entries.extend(read.entries),
            Err(_) => refused += 1,
        }
    }
    match refused {
        0 => {}
        1 => notes.push(format!("1 entry cannot be read: {why}")),
        _ => notes.push(format!("{refused} entries cannot be read: {why}")),
    }
    Ok(feed)
}

fn is_page(link: &model::Link) -> bool {
    let is_html = |kind: &String| kind.contains("html");
    link.target.is_none()
        && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
        && link.media_type.as_ref().is_none_or(is_html)
        && !link.href.is_empty()
}

fn entry(entry: model::Entry) -> FeedEntry {
    let link = entry.links.iter().find(|link| is_page(link));
    let link = link.map(|link| link.href.clone()).or_else(|| {
        // A permalink of RSS.
        let is_address = entry.id.starts_with("http://") || entry.id.starts_with("https://");
        is_address.then(|| entry.id.clone())
    });
    let enclosures = entry.links.iter().filter_map(|link| {
        let is_enclosure = link.rel.as_deref() == Some("enclosure");
        is_enclosure.then(|| {
            (
                link.href.clone(),
                link.media_type.clone().unwrap_or_default(),
            )
        })
    });
    let mut media = Media::default();
    for (url, kind) in enclosures {
        media.take(url, &kind, None, (None, None));
    }
    let mut description = None;
    // Podcasts give the length of their recording elsewhere.
    media.seconds = entry
        .media
        .iter()
        .find_map(|object| whole_seconds(object.duration?));
    for object in entry.media {
        media.take_object(&object);
        description = description.or(object.description.map(|text| text.content));
    }
    let content = entry.content.and_then(|content| {
        let is_text = content.content_type.essence().subty == "plain";
        content.body.map(|body| markup(body, is_text))
    });
    let summary = entry
        .summary
        .map(text)
        .or(description.map(TextMarkup::Text));
    let published = entry.published.and_then(|at| timestamp(at.timestamp()));
    let updated = entry.updated.and_then(|at| timestamp(at.timestamp()));
    FeedEntry {
        guid: entry.id.trim().to_owned(),
        title: entry.title.map(text),
        link,
        base: entry.base,
        summary,
        content,
        published: published.or(updated),
        updated: updated.filter(|at| published.is_some_and(|published| published != *at)),
        authors: entry
            .authors
            .into_iter()
            .filter_map(|person| person.name.or(person.email))
            .collect(),
        categories: entry
            .categories
            .into_iter()
            .map(|it| it.label.unwrap_or(it.term))
            .collect(),
        images: media.images,
        media: media.recordings,
    }
}

fn timestamp(seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(seconds).ok()
}

fn text(text: model::Text) -> TextMarkup {
    markup(text.content, text.content_type.essence().subty == "plain")
}

fn markup(text: String, is_text: bool) -> TextMarkup {
    match is_text {
        true => TextMarkup::Text(text),
        false => TextMarkup::Html(text),
    }
}

/// The pictures and recordings of an entry.
#[derive(Default)]
struct Media {
    images: Vec<FeedPicture>,
    recordings: Vec<Recording>,
    /// The length of a recording that does not give its own.
    seconds: Option<u32>,
}

fn whole_seconds(duration: std::time::Duration) -> Option<u32> {
    u32::try_from(duration.as_secs()).ok()
}

impl Media {
    fn take_object(&mut self, object: &model::MediaObject) {
        for content in &object.content {
            let Some(url) = &content.url else {
                continue;
            };
            let kind = content.content_type.as_ref().map(ToString::to_string);
            self.take(
                url.to_string(),
                &kind.unwrap_or_default(),
                content.duration.and_then(whole_seconds),
                (content.width, content.height),
            );
        }
        for thumbnail in &object.thumbnails {
            let image = &thumbnail.image;
            self.images.push(FeedPicture {
                url: image.uri.clone(),
                width: image.width,
                height: image.height,
            });
        }
    }

    fn take(
        &mut self,
        url: String,
        kind: &str,
        seconds: Option<u32>,
        (width, height): (Option<u32>, Option<u32>),
    ) {
        let seconds = seconds.or(self.seconds);
        let path = url
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
        if kind.starts_with("image/") || ends(&[".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"])
        {
            self.images.push(FeedPicture { url, width, height });
        } else if kind.starts_with("audio/") || ends(&[".mp3", ".m4a", ".ogg", ".opus"]) {
            let kind = RecordingKind::Audio;
            self.recordings.push(Recording { url, kind, seconds });
        } else if kind.starts_with("video/") || kind.contains("flash") || ends(&[".mp4", ".webm"]) {
            let kind = RecordingKind::Video;
            self.recordings.push(Recording { url, kind, seconds });
        }
    }
}
