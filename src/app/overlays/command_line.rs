//! The command line: a decision on what a query selects.

use crate::app::bulk::Bulk;
use crate::app::completing;
use crate::app::context::Cx;
use crate::app::overlays::msg::{Msg, OverlaySpec};
use crate::app::prompt::{Complaint, History, Purpose};
use crate::library::ArticleId;
use crate::query::complete::Completion;

/// A decision on what a query selects, or without a query on these articles.
#[derive(Debug)]
pub struct CommandLine(pub Vec<ArticleId>);

impl Purpose for CommandLine {
    fn label(&self) -> &'static str {
        ":"
    }

    fn invitation(&self) -> &'static str {
        "done is:read date:<2021-06-01; Tab shows the commands"
    }

    /// Decides at once on the article under the cursor; otherwise first shows how many articles it
    /// would be.
    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let bulk = Bulk::parse(typed, cx.env.now, &cx.env.zone)
            .map_err(|reason| Complaint::new(typed, reason))?;
        Ok(vec![match bulk.query {
            None => Msg::Decide(bulk.edit, self.0.clone()),
            Some(query) => Msg::Open(OverlaySpec::Selecting(bulk.edit, query)),
        }])
    }

    fn candidates(&self, text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
        completing::command(text, cursor, cx)
    }

    fn history(&self) -> History {
        History::Kept
    }
}
