//! What every part of the app may read, and none may change while it handles a key.

use std::borrow::Cow;

use super::catalog::Catalog;
use super::env::Env;
use super::grouping::Grouping;
use super::in_force::InForce;
use super::marks::LibraryMarks;
use crate::library::ArticleId;

/// The shared state.
#[derive(Debug)]
pub struct Shared {
    pub env: Env,
    pub catalog: Catalog,
    pub marks: LibraryMarks,
    pub grouping: Grouping,
    pub in_force: InForce,
}

/// A read-only view of the shared state.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    pub env: &'a Env,
    pub catalog: &'a Catalog,
    pub marks: &'a LibraryMarks,
    pub grouping: &'a Grouping,
    /// The query in force.
    pub in_force: &'a InForce,
}

impl Shared {
    pub fn cx(&self) -> Cx<'_> {
        Cx {
            env: &self.env,
            catalog: &self.catalog,
            marks: &self.marks,
            grouping: &self.grouping,
            in_force: &self.in_force,
        }
    }
}

impl<'a> Cx<'a> {
    /// The title of an article.
    pub fn title(self, id: ArticleId) -> Cow<'a, str> {
        self.catalog.library().article(id).title()
    }
}
