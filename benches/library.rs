//! Measures how long it takes to parse an article and to load a library: `cargo bench --bench
//! library`, or with a million articles `cargo bench --bench library -- 1000000`. What the figures mean is in
//! docs/performance.md.

#[expect(dead_code, reason = "the benchmark library prints its own lines")]
mod figures;
mod generate;
mod hugo;
mod sizes;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use hugo::Front;
use newsdesk::format::{self, Conventions};
use newsdesk::library::{Library, ReadDepth, Scanner, Source};
use newsdesk::query;
use sizes::sizes;

/// How many articles, unless a number is given.
const USUAL: [u64; 2] = [10_000, 100_000];

fn main() {
    figures::run("library", sizes::run);
}

/// Parses an article with the line scanner alone.
#[divan::bench]
fn parse_by_lines(bencher: Bencher<'_, '_>) {
    let file = generate::article(1);
    bencher.counter(BytesCount::of_str(&file.text)).bench(|| {
        format::scan(
            "a.md",
            divan::black_box(file.text.as_bytes()),
            &Conventions::default(),
        )
    });
}

/// Parses a post of a Hugo site with the line scanner alone.
#[divan::bench(args = [Front::Yaml, Front::Toml])]
fn parse_hugo_by_lines(bencher: Bencher<'_, '_>, front: Front) {
    let file = hugo::post(1, front);
    bencher.counter(BytesCount::of_str(&file.text)).bench(|| {
        format::scan(
            "a.md",
            divan::black_box(file.text.as_bytes()),
            &Conventions::default(),
        )
    });
}

/// Parses the same article with the YAML library, with all its fields.
#[divan::bench]
fn parse_in_full(bencher: Bencher<'_, '_>) {
    let file = generate::article(1);
    bencher.counter(BytesCount::of_str(&file.text)).bench(|| {
        format::read(
            Path::new("a.md"),
            divan::black_box(file.text.as_bytes()),
            &Conventions::default(),
        )
    });
}

/// Loads a library from its files, which are in the page cache.
#[divan::bench(args = sizes(&USUAL), sample_count = 5, sample_size = 1)]
fn load_cold(bencher: Bencher<'_, '_>, articles: u64) {
    let root = tempfile::tempdir().expect("a folder for the library");
    generate::write(root.path(), articles).expect("room for the library");
    let source = Source::new(&[root.path().to_path_buf()]).expect("the library just written");
    bencher.counter(ItemsCount::new(articles)).bench(|| {
        let library = Library::load(&source, ReadDepth::List);
        assert_eq!(library.len() as u64, articles);
        library
    });
}

/// Loads a Hugo site from its files.
#[divan::bench(args = [Front::Yaml, Front::Toml], sample_count = 5, sample_size = 1)]
fn load_hugo(bencher: Bencher<'_, '_>, front: Front) {
    const POSTS: u64 = 100_000;
    let root = tempfile::tempdir().expect("a folder for the site");
    hugo::write_site(root.path(), POSTS, front).expect("room for the site");
    let source = Source::new(&[root.path().to_path_buf()]).expect("the site just written");
    bencher.counter(ItemsCount::new(POSTS)).bench(|| {
        let library = Library::load(&source, ReadDepth::List);
        assert_eq!(library.len() as u64, POSTS);
        library
    });
}

/// Searches all bodies for a word that none contains, with the files in the page cache.
#[divan::bench(args = sizes(&USUAL), sample_count = 5, sample_size = 1)]
fn search_bodies(bencher: Bencher<'_, '_>, articles: u64) {
    let root = tempfile::tempdir().expect("a folder for the library");
    generate::write(root.path(), articles).expect("room for the library");
    let source = Source::new(&[root.path().to_path_buf()]).expect("the library just written");
    let library = Library::load(&source, ReadDepth::List);
    let query = query::parse("body:unfindable").expect("a query");
    let clock = query::Clock {
        now: jiff::Timestamp::UNIX_EPOCH,
        zone: jiff::tz::TimeZone::UTC,
    };
    let search = query::Search {
        articles: library.articles(),
        index: &query::Index::default(),
        marks: &query::Marks::default(),
        clock: &clock,
        cancelled: &|| false,
    };
    bencher
        .counter(ItemsCount::new(articles))
        .bench_local(|| search.all(&query).expect("nobody cancels"));
}

/// A library and its scanner, after the first load.
fn kept(articles: u64) -> (tempfile::TempDir, Scanner) {
    let root = tempfile::tempdir().expect("a folder for the library");
    generate::write(root.path(), articles).expect("room for the library");
    let source = Source::new(&[root.path().to_path_buf()]).expect("the library just written");
    let mut scanner = Scanner::new(source, ReadDepth::List);
    look_at_all(&mut scanner);
    (root, scanner)
}

fn look_at_all(scanner: &mut Scanner) {
    scanner
        .pass(&AtomicBool::new(false), &|_| {})
        .expect("the library is there");
}

/// Scans all files, none of which has changed.
#[divan::bench(args = sizes(&USUAL), sample_count = 5, sample_size = 1)]
fn look_again(bencher: Bencher<'_, '_>, articles: u64) {
    let (_root, mut scanner) = kept(articles);
    bencher
        .counter(ItemsCount::new(articles))
        .bench_local(|| look_at_all(&mut scanner));
}

/// One of many files has changed: reads it, and applies the change to the library.
#[divan::bench(args = sizes(&USUAL), sample_count = 20, sample_size = 1)]
fn one_file_changed(bencher: Bencher<'_, '_>, articles: u64) {
    let (root, mut scanner) = kept(articles);
    let source = Source::new(&[root.path().to_path_buf()]).expect("the library just written");
    let mut library = Library::load(&source, ReadDepth::List);
    let path = library
        .article(library.ids().next().expect("an article"))
        .path();
    let files = BTreeSet::from([path.clone()]);
    let text = std::fs::read_to_string(&path).expect("the article");
    let mut round = 0;
    bencher.bench_local(|| {
        round += 1;
        let changed = text.replacen("title: ", &format!("title: Round {round} "), 1);
        std::fs::write(&path, changed).expect("the article is written");
        let batches = std::sync::Mutex::new(Vec::new());
        scanner.look(&files, &|batch| {
            batches.lock().expect("no panic").push(batch)
        });
        for batch in batches.into_inner().expect("no panic") {
            library.apply(batch);
        }
    });
}
