//! An article's file, parsed and ready to be composed. Composing depends on the width, and happens
//! later.

use std::collections::HashSet;
use std::path::Path;

use super::links::{PageLink, links_of};
use crate::format::Ruling;
use crate::format::block::Document;
use crate::format::body::{Markup, body};
use crate::library::Shown;
use crate::model::{Article, Diagnostic};

/// Most pictures shown per article.
const MAX_PICTURES: usize = 24;

/// A file that has been read, with its body as blocks. Made off the screen's thread.
#[derive(Debug)]
pub struct LoadedArticle {
    pub article: Article,
    pub document: Document,
    /// How many words the text has.
    pub words: usize,
    /// Everything in it that can be opened.
    pub links: Vec<PageLink>,
    /// The addresses of its first pictures, as written, those of the text first, each once.
    pub pictures: Vec<String>,
    pub warnings: Vec<Diagnostic>,
    pub ruling: Ruling,
}

impl LoadedArticle {
    /// Parses the body of the file at `path` into blocks.
    pub fn new(shown: Shown, path: &Path) -> Self {
        let document =
            body(Markup::from_path(path), &shown.body).without_title(&shown.article.title);
        Self {
            links: links_of(&shown.article, &document),
            pictures: pictures_of(&shown.article, &document),
            words: document.words(),
            article: shown.article,
            document,
            warnings: shown.warnings,
            ruling: shown.ruling,
        }
    }
}

fn pictures_of(article: &Article, document: &Document) -> Vec<String> {
    let front = article.images.iter().map(|image| image.url.as_str());
    let mut seen = HashSet::new();
    let all = document.pictures().into_iter().chain(front);
    let each = all.filter(|url| !url.is_empty() && seen.insert(*url));
    each.take(MAX_PICTURES).map(str::to_owned).collect()
}
