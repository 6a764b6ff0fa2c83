//! The index that makes queries fast: built in the background once the articles are loaded,
//! extended when more arrive, and patched when some change. Results are the same without it, or
//! with one that knows only the first articles; the texts of the others are then searched directly.

pub mod kept;
mod patched;
mod values;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::counts::Counts;
use super::dates::Clock;
use super::error::Cancelled;
use super::fields::{IsFact, Thing};
use super::names::FoldedNames;
use super::segment::Segment;
use super::word_runs::{WordRun, WordRuns};
use super::words::MAX_ROWS;
use crate::format::fold::fold;
use crate::library::{ArticleId, ArticleRef, Articles, Lazy, on_all_processors};
use crate::model::{Has, Standing};
use values::RowValues;

/// An index of the first articles of a library. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
    len: usize,
    /// Rows whose words no longer match those of the segments.
    stale: Arc<RoaringBitmap>,
    values: Lazy<RowValues>,
    topics: Arc<FoldedNames>,
    providers: Arc<FoldedNames>,
    by_title: Arc<OnceLock<Vec<u32>>>,
}

/// Number of changed texts that are searched at each keystroke rather than looked up.
const MANY_STALE: u64 = 256;

impl Index {
    /// Returns an index of all articles: this one, and those added since. Days are those of the
    /// clock's zone.
    ///
    /// # Errors
    /// If it is cancelled, which is checked between segments.
    pub fn extended(
        &self,
        articles: &Articles,
        clock: &Clock,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Cancelled> {
        let all = articles.len();
        if all <= self.len && self.stale.is_empty() {
            return Ok(self.clone());
        }
        let mut segments = self.segments.clone();
        let mut start = self.len;
        // A short segment is rebuilt together with what follows: so there are few segments, and
        // each row is seldom rebuilt.
        while let Some(last) = segments.last()
            && last.len() < MAX_ROWS
            && last.len() <= all - start
        {
            start = last.first as usize;
            segments.pop();
        }
        let is_stale = |it: &&Arc<Segment>| self.stale.range_cardinality(it.rows()) > 0;
        let stale = segments.iter().filter(is_stale).map(|it| it.rows());
        let added = (start..all)
            .step_by(MAX_ROWS)
            .map(|from| from as u32..(from + MAX_ROWS).min(all) as u32);
        let runs: Vec<Range<u32>> = stale.chain(added).collect();
        let new = build(articles, &runs, clock, cancelled)?;
        segments.retain(|it| !is_stale(&it));
        let index = self.joined(segments, new, articles, clock);
        index.bring_in();
        Ok(index)
    }

    /// This index with more segments: for rows that it does not know, or with their words collected
    /// again.
    fn joined(
        &self,
        mut segments: Vec<Arc<Segment>>,
        new: Vec<Arc<Segment>>,
        articles: &Articles,
        clock: &Clock,
    ) -> Self {
        segments.extend(new.iter().map(Arc::clone));
        segments.sort_by_key(|it| it.first);
        let known = self.len as u32;
        let (before, articles_then, clock) = (self.values.clone(), articles.clone(), clock.clone());
        let values = move || before.get().with(&new, known, &articles_then, &clock);
        Self {
            len: segments.iter().map(|it| it.len()).sum(),
            segments,
            stale: Arc::default(),
            values: Lazy::later(values),
            topics: Arc::new(FoldedNames::new(articles.topics())),
            providers: Arc::new(FoldedNames::new(articles.providers())),
            by_title: Arc::default(),
        }
    }

    /// Makes whatever would be made when it is first needed, on all processors.
    pub fn bring_in(&self) {
        let bring_in = |segment: &Arc<Segment>| {
            segment.columns();
        };
        on_all_processors(&self.segments, bring_in, &|| false);
        self.values.get();
    }

    /// Whether it should be extended: there are more articles, or many have changed.
    pub fn is_behind(&self, articles: &Articles) -> bool {
        self.len < articles.len() || self.stale.len() > MANY_STALE
    }

    /// Rows whose texts have to be searched although it knows them.
    pub(super) fn stale(&self) -> &RoaringBitmap {
        &self.stale
    }

    /// The number of articles it knows: the first ones of the library.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Approximate memory in bytes.
    pub fn bytes(&self) -> usize {
        let segments: usize = self.segments.iter().map(|segment| segment.bytes()).sum();
        let titles = self.by_title.get().map_or(0, Vec::len);
        segments + (self.newest().len() + titles) * size_of::<u32>()
    }

    /// Its words, for finding similar articles.
    pub fn words(&self) -> WordRuns {
        let run = |segment: &Arc<Segment>| WordRun {
            first: segment.first,
            len: segment.len(),
            title: Arc::clone(&segment.title),
            excerpt: Arc::clone(&segment.excerpt),
        };
        WordRuns {
            runs: self.segments.iter().map(run).collect(),
            len: self.len,
            stale: Arc::clone(&self.stale),
            order: None,
        }
    }

    pub(super) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// All its rows, newest first.
    pub(super) fn newest(&self) -> &[u32] {
        &self.values.get().newest
    }

    /// Counts of the values of all its rows.
    pub(super) fn counts(&self) -> &Counts {
        &self.values.get().counts
    }

    /// The names of the topics it knows.
    pub(super) fn topics(&self) -> &FoldedNames {
        &self.topics
    }

    /// The names of the providers it knows.
    pub(super) fn providers(&self) -> &FoldedNames {
        &self.providers
    }

    /// Where a row is: its segment, and its position there.
    pub(super) fn at(&self, row: u32) -> Option<(&Segment, usize)> {
        let next = self
            .segments
            .partition_point(|segment| segment.first <= row);
        let segment = self.segments.get(next.checked_sub(1)?)?;
        let at = (row - segment.first) as usize;
        (at < segment.len()).then_some((segment, at))
    }

    /// The rank of each row by title; equal titles have equal ranks. Sorted on first use.
    pub(super) fn title_ranks(&self, articles: &Articles) -> &[u32] {
        self.by_title.get_or_init(|| {
            let title = |row: u32| fold(&articles.article(ArticleId::from_row(row)).title());
            let mut titles: Vec<(String, u32)> =
                (0..self.len as u32).map(|row| (title(row), row)).collect();
            titles.sort_unstable();
            let mut ranks = vec![0; self.len];
            let mut rank = 0;
            for (at, (title, row)) in titles.iter().enumerate() {
                if at > 0 && titles[at - 1].0 != *title {
                    rank = at as u32;
                }
                ranks[*row as usize] = rank;
            }
            ranks
        })
    }

    /// The rows whose files say a fact at any time; `None` if no file says it.
    pub(super) fn said(&self, fact: IsFact) -> Option<&RoaringBitmap> {
        self.values.get().said.facts.get(&fact)
    }

    /// The rows whose publication depends on the time; nothing else is said about them.
    pub(super) fn timed(&self) -> &RoaringBitmap {
        &self.values.get().said.timed
    }

    /// The rows whose files have something.
    pub(super) fn has(&self, bit: Has) -> Option<&RoaringBitmap> {
        self.values.get().said.has.get(&bit)
    }
}

/// Builds segments on all processors.
fn build(
    articles: &Articles,
    runs: &[Range<u32>],
    clock: &Clock,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Arc<Segment>>, Cancelled> {
    let build = |run: &Range<u32>| {
        let segment = Segment::build(articles, run.clone(), clock);
        segment.columns();
        Arc::new(segment)
    };
    on_all_processors(runs, build, cancelled).ok_or(Cancelled)
}

/// Whether an article's file says a fact at this time.
pub fn says(article: ArticleRef<'_>, fact: IsFact, now: Timestamp) -> bool {
    let is = |standing| article.publication().at(now) == standing;
    match fact {
        IsFact::Published => is(Standing::Published),
        IsFact::Unpublished => is(Standing::Unpublished),
        IsFact::Scheduled => is(Standing::Scheduled),
        IsFact::Expired => is(Standing::Expired),
        IsFact::Unsaid => is(Standing::Unsaid),
        IsFact::Draft => article.publication().is_draft,
        IsFact::Removed => article.is_removed(),
        IsFact::Read
        | IsFact::Unread
        | IsFact::Starred
        | IsFact::Later
        | IsFact::Done
        | IsFact::Rejected
        | IsFact::Inbox
        | IsFact::Staged
        | IsFact::Changed
        | IsFact::StoryLead => false,
    }
}

/// Where it is recorded that an article has something.
pub enum RecordedIn {
    InFile(Has),
    AsTag,
    AsNote,
}

/// Where it is recorded that an article has a thing.
pub fn kept(thing: Thing) -> RecordedIn {
    match thing {
        Thing::Image => RecordedIn::InFile(Has::IMAGE),
        Thing::Video => RecordedIn::InFile(Has::VIDEO),
        Thing::Related => RecordedIn::InFile(Has::RELATED),
        Thing::Body => RecordedIn::InFile(Has::BODY),
        Thing::Link => RecordedIn::InFile(Has::LINK),
        Thing::Diagnostic => RecordedIn::InFile(Has::DIAGNOSTIC),
        Thing::Secured => RecordedIn::InFile(Has::SECURED),
        Thing::Tag => RecordedIn::AsTag,
        Thing::Note => RecordedIn::AsNote,
    }
}
