//! The list: the articles that the query in force selects, the cursor and its anchor, and the
//! selected articles.

use roaring::RoaringBitmap;

use super::selection::Selection;
use crate::app::before::Before;
use crate::app::context::Cx;
use crate::app::cursor::{Cursor, Move, View, step};
use crate::app::mark_edit::articles;
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::command::Command;
use crate::library::ArticleId;

/// The list of articles.
#[derive(Debug, Default)]
pub struct ListPane {
    rows: Vec<ArticleId>,
    /// The same articles as a set.
    listed: RoaringBitmap,
    cursor: Cursor,
    view: View,
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
    pub fn rows(&self) -> &[ArticleId] {
        &self.rows
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
        self.rows.get(self.cursor.at).copied()
    }

    pub fn contains(&self, id: ArticleId) -> bool {
        self.listed.contains(id.row())
    }

    /// The selected articles, in list order.
    pub fn selected(&self) -> Vec<ArticleId> {
        let is_selected = |id: &&ArticleId| self.selection.contains(id.row());
        self.rows.iter().filter(is_selected).copied().collect()
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
    pub(in crate::app) fn before(&self) -> Before {
        Before {
            rows: self.rows.clone(),
            listed: self.listed.clone(),
            cursor: self.cursor,
        }
    }

    pub(in crate::app) fn restore(&mut self, before: Before) {
        self.rows = before.rows;
        self.listed = before.listed;
        self.cursor = before.cursor;
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
                self.selection.extend(&self.rows, self.cursor.at);
                Vec::new()
            }
            Command::SelectAll => self.select_all(),
            _ => Vec::new(),
        }
    }

    /// Moves the cursor, and shows the article under it.
    pub(in crate::app) fn go(&mut self, step: Move) -> Vec<Msg> {
        self.put_cursor(step.from(self.cursor.at, self.rows.len()));
        vec![Msg::Show(self.current())]
    }

    /// Moves to the next article, if there is one.
    pub(in crate::app) fn go_on(&mut self) -> Vec<Msg> {
        if self.cursor.at + 1 >= self.rows.len() {
            return vec![Msg::Say(
                "That was the last article in the list.".to_owned(),
            )];
        }
        self.go(Move::Down(1))
    }

    /// Puts the cursor on an article; returns whether it is listed.
    pub(in crate::app) fn select(&mut self, id: ArticleId) -> bool {
        let at = self.rows.iter().position(|row| *row == id);
        if let Some(at) = at {
            self.put_cursor(at);
        }
        at.is_some()
    }

    /// Puts the cursor on an article that is in view, and scrolls nothing; returns whether it is
    /// listed.
    pub(in crate::app) fn select_in_view(&mut self, id: ArticleId) -> bool {
        self.view = View::Free;
        self.select(id)
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
        let waits = |row: &usize| !cx.marks.is_handled(self.rows[*row]);
        let (found, nothing) = match command {
            Command::PreviousUnhandled => {
                let above = (0..at).rev().find(waits);
                (above, "Everything above is handled.")
            }
            _ => {
                let below = (at + 1..self.rows.len()).find(waits);
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
        if self.cursor.at + 1 < self.rows.len() {
            return self.go(Move::Down(1));
        }
        Vec::new()
    }

    fn select_all(&mut self) -> Vec<Msg> {
        self.selection.toggle_all(self.listed.clone());
        if self.selection.is_empty() {
            return Vec::new();
        }
        let said = format!("{} selected.", articles(self.selection.len()));
        vec![Msg::Say(said)]
    }

    /// Shows other rows. The cursor stays on its article; if that is not listed any more, it goes
    /// to the first one after it that is, or else to the end.
    pub(in crate::app) fn show_rows(
        &mut self,
        rows: Vec<ArticleId>,
        set: RoaringBitmap,
        update: ListUpdate,
    ) {
        let selected = self.current();
        let before = std::mem::replace(&mut self.rows, rows);
        self.listed = set;
        match (update, self.anchor, selected) {
            (ListUpdate::FromTop, ..) | (_, Anchor::Top, _) | (.., None) => {
                self.cursor = Cursor::default();
            }
            (_, Anchor::Article, Some(_)) => {
                let left = before.get(self.cursor.at..).unwrap_or_default();
                self.follow(left);
            }
        }
    }

    /// Puts the cursor on the first of these articles that is listed.
    fn follow(&mut self, articles: &[ArticleId]) {
        let stays = articles.iter().find(|id| self.contains(**id));
        let at = stays.and_then(|id| self.rows.iter().position(|row| row == id));
        let at = at.unwrap_or(self.rows.len().saturating_sub(1));
        self.cursor.follow(at);
    }

    /// Scrolls, and leaves the cursor where it is.
    pub(in crate::app) fn scroll(&mut self, step: Move) {
        self.view = View::Free;
        self.cursor.scroll_window(step, self.rows.len());
    }

    /// Brings the cursor back into view.
    pub(in crate::app) fn look_at_cursor(&mut self) {
        self.view = View::AtCursor;
    }

    /// Limits cursor and selection to the rows, in a window of `height` rows.
    pub(in crate::app) fn settle(&mut self, height: usize) {
        self.height = height;
        self.cursor.settle_in(self.view, self.rows.len(), height);
        self.selection.extend(&self.rows, self.cursor.at);
        self.selection.keep(&self.listed);
    }
}
