//! The list with one row a story: which article stands for each, and what its row is. It knows no
//! cursor.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::library::{ArticleId, Articles, Stories, Story};

/// What a row is, if several of the listed articles tell its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryRow {
    /// It stands for this many articles, of which this is the newest.
    Folded { articles: usize, newest: ArticleId },
    /// It leads this many articles; the others have rows of their own beneath it.
    Open { articles: usize },
    /// One of the others.
    Member,
}

/// What is to be folded.
#[derive(Clone, Copy)]
pub struct Unfolded<'a> {
    /// The articles in the order of the list; perhaps only the first of them.
    pub rows: &'a [ArticleId],
    /// All that are listed.
    pub listed: &'a RoaringBitmap,
    pub articles: &'a Articles,
    pub stories: &'a Stories,
    /// Articles whose stories are open.
    pub open: &'a RoaringBitmap,
}

/// Rows of stories, and of articles that nobody else tells.
#[derive(Debug, Default)]
pub struct Folded {
    rows: Vec<ArticleId>,
    of_stories: HashMap<u32, StoryRow>,
    /// The articles without a row, each with the row that stands for it.
    hidden: HashMap<u32, ArticleId>,
    /// For each folded row, its place, and how many articles have no row up to there.
    hidden_through: Vec<(usize, usize)>,
    /// How many rows there are when every story is folded.
    stories: usize,
}

/// The listed articles of a story.
struct Group {
    lead: ArticleId,
    newest: ArticleId,
    articles: usize,
    is_open: bool,
    /// In the order of the list, without the lead.
    others: Vec<ArticleId>,
    is_placed: bool,
}

impl Folded {
    /// Folds a list. A story stands where the first of its articles does.
    pub fn new(list: Unfolded<'_>) -> Self {
        let mut groups = groups(list);
        let mut folded = Self::default();
        for id in list.rows {
            let story = list.stories.of(*id);
            match story.and_then(|it| groups.get_mut(&it.lead.row())) {
                Some(group) => folded.place(group),
                None => {
                    folded.rows.push(*id);
                    folded.stories += 1;
                }
            }
        }
        folded
    }

    /// Adds the rows of a story, unless it has them.
    fn place(&mut self, group: &mut Group) {
        if std::mem::replace(&mut group.is_placed, true) {
            return;
        }
        let Group {
            lead,
            newest,
            articles,
            ..
        } = *group;
        self.stories += 1;
        self.rows.push(lead);
        if group.is_open {
            self.of_stories
                .insert(lead.row(), StoryRow::Open { articles });
            let members = group.others.iter();
            self.of_stories
                .extend(members.map(|it| (it.row(), StoryRow::Member)));
            self.rows.append(&mut group.others);
        } else {
            let row = StoryRow::Folded { articles, newest };
            self.of_stories.insert(lead.row(), row);
            let others = group.others.iter();
            self.hidden.extend(others.map(|it| (it.row(), lead)));
            let before = self.hidden_through.last().map_or(0, |(_, hidden)| *hidden);
            self.hidden_through
                .push((self.rows.len() - 1, before + group.others.len()));
        }
    }

    pub fn rows(&self) -> &[ArticleId] {
        &self.rows
    }

    /// What the row of an article is; `None` if nobody else listed tells it, or it has no row.
    pub fn row(&self, id: ArticleId) -> Option<StoryRow> {
        self.of_stories.get(&id.row()).copied()
    }

    /// The row that stands for an article without one.
    pub fn standing_for(&self, id: ArticleId) -> Option<ArticleId> {
        self.hidden.get(&id.row()).copied()
    }

    /// The articles that a row stands for, without its own.
    pub fn hidden_behind(&self, lead: ArticleId) -> impl Iterator<Item = ArticleId> {
        let hidden = self.hidden.iter().filter(move |(_, row)| **row == lead);
        hidden.map(|(row, _)| ArticleId::from_row(*row))
    }

    /// The articles without a row.
    pub fn hidden(&self) -> RoaringBitmap {
        self.hidden.keys().copied().collect()
    }

    /// How many articles have no row, before the row at this place.
    pub fn hidden_before(&self, at: usize) -> usize {
        let above = self.hidden_through.partition_point(|(row, _)| *row < at);
        let last = above.checked_sub(1).map(|it| self.hidden_through[it].1);
        last.unwrap_or(0)
    }

    /// How many rows there are when every story is folded.
    pub fn stories(&self) -> usize {
        self.stories
    }
}

/// The stories that several listed articles tell, by the row of the lead of all.
fn groups(list: Unfolded<'_>) -> HashMap<u32, Group> {
    let mut groups: HashMap<u32, Group> = HashMap::new();
    for id in list.rows {
        let Some(story) = list.stories.of(*id) else {
            continue;
        };
        let group = groups
            .entry(story.lead.row())
            .or_insert_with(|| Group::new(story, list, *id));
        if *id != group.lead {
            group.others.push(*id);
        }
    }
    groups.retain(|_, group| group.articles > 1);
    groups
}

impl Group {
    fn new(story: &Story, list: Unfolded<'_>, first: ArticleId) -> Self {
        let members = story.members.iter().map(|it| it.article);
        let listed = members.filter(|it| list.listed.contains(it.row()));
        let articles = listed.clone().count();
        let lead = match articles == story.len() {
            true => Some(story.lead),
            false => story.lead_among(list.articles, list.listed),
        };
        Self {
            lead: lead.unwrap_or(first),
            newest: listed.clone().next_back().unwrap_or(first),
            articles,
            is_open: listed.clone().any(|it| list.open.contains(it.row())),
            others: Vec::new(),
            is_placed: false,
        }
    }
}
