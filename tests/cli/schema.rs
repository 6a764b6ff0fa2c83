//! What is printed as JSON, checked against `docs/output.schema.json`. Knows only the parts of JSON
//! Schema that the file uses, and rejects everything else.

use std::path::Path;

use regex::Regex;
use serde_json::{Value, json};

use crate::case::Case;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.schema.json");
    let text = std::fs::read_to_string(path).expect("the schema");
    serde_json::from_str(&text).expect("JSON")
}

/// How a value differs from its schema, with the path to each place.
fn wrong(value: &Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
    let rules = schema.as_object().expect("a schema is an object");
    rules
        .iter()
        .flat_map(|(rule, is)| broken(rule, is, value, schema, root, at))
        .collect()
}

fn broken(
    rule: &str,
    is: &Value,
    value: &Value,
    schema: &Value,
    root: &Value,
    at: &str,
) -> Vec<String> {
    let unless = |holds: bool| {
        if holds {
            vec![]
        } else {
            vec![format!("{at}: {rule} {is}: {value}")]
        }
    };
    match rule {
        "$schema" | "$defs" | "title" | "description" => vec![],
        "$ref" => {
            let way = is
                .as_str()
                .and_then(|it| it.strip_prefix('#'))
                .expect("a way into the schema");
            wrong(value, root.pointer(way).expect(way), root, at)
        }
        "anyOf" => {
            let any = is.as_array().expect("schemas").iter();
            unless(
                any.into_iter()
                    .any(|one| wrong(value, one, root, at).is_empty()),
            )
        }
        "type" => {
            let types = is.as_array().cloned().unwrap_or_else(|| vec![is.clone()]);
            unless(
                types
                    .iter()
                    .any(|it| is_a(value, it.as_str().expect("a type"))),
            )
        }
        "enum" => unless(is.as_array().expect("values").contains(value)),
        "minimum" => unless(value.as_i64() >= is.as_i64()),
        "pattern" => {
            let pattern = Regex::new(is.as_str().expect("a pattern")).expect("a pattern");
            unless(value.as_str().is_some_and(|text| pattern.is_match(text)))
        }
        "required" => {
            let names = is.as_array().expect("names").iter();
            let lacks = names.filter(|name| value.get(name.as_str().expect("a name")).is_none());
            lacks
                .map(|name| format!("{at}: there is no {name}"))
                .collect()
        }
        "additionalProperties" => {
            assert_eq!(is, false);
            let known = |name: &&String| schema["properties"].get(name.as_str()).is_some();
            let names = value.as_object().into_iter().flat_map(|it| it.keys());
            names
                .filter(|it| !known(it))
                .map(|it| format!("{at}: {it} is not known"))
                .collect()
        }
        "properties" => {
            let each = is.as_object().expect("schemas").iter();
            let there = each.filter_map(|(name, one)| Some((name, one, value.get(name)?)));
            there
                .flat_map(|(name, one, value)| wrong(value, one, root, &format!("{at}.{name}")))
                .collect()
        }
        "items" => {
            let each = value.as_array().into_iter().flatten().enumerate();
            each.flat_map(|(index, value)| wrong(value, is, root, &format!("{at}[{index}]")))
                .collect()
        }
        other => panic!("{at}: the test does not know `{other}`"),
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

#[track_caller]
fn is_valid(value: &Value, definition: &str) {
    let root = schema();
    let found = wrong(value, &root["$defs"][definition], &root, definition);
    assert!(found.is_empty(), "{found:#?}");
    assert!(wrong(value, &root, &root, "").is_empty());
}

fn library() -> Case {
    let full = "---\ntitle: A\nexcerpt: E\ncategory: news\ntype: article\nquality: 39\nheat: -1\n\
        publishedDateTime: 2021-12-30T23:19:00+01:00\nupdatedDateTime: 2021-12-31\n\
        originalUrl: https://example.org/a\npublished: true\nremoved: false\nweight: 1.5\n\
        provider:\n  name: Example\n  domain: example.org\n  images: []\nauthor: Ada\nlang: en\n\
        topics: [AI]\nlayout: post\nimages:\n  - url: https://example.org/a.png\n---\nBody.\n";
    Case::new()
        .file("a.md", full)
        .file("b.md", "---\ntitle: B\nquality: [1\n---\n")
        .file("c.md", "---\ntitle: C\nquality: high\n---\nText.\n")
        .file("d.txt", "no article")
}

#[test]
fn articles_are_as_the_schema_says_whoever_prints_them() {
    let case = library();
    for mark in [
        &["--star", "--tag", "x", "--note", "n"][..],
        &["--later", "3d"],
    ] {
        let run = case.run(&[&["mark", "-q", "title:a", "site"], mark].concat());
        assert_eq!(run.code(), 0, "{}", run.err());
        for command in ["list", "export"] {
            let all = case.run(&[command, "--format", "json", "site"]).json();
            assert_eq!(all.as_array().map(Vec::len), Some(2));
            is_valid(&all, "articles");
            let lines = case.run(&[command, "--format", "jsonl", "site"]);
            for line in lines.out().lines() {
                is_valid(&serde_json::from_str(line).expect("JSON"), "article");
            }
        }
        let shown = case.run(&["show", "--format", "json", "-q", "title:a", "site"]);
        is_valid(&shown.json(), "article");
    }
}

#[test]
fn so_are_the_samples_and_the_libraries_of_all_generators() {
    let case = Case::new();
    is_valid(&case.run(&["list", "--format", "json"]).json(), "articles");
    let libraries = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/libraries");
    let path = libraries.to_str().expect("UTF-8");
    is_valid(
        &case.run(&["list", "--format", "json", path]).json(),
        "articles",
    );
}

#[test]
fn everything_else_is_as_the_schema_says() {
    let case = library();
    let printed = |arguments: &[&str]| {
        case.run(&[arguments, &["--format", "json"]].concat())
            .json()
    };
    is_valid(&printed(&["check", "site"]), "check");
    is_valid(&printed(&["keys"]), "keys");
    is_valid(&printed(&["stats", "site"]), "stats");
    is_valid(&printed(&["doctor"]), "doctor");
    is_valid(&printed(&["facets", "--by", "topic", "site"]), "facets");
}

#[test]
fn what_is_not_as_the_schema_says_is_found() {
    let root = schema();
    let article = &root["$defs"]["article"];
    let case = library();
    let good = case
        .run(&["list", "--format", "json", "-q", "title:a", "site"])
        .json()[0]
        .clone();
    assert!(wrong(&good, article, &root, "").is_empty());
    for (name, value) in [
        ("id", json!("short")),
        ("title", json!(3)),
        ("publishedDateTime", json!("yesterday")),
        ("quality", json!(1.5)),
        ("topics", json!(["a", 1])),
        ("marks", json!({})),
        ("other", json!(1)),
    ] {
        let mut bad = good.clone();
        bad[name] = value;
        assert!(!wrong(&bad, article, &root, "").is_empty(), "{name}");
    }
}
