//! The columns of the list beside the titles: which of them fit, and what each says.

use super::paint::Painter;
use crate::app::Cx;
use crate::config::{ColumnField, ListColumn};
use crate::format::clean::Clean;
use crate::format::date::{self, DateStyle};
use crate::format::reading;
use crate::library::ArticleRef;

/// The title gets this many columns before anything else is shown beside it.
const TITLE_COLUMNS: u16 = 40;

/// The columns that fit into `room` beside the title, from left to right. If not all fit, the
/// leftmost are dropped first.
pub fn fitting(columns: &[ListColumn], style: DateStyle, room: u16) -> &[ListColumn] {
    let mut left = room.saturating_sub(TITLE_COLUMNS);
    let fits = |column: &&ListColumn| {
        let width = room_of(column, style);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let count = columns.iter().rev().take_while(fits).count();
    &columns[columns.len() - count..]
}

/// Draws the columns of an article so that they end at `right`; returns where they begin, which is
/// a blank. The age shown is that of `newest`, which may be another article.
pub fn draw(
    columns: &[ListColumn],
    (article, newest): (ArticleRef<'_>, ArticleRef<'_>),
    (right, y): (u16, u16),
    cx: Cx<'_>,
    painter: &mut Painter<'_>,
) -> u16 {
    let mut right = right;
    for column in columns.iter().rev() {
        let room = room_of(column, cx.env.config.date_style);
        right = right.saturating_sub(room);
        let is_age = column.field == ColumnField::Age;
        let about = if is_age { newest } else { article };
        let Some(text) = text(column.field, about, cx) else {
            continue;
        };
        let theme = painter.theme;
        match column.field {
            ColumnField::Quality | ColumnField::Heat => {
                painter.put_right(right, y, room, &text, theme.text);
            }
            ColumnField::Age | ColumnField::Reading => {
                painter.put_right(right, y, room, &text, theme.faint);
            }
            ColumnField::Provider
            | ColumnField::Topic
            | ColumnField::Author
            | ColumnField::Kind
            | ColumnField::Category
            | ColumnField::Folder => {
                painter.put(right + 1, y, column.width, &text, theme.faint);
            }
        }
    }
    right
}

/// The width of a column, with the blank before it. Even the longest kind of date is not cut.
fn room_of(column: &ListColumn, style: DateStyle) -> u16 {
    const ISO: u16 = 10;
    let width = match (column.field, style) {
        (ColumnField::Age, DateStyle::Iso) => column.width.max(ISO),
        _ => column.width,
    };
    width + 1
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
        ColumnField::Reading => {
            let minutes = Some(reading::minutes(article.words_about() as usize));
            let minutes = minutes.filter(|minutes| *minutes > 0)?;
            format!("{}{minutes} min", cx.env.glyphs.about)
        }
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
        let fitting = |room| fitting(&columns, DateStyle::Relative, room).len();
        assert_eq!(fitting(44), 0);
        assert_eq!(fitting(45), 1);
        assert_eq!(fitting(54), 1);
        assert_eq!(fitting(55), 2);
        assert_eq!(fitting(69), 2);
        assert_eq!(fitting(70), 3);
    }
}
