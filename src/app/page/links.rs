//! An article's links, collected for choosing one: each with its own words, and with links that
//! share or track kept apart.

use std::collections::{HashMap, HashSet};

use crate::format::block::{Block, Document, Inline};
use crate::format::link::Link;
use crate::model::Article;

/// A link on a page: its label, and its URL, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// Its own words if it is in the text, otherwise the name of its field.
    pub label: String,
    pub url: String,
    pub group: LinkGroup,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkGroup {
    /// It leads to something to read.
    Reading,
    /// It shares the page, counts readers, or subscribes them.
    Sharing,
}

/// Hosts, including subdomains, and the start of the paths that share a page.
const SHARING: [(&str, &str); 16] = [
    ("facebook.com", "/share"),
    ("facebook.com", "/dialog"),
    ("twitter.com", "/intent"),
    ("twitter.com", "/share"),
    ("x.com", "/intent"),
    ("x.com", "/share"),
    ("linkedin.com", "/share"),
    ("linkedin.com", "/cws/share"),
    ("reddit.com", "/submit"),
    ("pinterest.com", "/pin/create"),
    ("tumblr.com", "/share"),
    ("t.me", "/share"),
    ("telegram.me", "/share"),
    ("whatsapp.com", "/send"),
    ("wa.me", "/"),
    ("news.ycombinator.com", "/submitlink"),
];

/// Hosts, including subdomains, that count readers.
const TRACKING: [&str; 8] = [
    "doubleclick.net",
    "feedburner.com",
    "google-analytics.com",
    "googletagmanager.com",
    "list-manage.com",
    "addthis.com",
    "addtoany.com",
    "sharethis.com",
];

impl LinkGroup {
    /// Decides by the link's target. A link that cannot be opened stays among the others.
    pub fn of_url(url: &str) -> Self {
        let Ok(link) = Link::parse(url) else {
            return Self::Reading;
        };
        let host = link.host();
        let is_at = |domain: &str| {
            let below = host.strip_suffix(domain);
            below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        };
        let path = link.as_str().splitn(4, '/').nth(3).unwrap_or_default();
        let path = format!("/{path}");
        let shares = |(domain, begins): &(&str, &str)| is_at(domain) && path.starts_with(begins);
        if SHARING.iter().any(shares) || TRACKING.iter().any(|domain| is_at(domain)) {
            Self::Sharing
        } else {
            Self::Reading
        }
    }
}

/// Returns all links of an article, each URL once: the original first, links that share or track
/// last.
pub fn links_of(article: &Article, document: &Document) -> Vec<PageLink> {
    let mut links: Vec<PageLink> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut add = |label: &str, url: &str| {
        if !url.is_empty() && seen.insert(url.to_owned()) {
            links.push(PageLink {
                label: label.to_owned(),
                url: url.to_owned(),
                group: LinkGroup::of_url(url),
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
    let words = words(document);
    // The reader goes to footnotes on the page, so they are nothing to open.
    let targets = document.links.iter().enumerate();
    for (at, url) in targets.filter(|(_, url)| !url.starts_with('#')) {
        add(words.get(&at).map_or("in the text", String::as_str), url);
    }
    for image in &article.images {
        add("image", &image.url);
    }
    links.sort_by_key(|link| link.group);
    links
}

/// The words of each link in a document, by its index.
fn words(document: &Document) -> HashMap<usize, String> {
    let mut words = HashMap::new();
    let mut blocks: Vec<&Block> = document.blocks.iter().rev().collect();
    while let Some(block) = blocks.pop() {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => gather(text, &mut words),
            Block::Quote(inner) => blocks.extend(inner.iter().rev()),
            Block::List(items) => {
                let inner = items.iter().flat_map(|item| &item.blocks);
                blocks.extend(inner.rev());
            }
            Block::Table { header, rows } => {
                let cells = header.iter().chain(rows.iter().flatten());
                cells.for_each(|cell| gather(cell, &mut words));
            }
            Block::Image { alt, link, .. } => {
                if let Some(at) = link.filter(|_| !alt.trim().is_empty()) {
                    words.entry(at).or_insert_with(|| alt.trim().to_owned());
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
    words
}

/// Collects the words of the links in runs of text: the runs of one link are adjacent.
fn gather(text: &[Inline], words: &mut HashMap<usize, String>) {
    for runs in text.chunk_by(|a, b| a.link == b.link) {
        let Some(at) = runs[0].link else {
            continue;
        };
        let said: String = runs.iter().map(|run| run.text.as_str()).collect();
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if !said.is_empty() {
            words.entry(at).or_insert(said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::body::{Markup, body};
    use crate::model::{Image, Urls};

    fn labels(links: &[PageLink]) -> Vec<(&str, &str)> {
        links
            .iter()
            .map(|link| (link.label.as_str(), link.url.as_str()))
            .collect()
    }

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
        let expected = [
            ("original", "https://a.example/1"),
            ("ampWebUrl", "https://a.example/amp"),
            ("featured", "https://v.example/"),
            ("in the text", "https://b.example/"),
            ("image", "/i.png"),
        ];
        assert_eq!(labels(&links_of(&article, &document)), expected);
    }

    #[test]
    fn a_link_has_its_own_words_and_what_shares_comes_last() {
        let text = "[Share](https://www.facebook.com/sharer/sharer.php?u=x) and **[a *long* \
                    way](https://b.example/)**.\n\n- [one](./second.md)\n\n> [two](/2021/x)\n";
        let document = body(Markup::Markdown, text);
        let found = links_of(&Article::default(), &document);
        let expected = [
            ("a long way", "https://b.example/"),
            ("one", "./second.md"),
            ("two", "/2021/x"),
            ("Share", "https://www.facebook.com/sharer/sharer.php?u=x"),
        ];
        assert_eq!(labels(&found), expected);
    }

    #[test]
    fn only_what_shares_or_tracks_is_put_aside() {
        for url in [
            "https://twitter.com/intent/tweet?text=x",
            "https://wa.me/?text=x",
            "https://ad.doubleclick.net/x",
            "https://www.linkedin.com/shareArticle?url=x",
        ] {
            assert_eq!(LinkGroup::of_url(url), LinkGroup::Sharing, "{url}");
        }
        for url in [
            "https://twitter.com/somebody/status/1",
            "https://notfacebook.com/share",
            "https://www.facebook.com/somebody",
            "/share",
        ] {
            assert_eq!(LinkGroup::of_url(url), LinkGroup::Reading, "{url}");
        }
    }
}
