//! What must hold for any bytes, tried on input made of the pieces that matter to each parser. The
//! same checks as in `tests/fuzz`, which tries arbitrary bytes for hours. For a long run:
//! `PROPTEST_CASES=100000 cargo test --release --test properties`.

#[path = "fuzz/checks/mod.rs"]
mod checks;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};

#[global_allocator]
static ALLOCATOR: checks::memory::Counting = checks::memory::Counting;

const YAML: &[&str] = &[
    "---\n",
    "\n---\n",
    "...\n",
    "title: ",
    "excerpt: ",
    "published: ",
    "topics:\n",
    "provider:\n",
    "  name: ",
    "date: ",
    "quality: ",
    "- ",
    "  - ",
    "true",
    "false",
    "True",
    "\"x\"",
    "'it''s'",
    "2021-12-30T23:19:00Z",
    "12",
    "99999999999999999999",
    "0x1F",
    "[a, b]",
    "{a: b}",
    "|\n  ",
    ">-\n  ",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    ": ",
    "# c\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{feff}",
    "\u{2028}",
    "<<: ",
    "a &amp;quot; b",
    "words ",
    "\\",
    "\"",
    "'",
    "\0",
];

const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "```\n",
    "~~~\n",
    "| a | b |\n",
    "|---|---|\n",
    "***\n",
    "[a](https://a.example/)",
    "![alt](b.jpg)",
    "[^1]",
    "[^1]: ",
    "[x]: https://x.example\n",
    "- [x] ",
    "**",
    "_",
    "~~",
    "`",
    "<b>",
    "<script>",
    "<!-- ",
    " -->",
    "&amp;",
    "\\",
    "  \n",
    "\n",
    "\n\n",
    "words ",
    "日本語",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{301}",
    "👩‍🚀",
    "\u{9b}",
    "https://a.example",
    "<table><tr><td>",
    "</td></tr></table>",
    "\t",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul><li>",
    "</ul>",
    "<ol start=99999999999>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<code>",
    "<blockquote>",
    "</blockquote>",
    "<h1>",
    "</h1>",
    "<h9>",
    "<a href=\"https://a.example\">",
    "</a>",
    "<img src=x alt=y>",
    "<br>",
    "<hr>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<iframe src=v>",
    "&lt;",
    "&#0;",
    "&#x1b;",
    "&#128;",
    "&nope;",
    "<",
    ">",
    "\"",
    "=",
    " a=b",
    "/",
    "\n",
    "words ",
    "\u{202e}",
    "\u{301}",
    "日本語",
    "\0",
];

const QUERY: &[&str] = &[
    "title:",
    "topic:",
    "provider:",
    "quality",
    "heat",
    "date:",
    "is:",
    "has:",
    "sort:",
    "body:",
    "ai",
    "inbox",
    "starred",
    "image",
    "AND ",
    "OR ",
    "NOT ",
    "-",
    "(",
    ")",
    "|",
    ",",
    "\"",
    "/",
    "/a.*b/",
    "~",
    "=",
    "<",
    ">",
    ">=",
    "..",
    "7d",
    "2021",
    "2021-12",
    "2021-12-30",
    "today",
    "40",
    "-1",
    "1e9",
    " ",
    "  ",
    "\\",
    "*",
    "ß",
    "日本",
    "\u{301}",
    ":",
    "\t",
    "\n",
];

const SIGNS: &[&str] = &[
    "a",
    "B",
    " ",
    "é",
    "\u{301}",
    "\u{200d}",
    "\u{200c}",
    "\u{fe0f}",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{ad}",
    "\u{2028}",
    "\u{85}",
    "\u{e0041}",
    "\u{e000}",
    "\u{fff9}",
    "👩",
    "🚀",
    "🏽",
    "🇩🇪",
    "日",
    "ﾊﾟ",
    "한",
    "\u{1161}",
    "ก\u{e33}",
    "क\u{94d}",
    "ك\u{64e}",
    "\r\n",
    "\t",
];

const TOML: &[&str] = &[
    "library = ",
    "signs = ",
    "mark_read = ",
    "[keys.list]\n",
    "[keys.detail]\n",
    "[views]\n",
    "views = ",
    "\"auto\"",
    "\"after 3s\"",
    "[\"~/a\"]",
    "\"g g\" = ",
    "\"first\"",
    "\"none\"",
    "Lidar = ",
    "\"x\" = ",
    "'q'",
    "{ A = 'a' }",
    "# c\n",
    "\n",
    "\r\n",
    "views.A = ",
    "\"\"\"",
    "3",
    "=",
    "[",
    "]",
    "[[views]]\n",
];

const JOURNAL: &[&str] = &[
    "{\"newsdesk\":1}\n",
    "{\"newsdesk\":2}\n",
    "{\"article\":{\"id\":\"00000000000000000000000000000001\",\"path\":\"a.md\",\"noted\":\"2024-01-01T00:00:00Z\"}}\n",
    "{\"article\":{\"id\":\"00000000000000000000000000000001\",\"path\":\"b.md\",\"page\":\"ff\",\"noted\":\"2025-01-01T00:00:00Z\"}}\n",
    "{\"transaction\":{\"id\":\"0000000000000000000000000000000a\",\"label\":\"done\",\"when\":\"2024-01-01T00:00:00Z\",\"machine\":\"1\",\"session\":\"2\",\"changes\":[{\"article\":\"00000000000000000000000000000001\",\"field\":\"done\",\"before\":false,\"after\":true}]}}\n",
    "{\"transaction\":{\"id\":\"0000000000000000000000000000000b\",\"label\":\"x\",\"when\":\"2024-01-02T00:00:00Z\",\"machine\":\"1\",\"session\":\"2\",\"undoes\":\"0000000000000000000000000000000a\",\"changes\":[{\"article\":\"00000000000000000000000000000001\",\"field\":\"done\",\"before\":true,\"after\":false}]}}\n",
    "{\"transaction\":{\"id\":\"0000000000000000000000000000000a\",\"label\":\"other\",\"when\":\"2023-01-01T00:00:00Z\",\"machine\":\"3\",\"session\":\"2\",\"changes\":[]}}\n",
    "\n",
    "{}",
    "{\"article\":",
    "null",
    "\"",
    "true",
    "starred",
    "9999-12-31T23:59:59Z",
    "-009999-01-01T00:00:00Z",
];

/// Consecutive pieces, with some arbitrary bytes between them.
fn of(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        12 => select(pieces).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..5),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// An article of the sample library with some bytes replaced by pieces.
fn changed_article(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<Index>(), 0..12_usize, select(pieces));
    (select(samples()), prop::collection::vec(change, 1..5)).prop_map(|(path, changes)| {
        let mut bytes = std::fs::read(path).expect("a sample article");
        for (at, length, by) in changes {
            let at = at.index(bytes.len().min(2_000));
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, by.bytes());
        }
        bytes
    })
}

fn samples() -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"),
        &mut found,
    );
    found.sort();
    found
}

/// Three letters of any script, and what is between them.
fn any_text() -> impl Strategy<Value = Vec<u8>> {
    any::<String>().prop_map(String::into_bytes)
}

proptest! {
    // Any finding becomes a test of its own, at the lowest layer that shows it.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn front_matter(bytes in prop_oneof![of(YAML), changed_article(YAML)]) {
        checks::front_matter::check(&bytes);
    }

    #[test]
    fn markdown(bytes in prop_oneof![of(MARKDOWN), of(HTML), any_text()]) {
        checks::body::check_markdown(&bytes);
    }

    #[test]
    fn html(bytes in prop_oneof![of(HTML), any_text()]) {
        checks::body::check_html(&bytes);
    }

    #[test]
    fn query(bytes in prop_oneof![of(QUERY), any_text()]) {
        checks::query::check(&bytes);
    }

    #[test]
    fn clean(bytes in prop_oneof![of(SIGNS), any_text()]) {
        checks::clean::check(&bytes);
    }

    #[test]
    fn edit(bytes in prop_oneof![of(YAML), changed_article(YAML)]) {
        checks::edit::check(&bytes);
    }

    #[test]
    fn snapshot(bytes in prop::collection::vec(any::<u8>(), 1..24)) {
        checks::snapshot::check(&bytes);
    }

    #[test]
    fn config(bytes in of(TOML)) {
        checks::config::check(&bytes);
    }

    #[test]
    fn import(bytes in of(JOURNAL)) {
        checks::import::check(&bytes);
    }
}
