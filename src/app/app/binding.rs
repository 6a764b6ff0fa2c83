//! Splitting an article off its story for good, and joining articles that the library does not
//! join.

use std::collections::HashSet;

use super::App;
use crate::app::effect::AppRequest;
use crate::app::geometry::Pane;
use crate::app::panes::StoryRow;
use crate::app::requests::Asker;
use crate::command::{Command, Context};
use crate::desk::{DeskRequest, StoryChange};
use crate::library::{ArticleId, Story};

impl App {
    /// Splits off the current article, or joins it with the selected ones.
    pub(super) fn split_or_join(&mut self) {
        match self.binding() {
            Ok(binding) => {
                self.list.clear_selection();
                self.ask(Asker::App, AppRequest::Desk(DeskRequest::Bind(binding)));
            }
            Err(said) => self.say(&said),
        }
    }

    /// What the key does here, or why it does nothing.
    fn binding(&self) -> Result<StoryChange, String> {
        let Some(current) = self.target_article() else {
            return Err(self.nothing_here().to_owned());
        };
        let at_hand = match (self.reading_pane(), self.list.selected()) {
            (Pane::Related, _) => self.with_shown(current),
            (_, selected) if selected.len() > 1 => selected,
            (_, mut selected) => {
                selected.retain(|id| *id != current);
                selected.push(current);
                selected
            }
        };
        match &at_hand[..] {
            [one] => self.split_one(*one),
            [one, rest @ ..] => {
                let story = self.shared.grouping.story(*one);
                let tells_all = |story: &&Story| {
                    let members: HashSet<ArticleId> = members(story).into_iter().collect();
                    rest.iter().all(|id| members.contains(id))
                };
                match story.filter(tells_all) {
                    Some(story) => self.split_some(&at_hand, current, story),
                    None => Ok(StoryChange::Join(self.with_all_of(&at_hand))),
                }
            }
            [] => Err(self.nothing_here().to_owned()),
        }
    }

    /// A related article, together with the article shown.
    fn with_shown(&self, related: ArticleId) -> Vec<ArticleId> {
        let shown = self.detail.article().filter(|shown| *shown != related);
        shown.into_iter().chain([related]).collect()
    }

    fn split_one(&self, id: ArticleId) -> Result<StoryChange, String> {
        let key = |command| self.shared.env.key(command, Context::List);
        let Some(story) = self.shared.grouping.story(id) else {
            return Err(format!(
                "No other article tells it. Select those that do with {}, then {} joins them.",
                key(Command::SelectOne),
                key(Command::SplitOrJoin),
            ));
        };
        let row = self.list.story_row(id);
        if matches!(row, Some(StoryRow::Folded { .. })) && self.reading_pane() == Pane::List {
            return Err(format!(
                "{} opens the story, then {} splits off the article under the cursor.",
                key(Command::ToggleStory),
                key(Command::SplitOrJoin),
            ));
        }
        Ok(StoryChange::Split(vec![id], members(story)))
    }

    /// Splits off the selected articles of one story, or the related one of the story shown.
    fn split_some(
        &self,
        at_hand: &[ArticleId],
        current: ArticleId,
        story: &Story,
    ) -> Result<StoryChange, String> {
        let selected = self.list.selected();
        let off = if self.reading_pane() == Pane::Related {
            vec![current]
        } else if selected.is_empty() {
            at_hand.to_vec()
        } else {
            selected
        };
        if off.len() >= story.len() {
            return Err(
                "That is the whole story: there is nothing to split it off from.".to_owned(),
            );
        }
        Ok(StoryChange::Split(off, members(story)))
    }

    /// These articles, each with the rest of its story.
    fn with_all_of(&self, articles: &[ArticleId]) -> Vec<ArticleId> {
        let with_its_story = |id: &ArticleId| {
            let story = self.shared.grouping.story(*id).map(members);
            std::iter::once(*id).chain(story.unwrap_or_default())
        };
        let mut seen = HashSet::new();
        let all = articles.iter().flat_map(with_its_story);
        all.filter(|it| seen.insert(*it)).collect()
    }
}

fn members(story: &Story) -> Vec<ArticleId> {
    story.members.iter().map(|it| it.article).collect()
}
