//! Limits on front matter. Deep flow nesting is detected before the YAML library sees the text,
//! because its own check is quadratic. This is not a YAML parser: it knows just enough of quotes,
//! comments, block scalars and plain text not to be misled by them. When in doubt, it counts rather
//! than skips.

use super::flaw::Flaw;

/// Largest front matter that is read, in bytes.
pub const FRONT_MATTER_BYTES: usize = 64 * 1024;
/// Deepest nesting of `[` and `{`.
pub const FLOW_DEPTH: usize = 16;
/// Deepest nesting of fields and lists by indentation.
pub const BLOCK_DEPTH: usize = 100;
/// Maximum number of values that all aliases in one front matter may expand to.
pub const EXPANDED_NODES: usize = 10_000;
/// Maximum number of brackets and braces in TOML.
pub const TOML_BRACKETS: usize = 2_000;
/// Maximum number of topics per article.
pub const TOPICS: usize = 64;
/// Maximum number of warnings per article; one more says how many others there were.
pub const WARNINGS: usize = 64;

/// Checks `front`, whose lines end in `\n`, against the limits.
///
/// # Errors
/// The first violation, with its line counted from the start of `front`.
pub fn check(front: &str) -> Result<(), Flaw> {
    if front.len() > FRONT_MATTER_BYTES {
        return Err(too_long(front.len()));
    }
    Scanner {
        text: front.as_bytes(),
        at: 0,
        line: 1,
        line_start: 0,
        depth: 0,
        indents: Vec::new(),
    }
    .run()
}

/// The flaw of a front matter that is this many bytes long.
pub fn too_long(bytes: usize) -> Flaw {
    Flaw::new(format!(
        "the front matter is {} KiB long or never ends",
        bytes / 1024
    ))
    .at(1, 1)
    .hint("at most 64 KiB are read: move the long text below the closing ---")
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    line_start: usize,
    /// Open brackets and braces.
    depth: usize,
    /// The columns of the open block mappings and lists, innermost last.
    indents: Vec<usize>,
}

/// How a stretch of plain text ends.
#[derive(PartialEq, Eq)]
enum PlainEnd {
    /// With the colon that makes it a key.
    Key,
    /// At the end of its line; it may continue on the next one.
    Line,
    /// With a comment.
    Comment,
}

/// A position between brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// Where a key or value may start.
    Start,
    /// In plain text.
    Plain,
    /// After a quoted text or a closing bracket.
    Behind,
}

impl Scanner<'_> {
    fn run(mut self) -> Result<(), Flaw> {
        let mut text_goes_on = false;
        while self.at < self.text.len() {
            if self.depth > 0 {
                self.flow()?;
                text_goes_on = false;
                continue;
            }
            let column = self.skip_blanks();
            if self.end_of_line() {
                self.next_line();
            } else if text_goes_on && self.is_inside(column) && !self.at_marker() {
                text_goes_on = self.peek() != Some(b'#');
                self.skip_line();
            } else {
                text_goes_on = self.block_line()? == PlainEnd::Line;
            }
        }
        Ok(())
    }

    /// Checks a line outside brackets, from its first character. Returns how its plain text ends,
    /// or `Key` if there is none.
    fn block_line(&mut self) -> Result<PlainEnd, Flaw> {
        if self.at_marker() {
            self.at += 3;
            self.indents.clear();
        }
        let first = self.skip_blanks();
        self.indents.retain(|indent| *indent <= first);
        loop {
            let column = self.skip_blanks();
            match self.peek() {
                None | Some(b'\n' | b'\r' | b'#') => {
                    self.skip_line();
                    return Ok(PlainEnd::Key);
                }
                Some(b'!' | b'&' | b'*') => self.skip_property(),
                Some(b'-' | b'?' | b':') if self.blank_after(self.at + 1) => {
                    self.indent(column);
                    self.at += 1;
                }
                Some(quote @ (b'"' | b'\'')) => {
                    self.quoted(quote);
                    self.skip_blanks();
                    if self.peek() == Some(b':') {
                        self.indent(column);
                        self.at += 1;
                    } else {
                        self.skip_line();
                        return Ok(PlainEnd::Key);
                    }
                }
                Some(b'[' | b'{') => {
                    self.indent(column);
                    self.open()?;
                    return Ok(PlainEnd::Key);
                }
                Some(b'|' | b'>') => {
                    self.block_scalar();
                    return Ok(PlainEnd::Key);
                }
                Some(_) => match self.plain() {
                    PlainEnd::Key => self.indent(column),
                    end @ (PlainEnd::Line | PlainEnd::Comment) => return Ok(end),
                },
            }
        }
    }

    /// Records that a block mapping or list starts in this column.
    fn indent(&mut self, column: usize) {
        if self.indents.last().is_none_or(|last| *last < column) {
            self.indents.push(column);
        }
    }

    /// Whether a line that starts in this column belongs to the innermost key or dash.
    fn is_inside(&self, column: usize) -> bool {
        self.indents.last().is_none_or(|last| column > *last)
    }

    /// Whether a YAML document starts or ends here.
    fn at_marker(&self) -> bool {
        let rest = &self.text[self.at..];
        self.column() == 0
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && self.blank_after(self.at + 3)
    }

    /// Skips plain text.
    fn plain(&mut self) -> PlainEnd {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' | b'\r' => break,
                b':' if self.blank_after(self.at + 1) => {
                    self.at += 1;
                    return PlainEnd::Key;
                }
                b'#' if self.blank_before() => {
                    self.skip_line();
                    return PlainEnd::Comment;
                }
                _ => self.at += 1,
            }
        }
        self.next_line();
        PlainEnd::Line
    }

    /// Skips a block scalar: its lines are empty or indented deeper than what it belongs to.
    fn block_scalar(&mut self) {
        let owner = self.indents.last().copied().unwrap_or(0);
        self.skip_line();
        while self.at < self.text.len() {
            let start = self.at;
            let blanks = self.text[start..].iter().take_while(|byte| **byte == b' ');
            self.at += blanks.count();
            if !self.end_of_line() && self.column() <= owner {
                self.at = start;
                return;
            }
            self.skip_line();
        }
    }

    fn flow(&mut self) -> Result<(), Flaw> {
        let mut state = Flow::Start;
        while self.depth > 0 {
            let Some(byte) = self.peek() else {
                return Ok(());
            };
            state = match byte {
                b'\n' | b'\r' => {
                    self.next_line();
                    state
                }
                b' ' | b'\t' => {
                    self.at += 1;
                    state
                }
                b'#' if state != Flow::Plain || self.blank_before() => {
                    self.skip_line();
                    state
                }
                b'[' | b'{' => {
                    self.open()?;
                    Flow::Start
                }
                b']' | b'}' => {
                    self.depth -= 1;
                    self.at += 1;
                    Flow::Behind
                }
                b'"' | b'\'' if state == Flow::Start => {
                    self.quoted(byte);
                    Flow::Behind
                }
                b'!' | b'&' | b'*' if state == Flow::Start => {
                    self.skip_property();
                    Flow::Start
                }
                b',' => self.pass(Flow::Start),
                b'?' if state == Flow::Start => self.pass(Flow::Start),
                b':' if state != Flow::Plain || self.ends_key() => self.pass(Flow::Start),
                _ => self.pass(Flow::Plain),
            };
        }
        Ok(())
    }

    /// Skips one character, into the state `next`.
    fn pass(&mut self, next: Flow) -> Flow {
        self.at += 1;
        next
    }

    /// Whether the colon here ends a key of plain text between brackets.
    fn ends_key(&self) -> bool {
        let next = self.text.get(self.at + 1);
        next.is_none_or(|byte| byte.is_ascii_whitespace() || b",?[]{}".contains(byte))
    }

    fn open(&mut self) -> Result<(), Flaw> {
        self.depth += 1;
        if self.depth > FLOW_DEPTH {
            return Err(self
                .flaw(format!("brackets are nested more than {FLOW_DEPTH} deep"))
                .hint("put the text in quotes if the brackets belong to it"));
        }
        self.at += 1;
        Ok(())
    }

    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if quote == b'"' => {
                    self.at += 1;
                    if !self.end_of_line() {
                        self.at += 1;
                    }
                }
                b'\n' | b'\r' => self.next_line(),
                _ if byte == quote => {
                    self.at += 1;
                    if quote == b'\'' && self.peek() == Some(quote) {
                        self.at += 1;
                    } else {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    fn flaw(&self, reason: String) -> Flaw {
        let before = &self.text[self.line_start..self.at];
        let column = String::from_utf8_lossy(before).chars().count() as u32 + 1;
        Flaw::new(reason).at(self.line, column)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn column(&self) -> usize {
        self.at - self.line_start
    }

    fn blank_before(&self) -> bool {
        self.at == 0 || self.text[self.at - 1].is_ascii_whitespace()
    }

    fn blank_after(&self, at: usize) -> bool {
        self.text
            .get(at)
            .is_none_or(|byte| byte.is_ascii_whitespace())
    }

    fn end_of_line(&self) -> bool {
        matches!(self.peek(), None | Some(b'\n' | b'\r'))
    }

    fn skip_blanks(&mut self) -> usize {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        self.column()
    }

    /// Skips a tag, an anchor or an alias.
    fn skip_property(&mut self) {
        self.at += 1;
        let ends =
            |byte: u8| byte.is_ascii_whitespace() || (self.depth > 0 && b",[]{}".contains(&byte));
        let rest = &self.text[self.at..];
        self.at += rest.iter().take_while(|byte| !ends(**byte)).count();
    }

    fn skip_line(&mut self) {
        while !self.end_of_line() {
            self.at += 1;
        }
        self.next_line();
    }

    fn next_line(&mut self) {
        if self.peek() == Some(b'\r') && self.text.get(self.at + 1) == Some(&b'\n') {
            self.at += 1;
        }
        self.at = (self.at + 1).min(self.text.len());
        self.line += 1;
        self.line_start = self.at;
    }
}

#[cfg(test)]
mod tests;
