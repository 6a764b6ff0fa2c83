//! What the line scanners of YAML and TOML have in common: fields with values, lists of values.

use super::scalar::{Scalar, is_null};

/// A value after a key or a dash. A mapping or list starts on the next line to read, and the caller
/// that gets the value must read or skip it.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Nothing,
    Scalar(Scalar<'a>),
    List(List),
    Mapping,
}

impl<'a> Value<'a> {
    /// The value of a scalar in YAML.
    pub fn from_scalar(scalar: Scalar<'a>) -> Self {
        match scalar {
            Scalar::Plain(plain) if is_null(plain) => Value::Nothing,
            scalar @ (Scalar::Plain(_) | Scalar::Quoted(_)) => Value::Scalar(scalar),
        }
    }
}

/// A list to be read.
#[derive(Clone, Copy)]
pub enum List {
    /// Its dashes are indented deeper than its key.
    Deeper,
    /// Its dashes are below the first letter of its key.
    Flush,
    /// It is in brackets on one line.
    Flow,
}

/// Front matter that is read one line at a time. Every function returns `None` for what it does not
/// know or is not sure of.
pub trait Rows<'a>: Sized {
    /// Reads the mapping that starts on this line, and passes each key with its value to `take`.
    fn mapping(
        &mut self,
        take: impl FnMut(&mut Self, &'a str, Value<'a>) -> Option<()>,
    ) -> Option<()>;

    /// Reads the list that starts on this line, and passes each item to `take`.
    fn list(
        &mut self,
        list: List,
        take: impl FnMut(&mut Self, Value<'a>) -> Option<()>,
    ) -> Option<()>;

    /// Skips a value that is not needed.
    fn pass(&mut self, value: Value<'a>) -> Option<()>;

    /// Checks that nothing is left.
    fn end(&self) -> Option<()>;
}
