//! What has to hold whatever the bytes are: one function for each thing that is parsed. The fuzz
//! targets feed them bytes for hours, `tests/properties.rs` for moments in `cargo test`.
//!
//! Each panics where its promise is broken, and says by which input.

pub mod body;
pub mod clean;
pub mod config;
pub mod edit;
pub mod front_matter;
pub mod import;
pub mod memory;
pub mod query;
pub mod snapshot;

/// The bytes as text; what is no UTF-8 becomes U+FFFD, as in the files of a library.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
