//! Marks, and what is written back into the files. It knows no screens.

pub mod publish;
