//! Moving: the same commands in every pane, by rows in those with a cursor, by lines in the text.

use super::event::Effect;
use super::geometry::{Area, Arrangement, Pane, Panes, Zoom};
use super::list::Move;
use super::search::Then;
use super::state::{Anchor, State};
use crate::command::Command;
use crate::config::MarkRead;
use crate::query::Query;

/// How far a moving command goes where `height` rows are seen; `None` for any other command.
pub fn step(command: Command, height: usize) -> Option<Move> {
    let page = height.saturating_sub(1).max(1);
    let half = (height / 2).max(1);
    match command {
        Command::Down => Some(Move::Down(1)),
        Command::Up => Some(Move::Up(1)),
        Command::First => Some(Move::First),
        Command::Last => Some(Move::Last),
        Command::HalfPageDown => Some(Move::Down(half)),
        Command::HalfPageUp => Some(Move::Up(half)),
        Command::PageDown => Some(Move::Down(page)),
        Command::PageUp => Some(Move::Up(page)),
        _ => None,
    }
}

/// The panes in the order of Tab.
const ORDER: [Pane; 4] = [Pane::Facets, Pane::List, Pane::Detail, Pane::Related];

impl State {
    /// Carries out a moving command in the pane that has the focus.
    pub(super) fn go(&mut self, command: Command) -> Vec<Effect> {
        let pane = self.reading_pane();
        let Some(step) = step(command, self.pane_height(pane)) else {
            return Vec::new();
        };
        match pane {
            Pane::Facets => self.drawer.go(step),
            Pane::Detail => self.scroll(step),
            Pane::Related => self.related.cursor.go(step, self.related.entries.len()),
            Pane::List => return self.go_in_list(step),
        }
        Vec::new()
    }

    /// The pane that moving keys act on.
    pub fn reading_pane(&self) -> Pane {
        match self.zoom {
            Zoom::TextAlone => Pane::Detail,
            Zoom::Panes => self.focus,
        }
    }

    /// Where a pane lies; for one that is not on the screen, where it will lie.
    pub(super) fn place_of(&self, pane: Pane) -> Option<Area> {
        let shown = self.panes().area(pane);
        shown.or_else(|| Panes::of(self.size, pane, Zoom::Panes).area(pane))
    }

    /// Rows of a pane that are seen at once.
    pub(super) fn pane_height(&self, pane: Pane) -> usize {
        let rows = self.place_of(pane).map_or(0, |area| area.body().rows);
        usize::from(rows).max(1)
    }

    /// Moves the cursor of the list, and shows what is under it.
    pub(super) fn go_in_list(&mut self, step: Move) -> Vec<Effect> {
        self.list.cursor.go(step, self.list.rows.len());
        self.anchored = Anchor::Article;
        self.show_current()
    }

    /// Shows the article under the cursor of the list.
    pub(super) fn show_current(&mut self) -> Vec<Effect> {
        match self.list.current() {
            Some(id) => self.show(id),
            None => {
                self.show_nothing();
                Vec::new()
            }
        }
    }

    /// To the next article of the list that is not read, below or above the cursor.
    pub(super) fn go_to_unread(&mut self, command: Command) -> Vec<Effect> {
        let at = self.list.cursor.at;
        let unread = |row: &usize| !self.is_read(self.list.rows[*row]);
        let (found, nothing) = match command {
            Command::PreviousUnread => ((0..at).rev().find(unread), "Nothing unread above."),
            _ => (
                (at + 1..self.list.rows.len()).find(unread),
                "Nothing unread below.",
            ),
        };
        match found {
            Some(row) if row < at => self.go_in_list(Move::Up(at - row)),
            Some(row) => self.go_in_list(Move::Down(row - at)),
            None => {
                self.notice(nothing);
                Vec::new()
            }
        }
    }

    /// Reads a page on; at the end of the text, the next article.
    pub(super) fn page_or_next(&mut self) -> Vec<Effect> {
        if self.detail.scroll < self.last_scroll() {
            let page = self.detail_height().saturating_sub(1).max(1);
            self.scroll(Move::Down(page));
            return Vec::new();
        }
        if self.list.cursor.at + 1 >= self.list.rows.len() {
            self.notice("That was the last article of the list.");
            return Vec::new();
        }
        self.go_in_list(Move::Down(1))
    }

    /// Gives the focus to the pane on the left or right, or the next or previous one around.
    pub(super) fn change_pane(&mut self, command: Command) {
        if self.zoom == Zoom::TextAlone {
            self.zoom = Zoom::Panes;
            self.focus = Pane::Detail;
        }
        let at = ORDER
            .iter()
            .position(|pane| *pane == self.focus)
            .unwrap_or(1);
        let last = ORDER.len() - 1;
        let to = match command {
            Command::PaneLeft => at.saturating_sub(1),
            Command::PaneRight => (at + 1).min(last),
            Command::PreviousPane => (at + last) % ORDER.len(),
            _ => (at + 1) % ORDER.len(),
        };
        self.focus = ORDER[to];
    }

    /// Goes further in: from the list to the text, from the text to what is related to it.
    pub(super) fn enter(&mut self) -> Vec<Effect> {
        match self.reading_pane() {
            Pane::List if let Some(id) = self.detail.article => {
                self.focus = Pane::Detail;
                if self.mark_read == MarkRead::OnOpen {
                    return self.mark_as_read(id);
                }
            }
            Pane::Detail if !self.related.entries.is_empty() => {
                self.zoom = Zoom::Panes;
                self.focus = Pane::Related;
            }
            _ => {}
        }
        Vec::new()
    }

    /// One step back: out of the text, out of a pane, and at the top out of the program.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        let narrow = self.panes().arrangement == Arrangement::Narrow;
        match (self.zoom, self.focus) {
            (Zoom::TextAlone, _) => self.zoom = Zoom::Panes,
            (_, Pane::List) => return self.quit(),
            (_, Pane::Related) if narrow => self.focus = Pane::Detail,
            _ => self.focus = Pane::List,
        }
        Vec::new()
    }

    /// Cancels the nearest thing that can be cancelled; in the list, what is looked for.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        if !self.selection.is_empty() {
            self.selection.clear();
            return Vec::new();
        }
        if self.zoom == Zoom::Panes && self.focus == Pane::List {
            return self.look_for(Query::default(), Then::Relist);
        }
        self.back()
    }

    pub(super) fn toggle_zoom(&mut self) {
        self.zoom = match self.zoom {
            Zoom::Panes => Zoom::TextAlone,
            Zoom::TextAlone => Zoom::Panes,
        };
    }
}
