//! The prompt that asks what to change in the front matter of files.

use crate::app::completing;
use crate::app::context::Cx;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose, Recall};
use crate::format::edit;
use crate::library::ArticleId;
use crate::query::complete::Completion;

/// Edits a field in the files of these articles.
#[derive(Debug)]
pub struct EditFields(pub Vec<ArticleId>);

impl Purpose for EditFields {
    fn label(&self) -> &'static str {
        "edit: "
    }

    fn invitation(&self) -> &'static str {
        "quality 70, or topics +ai -ml, or mood - to remove it"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let (field, asked) = edit::typed(typed).map_err(|why| Complaint::new(typed, why))?;
        let edit = MarkEdit::file_field(&field, &asked);
        Ok(vec![Msg::Decide(edit, self.0.clone())])
    }

    fn candidates(&self, text: &str, cursor: usize, cx: Cx<'_>) -> Completion {
        completing::file_field(text, cursor, cx)
    }

    fn history(&self) -> Recall {
        Recall::Kept
    }
}
