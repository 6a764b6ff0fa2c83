//! What is looked for: expressions that select articles. It knows no screen.

mod filter;

pub use filter::{Filter, Pick, Require};
