//! The line in which the whole query is edited; the list follows it.

use crate::app::before::Before;
use crate::app::completing;
use crate::app::context::Cx;
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::app::prompt::{Complaint, History, Purpose};
use crate::query::complete::Completion;
use crate::query::{Query, parse};

/// The whole query, and the list as it was before.
#[derive(Debug)]
pub struct EditQuery {
    query: Query,
    before: Before,
}

impl EditQuery {
    pub fn new(before: Before, cx: Cx<'_>) -> Self {
        Self {
            query: cx.in_force.query().clone(),
            before,
        }
    }
}

impl Purpose for EditQuery {
    fn label(&self) -> &'static str {
        "query: "
    }

    fn invitation(&self) -> &'static str {
        "everything; type what to list"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        let query = parse(typed)?;
        Ok(vec![Msg::Search(query, ListUpdate::FromTop)])
    }

    /// The list follows what is typed: there is nothing left to do.
    fn accept(&mut self, _typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(Vec::new())
    }

    fn cancel(&mut self) -> Vec<Msg> {
        let before = std::mem::take(&mut self.before);
        vec![Msg::Restore(self.query.clone(), before)]
    }

    fn candidates(&self, text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
        completing::query(text, cursor, cx)
    }

    fn history(&self) -> History {
        History::Kept
    }
}
