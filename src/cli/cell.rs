//! One cell of a column, cut or padded to its width.

use crate::format::clean::Clean;

/// Which side of the column the text is aligned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// Cuts `text` to at most `most` terminal columns, and pads it to `columns`.
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
