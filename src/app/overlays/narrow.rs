//! The prompt that narrows the list while you type.

use crate::app::before::ListBefore;
use crate::app::completing;
use crate::app::context::Cx;
use crate::app::in_force::InForce;
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::app::prompt::{Complaint, Purpose, Recall};
use crate::query::complete::Completion;
use crate::query::{Query, parse};

/// What narrows the list, on top of the query before.
#[derive(Debug)]
pub struct Narrow {
    query: Query,
    before: ListBefore,
}

impl Narrow {
    pub fn new(before: ListBefore, cx: Cx<'_>) -> Self {
        Self {
            query: cx.in_force.query().clone(),
            before,
        }
    }
}

impl Purpose for Narrow {
    fn label(&self) -> &'static str {
        "/"
    }

    fn invitation(&self) -> &'static str {
        "words, \"a phrase\", topic:ai quality>50 -is:published sort:-quality"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        let query = InForce::narrowed(&self.query, parse(typed)?);
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
