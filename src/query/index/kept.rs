//! The words of an index kept beside the library, so that the first search of a run does not wait
//! for them to be collected. Everything else in an index depends on the time zone, or is made as
//! fast as it could be read.
//!
//! What is kept depends on how texts are folded and cut into words: the snapshot's format number must
//! be incremented when that changes.

use std::ops::Range;
use std::sync::Arc;

use super::Index;
use crate::library::snapshot::SavedBeside;
use crate::library::{Articles, on_all_processors};
use crate::query::dates::Clock;
use crate::query::segment::{Segment, collect};
use crate::query::words::{MAX_ROWS, Words};

/// The words of articles in the order of these rows, to be kept beside them.
pub fn parts(articles: &Articles, rows: &[u32]) -> Vec<Vec<u8>> {
    let runs: Vec<&[u32]> = rows.chunks(MAX_ROWS).collect();
    let part = |rows: &&[u32]| {
        let mut bytes = Vec::new();
        let (titles, excerpts) = collect(articles, rows.iter().copied());
        titles.write(&mut bytes);
        excerpts.write(&mut bytes);
        bytes
    };
    on_all_processors(&runs, part, &|| false).unwrap_or_default()
}

impl Index {
    /// The index of the articles that were saved, from what was kept beside them; `None` if that is
    /// missing or damaged. Until [`Self::bring_in`], only their words are in memory.
    pub fn from_kept(beside: &SavedBeside, clock: &Clock) -> Option<Self> {
        let articles = beside.articles();
        let all = articles.len() as u32;
        let runs: Vec<(usize, Range<u32>)> = (0..all)
            .step_by(MAX_ROWS)
            .map(|from| from..all.min(from + MAX_ROWS as u32))
            .enumerate()
            .collect();
        if runs.is_empty() || runs.len() != beside.count() {
            return None;
        }
        let segment = |(part, rows): &(usize, Range<u32>)| {
            let bytes = beside.part(*part)?;
            let mut left = bytes.as_slice();
            let titles = Words::read(&mut left, rows.len())?;
            let excerpts = Words::read(&mut left, rows.len())?;
            let words = (titles, excerpts);
            left.is_empty()
                .then(|| Arc::new(Segment::with_words(articles, rows.clone(), words, clock)))
        };
        let segments = on_all_processors(&runs, segment, &|| false)?;
        let segments: Vec<_> = segments.into_iter().collect::<Option<_>>()?;
        Some(Self::default().joined(Vec::new(), segments, articles, clock))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::format::fold::FOLDS;
    use crate::library::snapshot::{self, MakesParts, Restored};
    use crate::library::{ArticleId, Library, ReadDepth, Source};
    use crate::query::{FacetField, Marks, Search, parse};

    fn clock() -> Clock {
        Clock {
            now: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
        }
    }

    /// The sample library as it comes back from a snapshot with these parts.
    fn restored(beside: &MakesParts) -> Restored {
        let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
        let source = Source::new(&[seeds]).expect("a source");
        let picture = Library::load(&source, ReadDepth::List).picture();
        let cache = tempfile::tempdir().expect("a folder");
        let kept = snapshot::keep_with(&picture, &source, cache.path(), beside);
        assert!(kept.expect("it is saved").is_some());
        snapshot::restore(&source, cache.path()).expect("what was saved")
    }

    #[test]
    fn a_kept_index_answers_as_one_that_is_made() {
        let restored = restored(&parts);
        let clock = clock();
        let kept = Index::from_kept(&restored.beside(), &clock).expect("an index");
        let articles = restored.library.articles();
        let made = Index::default().extended(articles, &clock, &|| false);
        let made = made.expect("nobody cancels");
        assert_eq!(kept.len(), articles.len());
        let answer = |index: &Index, query: &str| {
            let search = Search {
                articles,
                index,
                marks: &Marks::default(),
                clock: &clock,
                cancelled: &|| false,
            };
            let query = parse(query).expect("a query");
            let found = search.find(&query).expect("nobody cancels").certain;
            let facets = search.facets(&query, &found).expect("nobody cancels");
            let rows: Vec<ArticleId> = search.sorted(&query, &found).expect("nobody cancels");
            let tallies: Vec<Vec<(String, u64)>> = FacetField::all()
                .filter_map(|field| facets.tallies(field))
                .map(|it| {
                    it.iter()
                        .map(|it| (it.value.into_owned(), it.count))
                        .collect()
                })
                .collect();
            (rows, tallies)
        };
        for query in [
            "",
            "the",
            "the ai",
            "title:ro",
            "-data sort:title",
            "~robotic",
            "is:published",
        ] {
            assert_eq!(answer(&kept, query), answer(&made, query), "{query}");
        }
        assert!(!answer(&kept, "the").0.is_empty());
    }

    /// What is kept is read by later builds: they must fold and cut texts as this one does.
    #[test]
    fn what_is_kept_of_a_text_is_the_same_as_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        for (at, (_, a, b)) in FOLDS.iter().enumerate() {
            let quoted = |text: &str| serde_json::to_string(text).expect("a text");
            let text = format!(
                "---\ntitle: {}\nexcerpt: {}\n---\n",
                quoted(a),
                quoted(&format!("{b} 東京 ราคา don’t 3.10")),
            );
            std::fs::write(folder.path().join(format!("{at:02}.md")), text).expect("a file");
        }
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
        let library = Library::load(&source, ReadDepth::List);
        let mut rows: Vec<u32> = library.ids().map(ArticleId::row).collect();
        rows.sort_by_key(|row| {
            library
                .article(ArticleId::from_row(*row))
                .file_name()
                .into_owned()
        });
        assert_eq!(rows.len(), FOLDS.len());
        let kept = parts(library.articles(), &rows).concat();
        assert_eq!(
            xxhash_rust::xxh3::xxh3_64(&kept),
            7_195_957_063_632_978_366,
            "texts are folded or cut differently: increment FORMAT in library/snapshot/header.rs, \
             and put the new number here"
        );
    }

    #[test]
    fn without_what_was_kept_there_is_no_index() {
        let clock = clock();
        let none = restored(&|_, _| Vec::new());
        assert!(Index::from_kept(&none.beside(), &clock).is_none());
        let other = restored(&|_, _| vec![b"something else".to_vec()]);
        assert!(Index::from_kept(&other.beside(), &clock).is_none());
        let more = restored(&|articles, rows| {
            let mut all = parts(articles, rows);
            all[0].push(0);
            all
        });
        assert!(Index::from_kept(&more.beside(), &clock).is_none());
    }
}
