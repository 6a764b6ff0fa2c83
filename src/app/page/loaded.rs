//! An article's file, parsed and ready for composing. Composing depends on the width and is done
//! later.

use std::path::Path;

use super::links::{PageLink, links_of};
use crate::format::Ruling;
use crate::format::block::Document;
use crate::format::body::{Markup, body};
use crate::library::Shown;
use crate::model::{Article, Diagnostic};

/// A file that has been read, with its body as blocks. Made off the screen's thread.
#[derive(Debug)]
pub struct LoadedArticle {
    pub article: Article,
    pub document: Document,
    /// How many words the text has.
    pub words: usize,
    /// Everything in it that can be opened.
    pub links: Vec<PageLink>,
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
            words: document.words(),
            article: shown.article,
            document,
            warnings: shown.warnings,
            ruling: shown.ruling,
        }
    }
}
