//! Stories after grouping: which articles tell the same thing, and why. The grouping itself is
//! elsewhere.

use std::cmp::Reverse;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::{ArticleId, ArticleKey};
use super::pairs::Pairs;

/// Why an article belongs to a story, the strongest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Because {
    /// It leads the story.
    Leads,
    /// A person joined it.
    Joined,
    /// It is about the same page as the lead.
    SamePage,
    /// One lists the other as related, and their titles are nearly the same.
    Related,
    /// Its title and excerpt are nearly those of the lead. The percentage says how nearly; higher
    /// is stronger.
    Alike(Reverse<u8>),
}

/// An article of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub article: ArticleId,
    pub because: Because,
}

/// Two articles or more that tell the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    pub lead: ArticleId,
    /// All of its articles, the lead included, earliest first.
    pub members: Vec<Member>,
}

/// What a person decided about stories. Keys of unknown articles are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryWishes {
    pub joined: Vec<(ArticleKey, ArticleKey)>,
    pub apart: Vec<(ArticleKey, ArticleKey)>,
}

/// The stories of a library. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    stories: Arc<Vec<Story>>,
    /// The story of each row, or [`ALONE`]. An array, because lists look up every row.
    by_row: Arc<Vec<u32>>,
    /// The near-duplicates they were grouped from.
    pairs: Arc<Pairs>,
}

/// Stands for no story.
const ALONE: u32 = u32::MAX;

impl Stories {
    pub(super) fn from_list(stories: Vec<Story>, pairs: Pairs) -> Self {
        let members = stories.iter().flat_map(|it| &it.members);
        let last = members.map(|it| it.article.row() as usize).max();
        let mut by_row = vec![ALONE; last.map_or(0, |row| row + 1)];
        for (at, story) in (0..).zip(&stories) {
            for member in &story.members {
                by_row[member.article.row() as usize] = at;
            }
        }
        Self {
            by_row: Arc::new(by_row),
            stories: Arc::new(stories),
            pairs: Arc::new(pairs),
        }
    }

    pub(super) fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// All stories, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Story> {
        self.stories.iter()
    }

    pub fn len(&self) -> usize {
        self.stories.len()
    }

    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }

    /// The memory they take, in bytes.
    pub fn bytes(&self) -> usize {
        let members = self.stories.iter().map(|it| it.members.capacity());
        self.by_row.capacity() * size_of::<u32>()
            + self.stories.capacity() * size_of::<Story>()
            + members.sum::<usize>() * size_of::<Member>()
            + self.pairs.bytes()
    }

    /// The story of an article, if others tell it too.
    pub fn of(&self, id: ArticleId) -> Option<&Story> {
        let at = self.by_row.get(id.row() as usize)?;
        self.stories.get(*at as usize)
    }
}

impl Story {
    /// How many articles tell it.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}
