//! The prompt that asks for the name of a view.

use crate::app::context::Cx;
use crate::app::effect::Request;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::app::views::NamedView;

/// Longest name, in characters.
const LETTERS: usize = 40;

/// The name to save the query in force under.
#[derive(Debug)]
pub struct NameView;

impl Purpose for NameView {
    fn label(&self) -> &'static str {
        "save as view: "
    }

    fn invitation(&self) -> &'static str {
        "a name; an existing view is replaced"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.chars().count() > LETTERS {
            let reason = format!("a name can have at most {LETTERS} letters");
            return Err(Complaint::new(typed, reason));
        }
        Ok(Vec::new())
    }

    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.is_empty() {
            return Ok(vec![Msg::Say("Not saved: it has no name.".to_owned())]);
        }
        Ok(vec![Msg::Ask(Request::KeepView(NamedView {
            name: typed.to_owned(),
            text: cx.in_force.text().to_owned(),
        }))])
    }
}
