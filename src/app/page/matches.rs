//! Searches a page: goes through all of its lines, which takes a while on a long page.

use super::Page;
use crate::query::Highlights;

/// Lines searched between two checks for cancellation.
const LINES: usize = 256;

/// A match in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Counted from 0.
    pub line: usize,
    /// The byte offset in the line at which it starts.
    pub start: usize,
}

impl Page {
    /// Returns all matches in order; `None` if cancelled.
    pub fn matches(&self, wanted: &Highlights, gone: &dyn Fn() -> bool) -> Option<Vec<Match>> {
        let mut matches = Vec::new();
        for (line, shown) in self.lines_from(0).enumerate() {
            if line % LINES == 0 && gone() {
                return None;
            }
            let text: String = shown.runs.iter().map(|run| run.text.as_str()).collect();
            let found = wanted.ranges(&text).into_iter();
            matches.extend(found.map(|range| Match {
                line,
                start: range.start,
            }));
        }
        Some(matches)
    }
}
