//! Views: queries with a name. Some are built in, a person's own come from the configuration.

use super::event::Effect;
use super::list::Cursor;
use super::overlay::Overlay;
use super::prompt::{Complaint, Purpose};
use super::search::Then;
use super::state::State;
use crate::query::{Query, QueryError, parse};

/// The views that everybody has: their names and queries.
const BUILT_IN: [(&str, &str); 6] = [
    ("Inbox", "is:inbox"),
    ("Today", "date:today"),
    ("Unpublished", "-is:published sort:-quality"),
    ("Starred", "is:starred"),
    ("Later", "is:later"),
    ("All", ""),
];

/// A query with a name.
#[derive(Clone, Debug)]
pub struct View {
    pub name: String,
    /// As it was typed.
    pub text: String,
    pub query: Result<Query, QueryError>,
}

impl View {
    fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            query: parse(text),
        }
    }
}

/// The views that are built in, and a person's own: one of the same name takes the place of a
/// built-in one, the others come after them.
pub fn views(own: &[(String, String)]) -> Vec<View> {
    let mut views: Vec<View> = BUILT_IN
        .iter()
        .map(|(name, text)| View::new(name, text))
        .collect();
    for (name, text) in own {
        put(&mut views, View::new(name, text));
    }
    views
}

/// Puts a view in the place of that with its name, or after all others.
fn put(views: &mut Vec<View>, view: View) {
    match views.iter_mut().find(|it| it.name == view.name) {
        Some(before) => *before = view,
        None => views.push(view),
    }
}

/// The list of views, laid over the panes.
#[derive(Debug, Default)]
pub struct ViewList {
    pub cursor: Cursor,
    /// How many articles each selects, once they are counted.
    pub counts: Vec<Option<u64>>,
}

/// A view whose name is being typed, and one that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedView {
    pub name: String,
    pub text: String,
}

impl State {
    /// Lists the views, and has their articles counted.
    pub(super) fn open_views(&mut self) -> Vec<Effect> {
        let in_force = self.views.iter().position(|view| self.is_in_force(view));
        self.overlay = Some(Overlay::Views(ViewList {
            cursor: Cursor {
                at: in_force.unwrap_or_default(),
                top: 0,
            },
            counts: vec![None; self.views.len()],
        }));
        let query = |view: &View| view.query.clone().unwrap_or_default();
        vec![Effect::Count(self.views.iter().map(query).collect())]
    }

    /// The articles of the views have been counted.
    pub(super) fn counted_views(&mut self, counts: Vec<u64>) {
        if let Some(Overlay::Views(list)) = &mut self.overlay {
            let counts = counts.into_iter().map(Some).chain(std::iter::repeat(None));
            list.counts = counts.take(self.views.len()).collect();
        }
    }

    /// Whether what is listed is what a view lists.
    pub fn is_in_force(&self, view: &View) -> bool {
        view.query.as_ref() == Ok(self.search.query())
    }

    /// The view that is in force, but for that of all articles.
    pub fn view_in_force(&self) -> Option<&View> {
        if self.search.is_empty() {
            return None;
        }
        self.views.iter().find(|view| self.is_in_force(view))
    }

    /// Lists what the view under the cursor of the overlay selects.
    pub(super) fn enter_view(&mut self) -> Vec<Effect> {
        match &self.overlay {
            Some(Overlay::Views(list)) => self.look_at_view(list.cursor.at),
            _ => Vec::new(),
        }
    }

    /// Lists what the view of the number that was pressed selects, counted from 1.
    pub(super) fn numbered_view(&mut self) -> Vec<Effect> {
        let digit = self.pressed.and_then(|key| key.character());
        match digit.and_then(|digit| digit.to_digit(10)) {
            Some(number @ 1..) => self.look_at_view(number as usize - 1),
            // Somebody has bound another key to it.
            _ => self.open_views(),
        }
    }

    fn look_at_view(&mut self, at: usize) -> Vec<Effect> {
        let Some(view) = self.views.get(at) else {
            self.notice(&format!(
                "There is no view {}; F lists those there are.",
                at + 1
            ));
            return Vec::new();
        };
        match view.query.clone() {
            Ok(query) => {
                self.overlay = None;
                self.look_for(query, Then::FromTop)
            }
            Err(error) => {
                let said = format!("The view {} cannot be understood: {error}", view.name);
                self.error(&said);
                Vec::new()
            }
        }
    }

    /// Asks for the name under which the query in force is to be kept.
    pub(super) fn name_view(&mut self) -> Vec<Effect> {
        if self.search.is_empty() {
            self.notice("Everything is listed: there is no query to keep. / begins one.");
            return Vec::new();
        }
        self.open_prompt(Purpose::View, String::new())
    }

    /// Has the query in force kept under a name.
    pub(super) fn keep_view(&mut self, name: &str) -> Vec<Effect> {
        if name.is_empty() {
            self.notice("It has no name: it is not kept.");
            return Vec::new();
        }
        vec![Effect::KeepView(NamedView {
            name: name.to_owned(),
            text: self.search.text().to_owned(),
        })]
    }

    /// A view is in the configuration file, or could not be put there.
    pub(super) fn kept_view(&mut self, kept: Result<NamedView, String>) {
        match kept {
            Ok(NamedView { name, text }) => {
                put(&mut self.views, View::new(&name, &text));
                let at = self.views.iter().position(|it| it.name == name);
                let number = at.map_or(0, |at| at + 1);
                self.notice(&match number {
                    1..=9 => format!("Kept as {name}: {number} brings it back."),
                    _ => format!("Kept as {name}: F lists it."),
                });
                if let Some(Overlay::Views(list)) = &mut self.overlay {
                    list.counts.resize(self.views.len(), None);
                    if let Some(at) = at {
                        list.counts[at] = Some(self.list.rows.len() as u64);
                        list.cursor.at = at;
                    }
                }
            }
            Err(reason) => self.error(&reason),
        }
    }

    /// What is wrong with a name, while it is typed.
    pub(super) fn consider_name(name: &str) -> Option<Complaint> {
        let is_long = name.chars().count() > 40;
        is_long.then(|| Complaint {
            at: 0..name.len(),
            reason: "a name has at most 40 letters".to_owned(),
        })
    }
}
