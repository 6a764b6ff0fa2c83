//! The related pane: the items of a collection, what the article's file lists, who else tells its
//! story, and similar articles. The last are found off the screen's thread.

use std::collections::HashSet;

use crate::app::catalog::{Catalog, Loading};
use crate::app::cursor::{Cursor, Move, step};
use crate::app::geometry::Area;
use crate::app::page::why;
use crate::command::Command;
use crate::format::line::{Line, TextRole};
use crate::format::wrap;
use crate::library::{ArticleId, Because, Library, Member, Story};
use crate::model::{Article, Moment, Related as Listed};
use crate::query::Similar;

/// Maximum number of similar articles, not counting those of the same story.
const SIMILAR: usize = 10;
/// Lines of the excerpt shown under the entry with the cursor.
const EXCERPT_ROWS: usize = 3;
/// Columns before an excerpt, and after it.
const BESIDE_EXCERPT: u16 = 4;

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryOrigin {
    /// The `items` of a collection.
    Item,
    /// The file's `related`.
    Listed,
    /// The library: articles that tell the same story.
    Story,
    /// The library: the same words and topics.
    Similar,
}

/// A row of the pane. Its texts are raw.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedEntry {
    pub origin: EntryOrigin,
    pub title: String,
    pub provider: String,
    pub excerpt: String,
    /// Why it is listed, if its group does not make that clear.
    pub reason: String,
    pub published_at: Option<Moment>,
    /// Where it can be opened.
    pub url: Option<String>,
    /// The article in this library, if it is one.
    pub article: Option<ArticleId>,
}

impl RelatedEntry {
    /// Whether it leads where the other does.
    fn is_same(&self, other: &Self) -> bool {
        (self.article, &self.url, &self.title) == (other.article, &other.url, &other.title)
    }
}

/// A row as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum RelatedRow {
    /// Above the entries of this origin.
    Heading(EntryOrigin),
    /// An entry, counted from the first.
    Entry(usize),
    /// A line under the entry with the cursor.
    Under(Line),
}

/// The entries, and the cursor.
#[derive(Debug, Default)]
pub struct RelatedPane {
    entries: Vec<RelatedEntry>,
    /// The similar articles, once found; also those of the same story.
    similar: Option<Vec<Similar>>,
    /// What they were last requested for.
    asked: Option<Asked>,
    cursor: Cursor,
    /// Where the cursor goes once that entry is there.
    awaited: Option<RelatedEntry>,
    /// Number of visible rows.
    height: usize,
}

/// What similar articles depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    edition: u64,
    /// How many articles there were.
    articles: usize,
    /// How many to find.
    most: usize,
}

impl RelatedPane {
    pub fn entries(&self) -> &[RelatedEntry] {
        &self.entries
    }

    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Whether there may be more.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some() && self.similar.is_none()
    }

    /// The rows it needs: its heading, the entries under theirs, and a reason with an excerpt.
    pub fn rows_wanted(&self) -> usize {
        if self.entries.is_empty() {
            return 0;
        }
        let groups = self.entries.chunk_by(|a, b| a.origin == b.origin).count();
        1 + groups + self.entries.len() + 1 + EXCERPT_ROWS
    }

    /// Runs a command of the pane.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    pub fn handle(&mut self, command: Command) {
        let step = match command {
            Command::PreviousRelated => Some(Move::Up(1)),
            Command::NextRelated => Some(Move::Down(1)),
            other => step(other, self.height),
        };
        if let Some(step) = step {
            self.awaited = None;
            self.cursor.go(step, self.entries.len());
        }
    }

    /// Drops the entries, because another article is shown.
    pub(in crate::app) fn clear(&mut self) {
        *self = Self {
            height: self.height,
            ..Self::default()
        };
    }

    /// Records that similar articles are requested, among the current articles and besides those of
    /// the story. Returns how many; `None` if they were requested before.
    pub(in crate::app) fn begin_asking(
        &mut self,
        catalog: &Catalog,
        story: Option<&Story>,
    ) -> Option<usize> {
        let most = SIMILAR + story.map_or(0, Story::len);
        let now = Some(Asked {
            edition: catalog.edition(),
            articles: catalog.library().articles().len(),
            most,
        });
        (std::mem::replace(&mut self.asked, now) != now).then_some(most)
    }

    /// Takes the similar articles.
    pub(in crate::app) fn take(&mut self, similar: Vec<Similar>) {
        self.similar = Some(similar);
    }

    /// Collects the entries for an article and its story. `article` is its file, once read.
    pub(in crate::app) fn gather(
        &mut self,
        catalog: &Catalog,
        id: ArticleId,
        story: Option<&Story>,
        article: Option<&Article>,
    ) {
        if catalog.loading() == Loading::Restored {
            // Searching for them would wait until the whole library is in memory.
            self.entries.clear();
            return;
        }
        let current = self.current().cloned();
        let library = catalog.library();
        let mut entries = article.map_or_else(Vec::new, |it| listed_by(it, library));
        let story = story.map_or(&[][..], |it| &it.members);
        let similar = self.similar.as_deref().unwrap_or_default();
        entries.extend(found_for(id, story, similar, &entries, library));
        self.entries = entries;
        let sought = self.awaited.as_ref().or(current.as_ref());
        let is_sought = |entry: &RelatedEntry| sought.is_some_and(|it| it.is_same(entry));
        let found = self.entries.iter().position(is_sought);
        if let Some(at) = found {
            self.cursor.at = at;
        }
        let is_all = article.is_some() && self.similar.is_some();
        self.awaited.take_if(|_| found.is_some() || is_all);
    }

    /// Goes to an entry as soon as it is there.
    pub(in crate::app) fn return_to(&mut self, entry: Option<RelatedEntry>) {
        self.awaited = entry;
    }

    /// Limits the cursor to the rows, in a window of `height` rows.
    pub(in crate::app) fn settle(&mut self, height: usize) {
        self.height = height;
        self.cursor.settle(self.entries.len(), height);
    }

    /// Puts the cursor on an entry.
    pub(in crate::app) fn select(&mut self, at: usize) {
        self.awaited = None;
        self.cursor.at = at.min(self.entries.len().saturating_sub(1));
    }

    /// The rows visible in an area. The entry with the cursor is among them, with its reason and, if
    /// the pane has the focus, its excerpt.
    pub fn seen_rows(&self, area: Area, has_focus: bool) -> Vec<RelatedRow> {
        let rows = self.all_rows(area.inset().columns, has_focus);
        let seen = usize::from(area.rows);
        let first = self.first_seen(&rows, seen);
        rows.into_iter().skip(first).take(seen).collect()
    }

    fn all_rows(&self, columns: u16, has_focus: bool) -> Vec<RelatedRow> {
        let mut rows = Vec::new();
        let mut origin = None;
        for (at, entry) in self.entries.iter().enumerate() {
            if origin != Some(entry.origin) {
                origin = Some(entry.origin);
                rows.push(RelatedRow::Heading(entry.origin));
            }
            rows.push(RelatedRow::Entry(at));
            if at == self.cursor.at {
                let room = usize::from(columns.saturating_sub(BESIDE_EXCERPT).max(1));
                let reason = wrap::text(&entry.reason, room, TextRole::Accent);
                rows.extend(reason.into_iter().take(1).map(RelatedRow::Under));
                let excerpt = wrap::text(&entry.excerpt, room, TextRole::Faint).into_iter();
                let excerpt = excerpt.take(if has_focus { EXCERPT_ROWS } else { 0 });
                rows.extend(excerpt.map(RelatedRow::Under));
            }
        }
        rows
    }

    /// The first visible row, chosen so that the entry with the cursor and the lines under it are
    /// visible.
    fn first_seen(&self, rows: &[RelatedRow], seen: usize) -> usize {
        let current = RelatedRow::Entry(self.cursor.at);
        let entry = rows.iter().position(|row| *row == current).unwrap_or(0);
        let under = rows[entry..].iter().skip(1);
        let under = under.take_while(|row| matches!(row, RelatedRow::Under(_)));
        (entry + under.count() + 2)
            .saturating_sub(seen)
            .min(entry)
            .min(rows.len().saturating_sub(seen))
    }

    /// The entry under the cursor.
    pub fn current(&self) -> Option<&RelatedEntry> {
        self.entries.get(self.cursor.at)
    }
}

/// What an article's file lists.
fn listed_by(article: &Article, library: &Library) -> Vec<RelatedEntry> {
    let found = library.resolve_items(&article.items);
    let items = article.items.iter().zip(found);
    let items = items.map(|(item, found)| match found {
        Some(id) => from_article(library, id, EntryOrigin::Item),
        None => from_name(item),
    });
    let listed = article.related.iter();
    let listed = listed.map(|listed| from_listed(library, listed));
    items.chain(listed).collect()
}

/// What the library has for an article, besides what is listed: the others of its story, earliest
/// first, and similar articles.
fn found_for(
    id: ArticleId,
    story: &[Member],
    similar: &[Similar],
    listed: &[RelatedEntry],
    library: &Library,
) -> Vec<RelatedEntry> {
    let known: HashSet<ArticleId> = listed.iter().filter_map(|it| it.article).collect();
    let is_new =
        |other: ArticleId| other != id && !known.contains(&other) && !library.is_gone(other);
    let told: HashSet<ArticleId> = story.iter().map(|it| it.article).collect();
    let is_lead = |it: &Member| it.article == id && it.because == Because::Leads;
    let compared = match story.iter().any(is_lead) {
        true => "this one",
        false => "the lead",
    };
    let others = story.iter().filter(|it| is_new(it.article));
    let others = others.map(|it| RelatedEntry {
        reason: why(it.because, Some(compared)),
        ..from_article(library, it.article, EntryOrigin::Story)
    });
    let similar = similar
        .iter()
        .filter(|it| is_new(it.article) && !told.contains(&it.article));
    let similar = similar.take(SIMILAR).map(|it| RelatedEntry {
        reason: shared(it),
        ..from_article(library, it.article, EntryOrigin::Similar)
    });
    others.chain(similar).collect()
}

/// What a similar article has in common: `3 topics · lidar, perception`.
fn shared(similar: &Similar) -> String {
    let topics = match similar.topics {
        0 => None,
        1 => Some("1 topic".to_owned()),
        topics => Some(format!("{topics} topics")),
    };
    let words = Some(similar.words.join(", ")).filter(|words| !words.is_empty());
    let parts: Vec<String> = topics.into_iter().chain(words).collect();
    parts.join(" · ")
}

fn from_article(library: &Library, id: ArticleId, origin: EntryOrigin) -> RelatedEntry {
    let article = library.article(id);
    RelatedEntry {
        origin,
        title: article.title().into_owned(),
        provider: article.provider().to_owned(),
        excerpt: article.excerpt().into_owned(),
        reason: String::new(),
        published_at: article.published_at(),
        url: Some(article.original().into_owned()).filter(|url| !url.is_empty()),
        article: Some(id),
    }
}

fn from_listed(library: &Library, listed: &Listed) -> RelatedEntry {
    let url = listed.urls.original();
    let article = listed.urls.all().find_map(|(_, url)| library.by_url(url));
    let title = if listed.title.is_empty() {
        url.unwrap_or("(no title)")
    } else {
        &listed.title
    };
    RelatedEntry {
        origin: EntryOrigin::Listed,
        title: title.to_owned(),
        provider: listed.provider.label().to_owned(),
        excerpt: listed.excerpt.clone(),
        reason: String::new(),
        published_at: listed.published_at,
        url: url
            .or_else(|| listed.urls.all().next().map(|(_, url)| url))
            .map(str::to_owned),
        article,
    }
}

/// An item of a collection that is not in this library.
fn from_name(item: &str) -> RelatedEntry {
    RelatedEntry {
        origin: EntryOrigin::Item,
        title: item.to_owned(),
        provider: String::new(),
        excerpt: String::new(),
        reason: String::new(),
        published_at: None,
        url: None,
        article: None,
    }
}
