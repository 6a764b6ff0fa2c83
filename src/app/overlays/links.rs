//! An article's links, to choose from. Below the rows, the link under the cursor is shown in full,
//! so that it can be copied from the screen.

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::{Size, panel_body};
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::page::PageLink;
use crate::app::panel::{Cell, Panel, PanelRow, position};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::link::{Link, Target};
use crate::format::wrap;

/// Rows for the full link, including a blank one above it.
const WHOLE_LINK_ROWS: u16 = 6;
const LABEL_COLUMNS: u16 = 16;

/// Links to choose from.
#[derive(Debug)]
pub struct Links {
    links: Vec<PageLink>,
    cursor: Cursor,
    height: usize,
}

/// Rows for the list of links.
fn rows(size: Size) -> u16 {
    let body = panel_body(size);
    body.rows - (body.rows / 3).min(WHOLE_LINK_ROWS)
}

impl Links {
    pub fn new(links: Vec<PageLink>) -> Self {
        Self {
            links,
            cursor: Cursor::default(),
            height: 1,
        }
    }

    fn picked(&self) -> Option<&PageLink> {
        self.links.get(self.cursor.at)
    }

    fn row(&self, at: usize, columns: u16) -> PanelRow {
        let link = &self.links[at];
        let role = if link.article.is_some() || Link::parse(&link.url).is_ok() {
            Role::Text
        } else {
            Role::Faint
        };
        let url_at = 2 + LABEL_COLUMNS + 1;
        PanelRow {
            cells: vec![
                Cell::new(2, LABEL_COLUMNS, Clean::new(&link.label), Role::Faint),
                Cell::new(
                    url_at,
                    columns.saturating_sub(url_at + 1),
                    Clean::new(&link.url),
                    role,
                ),
            ],
        }
    }

    /// The full link under the cursor, or where it leads, or why it cannot be opened.
    fn whole(&self, columns: u16, cx: Cx<'_>) -> Vec<Line> {
        let columns = usize::from(columns);
        let Some(link) = self.picked() else {
            return Vec::new();
        };
        if let Some(id) = link.article {
            let said = format!("leads to “{}”", cx.title(id));
            return wrap::text(&said, columns, Role::Accent);
        }
        match Link::parse(&link.url) {
            Err(_) if matches!(Target::parse(&link.url), Target::File(_)) => {
                let said = "a path of its site; there is no such article in this library";
                wrap::text(said, columns, Role::Faint)
            }
            Ok(checked) => {
                let mut lines = wrap::text(checked.as_str(), columns, Role::Accent);
                let warning = checked.warning();
                lines.extend(
                    warning
                        .into_iter()
                        .flat_map(|warning| wrap::text(&warning, columns, Role::Warning)),
                );
                lines
            }
            Err(refusal) => wrap::text(&refusal.to_string(), columns, Role::Warning),
        }
    }
}

impl Overlay for Links {
    fn context(&self) -> Context {
        Context::Picker
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.links.len());
            return Some(Vec::new());
        }
        let url = self.picked().map(|link| link.url.clone());
        match command {
            Command::Enter => Some(match (self.picked(), url) {
                (
                    Some(PageLink {
                        article: Some(id), ..
                    }),
                    _,
                ) => {
                    vec![Msg::Close, Msg::Follow(*id)]
                }
                (_, Some(url)) => vec![Msg::Close, Msg::OpenUrl(url)],
                (_, None) => Vec::new(),
            }),
            Command::CopyLink => Some(url.map(Msg::CopyUrl).into_iter().collect()),
            _ => None,
        }
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(rows(cx.env.size)).max(1);
        self.cursor.settle(self.links.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Picker);
        let body = panel_body(cx.env.size);
        let seen = usize::from(rows(cx.env.size));
        let panel = Panel {
            title: Clean::label("LINKS"),
            corner: position(self.cursor.at, self.links.len()),
            hint: Clean::new(&format!(
                "{} opens, {} copies, {} closes",
                key(Command::Enter),
                key(Command::CopyLink),
                key(Command::Cancel)
            )),
            ..Panel::default()
        };
        let row = |at| self.row(at, body.columns);
        let mut panel = panel.with_rows(self.cursor, self.links.len(), seen, row);
        panel.body.push(PanelRow::default());
        let whole = self.whole(body.columns, cx).into_iter();
        panel
            .body
            .extend(whole.map(|line| PanelRow::new(line, body.columns)));
        panel.body.truncate(usize::from(body.rows));
        // The full link below the rows does not scroll with them.
        panel.count = panel.count.min(usize::from(body.rows));
        panel
    }
}
