//! What front matter may not hold, looked for before the YAML library sees the text: deep flow
//! nesting (its own check is quadratic), anchors and aliases (which expand). Not a YAML parser: it
//! knows just enough of quotes, comments, block scalars and plain text not to be misled by them.

use super::flaw::Flaw;

/// The most bytes of front matter that are read.
pub const FRONT_MATTER_BYTES: usize = 64 * 1024;
/// The deepest that `[` and `{` may be nested.
pub const FLOW_DEPTH: usize = 16;
/// The most topics of one article.
pub const TOPICS: usize = 64;

/// Looks for what is capped in `front`.
///
/// # Errors
/// The first thing found, with its line counted from the start of `front`.
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
    }
    .run()
}

/// What to say of front matter of so many bytes.
pub fn too_long(bytes: usize) -> Flaw {
    Flaw::new(format!(
        "the front matter is {} KiB long or never ends",
        bytes / 1024
    ))
    .at(1, 1)
    .hint("64 KiB are read at most: move the long text below the closing ---")
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    line_start: usize,
    depth: usize,
}

impl Scanner<'_> {
    fn run(mut self) -> Result<(), Flaw> {
        // The column that continuation lines of the last plain scalar must lie right of.
        let mut plain_owner: Option<usize> = None;
        while self.at < self.text.len() {
            if self.depth > 0 {
                self.flow()?;
                plain_owner = None;
                continue;
            }
            let indent = self.skip_blanks();
            if self.end_of_line() {
                self.next_line();
            } else if plain_owner.is_some_and(|owner| indent > owner) {
                self.skip_line();
            } else {
                plain_owner = self.block_line()?;
            }
        }
        Ok(())
    }

    /// A line outside of flow collections, from its first character. Answers the column of the key
    /// or dash that a plain scalar at the line's end belongs to.
    fn block_line(&mut self) -> Result<Option<usize>, Flaw> {
        let mut owner = self.column();
        while self.peek() == Some(b'-') && self.blank_after(self.at + 1) {
            owner = self.column();
            self.at += 1;
            self.skip_blanks();
        }
        let mut expects_key = true;
        loop {
            self.skip_blanks();
            match self.peek() {
                None | Some(b'\n' | b'\r' | b'#') => {
                    self.skip_line();
                    return Ok(None);
                }
                Some(b'&' | b'*') => self.anchor()?,
                Some(b'!') => self.skip_word(),
                Some(quote @ (b'"' | b'\'')) => {
                    let column = self.column();
                    self.quoted(quote);
                    owner = if expects_key { column } else { owner };
                    self.skip_blanks();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        expects_key = false;
                    } else if !self.end_of_line() {
                        self.skip_line();
                        return Ok(None);
                    }
                }
                Some(b'[' | b'{') => {
                    self.open()?;
                    return Ok(None);
                }
                Some(b'|' | b'>') if !expects_key || owner < self.column() => {
                    self.block_scalar(owner);
                    return Ok(None);
                }
                Some(_) => {
                    let column = self.column();
                    if !self.plain() {
                        return Ok(Some(owner));
                    }
                    if expects_key {
                        owner = column;
                    }
                    expects_key = false;
                }
            }
        }
    }

    /// Plain text up to the `: ` behind a key (true) or the end of the line (false).
    fn plain(&mut self) -> bool {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' | b'\r' => {
                    self.next_line();
                    return false;
                }
                b':' if self.blank_after(self.at + 1) => {
                    self.at += 1;
                    return true;
                }
                b'#' if self.at > 0 && matches!(self.text[self.at - 1], b' ' | b'\t') => {
                    self.skip_line();
                    return false;
                }
                _ => self.at += 1,
            }
        }
        false
    }

    /// The lines of a block scalar: all that are empty or indented deeper than what owns it.
    fn block_scalar(&mut self, owner: usize) {
        self.skip_line();
        while self.at < self.text.len() {
            let start = self.at;
            let indent = self.skip_blanks();
            if !self.end_of_line() && indent <= owner {
                self.at = start;
                return;
            }
            self.skip_line();
        }
    }

    fn flow(&mut self) -> Result<(), Flaw> {
        let mut value_may_start = true;
        while self.depth > 0 {
            let Some(byte) = self.peek() else {
                return Ok(());
            };
            match byte {
                b'[' | b'{' if value_may_start => self.open()?,
                b']' | b'}' => {
                    self.depth -= 1;
                    self.at += 1;
                    value_may_start = false;
                }
                b'[' | b'{' => self.open()?,
                b'"' | b'\'' if value_may_start => {
                    self.quoted(byte);
                    value_may_start = false;
                }
                b'&' | b'*' if value_may_start => self.anchor()?,
                b'!' if value_may_start => self.skip_word(),
                b',' => {
                    self.at += 1;
                    value_may_start = true;
                }
                b':' => {
                    self.at += 1;
                    value_may_start = true;
                }
                b'#' if self.at > 0 && self.text[self.at - 1].is_ascii_whitespace() => {
                    self.skip_line()
                }
                b'\n' | b'\r' => self.next_line(),
                b' ' | b'\t' => self.at += 1,
                _ => {
                    self.at += 1;
                    value_may_start = false;
                }
            }
        }
        Ok(())
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

    fn anchor(&self) -> Result<(), Flaw> {
        let what = if self.peek() == Some(b'&') {
            "an anchor (&)"
        } else {
            "an alias (*)"
        };
        Err(self
            .flaw(format!("{what} stands where a value is expected"))
            .hint("put the value in quotes if the sign belongs to the text; anchors and aliases are not read"))
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

    fn skip_word(&mut self) {
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace()) {
            self.at += 1;
        }
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
mod tests {
    use super::*;

    fn reason(front: &str) -> String {
        check(front).expect_err("something capped").reason
    }

    #[test]
    fn deep_nesting_is_found_at_once() {
        assert!(reason(&format!("a: {}", "[".repeat(32_000))).contains("nested"));
        assert!(reason(&format!("a:\n  - {}", "{a: ".repeat(17))).contains("nested"));
        assert!(check(&format!("a: {}{}", "[".repeat(16), "]".repeat(16))).is_ok());
        assert!(check("a: [1, [2, 3]]\nb: {c: [d]}\n").is_ok());
    }

    #[test]
    fn anchors_and_aliases_are_found_where_a_value_starts() {
        let flaw = check("title: x\nb: &a 1\n").unwrap_err();
        assert_eq!(
            flaw.place.map(|place| (place.line, place.column)),
            Some((2, 4))
        );
        assert!(reason("a: *b").contains("alias"));
        assert!(reason("a:\n  - &x y\n").contains("anchor"));
        assert!(reason("a: [b, *c]").contains("alias"));
        assert!(reason("*a : b").contains("alias"));
        assert!(reason("<<: *base").contains("alias"));
    }

    #[test]
    fn the_signs_inside_texts_are_only_text() {
        for fine in [
            "a: AT&T and *this*\n",
            "a: \"&x [[[[[[[[[[[[[[[[[[[[[\"\n",
            "a: '*it''s* [[[[[[[[[[[[[[[[[[['\n",
            "a: |\n  &x\n  *y\n  [[[[[[[[[[[[[[[[[[[[[[[[[\nb: 1\n",
            "a: >-\n\n  *y*\nb: 1\n",
            "- k: |\n    *y*\n  l: 2\n",
            "a: some text\n  *goes on* here\nb: 1\n",
            "a: b # &comment\n# *comment\n",
            "a: http://x/[[[[[[[[[[[[[[[[[[[[[\n",
            "a: [x&y, z*]\n",
            "\"quoted key\": 1\n",
            "a: \"two\n  *lines*\"\nb: 2\n",
        ] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
    }

    #[test]
    fn what_follows_a_block_scalar_is_looked_at_again() {
        assert!(reason("a: |\n  *y*\nb: *z\n").contains("alias"));
        assert!(reason("- k: |\n    *y*\n  l: *z\n").contains("alias"));
    }

    #[test]
    fn long_front_matter_is_refused() {
        assert!(reason(&format!("a: {}", "x".repeat(FRONT_MATTER_BYTES))).contains("64 KiB"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_or_stalls(text in "[-a:&*\\[\\]{}|>#'\"!, \\n\\r\\t\\\\é]{0,200}") {
            let _ = check(&text);
        }
    }
}
