//! The libraries of the configuration, to open another one: found by some letters of its name.

use std::ops::Range;

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Choice, Panel, PanelInput, PanelRow, position};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::Role;
use crate::query::by_letters;

/// The libraries, filtered by what is typed.
#[derive(Debug)]
pub struct Libraries {
    /// Names, and their folders and files.
    all: Vec<(String, String)>,
    /// The matching ones: index in `all`, and the matching bytes of the name.
    found: Vec<(usize, Vec<Range<usize>>)>,
    input: Input,
    cursor: Cursor,
    height: usize,
}

impl Libraries {
    pub fn new(cx: Cx<'_>) -> Self {
        let libraries = cx.env.config.libraries.iter();
        let all = libraries.map(|library| {
            let roots: Vec<String> = library
                .roots
                .iter()
                .map(|root| root.to_string_lossy().into_owned())
                .collect();
            (library.name.clone(), roots.join(", "))
        });
        let mut libraries = Self {
            all: all.collect(),
            found: Vec::new(),
            input: Input::default(),
            cursor: Cursor::default(),
            height: 1,
        };
        libraries.narrow();
        libraries
    }

    fn narrow(&mut self) {
        let names = self.all.iter().map(|(name, _)| name.as_str());
        self.found = by_letters(self.input.value(), names);
        self.cursor = Cursor::default();
    }

    fn open(&self) -> Vec<Msg> {
        let found = self.found.get(self.cursor.at);
        let library = found.and_then(|(at, _)| self.all.get(*at));
        library.map_or_else(Vec::new, |(name, _)| {
            vec![Msg::Close, Msg::OpenLibrary(name.clone())]
        })
    }

    fn row(&self, at: usize, columns: u16, cx: Cx<'_>) -> PanelRow {
        let (number, typed) = &self.found[at];
        let (name, roots) = &self.all[*number];
        let is_open = cx.env.config.opened.as_ref() == Some(name);
        let choice = Choice {
            text: Clean::new(name),
            role: if is_open { Role::Accent } else { Role::Text },
            typed: typed.clone(),
            about: Clean::new(roots),
            about_role: Role::Faint,
            ..Choice::default()
        };
        choice.row(columns)
    }
}

impl Overlay for Libraries {
    fn context(&self) -> Context {
        Context::Jump
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.found.len());
            return Some(Vec::new());
        }
        (command == Command::Enter).then(|| self.open())
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
            title: Clean::label("OPEN A LIBRARY"),
            corner: position(self.cursor.at, self.found.len()),
            input: Some(PanelInput {
                label: "open: ".to_owned(),
                invitation: "some letters of its name".to_owned(),
                input: self.input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        if self.found.is_empty() {
            let nothing = "No library has these letters in this order.";
            return Panel {
                body: vec![PanelRow::sentence(nothing, body.columns)],
                ..panel
            };
        }
        let row = |at: usize| self.row(at, body.columns, cx);
        panel.with_rows(self.cursor, self.found.len(), usize::from(body.rows), row)
    }
}
