//! The list of feeds: shows how the last fetch of each went; adds one, removes one, edits their
//! file.

use std::iter;
use std::path::PathBuf;

use crate::app::context::Cx;
use crate::app::cursor::{Cursor, step};
use crate::app::effect::AppRequest;
use crate::app::event::Reply;
use crate::app::geometry::{Area, Pane, panel_body};
use crate::app::overlay::Overlay;
use crate::app::overlays::msg::{ListUpdate, Msg, OverlaySpec};
use crate::app::panel::{Panel, PanelChoice, PanelRow, line, position};
use crate::command::{Command, Context};
use crate::feeds::service::{FeedsReply, FeedsRequest, Listed};
use crate::format::clean::Clean;
use crate::format::line::TextRole;
use crate::format::{number, wrap};
use crate::query::{FacetField, Query, edit};

/// Lines below the feeds with details of the one under the cursor: a blank one, its address, and
/// sentences.
const ABOUT: usize = 6;

/// A panel with fewer rows has no such lines.
const ROOM: usize = 2 * ABOUT;

/// The feeds, and the cursor.
#[derive(Debug, Default)]
pub struct FeedList {
    /// The file of the list, and the feeds in it; `None` until they arrive.
    listed: Option<Result<(PathBuf, Vec<Listed>), String>>,
    cursor: Cursor,
    height: usize,
}

impl FeedList {
    pub fn new() -> (Self, Msg) {
        (Self::default(), list())
    }

    fn feeds(&self) -> &[Listed] {
        match &self.listed {
            Some(Ok((_, feeds))) => feeds,
            Some(Err(_)) | None => &[],
        }
    }

    fn picked(&self) -> Option<&Listed> {
        self.feeds().get(self.cursor.at)
    }

    /// Adds all details of the feed under the cursor, since its row may have no room for them.
    fn with_about(&self, mut panel: Panel, body: Area, cx: Cx<'_>) -> Panel {
        let rows = usize::from(body.rows);
        let Some(feed) = self.picked().filter(|_| rows >= ROOM) else {
            return panel;
        };
        let columns = usize::from(body.columns.saturating_sub(4));
        let mut lines = vec![line(&feed.url, TextRole::Faint)];
        let summary = iter::once(feed.last.summary(cx.env.now));
        for sentence in summary.chain(feed.last.more()) {
            lines.extend(wrap::text(&sentence, columns, TextRole::Text));
        }
        panel.body.resize(rows - ABOUT + 1, PanelRow::default());
        let lines = lines.into_iter().take(ABOUT - 1);
        let indented = lines.map(|line| PanelRow::indented(line, body.columns));
        panel.body.extend(indented);
        panel
    }

    /// Opens the file of the list in the person's editor, and reads it again afterwards.
    fn edit(&self) -> Vec<Msg> {
        match &self.listed {
            Some(Ok((file, feeds))) if !feeds.is_empty() => {
                vec![Msg::Ask(AppRequest::Edit(file.clone())), list()]
            }
            Some(_) | None => Vec::new(),
        }
    }
}

/// Asks for the list.
pub fn list() -> Msg {
    Msg::Ask(AppRequest::Feeds(FeedsRequest::List))
}

impl Overlay for FeedList {
    fn context(&self) -> Context {
        Context::Feeds
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "commands of other panes and overlays are handled there"
    )]
    fn handle(&mut self, command: Command, _cx: Cx<'_>) -> Option<Vec<Msg>> {
        if let Some(step) = step(command, self.height) {
            self.cursor.go(step, self.feeds().len());
            return Some(Vec::new());
        }
        match command {
            Command::Enter => Some(self.picked().map_or_else(Vec::new, |feed| {
                let mut query = Query::default();
                edit::only(&mut query, FacetField::Feed, &feed.name);
                vec![
                    Msg::Close,
                    Msg::Focus(Pane::List),
                    Msg::Search(query, ListUpdate::FromTop),
                ]
            })),
            Command::AddFeed => Some(vec![Msg::Open(OverlaySpec::AddFeed)]),
            Command::EditFeeds => Some(self.edit()),
            Command::RemoveFeed => Some(self.picked().map_or_else(Vec::new, |feed| {
                vec![Msg::Open(OverlaySpec::RemoveFeed(feed.clone()))]
            })),
            _ => None,
        }
    }

    fn reply(&mut self, reply: Reply, _cx: Cx<'_>) -> Vec<Msg> {
        if let Reply::Feeds(FeedsReply::Listed(listed)) = reply {
            self.listed = Some(listed);
        }
        Vec::new()
    }

    fn settle(&mut self, cx: Cx<'_>) {
        let rows = usize::from(panel_body(cx.env.size).rows);
        self.height = match rows < ROOM {
            true => rows.max(1),
            false => rows - ABOUT,
        };
        self.cursor.settle(self.feeds().len(), self.height);
    }

    fn panel(&self, cx: Cx<'_>) -> Panel {
        let key = |command| cx.env.key(command, Context::Feeds);
        let body = panel_body(cx.env.size);
        let hint = format!(
            "{} lists, {} adds, {} edits the file, {} removes",
            key(Command::Enter),
            key(Command::AddFeed),
            key(Command::EditFeeds),
            key(Command::RemoveFeed),
        );
        let panel = Panel {
            title: Clean::label("FEEDS"),
            corner: position(self.cursor.at, self.feeds().len()),
            hint: Clean::new(&hint),
            ..Panel::default()
        };
        let said = match &self.listed {
            None => cx.env.glyphs.ellipsis.to_owned(),
            Some(Err(reason)) => reason.clone(),
            Some(Ok((_, feeds))) if feeds.is_empty() => {
                format!(
                    "There are no feeds yet: {} adds one.",
                    key(Command::AddFeed)
                )
            }
            Some(Ok((_, feeds))) => {
                let row = |at: usize| row(&feeds[at], body.columns, cx);
                let panel = panel.with_rows(self.cursor, feeds.len(), self.height, row);
                return self.with_about(panel, body, cx);
            }
        };
        Panel {
            body: vec![PanelRow::sentence(&said, body.columns)],
            ..panel
        }
    }
}

fn row(feed: &Listed, columns: u16, cx: Cx<'_>) -> PanelRow {
    let failed = feed.last.error.is_some();
    let choice = PanelChoice {
        text: Clean::new(&feed.name),
        role: TextRole::Text,
        about: Clean::new(&feed.last.state(cx.env.now)),
        about_role: if failed {
            TextRole::Error
        } else {
            TextRole::Faint
        },
        right: match feed.last.new {
            0 => Clean::default(),
            new => Clean::new(&format!("{} new", number::grouped(new as i64))),
        },
        ..PanelChoice::default()
    };
    choice.row(columns)
}
