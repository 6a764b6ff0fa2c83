//! The article that is shown: its page, how far it is scrolled, and the file it waits for.

use std::sync::Arc;

use super::event::Effect;
use super::geometry::Pane;
use super::list::Move;
use super::page::{COMFORTABLE, Known, Page, Setting, Sheet};
use super::related::Related;
use super::state::State;
use crate::library::{ArticleId, ArticleRef, ReadError};
use crate::model::{Article, Provider, Urls};
use crate::query::Highlights;

/// The detail pane.
#[derive(Debug, Default)]
pub struct Detail {
    pub article: Option<ArticleId>,
    pub page: Page,
    /// The first line of the page that is seen.
    pub scroll: usize,
    /// What is looked for in this text alone.
    pub found: Option<Highlights>,
    /// The line of the page that was found last.
    pub(super) matched: Option<usize>,
    content: Content,
    /// The columns the page was composed for.
    columns: u16,
    /// What was seen first when the page was last composed for other columns, and the scroll that
    /// this gave: one goes back and forth between two widths without drifting.
    held: Held,
    /// Where to go back to, once the file has come.
    awaited: Option<Place>,
    /// The number of the newest request for a file.
    generation: u64,
}

/// Where the reader is in an article, whatever the width of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Letters of the page before the first line that is seen.
    pub letters: usize,
    /// The related entry under the cursor.
    pub related: usize,
}

/// A scroll, and the letters before the line that it is for.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    scroll: usize,
    letters: usize,
}

/// How much of the article's file has come.
#[derive(Debug, Default)]
enum Content {
    #[default]
    Waiting,
    Failed(String),
    Sheet(Arc<Sheet>),
}

impl Detail {
    /// What the file says, once it is read.
    pub fn sheet(&self) -> Option<&Sheet> {
        match &self.content {
            Content::Sheet(sheet) => Some(sheet),
            Content::Waiting | Content::Failed(_) => None,
        }
    }

    /// Whether the file has not come yet.
    pub fn is_waiting(&self) -> bool {
        matches!(self.content, Content::Waiting)
    }

    /// The columns that the page was composed for.
    pub fn columns(&self) -> u16 {
        self.columns
    }
}

impl State {
    /// Shows an article from its beginning: at once what the library knows, and asks for its file.
    pub(super) fn show(&mut self, id: ArticleId) -> Vec<Effect> {
        if self.detail.article == Some(id) {
            return Vec::new();
        }
        self.detail = Detail {
            article: Some(id),
            generation: self.detail.generation + 1,
            ..Detail::default()
        };
        self.related = Related::default();
        self.shown_since = self.now;
        self.compose();
        let path = self.library.article(id).path();
        vec![Effect::Show {
            generation: self.detail.generation,
            path,
        }]
    }

    /// Asks for the file of the article that is shown, which a new library knows by `id`. What is
    /// there stays until it comes.
    pub(super) fn show_again(&mut self, id: ArticleId) -> Vec<Effect> {
        self.detail.article = Some(id);
        self.detail.generation += 1;
        self.relate_again();
        let path = self.library.article(id).path();
        vec![Effect::Show {
            generation: self.detail.generation,
            path,
        }]
    }

    /// Gathers the related entries again, as the library knows more or others than before.
    pub(super) fn relate_again(&mut self) {
        let Some(id) = self.detail.article else {
            return;
        };
        let at = self.related.cursor;
        let sheet = match &self.detail.content {
            Content::Sheet(sheet) => Some(Arc::clone(sheet)),
            Content::Waiting | Content::Failed(_) => None,
        };
        self.relate(id, sheet.as_ref().map(|sheet| &sheet.article));
        self.related.cursor = at;
    }

    /// Shows nothing, as there is nothing to show.
    pub(super) fn show_nothing(&mut self) {
        self.detail = Detail {
            generation: self.detail.generation + 1,
            ..Detail::default()
        };
        self.related = Related::default();
    }

    /// The file of the article has been read, or could not be.
    pub(super) fn shown(&mut self, generation: u64, outcome: Result<Arc<Sheet>, ReadError>) {
        if generation != self.detail.generation || self.detail.article.is_none() {
            return;
        }
        self.detail.content = match outcome {
            Ok(sheet) => Content::Sheet(sheet),
            Err(error) => Content::Failed(sentence(&error)),
        };
        self.relate_again();
        self.compose();
        if let Some(place) = self.detail.awaited.take() {
            self.return_to(place);
        }
    }

    /// Where the reader is.
    pub(super) fn place(&self) -> Place {
        Place {
            letters: self.letters_before(),
            related: self.related.cursor.at,
        }
    }

    /// Goes to where the reader was, as soon as there is enough of the page.
    pub(super) fn return_to(&mut self, place: Place) {
        if let Content::Waiting = self.detail.content {
            self.detail.awaited = Some(place);
            return;
        }
        self.detail.scroll = self.detail.page.line_after(place.letters);
        self.related.cursor.at = place.related;
    }

    /// Letters of the page before the first line that is seen.
    fn letters_before(&self) -> usize {
        let Detail {
            held, scroll, page, ..
        } = &self.detail;
        if held.scroll == *scroll {
            held.letters
        } else {
            page.letters_before(*scroll)
        }
    }

    /// Composes the page for the columns there are now, the same letters staying at its top.
    pub(super) fn compose(&mut self) {
        let Some(id) = self.detail.article else {
            return;
        };
        let columns = self.page_columns();
        let decided = self.decided_lines(id);
        let setting = Setting {
            columns,
            now: self.now,
            zone: &self.zone,
            signs: self.signs,
            decided: &decided,
        };
        let headline = headline(self.library.article(id));
        let known = match &self.detail.content {
            Content::Waiting => Known::Headline(&headline),
            Content::Failed(reason) => Known::Failed(&headline, reason),
            Content::Sheet(sheet) => Known::Sheet(sheet),
        };
        let page = Page::of(&known, setting);
        if columns != self.detail.columns && !self.detail.page.lines.is_empty() {
            let letters = self.letters_before();
            let scroll = page.line_after(letters);
            self.detail.scroll = scroll;
            self.detail.held = Held { scroll, letters };
        }
        self.detail.columns = columns;
        self.detail.page = page;
    }

    /// Composes the page again if the screen has changed under it.
    pub(super) fn recompose_if_resized(&mut self) {
        if self.page_columns() != self.detail.columns {
            self.compose();
        }
    }

    /// The columns that text is wrapped to.
    fn page_columns(&self) -> u16 {
        let area = self.place_of(Pane::Detail).unwrap_or_default();
        // One column stays free before the scroll bar.
        area.inset().columns.saturating_sub(1).clamp(1, COMFORTABLE)
    }

    /// Lines of the page that are seen at once.
    pub fn detail_height(&self) -> usize {
        self.pane_height(Pane::Detail)
    }

    /// Scrolls the page.
    pub(super) fn scroll(&mut self, step: Move) {
        self.detail.awaited = None;
        let positions = self.last_scroll() + 1;
        self.detail.scroll = step.from(self.detail.scroll, positions);
    }

    /// Brings the scroll back to what there is. What was held stays so, for when there is more room
    /// again.
    pub(super) fn settle_scroll(&mut self) {
        let last = self.last_scroll();
        let Detail { scroll, held, .. } = &mut self.detail;
        if *scroll > last {
            if held.scroll == *scroll {
                held.scroll = last;
            }
            *scroll = last;
        }
    }

    /// The furthest that the page can be scrolled.
    pub fn last_scroll(&self) -> usize {
        self.detail
            .page
            .lines
            .len()
            .saturating_sub(self.detail_height())
    }
}

/// Why there is no more than the library knows, and what to do.
fn sentence(error: &ReadError) -> String {
    let reason = error.to_string();
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let reason: String = first.into_iter().chain(letters).collect();
    format!("{reason}. R reads the library again.")
}

/// What the library keeps of an article, in the shape of one: for the moment until its file is read.
fn headline(article: ArticleRef<'_>) -> Article {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Article {
        title: article.title().to_owned(),
        excerpt: article.excerpt().to_owned(),
        category: some(article.category()),
        kind: some(article.kind()),
        published_at: article.published_at(),
        updated_at: article.updated_at(),
        urls: Urls {
            original: some(article.original()),
            ..Urls::default()
        },
        quality: article.quality(),
        heat: article.heat(),
        flags: article.flags(),
        provider: Provider {
            name: article.provider().to_owned(),
            domain: article.domain().to_owned(),
            ..Provider::default()
        },
        topics: article.topics().map(str::to_owned).collect(),
        ..Article::default()
    }
}
