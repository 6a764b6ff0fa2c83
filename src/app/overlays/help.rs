//! The help: every key, symbol and query field, filtered by what is typed.

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelCell, PanelInput, PanelRow};
use crate::command::{self, Command, Context, HelpRow};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::wrap;
use crate::query::fields::FIELDS;

/// The help, filtered by what is typed.
#[derive(Debug)]
pub struct Help {
    all: Vec<HelpRow>,
    rows: Vec<PanelRow>,
    input: Input,
    scroll: Cursor,
    /// The width the rows were made for.
    columns: u16,
    height: usize,
}

/// The column layout of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    keys: u16,
    /// 0 if there is no room for it: the description then starts with the context.
    place: u16,
    said: u16,
}

impl Columns {
    /// The layout for this width.
    fn new(columns: u16) -> Self {
        let (keys, place) = match columns {
            70.. => (22, 12),
            50..70 => (22, 0),
            _ => (13, 0),
        };
        Self {
            keys,
            place,
            said: columns.saturating_sub(keys + place).max(1),
        }
    }
}

impl Help {
    pub fn new(cx: Cx<'_>) -> Self {
        let mut all = command::help(&cx.env.keymap, &cx.env.glyphs.meanings());
        all.extend(query_rows());
        let mut help = Self {
            all,
            rows: Vec::new(),
            input: Input::default(),
            scroll: Cursor::default(),
            columns: 0,
            height: 1,
        };
        help.settle(cx);
        help
    }

    fn narrow(&mut self) {
        let rows = command::filter(&self.all, self.input.value());
        self.rows = help_rows(&rows, Columns::new(self.columns));
        self.scroll = Cursor::default();
    }
}

impl Overlay for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        let step = step(command, self.height)?;
        self.scroll.scroll(step, self.rows.len(), self.height);
        Some(Vec::new())
    }

    fn input(&mut self) -> Option<&mut Input> {
        Some(&mut self.input)
    }

    fn typed(&mut self) -> Vec<Msg> {
        self.narrow();
        Vec::new()
    }

    /// Rebuilds the rows for another width, with the same share of them above the window.
    fn settle(&mut self, cx: Cx<'_>) {
        let body = panel_body(cx.env.size);
        self.height = usize::from(body.rows).max(1);
        if body.columns != self.columns {
            self.columns = body.columns;
            let (at, before) = (self.scroll.at, self.rows.len().max(1));
            self.narrow();
            self.scroll.at = at * self.rows.len() / before;
        }
        self.scroll.settle_scroll(self.rows.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = cx.env.key(Command::Cancel, Context::Help);
        let body = panel_body(cx.env.size);
        let panel = Panel {
            title: Clean::label("KEYS"),
            corner: Clean::new(&format!("{key} closes")),
            input: Some(PanelInput {
                label: "find: ".to_owned(),
                invitation: "type to filter".to_owned(),
                input: self.input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        if self.rows.is_empty() {
            let nothing = "No match. Backspace deletes what you typed.";
            return Panel {
                body: vec![PanelRow::sentence(nothing, body.columns)],
                ..panel
            };
        }
        let row = |at: usize| self.rows[at].clone();
        Panel {
            cursor: None,
            ..panel.with_rows(self.scroll, self.rows.len(), usize::from(body.rows), row)
        }
    }
}

/// The rows below their group headings.
fn help_rows(rows: &[&HelpRow], columns: Columns) -> Vec<PanelRow> {
    let mut made: Vec<PanelRow> = Vec::new();
    let mut group = "";
    let all = columns.keys + columns.place + columns.said;
    let said_at = columns.keys + columns.place;
    let said_cell = |line: Line| PanelCell {
        at: said_at,
        columns: columns.said,
        line,
        ..PanelCell::default()
    };
    for row in rows {
        if row.group != group {
            group = row.group;
            if !made.is_empty() {
                made.push(PanelRow::default());
            }
            made.push(PanelRow {
                cells: vec![PanelCell::new(
                    0,
                    all,
                    Clean::label(group),
                    TextRole::Accent,
                )],
            });
        }
        let said = match row.place {
            "" | "everywhere" => row.description.to_string(),
            _ if columns.place > 0 => row.description.to_string(),
            place => format!("{place}: {}", row.description),
        };
        let mut said = wrap::text(&said, usize::from(columns.said), TextRole::Text).into_iter();
        let keys = Clean::new(&row.keys.join("  "));
        let keys_room = columns.keys.saturating_sub(2);
        let mut cells = vec![PanelCell::new(1, keys_room, keys, TextRole::Title)];
        if columns.place > 0 {
            let place = Clean::label(row.place);
            cells.push(PanelCell::new(
                columns.keys,
                columns.place - 1,
                place,
                TextRole::Faint,
            ));
        }
        cells.push(said_cell(said.next().unwrap_or_default()));
        made.push(PanelRow { cells });
        made.extend(said.map(|line| PanelRow {
            cells: vec![said_cell(line)],
        }));
    }
    made
}

/// The fields of the query language, as rows of the help.
fn query_rows() -> impl Iterator<Item = HelpRow> {
    FIELDS.iter().map(|row| HelpRow {
        group: "Query fields",
        keys: vec![row.example.to_owned()],
        place: "",
        name: row.name.into(),
        description: row.about.into(),
    })
}
