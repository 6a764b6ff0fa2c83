//! A library in memory, without files, for benchmarks that start once the articles are loaded.
//! Words, providers and topics are drawn from fixed seeds by Zipf's law, as in real libraries.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use newsdesk::format::Headline;
use newsdesk::library::{Batch, FoundArticle, Library, RootFolder, Stamp};
use newsdesk::model::{Has, ListedFields, ListedFlag, ListedName, ListedNumber, Moment};

/// A library in memory, the same each time.
pub fn library(articles: usize) -> Library {
    library_where(articles, |_| false)
}

/// The same, but the articles with certain numbers retell the one before them, for another provider
/// and a day later.
pub fn library_where(articles: usize, tells_again: impl Fn(usize) -> bool) -> Library {
    let mut dice = Dice(0x5eed);
    let folder = Arc::new(RootFolder {
        path: PathBuf::from("generated"),
        relative: PathBuf::from("_news"),
        overrides: Arc::default(),
    });
    let words = Zipf::new(60_000);
    let providers = Zipf::new(2_000);
    let topics = Zipf::new(600);
    let mut library = Library::default();
    let mut last = Headline::default();
    for start in (0..articles).step_by(1000) {
        let found: Vec<Box<FoundArticle>> = (start..articles.min(start + 1000))
            .map(|number| {
                let own = headline(number, &mut dice, &words, &providers, &topics);
                last = match tells_again(number) {
                    true => again(&last, own),
                    false => own,
                };
                Box::new(FoundArticle::new(
                    Arc::clone(&folder),
                    OsString::from(format!("{number}.md")),
                    Stamp::default(),
                    last.clone(),
                ))
            })
            .collect();
        library.apply(Batch {
            files: found.len(),
            found,
            ..Batch::default()
        });
    }
    library
}

/// The article `own`, with the words of another.
fn again(told: &Headline, own: Headline) -> Headline {
    let day = |moment: Moment| Moment::instant(moment.at + SignedDuration::from_hours(24));
    Headline {
        title: format!("{} - {}", told.title, own.provider),
        excerpt: told.excerpt.clone(),
        published_at: told.published_at.map(day),
        ..own
    }
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
        listed: ListedFields::default()
            .with(ListedName::Kind, KINDS[dice.below(5) as usize].to_owned())
            .with(ListedNumber::Quality, dice.below(100) as i64)
            .with(ListedNumber::Heat, dice.below(50) as i64 - 1)
            .with(ListedFlag::Published, dice.below(3) > 0),
        published_at: day.ok().map(Moment::instant),
        has: if dice.below(4) > 0 {
            Has::IMAGE
        } else {
            Has::default()
        },
        original: format!("https://provider.example/news/{number}"),
        ..Headline::default()
    }
}

const KINDS: [&str; 5] = ["article", "article", "article", "video", "course"];

/// The word of a rank: the commonest are English, then trade terms, then made-up ones.
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

/// Ranks by Zipf's law: the second is half as frequent as the first.
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
