//! Extensions that site generators and note-taking programs add to Markdown: templates, shortcodes,
//! admonitions, attributes. They are turned into plain Markdown, line by line, before parsing.
//!
//! Code is never touched, neither blocks nor spans. Anything that only resembles such markup stays:
//! a name and an end on the same line are required.

use std::borrow::Cow;

pub(super) mod formula;
mod inline;

/// Longer lines are not generator markup, and are left as they are.
const MAX_LINE: usize = 4096;

/// A fence that does not occur in any code in a template.
const FENCE: &str = "``````````";

/// Tags around lines of code.
const CODE_TAGS: [&str; 5] = ["highlight", "codeblock", "code-toggle", "code", "prism"];

/// The body in plain Markdown.
pub(super) fn plain_markdown(markdown: &str) -> Cow<'_, str> {
    let is_dialect = |line: &str| {
        line.contains("{%")
            || line.contains("{{")
            || line.contains("{:")
            || line.contains("{/*")
            || line.contains("[!")
            || line.starts_with(":::")
            || line.contains('$')
            || line.starts_with("!!! ")
            || line.starts_with("???")
            || line.starts_with("import ")
    };
    if !markdown.lines().any(is_dialect) {
        return Cow::Borrowed(markdown);
    }
    let mut writer = Writer {
        written: String::with_capacity(markdown.len() + markdown.len() / 8),
        inside: Inside::Text,
        admonitions: 0,
        indented: false,
        blank_before: true,
        formula_marks: count(markdown, is_formula_mark),
        comment_ends: count(markdown, ends_comment),
    };
    for line in markdown.lines() {
        writer.line(line);
        writer.comment_ends -= usize::from(ends_comment(line));
        writer.formula_marks -= usize::from(is_formula_mark(line));
    }
    Cow::Owned(writer.written)
}

fn count(markdown: &str, is_one: impl Fn(&str) -> bool) -> usize {
    markdown.lines().filter(|line| is_one(line)).count()
}

fn is_formula_mark(line: &str) -> bool {
    line.trim() == "$$"
}

fn ends_comment(line: &str) -> bool {
    line.contains("endcomment")
}

/// What a line is inside.
enum Inside {
    Text,
    /// A fence: its character and length.
    Fence(char, usize),
    /// Code in a template, up to the tag that ends it.
    Code(String),
    /// A formula, between `$$` and `$$`.
    Formula,
    /// Text that a template shows as it is written.
    Raw,
    /// Text that a template does not show.
    Comment,
}

struct Writer {
    written: String,
    inside: Inside,
    /// How many `:::` are open.
    admonitions: usize,
    /// Whether an admonition with indented lines (`!!! note`) is open.
    indented: bool,
    blank_before: bool,
    /// Number of `$$` lines from here on: a formula that never ends does not start.
    formula_marks: usize,
    /// Number of lines from here on that end a comment.
    comment_ends: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let line = self.without_indent(line);
        let trimmed = line.trim();
        let was_blank = std::mem::replace(&mut self.blank_before, trimmed.is_empty());
        match &self.inside {
            Inside::Fence(mark, length) => {
                let closes = fence(line)
                    .is_some_and(|(other, long)| other == *mark && long >= *length)
                    && trimmed.chars().all(|c| c == *mark);
                if closes {
                    self.inside = Inside::Text;
                }
                self.push(line);
            }
            Inside::Code(end) => {
                if tag(trimmed).is_some_and(|found| found.ends(end)) {
                    self.inside = Inside::Text;
                    self.push(FENCE);
                } else {
                    self.push(line);
                }
            }
            Inside::Comment => {
                if ends_comment(trimmed) {
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
            Inside::Text => {
                let is_indented = line.starts_with("    ") || line.starts_with('\t');
                if let Some((mark, length)) = fence(line) {
                    self.inside = Inside::Fence(mark, length);
                    self.push(line);
                } else if is_indented && was_blank || line.len() > MAX_LINE {
                    // The line after an indented line of code may be code as well.
                    self.blank_before |= is_indented;
                    self.push(line);
                } else {
                    self.text(line, trimmed);
                }
            }
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

    fn text(&mut self, line: &str, trimmed: &str) {
        if let Some(found) = tag(trimmed) {
            if CODE_TAGS.contains(&found.name) {
                self.inside = Inside::Code(found.name.to_owned());
                return self.push(FENCE);
            }
            match found.name {
                "raw" => return self.inside = Inside::Raw,
                "comment" if self.comment_ends > 0 => return self.inside = Inside::Comment,
                _ => {}
            }
        }
        if is_formula_mark(line) && self.formula_marks > 1 {
            self.inside = Inside::Formula;
            return self.push(FENCE);
        }
        if is_attributes(trimmed)
            || is_import(trimmed)
            || trimmed == "[TOC]"
            || trimmed == "[[toc]]"
        {
            return self.drop_list_that_is_a_contents(trimmed);
        }
        if let Some(label) = fenced_admonition(trimmed) {
            return self.open_or_close(label);
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

    fn open_or_close(&mut self, found: Option<(String, &str)>) {
        self.blank();
        match found {
            Some((kind, title)) => {
                self.admonitions += 1;
                self.label(&kind, title);
            }
            None => self.admonitions = self.admonitions.saturating_sub(1),
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

/// The label of an admonition, shown above its text.
fn label(kind: &str, title: &str) -> String {
    let mut letters = kind.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let named = format!("**{first}{}**", letters.as_str().replace(['-', '_'], " "));
    if title.is_empty() {
        named
    } else {
        format!("{named} {title}")
    }
}

/// The character and length of a fence line.
fn fence(line: &str) -> Option<(char, usize)> {
    let inner = line.trim_start_matches([' ', '>', '-', '*', '+']);
    let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = inner.chars().take_while(|c| *c == mark).count();
    let info = &inner[length..];
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
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

/// `import Tabs from '@theme/Tabs';`
fn is_import(line: &str) -> bool {
    line.starts_with("import ")
        && line.trim_end_matches(';').ends_with(['\'', '"'])
        && (line.contains(" from ")
            || line.starts_with("import '")
            || line.starts_with("import \""))
}

/// `:::note[Title]`, `:::note Title`, `::: {.callout-note title="Title"}`; the inner value is
/// `None` for `:::`.
fn fenced_admonition(line: &str) -> Option<Option<(String, &str)>> {
    let inner = line.strip_prefix(":::")?.trim_start_matches(':').trim();
    if inner.is_empty() {
        return Some(None);
    }
    let words = inner.trim_start_matches(['{', '.', ' ']);
    let words = words.strip_prefix("callout-").unwrap_or(words);
    let length = words
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(words.len());
    let (kind, title) = words.split_at(length);
    if kind.is_empty() {
        return None;
    }
    let title = match inner.find("title=\"") {
        Some(at) => inner[at + 7..].split('"').next().unwrap_or_default(),
        None if inner.starts_with('{') => "",
        None => title.trim().trim_start_matches('[').trim_end_matches(']'),
    };
    Some(Some((kind.to_owned(), title)))
}

/// `!!! note "Title"` and `??? note`.
fn indented_admonition(line: &str) -> Option<(String, &str)> {
    let inner = line
        .strip_prefix("!!! ")
        .or_else(|| line.strip_prefix("??? "))
        .or_else(|| line.strip_prefix("???+ "))?
        .trim();
    let (kind, title) = inner.split_once(' ').unwrap_or((inner, ""));
    let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_title = title.is_empty() || title.contains('"');
    (is_kind && is_title).then(|| (kind.to_owned(), title.trim().trim_matches('"')))
}

/// `> [!NOTE]` and `> [!note]- Title`, with the `>` before it.
fn callout(line: &str) -> Option<(&str, String, &str)> {
    let inner = line.trim_start_matches([' ', '>']);
    let before = line[..line.len() - inner.len()].trim_end();
    let (kind, title) = inner.strip_prefix("[!")?.split_once(']')?;
    let kind = kind.split('|').next()?.trim();
    let is_kind = !kind.is_empty()
        && kind
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    (before.contains('>') && is_kind).then(|| {
        (
            before,
            kind.to_owned(),
            title.trim_start_matches(['+', '-']).trim(),
        )
    })
}

#[cfg(test)]
mod tests;
