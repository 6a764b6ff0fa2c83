//! Articles as values between tabs, for spreadsheets, `cut` and `awk`.

use std::io::{self, Write};

use super::list::Entry;
use crate::format::clean::Clean;

/// A column: the name in the first line, and the value, empty for what a file does not say.
type Column = (&'static str, fn(&Entry<'_>) -> String);

const COLUMNS: [Column; 17] = [
    ("id", |it| it.id.clone()),
    ("path", |it| it.path.clone()),
    ("title", |it| it.title.to_owned()),
    ("excerpt", |it| it.excerpt.to_owned()),
    ("category", |it| it.category.to_owned()),
    ("type", |it| it.kind.to_owned()),
    ("publishedDateTime", |it| {
        said(it.published_date_time.as_ref())
    }),
    ("updatedDateTime", |it| said(it.updated_date_time.as_ref())),
    ("originalUrl", |it| it.original_url.to_owned()),
    ("quality", |it| said(it.quality)),
    ("heat", |it| said(it.heat)),
    ("published", |it| said(it.published)),
    ("removed", |it| said(it.removed)),
    ("deleted", |it| said(it.deleted)),
    ("provider.name", |it| it.provider.name.to_owned()),
    ("provider.domain", |it| it.provider.domain.to_owned()),
    ("topics", |it| it.topics.join("; ")),
];

fn said(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

/// Writes a line of names, and a line for each entry. Tabs and line ends in a value are blanks.
pub fn write<'a>(entries: impl Iterator<Item = Entry<'a>>, out: &mut dyn Write) -> io::Result<()> {
    let names = COLUMNS.map(|(name, _)| name);
    writeln!(out, "{}", names.join("\t"))?;
    for entry in entries {
        let values = COLUMNS.map(|(_, value)| Clean::new(&value(&entry)).to_string());
        writeln!(out, "{}", values.join("\t"))?;
    }
    Ok(())
}
