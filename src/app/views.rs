//! Views: queries with names, built in or from the configuration.

use crate::config::{Config, ViewEdit, Whose};
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

    /// Whether it is built in or from the configuration.
    pub(super) fn whose(&self) -> Whose {
        match BUILT_IN.iter().any(|(name, _)| *name == self.name) {
            true => Whose::BuiltIn,
            false => Whose::Own,
        }
    }
}

/// All views: the built-in ones, then the person's own. An own view replaces a built-in one of the
/// same name. Then the person's order is applied.
pub fn all_views(config: &Config) -> Vec<View> {
    let mut views: Vec<View> = BUILT_IN
        .iter()
        .filter(|(name, _)| !config.hidden_views.iter().any(|it| it == name))
        .map(|(name, text)| View::new(name, text))
        .collect();
    for (name, text) in &config.views {
        put(&mut views, View::new(name, text));
    }
    sort(&mut views, &config.view_order);
    views
}

/// Applies a change to the views.
pub(super) fn apply(views: &mut Vec<View>, edit: &ViewEdit) {
    match edit {
        ViewEdit::Keep { name, query } => put(views, View::new(name, query)),
        ViewEdit::Rename { from, to, .. } => {
            for view in views.iter_mut().filter(|it| it.name == *from) {
                view.name.clone_from(to);
            }
        }
        ViewEdit::Delete { name, .. } => views.retain(|it| it.name != *name),
        ViewEdit::Order(names) => sort(views, names),
    }
}

/// Replaces the view of the same name, or adds it after the others.
fn put(views: &mut Vec<View>, view: View) {
    match views.iter_mut().find(|it| it.name == view.name) {
        Some(before) => *before = view,
        None => views.push(view),
    }
}

/// Puts the named views first, in the order of the names.
fn sort(views: &mut [View], names: &[String]) {
    let place = |view: &View| names.iter().position(|name| *name == view.name);
    views.sort_by_key(|view| place(view).unwrap_or(names.len()));
}
