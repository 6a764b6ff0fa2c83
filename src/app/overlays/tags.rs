//! The prompt that asks for tags.

use crate::app::completing;
use crate::app::context::Cx;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::library::ArticleId;
use crate::query::complete::Completion;

/// Tags to add to these articles, and to remove.
#[derive(Debug)]
pub struct Tags(pub Vec<ArticleId>);

impl Purpose for Tags {
    fn label(&self) -> &'static str {
        "tags: "
    }

    fn invitation(&self) -> &'static str {
        "robotics -ai, or with commas: to do, -ai"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        let edit = MarkEdit::tags(typed);
        let decide = |edit| Msg::Decide(edit, self.0.clone());
        Ok(edit.map(decide).into_iter().collect())
    }

    fn candidates(&self, text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
        completing::tag(text, cursor, cx)
    }
}
