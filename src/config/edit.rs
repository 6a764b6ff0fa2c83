//! Editing the configuration file as a person would: everything that is not changed, comments
//! included, stays as it is. What to change is decided in `views` and `panes`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::format::system::system_words;
use tempfile::NamedTempFile;
use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// Why the configuration could not be changed.
#[derive(Debug, Error)]
pub enum ConfigEditError {
    #[error("there is no place for the configuration file; set HOME, or NEWSDESK_CONFIG to a file")]
    Nowhere,
    #[error("{}: cannot read the configuration: {}", .path.display(), system_words(.error))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}, line {line}: {reason}; fix it, then save again", .path.display())]
    Wrong {
        path: PathBuf,
        line: usize,
        reason: String,
    },
    #[error("{}: `{key}` is not a table; make it one, then save again", .path.display())]
    NoTable { path: PathBuf, key: &'static str },
    #[error("{}: cannot write the configuration: {}", .path.display(), system_words(.error))]
    Unwritable { path: PathBuf, error: io::Error },
}

/// Something in the document should be a table and is not.
#[derive(Debug)]
pub struct NoTable(pub &'static str);

/// Changes the configuration file `path`, creating the file if needed. The file is replaced
/// atomically; a link is followed.
///
/// # Errors
/// If the file is invalid, unreadable or unwritable; it is left unchanged.
pub fn edit_file(
    path: Option<&Path>,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), NoTable>,
) -> Result<(), ConfigEditError> {
    edit_checked(path, change, |_| Ok(()))
}

/// The same, if `check` accepts the new text.
///
/// # Errors
/// Also those of `check`.
pub fn edit_checked<E: From<ConfigEditError>>(
    path: Option<&Path>,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), NoTable>,
    check: impl FnOnce(&str) -> Result<(), E>,
) -> Result<(), E> {
    let path = path.ok_or(ConfigEditError::Nowhere)?;
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let path = path.to_path_buf();
            return Err(ConfigEditError::Unreadable { path, error }.into());
        }
    };
    let after = edited(&before, path, change)?;
    if after == before {
        return Ok(());
    }
    check(&after)?;
    let written = replace(path, &after).map_err(|error| ConfigEditError::Unwritable {
        path: path.to_path_buf(),
        error,
    });
    Ok(written?)
}

/// Changes the text of a configuration file; `path` is for errors.
///
/// # Errors
/// If the text is not TOML, or something that should be a table is not one.
pub(super) fn edited(
    text: &str,
    path: &Path,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), NoTable>,
) -> Result<String, ConfigEditError> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        ConfigEditError::Wrong {
            path: path.to_path_buf(),
            line: 1 + text[..text.floor_char_boundary(start)]
                .matches('\n')
                .count(),
            reason: error.message().to_owned(),
        }
    })?;
    change(&mut document).map_err(|NoTable(key)| ConfigEditError::NoTable {
        path: path.to_path_buf(),
        key,
    })?;
    let written = document.to_string();
    // toml_edit writes plain line ends.
    Ok(if text.contains("\r\n") {
        written.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        written
    })
}

/// A table of the document, created if necessary.
pub(super) fn table<'a>(
    document: &'a mut DocumentMut,
    key: &'static str,
) -> Result<&'a mut dyn TableLike, NoTable> {
    if !document.contains_key(key) {
        let mut table = Table::new();
        // Comments at the end of the file are about keys outside the table: they stay before it.
        let comments = document.trailing().as_str().unwrap_or_default().to_owned();
        if !comments.trim().is_empty() {
            table.decor_mut().set_prefix(format!("{comments}\n"));
            document.set_trailing("");
        }
        document.insert(key, Item::Table(table));
    }
    let item = document.get_mut(key);
    item.and_then(Item::as_table_like_mut).ok_or(NoTable(key))
}

/// Replaces the value of a key, keeping its comments, or adds it after the others.
pub(super) fn put(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(before) => {
            *value.decor_mut() = before.decor().clone();
            *before = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Creates the configuration file, and its folder.
///
/// # Errors
/// If it exists already, or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), ConfigEditError> {
    let make = || {
        let (folder, beside) = beside(path, text)?;
        beside.as_file().sync_all()?;
        beside
            .persist_noclobber(path)
            .map_err(|error| error.error)?;
        fs::File::open(folder)?.sync_all()
    };
    make().map_err(|error| ConfigEditError::Unwritable {
        path: path.to_path_buf(),
        error,
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let before = fs::metadata(&file).ok();
    // Renaming a file over a device or a pipe would destroy it for all other programs.
    if before.as_ref().is_some_and(|it| !it.is_file()) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a regular file",
        ));
    }
    if before
        .as_ref()
        .is_some_and(|it| it.permissions().readonly())
    {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    let (folder, beside) = beside(&file, text)?;
    if let Some(before) = before {
        beside.as_file().set_permissions(before.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&file).map_err(|error| error.error)?;
    fs::File::open(folder)?.sync_all()
}

/// The folder of a file, created if necessary, and the text in a temporary file in it.
fn beside<'a>(file: &'a Path, text: &str) -> io::Result<(&'a Path, NamedTempFile)> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(text.as_bytes())?;
    Ok((folder, beside))
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn what_is_no_regular_file_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let _listener = UnixListener::bind(&path).expect("a socket");
        let refused = replace(&path, "").expect_err("not a regular file");
        assert_eq!(refused.to_string(), "it is not a regular file");
        assert!(!path.symlink_metadata().expect("the socket").is_file());
    }
}
