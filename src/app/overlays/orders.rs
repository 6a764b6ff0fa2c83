//! The sort orders, to choose from. Choosing one edits the query.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::{ListUpdate, Msg};
use crate::app::panel::{Panel, PanelChoice, plain, position};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::query::fields::SORTS;
use crate::query::{Direction, SortKey};

/// The orders, and the cursor.
#[derive(Debug)]
pub struct Orders {
    cursor: Cursor,
    height: usize,
}

impl Orders {
    pub fn new(cx: Cx<'_>) -> Self {
        let by = cx.in_force.order().map(|key| key.by);
        let at = by.and_then(|by| SORTS.iter().position(|row| row.value == by));
        Self {
            cursor: Cursor {
                at: at.unwrap_or_default(),
                top: 0,
            },
            height: 1,
        }
    }

    /// Sorts by the order under the cursor, best, newest or longest first; a second time reverses
    /// it.
    fn pick(&self, cx: Cx<'_>) -> Vec<Msg> {
        let Some(row) = SORTS.get(self.cursor.at) else {
            return Vec::new();
        };
        let first = SortKey::best_first(row.value);
        let key = match cx.in_force.order() {
            Some(key) if key == first => SortKey {
                direction: other(first.direction),
                ..first
            },
            _ => first,
        };
        let mut query = cx.in_force.query().clone();
        query.sort = vec![key];
        vec![Msg::Search(query, ListUpdate::Relist)]
    }

    /// Drops the chosen order.
    fn forget(cx: Cx<'_>) -> Vec<Msg> {
        let mut query = cx.in_force.query().clone();
        query.sort.clear();
        vec![Msg::Close, Msg::Search(query, ListUpdate::Relist)]
    }
}

impl Overlay for Orders {
    fn context(&self) -> Context {
        Context::Orders
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, SORTS.len());
            return Some(Vec::new());
        }
        match command {
            Command::Enter => Some(self.pick(cx)),
            Command::ForgetOrder => Some(Self::forget(cx)),
            _ => None,
        }
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(SORTS.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Orders);
        let body = panel_body(cx.env.size);
        let in_force = cx.in_force.order();
        let row = |at: usize| {
            let row = &SORTS[at];
            let key = in_force.filter(|key| key.by == row.value);
            let (lead, role) = match key.map(|key| key.direction) {
                Some(Direction::Natural) => ("", TextRole::Accent),
                Some(Direction::Reversed) => ("-", TextRole::Accent),
                None => ("", TextRole::Text),
            };
            let choice = PanelChoice {
                lead: Clean::label(lead),
                text: Clean::label(row.word),
                role,
                about: plain(row.about),
                about_role: TextRole::Faint,
                ..PanelChoice::default()
            };
            choice.row(body.columns)
        };
        let panel = Panel {
            title: Clean::label("SORT"),
            corner: position(self.cursor.at, SORTS.len()),
            hint: Clean::new(&format!(
                "{} sorts, again reverses; {} resets, {} closes",
                key(Command::Enter),
                key(Command::ForgetOrder),
                key(Command::Cancel)
            )),
            ..Panel::default()
        };
        panel.with_rows(self.cursor, SORTS.len(), usize::from(body.rows), row)
    }
}

fn other(direction: Direction) -> Direction {
    match direction {
        Direction::Natural => Direction::Reversed,
        Direction::Reversed => Direction::Natural,
    }
}
