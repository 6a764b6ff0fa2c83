//! The default columns of a list: date, provider, quality, title. The title is last and takes the
//! room that is left; in a pipe it is not cut.

use std::io::{self, Write};

use jiff::fmt::strtime;

use super::cell::{Side, cell};
use super::surroundings::Stream;
use crate::format::clean::Clean;
use crate::library::ArticleRef;
use crate::model::Moment;

const GAP: &str = "  ";
const DATE_COLUMNS: usize = "2021-12-30".len();
const QUALITY_COLUMNS: usize = "QUALITY".len();
/// Longer provider names are cut; on a terminal also to a quarter of its width.
const MOST_PROVIDER_COLUMNS: usize = 24;
/// Least width of a title, however narrow the terminal.
const LEAST_TITLE_COLUMNS: usize = 16;

/// Writes a header and one line per article; nothing if there are none.
pub fn write<'a>(
    articles: impl Iterator<Item = ArticleRef<'a>> + Clone,
    stdout: Stream,
    out: &mut dyn Write,
) -> io::Result<()> {
    let widest = articles
        .clone()
        .map(|article| Clean::new(article.provider()).width())
        .max();
    let Some(widest) = widest else {
        return Ok(());
    };
    let widths = Widths::new(widest, stdout);
    writeln!(
        out,
        "{}",
        widths.line("DATE", "PROVIDER", "QUALITY", "TITLE")
    )?;
    for article in articles {
        let date = article.published_at().map(day).unwrap_or_default();
        let quality = article.quality().map(|it| it.to_string());
        let line = widths.line(
            &date,
            article.provider(),
            &quality.unwrap_or_default(),
            &article.title(),
        );
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The day in UTC, so that the list is the same on every machine.
fn day(moment: Moment) -> String {
    strtime::format("%Y-%m-%d", moment.at).unwrap_or_default()
}

/// Column widths that differ from list to list.
struct Widths {
    provider: usize,
    /// `None` for no limit.
    title: Option<usize>,
}

impl Widths {
    fn new(widest_provider: usize, stdout: Stream) -> Self {
        let columns = match stdout {
            Stream::Terminal { columns } => columns,
            Stream::Elsewhere => None,
        };
        let most = columns.map_or(MOST_PROVIDER_COLUMNS, |all| all / 4);
        let most = most.clamp("PROVIDER".len(), MOST_PROVIDER_COLUMNS);
        let provider = widest_provider.clamp("PROVIDER".len(), most);
        let before_title = DATE_COLUMNS + provider + QUALITY_COLUMNS + 3 * GAP.len();
        let title = columns.map(|all| all.saturating_sub(before_title).max(LEAST_TITLE_COLUMNS));
        Self { provider, title }
    }

    fn line(&self, date: &str, provider: &str, quality: &str, title: &str) -> String {
        [
            cell(date, Some(DATE_COLUMNS), DATE_COLUMNS, Side::Left),
            cell(provider, Some(self.provider), self.provider, Side::Left),
            cell(quality, None, QUALITY_COLUMNS, Side::Right),
            cell(title, self.title, 0, Side::Left),
        ]
        .join(GAP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_terminal(columns: usize) -> Widths {
        let columns = Some(columns);
        Widths::new(8, Stream::Terminal { columns })
    }

    #[test]
    fn columns_line_up_whatever_is_written_in_them() {
        let widths = on_terminal(60);
        for provider in [
            "",
            "Nature",
            "科学時報",
            "👩🏽‍🚀 e\u{301}",
            "A very long name of a provider",
        ] {
            let line = widths.line("2021-12-30", provider, "7", "title");
            let before = line.strip_suffix("title").expect("the title last");
            assert_eq!(Clean::new(before).width(), 31, "{line}");
        }
    }

    #[test]
    fn a_line_ends_where_the_terminal_does() {
        let title = "a title that is longer than the room for it, by some words";
        for columns in [60, 80] {
            let line = on_terminal(columns).line("2021-12-30", "Nature", "100", title);
            assert!(line.ends_with('…'), "{line}");
            assert!(Clean::new(&line).width() <= columns, "{line}");
        }
    }

    #[test]
    fn a_title_is_whole_for_a_pipe_and_where_columns_are_unknown() {
        let title = "long ".repeat(40);
        for stdout in [Stream::Elsewhere, Stream::Terminal { columns: None }] {
            let line = Widths::new(8, stdout).line("", "", "", &title);
            assert!(line.ends_with(&title), "{line}");
        }
    }
}
