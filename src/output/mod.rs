//! Articles in the forms in which other programs get them, whether from the command line, through a
//! pipe or in a hook.

pub mod entry;
pub mod json;
