//! The review of full texts for articles that already have a text: shows what would be replaced by
//! what, and asks.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::geometry::panel_body;
use crate::app::overlay::{Overlay, OverlayQuestion};
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelRow, line};
use crate::command::{Command, Context};
use crate::feeds::service::{FeedsRequest, NewText};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};

/// The texts, one difference below the other.
#[derive(Debug)]
pub struct FullTexts {
    texts: Vec<NewText>,
    lines: Vec<Line>,
    /// The first line of each text.
    starts: Vec<usize>,
    cursor: Cursor,
    height: usize,
}

impl FullTexts {
    pub fn new(texts: Vec<NewText>) -> Self {
        let mut review = Self {
            texts,
            lines: Vec::new(),
            starts: Vec::new(),
            cursor: Cursor::default(),
            height: 1,
        };
        review.compose();
        review
    }

    fn compose(&mut self) {
        self.lines.clear();
        self.starts.clear();
        for text in &self.texts {
            self.starts.push(self.lines.len());
            self.lines.extend(difference(text));
        }
    }

    /// Leaves out the text that the cursor is in.
    fn drop_picked(&mut self) -> Vec<Msg> {
        let before = self.starts.iter().filter(|start| **start <= self.cursor.at);
        let at = before.count().saturating_sub(1);
        if at < self.texts.len() {
            self.texts.remove(at);
            self.compose();
        }
        match self.texts.is_empty() {
            true => vec![Msg::Close],
            false => Vec::new(),
        }
    }
}

impl Overlay for FullTexts {
    fn context(&self) -> Context {
        Context::Review
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.lines.len());
            return Some(Vec::new());
        }
        match command {
            Command::Enter | Command::Confirm => {
                let request = FeedsRequest::WriteTexts(std::mem::take(&mut self.texts));
                Some(vec![Msg::Close, Msg::Ask(AppRequest::Feeds(request))])
            }
            Command::Unstage => Some(self.drop_picked()),
            _ => None,
        }
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        self.cursor.settle(self.lines.len(), self.height);
    }

    fn question(&self) -> OverlayQuestion {
        OverlayQuestion::Shown
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Review);
        let body = panel_body(cx.env.size);
        let panel = Panel {
            title: Clean::new(&format!("REPLACE THE TEXT? {}", self.texts.len())),
            hint: Clean::new(&format!(
                "{} replaces, {} drops one, {} leaves all as they are",
                key(Command::Enter),
                key(Command::Unstage),
                key(Command::Cancel)
            )),
            ..Panel::default()
        };
        let row = |at: usize| PanelRow::indented(self.lines[at].clone(), body.columns);
        panel.with_rows(self.cursor, self.lines.len(), usize::from(body.rows), row)
    }
}

/// The lines that would be removed and added, without those that both texts begin or end with.
fn difference(text: &NewText) -> Vec<Line> {
    let [old, new] = [&text.old, &text.new].map(|it| it.trim().lines().collect::<Vec<_>>());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new);
    let begin = same.count();
    let (old, new) = (&old[begin..], &new[begin..]);
    let same = old.iter().rev().zip(new.iter().rev());
    let end = same.take_while(|(old, new)| old == new).count();
    let mut lines = vec![line(&text.path.display().to_string(), TextRole::Strong)];
    let old = old[..old.len() - end].iter();
    lines.extend(old.map(|old| line(&format!("- {old}"), TextRole::Error)));
    let new = new[..new.len() - end].iter();
    lines.extend(new.map(|new| line(&format!("+ {new}"), TextRole::Published)));
    lines.push(Line::blank());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_leaves_out_what_both_begin_and_end_with() {
        let text = NewText {
            title: String::new(),
            path: "/a.md".into(),
            old: "\nA\n\nB\n\nZ\n".into(),
            new: "A\n\nC\n\nD\n\nZ\n".into(),
        };
        let lines = difference(&text);
        let text = |line: &Line| {
            line.runs
                .iter()
                .map(|run| run.text.as_str())
                .collect::<String>()
        };
        let shown: Vec<String> = lines.iter().map(text).collect();
        assert_eq!(shown, ["/a.md", "- B", "+ C", "+ ", "+ D", ""]);
    }
}
