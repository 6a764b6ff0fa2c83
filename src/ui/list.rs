//! The list: a row an article, in columns that line up.

use ratatui::style::Style;

use super::frame::{Focus, header, position, scroll_bar};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane};
use crate::app::{Loading, State};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::{date, number, wrap};
use crate::library::{ArticleId, Source};
use crate::model::Severity;

/// From so many columns on, there is room for the provider.
const WITH_PROVIDER: u16 = 64;
const PROVIDER_COLUMNS: u16 = 14;
const AGE_COLUMNS: u16 = 6;
const QUALITY_COLUMNS: u16 = 4;
/// The cursor, two signs and a blank.
const SIGN_COLUMNS: u16 = 4;

pub fn draw(state: &State, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(state.reading_pane() == Pane::List);
    let rows = &state.list.rows;
    let right = position(state.list.cursor.at, rows.len());
    header(area, "ARTICLES", &right, focus, painter);
    let body = area.body();
    if rows.is_empty() {
        return explain(state, body, painter);
    }
    let seen = rows
        .iter()
        .enumerate()
        .skip(state.list.cursor.top)
        .take(usize::from(body.rows));
    for ((at, id), y) in seen.zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        row(state, *id, line, painter);
        if at == state.list.cursor.at {
            cursor(line, focus, painter);
        }
    }
    scroll_bar(
        body,
        state.list.cursor.top,
        usize::from(body.rows),
        rows.len(),
        painter,
    );
}

/// Marks the row under the cursor: filled where the pane has the focus, else with a bar alone.
pub fn cursor(line: Area, focus: Focus, painter: &mut Painter<'_>) {
    let sign = Clean::label(painter.signs.cursor);
    match focus {
        Focus::Here => {
            let style = Style::reset().patch(painter.theme.cursor);
            painter.fill(
                Area {
                    columns: line.columns.saturating_sub(1),
                    ..line
                },
                style,
            );
            painter.put(line.x, line.y, 1, &sign, style);
        }
        Focus::Elsewhere => {
            painter.put(line.x, line.y, 1, &sign, painter.theme.faint);
        }
    }
}

fn row(state: &State, id: ArticleId, line: Area, painter: &mut Painter<'_>) {
    let article = state.library.article(id);
    let theme = painter.theme;
    let (x, y) = (line.x, line.y);
    let (sign, style) = mark_sign(state, id, painter);
    painter.put(x + 1, y, 1, &Clean::label(sign), style);
    let (sign, style) = publication_sign(state, id, painter);
    painter.put(x + 2, y, 1, &Clean::label(sign), style);
    let is_selected = state.selection.contains(id.row());
    if is_selected {
        painter.put(x, y, 1, &Clean::label(painter.signs.selected), theme.accent);
    }
    let title = match state.is_read(id) || state.is_handled(id) || state.is_leaving(id) {
        _ if is_selected => theme.accent,
        true => theme.faint,
        false => theme.unread,
    };
    let mut right = (x + line.columns).saturating_sub(2);
    let column = |columns: u16, right: &mut u16| {
        *right = right.saturating_sub(columns);
        *right
    };
    let quality_at = column(QUALITY_COLUMNS, &mut right);
    if let Some(quality) = article.quality() {
        painter.put_right(
            quality_at,
            y,
            QUALITY_COLUMNS,
            &Clean::new(&quality.to_string()),
            theme.text,
        );
    }
    let age_at = column(AGE_COLUMNS, &mut right);
    if let Some(moment) = article.published_at() {
        let age = date::age(moment, state.now, &state.zone);
        painter.put_right(age_at, y, AGE_COLUMNS, &Clean::new(&age), theme.faint);
    }
    if line.columns >= WITH_PROVIDER {
        let provider_at = column(PROVIDER_COLUMNS + 1, &mut right);
        let provider = Clean::new(article.provider());
        painter.put(provider_at, y, PROVIDER_COLUMNS, &provider, theme.faint);
    }
    let title_at = x + SIGN_COLUMNS;
    let room = right.saturating_sub(title_at + 1);
    let text = Clean::new(article.title());
    painter.put(title_at, y, room, &text, title);
    let found = state.search.highlights.ranges(text.as_str());
    painter.mark(title_at, y, room, text.as_str(), &found);
}

/// The sign for what was decided about an article: the strongest of it.
pub fn mark_sign(state: &State, id: ArticleId, painter: &Painter<'_>) -> (&'static str, Style) {
    let (theme, signs, marks) = (painter.theme, painter.signs, &state.marks);
    let row = id.row();
    if marks.done.contains(row) {
        (signs.done, theme.faint)
    } else if marks.later.contains(row) {
        (signs.later, theme.later)
    } else if marks.starred.contains(row) {
        (signs.starred, theme.star)
    } else if marks.read.contains(row) {
        ("", theme.faint)
    } else {
        (signs.unread, theme.accent)
    }
}

/// The sign for whether it is published, or is to be.
fn publication_sign(state: &State, id: ArticleId, painter: &Painter<'_>) -> (&'static str, Style) {
    let (theme, signs) = (painter.theme, painter.signs);
    let flags = state.library.article(id).flags();
    if state.marks.staged.contains(id.row()) {
        (signs.staged, theme.staged)
    } else if flags.removed == Some(true) || flags.deleted == Some(true) {
        (signs.removed, theme.error)
    } else if flags.published == Some(true) {
        (signs.published, theme.published)
    } else {
        ("", theme.faint)
    }
}

/// What to say in place of rows.
fn explain(state: &State, area: Area, painter: &mut Painter<'_>) {
    let inner = area.inset();
    let mut y = area.y + 1;
    for sentence in sentences(state) {
        for line in wrap::text(&sentence, usize::from(inner.columns), Role::Text) {
            if y < area.y + area.rows {
                painter.line(inner.x, y, inner.columns, &line);
            }
            y += 1;
        }
        y += 1;
    }
}

fn sentences(state: &State) -> Vec<String> {
    let errors = state.library.count(Severity::Error);
    let label = state.source.label();
    match (&state.loading, state.library.is_empty(), errors) {
        (Loading::Growing, true, _) => vec![format!("Reading {label} {}", state.signs.ellipsis)],
        (_, false, _) => vec![
            format!(
                "None of the {} articles is selected by {}.",
                number::grouped(state.library.len() as i64),
                state.search.text()
            ),
            "Esc shows all of them again.".to_owned(),
        ],
        (_, true, 0) => vec![
            format!("There are no articles in {label}."),
            "An article is a Markdown, HTML, YAML or text file that begins with front matter: a line \
             with ---, fields such as title and excerpt, and another line with ---."
                .to_owned(),
            match &state.source {
                Source::Sample => String::new(),
                Source::Roots(_) => {
                    "R looks again; newsdesk check says for each file why it is not an article.".to_owned()
                }
            },
        ],
        (_, true, errors) => vec![
            format!("No file in {label} could be read as an article; {errors} were broken."),
            "! shows what was wrong with them, and what to do.".to_owned(),
        ],
    }
}
