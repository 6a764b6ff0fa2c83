//! Asks before a decision on many articles, or one that tells a story twice: says how many, and shows
//! a sample. It may have to wait until they are found.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::event::Reply;
use crate::app::geometry::panel_body;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlay::{self, Overlay};
use crate::app::overlays::msg::Msg;
use crate::app::panel::{Panel, PanelRow, line};
use crate::app::told_twice::told_twice;
use crate::command::{Command, Context};
use crate::desk::{is_published, wishes_for};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::number;
use crate::library::ArticleId;
use crate::model::MarkField;
use crate::query::Query;

/// Number of titles shown.
const SAMPLE: usize = 12;

/// Number of published articles of the same story that are named.
const PUBLISHED: usize = 3;

/// Whether to decide on some articles.
#[derive(Debug)]
pub struct Question {
    edit: MarkEdit,
    /// The articles it would change; `None` until they are found.
    articles: Option<Vec<ArticleId>>,
    /// Whether the query mentions rejected articles.
    names_rejected: bool,
    /// Articles that tell the same story, and are published already or to be.
    published: Vec<ArticleId>,
    /// What else the query matches, and why it is left out.
    left_out: LeftOut,
    scroll: Cursor,
    height: usize,
}

/// Articles that a query matches but a decision does not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LeftOut {
    /// They are already in the wanted state.
    already: usize,
    /// They are rejected, and bulk publication leaves them out unless the query names them.
    rejected: usize,
}

impl LeftOut {
    /// `17 match; left out: 7 already so, 2 rejected`; `None` if nothing is left out.
    fn sentence(self, changed: usize) -> Option<String> {
        let parts: Vec<String> = [(self.already, "already so"), (self.rejected, "rejected")]
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, why)| format!("{} {why}", number::grouped(*count as i64)))
            .collect();
        let matched = number::grouped((changed + self.already + self.rejected) as i64);
        (!parts.is_empty()).then(|| format!("{matched} match; left out: {}", parts.join(", ")))
    }
}

impl Question {
    /// Starts with the articles, if they are found, and those that tell the same story.
    pub fn new(
        edit: MarkEdit,
        articles: Option<Vec<ArticleId>>,
        published: Vec<ArticleId>,
    ) -> Self {
        Self {
            edit,
            articles,
            published,
            names_rejected: false,
            left_out: LeftOut::default(),
            scroll: Cursor::default(),
            height: 1,
        }
    }

    /// Starts with a query; its articles have not been found yet.
    pub fn selecting(edit: MarkEdit, query: Query) -> (Self, Msg) {
        let question = Self {
            names_rejected: query.to_string().contains("rejected"),
            ..Self::new(edit, None, Vec::new())
        };
        (question, Msg::Ask(AppRequest::Select(query)))
    }

    /// Keeps those of the found articles that the decision would change.
    fn take(&mut self, found: Vec<ArticleId>, cx: Cx<'_>) -> Vec<Msg> {
        let close = |said: String| vec![Msg::Close, Msg::Say(said)];
        if found.is_empty() {
            return close("No article matches that query.".to_owned());
        }
        let mut left_out = LeftOut::default();
        let mut changed = found;
        changed.retain(|id| {
            let is_rejected = cx.marks.will_have(*id, &MarkField::Rejected);
            if self.edit.stages().is_some() && is_rejected && !self.names_rejected {
                left_out.rejected += 1;
                return false;
            }
            let article = cx.catalog.library().article(*id);
            let wishes = wishes_for(article, &self.edit.wishes, cx.env.now);
            let changes = wishes
                .iter()
                .any(|(field, value)| cx.marks.will_be(*id, field) != *value);
            left_out.already += usize::from(!changes);
            changes
        });
        if let Some(sentence) = left_out.sentence(changed.len())
            && changed.is_empty()
        {
            return close(format!("Nothing to do: {sentence}."));
        }
        self.left_out = left_out;
        self.published = told_twice(&self.edit, &changed, cx);
        self.articles = Some(changed);
        Vec::new()
    }

    fn lines(&self, cx: Cx<'_>) -> Vec<Line> {
        let Some(articles) = &self.articles else {
            let said = format!("Looking for the articles{}", cx.env.glyphs.ellipsis);
            return vec![line(&said, TextRole::Text)];
        };
        let sample = articles.iter().take(SAMPLE);
        let left_out = self.left_out.sentence(articles.len());
        let left_out = left_out.map(|it| line(&it, TextRole::Warning));
        let mut lines: Vec<Line> = self.published_lines(cx);
        lines.extend(left_out);
        lines.extend(sample.map(|id| line(&cx.title(*id), TextRole::Text)));
        if articles.len() > SAMPLE {
            let left = number::grouped((articles.len() - SAMPLE) as i64);
            lines.push(line(&format!("and {left} more"), TextRole::Faint));
        }
        lines
    }

    /// Names the published articles that tell the same story.
    fn published_lines(&self, cx: Cx<'_>) -> Vec<Line> {
        let library = cx.catalog.library();
        let named = self.published.iter().take(PUBLISHED).map(|id| {
            let article = library.article(*id);
            let is_out = is_published(article, cx.env.now) == Some(true);
            let state = if is_out {
                "is published"
            } else {
                "is to be published"
            };
            let who = match article.provider() {
                "" => String::new(),
                name => format!(" ({name})"),
            };
            let said = format!("The same story {state} already: {}{who}", article.title());
            line(&said, TextRole::Warning)
        });
        let mut lines: Vec<Line> = named.collect();
        let more = self.published.len().saturating_sub(PUBLISHED);
        if more > 0 {
            lines.push(line(&format!("and {more} more"), TextRole::Warning));
        }
        lines
    }

    fn count(&self) -> usize {
        let articles = self.articles.as_ref().map_or(0, Vec::len);
        let left_out = usize::from(self.left_out != LeftOut::default());
        let published = self.published.len().min(PUBLISHED + 1);
        articles.min(SAMPLE + 1) + left_out + published
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

    fn reply(&mut self, reply: Reply, cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Selected(articles) = reply {
            return self.take(articles, cx);
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(panel_body(cx.env.size).rows).max(1);
        let count = self.count();
        self.scroll.settle_scroll(count, self.height);
    }

    fn question(&self) -> overlay::OverlayQuestion {
        match self.articles {
            None => overlay::OverlayQuestion::Waiting,
            Some(_) => overlay::OverlayQuestion::Shown,
        }
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Confirm);
        let body = panel_body(cx.env.size);
        let (title, hint) = match &self.articles {
            Some(found) => (
                format!("{}: {}?", self.edit.label, number::articles(found.len())),
                format!(
                    "{} does it, {} cancels; {} undoes it later",
                    key(Command::Enter),
                    key(Command::Cancel),
                    cx.env.key(Command::Undo, Context::List)
                ),
            ),
            None => (
                self.edit.label.clone(),
                format!("{} cancels", key(Command::Cancel)),
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
