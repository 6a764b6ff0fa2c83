//! Bytes to article and back: fences, YAML, dates, Markdown and HTML to blocks, the sanitiser.
//! It does not know where bytes come from.

pub mod link;
