//! Bytes to article and back: fences, YAML, dates, Markdown and HTML to blocks, the sanitiser.
//! It does not know where bytes come from.

mod article;
pub mod body;
mod caps;
pub mod date;
pub mod duration;
pub mod entities;
mod fence;
mod fields;
mod flaw;
pub mod link;
pub mod markdown;
pub mod number;
mod yaml;

pub use article::{Read, Reading, read};
pub use fence::Container;
