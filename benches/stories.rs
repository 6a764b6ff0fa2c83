//! How long it takes to group a generated library into stories, of which every tenth article tells what
//! another does:
//!
//!     cargo bench --bench stories                # 100,000 articles
//!     cargo bench --bench stories -- 1000000

mod figures;
#[path = "generate/memory.rs"]
mod memory;

use std::hint::black_box;
use std::time::Instant;

use figures::{heading, print};
use newsdesk::library::{Stories, Wishes};

const ROUNDS: usize = 7;

fn main() {
    let articles = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(100_000);
    let library = memory::library_where(articles, |number| number % 10 == 9);
    let stories = Stories::new(library.articles(), &Wishes::default());
    println!(
        "{articles} articles, {} stories; {:.1} MB kept",
        stories.len(),
        stories.bytes() as f64 / 1e6
    );
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(Stories::new(library.articles(), &Wishes::default()));
            start.elapsed()
        })
        .collect();
    heading("grouped");
    print("all of them", &mut times);
}
