//! Writes an article as the bytes of a new file: the front matter field by field, then the body. A
//! text stays the value of its field whatever it contains, and `scan` reads the file without the
//! YAML library. Where the file goes is decided elsewhere.

use std::fmt::Write;

use super::edit::{double, is_plain};
use super::entities::decode_entities;
use super::opening;
use crate::model::{Article, Image, ListedFlag, ListedName, Moment, Provider};

/// Where an article came from: the name of the feed, and what the feed calls the entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedOrigin {
    /// Empty for a page that was saved on its own.
    pub feed: String,
    pub guid: String,
}

/// The file of an article: everything that a file can record, with texts as [`field_text`] returns
/// them.
pub fn compose(article: &Article, origin: &FeedOrigin, body: &str) -> String {
    let mut file = File("---\n".to_owned());
    match article.categories.as_slice() {
        // Readers split a single text at these.
        [category] if !category.contains([',', ';']) => file.words("category", category),
        categories => file.entries("category", categories),
    }
    file.text("title", &article.title);
    file.text("excerpt", &article.excerpt);
    file.moment("publishedDateTime", article.published_at);
    file.moment("updatedDateTime", article.updated_at);
    file.text(
        "originalUrl",
        article.urls.original.as_deref().unwrap_or_default(),
    );
    file.text("webUrl", article.urls.web.as_deref().unwrap_or_default());
    file.words("type", article.listed.name(ListedName::Kind));
    if let Some(length) = article.length {
        file.row(&format!("length: PT{length}S"));
    }
    if let Some(published) = article.listed[ListedFlag::Published] {
        file.row(&format!("published: {published}"));
    }
    file.provider(&article.provider);
    file.list("topics", &article.topics);
    file.images(&article.images);
    if !origin.guid.is_empty() || !origin.feed.is_empty() {
        file.row("");
        file.text("guid", &origin.guid);
        file.text("feed", &origin.feed);
    }
    file.row("---");
    if !body.is_empty() {
        file.0.push('\n');
        file.0.push_str(body.trim_end());
        file.0.push('\n');
    }
    file.0
}

/// A text in a form that a field can hold, so that every reader of the file gets the same: on one
/// line, at most `most` characters, without control characters, HTML entities, or anything that a
/// site's generator would take for a template tag.
pub fn field_text(text: &str, most: usize) -> String {
    let mut text = text.to_owned();
    // Feeds escape text that is escaped already.
    for _ in 0..8 {
        let decoded = decode_entities(&text).into_owned();
        if decoded == text {
            break;
        }
        text = decoded;
    }
    let is_kept =
        |sign: &char| !sign.is_control() && !matches!(sign, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
    let spaced = text.replace(|sign: char| sign.is_whitespace() || sign.is_control(), " ");
    let kept: String = spaced.chars().filter(is_kept).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let mut text = cut(&words.join(" "), most);
    if opening::is_template(&text) {
        text = text.replace("{{", "{ {").replace("{%", "{ %");
    }
    if decode_entities(&text) != text {
        // Escaped more times than anyone intends.
        text = text.replace('&', "");
    }
    text
}

/// Cuts a text to at most this many characters, after a whole word if there is one, and adds `…`.
fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let kept = &text[..end];
    let word = kept.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", kept[..word].trim_end())
}

/// The front matter so far.
struct File(String);

impl File {
    fn row(&mut self, row: &str) {
        self.0.push_str(row);
        self.0.push('\n');
    }

    /// In quotes.
    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.row(&format!("{key}: {}", double(text)));
        }
    }

    /// Without quotes, where that is safe.
    fn words(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.row(&format!("{key}: {}", plain_or_quoted(text)));
        }
    }

    fn moment(&mut self, key: &str, moment: Option<Moment>) {
        if let Some(moment) = moment {
            let written = moment.at.strftime("%Y-%m-%dT%H:%M:%SZ");
            self.row(&format!("{key}: {written}"));
        }
    }

    fn provider(&mut self, provider: &Provider) {
        let name = provider.name.as_str();
        let domain = provider.domain.as_str();
        if name.is_empty() && domain.is_empty() && provider.authors.is_empty() {
            return;
        }
        self.row("");
        self.row("provider:");
        self.words("  name", name);
        self.words("  domain", domain);
        if !provider.authors.is_empty() {
            self.row("  authors:");
            for author in &provider.authors {
                self.row(&format!("    - name: {}", plain_or_quoted(author)));
            }
        }
    }

    fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            self.row("");
            self.entries(key, items);
        }
    }

    fn entries(&mut self, key: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.row(&format!("{key}:"));
        for item in items {
            self.row(&format!("  - {}", plain_or_quoted(item)));
        }
    }

    fn images(&mut self, images: &[Image]) {
        if images.is_empty() {
            return;
        }
        self.row("");
        self.row("images:");
        for image in images {
            let mut row = format!("  - url: {}", double(&image.url));
            for (key, side) in [("width", image.width), ("height", image.height)] {
                if let Some(side) = side {
                    // Writing to a string cannot fail.
                    let _ = write!(row, "\n    {key}: {side}");
                }
            }
            self.row(&row);
        }
    }
}

fn plain_or_quoted(text: &str) -> String {
    if is_plain(text) && text.len() < 100 {
        text.to_owned()
    } else {
        double(text)
    }
}

#[cfg(test)]
mod tests;
