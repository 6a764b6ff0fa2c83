//! The query in force: what the list shows.

use super::views::View;
use crate::config::ViewEdit;
use crate::query::{Expr, Highlights, Query, SortKey};

/// The query in force.
#[derive(Debug, Default)]
pub struct InForce {
    query: Query,
    /// The query as typed.
    text: String,
    /// What to highlight in texts.
    highlights: Highlights,
    /// The last view shown, to return to; `None` for the one of all articles.
    view: Option<NamedQuery>,
}

/// A view as it was when it was shown.
#[derive(Clone, Debug)]
struct NamedQuery {
    name: String,
    query: Query,
}

impl InForce {
    /// Puts another query in force, whether it narrows the view or not.
    pub(super) fn set(&mut self, query: Query) {
        self.text = query.to_string();
        self.highlights = Highlights::new(&query);
        self.query = query;
    }

    /// Records that a view is shown.
    pub(super) fn enter_view(&mut self, view: &View) {
        let query = view.query.clone().ok();
        let query = query.filter(|query| *query != Query::default());
        let name = view.name.clone();
        self.view = query.map(|query| NamedQuery { name, query });
    }

    /// Follows a change of the views.
    pub(super) fn follow(&mut self, edit: &ViewEdit) {
        match edit {
            ViewEdit::Rename { from, to, .. } => {
                let view = self.view.as_mut().filter(|view| view.name == *from);
                if let Some(view) = view {
                    view.name.clone_from(to);
                }
            }
            ViewEdit::Delete { name, .. } => {
                self.view.take_if(|view| view.name == *name);
            }
            ViewEdit::Keep { name, query } if *query == self.text => {
                let query = self.query.clone();
                let name = name.clone();
                self.view = Some(NamedQuery { name, query });
            }
            ViewEdit::Keep { .. } | ViewEdit::Order(_) => {}
        }
    }

    /// The query of the last view shown.
    pub fn view_query(&self) -> Query {
        self.view
            .as_ref()
            .map_or_else(Query::default, |view| view.query.clone())
    }

    /// The name of the last view shown.
    pub fn view_name(&self) -> Option<&str> {
        self.view.as_ref().map(|view| view.name.as_str())
    }

    /// Whether the query is exactly that of the last view shown.
    pub fn is_whole_view(&self) -> bool {
        match &self.view {
            Some(view) => view.query == self.query,
            None => self.is_empty(),
        }
    }

    /// The name of the last view shown, if the query is its query or narrows it.
    pub fn narrowed_view(&self) -> Option<&str> {
        let view = self.view.as_ref()?;
        let parts = self.query.conjuncts();
        let is_within = view.query.conjuncts().iter().all(|it| parts.contains(it));
        is_within.then_some(view.name.as_str())
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
