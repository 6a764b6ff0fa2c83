//! An article as JSON shows it: what the list knows of it, by the names of its front matter.

use serde::Serialize;

use crate::format::date::rfc3339;
use crate::library::ArticleRef;

/// An article by the names of its front matter, in the order in which they are printed. What a
/// file does not say is absent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry<'a> {
    pub id: String,
    pub path: String,
    pub title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub excerpt: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub category: &'a str,
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    pub kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_date_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_date_time: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub original_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
    #[serde(skip_serializing_if = "ProviderEntry::is_unsaid")]
    pub provider: ProviderEntry<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<&'a str>,
}

/// The provider of an [`Entry`].
#[derive(Debug, Serialize)]
pub struct ProviderEntry<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub domain: &'a str,
}

impl ProviderEntry<'_> {
    fn is_unsaid(&self) -> bool {
        self.name.is_empty() && self.domain.is_empty()
    }
}

impl<'a> Entry<'a> {
    /// What is printed of an article.
    pub fn of(article: ArticleRef<'a>) -> Self {
        let flags = article.flags();
        Self {
            id: article.key().to_string(),
            path: article.path().to_string_lossy().into_owned(),
            title: article.title(),
            excerpt: article.excerpt(),
            category: article.category(),
            kind: article.kind(),
            published_date_time: article.published_at().map(rfc3339),
            updated_date_time: article.updated_at().map(rfc3339),
            original_url: article.original(),
            quality: article.quality(),
            heat: article.heat(),
            published: flags.published,
            removed: flags.removed,
            deleted: flags.deleted,
            provider: ProviderEntry {
                name: article.provider(),
                domain: article.domain(),
            },
            topics: article.topics().collect(),
        }
    }
}
