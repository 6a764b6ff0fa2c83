//! What an index knows of its rows besides their words: what their files say, their order, and how many
//! have each value.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::follows;
use crate::library::{ArticleId, ArticleRun, Articles, on_all_processors};
use crate::model::{Has, Standing};
use crate::query::bits::Bits;
use crate::query::counts::{CountedColumn, Counts};
use crate::query::fields::IsFact;
use crate::query::segment::{Origin, Segment};

/// Number of rows that a processor looks at together.
const PART: usize = 1 << 14;

/// What is known of the rows of an index. Each of it is made when it is first needed.
#[derive(Clone, Debug, Default)]
pub struct RowValues {
    said: OnceLock<Said>,
    /// All rows, newest first.
    newest: OnceLock<Vec<u32>>,
    counts: OnceLock<Counts>,
    /// Set once the segments have the columns that every search counts.
    prepared: OnceLock<()>,
    /// Set once they have had all columns that are counted.
    prepared_all: OnceLock<()>,
}

/// What files say about themselves: the rows of each of [`FACTS`], of each of the first [`HAS`] bits of what they
/// have, and those whose publication changes as time passes.
#[derive(Clone, Debug, Default)]
pub struct Said([RoaringBitmap; TIMED + 1]);

/// Facts that files state.
const FACTS: [IsFact; 7] = [
    IsFact::Published,
    IsFact::Unpublished,
    IsFact::Scheduled,
    IsFact::Expired,
    IsFact::Unsaid,
    IsFact::Draft,
    IsFact::Removed,
];

/// Number of things that files have.
const HAS: usize = 7;

/// The set of rows whose publication changes.
const TIMED: usize = FACTS.len() + HAS;

impl RowValues {
    /// Makes what every search needs of these segments on all processors.
    pub fn prepare(&self, segments: &[Arc<Segment>], from: Origin<'_>) {
        let columns = CountedColumn::WITHOUT_SETS;
        self.prepared.get_or_init(|| make(&columns, segments, from));
        let len = segments.iter().map(|it| it.len()).sum();
        self.said(len, from);
    }

    /// Makes all columns that are counted.
    pub fn prepare_all(&self, segments: &[Arc<Segment>], from: Origin<'_>) {
        self.prepare(segments, from);
        self.prepared_all
            .get_or_init(|| make(&CountedColumn::ALL, segments, from));
    }

    /// Whether all columns that are counted have been made.
    pub fn has_all(&self) -> bool {
        self.prepared_all.get().is_some()
    }

    /// What the files of the first `len` rows say.
    pub fn said(&self, len: usize, from: Origin<'_>) -> &Said {
        self.said.get_or_init(|| {
            let rows = parts(0..len as u32).collect::<Vec<_>>();
            let look = |rows: &Range<u32>| Said::of(rows.clone(), from);
            let mut said = Said::default();
            for some in on_all_processors(&rows, look, &|| false).unwrap_or_default() {
                said.add(some);
            }
            said
        })
    }

    /// The first `len` rows, newest first.
    pub fn newest(&self, len: usize, articles: &Articles) -> &[u32] {
        self.newest
            .get_or_init(|| newest_first(articles, len as u32))
    }

    /// How many rows of the segments have each value.
    pub fn counts(&self, segments: &[Arc<Segment>], from: Origin<'_>) -> &Counts {
        self.counts.get_or_init(|| {
            let rows = |segment| parts(Segment::rows(segment)).map(move |rows| (segment, rows));
            let rows: Vec<(&Segment, Range<u32>)> =
                segments.iter().flat_map(|it| rows(&**it)).collect();
            let count = |(segment, rows): &(&Segment, Range<u32>)| {
                let mut counts = Counts::default();
                let rows: Vec<u32> = rows.clone().collect();
                counts.add_rows(&CountedColumn::ALL, segment, &rows, from);
                counts
            };
            let mut counts = Counts::default();
            for some in on_all_processors(&rows, count, &|| false).unwrap_or_default() {
                counts.add(&some);
            }
            counts
        })
    }

    /// Zero counts, of the size that they will have if that is known.
    pub fn no_counts(&self) -> Counts {
        self.counts.get().map(Counts::emptied).unwrap_or_default()
    }

    /// Memory in bytes of the order.
    pub fn bytes(&self) -> usize {
        self.newest.get().map_or(0, |it| size_of_val(it.as_slice()))
    }

    /// The same, if it has been made, after some rows have changed.
    pub fn patched(&self, changed: &RoaringBitmap, before: &Articles, from: Origin<'_>) -> Self {
        let mut values = Self {
            prepared: OnceLock::new(),
            ..self.clone()
        };
        if let Some(said) = values.said.get_mut() {
            for row in changed {
                said.replace(row, from);
            }
        }
        if let Some(newest) = values.newest.get_mut() {
            *newest = newest_with(newest, changed, from.articles);
        }
        if let Some(counts) = values.counts.get_mut() {
            let (mut less, mut more) = (Counts::default(), Counts::default());
            for id in changed.iter().map(ArticleId::from_row) {
                less.add_article(before.article(id), from.clock);
                more.add_article(from.articles.article(id), from.clock);
            }
            counts.subtract(&less);
            counts.add(&more);
        }
        values
    }
}

/// Makes columns of segments on all processors.
fn make(columns: &[CountedColumn], segments: &[Arc<Segment>], from: Origin<'_>) {
    let each = |column| segments.iter().map(move |segment| (column, segment));
    let each: Vec<(CountedColumn, &Arc<Segment>)> =
        columns.iter().copied().flat_map(each).collect();
    let make = |(column, segment): &(CountedColumn, &Arc<Segment>)| match column {
        CountedColumn::Topics => {
            segment.topics(from);
        }
        CountedColumn::Providers => {
            segment.providers(from);
        }
        CountedColumn::Folders => {
            segment.folders(from);
        }
        CountedColumn::Months => {
            segment.months(from);
        }
    };
    on_all_processors(&each, make, &|| false);
}

/// Divides rows into parts for the processors.
fn parts(rows: Range<u32>) -> impl Iterator<Item = Range<u32>> {
    let end = rows.end;
    rows.step_by(PART)
        .map(move |start| start..end.min(start + PART as u32))
}

/// The rows before `end`, newest first. Those of a restored library are in order.
fn newest_first(articles: &Articles, end: u32) -> Vec<u32> {
    let places = articles.runs(0..end).flat_map(|run| run.newest_first());
    let is_in_order = places.is_sorted();
    let mut newest: Vec<u32> = (0..end).collect();
    if !is_in_order {
        newest.sort_by_cached_key(|row| articles.newest_first(ArticleId::from_row(*row)));
    }
    newest
}

/// All rows, newest first, after some have changed. The others keep their order.
fn newest_with(before: &[u32], changed: &RoaringBitmap, articles: &Articles) -> Vec<u32> {
    let place = |row: &u32| articles.newest_first(ArticleId::from_row(*row));
    let mut moved: Vec<u32> = changed.iter().collect();
    moved.sort_by_key(place);
    let is_others = |row: &u32| !changed.contains(*row);
    let others: Vec<u32> = before.iter().copied().filter(is_others).collect();
    let mut newest = Vec::with_capacity(before.len());
    let mut left = others.as_slice();
    for row in moved {
        let (earlier, later) = left.split_at(left.partition_point(|it| place(it) < place(&row)));
        newest.extend_from_slice(earlier);
        newest.push(row);
        left = later;
    }
    newest.extend_from_slice(left);
    newest
}

impl Said {
    /// The rows whose files say a fact at any time; `None` if no file can say it.
    pub fn fact(&self, fact: IsFact) -> Option<&RoaringBitmap> {
        let at = FACTS.iter().position(|it| *it == fact)?;
        Some(&self.0[at])
    }

    /// The rows whose files have something; `None` if that is not known.
    pub fn has(&self, bit: Has) -> Option<&RoaringBitmap> {
        let at = bit.bits().trailing_zeros() as usize;
        (at < HAS).then(|| &self.0[FACTS.len() + at])
    }

    /// The rows whose publication depends on the time; nothing else is said of that.
    pub fn timed(&self) -> &RoaringBitmap {
        &self.0[TIMED]
    }

    /// What the files of some rows say.
    fn of(rows: Range<u32>, from: Origin<'_>) -> Self {
        let mut sets: [Bits; TIMED + 1] = std::array::from_fn(|_| Bits::new(rows.len()));
        for run in from.articles.runs(rows.clone()) {
            let numbers: Vec<u32> = sets_of(&run, from.clock.now).collect();
            for (at, set) in sets.iter_mut().enumerate() {
                let is_in = Bits::of(&numbers, |numbers| numbers >> at & 1 != 0);
                set.or_from(run.rows().start - rows.start, &is_in);
            }
        }
        Self(sets.map(|set| set.into_set_from(rows.start)))
    }

    /// Replaces what is said of a row.
    fn replace(&mut self, row: u32, from: Origin<'_>) {
        for set in &mut self.0 {
            set.remove(row);
        }
        for run in from.articles.runs(row..row + 1) {
            for number in sets_of(&run, from.clock.now).flat_map(members) {
                self.0[number].insert(row);
            }
        }
    }

    /// Takes what is said of other rows.
    fn add(&mut self, other: Self) {
        for (set, more) in self.0.iter_mut().zip(other.0) {
            *set |= more;
        }
    }
}

/// The sets of [`Said`] that each row of a run is in, one bit each.
fn sets_of(run: &ArticleRun<'_>, now: Timestamp) -> impl Iterator<Item = u32> + use<> {
    let publications = run.publications().zip(run.are_removed());
    // Neighbours mostly say the same.
    let mut last = (None, false, false);
    let mut facts = facts_of(last);
    publications
        .zip(run.has())
        .map(move |((publication, is_removed), had)| {
            let says = (publication.settled(now), publication.is_draft, is_removed);
            if says != last {
                (last, facts) = (says, facts_of(says));
            }
            let has = u32::from(had.bits()) & ((1 << HAS) - 1);
            facts | has << FACTS.len()
        })
}

/// The sets of facts, and of what depends on the time, that a row is in, given its standing if that stays,
/// whether it is a draft, and whether it is removed.
fn facts_of((settled, is_draft, is_removed): (Option<Standing>, bool, bool)) -> u32 {
    let is_fact = |fact: IsFact| {
        let follows = settled.is_some_and(|it| follows(it, is_draft, fact));
        follows || fact == IsFact::Removed && is_removed
    };
    let facts = FACTS.iter().zip(0..);
    let facts = facts.fold(0, |sets, (fact, at)| sets | u32::from(is_fact(*fact)) << at);
    facts | u32::from(settled.is_none()) << TIMED
}

/// The positions of the bits that are set.
fn members(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (next < u32::BITS).then_some(next as usize)
    })
}
