//! Updates an index where articles have changed in place. It takes their values anew but not their
//! words, so their texts are searched until words are collected again.

use std::sync::Arc;

use super::Index;
use crate::library::Articles;
use crate::query::dates::Clock;
use crate::query::segment::{Origin, Segment};

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
        let patch = |segment: &Arc<Segment>| match changed.range_cardinality(segment.rows()) {
            0 => Arc::clone(segment),
            _ => Arc::new(segment.with_other_values()),
        };
        let now = Origin { articles, clock };
        Some(Self {
            segments: self.segments.iter().map(patch).collect(),
            len: self.len,
            values: Arc::new(self.values.patched(&changed, before, now)),
            topics: Arc::clone(&self.topics),
            providers: Arc::clone(&self.providers),
            by_title: Arc::default(),
            stale: Arc::new(&*self.stale | changed),
        })
    }
}
