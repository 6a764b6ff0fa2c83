//! Asks whether to quit if something was staged or typed in this run: the key that goes back may
//! have been pressed once too often.

use crate::app::context::Cx;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::{Msg, OverlaySpec};
use crate::app::panel::Panel;
use crate::command::{Command, Context, Key, Resolution};
use crate::format::number;

/// The question.
#[derive(Debug)]
pub struct Quitting;

impl Overlay for Quitting {
    fn context(&self) -> Context {
        Context::Confirm
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        match command {
            Command::Enter | Command::Confirm => Some(vec![Msg::Close, Msg::Leave]),
            // Whoever presses it again has not read the question.
            Command::Back => Some(Vec::new()),
            _ => None,
        }
    }

    /// The key that reviews what is staged does so here too, since the question names it.
    fn type_key(&mut self, key: Key, cx: Cx<'_>) -> Option<Vec<Msg>> {
        let resolved = cx.env.keymap.resolve(Context::List, &[], key);
        let is_review =
            matches!(resolved, Resolution::Run(bound) if bound.command() == Some(Command::Review));
        let has_staged = !cx.marks.sets().staged.is_empty();
        (is_review && has_staged).then(|| vec![Msg::Close, Msg::Open(OverlaySpec::Review)])
    }

    fn question(&self) -> OverlayQuestion {
        OverlayQuestion::Shown
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Confirm);
        let columns = panel_body(cx.env.size).columns;
        let review = cx.env.key(Command::Review, Context::List);
        let staged = cx.marks.sets().staged.len() as usize;
        let said = match staged {
            0 => "Every decision is kept.".to_owned(),
            _ => format!(
                "Every decision is kept. {} staged but not written yet: {review} reviews and \
                 writes, now or next time.",
                number::articles(staged)
            ),
        };
        let hint = format!(
            "{} quits, {} stays",
            key(Command::Confirm),
            key(Command::Cancel)
        );
        Panel::question("QUIT?", &hint, &said, columns)
    }
}
