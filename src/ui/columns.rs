//! The columns of the list beside the titles: which of them fit, and what each says.

use super::paint::Painter;
use crate::app::Cx;
use crate::config::{Column, ColumnField};
use crate::format::clean::Clean;
use crate::format::date;
use crate::library::ArticleRef;

/// The title gets this many columns before anything else is shown beside it.
const TITLE_COLUMNS: u16 = 40;

/// The columns that fit into `room` beside the title, from left to right. Where there is no room for
/// all, the left ones go first.
pub fn fitting(columns: &[Column], room: u16) -> &[Column] {
    let mut left = room.saturating_sub(TITLE_COLUMNS);
    let fits = |column: &&Column| {
        // A blank before each.
        let fits = column.width < left;
        left = left.saturating_sub(column.width + 1);
        fits
    };
    let count = columns.iter().rev().take_while(fits).count();
    &columns[columns.len() - count..]
}

/// Draws the columns of an article so that they end at `right`; returns where they begin, which is a
/// blank.
pub fn draw(
    columns: &[Column],
    article: ArticleRef<'_>,
    (right, y): (u16, u16),
    cx: Cx<'_>,
    painter: &mut Painter<'_>,
) -> u16 {
    let mut right = right;
    for Column { field, width } in columns.iter().rev() {
        right = right.saturating_sub(width + 1);
        let Some(text) = text(*field, article, cx) else {
            continue;
        };
        let theme = painter.theme;
        match field {
            ColumnField::Quality | ColumnField::Heat => {
                painter.put_right(right, y, width + 1, &text, theme.text);
            }
            ColumnField::Age => painter.put_right(right, y, width + 1, &text, theme.faint),
            ColumnField::Provider
            | ColumnField::Topic
            | ColumnField::Author
            | ColumnField::Kind
            | ColumnField::Category
            | ColumnField::Folder => {
                painter.put(right + 1, y, *width, &text, theme.faint);
            }
        }
    }
    right
}

fn text(field: ColumnField, article: ArticleRef<'_>, cx: Cx<'_>) -> Option<Clean> {
    let text = match field {
        ColumnField::Provider => article.provider().to_owned(),
        ColumnField::Age => {
            let env = cx.env;
            date::listed(
                article.published_at()?,
                env.now,
                &env.zone,
                env.config.date_style,
            )
        }
        ColumnField::Quality => article.quality()?.to_string(),
        ColumnField::Heat => article.heat()?.to_string(),
        ColumnField::Topic => article.topics().next()?.to_owned(),
        ColumnField::Author => article.authors().next()?.to_owned(),
        ColumnField::Kind => article.kind().to_owned(),
        ColumnField::Category => article.category().to_owned(),
        ColumnField::Folder => article.relative_folder().to_string_lossy().into_owned(),
    };
    Some(Clean::new(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::List;

    #[test]
    fn the_title_has_its_room_before_any_column() {
        let columns = List::default().columns;
        let fitting = |room| fitting(&columns, room).len();
        assert_eq!(fitting(44), 0);
        assert_eq!(fitting(45), 1);
        assert_eq!(fitting(54), 1);
        assert_eq!(fitting(55), 2);
        assert_eq!(fitting(69), 2);
        assert_eq!(fitting(70), 3);
    }
}
