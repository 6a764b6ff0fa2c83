//! The help: every key, sign and field of a query, narrowed by what is typed.

use tui_input::Input;

use super::line::{self, Typed};
use super::overlay::{Overlay, overlay_body};
use super::state::State;
use crate::command::{self, HelpRow, Key};
use crate::format::line::{Line, Role};
use crate::format::wrap;
use crate::query::fields::FIELDS;

/// The help, narrowed by what is typed.
#[derive(Debug)]
pub struct Help {
    all: Vec<HelpRow>,
    pub lines: Vec<HelpLine>,
    pub input: Input,
    pub scroll: usize,
    /// The columns that the lines were made for.
    columns: u16,
}

/// A line of the help as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    Blank,
    Group(&'static str),
    /// Keys, where they hold if there is a column for it, and what they do.
    Row {
        keys: String,
        place: &'static str,
        said: Line,
    },
    /// The rest of what the keys above do.
    More(Line),
}

/// The columns of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpColumns {
    pub keys: u16,
    /// None where there is no room for it: then the description begins with the place.
    pub place: u16,
    pub said: u16,
}

impl HelpColumns {
    /// The columns of a help that is so wide.
    pub fn of(columns: u16) -> Self {
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
    fn new(all: Vec<HelpRow>, columns: u16) -> Self {
        let mut help = Self {
            all,
            lines: Vec::new(),
            input: Input::default(),
            scroll: 0,
            columns,
        };
        help.narrow();
        help
    }

    /// Makes the lines again for another width, the same share of them above the window.
    pub(super) fn rewrap(&mut self, columns: u16) {
        self.columns = columns;
        let (scroll, before) = (self.scroll, self.lines.len().max(1));
        self.narrow();
        self.scroll = scroll * self.lines.len() / before;
    }

    /// Types a key into the line that narrows the rows.
    pub(super) fn type_key(&mut self, key: Key) {
        if line::type_key(&mut self.input, key) == Typed::Text {
            self.narrow();
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        line::paste(&mut self.input, text);
        self.narrow();
    }

    fn narrow(&mut self) {
        let rows = command::filter(&self.all, self.input.value());
        self.lines = help_lines(&rows, HelpColumns::of(self.columns));
        self.scroll = 0;
    }
}

/// The rows under their groups' headings.
fn help_lines(rows: &[&HelpRow], columns: HelpColumns) -> Vec<HelpLine> {
    let mut lines: Vec<HelpLine> = Vec::new();
    let mut group = "";
    for row in rows {
        if row.group != group {
            group = row.group;
            if !lines.is_empty() {
                lines.push(HelpLine::Blank);
            }
            lines.push(HelpLine::Group(group));
        }
        let said = match row.place {
            "" | "everywhere" => row.description.to_owned(),
            _ if columns.place > 0 => row.description.to_owned(),
            place => format!("{place}: {}", row.description),
        };
        let mut said = wrap::text(&said, usize::from(columns.said), Role::Text).into_iter();
        lines.push(HelpLine::Row {
            keys: row.keys.join("  "),
            place: row.place,
            said: said.next().unwrap_or_default(),
        });
        lines.extend(said.map(HelpLine::More));
    }
    lines
}

/// The fields of the query language, as rows of the help.
fn query_rows() -> impl Iterator<Item = HelpRow> {
    FIELDS.iter().map(|row| HelpRow {
        group: "Query fields",
        keys: vec![row.example.to_owned()],
        place: "",
        name: row.name,
        description: row.about,
    })
}

impl State {
    pub(super) fn open_help(&mut self) {
        let mut all = command::help(&self.keymap, &self.signs.words());
        all.extend(query_rows());
        let columns = overlay_body(self.size).columns;
        self.overlay = Some(Overlay::Help(Help::new(all, columns)));
    }
}
