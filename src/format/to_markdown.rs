//! Writes a document as Markdown (CommonMark with the extensions that `markdown` reads), so that it
//! reads back as the same blocks, and so that no text of an article becomes markup, either here or
//! in the templates of a site generator.
//!
//! Plain markup is preferred; where its rules are too subtle (`a*"b"*c`), an HTML tag says the
//! same.

mod blocks;
mod escape;
mod inlines;

pub use escape::{destination, escaped};

use super::block::Document;
use blocks::BlockWriter;

/// The document as Markdown, ending with a newline unless it is empty.
pub fn markdown(document: &Document) -> String {
    markdown_among(document, "")
}

/// The same for one of several documents in a text: the names of its footnotes begin with `notes`.
pub fn markdown_among(document: &Document, notes: &str) -> String {
    let mut writer = BlockWriter::new(&document.links, notes);
    writer.blocks(&document.blocks);
    writer.finish()
}

#[cfg(test)]
mod tests;
