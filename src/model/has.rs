//! What an article has, as a bit set, so that queries need not read its file again.

use std::ops::BitOr;

use super::{Article, ListedName};

/// A set of things that an article has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Has(u16);

impl Has {
    /// At least one entry in `images`.
    pub const IMAGE: Self = Self(1);
    /// Its kind is `video`, or `featuredContent` embeds something.
    pub const VIDEO: Self = Self(1 << 1);
    /// At least one entry in `related`.
    pub const RELATED: Self = Self(1 << 2);
    /// Text after the front matter, other than whitespace.
    pub const BODY: Self = Self(1 << 3);
    /// An original to open.
    pub const LINK: Self = Self(1 << 4);
    /// Ciphertext in `secured`.
    pub const SECURED: Self = Self(1 << 5);
    /// A diagnostic from reading its file.
    pub const DIAGNOSTIC: Self = Self(1 << 6);
    /// A field called `published`, whatever it says.
    pub const PUBLISHED: Self = Self(1 << 7);

    /// The set as a number, for storage.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// The set stored as this number.
    pub fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// What the front matter tells; the caller adds `BODY` and `DIAGNOSTIC`.
    pub fn from_article(article: &Article) -> Self {
        let is_video = article.listed.name(ListedName::Kind) == "video";
        [
            (Self::IMAGE, !article.images.is_empty()),
            (Self::VIDEO, is_video || !article.featured.is_empty()),
            (Self::RELATED, !article.related.is_empty()),
            (Self::LINK, article.urls.original().is_some()),
            (Self::SECURED, article.secured.is_some()),
        ]
        .into_iter()
        .filter(|(_, is_there)| *is_there)
        .fold(Self::default(), |all, (bit, _)| all | bit)
    }

    /// Whether it includes all of `other`.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Has {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Image, ListedFields, Urls};

    #[test]
    fn what_the_front_matter_says() {
        assert_eq!(Has::from_article(&Article::default()), Has::default());
        let article = Article {
            listed: ListedFields::default().with(ListedName::Kind, "video".to_owned()),
            images: vec![Image::default()],
            urls: Urls {
                web: Some("https://a.example".to_owned()),
                ..Urls::default()
            },
            ..Article::default()
        };
        let has = Has::from_article(&article);
        assert!(has.contains(Has::IMAGE | Has::VIDEO | Has::LINK));
        assert!(!has.contains(Has::RELATED) && !has.contains(Has::SECURED));
    }
}
