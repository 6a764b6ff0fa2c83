//! Breaks styled text into lines, keeping its styles. Blocks and what surrounds them are in `wrap`.
//!
//! Lines are made one by one: a caller that needs only the first ones does not pay for the rest.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;

use super::clean::{columns, grapheme_columns};
use super::line::{Line, Run};

/// Runs of flowing text, and their joined text.
pub(super) struct FlowingText<'a> {
    runs: &'a [Run],
    text: Cow<'a, str>,
}

impl<'a> FlowingText<'a> {
    pub(super) fn new(runs: &'a [Run]) -> Self {
        let text = match runs {
            [run] => Cow::Borrowed(run.text.as_str()),
            runs => Cow::Owned(runs.iter().map(|run| run.text.as_str()).collect()),
        };
        Self { runs, text }
    }

    /// Its width on a single line.
    pub(super) fn width(&self) -> usize {
        columns(&self.text)
    }

    /// The runs in lines of at most `room` columns. Breaks at spaces, between characters of scripts
    /// without spaces, and inside words that are longer than a line.
    pub(super) fn lines(&self, room: usize) -> impl Iterator<Item = Line> {
        let mut cutter = Cutter::new(self.runs);
        let mut pieces = pieces(&self.text, room).peekable();
        iter::from_fn(move || {
            let first = pieces.next()?;
            let mut range = first.range;
            let mut used = first.width + first.spaces;
            while let Some(piece) = pieces.next_if(|piece| used + piece.width <= room) {
                used += piece.width + piece.spaces;
                range.end = piece.range.end;
            }
            Some(cutter.cut(range))
        })
    }
}

/// Lines of code of at most `room` columns: broken after a blank if there is one in the second half
/// of a full line, otherwise where it is full. Blanks are kept.
pub(super) fn hard_wrap<'a>(
    flow: &'a FlowingText<'_>,
    room: usize,
) -> impl Iterator<Item = Line> + 'a {
    let text = &flow.text;
    let mut cutter = Cutter::new(flow.runs);
    let mut at = Some(0);
    iter::from_fn(move || {
        let start = at?;
        let length = code_line(&text[start..], room);
        at = Some(start + length).filter(|end| *end < text.len());
        Some(cutter.cut(start..start + length))
    })
}

/// The bytes that make up the first line of a text.
fn code_line(text: &str, room: usize) -> usize {
    let (mut end, mut used) = (0, 0);
    let mut after_blank = None;
    for grapheme in text.graphemes(true) {
        let width = grapheme_columns(grapheme);
        if used + width > room && end > 0 {
            return after_blank.unwrap_or(end);
        }
        end += grapheme.len();
        used += width;
        if grapheme == " " && used * 2 >= room {
            after_blank = Some(end);
        }
    }
    end
}

/// A stretch of text that stays on one line, and the spaces after it.
struct Piece {
    range: Range<usize>,
    width: usize,
    spaces: usize,
}

fn pieces(text: &str, room: usize) -> impl Iterator<Item = Piece> {
    let mut start = 0;
    WordSeparator::AsciiSpace
        .find_words(text)
        .flat_map(move |word| {
            let at = start;
            start += word.word.len() + word.whitespace.len();
            // Spaces at the very start come as an empty word; a line does not start with them.
            word_pieces(word.word, at, word.whitespace.len(), room)
        })
}

/// Splits a word that starts at `at` into as many pieces as it may be broken into.
fn word_pieces(word: &str, at: usize, spaces: usize, room: usize) -> impl Iterator<Item = Piece> {
    let mut rest = word;
    iter::from_fn(move || {
        let (length, width) = match rest.len() {
            0 => return None,
            length if length <= room && rest.is_ascii() => (length, length),
            _ => first_piece(rest, room),
        };
        let start = at + word.len() - rest.len();
        rest = &rest[length..];
        Some(Piece {
            range: start..start + length,
            width,
            spaces: if rest.is_empty() { spaces } else { 0 },
        })
    })
}

/// The bytes and columns of the part of a word that stays together.
fn first_piece(word: &str, room: usize) -> (usize, usize) {
    let (mut length, mut used) = (0, 0);
    let mut before = "";
    for grapheme in word.graphemes(true) {
        let width = grapheme_columns(grapheme);
        if length > 0 && (used + width > room || comes_apart(before, grapheme)) {
            break;
        }
        length += grapheme.len();
        used += width;
        before = grapheme;
    }
    (length, used)
}

/// Whether a line may end between two graphemes without a space: next to a wide one, as in Chinese
/// and Japanese, but neither before closing nor after opening punctuation. The rest of UAX #14
/// would need a large table for little gain.
fn comes_apart(before: &str, after: &str) -> bool {
    const CLOSING: &str = "、。，．：；！？）］｝〕〉》」』】〗’”…ー々ゝゞ・,.:;!?)]}%";
    const OPENING: &str = "（［｛〔〈《「『【〖‘“([{";
    (columns(before) > 1 || columns(after) > 1)
        && !CLOSING.contains(after)
        && !OPENING.contains(before)
}

/// Cuts runs where their joined text is cut, from start to end.
struct Cutter<'a> {
    rest: &'a [Run],
    /// Where the first remaining run starts in the joined text.
    offset: usize,
}

impl<'a> Cutter<'a> {
    fn new(runs: &'a [Run]) -> Self {
        Self {
            rest: runs,
            offset: 0,
        }
    }

    /// The parts of the runs in a range of their joined text. Ranges must come in order.
    fn cut(&mut self, range: Range<usize>) -> Line {
        let mut line = Line::new();
        while let Some((run, others)) = self.rest.split_first() {
            let end = self.offset + run.text.as_str().len();
            let from = range.start.max(self.offset);
            let to = range.end.min(end);
            if from < to {
                line.push_run(Run {
                    text: run.text.slice(from - self.offset..to - self.offset),
                    ..*run
                });
            }
            if end > range.end {
                break;
            }
            self.offset = end;
            self.rest = others;
        }
        // Most lines have one run, but a `Vec` starts with room for four.
        line.runs.shrink_to_fit();
        line
    }
}

#[cfg(test)]
mod tests {
    use super::super::clean::Clean;
    use super::super::line::TextRole;
    use super::*;

    fn run(text: &str, role: TextRole) -> Run {
        Run {
            text: Clean::new(text),
            role,
            link: None,
        }
    }

    fn texts(lines: impl IntoIterator<Item = Line>) -> Vec<String> {
        lines
            .into_iter()
            .map(|line| line.runs.iter().map(|run| run.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn styles_survive_the_end_of_a_line() {
        let runs = [
            run("one ", TextRole::Text),
            run("two three", TextRole::Strong),
            run(", four", TextRole::Text),
        ];
        let lines: Vec<Line> = FlowingText::new(&runs).lines(9).collect();
        assert_eq!(texts(lines.clone()), ["one two", "three,", "four"]);
        let roles: Vec<Vec<TextRole>> = lines
            .iter()
            .map(|line| line.runs.iter().map(|run| run.role).collect())
            .collect();
        assert_eq!(
            roles,
            [
                vec![TextRole::Text, TextRole::Strong],
                vec![TextRole::Strong, TextRole::Text],
                vec![TextRole::Text]
            ]
        );
    }

    #[test]
    fn scripts_without_spaces_break_but_not_before_a_full_stop() {
        let text = [run("東京で新しい法律。施行", TextRole::Text)];
        assert_eq!(
            texts(FlowingText::new(&text).lines(8)),
            ["東京で新", "しい法", "律。施行"]
        );
    }

    #[test]
    fn words_longer_than_a_line_break_between_graphemes() {
        let text = [run("a https://b.example/👨‍👩‍👧👨‍👩‍👧", TextRole::Text)];
        let flow = FlowingText::new(&text);
        let lines = flow.lines(9);
        assert_eq!(texts(lines), ["a", "https://b", ".example/", "👨‍👩‍👧👨‍👩‍👧"]);
        assert_eq!(
            texts(FlowingText::new(&[run("日本", TextRole::Text)]).lines(1)),
            ["日", "本"]
        );
    }

    #[test]
    fn code_keeps_every_space_and_its_words_where_they_fit() {
        let code = |text: &str, room| {
            let runs = [run(text, TextRole::Code)];
            texts(hard_wrap(&FlowingText::new(&runs), room))
        };
        assert_eq!(code("  a  b", 4), ["  a ", " b"]);
        assert_eq!(code("", 4), [""]);
        assert_eq!(code("let total = 1;", 8), ["let ", "total = ", "1;"]);
        assert_eq!(
            code("a https://b.example", 9),
            ["a https:/", "/b.exampl", "e"]
        );
    }

    #[test]
    fn nothing_makes_one_empty_line_or_none() {
        assert_eq!(FlowingText::new(&[]).lines(5).count(), 0);
        assert_eq!(
            FlowingText::new(&[run("  ", TextRole::Text)])
                .lines(5)
                .count(),
            0
        );
    }
}
