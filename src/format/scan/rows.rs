//! What the line scanners of YAML and TOML have in common: fields with values, lists of values. Not
//! for what the fields mean.

use super::scalar::{Scalar, is_null};

/// A value as it stands behind a key or a dash. A mapping or list begins in the line that stands to
/// be read, and must be read or passed over by whoever gets the value.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Nothing,
    Scalar(Scalar<'a>),
    List(List),
    Mapping,
}

impl<'a> Value<'a> {
    /// The value that a scalar is in YAML.
    pub fn from_scalar(scalar: Scalar<'a>) -> Self {
        match scalar {
            Scalar::Plain(plain) if is_null(plain) => Value::Nothing,
            scalar @ (Scalar::Plain(_) | Scalar::Quoted(_)) => Value::Scalar(scalar),
        }
    }
}

/// A list that is to be read.
#[derive(Clone, Copy)]
pub enum List {
    /// Its dashes lie deeper than the key it belongs to.
    Deeper,
    /// Its dashes lie below the first letter of the key it belongs to.
    Flush,
    /// It stands between brackets in one line.
    Flow,
}

/// Front matter that is read a line at a time. Every function answers nothing for what it does not
/// know or is not sure of.
pub trait Rows<'a>: Sized {
    /// Reads the mapping that begins in this line, and gives each key with its value to `take`.
    fn mapping(
        &mut self,
        take: impl FnMut(&mut Self, &'a str, Value<'a>) -> Option<()>,
    ) -> Option<()>;

    /// Reads the list that begins in this line, and gives each item to `take`.
    fn list(
        &mut self,
        list: List,
        take: impl FnMut(&mut Self, Value<'a>) -> Option<()>,
    ) -> Option<()>;

    /// Passes over a value of which nothing is wanted.
    fn pass(&mut self, value: Value<'a>) -> Option<()>;

    /// Makes sure that nothing is left.
    fn end(&self) -> Option<()>;
}
