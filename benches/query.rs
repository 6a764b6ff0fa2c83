//! Measures how long a keystroke of a search takes over a generated library, as percentiles:
//!
//!     cargo bench --bench query                # 100,000 articles
//!     cargo bench --bench query -- 1000000
//!     cargo bench --bench query -- url:12 'quality>50'    # these queries alone
//!
//! A keystroke covers everything the search does from the text to the screen: parsing, finding, the first
//! 60 rows in order, the counts of all facets. Queries are typed prefix by prefix; a prefix that is not a
//! query yet, such as `topic:`, is left out. The library is drawn from fixed seeds: words, providers and
//! topics by Zipf's law, as in real ones.

mod figures;
#[path = "generate/memory.rs"]
mod memory;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use figures::{heading, number_or, print};
use jiff::tz::TimeZone;
use newsdesk::library::{ArticleId, Library};
use newsdesk::query::{Clock, Index, Marks, Query, Search, parse, similar};

const ROUNDS: usize = 5;
const PAGE: usize = 60;
/// How many articles to find similar ones for, and how many to find for each.
const SOME: usize = 2_000;
const TOP: usize = 10;

/// Queries answered from the index.
const WORDS: [&str; 14] = [
    "lidar",
    "lidar camera",
    "machine learning",
    "the",
    "a e i",
    "quantum OR robot",
    "-lidar sensor",
    "topic:vision",
    "provider:times the",
    "quality>50 is:unread",
    "date:2021-03..2021-05 lidar",
    "topic:=Robotics quality>50 -is:published sort:-quality",
    "has:image -(kind:video OR heat:=-1)",
    "title:sensor date:30d sort:-date",
];

/// Queries that scan texts.
const TEXTS: [&str; 6] = [
    "\"dar ca\"",
    "\"idar\"",
    "/l[ia]dar.*came/",
    "~lidr",
    "url:12",
    "sensor sort:title",
];

fn main() {
    figures::run("query", bench);
}

fn bench() {
    let articles = number_or(100_000);
    let library = memory::library(articles);
    let clock = Clock {
        now: "2022-01-01T00:00:00Z".parse().expect("a time"),
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
    };
    let start = Instant::now();
    let index = Index::default()
        .extended(library.articles(), &|| false)
        .expect("nobody cancels");
    index.bring_in(library.articles(), &clock);
    let built = start.elapsed();
    let search = Search {
        articles: library.articles(),
        index: &index,
        marks: &Marks::default(),
        clock: &clock,
        cancelled: &|| false,
    };
    println!("{articles} articles");
    println!(
        "index: {:.1} MB, built in {built:.2?}",
        index.bytes() as f64 / 1e6
    );
    let start = Instant::now();
    let snapshot = library.articles().clone();
    println!("snapshot: {:.2?} for {}", start.elapsed(), snapshot.len());
    heading("typed");
    let given = given();
    if !given.is_empty() {
        for typed in &given {
            print(typed, &mut typed_out(&search, typed));
        }
        return;
    }
    for (name, queries) in [
        ("from the index", &WORDS[..]),
        ("from the texts", &TEXTS[..]),
    ] {
        let mut all = Vec::new();
        for typed in queries {
            let mut times = typed_out(&search, typed);
            print(typed, &mut times);
            all.append(&mut times);
        }
        print(&format!("== {name}: {} keystrokes", all.len()), &mut all);
    }
    heading("found for an article");
    similar_articles(&library, &index);
}

/// The queries among the arguments.
fn given() -> Vec<String> {
    let is_query = |it: &String| it.parse::<usize>().is_err() && !it.starts_with("--");
    env::args().skip(1).filter(is_query).collect()
}

/// Finds the articles similar to some, spread over the library.
fn similar_articles(library: &Library, index: &Index) {
    let articles = library.articles();
    let words = index.words();
    let ids: Vec<ArticleId> = library.ids().collect();
    let some = ids.iter().step_by((ids.len() / SOME).max(1));
    let times = some.map(|id| {
        let start = Instant::now();
        black_box(similar(articles, &words, *id, TOP, &|| false).expect("nobody cancels"));
        start.elapsed()
    });
    let mut times: Vec<Duration> = times.collect();
    print(
        &format!("the {TOP} most similar, {} times", times.len()),
        &mut times,
    );
}

/// Runs a keystroke for each prefix of a text, several times.
fn typed_out(search: &Search<'_>, text: &str) -> Vec<Duration> {
    let prefixes = text
        .char_indices()
        .map(|(at, sign)| &text[..at + sign.len_utf8()]);
    let prefixes: Vec<&str> = prefixes.filter(|prefix| parse(prefix).is_ok()).collect();
    // The order by title is built once, on first use.
    keystroke(search, text);
    let rounds = (0..ROUNDS).flat_map(|_| prefixes.iter());
    rounds
        .map(|prefix| {
            let start = Instant::now();
            keystroke(search, prefix);
            start.elapsed()
        })
        .collect()
}

fn keystroke(search: &Search<'_>, text: &str) {
    let query: Query = parse(text).expect("a query");
    let found = search.find(&query).expect("nobody cancels").certain;
    black_box(search.first(&query, &found, PAGE).expect("nobody cancels"));
    black_box(search.facets(&query, &found).expect("nobody cancels"));
}
