//! The examples of the specifications of CommonMark and of GitHub's Markdown, as the Markdown
//! library has them among its own tests: the Markdown of an example says the same as the HTML
//! beside it.

use std::fs;
use std::path::PathBuf;

use newsdesk::format::body::{Markup, body};

use super::examples::words;
use super::packages::packages;

/// The files with examples: the specification, and the extensions that we read.
const FILES: [&str; 8] = [
    "spec",
    "gfm_strikethrough",
    "gfm_table",
    "gfm_tasklist",
    "strikethrough",
    "table",
    "definition_lists",
    "heading_attrs",
];

/// An example of a specification.
struct Example<'a> {
    markdown: &'a str,
    html: &'a str,
}

/// The folder of the Markdown library's tests, wherever cargo keeps it.
fn folder() -> PathBuf {
    let packages = packages();
    let library = packages.iter().find(|it| it["name"] == "pulldown-cmark");
    let manifest = library.and_then(|it| it["manifest_path"].as_str());
    PathBuf::from(manifest.expect("the library")).with_file_name("tests/suite")
}

/// The examples in the source of tests: each has its Markdown and then its HTML in a raw string.
fn examples(source: &str) -> Vec<Example<'_>> {
    let text = |after: &str, test: &'_ str| -> Option<std::ops::Range<usize>> {
        let start = test.find(after)? + after.len();
        let length = test[start..].find("\"##;")?;
        Some(start..start + length)
    };
    let tests = source.split("#[test]").skip(1);
    tests
        .filter_map(|test| {
            Some(Example {
                markdown: &test[text("let original = r##\"", test)?],
                html: &test[text("let expected = r##\"", test)?],
            })
        })
        .collect()
}

/// Whether we read it differently on purpose.
fn is_read_otherwise(example: &Example<'_>) -> bool {
    let has = |part| example.markdown.contains(part);
    // Links of notes.
    has("[[")
        // In a body that is HTML, indented text is not code.
        || has("\n    <")
        // In one, an empty line does not end `<pre>`.
        || has("<pre>\n**Hello**,\n\n_world_.\n</pre>")
}

#[test]
fn examples_say_as_markdown_what_they_say_as_html() {
    let folder = folder();
    let mut other = Vec::new();
    for name in FILES {
        let path = folder.join(name).with_extension("rs");
        let source = fs::read_to_string(&path).expect("the library's tests");
        let examples = examples(&source);
        assert!(!examples.is_empty(), "{}: no examples", path.display());
        for example in examples.iter().filter(|it| !is_read_otherwise(it)) {
            let said = words(&body(Markup::Markdown, example.markdown));
            let expected = words(&body(Markup::Html, example.html));
            if said != expected {
                let Example { markdown, html } = example;
                other.push(format!(
                    "{name}: {markdown:?} is {said:?} and not {expected:?}, as is {html:?}"
                ));
            }
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}
