//! Stories saved in a snapshot, so that the next run need not group them again. Rows are those of
//! the articles in the snapshot.

use serde::{Deserialize, Serialize};

use super::super::{ArticleId, ArticleKey};
use super::pairs::Pairs;
use super::{Because, Member, Stories, Story, StoryWishes};

/// Stories as they are saved.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptStories {
    stories: Vec<KeptStory>,
    pairs: Pairs,
}

/// The row of the lead, and the rows of all members with their reasons.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptStory {
    lead: u32,
    members: Vec<(u32, Because)>,
}

impl KeptStories {
    /// Prepares stories for saving. `new_row` gives the row that an article will have, if it is
    /// saved.
    pub fn new(stories: &Stories, new_row: impl Fn(u32) -> Option<u32>) -> Self {
        let story = |story: &Story| {
            let members = story.members.iter();
            Some(KeptStory {
                lead: new_row(story.lead.row())?,
                members: members
                    .map(|it| Some((new_row(it.article.row())?, it.because)))
                    .collect::<Option<_>>()?,
            })
        };
        Self {
            stories: stories.iter().filter_map(story).collect(),
            pairs: stories.pairs().renumbered(&new_row),
        }
    }

    /// The stories of a library of `articles` rows; `None` if a row is out of range.
    pub fn stories(self, articles: u32) -> Option<Stories> {
        let is_there = |row: u32| row < articles;
        let story = |kept: KeptStory| {
            let is_whole = is_there(kept.lead) && kept.members.iter().all(|it| is_there(it.0));
            let member = |(row, because)| Member {
                article: ArticleId(row),
                because,
            };
            is_whole.then(|| Story {
                lead: ArticleId(kept.lead),
                members: kept.members.into_iter().map(member).collect(),
            })
        };
        let stories: Vec<Story> = self.stories.into_iter().map(story).collect::<Option<_>>()?;
        let pairs = self.pairs;
        pairs
            .fits(articles)
            .then(|| Stories::from_list(stories, pairs))
    }
}

/// What a person decided, as it is saved.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct KeptWishes {
    joined: Vec<(u64, u64)>,
    apart: Vec<(u64, u64)>,
}

impl From<&StoryWishes> for KeptWishes {
    fn from(wishes: &StoryWishes) -> Self {
        let numbers = |pairs: &[(ArticleKey, ArticleKey)]| {
            pairs.iter().map(|(one, other)| (one.0, other.0)).collect()
        };
        Self {
            joined: numbers(&wishes.joined),
            apart: numbers(&wishes.apart),
        }
    }
}

impl From<KeptWishes> for StoryWishes {
    fn from(kept: KeptWishes) -> Self {
        let keys = |pairs: Vec<(u64, u64)>| {
            let pairs = pairs.into_iter();
            pairs
                .map(|(one, other)| (ArticleKey(one), ArticleKey(other)))
                .collect()
        };
        Self {
            joined: keys(kept.joined),
            apart: keys(kept.apart),
        }
    }
}
