//! Views: queries with names, built in or from the configuration.

use crate::query::views::BUILT_IN;
use crate::query::{Query, QueryError, parse};

/// A query with a name.
#[derive(Clone, Debug)]
pub struct View {
    pub name: String,
    /// The query as typed.
    pub text: String,
    pub query: Result<Query, QueryError>,
}

impl View {
    pub(super) fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            query: parse(text),
        }
    }
}

/// All views: the built-in ones, then the person's own. An own view replaces a built-in one of the
/// same name.
pub fn all_views(own: &[(String, String)]) -> Vec<View> {
    let mut views: Vec<View> = BUILT_IN
        .iter()
        .map(|(name, text)| View::new(name, text))
        .collect();
    for (name, text) in own {
        put(&mut views, View::new(name, text));
    }
    views
}

/// Replaces the view of the same name, or adds it after the others.
pub(super) fn put(views: &mut Vec<View>, view: View) {
    match views.iter_mut().find(|it| it.name == view.name) {
        Some(before) => *before = view,
        None => views.push(view),
    }
}

/// A view that is to be saved in the configuration file, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedView {
    pub name: String,
    pub text: String,
}
