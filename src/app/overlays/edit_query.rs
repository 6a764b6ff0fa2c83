//! The prompt that edits the whole query; the list follows.

use crate::app::before::ListBefore;
use crate::app::completing;
use crate::app::context::Cx;
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::app::prompt::{Complaint, Purpose, Recall};
use crate::query::complete::Completion;
use crate::query::{Query, parse};

/// The whole query, and the list as it was before.
#[derive(Debug)]
pub struct EditQuery {
    query: Query,
    before: ListBefore,
}

impl EditQuery {
    pub fn new(before: ListBefore, cx: Cx<'_>) -> Self {
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
        "everything; type a query to narrow it"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        let query = parse(typed)?;
        Ok(vec![Msg::Search(query, ListUpdate::FromTop)])
    }

    /// Nothing left to do: the list has already followed the typing.
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

    fn history(&self) -> Recall {
        Recall::Kept
    }
}
