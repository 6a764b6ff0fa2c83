//! Tab-separated values, for spreadsheets, `cut` and `awk`.

use std::io::{self, Write};

use super::entry::Entry;
use super::fields::Field;
use crate::format::clean::Clean;

/// Writes a header and one line per entry. Tabs and newlines in values become spaces.
pub fn write(
    fields: &[Field],
    entries: impl Iterator<Item = Entry>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names: Vec<&str> = fields.iter().map(Field::name).collect();
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
