//! What must hold for any bytes: one function per input format. The fuzz targets feed them bytes
//! for hours, `tests/properties.rs` for moments in `cargo test`.
//!
//! Each panics if its promise is broken, and prints the input.

pub mod body;
pub mod clean;
pub mod config;
pub mod edit;
pub mod front_matter;
pub mod import;
pub mod memory;
pub mod query;
pub mod snapshot;

/// The bytes as text; what is not UTF-8 becomes U+FFFD, as in the files of a library.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
