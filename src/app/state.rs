//! The state of the app: all that the screen is a picture of. Only `update` changes it.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use roaring::RoaringBitmap;

use super::at_desk::AtDesk;
use super::deciding::Wanted;
use super::detail::{Detail, Place};
use super::drawer::Drawer;
use super::geometry::{Pane, Panes, Size, Zoom};
use super::list::Cursor;
use super::message::Message;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::related::Related;
use super::search::Search;
use super::selection::Selection;
use super::signs::{SignSet, Signs};
use super::views::{View, views};
use crate::command::{Context, Key, Keymap};
use crate::config::MarkRead;
use crate::library::{ArticleId, ArticleKey, Library, Source};
use crate::query::Marks;

/// Loading that takes longer shows how far it is.
const LONG: SignedDuration = SignedDuration::from_millis(300);

/// Everything there is to see.
pub struct State {
    pub source: Source,
    pub library: Library,
    pub loading: Loading,
    pub search: Search,
    pub list: List,
    pub drawer: Drawer,
    pub detail: Detail,
    pub related: Related,
    pub focus: Pane,
    pub zoom: Zoom,
    pub overlay: Option<Overlay>,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// Lines that were typed before, the latest last.
    pub history: Vec<String>,
    pub views: Vec<View>,
    pub keymap: Keymap,
    /// The key that was pressed last.
    pub(super) pressed: Option<Key>,
    /// How often somebody has asked where to go.
    pub(super) jumps: u64,
    /// Keys pressed so far of a sequence such as `g g`.
    pub pending: Vec<Key>,
    pub message: Option<Message>,
    /// What was decided about articles, as queries ask for it.
    pub marks: Arc<Marks>,
    /// What is known of the desk, and what was decided in this run.
    pub desk: AtDesk,
    /// The articles that a decision is about, if it is about several.
    pub selection: Selection,
    /// What is wanted of the articles that are being looked for.
    pub(super) bulk: Option<Wanted>,
    /// Whether what opens or is seen is marked as read.
    pub mark_read: MarkRead,
    /// When the program started, and since when the article is shown.
    pub(super) began: Timestamp,
    pub(super) shown_since: Timestamp,
    /// Quitting waits for something to be written.
    pub(super) leaving: bool,
    /// Where following related articles has led away from, the latest last.
    pub trail: Vec<Step>,
    pub size: Size,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub signs: &'static Signs,
    /// All articles of the library in the order of the list.
    pub(super) order: Vec<ArticleId>,
    /// What the selection holds on to while the list changes.
    pub(super) anchored: Anchor,
    /// What the list does not show yet.
    pub(super) unlisted: Unlisted,
    /// Since when the library is coming in, or is looked at again.
    pub(super) loading_since: Timestamp,
    /// When a key was pressed last.
    pub(super) touched: Timestamp,
    /// What of the library is not kept for the next run.
    pub(super) unkept: Unkept,
    /// Why the library cannot be looked at, or is not watched.
    pub trouble: Option<String>,
}

/// Changes that the list waits with until the next refresh, as nothing may jump.
#[derive(Debug, Default)]
pub struct Unlisted {
    pub new: Vec<ArticleId>,
    /// Articles that may belong elsewhere in the list than where they stand.
    pub changed: Vec<ArticleId>,
    /// Articles of the list whose file is gone.
    pub gone: usize,
}

/// What has changed since the library was kept for the next run.
#[derive(Clone, Copy, Debug)]
pub struct Unkept {
    /// Batches of changes.
    pub changes: usize,
    /// When it was kept last, or the program started.
    pub since: Timestamp,
}

/// What the selection holds on to while the list changes under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The first row, as long as nobody has moved.
    #[default]
    Top,
    /// The article that is selected.
    Article,
}

/// How far the library has come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// It grows, from nothing.
    Growing,
    /// It is as it was when it was kept; not all of it may be in memory.
    Restored,
    /// It is as it was when it was kept, and is compared with its files.
    Checking,
    /// It is there, and is looked at again because somebody asked; so many articles there were.
    Again(usize),
    Ready,
}

/// The articles that the query selects, in order.
#[derive(Debug, Default)]
pub struct List {
    pub rows: Vec<ArticleId>,
    pub cursor: Cursor,
    /// The same articles as a set.
    pub(super) listed: RoaringBitmap,
}

impl List {
    /// The article under the cursor.
    pub fn current(&self) -> Option<ArticleId> {
        self.rows.get(self.cursor.at).copied()
    }

    pub(super) fn contains(&self, id: ArticleId) -> bool {
        self.listed.contains(id.row())
    }
}

/// Where the reader was before following a related article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub article: ArticleKey,
    pub focus: Pane,
    pub place: Place,
}

/// What a state starts from.
pub struct Start {
    pub source: Source,
    pub size: Size,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub signs: SignSet,
    pub keymap: Keymap,
    pub mark_read: MarkRead,
    /// A person's own views: names and queries.
    pub views: Vec<(String, String)>,
    /// Lines that were typed in earlier runs, the latest last.
    pub history: Vec<String>,
}

impl State {
    pub fn new(start: Start) -> Self {
        Self {
            source: start.source,
            library: Library::default(),
            loading: Loading::Growing,
            search: Search::default(),
            list: List::default(),
            drawer: Drawer::default(),
            detail: Detail::default(),
            related: Related::default(),
            focus: Pane::List,
            zoom: Zoom::Panes,
            overlay: None,
            prompt: None,
            history: start.history,
            marks: Arc::default(),
            views: views(&start.views),
            pressed: None,
            jumps: 0,
            keymap: start.keymap,
            pending: Vec::new(),
            message: None,
            desk: AtDesk::default(),
            selection: Selection::default(),
            bulk: None,
            mark_read: start.mark_read,
            began: start.now,
            shown_since: start.now,
            leaving: false,
            trail: Vec::new(),
            size: start.size,
            now: start.now,
            zone: start.zone,
            signs: start.signs.signs(),
            order: Vec::new(),
            anchored: Anchor::default(),
            unlisted: Unlisted::default(),
            loading_since: start.now,
            touched: start.now,
            unkept: Unkept {
                changes: 0,
                since: start.now,
            },
            trouble: None,
        }
    }

    /// Where the panes lie now.
    pub fn panes(&self) -> Panes {
        Panes::of(self.size, self.focus, self.zoom)
    }

    /// Where a key pressed now is looked up.
    pub fn context(&self) -> Context {
        if self.prompt.is_some() {
            return Context::Line;
        }
        match (&self.overlay, self.zoom, self.focus) {
            (Some(overlay), ..) => overlay.context(),
            (None, Zoom::TextAlone, _) => Context::Detail,
            (None, Zoom::Panes, Pane::Facets) => Context::Facets,
            (None, Zoom::Panes, Pane::List) => Context::List,
            (None, Zoom::Panes, Pane::Detail) => Context::Detail,
            (None, Zoom::Panes, Pane::Related) => Context::Related,
        }
    }

    pub fn is_read(&self, id: ArticleId) -> bool {
        self.marks.read.contains(id.row())
    }

    /// Whether it is done or put off.
    pub fn is_handled(&self, id: ArticleId) -> bool {
        self.desk.handled.contains(id.row())
    }

    /// Articles of the list that are not read.
    pub fn unread_count(&self) -> usize {
        let listed = &self.list.listed;
        (listed.len() - listed.intersection_len(&self.marks.read)) as usize
    }

    /// Whether the library has been coming in for so long that somebody may wonder.
    pub fn is_loading_long(&self) -> bool {
        self.loading != Loading::Ready && self.now.duration_since(self.loading_since) >= LONG
    }

    /// New articles that the list does not show yet.
    pub fn arrived(&self) -> usize {
        let is_selected = |id: &&ArticleId| match &self.search.matching {
            Some(set) => set.contains(id.row()),
            None => true,
        };
        self.unlisted.new.iter().filter(is_selected).count()
    }

    /// Whether a row of the list stands there only until the next refresh.
    pub fn is_leaving(&self, id: ArticleId) -> bool {
        let matches = self
            .search
            .matching
            .as_ref()
            .is_none_or(|set| set.contains(id.row()));
        !matches || self.library.is_gone(id)
    }
}
