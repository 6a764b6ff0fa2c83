//! Loading and changing the library, and the list made from it. The selection stays on its article.

use std::time::Duration;

use super::App;
use crate::app::catalog::{BatchOutcome, Loading, ShownFile};
use crate::app::effect::{AppRequest, Effect};
use crate::app::event::ReadArticle;
use crate::app::overlays::msg::ListUpdate;
use crate::app::requests::Asker;
use crate::command::Hook;
use crate::format::number;
use crate::library::{ArticleId, Batch, Library, ReadError};
use crate::query::Similar;

/// The reader counts as idle after this long without a key.
const IDLE: Duration = Duration::from_secs(3);

impl App {
    /// Takes new, changed and deleted files. The list shows them at once while the library is
    /// loading, or if that disturbs nobody; otherwise at the next refresh.
    pub(super) fn found(&mut self, batch: Batch) {
        let shown = self.detail.article();
        let BatchOutcome { shown, moved } = self.shared.catalog.apply(batch, shown);
        self.moved(&moved);
        let loading = self.shared.catalog.loading();
        self.shared.grouping.note_changes();
        // An empty list has nothing that this could disturb.
        let is_empty = self.list.rows().is_empty();
        match loading {
            Loading::Growing => self.relist(),
            Loading::Restored | Loading::Checking if is_empty || self.list.is_at_top() => {
                self.relist();
            }
            Loading::Again(_) => {}
            Loading::Ready if is_empty || self.is_idle_at_the_top() => self.relist(),
            Loading::Restored | Loading::Checking | Loading::Ready => {
                self.ask_again(ListUpdate::Reconsider);
            }
        }
        match shown {
            ShownFile::Same => self.relate(),
            ShownFile::Gone => self.say("This article's file is gone."),
            ShownFile::Changed => {
                self.relate();
                let msgs = self.detail.show_again(self.shared.cx());
                self.deliver(Asker::App, msgs);
            }
        }
        if !matches!(loading, Loading::Growing | Loading::Restored) {
            self.effects.push(Effect::Follow);
        }
        self.note_arrivals();
    }

    /// Files were moved: what is on the screen is about the same articles as before.
    fn moved(&mut self, moved: &[(ArticleId, ArticleId)]) {
        if moved.is_empty() {
            return;
        }
        self.list.replace(moved, self.shared.cx());
        self.triage.replace(moved);
        let shown = self.detail.article();
        if let Some((_, now)) = moved.iter().find(|(before, _)| Some(*before) == shown) {
            let msgs = self.detail.replace(*now, self.shared.cx());
            self.deliver(Asker::App, msgs);
        }
    }

    /// Whether the cursor is still at the top of the list and no key was pressed recently.
    fn is_idle_at_the_top(&self) -> bool {
        self.list.is_on_first()
            && self.is_in_list_alone()
            && self.shared.env.uptime.saturating_sub(self.pressed.at) >= IDLE
    }

    /// The whole library has been scanned.
    pub(super) fn loaded(&mut self) {
        let before = self.shared.catalog.loaded();
        match before {
            Loading::Growing | Loading::Restored | Loading::Checking => {
                self.ask_in_time();
                self.effects.push(Effect::Follow);
                if self.shared.catalog.is_to_be_kept(self.shared.env.uptime) {
                    self.effects.push(Effect::Keep);
                }
            }
            Loading::Again(before) => {
                let now = self.shared.catalog.library().len();
                self.say(&count_change(before, now));
                self.relist();
            }
            Loading::Ready => {}
        }
        self.note_arrivals();
        // After the save: what is similar is found by the words it brings, and stories wait for it.
        if before != Loading::Ready {
            self.relate();
            self.catch_up_grouping();
        }
    }

    /// The library stays as it was: its files could not be scanned again.
    pub(super) fn not_scanned(&mut self) {
        self.shared.catalog.loaded();
        let why = self.shared.catalog.trouble().unwrap_or("unknown");
        let said = format!("Not reloaded: {why}");
        self.say(&said);
        self.relist();
    }

    /// Runs the hook for new articles.
    fn note_arrivals(&mut self) {
        let arrived = self.shared.catalog.take_arrived();
        if !arrived.is_empty() {
            self.shared.grouping.note_arrivals(&arrived);
            self.group_in_time();
        }
        self.run_hook(Hook::Load, &arrived);
    }

    /// Shows the library kept by the last run.
    pub(super) fn restored(&mut self, library: Library) {
        self.shared.catalog.restore(library);
        self.relist();
    }

    /// The restored library can now be read without waiting for a disk.
    pub(super) fn restored_whole(&mut self) {
        self.shared.catalog.check();
        self.relate();
        self.ask_in_time();
        self.group_soon();
        self.effects.push(Effect::Follow);
    }

    /// Drops the restored library, which is unreliable.
    pub(super) fn restored_damaged(&mut self) {
        self.shared.catalog.forget();
        self.shared.marks.forget();
        self.triage.forget_articles();
        self.list.forget();
        self.shared.grouping.forget();
        self.detail.show_nothing();
        self.related.clear();
        self.relist();
    }

    /// Shows what has changed, and scans the whole library again.
    pub(super) fn refresh(&mut self) {
        let catalog = &self.shared.catalog;
        if catalog.loading() == Loading::Growing {
            self.say("The library is still being read.");
            return;
        }
        let listed = catalog.library().len() - catalog.unlisted().len();
        self.search.resume();
        self.relist();
        self.catch_up_grouping();
        let uptime = self.shared.env.uptime;
        if self.shared.catalog.look_again(listed, uptime) {
            self.effects.push(Effect::Look);
        }
    }

    /// Rebuilds the list after the library has changed. The selection stays on its article or, if
    /// that is no longer listed, moves to the one after it.
    fn relist(&mut self) {
        self.shared.catalog.sort_in();
        self.shared.grouping.note_listed();
        if self.shared.in_force.is_empty() {
            self.list_all(ListUpdate::Relist);
            self.ask_again(ListUpdate::Reconsider);
        } else {
            self.ask_again(ListUpdate::Relist);
        }
    }

    /// Collects what is related to the article shown, when the known articles or stories change. Slow
    /// parts are requested, once for the current articles.
    pub(super) fn relate(&mut self) {
        let Some(id) = self.detail.article() else {
            return;
        };
        let catalog = &self.shared.catalog;
        let article = self.detail.loaded().map(|loaded| &loaded.article);
        let story = self.shared.grouping.story(id);
        self.related.gather(catalog, id, story, article);
        let most = match catalog.loading() {
            Loading::Growing | Loading::Restored => None,
            Loading::Checking | Loading::Again(_) | Loading::Ready => {
                self.related.begin_asking(catalog, story)
            }
        };
        if let Some(most) = most {
            let request = AppRequest::Relate {
                article: id,
                most,
                edition: catalog.edition(),
            };
            self.ask(Asker::Quietly, request);
        }
    }

    /// The articles similar to the one shown have been found.
    pub(super) fn related_found(&mut self, id: ArticleId, similar: Vec<Similar>) {
        if self.detail.article() == Some(id) {
            self.related.take(similar);
            self.relate();
        }
    }

    /// The file of the article shown has been read, or could not be.
    pub(super) fn read(&mut self, read: Result<ReadArticle, ReadError>) {
        let msgs = self.detail.read(read, self.shared.cx());
        self.deliver(Asker::App, msgs);
        self.relate();
    }
}

fn count_change(before: usize, after: usize) -> String {
    let now = number::articles(after);
    let by = number::grouped(after.abs_diff(before) as i64);
    match after.cmp(&before) {
        std::cmp::Ordering::Equal => format!("Reloaded: {now}."),
        std::cmp::Ordering::Greater => format!("Reloaded: {now}, {by} more."),
        std::cmp::Ordering::Less => format!("Reloaded: {now}, {by} fewer."),
    }
}
