//! The lines of a page, in two parts: the head, and the rest, which can be long. How they are composed
//! is the parent's.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Composer, LoadedArticle};
use crate::app::glyphs::Glyphs;
use crate::format::line::{Line, Role};
use crate::format::wrap;
use crate::model::Article;

/// Lines of a body that fill more than a screen.
const FIRST_LINES: usize = 200;
/// What is known of an article at the time the head of its page is composed.
pub enum Known<'a> {
    /// What the library keeps in memory.
    Headline(&'a Article),
    /// The same, and why there is no more.
    Failed(&'a Article, &'a str),
    /// Everything.
    Loaded(&'a Article),
}

/// What a page depends on besides the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub columns: u16,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub glyphs: &'static Glyphs,
    pub more: More,
}

/// Whether what only machines want is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum More {
    #[default]
    Folded,
    Open,
}

/// Lines of a page, composed for a number of columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    lines: Vec<Line>,
    /// For each line, the letters up to its end: the same whatever the width, as only what is
    /// between them changes.
    letters: Vec<usize>,
}

impl Section {
    pub(super) fn new(lines: Vec<Line>, letters: Vec<usize>) -> Self {
        Self { lines, letters }
    }

    /// The head of a page: what is known of the article without its body, and what was decided.
    pub fn head(known: &Known<'_>, decided: &[(String, Role)], layout: &Layout) -> Self {
        let mut composer = Composer::new(layout);
        match known {
            Known::Headline(article) | Known::Loaded(article) => composer.head(article, decided),
            Known::Failed(article, reason) => {
                composer.head(article, decided);
                composer.part();
                composer.text(reason, Role::Error);
            }
        }
        composer.finish()
    }

    /// What the first screen shows of what is below the head; `None` where all of it is composed
    /// as quickly.
    pub fn beginning(loaded: &LoadedArticle, layout: &Layout) -> Option<Self> {
        let mut composer = Composer::new(layout);
        composer.lines.push(Line::blank());
        let lines = wrap::beginning(&loaded.document, &composer.wrapping(), FIRST_LINES);
        composer.lines.extend(lines);
        (composer.lines.len() > FIRST_LINES).then(|| composer.finish())
    }

    /// Everything below the head.
    pub fn rest(loaded: &LoadedArticle, layout: &Layout) -> Self {
        let mut composer = Composer::new(layout);
        composer.lines.push(Line::blank());
        composer.rest(loaded);
        if composer.lines.len() == 1 {
            composer.lines.clear();
        }
        composer.finish()
    }
}

/// An article as lines: the head, which is composed again whenever something is decided, and the
/// rest, which can be long and is composed off the screen's thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    head: Section,
    rest: Arc<Section>,
}

impl Page {
    pub fn new(head: Section, rest: Arc<Section>) -> Self {
        Self { head, rest }
    }

    /// Puts another head in the place of this one.
    pub fn set_head(&mut self, head: Section) {
        self.head = head;
    }

    /// The number of its lines.
    pub fn len(&self) -> usize {
        self.head.lines.len() + self.rest.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its lines from `first` on.
    pub fn lines_from(&self, first: usize) -> impl Iterator<Item = &Line> {
        let head = self.head.lines.len();
        let upper = self.head.lines.get(first..).unwrap_or_default();
        let lower = self.rest.lines.get(first.saturating_sub(head)..);
        upper.iter().chain(lower.unwrap_or_default())
    }

    /// Letters before a line.
    pub fn letters_before(&self, line: usize) -> usize {
        match line.min(self.len()) {
            0 => 0,
            line => self.letters_through(line - 1),
        }
    }

    /// The line that the letter after so many stands in.
    pub fn line_after(&self, letters_before: usize) -> usize {
        let (mut low, mut high) = (0, self.len().saturating_sub(1));
        while low < high {
            let middle = (low + high) / 2;
            if self.letters_through(middle) > letters_before {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    fn letters_through(&self, line: usize) -> usize {
        let above = self.head.letters.last().copied().unwrap_or_default();
        match line.checked_sub(self.head.letters.len()) {
            None => self.head.letters[line],
            Some(line) => above + self.rest.letters[line],
        }
    }
}
