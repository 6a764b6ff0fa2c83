//! The line that asks where to write the decisions that only memory holds, before the program
//! leaves.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};

/// The file for what only memory holds.
#[derive(Debug)]
pub struct Rescue;

impl Purpose for Rescue {
    fn label(&self) -> &'static str {
        "decisions are in memory only; write them to: "
    }

    fn invitation(&self) -> &'static str {
        "nothing: quit without them"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::Rescue(typed.to_owned())])
    }

    fn cancel(&mut self) -> Vec<Msg> {
        vec![Msg::Stay]
    }
}
