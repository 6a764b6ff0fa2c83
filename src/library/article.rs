//! A view of one article: what lists, sorting and queries know of it without reading its file.
//! `read_shown` reads the file's content.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::articles::Articles;
use super::batch::RootFolder;
use super::columns;
use super::file_index::Stamp;
use super::{ArticleId, ArticleKey};
use crate::format::reading;
use crate::model::{
    Has, ListedFields, ListedFlag, ListedName, ListedNumber, Moment, SitePublication,
};

/// An article of a library, as the rest of the program sees it.
#[derive(Clone, Copy)]
pub struct ArticleRef<'a> {
    articles: &'a Articles,
    id: ArticleId,
}

impl Articles {
    /// The article of a row.
    pub fn article(&self, id: ArticleId) -> ArticleRef<'_> {
        ArticleRef { articles: self, id }
    }
}

impl<'a> ArticleRef<'a> {
    pub fn id(self) -> ArticleId {
        self.id
    }

    pub fn key(self) -> ArticleKey {
        self.articles.columns.key(self.id.0)
    }

    pub fn title(self) -> Cow<'a, str> {
        self.articles.columns.title(self.id.0)
    }

    /// Replaces `room` with the title. Reading many texts is faster into the same memory.
    pub fn read_title(self, room: &mut String) {
        self.articles.columns.read_title(self.id.0, room);
    }

    pub fn excerpt(self) -> Cow<'a, str> {
        self.articles.columns.excerpt(self.id.0)
    }

    /// Replaces `room` with the excerpt.
    pub fn read_excerpt(self, room: &mut String) {
        self.articles.columns.read_excerpt(self.id.0, room);
    }

    /// The pages of its related entries that may tell the same story, as returned by
    /// [`crate::format::link::page_key`].
    pub fn retold(self) -> &'a [u64] {
        self.articles.columns.retold(self.id.0)
    }

    /// Its pages, as returned by [`crate::format::link::canonical_key`].
    pub fn pages(self) -> &'a [u64] {
        self.articles.columns.pages(self.id.0)
    }

    /// The version of the file it was read from.
    pub fn stamp(self) -> Stamp {
        self.articles.columns.stamp(self.id.0)
    }

    /// The URL of the original, unchecked; empty if there is none.
    pub fn original(self) -> Cow<'a, str> {
        self.articles.columns.original(self.id.0)
    }

    /// Replaces `room` with the URL of the original.
    pub fn read_original(self, room: &mut String) {
        self.articles.columns.read_original(self.id.0, room);
    }

    pub fn provider(self) -> &'a str {
        self.articles.providers.name(self.provider_number())
    }

    pub fn domain(self) -> &'a str {
        self.articles.domains.name(self.domain_number())
    }

    pub fn kind(self) -> &'a str {
        self.name(ListedName::Kind)
    }

    /// The first of its categories; empty if there is none.
    pub fn category(self) -> &'a str {
        self.categories().next().unwrap_or_default()
    }

    pub fn categories(self) -> impl Iterator<Item = &'a str> {
        let facet = &self.articles.categories;
        let numbers = self.articles.columns.categories(self.id.0);
        numbers.map(|number| facet.name(number))
    }

    /// Its name in a field; empty if none is given.
    pub fn name(self, field: ListedName) -> &'a str {
        let number = self.articles.columns.name(self.id.0, field);
        self.articles.names(field).name(number)
    }

    pub fn number(self, field: ListedNumber) -> Option<i64> {
        self.articles.columns.number(self.id.0, field)
    }

    pub fn flag(self, field: ListedFlag) -> Option<bool> {
        self.articles.columns.flag(self.id.0, field)
    }

    /// Its plain fields.
    pub fn listed(self) -> ListedFields {
        let mut listed = ListedFields::default();
        for field in ListedName::ALL {
            let name = self.name(field);
            listed[field] = (!name.is_empty()).then(|| name.to_owned());
        }
        for field in ListedNumber::ALL {
            listed[field] = self.number(field);
        }
        for field in ListedFlag::ALL {
            listed[field] = self.flag(field);
        }
        listed
    }

    /// Whether its file says that it was removed or deleted.
    pub fn is_removed(self) -> bool {
        let is_true = |flag| self.flag(flag) == Some(true);
        is_true(ListedFlag::Removed) || is_true(ListedFlag::Deleted)
    }

    /// The front matter keys that have no role, one per line.
    pub(super) fn keys(self) -> &'a str {
        let number = self.articles.columns.keys(self.id.0);
        self.articles.key_sets().name(number)
    }

    /// The number of its provider in [`Articles::providers`].
    pub fn provider_number(self) -> u32 {
        self.articles.columns.provider(self.id.0)
    }

    /// The number of its domain in [`Articles::domains`].
    pub fn domain_number(self) -> u32 {
        self.articles.columns.domain(self.id.0)
    }

    /// The number of its kind in [`Articles::names`].
    pub fn kind_number(self) -> u32 {
        self.articles.columns.name(self.id.0, ListedName::Kind)
    }

    pub fn authors(self) -> impl Iterator<Item = &'a str> {
        let facet = &self.articles.authors;
        self.articles
            .columns
            .authors(self.id.0)
            .map(|number| facet.name(number))
    }

    /// What its file contains.
    pub fn has(self) -> Has {
        self.articles.columns.has(self.id.0)
    }

    /// The length of a video or course, in seconds.
    pub fn length(self) -> Option<u32> {
        self.articles.columns.length(self.id.0)
    }

    /// Roughly how many words its text has, estimated from the size.
    pub fn words_about(self) -> u32 {
        let columns = &self.articles.columns;
        reading::words_about(columns.body(self.id.0), columns.markup(self.id.0))
    }

    /// The average rating, to the hundredth.
    pub fn rating(self) -> Option<f64> {
        self.articles.columns.rating(self.id.0)
    }

    /// How many related entries its file lists.
    pub fn related_count(self) -> u16 {
        self.articles.columns.related(self.id.0)
    }

    /// The numbers of its topics in [`Articles::topics`].
    pub fn topic_numbers(self) -> impl Iterator<Item = u32> + 'a {
        self.articles.columns.topics(self.id.0)
    }

    pub fn topics(self) -> impl Iterator<Item = &'a str> {
        let facet = &self.articles.topics;
        self.topic_numbers().map(|number| facet.name(number))
    }

    pub fn published_at(self) -> Option<Moment> {
        self.articles.columns.published_at(self.id.0)
    }

    pub fn updated_at(self) -> Option<Moment> {
        self.articles.columns.updated_at(self.id.0)
    }

    pub fn quality(self) -> Option<i64> {
        self.number(ListedNumber::Quality)
    }

    pub fn heat(self) -> Option<i64> {
        self.number(ListedNumber::Heat)
    }

    /// What its site would do with it.
    pub fn publication(self) -> SitePublication {
        self.articles.columns.publication(self.id.0)
    }

    pub fn file_name(self) -> Cow<'a, OsStr> {
        self.articles.columns.file_name(self.id.0)
    }

    /// The number of its folder in [`Articles::folders`].
    pub fn folder_number(self) -> u32 {
        self.articles.columns.folder(self.id.0)
    }

    /// Whether title and excerpt are stored complete, not cut.
    pub fn has_whole_texts(self) -> bool {
        self.title().len() < columns::MOST_TEXT && self.excerpt().len() < columns::MOST_TEXT
    }

    pub fn folder(self) -> &'a RootFolder {
        &self.articles.folders[self.folder_number() as usize]
    }

    /// A path to the file that works from where the program was started.
    pub fn path(self) -> PathBuf {
        self.folder().path.join(self.file_name())
    }

    /// The folder it was put into, relative to its root. An `index` file stands for its folder.
    pub fn own_folder(self) -> &'a Path {
        self.articles.own_folder(self.own_folder_number())
    }

    /// The number for [`Articles::own_folder`]: twice that of its folder, plus one for an `index`
    /// file.
    pub fn own_folder_number(self) -> u32 {
        2 * self.folder_number() + u32::from(self.articles.columns.is_index(self.id.0))
    }

    /// The folder of the file, relative to its root.
    pub fn relative_folder(self) -> &'a Path {
        &self.folder().relative
    }
}
