//! An article's links, collected for choosing one.

use std::collections::HashSet;

use crate::format::block::Document;
use crate::library::ArticleId;
use crate::model::Article;

/// A link on a page: its label, and its URL, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    pub label: String,
    pub url: String,
    /// The article of this library that it leads to, once that was looked up.
    pub article: Option<ArticleId>,
}

/// Returns all links of an article, the original first, each URL once.
pub fn links_of(article: &Article, document: &Document) -> Vec<PageLink> {
    let mut links: Vec<PageLink> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut add = |label: &str, url: &str| {
        if !url.is_empty() && seen.insert(url.to_owned()) {
            links.push(PageLink {
                label: label.to_owned(),
                url: url.to_owned(),
                article: None,
            });
        }
    };
    if let Some(original) = article.urls.original() {
        add("original", original);
    }
    for (name, url) in article.urls.all() {
        add(name, url);
    }
    for url in &article.featured {
        add("featured", url);
    }
    for action in &article.actions {
        add(
            action
                .title
                .as_deref()
                .or(action.kind.as_deref())
                .unwrap_or("action"),
            &action.url,
        );
    }
    for (name, person) in [
        ("twitter", &article.twitter),
        ("linkedin", &article.linkedin),
    ] {
        if let Some(url) = person.as_ref().and_then(|person| person.url.as_deref()) {
            add(name, url);
        }
    }
    for url in &document.links {
        add("in the text", url);
    }
    for image in &article.images {
        add("image", &image.url);
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Image, Urls};

    #[test]
    fn the_original_comes_first_and_no_url_twice() {
        let url = |text: &str| Some(text.to_owned());
        let article = Article {
            urls: Urls {
                original: url("https://a.example/1"),
                web: url("https://a.example/1"),
                amp: url("https://a.example/amp"),
                ..Urls::default()
            },
            featured: vec!["https://v.example/".into()],
            images: vec![Image {
                url: "/i.png".into(),
                ..Image::default()
            }],
            ..Article::default()
        };
        let document = Document {
            links: vec!["https://v.example/".into(), "https://b.example/".into()],
            ..Document::default()
        };
        let found: Vec<_> = links_of(&article, &document)
            .into_iter()
            .map(|link| (link.label, link.url))
            .collect();
        let expected = [
            ("original", "https://a.example/1"),
            ("ampWebUrl", "https://a.example/amp"),
            ("featured", "https://v.example/"),
            ("in the text", "https://b.example/"),
            ("image", "/i.png"),
        ];
        assert_eq!(
            found,
            expected.map(|(label, url)| (label.to_owned(), url.to_owned()))
        );
    }
}
