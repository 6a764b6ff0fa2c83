//! The libraries of the configuration, to open another one: found by some letters of its name.

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::letters::{ByLetters, LetterMatch, Wording};
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelChoice, PanelRow};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::TextRole;

const WORDING: Wording = Wording {
    title: "OPEN A LIBRARY",
    label: "open: ",
    invitation: "some letters of its name",
    nothing: "No library has these letters in this order.",
};

/// The libraries, filtered by what is typed.
#[derive(Debug)]
pub struct Libraries {
    /// The folders and files of each.
    roots: Vec<String>,
    names: ByLetters,
}

impl Libraries {
    pub fn new(cx: Cx<'_>) -> Self {
        let libraries = &cx.env.config.libraries;
        let roots = libraries.iter().map(|library| {
            let roots = library.roots.iter().map(|root| root.to_string_lossy());
            roots.collect::<Vec<_>>().join(", ")
        });
        let names = libraries.iter().map(|library| library.name.clone());
        Self {
            roots: roots.collect(),
            names: ByLetters::new(names.collect()),
        }
    }

    fn open(&self) -> Vec<Msg> {
        self.names.current().map_or_else(Vec::new, |at| {
            let name = self.names.text(at).to_owned();
            vec![Msg::Close, Msg::OpenLibrary(name)]
        })
    }

    fn row(&self, (at, typed): &LetterMatch, columns: u16, cx: Cx<'_>) -> PanelRow {
        let name = self.names.text(*at);
        let is_open = cx.env.config.opened.as_deref() == Some(name);
        let choice = PanelChoice {
            text: Clean::new(name),
            role: if is_open {
                TextRole::Accent
            } else {
                TextRole::Text
            },
            typed: typed.clone(),
            about: Clean::new(&self.roots[*at]),
            about_role: TextRole::Faint,
            ..PanelChoice::default()
        };
        choice.row(columns)
    }
}

impl Overlay for Libraries {
    fn context(&self) -> Context {
        Context::Jump
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if self.names.go(command) {
            return Some(Vec::new());
        }
        (command == Command::Enter).then(|| self.open())
    }

    fn input(&mut self) -> Option<&mut Input> {
        Some(self.names.input())
    }

    fn typed(&mut self) -> Vec<Msg> {
        self.names.narrow();
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.names.settle(cx);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let row = |found: &LetterMatch, columns| self.row(found, columns, cx);
        self.names.panel(WORDING, cx, row)
    }
}
