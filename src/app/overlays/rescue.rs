//! The prompt that asks, before the program leaves, where to write decisions held only in memory.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};

/// The file for decisions held only in memory.
#[derive(Debug)]
pub struct Rescue;

/// The suggested file: named after the time, so that it does not exist yet.
pub fn file_name(cx: Cx<'_>) -> String {
    let now = cx.env.now.to_zoned(cx.env.zone.clone());
    let name = now.strftime("newsdesk-decisions-%Y%m%d-%H%M%S.jsonl");
    name.to_string()
}

impl Purpose for Rescue {
    fn label(&self) -> &'static str {
        "decisions are in memory only; write them to: "
    }

    fn invitation(&self) -> &'static str {
        "empty: quit without them"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::Rescue(typed.to_owned())])
    }

    fn cancel(&mut self) -> Vec<Msg> {
        vec![Msg::Stay]
    }
}
