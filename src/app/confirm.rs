//! What is asked about before it is done: a decision on many articles, changes of files. It shows
//! what would be done.

use super::deciding::Wanted;
use super::event::Effect;
use super::overlay::Overlay;
use super::state::State;
use crate::desk::{DeskRequest, Plan, Planned, Which};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::number;
use crate::library::ArticleId;
use crate::model::TransactionId;

/// A question with what it is about.
#[derive(Debug)]
pub struct Confirm {
    pub title: Clean,
    pub hint: &'static str,
    pub lines: Vec<Line>,
    pub scroll: usize,
    pub then: Then,
}

/// What is done when the answer is yes.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    Decide(Vec<ArticleId>, Wanted),
    /// Write into the files what was shown.
    Write,
    TakeBack(TransactionId),
    /// There is nothing to do but to look.
    Nothing,
}

impl Confirm {
    /// A question with some titles for example.
    pub fn sample(title: &str, titles: &[&str], count: usize, then: Then) -> Self {
        let mut lines: Vec<Line> = titles.iter().map(|title| line(title, Role::Text)).collect();
        if count > titles.len() {
            let left = number::grouped((count - titles.len()) as i64);
            lines.push(line(&format!("and {left} more"), Role::Faint));
        }
        Self {
            title: Clean::new(title),
            hint: "Enter does it, Esc leaves everything as it is; u takes it back later",
            lines,
            scroll: 0,
            then,
        }
    }
}

fn line(text: &str, role: Role) -> Line {
    let mut line = Line::new();
    line.push(Clean::new(text), role);
    line
}

impl State {
    /// Shows what would be written into which files.
    pub(super) fn review(&mut self, plans: Vec<Planned>) {
        if plans.is_empty() {
            self.notice("Nothing is staged: P stages publishing, or the contrary.");
            return;
        }
        let count = |is_it: fn(&Plan) -> bool| plans.iter().filter(|it| is_it(&it.what)).count();
        let lines_of_files = count(|it| matches!(it, Plan::Line { .. }));
        let refused = count(|it| matches!(it, Plan::Refused(_)));
        let unchanged = plans.len() - lines_of_files - refused;
        let lines = plans.iter().flat_map(plan_lines).collect();
        let (hint, then) = if lines_of_files + unchanged > 0 {
            ("Enter writes them, Esc leaves them staged", Then::Write)
        } else {
            (
                "Nothing of it can be written; Esc leaves it staged",
                Then::Nothing,
            )
        };
        let title = format!("WRITE {lines_of_files}, unchanged {unchanged}, refused {refused}");
        self.overlay = Some(Overlay::Confirm(Confirm {
            title: Clean::new(&title),
            hint,
            lines,
            scroll: 0,
            then,
        }));
    }

    /// The answer is yes.
    pub(super) fn confirmed(&mut self) -> Vec<Effect> {
        let Some(Overlay::Confirm(confirm)) = self.overlay.take() else {
            return Vec::new();
        };
        match confirm.then {
            Then::Decide(articles, wanted) => self.decide_on(articles, wanted),
            Then::Write => vec![Effect::Desk(DeskRequest::Write)],
            Then::TakeBack(id) => vec![Effect::Desk(DeskRequest::Undo(Which::Id(id)))],
            Then::Nothing => Vec::new(),
        }
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
