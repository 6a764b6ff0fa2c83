//! Bytes to article and back: fences, YAML, dates, Markdown and HTML to blocks, the sanitiser. It
//! does not know where bytes come from.

mod article;
mod beside_html;
pub mod block;
pub mod body;
mod build;
mod caps;
mod catching;
pub mod clean;
mod code;
mod complaint;
pub mod compose;
mod containers;
mod conventions;
pub mod date;
mod dialect;
mod docs;
pub mod duration;
pub mod edit;
pub mod entities;
mod explain;
mod fence;
mod fields;
mod flaw;
mod flow;
pub mod fold;
mod front;
mod headline;
pub mod html;
pub mod json;
mod keys;
pub mod line;
pub mod link;
mod locate;
pub mod lossy;
pub mod markdown;
pub mod nearest;
mod node;
pub mod number;
mod opening;
pub mod overrides;
pub mod publication;
pub mod reading;
mod roles;
mod ruling;
mod scan;
pub mod script;
pub mod settings;
pub mod signals;
mod splits;
pub mod system;
pub mod to_html;
pub mod to_markdown;
mod tree;
pub mod wrap;
mod yaml;

pub use article::{ArticleReading, Reading, read};
pub use catching::{catching, is_catching};
pub use conventions::{
    AddedName, Bare, Categories, Conventions, DateOrder, Languages, ListSeparator,
};
#[cfg(test)]
pub use docs::current;
pub use docs::formats_markdown;
pub use explain::{Explained, explain};
pub use fence::Container;
pub use headline::{ANY_KEY, Headline};
pub use locate::{body_line, body_of};
pub use node::number as number_in;
pub use overrides::{SiteOverrides, WrittenOverrides};
pub use roles::{FieldRole, has_role, is_group, listed_fields, same as same_key};
pub use ruling::Ruling;
pub use scan::scan;
