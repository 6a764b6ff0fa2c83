//! Bytes to article and back: fences, YAML, dates, Markdown and HTML to blocks, the sanitiser.
//! It does not know where bytes come from.

mod article;
pub mod block;
pub mod body;
mod build;
mod caps;
mod catching;
pub mod clean;
mod complaint;
mod containers;
pub mod date;
pub mod duration;
pub mod edit;
pub mod entities;
mod fence;
mod fields;
mod flaw;
mod flow;
mod front;
mod headline;
pub mod html;
mod keys;
pub mod line;
pub mod link;
pub mod markdown;
mod node;
pub mod number;
pub mod publication;
mod scan;
pub mod settings;
pub mod signals;
mod tree;
pub mod wrap;
mod yaml;

pub use article::{Read, Reading, read};
pub use catching::is_catching;
pub use fence::Container;
pub use headline::Headline;
pub use scan::scan;
