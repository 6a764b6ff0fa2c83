//! The list of views: choose one, save the query in force, rename, move and delete.

use std::collections::HashMap;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::event::Reply;
use crate::app::geometry::panel_body;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::{Msg, OverlaySpec};
use crate::app::panel::{Panel, PanelChoice, position};
use crate::app::views::View;
use crate::command::{Command, Context};
use crate::config::ViewEdit;
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::number;
use crate::query::Query;

/// The views, and the cursor.
#[derive(Debug)]
pub struct Views {
    cursor: Cursor,
    /// How many articles each query selects, once counted.
    counts: HashMap<String, u64>,
    /// The queries being counted.
    asked: Vec<String>,
    height: usize,
}

impl Views {
    /// Starts with the cursor on the view in force, and asks for the counts.
    pub fn new(cx: Cx<'_>) -> (Self, Msg) {
        let views = &cx.env.views;
        let in_force = views.iter().position(|view| cx.in_force.is_view(view));
        let overlay = Self {
            cursor: Cursor {
                at: in_force.unwrap_or_default(),
                top: 0,
            },
            counts: HashMap::new(),
            asked: texts(views),
            height: 1,
        };
        (overlay, count(views))
    }
}

impl Views {
    fn picked<'a>(&self, cx: Cx<'a>) -> Option<&'a View> {
        cx.env.views.get(self.cursor.at)
    }

    /// Moves the view under the cursor, and the cursor with it.
    fn move_by(&mut self, rows: isize, cx: Cx<'_>) -> Vec<Msg> {
        let at = self.cursor.at;
        let to = at.saturating_add_signed(rows);
        let mut names: Vec<String> = cx.env.views.iter().map(|it| it.name.clone()).collect();
        if to == at || to >= names.len() {
            return Vec::new();
        }
        names.swap(at, to);
        self.cursor.at = to;
        vec![Msg::EditViews(ViewEdit::Order(names))]
    }
}

fn texts(views: &[View]) -> Vec<String> {
    views.iter().map(|view| view.text.clone()).collect()
}

fn count(views: &[View]) -> Msg {
    let query = |view: &View| -> Query { view.query.clone().unwrap_or_default() };
    Msg::Ask(AppRequest::Count(views.iter().map(query).collect()))
}

impl Overlay for Views {
    fn context(&self) -> Context {
        Context::Views
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, cx.env.views.len());
            return Some(Vec::new());
        }
        match command {
            Command::Enter => Some(vec![Msg::LookAtView(self.cursor.at)]),
            Command::KeepView if cx.in_force.is_empty() => {
                let key = cx.env.key(Command::Search, Context::List);
                let said =
                    format!("Everything is listed: there is no query to save. {key} starts one.");
                Some(vec![Msg::Say(said)])
            }
            Command::KeepView => Some(vec![Msg::Open(OverlaySpec::NameView)]),
            Command::MoveViewDown => Some(self.move_by(1, cx)),
            Command::MoveViewUp => Some(self.move_by(-1, cx)),
            Command::RenameView => {
                let view = self.picked(cx)?.clone();
                Some(vec![Msg::Open(OverlaySpec::RenameView(view))])
            }
            Command::DeleteView => {
                let view = self.picked(cx)?.clone();
                Some(vec![Msg::Open(OverlaySpec::DeleteView(view))])
            }
            _ => None,
        }
    }

    fn reply(&mut self, reply: Reply, cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Counted(counts) = reply {
            self.counts = self.asked.drain(..).zip(counts).collect();
        } else if let Reply::EditedViews(Ok(ViewEdit::Keep { name, .. })) = reply {
            let views = &cx.env.views;
            let kept = views.iter().position(|it| it.name == name);
            self.cursor.at = kept.unwrap_or_default();
            self.asked = texts(views);
            return vec![count(views)];
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(cx.env.views.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Views);
        let views = &cx.env.views;
        let body = panel_body(cx.env.size);
        let row = |at: usize| {
            let view = &views[at];
            let lead = match at + 1 {
                number @ 1..=9 => number.to_string(),
                _ => String::new(),
            };
            let in_force = cx.in_force.is_view(view);
            let (about, about_role) = match &view.query {
                Ok(query) => (query.to_string(), TextRole::Faint),
                Err(error) => (format!("{}: {error}", view.text), TextRole::Error),
            };
            let count = self.counts.get(&view.text).copied();
            let choice = PanelChoice {
                lead: Clean::new(&lead),
                text: Clean::new(&view.name),
                role: if in_force {
                    TextRole::Accent
                } else {
                    TextRole::Text
                },
                about: Clean::new(&about),
                about_role,
                right: match (&view.query, count) {
                    (Ok(_), Some(count)) => Clean::new(&number::grouped(count as i64)),
                    _ => Clean::default(),
                },
                ..PanelChoice::default()
            };
            choice.row(body.columns)
        };
        let panel = Panel {
            title: Clean::label("VIEWS"),
            corner: position(self.cursor.at, views.len()),
            hint: Clean::new(&format!(
                "{} shows, {} saves, {} renames, {} {} move, {} deletes",
                key(Command::Enter),
                key(Command::KeepView),
                key(Command::RenameView),
                key(Command::MoveViewDown),
                key(Command::MoveViewUp),
                key(Command::DeleteView),
            )),
            ..Panel::default()
        };
        panel.with_rows(self.cursor, views.len(), usize::from(body.rows), row)
    }
}
