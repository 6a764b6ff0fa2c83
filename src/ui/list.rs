//! The list: one row per article or story, in aligned columns.

use ratatui::style::Style;

use super::columns;
use super::frame::{Focus, header, scroll_bar};
use super::paint::Painter;
use crate::app::geometry::{Area, Pane};
use crate::app::{App, Loading, PointerTarget, Sign, SignStyle, StoryRow, position};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::{number, wrap};
use crate::library::{ArticleId, Source};
use crate::model::{Mark, Severity, Standing};

/// The cursor, three glyphs and a blank.
const SIGN_COLUMNS: u16 = 5;
/// How far the articles of an open story are indented.
const INDENT: u16 = 2;

pub fn draw(app: &App, area: Area, painter: &mut Painter<'_>) {
    let focus = Focus::when(app.reading_pane() == Pane::List);
    let rows = app.list().rows();
    // Counts are counts of articles, even where a row stands for several.
    let right = position(app.list().articles_above(), app.list().articles().len());
    header(area, "ARTICLES", &right, focus, painter);
    painter.target(area, PointerTarget::Pane(Pane::List));
    let body = area.body();
    if rows.is_empty() {
        return explain(app, body, painter);
    }
    let unread = match app.is_unread_rare() {
        true => painter.theme.unread,
        false => painter.theme.text,
    };
    let seen = rows
        .iter()
        .enumerate()
        .skip(app.list().cursor().top)
        .take(usize::from(body.rows));
    for ((at, id), y) in seen.zip(body.y..) {
        let line = Area { y, rows: 1, ..body };
        painter.target(line, PointerTarget::Article(*id));
        row(app, *id, line, unread, painter);
        if at == app.list().cursor().at {
            cursor(line, focus, painter);
        }
    }
    scroll_bar(
        body,
        app.list().cursor().top,
        usize::from(body.rows),
        rows.len(),
        painter,
    );
}

/// Highlights the cursor's row: filled if the pane has the focus, otherwise only a bar.
pub fn cursor(line: Area, focus: Focus, painter: &mut Painter<'_>) {
    let sign = Clean::label(painter.glyphs.cursor);
    match focus {
        Focus::Here => {
            let style = painter.theme.cursor;
            painter.fill(
                Area {
                    columns: line.columns.saturating_sub(1),
                    ..line
                },
                style,
            );
            painter.put(line.x, line.y, 1, &sign, style);
            painter.use_place(line.x, line.y);
        }
        Focus::Elsewhere => {
            painter.put(line.x, line.y, 1, &sign, painter.theme.faint);
        }
    }
}

fn row(app: &App, id: ArticleId, line: Area, unread: Style, painter: &mut Painter<'_>) {
    let article = app.cx().catalog.library().article(id);
    let theme = painter.theme;
    let (x, y) = (line.x, line.y);
    let is_selected = app.list().selection().contains(id.row());
    let selected = is_selected.then_some((Sign::Selected, theme.accent));
    let [handling, star, publication] = signs(app, id, painter);
    let all = [selected, handling, star, publication];
    let title_at = put_signs(all, (x, y), x + SIGN_COLUMNS, painter);
    let marks = app.cx().marks;
    let is_faint =
        marks.is_read(id) || marks.is_handled(id) || app.is_leaving(id) || is_gone(app, id);
    let title = match is_faint {
        _ if is_selected => theme.accent,
        true => theme.faint,
        false => unread,
    };
    // The scroll bar is at the right, with a blank before it.
    let beside_signs = line.columns.saturating_sub(SIGN_COLUMNS + 2);
    let cx = app.cx();
    let config = &cx.env.config;
    let fitting = columns::fitting(&config.list.columns, config.date_style, beside_signs);
    let end = (x + line.columns).saturating_sub(2);
    let story = app.list().story_row(id);
    let newest = match story {
        Some(StoryRow::Folded { newest, .. }) => cx.catalog.library().article(newest),
        Some(StoryRow::Open { .. } | StoryRow::Member) | None => article,
    };
    let right = columns::draw(fitting, (article, newest), (end, y), cx, painter);
    let right = tellers(app, id, (right, y), painter);
    let title_at = match story {
        Some(StoryRow::Member) => title_at + INDENT,
        Some(StoryRow::Folded { .. } | StoryRow::Open { .. }) | None => title_at,
    };
    let room = right.saturating_sub(title_at);
    let text = Clean::new(&article.title());
    painter.put(title_at, y, room, &text, title);
    let found = app.cx().in_force.highlights().ranges(text.as_str());
    painter.mark(title_at, y, room, text.as_str(), &found);
}

/// Draws how many articles tell a story so that it ends at `right`, brighter if any besides its
/// lead still wait; returns where it begins.
fn tellers(app: &App, id: ArticleId, (right, y): (u16, u16), painter: &mut Painter<'_>) -> u16 {
    let (theme, glyphs) = (painter.theme, painter.glyphs);
    let (sign, articles) = match app.list().story_row(id) {
        Some(StoryRow::Folded { articles, .. }) => (Sign::Folded, articles),
        Some(StoryRow::Open { articles }) => (Sign::Open, articles),
        Some(StoryRow::Member) | None => return right,
    };
    let marks = app.cx().marks;
    let mut hidden = app.list().hidden_by(id).iter();
    let waits = hidden.any(|it| !marks.is_handled(*it));
    let style = if waits { theme.accent } else { theme.faint };
    let text = match glyphs.sign_style() {
        SignStyle::Cells => format!("{}{}{articles}", glyphs.sign(sign), glyphs.times),
        SignStyle::Words => format!("{articles} tell it, {}", sign.word()),
    };
    let text = Clean::new(&text);
    let begins = right.saturating_sub(text.width() as u16);
    painter.put(begins, y, right - begins, &text, style);
    begins.saturating_sub(1)
}

/// Puts signs before a title, and returns its column: `title_at`, unless the signs are words.
pub fn put_signs<const N: usize>(
    signs: [Option<(Sign, Style)>; N],
    (x, y): (u16, u16),
    title_at: u16,
    painter: &mut Painter<'_>,
) -> u16 {
    match painter.glyphs.sign_style() {
        SignStyle::Cells => {
            for (sign, at) in signs.into_iter().zip(x..) {
                if let Some((sign, style)) = sign {
                    let glyph = Clean::label(painter.glyphs.sign(sign));
                    painter.put(at, y, 1, &glyph, style);
                }
            }
            title_at
        }
        SignStyle::Words => {
            let words = signs.into_iter().flatten();
            words.fold(x + 1, |at, (sign, style)| {
                let word = Clean::label(sign.word());
                let room = word.width() as u16;
                at + 1 + painter.put(at, y, room, &word, style)
            })
        }
    }
}

/// All signs of an article, so that none hides another: waiting or how it was handled; starred;
/// publication. None if its file is gone: the desk has no mark to look for any more.
fn signs(app: &App, id: ArticleId, painter: &Painter<'_>) -> [Option<(Sign, Style)>; 3] {
    if is_gone(app, id) {
        return [None; 3];
    }
    let is_starred = app.cx().marks.sets().starred.contains(id.row());
    [
        handling_sign(app, id, painter),
        is_starred.then_some((Sign::Starred, painter.theme.star)),
        publication_sign(app, id, painter),
    ]
}

/// Whether a row is still listed although its file is gone.
fn is_gone(app: &App, id: ArticleId) -> bool {
    app.cx().catalog.gone().contains(id.row())
}

/// How an article was handled, or that it is unread.
pub fn handling_sign(app: &App, id: ArticleId, painter: &Painter<'_>) -> Option<(Sign, Style)> {
    let (theme, marks) = (painter.theme, app.cx().marks.sets());
    let row = id.row();
    if marks.done.contains(row) {
        Some((Sign::Done, theme.faint))
    } else if marks.rejected.contains(row) {
        Some((Sign::Rejected, theme.faint))
    } else if marks.later.contains(row) {
        Some((Sign::Later, theme.later))
    } else if marks.read.contains(row) {
        None
    } else {
        Some((Sign::Unread, theme.accent))
    }
}

/// The staged publication, or else the current one.
fn publication_sign(app: &App, id: ArticleId, painter: &Painter<'_>) -> Option<(Sign, Style)> {
    let theme = painter.theme;
    let article = app.cx().catalog.library().article(id);
    let publication = article.publication();
    let mark = app.cx().marks.known(id);
    match mark.and_then(|it| it.publication) {
        None if mark.is_some_and(Mark::is_staged) => Some((Sign::Edited, theme.staged)),
        Some(true) => Some((Sign::ToPublish, theme.staged)),
        Some(false) => Some((Sign::ToUnpublish, theme.staged)),
        None if article.is_removed() => Some((Sign::Removed, theme.error)),
        None if publication.is_draft => Some((Sign::Draft, theme.faint)),
        None => match publication.at(app.cx().env.now) {
            Standing::Published => Some((Sign::Published, theme.published)),
            Standing::Scheduled => Some((Sign::Scheduled, theme.later)),
            Standing::Expired => Some((Sign::Expired, theme.faint)),
            Standing::Unpublished | Standing::Unsaid => None,
        },
    }
}

/// Says why there are no rows.
fn explain(app: &App, area: Area, painter: &mut Painter<'_>) {
    let inner = area.inset();
    let mut y = area.y + 1;
    for sentence in sentences(app) {
        for line in wrap::text(&sentence, usize::from(inner.columns), TextRole::Text) {
            if y < area.y + area.rows {
                painter.line(inner.x, y, inner.columns, &line);
            }
            y += 1;
        }
        y += 1;
    }
}

/// Why nothing of a library is listed, and what to do next.
fn nothing_matches(app: &App, key: impl Fn(Command) -> String) -> Vec<String> {
    let in_force = app.cx().in_force;
    let none = match app.cx().catalog.library().len() {
        1 => format!("The only article does not match {}.", in_force.text()),
        all => {
            let all = number::grouped(all as i64);
            format!("None of the {all} articles matches {}.", in_force.text())
        }
    };
    match (app.view_in_force(), in_force.is_whole_view()) {
        (Some(view), true) => vec![
            format!("Nothing is in {view}."),
            format!("{} lists the other views.", key(Command::ShowViews)),
        ],
        (Some(view), false) => {
            vec![
                none,
                format!("{} goes back to {view}.", key(Command::Cancel)),
            ]
        }
        (None, _) if in_force.is_empty() => {
            vec![format!("{} shows what has come.", key(Command::Refresh))]
        }
        (None, _) => vec![
            none,
            format!("{} shows them all again.", key(Command::Cancel)),
        ],
    }
}

fn sentences(app: &App) -> Vec<String> {
    let errors = app.cx().catalog.library().count(Severity::Error);
    let label = app.cx().catalog.source().label();
    let key = |command| app.cx().env.key(command, Context::List);
    match (&app.cx().catalog.loading(), app.cx().catalog.library().is_empty(), errors) {
        (Loading::Growing, true, _) => vec![format!("Reading {label} {}", app.cx().env.glyphs.ellipsis)],
        (_, false, _) if app.is_turning() => vec![format!("Searching{}", app.cx().env.glyphs.ellipsis)],
        (_, false, _) => nothing_matches(app, key),
        (_, true, 0) => vec![
            format!("There are no articles in {label}."),
            "An article is a Markdown, HTML, YAML or text file that starts with front matter: a line \
             with ---, fields such as title and excerpt, and another line with ---."
                .to_owned(),
            match app.cx().catalog.source() {
                Source::Sample => String::new(),
                Source::Roots(..) => {
                    format!("{} reloads; newsdesk check says why a file is not an article.", key(Command::Refresh))
                }
            },
        ],
        (_, true, errors) => vec![
            format!("No file in {label} could be read as an article; {errors} had errors."),
            format!("{} shows what is wrong with them, and what to do.", key(Command::ShowDiagnostics)),
        ],
    }
}
