//! The review of what is staged: shows what would be written into which files, and asks.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::Request;
use crate::app::event::Reply;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, Question};
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelRow, line};
use crate::command::{Command, Context};
use crate::desk::{DeskEvent, DeskRequest, Plan, Planned};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};

/// What would be written.
#[derive(Debug)]
pub struct Review {
    /// `None` until the desk has told it.
    plans: Option<Vec<Planned>>,
    lines: Vec<Line>,
    scroll: Cursor,
    height: usize,
}

impl Review {
    pub fn new() -> (Self, Msg) {
        let review = Self {
            plans: None,
            lines: Vec::new(),
            scroll: Cursor::default(),
            height: 1,
        };
        (review, Msg::Ask(Request::Desk(DeskRequest::Review)))
    }

    fn count(&self, is_it: fn(&Plan) -> bool) -> usize {
        let plans = self.plans.iter().flatten();
        plans.filter(|it| is_it(&it.what)).count()
    }

    /// Whether anything of it can be written, or needs to be no more.
    fn can_be_written(&self) -> bool {
        self.count(|it| !matches!(it, Plan::Refused(_))) > 0
    }

    fn take(&mut self, plans: Vec<Planned>, cx: Cx<'_>) -> Vec<Msg> {
        if plans.is_empty() {
            let key = cx.env.key(Command::Stage, Context::List);
            return vec![
                Msg::Close,
                Msg::Say(format!(
                    "Nothing is staged: {key} stages publishing, or the contrary."
                )),
            ];
        }
        self.lines = plans.iter().flat_map(plan_lines).collect();
        self.plans = Some(plans);
        Vec::new()
    }
}

impl Overlay for Review {
    fn context(&self) -> Context {
        Context::Confirm
    }

    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.scroll.scroll(step, self.lines.len(), self.height);
            return Some(Vec::new());
        }
        match command {
            Command::Enter | Command::Confirm if self.can_be_written() => Some(vec![
                Msg::Close,
                Msg::Ask(Request::Desk(DeskRequest::Write)),
            ]),
            Command::Enter | Command::Confirm => Some(vec![Msg::Close]),
            _ => None,
        }
    }

    fn reply(&mut self, reply: Reply, cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Desk(told) = reply {
            for told in told {
                match told {
                    DeskEvent::Review(plans) => return self.take(plans, cx),
                    DeskEvent::Refused(_) => return vec![Msg::Close],
                    _ => {}
                }
            }
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.scroll.settle_scroll(self.lines.len(), self.height);
    }

    fn question(&self) -> Question {
        match self.plans {
            None => Question::Waiting,
            Some(_) => Question::Shown,
        }
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Confirm);
        let body = panel_body(cx.env.size);
        if self.plans.is_none() {
            let said = format!("Looking at the files{}", cx.env.glyphs.ellipsis);
            return Panel {
                title: Clean::label("WRITE"),
                hint: Clean::new(&format!("{} gives it up", key(Command::Cancel))),
                body: vec![PanelRow::sentence(&said, body.columns)],
                ..Panel::default()
            };
        }
        let title = format!(
            "WRITE {}, unchanged {}, refused {}",
            self.count(|it| matches!(it, Plan::Line { .. })),
            self.count(|it| matches!(it, Plan::Unchanged)),
            self.count(|it| matches!(it, Plan::Refused(_)))
        );
        let hint = if self.can_be_written() {
            format!(
                "{} writes them, {} leaves them staged",
                key(Command::Enter),
                key(Command::Cancel)
            )
        } else {
            format!(
                "Nothing of it can be written; {} leaves it staged",
                key(Command::Cancel)
            )
        };
        let panel = Panel {
            title: Clean::new(&title),
            hint: Clean::new(&hint),
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

/// A change of a file as `diff` shows it.
fn plan_lines(plan: &Planned) -> Vec<Line> {
    let path = plan.path.display();
    match &plan.what {
        Plan::Line { number, old, new } => {
            let mut lines = vec![line(&format!("{path}:{number}"), Role::Strong)];
            lines.extend(old.iter().map(|old| line(&format!("- {old}"), Role::Error)));
            lines.push(line(&format!("+ {new}"), Role::Published));
            lines.push(Line::blank());
            lines
        }
        Plan::Unchanged => vec![
            line(&format!("{path}"), Role::Strong),
            line("  says so already: it waits no longer", Role::Faint),
            Line::blank(),
        ],
        Plan::Refused(reason) => vec![
            line(&format!("{path}"), Role::Strong),
            line(&format!("! {reason}"), Role::Warning),
            Line::blank(),
        ],
    }
}
