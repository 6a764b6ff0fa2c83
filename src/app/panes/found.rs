//! Searching within the text shown, and the lines that match.

use super::detail::DetailPane;
use crate::app::context::Cx;
use crate::app::cursor::Move;
use crate::app::overlays::msg::Msg;
use crate::command::{Command, Context};
use crate::format::line::Line;
use crate::query::Highlights;

impl DetailPane {
    /// What to highlight in the text: the search within it, or else the query in force.
    pub fn highlights<'a>(&'a self, cx: Cx<'a>) -> &'a Highlights {
        self.found.as_ref().unwrap_or(cx.in_force.highlights())
    }

    /// Searches from a line on, and scrolls to the first match.
    pub(in crate::app) fn find(&mut self, highlights: Highlights, from: usize) {
        self.scroll = from;
        let found = |line: &(usize, &Line)| has(line.1, &highlights);
        let lines = || self.page.lines_from(0).enumerate();
        let first = lines().skip(from).find(found).or(lines().find(found));
        let first = first.map(|(at, _)| at);
        self.found = Some(highlights);
        if let Some(line) = first {
            self.bring_into_sight(line);
        }
    }

    /// Ends the search, and goes back to a line.
    pub(in crate::app) fn find_nothing(&mut self, scroll: usize) {
        self.found = None;
        self.scroll = scroll;
    }

    /// Goes to the next or the previous matching line.
    pub(super) fn go_to_match(&mut self, step: Move, cx: Cx<'_>) -> Vec<Msg> {
        let highlights = self.highlights(cx);
        let lines = self.page.lines_from(0).enumerate();
        let found = lines.filter(|(_, line)| has(line, highlights));
        let mut matches: Vec<usize> = found.map(|(at, _)| at).collect();
        let at = self.matched.unwrap_or(self.scroll);
        let is_first = self.matched.is_none();
        let none = matches.is_empty();
        let found = match step {
            Move::Up(_) => {
                matches.reverse();
                matches.iter().find(|line| **line < at)
            }
            Move::Down(_) | Move::First | Move::Last => matches
                .iter()
                .find(|line| **line > at || (is_first && **line == at)),
        };
        match (found, none) {
            (Some(line), _) => {
                self.bring_into_sight(*line);
                Vec::new()
            }
            (None, true) => {
                let key = cx.env.key(Command::SearchText, Context::Detail);
                vec![Msg::Say(format!(
                    "No search in this text yet: {key} starts one."
                ))]
            }
            (None, false) => vec![Msg::Say("That was the last match in this text.".to_owned())],
        }
    }

    /// Scrolls to a line, with some of the text above it.
    fn bring_into_sight(&mut self, line: usize) {
        self.matched = Some(line);
        let seen = self.scroll..self.scroll + self.window.height;
        if !seen.contains(&line) {
            self.scroll = line
                .saturating_sub(self.window.height / 3)
                .min(self.last_scroll());
        }
    }
}

fn has(line: &Line, highlights: &Highlights) -> bool {
    !highlights.ranges(&text_of(line)).is_empty()
}

/// The text of a line, without its styling.
pub fn text_of(line: &Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}
