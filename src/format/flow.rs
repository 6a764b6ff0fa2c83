//! Breaks styled text into lines, keeping its styles. What is a block, and what stands around it,
//! is `wrap`'s matter.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;

use super::clean::{columns, grapheme_columns};
use super::line::{Line, Run};

/// The runs in lines of at most `room` columns. Breaks at spaces, between characters of scripts
/// that write none, and inside words that are longer than a line.
pub(super) fn flow(runs: &[Run], room: usize) -> Vec<Line> {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let pieces = pieces(&text, room);
    let ranges = wrap_first_fit(&pieces, &[room as f64])
        .into_iter()
        .filter_map(|line| Some(line.first()?.range.start..line.last()?.range.end));
    cut_runs(runs, ranges)
}

/// A run in lines of at most `room` columns, broken where a line is full and nowhere else.
pub(super) fn hard_wrap(run: &Run, room: usize) -> Vec<Line> {
    let mut ranges = Vec::new();
    let mut range = 0..0;
    let mut used = 0;
    for grapheme in run.text.as_str().graphemes(true) {
        let width = grapheme_columns(grapheme);
        if used + width > room && !range.is_empty() {
            ranges.push(range.clone());
            range.start = range.end;
            used = 0;
        }
        range.end += grapheme.len();
        used += width;
    }
    ranges.push(range);
    cut_runs(std::slice::from_ref(run), ranges.into_iter())
}

/// A stretch of text that stays on one line, and the spaces after it.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    width: usize,
    spaces: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.spaces as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn pieces(text: &str, room: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for word in WordSeparator::AsciiSpace.find_words(text) {
        // Spaces at the very start come as an empty word; a line does not begin with them.
        if !word.word.is_empty() {
            push_word(&mut pieces, word.word, start, room);
            if let Some(last) = pieces.last_mut() {
                last.spaces = word.whitespace.len();
            }
        }
        start += word.word.len() + word.whitespace.len();
    }
    pieces
}

/// Adds a word that starts at `start` of the text, in as many pieces as may come apart.
fn push_word(pieces: &mut Vec<Piece>, word: &str, start: usize, room: usize) {
    if word.is_ascii() && word.len() <= room {
        pieces.push(Piece {
            range: start..start + word.len(),
            width: word.len(),
            spaces: 0,
        });
        return;
    }
    let mut piece = Piece {
        range: start..start,
        width: 0,
        spaces: 0,
    };
    let mut before = "";
    for grapheme in word.graphemes(true) {
        let width = grapheme_columns(grapheme);
        if !piece.range.is_empty() && (piece.width + width > room || comes_apart(before, grapheme))
        {
            let end = piece.range.end;
            pieces.push(piece);
            piece = Piece {
                range: end..end,
                width: 0,
                spaces: 0,
            };
        }
        piece.range.end += grapheme.len();
        piece.width += width;
        before = grapheme;
    }
    pieces.push(piece);
}

/// Whether a line may end between two graphemes without a space: next to a wide one, as in Chinese
/// and Japanese, but neither before closing nor after opening punctuation. The rest of UAX #14
/// would bring a large table for little.
fn comes_apart(before: &str, after: &str) -> bool {
    const CLOSING: &str = "、。，．：；！？）］｝〕〉》」』】〗’”…ー々ゝゞ・,.:;!?)]}%";
    const OPENING: &str = "（［｛〔〈《「『【〖‘“([{";
    (columns(before) > 1 || columns(after) > 1)
        && !CLOSING.contains(after)
        && !OPENING.contains(before)
}

/// The parts of runs in each range of their joined text; ranges are in order.
fn cut_runs(runs: &[Run], ranges: impl Iterator<Item = Range<usize>>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = runs;
    // Where the first of the rest starts in the joined text.
    let mut offset = 0;
    for range in ranges {
        let mut line = Line::new();
        while let Some((run, others)) = rest.split_first() {
            let end = offset + run.text.as_str().len();
            let from = range.start.max(offset);
            let to = range.end.min(end);
            if from < to {
                line.push_run(Run {
                    text: run.text.slice(from - offset..to - offset),
                    ..*run
                });
            }
            if end > range.end {
                break;
            }
            offset = end;
            rest = others;
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::clean::Clean;
    use super::super::line::Role;
    use super::*;

    fn run(text: &str, role: Role) -> Run {
        Run {
            text: Clean::new(text),
            role,
            link: None,
        }
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| line.runs.iter().map(|run| run.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn styles_survive_the_end_of_a_line() {
        let runs = [
            run("one ", Role::Text),
            run("two three", Role::Strong),
            run(", four", Role::Text),
        ];
        let lines = flow(&runs, 9);
        assert_eq!(texts(&lines), ["one two", "three,", "four"]);
        let roles: Vec<Vec<Role>> = lines
            .iter()
            .map(|line| line.runs.iter().map(|run| run.role).collect())
            .collect();
        assert_eq!(
            roles,
            [
                vec![Role::Text, Role::Strong],
                vec![Role::Strong, Role::Text],
                vec![Role::Text]
            ]
        );
    }

    #[test]
    fn scripts_without_spaces_break_but_not_before_a_full_stop() {
        let text = [run("東京で新しい法律。施行", Role::Text)];
        assert_eq!(texts(&flow(&text, 8)), ["東京で新", "しい法", "律。施行"]);
    }

    #[test]
    fn words_longer_than_a_line_break_between_graphemes() {
        let text = [run("a https://b.example/👨‍👩‍👧👨‍👩‍👧", Role::Text)];
        let lines = flow(&text, 9);
        assert_eq!(texts(&lines), ["a", "https://b", ".example/", "👨‍👩‍👧👨‍👩‍👧"]);
        assert_eq!(texts(&flow(&[run("日本", Role::Text)], 1)), ["日", "本"]);
    }

    #[test]
    fn hard_wrapping_keeps_every_space() {
        let code = run("  a  b", Role::Code);
        assert_eq!(texts(&hard_wrap(&code, 4)), ["  a ", " b"]);
        assert_eq!(texts(&hard_wrap(&run("", Role::Code), 4)), [""]);
    }

    #[test]
    fn nothing_makes_one_empty_line_or_none() {
        assert!(flow(&[], 5).is_empty());
        assert!(flow(&[run("  ", Role::Text)], 5).is_empty());
    }
}
