//! The part of an article that the library keeps in memory. Body, images and related entries stay
//! on disk until the article is shown.

use super::link::{self, page_key};
use super::lossy::lossy;
use crate::model::{Article, Has, ListedFields, Moment, Related, Signals, SitePublication, Urls};

/// The part of an article that is listed, sorted and filtered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headline {
    pub title: String,
    /// The excerpt, or else the bio.
    pub excerpt: String,
    /// The plain fields.
    pub listed: ListedFields,
    pub categories: Vec<String>,
    /// The name of the provider, or else its domain.
    pub provider: String,
    pub domain: String,
    pub topics: Vec<String>,
    pub published_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    /// What may decide its publication, until its site's rule is applied.
    pub signals: Signals,
    /// What its site would do with it; set by code that knows the site.
    pub publication: SitePublication,
    /// The URL of the original, unchecked.
    pub original: String,
    /// The pages of all URLs of the article, as returned by [`link::canonical_key`].
    pub pages: Vec<u64>,
    /// What else the file has.
    pub has: Has,
    /// Length of a video or course, in seconds.
    pub length: Option<u32>,
    /// The average rating.
    pub rating: Option<f64>,
    /// The number of related entries.
    pub related: u16,
    /// The pages of related entries that may tell the same story, as returned by
    /// [`link::page_key`]. Their titles resemble this one's; for the others, no page is computed or
    /// kept.
    pub retold: Vec<u64>,
    /// Bytes of the body.
    pub body: u32,
    /// The keys of fields without a role, sorted, one per line.
    pub keys: String,
    /// The authors, including the provider's.
    pub authors: Vec<String>,
}

impl From<Article> for Headline {
    fn from(article: Article) -> Self {
        Self {
            pages: pages(&article.urls),
            has: Has::from_article(&article),
            length: article.length,
            rating: article.ratings.and_then(|ratings| ratings.average),
            related: u16::try_from(article.related.len()).unwrap_or(u16::MAX),
            retold: retold(&article.title, article.related.iter().map(entry)),
            body: 0,
            authors: authors(article.authors, article.provider.authors),
            keys: keys(article.keys),
            excerpt: if article.excerpt.is_empty() {
                article.bio
            } else {
                article.excerpt
            },
            title: article.title,
            listed: article.listed,
            categories: article.categories,
            provider: label(article.provider.name, &article.provider.domain),
            domain: article.provider.domain,
            topics: article.topics,
            published_at: article.published_at,
            updated_at: article.updated_at,
            signals: article.signals,
            publication: SitePublication::default(),
            original: article.urls.into_original().unwrap_or_default(),
        }
    }
}

impl Headline {
    /// Notes the body, or as much of it as was read.
    pub fn with_body(mut self, body: &[u8]) -> Self {
        let body = body.trim_ascii();
        if !body.is_empty() {
            self.has = self.has | Has::BODY;
            self.lengthen(lossy(body).len() as u64);
        }
        self
    }

    /// Adds the bytes of the body that were not read.
    pub fn lengthen(&mut self, bytes: u64) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.body = self.body.saturating_add(bytes);
    }
}

/// Maximum number of pages kept of related entries that may tell the same story.
const RETOLD: usize = 16;

/// Title and original of a related entry.
fn entry(related: &Related) -> (&str, Option<&str>) {
    (&related.title, related.urls.original())
}

/// The pages of the entries, given by title and original, whose titles share half of their own
/// words, or half of those of `title`, with it.
pub(super) fn retold<'a>(
    title: &str,
    entries: impl Iterator<Item = (&'a str, Option<&'a str>)>,
) -> Vec<u64> {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return Vec::new();
    }
    let mut own = Vec::with_capacity(16);
    let mut bits = 0;
    each_word(title, |word| {
        own.push(word);
        bits |= bit_of(word);
    });
    let is_near = |other: &str| {
        let (mut all, mut common) = (0, 0);
        each_word(other, |word| {
            all += 1;
            let is_own =
                bits & bit_of(word) != 0 && own.iter().any(|it| it.eq_ignore_ascii_case(word));
            common += usize::from(is_own);
        });
        common > 0 && common * 2 >= own.len().min(all)
    };
    let near = entries.filter(|(other, _)| is_near(other));
    let mut pages: Vec<u64> = near
        .filter_map(|(_, url)| page_key(url?))
        .take(RETOLD)
        .collect();
    pages.dedup();
    pages
}

/// A bit for a word, whatever its case: two words with different bits are different.
fn bit_of(word: &[u8]) -> u64 {
    let letter = |at: usize| {
        let letter = word.get(at).map_or(0, u8::to_ascii_lowercase);
        usize::from(letter)
    };
    1 << ((word.len() + letter(0) * 5 + letter(2) * 11) % 64)
}

/// The letters and digits of ASCII, by their value.
const IN_WORD: [bool; 256] = {
    let mut in_word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        in_word[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    in_word
};

/// Passes on the words of a title, in UTF-8, that are longer than two bytes.
fn each_word<'a>(title: &'a str, mut take: impl FnMut(&'a [u8])) {
    let mut pass = |word: &'a [u8]| {
        if word.len() > 2 {
            take(word);
        }
    };
    if title.is_ascii() {
        let letters = title.as_bytes();
        let mut start = 0;
        for (at, letter) in letters.iter().enumerate() {
            if !IN_WORD[usize::from(*letter)] {
                pass(&letters[start..at]);
                start = at + 1;
            }
        }
        pass(&letters[start..]);
    } else {
        let words = title.split(|letter: char| !letter.is_alphanumeric());
        words.for_each(|word| pass(word.as_bytes()));
    }
}

/// Maximum number of keys recorded per article, and maximum length of a key in bytes.
const KEYS: usize = 64;
/// Stands for the keys that are not recorded.
pub const ANY_KEY: &str = "*";

fn keys(mut keys: Vec<String>) -> String {
    let count = keys.len();
    keys.retain(|key| key.len() <= KEYS && !key.contains('\n'));
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(KEYS);
    if keys.len() < count {
        keys.push(ANY_KEY.to_owned());
    }
    keys.join("\n")
}

fn authors(mut authors: Vec<String>, others: Vec<String>) -> Vec<String> {
    for author in others {
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    authors
}

/// The name of a provider, or else its domain.
fn label(name: String, domain: &str) -> String {
    if name.is_empty() {
        domain.to_owned()
    } else {
        name
    }
}

/// The pages of all URLs. Most articles give the same URL twice, and determining its page takes
/// longer than anything else done for a headline.
fn pages(urls: &Urls) -> Vec<u64> {
    let mut urls: Vec<&str> = urls.all().map(|(_, url)| url).collect();
    urls.dedup();
    let mut pages: Vec<u64> = urls.into_iter().filter_map(link::canonical_key).collect();
    pages.dedup();
    pages
}
