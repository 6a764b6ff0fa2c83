//! What the line scanners of YAML and TOML have in common: fields with values, lists of values.

use super::scalar::{Form, ScannedScalar, is_null};

/// A value after a key or a dash. A mapping or list starts on the next line to read, and the caller
/// that gets the value must read or skip it.
#[derive(Clone, Copy)]
pub enum ScannedValue<'a> {
    Nothing,
    Scalar(ScannedScalar<'a>),
    List(ScannedList),
    Mapping,
}

impl<'a> ScannedValue<'a> {
    /// The value of a scalar in YAML.
    #[inline]
    pub fn from_scalar(scalar: ScannedScalar<'a>) -> Self {
        if scalar.form == Form::Plain && is_null(scalar.inside) {
            ScannedValue::Nothing
        } else {
            ScannedValue::Scalar(scalar)
        }
    }
}

/// A list to be read.
#[derive(Clone, Copy)]
pub enum ScannedList {
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
        take: impl FnMut(&mut Self, &'a str, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()>;

    /// Reads the list that starts on this line, and passes each item to `take`.
    fn list(
        &mut self,
        list: ScannedList,
        take: impl FnMut(&mut Self, ScannedValue<'a>) -> Option<()>,
    ) -> Option<()>;

    /// Skips a value that is not needed.
    fn pass(&mut self, value: ScannedValue<'a>) -> Option<()>;

    /// Checks that nothing is left.
    fn end(&self) -> Option<()>;
}
