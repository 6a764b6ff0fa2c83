//! What the library keeps in memory of an article, as it comes from a reader of files. The body,
//! the images and the related entries stay on disk until the article is shown.

use crate::format::link;
use crate::model::{Article, Flags, Has, Moment};

/// The part of an article that lists, sorts and filters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headline {
    pub title: String,
    /// The excerpt, else the bio.
    pub excerpt: String,
    pub kind: String,
    pub category: String,
    /// The name of the provider, else its domain.
    pub provider: String,
    pub domain: String,
    pub topics: Vec<String>,
    pub published_at: Option<Moment>,
    pub updated_at: Option<Moment>,
    pub quality: Option<i64>,
    pub heat: Option<i64>,
    pub flags: Flags,
    /// What there is in the file, besides what stands here.
    pub has: Has,
    /// Of a video or course, in seconds.
    pub length: Option<u32>,
    /// The average of the ratings.
    pub rating: Option<f64>,
    /// How many related entries are listed.
    pub related: u16,
    /// The provider's authors.
    pub authors: Vec<String>,
    /// The URL of the original, unchecked.
    pub original: String,
    /// Every URL of the article that names a page, as [`link::canonical_key`] tells them.
    pub pages: Vec<u64>,
}

impl From<&Article> for Headline {
    fn from(article: &Article) -> Self {
        let excerpt = if article.excerpt.is_empty() {
            &article.bio
        } else {
            &article.excerpt
        };
        let mut pages: Vec<u64> = article
            .urls
            .all()
            .filter_map(|(_, url)| link::canonical_key(url))
            .collect();
        pages.dedup();
        Self {
            title: article.title.clone(),
            excerpt: excerpt.clone(),
            kind: article.kind.clone().unwrap_or_default(),
            category: article.category.clone().unwrap_or_default(),
            provider: article.provider.label().to_owned(),
            domain: article.provider.domain.clone(),
            topics: article.topics.clone(),
            published_at: article.published_at,
            updated_at: article.updated_at,
            quality: article.quality,
            heat: article.heat,
            flags: article.flags,
            has: Has::of(article),
            length: article.length,
            rating: article.ratings.and_then(|ratings| ratings.average),
            related: u16::try_from(article.related.len()).unwrap_or(u16::MAX),
            authors: article.provider.authors.clone(),
            original: article.urls.original().unwrap_or_default().to_owned(),
            pages,
        }
    }
}
