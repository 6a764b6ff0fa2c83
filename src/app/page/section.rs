//! The lines of a page in two parts: the head, and the rest, which may be long.

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::glyphs::Glyphs;
use crate::app::pictures::Spaces;
use crate::format::line::Line;

/// What a page depends on besides the article.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLayout {
    pub columns: u16,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub glyphs: &'static Glyphs,
    pub more: More,
    /// What is below the captions of pictures.
    pub spaces: Arc<Spaces>,
}

/// Whether fields that only machines need are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum More {
    #[default]
    Folded,
    Open,
}

/// Lines of a page, composed for a width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    lines: Vec<Line>,
    /// For each line, the number of letters up to its end. Independent of the width, since wrapping
    /// only changes what is between letters.
    letters: Vec<usize>,
    /// The targets of its links, as written.
    links: Vec<String>,
    /// The pictures, from top to bottom.
    pictures: Vec<Pictured>,
}

/// Lines left free for a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pictured {
    pub lines: Range<usize>,
    /// The number of columns before it.
    pub indent: usize,
    /// The picture's address, as written.
    pub url: String,
}

impl Section {
    pub(super) fn new(
        lines: Vec<Line>,
        letters: Vec<usize>,
        links: Vec<String>,
        pictures: Vec<Pictured>,
    ) -> Self {
        Self {
            lines,
            letters,
            links,
            pictures,
        }
    }
}

/// An article as lines: the head, which is composed again after each decision, and the rest, which
/// may be long and is composed off the screen's thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    head: Section,
    rest: Arc<Section>,
}

impl Page {
    pub fn new(head: Section, rest: Arc<Section>) -> Self {
        Self { head, rest }
    }

    /// Replaces the head.
    pub fn set_head(&mut self, head: Section) {
        self.head = head;
    }

    /// The number of lines.
    pub fn len(&self) -> usize {
        self.head.lines.len() + self.rest.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines from `first` on.
    pub fn lines_from(&self, first: usize) -> impl Iterator<Item = &Line> {
        let head = self.head.lines.len();
        let upper = self.head.lines.get(first..).unwrap_or_default();
        let lower = self.rest.lines.get(first.saturating_sub(head)..);
        upper.iter().chain(lower.unwrap_or_default())
    }

    /// The pictures, each with the first line of the page left free for it.
    pub fn pictures(&self) -> impl Iterator<Item = (usize, &Pictured)> {
        let head = self.head.lines.len();
        let pictures = self.rest.pictures.iter();
        pictures.map(move |it| (head + it.lines.start, it))
    }

    /// Whether another section leaves the same room for pictures.
    pub(in crate::app) fn is_spaced_like(&self, other: &Section) -> bool {
        self.rest.pictures == other.pictures
    }

    /// The target of a link in a line, as written.
    pub fn link(&self, line: usize, link: usize) -> Option<&str> {
        let section = match line < self.head.lines.len() {
            true => &self.head,
            false => &self.rest,
        };
        section.links.get(link).map(String::as_str)
    }

    /// The other end of a footnote, for a line that leads to `url`: from a reference in the text to
    /// the note below, and from the note to its first reference.
    pub fn other_end(&self, line: usize, url: &str) -> Option<usize> {
        if !url.starts_with('#') {
            return None;
        }
        let link = self.rest.links.iter().position(|it| it == url)?;
        let is_end = |line: &Line| line.runs.iter().any(|run| run.link == Some(link));
        let first = self.rest.lines.iter().position(is_end)?;
        let note = self.rest.lines.iter().rposition(is_end)?;
        let above = self.head.lines.len();
        let to = if line == above + note { first } else { note };
        (first != note).then_some(above + to)
    }

    /// The number of letters before a line.
    pub fn letters_before(&self, line: usize) -> usize {
        match line.min(self.len()) {
            0 => 0,
            line => self.letters_through(line - 1),
        }
    }

    /// The line that contains the first letter after this many.
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
