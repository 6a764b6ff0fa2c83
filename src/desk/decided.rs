//! The marks of a library's articles, by article and as sets of rows, kept up to date one article
//! at a time. `marked` knows which mark belongs to which article.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use roaring::RoaringBitmap;

use crate::library::ArticleId;
use crate::model::Mark;
use crate::query::Marks;

/// Number of rows whose marks are copied together when one of them changes.
const CHUNK: u32 = 1024;

/// The mark of each marked article. Clones share everything that neither of them changes.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    chunks: Vec<Arc<HashMap<ArticleId, Mark>>>,
}

impl Decided {
    /// The mark of an article, if it has one.
    pub fn get(&self, id: &ArticleId) -> Option<&Mark> {
        self.chunks.get(chunk(*id))?.get(id)
    }

    /// All marks, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (ArticleId, &Mark)> {
        let marks = self.chunks.iter().flat_map(|chunk| chunk.iter());
        marks.map(|(id, mark)| (*id, mark))
    }

    fn set(&mut self, id: ArticleId, mark: Mark) {
        let at = chunk(id);
        if mark == Mark::default() {
            if let Some(chunk) = self.chunks.get_mut(at)
                && chunk.contains_key(&id)
            {
                Arc::make_mut(chunk).remove(&id);
            }
            return;
        }
        if self.chunks.len() <= at {
            self.chunks.resize_with(at + 1, Arc::default);
        }
        Arc::make_mut(&mut self.chunks[at]).insert(id, mark);
    }
}

fn chunk(id: ArticleId) -> usize {
    (id.row() / CHUNK) as usize
}

/// The marks in the two forms that are needed.
#[derive(Debug, Default)]
pub(super) struct Tables {
    decided: Decided,
    /// All sets except that of the articles put off.
    sets: Marks,
    /// Until when articles are put off, even if that is past.
    later: BTreeMap<u32, Timestamp>,
    /// The articles whose marks record something about stories.
    bonded: RoaringBitmap,
}

impl Tables {
    /// Sets the mark of an article. `changed`: whether it differs from when it was decided on;
    /// `latest`: when it was last decided on.
    pub(super) fn set(
        &mut self,
        id: ArticleId,
        mark: Mark,
        changed: bool,
        latest: Option<Timestamp>,
    ) {
        let row = id.row();
        let sets = &mut self.sets;
        for (set, holds) in [
            (&mut sets.read, mark.read),
            (&mut sets.starred, mark.starred),
            (&mut sets.done, mark.done),
            (&mut sets.rejected, mark.rejected),
            (&mut sets.staged, mark.is_staged()),
            (&mut sets.changed, changed),
            (&mut sets.noted, !mark.note.is_empty()),
        ] {
            put(set, row, holds);
        }
        set_tags(&mut sets.tags, row, &mark);
        match latest {
            Some(latest) => sets.marked.insert(row, latest.as_second()),
            None => sets.marked.remove(&row),
        };
        put(&mut self.bonded, row, !mark.bonds.is_empty());
        match mark.later {
            Some(until) => self.later.insert(row, until),
            None => self.later.remove(&row),
        };
        self.decided.set(id, mark);
    }

    pub(super) fn decided(&self) -> &Decided {
        &self.decided
    }

    /// The articles whose marks record something about stories.
    pub(super) fn bonded(&self) -> impl Iterator<Item = ArticleId> {
        self.bonded.iter().map(ArticleId::from_row)
    }

    /// The marks in the form that queries need.
    pub(super) fn sets(&self, now: Timestamp) -> Marks {
        let put_off = self.later.iter().filter(|(_, until)| **until > now);
        Marks {
            later: put_off.map(|(row, _)| *row).collect(),
            ..self.sets.clone()
        }
    }
}

fn put(set: &mut RoaringBitmap, row: u32, holds: bool) {
    if holds {
        set.insert(row);
    } else {
        set.remove(row);
    }
}

/// Keeps the tags in name order, and drops those that no article has.
fn set_tags(tags: &mut Vec<(String, RoaringBitmap)>, row: u32, mark: &Mark) {
    for (_, rows) in &mut *tags {
        rows.remove(row);
    }
    for tag in &mark.tags {
        match tags.binary_search_by(|(name, _)| name.cmp(tag)) {
            Ok(at) => {
                tags[at].1.insert(row);
            }
            Err(at) => tags.insert(at, (tag.clone(), RoaringBitmap::from([row]))),
        }
    }
    tags.retain(|(_, rows)| !rows.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Bond, Subject};

    fn tagged(tags: &[&str]) -> Mark {
        Mark {
            done: true,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Mark::default()
        }
    }

    #[test]
    fn what_is_told_of_an_article_takes_the_place_of_what_was_told_before() {
        let mut tables = Tables::default();
        let (first, second) = (ArticleId::from_row(3), ArticleId::from_row(5_000));
        let at = Timestamp::from_second;
        tables.set(first, tagged(&["b", "a"]), true, at(7).ok());
        tables.set(second, tagged(&["b"]), false, None);
        let before = tables.decided().clone();
        tables.set(first, tagged(&["c"]), false, at(9).ok());
        tables.set(second, Mark::default(), false, None);

        let sets = tables.sets(Timestamp::UNIX_EPOCH);
        assert_eq!(sets.done, RoaringBitmap::from([3]));
        assert!(sets.changed.is_empty());
        assert_eq!(sets.tags, [("c".to_owned(), RoaringBitmap::from([3]))]);
        assert_eq!(sets.marked, HashMap::from([(3, 9)]));
        assert_eq!(tables.decided().get(&first), Some(&tagged(&["c"])));
        assert_eq!(tables.decided().get(&second), None);
        assert_eq!(tables.decided().iter().count(), 1);
        assert_eq!(before.get(&second), Some(&tagged(&["b"])), "a clone stays");
    }

    #[test]
    fn what_was_put_off_is_so_until_its_time_comes() {
        let mut tables = Tables::default();
        let at = |second| Timestamp::from_second(second).expect("a time");
        let mark = Mark {
            later: Some(at(50)),
            ..Mark::default()
        };
        tables.set(ArticleId::from_row(1), mark, false, None);
        assert!(tables.sets(at(49)).later.contains(1));
        assert!(tables.sets(at(50)).later.is_empty());
    }

    #[test]
    fn notes_and_bonds_are_those_that_say_something() {
        let mut tables = Tables::default();
        let noted = Mark {
            note: "look again".to_owned(),
            ..Mark::default()
        };
        let mut bonded = Mark::default();
        bonded.bonds.insert(Subject(7), Bond::Apart);
        tables.set(ArticleId::from_row(1), noted, false, None);
        tables.set(ArticleId::from_row(2), bonded, false, None);
        let sets = tables.sets(Timestamp::UNIX_EPOCH);
        assert_eq!(sets.noted, RoaringBitmap::from([1]));
        let bonded: Vec<ArticleId> = tables.bonded().collect();
        assert_eq!(bonded, [ArticleId::from_row(2)]);
    }
}
