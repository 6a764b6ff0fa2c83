//! Tab-separated values, for spreadsheets, `cut` and `awk`.

use std::io::{self, Write};

use super::entry::ArticleFields;
use super::fields::OutputField;
use crate::format::clean::Clean;

/// Writes a header and one line per entry. Tabs and newlines in values become spaces.
pub fn write(
    fields: &[OutputField],
    entries: impl Iterator<Item = ArticleFields>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names: Vec<&str> = fields.iter().map(OutputField::name).collect();
    writeln!(out, "{}", names.join("\t"))?;
    for entry in entries {
        let values: Vec<String> = fields
            .iter()
            .map(|field| Clean::new(&field.value(&entry)).to_string())
            .collect();
        writeln!(out, "{}", values.join("\t"))?;
    }
    Ok(())
}
