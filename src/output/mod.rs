//! Articles in the forms that people and other programs get, whether from the command line, through
//! a pipe, in a hook or in a file.

mod articles;
pub mod entry;
mod facts;
pub mod json;
mod markup;
pub mod new_file;
mod text;
mod whole;

pub use articles::{ArticleWriter, COMFORTABLE, OutputForm};
