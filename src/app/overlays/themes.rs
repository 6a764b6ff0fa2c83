//! The themes, to choose from: the screen shows the one under the cursor.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelCell, PanelRow, Placement};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::theme::{Base, ThemeBase, ThemeChoice, about, bases};

/// Columns for a name.
const NAME: u16 = 20;

/// The themes, and the cursor.
#[derive(Debug)]
pub struct Themes {
    bases: Vec<Base>,
    /// The choice when this was opened.
    before: ThemeChoice,
    cursor: Cursor,
    height: usize,
}

impl Themes {
    pub fn new(cx: Cx<'_>) -> Self {
        let bases = bases();
        let before = cx.env.looks.choice().clone();
        let at = match &before.start {
            ThemeBase::Bundled(base) => bases.iter().position(|it| it == base),
            ThemeBase::File(_) => None,
        };
        Self {
            cursor: Cursor {
                at: at.unwrap_or_default(),
                top: 0,
            },
            bases,
            before,
            height: 1,
        }
    }

    /// Draws with the theme under the cursor.
    fn show(&self) -> Vec<Msg> {
        let base = self.bases.get(self.cursor.at);
        let choice = base.map(|base| Msg::Choose(self.before.from_base(*base)));
        choice.into_iter().collect()
    }

    /// Saves the theme under the cursor in the configuration.
    fn keep(&self) -> Vec<Msg> {
        let mut msgs = self.show();
        let base = self.bases.get(self.cursor.at);
        msgs.push(Msg::Close);
        msgs.extend(base.map(|base| Msg::Ask(AppRequest::KeepTheme(*base))));
        msgs
    }
}

impl Overlay for Themes {
    fn context(&self) -> Context {
        Context::Themes
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.bases.len());
            return Some(self.show());
        }
        (command == Command::Enter).then(|| self.keep())
    }

    fn settle(&mut self, cx: Cx<'_>) {
        // The strip that it is drawn in takes a third of the screen.
        self.height = usize::from((cx.env.size.rows / 3).saturating_sub(1)).max(1);
        self.cursor.settle(self.bases.len(), self.height);
    }

    fn cancel(&mut self, _cx: Cx<'_>) -> Vec<Msg> {
        vec![Msg::Choose(self.before.clone())]
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Themes);
        let columns = cx.env.size.columns.saturating_sub(2);
        let row = |at: usize| {
            let base = self.bases[at];
            let about_at = 2 + NAME + 1;
            let room = columns.saturating_sub(about_at + 1);
            PanelRow {
                cells: vec![
                    PanelCell::new(2, NAME, Clean::new(base.name()), TextRole::Text),
                    PanelCell::new(about_at, room, Clean::new(&about(base)), TextRole::Faint),
                ],
            }
        };
        let panel = Panel {
            placement: Placement::Line,
            title: Clean::label("THEMES"),
            hint: Clean::new(&format!(
                "{} saves this one, {} restores the old one",
                key(Command::Enter),
                key(Command::Cancel)
            )),
            ..Panel::default()
        };
        panel.with_rows(self.cursor, self.bases.len(), self.height, row)
    }
}
