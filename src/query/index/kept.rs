//! The words of an index kept beside the library, so that the first search of a run does not wait
//! for them to be collected, and that similar articles are found without an index: that takes the words of
//! one article, which are read from the file. Everything else in an index depends on the time zone, or is
//! made as fast as it could be read.
//!
//! What is kept depends on how texts are folded and cut into words: the snapshot's format number must
//! be incremented when that changes.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::{Index, MANY_STALE};
use crate::format::fold::fold;
use crate::library::snapshot::{SavedBeside, SavedParts};
use crate::library::{ArticleId, Articles, on_all_processors};
use crate::query::segment::{Segment, collect};
use crate::query::similar::{Field, words_of};
use crate::query::word_runs::{WordRun, WordRuns};
use crate::query::words::{KeepsWords, LateWords, Lengths, MAX_ROWS, Words};

/// What the first part says of one text of a run of articles. Its other parts are one with the number of
/// different words of each article, and the blocks.
#[derive(Debug, Serialize, Deserialize)]
struct WordsTable {
    /// The first word of each block.
    firsts: Vec<String>,
    /// The articles with words that were cut.
    cut: Vec<u16>,
}

/// The words of articles in the order of these rows, to be kept beside them.
pub fn parts(articles: &Articles, rows: &[u32]) -> Vec<Vec<u8>> {
    let runs: Vec<&[u32]> = rows.chunks(MAX_ROWS).collect();
    let run = |run: &&[u32]| {
        let (titles, excerpts) = collect(articles, run.iter().copied());
        [titles, excerpts].map(|words| stored(&words, run.len()))
    };
    let runs = on_all_processors(&runs, run, &|| false).unwrap_or_default();
    let (tables, stored): (Vec<WordsTable>, Vec<Vec<Vec<u8>>>) = runs.into_iter().flatten().unzip();
    // Only a type that cannot be written would fail; then nothing is kept.
    let table = postcard::to_allocvec(&tables).unwrap_or_default();
    let stored = stored.into_iter().flatten();
    std::iter::once(table).chain(stored).collect()
}

/// The words of a text of `count` articles: what the table says of them, and their parts.
fn stored(words: &Words, count: usize) -> (WordsTable, Vec<Vec<u8>>) {
    let lengths = words.lengths(count).of.iter();
    let mut parts: Vec<Vec<u8>> = vec![lengths.flat_map(|it| it.to_le_bytes()).collect()];
    let mut firsts = Vec::new();
    for (first, block) in words.blocks() {
        firsts.push(first.to_owned());
        parts.push(block);
    }
    let cut = words.cut().to_vec();
    (WordsTable { firsts, cut }, parts)
}

/// The words that were kept, most of them still in the file.
#[derive(Debug)]
pub struct KeptWords {
    beside: SavedBeside,
    runs: Vec<KeptRun>,
}

#[derive(Debug)]
struct KeptRun {
    /// Its articles, in the order they were kept in.
    articles: Range<usize>,
    title: Arc<KeptText>,
    excerpt: Arc<KeptText>,
}

/// The words of a text of some articles.
#[derive(Debug)]
struct KeptText {
    parts: SavedParts,
    table: WordsTable,
    /// The number of the part with the lengths. The blocks follow.
    lengths: usize,
    /// Number of articles.
    count: usize,
}

impl KeptWords {
    /// The words beside these articles; `None` if there are none, or their table is damaged.
    pub fn new(beside: SavedBeside) -> Option<Self> {
        let all = beside
            .order()
            .map_or(beside.articles().len(), |it| it.len());
        let parts = beside.parts().clone();
        let tables: Vec<WordsTable> = postcard::from_bytes(&parts.part(0)?).ok()?;
        let mut tables = tables.into_iter();
        let mut next = 1;
        let mut text = |count: usize| {
            let table = tables.next()?;
            let lengths = next;
            next += 1 + table.firsts.len();
            let fits = table.cut.iter().all(|row| usize::from(*row) < count);
            let text = KeptText {
                parts: parts.clone(),
                table,
                lengths,
                count,
            };
            fits.then(|| Arc::new(text))
        };
        let run = |first: usize| {
            let articles = first..all.min(first + MAX_ROWS);
            Some(KeptRun {
                title: text(articles.len())?,
                excerpt: text(articles.len())?,
                articles,
            })
        };
        let runs: Vec<KeptRun> = (0..all).step_by(MAX_ROWS).map(run).collect::<Option<_>>()?;
        let is_all = tables.next().is_none() && next == parts.count();
        (is_all && !runs.is_empty()).then_some(Self { beside, runs })
    }

    /// The articles as they were kept.
    pub fn articles(&self) -> &Articles {
        self.beside.articles()
    }

    /// The rows of later articles whose words are not these; `None` if there are so many that an index
    /// should be made.
    pub fn stale(&self, articles: &Articles) -> Option<RoaringBitmap> {
        let then = self.articles();
        let mut stale = articles.changed_since(then)?;
        stale.insert_range(then.len() as u32..articles.len() as u32);
        (stale.len() <= MANY_STALE).then_some(stale)
    }

    /// The words of one article, as far as others have them, read from the file; `None` if that is damaged.
    /// `stale` are those of [`Self::stale`].
    pub fn of_article(
        &self,
        articles: &Articles,
        id: ArticleId,
        stale: &Arc<RoaringBitmap>,
    ) -> Option<WordRuns> {
        let article = articles.article(id);
        let [title, excerpt] = Field::ALL.map(|field| fold(&field.text(article)));
        let (titles, excerpts) = (words_of(&title), words_of(&excerpt));
        let run = |run: &KeptRun| {
            Some(WordRun {
                first: run.articles.start as u32,
                len: run.articles.len(),
                title: Arc::new(run.title.with(&titles)?),
                excerpt: Arc::new(run.excerpt.with(&excerpts)?),
            })
        };
        Some(WordRuns {
            runs: self.runs.iter().map(run).collect::<Option<_>>()?,
            len: articles.len(),
            stale: Arc::clone(stale),
            order: self.beside.order().map(Arc::clone),
        })
    }

    /// Whether the articles were kept in the order of their rows.
    pub fn is_in_order(&self) -> bool {
        self.beside.order().is_none()
    }

    /// The index of the articles that were kept; `None` if they were kept in another order. Words are read when
    /// they are needed.
    pub fn index(&self) -> Option<Index> {
        if !self.is_in_order() {
            return None;
        }
        let words = |text: &Arc<KeptText>| LateWords::kept(text.clone());
        let segment = |run: &KeptRun| {
            let rows = run.articles.start as u32..run.articles.end as u32;
            Arc::new(Segment::with_words(
                rows,
                words(&run.title),
                words(&run.excerpt),
            ))
        };
        let segments = self.runs.iter().map(segment).collect();
        Some(Index::new(segments, self.articles()))
    }
}

impl KeptText {
    /// At least these words, in order, if they are there.
    fn with(&self, words: &[&str]) -> Option<Words> {
        let firsts = &self.table.firsts;
        let block = |word: &&str| {
            let next = firsts.partition_point(|first| first.as_str() <= *word);
            next.checked_sub(1)
        };
        let blocks: BTreeSet<usize> = words.iter().filter_map(block).collect();
        let words = self.words(blocks.into_iter(), Vec::new())?;
        let lengths = self.parts.part(self.lengths)?;
        let (lengths, rest) = lengths.as_chunks();
        let fits = lengths.len() == self.count && rest.is_empty();
        let lengths = lengths.iter().map(|it| u16::from_le_bytes(*it)).collect();
        fits.then(|| words.with_lengths(Lengths::new(lengths)))
    }

    /// The words of some blocks.
    fn words(&self, blocks: impl Iterator<Item = usize>, cut: Vec<u16>) -> Option<Words> {
        let blocks = blocks.map(|at| self.parts.part(self.lengths + 1 + at));
        Words::from_blocks(blocks, self.count, cut)
    }
}

impl KeepsWords for KeptText {
    fn all(&self) -> Option<Words> {
        self.words(0..self.table.firsts.len(), self.table.cut.clone())
    }

    fn beginning_with(&self, beginnings: &[&str]) -> Option<Words> {
        let firsts = &self.table.firsts;
        let blocks = |beginning: &&str| {
            let start = firsts.partition_point(|first| first.as_str() <= *beginning);
            let is_before =
                |first: &String| first.as_str() <= *beginning || first.starts_with(*beginning);
            start.saturating_sub(1)..firsts.partition_point(is_before)
        };
        let blocks: BTreeSet<usize> = beginnings.iter().flat_map(blocks).collect();
        self.words(blocks.into_iter(), self.table.cut.clone())
    }
}

impl Index {
    /// The index of the articles that were saved, from what was kept beside them: see
    /// [`KeptWords::index`].
    pub fn from_kept(beside: &SavedBeside) -> Option<Self> {
        KeptWords::new(beside.clone())?.index()
    }
}

#[cfg(test)]
mod tests;
