//! Composes the lines of a page: texts, links and pictures one below another, at a given width. The
//! parent module decides what is said, and in which order.

use super::loaded::LoadedArticle;
use super::section::{PageLayout, Pictured, Section};
use crate::app::pictures::Below;
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::link::Link;
use crate::format::{date, wrap};
use crate::model::Moment;

/// A page being composed.
pub(super) struct Composer<'a> {
    pub(super) layout: &'a PageLayout,
    pub(super) lines: Vec<Line>,
    /// Lines that were cut, each with the number of letters left out.
    pub(super) cut: Vec<(usize, usize)>,
    /// The targets of its links; those of the body first.
    links: Vec<String>,
    pictures: Vec<Pictured>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(layout: &'a PageLayout) -> Self {
        Self {
            layout,
            lines: Vec::new(),
            cut: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// Creates a composer for lines with the links of a body.
    pub(super) fn of_body(loaded: &LoadedArticle, layout: &'a PageLayout) -> Self {
        Self {
            links: loaded.document.links.clone(),
            ..Self::new(layout)
        }
    }

    pub(super) fn finish(self) -> Section {
        let mut cut = self.cut.into_iter().peekable();
        let mut sum = 0;
        let letters = self.lines.iter().enumerate().map(|(at, line)| {
            sum += line
                .runs
                .iter()
                .map(|run| letters(run.text.as_str()))
                .sum::<usize>();
            if let Some((_, left_out)) = cut.next_if(|(line, _)| *line == at) {
                sum += left_out;
            }
            sum
        });
        let letters = letters.collect();
        Section::new(self.lines, letters, self.links, self.pictures)
    }

    /// Adds a blank line between parts.
    pub(super) fn part(&mut self) {
        let ends_with_picture = || {
            let last = self.pictures.last();
            last.is_some_and(|it| it.lines.end == self.lines.len())
        };
        let last = self.lines.last();
        if last.is_some_and(|line| !line.is_blank()) || ends_with_picture() {
            self.lines.push(Line::blank());
        }
    }

    pub(super) fn text(&mut self, text: &str, role: TextRole) {
        self.lines
            .extend(wrap::text(text, usize::from(self.layout.columns), role));
    }

    /// Adds parts with dots between them; one that does not fit starts a new line.
    pub(super) fn joined(&mut self, parts: &[String], role: TextRole) {
        let mut line = String::new();
        for part in parts {
            let longer = format!("{line}{}{part}", self.layout.glyphs.dot);
            if line.is_empty() {
                line = part.clone();
            } else if Clean::new(&longer).width() <= usize::from(self.layout.columns) {
                line = longer;
            } else {
                self.text(&std::mem::replace(&mut line, part.clone()), role);
            }
        }
        self.text(&line, role);
    }

    pub(super) fn cut(&mut self, text: &str, role: TextRole, link: Option<usize>) {
        let columns = usize::from(self.layout.columns);
        let whole = Clean::new(text);
        let shown = whole.cut_with(columns, self.layout.glyphs.ellipsis);
        let left_out = letters(whole.as_str()) - letters(shown.as_str());
        self.cut.push((self.lines.len(), left_out));
        let mut line = Line::new();
        line.push(shown, role);
        self.lines.push(line.leading_to(link));
    }

    /// Adds text on a single line that leads to `url`. The beginning of an address shows where it
    /// leads, and `O` shows all of it.
    pub(super) fn cut_link(&mut self, text: &str, role: TextRole, url: &str) {
        let link = self.link_to(url);
        self.cut(text, role, Some(link));
    }

    pub(super) fn link_to(&mut self, url: &str) -> usize {
        self.links.push(url.to_owned());
        self.links.len() - 1
    }

    pub(super) fn link(&mut self, url: &str) {
        match Link::parse(url) {
            Ok(link) => {
                self.cut_link(&link.shown(), TextRole::Link, url);
                if let Some(warning) = link.warning() {
                    self.text(&warning, TextRole::Warning);
                }
            }
            Err(refusal) => {
                self.cut(url, TextRole::Faint, None);
                self.text(&refusal.to_string(), TextRole::Warning);
            }
        }
    }

    /// Leaves room for a picture where it first occurs on the page, if it can be shown; otherwise
    /// says why not.
    pub(super) fn picture(&mut self, url: &str, margin: &Clean) {
        let is_new = || self.pictures.iter().all(|it| it.url != url);
        match self.layout.spaces.get(url) {
            Some(Below::Rows(rows)) if is_new() => {
                let first = self.lines.len();
                let after = first + usize::from(*rows);
                let line = Line::blank().after(margin.clone(), TextRole::Faint);
                self.lines.resize(after, line);
                self.pictures.push(Pictured {
                    lines: first..after,
                    indent: margin.width(),
                    url: url.to_owned(),
                });
            }
            Some(Below::Words(words)) => self.text(words, TextRole::Faint),
            Some(Below::Rows(_)) | None => {}
        }
    }

    /// The layout for wrapping the body.
    pub(super) fn wrapping(&self) -> wrap::Layout {
        wrap::Layout {
            signs: self.layout.glyphs.body,
            ..wrap::Layout::new(usize::from(self.layout.columns))
        }
    }

    /// Adds the lines of the body, with its pictures.
    pub(super) fn body(&mut self, wrapped: wrap::Wrapped) {
        let mut lines = wrapped.lines.into_iter();
        let mut taken = 0;
        for picture in wrapped.pictures {
            self.lines
                .extend(lines.by_ref().take(picture.below - taken));
            taken = picture.below;
            self.picture(&picture.url, &picture.margin);
        }
        self.lines.extend(lines);
    }

    pub(super) fn ago(&self, moment: Moment) -> String {
        date::relative(moment, self.layout.now, &self.layout.zone)
    }

    pub(super) fn when(&self, moment: Moment) -> String {
        let PageLayout { zone, glyphs, .. } = self.layout;
        format!(
            "{}{}{}",
            date::absolute(moment, zone),
            glyphs.dot,
            self.ago(moment)
        )
    }
}

/// The number of letters and digits in a text.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|sign| sign.is_alphanumeric()).count()
}

/// A URL for display; a relative or unsafe one is shown as it is.
pub(super) fn shown_url(url: &str) -> String {
    Link::parse(url).map_or_else(|_| url.to_owned(), |link| link.shown())
}
