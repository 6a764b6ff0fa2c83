//! The line that asks for the name of a view.

use crate::app::context::Cx;
use crate::app::effect::Request;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::app::views::NamedView;

/// The most letters of a name.
const LETTERS: usize = 40;

/// The name under which the query in force is to be kept.
#[derive(Debug)]
pub struct NameView;

impl Purpose for NameView {
    fn label(&self) -> &'static str {
        "keep as view: "
    }

    fn invitation(&self) -> &'static str {
        "a name; one that exists is replaced"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.chars().count() > LETTERS {
            let reason = format!("a name has at most {LETTERS} letters");
            return Err(Complaint::new(typed, reason));
        }
        Ok(Vec::new())
    }

    fn accept(&mut self, typed: &str, cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.is_empty() {
            return Ok(vec![Msg::Say("It has no name: it is not kept.".to_owned())]);
        }
        Ok(vec![Msg::Ask(Request::KeepView(NamedView {
            name: typed.to_owned(),
            text: cx.in_force.text().to_owned(),
        }))])
    }
}
