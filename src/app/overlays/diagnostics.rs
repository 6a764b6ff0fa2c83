//! What is wrong with the files, and with the desk.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::Panel;
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::{number, wrap};
use crate::model::{Diagnostic, Severity};

/// Maximum number of diagnostics shown; `newsdesk check` lists all.
const SHOWN_DIAGNOSTICS: usize = 500;

/// The diagnostics, wrapped to the width.
#[derive(Debug)]
pub struct Diagnostics {
    /// What is wrong with the desk.
    trouble: Option<String>,
    lines: Vec<Line>,
    columns: u16,
    scroll: Cursor,
    height: usize,
}

impl Diagnostics {
    pub fn new(trouble: Option<String>, cx: Cx<'_>) -> Self {
        let mut diagnostics = Self {
            trouble,
            lines: Vec::new(),
            columns: 0,
            scroll: Cursor::default(),
            height: 1,
        };
        diagnostics.settle(cx);
        diagnostics
    }

    fn wrapped(&self, columns: usize, cx: Cx<'_>) -> Vec<Line> {
        let trouble = self.trouble.as_ref();
        let mut lines: Vec<Line> = trouble
            .map(|trouble| wrap::text(trouble, columns, TextRole::Error))
            .unwrap_or_default();
        let troubles = cx.env.config.troubles.iter();
        lines.extend(troubles.flat_map(|it| wrap::text(it, columns, TextRole::Warning)));
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        let diagnostics = cx.catalog.library().diagnostics();
        lines.extend(diagnostic_lines(&diagnostics, columns));
        lines
    }
}

impl Overlay for Diagnostics {
    fn context(&self) -> Context {
        Context::Diagnostics
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.scroll.scroll(step, self.lines.len(), self.height);
            return Some(Vec::new());
        }
        (command == Command::ShowDiagnostics).then(|| vec![Msg::Close])
    }

    /// Wraps again for another width, keeping about the same part visible.
    fn settle(&mut self, cx: Cx<'_>) {
        let body = panel_body(cx.env.size);
        self.height = usize::from(body.rows).max(1);
        if body.columns != self.columns {
            self.columns = body.columns;
            let lines = self.wrapped(usize::from(body.columns), cx);
            self.scroll.at = self.scroll.at * lines.len() / self.lines.len().max(1);
            self.lines = lines;
        }
        self.scroll.settle_scroll(self.lines.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = cx.env.key(Command::Cancel, Context::Diagnostics);
        let body = panel_body(cx.env.size);
        let panel = Panel {
            title: Clean::label("PROBLEMS IN THE FILES"),
            corner: Clean::new(&format!("{key} closes")),
            ..Panel::default()
        };
        panel.with_lines(
            self.scroll,
            &self.lines,
            usize::from(body.rows),
            body.columns,
        )
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
            TextRole::Strong,
        );
        lines.push(head);
        let role = match diagnostic.severity {
            Severity::Error => TextRole::Error,
            Severity::Warning => TextRole::Warning,
        };
        let field = diagnostic
            .field
            .as_ref()
            .map(|field| format!("{field}: "))
            .unwrap_or_default();
        let said = format!("{}: {field}{}", diagnostic.severity, diagnostic.reason);
        lines.extend(wrap::text(&said, columns, role));
        if let Some(hint) = &diagnostic.hint {
            lines.extend(wrap::text(hint, columns, TextRole::Faint));
        }
    }
    let left = diagnostics.len().saturating_sub(SHOWN_DIAGNOSTICS);
    if left > 0 {
        lines.push(Line::blank());
        let left = number::grouped(left as i64);
        lines.extend(wrap::text(
            &format!("And {left} more: newsdesk check lists them all."),
            columns,
            TextRole::Faint,
        ));
    }
    if lines.is_empty() {
        lines.extend(wrap::text(
            "There are no problems in the files.",
            columns,
            TextRole::Text,
        ));
    }
    lines
}
