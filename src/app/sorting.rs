//! The orders of the list, laid over the panes to pick one. Picking edits the query.

use super::event::Effect;
use super::list::Cursor;
use super::overlay::Overlay;
use super::search::Then;
use super::state::State;
use crate::query::fields::{SORTS, SortBy};
use crate::query::{Direction, SortKey};

/// The orders, with a cursor among them.
#[derive(Debug, Default)]
pub struct Orders {
    pub cursor: Cursor,
}

impl State {
    /// The first key of the order in force, if the query says one.
    pub fn order_in_force(&self) -> Option<SortKey> {
        self.search.query().sort.first().copied()
    }

    /// Shows the orders.
    pub(super) fn open_orders(&mut self) {
        let by = self.order_in_force().map(|key| key.by);
        let at = by.and_then(|by| SORTS.iter().position(|row| row.value == by));
        self.overlay = Some(Overlay::Orders(Orders {
            cursor: Cursor {
                at: at.unwrap_or_default(),
                top: 0,
            },
        }));
    }

    /// Sorts by what is under the cursor, best, newest or longest first; once more: the other way.
    pub(super) fn pick_order(&mut self) -> Vec<Effect> {
        let Some(Overlay::Orders(orders)) = &self.overlay else {
            return Vec::new();
        };
        let Some(row) = SORTS.get(orders.cursor.at) else {
            return Vec::new();
        };
        let first = first_direction(row.value);
        let direction = match self.order_in_force() {
            Some(key) if key.by == row.value && key.direction == first => other(first),
            _ => first,
        };
        let mut query = self.search.query().clone();
        query.sort = vec![SortKey {
            by: row.value,
            direction,
        }];
        self.look_for(query, Then::Relist)
    }

    /// Forgets the order that was picked.
    pub(super) fn forget_order(&mut self) -> Vec<Effect> {
        let mut query = self.search.query().clone();
        query.sort.clear();
        self.overlay = None;
        self.look_for(query, Then::Relist)
    }
}

/// Which way people want an order first: names from A on, numbers and dates from the highest.
fn first_direction(by: SortBy) -> Direction {
    match by {
        SortBy::Title | SortBy::Provider | SortBy::Relevance => Direction::Natural,
        SortBy::Date | SortBy::Quality | SortBy::Heat | SortBy::Length => Direction::Reversed,
    }
}

fn other(direction: Direction) -> Direction {
    match direction {
        Direction::Natural => Direction::Reversed,
        Direction::Reversed => Direction::Natural,
    }
}
