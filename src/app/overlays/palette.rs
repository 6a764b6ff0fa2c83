//! The command palette: every command that can run here, found by some letters of its name or
//! description.

use std::ops::Range;

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Cell, Panel, PanelInput, PanelRow, position};
use crate::command::{Command, Context, Row, TABLE, show};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::query::by_letters;

/// Columns for a command's name, and for its keys on the right.
const NAME: u16 = 22;
const KEYS: u16 = 12;

/// The commands, filtered by what is typed.
#[derive(Debug)]
pub struct Palette {
    /// The context the commands are to run in.
    context: Context,
    /// The commands that can run there, last chosen first, each with the text to match.
    all: Vec<(&'static Row, String)>,
    /// The matching commands: index in `all`, and the matching bytes.
    found: Vec<(usize, Vec<Range<usize>>)>,
    input: Input,
    cursor: Cursor,
    height: usize,
}

impl Palette {
    pub fn new(context: Context, cx: Cx<'_>) -> Self {
        let mut rows: Vec<&Row> = TABLE.iter().filter(|row| runs_in(row, context)).collect();
        let latest = |row: &&Row| cx.env.latest.iter().position(|it| *it == row.command);
        rows.sort_by_key(|row| latest(row).unwrap_or(usize::MAX));
        let words = |row: &'static Row| {
            let name = row.name.replace('-', " ");
            (row, format!("{name}  {}", row.description))
        };
        let mut palette = Self {
            context,
            all: rows.into_iter().map(words).collect(),
            found: Vec::new(),
            input: Input::default(),
            cursor: Cursor::default(),
            height: 1,
        };
        palette.narrow();
        palette
    }

    fn narrow(&mut self) {
        let texts = self.all.iter().map(|(_, text)| text.as_str());
        self.found = by_letters(self.input.value(), texts);
        self.cursor = Cursor::default();
    }

    fn run(&self) -> Vec<Msg> {
        let found = self.found.get(self.cursor.at);
        let row = found.and_then(|(at, _)| self.all.get(*at));
        row.map_or_else(Vec::new, |(row, _)| vec![Msg::Close, Msg::Run(row.command)])
    }

    fn row(&self, at: usize, columns: u16, cx: Cx<'_>) -> PanelRow {
        let (number, typed) = &self.found[at];
        let (row, text) = &self.all[*number];
        let keys = cx.env.keymap.keys_of(row.command, self.context);
        let keys = keys.first().map(|keys| show(keys)).unwrap_or_default();
        let end = columns.saturating_sub(1);
        let keys_at = end.saturating_sub(KEYS);
        let about_at = 2 + NAME + 1;
        let (name, about) = text.split_at(row.name.len());
        let of_name = typed.iter().filter(|it| it.end <= name.len());
        // Two blanks follow the name.
        let skipped = name.len() + 2;
        let of_about = typed.iter().filter(|it| it.start >= skipped);
        let of_about = of_about.map(|it| it.start - skipped..it.end - skipped);
        PanelRow {
            cells: vec![
                Cell {
                    found: of_name.cloned().collect(),
                    ..Cell::new(2, NAME, Clean::new(name), Role::Text)
                },
                Cell {
                    found: of_about.collect(),
                    ..Cell::new(
                        about_at,
                        keys_at.saturating_sub(about_at + 1),
                        Clean::new(about.trim_start()),
                        Role::Faint,
                    )
                },
                Cell::new(keys_at, end - keys_at, Clean::new(&keys), Role::Accent).right(),
            ],
        }
    }
}

/// Whether a command does something in a context. The number of a view is in its key, so those do
/// not.
fn runs_in(row: &Row, context: Context) -> bool {
    let is_here = |it: &Context| *it == context || context.inside_of().contains(it);
    row.keys.iter().any(|(it, _)| is_here(it))
        && !matches!(row.command, Command::NumberedView | Command::Palette)
}

impl Overlay for Palette {
    fn context(&self) -> Context {
        Context::Jump
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.found.len());
            return Some(Vec::new());
        }
        (command == Command::Enter).then(|| self.run())
    }

    fn input(&mut self) -> Option<&mut Input> {
        Some(&mut self.input)
    }

    fn typed(&mut self) -> Vec<Msg> {
        self.narrow();
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(self.found.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let body = panel_body(cx.env.size);
        let panel = Panel {
            title: Clean::label("COMMANDS"),
            corner: position(self.cursor.at, self.found.len()),
            input: Some(PanelInput {
                label: "run: ".to_owned(),
                invitation: "some letters of a command".to_owned(),
                input: self.input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        if self.found.is_empty() {
            let nothing = "No command has these letters in this order.";
            return Panel {
                body: vec![PanelRow::sentence(nothing, body.columns)],
                ..panel
            };
        }
        let row = |at: usize| self.row(at, body.columns, cx);
        panel.with_rows(self.cursor, self.found.len(), usize::from(body.rows), row)
    }
}
