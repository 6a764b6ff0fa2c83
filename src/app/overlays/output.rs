//! The output of a program, to scroll and to search.

use std::ops::Range;

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::{AppRequest, Piped};
use crate::app::event::{Printed, Reply};
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelInput, PanelRow, line};
use crate::app::panes::text_of;
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::{number, wrap};
use crate::query::{Highlights, parse};

/// The output of a program.
#[derive(Debug)]
pub struct Output {
    /// The name of the program.
    program: String,
    /// `None` while it runs.
    printed: Option<Result<Printed, String>>,
    lines: Vec<Line>,
    /// The text of each line, for searching.
    texts: Vec<String>,
    /// The width that the lines are made for.
    columns: u16,
    scroll: Cursor,
    height: usize,
    /// The search text, while it is being typed.
    typed: Option<Input>,
    wanted: Highlights,
    /// The matching lines.
    matches: Vec<usize>,
    /// The match visited last.
    at: usize,
}

impl Output {
    pub fn new(piped: Piped) -> (Self, Msg) {
        let output = Self {
            program: piped.program.program.clone(),
            printed: None,
            lines: Vec::new(),
            texts: Vec::new(),
            columns: 0,
            scroll: Cursor::default(),
            height: 1,
            typed: None,
            wanted: Highlights::default(),
            matches: Vec::new(),
            at: 0,
        };
        (output, Msg::Ask(AppRequest::Pipe(piped)))
    }

    fn wrapped(&self, columns: u16, ellipsis: &str) -> Vec<Line> {
        let columns = usize::from(columns);
        let printed = match &self.printed {
            None => {
                let said = format!("{} is running{ellipsis}", self.program);
                return wrap::text(&said, columns, TextRole::Text);
            }
            Some(Err(reason)) => return wrap::text(reason, columns, TextRole::Error),
            Some(Ok(printed)) => printed,
        };
        let mut lines = wrap::verbatim(&printed.text, columns, TextRole::Text);
        if lines.is_empty() && printed.failure.is_none() {
            lines.push(line("It printed nothing.", TextRole::Faint));
        }
        if !printed.is_all {
            lines.push(line(
                "The rest of the output is left out.",
                TextRole::Warning,
            ));
        }
        if let Some(failure) = &printed.failure {
            lines.extend(wrap::text(failure, columns, TextRole::Error));
        }
        lines
    }

    /// Searches for what is typed, and goes to the first match from here on.
    fn find(&mut self) {
        let typed = self.typed.as_ref().map_or("", Input::value);
        // An incomplete query, such as one with an open quote, finds nothing.
        self.wanted = parse(typed)
            .map(|query| Highlights::new(&query))
            .unwrap_or_default();
        self.look();
        self.at = self.matches.partition_point(|at| *at < self.scroll.top);
        self.show_match();
    }

    fn look(&mut self) {
        let texts = self.texts.iter().enumerate();
        let found = texts.filter(|(_, text)| !self.wanted.ranges(text).is_empty());
        self.matches = found.map(|(at, _)| at).collect();
    }

    /// Brings the current match onto the screen.
    fn show_match(&mut self) {
        let Some(line) = self.matches.get(self.at) else {
            return;
        };
        let seen = self.scroll.top..self.scroll.top + self.height;
        if !seen.contains(line) {
            let top = line.saturating_sub(self.height / 3);
            self.scroll = Cursor { at: top, top };
            self.scroll.settle_scroll(self.lines.len(), self.height);
        }
    }

    /// Goes to another match, wrapping around at the ends.
    fn go(&mut self, by: isize) -> Vec<Msg> {
        let count = self.matches.len();
        if count == 0 {
            return vec![Msg::Say("No match.".to_owned())];
        }
        self.at = (self.at as isize + by).rem_euclid(count as isize) as usize;
        self.show_match();
        let (at, count) = (self.at + 1, number::grouped(count as i64));
        vec![Msg::Say(format!("match {at}/{count}"))]
    }

    fn row(&self, at: usize, columns: u16) -> PanelRow {
        let line = &self.lines[at];
        let found: Vec<Range<usize>> = self.wanted.ranges(&self.texts[at]);
        let mut row = PanelRow::new(line.clone(), columns);
        if let Some(cell) = row.cells.first_mut() {
            cell.found = found;
        }
        row
    }
}

impl Overlay for Output {
    /// During a search, letters go into the input line.
    fn context(&self) -> Context {
        match self.typed {
            Some(_) => Context::Jump,
            None => Context::Output,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.scroll.scroll(step, self.lines.len(), self.height);
            return Some(Vec::new());
        }
        match command {
            Command::SearchText => {
                self.typed = Some(Input::default());
                Some(Vec::new())
            }
            Command::NextMatch => Some(self.go(1)),
            Command::PreviousMatch => Some(self.go(-1)),
            Command::Enter => {
                self.typed = None;
                Some(Vec::new())
            }
            Command::Cancel if self.typed.is_some() => {
                self.typed = None;
                self.wanted = Highlights::default();
                self.matches = Vec::new();
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn input(&mut self) -> Option<&mut Input> {
        self.typed.as_mut()
    }

    fn typed(&mut self) -> Vec<Msg> {
        self.find();
        Vec::new()
    }

    fn reply(&mut self, reply: Reply, cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Printed(printed) = reply {
            self.printed = Some(printed);
            self.columns = 0;
            self.settle(cx);
        }
        Vec::new()
    }

    /// Wraps the text for another width, with the same share of it above the window.
    fn settle(&mut self, cx: Cx<'_>) {
        let body = panel_body(cx.env.size);
        self.height = usize::from(body.rows).max(1);
        if body.columns != self.columns {
            self.columns = body.columns;
            let (at, before) = (self.scroll.at, self.lines.len().max(1));
            self.lines = self.wrapped(body.columns, cx.env.glyphs.ellipsis);
            self.texts = self.lines.iter().map(text_of).collect();
            self.scroll.at = at * self.lines.len() / before;
            self.look();
        }
        self.scroll.settle_scroll(self.lines.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Output);
        let body = panel_body(cx.env.size);
        let seen = usize::from(body.rows);
        let last = (self.scroll.top + seen).min(self.lines.len());
        let panel = Panel {
            title: Clean::new(&format!("OUTPUT of {}", self.program)),
            corner: Clean::new(&format!("{last}/{}", self.lines.len())),
            hint: Clean::new(&format!(
                "{} searches, {} {} next and previous match, {} closes",
                key(Command::SearchText),
                key(Command::NextMatch),
                key(Command::PreviousMatch),
                key(Command::Cancel)
            )),
            input: self.typed.as_ref().map(|input| PanelInput {
                label: "/".to_owned(),
                invitation: "what to find in the output".to_owned(),
                input: input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        let row = |at: usize| self.row(at, body.columns);
        Panel {
            cursor: None,
            ..panel.with_rows(self.scroll, self.lines.len(), seen, row)
        }
    }
}
