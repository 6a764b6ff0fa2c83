//! Arbitrary bytes: one outcome, no panic, and a place within the file.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Conventions, Reading, read};
use super::file;
use crate::model::Diagnostic;

/// An article with most of what the format knows, to be damaged.
const WHOLE: &str = "---
category: news
title: \"A title: with a colon\"
excerpt: 'It''s &amp;quot;so&amp;quot;'
publishedDateTime: 2021-12-30T23:19:00Z
originalUrl: \"https://a.example/x?y=1&z=2#w\"
quality: 39
published: false

provider:
  name: FileIndex
  domain: ledger.example
topics:
  - Machine Learning
  - AI
images:
  - url: \"https://a.example/i.jpg\"
    width: 1200

related:
  - title: >-
      Folded
      title
    webUrl: https://b.example/
    provider: {name: B, domain: b.example}
    images: [{url: x, width: 1}]
featuredContent: |
  <iframe src=\"https://v.example\"></iframe>
length: PT4M
---
# A heading

Text with <b>HTML</b>.
";

/// What damages files: YAML syntax, line ends, byte order marks, and bytes that are not text.
const DAMAGE: [&[u8]; 30] = [
    b"---\n",
    b"\n---\n",
    b"...\n",
    b"\r",
    b"\r\n",
    b"\n",
    b"\t",
    b" ",
    b": ",
    b":",
    b"\"",
    b"'",
    b"- ",
    b"? ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"&a ",
    b"*a",
    b"!t ",
    b"| ",
    b">\n",
    b"#",
    b"\\",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"\0",
    b"title: x\n",
];

fn names() -> impl Strategy<Value = &'static str> {
    select(vec![
        "a.md",
        "2021-12-30-a.html",
        "a.yaml",
        "a.txt",
        "_config.yml",
    ])
}

/// The whole article with some bytes removed or inserted.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let cut = (any::<Index>(), 0..6_usize, select(DAMAGE.to_vec()));
    proptest::collection::vec(cut, 1..6).prop_map(|cuts| {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for (at, taken, put) in cuts {
            let at = at.index(bytes.len() + 1);
            let end = (at + taken).min(bytes.len());
            bytes.splice(at..end, put.iter().copied());
        }
        bytes
    })
}

/// Nothing but damage, with or without an opening fence.
fn rubble() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => select(DAMAGE.to_vec()).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    let fence = select(vec!["", "---\n", "---\ntitle: "]);
    (fence, proptest::collection::vec(piece, 0..30))
        .prop_map(|(fence, pieces)| [fence.as_bytes(), &pieces.concat()].concat())
}

/// Whether a place is in the file, with lines counted as editors do: ended by `\n`, `\r\n` or `\r`.
fn lies_in(diagnostic: &Diagnostic, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let lines: Vec<&str> = text.split(['\n', '\r']).collect();
    diagnostic.place.is_none_or(|place| {
        let line = lines.get(place.line as usize - 1);
        // One past the last character is where something is missing.
        line.is_some_and(|line| place.column as usize <= line.chars().count() + 1)
    })
}

/// Checks that the outcome is consistent.
fn holds_together(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    match read(Path::new(name), bytes, &Conventions::default()) {
        Reading::Article(read) => {
            prop_assert!(!read.article.title.trim().is_empty());
            for warning in &read.warnings {
                prop_assert!(lies_in(warning, bytes), "{:?}", warning);
            }
        }
        Reading::Skip(skip) => prop_assert!(!skip.reason().is_empty()),
        Reading::Error(diagnostic) => {
            prop_assert!(diagnostic.place.is_some() && diagnostic.hint.is_some());
            prop_assert!(lies_in(&diagnostic, bytes), "{:?}", diagnostic);
        }
    }
    Ok(())
}

#[test]
fn what_is_damaged_below_is_sound() {
    assert_eq!(file("a.md", WHOLE.as_bytes()).warnings, []);
}

proptest! {
    #[test]
    fn damaged_files_are_told_apart(bytes in damaged(), name in names()) {
        holds_together(name, &bytes)?;
    }

    #[test]
    fn rubble_is_told_apart(bytes in rubble(), name in names()) {
        holds_together(name, &bytes)?;
    }

    #[test]
    fn any_bytes_are_told_apart(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        holds_together("a.md", &bytes)?;
        holds_together("a.yaml", &bytes)?;
    }
}
