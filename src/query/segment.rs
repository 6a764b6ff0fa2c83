//! A run of rows in the form that queries need: the words of their texts, and columns of what is
//! compared and counted. It never changes. Each column is made when it is first needed, from the articles: one
//! query needs few of them.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::dates::{self, Clock, Months};
use super::words::{LateWords, Words, WordsBuilder};
use crate::format::fold::fold_into;
use crate::library::{ArticleId, ArticleRun, Articles};
use crate::model::{ListedNumber, Moment};

/// Stands for no number; all others are greater.
pub const UNSAID: i32 = i32::MIN;
/// Stands for no month.
pub const NO_MONTH: u32 = u32::MAX;

/// The words of the rows from `first` on, and their columns. Clones share both.
#[derive(Clone, Debug)]
pub struct Segment {
    pub first: u32,
    len: usize,
    pub title: Arc<LateWords>,
    pub excerpt: Arc<LateWords>,
    columns: Arc<Columns>,
}

/// What columns are made from: articles in which the rows of the segment are as they were when it was made,
/// and the zone whose days and months count.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    pub articles: &'a Articles,
    pub clock: &'a Clock,
}

/// What is compared and counted, by row.
#[derive(Debug, Default)]
struct Columns {
    published: Column<i64>,
    updated: Column<i64>,
    /// By field.
    numbers: [Column<i32>; ListedNumber::COUNT],
    providers: Column<u32>,
    folders: Column<u32>,
    months: Column<u32>,
    topics: OnceLock<Topics>,
}

/// A value of each row.
type Column<T> = OnceLock<Vec<T>>;

/// The topics of each row.
#[derive(Debug)]
pub struct Topics {
    numbers: Vec<u32>,
    starts: Vec<u32>,
}

/// The words of the titles and excerpts of rows, at most [`super::words::MAX_ROWS`].
pub fn collect(articles: &Articles, rows: impl Iterator<Item = u32>) -> (Words, Words) {
    let (mut titles, mut excerpts) = (WordsBuilder::default(), WordsBuilder::default());
    let mut folded = String::new();
    for (at, row) in rows.enumerate() {
        let article = articles.article(ArticleId::from_row(row));
        fold_into(&article.title(), &mut folded);
        titles.add(at as u16, &folded);
        fold_into(&article.excerpt(), &mut folded);
        excerpts.add(at as u16, &folded);
    }
    (titles.finish(), excerpts.finish())
}

impl Segment {
    /// Builds the segment of a run of rows, at most [`super::words::MAX_ROWS`].
    pub fn build(articles: &Articles, rows: Range<u32>) -> Self {
        let (title, excerpt) = collect(articles, rows.clone());
        Self::with_words(rows, title.into(), excerpt.into())
    }

    /// The same if the words of titles and excerpts are known.
    pub fn with_words(rows: Range<u32>, title: LateWords, excerpt: LateWords) -> Self {
        Self {
            first: rows.start,
            len: rows.len(),
            title: Arc::new(title),
            excerpt: Arc::new(excerpt),
            columns: Arc::default(),
        }
    }

    /// The same for rows that have changed, apart from their words.
    pub fn with_other_values(&self) -> Self {
        Self {
            columns: Arc::default(),
            ..self.clone()
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Its rows.
    pub fn rows(&self) -> Range<u32> {
        self.first..self.first + self.len as u32
    }

    /// Seconds, as in [`dates::second`].
    pub fn published(&self, from: Origin<'_>) -> &[i64] {
        let second = |at| dates::second(at, &from.clock.zone);
        self.column(&self.columns.published, from, |run| {
            run.published_at().map(second)
        })
    }

    /// Seconds, as in [`dates::second`].
    pub fn updated(&self, from: Origin<'_>) -> &[i64] {
        let second = |at| dates::second(at, &from.clock.zone);
        self.column(&self.columns.updated, from, |run| {
            run.updated_at().map(second)
        })
    }

    /// The numbers in a field; [`UNSAID`] where there is none.
    pub fn numbers(&self, field: ListedNumber, from: Origin<'_>) -> &[i32] {
        self.column(&self.columns.numbers[field as usize], from, |run| {
            run.numbers(field).map(packed)
        })
    }

    /// A number of a row, counted from the first row.
    pub fn number(&self, field: ListedNumber, at: usize, from: Origin<'_>) -> Option<f64> {
        said(self.numbers(field, from)[at])
    }

    /// The numbers of the providers.
    pub fn providers(&self, from: Origin<'_>) -> &[u32] {
        self.column(&self.columns.providers, from, ArticleRun::providers)
    }

    /// The numbers of the folders that the articles were put into.
    pub fn folders(&self, from: Origin<'_>) -> &[u32] {
        self.column(&self.columns.folders, from, ArticleRun::own_folders)
    }

    /// Months since the year 0, or [`NO_MONTH`].
    pub fn months(&self, from: Origin<'_>) -> &[u32] {
        self.column(&self.columns.months, from, |run| {
            let mut months = Months::new(&from.clock.zone);
            let moments = run.published_at();
            moments.map(move |at| at.map_or(NO_MONTH, |at| month_number(months.month(at))))
        })
    }

    pub fn topics(&self, from: Origin<'_>) -> &Topics {
        self.columns.topics.get_or_init(|| {
            let mut topics = Topics {
                numbers: Vec::new(),
                starts: Vec::with_capacity(self.len + 1),
            };
            for run in from.articles.runs(self.rows()) {
                for of_one in run.topics() {
                    topics.starts.push(topics.numbers.len() as u32);
                    topics.numbers.extend(of_one);
                }
            }
            topics.starts.push(topics.numbers.len() as u32);
            topics.numbers.shrink_to_fit();
            topics
        })
    }

    fn column<'a, 'b, T, I: Iterator<Item = T>>(
        &self,
        column: &'a Column<T>,
        from: Origin<'b>,
        values: impl Fn(&ArticleRun<'b>) -> I,
    ) -> &'a [T] {
        column.get_or_init(|| {
            let mut column = Vec::with_capacity(self.len);
            for run in from.articles.runs(self.rows()) {
                column.extend(values(&run));
            }
            column
        })
    }

    /// Memory in bytes.
    pub fn bytes(&self) -> usize {
        fn bytes<T>(column: &Column<T>) -> usize {
            column.get().map_or(0, |it| size_of_val(it.as_slice()))
        }
        let columns = &self.columns;
        let topics = columns.topics.get();
        let topics = topics.map_or(0, |it| it.numbers.len() + it.starts.len());
        self.title.bytes()
            + self.excerpt.bytes()
            + topics * size_of::<u32>()
            + [&columns.published, &columns.updated]
                .map(bytes)
                .iter()
                .sum::<usize>()
            + columns.numbers.each_ref().map(bytes).iter().sum::<usize>()
            + [&columns.providers, &columns.folders, &columns.months]
                .map(bytes)
                .iter()
                .sum::<usize>()
    }
}

impl Topics {
    /// The topics of a row, counted from the first row.
    pub fn of(&self, at: usize) -> &[u32] {
        let (start, end) = (self.starts[at], self.starts[at + 1]);
        &self.numbers[start as usize..end as usize]
    }
}

/// The month of an article's date as stored.
pub fn month(published: Option<Moment>, clock: &Clock) -> u32 {
    published.map_or(NO_MONTH, |at| month_number(dates::month(at, &clock.zone)))
}

/// Anything before the year 0 counts as its first month.
fn month_number(month: i32) -> u32 {
    u32::try_from(month).unwrap_or(0)
}

fn packed(number: Option<i64>) -> i32 {
    number.map_or(UNSAID, |number| {
        number.clamp(i64::from(UNSAID) + 1, i64::from(i32::MAX)) as i32
    })
}

fn said(number: i32) -> Option<f64> {
    (number != UNSAID).then(|| f64::from(number))
}
