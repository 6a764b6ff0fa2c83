//! The list: the articles that the query in force selects, the rows that stand for them, the cursor
//! and its anchor, and the selected articles.

use roaring::RoaringBitmap;

use super::folded::{FoldedRows, StoryRow, Unfolded};
use super::selection::Selection;
use crate::app::before::ListBefore;
use crate::app::catalog::replace;
use crate::app::context::Cx;
use crate::app::cursor::{Cursor, Move, WindowView, step};
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::command::Command;
use crate::format::number;
use crate::library::ArticleId;

/// There is nothing to go on to.
const LAST: &str = "That was the last article in the list.";

/// The list of articles.
#[derive(Debug, Default)]
pub struct ListPane {
    /// The articles in order.
    articles: Vec<ArticleId>,
    /// The same as a set.
    listed: RoaringBitmap,
    /// Their rows, if stories have one each.
    folded: Option<FoldedRows>,
    /// Articles whose stories are open.
    open: RoaringBitmap,
    cursor: Cursor,
    view: WindowView,
    anchor: Anchor,
    /// How often a person has moved the cursor.
    moves: u64,
    selection: Selection,
    /// Number of visible rows.
    height: usize,
}

/// What the cursor stays on while the list changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Anchor {
    /// The first row, until somebody moves.
    #[default]
    Top,
    /// The article under the cursor.
    Article,
}

impl ListPane {
    /// The article of each row.
    pub fn rows(&self) -> &[ArticleId] {
        match &self.folded {
            Some(folded) => folded.rows(),
            None => &self.articles,
        }
    }

    /// The listed articles in order, whether they have a row or not.
    pub fn articles(&self) -> &[ArticleId] {
        &self.articles
    }

    /// The listed articles as a set.
    pub fn listed(&self) -> &RoaringBitmap {
        &self.listed
    }

    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The article under the cursor.
    pub fn current(&self) -> Option<ArticleId> {
        self.rows().get(self.cursor.at).copied()
    }

    /// What the row of an article is; `None` if it is not one of a story.
    pub fn story_row(&self, id: ArticleId) -> Option<StoryRow> {
        self.folded.as_ref()?.row(id)
    }

    /// How many rows there are when every story is folded; `None` if they are not grouped.
    pub fn stories(&self) -> Option<usize> {
        self.folded.as_ref().map(FoldedRows::stories)
    }

    /// How many there will be without these articles.
    pub fn stories_without(&self, leaving: &RoaringBitmap) -> Option<usize> {
        let folded = self.folded.as_ref()?;
        Some(folded.stories_without(leaving))
    }

    /// How many articles are listed before the row under the cursor.
    pub fn articles_above(&self) -> usize {
        let at = self.cursor.at;
        let hidden = self.folded.as_ref().map(|it| it.hidden_before(at));
        at + hidden.unwrap_or(0)
    }

    /// The other articles that a folded row stands for.
    pub fn hidden_by(&self, id: ArticleId) -> &[ArticleId] {
        let folded = self.folded.as_ref();
        folded.map_or(&[], |it| it.hidden_behind(id))
    }

    pub fn contains(&self, id: ArticleId) -> bool {
        self.listed.contains(id.row())
    }

    /// The selected articles, in list order.
    pub fn selected(&self) -> Vec<ArticleId> {
        let is_selected = |id: &&ArticleId| self.selection.contains(id.row());
        self.rows().iter().filter(is_selected).copied().collect()
    }

    /// How often a person has moved the cursor.
    pub fn moves(&self) -> u64 {
        self.moves
    }

    /// Whether nobody has moved away from the top since everything was shown.
    pub fn is_at_top(&self) -> bool {
        self.anchor == Anchor::Top
    }

    /// Whether the cursor is on the first row, and that row is at the top of the window.
    pub fn is_on_first(&self) -> bool {
        self.cursor == Cursor::default()
    }

    pub(in crate::app) fn clear_selection(&mut self) {
        self.selection.clear();
    }

    /// A copy of the list, to be restored.
    pub(in crate::app) fn before(&self) -> ListBefore {
        ListBefore {
            articles: self.articles.clone(),
            listed: self.listed.clone(),
            cursor: self.cursor,
            current: self.current(),
        }
    }

    pub(in crate::app) fn restore(&mut self, before: ListBefore, cx: Cx<'_>) {
        self.articles = before.articles;
        self.listed = before.listed;
        self.cursor = before.cursor;
        self.fold_around(before.current.as_slice(), cx);
    }

    /// Empties the list, as if nobody had moved.
    pub(in crate::app) fn forget(&mut self) {
        *self = Self {
            height: self.height,
            moves: self.moves,
            ..Self::default()
        };
    }

    /// Runs a command of the list.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    pub fn handle(&mut self, command: Command, cx: Cx<'_>) -> Vec<Msg> {
        if let Some(step) = step(command, self.height) {
            return self.go(step);
        }
        match command {
            Command::NextArticle => self.go(Move::Down(1)),
            Command::PreviousArticle => self.go(Move::Up(1)),
            Command::NextUnhandled | Command::PreviousUnhandled => {
                self.go_to_unhandled(command, cx)
            }
            Command::SelectOne => self.select_one(),
            Command::SelectRange => {
                self.selection.toggle_range(self.current());
                self.extend_selection();
                Vec::new()
            }
            Command::SelectAll => self.select_all(),
            _ => Vec::new(),
        }
    }

    /// Moves the cursor, and shows the article under it.
    pub(in crate::app) fn go(&mut self, step: Move) -> Vec<Msg> {
        self.put_cursor(step.from(self.cursor.at, self.rows().len()));
        vec![Msg::Show(self.current())]
    }

    /// Moves to the next article, if there is one.
    pub(in crate::app) fn go_on(&mut self) -> Vec<Msg> {
        if self.cursor.at + 1 >= self.rows().len() {
            return vec![Msg::Say(LAST.to_owned())];
        }
        self.go(Move::Down(1))
    }

    /// Puts the cursor on an article, and opens the story that hides it; returns whether it is
    /// listed.
    pub(in crate::app) fn select(&mut self, id: ArticleId, cx: Cx<'_>) -> bool {
        let folded = self.folded.as_ref();
        if folded.is_some_and(|it| it.standing_for(id).is_some()) {
            self.make_rows(&self.held_with(Some(id)), cx);
        }
        let at = self.place_of(id);
        if let Some(at) = at {
            self.put_cursor(at);
        }
        at.is_some()
    }

    /// Puts the cursor back on one of these articles, for the program: on the row where it is if
    /// that shows one of them, or else on the first such row. Returns whether any is listed.
    pub(in crate::app) fn return_to(&mut self, articles: &[ArticleId]) -> bool {
        let these: RoaringBitmap = articles.iter().map(|id| id.row()).collect();
        let shows = |row: &ArticleId| {
            let hidden = self.hidden_by(*row).iter();
            these.contains(row.row()) || hidden.clone().any(|id| these.contains(id.row()))
        };
        if self.current().is_some_and(|row| shows(&row)) {
            return true;
        }
        let at = self.rows().iter().position(shows);
        if let Some(at) = at {
            self.cursor.at = at;
            self.anchor = Anchor::Article;
            self.view = WindowView::AtCursor;
        }
        at.is_some()
    }

    /// Puts the cursor on an article that is in view, and scrolls nothing; returns whether it is
    /// listed.
    pub(in crate::app) fn select_in_view(&mut self, id: ArticleId, cx: Cx<'_>) -> bool {
        self.view = WindowView::Free;
        self.select(id, cx)
    }

    /// The place of the row of an article, or of the one that stands for it.
    fn place_of(&self, id: ArticleId) -> Option<usize> {
        let standing = self.folded.as_ref().and_then(|it| it.standing_for(id));
        let shown = standing.unwrap_or(id);
        self.rows().iter().position(|row| *row == shown)
    }

    /// What a person has selected, and this article.
    fn held_with(&self, id: Option<ArticleId>) -> RoaringBitmap {
        let mut held = self.selection.rows().clone();
        held.extend(id.map(ArticleId::row));
        held
    }

    /// Makes the rows of the articles. Opens the stories that would hide what is held.
    fn make_rows(&mut self, held: &RoaringBitmap, cx: Cx<'_>) {
        let folded = cx.grouping.in_list().map(|stories| {
            FoldedRows::new(Unfolded {
                rows: &self.articles,
                listed: &self.listed,
                articles: cx.catalog.library().articles(),
                stories,
                open: &self.open,
                held,
            })
        });
        self.folded = folded;
        let members = held.iter().map(ArticleId::from_row);
        let members = members.filter(|id| self.story_row(*id) == Some(StoryRow::Member));
        let members: RoaringBitmap = members.map(ArticleId::row).collect();
        self.open |= members;
    }

    /// What the cursor may stay on, best first: its article, or else one below. Nothing if it stays
    /// on the first row.
    fn stays_on(&self) -> Vec<ArticleId> {
        match self.anchor {
            Anchor::Top => Vec::new(),
            Anchor::Article => self.rows().iter().skip(self.cursor.at).copied().collect(),
        }
    }

    /// Makes the rows again. Articles that a person has selected or has the cursor on keep their
    /// rows.
    fn fold_around(&mut self, stays_on: &[ArticleId], cx: Cx<'_>) {
        self.make_rows(&self.held_with(stays_on.first().copied()), cx);
        self.follow(stays_on);
    }

    /// Makes the rows again, of the same articles. The cursor goes to its article, or to the row
    /// that stands for it.
    pub(in crate::app) fn fold(&mut self, cx: Cx<'_>) {
        let stays_on = self.stays_on();
        self.make_rows(&RoaringBitmap::new(), cx);
        self.follow(&stays_on);
    }

    /// The same, because the stories are known better now.
    pub(in crate::app) fn regroup(&mut self, cx: Cx<'_>) {
        self.fold_around(&self.stays_on(), cx);
    }

    /// Opens the story under the cursor, or closes it and puts the cursor on its lead. The rows
    /// follow the stories as they are known now: if the story no longer exists, its articles become
    /// ordinary rows; an article whose story others now tell too is opened with them.
    pub(in crate::app) fn toggle_story(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        let Some(id) = self.current() else {
            return Vec::new();
        };
        let members = cx.grouping.story(id).into_iter();
        let members = members.flat_map(|story| &story.members);
        let members: RoaringBitmap = members.map(|it| it.article.row()).collect();
        let held = self.selection.rows() - &members;
        let is_told = self.folded.is_some() && members.intersection_len(&self.listed) > 1;
        match self.story_row(id) {
            Some(StoryRow::Folded { .. }) => {
                self.open.insert(id.row());
            }
            Some(StoryRow::Open { .. } | StoryRow::Member) => {
                self.open -= members;
                self.open.remove(id.row());
            }
            None if is_told => {
                self.open.insert(id.row());
            }
            None => return Vec::new(),
        }
        self.anchor = Anchor::Article;
        self.moves += 1;
        let stays_on = self.stays_on();
        self.make_rows(&held, cx);
        self.follow(&stays_on);
        vec![Msg::Show(self.current())]
    }

    pub(in crate::app) fn close_stories(&mut self) {
        self.open.clear();
    }

    /// Moves to the next row that is not one of these, if there is one.
    pub(in crate::app) fn go_past(&mut self, these: &[ArticleId]) -> Vec<Msg> {
        let after = self.cursor.at + 1;
        let below = self.rows().get(after..).unwrap_or_default();
        let these: RoaringBitmap = these.iter().map(|id| id.row()).collect();
        match below.iter().position(|id| !these.contains(id.row())) {
            Some(rows) => self.go(Move::Down(rows + 1)),
            None => vec![Msg::Say(LAST.to_owned())],
        }
    }

    /// Moves the cursor for a person: from now on it stays on its article.
    fn put_cursor(&mut self, at: usize) {
        self.cursor.at = at;
        self.anchor = Anchor::Article;
        self.moves += 1;
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn go_to_unhandled(&mut self, command: Command, cx: Cx<'_>) -> Vec<Msg> {
        let at = self.cursor.at;
        let waits = |row: &usize| !cx.marks.is_handled(self.rows()[*row]);
        let (found, nothing) = match command {
            Command::PreviousUnhandled => {
                let above = (0..at).rev().find(waits);
                (above, "Everything above is handled.")
            }
            _ => {
                let below = (at + 1..self.rows().len()).find(waits);
                (below, "Everything below is handled.")
            }
        };
        match found {
            Some(row) => {
                self.put_cursor(row);
                vec![Msg::Show(self.current())]
            }
            None => vec![Msg::Say(nothing.to_owned())],
        }
    }

    /// Selects or deselects the article under the cursor, and moves on.
    fn select_one(&mut self) -> Vec<Msg> {
        let Some(id) = self.current() else {
            return Vec::new();
        };
        self.selection.toggle(id);
        if self.cursor.at + 1 < self.rows().len() {
            return self.go(Move::Down(1));
        }
        Vec::new()
    }

    fn select_all(&mut self) -> Vec<Msg> {
        self.selection.toggle_all(self.with_rows());
        if self.selection.is_empty() {
            return Vec::new();
        }
        let said = format!("{} selected.", number::articles(self.selection.len()));
        vec![Msg::Say(said)]
    }

    /// The articles that have a row, as a set.
    fn with_rows(&self) -> RoaringBitmap {
        match &self.folded {
            Some(folded) => &self.listed - folded.hidden(),
            None => self.listed.clone(),
        }
    }

    /// Selects what the cursor passes while a range is selected.
    fn extend_selection(&mut self) {
        let rows = match &self.folded {
            Some(folded) => folded.rows(),
            None => &self.articles,
        };
        self.selection.extend(rows, self.cursor.at);
    }

    /// Lists other articles. The cursor stays on its article; if that is not listed any more, it goes
    /// to the first one after it that is, or else to the end.
    pub(in crate::app) fn show_rows(
        &mut self,
        articles: Vec<ArticleId>,
        set: RoaringBitmap,
        update: ListUpdate,
        cx: Cx<'_>,
    ) {
        let stays_on = match update {
            ListUpdate::FromTop => Vec::new(),
            ListUpdate::Reconsider | ListUpdate::Relist => self.stays_on(),
        };
        self.articles = articles;
        self.listed = set;
        self.fold_around(&stays_on, cx);
    }

    /// Lists articles whose files were moved as what they are now, in the same rows.
    pub(in crate::app) fn replace(&mut self, moved: &[(ArticleId, ArticleId)], cx: Cx<'_>) {
        let mut current: Vec<ArticleId> = self.current().into_iter().collect();
        replace(&mut self.articles, moved);
        replace(&mut current, moved);
        for (before, now) in moved {
            for rows in [&mut self.listed, &mut self.open] {
                if rows.remove(before.row()) {
                    rows.insert(now.row());
                }
            }
        }
        self.selection.replace(moved);
        self.fold_around(&current, cx);
    }

    /// Puts the cursor on the first of these articles that is listed, or on the last row; on the first
    /// row if it is to stay on nothing.
    fn follow(&mut self, articles: &[ArticleId]) {
        if articles.is_empty() {
            self.cursor = Cursor::default();
            return;
        }
        let stays = articles.iter().find(|id| self.contains(**id));
        let at = stays.and_then(|id| self.place_of(*id));
        let at = at.unwrap_or(self.rows().len().saturating_sub(1));
        self.cursor.follow(at);
    }

    /// Scrolls, and leaves the cursor where it is.
    pub(in crate::app) fn scroll(&mut self, step: Move) {
        self.view = WindowView::Free;
        self.cursor.scroll_window(step, self.rows().len());
    }

    /// Brings the cursor back into view.
    pub(in crate::app) fn look_at_cursor(&mut self) {
        self.view = WindowView::AtCursor;
    }

    /// Limits cursor and selection to the rows, in a window of `height` rows.
    pub(in crate::app) fn settle(&mut self, height: usize) {
        self.height = height;
        let rows = self.rows().len();
        self.cursor.settle_in(self.view, rows, height);
        self.extend_selection();
        if !self.selection.is_empty() {
            self.selection.keep(&self.with_rows());
        }
    }
}
