//! Measures how long it takes to group a generated library into stories. Every tenth article retells
//! another:
//!
//!     cargo bench --bench stories                # 100,000 articles
//!     cargo bench --bench stories -- 1000000

mod figures;
#[expect(dead_code, reason = "other benchmarks use a library without stories")]
#[path = "generate/memory.rs"]
mod memory;

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use figures::{heading, number_or, print};
use jiff::Timestamp;
use newsdesk::format::Headline;
use newsdesk::library::{Batch, FoundArticle, Library, RootFolder, Stamp, Stories, StoryWishes};
use newsdesk::model::Moment;

const ROUNDS: usize = 7;

fn main() {
    figures::run("stories", bench);
}

fn bench() {
    let articles = number_or(100_000);
    let mut library = memory::library_where(articles, |number| number % 10 == 9);
    let stories = Stories::new(library.articles(), &StoryWishes::default());
    println!(
        "{articles} articles, {} stories; {:.1} MB kept",
        stories.len(),
        stories.bytes() as f64 / 1e6
    );
    heading("grouped");
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            timed(|| {
                black_box(Stories::new(library.articles(), &StoryWishes::default()));
            })
        })
        .collect();
    print("all of them", &mut times);
    let group = |library: &Library| {
        black_box(library.articles().stories(&|| false));
    };
    group(&library);
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|round| {
            library.apply(one_more(round));
            timed(|| group(&library))
        })
        .collect();
    print("one more article", &mut times);
}

/// A batch with one article from the last day of the library.
fn one_more(number: usize) -> Batch {
    let folder = RootFolder {
        path: PathBuf::from("generated"),
        relative: PathBuf::from("_news"),
        overrides: Arc::default(),
    };
    let headline = Headline {
        title: format!("Number {number} of those that come while somebody reads"),
        provider: "The Last Times".to_owned(),
        published_at: Timestamp::from_second(1_640_995_200)
            .ok()
            .map(Moment::instant),
        ..Headline::default()
    };
    let name = format!("one-more-{number}.md").into();
    let found = FoundArticle::new(Arc::new(folder), name, Stamp::default(), headline);
    Batch {
        files: 1,
        found: vec![Box::new(found)],
        ..Batch::default()
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
