//! Choosing one of many by typing some of its letters: what matches, and the cursor among the
//! matches. What there is to choose from, and what choosing does, is up to the overlay.

use std::ops::Range;

use tui_input::Input;

use super::context::Cx;
use super::cursor::{Cursor, step};
use super::geometry::panel_body;
use super::panel::{Panel, PanelInput, PanelRow, position};
use crate::command::Command;
use crate::format::clean::Clean;
use crate::query::by_letters;

/// What matches the typed letters.
#[derive(Debug)]
pub struct ByLetters {
    /// The text of each choice.
    texts: Vec<String>,
    /// The matching ones: index of the choice, and the matching bytes of its text.
    found: Vec<LetterMatch>,
    input: Input,
    cursor: Cursor,
    height: usize,
}

/// A choice, by its index, and the bytes of its text that were typed.
pub type LetterMatch = (usize, Vec<Range<usize>>);

/// What the panel says around the choices.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    pub title: &'static str,
    pub label: &'static str,
    pub invitation: &'static str,
    /// Where nothing matches.
    pub nothing: &'static str,
}

impl ByLetters {
    pub fn new(texts: Vec<String>) -> Self {
        let mut new = Self {
            texts,
            found: Vec::new(),
            input: Input::default(),
            cursor: Cursor::default(),
            height: 1,
        };
        new.narrow();
        new
    }

    /// Searches for the typed letters again.
    pub fn narrow(&mut self) {
        let texts = self.texts.iter().map(String::as_str);
        self.found = by_letters(self.input.value(), texts);
        self.cursor = Cursor::default();
    }

    /// The index of the choice under the cursor.
    pub fn current(&self) -> Option<usize> {
        self.found.get(self.cursor.at).map(|(at, _)| *at)
    }

    pub fn text(&self, choice: usize) -> &str {
        &self.texts[choice]
    }

    /// Moves the cursor; returns whether the command does that.
    pub fn go(&mut self, command: Command) -> bool {
        let step = step(command, self.height);
        if let Some(step) = step {
            self.cursor.go(step, self.found.len());
        }
        step.is_some()
    }

    pub fn input(&mut self) -> &mut Input {
        &mut self.input
    }

    pub fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(self.found.len(), self.height);
    }

    /// The panel, with a row for each visible choice in this many columns.
    pub fn panel(
        &self,
        wording: Wording,
        cx: Cx<'_>,
        row: impl Fn(&LetterMatch, u16) -> PanelRow,
    ) -> Panel {
        let body = panel_body(cx.env.size);
        let panel = Panel {
            title: Clean::label(wording.title),
            corner: position(self.cursor.at, self.found.len()),
            input: Some(PanelInput {
                label: wording.label.to_owned(),
                invitation: wording.invitation.to_owned(),
                input: self.input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        if self.found.is_empty() {
            return Panel {
                body: vec![PanelRow::sentence(wording.nothing, body.columns)],
                ..panel
            };
        }
        let row = |at: usize| row(&self.found[at], body.columns);
        panel.with_rows(self.cursor, self.found.len(), usize::from(body.rows), row)
    }
}
