//! What an index knows of its rows besides their words: what their files say, their order, and how many
//! have each value.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::says;
use crate::library::{ArticleId, Articles, on_all_processors};
use crate::model::Has;
use crate::query::counts::{CountedColumn, Counts};
use crate::query::dates::Clock;
use crate::query::fields::IsFact;
use crate::query::segment::Segment;

/// What is known of the rows of an index.
#[derive(Clone, Debug, Default)]
pub struct RowValues {
    pub said: Said,
    /// All rows, newest first.
    pub newest: Vec<u32>,
    pub counts: Counts,
}

/// What files say about themselves, as sets.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub facts: HashMap<IsFact, RoaringBitmap>,
    /// Rows whose publication changes as time passes.
    pub timed: RoaringBitmap,
    pub has: HashMap<Has, RoaringBitmap>,
}

/// Facts that files state.
const SAID: [IsFact; 7] = [
    IsFact::Published,
    IsFact::Unpublished,
    IsFact::Scheduled,
    IsFact::Expired,
    IsFact::Unsaid,
    IsFact::Draft,
    IsFact::Removed,
];

/// Things that files have.
const HAS: [Has; 7] = [
    Has::IMAGE,
    Has::VIDEO,
    Has::RELATED,
    Has::BODY,
    Has::LINK,
    Has::SECURED,
    Has::DIAGNOSTIC,
];

impl RowValues {
    /// These values with those of the rows from `known` on, which are in the segments.
    pub fn with(
        &self,
        segments: &[Arc<Segment>],
        known: u32,
        articles: &Articles,
        clock: &Clock,
    ) -> Self {
        let look = |segment: &Arc<Segment>| {
            let rows: Vec<u32> = segment.rows().filter(|row| *row >= known).collect();
            let said = Said::of(rows.iter().copied(), articles, clock.now);
            let mut counts = Counts::default();
            counts.add_rows(&CountedColumn::ALL, segment, &rows);
            (said, counts)
        };
        let mut values = self.clone();
        for (said, counts) in on_all_processors(segments, look, &|| false).unwrap_or_default() {
            values.said.add(said);
            values.counts.add(&counts);
        }
        let end = segments.iter().map(|it| it.rows().end).max();
        let end = end.unwrap_or_default().max(known);
        values.newest = newest_first(articles, end);
        values
    }
}

/// The rows before `end`, newest first. Those of a restored library are in order.
fn newest_first(articles: &Articles, end: u32) -> Vec<u32> {
    let place = |row: &u32| articles.newest_first(ArticleId::from_row(*row));
    let mut newest: Vec<u32> = (0..end).collect();
    if !newest.is_sorted_by_key(place) {
        newest.sort_by_cached_key(place);
    }
    newest
}

impl Said {
    pub fn forget(&mut self, row: u32) {
        self.timed.remove(row);
        let sets = self.facts.values_mut().chain(self.has.values_mut());
        for set in sets {
            set.remove(row);
        }
    }

    /// What the files of rows say, given in ascending order.
    pub fn of(rows: impl Iterator<Item = u32>, articles: &Articles, now: Timestamp) -> Self {
        let mut facts = SAID.map(|fact| (fact, Vec::new()));
        let mut has = HAS.map(|bit| (bit, Vec::new()));
        let mut timed = Vec::new();
        for row in rows {
            let article = articles.article(ArticleId::from_row(row));
            let is_settled = article.publication().settled(now).is_some();
            if !is_settled {
                timed.push(row);
            }
            for (fact, rows) in &mut facts {
                if (is_settled || *fact == IsFact::Removed) && says(article, *fact, now) {
                    rows.push(row);
                }
            }
            let had = article.has();
            for (_, rows) in has.iter_mut().filter(|(bit, _)| had.contains(*bit)) {
                rows.push(row);
            }
        }
        Self {
            facts: sets(facts),
            timed: timed.into_iter().collect(),
            has: sets(has),
        }
    }

    /// Takes what is said of other rows.
    pub fn add(&mut self, other: Self) {
        self.timed |= other.timed;
        for (fact, rows) in other.facts {
            *self.facts.entry(fact).or_default() |= rows;
        }
        for (bit, rows) in other.has {
            *self.has.entry(bit).or_default() |= rows;
        }
    }
}

/// The rows of each thing of which any are known.
fn sets<T: Hash + Eq, const N: usize>(rows: [(T, Vec<u32>); N]) -> HashMap<T, RoaringBitmap> {
    let known = rows.into_iter().filter(|(_, rows)| !rows.is_empty());
    known
        .map(|(it, rows)| (it, rows.into_iter().collect()))
        .collect()
}
