//! What `stats` counts, compared with `facets` and `count`, and how it draws it.

use serde_json::{Value, json};

use crate::case::Case;

fn article(title: &str, date: &str, topics: &str, provider: &str) -> String {
    format!(
        "---\ntitle: {title}\npublishedDateTime: {date}\ntopics: [{topics}]\nauthor: Ada\n\
         provider:\n  name: {provider}\n  domain: example.org\n---\nBody.\n"
    )
}

fn four() -> Case {
    Case::new()
        .file("a.md", article("A", "2021-01-05", "ai, robots", "Nature"))
        .file("b.md", article("B", "2021-01-20", "ai", "Nature"))
        .file("c.md", article("C", "2021-04-01", "ai", "Reuters"))
        .file("d.md", article("D", "2023-09-01", "law", "Reuters"))
}

#[test]
fn bars_are_drawn_of_each_field_with_the_months_in_their_order() {
    let case = four();
    let run = case.run(&["stats", "--by", "month,topic", "site"]);
    let bar = |count: usize, most: usize, before: usize| "#".repeat((78 - before) * count / most);
    let expected = format!(
        "4 articles\n\nMONTH\n2021-01  2  {}\n2021-02  0\n2021-03  0\n2021-04  1  {}\n      :\n\
         2023-09  1  {}\n\nTOPIC\nai      3  {}\nlaw     1  {}\nrobots  1  {}\n",
        bar(2, 2, 12),
        bar(1, 2, 12),
        bar(1, 2, 12),
        bar(3, 3, 11),
        bar(1, 3, 11),
        bar(1, 3, 11),
    );
    assert_eq!(run.printed(), expected);
}

#[test]
fn its_json_has_what_facets_counts() {
    let case = four();
    let run = case.run(&["stats", "--format", "json", "-q", "topic:ai", "site"]);
    let stats = run.json();
    assert_eq!(stats["articles"], 3);
    let names: Vec<&String> = stats.as_object().expect("an object").keys().collect();
    assert_eq!(
        names,
        ["articles", "month", "topic", "provider", "mark", "author"]
    );
    for by in ["topic", "provider", "mark", "author"] {
        let facets = case.run(&[
            "facets", "--by", by, "--format", "json", "-q", "topic:ai", "site",
        ]);
        assert_eq!(stats[by], facets.json(), "{by}");
    }
    let months = json!([{"value": "2021-01", "count": 2}, {"value": "2021-04", "count": 1}]);
    assert_eq!(stats["month"], months);
}

#[test]
fn a_limit_keeps_the_most_frequent_and_says_what_is_left() {
    let case = four();
    let limited = ["stats", "--by", "topic,month", "--limit", "1", "site"];
    let run = case.run(&limited);
    let out = run.printed();
    assert!(out.contains("\nai ") && !out.contains("robots"), "{out}");
    assert!(
        out.contains("and 2 more; `--by topic --limit 3` shows all"),
        "{out}"
    );
    assert!(out.contains("2023-09") && !out.contains("2021"), "{out}");
    let run = case.run(&[&limited[..], &["--format", "json"]].concat());
    let count = |by: &str| run.json()[by].as_array().map(Vec::len);
    assert_eq!((count("topic"), count("month")), (Some(1), Some(1)));
}

#[test]
fn marks_are_counted_from_the_desk() {
    let case = four();
    case.run(&["mark", "-q", "provider:nature", "--star", "site"])
        .printed();
    let run = case.run(&["stats", "--by", "mark", "--format", "json", "site"]);
    let starred = json!({"value": "starred", "count": 2});
    let marks: Value = run.json()["mark"].clone();
    assert!(
        marks.as_array().is_some_and(|it| it.contains(&starred)),
        "{marks}"
    );
}

#[test]
fn of_nothing_there_is_nothing_to_draw() {
    let case = four();
    let run = case.run(&["stats", "-q", "title:nowhere", "site"]);
    assert_eq!((run.code(), run.out()), (1, "0 articles\n"));
    case.run(&["stats", "--by", "weather", "site"])
        .is_refused_with_hint("weather");
    case.run(&["stats", "-q", "(", "site"])
        .is_refused_with_hint("(");
}
