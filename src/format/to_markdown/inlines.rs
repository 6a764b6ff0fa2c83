//! Runs of text in Markdown: styles, links, code, lines.

use super::escape::{TextPosition, destination, push};
use crate::format::block::{Inline, RunStyle};

/// What stands between two lines of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// A backslash and a new line.
    Line,
    /// A tag, in a table: its rows cannot span lines.
    Tag,
    /// A space, in a heading.
    Space,
}

/// Runs of text in one paragraph.
pub(super) struct Inlines<'a> {
    /// The document's links.
    pub links: &'a [String],
    /// What the names of footnotes begin with.
    pub notes: &'a str,
    pub breaks: Break,
}

impl Inlines<'_> {
    /// The runs in Markdown, in one line or more.
    pub(super) fn written(&self, text: &[Inline]) -> String {
        let mut written = String::new();
        for runs in text.chunk_by(|a, b| a.link == b.link && a.link.is_some()) {
            let target = runs[0].link.and_then(|at| self.links.get(at));
            match target {
                None => self.run(&runs[0], &mut written),
                Some(note) if note.starts_with('#') => {
                    runs.iter()
                        .for_each(|run| self.note(&note[1..], run, &mut written));
                }
                Some(url) => self.link(url, runs, &mut written),
            }
        }
        written
    }

    /// References to a footnote, as often as its name is shown.
    fn note(&self, name: &str, run: &Inline, written: &mut String) {
        let shown = format!("[{name}]");
        let reference = format!("[^{}{}]", self.notes, note_name(name));
        self.each_line(&run.text, written, |line, written| {
            written.push_str(&reference.repeat(line.matches(&shown).count()));
        });
    }

    fn link(&self, url: &str, runs: &[Inline], written: &mut String) {
        let Some(destination) = destination(url) else {
            runs.iter().for_each(|run| self.run(run, written));
            return;
        };
        // An exclamation mark before it would make it a picture.
        if written.ends_with('!') {
            written.pop();
            written.push_str("&#33;");
        }
        let mut words = String::new();
        runs.iter().for_each(|run| self.run(run, &mut words));
        written.push_str(&format!("[{words}]({destination})"));
    }

    fn run(&self, run: &Inline, written: &mut String) {
        let text = run.text.as_str();
        let (mark, tag) = match run.style {
            RunStyle::Plain | RunStyle::Template => return self.text(text, written),
            RunStyle::Code => return self.each_line(text, written, code),
            RunStyle::Emphasis => ("*", "em"),
            RunStyle::Strong => ("**", "strong"),
            RunStyle::Strike => ("~~", "del"),
        };
        let inner = text.trim();
        if inner.is_empty() {
            return self.text(text, written);
        }
        let start = text.len() - text.trim_start().len();
        self.text(&text[..start], written);
        if is_apart(written, &text[start + inner.len()..], inner) {
            written.push_str(mark);
            self.text(inner, written);
            written.push_str(mark);
        } else {
            written.push_str(&format!("<{tag}>"));
            self.text(inner, written);
            written.push_str(&format!("</{tag}>"));
        }
        self.text(&text[start + inner.len()..], written);
    }

    fn text(&self, text: &str, written: &mut String) {
        self.each_line(text, written, |line, written| {
            let at_start = written.is_empty() || written.ends_with('\n');
            let place = if at_start {
                TextPosition::LineStart
            } else {
                TextPosition::Inside
            };
            push(written, line, place);
        });
    }

    fn each_line(&self, text: &str, written: &mut String, write: impl Fn(&str, &mut String)) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                written.push_str(match self.breaks {
                    Break::Line => "\\\n",
                    Break::Tag => "<br>",
                    Break::Space => " ",
                });
            }
            write(line, written);
        }
    }
}

/// Whether marks around `inner` are certain to be read as such: a blank or the start precedes them,
/// the text begins and ends with letters, and a blank follows. A mark beside a letter or beside
/// another mark has finer rules.
fn is_apart(before: &str, after: &str, inner: &str) -> bool {
    let opens = before.is_empty() || before.ends_with([' ', '\n', '(']);
    let plain = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let closes = plain(inner.chars().next_back());
    opens && plain(inner.chars().next()) && closes && (after.is_empty() || after.starts_with(' '))
}

/// Code in as many ticks as it needs; in a tag if a site generator would replace parts of it.
fn code(text: &str, written: &mut String) {
    let text: String = text.chars().filter(|sign| !sign.is_control()).collect();
    if text.is_empty() {
        return;
    }
    if text.trim().is_empty() || text.contains(['{', '|', '\\']) {
        written.push_str("<code>");
        push(written, &text, TextPosition::Inside);
        written.push_str("</code>");
        return;
    }
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    // A blank at both ends is not part of the code.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    // Ticks beside ticks would be one longer fence.
    if written.ends_with('`') {
        written.push_str("<!-- -->");
    }
    written.push_str(&format!("{ticks}{pad}{text}{pad}{ticks}"));
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, mark: char) -> usize {
    let runs = text.split(|sign| sign != mark).map(str::len);
    runs.max().unwrap_or_default()
}

/// The name of a footnote, without what would end it.
pub(super) fn note_name(name: &str) -> String {
    let is_name =
        |sign: &char| !sign.is_whitespace() && !sign.is_control() && !"[]^\\{}|`".contains(*sign);
    let name: String = name.chars().filter(is_name).collect();
    if name.is_empty() {
        "note".to_owned()
    } else {
        name
    }
}
