//! Deciding on articles: which edit each key asks for, and on which articles. The desk commits it,
//! and only committed edits are shown. Whether a key turns something on or off depends on what is
//! shown and on the edits under way.

use super::App;
use crate::app::effect::{AppRequest, Effect, RequestId};
use crate::app::geometry::Pane;
use crate::app::mark_edit::MarkEdit;
use crate::app::overlays::msg::OverlaySpec;
use crate::app::requests::Asker;
use crate::app::told_twice::told_twice;
use crate::app::triage::DecisionReach;
use crate::config::{AfterHandling, MarkRead};
use crate::desk::{DeskRequest, is_published};
use crate::library::ArticleId;
use crate::model::MarkField;

impl App {
    /// The articles that a decision applies to: the selected ones, or else the one under the
    /// cursor.
    pub(super) fn targets(&self) -> Vec<ArticleId> {
        if self.list.selection().is_empty() {
            self.target_article().into_iter().collect()
        } else {
            self.list.selected()
        }
    }

    /// Why there is nothing to decide on.
    pub(super) fn nothing_here(&self) -> &'static str {
        match self.related.current() {
            Some(_) if self.reading_pane() == Pane::Related => {
                "It is not in this library, so it cannot be marked."
            }
            _ => "There is no article here.",
        }
    }

    /// Sends a decision on the current targets to the desk.
    pub(super) fn decide(&mut self, edit: MarkEdit) {
        self.decide_on(self.targets(), edit);
    }

    /// Sends a decision on these articles to the desk. Handling one moves on to the next.
    pub(super) fn decide_on(&mut self, articles: Vec<ArticleId>, edit: MarkEdit) {
        self.decide_with(articles, DecisionReach::Articles, edit);
    }

    /// The same, or on all of their stories. Asks first if that would publish a story twice.
    fn decide_with(&mut self, targets: Vec<ArticleId>, reach: DecisionReach, edit: MarkEdit) {
        let twice = told_twice(&edit, &targets, self.shared.cx());
        if twice.is_empty() {
            self.decide_for(targets, reach, edit);
        } else {
            self.open(OverlaySpec::Decision(edit, targets, twice));
        }
    }

    /// Sends a decision on these articles, or on all of their stories, to the desk.
    pub(super) fn decide_for(
        &mut self,
        targets: Vec<ArticleId>,
        reach: DecisionReach,
        edit: MarkEdit,
    ) {
        if targets.is_empty() {
            self.say(self.nothing_here());
            return;
        }
        let is_single = targets.len() == 1 && self.list.selection().is_empty();
        let goes_on = edit.handles() && is_single && self.reading_pane() != Pane::Related;
        self.list.clear_selection();
        self.triage.set_last(edit.clone(), reach);
        let articles = match reach {
            DecisionReach::Articles => targets,
            DecisionReach::Stories => self.with_stories(&targets),
        };
        let edit = self.worded(edit, &articles);
        let is_asked = self
            .ask_to_decide(Asker::App, articles.clone(), edit)
            .is_some();
        if is_asked && goes_on && self.shared.env.config.after_handling == AfterHandling::GoOn {
            let msgs = self.list.go_past(&articles);
            self.deliver(Asker::App, msgs);
        }
    }

    /// Relabels an edit that leaves nothing to stage.
    fn worded(&self, edit: MarkEdit, articles: &[ArticleId]) -> MarkEdit {
        let library = self.shared.catalog.library();
        let Some(to) = edit.stages() else {
            return edit;
        };
        let now = self.shared.env.now;
        let is_so = |id: &ArticleId| is_published(library.article(*id), now) == Some(to);
        if !articles.iter().all(is_so) {
            return edit;
        }
        let state = if to { "published" } else { "unpublished" };
        MarkEdit {
            label: format!("{state} already: done"),
            ..edit
        }
    }

    /// Sends a decision to the desk, on what the articles are now: their files may have been moved since
    /// they were listed, or since a prompt about them was opened. `None` if no file is left.
    fn ask_to_decide(
        &mut self,
        asker: Asker,
        articles: Vec<ArticleId>,
        edit: MarkEdit,
    ) -> Option<RequestId> {
        let catalog = &self.shared.catalog;
        let there: Vec<ArticleId> = articles.iter().filter_map(|id| catalog.now(*id)).collect();
        if there.is_empty() {
            if asker != Asker::Quietly {
                self.warn_of_gone(&articles);
            }
            return None;
        }
        let articles = there;
        if asker != Asker::Quietly {
            self.triage.touch(&articles, self.shared.cx());
        }
        let asked = DeskRequest::Decide {
            articles,
            wishes: edit.wishes,
            label: edit.label,
        };
        Some(self.ask(asker, AppRequest::Desk(asked)))
    }

    /// Says that nothing was decided, because no file is left.
    fn warn_of_gone(&mut self, articles: &[ArticleId]) {
        let said = match articles {
            [id] => format!(
                "Nothing is decided: the file of “{}” is gone.",
                self.cx().title(*id)
            ),
            _ => "Nothing is decided: the files of these articles are gone.".to_owned(),
        };
        self.warn(&said);
    }

    pub(super) fn will_all_have(&self, articles: &[ArticleId], field: &MarkField) -> bool {
        let marks = &self.shared.marks;
        articles.iter().all(|id| marks.will_have(*id, field))
    }

    /// Opens the original, marks the article done and moves on.
    pub(super) fn open_done_and_next(&mut self) {
        let before = self.effects.len();
        self.open_original();
        let is_open = self.effects[before..].iter().any(|it| {
            matches!(
                it,
                Effect::Ask {
                    request: AppRequest::Open(_),
                    ..
                }
            )
        });
        if is_open {
            self.decide(MarkEdit::done(true));
        }
    }

    /// Turns a mark on, or off if all targets have it.
    fn toggle(&mut self, field: &MarkField, edit: fn(bool) -> MarkEdit) {
        let all = self.will_all_have(&self.targets(), field);
        self.decide(edit(!all));
    }

    pub(super) fn toggle_read(&mut self) {
        self.toggle(&MarkField::Read, MarkEdit::read);
    }

    pub(super) fn toggle_star(&mut self) {
        self.toggle(&MarkField::Starred, MarkEdit::starred);
    }

    /// Repeats the last decision on the article under the cursor.
    pub(super) fn repeat(&mut self) {
        match self.triage.last().cloned() {
            Some((edit, reach)) => self.decide_with(self.targets(), reach, edit),
            None => self.say("Nothing to repeat: no decision in this run yet."),
        }
    }

    /// Opens a prompt about the targets of a decision.
    pub(super) fn ask_about(&mut self, spec: fn(Vec<ArticleId>) -> OverlaySpec) {
        let articles = self.targets();
        if articles.is_empty() {
            self.say(self.nothing_here());
        } else {
            self.open(spec(articles));
        }
    }

    /// Asks whether to mark everything listed as done.
    pub(super) fn all_done(&mut self) {
        let marks = &self.shared.marks;
        let waiting = self.list.articles().iter();
        let waiting = waiting.filter(|id| !marks.will_be_handled(**id));
        let articles: Vec<ArticleId> = waiting.copied().collect();
        if articles.is_empty() {
            self.say("Everything listed is handled already.");
        } else {
            let edit = MarkEdit::done(true);
            self.open(OverlaySpec::Decision(edit, articles, Vec::new()));
        }
    }

    /// Marks an article as read once it has been on the screen long enough, if configured.
    pub(super) fn read_in_time(&mut self) {
        let MarkRead::After(seconds) = self.shared.env.config.mark_read else {
            return;
        };
        let shown = self.shared.env.uptime.saturating_sub(self.detail.since());
        if let Some(id) = self.detail.article()
            && shown.as_secs() >= u64::from(seconds)
            && !self.detail.is_waiting()
        {
            self.mark_as_read(id);
        }
    }

    /// Marks an article as read once it has been scrolled to its end, if configured.
    pub(super) fn note_read_to_end(&mut self) {
        if self.shared.env.config.mark_read == MarkRead::OnOpen
            && self.detail.is_scrolled_to_end()
            && let Some(id) = self.detail.article()
        {
            self.mark_as_read(id);
        }
    }

    /// Marks an article as read automatically: not repeatable, and the selection stays.
    pub(super) fn mark_as_read(&mut self, id: ArticleId) {
        if !self.shared.marks.will_have(id, &MarkField::Read) {
            self.ask_to_decide(Asker::Quietly, vec![id], MarkEdit::read(true));
        }
    }
}
