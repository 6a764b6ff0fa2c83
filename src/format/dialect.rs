//! Extensions that site generators and note-taking programs add to Markdown: templates, shortcodes,
//! admonitions, attributes. They are turned into plain Markdown, line by line, before parsing.
//!
//! Code is never touched, neither blocks nor spans. Anything that only resembles such markup stays:
//! a name and an end on the same line are required.

use std::borrow::Cow;

mod admonition;
pub(super) mod formula;
mod inline;
mod mdx;
mod nesting;
mod page;

use admonition::{Division, callout, division, indented_admonition, label};
pub(super) use page::plain_html;

use nesting::{Fence, Nesting, is_indented};

/// Longer lines are not generator markup, and are left as they are.
const MAX_LINE: usize = 4096;

/// A fence that does not occur in any code in a template.
const FENCE: &str = "``````````";

/// Tags around lines of code.
const CODE_TAGS: [&str; 5] = ["highlight", "codeblock", "code-toggle", "code", "prism"];

/// Which Markdown a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// Any but MDX, unless the text itself shows that it is.
    Markdown,
    Mdx,
}

/// The body in plain Markdown.
pub(super) fn plain_markdown(markdown: &str, flavour: Flavour) -> Cow<'_, str> {
    let is_mdx = flavour == Flavour::Mdx || mdx::is_used(markdown);
    if !is_mdx && !markdown.lines().any(may_be_dialect) {
        return Cow::Borrowed(markdown);
    }
    let mut writer = Writer::new(markdown, is_mdx);
    let mut rest = markdown;
    while !rest.is_empty() {
        let lines = writer.lines(rest);
        rest = behind_lines(rest, lines);
        writer.line_number += lines;
    }
    Cow::Owned(writer.written)
}

fn may_be_dialect(line: &str) -> bool {
    line.contains("{%")
        || line.contains("{{")
        || line.contains("{:")
        || line.contains("{/*")
        || line.contains("){")
        || line.contains("]{")
        || line.contains("[!")
        || line.contains("%%")
        || line.starts_with(":::")
        || line.contains('$')
        || line.starts_with("!!! ")
        || line.starts_with("???")
        || line.starts_with("*[")
}

/// A text without its first lines.
fn behind_lines(text: &str, count: usize) -> &str {
    let mut ends = text.match_indices('\n');
    let end = ends.nth(count.saturating_sub(1));
    end.map_or("", |(at, _)| &text[at + 1..])
}

fn is_formula_mark(line: &str) -> bool {
    line.trim() == "$$"
}

/// Lines that are not shown, between two marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// `{% comment %}`
    Liquid,
    /// `{::comment}`, in kramdown.
    Kramdown,
    /// `%%`, in Obsidian.
    Obsidian,
    /// `{/*`, in MDX.
    Mdx,
}

impl Hidden {
    const ALL: [Self; 4] = [Self::Liquid, Self::Kramdown, Self::Obsidian, Self::Mdx];

    /// Whether a line begins what a later line ends.
    fn is_begun_by(self, line: &str) -> bool {
        match self {
            Self::Liquid => tag(line).is_some_and(|found| found.name == "comment"),
            Self::Kramdown => line == "{::comment}",
            Self::Obsidian => {
                line == "%%"
                    || line
                        .strip_prefix("%% ")
                        .is_some_and(|rest| !rest.contains("%%"))
            }
            Self::Mdx => line.starts_with("{/*") && !line.contains("*/}"),
        }
    }

    fn is_ended_by(self, line: &str) -> bool {
        match self {
            Self::Liquid => line.contains("endcomment"),
            Self::Kramdown => line.ends_with("{:/comment}") || line.ends_with("{:/}"),
            Self::Obsidian => line.ends_with("%%"),
            Self::Mdx => line.ends_with("*/}"),
        }
    }
}

/// What a line is inside.
enum Inside {
    Text,
    Fence(Fence),
    /// Code in a template, up to the tag that ends it.
    Code(String),
    /// A formula, between `$$` and `$$`.
    Formula,
    /// Text that a template shows as it is written.
    Raw,
    Hidden(Hidden),
}

struct Writer {
    written: String,
    is_mdx: bool,
    inside: Inside,
    nesting: Nesting,
    /// For each open `:::`, whether it is shown as an admonition.
    divisions: Vec<bool>,
    /// How many of them are.
    admonitions: usize,
    /// Whether an admonition with indented lines (`!!! note`) is open.
    indented: bool,
    blank_before: bool,
    line_number: usize,
    /// The last line with `$$`: a formula that never ends does not start.
    last_formula_mark: usize,
    /// The last line that ends each kind of hidden lines.
    last_ends: [usize; Hidden::ALL.len()],
}

impl Writer {
    fn new(markdown: &str, is_mdx: bool) -> Self {
        let last = |is_one: &dyn Fn(&str) -> bool| {
            let lines = markdown.lines().enumerate();
            lines
                .filter(|(_, line)| is_one(line))
                .last()
                .map_or(0, |(number, _)| number)
        };
        Self {
            written: String::with_capacity(markdown.len() + markdown.len() / 8),
            is_mdx,
            inside: Inside::Text,
            nesting: Nesting::default(),
            divisions: Vec::new(),
            admonitions: 0,
            indented: false,
            blank_before: true,
            line_number: 0,
            last_formula_mark: last(&is_formula_mark),
            last_ends: Hidden::ALL.map(|hidden| last(&|line| hidden.is_ended_by(line.trim()))),
        }
    }

    /// Takes the first line of the rest, or as many as belong together; returns how many.
    fn lines(&mut self, rest: &str) -> usize {
        let line = rest.lines().next().unwrap_or_default();
        let is_text = matches!(self.inside, Inside::Text) && line.len() <= MAX_LINE;
        if !self.is_mdx || !is_text {
            self.line(line);
            return 1;
        }
        if self.blank_before
            && let Some(lines) = mdx::module_code(rest)
        {
            self.blank_before = true;
            return lines;
        }
        if line.contains('<') && Fence::opened_by(self.nesting.peek(line)).is_none() {
            let (plain, lines) = mdx::plain_tags(rest);
            self.line(&plain);
            return lines;
        }
        self.line(line);
        1
    }

    fn line(&mut self, line: &str) {
        let line = self.without_indent(line);
        let trimmed = line.trim();
        let was_blank = std::mem::replace(&mut self.blank_before, trimmed.is_empty());
        match &self.inside {
            Inside::Fence(fence) => match self.nesting.within(line) {
                Some(content) => {
                    if fence.is_closed_by(content) {
                        self.inside = Inside::Text;
                    }
                    self.push(line);
                }
                None => {
                    self.inside = Inside::Text;
                    self.outside(line, was_blank);
                }
            },
            Inside::Code(end) => {
                if tag(trimmed).is_some_and(|found| found.ends(end)) {
                    self.inside = Inside::Text;
                    self.push(FENCE);
                } else {
                    self.push(line);
                }
            }
            Inside::Hidden(hidden) => {
                if hidden.is_ended_by(trimmed) {
                    self.inside = Inside::Text;
                }
            }
            Inside::Formula if is_formula_mark(line) => {
                self.inside = Inside::Text;
                self.push(FENCE);
            }
            Inside::Formula => self.push(line),
            Inside::Raw if tag(trimmed).is_some_and(|found| found.name == "endraw") => {
                self.inside = Inside::Text;
            }
            Inside::Raw => self.push(line),
            Inside::Text => self.outside(line, was_blank),
        }
    }

    /// A line outside everything that is kept as it is.
    fn outside(&mut self, line: &str, was_blank: bool) {
        let content = self.nesting.enter(line);
        let is_indented = is_indented(content);
        if let Some(fence) = Fence::opened_by(content) {
            self.inside = Inside::Fence(fence);
            self.push(line);
        } else if is_indented && was_blank || line.len() > MAX_LINE {
            // The line after an indented line of code may be code as well.
            self.blank_before |= is_indented;
            self.push(line);
        } else {
            self.text(line, content.trim());
        }
    }

    /// A line of an indented admonition, without the indentation.
    fn without_indent<'a>(&mut self, line: &'a str) -> &'a str {
        if !self.indented || line.trim().is_empty() {
            return line;
        }
        match line
            .strip_prefix("    ")
            .or_else(|| line.strip_prefix('\t'))
        {
            Some(inner) => inner,
            None => {
                self.indented = false;
                line
            }
        }
    }

    /// A line of text; `content` is what it holds inside its quotes and list items.
    fn text(&mut self, line: &str, content: &str) {
        let trimmed = line.trim();
        if let Some(found) = tag(trimmed) {
            if CODE_TAGS.contains(&found.name) {
                self.inside = Inside::Code(found.name.to_owned());
                return self.push(FENCE);
            }
            if found.name == "raw" {
                return self.inside = Inside::Raw;
            }
        }
        if let Some(hidden) = self.hidden_from(trimmed) {
            return self.inside = Inside::Hidden(hidden);
        }
        if is_formula_mark(line) && self.line_number < self.last_formula_mark {
            self.inside = Inside::Formula;
            return self.push(FENCE);
        }
        if is_attributes(content)
            || is_abbreviation(content)
            || trimmed == "[TOC]"
            || trimmed == "[[toc]]"
        {
            return self.drop_list_that_is_a_contents(trimmed);
        }
        if let Some(division) = division(trimmed) {
            return self.open_or_close(division);
        }
        if let Some((kind, title)) = indented_admonition(trimmed) {
            self.blank();
            self.indented = true;
            return self.label(&kind, title);
        }
        match callout(line) {
            Some((before, kind, title)) => {
                let title = inline::plain(title);
                self.push(&format!("{before} {}", label(&kind, &title)));
                self.push(before);
            }
            None => self.push(&inline::plain(line)),
        }
    }

    /// What is hidden from this line to a later one.
    fn hidden_from(&self, line: &str) -> Option<Hidden> {
        let mut kinds = Hidden::ALL.into_iter().zip(self.last_ends);
        let found = kinds.find(|(kind, last)| self.line_number < *last && kind.is_begun_by(line));
        found.map(|(kind, _)| kind)
    }

    fn open_or_close(&mut self, division: Division<'_>) {
        match division {
            Division::Admonition { kind, title } => {
                self.blank();
                self.divisions.push(true);
                self.admonitions += 1;
                self.label(kind, title);
            }
            Division::Layout => {
                self.push("");
                self.divisions.push(false);
            }
            Division::End => match self.divisions.pop() {
                Some(false) => self.push(""),
                Some(true) => {
                    self.admonitions -= 1;
                    self.blank();
                }
                None => self.blank(),
            },
        }
    }

    fn label(&mut self, kind: &str, title: &str) {
        let text = label(kind, title);
        self.push(&text);
        self.push("");
    }

    /// Ends a paragraph.
    fn blank(&mut self) {
        self.written.push('\n');
    }

    /// `{:toc}` turns the list before it into a table of contents.
    fn drop_list_that_is_a_contents(&mut self, attributes: &str) {
        if attributes.contains(":toc") {
            let kept = self.written.trim_end_matches('\n');
            let last = kept.rfind('\n').map_or(0, |at| at + 1);
            if kept[last..].starts_with(['*', '-', '1']) {
                self.written.truncate(last);
            }
        }
    }

    fn push(&mut self, line: &str) {
        let quotes = (self.admonitions + usize::from(self.indented)).min(8);
        for _ in 0..quotes {
            self.written.push_str("> ");
        }
        self.written.push_str(line);
        self.written.push('\n');
    }
}

/// A tag on a line of its own.
struct Tag<'a> {
    name: &'a str,
}

impl Tag<'_> {
    /// Whether it ends what a tag of this name began.
    fn ends(&self, name: &str) -> bool {
        self.name
            .strip_prefix("end")
            .or_else(|| self.name.strip_prefix('/'))
            == Some(name)
    }
}

/// `{% name … %}`, `{{< name … >}}` and `{{% name … %}}`.
fn tag(line: &str) -> Option<Tag<'_>> {
    const AROUND: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
    let (open, close) = AROUND.iter().find(|(open, _)| line.starts_with(open))?;
    let inner = line.strip_prefix(open)?.strip_suffix(close)?;
    if inner.contains(close) {
        return None;
    }
    let name = inner
        .trim_matches(['-', ' ', '\t'])
        .split_whitespace()
        .next()?;
    (name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')).then_some(Tag { name })
}

/// `{: .class #id }` and `{:toc}`, alone on a line.
fn is_attributes(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}') && !line[1..].contains('{')
}

/// `*[HTML]: Hyper Text Markup Language`
fn is_abbreviation(line: &str) -> bool {
    line.strip_prefix("*[")
        .and_then(|inner| inner.split_once("]:"))
        .is_some_and(|(short, _)| !short.is_empty() && !short.contains(['[', ']']))
}

#[cfg(test)]
mod tests;
