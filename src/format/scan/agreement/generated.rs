//! Lines of front matter as programs and people write them, and what damage makes of them.

use proptest::prelude::*;

use super::of_the_list;

pub fn toml_line() -> impl Strategy<Value = String> {
    const VALUES: [&str; 26] = [
        "\"x\"",
        "'x y'",
        "\"\"",
        "true",
        "false",
        "1",
        "-1",
        "1.10",
        "0",
        "2021-12-30",
        "2021-12-30T10:00:00Z",
        "2021-12-30 10:00:00",
        "10:00:00",
        "[\"a\", \"b\"]",
        "[1, 2]",
        "[]",
        "[true, 'x']",
        "{a = 1}",
        "\"\"\"x\"\"\"",
        "0x1F",
        "1e3",
        "inf",
        "\"https://a.example\"",
        "\"2021-12-30\"",
        "x",
        "\"a\\tb\"",
    ];
    let value = prop_oneof![
        6 => prop::sample::select(VALUES.to_vec()).prop_map(str::to_owned),
        1 => "[-+.0-9eT:Z]{1,20}",
        1 => "\"[a-z\\\\nrt\"']{0,8}\"",
    ];
    let end =
        prop_oneof![8 => Just("\n"), 1 => Just(" # c\n"), 1 => Just("\r\n"), 1 => Just("\n\n")];
    let equals = prop_oneof![6 => Just(" = "), 2 => Just("="), 1 => Just(" "), 1 => Just(".a = ")];
    let tables = [
        "[taxonomies]\n",
        "[provider]\n",
        "[extra]\n",
        "[a.b]\n",
        "[[a]]\n",
        "[extra] # c\n",
    ];
    prop_oneof![
        8 => (key(), equals, value, end)
            .prop_map(|(key, equals, value, end)| format!("{key}{equals}{value}{end}")),
        1 => prop::sample::select(tables.to_vec()).prop_map(str::to_owned),
    ]
}

pub fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(of_the_list()).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            "topics", "tags", "Tags", "author", "description", "source", "url", "created", "lastmod", "cover", "image", "taxonomies", "images", "related", "secured", "levels", "length", "items", "url", "width",
            "domain", "authors", "featuredContent",
        ]).prop_map(str::to_owned),
        1 => "[A-Za-z_][A-Za-z0-9_-]{0,6}",
        1 => prop::sample::select(vec!["null", "True", "<<", "\"title\"", "'a'", "? a", "1", "y", "~", ""])
            .prop_map(str::to_owned),
    ]
}

pub fn value() -> impl Strategy<Value = String> {
    const SHAPES: [&str; 68] = [
        "[a b, 'c', \"d\"]",
        "[ ]",
        "[1, true, ~]",
        "2021-1-2",
        "/a/b",
        "a, b; c",
        "video",
        "A few words",
        "x",
        "\"in quotes\"",
        "'in ''quotes'''",
        "\"a \\\"b\\\" \\n \\\\\"",
        "2021-12-30",
        "2021-12-30T23:19:00Z",
        "\"2021-12-30 23:19\"",
        "12",
        "-1",
        "\"7\"",
        "0",
        "true",
        "\"true\"",
        "yes",
        "no",
        "Off",
        "https://a.example/b",
        "\"https://a.example/b?c\"",
        "R&amp;D",
        "\"&quot;x&quot;\"",
        "",
        "  ",
        "\"\"",
        "''",
        "~",
        "null",
        "NULL",
        "True",
        "1.0",
        "1e3",
        "0x1f",
        "0o17",
        "+1",
        "007",
        "1_000",
        ".inf",
        ".nan",
        "-.inf",
        "99999999999999999999",
        "[a, b]",
        "{a: b}",
        "|",
        ">-",
        "&a b",
        "*a",
        "!!str 1",
        "!x y",
        "a: b",
        "a:",
        "a #b",
        "a#b",
        "# c",
        "\"a\" # c",
        "\"\\u0041\"",
        "\"open",
        "'it's'",
        "- a",
        "@a",
        "a\tb",
        "é\u{a0}x ",
    ];
    prop_oneof![
        8 => prop::sample::select(SHAPES.to_vec()).prop_map(str::to_owned),
        1 => "[-+.0-9exaot_]{1,22}",
        1 => "[a-z:#'\"\\\\&*\\[\\]{}|>%@`!?, \u{85}\u{2028}\u{feff}-]{0,12}",
        1 => "\"[a-z\\\\nrt\"' é]{0,8}\"",
    ]
}

pub fn line() -> impl Strategy<Value = String> {
    let indent = prop_oneof![
        6 => Just(""), 4 => Just("  "), 3 => Just("    "), 2 => Just("- "), 3 => Just("  - "),
        1 => Just("    - "), 1 => Just(" "), 1 => Just("\t"), 1 => Just("- - "), 1 => Just("  -   "),
        1 => Just("-"),
    ];
    let colon = prop_oneof![8 => Just(": "), 3 => Just(":"), 1 => Just(" : "), 1 => Just(":   "), 1 => Just(":\t")];
    let end = prop_oneof![12 => Just("\n"), 1 => Just(" \n"), 1 => Just("\r\n"), 1 => Just("\n\n"), 1 => Just("\r"), 1 => Just("\n# c\n")];
    let header = prop::sample::select(vec!["|", "|-", ">", ">-", "|+", ">2", "| "]);
    let block = prop::collection::vec((0_usize..6, "[a-z #:|-]{0,6}"), 0..4);
    prop_oneof![
        1 => (indent.clone(), key(), header, 1_usize..5, block)
            .prop_map(|(indent, key, header, deep, lines)| {
                let mut text = format!("{indent}{key}: {header}\n");
                for (more, line) in lines {
                    let deep = if more < 4 { deep } else { more };
                    text.push_str(&format!("{}{line}\n", " ".repeat(deep)));
                }
                text
            }),
        6 => (indent.clone(), key(), colon, value(), end.clone())
            .prop_map(|(indent, key, colon, value, end)| format!("{indent}{key}{colon}{value}{end}")),
        2 => (indent, value(), end).prop_map(|(indent, value, end)| format!("{indent}{value}{end}")),
    ]
}

/// Replaces the text at a place with something else.
pub fn mutated(text: &str, place: prop::sample::Index, length: usize, by: &str) -> String {
    let at = |wanted: usize| {
        let mut at = wanted.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = at(place.index(text.len().min(2_000)));
    format!(
        "{}{by}{}",
        &text[..start],
        &text[at(start + length).max(start)..]
    )
}
