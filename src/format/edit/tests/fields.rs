//! Every edit in every syntax and with every line end: what changes is spelled out byte by byte.

mod cases;

use proptest::prelude::*;

use super::*;
use crate::format::locate::Syntax;
use cases::{HEADERS, JSON, TOML, YAML, add, remove, set, take};

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

fn wished(file: &str, wish: &Wish) -> Result<Option<String>, EditRefusal> {
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
            "line 2: topics is a set of fields",
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
fn a_header_of_several_lines_is_refused_and_the_others_are_changed() {
    let file = "Title: A\nTags: a,\n  b: c\nSlug: s\n\nBody\n";
    let expected = file.replace("Slug: s", "Slug: t");
    assert_eq!(wished(file, &set("slug", "t")), Ok(Some(expected)));
    let said = wished(file, &set("tags", "x")).expect_err("several lines");
    assert!(said.to_string().contains("line 2: Tags is"), "{said}");
    let expected = file.replace("Tags: a,\n  b: c\n", "");
    assert_eq!(wished(file, &remove("tags")), Ok(Some(expected)));
}

#[test]
fn a_text_of_several_lines_in_toml_is_refused() {
    for quotes in ["\"\"\"", "'''"] {
        let file = format!("+++\ntitle = {quotes}a\nb{quotes}\n+++\n");
        let said = wished(&file, &set("title", "x")).expect_err("several lines");
        let expected = "line 2: title is a block of text";
        assert!(said.to_string().contains(expected), "{said}");
    }
}

#[test]
fn fields_of_inline_tables_are_changed() {
    let file = "+++\nprovider = {name = \"x\", site = 'y'}\n+++\n";
    for (key, from, to) in [
        ("provider.name", "\"x\"", "\"z\""),
        ("provider.site", "'y'", "'z'"),
    ] {
        let expected = file.replace(from, to);
        assert_eq!(wished(file, &set(key, "z")), Ok(Some(expected)), "{key}");
    }
}

#[test]
fn what_is_not_json_is_refused_with_its_line() {
    let file = "{\n\"title\": \"a\",\n\"b\": ]\n}\nBody\n";
    let said = wished(file, &set("title", "x")).expect_err("not JSON");
    assert!(said.to_string().contains("line 3: not JSON"), "{said}");
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
        let to = NewScalar::Text(text.clone());
        let wish = Wish::Set { key: FieldNames::new("title"), to };
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
