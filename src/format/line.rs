//! A line of text ready for the screen: sanitised runs, each with a role. The theme chooses the
//! colours.

use std::ops::Range;

use super::clean::Clean;

/// What a run of text is; the theme gives it a look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextRole {
    #[default]
    Text,
    /// Less important: ages, hints, list markers, captions.
    Faint,
    Strong,
    Emphasis,
    Strike,
    Code,
    /// In code: a word of the language.
    Keyword,
    /// In code: a text between quotes.
    Quoted,
    /// In code: a number.
    Figure,
    /// In code: a comment.
    Comment,
    /// A heading inside a body.
    Heading,
    Quote,
    Link,
    /// The title of an article or of a pane.
    Title,
    /// The title of an unread article.
    Unread,
    /// What has the focus or is picked.
    Accent,
    /// What a search found.
    Match,
    Star,
    Published,
    Staged,
    Later,
    Warning,
    Error,
}

/// Text of one role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub text: Clean,
    pub role: TextRole,
    /// Index into the links of the line's source, if the text is a link.
    pub link: Option<usize>,
}

/// Linked words of a line: adjacent runs of one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedWords {
    /// Where they are, in columns from the start of the line.
    pub columns: Range<usize>,
    pub link: usize,
    pub words: String,
}

/// At most one row of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub runs: Vec<Run>,
}

impl Line {
    /// An empty line to push runs to.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty line that separates paragraphs.
    pub fn blank() -> Self {
        Self::default()
    }

    /// Appends text, unless it is empty.
    pub fn push(&mut self, text: Clean, role: TextRole) {
        self.push_run(Run {
            text,
            role,
            link: None,
        });
    }

    /// Appends a run, unless it is empty.
    pub fn push_run(&mut self, run: Run) {
        if !run.text.is_empty() {
            self.runs.push(run);
        }
    }

    /// The line with something before it.
    pub fn after(self, text: Clean, role: TextRole) -> Self {
        self.after_run(Run {
            text,
            role,
            link: None,
        })
    }

    /// The line with a run before it.
    pub fn after_run(self, run: Run) -> Self {
        if run.text.is_empty() {
            return self;
        }
        let mut line = Self {
            runs: Vec::with_capacity(self.runs.len() + 1),
        };
        line.push_run(run);
        line.runs.extend(self.runs);
        line
    }

    /// The line, with all of its text linked.
    pub fn leading_to(mut self, link: Option<usize>) -> Self {
        for run in &mut self.runs {
            run.link = link;
        }
        self
    }

    /// Whether it shows nothing.
    pub fn is_blank(&self) -> bool {
        self.runs.is_empty()
    }

    /// The linked words, from left to right.
    pub fn linked(&self) -> impl Iterator<Item = LinkedWords> {
        let mut column = 0;
        let pieces = self
            .runs
            .chunk_by(|a, b| a.link == b.link)
            .map(move |runs| {
                let start = column;
                column += runs.iter().map(|run| run.text.width()).sum::<usize>();
                (start..column, runs)
            });
        pieces.filter_map(|(columns, runs)| {
            Some(LinkedWords {
                columns,
                link: runs[0].link?,
                words: runs.iter().map(|run| run.text.as_str()).collect(),
            })
        })
    }

    /// Its width in terminal columns.
    pub fn width(&self) -> usize {
        self.runs.iter().map(|run| run.text.width()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjacent_runs_of_one_link_lead_there_together() {
        let run = |text: &str, link| Run {
            text: Clean::new(text),
            role: TextRole::Link,
            link,
        };
        let line = Line {
            runs: vec![
                run("図 ", None),
                run("a ", Some(3)),
                run("b", Some(3)),
                run("c", Some(0)),
            ],
        };
        let found: Vec<_> = line
            .linked()
            .map(|it| (it.columns, it.link, it.words))
            .collect();
        assert_eq!(
            found,
            [(3..6, 3, "a b".to_owned()), (6..7, 0, "c".to_owned())]
        );
    }

    #[test]
    fn a_line_is_as_wide_as_its_runs_and_keeps_no_empty_ones() {
        let mut line = Line::new();
        line.push(Clean::label("● "), TextRole::Unread);
        line.push(Clean::label(""), TextRole::Faint);
        line.push(Clean::new("日本"), TextRole::Title);
        assert_eq!(line.runs.len(), 2);
        assert_eq!(line.width(), 6);
        assert!(!line.is_blank() && Line::blank().is_blank());
    }
}
