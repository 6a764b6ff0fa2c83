//! Reading a file: one outcome, errors that point into the file, and two readers that agree.

use std::path::Path;

use newsdesk::format::{self, Conventions, Reading};
use newsdesk::model::Diagnostic;

/// The names decide what is looked for; the last has a date in it.
const NAMES: [&str; 4] = ["a.md", "a.html", "a.yaml", "2021-12-30-a.md"];

/// Reads the bytes as a file.
///
/// # Panics
/// If the line scanner disagrees with the full reader, if an article has no title, or if an error
/// points past the end of the file.
pub fn check(bytes: &[u8]) {
    let name = NAMES[bytes.len() % NAMES.len()];
    let reading = format::read(Path::new(name), bytes, &Conventions::default());
    if let Some(scanned) = format::scan(name, bytes, &Conventions::default()) {
        match &reading {
            Reading::Article(read) => assert_eq!(scanned, read.headline(), "{name}"),
            other => panic!("{name}: the scanner answers where the full path does not: {other:?}"),
        }
    }
    match reading {
        Reading::Article(read) => {
            assert!(!read.article.title.trim().is_empty(), "an empty title");
            for warning in &read.warnings {
                points_into(warning, bytes);
            }
        }
        Reading::Skip(skip) => assert!(!skip.reason().is_empty()),
        Reading::Error(error) => {
            assert!(error.place.is_some() && error.hint.is_some(), "{error:?}");
            points_into(&error, bytes);
        }
    }
}

/// Checks that a place is in the file, with lines counted as editors do: ended by `\n`, `\r\n` or
/// `\r`.
fn points_into(diagnostic: &Diagnostic, bytes: &[u8]) {
    let Some(place) = diagnostic.place else {
        return;
    };
    let text = super::text(bytes).replace("\r\n", "\n");
    let line = text.split(['\n', '\r']).nth(place.line as usize - 1);
    // One past the last character is where something is missing.
    let is_inside = line.is_some_and(|line| place.column as usize <= line.chars().count() + 1);
    assert!(is_inside, "{diagnostic:?}");
}
