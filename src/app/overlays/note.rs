//! The prompt that asks for a note.

use crate::app::context::Cx;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::library::ArticleId;

/// The note for these articles.
#[derive(Debug)]
pub struct Note(pub Vec<ArticleId>);

impl Purpose for Note {
    fn label(&self) -> &'static str {
        "note: "
    }

    fn invitation(&self) -> &'static str {
        "empty: no note"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::Decide(MarkEdit::note(typed), self.0.clone())])
    }
}
