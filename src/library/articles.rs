//! The articles: rows, and the names they refer to. `Library` finds articles by key or page, and
//! holds diagnostics.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::batch::{FoundArticle, RootFolder};
use super::columns::{ArticleRun, Columns, Packed, RowNumbers};
use super::facet::Facet;
use super::known::Known;
use super::stories::grouped::{Stories, StoryWishes};
use super::{ArticleId, ArticleKey};
use crate::format::{ANY_KEY, has_role, same_key};
use crate::model::ListedName;

/// A snapshot of all articles of a library. Clones share their data; changing one does not affect
/// the others.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    pub(super) columns: Columns,
    pub(super) topics: Facet,
    pub(super) providers: Facet,
    pub(super) domains: Facet,
    pub(super) categories: Facet,
    pub(super) authors: Facet,
    /// The listed names, by field.
    pub(super) names: [Facet; ListedName::COUNT],
    /// The sets of front matter keys without a role.
    pub(super) keys: Facet,
    pub(super) folders: Vec<Arc<RootFolder>>,
    pub(super) gone: Arc<RoaringBitmap>,
    /// What a person decided about stories.
    pub(super) wishes: Arc<StoryWishes>,
    /// The stories, once requested.
    pub(super) stories: Known<Stories>,
}

impl Articles {
    /// Appends an article.
    pub(super) fn push(&mut self, key: ArticleKey, folder: u32, found: &FoundArticle) -> ArticleId {
        self.stories.forget();
        let numbers = self.numbers(self.columns.len() as u32, folder, found);
        ArticleId(self.columns.push(&packed(key, found, &numbers)))
    }

    /// Replaces an article with a new version. An article that was gone comes back.
    pub(super) fn replace(&mut self, id: ArticleId, folder: u32, found: &FoundArticle) {
        self.stories.forget();
        self.leave_facets(id);
        Arc::make_mut(&mut self.gone).remove(id.0);
        let numbers = self.numbers(id.0, folder, found);
        let key = self.columns.key(id.0);
        self.columns.replace(id.0, &packed(key, found, &numbers));
    }

    /// Marks an article as gone. Its row keeps its contents for anything that still shows it.
    pub(super) fn remove(&mut self, id: ArticleId) {
        self.stories.forget();
        self.leave_facets(id);
        Arc::make_mut(&mut self.gone).insert(id.0);
    }

    /// Has what has grown with every article take as little memory as possible, the sets of all facets next to
    /// each other.
    pub(super) fn compact(&mut self) {
        self.columns.compact();
        self.facets_mut().for_each(Facet::compact);
    }

    /// Completes the sets of all facets once a batch is in.
    pub(super) fn settle(&mut self) {
        self.facets_mut().for_each(Facet::settle);
    }

    fn facets_mut(&mut self) -> impl Iterator<Item = &mut Facet> {
        let facets = [
            &mut self.topics,
            &mut self.providers,
            &mut self.domains,
            &mut self.categories,
            &mut self.authors,
            &mut self.keys,
        ];
        facets.into_iter().chain(&mut self.names)
    }

    fn numbers(&mut self, row: u32, folder: u32, found: &FoundArticle) -> RowNumbers {
        let headline = &found.headline;
        RowNumbers {
            provider: noted(&mut self.providers, headline.provider(), row),
            domain: noted(&mut self.domains, headline.domain(), row),
            names: ListedName::ALL
                .map(|field| noted(&mut self.names[field as usize], headline.name(field), row)),
            keys: noted(&mut self.keys, headline.keys(), row),
            folder,
            topics: all_noted(&mut self.topics, headline.topics(), row),
            authors: all_noted(&mut self.authors, headline.authors(), row),
            categories: all_noted(&mut self.categories, headline.categories(), row),
        }
    }

    fn leave_facets(&mut self, id: ArticleId) {
        let columns = &self.columns;
        for (facet, number) in [
            (&mut self.providers, columns.provider(id.0)),
            (&mut self.domains, columns.domain(id.0)),
            (&mut self.keys, columns.keys(id.0)),
        ] {
            facet.remove(number, id.0);
        }
        for field in ListedName::ALL {
            self.names[field as usize].remove(columns.name(id.0, field), id.0);
        }
        for topic in columns.topics(id.0) {
            self.topics.remove(topic, id.0);
        }
        for author in columns.authors(id.0) {
            self.authors.remove(author, id.0);
        }
        for category in columns.categories(id.0) {
            self.categories.remove(category, id.0);
        }
    }

    /// Takes what a person decided about stories. Returns whether any of it is new.
    pub(super) fn heed(&mut self, wishes: StoryWishes) -> bool {
        let is_new = *self.wishes != wishes;
        if is_new {
            self.wishes = Arc::new(wishes);
            self.stories.forget();
        }
        is_new
    }

    /// Whether an article's file is gone.
    pub fn is_gone(&self, id: ArticleId) -> bool {
        self.gone.contains(id.0)
    }

    /// Number of articles whose file exists.
    pub fn live(&self) -> usize {
        self.columns.len() - self.gone.len() as usize
    }

    /// The rows of articles whose file exists.
    pub fn rows(&self) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        rows.insert_range(0..self.columns.len() as u32);
        rows - &*self.gone
    }

    pub(super) fn add_folder(&mut self, folder: Arc<RootFolder>) -> u32 {
        self.folders.push(folder);
        self.folders.len() as u32 - 1
    }

    /// The folders of the articles, by number.
    pub fn folders(&self) -> &[Arc<RootFolder>] {
        &self.folders
    }

    /// The folder, relative to its root, of a number from [`ArticleRef::own_folder_number`].
    pub fn own_folder(&self, number: u32) -> &Path {
        let folder = &*self.folders[number as usize / 2].relative;
        match number % 2 {
            0 => folder,
            _ => folder.parent().unwrap_or(folder),
        }
    }

    /// The numbers that [`Self::own_folder`] takes.
    pub fn own_folder_numbers(&self) -> Range<u32> {
        0..2 * self.folders.len() as u32
    }

    /// The rows of an earlier state that have changed since; `None` if it belongs to another
    /// library.
    pub fn changed_since(&self, before: &Self) -> Option<RoaringBitmap> {
        let facets = [
            (&self.topics, &before.topics),
            (&self.providers, &before.providers),
            (self.names(ListedName::Kind), before.names(ListedName::Kind)),
        ];
        let is_later = self.len() >= before.len()
            && facets
                .iter()
                .all(|(now, then)| now.names().continues(then.names()));
        is_later.then(|| self.columns.changed_since(&before.columns))
    }

    /// The articles in a range of rows, in order, for whoever needs something of all of them.
    pub fn runs(&self, rows: Range<u32>) -> impl Iterator<Item = ArticleRun<'_>> {
        self.columns.runs(rows)
    }

    /// Number of rows, including those of articles that are gone.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All articles, in no particular order.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> + '_ {
        (0..self.len() as u32)
            .map(ArticleId)
            .filter(|id| !self.is_gone(*id))
    }

    pub fn topics(&self) -> &Facet {
        &self.topics
    }

    pub fn providers(&self) -> &Facet {
        &self.providers
    }

    pub fn domains(&self) -> &Facet {
        &self.domains
    }

    /// The names in a field.
    pub fn names(&self, field: ListedName) -> &Facet {
        &self.names[field as usize]
    }

    pub fn categories(&self) -> &Facet {
        &self.categories
    }

    pub fn authors(&self) -> &Facet {
        &self.authors
    }

    /// The sets of keys without a role, as written by [`Headline`](crate::format::Headline).
    pub(super) fn key_sets(&self) -> &Facet {
        &self.keys
    }

    /// The keys without a role, each with the number of articles that have it.
    pub fn keys(&self) -> Vec<(&str, u64)> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for number in self.keys.numbers() {
            let count = self.keys.articles(number).map_or(0, RoaringBitmap::len);
            let keys = self.keys.name(number).lines();
            for key in keys.filter(|key| count > 0 && *key != ANY_KEY) {
                *counts.entry(key).or_default() += count;
            }
        }
        counts.into_iter().collect()
    }

    /// The rows of articles whose front matter may have a key; `None` if the key has a role, so that
    /// this is not known.
    pub fn with_key(&self, key: &str) -> Option<RoaringBitmap> {
        if has_role(key) {
            return None;
        }
        let is_it = |it: &str| it == ANY_KEY || same_key(it, key);
        let sets = self.keys.numbers().filter(|number| {
            let mut keys = self.keys.name(*number).lines();
            keys.any(is_it)
        });
        let rows = sets.filter_map(|number| self.keys.articles(number));
        Some(rows.fold(RoaringBitmap::new(), |union, set| union | set))
    }

    /// The default order of lists: newest first, those without a date last, then by key so that the
    /// order is always the same.
    pub fn newest_first(&self, id: ArticleId) -> (Reverse<i64>, ArticleKey) {
        (Reverse(self.published_second(id)), self.columns.key(id.0))
    }

    /// Seconds since 1970; articles without a date come before all others.
    pub fn published_second(&self, id: ArticleId) -> i64 {
        self.columns.published_second(id.0)
    }
}

fn noted(facet: &mut Facet, name: &str, row: u32) -> u32 {
    let number = facet.intern(name);
    facet.record(number, row);
    number
}

fn all_noted<'a>(facet: &mut Facet, names: impl Iterator<Item = &'a str>, row: u32) -> Vec<u32> {
    names.map(|name| noted(facet, name, row)).collect()
}

fn packed<'a>(key: ArticleKey, found: &'a FoundArticle, numbers: &'a RowNumbers) -> Packed<'a> {
    let FoundArticle {
        stamp,
        headline,
        name,
        ..
    } = found;
    Packed {
        key,
        stamp: *stamp,
        headline,
        file_name: name,
        numbers,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{Batch, Library, Stamp};
    use super::*;
    use crate::format::Headline;

    fn batch(title: &str) -> Batch {
        let folder = Arc::new(RootFolder {
            path: PathBuf::from("x"),
            relative: PathBuf::new(),
            overrides: Arc::default(),
        });
        let headline = Headline {
            title: title.to_owned(),
            topics: vec!["AI".to_owned()],
            ..Headline::default()
        };
        Batch {
            files: 1,
            found: vec![Box::new(FoundArticle::new(
                folder,
                format!("{title}.md").into(),
                Stamp::default(),
                headline,
            ))],
            ..Batch::default()
        }
    }

    #[test]
    fn a_clone_does_not_see_what_comes_later() {
        let mut library = Library::default();
        library.apply(batch("first"));
        let before = library.articles().clone();
        library.apply(batch("second"));
        assert_eq!((before.len(), library.len()), (1, 2));
        let count = |articles: &Articles| articles.topics().articles(0).map(|set| set.len());
        assert_eq!(count(&before), Some(1));
        assert_eq!(count(library.articles()), Some(2));
    }
}
