//! Articles as comma-separated values (RFC 4180).

use std::borrow::Cow;
use std::io::{self, Write};

use crate::cli::entry::ArticleFields;
use crate::cli::fields::OutputField;
use crate::format::clean::Clean;

/// Writes a header and one line per entry. Newlines in values become spaces.
pub fn write(
    fields: &[OutputField],
    entries: impl Iterator<Item = ArticleFields>,
    out: &mut dyn Write,
) -> io::Result<()> {
    line(fields.iter().map(|field| field.name().to_owned()), out)?;
    for entry in entries {
        line(fields.iter().map(|field| field.value(&entry)), out)?;
    }
    Ok(())
}

fn line(values: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = values.map(|value| cell(&value)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A value, quoted if it contains something that would end it.
fn cell(value: &str) -> String {
    let value = Clean::new(value);
    let value = harmless(value.as_str());
    // An empty line would not be a record.
    if value.contains([',', '"', ' ']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.into_owned()
    }
}

/// Spreadsheets take text that starts with one of these for a formula, which could run programs and
/// send the contents of other cells. An apostrophe before it makes it text
/// (<https://owasp.org/www-community/attacks/CSV_Injection>). Numbers stay numbers.
fn harmless(value: &str) -> Cow<'_, str> {
    let is_formula = value
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula && value.parse::<f64>().is_err() {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_quoted() {
        for (value, written) in [
            ("plain", "plain"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("two\nlines", "\"two lines\""),
        ] {
            assert_eq!(cell(value), written);
        }
    }

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        for formula in [
            "=1+1", "+cmd", "-A1", "@SUM(A1)", " =1", "\t=1", "-1+1", "＝1",
        ] {
            let written = cell(formula);
            assert!(
                written.trim_start_matches('"').starts_with('\''),
                "{written}"
            );
        }
        for number in ["-1", "+3", "-0.5", "39"] {
            assert_eq!(cell(number), number);
        }
    }
}
