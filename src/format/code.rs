//! The colours of code: a small lexer for the languages that articles quote most. It knows
//! comments, strings, numbers and keywords, but no grammar: a wrong guess costs only a colour.
//! `code/languages` has the table.

mod languages;

use std::ops::Range;

use languages::{LANGUAGES, Language};

use super::line::TextRole;

/// Longer lines are machine-generated.
const MAX_LINE: usize = 1000;

/// Maximum number of coloured pieces per document, which bounds the memory of its lines.
const MAX_PIECES: usize = 20_000;

/// The lexer of one block of code, fed line by line.
pub(super) struct CodeLexer {
    language: &'static Language,
    inside: Inside,
}

/// What a line starts inside.
#[derive(Clone, Copy)]
enum Inside {
    Code,
    /// Inside something that spans lines, up to this end.
    Until(&'static str, TextRole),
}

impl CodeLexer {
    /// The lexer for a language by one of its names; `None` if it is not known.
    pub(super) fn new(language: &str) -> Option<Self> {
        let name = language.to_ascii_lowercase();
        let language = LANGUAGES
            .iter()
            .find(|it| it.names.split(' ').any(|own| own == name))?;
        Some(Self {
            language,
            inside: Inside::Code,
        })
    }

    /// The pieces of a line, from start to end, each with its role. `pieces` counts those of the
    /// whole document.
    pub(super) fn line(&mut self, line: &str, pieces: &mut usize) -> Vec<(Range<usize>, TextRole)> {
        let mut found: Vec<(Range<usize>, TextRole)> = Vec::new();
        if line.len() > MAX_LINE || *pieces > MAX_PIECES {
            return vec![(0..line.len(), TextRole::Text)];
        }
        let mut at = 0;
        while at < line.len() {
            let (length, role) = self.piece(&line[at..], &line[..at]);
            match found.last_mut() {
                Some((range, last)) if *last == role => range.end = at + length,
                _ => found.push((at..at + length, role)),
            }
            at += length;
        }
        *pieces += found.len();
        found
    }

    /// The bytes of the next piece, at least one character, and what it is.
    fn piece(&mut self, text: &str, before: &str) -> (usize, TextRole) {
        if let Inside::Until(end, role) = self.inside {
            return (self.until(text, 0, end, role), role);
        }
        let language = self.language;
        if let Some(begin) = language.comments.split(' ').find(|it| begins(text, it)) {
            // In a shell, `$#` and `a#b` are not comments.
            if begin != "#" || before.is_empty() || before.ends_with([' ', '\t', ';']) {
                return (text.len(), TextRole::Comment);
            }
        }
        for (begin, end, role) in language.long {
            if text.starts_with(begin) {
                return (self.until(text, begin.len(), end, *role), *role);
            }
        }
        let first = text.chars().next().unwrap_or_default();
        if language.quotes.contains(first) {
            return (quoted(text, first), TextRole::Quoted);
        }
        if let Some(length) = character(text) {
            return (length, TextRole::Quoted);
        }
        let word = word(text);
        if first.is_ascii_digit() {
            return (number(text), TextRole::Figure);
        }
        if word > 0 {
            let is_keyword = language.is_keyword(&text[..word]);
            return (
                word,
                if is_keyword {
                    TextRole::Keyword
                } else {
                    TextRole::Text
                },
            );
        }
        (first.len_utf8(), TextRole::Text)
    }

    /// The bytes up to and including an end, or the rest of the line; it then continues on the
    /// next.
    fn until(&mut self, text: &str, from: usize, end: &'static str, role: TextRole) -> usize {
        match text[from..].find(end) {
            Some(at) => {
                self.inside = Inside::Code;
                from + at + end.len()
            }
            None => {
                self.inside = Inside::Until(end, role);
                text.len()
            }
        }
    }
}

fn begins(text: &str, mark: &str) -> bool {
    !mark.is_empty() && text.starts_with(mark)
}

/// A single character between apostrophes, plain or escaped. Elsewhere, apostrophes mark lifetimes,
/// or transpose a matrix.
fn character(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    let first = inner.chars().next()?;
    let from = if first == '\\' { 2 } else { first.len_utf8() };
    let end = inner.get(from..)?.find('\'')?;
    (end == 0 || first == '\\' && end < 10).then_some(from + end + 2)
}

/// A string up to its closing quote, or to the end of the line.
fn quoted(text: &str, quote: char) -> usize {
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            sign if sign == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// A word as in most languages: `$`, `@` and `-` count as punctuation.
fn word(text: &str) -> usize {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    text.find(|sign| !is_word(sign)).unwrap_or(text.len())
}

fn number(text: &str) -> usize {
    let is_number = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_');
    let length = text.find(|sign| !is_number(sign)).unwrap_or(text.len());
    // A range or the end of a sentence is not part of it.
    match text[..length].find("..") {
        Some(range) => range,
        None => text[..length].trim_end_matches('.').len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The coloured pieces of code.
    fn pieces<'a>(language: &str, code: &'a str) -> Vec<(&'a str, TextRole)> {
        let mut lexer = CodeLexer::new(language).expect(language);
        let mut count = 0;
        let lines = code
            .lines()
            .map(|line| (line, lexer.line(line, &mut count)));
        lines
            .flat_map(|(line, found)| {
                let joined: String = found
                    .iter()
                    .map(|(range, _)| &line[range.clone()])
                    .collect();
                assert_eq!(joined, line);
                found
                    .into_iter()
                    .map(move |(range, role)| (&line[range], role))
            })
            .filter(|(_, role)| *role != TextRole::Text)
            .collect()
    }

    #[test]
    fn each_role_is_found_in_each_kind_of_language() {
        use TextRole::{Comment, Figure, Keyword, Quoted};
        for (language, code, expected) in [
            (
                "rust",
                "let a: &'a str = \"b\\\"c\"; // d\nfor i in 0..10 {} /* e\nf */ 'g'",
                vec![
                    ("let", Keyword),
                    ("\"b\\\"c\"", Quoted),
                    ("// d", Comment),
                    ("for", Keyword),
                    ("in", Keyword),
                    ("0", Figure),
                    ("10", Figure),
                    ("/* e", Comment),
                    ("f */", Comment),
                    ("'g'", Quoted),
                ],
            ),
            (
                "PY",
                "def a(b=1.5):\n    '''c\n    d''' # e",
                vec![
                    ("def", Keyword),
                    ("1.5", Figure),
                    ("'''c", Quoted),
                    ("    d'''", Quoted),
                    ("# e", Comment),
                ],
            ),
            (
                "sql",
                "SELECT a FROM b WHERE c = 'd' -- e",
                vec![
                    ("SELECT", Keyword),
                    ("FROM", Keyword),
                    ("WHERE", Keyword),
                    ("'d'", Quoted),
                    ("-- e", Comment),
                ],
            ),
            (
                "sh",
                "if [ $# -gt 0 ]; then echo \"$a\"; fi # b",
                vec![
                    ("if", Keyword),
                    ("0", Figure),
                    ("then", Keyword),
                    ("echo", Keyword),
                    ("\"$a\"", Quoted),
                    ("fi", Keyword),
                    ("# b", Comment),
                ],
            ),
            (
                "html",
                "<p class=\"a\">b</p><!-- c\nd -->",
                vec![("\"a\"", Quoted), ("<!-- c", Comment), ("d -->", Comment)],
            ),
            (
                "json",
                "{\"a\": [1, true]}",
                vec![("\"a\"", Quoted), ("1", Figure), ("true", Keyword)],
            ),
        ] {
            assert_eq!(pieces(language, code), expected, "{language}");
        }
    }

    #[test]
    fn an_apostrophe_is_no_text() {
        assert_eq!(
            pieces("rust", "fn a<'b>(c: &'b d) {}"),
            [("fn", TextRole::Keyword)]
        );
    }

    #[test]
    fn what_is_unknown_or_endless_is_left_alone() {
        assert!(CodeLexer::new("brainfuck").is_none());
        assert!(CodeLexer::new("").is_none());
        let mut lexer = CodeLexer::new("c").expect("a language");
        let line = "1 ".repeat(MAX_LINE);
        assert_eq!(lexer.line(&line, &mut 0), [(0..line.len(), TextRole::Text)]);
        assert_eq!(
            lexer.line("1", &mut (MAX_PIECES + 1)),
            [(0..1, TextRole::Text)]
        );
    }

    #[test]
    fn no_name_belongs_to_two_languages() {
        let mut names: Vec<&str> = LANGUAGES
            .iter()
            .flat_map(|it| it.names.split(' '))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
