//! An article's links, to choose from: each with its own words and its host. Below the rows, the
//! link under the cursor is shown in full, so that it can be copied from the screen.

use tui_input::Input;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::geometry::{Size, panel_body};
use crate::app::glyphs::Sign;
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::Msg;
use crate::app::page::{LinkGroup, PageLink};
use crate::app::panel::{Panel, PanelCell, PanelInput, PanelRow, position};
use crate::command::{Command, Context};
use crate::format::clean::Clean;
use crate::format::fold::fold;
use crate::format::line::{Line, TextRole};
use crate::format::link::{Link, LinkTarget};
use crate::format::wrap;
use crate::library::ArticleId;

/// Rows for the full link, including a blank one above it.
const WHOLE_LINK_ROWS: u16 = 6;
/// Columns for the host on the right.
const HOST_COLUMNS: u16 = 34;
/// Narrower rows have no room for the host.
const WITH_HOST: u16 = 60;

/// Links to choose from.
#[derive(Debug)]
pub struct Links {
    links: Vec<FoundLink>,
    /// The filter, while it is being typed.
    typed: Option<Input>,
    /// Indices of the links that match.
    shown: Vec<usize>,
    cursor: Cursor,
    height: usize,
}

/// A link, and the article of this library that it leads to.
#[derive(Debug)]
pub struct FoundLink {
    pub link: PageLink,
    pub article: Option<ArticleId>,
}

/// Rows for the list of links.
fn rows(size: Size) -> u16 {
    let body = panel_body(size);
    body.rows - (body.rows / 3).min(WHOLE_LINK_ROWS)
}

impl Links {
    pub fn new(links: Vec<FoundLink>) -> Self {
        Self {
            shown: (0..links.len()).collect(),
            links,
            typed: None,
            cursor: Cursor::default(),
            height: 1,
        }
    }

    fn picked(&self) -> Option<&FoundLink> {
        self.links.get(*self.shown.get(self.cursor.at)?)
    }

    /// Filters the links to those that contain every typed word, in their words or URL.
    fn narrow(&mut self) {
        let typed = self.typed.as_ref().map_or("", Input::value);
        let words: Vec<String> = typed.split_whitespace().map(fold).collect();
        let has = |at: &usize| {
            let PageLink { label, url, .. } = &self.links[*at].link;
            let text = fold(&format!("{label} {url}"));
            words.iter().all(|word| text.contains(word.as_str()))
        };
        self.shown = (0..self.links.len()).filter(has).collect();
        self.cursor = Cursor::default();
    }

    /// Goes to the article in this library, or else opens the link.
    fn follow(&self) -> Vec<Msg> {
        match self.picked() {
            Some(FoundLink {
                article: Some(id), ..
            }) => vec![Msg::Close, Msg::Follow(*id)],
            Some(found) => vec![Msg::Close, Msg::OpenUrl(found.link.url.clone())],
            None => Vec::new(),
        }
    }

    fn row(&self, at: usize, columns: u16, cx: Cx<'_>) -> PanelRow {
        let FoundLink { link, article } = &self.links[self.shown[at]];
        let checked = Link::parse(&link.url);
        let (sign, host) = match (article, &checked) {
            (Some(_), _) => ("", "in this library".to_owned()),
            (None, Ok(link)) => (cx.env.glyphs.sign(Sign::Outside), link.host().to_owned()),
            (None, Err(_)) => ("", "cannot be opened".to_owned()),
        };
        let role = match (link.group, article.is_some() || checked.is_ok()) {
            (LinkGroup::Reading, true) => TextRole::Text,
            (LinkGroup::Reading | LinkGroup::Sharing, _) => TextRole::Faint,
        };
        let host_columns = if columns < WITH_HOST { 0 } else { HOST_COLUMNS };
        let host_at = columns.saturating_sub(host_columns + 1);
        let words_at = 4;
        PanelRow {
            cells: vec![
                PanelCell::new(2, 1, Clean::label(sign), TextRole::Faint),
                PanelCell::new(
                    words_at,
                    host_at.saturating_sub(words_at + 1),
                    Clean::new(&link.label),
                    role,
                ),
                PanelCell::new(host_at, host_columns, Clean::new(&host), TextRole::Faint).right(),
            ],
        }
    }

    /// The full link under the cursor, or where it leads, or why it cannot be opened.
    fn whole(&self, columns: u16, cx: Cx<'_>) -> Vec<Line> {
        let columns = usize::from(columns);
        let Some(found) = self.picked() else {
            return Vec::new();
        };
        if let Some(id) = found.article {
            let said = format!("leads to “{}”", cx.title(id));
            return wrap::text(&said, columns, TextRole::Accent);
        }
        match Link::parse(&found.link.url) {
            Err(_) if matches!(LinkTarget::parse(&found.link.url), LinkTarget::File(_)) => {
                let said = "a path on its site; this library has no article there";
                wrap::text(said, columns, TextRole::Faint)
            }
            Ok(checked) => {
                let mut lines = wrap::text(checked.as_str(), columns, TextRole::Accent);
                let warning = checked.warning();
                lines.extend(
                    warning
                        .into_iter()
                        .flat_map(|warning| wrap::text(&warning, columns, TextRole::Warning)),
                );
                lines
            }
            Err(_) if found.article.is_some() => {
                wrap::text(&found.link.url, columns, TextRole::Accent)
            }
            Err(refusal) => wrap::text(&refusal.to_string(), columns, TextRole::Warning),
        }
    }
}

impl Overlay for Links {
    /// While the links are filtered, letters go into the input line.
    fn context(&self) -> Context {
        match self.typed {
            Some(_) => Context::Jump,
            None => Context::Picker,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.shown.len());
            return Some(Vec::new());
        }
        match command {
            Command::Enter => Some(self.follow()),
            Command::CopyLink => {
                let url = self.picked().map(|found| found.link.url.clone());
                Some(url.map(Msg::CopyUrl).into_iter().collect())
            }
            Command::NarrowLinks => {
                self.typed = Some(Input::default());
                Some(Vec::new())
            }
            Command::Cancel if self.typed.is_some() => {
                self.typed = None;
                self.narrow();
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn input(&mut self) -> Option<&mut Input> {
        self.typed.as_mut()
    }

    fn typed(&mut self) -> Vec<Msg> {
        self.narrow();
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        self.height = usize::from(rows(cx.env.size)).max(1);
        self.cursor.settle(self.shown.len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Picker);
        let body = panel_body(cx.env.size);
        let seen = usize::from(rows(cx.env.size));
        let panel = Panel {
            title: Clean::label("LINKS"),
            corner: position(self.cursor.at, self.shown.len()),
            hint: Clean::new(&format!(
                "{} opens, {} narrows, {} copies, {} closes",
                key(Command::Enter),
                key(Command::NarrowLinks),
                key(Command::CopyLink),
                key(Command::Cancel)
            )),
            input: self.typed.as_ref().map(|input| PanelInput {
                label: "/".to_owned(),
                invitation: "words of the link or its address".to_owned(),
                input: input.clone(),
                wrong: None,
            }),
            ..Panel::default()
        };
        if self.shown.is_empty() {
            let nothing = PanelRow::sentence("No link contains these words.", body.columns);
            return Panel {
                body: vec![nothing],
                ..panel
            };
        }
        let row = |at| self.row(at, body.columns, cx);
        let mut panel = panel.with_rows(self.cursor, self.shown.len(), seen, row);
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
