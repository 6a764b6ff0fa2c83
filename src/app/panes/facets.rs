//! The facets: each value with the number of articles it has under the query in force, and how it
//! is picked. Picking edits the query; the counting is part of the search.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, Move, WindowView, step};
use crate::app::geometry::Pane;
use crate::app::overlays::msg::{ListUpdate, Msg, OverlaySpec};
use crate::command::Command;
use crate::format::fold::fold;
use crate::query::{FacetField, FacetKind, Facets, Pick, Query, Require, edit};

/// Maximum number of values of a facet found by typing.
const MOST_FOUND: usize = 200;

/// The values of the facets, and the cursor.
#[derive(Debug, Default)]
pub struct FacetsPane {
    rows: Vec<FacetsRow>,
    cursor: Cursor,
    view: WindowView,
    /// Number of visible rows.
    height: usize,
    facets: Facets,
    /// What the values are filtered by.
    typed: String,
    unfolded: BTreeSet<FacetField>,
}

/// A row of the facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetsRow {
    Blank,
    Heading(FacetField),
    /// The only value of its facet, on the line of the heading: there is nothing to choose.
    Only(ValueRow),
    Value(ValueRow),
    /// This many further values are folded away.
    More(FacetField, usize),
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRow {
    pub field: FacetField,
    pub value: String,
    /// How many of the otherwise selected articles have it.
    pub count: u64,
    pub pick: Option<Pick>,
}

impl FacetsRow {
    /// Whether the cursor can be on it.
    fn is_stop(&self) -> bool {
        matches!(
            self,
            FacetsRow::Only(_) | FacetsRow::Value(_) | FacetsRow::More(..)
        )
    }

    /// Its value.
    pub fn value(&self) -> Option<&ValueRow> {
        match self {
            FacetsRow::Only(row) | FacetsRow::Value(row) => Some(row),
            FacetsRow::Blank | FacetsRow::Heading(_) | FacetsRow::More(..) => None,
        }
    }
}

impl FacetsPane {
    pub fn rows(&self) -> &[FacetsRow] {
        &self.rows
    }

    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The value under the cursor.
    pub fn current(&self) -> Option<&ValueRow> {
        self.rows.get(self.cursor.at)?.value()
    }

    /// What the values are filtered by.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Takes new counts.
    pub(in crate::app) fn counted(&mut self, facets: Facets) {
        self.facets = facets;
    }

    /// Filters the values to those with a word that starts like this.
    pub(in crate::app) fn narrow(&mut self, typed: &str) {
        self.typed = fold(typed.trim());
    }

    /// Runs a command of the facets.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    pub fn handle(&mut self, command: Command, cx: Cx<'_>) -> Vec<Msg> {
        if let Some(step) = step(command, self.height) {
            self.go(step);
            return Vec::new();
        }
        match command {
            Command::NarrowFacets => vec![Msg::Open(OverlaySpec::Values(self.typed.clone()))],
            Command::IncludeValue => self.pick(Pick::Include, cx),
            Command::ExcludeValue => self.pick(Pick::Exclude, cx),
            Command::OnlyValue => self.only(cx),
            Command::AnyOrAll => self.any_or_all(cx),
            _ => Vec::new(),
        }
    }

    fn pick(&mut self, pick: Pick, cx: Cx<'_>) -> Vec<Msg> {
        let Some(row) = self.current() else {
            return self.unfold(cx);
        };
        let mut query = cx.in_force.query().clone();
        edit::toggle(&mut query, row.field, &row.value, pick);
        vec![Msg::Search(query, ListUpdate::Relist)]
    }

    /// Picks only this value of its facet; on the row of folded values, unfolds them.
    fn only(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        let Some(row) = self.current() else {
            return self.unfold(cx);
        };
        let mut query = cx.in_force.query().clone();
        edit::only(&mut query, row.field, &row.value);
        vec![
            Msg::Focus(Pane::List),
            Msg::Search(query, ListUpdate::Relist),
        ]
    }

    fn any_or_all(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        let field = self.current().map_or(FacetField::Topic, |row| row.field);
        let mut query = cx.in_force.query().clone();
        let (required, said) = match edit::require(&query, field) {
            Some(Require::Any) => (Require::All, "Articles need all of the included values."),
            Some(Require::All) => (Require::Any, "Articles need any of the included values."),
            None => {
                let said = "Include two values of a facet first; then choose any or all of them.";
                return vec![Msg::Say(said.to_owned())];
            }
        };
        edit::set_require(&mut query, field, required);
        vec![
            Msg::Say(said.to_owned()),
            Msg::Search(query, ListUpdate::Relist),
        ]
    }

    /// The query in force without what is picked here; `None` if nothing is.
    pub(in crate::app) fn without_picks(cx: Cx<'_>) -> Option<Query> {
        let mut query = cx.in_force.query().clone();
        for field in FacetField::all() {
            edit::clear(&mut query, field);
        }
        (query != *cx.in_force.query()).then_some(query)
    }

    fn unfold(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        if let Some(FacetsRow::More(field, _)) = self.rows.get(self.cursor.at) {
            self.unfolded.insert(*field);
            let at = self.cursor;
            self.arrange(cx.in_force.query(), true);
            // The values that were folded away start at the cursor.
            self.cursor = at;
        }
        Vec::new()
    }

    /// Scrolls, and leaves the cursor where it is.
    pub(in crate::app) fn scroll(&mut self, step: Move) {
        self.view = WindowView::Free;
        self.cursor.scroll_window(step, self.rows.len());
    }

    /// Brings the cursor back into view.
    pub(in crate::app) fn look_at_cursor(&mut self) {
        self.view = WindowView::AtCursor;
    }

    /// Limits the cursor to the rows, in a window of `height` rows.
    pub(in crate::app) fn settle(&mut self, height: usize) {
        self.height = height;
        self.cursor.settle_in(self.view, self.rows.len(), height);
    }

    /// Moves the cursor to a row it can be on.
    fn go(&mut self, step: Move) {
        self.cursor.go(step, self.rows.len());
        let back = matches!(step, Move::Up(_) | Move::Last);
        self.land(back);
        // There is no such row above the first or below the last: go back to the nearest.
        self.land(!back);
    }

    /// Puts the cursor on a row that is in view, and scrolls nothing.
    pub(in crate::app) fn select_in_view(&mut self, row: usize) {
        if self.rows.get(row).is_some_and(FacetsRow::is_stop) {
            self.view = WindowView::Free;
            self.cursor.at = row;
        }
    }

    /// Goes to the first value.
    pub(in crate::app) fn go_to_first(&mut self) {
        self.cursor = Cursor::default();
        self.land(false);
    }

    /// Moves on from a row that the cursor cannot be on.
    fn land(&mut self, back: bool) {
        let is_stop = |at: &usize| self.rows.get(*at).is_some_and(FacetsRow::is_stop);
        let at = self.cursor.at;
        let found = if back {
            (0..=at).rev().find(is_stop)
        } else {
            (at..self.rows.len()).find(is_stop)
        };
        self.cursor.at = found.unwrap_or(at);
    }

    /// Builds the rows from the counts and the query. `held`: existing values keep their places,
    /// because somebody is picking among them; otherwise they are sorted, most articles first.
    pub(in crate::app) fn arrange(&mut self, query: &Query, held: bool) {
        let before = self.rows.get(self.cursor.at).cloned();
        let mut rows = Vec::new();
        for field in FacetField::all() {
            let facet = self.facet(query, field, held);
            let both_of_one_line = matches!(facet[..], [FacetsRow::Only(_)])
                && matches!(rows.last(), Some(FacetsRow::Only(_)));
            if !facet.is_empty() && !rows.is_empty() && !both_of_one_line {
                rows.push(FacetsRow::Blank);
            }
            rows.extend(facet);
        }
        self.rows = rows;
        self.stay(before);
    }

    /// The rows of a facet; none if there are no values.
    fn facet(&self, query: &Query, field: FacetField, held: bool) -> Vec<FacetsRow> {
        let mut values = self.values(query, field, held);
        let is_whole = !self.typed.is_empty() || self.unfolded.contains(&field);
        if let [only] = &values[..]
            && only.pick.is_none()
            && !is_whole
            && !held
        {
            return values.drain(..).map(FacetsRow::Only).collect();
        }
        if values.is_empty() {
            return Vec::new();
        }
        let total = values.len();
        let seen = self.unfolded_values(query, field, values);
        let left = total - seen.len();
        let mut rows = vec![FacetsRow::Heading(field)];
        rows.extend(seen.into_iter().map(FacetsRow::Value));
        if left > 0 {
            rows.push(FacetsRow::More(field, left));
        }
        rows
    }

    /// The values that are not folded away.
    fn unfolded_values(
        &self,
        query: &Query,
        field: FacetField,
        mut values: Vec<ValueRow>,
    ) -> Vec<ValueRow> {
        let is_unfolded = self.unfolded.contains(&field);
        if field.row().values == FacetKind::Months && self.typed.is_empty() && !is_unfolded {
            let years = Self::open_years(query, &values);
            values.retain(|row| row.pick.is_some() || years.iter().any(|it| it == year(row)));
            return values;
        }
        let most = match (self.typed.is_empty(), is_unfolded) {
            (false, _) => MOST_FOUND,
            (true, true) => usize::MAX,
            (true, false) => field.row().shown,
        };
        // Showing one more value takes no more room than the row that folds it away.
        let most = if values.len() <= most.saturating_add(1) {
            values.len()
        } else {
            most
        };
        let mut at = 0;
        values.retain(|row| {
            at += 1;
            at <= most || row.pick.is_some()
        });
        values
    }

    /// The years whose months are shown: the picked ones, or else the newest.
    fn open_years(query: &Query, months: &[ValueRow]) -> Vec<String> {
        let picks = edit::picks(query, FacetField::Year).into_iter();
        let picked = picks.filter(|(_, pick)| *pick == Pick::Include);
        let years: Vec<String> = picked.map(|(year, _)| year).collect();
        match months.first() {
            Some(newest) if years.is_empty() => vec![year(newest).to_owned()],
            _ => years,
        }
    }

    /// Keeps the cursor on its row, unless it was at the top: while the library loads, values
    /// overtake each other.
    fn stay(&mut self, before: Option<FacetsRow>) {
        let valued = |row: &FacetsRow| row.value().map(|it| (it.field, it.value.clone()));
        let value_before = before.as_ref().and_then(valued);
        let same = |row: &FacetsRow| match (&before, row) {
            (Some(FacetsRow::More(before, _)), FacetsRow::More(field, _)) => before == field,
            _ => value_before.is_some() && valued(row) == value_before,
        };
        let first = self.rows.iter().position(FacetsRow::is_stop);
        let is_at_top = self.cursor.at <= first.unwrap_or_default();
        match self.rows.iter().position(same) {
            Some(at) if !is_at_top => self.cursor.follow(at),
            _ => self.cursor.at = self.cursor.at.min(self.rows.len().saturating_sub(1)),
        }
        self.land(false);
        self.land(true);
    }

    /// The values of a facet to show.
    fn values(&self, query: &Query, field: FacetField, held: bool) -> Vec<ValueRow> {
        let picks = edit::picks(query, field);
        let pick = |value: &str| {
            picks
                .iter()
                .find(|(it, _)| it == value)
                .map(|(_, pick)| *pick)
        };
        let row = |value: String, count: u64| ValueRow {
            pick: pick(&value),
            field,
            value,
            count,
        };
        let counted = self
            .facets
            .tallies(field)
            .into_iter()
            .flat_map(|it| it.iter());
        let mut values: Vec<ValueRow> = counted
            .map(|tally| row(tally.value.into_owned(), tally.count))
            .collect();
        for (picked, _) in &picks {
            if !values.iter().any(|it| it.value == *picked) {
                values.push(row(picked.clone(), 0));
            }
        }
        if held {
            self.hold(field, &mut values, row);
        }
        if field.row().values == FacetKind::Months {
            // Newest first, as in a calendar, regardless of the counts.
            values.sort_by(|a, b| b.value.cmp(&a.value));
        }
        if !self.typed.is_empty() {
            values.retain(|row| self.begins(&row.value));
        }
        values
    }

    /// Sorts values into the order they have on the screen. An existing value stays, even if no
    /// article has it any more.
    fn hold(
        &self,
        field: FacetField,
        values: &mut Vec<ValueRow>,
        row: impl Fn(String, u64) -> ValueRow,
    ) {
        let standing = self.rows.iter().filter_map(FacetsRow::value);
        let standing = standing.filter(|row| row.field == field);
        let standing = standing.map(|row| row.value.as_str());
        let places: HashMap<&str, usize> = standing.zip(0..).collect();
        let place = |value: &str| places.get(value).copied().unwrap_or(usize::MAX);
        let counted: HashSet<String> = values.iter().map(|it| it.value.clone()).collect();
        let lost = places.keys().filter(|value| !counted.contains(**value));
        values.extend(lost.map(|value| row((*value).to_owned(), 0)));
        values.sort_by_key(|it| place(&it.value));
    }

    /// Whether a word of the value starts as typed.
    fn begins(&self, value: &str) -> bool {
        let value = fold(value);
        value.starts_with(&self.typed)
            || value
                .split_whitespace()
                .any(|word| word.starts_with(&self.typed))
    }
}

/// The year of a month such as `2021-12`.
fn year(month: &ValueRow) -> &str {
    let (year, _) = month.value.rsplit_once('-').unwrap_or((&month.value, ""));
    year
}
