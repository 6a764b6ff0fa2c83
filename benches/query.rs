//! How long a keystroke of a search takes over a generated library, as percentiles:
//!
//!     cargo bench --bench query                # 100,000 articles
//!     cargo bench --bench query -- 1000000
//!
//! A keystroke is what the search does from the text to the screen: parse, find, the first page of
//! 60 in order, all facets counted. Queries are typed prefix by prefix; a prefix that is not a query
//! yet, such as `topic:`, is left out. The library is drawn from fixed seeds: words, providers and topics
//! by Zipf's law, as in real ones.

use std::ffi::OsString;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use newsdesk::format::Headline;
use newsdesk::library::{Batch, Folder, Found, Library, Stamp};
use newsdesk::model::{Flags, Has, Moment};
use newsdesk::query::{Clock, Index, Marks, Query, Search, parse};

const ROUNDS: usize = 5;
const PAGE: usize = 60;

/// Queries that are answered from the index.
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

/// Queries that look at texts.
const TEXTS: [&str; 6] = [
    "\"dar ca\"",
    "\"idar\"",
    "/l[ia]dar.*came/",
    "~lidr",
    "url:12",
    "sensor sort:title",
];

fn main() {
    let articles = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(100_000);
    let library = generate(articles);
    let clock = Clock {
        now: "2022-01-01T00:00:00Z".parse().expect("a time"),
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
    };
    let start = Instant::now();
    let index = Index::default()
        .extended(library.articles(), &clock, &|| false)
        .expect("nobody cancels");
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
    println!("{:<56}{:>10}{:>10}{:>10}", "typed", "p50", "p99", "most");
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
}

/// A keystroke for each prefix of a text, several times over.
fn typed_out(search: &Search<'_>, text: &str) -> Vec<Duration> {
    let prefixes = text
        .char_indices()
        .map(|(at, sign)| &text[..at + sign.len_utf8()]);
    let prefixes: Vec<&str> = prefixes.filter(|prefix| parse(prefix).is_ok()).collect();
    // The order by title is made once, when it is first asked for.
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

fn print(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let shown = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    println!(
        "{name:<56}{:>10}{:>10}{:>10}",
        shown(at(0.5)),
        shown(at(0.99)),
        shown(at(1.0))
    );
}

/// A library in memory that is the same each time.
fn generate(articles: usize) -> Library {
    let mut dice = Dice(0x5eed);
    let folder = Arc::new(Folder {
        path: PathBuf::from("generated"),
        relative: PathBuf::from("_news"),
    });
    let words = Zipf::new(60_000);
    let providers = Zipf::new(2_000);
    let topics = Zipf::new(600);
    let mut library = Library::default();
    for start in (0..articles).step_by(1000) {
        let found: Vec<Box<Found>> = (start..articles.min(start + 1000))
            .map(|number| {
                Box::new(Found::new(
                    Arc::clone(&folder),
                    OsString::from(format!("{number}.md")),
                    Stamp::default(),
                    headline(number, &mut dice, &words, &providers, &topics),
                ))
            })
            .collect();
        library.take_in(Batch {
            files: found.len(),
            found,
            ..Batch::default()
        });
    }
    library
}

fn headline(
    number: usize,
    dice: &mut Dice,
    words: &Zipf,
    providers: &Zipf,
    topics: &Zipf,
) -> Headline {
    let text = |least: usize, more: usize, dice: &mut Dice| {
        let count = least + dice.below(more as u64) as usize;
        let words: Vec<String> = (0..count).map(|_| word(words.draw(dice))).collect();
        words.join(" ")
    };
    let title = text(6, 7, dice);
    let excerpt = text(25, 30, dice);
    let provider = provider(providers.draw(dice));
    let mut chosen: Vec<String> = (0..1 + dice.below(4))
        .map(|_| topic(topics.draw(dice)))
        .collect();
    chosen.sort_unstable();
    chosen.dedup();
    let day = Timestamp::from_second(1_640_995_200 - dice.below(5 * 365 * 86_400) as i64);
    Headline {
        title,
        excerpt,
        domain: format!("{}.example", provider.to_lowercase().replace(' ', "-")),
        provider,
        topics: chosen,
        kind: ["article", "article", "article", "video", "course"][dice.below(5) as usize]
            .to_owned(),
        published_at: day.ok().map(Moment::instant),
        quality: Some(dice.below(100) as i64),
        heat: Some(dice.below(50) as i64 - 1),
        flags: Flags {
            published: Some(dice.below(3) > 0),
            ..Flags::default()
        },
        has: if dice.below(4) > 0 {
            Has::IMAGE
        } else {
            Has::default()
        },
        original: format!("https://provider.example/news/{number}"),
        ..Headline::default()
    }
}

/// The word of a rank: the commonest are those of English, then those of the trade, then made up.
fn word(rank: usize) -> String {
    const COMMON: [&str; 40] = [
        "the", "of", "and", "to", "a", "in", "for", "is", "on", "with", "that", "as", "are", "it",
        "by", "an", "from", "at", "new", "be", "this", "its", "how", "data", "machine", "learning",
        "has", "will", "more", "can", "robot", "sensor", "quantum", "model", "camera", "research",
        "system", "lidar", "learn", "health",
    ];
    const SYLLABLES: [&str; 24] = [
        "ba", "con", "de", "er", "fi", "gra", "hu", "in", "ja", "ko", "li", "ma", "ne", "or", "pa",
        "qui", "re", "sta", "ti", "un", "ve", "wi", "xe", "zo",
    ];
    if let Some(word) = COMMON.get(rank) {
        return (*word).to_owned();
    }
    let mut word = String::new();
    let mut rest = rank * 7919 % 331_776;
    for _ in 0..2 + rank % 3 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest = rest / SYLLABLES.len() + rank;
    }
    word
}

fn provider(rank: usize) -> String {
    const ENDS: [&str; 5] = ["Times", "News", "Daily", "Review", "Labs"];
    format!("{} {}", word(40 + rank), ENDS[rank % ENDS.len()])
}

fn topic(rank: usize) -> String {
    const COMMON: [&str; 5] = [
        "AI",
        "Machine Learning",
        "Robotics",
        "Computer Vision",
        "AI in Healthcare",
    ];
    match COMMON.get(rank) {
        Some(topic) => (*topic).to_owned(),
        None => format!("{} {}", word(40 + rank), word(20 + rank % 20)),
    }
}

/// Ranks by Zipf's law: the second comes half as often as the first.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        let sums = (1..=ranks).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self(sums.collect())
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let total = self.0.last().copied().unwrap_or_default();
        let share = dice.below(1 << 32) as f64 / (1u64 << 32) as f64 * total;
        self.0.partition_point(|sum| *sum <= share)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough for drawing words.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ bits >> 31) % end
    }
}
