//! The journal: what was decided, newest first; decisions can be undone from here.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::event::Reply;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelChoice, PanelRow, position};
use crate::command::{Command, Context};
use crate::desk::{DeskEvent, DeskRequest, JournalLine, TransactionState, UndoTarget};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::number;

/// The entries of the journal, and the cursor.
#[derive(Debug)]
pub struct Journal {
    /// `None` until the desk has sent them.
    entries: Option<Vec<JournalLine>>,
    cursor: Cursor,
    height: usize,
}

impl Journal {
    pub fn new() -> (Self, Msg) {
        let journal = Self {
            entries: None,
            cursor: Cursor::default(),
            height: 1,
        };
        (journal, Msg::Ask(AppRequest::Desk(DeskRequest::Journal)))
    }

    fn entries(&self) -> &[JournalLine] {
        self.entries.as_deref().unwrap_or_default()
    }

    /// Undoes the decision under the cursor.
    fn take_back(&self) -> Vec<Msg> {
        let Some(noted) = self.entries().get(self.cursor.at) else {
            return Vec::new();
        };
        if noted.entry.standing == TransactionState::TakenBack {
            return vec![Msg::Say("It is undone already.".to_owned())];
        }
        let id = noted.entry.transaction.id;
        let undo = AppRequest::Desk(DeskRequest::Undo(UndoTarget::Id(id)));
        vec![Msg::Close, Msg::Ask(undo)]
    }
}

impl Overlay for Journal {
    fn context(&self) -> Context {
        Context::Journal
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            let count = self.entries().len();
            self.cursor.go(step, count);
            return Some(Vec::new());
        }
        (command == Command::Enter).then(|| self.take_back())
    }

    fn reply(&mut self, reply: Reply, _cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Desk(told) = reply {
            for told in told {
                match told {
                    DeskEvent::Journal(entries) => self.entries = Some(entries),
                    DeskEvent::Refused(_) => return vec![Msg::Close],
                    DeskEvent::Marks(_)
                    | DeskEvent::Kept { .. }
                    | DeskEvent::Unchanged { .. }
                    | DeskEvent::TakenBack { .. }
                    | DeskEvent::Review(_)
                    | DeskEvent::Written { .. }
                    | DeskEvent::Saved(_)
                    | DeskEvent::Trouble(_)
                    | DeskEvent::Notice(_) => {}
                }
            }
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        let count = self.entries().len();
        self.cursor.settle(count, self.height);
    }

    fn question(&self) -> OverlayQuestion {
        match self.entries {
            None => OverlayQuestion::Waiting,
            Some(_) => OverlayQuestion::Shown,
        }
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Journal);
        let body = panel_body(cx.env.size);
        let entries = self.entries();
        let panel = Panel {
            title: Clean::label("JOURNAL"),
            corner: position(self.cursor.at, entries.len()),
            hint: Clean::new(&format!(
                "{} undoes a decision, {} closes",
                key(Command::Enter),
                key(Command::Cancel)
            )),
            ..Panel::default()
        };
        if entries.is_empty() {
            let said = match self.entries {
                Some(_) => "No decisions yet.".to_owned(),
                None => format!("Reading the journal{}", cx.env.glyphs.ellipsis),
            };
            return Panel {
                body: vec![PanelRow::sentence(&said, body.columns)],
                ..panel
            };
        }
        let row = |at: usize| {
            let JournalLine { entry, about } = &entries[at];
            let when = entry.transaction.when.to_zoned(cx.env.zone.clone());
            let taken_back = entry.standing == TransactionState::TakenBack;
            let mut label = entry.transaction.label.clone();
            if !about.is_empty() {
                label.push_str(&format!(": {about}"));
            }
            if taken_back {
                label.push_str(" (undone)");
            }
            let choice = PanelChoice {
                text: Clean::new(&when.strftime("%Y-%m-%d %H:%M").to_string()),
                role: TextRole::Faint,
                about: Clean::new(&label),
                about_role: if taken_back {
                    TextRole::Faint
                } else {
                    TextRole::Text
                },
                right: Clean::new(&number::grouped(entry.number)),
                ..PanelChoice::default()
            };
            choice.row(body.columns)
        };
        panel.with_rows(self.cursor, entries.len(), usize::from(body.rows), row)
    }
}
