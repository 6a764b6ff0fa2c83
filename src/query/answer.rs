//! Answers a query for somebody waiting at a screen: first what the screen needs, then the rest as
//! it comes. Finding and sorting are elsewhere.

use std::time::{Duration, Instant};

use roaring::RoaringBitmap;

use super::error::Cancelled;
use super::expr::Query;
use super::facets::Facets;
use super::found::{Found, Undecided};
use super::search::Search;
use super::seen::SeenValues;
use crate::library::{ArticleId, on_threads, processors, shares};

/// Number of rows in the first part: more than fit on a screen.
const FIRST_ROWS: usize = 256;
/// How often to report how far searching bodies has come.
const EVERY: Duration = Duration::from_millis(150);
/// How many files a thread reads before it looks at the clock again.
const FILES: usize = 64;

/// What a caller wants from a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// The articles in order, and the facets.
    Rows,
    /// The set of articles, and the facets.
    Counts,
}

/// A part of an answer. Each replaces the one before.
#[derive(Clone, Debug)]
pub struct PartialAnswer {
    /// The articles known to be selected.
    pub set: RoaringBitmap,
    /// The articles in order; empty if not wanted.
    pub rows: Vec<ArticleId>,
    /// `None`: the same as before.
    pub facets: Option<Facets>,
    pub extent: AnswerExtent,
    /// The values of `meta.` fields in the files that were read for it.
    pub seen: SeenValues,
}

/// How much of the answer this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerExtent {
    /// Only the first rows; the complete answer follows.
    FirstRows,
    /// This many bodies have been searched, out of this many.
    Bodies {
        looked: u64,
        of: u64,
    },
    Whole,
}

impl Search<'_> {
    /// Answers a query in parts, passing each to `tell`.
    ///
    /// # Errors
    /// If it is cancelled.
    pub fn answer(
        &self,
        query: &Query,
        wanted: AnswerKind,
        tell: &mut dyn FnMut(PartialAnswer),
    ) -> Result<(), Cancelled> {
        let Found { certain, open } = self.find(query)?;
        match open {
            None => self.answer_certain(query, wanted, certain, tell),
            Some(open) => self.answer_open(query, wanted, certain, &open, tell),
        }
    }

    fn answer_certain(
        &self,
        query: &Query,
        wanted: AnswerKind,
        set: RoaringBitmap,
        tell: &mut dyn FnMut(PartialAnswer),
    ) -> Result<(), Cancelled> {
        let facets = Some(self.facets(query, &set)?);
        if wanted == AnswerKind::Counts {
            tell(PartialAnswer {
                set,
                rows: Vec::new(),
                facets,
                extent: AnswerExtent::Whole,
                seen: SeenValues::default(),
            });
            return Ok(());
        }
        let rows = self.first(query, &set, FIRST_ROWS)?;
        let is_whole = rows.len() as u64 == set.len();
        tell(PartialAnswer {
            set: set.clone(),
            rows,
            facets,
            extent: if is_whole {
                AnswerExtent::Whole
            } else {
                AnswerExtent::FirstRows
            },
            seen: SeenValues::default(),
        });
        if !is_whole {
            let rows = self.sorted(query, &set)?;
            tell(PartialAnswer {
                set,
                rows,
                facets: None,
                extent: AnswerExtent::Whole,
                seen: SeenValues::default(),
            });
        }
        Ok(())
    }

    /// Searches the files, newest first. Reports as soon as there is anything to see, and from time to time.
    fn answer_open(
        &self,
        query: &Query,
        wanted: AnswerKind,
        mut set: RoaringBitmap,
        open: &Undecided,
        tell: &mut dyn FnMut(PartialAnswer),
    ) -> Result<(), Cancelled> {
        let of = open.candidates.len();
        let candidates = self.sorted(&Query::default(), &open.candidates)?;
        let mut left = candidates.as_slice();
        loop {
            let begun = Instant::now();
            let is_empty = set.is_empty();
            while !left.is_empty() && begun.elapsed() < EVERY {
                self.go_on()?;
                let (now, later) = left.split_at(left.len().min(FILES * processors()));
                set |= self.decide(open, now);
                left = later;
                if is_empty && !set.is_empty() {
                    break;
                }
            }
            let looked = of - left.len() as u64;
            let rows = match wanted {
                AnswerKind::Rows => self.sorted(query, &set)?,
                AnswerKind::Counts => Vec::new(),
            };
            tell(PartialAnswer {
                facets: Some(self.facets(query, &set)?),
                set: set.clone(),
                rows,
                extent: if left.is_empty() {
                    AnswerExtent::Whole
                } else {
                    AnswerExtent::Bodies { looked, of }
                },
                seen: if left.is_empty() {
                    open.seen()
                } else {
                    SeenValues::default()
                },
            });
            if left.is_empty() {
                return Ok(());
            }
        }
    }

    /// Returns the candidates that their bodies select.
    fn decide(&self, open: &Undecided, candidates: &[ArticleId]) -> RoaringBitmap {
        let holds = |id: &&ArticleId| open.decide_file(self.articles.article(**id));
        let selected = |ids: &&[ArticleId]| -> RoaringBitmap {
            ids.iter().filter(holds).map(|id| id.row()).collect()
        };
        let selected = on_threads(processors(), &shares(candidates), selected);
        selected
            .into_iter()
            .fold(RoaringBitmap::new(), |all, some| all | some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, ReadDepth, Source};
    use crate::query::{Clock, Index, Marks, parse};

    fn answers(query: &str, wanted: AnswerKind) -> (Library, Vec<PartialAnswer>) {
        let library = Library::load(&Source::Sample, ReadDepth::List);
        let told = answers_in(&library, query, wanted);
        (library, told)
    }

    fn answers_in(library: &Library, query: &str, wanted: AnswerKind) -> Vec<PartialAnswer> {
        let clock = Clock {
            now: jiff::Timestamp::UNIX_EPOCH,
            zone: jiff::tz::TimeZone::UTC,
        };
        let mut told = Vec::new();
        let search = Search {
            articles: library.articles(),
            index: &Index::default(),
            marks: &Marks::default(),
            clock: &clock,
            cancelled: &|| false,
        };
        let query = parse(query).expect("a query");
        let outcome = search.answer(&query, wanted, &mut |answer| told.push(answer));
        outcome.expect("nobody cancels");
        told
    }

    #[test]
    fn the_last_part_has_every_row_in_its_order() {
        let (library, told) = answers("sort:title", AnswerKind::Rows);
        let last = told.last().expect("an answer");
        assert_eq!(last.extent, AnswerExtent::Whole);
        assert_eq!(last.rows.len(), library.len());
        let titles: Vec<String> = last
            .rows
            .iter()
            .map(|id| library.article(*id).title().to_lowercase())
            .collect();
        assert!(
            titles.windows(2).filter(|pair| pair[0] > pair[1]).count() < 3,
            "{titles:?}"
        );
    }

    #[test]
    fn bodies_are_looked_into_and_counted() {
        let (library, told) = answers("body:the", AnswerKind::Rows);
        let last = told.last().expect("an answer");
        assert_eq!(last.extent, AnswerExtent::Whole);
        assert!(!last.rows.is_empty() && last.rows.len() < library.len());
        assert_eq!(last.rows.len() as u64, last.set.len());
        assert!(last.facets.is_some());
    }

    #[test]
    fn the_first_articles_are_told_before_all_bodies_are_searched() {
        let folder = tempfile::tempdir().expect("a folder");
        for at in 0..FILES * processors() + 1 {
            let text = format!("---\ntitle: {at}\n---\nThe lighthouse.\n");
            std::fs::write(folder.path().join(format!("{at}.md")), text).expect("a file");
        }
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
        let library = Library::load(&source, ReadDepth::List);
        let told = answers_in(&library, "body:lighthouse", AnswerKind::Rows);
        let extents: Vec<AnswerExtent> = told.iter().map(|it| it.extent).collect();
        let of = library.len() as u64;
        let some = AnswerExtent::Bodies { looked: of - 1, of };
        assert_eq!(extents, [some, AnswerExtent::Whole]);
        assert_eq!(told[0].rows.len() as u64, of - 1);
    }

    #[test]
    fn counts_alone_have_no_rows() {
        let (library, told) = answers("", AnswerKind::Counts);
        assert_eq!(told.len(), 1);
        assert!(told[0].rows.is_empty());
        assert_eq!(told[0].set.len(), library.len() as u64);
    }
}
