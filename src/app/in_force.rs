//! The query in force: what the list shows.

use super::views::View;
use crate::query::{Expr, Highlights, Query, SortKey};

/// The query in force.
#[derive(Debug, Default)]
pub struct InForce {
    query: Query,
    /// The query as typed.
    text: String,
    /// What to highlight in texts.
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

    /// The query as typed; empty for everything.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn highlights(&self) -> &Highlights {
        &self.highlights
    }

    /// Whether all articles are listed, newest first.
    pub fn is_empty(&self) -> bool {
        self.query == Query::default()
    }

    /// Whether it is the query of this view.
    pub fn is_view(&self, view: &View) -> bool {
        view.query.as_ref() == Ok(&self.query)
    }

    /// The first key of its order, if it gives one.
    pub fn order(&self) -> Option<SortKey> {
        self.query.sort.first().copied()
    }

    /// Narrows `query` by what was typed; a typed order replaces the one before.
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
