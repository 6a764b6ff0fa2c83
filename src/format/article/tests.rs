//! The reading rules, each with its own case: what becomes of a file's bytes.

mod any_bytes;
mod fields;
mod files;
mod refused;
mod sites;

use std::path::Path;

use super::{ArticleReading, Conventions, Reading, read};
use crate::model::{Diagnostic, Skip};

/// Reads a Markdown file with this front matter and no body.
fn front(front: &str) -> ArticleReading {
    file("a.md", format!("---\n{front}\n---\n").as_bytes())
}

fn file(name: &str, bytes: &[u8]) -> ArticleReading {
    match read(Path::new(name), bytes, &Conventions::default()) {
        Reading::Article(read) => *read,
        other => panic!("{name} is no article: {other:?}"),
    }
}

fn error(name: &str, bytes: &[u8]) -> Diagnostic {
    match read(Path::new(name), bytes, &Conventions::default()) {
        Reading::Error(diagnostic) => *diagnostic,
        other => panic!("{name} is no error: {other:?}"),
    }
}

fn skip(name: &str, bytes: &[u8]) -> Skip {
    match read(Path::new(name), bytes, &Conventions::default()) {
        Reading::Skip(skip) => skip,
        other => panic!("{name} is no skip: {other:?}"),
    }
}

/// Line and column of a diagnostic.
fn place(diagnostic: &Diagnostic) -> Option<(u32, u32)> {
    diagnostic.place.map(|place| (place.line, place.column))
}

/// The field and line of each warning.
fn warned(read: &ArticleReading) -> Vec<(&str, u32)> {
    read.warnings
        .iter()
        .map(|warning| {
            let field = warning.field.as_deref().unwrap_or_default();
            (field, warning.place.map_or(0, |place| place.line))
        })
        .collect()
}
