//! The prompt that asks until when to put articles off.

use crate::app::context::Cx;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::desk::until;
use crate::library::ArticleId;

/// Puts these articles off.
#[derive(Debug)]
pub struct Later(pub Vec<ArticleId>);

impl Purpose for Later {
    fn label(&self) -> &'static str {
        "later, until: "
    }

    fn invitation(&self) -> &'static str {
        "3d, monday, 2w, 2026-12-01; empty: bring back"
    }

    fn understood(&self, typed: &str, cx: Cx<'_>) -> Option<String> {
        let until = until::parse(typed, cx.env.now, &cx.env.zone).ok()?;
        Some(format!("until {}", until::understood(until, &cx.env.zone)))
    }

    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        let edit = if typed.is_empty() {
            MarkEdit::not_later()
        } else {
            let until = until::parse(typed, cx.env.now, &cx.env.zone)
                .map_err(|error| Complaint::new(typed, error.to_string()))?;
            MarkEdit::later(until, typed)
        };
        Ok(vec![Msg::Decide(edit, self.0.clone())])
    }
}
