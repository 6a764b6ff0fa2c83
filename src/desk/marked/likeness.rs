//! What articles are looked for: a quick look before any is compared.

use std::collections::HashSet;

use crate::desk::Marked;
use crate::library::ArticleRef;

/// The ways to recognise the article of a mark.
pub(super) struct Likeness<'a> {
    names: HashSet<&'a str>,
    pages: HashSet<u64>,
}

impl<'a> Likeness<'a> {
    pub(super) fn new(marks: impl Iterator<Item = &'a Marked> + Clone) -> Self {
        Self {
            names: marks.clone().map(|it| it.identity.name()).collect(),
            pages: marks.filter_map(|it| it.identity.page).collect(),
        }
    }

    pub(super) fn may_be(&self, article: ArticleRef<'_>) -> bool {
        article.pages().iter().any(|page| self.pages.contains(page))
            || self
                .names
                .contains(article.file_name().to_string_lossy().as_ref())
    }
}
