//! How long it takes to parse an article and to load a library: `cargo bench --bench library`.
//! What is measured, and how it compares, stands in docs/performance.md.

mod generate;

use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use newsdesk::format;
use newsdesk::library::{Depth, Library, Source};

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

/// A library from its files, which lie in the page cache.
#[divan::bench(args = [10_000, 100_000], sample_count = 5, sample_size = 1)]
fn load_cold(bencher: Bencher<'_, '_>, articles: u64) {
    let root = tempfile::tempdir().expect("a folder for the library");
    generate::write(root.path(), articles).expect("room for the library");
    let source = Source::of(&[root.path().to_path_buf()]).expect("the library just written");
    bencher.counter(ItemsCount::new(articles)).bench(|| {
        let library = Library::load(&source, Depth::List);
        assert_eq!(library.len() as u64, articles);
        library
    });
}
