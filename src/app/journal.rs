//! The journal, laid over the panes: what was decided, newest first, and taking it back from there.

use super::event::Effect;
use super::list::Cursor;
use super::overlay::Overlay;
use super::state::State;
use crate::desk::{DeskRequest, Noted, Standing, Which};

/// Entries of the journal, with a cursor among them.
#[derive(Debug)]
pub struct Journal {
    pub entries: Vec<Noted>,
    pub cursor: Cursor,
}

impl Journal {
    pub(super) fn new(entries: Vec<Noted>) -> Self {
        Self {
            entries,
            cursor: Cursor::default(),
        }
    }
}

impl State {
    /// Takes back the decision under the cursor of the journal.
    pub(super) fn take_back(&mut self) -> Vec<Effect> {
        let Some(Overlay::Journal(journal)) = &self.overlay else {
            return Vec::new();
        };
        let Some(entry) = journal.entries.get(journal.cursor.at) else {
            return Vec::new();
        };
        let entry = &entry.entry;
        if entry.standing == Standing::TakenBack {
            self.notice("It is taken back already.");
            return Vec::new();
        }
        let id = entry.transaction.id;
        self.overlay = None;
        vec![Effect::Desk(DeskRequest::Undo(Which::Id(id)))]
    }
}
