//! Stories in the list: when they are grouped, when the list shows them, and opening and closing
//! one.

use std::collections::HashSet;
use std::time::Duration;

use super::App;
use crate::app::catalog::Loading;
use crate::app::context::Shared;
use crate::app::effect::{AppRequest, Effect};
use crate::app::mark_edit::MarkEdit;
use crate::app::requests::Asker;
use crate::app::triage::DecisionReach;
use crate::command::{Command, Context};
use crate::config::{LateTellers, RowFor};
use crate::desk::DeskRequest;
use crate::format::number;
use crate::library::{ArticleId, Stories};
use crate::model::MarkField;

/// Stories that took longer than this to group are saved for the next run at once.
const WORTH_KEEPING: Duration = Duration::from_millis(250);

impl App {
    /// Starts grouping if it is due.
    pub(super) fn group_in_time(&mut self) {
        let loading = self.shared.catalog.loading();
        let uptime = self.shared.env.uptime;
        if self.shared.grouping.is_time(loading, uptime) {
            self.ask(Asker::Quietly, AppRequest::Group);
        }
    }

    /// Starts grouping as soon as the articles are in memory.
    pub(super) fn group_soon(&mut self) {
        self.shared.grouping.hurry();
        self.group_in_time();
    }

    /// Starts grouping what has changed, if anything has, without waiting.
    pub(super) fn catch_up_grouping(&mut self) {
        self.shared.grouping.catch_up();
        self.group_in_time();
    }

    pub(super) fn grouped(&mut self, stories: Stories) {
        let uptime = self.shared.env.uptime;
        let is_first = self.shared.grouping.is_unknown();
        if self.shared.grouping.take(stories, uptime) {
            self.regroup();
        }
        if is_first && self.shared.grouping.took() >= WORTH_KEEPING {
            self.shared.catalog.note_worth_keeping();
            if self.shared.catalog.loading() == Loading::Ready
                && self.shared.catalog.is_to_be_kept(uptime)
            {
                self.effects.push(Effect::Keep);
            }
        }
        self.detail.compose_head(self.shared.cx());
        self.relate();
        self.settle_late_tellers();
    }

    /// Marks new articles of stories that are done as done too, unless they should come in like any
    /// other.
    pub(super) fn settle_late_tellers(&mut self) {
        if !self.triage.is_heard() {
            return;
        }
        let Shared {
            grouping, marks, ..
        } = &mut self.shared;
        let arrived = grouping.take_arrivals(marks);
        let arrived: HashSet<ArticleId> = arrived.into_iter().collect();
        let late = arrived.iter().filter(|id| self.is_late(**id, &arrived));
        let mut late: Vec<ArticleId> = late.copied().collect();
        late.sort_unstable();
        if late.is_empty() || self.shared.env.config.late_tellers == LateTellers::Inbox {
            return;
        }
        let label = match late.len() {
            1 => "1 new article done, like its story".to_owned(),
            count => format!("{count} new articles done, like their stories"),
        };
        let asked = DeskRequest::Decide {
            articles: late,
            wishes: MarkEdit::done(true).wishes,
            label,
        };
        self.ask(Asker::App, AppRequest::Desk(asked));
    }

    /// Whether a new article is undecided while all others of its story are decided. Decisions
    /// under way count.
    fn is_late(&self, id: ArticleId, arrived: &HashSet<ArticleId>) -> bool {
        let marks = &self.shared.marks;
        let Some(story) = self.shared.grouping.story(id) else {
            return false;
        };
        let library = self.shared.catalog.library();
        let members = story.members.iter().map(|it| it.article);
        let mut before = members.filter(|it| !arrived.contains(it) && !library.is_gone(*it));
        let is_settled = before.clone().all(|it| marks.will_be_settled(it));
        let any_done = before.any(|it| marks.will_have(it, &MarkField::Done));
        marks.is_untouched(id) && is_settled && any_done
    }

    /// Folds the list again. Cursor and selection stay on their articles.
    fn regroup(&mut self) {
        let follows = self.detail.article() == self.list.current();
        self.list.regroup(self.shared.cx());
        if follows {
            self.show(self.list.current());
        }
    }

    /// Switches the list between one row per story and one per article.
    pub(super) fn toggle_grouping(&mut self) {
        let grouping = &mut self.shared.grouping;
        let (row_for, said) = match grouping.row_for() {
            RowFor::Story => (RowFor::Article, "One row per article."),
            RowFor::Article if grouping.is_unknown() => {
                (RowFor::Story, "One row per story, once they are grouped.")
            }
            RowFor::Article => (RowFor::Story, ""),
        };
        self.list_rows_for(row_for);
        match self.list.stories() {
            Some(stories) => {
                let stories = number::grouped(stories as i64);
                let articles = number::articles(self.list.articles().len());
                self.say(&format!("One row per story: {articles}, {stories} rows."));
            }
            None => self.say(said),
        }
    }

    /// Lists one row per story, all of them folded, or one per article.
    pub(super) fn list_rows_for(&mut self, row_for: RowFor) {
        self.shared.grouping.set_row_for(row_for);
        self.list.close_stories();
        let follows = self.detail.article() == self.list.current();
        self.list.fold(self.shared.cx());
        if follows {
            self.show(self.list.current());
        }
    }

    /// Opens or closes the story of the row under the cursor.
    pub(super) fn toggle_story(&mut self) {
        let msgs = self.list.toggle_story(self.shared.cx());
        self.deliver(Asker::App, msgs);
        let Some(id) = self.list.current() else {
            return self.say("There is no article here.");
        };
        if self.list.story_row(id).is_none() {
            let said = self.why_alone(id);
            self.say(&said);
        }
    }

    /// Why an article's row is not a story's.
    fn why_alone(&self, id: ArticleId) -> String {
        let Shared {
            grouping, catalog, ..
        } = &self.shared;
        let key = |command| self.shared.env.key(command, Context::List);
        if grouping.row_for() == RowFor::Article {
            let key = key(Command::ToggleGrouping);
            return format!("One row per article; {key} groups them into stories.");
        }
        if grouping.is_unknown() {
            return "The stories are still being grouped.".to_owned();
        }
        let members = grouping.story(id).map_or(&[][..], |it| &it.members);
        let others = members.iter().map(|it| it.article);
        let others = others.filter(|it| *it != id && !catalog.library().is_gone(*it));
        let is_new = |it: &ArticleId| !self.list.contains(*it) && self.search.selects(*it);
        match (others.clone().count(), others.filter(is_new).count()) {
            (0, _) => "No other article tells it.".to_owned(),
            (1, 0) => "1 more tells it, but the query leaves it out.".to_owned(),
            (others, 0) => format!("{others} more tell it, but the query leaves them out."),
            (_, 1) => format!("1 more tells it; {} lists it.", key(Command::Refresh)),
            (_, new) => format!("{new} more tell it; {} lists them.", key(Command::Refresh)),
        }
    }

    /// These articles, and those of their stories that still wait for a decision.
    pub(super) fn with_stories(&self, targets: &[ArticleId]) -> Vec<ArticleId> {
        let mut all = targets.to_vec();
        for target in targets {
            let story = self.shared.grouping.story(*target);
            let members = story.into_iter().flat_map(|it| &it.members);
            let waiting = members.map(|it| it.article).filter(|id| {
                let is_gone = self.shared.catalog.library().is_gone(*id);
                !is_gone && !self.shared.marks.will_be_settled(*id)
            });
            all.extend(waiting);
        }
        let mut seen = HashSet::new();
        all.retain(|id| seen.insert(*id));
        all
    }

    /// Marks whole stories done, and goes on to the next one.
    pub(super) fn done_with_story(&mut self) {
        self.decide_for(self.targets(), DecisionReach::Stories, MarkEdit::done(true));
    }

    /// After a decision on these, the message about the other articles in their folded rows.
    pub(super) fn those_that_stay(&self, about: &[ArticleId]) -> Option<String> {
        let decided: HashSet<&ArticleId> = about.iter().collect();
        let others = about.iter().flat_map(|id| self.list.hidden_by(*id));
        let is_waiting =
            |id: &&ArticleId| !decided.contains(*id) && !self.shared.marks.will_be_handled(**id);
        let (others, stories) = match (others.filter(is_waiting).count(), about.len()) {
            (0, _) => return None,
            (1, 1) => ("the other one".to_owned(), "its story stays"),
            (others, 1) => (format!("the {others} others"), "its story stay"),
            (1, _) => ("1 other".to_owned(), "their stories stays"),
            (others, _) => (format!("{others} others"), "their stories stay"),
        };
        let key = self.shared.env.key(Command::DoneWithStory, Context::List);
        Some(format!("{others} of {stories} ({key}: all done)"))
    }
}
