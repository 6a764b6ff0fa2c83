//! The related pane: what the article's file lists, the items of a collection, and below them what
//! the library finds by itself.

use super::list::Cursor;
use super::state::{Loading, State};
use crate::library::{ArticleId, Library};
use crate::model::{Article, Moment, Related as Listed};

/// Articles that the library finds, at the most.
const SIMILAR: usize = 20;

/// Where an entry of the pane comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The `items` of a collection.
    Item,
    /// The `related` of the file.
    Listed,
    /// The library: same topics.
    Similar,
}

/// A row of the pane. Its texts are raw.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub origin: Origin,
    pub title: String,
    pub provider: String,
    pub excerpt: String,
    pub published_at: Option<Moment>,
    /// Where it can be opened.
    pub url: Option<String>,
    /// The article of this library that it is.
    pub article: Option<ArticleId>,
}

/// The entries, and the cursor among them.
#[derive(Debug, Default)]
pub struct Related {
    pub entries: Vec<Entry>,
    pub cursor: Cursor,
}

impl Related {
    /// The entry under the cursor.
    pub fn current(&self) -> Option<&Entry> {
        self.entries.get(self.cursor.at)
    }
}

impl State {
    /// Gathers the entries for an article. `article` is what its file says, once that is read.
    pub(super) fn relate(&mut self, id: ArticleId, article: Option<&Article>) {
        if self.loading == Loading::Restored {
            // Looking for them would wait until the whole library is in memory.
            self.related = Related::default();
            return;
        }
        let entries = entries(&self.library, id, article);
        self.related = Related {
            entries,
            cursor: Cursor::default(),
        };
    }
}

fn entries(library: &Library, id: ArticleId, article: Option<&Article>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    if let Some(article) = article {
        let items = library.resolve_items(&article.items);
        entries.extend(
            article
                .items
                .iter()
                .zip(items)
                .map(|(item, found)| match found {
                    Some(id) => of_article(library, id, Origin::Item),
                    None => of_name(item),
                }),
        );
        entries.extend(
            article
                .related
                .iter()
                .map(|listed| of_listed(library, listed)),
        );
    }
    let similar = library.similar(id, SIMILAR);
    let listed: Vec<Option<ArticleId>> = entries.iter().map(|entry| entry.article).collect();
    entries.extend(
        similar
            .into_iter()
            .filter(|found| !listed.contains(&Some(*found)))
            .map(|found| of_article(library, found, Origin::Similar)),
    );
    entries
}

fn of_article(library: &Library, id: ArticleId, origin: Origin) -> Entry {
    let article = library.article(id);
    Entry {
        origin,
        title: article.title().to_owned(),
        provider: article.provider().to_owned(),
        excerpt: article.excerpt().to_owned(),
        published_at: article.published_at(),
        url: Some(article.original().to_owned()).filter(|url| !url.is_empty()),
        article: Some(id),
    }
}

fn of_listed(library: &Library, listed: &Listed) -> Entry {
    let url = listed.urls.original();
    let article = listed.urls.all().find_map(|(_, url)| library.by_url(url));
    let title = if listed.title.is_empty() {
        url.unwrap_or("(no title)")
    } else {
        &listed.title
    };
    Entry {
        origin: Origin::Listed,
        title: title.to_owned(),
        provider: listed.provider.label().to_owned(),
        excerpt: listed.excerpt.clone(),
        published_at: listed.published_at,
        url: url
            .or_else(|| listed.urls.all().next().map(|(_, url)| url))
            .map(str::to_owned),
        article,
    }
}

/// An item of a collection that is not in this library.
fn of_name(item: &str) -> Entry {
    Entry {
        origin: Origin::Item,
        title: item.to_owned(),
        provider: String::new(),
        excerpt: String::new(),
        published_at: None,
        url: None,
        article: None,
    }
}
