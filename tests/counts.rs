//! The command line's numbers add up: `check` accounts for each file, and for any query `count`,
//! `list` and `facets` agree. Runs on the sample library, and on the library named by
//! `NEWSDESK_CORPUS`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::Value;

/// Queries per library, unless `NEWSDESK_QUERIES` says otherwise: each takes four runs of the
/// program.
const QUERIES: u32 = 12;

/// The libraries: arguments for each.
fn libraries() -> Vec<Vec<OsString>> {
    let corpus = std::env::var_os("NEWSDESK_CORPUS");
    std::iter::once(vec![])
        .chain(corpus.map(|it| vec![it]))
        .collect()
}

fn run(arguments: &[&str], library: &[OsString]) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_newsdesk"))
        .args(arguments)
        .args(library)
        .env_clear()
        .env("HOME", home.path())
        .current_dir(home.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{arguments:?}: {said}"
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(arguments: &[&str], library: &[OsString]) -> Value {
    serde_json::from_str(&run(arguments, library)).expect("JSON")
}

/// The articles that a query selects, as objects.
fn listed(query: &str, library: &[OsString]) -> Vec<Value> {
    let list = json(&["list", "--format", "json", "-q", query], library);
    list.as_array().expect("a list").clone()
}

fn counted(query: &str, library: &[OsString]) -> usize {
    let count = run(&["count", "-q", query], library);
    count.trim().parse().expect("a number")
}

#[test]
fn every_file_is_accounted_for() {
    for library in libraries() {
        let report = json(&["check", "--format", "json"], &library);
        let count = |name: &str| report["count"][name].as_u64().expect("a number") as usize;
        assert_eq!(
            count("files"),
            count("articles") + count("errors") + count("skipped")
        );
        assert_eq!(
            report["skipped"].as_array().expect("a list").len(),
            count("skipped")
        );
        assert_eq!(counted("", &library), count("articles"));
        let paths: BTreeSet<String> = listed("", &library)
            .iter()
            .map(|article| article["path"].to_string())
            .collect();
        assert_eq!(paths.len(), count("articles"), "a path is there twice");
    }
}

/// One condition of most kinds.
fn term() -> impl Strategy<Value = String> {
    const TERMS: &[&str] = &[
        "learning",
        "\"machine learning\"",
        "title:the",
        "topic:ai",
        "topic:=AI",
        "kind:video",
        "kind:article",
        "provider:a",
        "quality>40",
        "quality<=39",
        "quality:20..60",
        "heat:-1",
        "date:2021",
        "date:2022-01..",
        "date<2021-12",
        "is:published",
        "is:unpublished",
        "is:inbox",
        "is:unread",
        "has:image",
        "has:related",
        "has:body",
        "has:video",
        "body:data",
        "/rob.t/",
        "~sensr",
        "path:news",
        "excerpt:new",
    ];
    (any::<bool>(), select(TERMS)).prop_map(|(not, term)| match not {
        true => format!("-{term}"),
        false => term.to_owned(),
    })
}

fn query() -> impl Strategy<Value = String> {
    let joined = prop::collection::vec((term(), select(vec![" ", " OR "])), 1..4);
    joined.prop_map(|parts| {
        let parts: Vec<String> = parts.into_iter().map(|(term, by)| term + by).collect();
        parts.concat().trim_end_matches([' ', 'O', 'R']).to_owned()
    })
}

#[test]
fn what_is_listed_is_what_is_counted() {
    let told = std::env::var("NEWSDESK_QUERIES").ok();
    let config = ProptestConfig {
        cases: told.map_or(QUERIES, |told| told.parse().expect("a number")),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    for library in libraries() {
        let all = counted("", &library);
        let asked = TestRunner::new(config.clone()).run(&query(), |query| {
            adds_up(&query, &library, all);
            Ok(())
        });
        asked.unwrap_or_else(|error| panic!("{library:?}: {error}"));
    }
}

fn adds_up(query: &str, library: &[OsString], all: usize) {
    let articles = listed(query, library);
    assert_eq!(counted(query, library), articles.len(), "{query}");
    let others = counted(&format!("-({query})"), library);
    assert_eq!(articles.len() + others, all, "{query} and its opposite");

    let facets = json(
        &["facets", "--by", "topic", "--format", "json", "-q", query],
        library,
    );
    let told: BTreeMap<String, u64> = facets
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            (
                it["value"].as_str().expect("a text").to_owned(),
                it["count"].as_u64().expect("a number"),
            )
        })
        .collect();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for article in &articles {
        let topics = article["topics"].as_array().into_iter().flatten();
        let topics: BTreeSet<&str> = topics.filter_map(Value::as_str).collect();
        for topic in topics {
            *found.entry(topic.to_owned()).or_default() += 1;
        }
    }
    assert_eq!(told, found, "{query}");
}
