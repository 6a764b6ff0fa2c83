//! Links: opening them, choosing one from a list or by the letters on it, and following them.

use super::App;
use super::articles::ArticleTarget;
use super::layers::WayBack;
use crate::app::effect::AppRequest;
use crate::app::event::OpenFailure;
use crate::app::geometry::{Area, Pane, Panes};
use crate::app::labels::{Lead, LinkPlace, SeenLink};
use crate::app::overlays::links::FoundLink;
use crate::app::overlays::msg::OverlaySpec;
use crate::app::page::{LinkGroup, PageLink, links_of};
use crate::app::panes::RelatedRow;
use crate::app::requests::Asker;
use crate::command::{Command, Context};
use crate::format::block::Document;
use crate::format::link::{self, Link};
use crate::library::ArticleId;
use crate::model::{Article, Urls};

impl App {
    /// Opens a URL if it is safe to open.
    pub(super) fn open_url(&mut self, url: &str) {
        match Link::parse(url) {
            Ok(link) => {
                match link.warning() {
                    Some(warning) => self.warn(&format!("Opening {}: {warning}", link.host())),
                    None => self.say(&format!("Opening {}", link.host())),
                }
                self.ask(Asker::App, AppRequest::Open(link));
            }
            Err(refusal) => self.warn(&format!("Not opened: {refusal}")),
        }
    }

    /// Reports how opening a link went.
    pub(super) fn opened(&mut self, outcome: Result<(), OpenFailure>) {
        match outcome {
            Ok(()) => {}
            // Offer to copy the link, unless that would cover something the person is doing.
            Err(OpenFailure::NoBrowser { link, reason }) if self.layers.is_empty() => {
                self.warn(&reason);
                let label = "the link".to_owned();
                let url = link.as_str().to_owned();
                let group = LinkGroup::Reading;
                let link = PageLink { label, url, group };
                self.open(OverlaySpec::Links(vec![FoundLink {
                    link,
                    article: None,
                }]));
            }
            Err(OpenFailure::NoBrowser { link, reason }) => {
                self.warn(&format!("{reason} {link}", link = link.as_str()));
            }
            Err(OpenFailure::Failed { link, reason }) => {
                self.warn(&format!("{} was not opened: {reason}", link.host()));
            }
        }
    }

    /// Offers all links of the target of commands.
    pub(super) fn pick_link(&mut self) {
        let links = match self.target() {
            ArticleTarget::Article(id) => match self.detail.links() {
                Some(links) if self.detail.article() == Some(id) => links.to_vec(),
                _ => {
                    let library = self.shared.catalog.library();
                    links_without_file(&library.article(id).original())
                }
            },
            ArticleTarget::Outside { url, .. } => links_without_file(&url.unwrap_or_default()),
            ArticleTarget::Nothing => Vec::new(),
        };
        if links.is_empty() {
            self.say("It has no links.");
        } else {
            let found = links.into_iter().map(|link| self.looked_up(link)).collect();
            self.open(OverlaySpec::Links(found));
        }
    }

    /// Adds the library's article that a link leads to.
    fn looked_up(&self, link: PageLink) -> FoundLink {
        FoundLink {
            article: self.article_at(&link.url, self.target_article()),
            link,
        }
    }

    /// The library's article that a link in another one leads to, unless it is the one shown.
    fn article_at(&self, url: &str, from: Option<ArticleId>) -> Option<ArticleId> {
        let library = self.shared.catalog.library();
        let article = match (link::LinkTarget::parse(url), from) {
            (link::LinkTarget::File(path), Some(from)) => library.linked_from(from, &path),
            _ => library.by_url(url),
        };
        let shown = self.detail.article();
        article.filter(|id| Some(*id) != shown)
    }

    /// The target of a link in a line of the page.
    fn lead_of(&self, url: &str, line: usize) -> Lead {
        if let Some(end) = self.detail.page().other_end(line, url) {
            return Lead::Line(end);
        }
        let article = self.article_at(url, self.detail.article());
        article.map_or(Lead::Outside, Lead::Article)
    }

    /// Goes where a link in a line of the page leads.
    pub(super) fn follow_link(&mut self, url: &str, line: usize) {
        match self.lead_of(url, line) {
            Lead::Article(id) => self.follow(id),
            Lead::Line(line) => self.follow_note(line),
            Lead::Outside => self.open_url(url),
        }
    }

    /// Goes to a line of the page, leaving a way back.
    pub(super) fn follow_note(&mut self, line: usize) {
        let step = self.step();
        self.trail.extend(step);
        self.focus = Pane::Detail;
        self.detail.go_to_line(line);
    }

    /// The current position, to come back to.
    pub(super) fn step(&self) -> Option<WayBack> {
        let from = self.detail.article()?;
        Some(WayBack {
            article: self.shared.catalog.library().article(from).key(),
            focus: self.focus,
            letters: self.detail.letters_before(),
            related: self.related.current().cloned(),
        })
    }

    /// Puts letters on the links on the screen.
    pub(super) fn label_links(&mut self) {
        let links = self.seen_links();
        if links.is_empty() {
            let key = self.shared.env.key(Command::PickLink, Context::Article);
            return self.say(&format!(
                "There is no link on the screen; {key} lists those of the article."
            ));
        }
        self.open(OverlaySpec::FollowLink(links));
    }

    /// Takes the letters away when the links under them have changed; otherwise moves their panel to
    /// where there is room now.
    pub(super) fn settle_labels(&mut self) {
        let Some(labels) = self.labels() else {
            return;
        };
        let are_stale = !labels.are_on(&self.seen_links());
        let room = room_for_panel(&self.panes());
        let Some(layer) = self.layers.last_mut() else {
            return;
        };
        layer.overlay.take_room(room);
        if are_stale {
            let id = layer.id;
            self.close(Asker::Layer(id));
            let key = self.shared.env.key(Command::FollowLink, Context::Article);
            self.say(&format!(
                "The screen has changed; {key} puts letters on the links again."
            ));
        }
    }

    /// The links on the screen, from top to bottom, without those covered by the panel of hosts.
    fn seen_links(&self) -> Vec<SeenLink> {
        let panes = self.panes();
        let room = room_for_panel(&panes);
        let rows = |area: Area| {
            let body = area.body();
            let covered = match panes.list {
                Some(_) => 0,
                None => (body.y + body.rows).saturating_sub(room.y),
            };
            usize::from(body.rows.saturating_sub(covered))
        };
        let mut links = Vec::new();
        if let Some(area) = panes.detail {
            self.links_in_text(panes.first_line, rows(area), &mut links);
        }
        if let Some(area) = panes.related {
            let seen = self.related_rows(area).into_iter().take(rows(area));
            links.extend(seen.filter_map(|row| self.link_of_related(&row)));
        }
        links
    }

    /// The links in some lines of the page. A link that continues on the next line is listed once.
    fn links_in_text(&self, first: usize, rows: usize, links: &mut Vec<SeenLink>) {
        let page = self.detail.page();
        let mut unfinished = None;
        for (line, shown) in (first..).zip(page.lines_from(first).take(rows)) {
            let width = shown.width();
            let mut before = unfinished.take();
            for linked in shown.linked() {
                let goes_on = before.take() == Some(linked.link);
                unfinished = (linked.columns.end == width).then_some(linked.link);
                let Some(url) = page.link(line, linked.link).filter(|_| !goes_on) else {
                    continue;
                };
                let column = linked.columns.start;
                links.push(SeenLink {
                    place: LinkPlace::Text { line, column },
                    words: linked.words.trim().to_owned(),
                    url: url.to_owned(),
                    lead: self.lead_of(url, line),
                });
            }
        }
    }

    fn link_of_related(&self, row: &RelatedRow) -> Option<SeenLink> {
        let RelatedRow::Entry(at) = row else {
            return None;
        };
        let entry = self.related.entries().get(*at)?;
        let url = entry.url.clone().unwrap_or_default();
        if entry.article.is_none() && url.is_empty() {
            return None;
        }
        Some(SeenLink {
            place: LinkPlace::Related(*at),
            words: entry.title.clone(),
            url,
            lead: entry.article.map_or(Lead::Outside, Lead::Article),
        })
    }
}

/// Where the panel of hosts may be: over the list if it is beside the text, otherwise at the bottom
/// of the text.
fn room_for_panel(panes: &Panes) -> Area {
    match panes.list {
        Some(list) if panes.detail.is_some() => list,
        _ => {
            let rows = panes.middle.rows / 3;
            Area {
                y: panes.middle.y + panes.middle.rows - rows,
                rows,
                ..panes.middle
            }
        }
    }
}

/// The links known to the library without reading the file.
fn links_without_file(original: &str) -> Vec<PageLink> {
    let urls = Urls {
        original: Some(original.to_owned()),
        ..Urls::default()
    };
    let article = Article {
        urls,
        ..Article::default()
    };
    links_of(&article, &Document::default())
}
