//! Measures how long it takes to start from a snapshot, and to save one: `cargo bench --bench
//! snapshot`. `look_again` in the bench `library` measures comparing it with the files afterwards.

#[expect(dead_code, reason = "the benchmark library prints its own lines")]
mod figures;
mod generate;
mod sizes;

use std::path::PathBuf;

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use newsdesk::library::snapshot::{self, Restored};
use newsdesk::library::{Library, ReadDepth, Source};
use newsdesk::query::{Clock, Index, kept};
use sizes::sizes;
use tempfile::TempDir;

/// How many articles, unless a number is given.
const USUAL: [u64; 2] = [10_000, 100_000];

fn main() {
    figures::run("snapshot", sizes::run);
}

/// A library on disk, and its snapshot.
struct Case {
    root: TempDir,
    source: Source,
}

impl Case {
    fn new(articles: u64) -> Self {
        let root = tempfile::tempdir().expect("a folder for the library");
        let news = root.path().join("news");
        generate::write(&news, articles).expect("room for the library");
        let source = Source::new(&[news]).expect("the library just written");
        Self { root, source }
    }

    fn cache(&self) -> PathBuf {
        self.root.path().join("cache")
    }

    fn keep(&self) {
        let library = Library::load(&self.source, ReadDepth::List);
        snapshot::keep(&library.picture(), &self.source, &self.cache()).expect("room for it");
    }

    fn restore(&self) -> Restored {
        snapshot::restore(&self.source, &self.cache()).expect("what was kept")
    }
}

/// Restores a library far enough to show the first screen.
#[divan::bench(args = sizes(&USUAL), sample_count = 20, sample_size = 1)]
fn load_warm(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    case.keep();
    bencher.bench(|| case.restore());
}

/// Restores all of it: reads the rest, verifies every checksum, builds the file index.
#[divan::bench(args = sizes(&USUAL), sample_count = 20, sample_size = 1)]
fn load_warm_whole(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    case.keep();
    bencher.counter(ItemsCount::new(articles)).bench(|| {
        let restored = case.restore();
        let file_index = restored.bring_in().expect("it is whole");
        (restored, file_index)
    });
}

/// Makes an index of the words kept with the library, as for the first search of a run.
#[divan::bench(args = sizes(&USUAL), sample_count = 20, sample_size = 1)]
fn index_from_kept(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    let picture = Library::load(&case.source, ReadDepth::List).picture();
    snapshot::keep_with(&picture, &case.source, &case.cache(), &kept::parts).expect("room for it");
    let restored = case.restore();
    restored.bring_in().expect("it is whole");
    let clock = Clock {
        now: Timestamp::now(),
        zone: TimeZone::system(),
    };
    bencher.bench(|| {
        let index = Index::from_kept(&restored.beside()).expect("an index");
        index.bring_in(restored.library.articles(), &clock);
        index
    });
}

/// Writes the snapshot.
#[divan::bench(args = sizes(&USUAL), sample_count = 5, sample_size = 1)]
fn keep(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    let library = Library::load(&case.source, ReadDepth::List);
    bencher
        .counter(ItemsCount::new(articles))
        .with_inputs(|| library.picture())
        .bench_values(|picture| snapshot::keep(&picture, &case.source, &case.cache()));
}
