//! Writes a document as Markdown (CommonMark with the extensions that `markdown` reads), so that it
//! reads back as the same blocks, and so that no text of an article becomes markup, neither here
//! nor in the templates of a site generator.
//!
//! Markup that is plain is preferred; where its rules are too fine (`a*"b"*c`), the same is said
//! with a tag of HTML.

mod blocks;
mod escape;
mod inlines;

pub use escape::{destination, escaped};

use super::block::Document;
use blocks::Writer;

/// The document as Markdown, ending with a newline unless it is empty.
pub fn markdown(document: &Document) -> String {
    markdown_among(document, "")
}

/// The same for one of several documents in a text: the names of its footnotes begin with `notes`.
pub fn markdown_among(document: &Document, notes: &str) -> String {
    let mut writer = Writer::new(&document.links, notes);
    writer.blocks(&document.blocks);
    writer.finish()
}

#[cfg(test)]
mod tests;
