//! Facets: the values that articles have, each with how many of them. Counting under a query is
//! part of every keystroke, so it goes by columns of numbers and never by names.

use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::dates::{self, month_of};
use super::edit;
use super::eval::fact_set;
use super::expr::Query;
use super::fields::{FACTS, Fact, word_for};
use super::search::{Cancelled, Search};
use super::segment::{MONTHS, NO_MONTH, Segment, month_number};
use crate::library::{ArticleId, Facet};

/// A field whose values can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    Topic,
    Provider,
    Kind,
    Month,
    Publication,
    Mark,
}

impl FacetField {
    /// All of them, in the order of the drawer.
    pub const ALL: [Self; 6] = [
        Self::Topic,
        Self::Provider,
        Self::Kind,
        Self::Month,
        Self::Publication,
        Self::Mark,
    ];

    /// Its name, as the command line takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Provider => "provider",
            Self::Kind => "kind",
            Self::Month => "month",
            Self::Publication => "publication",
            Self::Mark => "mark",
        }
    }

    /// The facts that are its values, if its values are facts.
    pub fn facts(self) -> &'static [Fact] {
        match self {
            Self::Publication => &[
                Fact::Published,
                Fact::Unpublished,
                Fact::Staged,
                Fact::Removed,
            ],
            Self::Mark => &[
                Fact::Unread,
                Fact::Read,
                Fact::Inbox,
                Fact::Starred,
                Fact::Later,
                Fact::Done,
                Fact::Changed,
            ],
            _ => &[],
        }
    }
}

/// A value of a facet, and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// As [`edit`] takes it: a name, a month as `2021-12`, a word of `is:`.
    pub value: Arc<str>,
    pub count: u64,
}

/// The values of all facets that any article has, most first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets(BTreeMap<FacetField, Vec<Tally>>);

impl Facets {
    pub fn of(&self, field: FacetField) -> &[Tally] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }
}

/// Counts every facet under a query that has found `set`.
///
/// A facet of which any of several values are picked is counted as if none were: picking one more
/// adds articles, and its count says how many there would be.
pub fn facets(
    search: &Search<'_>,
    query: &Query,
    set: &RoaringBitmap,
) -> Result<Facets, Cancelled> {
    let counts = count(search, set)?;
    let mut all = BTreeMap::new();
    for field in FacetField::ALL {
        let tallies = match edit::without_any(query, field) {
            None => tallies(search, field, &counts, set)?,
            Some(wider) => {
                let set = search.find(&wider)?.certain;
                tallies(search, field, &count(search, &set)?, &set)?
            }
        };
        all.insert(field, tallies);
    }
    Ok(Facets(all))
}

fn tallies(
    search: &Search<'_>,
    field: FacetField,
    counts: &Counts,
    set: &RoaringBitmap,
) -> Result<Vec<Tally>, Cancelled> {
    let articles = search.articles;
    let mut tallies = match field {
        FacetField::Topic => named(&counts.topics, articles.topics()),
        FacetField::Provider => named(&counts.providers, articles.providers()),
        FacetField::Kind => named(&counts.kinds, articles.kinds()),
        FacetField::Month => counted(&counts.months)
            .map(|(month, count)| Tally {
                value: month_of(month as i32).to_string().into(),
                count,
            })
            .collect(),
        FacetField::Publication | FacetField::Mark => {
            let tally = |fact: &Fact| {
                let count = fact_set(search, *fact, set)?.len();
                let value = word_for(FACTS, *fact).into();
                Ok(Tally { value, count })
            };
            let mut tallies = field
                .facts()
                .iter()
                .map(tally)
                .collect::<Result<Vec<_>, _>>()?;
            tallies.retain(|tally| tally.count > 0);
            tallies
        }
    };
    tallies.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    Ok(tallies)
}

fn named(counts: &[u32], facet: &Facet) -> Vec<Tally> {
    counted(counts)
        .map(|(number, count)| Tally {
            value: facet.shared_name(number as u32),
            count,
        })
        .filter(|tally| !tally.value.is_empty())
        .collect()
}

fn counted(counts: &[u32]) -> impl Iterator<Item = (usize, u64)> {
    let pairs = counts.iter().enumerate();
    pairs
        .filter(|(_, count)| **count > 0)
        .map(|(number, count)| (number, u64::from(*count)))
}

/// How many rows have each value, by its number.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    topics: Vec<u32>,
    providers: Vec<u32>,
    kinds: Vec<u32>,
    months: Vec<u32>,
}

fn count(search: &Search<'_>, set: &RoaringBitmap) -> Result<Counts, Cancelled> {
    let known = search.index.len() as u32;
    let within = set.range_cardinality(..known);
    let mut counts = if within > u64::from(known) / 2 {
        let mut all: RoaringBitmap = (0..known).collect();
        all -= set;
        let mut counts = search.index.counts().clone();
        counts.subtract(&count_known(search, &all)?);
        counts
    } else {
        count_known(search, set)?
    };
    for (at, row) in set.range(known..).enumerate() {
        if at % 1024 == 0 {
            search.go_on()?;
        }
        let article = search.articles.article(ArticleId::from_row(row));
        for topic in article.topic_numbers() {
            increase(&mut counts.topics, *topic as usize);
        }
        increase(&mut counts.providers, article.provider_number() as usize);
        increase(&mut counts.kinds, article.kind_number() as usize);
        if let Some(moment) = article.published_at() {
            let month = month_number(dates::month(moment, &search.clock.zone));
            increase(&mut counts.months, usize::from(month));
        }
    }
    Ok(counts)
}

/// Counts the rows of a set that the index knows.
fn count_known(search: &Search<'_>, set: &RoaringBitmap) -> Result<Counts, Cancelled> {
    let mut counts = Counts::for_all(search.articles.topics(), search.articles.providers());
    for segment in search.index.segments() {
        search.go_on()?;
        counts.add_rows(segment, set.range(segment.rows()));
    }
    Ok(counts)
}

impl Counts {
    /// With room for all values from the beginning, so that counting need not grow.
    fn for_all(topics: &Facet, providers: &Facet) -> Self {
        Self {
            topics: vec![0; topics.numbers().len()],
            providers: vec![0; providers.numbers().len()],
            kinds: Vec::new(),
            months: vec![0; MONTHS],
        }
    }

    /// Counts rows of a segment.
    pub(super) fn add_rows(&mut self, segment: &Segment, rows: impl Iterator<Item = u32>) {
        for row in rows {
            let at = (row - segment.first) as usize;
            for topic in segment.topics(at) {
                increase(&mut self.topics, *topic as usize);
            }
            increase(&mut self.providers, segment.providers[at] as usize);
            increase(&mut self.kinds, segment.kinds[at] as usize);
            if segment.months[at] != NO_MONTH {
                increase(&mut self.months, usize::from(segment.months[at]));
            }
        }
    }

    fn subtract(&mut self, other: &Self) {
        for (counts, less) in [
            (&mut self.topics, &other.topics),
            (&mut self.providers, &other.providers),
            (&mut self.kinds, &other.kinds),
            (&mut self.months, &other.months),
        ] {
            for (count, less) in counts.iter_mut().zip(less) {
                *count -= less;
            }
        }
    }
}

fn increase(counts: &mut Vec<u32>, number: usize) {
    if number >= counts.len() {
        counts.resize(number + 1, 0);
    }
    counts[number] += 1;
}

#[cfg(test)]
#[path = "facets_tests.rs"]
mod tests;
