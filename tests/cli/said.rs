//! What JSON, `--fields`, views and facets say about an article, compared with the files parsed
//! another way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::case::Case;

/// What JSON has that is not in the front matter.
const OWN: [&str; 9] = [
    "id",
    "path",
    "hasBody",
    "words",
    "meta",
    "marks",
    "categories",
    "authors",
    "lang",
];
/// What is read by a rule, under its name.
const READ: [&str; 6] = [
    "title",
    "publishedDateTime",
    "updatedDateTime",
    "originalUrl",
    "topics",
    "provider",
];
/// What is printed as it is in the file; every other field is under `meta`.
const KEPT: [&str; 27] = [
    "excerpt",
    "category",
    "type",
    "quality",
    "heat",
    "published",
    "removed",
    "deleted",
    "bio",
    "webUrl",
    "ampWebUrl",
    "cdnAmpWebUrl",
    "website",
    "levels",
    "images",
    "related",
    "items",
    "length",
    "price",
    "ratings",
    "actions",
    "members",
    "twitter",
    "linkedin",
    "affiliation",
    "location",
    "featuredContent",
];

/// The front matter of a file, as the YAML library alone parses it, and the rest.
fn front_matter(path: &Path) -> (Map<String, Value>, String) {
    let text = fs::read_to_string(path)
        .expect("UTF-8")
        .replace("\r\n", "\n");
    let text = text.strip_prefix("---\n").unwrap_or(&text);
    let (front, body) = text.split_once("\n---\n").unwrap_or((text, ""));
    let front: Value = serde_yaml::from_str(front).expect("YAML");
    (front.as_object().expect("fields").clone(), body.to_owned())
}

/// A text without its HTML entities, some of which are escaped twice.
fn decoded(value: &Value) -> Value {
    let Some(mut text) = value.as_str().map(str::to_owned) else {
        return value.clone();
    };
    loop {
        let once = html_escape::decode_html_entities(&text).into_owned();
        if once == text {
            return json!(text.trim());
        }
        text = once;
    }
}

/// A value of known type, however it is written in the file.
fn meant(name: &str, value: &Value) -> Value {
    match (name, value.as_str()) {
        ("published" | "removed" | "deleted", Some(text)) => {
            let yes = ["true", "yes", "on", "y"].contains(&text.to_lowercase().as_str());
            json!(yes)
        }
        ("quality" | "heat", Some(text)) => json!(text.parse::<i64>().expect("a number")),
        ("excerpt", Some(_)) => decoded(value),
        _ => value.clone(),
    }
}

/// A moment; UTC if the file does not say otherwise, and midnight if it gives only a day.
fn instant(text: &str) -> jiff::Timestamp {
    text.parse().unwrap_or_else(|_| {
        let civil: jiff::civil::DateTime = text.parse().expect(text);
        let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC);
        zoned.expect("a moment").timestamp()
    })
}

/// Compares an article with its file, field by field.
fn compare(said: &Map<String, Value>, path: &Path) {
    let (mut front, body) = front_matter(path);
    let path = path.display();
    assert_eq!(said["hasBody"], !body.trim().is_empty(), "{path}");
    front.retain(|_, value| !value.is_null());
    for name in KEPT {
        // For a person, the list shows the bio.
        let instead = if name == "excerpt" { "bio" } else { name };
        let value = front.get(name).or_else(|| front.get(instead));
        // An empty text counts as absent.
        let value = value.filter(|value| value.as_str() != Some(""));
        let expected = value.map(|value| meant(name, value));
        assert_eq!(said.get(name), expected.as_ref(), "{path}: {name}");
    }
    let title = front.get("title").or(front.get("name")).map(decoded);
    if let Some(title) = title {
        assert_eq!(said["title"], title, "{path}");
    }
    for (name, instead) in [("publishedDateTime", "date"), ("updatedDateTime", "")] {
        let expected = front.get(name).or(front.get(instead));
        if let Some(expected) = expected.and_then(Value::as_str) {
            let said = said[name].as_str().expect("a moment");
            assert_eq!(instant(said), instant(expected), "{path}: {name}");
        }
    }
    let original = ["originalUrl", "webUrl", "website"]
        .iter()
        .find_map(|name| front.get(*name));
    assert_eq!(said.get("originalUrl"), original, "{path}");
    let topics = |value: &Value| -> BTreeSet<String> {
        let one = std::slice::from_ref(value);
        let topics = value.as_array().map_or(one, Vec::as_slice);
        topics
            .iter()
            .map(|topic| {
                decoded(topic)
                    .as_str()
                    .map_or_else(|| topic.to_string(), str::to_owned)
            })
            .collect()
    };
    let expected = front.get("topics").map(topics).unwrap_or_default();
    let found = said.get("topics").map(topics).unwrap_or_default();
    assert_eq!(found, expected, "{path}");
    if let Some(provider) = front.get("provider").and_then(Value::as_object) {
        for (name, value) in provider.iter().filter(|(_, value)| !value.is_null()) {
            assert_eq!(said["provider"][name], decoded(value), "{path}: {name}");
        }
    }
    assert_eq!(said.get("lang"), front.get("language"), "{path}");
    if let Some(cipher) = front.get("secured").and_then(Value::as_str) {
        assert_eq!(said["secured"], cipher.len(), "{path}");
    }
    let has_own_date = front.contains_key("publishedDateTime");
    let has_own_title = front.contains_key("title");
    let others = front.iter().filter(|(name, _)| {
        let name = name.as_str();
        let is_instead = name == "date" && !has_own_date || name == "name" && !has_own_title;
        !KEPT.contains(&name)
            && !READ.contains(&name)
            && !["secured", "language"].contains(&name)
            && !is_instead
    });
    let others: Map<String, Value> = others
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    assert_eq!(said["meta"], Value::from(others), "{path}");
    for name in said.keys().map(String::as_str) {
        let is_known = OWN.contains(&name) || READ.contains(&name) || KEPT.contains(&name);
        assert!(is_known || name == "secured", "{path}: {name}");
    }
    assert_eq!(said["marks"]["tags"], json!([]));
}

/// Compares every article of a list with the file that `file` finds for its path.
fn compare_all(list: &Value, file: impl Fn(&str) -> PathBuf) -> usize {
    let list = list.as_array().expect("an array");
    for said in list {
        let said = said.as_object().expect("an object");
        compare(said, &file(said["path"].as_str().expect("a path")));
    }
    list.len()
}

#[test]
fn every_field_of_the_sample_library_is_told() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let list = Case::new().run(&["list", "--format", "json"]).json();
    let file = |path: &str| {
        let below = path.strip_prefix("sample:").expect("a sample");
        seeds.join(below.trim_start_matches('/'))
    };
    assert!(compare_all(&list, file) > 40);
}

#[test]
fn every_field_of_the_real_corpus_is_told() {
    let Some(corpus) = std::env::var_os("NEWSDESK_CORPUS") else {
        eprintln!("NEWSDESK_CORPUS names no folder: nothing was compared");
        return;
    };
    let corpus = corpus.into_string().expect("UTF-8");
    let run = Case::new().run(&["list", "--format", "json", &corpus]);
    assert!(compare_all(&run.json(), |path| PathBuf::from(path)) > 400);
}

const RICH: &str = "---
title: Sensors
type: course
length: PT42M
tags: [site]
category: Courses
categories: [News]
series: Basics
language: de
weight: 3
layout: post
seo: {index: false, words: [a, b]}
images: [{url: /a.png, width: 3}]
related:
  - title: One
    originalUrl: https://example.org/1
  - title: Two
provider: {name: Example, domain: example.org, authors: [{name: Curie}, {name: Noether}]}
secured: abcdef
date: 2021-12-30
---
";

#[test]
fn any_value_can_be_asked_for() {
    let case = Case::new().file("a.md", RICH);
    case.run(&["mark", "-q", "", "site", "--tag", "+mine", "--star"]);
    for (fields, expected) in [
        (
            "marks.tags,marks.starred",
            r#"{"marks":{"tags":["mine"],"starred":true}}"#,
        ),
        ("meta.tags", "{}"),
        (
            "topics,lang,series,weight",
            r#"{"topics":["site"],"lang":"de","series":"Basics","weight":3}"#,
        ),
        ("categories", r#"{"categories":["Courses","News"]}"#),
        (
            "meta.seo.index,meta.layout",
            r#"{"meta":{"seo":{"index":false},"layout":"post"}}"#,
        ),
        ("length,secured", r#"{"length":"PT42M","secured":6}"#),
        (
            "related.title",
            r#"{"related":[{"title":"One"},{"title":"Two"}]}"#,
        ),
        (
            "kind,date",
            r#"{"type":"course","publishedDateTime":"2021-12-30T00:00:00Z"}"#,
        ),
        ("author", r#"{"authors":["Curie","Noether"]}"#),
    ] {
        let run = case.run(&["list", "site", "--format", "jsonl", "--fields", fields]);
        assert_eq!(run.out().trim_end(), expected, "{fields}");
    }
    let table = case.run(&["list", "site", "--fields", "title,marks.tags,images.width"]);
    assert_eq!(
        table.out(),
        "TITLE    MARKS.TAGS  IMAGES.WIDTH\nSensors  mine                   3\n"
    );
}

#[test]
fn a_view_is_a_query_that_others_narrow() {
    let case = Case::new()
        .config("[views]\nRobots = \"topic:robots sort:title\"\n")
        .file("b.md", "---\ntitle: B\ntopics: [robots]\n---\nx\n")
        .file("a.md", "---\ntitle: A\ntopics: [robots, ai]\n---\nx\n")
        .file("c.md", "---\ntitle: C\n---\nx\n");
    let listed = |arguments: &[&str]| {
        let all = [
            &["list", "site", "--fields", "title", "--format", "tsv"],
            arguments,
        ]
        .concat();
        case.run(&all).out().replace('\n', " ")
    };
    assert_eq!(listed(&["--view", "robots"]), "title A B ");
    assert_eq!(listed(&["--view", "Robots", "-q", "topic:ai"]), "title A ");
    assert_eq!(
        listed(&["--view", "Robots", "-q", "sort:-title"]),
        "title B A "
    );
    case.run(&["list", "site", "--view", "Cars"])
        .is_refused("no view “Cars”");
    case.run(&["mark", "-q", "-topic:robots", "site", "--star"]);
    assert_eq!(listed(&["--view", "starred"]), "title C ");
    assert_eq!(case.run(&["count", "site", "--view", "inbox"]).out(), "3\n");
}

#[test]
fn authors_tags_and_marks_are_counted() {
    let case = Case::new()
        .file("a.md", RICH)
        .file("b.md", RICH.replace("Noether", "Franklin"));
    case.run(&[
        "mark",
        "-q",
        "author:franklin",
        "site",
        "--tag",
        "+mine",
        "--star",
    ]);
    for (by, expected) in [
        (
            "author",
            "COUNT  AUTHOR\n    2  Curie\n    1  Franklin\n    1  Noether\n",
        ),
        ("tag", "COUNT  TAG\n    1  mine\n"),
    ] {
        assert_eq!(case.run(&["facets", "site", "--by", by]).out(), expected);
    }
    let marks = case.run(&["facets", "site", "--by", "mark", "--format", "json"]);
    assert!(
        marks
            .json()
            .as_array()
            .expect("an array")
            .contains(&json!({"value": "starred", "count": 1}))
    );
}

#[test]
fn an_article_is_shown_as_it_is_read() {
    let case = Case::new().file(
        "a.md",
        RICH.replace(
            "date: 2021-12-30\n",
            "date: 2021-12-30\nexcerpt: In short.\n",
        ) + "# Why\n\nA *text* of some words.\n",
    );
    let run = case.run(&["show", "site/a.md", "--width", "30"]);
    assert_eq!((run.code(), run.err()), (0, ""));
    assert_eq!(
        run.out(),
        "Sensors\nExample · 30 Dec 2021 · course\n· site\n\nIn short.\n\nWhy\n\nA text of some words.\n\n\
         Related\n• One\nhttps://example.org/1\n• Two\n"
    );
    let json = case.run(&["show", "site/a.md", "--format", "json"]).json();
    assert_eq!(json["body"], "# Why\n\nA *text* of some words.\n");
    assert_eq!(json["meta"]["layout"], "post");
    let none = case.run(&["show", "site", "-q", "submarine"]);
    assert_eq!((none.code(), none.out()), (1, ""));
}

#[test]
fn other_fields_of_the_front_matter_are_asked_for() {
    let text = |title: &str, more: &str| format!("---\ntitle: {title}\nbio: x\n{more}---\nText.\n");
    let case = Case::new()
        .file(
            "a.md",
            text("a", "layout: post\nweight2: 3\nseo:\n  index: false\n"),
        )
        .file("b.md", text("b", "layout: page\nweight2: 30\n"))
        .file("c.md", text("c", "other: page\n"));
    for (query, titles) in [
        ("meta.layout:post", "a\n"),
        ("-meta.layout:post sort:title", "b\nc\n"),
        ("meta.weight2>3", "b\n"),
        ("meta.seo.index:false OR title:c sort:title", "a\nc\n"),
        ("has:meta.layout body:text sort:title", "a\nb\n"),
        ("-has:meta.layout", "c\n"),
    ] {
        let arguments = [
            "list", "site", "--format", "tsv", "--fields", "title", "-q", query,
        ];
        let run = case.run(&arguments);
        let found = run.out().strip_prefix("title\n").unwrap_or(run.out());
        assert_eq!((found, run.err()), (titles, ""), "{query}");
    }
    assert_eq!(
        case.run(&["count", "site", "-q", "meta.layout:p"]).out(),
        "2\n"
    );
}
