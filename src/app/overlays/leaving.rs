//! Asks whether to leave while something is under way. If that finishes first, the program leaves
//! by itself.

use crate::app::context::Cx;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::Msg;
use crate::app::panel::Panel;
use crate::command::{Command, Context};

/// The question.
#[derive(Debug)]
pub struct Leaving;

impl Overlay for Leaving {
    fn context(&self) -> Context {
        Context::Confirm
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        match command {
            Command::Enter | Command::Confirm => Some(vec![Msg::LeaveNow]),
            // Whoever presses it again has not read the question.
            Command::Back | Command::Quit => Some(Vec::new()),
            _ => None,
        }
    }

    fn cancel(&mut self, _cx: Cx<'_>) -> Vec<Msg> {
        vec![Msg::Stay]
    }

    fn question(&self) -> OverlayQuestion {
        OverlayQuestion::Shown
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Confirm);
        let columns = panel_body(cx.env.size).columns;
        let said = "What you asked for is not finished. The program leaves on its own once it is; \
                    if you leave now, the rest is lost.";
        let hint = format!(
            "{} leaves without it, {} stays",
            key(Command::Confirm),
            key(Command::Cancel)
        );
        Panel::question("LEAVE NOW?", &hint, said, columns)
    }
}
