//! What the list shows beside the titles.

use serde::Deserialize;

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ListColumn {
    pub field: ColumnField,
    /// Its width, in columns of the screen.
    pub width: u16,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnField {
    Provider,
    Age,
    Quality,
    Heat,
    /// The first topic.
    Topic,
    /// The first author.
    Author,
    Kind,
    Category,
    Folder,
    /// About how long it takes to read.
    Reading,
}

/// The names, and their default widths.
const FIELDS: [(&str, ColumnField, u16); 10] = [
    ("provider", ColumnField::Provider, 14),
    ("age", ColumnField::Age, 9),
    ("quality", ColumnField::Quality, 4),
    ("heat", ColumnField::Heat, 5),
    ("topic", ColumnField::Topic, 14),
    ("author", ColumnField::Author, 14),
    ("kind", ColumnField::Kind, 8),
    ("category", ColumnField::Category, 10),
    ("folder", ColumnField::Folder, 14),
    ("reading", ColumnField::Reading, 8),
];

/// The widest column.
const WIDEST: u16 = 60;

/// The list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct List {
    /// From left to right. If not all fit, the leftmost are dropped first.
    pub columns: Vec<ListColumn>,
}

impl Default for List {
    fn default() -> Self {
        let columns = FIELDS[..3].iter();
        Self {
            columns: columns
                .map(|(_, field, width)| ListColumn {
                    field: *field,
                    width: *width,
                })
                .collect(),
        }
    }
}

impl ListColumn {
    /// A column as written: `provider`, or with a width `provider 20`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, width) = match text.trim().split_once(' ') {
            Some((name, width)) => (name, Some(width.trim().parse().ok()?)),
            None => (text.trim(), None),
        };
        let (_, field, usual) = *FIELDS.iter().find(|(it, ..)| *it == name)?;
        let width = width.unwrap_or(usual);
        (1..=WIDEST)
            .contains(&width)
            .then_some(Self { field, width })
    }
}

impl TryFrom<String> for ListColumn {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a column is a name, optionally with a width: \"provider 20\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_a_name_and_a_width() {
        let column = |field, width| Some(ListColumn { field, width });
        assert_eq!(ListColumn::parse("heat"), column(ColumnField::Heat, 5));
        assert_eq!(
            ListColumn::parse(" provider 20 "),
            column(ColumnField::Provider, 20)
        );
        for wrong in ["", "prov", "heat 0", "heat 61", "heat x", "heat 5 6"] {
            assert_eq!(ListColumn::parse(wrong), None, "{wrong}");
        }
    }
}
