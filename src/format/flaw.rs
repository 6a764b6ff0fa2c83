//! A diagnostic whose file is not known yet.

use std::path::Path;

use crate::model::{Diagnostic, Place, Severity};

/// What is wrong, where in the text, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub place: Option<Place>,
    pub field: Option<String>,
    pub reason: String,
    pub hint: Option<String>,
}

impl Flaw {
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            place: None,
            field: None,
            reason: reason.into(),
            hint: None,
        }
    }

    /// Line and column, both counted from 1.
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.place = Some(Place { line, column });
        self
    }

    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.field = Some(name.into());
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Moves the place down by `lines`: from a part of a file to the file.
    pub fn down(mut self, lines: u32) -> Self {
        if let Some(place) = &mut self.place {
            place.line += lines;
        }
        self
    }

    /// The diagnostic for the file at `path`.
    pub fn diagnostic(self, severity: Severity, path: &Path) -> Diagnostic {
        Diagnostic {
            severity,
            path: path.to_path_buf(),
            place: self.place,
            field: self.field,
            reason: self.reason,
            hint: self.hint,
        }
    }
}
