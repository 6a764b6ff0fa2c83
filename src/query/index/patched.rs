//! Updates an index where articles have changed in place. It takes their values anew but not their
//! words, so their texts are searched until words are collected again.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::Index;
use super::values::Said;
use crate::library::{ArticleId, Articles, Lazy};
use crate::query::counts::{CountedColumn, Counts};
use crate::query::dates::Clock;
use crate::query::segment::Segment;

/// Maximum number of changed rows to take into an index.
const MOST: u64 = 4096;

impl Index {
    /// This index, made when the articles were as in `before`, for the articles as they are now.
    /// `None` if too much has changed: then a new one must be built.
    pub fn patched(&self, before: &Articles, articles: &Articles, clock: &Clock) -> Option<Self> {
        let mut changed = articles.changed_since(before)?;
        changed.remove_range(self.len as u32..);
        if changed.len() > MOST {
            return None;
        }
        if changed.is_empty() {
            return Some(self.clone());
        }
        let mut values = self.values.get().clone();
        let patch = |segment: &Arc<Segment>| {
            let rows: Vec<u32> = changed.range(segment.rows()).collect();
            if rows.is_empty() {
                return Arc::clone(segment);
            }
            let now = segment.with_values_of(articles, &rows, clock);
            count_again(&mut values.counts, segment, &now, &rows);
            Arc::new(now)
        };
        let segments = self.segments.iter().map(patch).collect();
        for row in &changed {
            values.said.forget(row);
        }
        let said = Said::of(changed.iter(), articles, clock.now);
        values.said.add(said);
        values.newest = self.newest_with(&changed, articles);
        Some(Self {
            segments,
            len: self.len,
            values: Lazy::new(values),
            topics: Arc::clone(&self.topics),
            providers: Arc::clone(&self.providers),
            by_title: Arc::default(),
            stale: Arc::new(&*self.stale | changed),
        })
    }

    /// All rows, newest first, after some have changed. The others keep their order.
    fn newest_with(&self, changed: &RoaringBitmap, articles: &Articles) -> Vec<u32> {
        let place = |row: &u32| articles.newest_first(ArticleId::from_row(*row));
        let mut moved: Vec<u32> = changed.iter().collect();
        moved.sort_by_key(place);
        let is_others = |row: &u32| !changed.contains(*row);
        let others: Vec<u32> = self.newest().iter().copied().filter(is_others).collect();
        let mut newest = Vec::with_capacity(self.newest().len());
        let mut left = others.as_slice();
        for row in moved {
            let (before, after) = left.split_at(left.partition_point(|it| place(it) < place(&row)));
            newest.extend_from_slice(before);
            newest.push(row);
            left = after;
        }
        newest.extend_from_slice(left);
        newest
    }
}

/// Counts rows of a segment as they are now, in place of what they were.
fn count_again(counts: &mut Counts, then: &Segment, now: &Segment, rows: &[u32]) {
    let mut less = counts.emptied();
    less.add_rows(&CountedColumn::ALL, then, rows);
    counts.subtract(&less);
    counts.add_rows(&CountedColumn::ALL, now, rows);
}
