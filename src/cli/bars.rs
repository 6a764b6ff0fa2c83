//! A bar chart in text: one line per value, with its count and a bar. Counting is elsewhere.

use std::io::{self, Write};

use super::cell::{Side, cell};
use super::counted::Counted;
use crate::format::clean::Clean;

const GAP: &str = "  ";
/// Longer names are cut; on a narrow terminal also to a third of its width.
const MOST_NAME_COLUMNS: usize = 32;
/// Least width of the longest bar, however narrow the terminal.
const LEAST_BAR: usize = 8;
/// A gap of more months than this is drawn as a single gap rather than month by month.
const MOST_EMPTY_MONTHS: i32 = 11;

/// What bars are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarSigns {
    /// Blocks, down to an eighth of a column.
    Blocks,
    Ascii,
}

/// A line of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartRow {
    Bar(Counted),
    /// Values without articles that are not drawn.
    Gap,
}

impl From<&Counted> for ChartRow {
    fn from(counted: &Counted) -> Self {
        Self::Bar(counted.clone())
    }
}

/// Adds the months in between, so that quiet ones are visible; the values are in order, as
/// `2021-12`.
pub fn months(values: &[Counted]) -> Vec<ChartRow> {
    let mut rows = Vec::new();
    let mut before = None;
    for counted in values {
        let month = number(&counted.value);
        if let (Some(before), Some(month)) = (before, month) {
            if month - before - 1 > MOST_EMPTY_MONTHS {
                rows.push(ChartRow::Gap);
            } else {
                rows.extend((before + 1..month).map(|empty| {
                    ChartRow::Bar(Counted {
                        value: format!(
                            "{:04}-{:02}",
                            empty.div_euclid(12),
                            empty.rem_euclid(12) + 1
                        ),
                        count: 0,
                    })
                }));
            }
        }
        before = month;
        rows.push(counted.into());
    }
    rows
}

/// Months since the year 0.
fn number(month: &str) -> Option<i32> {
    let (year, month) = month.rsplit_once('-')?;
    let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
    Some(year * 12 + month - 1)
}

/// Writes the lines, none wider than `columns`; the largest count has the longest bar.
pub fn write(
    rows: &[ChartRow],
    columns: usize,
    signs: BarSigns,
    out: &mut dyn Write,
) -> io::Result<()> {
    let counted = || {
        rows.iter().filter_map(|row| match row {
            ChartRow::Bar(counted) => Some(counted),
            ChartRow::Gap => None,
        })
    };
    let most = counted().map(|it| it.count).max().unwrap_or_default();
    let widest = counted().map(|it| Clean::new(&it.value).width()).max();
    let name = widest
        .unwrap_or_default()
        .min(MOST_NAME_COLUMNS)
        .min(columns / 2);
    let number = most.to_string().len();
    let bar = columns
        .saturating_sub(name + number + 2 * GAP.len())
        .max(LEAST_BAR);
    for row in rows {
        let line = match row {
            ChartRow::Gap => cell(signs.gap(), None, name, Side::Right),
            ChartRow::Bar(Counted { value, count }) => [
                cell(value, Some(name), name, Side::Left),
                cell(&count.to_string(), None, number, Side::Right),
                signs.bar(*count, most, bar),
            ]
            .join(GAP),
        };
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

impl BarSigns {
    fn gap(self) -> &'static str {
        match self {
            Self::Blocks => "⋮",
            Self::Ascii => ":",
        }
    }

    /// The part of `columns` that `count` is of `most`. Anything above zero is visible.
    fn bar(self, count: u64, most: u64, columns: usize) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let steps: u128 = match self {
            Self::Blocks => 8,
            Self::Ascii => 1,
        };
        let whole = u128::from(most.max(1));
        let length = (u128::from(count) * columns as u128 * steps / whole).max((count > 0).into());
        let (full, rest) = ((length / steps) as usize, (length % steps) as usize);
        match self {
            Self::Blocks => "█".repeat(full) + EIGHTHS[rest],
            Self::Ascii => "#".repeat(full),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(values: &[(&str, u64)]) -> Vec<ChartRow> {
        let counted = |(value, count): &(&str, u64)| Counted {
            value: (*value).to_owned(),
            count: *count,
        };
        let values: Vec<Counted> = values.iter().map(counted).collect();
        months(&values)
    }

    fn written(rows: &[ChartRow], columns: usize, signs: BarSigns) -> String {
        let mut out = Vec::new();
        write(rows, columns, signs, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn bars_are_in_proportion_and_end_with_the_line() {
        let text = written(
            &rows(&[("a", 100), ("bb", 50), ("c", 1), ("d", 0)]),
            17,
            BarSigns::Ascii,
        );
        assert_eq!(
            text,
            "a   100  ########\nbb   50  ####\nc     1  #\nd     0\n"
        );
        let text = written(
            &rows(&[("a", 16), ("b", 1), ("c", 7)]),
            15,
            BarSigns::Blocks,
        );
        assert_eq!(text, "a  16  ████████\nb   1  ▌\nc   7  ███▌\n");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let long = rows(&[
            ("日本経済新聞と朝日新聞と読売新聞", 3),
            ("a name of many words in a row", 2),
        ]);
        for columns in [30, 40, 80] {
            let text = written(&long, columns, BarSigns::Blocks);
            let widest = text.lines().map(|line| Clean::new(line).width()).max();
            assert_eq!(widest, Some(columns), "{text}");
        }
    }

    #[test]
    fn a_month_without_articles_is_seen_and_a_long_gap_is_one_line() {
        let text = written(
            &rows(&[("2020-11", 1), ("2021-02", 2), ("2023-01", 1)]),
            20,
            BarSigns::Ascii,
        );
        let lines: Vec<&str> = text.lines().collect();
        let names = lines
            .iter()
            .map(|line| line.split_whitespace().next().unwrap_or_default());
        let names: Vec<&str> = names.collect();
        assert_eq!(
            names,
            ["2020-11", "2020-12", "2021-01", "2021-02", ":", "2023-01"].map(|it| it)
        );
    }

    #[test]
    fn what_would_steer_a_terminal_is_shown_instead() {
        let text = written(&rows(&[("\u{1b}[2J", 1)]), 30, BarSigns::Ascii);
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
