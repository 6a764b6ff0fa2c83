//! A cell of a column, as wide as it is to be.

use crate::format::clean::Clean;

/// The side of its column on which a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// The text, cut where it takes more than `most` columns of the terminal, and with blanks where it
/// takes less than `columns`.
pub fn cell(text: &str, most: Option<usize>, columns: usize, side: Side) -> String {
    let text = Clean::new(text);
    let text = match most {
        Some(most) => text.cut(most),
        None => text,
    };
    let blanks = columns.saturating_sub(text.width());
    match side {
        Side::Left => format!("{text}{:blanks$}", ""),
        Side::Right => format!("{:blanks$}{text}", ""),
    }
}
