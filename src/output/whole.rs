//! An article below its title as one document, for the formats that have markup of their own.

use super::facts::facts;
use crate::format::block::{Block, Document, Inline, ListItem, Marker, RunStyle};
use crate::format::body::{Markup, body};
use crate::library::{ArticleRef, Shown};
use crate::model::Article;

/// The facts, the address, the excerpt, the body and the related entries.
pub fn whole(article: ArticleRef<'_>, shown: &Shown) -> Document {
    let said = &shown.article;
    let mut document =
        body(Markup::from_path(&article.path()), &shown.body).without_title(&said.title);
    let facts = facts(shown);
    let mut head = Vec::new();
    if !facts.is_empty() {
        head.push(Block::Paragraph(vec![plain(&facts)]));
    }
    if let Some(url) = said.urls.original() {
        head.push(Block::Paragraph(vec![linked(&mut document, url, url)]));
    }
    if !said.excerpt.is_empty() {
        head.push(Block::Paragraph(vec![plain(&said.excerpt)]));
    }
    document.blocks.splice(0..0, head);
    related(said, &mut document);
    document
}

fn related(article: &Article, document: &mut Document) {
    if article.related.is_empty() {
        return;
    }
    let entries = article.related.iter().map(|related| {
        let words = match related.title.as_str() {
            "" => related.urls.original().unwrap_or_default(),
            title => title,
        };
        let text = match related.urls.original() {
            Some(url) => linked(document, words, url),
            None => plain(words),
        };
        ListItem {
            marker: Marker::Bullet,
            blocks: vec![Block::Paragraph(vec![text])],
        }
    });
    let entries: Vec<ListItem> = entries.collect();
    document.blocks.push(Block::Heading {
        level: 2,
        text: vec![plain("Related")],
    });
    document.blocks.push(Block::List(entries));
}

fn plain(text: &str) -> Inline {
    Inline {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        style: RunStyle::Plain,
        link: None,
    }
}

fn linked(document: &mut Document, text: &str, url: &str) -> Inline {
    // It would be taken for a footnote.
    if url.starts_with('#') {
        return plain(text);
    }
    document.links.push(url.to_owned());
    Inline {
        link: Some(document.links.len() - 1),
        ..plain(text)
    }
}
