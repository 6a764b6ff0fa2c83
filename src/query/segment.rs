//! A run of rows in the form that queries need: the words of their texts, and columns of what is
//! compared and counted. It never changes. Its columns are made when they are first needed: one query
//! for a word needs none.

use std::ops::Range;
use std::sync::Arc;

use super::dates::{self, Clock};
use super::words::{Words, WordsBuilder};
use crate::format::fold::fold_into;
use crate::library::{ArticleId, ArticleRef, Articles, Lazy};
use crate::model::ListedNumber;

/// Stands for no number; all others are greater.
pub const UNSAID: i32 = i32::MIN;
/// Stands for no month.
pub const NO_MONTH: u32 = u32::MAX;

/// The words of the rows from `first` on, and their columns.
#[derive(Clone, Debug)]
pub struct Segment {
    pub first: u32,
    len: usize,
    pub title: Arc<Words>,
    pub excerpt: Arc<Words>,
    columns: Lazy<Columns>,
}

/// What is compared and counted, by row.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Seconds, as in [`dates::second`].
    pub published: Vec<i64>,
    /// Seconds, as in [`dates::second`].
    pub updated: Vec<i64>,
    /// By field.
    numbers: [Vec<i32>; ListedNumber::COUNT],
    pub providers: Vec<u32>,
    pub folders: Vec<u32>,
    /// Months since the year 0, or [`NO_MONTH`].
    pub months: Vec<u32>,
    topics: Vec<u32>,
    topic_starts: Vec<u32>,
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

/// What the columns hold for a row.
struct Values {
    published: i64,
    updated: i64,
    numbers: [i32; ListedNumber::COUNT],
    provider: u32,
    folder: u32,
    month: u32,
}

impl Values {
    fn of(article: ArticleRef<'_>, clock: &Clock) -> Self {
        let zone = &clock.zone;
        let published = article.published_at();
        Self {
            published: dates::second(published, zone),
            updated: dates::second(article.updated_at(), zone),
            numbers: ListedNumber::ALL.map(|field| packed(article.number(field))),
            provider: article.provider_number(),
            folder: article.own_folder_number(),
            month: published.map_or(NO_MONTH, |at| month_number(dates::month(at, zone))),
        }
    }
}

impl Segment {
    /// Builds the segment of a run of rows, at most [`super::words::MAX_ROWS`]. Days are those of
    /// the clock's zone.
    pub fn build(articles: &Articles, rows: Range<u32>, clock: &Clock) -> Self {
        let words = collect(articles, rows.clone());
        Self::with_words(articles, rows, words, clock)
    }

    /// The same if the words of titles and excerpts are known.
    pub fn with_words(
        articles: &Articles,
        rows: Range<u32>,
        (title, excerpt): (Words, Words),
        clock: &Clock,
    ) -> Self {
        let (first, len) = (rows.start, rows.len());
        let (articles, clock) = (articles.clone(), clock.clone());
        Self {
            first,
            len,
            title: Arc::new(title),
            excerpt: Arc::new(excerpt),
            columns: Lazy::later(move || Columns::of(&articles, rows, &clock)),
        }
    }

    /// What is compared and counted, made now unless it is there.
    pub fn columns(&self) -> &Columns {
        self.columns.get()
    }

    /// The same with some of its rows, in order, as they are now, except for their words.
    pub fn with_values_of(&self, articles: &Articles, rows: &[u32], clock: &Clock) -> Self {
        let before = self.columns();
        let mut columns = Columns {
            topics: Vec::with_capacity(before.topics.len()),
            topic_starts: Vec::with_capacity(before.topic_starts.len()),
            ..before.clone()
        };
        let mut changed = rows.iter().copied().peekable();
        for (at, row) in self.rows().enumerate() {
            columns.topic_starts.push(columns.topics.len() as u32);
            match changed.next_if_eq(&row) {
                None => columns.topics.extend_from_slice(before.topics(at)),
                Some(_) => {
                    let article = articles.article(ArticleId::from_row(row));
                    columns.set(at, &Values::of(article, clock));
                    columns.topics.extend(article.topic_numbers());
                }
            }
        }
        columns.topic_starts.push(columns.topics.len() as u32);
        Self {
            columns: Lazy::new(columns),
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

    /// Memory in bytes, as if all of it were there.
    pub fn bytes(&self) -> usize {
        let per_row =
            size_of::<i64>() * 2 + size_of::<i32>() * ListedNumber::COUNT + size_of::<u32>() * 4;
        self.title.bytes()
            + self.excerpt.bytes()
            + self.len * per_row
            + self.columns().topics.len() * size_of::<u32>()
    }
}

impl Columns {
    /// The columns of a run of rows.
    fn of(articles: &Articles, rows: Range<u32>, clock: &Clock) -> Self {
        let mut columns = Self::default();
        for row in rows {
            let article = articles.article(ArticleId::from_row(row));
            columns.push(&Values::of(article, clock));
            columns.topic_starts.push(columns.topics.len() as u32);
            columns.topics.extend(article.topic_numbers());
        }
        columns.topic_starts.push(columns.topics.len() as u32);
        columns
    }

    fn push(&mut self, values: &Values) {
        self.published.push(values.published);
        self.updated.push(values.updated);
        for (column, number) in self.numbers.iter_mut().zip(values.numbers) {
            column.push(number);
        }
        self.providers.push(values.provider);
        self.folders.push(values.folder);
        self.months.push(values.month);
    }

    fn set(&mut self, at: usize, values: &Values) {
        self.published[at] = values.published;
        self.updated[at] = values.updated;
        for (column, number) in self.numbers.iter_mut().zip(values.numbers) {
            column[at] = number;
        }
        self.providers[at] = values.provider;
        self.folders[at] = values.folder;
        self.months[at] = values.month;
    }

    /// The topics of a row, counted from the first row.
    pub fn topics(&self, at: usize) -> &[u32] {
        let (start, end) = (self.topic_starts[at], self.topic_starts[at + 1]);
        &self.topics[start as usize..end as usize]
    }

    /// The numbers in a field; [`UNSAID`] where there is none.
    pub fn numbers(&self, field: ListedNumber) -> &[i32] {
        &self.numbers[field as usize]
    }

    /// A number of a row, counted from the first row.
    pub fn number(&self, field: ListedNumber, at: usize) -> Option<f64> {
        said(self.numbers(field)[at])
    }
}

/// A month as stored: anything before the year 0 counts as its first month.
pub fn month_number(month: i32) -> u32 {
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
