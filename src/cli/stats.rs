//! `newsdesk stats`: counts the articles of a query by several fields, as bars or JSON. Counting is
//! in `counted`.

use std::io::{self, Write};
use std::num::NonZeroUsize;

use serde_json::{Map, Value, json};

use super::args::{CountBy, StatsArgs, StatsFormat};
use super::ask::{MarksNeeded, ask};
use super::bars::{BarSigns, ChartRow, months};
use super::counted::Counted;
use super::{CommandFailure, Exit, Streams, Surroundings, bars, json};

/// Number of values drawn per field by default.
const SHOWN: usize = 12;

/// Prints the counts.
pub fn run(
    args: &StatsArgs,
    surroundings: &Surroundings,
    streams: &mut Streams<'_>,
) -> Result<Exit, CommandFailure> {
    let needs_marks = args.by.iter().any(|by| by.marks() == MarksNeeded::Always);
    let asked = ask(
        &args.selection,
        if needs_marks {
            MarksNeeded::Always
        } else {
            MarksNeeded::IfAskedFor
        },
        surroundings,
        streams.err,
        |search, _, found| {
            let count = |by: &CountBy| Ok((*by, by.count(search, found)?));
            let charts: Result<Vec<Chart>, CommandFailure> = args.by.iter().map(count).collect();
            Ok((found.len(), charts?))
        },
    )?;
    let (articles, charts) = &asked.answer;
    match args.format {
        StatsFormat::Bars => draw(*articles, charts, args.limit, surroundings, streams.out)?,
        StatsFormat::Json => {
            json::write(&object(*articles, charts, args.limit), streams.out)?;
            writeln!(streams.out)?;
        }
    }
    asked.end(*articles == 0, streams)
}

/// A field and its values, most frequent first.
type Chart = (CountBy, Vec<Counted>);

/// The values to print: the most frequent ones; for months, the latest ones in order.
fn first(by: CountBy, values: &[Counted], most: usize) -> Vec<Counted> {
    let mut values = values.to_vec();
    if by == CountBy::Month {
        values.sort_by(|a, b| a.value.cmp(&b.value));
        values.drain(..values.len().saturating_sub(most));
    }
    values.truncate(most);
    values
}

fn object(articles: u64, charts: &[Chart], limit: Option<NonZeroUsize>) -> Value {
    let most = limit.map_or(usize::MAX, usize::from);
    let of_chart = |(by, values): &Chart| {
        let name = by.name().to_owned();
        (name, json!(first(*by, values, most)))
    };
    let all = [("articles".to_owned(), json!(articles))];
    Value::Object(
        all.into_iter()
            .chain(charts.iter().map(of_chart))
            .collect::<Map<_, _>>(),
    )
}

fn draw(
    articles: u64,
    charts: &[Chart],
    limit: Option<NonZeroUsize>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> io::Result<()> {
    let most = limit.map_or(SHOWN, usize::from);
    let signs = if surroundings.writes_unicode() {
        BarSigns::Blocks
    } else {
        BarSigns::Ascii
    };
    let noun = if articles == 1 { "article" } else { "articles" };
    writeln!(out, "{articles} {noun}")?;
    for (by, values) in charts.iter().filter(|(_, values)| !values.is_empty()) {
        writeln!(out, "\n{}", by.name().to_uppercase())?;
        let shown = first(*by, values, most);
        let rows: Vec<ChartRow> = if *by == CountBy::Month {
            months(&shown)
        } else {
            shown.iter().map(ChartRow::from).collect()
        };
        bars::write(&rows, surroundings.columns(), signs, out)?;
        let left = values.len() - shown.len();
        if left > 0 {
            let (name, all) = (by.name(), values.len());
            writeln!(
                out,
                "and {left} more; `--by {name} --limit {all}` shows all"
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(values: &[(&str, u64)]) -> Vec<Counted> {
        let values = values.iter().map(|(value, count)| Counted {
            value: (*value).to_owned(),
            count: *count,
        });
        values.collect()
    }

    #[test]
    fn the_most_frequent_are_printed_and_of_months_the_latest() {
        let topics = counted(&[("b", 3), ("c", 2), ("a", 1)]);
        assert_eq!(
            first(CountBy::Topic, &topics, 2),
            counted(&[("b", 3), ("c", 2)])
        );
        let dates = counted(&[("2021-03", 3), ("2021-05", 2), ("2021-04", 1)]);
        let latest = counted(&[("2021-04", 1), ("2021-05", 2)]);
        assert_eq!(first(CountBy::Month, &dates, 2), latest);
    }
}
