//! Asks before removing a feed from the list.

use crate::app::context::Cx;
use crate::app::effect::AppRequest;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::Msg;
use crate::app::panel::Panel;
use crate::command::{Command, Context};
use crate::feeds::service::{FeedsRequest, Listed};

/// The question.
#[derive(Debug)]
pub struct RemoveFeed(pub Listed);

impl Overlay for RemoveFeed {
    fn context(&self) -> Context {
        Context::Confirm
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        match command {
            Command::Enter | Command::Confirm => {
                let request = FeedsRequest::Remove(self.0.url.clone());
                Some(vec![Msg::Close, Msg::Ask(AppRequest::Feeds(request))])
            }
            _ => None,
        }
    }

    fn question(&self) -> OverlayQuestion {
        OverlayQuestion::Shown
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Confirm);
        let columns = panel_body(cx.env.size).columns;
        let Self(feed) = self;
        let said = format!(
            "{} ({}) is removed from the list and no longer fetched. Its articles stay.",
            feed.name, feed.url
        );
        let hint = format!(
            "{} removes it, {} keeps it",
            key(Command::Confirm),
            key(Command::Cancel)
        );
        Panel::question("REMOVE THE FEED?", &hint, &said, columns)
    }
}
