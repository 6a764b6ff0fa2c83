//! Asks before a decision on many articles: says on how many, and on which for example. It may have
//! to wait until they are found.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::Request;
use crate::app::event::Reply;
use crate::app::geometry::panel_body;
use crate::app::mark_edit::{MarkEdit, articles};
use crate::app::overlay::{self, Overlay};
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelRow, line};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::number;
use crate::library::ArticleId;
use crate::query::Query;

/// Titles that are shown of the articles.
const SAMPLE: usize = 12;

/// Whether to decide on some articles.
#[derive(Debug)]
pub struct Question {
    edit: MarkEdit,
    /// `None` until they are found.
    articles: Option<Vec<ArticleId>>,
    scroll: Cursor,
    height: usize,
}

impl Question {
    pub fn new(edit: MarkEdit, articles: Vec<ArticleId>) -> Self {
        Self {
            edit,
            articles: Some(articles),
            scroll: Cursor::default(),
            height: 1,
        }
    }

    /// About the articles that a query selects, which are to be found.
    pub fn selecting(edit: MarkEdit, query: Query) -> (Self, Msg) {
        let question = Self {
            articles: None,
            ..Self::new(edit, Vec::new())
        };
        (question, Msg::Ask(Request::Select(query)))
    }

    fn lines(&self, cx: Cx<'_>) -> Vec<Line> {
        let Some(articles) = &self.articles else {
            let said = format!("Looking for the articles{}", cx.env.glyphs.ellipsis);
            return vec![line(&said, Role::Text)];
        };
        let sample = articles.iter().take(SAMPLE);
        let mut lines: Vec<Line> = sample.map(|id| line(cx.title(*id), Role::Text)).collect();
        if articles.len() > lines.len() {
            let left = number::grouped((articles.len() - lines.len()) as i64);
            lines.push(line(&format!("and {left} more"), Role::Faint));
        }
        lines
    }

    fn count(&self) -> usize {
        let articles = self.articles.as_ref().map_or(0, Vec::len);
        articles.min(SAMPLE + 1)
    }
}

impl Overlay for Question {
    fn context(&self) -> Context {
        Context::Confirm
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            let count = self.count();
            self.scroll.scroll(step, count, self.height);
            return Some(Vec::new());
        }
        match (command, &self.articles) {
            (Command::Enter | Command::Confirm, Some(articles)) => Some(vec![
                Msg::Close,
                Msg::Decide(self.edit.clone(), articles.clone()),
            ]),
            _ => None,
        }
    }

    fn reply(&mut self, reply: Reply, _cx: Cx<'_>) -> Vec<Msg> {
        match reply {
            Reply::Selected(articles) if articles.is_empty() => vec![
                Msg::Close,
                Msg::Say("No article is selected by that query.".to_owned()),
            ],
            Reply::Selected(articles) => {
                self.articles = Some(articles);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        let count = self.count();
        self.scroll.settle_scroll(count, self.height);
    }

    fn question(&self) -> overlay::Question {
        match self.articles {
            None => overlay::Question::Waiting,
            Some(_) => overlay::Question::Shown,
        }
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Confirm);
        let body = panel_body(cx.env.size);
        let (title, hint) = match &self.articles {
            Some(found) => (
                format!("{}: {}?", self.edit.label, articles(found.len())),
                format!(
                    "{} does it, {} leaves everything as it is; {} takes it back later",
                    key(Command::Enter),
                    key(Command::Cancel),
                    cx.env.key(Command::Undo, Context::List)
                ),
            ),
            None => (
                self.edit.label.clone(),
                format!("{} gives it up", key(Command::Cancel)),
            ),
        };
        let lines = self.lines(cx);
        let row = |at: usize| PanelRow::new(lines[at].clone(), body.columns);
        let panel = Panel {
            title: Clean::new(&title),
            hint: Clean::new(&hint),
            ..Panel::default()
        };
        let seen = usize::from(body.rows);
        Panel {
            cursor: None,
            ..panel.with_rows(self.scroll, lines.len(), seen, row)
        }
    }
}
