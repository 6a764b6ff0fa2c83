//! The index that makes queries fast: built in the background once the articles are loaded,
//! extended when more arrive, and patched when some change. What follows from its articles without their words
//! is made when it is first needed. Results are the same without it, or
//! with one that knows only the first articles; the texts of the others are then searched directly.

pub mod kept;
mod patched;
mod values;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::counts::{CountedColumn, Counts};
use super::dates::Clock;
use super::error::Cancelled;
use super::fields::{IsFact, Thing};
use super::names::FoldedNames;
use super::segment::{Origin, Segment};
use super::word_runs::{WordRun, WordRuns};
use super::words::{LateWords, MAX_ROWS};
use crate::format::fold::fold;
use crate::library::{ArticleId, ArticleRef, Articles, on_all_processors};
use crate::model::{Has, Standing};
use values::{RowValues, Said};

/// An index of the first articles of a library. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
    len: usize,
    /// Rows whose words no longer match those of the segments.
    stale: Arc<RoaringBitmap>,
    values: Arc<RowValues>,
    topics: Arc<FoldedNames>,
    providers: Arc<FoldedNames>,
    by_title: Arc<OnceLock<Vec<u32>>>,
}

/// Number of changed texts that are searched at each keystroke rather than looked up.
const MANY_STALE: u64 = 256;

impl Index {
    /// Returns an index of all articles: this one, and those added since.
    ///
    /// # Errors
    /// If it is cancelled, which is checked between segments.
    pub fn extended(
        &self,
        articles: &Articles,
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
        let new = build(articles, &runs, cancelled)?;
        segments.retain(|it| !is_stale(&it));
        segments.extend(new);
        segments.sort_by_key(|it| it.first);
        Ok(Self::new(segments, articles))
    }

    /// An index of these segments, in order, which have the words of the first articles.
    fn new(segments: Vec<Arc<Segment>>, articles: &Articles) -> Self {
        Self {
            len: segments.iter().map(|it| it.len()).sum(),
            segments,
            stale: Arc::default(),
            values: Arc::default(),
            topics: Arc::new(FoldedNames::new(articles.topics())),
            providers: Arc::new(FoldedNames::new(articles.providers())),
            by_title: Arc::default(),
        }
    }

    /// Makes what searches need on all processors. The articles must be those that it knows.
    pub fn bring_in(&self, articles: &Articles, clock: &Clock) {
        let from = Origin { articles, clock };
        self.values.prepare_all(&self.segments, from);
    }

    /// The columns to count: what has sets is counted by these until all columns have been made.
    pub(super) fn counted_columns(&self) -> &'static [CountedColumn] {
        match self.values.has_all() {
            true => &CountedColumn::ALL,
            false => &CountedColumn::WITHOUT_SETS,
        }
    }

    /// Makes what a search cannot do without.
    pub(super) fn prepare(&self, from: Origin<'_>) {
        self.values.prepare(&self.segments, from);
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
        segments + self.values.bytes() + titles * size_of::<u32>()
    }

    /// Brings the words that are still in a file into memory, on all processors; `false` if they are damaged:
    /// then it answers as before, and slowly.
    pub fn bring_in_words(&self) -> bool {
        // Excerpts take longer.
        let excerpts = self.segments.iter().map(|it| &it.excerpt);
        let texts: Vec<&Arc<LateWords>> = excerpts
            .chain(self.segments.iter().map(|it| &it.title))
            .collect();
        let is_there = |text: &&Arc<LateWords>| text.all().is_some();
        let are_there = on_all_processors(&texts, is_there, &|| false);
        are_there.is_none_or(|all| all.into_iter().all(|it| it))
    }

    /// Its words, for finding similar articles; none where they are damaged.
    pub fn words(&self) -> WordRuns {
        let words = |text: &LateWords| text.all().map(Arc::clone).unwrap_or_default();
        let run = |segment: &Arc<Segment>| WordRun {
            first: segment.first,
            len: segment.len(),
            title: words(&segment.title),
            excerpt: words(&segment.excerpt),
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
    pub(super) fn newest(&self, articles: &Articles) -> &[u32] {
        self.values.newest(self.len, articles)
    }

    /// Counts of the values of all its rows.
    pub(super) fn counts(&self, from: Origin<'_>) -> &Counts {
        self.values.counts(&self.segments, from)
    }

    /// Zero counts of the values of its rows.
    pub(super) fn no_counts(&self) -> Counts {
        self.values.no_counts()
    }

    /// What the files of its rows say.
    pub(super) fn said(&self, from: Origin<'_>) -> &Said {
        self.values.said(self.len, from)
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
}

/// Builds segments on all processors.
fn build(
    articles: &Articles,
    runs: &[Range<u32>],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Arc<Segment>>, Cancelled> {
    let build = |run: &Range<u32>| Arc::new(Segment::build(articles, run.clone()));
    on_all_processors(runs, build, cancelled).ok_or(Cancelled)
}

/// Whether an article's file says a fact at this time.
pub fn says(article: ArticleRef<'_>, fact: IsFact, now: Timestamp) -> bool {
    if fact == IsFact::Removed {
        return article.is_removed();
    }
    let publication = article.publication();
    follows(publication.at(now), publication.is_draft, fact)
}

/// Whether a fact follows from an article's standing, or from being a draft.
fn follows(standing: Standing, is_draft: bool, fact: IsFact) -> bool {
    match fact {
        IsFact::Published => standing == Standing::Published,
        IsFact::Unpublished => standing == Standing::Unpublished,
        IsFact::Scheduled => standing == Standing::Scheduled,
        IsFact::Expired => standing == Standing::Expired,
        IsFact::Unsaid => standing == Standing::Unsaid,
        IsFact::Draft => is_draft,
        IsFact::Removed
        | IsFact::Read
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
