//! What was wrong with the files, and with the desk, as lines.

use super::overlay::{Overlay, overlay_body};
use super::state::State;
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::{number, wrap};
use crate::model::{Diagnostic, Severity};

/// Diagnostics that are shown; `newsdesk check` lists all.
const SHOWN_DIAGNOSTICS: usize = 500;

/// What was wrong with the files.
#[derive(Debug)]
pub struct Diagnostics {
    pub lines: Vec<Line>,
    pub scroll: usize,
}

impl State {
    pub(super) fn open_diagnostics(&mut self) {
        let lines = self.diagnostic_lines();
        self.overlay = Some(Overlay::Diagnostics(Diagnostics { lines, scroll: 0 }));
    }

    pub(super) fn diagnostic_lines(&self) -> Vec<Line> {
        let columns = usize::from(overlay_body(self.size).columns);
        let trouble = self.desk.trouble.as_ref();
        let mut lines: Vec<Line> = trouble
            .map(|trouble| wrap::text(trouble, columns, Role::Error))
            .unwrap_or_default();
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        lines.extend(diagnostic_lines(&self.library.diagnostics(), columns));
        lines
    }
}

fn diagnostic_lines(diagnostics: &[&Diagnostic], columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for diagnostic in diagnostics.iter().take(SHOWN_DIAGNOSTICS) {
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        let place = diagnostic
            .place
            .map(|place| format!(":{}:{}", place.line, place.column))
            .unwrap_or_default();
        let mut head = Line::new();
        head.push(
            Clean::new(&format!("{}{place}", diagnostic.path.display())).cut(columns),
            Role::Strong,
        );
        lines.push(head);
        let role = match diagnostic.severity {
            Severity::Error => Role::Error,
            Severity::Warning => Role::Warning,
        };
        let field = diagnostic
            .field
            .as_ref()
            .map(|field| format!("{field}: "))
            .unwrap_or_default();
        let said = format!("{}: {field}{}", diagnostic.severity, diagnostic.reason);
        lines.extend(wrap::text(&said, columns, role));
        if let Some(hint) = &diagnostic.hint {
            lines.extend(wrap::text(hint, columns, Role::Faint));
        }
    }
    let left = diagnostics.len().saturating_sub(SHOWN_DIAGNOSTICS);
    if left > 0 {
        lines.push(Line::blank());
        let left = number::grouped(left as i64);
        lines.extend(wrap::text(
            &format!("And {left} more: newsdesk check lists them all."),
            columns,
            Role::Faint,
        ));
    }
    if lines.is_empty() {
        lines.extend(wrap::text(
            "Nothing was wrong with the files.",
            columns,
            Role::Text,
        ));
    }
    lines
}
