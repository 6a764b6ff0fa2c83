//! The list with one row per story: which article stands for each, and what its row is. It knows
//! nothing of the cursor.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::library::{ArticleId, Articles, Stories, Story};

/// What a row is, if several of the listed articles tell its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryRow {
    /// It stands for this many articles; this is the newest of them.
    Folded { articles: usize, newest: ArticleId },
    /// It leads this many articles; the others have rows of their own beneath it.
    Open { articles: usize },
    /// One of the others.
    Member,
}

/// What to fold.
#[derive(Clone, Copy)]
pub struct Unfolded<'a> {
    /// The articles in the order of the list; perhaps only the first of them.
    pub rows: &'a [ArticleId],
    /// All listed articles.
    pub listed: &'a RoaringBitmap,
    pub articles: &'a Articles,
    pub stories: &'a Stories,
    /// Articles whose stories are open.
    pub open: &'a RoaringBitmap,
    /// Articles that have a row in any case.
    pub held: &'a RoaringBitmap,
}

/// Rows of stories, and of articles that are alone in telling theirs.
#[derive(Debug, Default)]
pub struct FoldedRows {
    rows: Vec<ArticleId>,
    of_stories: HashMap<u32, StoryRow>,
    /// What the rows are when every story is folded.
    leads: RoaringBitmap,
    /// The other articles of each lead, in the order of the list.
    others: HashMap<u32, Vec<ArticleId>>,
    /// The articles without a row.
    hidden: RoaringBitmap,
    /// The row that stands for each of those.
    standing: HashMap<u32, ArticleId>,
    /// For each folded row, its place, and the number of articles without a row up to there.
    hidden_through: Vec<(usize, usize)>,
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

impl FoldedRows {
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
                    folded.leads.insert(id.row());
                }
            }
        }
        folded
    }

    /// Adds the rows of a story, unless they are there already.
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
        let others = std::mem::take(&mut group.others);
        self.rows.push(lead);
        self.leads.insert(lead.row());
        if group.is_open {
            self.of_stories
                .insert(lead.row(), StoryRow::Open { articles });
            let members = others.iter();
            self.of_stories
                .extend(members.map(|it| (it.row(), StoryRow::Member)));
            self.rows.extend(&others);
        } else {
            let row = StoryRow::Folded { articles, newest };
            self.of_stories.insert(lead.row(), row);
            self.hidden.extend(others.iter().map(|it| it.row()));
            self.standing
                .extend(others.iter().map(|it| (it.row(), lead)));
            let before = self.hidden_through.last().map_or(0, |(_, hidden)| *hidden);
            self.hidden_through
                .push((self.rows.len() - 1, before + others.len()));
        }
        self.others.insert(lead.row(), others);
    }

    pub fn rows(&self) -> &[ArticleId] {
        &self.rows
    }

    /// What the row of an article is; `None` if no other listed article tells its story, or it has
    /// no row.
    pub fn row(&self, id: ArticleId) -> Option<StoryRow> {
        self.of_stories.get(&id.row()).copied()
    }

    /// The row that stands for an article without one.
    pub fn standing_for(&self, id: ArticleId) -> Option<ArticleId> {
        self.standing.get(&id.row()).copied()
    }

    /// The listed articles of the story that an article leads, without itself.
    fn others_of(&self, lead: ArticleId) -> &[ArticleId] {
        self.others.get(&lead.row()).map_or(&[], Vec::as_slice)
    }

    /// The articles that a row stands for, without its own.
    pub fn hidden_behind(&self, lead: ArticleId) -> &[ArticleId] {
        match self.row(lead) {
            Some(StoryRow::Folded { .. }) => self.others_of(lead),
            Some(StoryRow::Open { .. } | StoryRow::Member) | None => &[],
        }
    }

    /// The articles without a row.
    pub fn hidden(&self) -> &RoaringBitmap {
        &self.hidden
    }

    /// How many articles have no row, before the row at this place.
    pub fn hidden_before(&self, at: usize) -> usize {
        let above = self.hidden_through.partition_point(|(row, _)| *row < at);
        let last = above.checked_sub(1).map(|it| self.hidden_through[it].1);
        last.unwrap_or(0)
    }

    /// How many rows there are when every story is folded.
    pub fn stories(&self) -> usize {
        self.leads.len() as usize
    }

    /// How many there will be without these articles.
    pub fn stories_without(&self, leaving: &RoaringBitmap) -> usize {
        let leaves = |id: &ArticleId| leaving.contains(id.row());
        let leads = (&self.leads & leaving).into_iter().map(ArticleId::from_row);
        let over = leads.filter(|lead| self.others_of(*lead).iter().all(leaves));
        self.stories() - over.count()
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
        let listed = members.clone().filter(|it| list.listed.contains(it.row()));
        let articles = listed.clone().count();
        let lead = match articles == story.len() {
            true => Some(story.lead),
            false => story.lead_among(list.articles, list.listed),
        };
        let lead = lead.unwrap_or(first);
        // An opened story stays open when the query leaves out the article it was opened by.
        let is_open = members.clone().any(|it| list.open.contains(it.row()));
        let is_held = |id: ArticleId| id != lead && list.held.contains(id.row());
        Self {
            lead,
            newest: listed.clone().next_back().unwrap_or(first),
            articles,
            is_open: is_open || listed.clone().any(is_held),
            others: Vec::new(),
            is_placed: false,
        }
    }
}
