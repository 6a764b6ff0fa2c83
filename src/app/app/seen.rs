//! What the app shows, for the screen and for tests. Nothing changes here.

use roaring::RoaringBitmap;

use super::{App, LONG, pane_context};
use crate::app::context::Cx;
use crate::app::geometry::{Area, Pane, Panes, Scene, TextRows, Zoom};
use crate::app::labels::Labels;
use crate::app::message::{Message, Tone};
use crate::app::panel::Panel;
use crate::app::panes::{DetailPane, FacetsPane, ListPane, RelatedPane, RelatedRow};
use crate::app::requests::AskedWork;
use crate::app::search::SearchState;
use crate::app::triage::Triage;
use crate::command::{Context, Key};
use crate::library::ArticleId;

impl App {
    pub fn cx(&self) -> Cx<'_> {
        self.shared.cx()
    }

    pub fn list(&self) -> &ListPane {
        &self.list
    }

    pub fn facets(&self) -> &FacetsPane {
        &self.facets
    }

    pub fn detail(&self) -> &DetailPane {
        &self.detail
    }

    pub fn related(&self) -> &RelatedPane {
        &self.related
    }

    pub fn search(&self) -> &SearchState {
        &self.search
    }

    pub fn triage(&self) -> &Triage {
        &self.triage
    }

    /// The focused pane.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    pub fn zoom(&self) -> Zoom {
        self.zoom
    }

    /// What the layout of the panes depends on.
    pub(super) fn scene(&self) -> Scene {
        Scene {
            size: self.shared.env.size,
            focus: self.focus,
            zoom: self.zoom,
            sizes: self.shared.env.panes,
            screen_reader: self.shared.env.config.screen_reader,
            text: TextRows {
                lines: self.detail.length(),
                scroll: self.detail.scroll(),
                related: self.related.rows_wanted(),
            },
        }
    }

    /// The current layout of the panes.
    pub fn panes(&self) -> Panes {
        Panes::new(&self.scene())
    }

    /// The overlays, topmost last.
    pub fn panels(&self) -> impl Iterator<Item = Panel> {
        self.layers.iter().map(|it| it.overlay.panel(self.cx()))
    }

    /// The topmost overlay.
    pub fn panel(&self) -> Option<Panel> {
        self.layers.last().map(|it| it.overlay.panel(self.cx()))
    }

    /// The labels on the links on the screen.
    pub fn labels(&self) -> Option<&Labels> {
        self.layers.last()?.overlay.labels()
    }

    /// The visible rows of the related pane, in its area.
    pub fn related_rows(&self, area: Area) -> Vec<RelatedRow> {
        let has_focus = self.reading_pane() == Pane::Related;
        self.related.seen_rows(area.body(), has_focus)
    }

    /// The context in which a key pressed now is looked up.
    pub fn context(&self) -> Context {
        match self.layers.last() {
            Some(layer) => layer.overlay.context(),
            None => pane_context(self.reading_pane()),
        }
    }

    /// Keys pressed so far of a sequence such as `g g`.
    pub fn pending(&self) -> &[Key] {
        &self.pressed.pending
    }

    /// Whether a sequence has been left unfinished long enough to show what can follow.
    pub fn is_pending_long(&self) -> bool {
        let since = self.shared.env.uptime.saturating_sub(self.pressed.at);
        !self.pressed.pending.is_empty() && since >= LONG
    }

    pub fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// Whether the bottom line shows an error.
    pub fn has_error(&self) -> bool {
        self.message().is_some_and(|it| it.tone == Tone::Error)
    }

    /// How many related articles were followed without coming back.
    pub fn steps(&self) -> usize {
        self.trail.len()
    }

    /// The articles that the current query selects now, except those that the list shows only after
    /// a refresh.
    fn selected(&self) -> RoaringBitmap {
        self.search.selected(&self.shared.catalog) & self.list.listed()
    }

    /// Whether the first results of the query in force are still to come: what is listed is older.
    pub fn is_turning(&self) -> bool {
        !self.shared.in_force.is_empty()
            && (self.search.turning_since().is_some()
                || self.search.is_awaited() && !self.search.is_answered())
    }

    /// How many articles the current query selects: the number shown for its view and its facet.
    pub fn selected_count(&self) -> usize {
        self.selected().len() as usize
    }

    /// How many stories these articles tell; `None` if the list does not group them.
    pub fn story_count(&self) -> Option<usize> {
        // An article that a decision has taken out of the query keeps its row until the next
        // refresh.
        let leaving = self.list.listed() - self.selected();
        self.list.stories_without(&leaving)
    }

    /// How many of these articles are unread.
    pub fn unread_count(&self) -> usize {
        let selected = self.selected();
        let read = &self.shared.marks.sets().read;
        (selected.len() - selected.intersection_len(read)) as usize
    }

    /// Whether few of the listed articles are unread. Only then is it worth highlighting them: a
    /// screen full of bold titles highlights nothing.
    pub fn is_unread_rare(&self) -> bool {
        self.unread_count() * 2 < self.list.articles().len()
    }

    /// How many articles the list does not show yet: their files are new, or they have been marked
    /// elsewhere so that the current query selects them.
    pub fn arrived(&self) -> usize {
        let selected = self.search.selected(&self.shared.catalog);
        (selected.len() - selected.intersection_len(self.list.listed())) as usize
    }

    /// Whether a row stays in the list only until the next refresh.
    pub fn is_leaving(&self, id: ArticleId) -> bool {
        !self.search.selects(id) || self.shared.catalog.library().is_gone(id)
    }

    /// The name of the current view, narrowed or not, unless it is the view of all articles.
    pub fn view_in_force(&self) -> Option<&str> {
        let Cx { env, in_force, .. } = self.cx();
        let views = env.views.iter();
        let mut same = views.filter(|view| !in_force.is_empty() && in_force.is_view(view));
        let same = same.next().map(|view| view.name.as_str());
        in_force.narrowed_view().or(same)
    }

    /// The number of articles decided on in this run, and of listed articles still waiting.
    pub fn progress(&self) -> Option<(usize, u64)> {
        let decided = self.triage.decided(self.cx());
        let listed = self.list.listed() - self.shared.catalog.gone();
        let handled = self.shared.marks.handled();
        let left = listed.len() - listed.intersection_len(handled);
        (decided > 0).then_some((decided, left))
    }

    /// A summary of the run, printed after it ends; `None` if nothing was decided.
    pub fn summary(&self) -> Option<String> {
        self.triage.summary(self.cx())
    }

    /// Unfinished requests of the person, oldest first.
    pub fn under_way(&self) -> impl Iterator<Item = &AskedWork> {
        self.requests.under_way()
    }
}
