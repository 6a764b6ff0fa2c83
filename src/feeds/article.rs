//! An entry of a feed as an article of the library.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use xxhash_rust::xxh3::xxh3_64;

use super::list::Feed;
use super::read::{FeedEntry, FeedPicture, ParsedFeed, RecordingKind, TextMarkup};
use super::slug;
use crate::desk::SourceHashes;
use crate::format::block::{Block, Document};
use crate::format::body;
use crate::format::compose::{FeedOrigin, compose, field_text};
use crate::format::link::{self, Link};
use crate::format::to_markdown;
use crate::model::{Article, Image, ListedFields, ListedFlag, ListedName, Moment, Provider, Urls};

/// Longest texts in the front matter, in characters.
const TITLE: usize = 300;
const EXCERPT: usize = 600;
const WORD: usize = 80;
const GUID: usize = 1_000;
/// Where an excerpt made of the text ends.
const MADE_EXCERPT: usize = 280;
/// Most items of each list.
const TOPICS: usize = 32;
const AUTHORS: usize = 16;
const IMAGES: usize = 8;
/// How many bytes of a text are read for its title and excerpt: no field holds more.
const ENOUGH: usize = 4_096;

/// Where the text of an article comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFrom {
    /// The feed, which may change it.
    Feed,
    /// The page, which is fetched once: `None` if it gave no text. The feed's text then stands in
    /// for it, and later changes to that are ignored.
    Page(Option<String>),
}

/// An article that will become a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleDraft {
    pub article: Article,
    pub origin: FeedOrigin,
    /// What its feed says, in Markdown.
    pub body: String,
    pub text: TextFrom,
    /// The page that it links to.
    pub page: Option<u64>,
    /// When it was published, or else first seen.
    pub at: Timestamp,
}

impl ArticleDraft {
    /// The bytes of its file.
    pub fn file(&self) -> String {
        let text = match &self.text {
            TextFrom::Page(Some(text)) => text,
            TextFrom::Feed | TextFrom::Page(None) => &self.body,
        };
        compose(&self.article, &self.origin, text)
    }

    /// The name of its file, without number and extension.
    pub fn stem(&self) -> String {
        let hash = format!("{:08x}", xxh3_64(self.origin.guid.as_bytes()) as u32);
        slug::stem(self.at, &self.article.title, &hash)
    }

    /// The hashes of what its source says.
    pub fn said(&self) -> SourceHashes {
        SourceHashes {
            title: hash_of(&self.article.title),
            excerpt: hash_of(&self.article.excerpt),
            updated: hash_of_moment(self.article.updated_at),
            body: hash_of(&self.body),
        }
    }
}

/// The hash of a text that follows its source; blanks at either end do not count.
pub fn hash_of(text: &str) -> u64 {
    xxh3_64(text.trim().as_bytes())
}

/// The same of a moment.
pub fn hash_of_moment(moment: Option<Moment>) -> u64 {
    moment.map_or(0, |moment| moment.at.as_second().cast_unsigned())
}

/// Entries of a feed that become no articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many say nothing.
    pub empty: usize,
    /// How many say something else than an earlier entry with the same id.
    pub repeated: usize,
}

impl LeftOut {
    /// A sentence each.
    pub fn notes(self) -> impl Iterator<Item = String> {
        let note = |count, reason: &str| match count {
            0 => None,
            1 => Some(format!("1 entry was left out: {reason}")),
            _ => Some(format!("{count} entries were left out: {reason}")),
        };
        let empty = note(self.empty, "there is nothing in it");
        let repeated = note(self.repeated, "an entry before it has the same id");
        empty.into_iter().chain(repeated)
    }
}

/// The articles of a feed's entries, and what is left out. `now` replaces missing dates.
pub fn drafts(feed: &Feed, contents: &ParsedFeed, now: Timestamp) -> (Vec<ArticleDraft>, LeftOut) {
    let mut said = HashMap::new();
    let mut left = LeftOut::default();
    let mut drafts = Vec::new();
    for entry in &contents.entries {
        let Some(draft) = draft(feed, contents, entry, now) else {
            left.empty += 1;
            continue;
        };
        let says = (draft.said(), draft.page);
        match said.entry(draft.origin.guid.clone()) {
            Entry::Occupied(first) => left.repeated += usize::from(*first.get() != says),
            Entry::Vacant(place) => {
                place.insert(says);
                drafts.push(draft);
            }
        }
    }
    // A page that several entries link to identifies none of them.
    let mut pages = HashMap::new();
    for page in drafts.iter().filter_map(|draft| draft.page) {
        *pages.entry(page).or_insert(0) += 1;
    }
    for draft in &mut drafts {
        draft.page = draft.page.filter(|page| pages.get(page) == Some(&1));
    }
    (drafts, left)
}

/// The article of a single page, without a feed; `None` if it says nothing.
pub fn of_page(contents: &ParsedFeed, entry: &FeedEntry, now: Timestamp) -> Option<ArticleDraft> {
    let draft = draft(&Feed::default(), contents, entry, now)?;
    let origin = FeedOrigin::default();
    Some(ArticleDraft { origin, ..draft })
}

fn draft(
    feed: &Feed,
    contents: &ParsedFeed,
    entry: &FeedEntry,
    now: Timestamp,
) -> Option<ArticleDraft> {
    let place = Link::parse(&feed.url).ok();
    let link = entry.link.as_deref();
    let link = link.and_then(|link| absolute(place.as_ref(), link));
    let base = entry
        .base
        .as_deref()
        .or(link.as_deref())
        .or(contents.site.as_deref());
    let base = base.and_then(|base| Link::parse(base).ok()).or(place);
    let summary = entry.summary.as_ref().map(document).unwrap_or_default();
    let content = entry.content.as_ref().map(document).unwrap_or_default();
    let text = if content.is_empty() {
        &summary
    } else {
        &content
    };
    let words = text.text(ENOUGH);
    let mut excerpt = match content.is_empty() {
        true => String::new(),
        false => field_text(&summary.text(ENOUGH), EXCERPT),
    };
    if excerpt.is_empty() {
        excerpt = field_text(&words, MADE_EXCERPT);
    }
    let title = match title(entry, &words) {
        title if !title.is_empty() => title,
        _ if excerpt.is_empty() && link.is_none() => return None,
        _ => field_text(link.as_deref().unwrap_or("Untitled"), TITLE),
    };
    let images = images(entry, text, base.as_ref());
    let mut text = text.clone();
    // Links that lead nowhere become plain text.
    text.readdress(|url| *url = absolute(base.as_ref(), url).unwrap_or_default());
    let body = with_recordings(to_markdown::markdown(&text), entry);
    let page = link.as_deref().and_then(link::canonical_key);
    let guid = guid(entry, link.as_deref(), &title, &words);
    let moment = |at: Timestamp| Moment::instant(at);
    Some(ArticleDraft {
        at: entry.published.unwrap_or(now),
        page,
        body,
        text: TextFrom::Feed,
        origin: FeedOrigin {
            feed: field_text(feed.label(), TITLE),
            guid,
        },
        article: Article {
            title,
            excerpt,
            categories: vec![category(feed)],
            topics: topics(&feed.topics, &entry.categories),
            listed: ListedFields::default()
                .with(ListedName::Kind, kind(feed, entry, link.as_deref()))
                .with(ListedFlag::Published, feed.published),
            length: entry
                .media
                .iter()
                .find_map(|it| it.seconds)
                .filter(|it| *it > 0),
            published_at: Some(moment(entry.published.unwrap_or(now))),
            updated_at: entry.updated.map(moment),
            urls: Urls {
                original: link.clone(),
                web: link.clone(),
                ..Urls::default()
            },
            provider: provider(feed, contents, entry, link.as_deref()),
            images,
            ..Article::default()
        },
    })
}

/// The title of an entry, or else the beginning of its text.
fn title(entry: &FeedEntry, words: &str) -> String {
    let given = entry.title.as_ref().map(|it| field_text(&line(it), TITLE));
    match given {
        Some(title) if !title.is_empty() => title,
        _ => field_text(words, WORD),
    }
}

/// What identifies an entry in its feed: its guid, or else its link, or else what it says.
fn guid(entry: &FeedEntry, link: Option<&str>, title: &str, words: &str) -> String {
    match (entry.guid.trim(), link) {
        ("", Some(link)) => short_guid(link),
        ("", None) => format!("{:016x}", xxh3_64(format!("{title}\n{words}").as_bytes())),
        (guid, _) => short_guid(guid),
    }
}

/// A guid if it fits into a field, else its hash.
fn short_guid(guid: &str) -> String {
    match field_text(guid, GUID) {
        same if same == guid => same,
        _ => format!("{:016x}", xxh3_64(guid.as_bytes())),
    }
}

fn category(feed: &Feed) -> String {
    match field_text(&feed.category, WORD) {
        none if none.is_empty() => "news".to_owned(),
        category => category,
    }
}

fn kind(feed: &Feed, entry: &FeedEntry, link: Option<&str>) -> String {
    let named = field_text(&feed.kind, WORD);
    if !named.is_empty() {
        return named;
    }
    let host = link
        .and_then(|link| Link::parse(link).ok())
        .map(|link| link.host().to_owned());
    let host = host.unwrap_or_default();
    let is_at = |site: &str| host == site || host.ends_with(&format!(".{site}"));
    let has = |kind| entry.media.iter().any(|it| it.kind == kind);
    let word = if has(RecordingKind::Audio) {
        "podcast"
    } else if has(RecordingKind::Video)
        || ["youtube.com", "youtu.be", "vimeo.com"]
            .into_iter()
            .any(is_at)
    {
        "video"
    } else {
        "article"
    };
    word.to_owned()
}

fn topics(of_feed: &[String], of_entry: &[String]) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for topic in of_feed.iter().chain(of_entry) {
        let topic = field_text(topic.trim().trim_start_matches('#'), WORD);
        let is_known = topics
            .iter()
            .any(|it| it.to_lowercase() == topic.to_lowercase());
        if !topic.is_empty() && !is_known && topics.len() < TOPICS {
            topics.push(topic);
        }
    }
    topics
}

fn provider(feed: &Feed, contents: &ParsedFeed, entry: &FeedEntry, link: Option<&str>) -> Provider {
    let own = field_text(&feed.name, WORD);
    let name = match own.is_empty() {
        true => field_text(&contents.title, WORD),
        false => own,
    };
    let place = link.or(contents.site.as_deref()).unwrap_or(&feed.url);
    let host = Link::parse(place)
        .map(|link| link.host().to_owned())
        .unwrap_or_default();
    let mut authors: Vec<String> = Vec::new();
    for author in &entry.authors {
        let author = field_text(author, WORD);
        if !author.is_empty() && !authors.contains(&author) && authors.len() < AUTHORS {
            authors.push(author);
        }
    }
    Provider {
        name,
        domain: host.strip_prefix("www.").unwrap_or(&host).to_owned(),
        authors,
        ..Provider::default()
    }
}

/// The pictures of an entry, or else the first in its text.
fn images(entry: &FeedEntry, text: &Document, base: Option<&Link>) -> Vec<Image> {
    let mut pictures = entry.images.clone();
    if pictures.is_empty() {
        pictures.extend(first_image(&text.blocks).map(|url| FeedPicture {
            url,
            ..FeedPicture::default()
        }));
    }
    let mut images: Vec<Image> = Vec::new();
    for picture in pictures {
        let Some(url) = absolute(base, &picture.url) else {
            continue;
        };
        let is_pixel = picture.width == Some(1) || picture.height == Some(1);
        if !is_pixel && !images.iter().any(|it| it.url == url) && images.len() < IMAGES {
            images.push(Image {
                url,
                width: picture.width.map(i64::from),
                height: picture.height.map(i64::from),
                ..Image::default()
            });
        }
    }
    images
}

fn first_image(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Image { url, .. } => Some(url.clone()),
        Block::Quote(blocks) => first_image(blocks),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Code { .. }
        | Block::Table { .. }
        | Block::Rule => None,
    })
}

/// The body, followed by links to the entry's recordings, which are not fetched.
fn with_recordings(mut body: String, entry: &FeedEntry) -> String {
    for recording in entry.media.iter().take(4) {
        let Ok(link) = Link::parse(&recording.url) else {
            continue;
        };
        let word = match recording.kind {
            RecordingKind::Audio => "audio",
            RecordingKind::Video => "video",
        };
        if !body.is_empty() {
            body.push('\n');
        }
        if let Some(place) = to_markdown::destination(link.as_str()) {
            body.push_str(&format!("[{word}: {}]({place})\n", link.host()));
        }
    }
    body
}

/// An address made absolute; `None` if it is not one.
fn absolute(base: Option<&Link>, address: &str) -> Option<String> {
    let link = match base {
        Some(base) => base.join(address),
        None => Link::parse(address.trim()).ok(),
    };
    link.map(|link| link.as_str().to_owned())
}

/// A text as blocks.
fn document(markup: &TextMarkup) -> Document {
    match markup {
        TextMarkup::Html(html) => body::web_page(html),
        TextMarkup::Text(text) if looks_like_html(text) => body::web_page(text),
        TextMarkup::Text(text) => {
            let text = html_escape::encode_text(text.trim());
            let html = text
                .replace("\r\n", "\n")
                .replace("\n\n", "<p>")
                .replace('\n', "<br>");
            body::web_page(&html)
        }
    }
}

/// A text on one line. Feeds put HTML into titles and call it plain text.
fn line(markup: &TextMarkup) -> String {
    match markup {
        TextMarkup::Text(text) if !looks_like_html(text) => text.clone(),
        TextMarkup::Text(html) | TextMarkup::Html(html) => body::web_page(html).text(ENOUGH),
    }
}

/// Whether a text declared as plain contains tags that only markup has.
fn looks_like_html(text: &str) -> bool {
    const TAGS: [&str; 18] = [
        "</a>",
        "</b>",
        "</i>",
        "</p>",
        "</em>",
        "</strong>",
        "</span>",
        "</div>",
        "</sub>",
        "</sup>",
        "</code>",
        "</small>",
        "</cite>",
        "<br>",
        "<br/>",
        "<br />",
        "<p>",
        "</h",
    ];
    let text = text[..text.floor_char_boundary(16 << 10)].to_ascii_lowercase();
    TAGS.iter().any(|tag| text.contains(tag))
}

#[cfg(test)]
mod tests;
