//! Turns feeds and pages from the network into files of the library: the list of feeds, requests
//! and their limits, parsing, what is due, the writer. It knows neither marks nor screens.

pub mod adding;
mod archive;
pub mod article;
pub mod changes;
pub mod exchange;
pub mod fetch;
mod files;
pub mod find;
mod full_text;
pub mod http;
pub mod keep;
pub mod keeper;
pub mod list;
mod lock;
mod memory;
pub mod outcome;
pub mod page;
pub mod pictures;
pub mod place;
mod queue;
pub mod read;
mod readable;
mod request;
pub mod service;
pub mod session;
mod slug;
pub mod text;

pub use list::{Feed, Feeds, ListError};
pub use memory::{Memory, Remembered};
