//! The pictures of the article shown: which were requested, and what became of each.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Content, DetailPane};
use crate::app::context::Cx;
use crate::app::effect::AppRequest;
use crate::app::overlays::msg::Msg;
use crate::app::pictures::{
    Below, Canvas, Fate, PictureProtocol, Rendered, Room, Spaces, WantedPictures,
};
use crate::format::link::Link;

/// A picture takes at most one in this many of the screen's rows, so that its text stays in sight.
const SHARE: u16 = 2;
/// Rows that a picture may always take, however low the screen.
const LEAST_ROWS: u16 = 4;

/// The pictures of an article.
#[derive(Debug, Default)]
pub(super) struct DetailPictures {
    /// The screen they were last requested for.
    asked: Option<(Canvas, Room)>,
    /// By their addresses as written.
    fates: BTreeMap<String, Fate>,
    /// What they mean for the page.
    spaces: Arc<Spaces>,
}

impl DetailPictures {
    pub(super) fn spaces(&self) -> Arc<Spaces> {
        Arc::clone(&self.spaces)
    }

    /// Has them requested again.
    pub(super) fn forget_asking(&mut self) {
        self.asked = None;
    }

    /// Records what the page has to leave room for, and returns whether that has changed.
    fn space(&mut self) -> bool {
        let below = |fate: &Fate| match fate {
            Fate::Shown(rendered) => Some(Below::Rows(rendered.room.rows)),
            Fate::Refused(why) => Some(Below::Words(format!("Not shown: {why}."))),
            Fate::Elsewhere(_) => None,
        };
        let fates = self.fates.iter();
        let spaces: Spaces = fates
            .filter_map(|(url, fate)| Some((url.clone(), below(fate)?)))
            .collect();
        let is_new = *self.spaces != spaces;
        if is_new {
            self.spaces = Arc::new(spaces);
        }
        is_new
    }
}

/// A picture of the page.
#[derive(Clone, Copy, Debug)]
pub struct SeenPicture<'a> {
    /// Its first line.
    pub first: usize,
    /// The columns before it, if there is room for them.
    pub indent: usize,
    pub picture: &'a Arc<Rendered>,
}

impl DetailPane {
    /// The pictures visible in some lines of the page.
    pub fn pictures_in(&self, lines: Range<usize>) -> impl Iterator<Item = SeenPicture<'_>> {
        let all = self.page.pictures();
        all.filter_map(move |(first, place)| {
            let is_seen = first < lines.end && lines.start < first + place.lines.len();
            match self.pictures.fates.get(&place.url) {
                Some(Fate::Shown(picture)) if is_seen => Some(SeenPicture {
                    first,
                    indent: place.indent,
                    picture,
                }),
                Some(Fate::Shown(_) | Fate::Elsewhere(_) | Fate::Refused(_)) | None => None,
            }
        })
    }

    /// The pictures of the page that are on the web and have not been fetched.
    pub(in crate::app) fn pictures_elsewhere(&self) -> Vec<Link> {
        let fates = self.pictures.fates.values();
        let elsewhere = fates.filter_map(|fate| match fate {
            Fate::Elsewhere(link) => Some(link.clone()),
            Fate::Shown(_) | Fate::Refused(_) => None,
        });
        elsewhere.collect()
    }

    /// Has the pictures requested again: some have been fetched.
    pub(in crate::app) fn look_for_pictures(&mut self) {
        self.pictures.forget_asking();
    }

    /// Takes what became of a picture, and has the page composed again if that changes it.
    pub(in crate::app) fn take_picture(&mut self, url: String, fate: Fate, cx: Cx<'_>) -> Vec<Msg> {
        self.pictures.fates.insert(url, fate);
        self.space_again(cx)
    }

    fn space_again(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        match self.pictures.space() {
            true => self.show_again(cx),
            false => Vec::new(),
        }
    }

    /// Requests the pictures of the page, unless they were already requested for this screen.
    pub(super) fn ask_for_pictures(&mut self, cx: Cx<'_>) -> Vec<Msg> {
        let Content::Loaded(loaded) = &self.content else {
            return Vec::new();
        };
        let canvas = cx.env.canvas();
        let most = Room {
            columns: self.columns,
            rows: (cx.env.size.rows / SHARE).max(LEAST_ROWS),
        };
        if self.pictures.asked.replace((canvas, most)) == Some((canvas, most)) {
            return Vec::new();
        }
        if canvas.way == PictureProtocol::Captions || loaded.pictures.is_empty() {
            self.pictures.fates.clear();
            return self.space_again(cx);
        }
        let Some(id) = self.article else {
            return Vec::new();
        };
        vec![Msg::Ask(AppRequest::Pictures(WantedPictures {
            path: cx.catalog.library().article(id).path(),
            urls: loaded.pictures.clone(),
            canvas,
            most,
        }))]
    }
}
