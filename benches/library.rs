//! How long it takes to parse an article and to load a library: `cargo bench --bench library`.
//! What is measured, and how it compares, stands in docs/performance.md.

mod generate;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use newsdesk::format;
use newsdesk::library::snapshot::{self, Restored};
use newsdesk::library::{Depth, Library, Scanner, Source};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// An article by the line scanner alone.
#[divan::bench]
fn parse_by_lines(bencher: Bencher<'_, '_>) {
    let file = generate::article(1);
    bencher
        .counter(BytesCount::of_str(&file.text))
        .bench(|| format::scan("a.md", divan::black_box(file.text.as_bytes())));
}

/// The same article by the YAML library, with all its fields.
#[divan::bench]
fn parse_in_full(bencher: Bencher<'_, '_>) {
    let file = generate::article(1);
    bencher
        .counter(BytesCount::of_str(&file.text))
        .bench(|| format::read(Path::new("a.md"), divan::black_box(file.text.as_bytes())));
}

/// A library on the disk, and what is kept of it.
struct Case {
    root: TempDir,
    source: Source,
}

impl Case {
    fn new(articles: u64) -> Self {
        let root = tempfile::tempdir().expect("a folder for the library");
        let news = root.path().join("news");
        generate::write(&news, articles).expect("room for the library");
        let source = Source::of(&[news]).expect("the library just written");
        Self { root, source }
    }

    fn cache(&self) -> PathBuf {
        self.root.path().join("cache")
    }

    fn keep(&self) {
        let library = Library::load(&self.source, Depth::List);
        snapshot::keep(&library.picture(), &self.source, &self.cache()).expect("room for it");
    }

    fn restore(&self) -> Restored {
        snapshot::restore(&self.source, &self.cache()).expect("what was kept")
    }
}

/// A library from its files, which lie in the page cache.
#[divan::bench(args = [10_000, 100_000], sample_count = 5, sample_size = 1)]
fn load_cold(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    bencher.counter(ItemsCount::new(articles)).bench(|| {
        let library = Library::load(&case.source, Depth::List);
        assert_eq!(library.len() as u64, articles);
        library
    });
}

/// A library from what was kept of it, so far that the first screen can be shown.
#[divan::bench(args = [10_000, 100_000], sample_count = 20, sample_size = 1)]
fn load_warm(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    case.keep();
    bencher.bench(|| case.restore());
}

/// All of it: the rest read, every checksum looked at, what is known of each file.
#[divan::bench(args = [10_000, 100_000], sample_count = 20, sample_size = 1)]
fn load_warm_whole(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    case.keep();
    bencher.counter(ItemsCount::new(articles)).bench(|| {
        let restored = case.restore();
        let ledger = restored.bring_in().expect("it is whole");
        (restored, ledger)
    });
}

/// What was kept, compared with files that are as they were.
#[divan::bench(args = [10_000, 100_000], sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    case.keep();
    bencher
        .counter(ItemsCount::new(articles))
        .with_inputs(|| case.restore().bring_in().expect("it is whole"))
        .bench_values(|ledger| {
            Scanner::with_ledger(case.source.clone(), Depth::List, ledger)
                .pass(&AtomicBool::new(false), &|batch| {
                    panic!("nothing has changed: {batch:?}")
                })
                .expect("the root is there")
        });
}

/// Writing what is to be kept.
#[divan::bench(args = [10_000, 100_000], sample_count = 5, sample_size = 1)]
fn keep(bencher: Bencher<'_, '_>, articles: u64) {
    let case = Case::new(articles);
    let library = Library::load(&case.source, Depth::List);
    bencher
        .counter(ItemsCount::new(articles))
        .with_inputs(|| library.picture())
        .bench_values(|picture| snapshot::keep(&picture, &case.source, &case.cache()));
}
