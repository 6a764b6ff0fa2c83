//! Every edit in every syntax and with every line end: what changes is spelled out byte by byte.

use proptest::prelude::*;

use super::*;
use crate::format::locate::Syntax;

fn set(name: &str, to: &str) -> Wish {
    Wish::Set {
        key: Key::new(name),
        to: Scalar::typed(to),
    }
}

fn remove(name: &str) -> Wish {
    Wish::Remove {
        key: Key::new(name),
    }
}

fn add(name: &str, item: &str) -> Wish {
    Wish::Add {
        key: Key::new(name),
        item: item.to_owned(),
    }
}

fn take(name: &str, item: &str) -> Wish {
    Wish::Take {
        key: Key::new(name),
        item: item.to_owned(),
    }
}

/// A front matter before and after a wish, without its fences; `=` if nothing changes.
type Case = (fn() -> Wish, &'static str, &'static str);

const YAML: &[Case] = &[
    // Single values.
    (
        || set("quality", "70"),
        "quality: 5 # low\n",
        "quality: 70 # low\n",
    ),
    (
        || set("quality", "70"),
        "quality: \"5\"\n",
        "quality: \"70\"\n",
    ),
    (
        || set("quality", "70"),
        "quality:\nb: 1\n",
        "quality: 70\nb: 1\n",
    ),
    (
        || set("quality", "70"),
        "quality: # none\nb: 1\n",
        "quality: 70 # none\nb: 1\n",
    ),
    (|| set("quality", "70"), "a: 1\n", "a: 1\nquality: 70\n"),
    (|| set("quality", "70"), "quality: 70\n", "="),
    (|| set("rating", "4.5"), "a: 1\n", "a: 1\nrating: 4.5\n"),
    (
        || set("version", "3.10"),
        "a: 1\n",
        "a: 1\nversion: \"3.10\"\n",
    ),
    (
        || set("title", "New words"),
        "title: Old\n",
        "title: New words\n",
    ),
    (|| set("title", "A: B"), "title: Old\n", "title: \"A: B\"\n"),
    (
        || set("title", "It's"),
        "title: 'Old'\n",
        "title: 'It''s'\n",
    ),
    (
        || set("title", "Say \"x\""),
        "title: \"Old\"\n",
        "title: \"Say \\\"x\\\"\"\n",
    ),
    (|| set("title", "yes"), "a: 1\n", "a: 1\ntitle: \"yes\"\n"),
    (|| set("title", "2024"), "title: 'Old'\n", "title: '2024'\n"),
    (
        || set("date", "2024-05-02"),
        "date: 2023-01-01\n",
        "date: 2024-05-02\n",
    ),
    (
        || set("Title_Case", "x"),
        "titlecase: y\n",
        "titlecase: x\n",
    ),
    (
        || set("a.b", "2"),
        "a:\n  b: 1\n  c: 3\n",
        "a:\n  b: 2\n  c: 3\n",
    ),
    (|| set("a.b", "2"), "a.b: 1\n", "a.b: 2\n"),
    (|| set("a.b", "2"), "a: {b: 1, c: 3}\n", "a: {b: 2, c: 3}\n"),
    (|| set("a.d", "2"), "a:\n  b: 1\n", "a:\n  d: 2\n  b: 1\n"),
    (|| set("c", "2"), "{a: 1, b: 2}\n", "{a: 1, b: 2, c: 2}\n"),
    (|| remove("b"), "a: 1\nb: 2 # x\nc: 3\n", "a: 1\nc: 3\n"),
    (|| remove("b"), "a: 1\nb:\n- x\n- y\nc: 3\n", "a: 1\nc: 3\n"),
    (|| remove("b"), "a: 1\n", "="),
    (|| remove("b"), "{a: 1, b: 2}\n", "{a: 1}\n"),
    (|| remove("a"), "{a: 1, b: 2}\n", "{b: 2}\n"),
    // Lists, in their own style.
    (
        || add("topics", "ai"),
        "topics:\n- ml\nb: 1\n",
        "topics:\n- ml\n- ai\nb: 1\n",
    ),
    (
        || add("topics", "ai"),
        "topics:\n  - 'ml'\n",
        "topics:\n  - 'ml'\n  - 'ai'\n",
    ),
    (
        || add("topics", "ai"),
        "topics:\n  - ml # x\n\nb: 1\n",
        "topics:\n  - ml # x\n  - ai\n\nb: 1\n",
    ),
    (
        || add("topics", "ai"),
        "topics: [ml, \"x\"]\n",
        "topics: [ml, \"x\", \"ai\"]\n",
    ),
    (
        || add("topics", "ai"),
        "topics: [ml,x]\n",
        "topics: [ml,x,ai]\n",
    ),
    (|| add("topics", "ai"), "topics: []\n", "topics: [ai]\n"),
    (
        || add("topics", "ai"),
        "topics: [\n  ml,\n  x\n  ]\n",
        "topics: [\n  ml,\n  x,\n  ai\n  ]\n",
    ),
    (
        || add("topics", "ai"),
        "topics: ml, x\n",
        "topics: ml, x, ai\n",
    ),
    (
        || add("topics", "ai"),
        "topics: \"ml;x\"\n",
        "topics: \"ml;x;ai\"\n",
    ),
    (|| add("topics", "ai"), "topics: ml\n", "topics: ml, ai\n"),
    (
        || add("topics", "ai"),
        "topics:\nb: 1\n",
        "topics: [ai]\nb: 1\n",
    ),
    (|| add("topics", "ai"), "a: 1\n", "a: 1\ntopics: [ai]\n"),
    (|| add("topics", "ai"), "topics: [ai]\n", "="),
    (
        || add("topics", "ai, or so"),
        "topics:\n- ml\n",
        "topics:\n- ml\n- \"ai, or so\"\n",
    ),
    (
        || take("topics", "ml"),
        "topics:\n- ml\n- ai\n",
        "topics:\n- ai\n",
    ),
    (
        || take("topics", "ai"),
        "topics:\n  - ml\n  - ai # x\nb: 1\n",
        "topics:\n  - ml\nb: 1\n",
    ),
    (
        || take("topics", "ml"),
        "topics:\n- ml\nb: 1\n",
        "topics: []\nb: 1\n",
    ),
    (
        || take("topics", "ml"),
        "topics: [ml, ai]\n",
        "topics: [ai]\n",
    ),
    (
        || take("topics", "ai"),
        "topics: [ml, ai]\n",
        "topics: [ml]\n",
    ),
    (|| take("topics", "ml"), "topics: [ml]\n", "topics: []\n"),
    (
        || take("topics", "x"),
        "topics: ml, x, ai\n",
        "topics: ml, ai\n",
    ),
    (
        || take("topics", "ai"),
        "topics: ml, x, ai\n",
        "topics: ml, x\n",
    ),
    (|| take("topics", "ml"), "topics: ml\n", "topics: []\n"),
    (|| take("topics", "no"), "topics: ml\n", "="),
    (|| take("topics", "no"), "a: 1\n", "="),
];

const TOML: &[Case] = &[
    (
        || set("quality", "70"),
        "quality = 5 # low\n",
        "quality = 70 # low\n",
    ),
    (|| set("quality", "70"), "a = 1\n", "a = 1\nquality = 70\n"),
    (
        || set("quality", "70"),
        "a = 1\n\n# x\n[b]\nc = 1\n",
        "a = 1\nquality = 70\n\n# x\n[b]\nc = 1\n",
    ),
    (
        || set("quality", "70"),
        "[b]\nc = 1\n",
        "quality = 70\n[b]\nc = 1\n",
    ),
    (
        || set("title", "New"),
        "title = \"Old\"\n",
        "title = \"New\"\n",
    ),
    (
        || set("title", "It's"),
        "title = 'Old'\n",
        "title = \"It's\"\n",
    ),
    (
        || set("b.c", "2"),
        "a = 1\n[b]\nc = 1\n",
        "a = 1\n[b]\nc = 2\n",
    ),
    (|| set("b.c", "2"), "b.c = 1\n", "b.c = 2\n"),
    (
        || set("b.d", "2"),
        "a = 1\n[b]\nc = 1\n",
        "a = 1\n[b]\nd = 2\nc = 1\n",
    ),
    (
        || remove("a"),
        "a = 1\nc = 2\n[b]\nc = 1\n",
        "c = 2\n[b]\nc = 1\n",
    ),
    (
        || add("tags", "ai"),
        "tags = [\"ml\"]\n",
        "tags = [\"ml\", \"ai\"]\n",
    ),
    (
        || add("tags", "ai"),
        "tags = ['ml', 'x']\n",
        "tags = ['ml', 'x', 'ai']\n",
    ),
    (
        || add("tags", "ai"),
        "tags = [\n  \"ml\",\n]\n",
        "tags = [\n  \"ml\",\n  \"ai\",\n]\n",
    ),
    (|| add("tags", "ai"), "tags = []\n", "tags = [\"ai\"]\n"),
    (|| add("tags", "ai"), "a = 1\n", "a = 1\ntags = [\"ai\"]\n"),
    (
        || add("taxonomies.tags", "ai"),
        "[taxonomies]\ntags = [\"ml\"]\n",
        "[taxonomies]\ntags = [\"ml\", \"ai\"]\n",
    ),
    (
        || add("taxonomies.tags", "ai"),
        "[taxonomies]\nx = [\"ml\"]\n",
        "[taxonomies]\ntags = [\"ai\"]\nx = [\"ml\"]\n",
    ),
    (
        || take("tags", "ml"),
        "tags = [\"ml\", \"ai\"]\n",
        "tags = [\"ai\"]\n",
    ),
    (|| take("tags", "ml"), "tags = [\"ml\"]\n", "tags = []\n"),
    (
        || published(true),
        "published = false\n",
        "published = true\n",
    ),
    (
        || published(true),
        "a = 1\n[b]\npublished = false\n",
        "a = 1\npublished = true\n[b]\npublished = false\n",
    ),
];

const JSON: &[Case] = &[
    (
        || set("quality", "70"),
        "{\n  \"quality\": 5\n}",
        "{\n  \"quality\": 70\n}",
    ),
    (
        || set("quality", "70"),
        "{\n  \"a\": 1\n}",
        "{\n  \"a\": 1,\n  \"quality\": 70\n}",
    ),
    (
        || set("quality", "70"),
        "{\"a\": 1}",
        "{\"a\": 1, \"quality\": 70}",
    ),
    (|| set("quality", "70"), "{}", "{\"quality\": 70}"),
    (
        || set("title", "N\"ew"),
        "{\"title\": \"Old \\ud83d\\ude00\"}",
        "{\"title\": \"N\\\"ew\"}",
    ),
    (
        || set("a.b", "2"),
        "{\"a\": {\"b\": 1}}",
        "{\"a\": {\"b\": 2}}",
    ),
    (|| remove("a"), "{\"a\": 1, \"b\": 2}", "{\"b\": 2}"),
    (|| remove("b"), "{\"a\": 1, \"b\": 2}", "{\"a\": 1}"),
    (
        || add("tags", "ai"),
        "{\"tags\": [\"ml\"]}",
        "{\"tags\": [\"ml\", \"ai\"]}",
    ),
    (
        || add("tags", "ai"),
        "{\"tags\": [\n\t\"ml\",\n\t\"x\"\n]}",
        "{\"tags\": [\n\t\"ml\",\n\t\"x\",\n\t\"ai\"\n]}",
    ),
    (
        || add("tags", "ai"),
        "{\"tags\": null}",
        "{\"tags\": [\"ai\"]}",
    ),
    (
        || add("tags", "ai"),
        "{\"a\": 1}",
        "{\"a\": 1, \"tags\": [\"ai\"]}",
    ),
    (
        || take("tags", "ml"),
        "{\"tags\": [\"ml\", \"x\"]}",
        "{\"tags\": [\"x\"]}",
    ),
    (
        || published(false),
        "{\"a\": {\"published\": true}, \"published\": true}",
        "{\"a\": {\"published\": true}, \"published\": false}",
    ),
];

const HEADERS: &[Case] = &[
    (
        || set("status", "published"),
        "Title: x\nStatus: draft\nDate: 2024-01-01\n",
        "Title: x\nStatus: published\nDate: 2024-01-01\n",
    ),
    (
        || set("status", "draft"),
        "Title: x\nDate: 2024-01-01\n",
        "Title: x\nDate: 2024-01-01\nStatus: draft\n",
    ),
    (
        || add("tags", "ai"),
        "Title: x\nTags: bees, spring\n",
        "Title: x\nTags: bees, spring, ai\n",
    ),
    (
        || remove("category"),
        "Title: x\nCategory: y\n",
        "Title: x\n",
    ),
];

/// The fences of a syntax.
fn in_file(syntax: Syntax, front: &str, body: &str) -> String {
    match syntax {
        Syntax::Yaml => format!("---\n{front}---\n{body}"),
        Syntax::Toml => format!("+++\n{front}+++\n{body}"),
        Syntax::Json => format!("{front}\n{body}"),
        Syntax::Headers => format!("{front}\n{body}"),
    }
}

#[test]
fn only_the_bytes_of_the_field_change() {
    let bodies = [
        "",
        "Body.\n",
        "\ntopics: no\n---\n+++\n{}\n<<<<<<< x\nNo end",
    ];
    for (syntax, cases) in [
        (Syntax::Yaml, YAML),
        (Syntax::Toml, TOML),
        (Syntax::Json, JSON),
        (Syntax::Headers, HEADERS),
    ] {
        for (wish, before, after) in cases {
            for (mark, end) in [
                ("", "\n"),
                ("\u{feff}", "\n"),
                ("", "\r\n"),
                ("\u{feff}", "\r\n"),
            ] {
                for body in bodies {
                    let file = |front: &str| {
                        format!("{mark}{}", in_file(syntax, front, body)).replace('\n', end)
                    };
                    let found = wished(&file(before), &wish());
                    let expected = (*after != "=").then(|| file(after));
                    assert_eq!(found, Ok(expected), "{:?} in {:?}", wish(), file(before));
                }
            }
        }
    }
}

fn wished(file: &str, wish: &Wish) -> Result<Option<String>, Refusal> {
    let edit = edit(file.as_bytes(), Container::Markdown, wish)?;
    Ok(edit.map(|edit| {
        String::from_utf8(edit.apply(file.as_bytes())).expect("UTF-8 in gives UTF-8 out")
    }))
}

#[test]
fn what_leaves_a_doubt_is_refused_with_its_line() {
    for (wish, front, part) in [
        (set("title", "x"), "title: [a]\n", "line 2: title is a list"),
        (
            set("title", "x"),
            "title: |\n  a\n",
            "line 2: title is a block of text",
        ),
        (
            set("title", "x"),
            "title: a\ntitle: b\n",
            "line 3: title appears twice",
        ),
        (
            set("title", "x"),
            "title: a\nTitle: b\n",
            "line 3: Title appears twice",
        ),
        (set("a.b", "x"), "title: a\n", "there is no a to put b in"),
        (
            add("topics", "x"),
            "topics: a b\n",
            "line 2: topics is one text",
        ),
        (
            add("topics", "x"),
            "topics: {a: 1}\n",
            "line 2: topics is fields of its own",
        ),
        (
            add("topics", "x"),
            "topics:\n- {a: 1}\n",
            "line 2: topics is a list",
        ),
        (add("topics", "a,b"), "topics: x, y\n", "line 2: topics is"),
        (
            add("topics", "x"),
            "<<: {a: 1}\n",
            "line 2: fields are merged",
        ),
    ] {
        let file = format!("---\n{front}---\n");
        let said = wished(&file, &wish).expect_err(front).to_string();
        assert!(said.contains(part), "{front:?}: {said}");
    }
}

#[test]
fn a_field_that_is_there_twice_stops_only_those_who_want_it() {
    let file = "---\na: 1\nb: 2\na: 3\n---\n";
    let expected = "---\na: 1\nb: 5\na: 3\n---\n";
    assert_eq!(wished(file, &set("b", "5")), Ok(Some(expected.to_owned())));
}

/// Entries of lists in several spellings.
const ITEMS: [&str; 6] = ["ml", "'a b'", "\"c, d\"", "e-f", "2024", "#g"];

proptest! {
    /// Adding an entry and removing it again leaves the file as it was.
    #[test]
    fn what_is_added_and_taken_again_leaves_no_trace(
        items in prop::collection::vec(prop::sample::select(ITEMS.to_vec()), 1..5),
        is_flow in any::<bool>(),
        indent in prop::sample::select(vec!["", "  "]),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let list = if is_flow {
            format!("topics: [{}]\n", items.iter().filter(|it| !it.starts_with('#')).copied().collect::<Vec<_>>().join(", "))
        } else {
            let lines = items.iter().map(|item| format!("{indent}- {}\n", item.replace('#', "h")));
            format!("topics:\n{}", lines.collect::<String>())
        };
        let file = format!("---\ntitle: x\n{list}b: 1\n---\nBody\n").replace('\n', end);
        let added = wished(&file, &add("topics", "quite new")).expect("not refused").expect("a change");
        prop_assert!(added.contains("quite new"));
        let back = wished(&added, &take("topics", "quite new"));
        prop_assert_eq!(back, Ok(Some(file)));
    }

    /// A text that is set is read back as that text, whatever it is.
    #[test]
    fn any_text_is_set_as_it_is_or_refused(
        text in "[ -~é#:'\"\\\\\n\t]{1,20}",
        style in prop::sample::select(vec!["old", "'old'", "\"old\""]),
    ) {
        let to = Scalar::Text(text.clone());
        let wish = Wish::Set { key: Key::new("title"), to };
        for (syntax, front) in [
            (Syntax::Yaml, format!("title: {style}\nb: 1\n")),
            (Syntax::Toml, "title = \"old\"\nb = 1\n".to_owned()),
            (Syntax::Json, "{\"title\": \"old\", \"b\": 1}".to_owned()),
        ] {
            let file = in_file(syntax, &front, "Body\n");
            let Ok(Some(after)) = wished(&file, &wish) else {
                continue;
            };
            let found = crate::format::edit::fields(after.as_bytes(), Container::Markdown).expect("fields");
            prop_assert_eq!(found[0].1.as_str(), Some(text.as_str()));
            prop_assert!(after.ends_with("Body\n"));
        }
    }

    /// No text makes an edit panic.
    #[test]
    fn no_text_makes_an_edit_panic(
        front in "(topics|title)?[-a:{}\\[\\]|>#'\"!?<, =\n\r\té]{0,40}",
        open in prop::sample::select(vec!["---\n", "+++\n", "{"]),
    ) {
        let file = format!("{open}{front}\n{}", if open == "{" { "}" } else { open });
        for wish in [set("title", "x"), add("topics", "x"), take("topics", "x"), remove("title")] {
            let _ = wished(&file, &wish);
        }
    }
}
