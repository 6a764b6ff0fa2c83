//! The prompt for the address of a new feed.

use crate::app::context::Cx;
use crate::app::effect::AppRequest;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};
use crate::feeds::adding::typed_link;
use crate::feeds::service::FeedsRequest;

/// The address of a feed, or of a page that names it.
#[derive(Debug)]
pub struct AddFeed;

impl Purpose for AddFeed {
    fn label(&self) -> &'static str {
        "add feed: "
    }

    fn invitation(&self) -> &'static str {
        "its address, or that of a page that links to it"
    }

    fn accept(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        if typed.trim().is_empty() {
            return Ok(vec![Msg::Say(
                "Not added: no address was given.".to_owned(),
            )]);
        }
        match typed_link(typed) {
            Ok(_) => Ok(vec![Msg::Ask(AppRequest::Feeds(FeedsRequest::Add(
                typed.to_owned(),
            )))]),
            Err(error) => Err(Complaint::new(typed, error.to_string())),
        }
    }
}
