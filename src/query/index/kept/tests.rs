//! The words that were kept, and what is found by them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::format::Headline;
use crate::format::fold::FOLDS;
use crate::library::snapshot::{self, MakesParts, Restored, SavedSnapshot};
use crate::library::{Batch, FoundArticle, Library, ReadDepth, Source, Stamp};
use crate::query::text::{Anchor, Needle};
use crate::query::words::{Coverage, FoundRows};
use crate::query::{Clock, FacetField, Marks, Search, Similar, parse, similar};

fn clock() -> Clock {
    Clock {
        now: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
    }
}

fn source() -> Source {
    let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds"));
    Source::new(&[seeds]).expect("a source")
}

/// The sample library, saved with these parts in a folder.
fn saved_in(cache: &Path, beside: &MakesParts) -> (Library, SavedSnapshot) {
    let library = Library::load(&source(), ReadDepth::List);
    let saved = snapshot::keep_with(&library.picture(), &source(), cache, beside);
    (library, saved.expect("it is saved").expect("a snapshot"))
}

/// The sample library, saved with these parts.
fn saved(beside: &MakesParts) -> (Library, SavedSnapshot) {
    let cache = tempfile::tempdir().expect("a folder");
    saved_in(cache.path(), beside)
}

/// The sample library as it comes back from a snapshot with these parts.
fn restored(beside: &MakesParts) -> Restored {
    let cache = tempfile::tempdir().expect("a folder");
    saved_in(cache.path(), beside);
    snapshot::restore(&source(), cache.path()).expect("what was saved")
}

#[test]
fn a_kept_index_answers_as_one_that_is_made() {
    let restored = restored(&parts);
    let clock = clock();
    let kept = Index::from_kept(&restored.beside()).expect("an index");
    let articles = restored.library.articles();
    let made = Index::default().extended(articles, &|| false);
    let made = made.expect("nobody cancels");
    made.bring_in(articles, &clock);
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

#[test]
fn what_begins_like_a_word_is_found_without_reading_all_words() {
    let folder = tempfile::tempdir().expect("a folder");
    for at in 0..300 {
        let words = (0..10).map(|word| format!("{:x} ", (at * 10 + word) * 7_919));
        let text = format!(
            "---\ntitle: {at}\nexcerpt: the {}\n---\n",
            words.collect::<String>()
        );
        std::fs::write(folder.path().join(format!("{at}.md")), text).expect("a file");
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
    let picture = Library::load(&source, ReadDepth::List).picture();
    let cache = tempfile::tempdir().expect("a folder");
    let saved = snapshot::keep_with(&picture, &source, cache.path(), &parts);
    let saved = saved.expect("it is saved").expect("a snapshot");
    let words = KeptWords::new(saved.beside).expect("words");
    let text = &words.runs[0].excerpt;
    assert!(text.table.firsts.len() > 5, "there are blocks to leave out");
    let all = text.all().expect("words");
    let found = |needle: &Needle, find: &dyn Fn(&Needle, u32, &mut FoundRows) -> Coverage| {
        let mut found = FoundRows::new(text.count);
        let coverage = find(needle, 0, &mut found);
        (coverage, found.sure.into_set(), found.maybe.into_set())
    };
    let firsts = text.table.firsts.iter().map(String::as_str);
    let starts = firsts.flat_map(|first| {
        let cuts = first.char_indices().skip(1).map(|(at, _)| &first[..at]);
        cuts.chain([first])
    });
    for start in starts.chain(["a b", "the rob", "zzz", "0"]) {
        for anchor in [Anchor::Word, Anchor::Anywhere] {
            let needle = Needle::new(start, anchor);
            let late = LateWords::kept(text.clone());
            let by_block = found(&needle, &|it, first, rows| late.find(it, first, rows));
            let by_all = found(&needle, &|it, first, rows| all.find(it, first, rows));
            assert_eq!(by_block, by_all, "{start} {anchor:?}");
            let is_alone = anchor == Anchor::Word && start.starts_with(char::is_alphanumeric);
            assert_eq!(late.bytes() == 0, is_alone, "{start} {anchor:?}");
        }
    }
}

#[test]
fn damaged_words_find_as_much_as_none() {
    let restored = restored(&|articles, rows| {
        let mut parts = parts(articles, rows);
        parts.iter_mut().skip(1).for_each(|part| part.reverse());
        parts
    });
    let index = Index::from_kept(&restored.beside()).expect("a table");
    let none = Index::default();
    let [damaged, without] = [&index, &none].map(|index| {
        [
            "the", "the ai", "title:ro", "\"obo\"", "~robotic", "/ro.*t/",
        ]
        .map(|query| {
            let search = Search {
                articles: restored.library.articles(),
                index,
                marks: &Marks::default(),
                clock: &clock(),
                cancelled: &|| false,
            };
            let query = parse(query).expect("a query");
            search.find(&query).expect("nobody cancels").certain
        })
    });
    assert_eq!(damaged, without);
    assert!(!index.bring_in_words());
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
        15_390_505_129_080_803_489,
        "texts are folded or cut differently: increment FORMAT in library/snapshot/header.rs, \
         and put the new number here"
    );
}

fn rewrite(library: &mut Library, id: ArticleId, title: &str) {
    let article = library.article(id);
    let folder = Arc::new(article.folder().clone());
    let name = article.file_name().into_owned();
    let headline = Headline {
        title: title.to_owned(),
        ..Headline::default()
    };
    let found = FoundArticle::new(folder, name, Stamp::default(), headline);
    library.apply(Batch {
        found: vec![Box::new(found)],
        ..Batch::default()
    });
}

/// Finds the articles similar to each article of a library by kept words and by an index.
fn similar_both_ways(library: &Library, words: &KeptWords, index: &Index) -> [Vec<Similar>; 2] {
    let articles = library.articles();
    let stale = Arc::new(words.stale(articles).expect("few"));
    let found =
        |words: &WordRuns, id| similar(articles, words, id, 20, &|| false).expect("nobody cancels");
    let kept = library.ids().flat_map(|id| {
        let words = words.of_article(articles, id, &stale);
        found(&words.expect("its words"), id)
    });
    let indexed = library.ids().flat_map(|id| found(&index.words(), id));
    [kept.collect(), indexed.collect()]
}

#[test]
fn similar_articles_are_the_same_without_an_index() {
    let restored = restored(&parts);
    let mut library = restored.library.clone();
    let words = KeptWords::new(restored.beside()).expect("words");
    let index = words.index().expect("an index");
    let [kept, indexed] = similar_both_ways(&library, &words, &index);
    assert!(kept.len() > 10);
    assert_eq!(kept, indexed);

    let title = library.article(ArticleId::from_row(3)).title().into_owned();
    rewrite(&mut library, ArticleId::from_row(0), &title);
    let index = index.patched(words.articles(), library.articles(), &clock());
    let [now, indexed] = similar_both_ways(&library, &words, &index.expect("few changes"));
    assert_ne!(now, kept);
    assert_eq!(now, indexed);
}

#[test]
fn similar_articles_are_the_same_right_after_the_library_was_saved() {
    let (library, saved) = saved(&parts);
    let words = KeptWords::new(saved.beside).expect("words");
    assert!(words.beside.order().is_some(), "the newest are saved first");
    assert!(words.index().is_none(), "rows are in another order");
    let index = Index::default().extended(library.articles(), &|| false);
    let [kept, indexed] = similar_both_ways(&library, &words, &index.expect("nobody cancels"));
    assert_eq!(kept, indexed);
}

#[test]
fn without_what_was_kept_there_is_no_index() {
    let none = restored(&|_, _| Vec::new());
    assert!(Index::from_kept(&none.beside()).is_none());
    let other = restored(&|_, _| vec![b"something else".to_vec()]);
    assert!(Index::from_kept(&other.beside()).is_none());
    let more = restored(&|articles, rows| {
        let mut all = parts(articles, rows);
        all.push(vec![0]);
        all
    });
    assert!(Index::from_kept(&more.beside()).is_none());
}
