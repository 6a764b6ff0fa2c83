//! Whether two articles tell the same story, on pairs that were labelled by hand: half of them the
//! same news told by two providers, half of them pairs that only look alike. Prints precision and
//! recall.

mod binding;

use std::fs;
use std::path::Path;

use newsdesk::library::{Library, ReadDepth, Source, Stories, StoryWishes};

const PAIRS: &str = include_str!("pairs.tsv");

/// The least precision and recall: the share of joined pairs that belong together, and the share of
/// pairs belonging together that are joined.
const PRECISION: f64 = 0.98;
const RECALL: f64 = 0.8;

struct Pair {
    same: bool,
    days: i64,
    /// Title and excerpt of both.
    told: [(&'static str, &'static str); 2],
}

fn pairs() -> Vec<Pair> {
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [label, days, a, a_text, b, b_text] = cells[..] else {
                panic!("not six cells: {line}");
            };
            Pair {
                same: label == "same",
                days: days.parse().expect("a number of days"),
                told: [(a, a_text), (b, b_text)],
            }
        })
        .collect()
}

/// Whether the two become one story in a library of their own.
fn is_joined(pair: &Pair) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let first: jiff::civil::Date = "2021-03-01".parse().expect("a date");
    let dates = [first, first + jiff::Span::new().days(pair.days)];
    for (at, ((title, excerpt), date)) in pair.told.iter().zip(dates).enumerate() {
        let quoted = |text: &str| serde_json::to_string(text).expect("a text");
        let text = format!(
            "---\ntitle: {}\nexcerpt: {}\npublishedDateTime: {date}\nprovider:\n  name: P{at}\n---\n",
            quoted(title),
            quoted(excerpt),
        );
        write(folder.path(), &format!("{at}.md"), &text);
    }
    let source = Source::new(&[folder.path().to_path_buf()]).expect("a source");
    let library = Library::load(&source, ReadDepth::List);
    assert_eq!(library.len(), 2, "both are articles");
    !Stories::new(library.articles(), &StoryWishes::default()).is_empty()
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file");
}

#[test]
fn stories_are_precise_before_they_are_complete() {
    let pairs = pairs();
    assert!(pairs.len() >= 200, "{} pairs", pairs.len());
    let (mut joined, mut right, mut same) = (0, 0, 0);
    for pair in &pairs {
        let is_joined = is_joined(pair);
        same += usize::from(pair.same);
        joined += usize::from(is_joined);
        right += usize::from(is_joined && pair.same);
        if is_joined != pair.same {
            let what = if pair.same { "missed" } else { "wrong" };
            println!("{what}: {} / {}", pair.told[0].0, pair.told[1].0);
        }
    }
    let precision = right as f64 / joined.max(1) as f64;
    let recall = right as f64 / same as f64;
    println!(
        "{} pairs: precision {precision:.3}, recall {recall:.3}",
        pairs.len()
    );
    assert!(precision >= PRECISION, "precision {precision:.3}");
    assert!(recall >= RECALL, "recall {recall:.3}");
}
