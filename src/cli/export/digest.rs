//! The contents of feeds and digests: sanitised text and checked links. The format is up to the
//! file of each.

use jiff::Timestamp;
use xxhash_rust::xxh3::xxh3_128;

use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::library::ArticleRef;
use crate::model::Moment;

/// Articles under a title.
pub struct Digest {
    pub title: Clean,
    /// The web page it belongs to: as given, or else the first article's original.
    pub link: Option<Link>,
    /// When it last changed: the date of its latest article, or else when it was made.
    pub updated: Timestamp,
    pub items: Vec<DigestItem>,
}

/// An article.
pub struct DigestItem {
    /// The same in every run and on every machine: a 64-bit hash.
    key: u64,
    pub title: Clean,
    /// The original.
    pub link: Option<Link>,
    pub excerpt: Clean,
    pub provider: Clean,
    pub authors: Vec<Clean>,
    pub topics: Vec<Clean>,
    pub published: Option<Moment>,
    pub updated: Option<Timestamp>,
}

impl Digest {
    /// `now` counts only if no article has a date.
    pub fn new<'a>(
        title: &str,
        link: Option<Link>,
        articles: impl Iterator<Item = ArticleRef<'a>>,
        now: Timestamp,
    ) -> Self {
        let items: Vec<DigestItem> = articles.map(DigestItem::new).collect();
        Self {
            title: Clean::new(title.trim()),
            link: link.or_else(|| items.iter().find_map(|item| item.link.clone())),
            updated: items
                .iter()
                .filter_map(DigestItem::changed)
                .max()
                .unwrap_or(now),
            items,
        }
    }

    /// A name that stays the same as long as title and page do.
    pub fn urn(&self) -> String {
        let page = self.link.as_ref().map_or("", Link::as_str);
        urn(xxh3_128(format!("{page}\n{}", self.title).as_bytes()))
    }
}

impl DigestItem {
    fn new(article: ArticleRef<'_>) -> Self {
        Self {
            key: article.key().0,
            title: Clean::new(&article.title()),
            link: Link::parse(&article.original()).ok(),
            excerpt: Clean::new(article.excerpt().trim()),
            provider: Clean::new(article.provider()),
            authors: article.authors().map(Clean::new).collect(),
            topics: article.topics().map(Clean::new).collect(),
            published: article.published_at(),
            updated: article.updated_at().map(|it| it.at),
        }
    }

    /// When it last changed, as far as is known.
    pub fn changed(&self) -> Option<Timestamp> {
        self.updated.max(self.published.map(|it| it.at))
    }

    /// A name that is the same everywhere.
    pub fn urn(&self) -> String {
        urn(xxh3_128(&self.key.to_be_bytes()))
    }

    /// Who published it, when, and about what.
    pub fn facts(&self) -> String {
        let day = self
            .published
            .map(|it| it.at.strftime("%-d %b %Y").to_string());
        let list = |texts: &[Clean]| {
            let texts: Vec<&str> = texts.iter().map(Clean::as_str).collect();
            texts.join(", ")
        };
        let facts = [
            self.provider.to_string(),
            list(&self.authors),
            day.unwrap_or_default(),
            list(&self.topics),
        ];
        let facts: Vec<String> = facts.into_iter().filter(|it| !it.is_empty()).collect();
        facts.join(" · ")
    }
}

/// A UUID made from a hash (RFC 9562, version 8), as a URN.
fn urn(hash: u128) -> String {
    let hash = hash & !(0xf << 76) & !(0b11 << 62) | (8 << 76) | (0b10 << 62);
    let hex = format!("{hash:032x}");
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_becomes_a_uuid_of_version_8() {
        assert_eq!(urn(0), "urn:uuid:00000000-0000-8000-8000-000000000000");
        assert_eq!(
            urn(u128::MAX),
            "urn:uuid:ffffffff-ffff-8fff-bfff-ffffffffffff"
        );
    }
}
