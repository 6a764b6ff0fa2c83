//! A person's views in the configuration file: reading them in order, and adding one without
//! touching the rest of the file. Their queries are not parsed here.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, value};

/// The table of views in file order.
#[derive(Default)]
pub(super) struct Views(pub(super) Vec<(String, String)>);

impl<'de> Deserialize<'de> for Views {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Views;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a table of names and queries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Views, A::Error> {
        let mut views = Vec::new();
        while let Some(view) = map.next_entry()? {
            views.push(view);
        }
        Ok(Views(views))
    }
}

/// Why a view could not be saved.
#[derive(Debug, Error)]
pub enum KeepError {
    #[error("no place for the configuration file is known; set HOME, or NEWSDESK_CONFIG to a file")]
    Nowhere,
    #[error("{}: cannot read the configuration: {error}", .path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}, line {line}: {reason}; fix it, then save the view again", .path.display())]
    Wrong {
        path: PathBuf,
        line: usize,
        reason: String,
    },
    #[error("{}: `views` is not a table; make it one, then save the view again", .0.display())]
    NoTable(PathBuf),
    #[error("{}: cannot write the configuration: {error}", .path.display())]
    Unwritable { path: PathBuf, error: io::Error },
}

/// Saves a view in the configuration file `path`, creating the file if needed. Everything else,
/// comments included, is preserved. The file is replaced atomically; a link is followed.
///
/// # Errors
/// If the file is invalid, unreadable or unwritable; it is left unchanged.
pub fn keep_view(path: Option<&Path>, name: &str, query: &str) -> Result<(), KeepError> {
    let path = path.ok_or(KeepError::Nowhere)?;
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let path = path.to_path_buf();
            return Err(KeepError::Unreadable { path, error });
        }
    };
    let after = with_view(&before, path, name, query)?;
    replace(path, &after).map_err(|error| KeepError::Unwritable {
        path: path.to_path_buf(),
        error,
    })
}

/// The configuration text with the view added or its query replaced; `path` is for errors.
///
/// # Errors
/// If the text is not TOML, or its `views` is not a table.
pub fn with_view(text: &str, path: &Path, name: &str, query: &str) -> Result<String, KeepError> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        KeepError::Wrong {
            path: path.to_path_buf(),
            line: 1 + text[..text.floor_char_boundary(start)]
                .matches('\n')
                .count(),
            reason: error.message().to_owned(),
        }
    })?;
    let views = document
        .entry("views")
        .or_insert_with(|| Item::Table(Table::new()));
    let views = views
        .as_table_like_mut()
        .ok_or_else(|| KeepError::NoTable(path.to_path_buf()))?;
    match views.get_mut(name).and_then(Item::as_value_mut) {
        Some(before) => {
            let decor = before.decor().clone();
            *before = query.into();
            *before.decor_mut() = decor;
        }
        None => {
            views.insert(name, value(query));
        }
    }
    let written = document.to_string();
    // toml_edit writes plain line ends.
    Ok(if text.contains("\r\n") {
        written.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        written
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let before = fs::metadata(&file).ok();
    if before
        .as_ref()
        .is_some_and(|it| it.permissions().readonly())
    {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(text.as_bytes())?;
    if let Some(before) = before {
        beside.as_file().set_permissions(before.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&file).map_err(|error| error.error)?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        with_view(text, Path::new("config.toml"), "Lidar", "lidar quality>50").expect(text)
    }

    #[test]
    fn the_rest_of_the_file_stays_as_it_is() {
        let line = "Lidar = \"lidar quality>50\"\n";
        for (before, after) in [
            ("", format!("[views]\n{line}")),
            (
                "# mine\nsigns = \"ascii\"\n",
                format!("# mine\nsigns = \"ascii\"\n\n[views]\n{line}"),
            ),
            (
                "[views] # all\n# one\nA = 'a' # the first\n",
                format!("[views] # all\n# one\nA = 'a' # the first\n{line}"),
            ),
            (
                "[views]\nLidar = 'x' # mine\nB = 'b'\n",
                "[views]\nLidar = \"lidar quality>50\" # mine\nB = 'b'\n".to_owned(),
            ),
            (
                "[views]\n[keys.list]\nx = 'help'\n",
                format!("[views]\n{line}[keys.list]\nx = 'help'\n"),
            ),
            (
                "views = { A = 'a' }",
                "views = { A = 'a' , Lidar = \"lidar quality>50\" }\n".to_owned(),
            ),
            (
                "signs = 'auto'\r\n",
                "signs = 'auto'\r\n\r\n[views]\r\nLidar = \"lidar quality>50\"\r\n".to_owned(),
            ),
        ] {
            assert_eq!(
                kept(before).replace(" ,", ","),
                after.replace(" ,", ","),
                "{before}"
            );
        }
    }

    #[test]
    fn what_is_no_configuration_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        for (text, said) in [
            ("a = 1\nb", "line 2"),
            ("views = 3", "`views` is not a table"),
        ] {
            fs::write(&path, text).expect("a file");
            let error = keep_view(Some(&path), "A", "a")
                .expect_err(text)
                .to_string();
            assert!(error.contains(said), "{error}");
            assert_eq!(fs::read_to_string(&path).expect("a file"), text);
        }
    }

    #[test]
    fn a_file_that_is_missing_is_made_and_a_link_stays_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("some/where/config.toml");
        keep_view(Some(&path), "Now", "is:inbox").expect("room for it");
        assert_eq!(
            fs::read_to_string(&path).expect("a file"),
            "[views]\nNow = \"is:inbox\"\n"
        );
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        keep_view(Some(&link), "Now", "is:starred").expect("room for it");
        assert!(link.is_symlink());
        assert!(
            fs::read_to_string(&path)
                .expect("a file")
                .contains("is:starred")
        );
        assert!(matches!(keep_view(None, "A", "a"), Err(KeepError::Nowhere)));
    }

    #[test]
    fn views_are_read_in_the_order_of_the_file() {
        let places = super::super::Places::default();
        let text = "[views]\nZ = 'z'\nA = 'a'\n\"two words\" = '\"x y\"'\n";
        let config =
            super::super::Config::parse(text, Path::new("c.toml"), &places).expect("views");
        let names: Vec<&str> = config.views.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Z", "A", "two words"]);
        assert!(
            super::super::Config::parse("[views]\nA = 1\n", Path::new("c.toml"), &places).is_err()
        );
    }
}
