//! The review of what is staged: shows what would be written to which files, and asks.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::event::Reply;
use crate::app::geometry::panel_body;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelRow, end_of, line};
use crate::command::{Command, Context};
use crate::desk::{DeskEvent, DeskRequest, FilePlan, PlannedFile};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::model::{MarkField, MarkValue};

/// The planned changes.
#[derive(Debug)]
pub struct Review {
    /// `None` until the desk has sent them.
    plans: Option<Vec<PlannedFile>>,
    /// How many files of each kind they are, for the title.
    counts: String,
    lines: Vec<Line>,
    /// The first line of each plan.
    starts: Vec<usize>,
    /// Always on the first line of a plan.
    cursor: Cursor,
    height: usize,
}

impl Review {
    pub fn new() -> (Self, Msg) {
        let review = Self {
            plans: None,
            counts: String::new(),
            lines: Vec::new(),
            starts: Vec::new(),
            cursor: Cursor::default(),
            height: 1,
        };
        (review, Msg::Ask(AppRequest::Desk(DeskRequest::Review)))
    }

    /// The plan under the cursor.
    fn picked(&self) -> usize {
        let before = self.starts.iter().filter(|start| **start <= self.cursor.at);
        before.count().saturating_sub(1)
    }

    /// The first line of a plan; of the last one if there are fewer.
    fn start_of(&self, plan: usize) -> usize {
        let start = self.starts.get(plan).or(self.starts.last());
        start.copied().unwrap_or_default()
    }

    /// Unstages the plan under the cursor, and plans again what is left.
    fn drop_picked(&self, cx: Cx<'_>) -> Vec<Msg> {
        let plan = self.plans.as_ref().and_then(|it| it.get(self.picked()));
        plan.map_or_else(Vec::new, |plan| {
            let edits = cx.marks.get(plan.article).edits;
            vec![
                Msg::Decide(MarkEdit::unstaged(edits.keys()), vec![plan.article]),
                Msg::Ask(AppRequest::Desk(DeskRequest::Review)),
            ]
        })
    }

    /// Number of files in which publication would change to this.
    fn to_say(&self, to: bool, cx: Cx<'_>) -> usize {
        let says = |plan: &&PlannedFile| {
            let staged = cx.marks.will_be(plan.article, &MarkField::Publication);
            matches!(plan.what, FilePlan::Lines(_)) && staged == MarkValue::Staged(Some(to))
        };
        self.plans.iter().flatten().filter(says).count()
    }

    /// Number of files in which other fields would change.
    fn to_edit(&self, cx: Cx<'_>) -> usize {
        let edits = |plan: &&PlannedFile| {
            let mark = cx.marks.known(plan.article);
            matches!(plan.what, FilePlan::Lines(_)) && mark.is_some_and(|it| !it.edits.is_empty())
        };
        self.plans.iter().flatten().filter(edits).count()
    }

    fn count(&self, is_it: fn(&FilePlan) -> bool) -> usize {
        let plans = self.plans.iter().flatten();
        plans.filter(|it| is_it(&it.what)).count()
    }

    /// Whether anything can be written, or no longer needs to be.
    fn can_be_written(&self) -> bool {
        self.count(|it| !matches!(it, FilePlan::Refused(_))) > 0
    }

    /// What would be done, as it is staged now.
    fn counted(&self, cx: Cx<'_>) -> String {
        let counts = [
            ("publish", self.to_say(true, cx)),
            ("unpublish", self.to_say(false, cx)),
            ("edit", self.to_edit(cx)),
            (
                "unchanged",
                self.count(|it| matches!(it, FilePlan::Unchanged)),
            ),
            (
                "refused",
                self.count(|it| matches!(it, FilePlan::Refused(_))),
            ),
        ];
        let counts = counts.iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(word, count)| format!("{word} {count}"))
            .collect();
        counts.join(", ")
    }

    fn take(&mut self, plans: Vec<PlannedFile>, cx: Cx<'_>) -> Vec<Msg> {
        if plans.is_empty() {
            let key = |command| cx.env.key(command, Context::List);
            return vec![
                Msg::Close,
                Msg::Say(format!(
                    "Nothing is staged: {} stages publishing, {} unpublishing.",
                    key(Command::Publish),
                    key(Command::Unpublish)
                )),
            ];
        }
        let at = self.picked();
        self.lines.clear();
        self.starts.clear();
        for plan in &plans {
            self.starts.push(self.lines.len());
            self.lines.extend(plan_lines(plan));
        }
        self.cursor.at = self.start_of(at);
        self.plans = Some(plans);
        self.counts = self.counted(cx);
        Vec::new()
    }
}

impl Overlay for Review {
    fn context(&self) -> Context {
        Context::Review
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            let plan = step.from(self.picked(), self.starts.len());
            self.cursor.at = self.start_of(plan);
            return Some(Vec::new());
        }
        match command {
            Command::Enter | Command::Confirm if self.can_be_written() => Some(vec![
                Msg::Close,
                Msg::Ask(AppRequest::Desk(DeskRequest::Write)),
            ]),
            Command::Enter | Command::Confirm => Some(vec![Msg::Close]),
            Command::Unstage => Some(self.drop_picked(cx)),
            _ => None,
        }
    }

    fn reply(&mut self, reply: Reply, cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Desk(told) = reply {
            for told in told {
                match told {
                    DeskEvent::Review(plans) => return self.take(plans, cx),
                    DeskEvent::Refused(_) => return vec![Msg::Close],
                    DeskEvent::Marks(_)
                    | DeskEvent::Kept { .. }
                    | DeskEvent::Unchanged { .. }
                    | DeskEvent::TakenBack { .. }
                    | DeskEvent::Journal(_)
                    | DeskEvent::Written { .. }
                    | DeskEvent::Saved(_)
                    | DeskEvent::Trouble(_)
                    | DeskEvent::Notice(_) => {}
                }
            }
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(self.lines.len(), self.height);
    }

    fn question(&self) -> OverlayQuestion {
        match self.plans {
            None => OverlayQuestion::Waiting,
            Some(_) => OverlayQuestion::Shown,
        }
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Review);
        let body = panel_body(cx.env.size);
        if self.plans.is_none() {
            let said = format!("Checking the files{}", cx.env.glyphs.ellipsis);
            return Panel {
                title: Clean::label("WRITE"),
                hint: Clean::new(&format!("{} cancels", key(Command::Cancel))),
                body: vec![PanelRow::sentence(&said, body.columns)],
                ..Panel::default()
            };
        }
        let title = format!("REVIEW: {}", self.counts);
        let hint = if self.can_be_written() {
            format!(
                "{} writes, {} drops one, {} leaves all staged",
                key(Command::Enter),
                key(Command::Unstage),
                key(Command::Cancel)
            )
        } else {
            format!(
                "Nothing can be written; {} drops one, {} leaves all staged",
                key(Command::Unstage),
                key(Command::Cancel)
            )
        };
        let panel = Panel {
            title: Clean::new(&title),
            hint: Clean::new(&hint),
            ..Panel::default()
        };
        // The cursor's bar goes before the text.
        let room = usize::from(body.columns.saturating_sub(2));
        let ellipsis = cx.env.glyphs.ellipsis;
        let row = |at: usize| {
            let line = with_end_of_path(&self.lines[at], room, ellipsis);
            PanelRow::indented(line, body.columns)
        };
        panel.with_rows(self.cursor, self.lines.len(), usize::from(body.rows), row)
    }
}

/// The line; if it is a path that does not fit, its end, which tells files apart.
fn with_end_of_path(whole: &Line, columns: usize, ellipsis: &str) -> Line {
    match whole.runs.as_slice() {
        [path] if path.role == TextRole::Strong => {
            let mut line = Line::new();
            line.push(end_of(path.text.as_str(), columns, ellipsis), path.role);
            line
        }
        _ => whole.clone(),
    }
}

/// A change to a file, as `diff` shows it.
fn plan_lines(plan: &PlannedFile) -> Vec<Line> {
    let path = plan.path.display();
    match &plan.what {
        FilePlan::Lines(changed) => {
            let mut lines = Vec::new();
            for changed in changed {
                lines.push(line(
                    &format!("{path}:{}", changed.number),
                    TextRole::Strong,
                ));
                let old = changed.old.iter();
                lines.extend(old.map(|old| line(&format!("- {old}"), TextRole::Error)));
                let new = changed.new.iter();
                lines.extend(new.map(|new| line(&format!("+ {new}"), TextRole::Published)));
            }
            lines.push(Line::blank());
            lines
        }
        FilePlan::Unchanged => vec![
            line(&format!("{path}"), TextRole::Strong),
            line(
                "  nothing to write: the file has it already",
                TextRole::Faint,
            ),
            Line::blank(),
        ],
        FilePlan::Refused(reason) => vec![
            line(&format!("{path}"), TextRole::Strong),
            line(&format!("! {reason}"), TextRole::Warning),
            Line::blank(),
        ],
    }
}
