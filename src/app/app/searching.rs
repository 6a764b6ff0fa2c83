//! The current query: what happens to the list when it changes, and when results arrive.

use super::{App, LONG};
use crate::app::before::ListBefore;
use crate::app::catalog::Loading;
use crate::app::effect::{AppRequest, Effect, Indexing, RequestKind};
use crate::app::event::Reply;
use crate::app::geometry::Pane;
use crate::app::overlays::msg::{ListUpdate, OverlaySpec};
use crate::app::requests::Asker;
use crate::app::search::{NewResults, TextProgress};
use crate::app::views::apply;
use crate::command::{Command, Context};
use crate::config::ViewEdit;
use crate::format::number;
use crate::library::ArticleId;
use crate::query::{PartialAnswer, Query};

impl App {
    /// Whether an index is worth having now.
    fn indexing(&self) -> Indexing {
        if self.context() == Context::Line || !self.shared.in_force.is_empty() {
            self.indexing_for_search()
        } else {
            Indexing::NotYet
        }
    }

    /// The same if somebody is searching.
    fn indexing_for_search(&self) -> Indexing {
        match self.shared.catalog.loading() {
            Loading::Ready => Indexing::Wanted,
            Loading::Growing | Loading::Restored | Loading::Checking | Loading::Again(_) => {
                Indexing::Kept
            }
        }
    }

    /// Has the index made ready while somebody begins to type a query.
    pub(super) fn prepare_search(&mut self) {
        self.effects.push(Effect::Index {
            edition: self.shared.catalog.edition(),
            indexing: self.indexing_for_search(),
        });
    }

    /// Lists the results of another query.
    pub(super) fn look_for(&mut self, query: Query, update: ListUpdate) {
        if query == *self.shared.in_force.query() {
            return;
        }
        self.shared.in_force.set(query);
        let update = if self.shared.in_force.is_empty() {
            self.search.drop_answer();
            self.list_all(update);
            // The facets still have to be counted.
            ListUpdate::Reconsider
        } else {
            update
        };
        let indexing = self.indexing();
        let asks = self.search.ask(update, indexing, self.shared.cx());
        self.deliver(Asker::App, [asks]);
        self.arrange_facets();
    }

    /// Lists everything, which needs no search.
    pub(super) fn list_all(&mut self, update: ListUpdate) {
        self.search.select_all();
        let rows = self.shared.catalog.order().to_vec();
        let set = self.shared.catalog.library().articles().rows();
        self.show_rows(rows, set, update);
    }

    fn show_rows(&mut self, rows: Vec<ArticleId>, set: roaring::RoaringBitmap, update: ListUpdate) {
        let follows = self.detail.article() == self.list.current();
        self.list.show_rows(rows, set, update, self.shared.cx());
        if follows || self.detail.article().is_none() {
            self.show(self.list.current());
        }
    }

    /// Restores an earlier list, with the same article selected.
    pub(super) fn bring_back(&mut self, query: Query, before: ListBefore) {
        if query == *self.shared.in_force.query() {
            return;
        }
        self.list.restore(before, self.shared.cx());
        self.show(self.list.current());
        self.look_for(query, ListUpdate::Relist);
    }

    /// Searches again, because articles or marks have changed.
    pub(super) fn ask_again(&mut self, update: ListUpdate) {
        let indexing = self.indexing();
        let asks = self.search.ask_again(update, indexing, self.shared.cx());
        self.deliver(Asker::App, asks);
    }

    /// Searches again if the passing of time has made something due.
    pub(super) fn ask_in_time(&mut self) {
        let indexing = self.indexing();
        let asks = self.search.ask_in_time(indexing, self.shared.cx());
        self.deliver(Asker::App, asks);
    }

    /// Whether texts are being searched, and have been for long enough to say so.
    pub(super) fn is_searching_texts(&self) -> bool {
        let asked = self.search.asked().unwrap_or_default();
        let is_long = self.shared.env.uptime.saturating_sub(asked) >= LONG;
        is_long && matches!(self.search.texts(), Some(TextProgress::Searching { .. }))
    }

    /// Ends the search in texts. Matches found so far stay.
    pub(super) fn stop_searching(&mut self) {
        let Some((looked, of)) = self.search.stop() else {
            return;
        };
        let id = self.requests.take_kind(RequestKind::Search);
        self.effects.extend(id.map(Effect::GiveUp));
        let key = self.shared.env.key(Command::Refresh, Context::List);
        self.say(&format!(
            "Stopped after {} of {} texts: the list shows what was found in them. {key} searches \
             them all.",
            number::grouped(looked as i64),
            number::grouped(of as i64),
        ));
    }

    /// Takes results, complete or partial.
    pub(super) fn searched(&mut self, mut answer: PartialAnswer) {
        self.shared
            .catalog
            .note_seen(std::mem::take(&mut answer.seen));
        let NewResults { facets, rows } = self.search.take(answer, self.shared.cx());
        if let Some(facets) = facets {
            self.facets.counted(facets);
            self.arrange_facets();
        }
        if let Some((rows, set, update)) = rows {
            self.show_rows(rows, set, update);
        }
        self.ask_in_time();
        self.return_to_taken_back();
    }

    /// Rebuilds the rows of the facets. They stay in place while a person is picking among them.
    pub(super) fn arrange_facets(&mut self) {
        let held = self.focus == Pane::Facets;
        self.facets.arrange(self.shared.in_force.query(), held);
    }

    /// Shows all values again once nobody is picking among them.
    pub(super) fn widen_facets(&mut self) {
        if self.focus != Pane::Facets && !self.facets.typed().is_empty() {
            self.facets.narrow("");
            self.arrange_facets();
        }
    }

    /// Shows the view whose number was pressed, counted from 1.
    pub(super) fn numbered_view(&mut self) {
        let digit = self.pressed.last.and_then(|key| key.character());
        match digit.and_then(|digit| digit.to_digit(10)) {
            Some(number @ 1..) => self.look_at_view(number as usize - 1),
            // The command is bound to a key that is not a digit.
            _ => self.open(OverlaySpec::Views),
        }
    }

    /// Shows a view, counted from 0.
    pub(super) fn look_at_view(&mut self, at: usize) {
        let env = &self.shared.env;
        let Some(view) = env.views.get(at) else {
            let key = env.key(Command::ShowViews, Context::List);
            let said = format!("There is no view {}; {key} lists the views.", at + 1);
            self.say(&said);
            return;
        };
        match view.query.clone() {
            Ok(query) => {
                let text = view.text.clone();
                self.shared.in_force.enter_view(&view.clone());
                // The overlay of views is no longer needed.
                self.layers.clear();
                self.look_for(query, ListUpdate::FromTop);
                self.remember(text);
            }
            Err(error) => {
                let said = format!("The view {} has an error: {error}", view.name);
                self.warn(&said);
            }
        }
    }

    /// Shows the whole of the last view again, without anything that narrows it.
    pub(super) fn back_to_view(&mut self) {
        let in_force = &self.shared.in_force;
        if in_force.is_whole_view() {
            let said = match in_force.view_name() {
                Some(name) => format!("This is the whole view {name}."),
                None => "Everything is listed.".to_owned(),
            };
            return self.say(&said);
        }
        let query = in_force.view_query();
        self.look_for(query, ListUpdate::Relist);
    }

    /// Changes the views: those of this run at once, unless a view is being saved, and those in the
    /// configuration file.
    pub(super) fn edit_views(&mut self, from: Asker, edit: ViewEdit) {
        if !matches!(edit, ViewEdit::Keep { .. }) {
            self.apply_to_views(&edit);
        }
        if let ViewEdit::Delete { name, .. } = &edit {
            self.say(&format!("Deleted the view {name}."));
        }
        self.ask(from, AppRequest::EditViews(edit));
    }

    fn apply_to_views(&mut self, edit: &ViewEdit) {
        apply(&mut self.shared.env.views, edit);
        self.shared.in_force.follow(edit);
    }

    /// The views in the configuration file were changed, or could not be.
    pub(super) fn edited_views(&mut self, edited: Result<ViewEdit, String>) {
        let edit = match edited {
            Ok(edit) => edit,
            Err(reason) => return self.warn(&reason),
        };
        let ViewEdit::Keep { name, .. } = &edit else {
            return;
        };
        let is_new = self.shared.env.views.iter().all(|it| it.name != *name);
        self.apply_to_views(&edit);
        let done = if is_new { "Saved as" } else { "Replaced" };
        let env = &self.shared.env;
        let at = env.views.iter().position(|it| it.name == *name);
        let said = match at.map_or(0, |at| at + 1) {
            number @ 1..=9 => format!("{done} {name}: {number} shows it."),
            _ => {
                let key = env.key(Command::ShowViews, Context::List);
                format!("{done} {name}: {key} lists it.")
            }
        };
        self.say(&said);
        // If the overlay of views is open, it moves to the new one.
        let mut asks = Vec::new();
        for layer in &mut self.layers {
            let reply = Reply::EditedViews(Ok(edit.clone()));
            let msgs = layer.overlay.reply(reply, self.shared.cx());
            asks.push((layer.id, msgs));
        }
        for (id, msgs) in asks {
            self.deliver(Asker::Layer(id), msgs);
        }
    }

    /// Selects an article; if it is not listed, lists everything.
    pub(super) fn jump_to(&mut self, id: ArticleId) {
        if !self.list.contains(id) && !self.shared.in_force.is_empty() {
            self.look_for(Query::default(), ListUpdate::Relist);
            self.say("It was not in the list, so everything is listed now.");
        }
        if self.focus == Pane::Facets || self.focus == Pane::Related {
            self.focus = Pane::List;
        }
        self.list.select(id, self.shared.cx());
        self.show(Some(id));
    }
}
