//! An existing field, and the drafts that give it another value or none.

use std::ops::Range;

use serde_yaml::Value;

use super::draft::{EditDraft, Put};
use super::file::File;
use super::layout::{gap, lines_of};
use super::tree::{CollectionForm, FieldNode};

/// An existing field.
pub struct There<'f> {
    pub file: &'f File,
    pub path: Vec<String>,
    /// The fields beside it.
    pub siblings: &'f [FieldNode],
    pub layout: CollectionForm,
    pub entry: &'f FieldNode,
}

impl There<'_> {
    /// As written in the file.
    pub fn written(&self) -> &str {
        let range = self.entry.value.range.clone();
        self.file.front().get(range).unwrap_or_default()
    }

    pub fn described(&self) -> String {
        self.entry.value.described(self.file.front())
    }

    pub fn line(&self) -> u32 {
        self.file.line(self.entry.key.start)
    }

    pub fn draft(&self, range: Range<usize>, replacement: String, put: Put) -> EditDraft {
        EditDraft {
            range,
            replacement,
            path: self.path.clone(),
            put,
        }
    }

    /// With another value.
    pub fn value(&self, spelled: &str, value: Value) -> EditDraft {
        let put = Put::Value(value);
        match self.written() {
            "" => {
                let at = self.behind_colon();
                self.draft(at..at, format!(" {spelled}"), put)
            }
            _ => self.draft(self.entry.value.range.clone(), spelled.to_owned(), put),
        }
    }

    /// Where to put a value if there is none: only YAML allows that.
    pub fn behind_colon(&self) -> usize {
        let end = self.entry.key.end;
        let colon = self.file.front()[end..].find(':');
        colon.map_or(end, |at| end + at + 1)
    }

    /// Without the field.
    pub fn without(&self) -> EditDraft {
        let range = match self.layout {
            CollectionForm::Block => lines_of(self.file.front(), &self.entry.range()),
            CollectionForm::Flow => {
                let ranges: Vec<_> = self.siblings.iter().map(FieldNode::range).collect();
                let at = ranges.iter().position(|it| *it == self.entry.range());
                gap(&ranges, at.unwrap_or(0))
            }
        };
        self.draft(range, String::new(), Put::Nothing)
    }
}
