//! Aligned columns of the requested fields. The default columns of a list are in `table`.

use std::io::{self, Write};

use super::cell::{Side, cell};
use super::surroundings::Stream;
use crate::format::clean::Clean;

const GAP: &str = "  ";
/// Widest column, except for the last; longer values are cut.
const MOST_COLUMNS: usize = 40;
/// Least width of the last column, however narrow the terminal.
const LEAST_LAST: usize = 16;

/// Writes a header and the rows, or nothing if there are no rows. Numbers are right-aligned. The
/// last column is cut at the terminal's edge, but not in a pipe.
pub fn write(
    headings: &[&str],
    lines: &[Vec<String>],
    stdout: Stream,
    out: &mut dyn Write,
) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let headings: Vec<String> = headings.iter().map(|it| (*it).to_owned()).collect();
    let columns: Vec<Column> = (0..headings.len())
        .map(|at| Column::new(&headings, lines, at))
        .collect();
    let room = room_for_last(&columns, stdout);
    for line in [&headings].into_iter().chain(lines) {
        let mut text = Vec::with_capacity(line.len());
        for (at, (cell, column)) in line.iter().zip(&columns).enumerate() {
            let is_last = at + 1 == columns.len();
            text.push(column.cell(cell, room.filter(|_| is_last), is_last));
        }
        writeln!(out, "{}", text.join(GAP).trim_end())?;
    }
    Ok(())
}

/// Terminal columns left for the last cell; `None` for no limit.
fn room_for_last(columns: &[Column], stdout: Stream) -> Option<usize> {
    let Stream::Terminal { columns: Some(all) } = stdout else {
        return None;
    };
    let (_, others) = columns.split_last()?;
    let before: usize = others.iter().map(|it| it.width + GAP.len()).sum();
    Some(all.saturating_sub(before).max(LEAST_LAST))
}

/// Width and alignment of a column.
struct Column {
    width: usize,
    side: Side,
}

impl Column {
    fn new(headings: &[String], lines: &[Vec<String>], at: usize) -> Self {
        let cells = || lines.iter().filter_map(|line| line.get(at));
        let widest = cells()
            .chain(headings.get(at))
            .map(|cell| Clean::new(cell).width())
            .max();
        let is_number = |cell: &String| cell.is_empty() || cell.parse::<i64>().is_ok();
        Self {
            width: widest.unwrap_or_default().min(MOST_COLUMNS),
            side: if cells().all(is_number) {
                Side::Right
            } else {
                Side::Left
            },
        }
    }

    fn cell(&self, text: &str, room: Option<usize>, is_last: bool) -> String {
        let most = if is_last { room } else { Some(self.width) };
        cell(text, most, self.width, self.side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(lines: &[[&str; 2]], stdout: Stream) -> String {
        let lines: Vec<Vec<String>> = lines
            .iter()
            .map(|line| line.map(str::to_owned).to_vec())
            .collect();
        let mut out = Vec::new();
        write(&["N", "NAME"], &lines, stdout, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn numbers_stand_right_and_texts_left() {
        let text = written(&[["10", "日本"], ["7", "a"]], Stream::Elsewhere);
        assert_eq!(text, " N  NAME\n10  日本\n 7  a\n");
    }

    #[test]
    fn nothing_is_written_of_nothing() {
        assert_eq!(written(&[], Stream::Elsewhere), "");
    }

    #[test]
    fn the_last_column_ends_with_the_terminal_and_is_whole_for_a_pipe() {
        let long = "word ".repeat(20);
        let terminal = Stream::Terminal { columns: Some(30) };
        let text = written(&[["1", &long]], terminal);
        assert!(
            text.lines().all(|line| Clean::new(line).width() <= 30),
            "{text}"
        );
        assert!(text.contains('…'));
        assert!(written(&[["1", &long]], Stream::Elsewhere).contains(long.trim_end()));
    }
}
