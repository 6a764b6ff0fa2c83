//! The query in force: what the list shows.

use super::views::View;
use crate::query::{Expr, Highlights, Query, SortKey};

/// What is looked for.
#[derive(Debug, Default)]
pub struct InForce {
    query: Query,
    /// The query as it is typed.
    text: String,
    /// Where texts that are shown say what is looked for.
    highlights: Highlights,
}

impl InForce {
    pub fn new(query: Query) -> Self {
        Self {
            text: query.to_string(),
            highlights: Highlights::new(&query),
            query,
        }
    }

    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The query as it is typed; empty for that which selects everything.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn highlights(&self) -> &Highlights {
        &self.highlights
    }

    /// Whether all articles are listed, the newest first.
    pub fn is_empty(&self) -> bool {
        self.query == Query::default()
    }

    /// Whether what is listed is what a view lists.
    pub fn is_view(&self, view: &View) -> bool {
        view.query.as_ref() == Ok(&self.query)
    }

    /// The first key of its order, if it says one.
    pub fn order(&self) -> Option<SortKey> {
        self.query.sort.first().copied()
    }

    /// It narrowed by what was typed: an order that was typed takes the place of that before.
    pub fn narrowed(query: &Query, typed: Query) -> Query {
        Query {
            expr: Expr::and(query.expr.iter().cloned().chain(typed.expr)),
            sort: if typed.sort.is_empty() {
                query.sort.clone()
            } else {
                typed.sort
            },
        }
    }
}
