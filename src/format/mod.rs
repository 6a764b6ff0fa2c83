//! Bytes to article and back: fences, YAML, dates, Markdown and HTML to blocks, the sanitiser.
//! It does not know where bytes come from.

pub mod block;
pub mod body;
mod build;
pub mod clean;
mod containers;
pub mod entities;
mod flow;
pub mod html;
pub mod line;
pub mod markdown;
pub mod wrap;
