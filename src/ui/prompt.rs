//! The line of text at the bottom of the screen, and above it what is wrong with it or what the word
//! at the cursor can become.

use super::bars::clear_last;
use super::choosing::plain;
use super::input;
use super::paint::Painter;
use crate::app::geometry::Area;
use crate::app::{Completing, Prompt};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::format::{number, wrap};

pub fn draw(prompt: &Prompt, painter: &mut Painter<'_>) {
    let y = painter.rows() - 1;
    if let Some(complaint) = &prompt.complaint {
        complain(&complaint.reason, painter);
    } else if let Some(completion) = &prompt.completion {
        candidates(completion, painter);
    } else {
        clear_last(1, painter);
    }
    let theme = painter.theme;
    let label = Clean::label(prompt.label());
    let x = 1 + painter.put(1, y, painter.columns(), &label, theme.accent);
    let columns = painter.columns().saturating_sub(x + 1);
    let line = Area {
        x,
        y,
        columns,
        rows: 1,
    };
    if prompt.input.value().is_empty() {
        let invitation = Clean::label(prompt.invitation());
        painter.put(x + 1, y, columns, &invitation, theme.faint);
    }
    let wrong = prompt.complaint.as_ref().map(|it| it.at.clone());
    input::draw(&prompt.input, wrong, line, painter);
}

fn complain(reason: &str, painter: &mut Painter<'_>) {
    let columns = painter.columns().saturating_sub(2);
    let lines = wrap::text(reason, usize::from(columns), Role::Error);
    let first = clear_last(lines.len() + 1, painter);
    for (line, y) in lines.iter().zip(first..painter.rows() - 1) {
        painter.line(1, y, columns, line);
    }
}

/// Rows of candidates at the most.
const ROWS: u16 = 8;
const CANDIDATE_COLUMNS: u16 = 34;

/// What the word can become, the one that stands there marked, in a strip above the line.
fn candidates(completion: &Completing, painter: &mut Painter<'_>) {
    let count = completion.candidates.len();
    let rows = (count as u16).min(ROWS).min(painter.rows() / 3);
    let first = clear_last(usize::from(rows) + 1, painter);
    let rows = usize::from((painter.rows() - 1).saturating_sub(first));
    let top = (completion.picked + 1).saturating_sub(rows);
    let theme = painter.theme;
    let seen = completion
        .candidates
        .iter()
        .enumerate()
        .skip(top)
        .take(rows);
    for ((at, candidate), y) in seen.zip(first..) {
        let style = if at == completion.picked {
            theme.accent
        } else {
            theme.text
        };
        let text = Clean::new(&candidate.text);
        painter.put(3, y, CANDIDATE_COLUMNS, &text, style);
        let x = 3 + CANDIDATE_COLUMNS + 1;
        let room = painter.columns().saturating_sub(x + 1);
        let said = match (candidate.count, candidate.about) {
            (Some(count), _) => Clean::new(&number::grouped(count as i64)),
            (None, Some(about)) => plain(about),
            (None, None) => Clean::default(),
        };
        painter.put(x, y, room, &said, theme.faint);
    }
}
