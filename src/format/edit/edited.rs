//! A file on which wishes are carried out one after another. Each edit is proved here; where its
//! bytes could be is decided in `place`.

use std::rc::Rc;

use serde_yaml::Value;

use super::draft::{EditDraft, EditPlan, Put};
use super::file::{self, File};
use super::{Edit, EditRefusal, Wish, place};
use crate::format::fence::Container;

/// The bytes of a file, or of its beginning with the front matter, as edits leave them.
///
/// Each version is parsed once, no matter how many wishes look at it or which edits lead to it.
#[derive(Clone)]
pub struct EditedFile {
    container: Container,
    bytes: Vec<u8>,
    /// The versions that were parsed so far.
    parsed: Vec<Rc<File>>,
}

/// An edit that was proved, with the versions before and after.
pub(super) struct ProvedEdit {
    pub edit: Edit,
    pub before: Rc<File>,
    pub after: Rc<File>,
}

impl EditedFile {
    pub fn new(bytes: Vec<u8>, container: Container) -> Self {
        Self {
            container,
            bytes,
            parsed: Vec::new(),
        }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where the text below the front matter starts, in bytes.
    ///
    /// # Errors
    /// If the front matter cannot be read.
    pub fn body_start(&mut self) -> Result<usize, EditRefusal> {
        Ok(self.now()?.body_start())
    }

    /// Carries out a wish, and returns the edit that did it; `None` if the file says so already.
    ///
    /// Only the bytes of that field change. If it is missing, a line with it is added: before the
    /// closing fence, at the end of a YAML file without one, in TOML before the first table.
    ///
    /// # Errors
    /// If the value cannot be changed, or it is not certain that nothing else would change. The file
    /// stays as it was.
    pub fn edit(&mut self, wish: &Wish) -> Result<Option<Edit>, EditRefusal> {
        let proved = self.proved(wish)?;
        Ok(proved.map(|proved| self.take(proved)))
    }

    /// The edit that carries out a wish on this version, if it takes one.
    pub(super) fn proved(&mut self, wish: &Wish) -> Result<Option<ProvedEdit>, EditRefusal> {
        let before = self.now()?;
        let bytes = before.bytes();
        if let Some(at) = conflict(&bytes[..before.body_start()]) {
            return Err(EditRefusal::Conflict {
                line: before.line_at(at),
            });
        }
        let fields = before.fields()?;
        let unsure = || EditRefusal::Unsure {
            key: wish.key().name().to_owned(),
        };
        match place::plan(&before, wish)? {
            EditPlan::Unchanged(path) => {
                let flag = match wish {
                    Wish::Flag { to, .. } => Some(Value::from(*to)),
                    Wish::Set { .. }
                    | Wish::Remove { .. }
                    | Wish::Add { .. }
                    | Wish::Take { .. }
                    | Wish::Restore { .. } => None,
                };
                let is_sure = flag.is_none() || file::at(fields, &path) == flag.as_ref();
                is_sure.then_some(None).ok_or_else(unsure)
            }
            EditPlan::Drafts(drafts) => {
                let mut proved = drafts.iter().filter_map(|it| self.prove(&before, it));
                proved.next().map(Some).ok_or_else(unsure)
            }
        }
    }

    /// Makes the version after an edit the one that is edited next.
    pub(super) fn take(&mut self, proved: ProvedEdit) -> Edit {
        self.bytes = proved.after.bytes().to_vec();
        proved.edit
    }

    /// The version that is edited next.
    pub(super) fn now(&mut self) -> Result<Rc<File>, EditRefusal> {
        self.version(self.bytes.clone())
    }

    /// The version with these bytes.
    fn version(&mut self, bytes: Vec<u8>) -> Result<Rc<File>, EditRefusal> {
        if let Some(known) = self.parsed.iter().find(|it| it.bytes() == bytes) {
            return Ok(Rc::clone(known));
        }
        let file = Rc::new(File::read(bytes, self.container)?);
        self.parsed.push(Rc::clone(&file));
        Ok(file)
    }

    /// Parses the file as edited, and compares the fences, the body and every field.
    fn prove(&mut self, before: &Rc<File>, draft: &EditDraft) -> Option<ProvedEdit> {
        let edit = before.edit(draft.range.clone(), &draft.replacement);
        let after = self.version(edit.apply(before.bytes())).ok()?;
        let fields = after.fields().ok()?;
        let same_parts = after.syntax() == before.syntax() && after.body() == before.body();
        let mut expected = before.fields().ok()?.to_vec();
        let put = match &draft.put {
            Put::AsWritten => match file::at(fields, &draft.path) {
                Some(value) => Put::Value(value.clone()),
                None => Put::Nothing,
            },
            put @ (Put::Value(_) | Put::Nothing) => put.clone(),
        };
        file::put(&mut expected, &draft.path, &put)?;
        // What is written must be found again, to be changed back.
        let is_found = expected.is_empty() || after.tree().is_some();
        (same_parts && is_found && file::alike(&expected, fields)).then(|| ProvedEdit {
            edit,
            before: Rc::clone(before),
            after: Rc::clone(&after),
        })
    }
}

/// The position of a merge conflict marker as written by git: seven characters at the start of a
/// line, then a space or nothing. Not `=======`, which underlines headings.
fn conflict(bytes: &[u8]) -> Option<usize> {
    const MARKERS: [&[u8]; 2] = [b"<<<<<<<", b">>>>>>>"];
    memchr::memchr2_iter(b'<', b'>', bytes).find(|at| {
        let starts_line = *at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
        let rest = &bytes[*at..];
        starts_line
            && MARKERS.iter().any(|marker| {
                rest.strip_prefix(*marker).is_some_and(|after| {
                    matches!(after.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
                })
            })
    })
}
