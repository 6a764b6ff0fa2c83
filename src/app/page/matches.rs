//! Where a page says something: looking through all of its lines, which takes a while where it is
//! long.

use super::Page;
use crate::query::Highlights;

/// How many lines are looked through before it is asked whether anybody still waits.
const LINES: usize = 256;

/// A place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Counted from 0.
    pub line: usize,
    /// The byte of the line at which it begins.
    pub start: usize,
}

impl Page {
    /// All places that have what is looked for, in order; `None` when that was given up.
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
