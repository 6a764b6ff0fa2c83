//! Facets: the values of articles, and how many articles have each. Counting happens at every
//! keystroke, so it works on columns of numbers and never on names.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use roaring::{MultiOps, RoaringBitmap};

use super::counts::{ColumnCounts, CountedColumn, Counts};
use super::dates::month_of;
use super::edit;
use super::error::Cancelled;
use super::eval::{fact_count, find};
use super::expr::Query;
use super::facet_field::{FacetField, FacetKind, NameColumn};
use super::fields::FACTS;
use super::names::FoldedNames;
use super::search::Search;
use super::segment::Segment;
use crate::library::{ArticleId, Articles, Facet, NameTable, on_all_processors, shares};

/// How many rows to count together, column by column.
const BLOCK: usize = 1024;
/// Number of rows from which several threads are worthwhile.
const MANY: u64 = 1 << 16;

/// A value of a facet, and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount<'a> {
    /// In the form that [`edit`] takes: a name, a month as `2021-12`, a word of `is:`.
    pub value: Cow<'a, str>,
    pub count: u64,
}

/// The values of a facet that any article has, most articles first. They are counted at each
/// keystroke and seldom looked at, so each is given its name only when it is.
#[derive(Clone, Debug, Default)]
pub struct ValueCounts {
    /// The number of each value, and its count.
    counted: Vec<(u32, u32)>,
    values: Values,
}

#[derive(Clone, Debug, Default)]
enum Values {
    Names(NameTable),
    Years,
    Months,
    #[default]
    Facts,
}

impl ValueCounts {
    pub fn len(&self) -> usize {
        self.counted.len()
    }

    pub fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// All values, most articles first.
    pub fn iter(&self) -> impl Iterator<Item = ValueCount<'_>> {
        self.counted.iter().map(|(number, count)| ValueCount {
            value: match &self.values {
                Values::Names(names) => names.name(*number).into(),
                Values::Years => format!("{number:04}").into(),
                Values::Months => month_of(*number as i32).to_string().into(),
                Values::Facts => FACTS
                    .get(*number as usize)
                    .map_or("", |row| row.word)
                    .into(),
            },
            count: u64::from(*count),
        })
    }
}

/// The values of all facets.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    tallies: BTreeMap<FacetField, ValueCounts>,
    is_moving: bool,
}

impl Facets {
    /// The values of one facet.
    pub fn tallies(&self, field: FacetField) -> Option<&ValueCounts> {
        self.tallies.get(&field)
    }

    /// Whether the counts change as time passes: something is yet to be published, or to expire.
    pub fn is_moving(&self) -> bool {
        self.is_moving
    }
}

/// The names that any article of a set has, most articles first, equal counts in name order.
pub fn by_name<'a>(
    names: impl Iterator<Item = (&'a str, &'a RoaringBitmap)>,
    set: &RoaringBitmap,
) -> Vec<ValueCount<'a>> {
    let counted = names.map(|(name, articles)| ValueCount {
        value: name.into(),
        count: articles.intersection_len(set),
    });
    let mut tallies: Vec<ValueCount<'a>> = counted
        .filter(|tally| tally.count > 0 && !tally.value.is_empty())
        .collect();
    tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    tallies
}

/// Counts every facet under a query that has found `set`.
///
/// If any of several picked values of a facet is enough, the facet is counted as if none were
/// picked: picking one more adds articles, and its count says how many there would be.
pub fn facets(
    search: &Search<'_>,
    query: &Query,
    set: &RoaringBitmap,
) -> Result<Facets, Cancelled> {
    search.index.prepare(search.origin());
    let columns = search.index.counted_columns();
    let counts = count(search, set, columns)?;
    let mut all = BTreeMap::new();
    for field in FacetField::all() {
        let tallies = match edit::without_any(query, field) {
            None => tallies(search, field, (columns, &counts), set)?,
            Some(wider) => {
                let set = find(search, &wider)?.certain;
                let column = counted_column(field.row().values);
                let column = column.filter(|it| columns.contains(it));
                let counts = count(search, &set, column.as_slice())?;
                tallies(search, field, (columns, &counts), &set)?
            }
        };
        all.insert(field, tallies);
    }
    Ok(Facets {
        tallies: all,
        is_moving: is_moving(search, set)?,
    })
}

/// Whether the publication of any article in the set depends on the time.
fn is_moving(search: &Search<'_>, set: &RoaringBitmap) -> Result<bool, Cancelled> {
    let said = search.index.said(search.origin());
    if !said.timed().is_disjoint(set) {
        return Ok(true);
    }
    for (at, row) in set.range(search.index.len() as u32..).enumerate() {
        if at % 1024 == 0 {
            search.go_on()?;
        }
        let article = search.articles.article(ArticleId::from_row(row));
        if article.publication().settled(search.clock.now).is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The column that a facet's values are counted in; `None` if they are kept as sets.
fn counted_column(values: FacetKind) -> Option<CountedColumn> {
    match values {
        FacetKind::Names(NameColumn::Topics, _) => Some(CountedColumn::Topics),
        FacetKind::Names(NameColumn::Providers, _) => Some(CountedColumn::Providers),
        FacetKind::Folders => Some(CountedColumn::Folders),
        FacetKind::Years | FacetKind::Months => Some(CountedColumn::Months),
        FacetKind::Names(..) | FacetKind::Facts(_) => None,
    }
}

/// The values of a facet in a set, whose values have been counted in some columns.
fn tallies(
    search: &Search<'_>,
    field: FacetField,
    (columns, counts): (&[CountedColumn], &Counts),
    set: &RoaringBitmap,
) -> Result<ValueCounts, Cancelled> {
    let (articles, index) = (search.articles, search.index);
    let named = |column, facet: &Facet, known: &FoldedNames| {
        let counted = match columns.contains(&column) {
            true => counts.of(column).iter().collect(),
            false => set_counts(facet, set),
        };
        let counted = by_name_alone(counted, facet, set).into_iter();
        // Names that came after the index have no rank.
        if known.len() < facet.numbers().len() {
            return ValueCounts::named(counted, facet.names().clone());
        }
        let names = Values::Names(facet.names().clone());
        ValueCounts::new(counted, names, |number| known.ranks()[number as usize])
    };
    Ok(match field.row().values {
        FacetKind::Names(NameColumn::Topics, _) => {
            named(CountedColumn::Topics, articles.topics(), index.topics())
        }
        FacetKind::Names(NameColumn::Providers, _) => named(
            CountedColumn::Providers,
            articles.providers(),
            index.providers(),
        ),
        FacetKind::Names(NameColumn::Authors, _) => in_sets(articles.authors(), set),
        FacetKind::Names(NameColumn::Categories, _) => in_sets(articles.categories(), set),
        FacetKind::Names(NameColumn::Listed(field), _) => in_sets(articles.names(field), set),
        FacetKind::Folders => in_folders(articles, counts.of(CountedColumn::Folders)),
        FacetKind::Years => {
            let mut years: BTreeMap<u32, u32> = BTreeMap::new();
            for (month, count) in counts.of(CountedColumn::Months).iter() {
                *years.entry(month / 12).or_default() += count;
            }
            ValueCounts::new(years.into_iter(), Values::Years, |year| !year)
        }
        FacetKind::Months => {
            let months = counts.of(CountedColumn::Months).iter();
            ValueCounts::new(months, Values::Months, |month| !month)
        }
        FacetKind::Facts(facts) => {
            let mut found = Vec::new();
            for (number, row) in FACTS.iter().enumerate() {
                if facts.contains(&row.value) {
                    let count = fact_count(search, row.value, set)?;
                    found.push((number as u32, count as u32));
                }
            }
            let found = found.into_iter().filter(|(_, count)| *count > 0);
            ValueCounts::new(found, Values::Facts, |fact| fact)
        }
    })
}

/// Counts values whose articles are stored as sets.
fn in_sets(facet: &Facet, set: &RoaringBitmap) -> ValueCounts {
    let counts = by_name_alone(set_counts(facet, set), facet, set);
    ValueCounts::named(counts.into_iter(), facet.names().clone())
}

/// How many articles of a set have each value, by number.
fn set_counts(facet: &Facet, set: &RoaringBitmap) -> Vec<(u32, u32)> {
    let counts = facet.numbers().filter_map(|number| {
        let count = facet.articles(number)?.intersection_len(set);
        (count > 0).then_some((number, count as u32))
    });
    counts.collect()
}

/// The counts without that of the empty name, and with one for all spellings of a name.
fn by_name_alone(
    mut counted: Vec<(u32, u32)>,
    facet: &Facet,
    set: &RoaringBitmap,
) -> Vec<(u32, u32)> {
    let nameless = facet.number("");
    counted.retain(|(number, _)| Some(*number) != nameless);
    spelt_once(counted, facet, set)
}

/// Puts names that are the same to a query under one of them, the one that most articles of the library
/// have: picking it finds them all.
fn spelt_once(counted: Vec<(u32, u32)>, facet: &Facet, set: &RoaringBitmap) -> Vec<(u32, u32)> {
    let groups = facet.names().spellings();
    if groups.is_empty() {
        return counted;
    }
    let mut counts: HashMap<u32, u32> = counted.into_iter().collect();
    for group in groups {
        let there = group
            .iter()
            .filter(|number| counts.remove(number).is_some());
        if there.count() == 0 {
            continue;
        }
        let sets = group.iter().filter_map(|number| facet.articles(*number));
        let found = sets.map(|articles| articles & set).union().len();
        let articles = |number: &u32| facet.articles(*number).map_or(0, RoaringBitmap::len);
        let most = group
            .iter()
            .max_by_key(|number| (articles(number), Reverse(**number)));
        counts.extend(most.map(|number| (*number, found as u32)));
    }
    counts.into_iter().collect()
}

/// Folders by their names: several roots may have one of the same name.
fn in_folders(articles: &Articles, counts: &ColumnCounts) -> ValueCounts {
    let (mut names, mut by_name) = (NameTable::default(), Vec::new());
    for (number, count) in counts.iter() {
        let name = articles.own_folder(number).to_string_lossy();
        let number = names.intern(&name) as usize;
        if number == by_name.len() {
            by_name.push(0);
        }
        by_name[number] += count;
    }
    let nameless = names.number("");
    let counted = (0..).zip(by_name);
    let counted = counted.filter(|(number, _)| Some(*number) != nameless);
    ValueCounts::named(counted, names)
}

impl ValueCounts {
    /// Sorts values by count, equal counts by rank.
    fn new(
        counted: impl Iterator<Item = (u32, u32)>,
        values: Values,
        rank: impl Fn(u32) -> u32,
    ) -> Self {
        let mut counted: Vec<(u32, u32)> = counted.collect();
        // A single number to compare: most articles first.
        counted.sort_by_cached_key(|(number, count)| {
            u64::from(!count) << u32::BITS | u64::from(rank(*number))
        });
        Self { counted, values }
    }

    /// Sorts names by count, equal counts alphabetically.
    fn named(counted: impl Iterator<Item = (u32, u32)>, names: NameTable) -> Self {
        let mut counted: Vec<(u32, u32)> = counted.collect();
        counted.sort_unstable_by_key(|(number, count)| (Reverse(*count), names.name(*number)));
        Self {
            counted,
            values: Values::Names(names),
        }
    }
}

/// Counts the values of columns in a set.
fn count(
    search: &Search<'_>,
    set: &RoaringBitmap,
    columns: &[CountedColumn],
) -> Result<Counts, Cancelled> {
    if columns.is_empty() {
        return Ok(Counts::default());
    }
    let known = search.index.len() as u32;
    // The counts of all rows are made of all columns.
    let has_all = search.index.counted_columns() == CountedColumn::ALL;
    let mut counts = if has_all && set.range_cardinality(..known) > u64::from(known) / 2 {
        let mut others = RoaringBitmap::new();
        others.insert_range(..known);
        others -= set;
        let mut counts = search.index.counts(search.origin()).clone();
        counts.subtract(&count_known(search, &others, columns)?);
        counts
    } else {
        count_known(search, set, columns)?
    };
    for (at, row) in set.range(known..).enumerate() {
        if at % 1024 == 0 {
            search.go_on()?;
        }
        let article = search.articles.article(ArticleId::from_row(row));
        counts.add_article(article, search.clock);
    }
    Ok(counts)
}

/// Counts the rows of a set that the index knows; many on all processors.
fn count_known(
    search: &Search<'_>,
    set: &RoaringBitmap,
    columns: &[CountedColumn],
) -> Result<Counts, Cancelled> {
    search.go_on()?;
    let index = search.index;
    let count = |segments: &&[Arc<Segment>]| {
        let mut counts = index.no_counts();
        let mut block = [0; BLOCK];
        for segment in *segments {
            let mut left = set.range(segment.rows());
            loop {
                let rows = left.next_many(&mut block);
                if rows.is_empty() {
                    break;
                }
                counts.add_rows(columns, segment, rows, search.origin());
            }
        }
        counts
    };
    if set.len() < MANY {
        return Ok(count(&index.segments()));
    }
    let parts = on_all_processors(&shares(index.segments()), count, search.cancelled);
    let parts = parts.ok_or(Cancelled)?.into_iter();
    let added = parts.reduce(|mut counts, more| {
        counts.add(&more);
        counts
    });
    Ok(added.unwrap_or_default())
}

#[cfg(test)]
#[path = "facets_tests.rs"]
mod tests;
