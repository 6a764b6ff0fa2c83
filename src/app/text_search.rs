//! Searching in the text that is shown: for what was typed there, else for what the query in force
//! looks for.

use super::event::Effect;
use super::list::Move;
use super::prompt::Purpose;
use super::state::State;
use crate::format::line::Line;
use crate::query::{Highlights, QueryError};

impl State {
    /// Asks what to look for in the text.
    pub(super) fn open_text_search(&mut self) -> Vec<Effect> {
        if self.detail.article.is_none() {
            self.notice("There is no text to search in.");
            return Vec::new();
        }
        let scroll = self.detail.scroll;
        self.open_prompt(Purpose::Text { scroll }, String::new())
    }

    /// What is marked in the text that is shown.
    pub fn text_highlights(&self) -> &Highlights {
        self.detail
            .found
            .as_ref()
            .unwrap_or(&self.search.highlights)
    }

    /// Shows where the text says what is typed, from the line `from` on.
    pub(super) fn look_in_text(
        &mut self,
        found: Result<Highlights, QueryError>,
        from: usize,
    ) -> Vec<Effect> {
        match found {
            Ok(highlights) => {
                self.detail.found = Some(highlights);
                self.detail.scroll = from;
                let matches = self.matching_lines();
                let first = matches.iter().find(|line| **line >= from);
                if let Some(line) = first.or(matches.first()) {
                    self.scroll_to(*line);
                }
            }
            Err(error) => self.complain(error.into()),
        }
        Vec::new()
    }

    /// Goes to the next line of the text, or the previous one, that has what is looked for.
    pub(super) fn go_to_match(&mut self, step: Move) {
        let matches = self.matching_lines();
        let at = self.detail.matched.unwrap_or(self.detail.scroll);
        let is_first = self.detail.matched.is_none();
        let found = match step {
            Move::Up(_) => matches.iter().rev().find(|line| **line < at),
            _ => matches
                .iter()
                .find(|line| **line > at || (is_first && **line == at)),
        };
        match (found, matches.is_empty()) {
            (Some(line), _) => self.scroll_to(*line),
            (None, true) => self.notice("Nothing is looked for in this text: / does."),
            (None, false) => self.notice("That was the last one in this text."),
        }
    }

    fn matching_lines(&self) -> Vec<usize> {
        let highlights = self.text_highlights();
        let lines = self.detail.page.lines.iter().enumerate();
        lines
            .filter(|(_, line)| !highlights.ranges(&text_of(line)).is_empty())
            .map(|(at, _)| at)
            .collect()
    }

    /// Brings a line into sight, with some of the text above it.
    fn scroll_to(&mut self, line: usize) {
        self.detail.matched = Some(line);
        let height = self.detail_height();
        let seen = self.detail.scroll..self.detail.scroll + height;
        if !seen.contains(&line) {
            self.detail.scroll = line.saturating_sub(height / 3).min(self.last_scroll());
        }
    }
}

/// What a line says, whatever its runs are.
pub fn text_of(line: &Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}
