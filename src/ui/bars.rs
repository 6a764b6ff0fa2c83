//! The top and bottom lines of the screen: where you are and what is filtered; what can be done
//! here, or what just happened.

use ratatui::style::Style;

use super::paint::Painter;
use crate::app::geometry::{Area, Arrangement, Pane};
use crate::app::{App, Loading, PointerTarget, SignStyle, TextProgress, Tone};
use crate::command::{self, Command, Context, Continuation, FooterHint, Group, show};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::{number, wrap};
use crate::model::Severity;

/// Columns between the parts of a line.
const GAP: u16 = 3;

/// Draws where you are, how much is shown, what is filtered and what is wrong.
pub fn top(app: &App, painter: &mut Painter<'_>) {
    let columns = app.cx().env.size.columns;
    let theme = painter.theme;
    let mut right = columns.saturating_sub(1);
    if let Some((troubles, style)) = troubles(app, theme.warning, theme.error) {
        right = put_before(right, &troubles, style, columns / 2, painter);
    }
    let mut parts = vec![
        (Clean::label("newsdesk"), theme.accent.patch(theme.title)),
        (Clean::new(&app.cx().catalog.source().label()), theme.text),
        (Clean::new(&counts(app, Detail::Stories)), theme.faint),
    ];
    let mut filtered = Vec::new();
    let mut way_out = Clean::default();
    if !app.cx().in_force.is_empty() {
        if let Some(view) = app.view_in_force() {
            filtered.push((Clean::new(view), theme.accent.patch(theme.title)));
        }
        filtered.push((Clean::new(app.cx().in_force.text()), theme.accent));
    }
    if !app.cx().in_force.is_whole_view() {
        let key = app.cx().env.key(Command::Cancel, Context::List);
        way_out = Clean::new(&format!("{key} clears"));
    }
    let mut room = usize::from(right.saturating_sub(1));
    if way_out.width() > 0 {
        room = room.saturating_sub(way_out.width() + usize::from(GAP));
    }
    let kept = filtered.len().max(1);
    parts.extend(filtered);
    let wanted = |parts: &[(Clean, Style)]| -> usize {
        let widths = parts.iter().map(|(text, _)| text.width());
        widths.sum::<usize>() + usize::from(GAP) * parts.len().saturating_sub(1)
    };
    if wanted(&parts) > room {
        parts[2].0 = Clean::new(&counts(app, Detail::Articles));
    }
    // The filter matters more than the program's name.
    while parts.len() > kept && wanted(&parts) > room {
        parts.remove(0);
    }
    let mut x = 1;
    for (text, style) in &parts {
        let left = (room as u16 + 1).saturating_sub(x);
        x += painter.put(x, 0, left, text, *style) + GAP;
    }
    painter.put(x, 0, right.saturating_sub(x), &way_out, theme.faint);
}

/// Puts text into row `y` so that it ends at `right`, and returns the new right edge.
fn put_before_at(right: u16, y: u16, text: &Clean, style: Style, painter: &mut Painter<'_>) -> u16 {
    let width = text.width() as u16;
    let at = right.saturating_sub(width);
    painter.put(at, y, width, text, style);
    at.saturating_sub(GAP)
}

/// Puts text so that it ends at `right`, and returns the new right edge.
fn put_before(right: u16, text: &Clean, style: Style, most: u16, painter: &mut Painter<'_>) -> u16 {
    let width = (text.width() as u16).min(most);
    let at = right.saturating_sub(width);
    painter.put(at, 0, width, text, style);
    at.saturating_sub(GAP)
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Articles,
    /// Also the stories that they tell.
    Stories,
}

/// How much is listed, and what is going on; no numbers while they are those of another query.
fn counts(app: &App, detail: Detail) -> String {
    let glyphs = app.cx().env.glyphs;
    let mut counts = match app.is_turning() {
        true => format!("searching{}", glyphs.ellipsis),
        false => numbers(app, detail),
    };
    let dot = glyphs.dot;
    match app.cx().catalog.loading() {
        Loading::Growing => counts.push_str(&format!("{dot}reading")),
        Loading::Restored | Loading::Checking => counts.push_str(&format!("{dot}checking")),
        Loading::Again(_) => counts.push_str(&format!("{dot}reloading")),
        Loading::Ready => {}
    }
    if let Some(TextProgress::Searching { looked, of } | TextProgress::Stopped { looked, of }) =
        app.search().texts()
    {
        let (looked, of) = (number::grouped(looked as i64), number::grouped(of as i64));
        counts.push_str(&format!("{dot}{looked} of {of} texts searched"));
    }
    let arrived = app.arrived();
    if arrived > 0 && !app.is_turning() {
        let key = app.cx().env.key(Command::Refresh, Context::List);
        let new = number::grouped(arrived as i64);
        counts.push_str(&format!("{dot}{new} new, {key} to show"));
    }
    counts
}

/// How many articles the query in force selects, and how many of them are what.
fn numbers(app: &App, detail: Detail) -> String {
    let grouped = |count: usize| number::grouped(count as i64);
    let (seen, all) = (app.selected_count(), app.cx().catalog.library().len());
    let dot = app.cx().env.glyphs.dot;
    let mut counts = if app.cx().in_force.is_empty() {
        format!(
            "{} article{}",
            grouped(seen),
            if seen == 1 { "" } else { "s" }
        )
    } else {
        format!("{} of {}", grouped(seen), grouped(all))
    };
    let stories = app.story_count().filter(|it| *it != seen);
    if let Some(stories) = stories
        && detail == Detail::Stories
    {
        let stories = match stories {
            1 => "1 story".to_owned(),
            _ => format!("{} stories", grouped(stories)),
        };
        counts.push_str(&format!("{dot}{stories}"));
    }
    let unread = app.unread_count();
    if unread != seen {
        counts.push_str(&format!("{dot}{} unread", grouped(unread)));
    }
    let (selected, staged) = (
        app.list().selection().len(),
        app.cx().marks.sets().staged.len(),
    );
    if selected > 0 {
        counts.push_str(&format!("{dot}{} selected", grouped(selected)));
    }
    if staged > 0 {
        counts.push_str(&format!("{dot}{} staged", grouped(staged as usize)));
    }
    counts
}

fn troubles(app: &App, warning: Style, error: Style) -> Option<(Clean, Style)> {
    if let Some(trouble) = app.triage().trouble() {
        let said = format!("! decisions are kept in memory only: {trouble}");
        return Some((Clean::new(&said), error));
    }
    if let Some(trouble) = app.cx().catalog.trouble() {
        return Some((Clean::new(&format!("! {trouble}")), warning));
    }
    let wrong = app.cx().env.config.troubles.len();
    if wrong > 0 {
        let key = app.cx().env.key(Command::ShowDiagnostics, Context::List);
        let said = format!("! configuration: {wrong} wrong, {key} shows");
        return Some((Clean::new(&said), warning));
    }
    let count = |severity| app.cx().catalog.library().count(severity);
    let plural = |count: usize, word: &str| {
        format!(
            "! {} {word}{}",
            number::grouped(count as i64),
            if count == 1 { "" } else { "s" }
        )
    };
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => None,
        (0, warnings) => Some((Clean::new(&plural(warnings, "warning")), warning)),
        (errors, _) => Some((Clean::new(&plural(errors, "error")), error)),
    }
}

/// Draws what just happened, which keys can follow those pressed so far, or what can be done here.
pub fn bottom(app: &App, painter: &mut Painter<'_>) {
    let y = app.cx().env.size.rows - 1;
    let theme = painter.theme;
    if let Some(message) = app.message() {
        let style = match message.tone {
            Tone::Notice | Tone::Advice => theme.text,
            Tone::Error => theme.error,
        };
        let end = progress(app, y, painter);
        said(&message.text, style, end, painter);
    } else if app.is_pending_long() {
        what_follows(app, painter);
    } else if let Some(doing) = app.doing() {
        let end = progress(app, y, painter);
        said(&Clean::new(&doing), theme.text, end, painter);
    } else if app.cx().catalog.is_loading_long(app.cx().env.uptime) {
        gauge(app, y, painter);
    } else {
        hints(app, y, painter);
    }
}

/// Columns of the gauge, and of its moving part.
const GAUGE: (u16, u16) = (24, 6);
/// Milliseconds per column.
const GAUGE_STEP: i64 = 80;

/// Draws that the library is loading, what it is doing, and how many articles there are so far. How
/// many there will be is unknown until all folders have been read.
fn gauge(app: &App, y: u16, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let doing = match app.cx().catalog.loading() {
        Loading::Growing => "Reading",
        Loading::Restored | Loading::Checking => "Checking",
        Loading::Again(_) | Loading::Ready => "Reloading",
    };
    let what = Clean::new(&format!("{doing} {}", app.cx().catalog.source().label()));
    let columns = painter.columns().saturating_sub(2);
    let mut x = 1 + painter.put(1, y, columns / 2, &what, theme.text) + 2;
    let (length, moving) = GAUGE;
    if x + length < columns && painter.glyphs.sign_style() == SignStyle::Cells {
        let way = i64::from(length - moving);
        let step = (app.cx().env.uptime.as_millis() as i64 / GAUGE_STEP).rem_euclid(way * 2);
        let at = x + step.min(way * 2 - step) as u16;
        painter.across(x, y, length, painter.glyphs.horizontal, theme.faint);
        painter.across(at, y, moving, painter.glyphs.gauge, theme.accent);
        x += length + 2;
    }
    let count = number::grouped(app.cx().catalog.library().len() as i64);
    painter.put(
        x,
        y,
        columns,
        &Clean::new(&format!("{count} articles so far")),
        theme.faint,
    );
}

/// Draws a message in the last line; a longer one covers lines above it as well.
fn said(text: &Clean, style: Style, end: u16, painter: &mut Painter<'_>) {
    let y = painter.rows() - 1;
    if text.width() < usize::from(end) {
        painter.put(1, y, end, text, style);
        return;
    }
    let columns = painter.columns().saturating_sub(2);
    let lines = wrap::text(text.as_str(), usize::from(columns), TextRole::Text);
    let first = clear_last(lines.len(), painter);
    for (line, y) in lines.iter().zip(first..painter.rows()) {
        painter.line(1, y, columns, line);
        let row = Area {
            x: 1,
            y,
            columns,
            rows: 1,
        };
        painter.fill(row, style);
    }
}

/// Clears the last `count` lines of the screen, at most a third of it, and returns the first.
pub fn clear_last(count: usize, painter: &mut Painter<'_>) -> u16 {
    let most = usize::from(painter.rows() / 3).max(1);
    let rows = count.clamp(1, most) as u16;
    let y = painter.rows() - rows;
    painter.clear(Area {
        x: 0,
        y,
        columns: painter.columns(),
        rows,
    });
    y
}

/// Draws the keys available here, as many as fit; in a narrow list, also the cursor's position.
fn hints(app: &App, y: u16, painter: &mut Painter<'_>) {
    let end = progress(app, y, painter);
    let narrow = app.panes().arrangement == Arrangement::Narrow;
    let mut x = 1;
    let mut help = Some(help_hint(app));
    for mut hint in command::footer(&app.cx().env.keymap, app.context()) {
        if hint.command == Command::Enter && app.context() == Context::Detail {
            hint.label = "related";
        }
        if !makes_sense(app, hint.command) || (narrow && hint.label == "move") {
            continue;
        }
        if hint.command == Command::Help {
            help = None;
        }
        let kept = help.as_ref().map_or(0, |it| hint_width(it) + 2);
        if x + hint_width(&hint) + kept > end {
            break;
        }
        x = put_hint(&hint, x, y, painter);
    }
    // The hint for help always has room.
    if let Some(help) = help.filter(|it| x + hint_width(it) <= end && !it.keys.is_empty()) {
        put_hint(&help, x, y, painter);
    }
}

fn help_hint(app: &App) -> FooterHint {
    let hints = command::footer(&app.cx().env.keymap, app.context());
    let help = hints.into_iter().find(|it| it.command == Command::Help);
    help.unwrap_or(FooterHint {
        command: Command::Help,
        keys: String::new(),
        label: "",
    })
}

fn hint_width(hint: &FooterHint) -> u16 {
    (Clean::new(&hint.keys).width() + 1 + Clean::label(hint.label).width()) as u16
}

/// Draws a key and its label, and returns where the next one goes.
fn put_hint(hint: &FooterHint, x: u16, y: u16, painter: &mut Painter<'_>) -> u16 {
    let theme = painter.theme;
    let (keys, label) = (Clean::new(&hint.keys), Clean::label(hint.label));
    let room = hint_width(hint);
    let area = Area {
        x,
        y,
        columns: room,
        rows: 1,
    };
    painter.target(area, PointerTarget::Hint(hint.command));
    let x = x + painter.put(x, y, room, &keys, theme.accent) + 1;
    x + painter.put(x, y, room, &label, theme.faint) + 2
}

/// Draws, on the right, how many decisions this run has made and what is left; returns its left
/// edge.
fn progress(app: &App, y: u16, painter: &mut Painter<'_>) -> u16 {
    let end = app.cx().env.size.columns.saturating_sub(1);
    let Some((decided, left)) = app.progress() else {
        return end;
    };
    let grouped = |count: i64| number::grouped(count);
    let said = format!(
        "{} decided{}{} left",
        grouped(decided as i64),
        app.cx().env.glyphs.dot,
        grouped(left as i64)
    );
    let style = painter.theme.text;
    put_before_at(end, y, &Clean::new(&said), style, painter)
}

/// Whether a command would do anything now.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "commands of other panes and overlays are handled there"
)]
fn makes_sense(app: &App, command: Command) -> bool {
    match command {
        Command::Enter if app.panel().is_some() => false,
        Command::Enter => match app.reading_pane() {
            Pane::List => app.detail().article().is_some(),
            Pane::Detail => !app.related().entries().is_empty(),
            Pane::Facets | Pane::Related => true,
        },
        Command::NextMatch | Command::PreviousMatch if app.panel().is_none() => {
            !app.detail().highlights(app.cx()).is_empty()
        }
        Command::ComeBack => app.steps() > 0,
        Command::FollowRelated | Command::PreviousRelated | Command::NextRelated => {
            !app.related().entries().is_empty()
        }
        Command::Zoom | Command::ScrollDown | Command::ScrollUp => app.detail().article().is_some(),
        Command::NextUnhandled | Command::PreviousUnhandled => !app.list().rows().is_empty(),
        Command::IncludeValue | Command::ExcludeValue | Command::OnlyValue | Command::AnyOrAll => {
            !app.facets().rows().is_empty()
        }
        Command::ShowDiagnostics => {
            app.cx().env.config.troubles.len()
                + app.cx().catalog.library().count(Severity::Error)
                + app.cx().catalog.library().count(Severity::Warning)
                > 0
        }
        Command::ClearValues => !app.cx().in_force.is_empty(),
        Command::Review => !app.cx().marks.sets().staged.is_empty(),
        _ if is_about_an_article(command) => app.detail().article().is_some(),
        _ => true,
    }
}

fn is_about_an_article(command: Command) -> bool {
    let row = command.row();
    let places = row.keys.iter().map(|(place, _)| *place);
    matches!(row.group, Group::Articles | Group::Deciding)
        && places.into_iter().any(|place| place == Context::Article)
}

/// Draws a strip at the bottom of the screen with each key that can follow.
fn what_follows(app: &App, painter: &mut Painter<'_>) {
    let ways = app
        .cx()
        .env
        .keymap
        .continuations(app.context(), app.pending());
    let columns = app.cx().env.size.columns.saturating_sub(2);
    let pressed = Clean::new(&format!("{}-", show(app.pending())));
    let indent = pressed.width() as u16 + 2;
    let rows = laid_out(&ways, columns.saturating_sub(indent));
    let y = clear_last(rows.len(), painter);
    let theme = painter.theme;
    painter.put(1, y, columns, &pressed, theme.accent.patch(theme.title));
    for (row, y) in rows.iter().zip(y..painter.rows()) {
        let mut x = 1 + indent;
        for (keys, label) in row {
            x += painter.put(x, y, columns, keys, theme.accent) + 1;
            x += painter.put(x, y, columns, label, theme.text) + 3;
        }
    }
}

/// Lays out keys and labels in rows of at most `columns`.
fn laid_out(ways: &[Continuation], columns: u16) -> Vec<Vec<(Clean, Clean)>> {
    let mut rows: Vec<Vec<(Clean, Clean)>> = Vec::new();
    let mut left = 0;
    for way in ways {
        let keys = Clean::new(&show(&way.rest));
        let label = Clean::new(&way.bound.label());
        let width = keys.width() + label.width() + 4;
        if rows.is_empty() || width > left {
            rows.push(Vec::new());
            left = usize::from(columns) + 3;
        }
        left = left.saturating_sub(width);
        if let Some(row) = rows.last_mut() {
            row.push((keys, label));
        }
    }
    rows
}
