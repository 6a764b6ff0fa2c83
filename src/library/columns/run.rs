//! Rows next to each other, whose numbers are read column by column: a fraction of the work of asking for each
//! article, if something of all of them is needed.

use std::cmp::Reverse;
use std::ops::Range;

use super::encoded::{flag, given, moment, sortable};
use super::rows::Field;
use super::{CHUNK, Chunk, Columns, is_index, publication};
use crate::library::key::ArticleKey;
use crate::model::{Has, ListedFlag, ListedNumber, Moment, SitePublication};

/// Some neighbouring rows of one chunk. What it returns has a value for each of them, in order.
#[derive(Clone, Debug)]
pub struct ArticleRun<'a> {
    chunk: &'a Chunk,
    /// Counted from the first row of the chunk.
    places: Range<usize>,
    first: u32,
}

impl Columns {
    /// The rows of a range, in order.
    pub fn runs(&self, rows: Range<u32>) -> impl Iterator<Item = ArticleRun<'_>> {
        let end = self.len.min(rows.end as usize);
        let start = end.min(rows.start as usize);
        let chunks = start / CHUNK..end.div_ceil(CHUNK);
        chunks.map(move |at| {
            let places = start.max(at * CHUNK)..end.min((at + 1) * CHUNK);
            ArticleRun {
                chunk: self.chunks[at].get(),
                first: places.start as u32,
                places: places.start - at * CHUNK..places.end - at * CHUNK,
            }
        })
    }
}

impl ArticleRun<'_> {
    /// Its rows.
    pub fn rows(&self) -> Range<u32> {
        self.first..self.first + self.places.len() as u32
    }

    pub fn published_at(&self) -> impl Iterator<Item = Option<Moment>> + use<> {
        self.moments(Field::PUBLISHED_AT, 1)
    }

    pub fn updated_at(&self) -> impl Iterator<Item = Option<Moment>> + use<> {
        self.moments(Field::UPDATED_AT, 2)
    }

    pub fn numbers(&self, number: ListedNumber) -> impl Iterator<Item = Option<i64>> + use<> {
        self.numbers_in(Field::number(number))
            .into_iter()
            .map(given)
    }

    /// The numbers of the providers.
    pub fn providers(&self) -> impl Iterator<Item = u32> + use<> {
        let providers = self.numbers_in(Field::PROVIDER).into_iter();
        providers.map(|number| number as u32)
    }

    /// As [`own_folder_number`](crate::library::ArticleRef::own_folder_number).
    pub fn own_folders(&self) -> impl Iterator<Item = u32> + use<> {
        let folders = self.numbers_in(Field::FOLDER).into_iter();
        folders
            .zip(self.days())
            .map(|(folder, days)| 2 * folder as u32 + u32::from(is_index(days)))
    }

    /// The numbers of the topics of each article.
    pub fn topics(&self) -> impl Iterator<Item = impl Iterator<Item = u32>> {
        let topics = &self.chunk.topics;
        let starts = self.numbers_in(Field::TOPICS_START).into_iter();
        let counts = self.numbers_in(Field::TOPICS);
        starts.zip(counts).map(|(start, count)| {
            let places = start as usize..(start + count) as usize;
            places.map(|at| topics.get(at))
        })
    }

    pub fn publications(&self) -> impl Iterator<Item = SitePublication> + use<> {
        let until = self.numbers_in(Field::SHOWN_UNTIL);
        let shown = self.numbers_in(Field::SHOWN_FROM).into_iter().zip(until);
        let days = self.days();
        days.zip(shown)
            .map(|(days, (from, until))| publication(days, from, until))
    }

    /// As [`is_removed`](crate::library::ArticleRef::is_removed).
    pub fn are_removed(&self) -> impl Iterator<Item = bool> + use<> {
        let flags = self.numbers_in(Field::FLAGS).into_iter();
        flags.map(|flags| {
            let is_true = |it| flag(flags, it) == Some(true);
            is_true(ListedFlag::Removed) || is_true(ListedFlag::Deleted)
        })
    }

    /// What the files have.
    pub fn has(&self) -> impl Iterator<Item = Has> + use<> {
        let bits = self.numbers_in(Field::HAS).into_iter();
        bits.map(|bits| Has::from_bits(bits as u16))
    }

    /// Their places in the default order: see [`Articles::newest_first`](crate::library::Articles::newest_first).
    pub fn newest_first(&self) -> impl Iterator<Item = (Reverse<i64>, ArticleKey)> + use<> {
        let seconds = self.numbers_in(Field::PUBLISHED_AT).into_iter();
        seconds
            .zip(self.numbers_in(Field::KEY))
            .map(|(second, key)| (Reverse(sortable(second)), ArticleKey(key.cast_unsigned())))
    }

    /// The moments in a field. `whole_day` is the bit of the days that says so.
    fn moments(&self, field: Field, whole_day: u8) -> impl Iterator<Item = Option<Moment>> + use<> {
        let seconds = self.numbers_in(field).into_iter();
        let moments = seconds.zip(self.days());
        moments.map(move |(second, days)| moment(second, days & whole_day != 0))
    }

    fn days(&self) -> impl Iterator<Item = u8> + use<> {
        let days = self.numbers_in(Field::DAYS).into_iter();
        days.map(|days| days as u8)
    }

    fn numbers_in(&self, field: Field) -> Vec<i64> {
        self.chunk.rows.numbers(self.places.clone(), field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{ArticleId, ArticleRef, Articles, sample_library};

    /// Checks that runs say of some rows what the articles say.
    fn check(articles: &Articles, rows: Range<u32>) {
        fn all<'a, T>(
            articles: &'a Articles,
            rows: &Range<u32>,
            it: impl Fn(ArticleRef<'a>) -> T,
        ) -> Vec<T> {
            let ids = rows.clone().map(ArticleId::from_row);
            ids.map(|id| it(articles.article(id))).collect()
        }
        macro_rules! same {
            ($of_run:ident, $of_one:expr) => {
                let of_runs = articles.runs(rows.clone()).flat_map(|run| run.$of_run());
                let of_runs: Vec<_> = of_runs.collect();
                assert_eq!(of_runs, all(articles, &rows, $of_one));
            };
        }
        same!(rows, |it| it.id().row());
        same!(published_at, ArticleRef::published_at);
        same!(updated_at, ArticleRef::updated_at);
        same!(providers, ArticleRef::provider_number);
        same!(own_folders, ArticleRef::own_folder_number);
        same!(publications, ArticleRef::publication);
        same!(are_removed, ArticleRef::is_removed);
        same!(has, ArticleRef::has);
        for field in ListedNumber::ALL {
            let of_runs = articles
                .runs(rows.clone())
                .flat_map(|run| run.numbers(field));
            let ids = rows.clone().map(ArticleId::from_row);
            assert!(of_runs.eq(ids.map(|id| articles.article(id).number(field))));
        }
        let mut topics: Vec<Vec<u32>> = Vec::new();
        for run in articles.runs(rows.clone()) {
            topics.extend(run.topics().map(Iterator::collect));
        }
        assert_eq!(
            topics,
            all(articles, &rows, |it| it.topic_numbers().collect::<Vec<_>>())
        );
        let places = articles
            .runs(rows.clone())
            .flat_map(|run| run.newest_first());
        assert!(places.eq(rows.map(|row| articles.newest_first(ArticleId::from_row(row)))));
    }

    #[test]
    fn columns_say_what_articles_say() {
        let library = sample_library();
        let mut articles = library.articles().clone();
        let end = articles.len() as u32;
        check(&articles, 0..end);
        check(&articles, 3..20);
        // Its only chunk is packed.
        articles.compact();
        check(&articles, 0..end);
        check(&articles, 3..20);
        let count = |rows| {
            articles
                .runs(rows)
                .map(|run| run.rows().len())
                .sum::<usize>()
        };
        assert_eq!([count(7..7), count(end..end + 1)], [0, 0]);
        assert_eq!(count(0..u32::MAX), articles.len());
    }
}
