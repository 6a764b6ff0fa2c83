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
mod conventions;
pub mod date;
mod docs;
pub mod duration;
pub mod edit;
pub mod entities;
mod explain;
mod fence;
mod fields;
mod flaw;
mod flow;
mod front;
mod headline;
pub mod html;
pub mod json;
mod keys;
pub mod line;
pub mod link;
mod locate;
pub mod markdown;
mod node;
pub mod number;
mod opening;
mod roles;
mod scan;
mod tree;
pub mod wrap;
mod yaml;

pub use article::{Read, Reading, read};
pub use catching::is_catching;
pub use conventions::{Bare, Categories, Conventions, DateOrder, Words};
pub use docs::formats_markdown;
pub use explain::{Explained, explain};
pub use fence::Container;
pub use headline::Headline;
pub use scan::scan;
