//! Which quotes and list items a line is in, and the code fences in them, as CommonMark has it.

/// Deeper quotes and items are not followed.
const MAX_DEPTH: usize = 32;
/// The columns of indentation that make code.
const CODE: usize = 4;

/// The open quotes and list items, outermost first.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Holder>,
}

/// A quote, or a list item whose text starts at this column.
enum Holder {
    Quote,
    Item(usize),
}

impl Nesting {
    /// Moves on to a line; returns what it holds inside its quotes and items.
    pub(super) fn enter<'a>(&mut self, line: &'a str) -> &'a str {
        let (kept, mut content) = self.kept(line);
        self.open.truncate(kept);
        while self.open.len() < MAX_DEPTH
            && let Some((holder, inner)) = Holder::started_by(content)
        {
            self.open.push(holder);
            content = inner;
        }
        content
    }

    /// What the next line will hold inside its quotes and items.
    pub(super) fn peek<'a>(&self, line: &'a str) -> &'a str {
        let (_, mut content) = self.kept(line);
        for _ in 0..MAX_DEPTH {
            match Holder::started_by(content) {
                Some((_, inner)) => content = inner,
                None => break,
            }
        }
        content
    }

    /// What a line holds inside the open quotes and items; `None` if it is not in all of them.
    pub(super) fn within<'a>(&self, line: &'a str) -> Option<&'a str> {
        let (kept, content) = self.kept(line);
        (kept == self.open.len()).then_some(content)
    }

    /// How many of the open quotes and items a line is in, and what it holds inside them.
    fn kept<'a>(&self, line: &'a str) -> (usize, &'a str) {
        let mut content = line;
        for (at, holder) in self.open.iter().enumerate() {
            match holder.continued_by(content) {
                Some(inner) => content = inner,
                None => return (at, content),
            }
        }
        (self.open.len(), content)
    }
}

impl Holder {
    fn started_by(text: &str) -> Option<(Self, &str)> {
        if let Some(inner) = quoted(text) {
            return Some((Self::Quote, inner));
        }
        let before = indentation(text);
        let marked = text.trim_start();
        let digits = marked.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match marked[digits..].chars().next()? {
            '-' | '*' | '+' if digits == 0 => 1,
            '.' | ')' if (1..=9).contains(&digits) => digits + 1,
            _ => return None,
        };
        let inner = &marked[marker..];
        let gap = indentation(inner);
        if before >= CODE || gap == 0 && !inner.is_empty() {
            return None;
        }
        // Beyond four blanks, the item starts with code.
        let gap = if gap > CODE || inner.trim().is_empty() {
            1
        } else {
            gap
        };
        Some((Self::Item(before + marker + gap), unindented(inner, gap)))
    }

    fn continued_by<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Quote => quoted(text),
            Self::Item(_) if text.trim().is_empty() => Some(""),
            Self::Item(column) => (indentation(text) >= *column).then(|| unindented(text, *column)),
        }
    }
}

/// What stands behind the `>` of a quote.
fn quoted(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('>')?;
    (indentation(text) < CODE).then(|| inner.strip_prefix(' ').unwrap_or(inner))
}

/// Whether a line is indented as code is.
pub(super) fn is_indented(text: &str) -> bool {
    indentation(text) >= CODE
}

/// The columns of blanks at the start of a text; a tab goes on to the next multiple of four.
fn indentation(text: &str) -> usize {
    columns(text).last().map_or(0, |(_, column)| column)
}

/// A text without its first columns of blanks.
fn unindented(text: &str, count: usize) -> &str {
    let at = columns(text).find(|(_, column)| *column >= count);
    at.map_or_else(|| text.trim_start(), |(end, _)| &text[end..])
}

/// The blanks at the start of a text: where each ends, in bytes and in columns.
fn columns(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let blanks = text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blanks.enumerate().scan(0, |column, (at, byte)| {
        *column = match byte {
            b'\t' => (*column / 4 + 1) * 4,
            _ => *column + 1,
        };
        Some((at + 1, *column))
    })
}

/// An open code fence.
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence that a line opens, by what it holds inside its quotes and items.
    pub(super) fn opened_by(content: &str) -> Option<Self> {
        let inner = content.trim_start();
        let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = inner.chars().take_while(|c| *c == mark).count();
        let info = &inner[length..];
        let opens = length >= 3 && !is_indented(content) && !(mark == '`' && info.contains('`'));
        opens.then_some(Self { mark, length })
    }

    pub(super) fn is_closed_by(&self, content: &str) -> bool {
        let marks = content.trim();
        !is_indented(content) && marks.len() >= self.length && marks.chars().all(|c| c == self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_in_quotes_and_items() {
        let mut nesting = Nesting::default();
        for (line, content) in [
            ("> a", "a"),
            ("> > b", "b"),
            (">  - c", "c"),
            (">    d", "d"),
            ("12) > e", "e"),
            ("    > f", "f"),
            ("\t\tg", "\tg"),
            ("- - h", "h"),
            ("    i", "i"),
            ("", ""),
            ("    j", "j"),
            ("k", "k"),
            ("    - l", "    - l"),
            ("-m", "-m"),
            ("1986 n", "1986 n"),
        ] {
            assert_eq!(nesting.enter(line), content, "{line}");
        }
    }

    #[test]
    fn a_fence_ends_with_its_quote_or_item() {
        let mut nesting = Nesting::default();
        nesting.enter("> 1. ```");
        for (line, is_in) in [(">    a", true), (">", true), ("> b", false), ("", false)] {
            assert_eq!(nesting.within(line).is_some(), is_in, "{line}");
        }
    }
}
