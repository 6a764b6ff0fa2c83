//! Asks before removing a feed from the list, or deleting a view.

use crate::app::context::Cx;
use crate::app::effect::AppRequest;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::Msg;
use crate::app::panel::Panel;
use crate::app::views::View;
use crate::command::{Command, Context};
use crate::config::ViewEdit;
use crate::feeds::service::{FeedsRequest, Listed};

/// The question.
#[derive(Debug)]
pub struct Removing {
    title: &'static str,
    /// What happens, and what does not.
    said: String,
    /// What the key that agrees does: `removes it`.
    does: &'static str,
    /// What to do then.
    then: Vec<Msg>,
}

impl Removing {
    pub fn feed(feed: &Listed) -> Self {
        let request = FeedsRequest::Remove(feed.url.clone());
        Self {
            title: "REMOVE THE FEED?",
            said: format!(
                "{} ({}) is removed from the list and no longer fetched. Its articles stay.",
                feed.name, feed.url
            ),
            does: "removes it",
            then: vec![Msg::Ask(AppRequest::Feeds(request))],
        }
    }

    pub fn view(view: View) -> Self {
        let whose = view.whose();
        Self {
            title: "DELETE THE VIEW?",
            said: format!(
                "{} ({}) is deleted from the list of views. Its query stays in the history.",
                view.name, view.text
            ),
            does: "deletes it",
            then: vec![
                Msg::Remember(view.text),
                Msg::EditViews(ViewEdit::Delete {
                    name: view.name,
                    whose,
                }),
            ],
        }
    }
}

impl Overlay for Removing {
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
                let mut msgs = vec![Msg::Close];
                msgs.append(&mut self.then);
                Some(msgs)
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
        let hint = format!(
            "{} {}, {} keeps it",
            key(Command::Confirm),
            self.does,
            key(Command::Cancel)
        );
        Panel::question(self.title, &hint, &self.said, columns)
    }
}
