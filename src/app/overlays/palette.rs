//! The command palette: every command that can run here, found by some letters of its name or
//! description.

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::letters::{ByLetters, LetterMatch, Wording};
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelCell, PanelRow};
use crate::command::{Command, CommandRow, Context, TABLE, show};
use crate::format::clean::Clean;
use crate::format::line::TextRole;

/// Columns for a command's name, and for its keys on the right.
const NAME: u16 = 22;
const KEYS: u16 = 12;

const WORDING: Wording = Wording {
    title: "COMMANDS",
    label: "run: ",
    invitation: "some letters of a command",
    nothing: "No command has these letters in this order.",
};

/// The commands, filtered by what is typed.
#[derive(Debug)]
pub struct Palette {
    /// The context the commands are to run in.
    context: Context,
    /// The commands that can run there, last chosen first.
    rows: Vec<&'static CommandRow>,
    /// Their names and descriptions.
    texts: ByLetters,
}

impl Palette {
    pub fn new(context: Context, cx: Cx<'_>) -> Self {
        let mut rows: Vec<&CommandRow> = TABLE
            .iter()
            .filter(|row| row.is_built() && runs_in(row, context))
            .collect();
        let latest = |row: &&CommandRow| cx.env.latest.iter().position(|it| *it == row.command);
        rows.sort_by_key(|row| latest(row).unwrap_or(usize::MAX));
        let text = |row: &&CommandRow| {
            let name = row.name.replace('-', " ");
            format!("{name}  {}", row.description)
        };
        Self {
            context,
            texts: ByLetters::new(rows.iter().map(text).collect()),
            rows,
        }
    }

    fn run(&self) -> Vec<Msg> {
        let row = self.texts.current().map(|at| self.rows[at]);
        row.map_or_else(Vec::new, |row| vec![Msg::Close, Msg::Run(row.command)])
    }

    fn row(&self, (at, typed): &LetterMatch, columns: u16, cx: Cx<'_>) -> PanelRow {
        let (row, text) = (self.rows[*at], self.texts.text(*at));
        let mut keys = cx.env.keymap.keys_of(row.command, self.context);
        let keys = keys.next().map(show).unwrap_or_default();
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
                PanelCell {
                    found: of_name.cloned().collect(),
                    ..PanelCell::new(2, NAME, Clean::new(name), TextRole::Text)
                },
                PanelCell {
                    found: of_about.collect(),
                    ..PanelCell::new(
                        about_at,
                        keys_at.saturating_sub(about_at + 1),
                        Clean::new(about.trim_start()),
                        TextRole::Faint,
                    )
                },
                PanelCell::new(keys_at, end - keys_at, Clean::new(&keys), TextRole::Accent).right(),
            ],
        }
    }
}

/// Whether a command does something in a context. Those that read a view's number from their key do
/// not.
fn runs_in(row: &CommandRow, context: Context) -> bool {
    let is_here = |it: &Context| *it == context || context.inside_of().contains(it);
    row.keys.iter().any(|(it, _)| is_here(it))
        && !matches!(row.command, Command::NumberedView | Command::Palette)
}

impl Overlay for Palette {
    fn context(&self) -> Context {
        Context::Jump
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if self.texts.go(command) {
            return Some(Vec::new());
        }
        (command == Command::Enter).then(|| self.run())
    }

    fn input(&mut self) -> Option<&mut Input> {
        Some(self.texts.input())
    }

    fn typed(&mut self) -> Vec<Msg> {
        self.texts.narrow();
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.texts.settle(cx);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let row = |found: &LetterMatch, columns| self.row(found, columns, cx);
        self.texts.panel(WORDING, cx, row)
    }
}
