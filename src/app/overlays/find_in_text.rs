//! The prompt that searches within the text shown.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::query::parse;

/// Searches from the line that was first visible.
#[derive(Debug)]
pub struct FindInText(pub usize);

impl Purpose for FindInText {
    fn label(&self) -> &'static str {
        "/"
    }

    fn invitation(&self) -> &'static str {
        "what to find in this text"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::Find(parse(typed)?, self.0)])
    }

    fn accept(&mut self, _typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::SayFound])
    }

    fn cancel(&mut self) -> Vec<Msg> {
        vec![Msg::FindNothing(self.0)]
    }
}
